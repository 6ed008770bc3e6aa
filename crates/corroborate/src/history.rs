//! Histories of actors: who led, belonged to, fought and stood with whom, when, on whose word; and the disputes that these
//! open about life and leadership.
//!
//! A person who is said to be dead and is said to lead, to speak or to act later opens a dispute. That others fight on
//! under his name ("the wing of …") opens none.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use averment_types::{
    ActorId, ActorKind, ActorRef, ClaimId, ClaimKind, DateInterval, Dispute, DisputeKind, OriginId,
    ReportId, RoleKind, TypeId,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::corroborator::Corroborator;
use crate::day;
use crate::dispute::{Side, Subject, holds};
use crate::fact::{Fact, Part, Stance};
use crate::hash::key_of;
use crate::origin::Origins;

/// Claims of one line, and who takes part in them.
type Told = (Vec<u32>, Vec<(RoleKind, ActorRef)>);

/// One line of an actor's history.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// The codebook's type: `leads`, `part_of`, `allied_with`, `dead`, `armed_clash` …
    #[serde(rename = "type")]
    pub type_id: TypeId,
    /// What part the actor has in it.
    pub role: RoleKind,
    /// The others who take part, each with the part.
    pub others: Vec<(RoleKind, ActorRef)>,
    /// First day; `null` when it is not known.
    pub since: Option<Date>,
    /// Last day.
    pub until: Option<Date>,
    /// Whether the days are those of publication of the first report, since the claims state none.
    pub by_publication: bool,
    /// The claims that say so.
    pub claims: Vec<ClaimId>,
    /// The independent origins behind them.
    pub origins: Vec<OriginId>,
    /// The reports.
    pub reports: Vec<ReportId>,
}

impl Corroborator {
    /// What is said of an actor, in the order of days, what has none last.
    #[must_use]
    pub fn history(&self, actor: &ActorId) -> Vec<HistoryEntry> {
        let facts = self.mentioning(actor);
        let held = |at: &u32| self.facts.get(*at).is_some_and(holds);
        self.history_in(actor, &facts.into_iter().filter(held).collect::<Vec<u32>>())
    }

    /// The claims that have to do with an actor, in the order of the list.
    fn mentioning(&self, actor: &ActorId) -> Vec<u32> {
        self.by_actor.look(key_of(actor.as_str()), <[u32]>::to_vec)
    }

    fn history_in(&self, actor: &ActorId, facts: &[u32]) -> Vec<HistoryEntry> {
        type Key = (Option<(i32, i32)>, TypeId, RoleKind, Vec<(RoleKind, ActorId)>);
        let mut lines: BTreeMap<(bool, Key), Told> = BTreeMap::new();
        for at in facts.iter().copied() {
            let Some(fact) = self.facts.get(at) else {
                continue;
            };
            let is_it = |part: &&Part| part.actor.as_ref().is_some_and(|a| a.id == *actor);
            let Some(mine) = fact.parts.iter().find(is_it) else {
                continue;
            };
            let mut others: Vec<(RoleKind, ActorRef)> = fact
                .parts
                .iter()
                .filter_map(|part| Some((part.role, part.actor.as_deref()?.clone())))
                .filter(|(_, other)| other.id != *actor)
                .collect();
            others.sort_by(|a, b| (a.0, &a.1.id).cmp(&(b.0, &b.1.id)));
            others.dedup_by(|a, b| a.0 == b.0 && a.1.id == b.1.id);
            let days = fact.when.map(|when| when.days);
            let keys = others.iter().map(|(role, a)| (*role, a.id.clone())).collect();
            let key = (days.is_none(), (days, fact.type_id.clone(), mine.role, keys));
            lines.entry(key).or_insert_with(|| (Vec::new(), others)).0.push(at);
        }
        lines
            .into_iter()
            .map(|((_, (days, type_id, role, _)), (facts, others))| {
                self.line(days, type_id, role, others, &facts)
            })
            .collect()
    }

