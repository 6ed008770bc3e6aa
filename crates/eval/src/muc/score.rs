//! The two measures of MUC-4's peers, by definition.
//!
//! An entity is the set of its mentions, in lower case, without marks and articles. A found entity fits a gold one
//! where all its mentions are mentions of that one (phi subset). CEAF-REE matches the entities of a role in a document one
//! to one, so that most fit. CEAF-RME matches whole templates one to one, so that most entities fit within them; only
//! templates of one kind of incident can be matched, and the kind itself is no filler.

use std::collections::{BTreeMap, BTreeSet};

use crate::count::Count;

/// The roles of the measure, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A perpetrator who is a person or persons.
    Person,
    /// A perpetrator that is an organisation.
    Group,
    /// A physical target.
    Object,
    /// A victim with a name.
    Victim,
    /// A weapon or what an attack was made with.
    Weapon,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Person, Self::Group, Self::Object, Self::Victim, Self::Weapon];

    /// What the corpus calls it.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Person => "PerpInd",
            Self::Group => "PerpOrg",
            Self::Object => "Target",
            Self::Victim => "Victim",
            Self::Weapon => "Weapon",
        }
    }

    /// What the table calls it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Person => "perpetrator, individual",
            Self::Group => "perpetrator, organisation",
            Self::Object => "physical target",
            Self::Victim => "victim",
            Self::Weapon => "weapon",
        }
    }
}

/// One filler: its mentions, normalised.
pub type Entity = BTreeSet<String>;

/// Fillers by role.
pub type Fillers = BTreeMap<Role, Vec<Entity>>;

/// An incident of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Template {
    /// Its kind; a gold one may leave two open.
    pub kinds: BTreeSet<String>,
    /// Who and what plays a part in it.
    pub fillers: Fillers,
}

/// A mention as it is compared: lower case, letters and figures alone, without articles.
#[must_use]
pub fn normal(mention: &str) -> String {
    let kept: String = mention
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == '_' || c.is_whitespace())
        .collect();
    let words = kept.split_whitespace().filter(|word| !["a", "an", "the"].contains(word));
    words.collect::<Vec<_>>().join(" ")
}

/// CEAF-REE of one role of one document.
#[must_use]
pub(crate) fn role(gold: &[Entity], found: &[Entity]) -> Count {
    Count { right: fitting(gold, found), found: found.len(), gold: gold.len() }
}

/// CEAF-RME of one document. Of `found` templates at most 20 are matched.
#[must_use]
pub(crate) fn templates(gold: &[Template], found: &[Template]) -> Count {
    let size = |all: &[Template]| all.iter().flat_map(|t| t.fillers.values()).map(Vec::len).sum();
    // The best sum for each set of found templates that are taken, over the gold ones so far.
    let mut best: BTreeMap<u32, usize> = BTreeMap::from([(0, 0)]);
    for wanted in gold {
        let before = best.clone();
        for (at, other) in found.iter().enumerate().take(20) {
            let score = within(wanted, other);
            for (taken, sum) in before.iter().filter(|(taken, _)| *taken >> at & 1 == 0) {
                let slot = best.entry(taken | 1 << at).or_default();
                *slot = (*slot).max(sum + score);
            }
        }
    }
    let right = best.into_values().max().unwrap_or_default();
    Count { right, found: size(found), gold: size(gold) }
}

/// How many fillers of `found` fit, if it stands for `gold`.
fn within(gold: &Template, found: &Template) -> usize {
    if gold.kinds.is_disjoint(&found.kinds) {
        return 0;
    }
    let both = gold.fillers.iter().filter_map(|(role, all)| Some((all, found.fillers.get(role)?)));
    both.map(|(gold, found)| fitting(gold, found)).sum()
}

