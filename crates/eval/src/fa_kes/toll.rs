//! The killed that a sentence tells of, and the toll of a report.

use std::ops::RangeInclusive;

use averment_types::{Casualties, CasualtyGroup, CasualtyKind, ClaimContent, ClaimKind, RoleKind};

/// The killed of one sentence. A number is the stated one, or the bound where only that is stated: a coder writes 20 for
/// "at least 20".
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Toll {
    /// People of whom no more is said.
    people: u32,
    /// Those said to be no fighters.
    stated_civilians: u32,
    /// Fighters, soldiers, police.
    stated_fighters: u32,
    pub(super) children: u32,
    pub(super) women: u32,
    /// The largest upper bound that is stated.
    high: u32,
}

impl Toll {
    /// The killed of the claims of one sentence: of each group the largest number.
    pub(super) fn of(claims: &[&ClaimContent]) -> Self {
        let mut toll = Self::default();
        for claim in claims.iter().filter(|claim| claim.kind != ClaimKind::Count) {
            let armed = claim.roles.iter().any(|role| {
                let died = matches!(role.role, RoleKind::Victim | RoleKind::Target);
                died && role.actor.as_ref().is_some_and(|actor| actor.kind.is_side())
            });
            for count in claim.casualties.iter().filter(|c| c.kind == CasualtyKind::Killed) {
                toll.add(count, armed);
            }
        }
        toll
    }

    fn add(&mut self, count: &Casualties, armed: bool) {
        let number = count.best.or(count.low).or(count.high).unwrap_or_default();
        self.high = self.high.max(count.high.unwrap_or(number));
        let group = match count.of {
            Some(CasualtyGroup::Children) => &mut self.children,
            Some(CasualtyGroup::Women) => &mut self.women,
            Some(
                CasualtyGroup::Fighters
                | CasualtyGroup::Soldiers
                | CasualtyGroup::Police
                | CasualtyGroup::Peacekeepers,
            ) => &mut self.stated_fighters,
            None | Some(CasualtyGroup::Men) if armed => &mut self.stated_fighters,
            None | Some(CasualtyGroup::Men) => &mut self.people,
            Some(_) => &mut self.stated_civilians,
        };
        *group = number.max(*group);
    }

    /// All killed.
    pub(super) fn total(&self) -> u32 {
        let stated = self.civilians_stated() + self.stated_fighters;
        self.people.max(stated)
    }

    fn civilians_stated(&self) -> u32 {
        self.stated_civilians.max(self.children + self.women)
    }

    /// Non-civilians.
    pub(super) fn fighters(&self) -> u32 {
        self.stated_fighters
    }

    /// The rest: who is not said to be a fighter counts as a civilian, as gold has it.
    pub(super) fn civilians(&self) -> u32 {
        self.total() - self.stated_fighters
    }
}

/// The report's toll: of headline and lead the sentence with the most killed; where these tell of none, of all. Children and
/// women may be told of in any sentence, within that total.
pub(super) fn main<'t>(told: impl Iterator<Item = (bool, &'t Toll)> + Clone) -> Toll {
    let deadliest = |tolls: &mut dyn Iterator<Item = &'t Toll>| {
        // Of equals the one told first.
        tolls.filter(|t| t.total() > 0).reduce(|a, b| if b.total() > a.total() { b } else { a })
    };
    let lead = deadliest(&mut told.clone().filter(|(lead, _)| *lead).map(|(_, toll)| toll));
    let main = lead.or_else(|| deadliest(&mut told.clone().map(|(_, toll)| toll)));
    let mut main = main.cloned().unwrap_or_default();
    let total = main.total();
    for (_, toll) in told {
        if toll.children <= total {
            main.children = main.children.max(toll.children);
        }
        if toll.women <= total {
            main.women = main.women.max(toll.women);
        }
    }
    main
}

/// From the lowest to the highest toll of headline and lead, or of all sentences where these tell of none.
pub(super) fn range<'t>(
    told: impl Iterator<Item = (bool, &'t Toll)> + Clone,
) -> RangeInclusive<u32> {
    let in_lead = told.clone().any(|(lead, toll)| lead && toll.total() > 0);
    let tolls = told.filter(|(lead, toll)| (*lead || !in_lead) && toll.total() > 0);
    let bounds = tolls.map(|(_, toll)| (toll.total(), toll.high.max(toll.total())));
    let all = bounds.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
    let (low, high) = all.unwrap_or_default();
    low..=high
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toll(people: u32, fighters: u32, children: u32) -> Toll {
        Toll { people, stated_fighters: fighters, children, high: people, ..Toll::default() }
    }

    #[test]
    fn fighters_are_part_of_the_total_and_the_rest_are_civilians() {
        let mixed = toll(20, 7, 3);
        assert_eq!((mixed.total(), mixed.fighters(), mixed.civilians()), (20, 7, 13));
        let fighters = toll(0, 29, 0);
        assert_eq!((fighters.total(), fighters.civilians()), (29, 0));
    }

    #[test]
    fn the_lead_stands_for_the_report_and_a_later_sentence_adds_children() {
        let (lead, later, war) = (toll(16, 0, 0), toll(0, 0, 5), toll(280_000, 0, 900));
        let told = [(true, &lead), (false, &later), (false, &war)];
        let main = main(told.into_iter());
        assert_eq!((main.total(), main.children), (16, 5));
        assert_eq!(range(told.into_iter()), 16..=16);
        assert_eq!(range([(true, &lead), (true, &toll(22, 0, 0))].into_iter()), 16..=22);
        assert_eq!(range(std::iter::empty()), 0..=0);
    }
}
