//! Who must not stand together by people's word: "not the same", and what follows from it with "the same".
//!
//! Claims that people join are one: what is kept apart from one of them is kept apart from all.

use std::collections::{BTreeMap, BTreeSet};

use crate::cluster::Judge;

/// Claims that must not stand together.
#[derive(Debug, Default)]
pub(crate) struct Apart {
    /// Those of each claim, both ways.
    from: BTreeMap<u32, BTreeSet<u32>>,
    /// The claims that people joined with each, itself among them.
    joined: BTreeMap<u32, BTreeSet<u32>>,
}

impl Apart {
    /// Of the claims `part`; with those of the pairs that people joined that contradict nobody's "not the same".
    pub(crate) fn of(
        part: &[u32],
        joined: &[(u32, u32)],
        judge: &impl Judge,
    ) -> (Self, Vec<(u32, u32)>) {
        let mut apart = Self::default();
        for at in part {
            let others = judge.apart(*at);
            if !others.is_empty() {
                apart.from.entry(*at).or_default().extend(others);
            }
        }
        let kept = joined.iter().copied().filter(|(a, b)| apart.unite(*a, *b)).collect();
        let pairs: Vec<(u32, u32)> =
            apart.from.iter().flat_map(|(a, all)| all.iter().map(|b| (*a, *b))).collect();
        for (a, b) in pairs {
            apart.keep(&apart.with(a), &apart.with(b));
        }
        (apart, kept)
    }

    /// Whether two groups may stand together.
    pub(crate) fn allows(&self, left: &[u32], right: &[u32]) -> bool {
        let parts = |a: &u32| {
            self.from.get(a).is_some_and(|others| right.iter().any(|b| others.contains(b)))
        };
        self.from.is_empty() || !left.iter().any(parts)
    }

    /// Two groups that people joined at the claim `at`, and that hold claims which are kept apart: those of the right
    /// one give way, so that the joined claims can meet without them. Whether any does.
    pub(crate) fn yields(&mut self, at: u32, left: &[u32], right: &[u32]) -> bool {
        let parts = |b: &&u32| !self.allows(left, std::slice::from_ref(*b));
        let others: BTreeSet<u32> = right.iter().filter(parts).copied().collect();
        let joined = self.with(at);
        others.is_disjoint(&joined) && self.keep(&joined, &others)
    }

    /// Takes two claims for one; not where people also say otherwise.
    fn unite(&mut self, a: u32, b: u32) -> bool {
        let (left, right) = (self.with(a), self.with(b));
        let (l, r): (Vec<u32>, Vec<u32>) =
            (left.iter().copied().collect(), right.iter().copied().collect());
        if !self.allows(&l, &r) {
            return false;
        }
        let all: BTreeSet<u32> = left.union(&right).copied().collect();
        for at in &all {
            self.joined.insert(*at, all.clone());
        }
        true
    }

    fn with(&self, claim: u32) -> BTreeSet<u32> {
        self.joined.get(&claim).cloned().unwrap_or_else(|| [claim].into())
    }

    /// Keeps all of one side from all of the other; whether that is news.
    fn keep(&mut self, left: &BTreeSet<u32>, right: &BTreeSet<u32>) -> bool {
        let mut news = false;
        for (a, b) in left.iter().flat_map(|a| right.iter().map(move |b| (*a, *b))) {
            news |= self.from.entry(a).or_default().insert(b);
            self.from.entry(b).or_default().insert(a);
        }
        news
    }
}
