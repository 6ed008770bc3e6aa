//! Time and place that a sentence leaves out, taken over from what was told before.
//!
//! Owns what one sentence and those before it say of each other: acts of one sentence that share a time or place, where the tale has moved
//! on, and which words of a claim name when it was. Which of the settings told before a claim takes, [`retold`](super::retold) weighs; words
//! that only describe ("the *besieged* town"), and what lies long before, take none. Refuses the day of publication. Each says so in its reasons.

use averment_lang::{Dep, Sentence, Subtype};
use averment_place::{PlaceMention, PlaceUsage};
use averment_time::{TimeMention, TimeMentionKind};
use averment_types::{
    ClaimContent, ClaimKind, Gap, GapField, GapState, Modality, PlaceKind, PlaceValue, Polarity,
    TextRange, TimeValue, WherePrec,
};

use super::bond::is_long_before;
use super::reckoned::are_counted_apart;
use super::retold::{self, Wanting};
use super::{Label, Rankers};
use crate::causes::head_of;
use crate::view::View;

/// How far back a definite noun may point, in bytes: about five sentences of news.
pub(crate) const REACH: usize = 800;

/// What lies further back, in bytes, is not read again.
pub(super) const FAR: usize = 4_000;

/// Claims of a sentence beyond which it is a list that does not end, and nothing in it is compared with all the rest.
const MANY: usize = 64;

const TOGETHER: &str = "taken over from what is told in the same sentence, which has no other";

/// How the next thing that happened in a scene is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum GoesOn {
    /// In the past, as the scene is.
    Past,
    /// Otherwise: "has killed" may tell of other days.
    Open,
}

/// How a claim stands to what was told before.
pub(crate) struct Tale<'a> {
    /// Whether it only says what something is, "the *besieged* town", or lies long before: nothing told around it says when and where.
    pub(crate) apart: bool,
    /// The words of its trigger, by which it is known.
    pub(crate) trigger: TextRange,
    /// The words that refer to an event told before.
    pub(crate) spoken_again: Option<&'a str>,
    /// Where it may be the next thing that happened in the scene.
    pub(crate) goes_on: Option<GoesOn>,
    /// In what form its trigger tells it.
    pub(crate) telling: &'static str,
    /// In what clause its trigger stands.
    pub(crate) clause: &'static str,
}

impl<'a> Tale<'a> {
    /// Of the event told at the words `trigger`, whose head is the token `head`; `definite` where it is a noun so said.
    pub(crate) fn of(view: &View<'a>, trigger: TextRange, head: usize, definite: bool) -> Self {
        Self {
            trigger,
            apart: view.tree.dep(head) == Dep::Amod || is_long_before(view, head),
            spoken_again: None,
            goes_on: None,
            telling: retold::telling(view, head, definite),
            clause: retold::clause(view, head),
        }
    }
}

/// What is taken over from an event told before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    Time,
    Place,
    Both,
}

/// What stands before the sentence at hand.
pub(crate) struct Scene<'s> {
    pub(crate) view: &'s View<'s>,
    /// The claims so far.
    pub(crate) earlier: &'s [ClaimContent],
    pub(crate) places: &'s [PlaceMention],
    pub(crate) times: &'s [TimeMention],
    /// The place of the dateline.
    pub(crate) dateline: Option<&'s PlaceValue>,
    /// Whether that is a capital.
    pub(crate) from_capital: bool,
    /// The label that the sentence stands under.
    pub(crate) label: Option<&'s Label>,
    pub(crate) sentences: &'s [Sentence],
    pub(crate) rankers: &'s Rankers,
}

