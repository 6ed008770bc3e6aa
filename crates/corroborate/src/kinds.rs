//! Which types of claims may tell of one event, from `data/rules/kinds.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::error::{CorroborateError, read};

const FILE: &str = "data/rules/kinds.toml";
static SHIPPED: &str = include_str!("../../../data/rules/kinds.toml");

/// How two types go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Match {
    /// One type.
    Same,
    /// One says less than the other, or both are ways to tell the same.
    Agrees,
    /// Of one family, and not the same: what it was is in dispute if it was one event.
    Parts,
    /// They cannot tell of one event.
    Never,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    family: Vec<RawFamily>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFamily {
    id: String,
    general: Vec<String>,
    particular: Vec<String>,
    #[serde(default)]
    along: Vec<String>,
    #[serde(default)]
    same: Vec<Vec<String>>,
}

#[derive(Debug, Clone)]
struct Member {
    family: u16,
    general: bool,
    along: bool,
    /// The groups of particular types that agree, a bit each.
    groups: u32,
}

/// The families of types.
#[derive(Debug, Clone)]
pub(crate) struct Kinds {
    members: BTreeMap<String, Vec<Member>>,
    violence: Option<u16>,
}

impl Kinds {
    /// Those of the program.
    pub(crate) fn shipped() -> Result<Self, CorroborateError> {
        Self::parse(SHIPPED)
    }

    fn parse(text: &str) -> Result<Self, CorroborateError> {
        let file: File = read(FILE, text)?;
        let mut members: BTreeMap<String, Vec<Member>> = BTreeMap::new();
        let mut violence = None;
        for (family, raw) in (0_u16..).zip(&file.family) {
            if raw.id == "violence" {
                violence = Some(family);
            }
            let mut add = |name: &String, general| {
                let in_group = |(bit, group): (u32, &Vec<String>)| {
                    if group.contains(name) { 1_u32.checked_shl(bit).unwrap_or(0) } else { 0 }
                };
                let groups = (0..).zip(&raw.same).map(in_group).sum();
                let along = raw.along.contains(name);
                let member = Member { family, general, along, groups };
                members.entry(name.clone()).or_default().push(member);
            };
            raw.general.iter().for_each(|name| add(name, true));
            raw.particular.iter().for_each(|name| add(name, false));
        }
        Ok(Self { members, violence })
    }

    /// How types `a` and `b` go together.
    pub(crate) fn compare(&self, a: &str, b: &str) -> Match {
        if a == b {
            return Match::Same;
        }
        let (Some(left), Some(right)) = (self.members.get(a), self.members.get(b)) else {
            return Match::Never;
        };
        let shared: Vec<(&Member, &Member)> = left
            .iter()
            .flat_map(|l| right.iter().map(move |r| (l, r)))
            .filter(|(l, r)| l.family == r.family)
            .collect();
        let agrees =
            |(l, r): &(&Member, &Member)| l.general || r.general || l.groups & r.groups != 0;
        match (shared.is_empty(), shared.iter().any(agrees)) {
            (true, _) => Match::Never,
            (false, true) => Match::Agrees,
            (false, false) => Match::Parts,
        }
    }

    /// The families of a type; a type in none is a family of its own.
    pub(crate) fn families(&self, name: &str) -> Vec<u64> {
        let own = || vec![crate::hash::hash(name.as_bytes())];
        self.members
            .get(name)
            .map_or_else(own, |all| all.iter().map(|m| u64::from(m.family)).collect())
    }

    /// Whether the type says little of what it was.
    pub(crate) fn is_general(&self, name: &str) -> bool {
        self.members.get(name).is_some_and(|all| all.iter().all(|m| m.general))
    }

    /// Whether the type names an event only where nothing else does.
    pub(crate) fn is_along(&self, name: &str) -> bool {
        self.members.get(name).is_some_and(|all| all.iter().all(|m| m.along))
    }

    /// Whether the type tells of violence against people.
    pub(crate) fn is_violent(&self, name: &str) -> bool {
        let violent = |m: &Member| Some(m.family) == self.violence;
        self.members.get(name).is_some_and(|all| all.iter().any(violent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_agree_part_or_have_nothing_to_do_with_each_other() {
        let kinds = Kinds::shipped().unwrap();
        assert_eq!(kinds.compare("attack", "attack"), Match::Same);
        assert_eq!(kinds.compare("attack", "suicide_attack"), Match::Agrees);
        assert_eq!(kinds.compare("bombing", "suicide_attack"), Match::Agrees);
        assert_eq!(kinds.compare("air_strike", "suicide_attack"), Match::Parts);
        assert_eq!(kinds.compare("killing", "agreement"), Match::Never);
        assert_eq!(kinds.compare("training", "training"), Match::Same);
        assert!(kinds.is_violent("killing") && !kinds.is_violent("protest"));
    }
}
