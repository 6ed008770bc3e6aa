//! Disputes: claims that cannot all be so, each with its sides and their origins.
//!
//! Numbers are in dispute only where their ranges do not meet ("at least 20" and "20 to 30" agree), and only between
//! origins that still stand to them. A dispute whose sides were taken back but for one is moot and is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use averment_types::{
    ActorId, CasualtyKind, ClaimId, Digest, Dispute, DisputeId, DisputeKind, DisputeSide,
    DisputeStatus, EstimateOf, IncidentId, OriginId, RoleKind,
};

use crate::cluster::Group;
use crate::corroborator::Corroborator;
use crate::day;
use crate::estimate::statements;
use crate::fact::{Fact, Stance};
use crate::incident::incident_id;
use crate::kin::Kinship;
use crate::kinds::Match;
use crate::origin::Origins;
use crate::spot::{Places, compare};

/// A side while it is put together.
#[derive(Debug, Clone, Default)]
pub(crate) struct Side {
    pub(crate) position: String,
    pub(crate) claims: BTreeSet<ClaimId>,
    pub(crate) origins: BTreeSet<Arc<str>>,
    pub(crate) superseded: bool,
}

impl Side {
    /// A side that nobody has been found to hold yet.
    fn gone() -> Self {
        Self { superseded: true, ..Self::default() }
    }
}

/// What a dispute is about.
#[derive(Debug)]
pub(crate) enum Subject {
    /// An incident, and the names that it had or may have had while fewer or other claims were known.
    Incident(IncidentId, Vec<IncidentId>),
    /// An actor.
    Actor(ActorId),
}

impl Corroborator {
    /// All disputes, by id: those inside incidents and those about actors.
    #[must_use]
    pub fn disputes(&self) -> Vec<Dispute> {
        let mut found: BTreeMap<DisputeId, Dispute> = BTreeMap::new();
        for group in self.groups() {
            for (_, dispute) in self.in_group(group) {
                found.insert(dispute.id.clone(), dispute);
            }
        }
        for dispute in self.about_actors() {
            found.insert(dispute.id.clone(), dispute);
        }
        found.into_values().collect()
    }

    /// The disputes about an incident; with those about numbers, of which people.
    pub(crate) fn in_group(&self, group: &Group) -> Vec<(Option<CasualtyKind>, Dispute)> {
        let Some((tells, denies)) = self.told(group) else {
            return Vec::new();
        };
        let facts: Vec<(u32, &Fact)> =
            tells.iter().filter_map(|at| Some((*at, self.facts.get(*at)?))).collect();
        let Some(first) = facts.iter().map(|(_, fact)| &fact.id).min() else {
            return Vec::new();
        };
        let incident = Subject::Incident(incident_id(first), self.former_names(&tells));
        let origins = Origins::of(self, &tells);
        let of = [CasualtyKind::Killed, CasualtyKind::Injured, CasualtyKind::Abducted];
        let numbers = of.into_iter().filter_map(|kind| {
            Some((Some(kind), self.numbers(&tells, &origins, kind, &incident)?))
        });
        let numbers: Vec<_> = numbers.collect();
        let mut found = Vec::new();
        found.extend(self.perpetrators(&facts, &origins, &incident));
        found.extend(self.sides_by(
            &facts,
            &origins,
            &incident,
            DisputeKind::Date,
            day_of,
            days_part,
        ));
        found.extend(self.sides_by(
            &facts,
            &origins,
            &incident,
            DisputeKind::Place,
            place_of,
            places_part,
        ));
        let kinds = &self.scales.kinds;
        let parts = |a: &Fact, b: &Fact| {
            kinds.compare(a.type_id.as_str(), b.type_id.as_str()) == Match::Parts
        };
        let name = |fact: &Fact| {
            (!kinds.is_general(fact.type_id.as_str())).then(|| fact.type_id.to_string())
        };
        found.extend(self.sides_by(&facts, &origins, &incident, DisputeKind::Type, name, parts));
        found.extend(self.occurrence(&tells, &denies, &origins, &incident));
        numbers.into_iter().chain(found.into_iter().map(|dispute| (None, dispute))).collect()
    }

    /// The names of the incident of these claims when any other of them was the least. Empty while nothing is settled.
    fn former_names(&self, claims: &[u32]) -> Vec<IncidentId> {
        if self.decisions.resolved.is_empty() {
            return Vec::new();
        }
        let ids = claims.iter().filter_map(|at| self.facts.get(*at)).map(|fact| &fact.id);
        let all = ids.flat_map(|id| {
            let former = self.decisions.former.get(id).into_iter().flatten();
            std::iter::once(id).chain(former)
        });
        all.map(incident_id).collect()
    }