impl Scene<'_> {
    /// Fills in time and place of `later`, told as `tale` says, from what was told before and `beside` it; what it lacked, with the candidates.
    pub(crate) fn complete(
        &self,
        later: &mut ClaimContent,
        tale: Option<&Tale<'_>>,
        beside: &[ClaimContent],
    ) -> Vec<Wanting> {
        // What was tried or foiled had its time and place too.
        let tried = matches!(later.modality, Modality::Attempted | Modality::Failed);
        let told = is_told(later) || tried && later.polarity == Polarity::Affirmed;
        let tale = tale.filter(|tale| !tale.apart && told && later.kind == ClaimKind::Event);
        let wanting = tale.map(|tale| self.retell(later, tale, beside));
        self.lie_in_scene(later);
        wanting.unwrap_or_default()
    }

    /// The events told before, the last first, as far back as a scene reaches.
    pub(super) fn before(&self) -> impl Iterator<Item = &ClaimContent> {
        let start = self.view.sentence.range.start();
        let near = move |c: &&ClaimContent| {
            start.saturating_sub(c.evidence.first().range().end()) <= REACH
        };
        let told = self.earlier.iter().rev().take_while(near);
        told.filter(|c| c.kind == ClaimKind::Event && is_told(c) && !is_speech(c))
    }

    /// Whether the sentence is told of a whole country, and not of the scene before: "*Syria's* uprising began as protests".
    pub(super) fn is_of_a_country(&self) -> bool {
        let sentence = self.view.sentence.range;
        let owns = |place: &PlaceMention| {
            let behind = self.view.text.get(place.span.end()..).unwrap_or_default();
            let owner = behind.starts_with(['\'', '’']) || place.value.text.ends_with('s');
            owner && place.span.start() == sentence.start()
        };
        let country = |place: &PlaceMention| place.value.kind == PlaceKind::Country;
        self.named_in(sentence).any(|place| country(place) && owns(place))
    }

    /// What stands between `known` and the end of the sentence at hand, the last of it where that is long.
    pub(super) fn since(&self, known: TextRange) -> TextRange {
        let until = self.view.sentence.range.end();
        let from = known.end().clamp(until.saturating_sub(FAR), until);
        TextRange::new(from, until).unwrap_or(self.view.sentence.range)
    }

    /// Whether the tale moves in `range`: something is told in another place than a country.
    pub(super) fn moves_on(&self, range: TextRange) -> bool {
        let elsewhere = |p: &PlaceMention| {
            p.usage == PlaceUsage::Locative && p.value.kind != PlaceKind::Country
        };
        self.named_in(range).any(elsewhere)
    }

    /// The places named in `range`.
    pub(super) fn named_in(&self, range: TextRange) -> impl Iterator<Item = &PlaceMention> {
        let from = self.places.partition_point(|p| p.span.start() < range.start());
        self.places.iter().skip(from).take_while(move |p| p.span.end() <= range.end())
    }

    /// Whether a time is named in `range`.
    pub(super) fn names_time(&self, range: TextRange) -> bool {
        let from = self.times.partition_point(|t| t.span.start() < range.start());
        let mut times = self.times.iter().skip(from).take_while(|t| t.span.end() <= range.end());
        // "recently", "for weeks" tell of no other day.
        times.any(|t| t.kind == TimeMentionKind::Date && t.side.is_none())
    }

    /// Whether a place where something may happen is named in `range`.
    pub(super) fn names_place(&self, range: TextRange) -> bool {
        self.named_in(range).any(may_hold)
    }
}

/// Whether nothing can be at both places at once: two towns, and not a town and the province that it may lie in.
pub(super) fn lie_apart(one: &PlaceValue, other: &PlaceValue) -> bool {
    let differ = |a: Option<&str>, b: Option<&str>| a.zip(b).is_some_and(|(a, b)| a != b);
    let countries = one.country.as_ref().zip(other.country.as_ref());
    // Of quarters and villages that no gazetteer has it cannot be told.
    let exact = |place: &PlaceValue| place.precision <= WherePrec::Near && place.lat.is_some();
    one.name != other.name
        && (countries.is_some_and(|(a, b)| a != b)
            || differ(one.admin1.as_deref(), other.admin1.as_deref())
            || exact(one) && exact(other))
}

/// A quarter of a degree: a suburb lies so near its city.
const QUARTER_DEGREE: f64 = 0.25;

/// Whether a place holds many towns, one of which may be told elsewhere.
pub(super) fn is_wide(place: &PlaceValue) -> bool {
    breadth(place) > 0
}