    fn line(
        &self,
        days: Option<(i32, i32)>,
        type_id: TypeId,
        role: RoleKind,
        others: Vec<(RoleKind, ActorRef)>,
        facts: &[u32],
    ) -> HistoryEntry {
        let origins = Origins::of(self, facts).written(self);
        let claims: BTreeSet<ClaimId> = origins.iter().flat_map(|o| o.claims.clone()).collect();
        let reports: BTreeSet<ReportId> = origins.iter().flat_map(|o| o.reports.clone()).collect();
        let published = facts
            .iter()
            .filter_map(|at| self.facts.get(*at))
            .filter_map(|fact| self.docs.get(fact.doc)?.published)
            .min()
            .map(|day| (day, day));
        let (since, until) = days.or(published).map_or((None, None), |(a, b)| (date(a), date(b)));
        HistoryEntry {
            type_id,
            role,
            others,
            since,
            until,
            by_publication: days.is_none() && published.is_some(),
            claims: claims.into_iter().collect(),
            origins: origins.into_iter().map(|origin| origin.id).collect(),
            reports: reports.into_iter().collect(),
        }
    }

    /// Disputes about whether a person lives and about who leads a group, of all actors.
    pub(crate) fn about_actors(&self) -> Vec<Dispute> {
        self.all_in_question().iter().flat_map(|actor| self.about(actor)).collect()
    }

    /// The actors whose life or leadership some claim says something of.
    pub(crate) fn all_in_question(&self) -> BTreeSet<ActorId> {
        self.facts.iter().flat_map(|(_, fact)| in_question(fact)).collect()
    }

    /// The same of one actor.
    pub(crate) fn about(&self, actor: &ActorId) -> Vec<Dispute> {
        let mut life = Life::default();
        let mut leaders: Vec<(u32, ActorRef)> = Vec::new();
        for at in self.in_question.look(key_of(actor.as_str()), <[u32]>::to_vec) {
            let Some(fact) = self.facts.get(at) else {
                continue;
            };
            if fact.voices.contains(actor) {
                life.add(at, Sign::Alive);
            }
            if fact.stance == Stance::Aside {
                continue;
            }
            for part in &fact.parts {
                if let Some((_, sign)) = sign_of_life(fact, part).filter(|(who, _)| who == actor) {
                    life.add(at, sign);
                }
            }
            if led(fact).any(|group| group.id == *actor) {
                let heads =
                    fact.actors(&[RoleKind::Subject]).filter(|a| a.kind == ActorKind::Person);
                leaders.extend(heads.map(|head| (at, head.clone())));
            }
        }
        self.life(actor, &life).into_iter().chain(self.leadership(actor, &leaders)).collect()
    }

    fn life(&self, person: &ActorId, life: &Life) -> Option<Dispute> {
        let died = life.dead.iter().filter_map(|at| self.day_of(*at)).min();
        let after = |at: &&u32| match (died, self.day_of(**at)) {
            // Without any day, what is told in the present contradicts a death that is told as past.
            (Some(died), Some(seen)) => seen > died,
            _ => true,
        };
        let alive: Vec<u32> = life.alive.iter().filter(after).copied().collect();
        if alive.is_empty() || life.dead.is_empty() {
            return None;
        }
        let sides = vec![self.side("dead", &life.dead), self.side("alive", &alive)];
        let reason = "said to be dead, and said to live, lead or act after that";
        self.written(
            DisputeKind::LifeAndDeath,
            "life",
            &Subject::Actor(person.clone()),
            sides,
            reason,
        )
    }

    fn leadership(&self, group: &ActorId, claims: &[(u32, ActorRef)]) -> Option<Dispute> {
        let mut by_head: BTreeMap<ActorId, (String, Vec<u32>)> = BTreeMap::new();
        for (at, head) in claims {
            by_head
                .entry(head.id.clone())
                .or_insert_with(|| (head.name.clone(), Vec::new()))
                .1
                .push(*at);
        }
        let days = |facts: &[u32]| -> Option<(i32, i32)> {
            let all: Vec<(i32, i32)> = facts
                .iter()
                .filter_map(|at| self.facts.get(*at))
                .filter_map(|fact| {
                    let published = || self.docs.get(fact.doc)?.published.map(|day| (day, day));
                    fact.when.map(|when| when.days).or_else(published)
                })
                .collect();
            Some((all.iter().map(|d| d.0).min()?, all.iter().map(|d| d.1).max()?))
        };
        // Two who are named side by side lead together; two who are named for days that do not meet followed each other.
        let together = |a: &[u32], b: &[u32]| a.iter().any(|at| b.contains(at));
        let heads: Vec<(String, Vec<u32>)> = by_head.into_values().collect();
        let parted = |(_, a): &&(String, Vec<u32>)| {
            heads.iter().any(|(_, b)| {
                a != b
                    && !together(a, b)
                    && days(a).zip(days(b)).is_some_and(|(x, y)| day::gap(x, y) == 0)
            })
        };
        let sides: Vec<Side> =
            heads.iter().filter(parted).map(|(name, facts)| self.side(name, facts)).collect();
        let reason = "different persons are said to lead it at one time";
        self.written(
            DisputeKind::Leadership,
            "leader",
            &Subject::Actor(group.clone()),
            sides,
            reason,
        )
    }