    /// Whether the report of a claim was taken back by its publisher.
    pub(crate) fn is_retracted(&self, claim: u32) -> bool {
        let doc = self.facts.get(claim).and_then(|fact| self.docs.get(fact.doc));
        doc.is_some_and(|doc| doc.retracted)
    }

    /// Numbers of one kind whose ranges do not meet.
    fn numbers(
        &self,
        facts: &[u32],
        origins: &Origins,
        kind: CasualtyKind,
        incident: &Subject,
    ) -> Option<Dispute> {
        let all = statements(self, facts, origins, kind, EstimateOf::All);
        let mut sides: BTreeMap<(u32, u32), Side> = BTreeMap::new();
        for statement in all.iter().filter(|s| s.number().is_some()) {
            let side = sides.entry(statement.range()).or_insert_with(Side::gone);
            side.position = range_words(statement.range());
            side.claims.extend(statement.claims.clone());
            side.origins.insert(statement.origin.clone());
            side.superseded &= statement.superseded.is_some();
        }
        let ranges: Vec<(u32, u32)> = sides.keys().copied().collect();
        let apart = |a: &(u32, u32), b: &(u32, u32)| a.1 < b.0 || b.1 < a.0;
        let parted = |a: &(u32, u32)| ranges.iter().any(|b| apart(a, b));
        let sides: Vec<Side> =
            sides.into_iter().filter(|(range, _)| parted(range)).map(|(_, side)| side).collect();
        let word = match kind {
            CasualtyKind::Killed => "killed",
            CasualtyKind::Injured => "injured",
            _ => "abducted",
        };
        let reason = format!("the numbers of people {word} do not meet");
        self.written(DisputeKind::Number, word, incident, sides, &reason)
    }

    /// Named actors in the part of the one who did it, none of whom belongs to another.
    fn perpetrators(
        &self,
        facts: &[(u32, &Fact)],
        origins: &Origins,
        incident: &Subject,
    ) -> Option<Dispute> {
        let mut sides: BTreeMap<ActorId, Side> = BTreeMap::new();
        let mut refs = BTreeMap::new();
        for (at, fact) in facts {
            for actor in fact
                .actors(&[RoleKind::Initiator])
                .filter(|a| !a.id.is_generic() && a.kind.is_side())
            {
                let side = sides.entry(actor.id.clone()).or_insert_with(Side::gone);
                side.superseded &= self.is_retracted(*at);
                side.position.clone_from(&actor.name);
                side.claims.insert(fact.id.clone());
                side.origins.extend(origins.of.get(at).into_iter().flatten().cloned());
                refs.insert(actor.id.clone(), actor.clone());
            }
        }
        let apart = |a: &ActorId, b: &ActorId| match (refs.get(a), refs.get(b)) {
            (Some(x), Some(y)) => self.scales.kin.compare(x, y) == Kinship::Apart,
            _ => false,
        };
        // Two who did it together, by one claim, are no two sides.
        let together = |a: &Side, b: &Side| !a.claims.is_disjoint(&b.claims);
        let ids: Vec<(ActorId, Side)> = sides.into_iter().collect();
        let parted = |(a, side): &&(ActorId, Side)| {
            ids.iter().any(|(b, other)| apart(a, b) && !together(side, other))
        };
        let sides: Vec<Side> = ids.iter().filter(parted).map(|(_, side)| side.clone()).collect();
        let reason = "different actors are said to have done it, and none belongs to another";
        self.written(DisputeKind::Perpetrator, "perpetrator", incident, sides, reason)
    }

    /// Sides of claims with the same value, where some two values part.
    fn sides_by(
        &self,
        facts: &[(u32, &Fact)],
        origins: &Origins,
        incident: &Subject,
        kind: DisputeKind,
        value: impl Fn(&Fact) -> Option<String>,
        parts: impl Fn(&Fact, &Fact) -> bool,
    ) -> Option<Dispute> {
        let mut sides: BTreeMap<String, (Side, Vec<&Fact>)> = BTreeMap::new();
        for (at, fact) in facts {
            if let Some(position) = value(fact) {
                let slot = sides.entry(position.clone());
                let (side, members) = slot.or_insert_with(|| (Side::gone(), Vec::new()));
                side.superseded &= self.is_retracted(*at);
                side.position = position;
                side.claims.insert(fact.id.clone());
                side.origins.extend(origins.of.get(at).into_iter().flatten().cloned());
                members.push(fact);
            }
        }
        let all: Vec<(Side, &Fact)> = sides
            .into_values()
            .filter_map(|(side, members)| Some((side, *members.first()?)))
            .collect();
        let parted = |(_, a): &&(Side, &Fact)| all.iter().any(|(_, b)| parts(a, b));
        let sides: Vec<Side> = all.iter().filter(parted).map(|(side, _)| side.clone()).collect();
        let reason = match kind {
            DisputeKind::Date => "the days differ",
            DisputeKind::Place => "the places differ",
            _ => "the claims differ on what it was",
        };
        self.written(kind, kind.as_str(), incident, sides, reason)
    }

