//! What follows from disputes that people settled: the sides they did not take no longer count.

use std::collections::{BTreeMap, BTreeSet};

use averment_types::{CasualtyKind, ClaimId, Dispute, DisputeKind, DisputeSide, RoleKind};

use crate::cluster::Group;
use crate::corroborator::Corroborator;
use crate::fact::Fact;

/// On what the claims of one incident were overruled. They stay its claims, and dissent.
#[derive(Debug, Default)]
pub(crate) struct Rulings {
    /// Of each kind of harm, the claims whose number was taken, and those whose was not.
    numbers: BTreeMap<CasualtyKind, (BTreeSet<ClaimId>, BTreeSet<ClaimId>)>,
    others: BTreeMap<DisputeKind, BTreeSet<ClaimId>>,
}

impl Rulings {
    /// What people's words on the disputes of `group` come to.
    pub(crate) fn of(room: &Corroborator, group: &Group) -> Self {
        let mut found = Self::default();
        // One claim disputes nothing.
        if room.decisions.resolved.is_empty() || group.members.len() < 2 {
            return found;
        }
        for (about, dispute) in room.in_group(group) {
            let (taken, losers) = sides(&dispute);
            match about {
                Some(kind) => drop(found.numbers.insert(kind, (taken, losers))),
                None => found.others.entry(dispute.kind).or_default().extend(losers),
            }
        }
        found
    }

    /// Whether the number of people that these claims give together was taken (`true`), or another in its stead (`false`).
    pub(crate) fn number(&self, kind: CasualtyKind, claims: &BTreeSet<ClaimId>) -> Option<bool> {
        let (taken, losers) = self.numbers.get(&kind)?;
        if claims.is_disjoint(taken) {
            claims.is_subset(losers).then_some(false)
        } else {
            Some(true)
        }
    }

    /// Whether a claim does not count on what disputes of this kind are about.
    pub(crate) fn on(&self, kind: DisputeKind, claim: &ClaimId) -> bool {
        self.others.get(&kind).is_some_and(|claims| claims.contains(claim))
    }

    /// Those of `facts` that count on what disputes of this kind are about; all of them where none would.
    pub(crate) fn counting<'f>(&self, kind: DisputeKind, facts: &[&'f Fact]) -> Vec<&'f Fact> {
        let count: Vec<&Fact> =
            facts.iter().copied().filter(|fact| !self.on(kind, &fact.id)).collect();
        if count.is_empty() { facts.to_vec() } else { count }
    }

    /// Whether a claim no longer says who played this part.
    pub(crate) fn part(&self, role: RoleKind, claim: &ClaimId) -> bool {
        role == RoleKind::Initiator && self.on(DisputeKind::Perpetrator, claim)
    }
}

/// The claims of the side that was taken, and those that stand on other sides alone.
fn sides(dispute: &Dispute) -> (BTreeSet<ClaimId>, BTreeSet<ClaimId>) {
    let position = dispute.resolution.as_ref().and_then(|taken| taken.position.as_deref());
    let (taken, others): (Vec<_>, Vec<_>) =
        dispute.sides.iter().partition(|side| Some(side.position.as_str()) == position);
    if taken.is_empty() {
        return Default::default();
    }
    let claims = |sides: &[&DisputeSide]| -> BTreeSet<ClaimId> {
        sides.iter().flat_map(|side| side.claims.iter().cloned()).collect()
    };
    let (taken, others) = (claims(&taken), claims(&others));
    let losers = others.difference(&taken).cloned().collect();
    (taken, losers)
}
