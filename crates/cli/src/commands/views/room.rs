//! The ledger's reports and people's decisions, brought into the room that derives incidents from them.
//!
//! What was derived from a large ledger is kept in a file beside it (see [`super::kept`]).

use std::collections::BTreeMap;

use anyhow::Context;
use averment_corroborate::{Corroborator, Decisions, HistoryEntry, Word};
use averment_ledger::{DecisionsByKind, Ledger, Said};
use averment_types::{ActorId, ClaimId, Dispute, Incident, Resolution};

use super::kept;
use crate::args::{DerivedFrom, RegistryArg, registry_with};

/// All that is derived from a ledger.
#[derive(Debug, Default)]
pub(in crate::commands) struct Derived {
    /// By id.
    pub(in crate::commands) incidents: Vec<Incident>,
    /// By id.
    pub(in crate::commands) disputes: Vec<Dispute>,
    /// Of every actor that a claim names.
    pub(in crate::commands) histories: BTreeMap<ActorId, Vec<HistoryEntry>>,
}

/// Which part of it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::commands) enum Part {
    Incidents,
    Disputes,
    Histories,
    /// Incidents and disputes.
    Both,
}

/// What is derived from the ledger as it was opened; at least the part asked for.
pub(in crate::commands) fn derived(from: &DerivedFrom, part: Part) -> anyhow::Result<Derived> {
    let now = from.ledger.at.is_none();
    of_ledger(&from.ledger.open()?, part, &from.actors, now)
}

/// What is derived from an open ledger, at least the part asked for; kept for the next time if it is the ledger of `now`.
pub(in crate::commands) fn of_ledger(
    ledger: &Ledger,
    part: Part,
    actors: &RegistryArg,
    now: bool,
) -> anyhow::Result<Derived> {
    let reports = ledger.summary()?.reports;
    let actors = actors.files()?;
    if reports < kept::LEAST {
        return Ok(Derived::of(&corroborated(ledger, &actors)?));
    }
    ledger.in_one_moment(|ledger| {
        let file = kept::File::of(ledger, &actors)?;
        if let Some(found) = file.read(part) {
            return Ok(found);
        }
        let derived = Derived::of(&corroborated(ledger, &actors)?);
        if now {
            file.write(&derived);
        }
        Ok(derived)
    })
}

impl Derived {
    fn of(room: &Corroborator) -> Self {
        Self { incidents: room.incidents(), disputes: room.disputes(), histories: room.histories() }
    }

    /// The incidents whose ids begin with `id`; else the one that had this id when fewer claims were known.
    pub(in crate::commands) fn incidents_named(&self, id: &str) -> Vec<Incident> {
        let named = |incident: &&Incident| incident.id.as_str().starts_with(id);
        let found: Vec<Incident> = self.incidents.iter().filter(named).cloned().collect();
        if !found.is_empty() {
            return found;
        }
        let was = |claim: &ClaimId| Corroborator::incident_id(claim).as_str() == id;
        let once = self.incidents.iter().filter(|i| i.claims.iter().any(was));
        once.cloned().collect()
    }

    /// The disputes whose ids begin with `id`.
    pub(in crate::commands) fn disputes_named(&self, id: &str) -> Vec<Dispute> {
        let named = |dispute: &&Dispute| dispute.id.as_str().starts_with(id);
        self.disputes.iter().filter(named).cloned().collect()
    }
}

/// What counts in the ledger, with the decisions in force, corroborated. All of one moment.
fn corroborated(ledger: &Ledger, actors: &[(String, String)]) -> anyhow::Result<Corroborator> {
    let registry = registry_with(actors).context("the registry of actors cannot be read")?;
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
