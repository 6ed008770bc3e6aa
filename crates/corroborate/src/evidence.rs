//! What speaks for and against two claims telling of one event: points by aspect, each with its reason.
//!
//! The points are set by reasoning and checked on incidents of our own; none was fitted to a corpus. An aspect on which
//! one claim says nothing brings no points, so that ignorance never makes a match.

use averment_types::{ActorRef, CasualtyKind, DatePrec, EvidencePoint, RoleKind};

use crate::day;
use crate::fact::{Fact, Spot, Stance};
use crate::kin::{Kin, Kinship};
use crate::kinds::{Kinds, Match};
use crate::spot::{Places, compare, is_near};

/// From so many points on two claims are taken to tell of one event.
pub(crate) const ENOUGH: i32 = 10;
/// Groups are put together while the points between their members average at least so many.
pub(crate) const ON_AVERAGE: i32 = 6;

/// What the claims' reports have in common.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "facts that hold or not, one by one")]
pub(crate) struct Bond {
    /// One report.
    pub(crate) same_report: bool,
    /// That report tells of violence on one day and in one town at most.
    pub(crate) single: bool,
    /// Copies of each other.
    pub(crate) copies: bool,
    /// One story.
    pub(crate) story: bool,
    /// Days between their publication, where both are known.
    pub(crate) days_between: Option<i32>,
}

/// The points of one aspect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Point {
    pub(crate) aspect: &'static str,
    pub(crate) points: i32,
    pub(crate) reason: &'static str,
}

/// All points, or the reason why the claims cannot be of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Weighed {
    Points(Vec<Point>),
    Never(&'static str),
}

impl Weighed {
    /// The sum; far below nothing when they cannot be of one event.
    pub(crate) fn sum(&self) -> i32 {
        match self {
            Self::Points(points) => points.iter().map(|p| p.points).sum(),
            Self::Never(_) => -100,
        }
    }
}

impl From<&Point> for EvidencePoint {
    fn from(point: &Point) -> Self {
        Self {
            aspect: point.aspect.to_owned(),
            points: point.points,
            reason: point.reason.to_owned(),
        }
    }
}

/// What is looked up while weighing.
#[derive(Debug, Clone)]
pub(crate) struct Scales {
    pub(crate) kinds: Kinds,
    pub(crate) kin: Kin,
}

