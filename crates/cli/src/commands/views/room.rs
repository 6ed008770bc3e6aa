//! The ledger's reports and people's decisions, brought into the room that derives incidents from them.
//!
//! What was derived from a large ledger is kept in a file beside it (see [`super::kept`]).

use std::cell::OnceCell;

use anyhow::Context as _;
use averment_actors::Registry;
use averment_corroborate::{Corroborator, Decisions, HistoryEntry, Word};
use averment_ledger::{DecisionsByKind, Ledger, Said};
use averment_types::{ActorId, ClaimId, Dispute, Incident, Resolution};

use super::kept::{self, Kept};
use crate::args::{DerivedFrom, RegistryArg, registry_with};

/// What is derived from a ledger. `None` where a file that it was kept in turns out to be damaged.
pub(in crate::commands) trait Views {
    /// The incidents whose ids begin with `id`, by id.
    fn incidents_named(&self, id: &str) -> Option<Vec<Incident>>;

    /// The disputes whose ids begin with `id`, by id.
    fn disputes_named(&self, id: &str) -> Option<Vec<Dispute>>;

    /// What is said of an actor.
    fn history(&self, actor: &ActorId) -> Option<Vec<HistoryEntry>>;

    /// All incidents, by id.
    fn incidents(&self) -> Option<Vec<Incident>> {
        self.incidents_named("")
    }

    /// All disputes, by id.
    fn disputes(&self) -> Option<Vec<Dispute>> {
        self.disputes_named("")
    }

    /// The incidents whose ids begin with `id`; else the one that had this id when fewer claims were known.
    fn incidents_once_named(&self, id: &str) -> Option<Vec<Incident>> {
        let found = self.incidents_named(id)?;
        if !found.is_empty() {
            return Some(found);
        }
        let was = |claim: &ClaimId| Corroborator::incident_id(claim).as_str() == id;
        let mut all = self.incidents()?;
        all.retain(|incident| incident.claims.iter().any(was));
        Some(all)
    }
}

impl Views for Corroborator {
    fn incidents_named(&self, id: &str) -> Option<Vec<Incident>> {
        let mut all = self.incidents();
        all.retain(|incident| incident.id.as_str().starts_with(id));
        Some(all)
    }

    fn disputes_named(&self, id: &str) -> Option<Vec<Dispute>> {
        let mut all = self.disputes();
        all.retain(|dispute| dispute.id.as_str().starts_with(id));
        Some(all)
    }

    fn history(&self, actor: &ActorId) -> Option<Vec<HistoryEntry>> {
        Some(self.history(actor))
    }
}

/// What a room is made of besides the ledger.
#[derive(Debug)]
pub(super) struct Context {
    /// The files of a user's registry, by name and text.
    pub(super) actors: Vec<(String, String)>,
    /// Read when it is first asked for.
    registry: OnceCell<Registry>,
}

impl Context {
    fn of(actors: &RegistryArg) -> anyhow::Result<Self> {
        Ok(Self { actors: actors.files()?, registry: OnceCell::new() })
    }

    pub(super) fn registry(&self) -> anyhow::Result<&Registry> {
        if let Some(known) = self.registry.get() {
            return Ok(known);
        }
        let read = registry_with(&self.actors).context("the registry of actors cannot be read")?;
        Ok(self.registry.get_or_init(|| read))
    }
}

/// The decisions of the ledger as the room takes them. What people decided about a claim's values is in the claims already.
pub(super) fn decisions(ledger: &Ledger) -> anyhow::Result<Decisions> {
    let DecisionsByKind {
        same,
        different,
        reliability,
        credibility,
        resolved,
        former,
        retracted,
        ..
    } = ledger.decisions_by_kind()?;
    let word = |Said { by, because, .. }| Word { by, because };
    let resolved = resolved.into_iter().map(|(dispute, settled)| {
        let Said { by, because, .. } = settled.said;
        let reason = because.unwrap_or_default();
        (dispute, Resolution { by, reason, position: settled.position })
    });
    Ok(Decisions {
        same: same.into_iter().map(|(pair, said)| (pair, word(said))).collect(),
        not_same: different.into_iter().map(|(pair, said)| (pair, word(said))).collect(),
        reliability,
        credibility,
        resolved: resolved.collect(),
        former,
        retracted,
    })
}

/// What `ask` makes of what is derived from the ledger as it was opened.
pub(in crate::commands) fn derived<T>(
    from: &DerivedFrom,
    ask: impl Fn(&dyn Views) -> Option<T>,
) -> anyhow::Result<T> {
    let now = from.ledger.at.is_none();
    of_ledger(&from.ledger.open()?, &from.actors, now, ask)
}

/// What `ask` makes of what is derived from an open ledger; kept for the next time if it is the ledger of `now`.
pub(in crate::commands) fn of_ledger<T>(
    ledger: &Ledger,
    actors: &RegistryArg,
    now: bool,
    ask: impl Fn(&dyn Views) -> Option<T>,
) -> anyhow::Result<T> {
    let context = Context::of(actors)?;
    ledger.in_one_moment(|ledger| {
        let mark = now.then(|| ledger.mark()).transpose()?;
        let mark = mark.filter(|mark| mark.reports() >= kept::LEAST);
        if let Some(mark) = &mark
            && let Some(kept) = Kept::open(ledger, &context, mark)?
            && let Some(answer) = ask(&kept)
        {
            return Ok(answer);
        }
        let room = corroborated(ledger, &context)?;
        if let Some(mark) = &mark {
            kept::keep(ledger, &context, &room, mark);
        }
        let answer = ask(&room).context("what was just derived is not there");
        // The program ends after its answer; to take a large room apart before would cost seconds.
        std::mem::forget(room);
        answer
    })
}

/// What counts in the ledger, with the decisions in force, corroborated.
fn corroborated(ledger: &Ledger, context: &Context) -> anyhow::Result<Corroborator> {
    let mut room = Corroborator::new(context.registry()?, decisions(ledger)?)?;
    ledger.for_each_counting(|coded| {
        room.add(&coded);
        anyhow::Ok(())
    })?;
    room.settle();
    Ok(room)
}
