//! Estimates of people harmed, after UCDP's rules: the best number is the one most and best sourced, low and high are the
//! range of what reliable origins say.
//!
//! Of one origin only its latest number counts; a lower number that is older than a higher one of others is a toll that
//! rose since. A bound ("at least 20") that nobody makes exact stands as the best number itself, as UCDP codes it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use averment_types::{
    ActorKind, CasualtyGroup, CasualtyKind, ClaimId, Credibility, Estimate, EstimateOf,
    Reliability, RoleKind,
};

use crate::corroborator::Corroborator;
use crate::fact::{Fact, Toll};
use crate::lean::Standing;
use crate::origin::{Origins, with_doc};
use crate::ruling::Rulings;

/// A report and the origin that speaks in it.
type Voice = (u32, Arc<str>);

/// From this weight on a number counts for low and high.
const RELIABLE: u32 = 2;

/// What one origin says in one report.
#[derive(Debug, Clone)]
pub(crate) struct Statement {
    pub(crate) origin: Arc<str>,
    pub(crate) published: i32,
    pub(crate) corrects: bool,
    pub(crate) low: Option<u32>,
    pub(crate) best: Option<u32>,
    pub(crate) high: Option<u32>,
    pub(crate) weight: u32,
    pub(crate) claims: BTreeSet<ClaimId>,
    /// Why it no longer counts.
    pub(crate) superseded: Option<&'static str>,
}

impl Statement {
    /// The number that it stands for.
    pub(crate) fn number(&self) -> Option<u32> {
        self.best.or(self.low).or(self.high)
    }

    /// All that it allows, from and to.
    pub(crate) fn range(&self) -> (u32, u32) {
        (self.best.or(self.low).unwrap_or(0), self.best.or(self.high).unwrap_or(u32::MAX))
    }
}

/// All estimates of the claims `facts`.
pub(crate) fn estimates(
    room: &Corroborator,
    facts: &[u32],
    origins: &Origins,
    rulings: &Rulings,
) -> Vec<Estimate> {
    let kinds: BTreeSet<CasualtyKind> = facts
        .iter()
        .filter_map(|at| room.facts.get(*at))
        .flat_map(|fact| fact.tolls.iter().map(|toll| toll.kind))
        .collect();
    let mut found = Vec::new();
    for kind in kinds {
        let groups: &[EstimateOf] = if kind == CasualtyKind::Killed {
            &[
                EstimateOf::All,
                EstimateOf::SideA,
                EstimateOf::SideB,
                EstimateOf::Civilians,
                EstimateOf::Unknown,
            ]
        } else {
            &[EstimateOf::All]
        };
        let ruled = |of| ruled(room, facts, origins, rulings, (kind, of));
        let all = ruled(EstimateOf::All);
        for of in groups {
            let mut some = ruled(*of);
            for statement in some.iter_mut().filter(|s| s.superseded.is_none()) {
                let whole = all.iter().find(|s| {
                    s.origin == statement.origin && !s.claims.is_disjoint(&statement.claims)
                });
                statement.superseded = whole.and_then(|s| s.superseded);
            }
            found.extend(estimate(kind, *of, &some));
        }
    }
    found
}

/// What each origin says in each report, with what later words and then people took back.
fn ruled(
    room: &Corroborator,
    facts: &[u32],
    origins: &Origins,
    rulings: &Rulings,
    (kind, of): (CasualtyKind, EstimateOf),
) -> Vec<Statement> {
    let mut all = statements(room, facts, origins, kind, of);
    for statement in &mut all {
        match rulings.number(kind, &statement.claims) {
            // A person's word also brings back what a later toll had overtaken.
            Some(true) => statement.superseded = None,
            Some(false) => statement.superseded = Some("a person took another side of the dispute"),
            None => {}
        }
    }
    all
}

