//! What people decided: same incident, not the same, grades, settled disputes, taken back reports.
//!
//! A plain input: where decisions are kept, and who may make them, is somebody else's work.

use std::collections::{BTreeMap, BTreeSet};

use averment_types::{
    ClaimId, Credibility, DisputeId, OriginId, Reliability, ReportId, Resolution,
};

/// Two claims, the one with the lesser id first.
pub type Pair = (ClaimId, ClaimId);

/// Who decided something, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Word {
    /// Who.
    pub by: String,
    /// Why; `None` when nothing was said.
    pub because: Option<String>,
}

/// The decisions that hold when incidents are derived.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Pairs of claims that a person says tell of one event. What each of them stands with by itself comes along.
    pub same: BTreeMap<Pair, Word>,
    /// Pairs of claims that a person says do not tell of one event. They never stand together, whatever `same` says.
    pub not_same: BTreeMap<Pair, Word>,
    /// Grades of sources.
    pub reliability: BTreeMap<OriginId, Reliability>,
    /// Grades of single claims.
    pub credibility: BTreeMap<ClaimId, Credibility>,
    /// Disputes that a person settled.
    pub resolved: BTreeMap<DisputeId, Resolution>,
    /// Other ids under which claims were known when disputes were settled.
    pub former: BTreeMap<ClaimId, BTreeSet<ClaimId>>,
    /// Reports that their publisher took back.
    pub retracted: BTreeSet<ReportId>,
}

impl Decisions {
    /// Two claims as a pair.
    #[must_use]
    pub fn pair(a: &ClaimId, b: &ClaimId) -> Pair {
        if a <= b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) }
    }

    /// The grade of a source. What an outlet says itself and what others cite it for is one source's word.
    pub(crate) fn grade(&self, origin: &str) -> Option<Reliability> {
        if self.reliability.is_empty() {
            return None;
        }
        let twin = match origin.split_once(':') {
            Some(("outlet", name)) => Some(format!("source:{name}")),
            Some(("source", name)) => Some(format!("outlet:{name}")),
            _ => None,
        };
        let all = [Some(origin.to_owned()), twin];
        all.into_iter().flatten().find_map(|id| self.reliability.get(&OriginId::new(&id)).copied())
    }
}

/// Whom each claim is decided to stand with, or apart from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Partners(BTreeMap<ClaimId, Vec<ClaimId>>);

impl Partners {
    /// Those of `pairs`, both ways.
    pub(crate) fn of<'p>(pairs: impl Iterator<Item = &'p Pair>) -> Self {
        let mut found: BTreeMap<ClaimId, Vec<ClaimId>> = BTreeMap::new();
        for (a, b) in pairs {
            found.entry(a.clone()).or_default().push(b.clone());
            found.entry(b.clone()).or_default().push(a.clone());
        }
        Self(found)
    }

    /// The partners of a claim.
    pub(crate) fn at(&self, claim: &ClaimId) -> &[ClaimId] {
        self.0.get(claim).map_or(&[], Vec::as_slice)
    }
}