/// How wide a place is, in steps.
const fn breadth(place: &PlaceValue) -> u8 {
    match place.kind {
        PlaceKind::Admin2 => 1,
        PlaceKind::Admin1 => 2,
        PlaceKind::Region | PlaceKind::BorderZone => 3,
        PlaceKind::Country => 4,
        PlaceKind::Continent => 5,
        _ => 0,
    }
}

/// Whether `place` may lie in the wider one, as far as both are known.
pub(super) fn is_within(place: &PlaceValue, wide: &PlaceValue) -> bool {
    let agree = |a: Option<&String>, b: Option<&String>| a.zip(b).is_none_or(|(a, b)| a == b);
    let within = |country| wide.countries.is_empty() || wide.countries.contains(country);
    let country = place.country.as_ref().is_none_or(|own| match &wide.country {
        Some(country) => own == country,
        None => within(own),
    });
    let second = wide.kind != PlaceKind::Admin2
        || agree(place.admin2.as_ref(), wide.admin2.as_ref())
        || place.lat.is_none();
    let beside = || {
        let near = |a: Option<f64>, b: Option<f64>| {
            a.zip(b).is_some_and(|(a, b)| (a - b).abs() < QUARTER_DEGREE)
        };
        near(place.lat, wide.lat) && near(place.lon, wide.lon)
    };
    place.name != wide.name
        && (breadth(place) < breadth(wide) || breadth(wide) == 0 && beside())
        && country
        && agree(place.admin1.as_ref(), wide.admin1.as_ref())
        && second
}

/// Whether nothing says that two claims are of two events: other days, or places that lie apart.
pub(crate) fn may_be_one(one: &ClaimContent, other: &ClaimContent) -> bool {
    let apart = one.place.as_ref().zip(other.place.as_ref()).is_some_and(|(a, b)| lie_apart(a, b));
    !apart && !is_other_day(one, other)
}

/// Completes the acts `told` in one sentence with the place of the others, where these have but one, and with their time where they
/// are told in the same clause or one joined to it.
pub(crate) fn share_in_sentence(view: &View<'_>, told: &mut [ClaimContent], tales: &[Tale<'_>]) {
    if told.len() > MANY {
        return;
    }
    let goes_on = |c: &ClaimContent| {
        let tale = tales.iter().find(|tale| tale.trigger == c.trigger);
        tale.and_then(|tale| tale.goes_on).filter(|_| c.kind == ClaimKind::Event && is_told(c))
    };
    let acts: Vec<(usize, GoesOn)> =
        told.iter().enumerate().filter_map(|(at, c)| Some((at, goes_on(c)?))).collect();
    for (at, how) in acts.iter().copied() {
        let Some(own) = told.get(at) else { continue };
        let others = || {
            let beside = |other: usize| {
                told.get(other).is_some_and(|c| !are_two(view, own.trigger, c.trigger))
            };
            let others = acts.iter().filter(move |(other, _)| *other != at && beside(*other));
            others.filter_map(|(other, _)| told.get(*other))
        };
        // Where people fled to is not where they fled from.
        let leaves = |c: &&ClaimContent| {
            !matches!(c.type_id.as_str(), "displacement" | "movement" | "withdrawal")
        };
        let place =
            agreed(others().filter(leaves), |c| c.place.as_ref().map(|place| place.name.as_str()));
        let joined = others().filter(|c| is_joined(view, own.trigger, c.trigger));
        let when = |c: &'_ ClaimContent| {
            let open = open_time(c).map(|gap| words(gap).to_owned());
            names_when(c).then(|| (c.time.as_ref().map(|time| time.interval), open))
        };
        let time = agreed(joined, when).filter(|_| how == GoesOn::Past);
        for (what, from) in [(Taken::Place, place.cloned()), (Taken::Time, time.cloned())] {
            if let Some((from, own)) = from.zip(told.get_mut(at)) {
                take_setting(own, &from, TOGETHER, what);
            }
        }
    }
}