/// What each origin says in each report, with what later words took back.
pub(crate) fn statements(
    room: &Corroborator,
    facts: &[u32],
    origins: &Origins,
    kind: CasualtyKind,
    of: EstimateOf,
) -> Vec<Statement> {
    let sides = Sides::of(room, facts);
    let mut by_voice: BTreeMap<Voice, Vec<(&Fact, Toll)>> = BTreeMap::new();
    for at in facts {
        let Some((fact, doc)) = with_doc(room, *at) else {
            continue;
        };
        let tolls = fact.tolls.iter().filter(|toll| toll.kind == kind && !doc.retracted);
        for toll in tolls.filter(|toll| of == EstimateOf::All || sides.class(fact, toll) == of) {
            for origin in origins.of.get(at).into_iter().flatten() {
                by_voice.entry((fact.doc, origin.clone())).or_default().push((fact, *toll));
            }
        }
    }
    let mut found: Vec<Statement> = by_voice
        .into_iter()
        .filter_map(|((doc, origin), tolls)| statement(room, doc, origin, &tolls, origins))
        .collect();
    supersede(&mut found);
    found
}

fn statement(
    room: &Corroborator,
    doc: u32,
    origin: Arc<str>,
    tolls: &[(&Fact, Toll)],
    origins: &Origins,
) -> Option<Statement> {
    let doc = room.docs.get(doc)?;
    let (low, best, high) = total(tolls)?;
    let claims: BTreeSet<ClaimId> = tolls.iter().map(|(fact, _)| fact.id.clone()).collect();
    let weight = weight(room, &origin, &claims, origins);
    let published = doc.published.unwrap_or(i32::MIN);
    Some(Statement {
        origin,
        published,
        corrects: doc.corrects,
        low,
        best,
        high,
        weight,
        claims,
        superseded: None,
    })
}

type Numbers = (Option<u32>, Option<u32>, Option<u32>);

/// The number of everybody, of what one voice says in one report: the greatest number without a group, or the sum of
/// groups that do not hold each other, or of persons named one by one.
fn total(tolls: &[(&Fact, Toll)]) -> Option<Numbers> {
    let number = |t: &Toll| t.best.or(t.low).or(t.high).unwrap_or(0);
    let whole = tolls
        .iter()
        .filter(|(_, t)| t.of.is_none())
        .max_by_key(|(_, t)| (number(t), t.best.is_some()));
    let persons: BTreeSet<&str> = tolls
        .iter()
        .filter(|(_, t)| t.best == Some(1))
        .flat_map(|(fact, _)| fact.parts.iter())
        .filter(|part| part.named && matches!(part.role, RoleKind::Victim | RoleKind::Target))
        .map(|part| part.text.as_ref())
        .collect();
    let persons = u32::try_from(persons.len()).unwrap_or(0);
    let mut groups: BTreeMap<u8, (u32, Numbers)> = BTreeMap::new();
    for (_, toll) in tolls.iter().filter(|(_, t)| t.of.is_some()) {
        let value = (number(toll), (toll.low, toll.best, toll.high));
        let slot = groups.entry(exclusive(toll.of)).or_insert(value);
        if value.0 > slot.0 {
            *slot = value;
        }
    }
    let sum = |pick: fn(&Numbers) -> Option<u32>| {
        groups.values().map(|(_, n)| pick(n)).sum::<Option<u32>>()
    };
    let parts =
        (!groups.is_empty()).then(|| (sum(|n| n.0.or(n.1)), sum(|n| n.1), sum(|n| n.2.or(n.1))));
    let size = |n: &Numbers| n.1.or(n.0).or(n.2).unwrap_or(0);
    let whole = whole.map(|(_, t)| (t.low, t.best, t.high));
    let all =
        [whole, parts, (persons > 1).then_some((Some(persons), Some(persons), Some(persons)))];
    all.into_iter().flatten().max_by_key(|n| (size(n), n.1.is_some()))
}

/// Groups of one number may hold each other, those of two do not.
const fn exclusive(of: Option<CasualtyGroup>) -> u8 {
    match of {
        Some(CasualtyGroup::Soldiers | CasualtyGroup::Peacekeepers) => 1,
        Some(CasualtyGroup::Police) => 2,
        Some(CasualtyGroup::Fighters) => 3,
        _ => 0,
    }
}

