//! What a noun names: a person, people who act together, a building, a vehicle, a weapon, a stretch of land.
//!
//! Some eight thousand nouns of `WordNet`, by the sense that most of their uses have. The lists of `coder.toml` go first: they know the
//! words of this trade.

use std::collections::HashMap;

const NOUNS: &str = include_str!("../../../data/lexicons/nouns.tsv");

/// What a noun names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    Person,
    /// People who act together: "a platoon", "a family".
    Band,
    Facility,
    Vehicle,
    Weapon,
    Ground,
}

impl Named {
    fn read(name: &str) -> Option<Self> {
        Some(match name {
            "person" => Self::Person,
            "band" => Self::Band,
            "facility" => Self::Facility,
            "vehicle" => Self::Vehicle,
            "weapon" => Self::Weapon,
            "ground" => Self::Ground,
            _ => return None,
        })
    }
}

/// The table.
#[derive(Debug)]
pub(crate) struct Nouns(HashMap<&'static str, Named>);

impl Nouns {
    pub(crate) fn shipped() -> Self {
        let rows = NOUNS.lines().filter(|line| !line.starts_with('#'));
        let read = |line: &'static str| {
            let (noun, class) = line.split_once('\t')?;
            Some((noun, Named::read(class)?))
        };
        Self(rows.filter_map(read).collect())
    }

    /// The table as text; part of the coder's version.
    pub(crate) const fn source() -> &'static str {
        NOUNS
    }

    /// What `noun`, in lower case, names; of a plural what one of them is.
    pub(crate) fn of(&self, noun: &str) -> Option<Named> {
        let known = |word: &str| self.0.get(word).copied();
        let ending = |end: &str, instead: &str| {
            let stem = noun.strip_suffix(end).filter(|stem| stem.len() > 1)?;
            if instead.is_empty() { known(stem) } else { known(&format!("{stem}{instead}")) }
        };
        known(noun)
            .or_else(|| ending("men", "man"))
            .or_else(|| ending("ies", "y"))
            .or_else(|| ending("s", ""))
            .or_else(|| ending("es", ""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_are_what_one_of_them_is() {
        let nouns = Nouns::shipped();
        for person in
            ["catechist", "catechists", "seminarians", "councilmen", "deputies", "witnesses"]
        {
            assert_eq!(nouns.of(person), Some(Named::Person), "{person}");
        }
        assert_eq!(nouns.of("warehouses"), Some(Named::Facility));
        assert_eq!(nouns.of("freighters"), Some(Named::Vehicle));
        assert_eq!(nouns.of("platoon"), Some(Named::Band));
        for none in ["ceasefire", "hours", "talks", "is", "s", ""] {
            assert_eq!(nouns.of(none), None, "{none}");
        }
    }
}