    fn occurrence(
        &self,
        tells: &[u32],
        denies: &[u32],
        origins: &Origins,
        incident: &Subject,
    ) -> Option<Dispute> {
        if denies.is_empty() {
            return None;
        }
        let ids = |list: &[u32]| {
            let all = list.iter().filter_map(|at| self.facts.get(*at));
            all.map(|fact| fact.id.clone()).collect::<BTreeSet<_>>()
        };
        let against = Origins::of(self, denies);
        let side = |position: &str, list: &[u32], origins: BTreeSet<Arc<str>>| Side {
            position: position.to_owned(),
            claims: ids(list),
            origins,
            superseded: list.iter().all(|at| self.is_retracted(*at)),
        };
        let sides = vec![
            side("it happened", tells, origins.among(tells.iter())),
            side("it did not happen", denies, against.among(denies.iter())),
        ];
        let reason = "some tell of it, others deny it";
        self.written(DisputeKind::Occurrence, "occurrence", incident, sides, reason)
    }

    /// The dispute as it is written; `None` with fewer than two sides.
    pub(crate) fn written(
        &self,
        kind: DisputeKind,
        about: &str,
        subject: &Subject,
        sides: Vec<Side>,
        reason: &str,
    ) -> Option<Dispute> {
        if sides.len() < 2 {
            return None;
        }
        let name = |subject: &str| {
            let parts =
                [b"dispute", kind.as_str().as_bytes(), about.as_bytes(), subject.as_bytes()];
            DisputeId::new(&Digest::of(&parts).short('d'))
        };
        let (id, former): (_, &[IncidentId]) = match subject {
            Subject::Incident(id, former) => (name(id.as_str()), former),
            Subject::Actor(id) => (name(id.as_str()), &[]),
        };
        let resolved = &self.decisions.resolved;
        let before = || former.iter().find_map(|incident| resolved.get(&name(incident.as_str())));
        let resolution = resolved.get(&id).or_else(before).cloned();
        let standing = sides.iter().filter(|side| !side.superseded).count();
        let status = match (&resolution, standing) {
            (Some(_), _) => DisputeStatus::Resolved,
            (None, 0 | 1) => DisputeStatus::Moot,
            (None, _) => DisputeStatus::Open,
        };
        let reason = if status == DisputeStatus::Moot {
            format!(
                "{reason}; later words of the same origins, a correction, a retraction or a risen toll left one side"
            )
        } else {
            reason.to_owned()
        };
        let sides = sides.into_iter().map(|side| DisputeSide {
            position: side.position,
            claims: side.claims.into_iter().collect(),
            origins: side.origins.iter().map(|key| OriginId::new(key)).collect(),
            superseded: side.superseded,
        });
        let (incident, actor) = match subject {
            Subject::Incident(id, _) => (Some(id.clone()), None),
            Subject::Actor(id) => (None, Some(id.clone())),
        };
        Some(Dispute {
            id,
            kind,
            incident,
            actor,
            sides: sides.collect(),
            status,
            resolution,
            reason,
        })
    }
}

/// A range in words: "20", "at least 20", "20 to 30".
fn range_words((low, high): (u32, u32)) -> String {
    match (low, high) {
        (low, u32::MAX) => format!("at least {low}"),
        (low, high) if low == high => low.to_string(),
        (0, high) => format!("at most {high}"),
        (low, high) => format!("{low} to {high}"),
    }
}

fn day_of(fact: &Fact) -> Option<String> {
    let when = fact.when.filter(|when| when.precision == averment_types::DatePrec::Day)?;
    Some(day::date_of(when.days.0)?.to_string())
}

fn days_part(a: &Fact, b: &Fact) -> bool {
    a.when.zip(b.when).is_some_and(|(x, y)| day::gap(x.days, y.days) > 0)
}

fn place_of(fact: &Fact) -> Option<String> {
    fact.spot.as_ref().filter(|spot| spot.is_exact()).map(|spot| spot.name.to_string())
}

/// More than a name's or a quarter's distance: fifteen kilometres and more.
fn places_part(a: &Fact, b: &Fact) -> bool {
    let (Some(x), Some(y)) = (a.spot.as_deref(), b.spot.as_deref()) else {
        return false;
    };
    match compare(x, y) {
        Places::Apart | Places::PerhapsApart => true,
        Places::Close(distance) => !crate::spot::is_near(distance),
        _ => false,
    }
}

/// Whether a claim stands for something: told or holding.
pub(crate) fn holds(fact: &Fact) -> bool {
    fact.stance == Stance::Tells
}