/// How much an origin's number counts before and after a person's grades.
fn weight(room: &Corroborator, origin: &str, claims: &BTreeSet<ClaimId>, origins: &Origins) -> u32 {
    let lean = origins.who(origin);
    let by_standing = match lean.map(|l| (l.standing, l.party)) {
        Some((_, true) | (Standing::Party | Standing::Person, _)) => 1,
        Some((Standing::Monitor | Standing::Agency, _)) => 3,
        _ => 2,
    };
    let graded = match room.decisions.grade(origin) {
        Some(Reliability::A) => 5,
        Some(Reliability::B) => 4,
        Some(Reliability::C) => 2,
        Some(Reliability::D) => 1,
        Some(Reliability::E) => 0,
        Some(Reliability::F) | None => by_standing,
    };
    let credible = claims.iter().filter_map(|claim| room.decisions.credibility.get(claim)).min();
    match credible {
        Some(Credibility::Confirmed | Credibility::ProbablyTrue) => graded + 2,
        Some(Credibility::Doubtful) => graded.min(1),
        Some(Credibility::Improbable) => 0,
        _ => graded,
    }
}

/// Marks what later words of the same origin, and higher ones of others, took back.
fn supersede(all: &mut [Statement]) {
    let latest: BTreeMap<Arc<str>, (i32, bool)> = all.iter().fold(BTreeMap::new(), |mut map, s| {
        let slot = map.entry(s.origin.clone()).or_insert((i32::MIN, false));
        *slot = (*slot).max((s.published, s.corrects));
        map
    });
    let counted: Vec<(i32, u32)> = all
        .iter()
        .filter(|s| s.weight >= RELIABLE)
        .filter_map(|s| Some((s.published, s.number()?)))
        .collect();
    let corrected = all.iter().filter(|s| s.corrects).map(|s| s.published).max();
    for statement in all.iter_mut() {
        let own = latest.get(&statement.origin).copied().unwrap_or_default();
        let high = statement.range().1;
        if (statement.published, statement.corrects) < own {
            statement.superseded = Some("a later word of the same origin");
        } else if corrected.is_some_and(|day| statement.published < day && !statement.corrects) {
            statement.superseded = Some("a correction");
        } else if counted.iter().any(|(day, n)| {
            risen(statement.published, *day) && *n > high && *n <= high.saturating_mul(3)
        }) {
            statement.superseded = Some("a later, higher toll");
        }
    }
}

/// Whether a toll of the day `then` may have risen by the day `now`: later, and within a week.
const fn risen(then: i32, now: i32) -> bool {
    then != i32::MIN && now > then && now - then <= 7
}

fn estimate(kind: CasualtyKind, of: EstimateOf, all: &[Statement]) -> Option<Estimate> {
    let standing: Vec<&Statement> =
        all.iter().filter(|s| s.superseded.is_none() && s.number().is_some()).collect();
    // A number is supported by whoever allows it: "at least 41" by whoever says 43.
    let numbers: BTreeSet<u32> = standing.iter().filter_map(|s| s.number()).collect();
    let mut votes: BTreeMap<u32, (u32, i32, BTreeSet<&str>)> = BTreeMap::new();
    for number in numbers {
        let allows = |s: &&&Statement| (s.range().0..=s.range().1).contains(&number);
        for statement in standing.iter().filter(allows) {
            let slot = votes.entry(number).or_insert((0, i32::MIN, BTreeSet::new()));
            if slot.2.insert(&statement.origin) {
                slot.0 += statement.weight;
            }
            slot.1 = slot.1.max(statement.published);
        }
    }
    let (best, (weight, _, voices)) = votes
        .iter()
        .max_by_key(|(number, (weight, latest, _))| (*weight, *latest, Reverse(**number)))?;
    let reliable: Vec<&&Statement> = standing.iter().filter(|s| s.weight >= RELIABLE).collect();
    let range = if reliable.is_empty() { standing.iter().collect() } else { reliable };
    let low = range.iter().filter_map(|s| s.best.or(s.low).or(s.high)).min();
    let high = range.iter().filter_map(|s| s.best.or(s.high).or(s.low)).max();
    let claims = |holds: &dyn Fn(&Statement) -> bool| -> Vec<ClaimId> {
        let ids: BTreeSet<ClaimId> =
            all.iter().filter(|s| holds(s)).flat_map(|s| s.claims.clone()).collect();
        ids.into_iter().collect()
    };
    let mut reasons = vec![format!(
        "{best} is stated or allowed by {} of weight {weight}, no other number by more",
        counted(voices.len(), "independent origin"),
    )];
    if low != high {
        reasons.push("low and high are the range of the reliable origins' numbers".to_owned());
    }
    let taken: BTreeSet<&str> = all.iter().filter_map(|s| s.superseded).collect();
    reasons.extend(taken.into_iter().map(|why| format!("some numbers no longer count: {why}")));
    Some(Estimate {
        kind,
        of,
        low: low.map(|low| low.min(*best)),
        best: Some(*best),
        high: high.map(|high| high.max(*best)),
        claims: claims(&|s| s.superseded.is_none() && s.number() == Some(*best)),
        dissent: claims(&|s| s.superseded.is_some() || s.number() != Some(*best)),
        reasons,
    })
}