type Verdict = Result<(i32, &'static str), &'static str>;

impl Scales {
    /// Weighs two claims that both may be linked.
    pub(crate) fn weigh(&self, a: &Fact, b: &Fact, bond: Bond) -> Weighed {
        let mut points = Vec::new();
        let verdicts = [
            ("type", self.types(a, b)),
            ("time", times(a, b, bond)),
            ("place", places(a.spot.as_deref(), b.spot.as_deref(), bond)),
            ("actors", Ok(self.doers(a, b))),
            ("victims", Ok(self.harmed(a, b))),
            ("names", Ok(names(a, b))),
            ("toll", Ok(tolls(a, b))),
            ("words", Ok(wording(a, b))),
            ("reports", Ok(reports(a, b, bond))),
        ];
        for (aspect, verdict) in verdicts {
            match verdict {
                Err(reason) => return Weighed::Never(reason),
                Ok((0, _)) => {}
                Ok((n, reason)) => points.push(Point { aspect, points: n, reason }),
            }
        }
        Weighed::Points(points)
    }

    fn types(&self, a: &Fact, b: &Fact) -> Verdict {
        match self.kinds.compare(a.type_id.as_str(), b.type_id.as_str()) {
            Match::Same if self.kinds.is_general(a.type_id.as_str()) => Ok((2, "one general type")),
            Match::Same => Ok((3, "one type")),
            Match::Agrees => Ok((2, "types that may tell of one event")),
            Match::Parts if told_alike(a, b) => Ok((-1, "types that differ on what it was")),
            Match::Parts => Err("types that part, and nothing else that is told alike"),
            Match::Never => Err("types that cannot tell of one event"),
        }
    }

    /// Those who did it, or did it to each other.
    fn doers(&self, a: &Fact, b: &Fact) -> (i32, &'static str) {
        const DOERS: &[RoleKind] = &[RoleKind::Initiator, RoleKind::Participant];
        const SIDES: &[RoleKind] = &[RoleKind::Initiator, RoleKind::Participant, RoleKind::Target];
        let mutual = |fact: &Fact| fact.parts.iter().any(|p| p.role == RoleKind::Participant);
        let roles = if mutual(a) || mutual(b) { SIDES } else { DOERS };
        match self.closest(a, b, roles) {
            Some((Kinship::Same, true)) => (3, "one named actor did it"),
            Some((Kinship::Kin, true)) => (2, "named actors who belong together did it"),
            Some((Kinship::Same, false)) => (1, "the same unnamed people did it"),
            Some((Kinship::Apart, true)) => (-2, "two named actors who are not each other"),
            _ => (0, ""),
        }
    }

    /// Those it was done to.
    fn harmed(&self, a: &Fact, b: &Fact) -> (i32, &'static str) {
        match self.closest(a, b, &[RoleKind::Target, RoleKind::Victim]) {
            Some((Kinship::Same, true)) => (3, "it was done to one named actor"),
            Some((Kinship::Kin, true)) => (2, "it was done to named actors who belong together"),
            Some((Kinship::Same, false)) => (1, "it was done to the same unnamed people"),
            Some((Kinship::Apart, true)) => {
                (-2, "it was done to two named actors who are not each other")
            }
            Some((Kinship::Apart, false)) => (-1, "it was done to other people"),
            _ => (0, ""),
        }
    }

    /// The closest two actors of the roles, and whether both have names.
    fn closest(&self, a: &Fact, b: &Fact, roles: &[RoleKind]) -> Option<(Kinship, bool)> {
        let order = |found: &(Kinship, bool)| match found {
            (Kinship::Same, true) => 0,
            (Kinship::Kin, _) => 1,
            (Kinship::Same, false) => 2,
            (Kinship::MayBe, _) => 3,
            (Kinship::Apart, _) => 4,
        };
        let named = |x: &ActorRef, y: &ActorRef| !x.id.is_generic() && !y.id.is_generic();
        let left = a.actors(roles);
        let pairs = left.flat_map(|x| b.actors(roles).map(move |y| (x, y)));
        pairs.map(|(x, y)| (self.kin.compare(x, y), named(x, y))).min_by_key(order)
    }
}

/// Whether the number of dead, a person's name or the words say that it was one event, whatever it is called.
fn told_alike(a: &Fact, b: &Fact) -> bool {
    tolls(a, b).0 > 1 || names(a, b).0 > 0 || wording(a, b).0 > 1
}

fn times(a: &Fact, b: &Fact, bond: Bond) -> Verdict {
    let (Some(x), Some(y)) = (a.when, b.when) else {
        return Ok(undated(bond));
    };
    let gap = day::gap(x.days, y.days);
    let coarse = x.precision.max(y.precision);
    if gap > 1 {
        return Err("days apart");
    }
    if gap == 1 {
        return Ok((-2, "days that follow each other"));
    }
    let unsure = i32::from(x.inferred != y.inferred && !bond.same_report);
    Ok(match coarse {
        DatePrec::Day => (4 - unsure, "one day"),
        DatePrec::Days | DatePrec::Week => (2 - unsure, "days that overlap"),
        DatePrec::Month => (1, "one month"),
        DatePrec::Year | DatePrec::Longer => (0, ""),
    })
}

/// At least one has no day: the days of publication say whether it may be the same.
fn undated(bond: Bond) -> (i32, &'static str) {
    if bond.same_report {
        return (0, "");
    }
    match bond.days_between {
        Some(30..) => (-4, "no day in common is stated, and published a month apart or more"),
        Some(10..) => (-2, "no day in common is stated, and published many days apart"),
        _ => (-1, "no day in common is stated"),
    }
}

fn places(a: Option<&Spot>, b: Option<&Spot>, bond: Bond) -> Verdict {
    let (Some(a), Some(b)) = (a, b) else {
        return Ok(if bond.same_report { (0, "") } else { (-1, "no place in common is stated") });
    };
    Ok(match compare(a, b) {
        Places::Same(_) => (4, "one place"),
        Places::Close(distance) if is_near(distance) => (3, "places a few kilometres apart"),
        Places::Close(_) => (1, "places less than thirty kilometres apart"),
        Places::SameArea => (2, "one area"),
        Places::Within => (2, "one place lies within the other"),
        Places::SameCountry | Places::Open => (0, ""),
        Places::PerhapsApart => (-3, "places that seem to be two"),
        Places::Apart => return Err("two named places"),
    })
}

/// People with names of their own whom the registry does not know.
fn names(a: &Fact, b: &Fact) -> (i32, &'static str) {
    const OF: [RoleKind; 4] =
        [RoleKind::Victim, RoleKind::Target, RoleKind::Initiator, RoleKind::Subject];
    let of = |fact: &Fact| {
        let parts = fact.parts.iter().filter(|p| p.named && OF.contains(&p.role));
        parts.map(|p| p.text.clone()).collect::<Vec<_>>()
    };
    let (left, right) = (of(a), of(b));
    let last = |name: &str| name.rsplit('-').next().map(str::to_owned);
    if left.iter().any(|x| right.iter().any(|y| x == y || last(x) == last(y))) {
        return (4, "one person's name");
    }
    (0, "")
}

/// The number of dead that a claim states for everybody, as a range.
fn killed(fact: &Fact) -> Option<(u32, u32)> {
    let tolls = fact.tolls.iter().filter(|t| t.kind == CasualtyKind::Killed);
    let ranges = tolls.filter_map(|t| {
        let low = t.best.or(t.low)?;
        Some((low, t.best.or(t.high).unwrap_or(low.saturating_mul(2).saturating_add(5))))
    });
    ranges.max()
}

fn tolls(a: &Fact, b: &Fact) -> (i32, &'static str) {
    let (Some(x), Some(y)) = (killed(a), killed(b)) else {
        return (0, "");
    };
    let (few, many) = if x.0 <= y.0 { (x, y) } else { (y, x) };
    if many.0 > few.1 {
        let twice = many.0 > few.1.saturating_mul(2) && many.0 - few.1 > 5;
        return if twice { (-1, "numbers of dead far apart") } else { (0, "") };
    }
    match (x == y, x.0) {
        (true, 3..) => (2, "one number of dead"),
        _ => (1, "numbers of dead that agree"),
    }
}

/// Share of content words that both quotations have, in percent.
pub(crate) fn overlap(a: &[u32], b: &[u32]) -> usize {
    let shared = a.iter().filter(|word| b.binary_search(word).is_ok()).count();
    shared * 100 / (a.len() + b.len() - shared).max(1)
}

fn wording(a: &Fact, b: &Fact) -> (i32, &'static str) {
    if a.sentence != 0 && a.sentence == b.sentence && a.doc != b.doc {
        return (6, "one sentence, word for word");
    }
    if a.doc == b.doc && a.at == b.at {
        return (1, "one sentence of one report");
    }
    match overlap(&a.words, &b.words) {
        50.. => (3, "mostly the same words"),
        30.. => (2, "many of the same words"),
        18.. => (1, "some of the same words"),
        _ => (0, ""),
    }
}

/// Bytes within which two quotations stand side by side.
const SIDE_BY_SIDE: usize = 350;

/// Whether the claims stand close together and no two voices tell them.
fn next_to(a: &Fact, b: &Fact) -> bool {
    let one_voice = a.leans.is_empty() || b.leans.is_empty() || a.leans == b.leans;
    a.at.abs_diff(b.at) <= SIDE_BY_SIDE && one_voice
}

fn reports(a: &Fact, b: &Fact, bond: Bond) -> (i32, &'static str) {
    let past = a.background || b.background;
    let denies = a.stance == Stance::Denies || b.stance == Stance::Denies;
    match bond {
        Bond { same_report: true, .. } if a.apart || b.apart => {
            (-4, "the report tells of one and another")
        }
        Bond { same_report: true, single: true, .. } if !past && next_to(a, b) => {
            (8, "side by side in a report that tells of one day and place")
        }
        Bond { same_report: true, single: true, .. } if !past && a.is_set() && b.is_set() => {
            (5, "one report, which tells of one day and place")
        }
        Bond { same_report: true, single: true, .. } if !past => {
            (3, "one report, which tells of one day and place, one claim with neither")
        }
        Bond { same_report: true, .. } => (2, "one report"),
        Bond { copies: true, .. } if overlap(&a.words, &b.words) >= 50 => {
            (5, "texts that copy each other")
        }
        Bond { story: true, .. } if !past && !denies => (4, "reports of one story"),
        Bond { story: true, .. } if !past => (3, "reports of one story"),
        _ => (0, ""),
    }
}