/// Whether the sentence tells two acts as two events, so that neither has the other's time or place.
pub(super) fn are_two(view: &View<'_>, one: TextRange, other: TextRange) -> bool {
    comes_between(view, one, other)
        || are_counted_apart(view, one, other)
        || is_since(view, one, other)
        || is_since(view, other, one)
}

/// Whether one act is that since which the other is told: "the deadliest attack *since gunmen killed ten*".
fn is_since(view: &View<'_>, old: TextRange, new: TextRange) -> bool {
    let tree = &view.tree;
    let Some((old, new)) = head_of(view, old).zip(head_of(view, new)) else { return false };
    let clause = tree.upward(old).find(|at| view.is_since(*at));
    clause.is_some_and(|clause| !tree.upward(new).any(|at| at == clause))
}

/// Whether one act is only said to come beside the other: "the blast *comes as* the army retook the town".
fn comes_between(view: &View<'_>, one: TextRange, other: TextRange) -> bool {
    let (first, last) = (one.start().min(other.start()), one.end().max(other.end()));
    let between = |at: &usize| {
        view.tokens.get(*at).is_some_and(|t| first < t.range.start() && t.range.end() < last)
    };
    let mut words = (0..view.words.len()).filter(between);
    words.any(|at| {
        let comes = matches!(view.word(at), "comes" | "came" | "coming" | "come");
        let far = (at + 1..at + 6).map(|next| view.word(next));
        comes && far.clone().any(|word| matches!(word, "as" | "after" | "amid" | "before"))
    })
}

/// Whether two triggers stand in one clause, or one's clause is coordinated with or a participle's below the other's.
fn is_joined(view: &View<'_>, one: TextRange, other: TextRange) -> bool {
    let tree = &view.tree;
    let clause = |trigger| head_of(view, trigger).map(|at| tree.clause(at));
    let Some((a, b)) = clause(one).zip(clause(other)) else { return false };
    let below = |low: usize, high: usize| {
        let mark = tree.children_in(low, &[Dep::Mark, Dep::Advmod]).next().map(|at| view.word(at));
        let when = matches!(mark, Some("when" | "as" | "while"));
        let at_once = tree.dep(low) == Dep::Advcl && (view.word(low).ends_with("ing") || when);
        // "in clashes *that forced traders to flee*"
        let told_of = tree.relation(low).is(Dep::Acl, Subtype::Relcl)
            && tree.head(low).is_some_and(|noun| view.names_event(noun));
        let holds = tree.head(low).is_some_and(|at| tree.clause(at) == high);
        holds && (at_once || told_of || matches!(tree.dep(low), Dep::Conj | Dep::Xcomp))
    };
    a == b || below(a, b) || below(b, a)
}

/// The first of `claims` that says the `part`, where all that say it agree.
fn agreed<'c, T: PartialEq>(
    claims: impl Iterator<Item = &'c ClaimContent>,
    part: impl Fn(&'c ClaimContent) -> Option<T>,
) -> Option<&'c ClaimContent> {
    let mut saying = claims.filter_map(|c| Some((c, part(c)?)));
    let (first, said) = saying.next()?;
    saying.all(|(_, other)| other == said).then_some(first)
}

/// Whether the tale has moved on from where `earlier` happened: a sentence between it and the one at hand opens with another place.
pub(crate) fn is_elsewhere_since(
    view: &View<'_>,
    places: &[PlaceMention],
    earlier: &ClaimContent,
) -> bool {
    let Some(known) = &earlier.place else { return false };
    let told = earlier.evidence.first().range();
    let from = places.partition_point(|p| p.span.start() < told.end());
    let since = places.iter().skip(from);
    let until = view.sentence.range.end();
    since.take_while(|p| p.span.end() <= until).any(|place| {
        let before = view.text.get(..place.span.start()).unwrap_or_default().trim_end();
        let opens = before.ends_with("In") || before.ends_with("At") || before.ends_with("Near");
        opens && place.usage == PlaceUsage::Locative && place.value.name != known.name
    })
}

/// Whether something may happen at a place so named.
pub(super) fn may_hold(place: &PlaceMention) -> bool {
    matches!(place.usage, PlaceUsage::Locative | PlaceUsage::Bare)
}