    fn side(&self, position: &str, facts: &[u32]) -> Side {
        let origins = Origins::of(self, facts);
        let ids = facts.iter().filter_map(|at| self.facts.get(*at)).map(|fact| fact.id.clone());
        Side {
            position: position.to_owned(),
            claims: ids.collect(),
            origins: origins.among(facts.iter()),
            superseded: facts.iter().all(|at| self.is_retracted(*at)),
        }
    }

    /// The first day of a claim, or of its publication.
    fn day_of(&self, at: u32) -> Option<i32> {
        let fact = self.facts.get(at)?;
        let published = || self.docs.get(fact.doc)?.published;
        fact.when.map(|when| when.days.0).or_else(published)
    }
}

/// The actors whose life or leadership a claim says something of.
pub(crate) fn in_question(fact: &Fact) -> BTreeSet<ActorId> {
    let mut found: BTreeSet<ActorId> = fact.voices.iter().cloned().collect();
    found.extend(led(fact).map(|group| group.id.clone()));
    if fact.stance != Stance::Aside {
        found.extend(fact.parts.iter().filter_map(|part| Some(sign_of_life(fact, part)?.0)));
    }
    found
}

/// The groups with names of their own that a claim says somebody to lead.
fn led(fact: &Fact) -> impl Iterator<Item = &ActorRef> {
    let leads = fact.type_id.as_str() == "leads" && holds(fact);
    fact.actors(&[RoleKind::Object]).filter(move |group| leads && !group.id.is_generic())
}

/// Claims of a person's death, and claims that show the person alive.
#[derive(Debug, Default)]
struct Life {
    dead: Vec<u32>,
    alive: Vec<u32>,
}

#[derive(Debug, Clone, Copy)]
enum Sign {
    Dead,
    Alive,
}

impl Life {
    fn add(&mut self, at: u32, sign: Sign) {
        match sign {
            Sign::Dead => self.dead.push(at),
            Sign::Alive => self.alive.push(at),
        }
    }
}

/// What a claim says of whether the person in this part lives.
fn sign_of_life(fact: &Fact, part: &Part) -> Option<(ActorId, Sign)> {
    let linked = part.actor.as_deref().or(part.suggested.as_deref());
    let person = linked.filter(|a| a.kind == ActorKind::Person && !a.id.is_generic())?;
    let name = fact.type_id.as_str();
    let victim = matches!(part.role, RoleKind::Victim | RoleKind::Target | RoleKind::Subject);
    let doer = matches!(part.role, RoleKind::Initiator | RoleKind::Participant | RoleKind::Subject);
    if fact.stance == Stance::Denies {
        let death = matches!(name, "killing" | "execution" | "assassination" | "dead") && victim;
        return death.then(|| (person.id.clone(), Sign::Alive));
    }
    let sign = match (fact.kind, name) {
        (ClaimKind::Event, "killing" | "execution" | "assassination")
        | (ClaimKind::Status, "dead")
            if victim =>
        {
            Sign::Dead
        }
        (ClaimKind::Status, "alive" | "captured" | "freed") if victim => Sign::Alive,
        // Who led in the past may be dead; "who currently lead" is no past.
        (ClaimKind::Relation, "leads") if doer && !fact.past => Sign::Alive,
        (ClaimKind::Event, "statement" | "pledge" | "threat" | "responsibility_claim") if doer => {
            Sign::Alive
        }
        _ => return None,
    };
    Some((person.id.clone(), sign))
}

fn date(number: i32) -> Option<Date> {
    if number.abs() > 10_000_000 { None } else { day::date_of(number) }
}

/// The days of an entry, where both are known.
impl HistoryEntry {
    /// The days as an interval; `None` when neither is known.
    #[must_use]
    pub fn interval(&self) -> Option<DateInterval> {
        DateInterval::new(self.since, self.until).ok()
    }

    /// The parties named beside the actor, by name.
    #[must_use]
    pub fn names(&self) -> Vec<Arc<str>> {
        self.others.iter().map(|(_, actor)| Arc::from(actor.name.as_str())).collect()
    }
}