fn counted(n: usize, what: &str) -> String {
    if n == 1 { format!("one {what}") } else { format!("{n} {what}s") }
}

/// The two sides of an event.
pub(crate) struct Sides {
    pub(crate) a: Option<averment_types::ActorRef>,
    pub(crate) b: Option<averment_types::ActorRef>,
}

impl Sides {
    /// The actor that most claims name as the one who did it, and the one that most name as the other side; of equals the
    /// one with the lesser id.
    pub(crate) fn of(room: &Corroborator, facts: &[u32]) -> Self {
        let mut counts: BTreeMap<
            (bool, averment_types::ActorId),
            (usize, averment_types::ActorRef),
        > = BTreeMap::new();
        for fact in facts.iter().filter_map(|at| room.facts.get(*at)) {
            for part in &fact.parts {
                let Some(actor) = part.actor.as_deref().filter(|actor| actor.kind.is_side()) else {
                    continue;
                };
                let first = matches!(part.role, RoleKind::Initiator | RoleKind::Participant);
                let second = matches!(part.role, RoleKind::Target | RoleKind::Victim);
                if first || second {
                    counts
                        .entry((second, actor.id.clone()))
                        .or_insert_with(|| (0, actor.clone()))
                        .0 += 1;
                }
            }
        }
        let named = |id: &averment_types::ActorId| !id.is_generic();
        let mut order: Vec<_> = counts.into_iter().collect();
        order.sort_by_key(|((second, id), (n, _))| (*second, !named(id), Reverse(*n), id.clone()));
        let a = order.iter().find(|((second, _), _)| !second).map(|(_, (_, actor))| actor.clone());
        let taken = a.as_ref().map(|actor| actor.id.clone());
        let b = order
            .iter()
            .filter(|((_, id), _)| Some(id) != taken.as_ref())
            .min_by_key(|((second, id), (n, _))| (!*second, !named(id), Reverse(*n)))
            .map(|(_, (_, actor))| actor.clone());
        Self { a, b }
    }

    /// To which side, if any, the people counted belong.
    fn class(&self, fact: &Fact, toll: &Toll) -> EstimateOf {
        let side = |test: fn(ActorKind) -> bool| match (&self.a, &self.b) {
            (Some(a), _) if test(a.kind) => EstimateOf::SideA,
            (_, Some(b)) if test(b.kind) => EstimateOf::SideB,
            _ => EstimateOf::Unknown,
        };
        match toll.of {
            Some(CasualtyGroup::Soldiers | CasualtyGroup::Police | CasualtyGroup::Peacekeepers) => {
                side(ActorKind::is_state_side)
            }
            Some(CasualtyGroup::Fighters) => side(ActorKind::is_armed_group),
            Some(_) => EstimateOf::Civilians,
            None => self.of_victims(fact),
        }
    }

    fn of_victims(&self, fact: &Fact) -> EstimateOf {
        let is =
            |side: &Option<averment_types::ActorRef>, id| side.as_ref().is_some_and(|s| s.id == id);
        let mut victims = fact.actors(&[RoleKind::Victim, RoleKind::Target]);
        victims
            .find_map(|actor| match actor.kind {
                ActorKind::Civilians | ActorKind::Community | ActorKind::Protesters => {
                    Some(EstimateOf::Civilians)
                }
                _ if is(&self.a, actor.id.clone()) => Some(EstimateOf::SideA),
                _ if is(&self.b, actor.id.clone()) => Some(EstimateOf::SideB),
                _ => None,
            })
            .unwrap_or(EstimateOf::Unknown)
    }
}