/// Whether somebody says something: the day of a speech is not that of what it is about.
pub(super) fn is_speech(claim: &ClaimContent) -> bool {
    let plover = claim.projections.plover.as_ref().map(|plover| plover.event_type.as_str());
    matches!(plover, Some("ACCUSE" | "REJECT" | "REQUEST" | "THREATEN" | "SUPPORT"))
}

/// Whether a claim says that something happened.
pub(crate) fn is_told(claim: &ClaimContent) -> bool {
    claim.modality.is_actual() && claim.polarity == Polarity::Affirmed
}

/// Whether both claims have times and these are not one.
pub(super) fn is_other_day(later: &ClaimContent, earlier: &ClaimContent) -> bool {
    let days = |time: &Option<TimeValue>| time.as_ref().map(|time| time.interval);
    let open = open_time(later).zip(open_time(earlier));
    open.is_some_and(|(a, b)| words(a) != words(b))
        || days(&later.time).zip(days(&earlier.time)).is_some_and(|(a, b)| !a.overlaps(b))
}

/// The words for the time that nobody can date, with which such a gap's reason opens.
fn words(gap: &Gap) -> &str {
    gap.reason.split_once("; ").map_or(gap.reason.as_str(), |(words, _)| words)
}

/// That a claim says when it was, in words that nobody can date: "on *Saturday*" in a report without a date.
fn open_time(claim: &ClaimContent) -> Option<&Gap> {
    let day = |gap: &&Gap| !gap.reason.contains(averment_time::LENGTH);
    let open = |gap: &&Gap| gap.field == GapField::Time && gap.state == GapState::Unknown;
    claim.gaps.iter().filter(open).find(day)
}

/// Whether a claim has words for its time, dated or not.
pub(super) fn names_when(claim: &ClaimContent) -> bool {
    claim.time.is_some() || open_time(claim).is_some()
}

/// The words for a claim's time, and where they stand if that is known.
pub(super) fn named_when(claim: &ClaimContent) -> Option<(&str, Option<TextRange>)> {
    if let Some(time) = &claim.time {
        return Some((&time.text, Some(time.span)));
    }
    let (_, said) = words(open_time(claim)?).split_once('“')?;
    Some((said.split_once('”')?.0, None))
}

/// All `claims` that took the `wide` place from the same words lie in the narrower one.
pub(super) fn narrow_all(claims: &mut [ClaimContent], wide: &PlaceValue, narrow: &PlaceValue) {
    for claim in claims {
        let Some(place) = claim.place.as_mut().filter(|p| p.span == wide.span) else { continue };
        let mut narrow = narrow.clone();
        narrow.reasons.push(format!("it lies in “{}”, of which the claim was told", wide.text));
        *place = narrow;
    }
}

/// Takes time and place of `earlier` where `later` has none.
pub(crate) fn take_setting(
    later: &mut ClaimContent,
    earlier: &ClaimContent,
    reason: &str,
    what: Taken,
) {
    let mut taken = false;
    if what != Taken::Place && !names_when(later) && names_when(earlier) {
        later.gaps.retain(|gap| gap.field != GapField::Time);
        later.time.clone_from(&earlier.time);
        if let Some(time) = &mut later.time {
            time.reasons.push(reason.to_owned());
        } else if let Some(mut open) = open_time(earlier).cloned() {
            let stated = open.reason.split("; taken over from").next().unwrap_or_default();
            open.reason = format!("{stated}; {reason}");
            later.gaps.push(open);
        }
        taken = true;
    }
    if later.place.is_none()
        && let Some(mut place) = earlier.place.clone().filter(|_| what != Taken::Time)
    {
        place.reasons.push(reason.to_owned());
        later.place = Some(place);
        later.gaps.retain(|gap| gap.field != GapField::Place);
        taken = true;
    }
    if taken && later.evidence.first() != earlier.evidence.first() {
        later.evidence = later.evidence.clone().and(earlier.evidence.first().clone());
    }
}
