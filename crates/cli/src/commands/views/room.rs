//! The ledger's reports and people's decisions, brought into the room that derives incidents from them.

use anyhow::Context;
use averment_actors::Registry;
use averment_corroborate::{Corroborator, Decisions, Word};
use averment_ledger::{DecisionsByKind, Ledger, Said};
use averment_types::{Dispute, Incident, Resolution};

/// What counts in the ledger, with the decisions in force, corroborated. All of one moment.
pub(in crate::commands) fn of_ledger(ledger: &Ledger) -> anyhow::Result<Corroborator> {
    let registry = Registry::shipped().context("the registry of actors cannot be read")?;
    ledger.in_one_moment(|ledger| {
        let mut room = Corroborator::new(&registry, decisions(ledger.decisions_by_kind()?))?;
        ledger.for_each_counting(|coded| {
            room.add(&coded);
            anyhow::Ok(())
        })?;
        room.settle();
        Ok(room)
    })
}

/// The incidents whose ids begin with `id`; else the one that had this id when fewer claims were known.
pub(in crate::commands) fn incidents_named(room: &Corroborator, id: &str) -> Vec<Incident> {
    let (mut named, mut once) = (Vec::new(), Vec::new());
    room.for_each_incident(|incident| {
        let was = |claim| Corroborator::incident_id(claim).as_str() == id;
        if incident.id.as_str().starts_with(id) {
            named.push(incident);
        } else if incident.claims.iter().any(was) {
            once.push(incident);
        }
    });
    named.sort_by(|a, b| a.id.cmp(&b.id));
    if named.is_empty() { once } else { named }
}

/// The disputes whose ids begin with `id`.
pub(in crate::commands) fn disputes_named(room: &Corroborator, id: &str) -> Vec<Dispute> {
    let mut found = room.disputes();
    found.retain(|dispute| dispute.id.as_str().starts_with(id));
    found
}

/// The decisions as the room takes them. What people decided about a claim's values is in the claims already.
fn decisions(kinds: DecisionsByKind) -> Decisions {
    let word = |Said { by, because, .. }| Word { by, because };
    let resolved = kinds.resolved.into_iter().map(|(dispute, settled)| {
        let Said { by, because, .. } = settled.said;
        let reason = because.unwrap_or_default();
        (dispute, Resolution { by, reason, position: settled.position })
    });
    Decisions {
        same: kinds.same.into_iter().map(|(pair, said)| (pair, word(said))).collect(),
        not_same: kinds.different.into_iter().map(|(pair, said)| (pair, word(said))).collect(),
        reliability: kinds.reliability,
        credibility: kinds.credibility,
        resolved: resolved.collect(),
        former: kinds.former,
        retracted: kinds.retracted,
    }
}