/// How many of `found` can be matched one to one with entities of `gold` that they fit.
fn fitting(gold: &[Entity], found: &[Entity]) -> usize {
    let fits: Vec<Vec<usize>> = found
        .iter()
        .map(|own| {
            let fits =
                gold.iter().enumerate().filter(|(_, all)| !own.is_empty() && own.is_subset(all));
            fits.map(|(at, _)| at).collect()
        })
        .collect();
    let mut owners = BTreeMap::new();
    (0..found.len()).filter(|own| placed(*own, &fits, &mut BTreeSet::new(), &mut owners)).count()
}

/// Finds a place for `own`, moving others to another of theirs where that frees one.
fn placed(
    own: usize,
    fits: &[Vec<usize>],
    seen: &mut BTreeSet<usize>,
    owners: &mut BTreeMap<usize, usize>,
) -> bool {
    for place in fits.get(own).into_iter().flatten() {
        if !seen.insert(*place) {
            continue;
        }
        let owner = owners.get(place).copied();
        if owner.is_none_or(|owner| placed(owner, fits, seen, owners)) {
            owners.insert(*place, own);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entity(mentions: &[&str]) -> Entity {
        mentions.iter().map(|mention| normal(mention)).collect()
    }

    fn template(kinds: &[&str], fillers: &[(Role, &[&[&str]])]) -> Template {
        let all = |entities: &[&[&str]]| entities.iter().map(|e| entity(e)).collect();
        Template {
            kinds: kinds.iter().map(|kind| (*kind).to_owned()).collect(),
            fillers: fillers.iter().map(|(role, entities)| (*role, all(entities))).collect(),
        }
    }

    #[test]
    fn mentions_are_compared_without_case_marks_and_articles() {
        assert_eq!(normal("The \"Santo Tomas\" farm"), "santo tomas farm");
        assert_eq!(normal("U.S. embassy"), normal("an us Embassy"));
    }

    #[test]
    fn a_found_entity_fits_where_all_its_mentions_are_gold_ones() {
        let gold = [entity(&["Farabundo Front", "FMLN"]), entity(&["ELN"])];
        assert_eq!(role(&gold, &[entity(&["fmln"])]), Count { right: 1, found: 1, gold: 2 });
        // One mention more that is not gold's: no fit. Two of one gold entity: one fits.
        assert_eq!(role(&gold, &[entity(&["FMLN", "ERP"])]).right, 0);
        assert_eq!(role(&gold, &[entity(&["FMLN"]), entity(&["Farabundo Front"])]).right, 1);
        assert_eq!(role(&[], &[entity(&["ELN"])]), Count { right: 0, found: 1, gold: 0 });
    }

    #[test]
    fn the_matching_is_the_best_one_and_not_the_first() {
        // "men" fits both gold entities, "gunmen" the first alone.
        let gold = [entity(&["men", "gunmen"]), entity(&["men"])];
        assert_eq!(role(&gold, &[entity(&["men"]), entity(&["gunmen"])]).right, 2);
    }

    #[test]
    fn templates_of_one_kind_are_matched_for_the_most_fillers() {
        let bomb: &[&[&str]] = &[&["bomb"]];
        let gold = [
            template(&["bombing"], &[(Role::Weapon, bomb), (Role::Object, &[&["bank"]])]),
            template(&["attack", "bombing"], &[(Role::Weapon, bomb)]),
        ];
        let found = [
            template(&["bombing"], &[(Role::Weapon, bomb)]),
            template(&["bombing"], &[(Role::Weapon, bomb), (Role::Object, &[&["bank"], &["bus"]])]),
            template(&["arson"], &[(Role::Object, &[&["bank"]])]),
        ];
        // The first found one stands for the second gold one, the second for the first.
        assert_eq!(templates(&gold, &found), Count { right: 3, found: 5, gold: 3 });
        assert_eq!(templates(&gold, &found[2..]).right, 0);
        assert_eq!(templates(&gold, &[]), Count { right: 0, found: 0, gold: 3 });
    }
}
