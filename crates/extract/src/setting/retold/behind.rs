//! The setting of what a report opens with, from the sentences behind it: "Gunmen killed five people *in the north*. The raid, *on
//! Monday in Gao*, ...".
//!
//! Owns what is asked of the sentences behind: what a claim still lacks, and the town where it has a whole division or country.
//! Refuses a place that does not lie in the wide one.

use averment_lang::Sentence;
use averment_place::PlaceMention;
use averment_time::{TimeMention, TimeMentionKind};
use averment_types::{ClaimContent, PlaceValue, RoleKind, TextRange};

use super::super::scene::take_setting;
use super::super::scene::{is_wide, is_within, may_hold, names_when, narrow_all};
use super::super::{Label, Rankers, Taken};
use super::closer::CLOSER;
use super::facts::{self, Relation, of_time_words};
use super::{
    Asks, Candidate, MOST, Named, WRITTEN, Wanting, is_headed, may_bear, number, places_of, take,
    times_of, wanted,
};

const SHARED: &str = "taken over from what is told with it, which has it from the sentences behind";

/// So many sentences behind a claim its setting may be told.
const AHEAD: usize = 4;

/// So many claims behind are asked who acts in them.
const FEW: usize = 40;

/// What stands behind the claims of a report.
pub(crate) struct Behind<'b> {
    pub(crate) text: &'b str,
    pub(crate) sentences: &'b [Sentence],
    pub(crate) rankers: &'b Rankers,
    pub(crate) places: &'b [PlaceMention],
    pub(crate) times: &'b [TimeMention],
    pub(crate) labels: &'b [Label],
}

impl Behind<'_> {
    /// Completes those `claims` that still lack what they were `wanting`; what they lacked, with the candidates.
    pub(crate) fn complete(
        &self,
        claims: &mut [ClaimContent],
        wanting: &[Wanting],
    ) -> Vec<Wanting> {
        let asked = self.ask(claims, wanting);
        share(claims, wanting);
        asked
    }

    /// Completes each by itself.
    fn ask(&self, claims: &mut [ClaimContent], wanting: &[Wanting]) -> Vec<Wanting> {
        let mut asked = Vec::new();
        for lack in wanting {
            let asks = lack.asks.behind();
            let rough = |place: &PlaceValue| is_wide(place) || is_frame(place, self.sentences);
            let open = |c: &ClaimContent| {
                let place = || c.place.as_ref().is_none_or(rough);
                if asks.is_time() { !names_when(c) } else { place() }
            };
            let Some(at) = position(claims, lack, open) else { continue };
            let Some(later) = claims.get(at).cloned() else { continue };
            let behind = claims.get(at..).unwrap_or_default();
            let reach = Reach::of(self, &later, behind);
            let found = if asks.is_time() {
                self.times_behind(&reach, behind)
            } else {
                self.places_behind(&reach, behind, later.place.as_ref())
            };
            let candidates = self.weighed(found, &later, lack, asks);
            if candidates.is_empty() {
                continue;
            }
            asked.push(wanted(&later, &lack.manner, &candidates, asks));
            let mut fuller = later.clone();
            if !asks.is_time() {
                fuller.place = None;
            }
            match self.told_closer(&later, lack, behind, &candidates) {
                Some(told) => told.put(self.text, &mut fuller, CLOSER.to_owned(), asks),
                None => take(self.text, self.rankers, &mut fuller, &candidates, asks),
            }
            drop(candidates);
            match (asks.is_time(), later.place, &fuller.place) {
                (false, Some(wide), Some(narrow)) => narrow_all(claims, &wide, narrow),
                (false, _, None) => {}
                _ => {
                    if let Some(claim) = claims.get_mut(at) {
                        *claim = fuller;
                    }
                }
            }
        }
        asked
    }

    fn times_behind<'s>(&'s self, reach: &Reach, claims: &'s [ClaimContent]) -> Vec<Candidate<'s>> {
        let mut found = times_of(reach.bearers(claims));
        let ahead = reach.ahead;
        let from = self.times.partition_point(|t| t.span.start() < ahead.start());
        let named = self.times.iter().skip(from).take_while(|t| t.span.end() <= ahead.end());
        let free = |t: &&TimeMention| !reach.is_of_others(t.span);
        let day = |t: &&TimeMention| t.kind == TimeMentionKind::Date && t.side.is_none();
        for time in named.filter(day).filter(free) {
            let words = time.span.slice(self.text).unwrap_or_default();
            let same = |known: &Candidate<'_>| {
                let borne = known.bearers.first().and_then(|c| c.time.as_ref());
                known.words == words
                    || borne.zip(time.value.as_ref()).is_some_and(|(a, b)| a.interval == b.interval)
            };
            if !found.iter().any(same) {
                found.push(Candidate::named(words, time.span, Named::Time(time)));
            }
        }
        found
    }

    /// Those that lie in `own`, the place that the claim has.
    fn places_behind<'s>(
        &'s self,
        reach: &Reach,
        claims: &'s [ClaimContent],
        own: Option<&PlaceValue>,
    ) -> Vec<Candidate<'s>> {
        let mut found = places_of(reach.bearers(claims));
        let ahead = reach.ahead;
        let from = self.places.partition_point(|p| p.span.start() < ahead.start());
        let named = self.places.iter().skip(from).take_while(|p| p.span.end() <= ahead.end());
        for place in named.filter(|p| may_hold(p) && !reach.is_of_others(p.span)) {
            if found.iter().all(|known| known.words != place.value.name) {
                let named = Named::Place(&place.value);
                found.push(Candidate::named(&place.value.name, place.span, named));
            }
        }
        found.retain(|candidate| {
            let place = candidate.place();
            let own = own.map(|own| (own, is_frame(own, self.sentences)));
            place.is_some_and(|place| own.is_none_or(|(own, frame)| lies_in(place, own, frame)))
        });
        found
    }

    /// The first of the candidates as they stand, each with its facts.
    fn weighed<'s>(
        &self,
        mut found: Vec<Candidate<'s>>,
        later: &ClaimContent,
        lack: &Wanting,
        asks: Asks,
    ) -> Vec<Candidate<'s>> {
        let start = |candidate: &Candidate<'_>| {
            let told = candidate.bearers.first().map(|c| c.trigger.start());
            candidate.span.map_or(told.unwrap_or_default(), TextRange::start)
        };
        found.sort_by_key(start);
        found.truncate(MOST);
        let relation = Relation { sentences: self.sentences, later, manner: &lack.manner };
        let count = found.len();
        for (rank, candidate) in found.iter_mut().enumerate() {
            let mut facts = relation.facts(candidate, rank, count);
            facts.extend(facts::of_way(self.text, self.sentences, start(candidate)));
            if asks.is_time() {
                facts.extend(of_time_words(self.text, candidate));
            } else {
                facts.extend(facts::of_place(candidate));
                facts.push(has(later.place.as_ref(), self.sentences));
            }
            facts.extend(facts::pairs(&facts));
            candidate.facts = facts;
        }
        found
    }
}

/// What one claim of a sentence has from behind it, the others of its scene have too.
fn share(claims: &mut [ClaimContent], wanting: &[Wanting]) {
    for lack in wanting.iter().filter(|lack| lack.manner.is_past_scene()) {
        let is_time = lack.asks.is_time();
        let open = |c: &ClaimContent| {
            if is_time { !names_when(c) } else { c.place.is_none() }
        };
        let Some(at) = position(claims, lack, open) else { continue };
        let Some(sentence) = claims.get(at).map(|c| c.evidence.first().range()) else {
            continue;
        };
        let span = |c: &ClaimContent| {
            let place = || c.place.as_ref().map(|place| place.span);
            if is_time { c.time.as_ref().map(|time| time.span) } else { place() }
        };
        let from = claims.partition_point(|c| c.evidence.first().range().end() <= sentence.start());
        let near = claims.iter().skip(from);
        let near = near.take_while(|c| c.evidence.first().range().start() < sentence.end());
        let beside = near.filter(|c| c.evidence.first().range() == sentence);
        let mut known = beside.filter(|c| may_bear(c) && span(c).is_some());
        let first = known.next();
        let one = first.is_some_and(|first| known.all(|c| span(c) == span(first)));
        let told = first
            .filter(|first| one && span(first).is_some_and(|span| span.start() >= sentence.end()));
        let what = if is_time { Taken::Time } else { Taken::Place };
        if let Some((from, own)) = told.cloned().zip(claims.get_mut(at)) {
            take_setting(own, &from, SHARED, what);
        }
    }
}

/// What of the sentences behind a claim may tell of it.
struct Reach {
    ahead: TextRange,
    /// The sentences in which others act.
    others: Vec<TextRange>,
}

impl Reach {
    /// Of `later`; `claims` are those from it on. Under the next label other things are told.
    fn of(report: &Behind<'_>, later: &ClaimContent, claims: &[ClaimContent]) -> Self {
        let sentences = report.sentences;
        let here = number(sentences, later.trigger.start());
        let last = sentences.get(here + AHEAD).or(sentences.last());
        let own = sentences.get(here).map_or(later.trigger.end(), |s| s.range.end());
        let next = report.labels.partition_point(|label| label.words.start() < own);
        let next = report.labels.get(next).map_or(report.text.len(), |label| label.words.start());
        let until = last.map_or(own, |s| s.range.end()).min(next);
        let ahead = TextRange::new(own, until.max(own)).unwrap_or(later.trigger);
        let apart = |c: &&ClaimContent| facts::differ_in(c, later, RoleKind::Initiator);
        let others = claims.iter().take(FEW).filter(apart);
        Self { ahead, others: others.map(|c| c.evidence.first().range()).collect() }
    }

    /// Whether it stands in a sentence in which others act.
    fn is_of_others(&self, span: TextRange) -> bool {
        self.others.iter().any(|sentence| sentence.contains(span))
    }

    /// The claims within that may bear a setting.
    fn bearers<'c>(&self, claims: &'c [ClaimContent]) -> impl Iterator<Item = &'c ClaimContent> {
        let near = |c: &&ClaimContent| c.evidence.first().range().start() < self.ahead.end();
        let near = claims.iter().take_while(near);
        near.filter(|c| {
            self.ahead.contains(c.trigger) && may_bear(c) && !self.is_of_others(c.trigger)
        })
    }
}

/// Where among `claims`, which stand as the text does, the one stands that was wanting and of which `lacks` holds.
pub(super) fn position(
    claims: &[ClaimContent],
    lack: &Wanting,
    lacks: impl Fn(&ClaimContent) -> bool,
) -> Option<usize> {
    let trigger = lack.trigger;
    let from = claims.partition_point(|c| c.evidence.first().range().end() <= trigger.start());
    let near = claims.iter().skip(from);
    let mut near = near.take_while(|c| c.evidence.first().range().start() < trigger.end());
    near.position(|c| c.trigger == trigger && lacks(c)).map(|at| from + at)
}

/// What sort of place a claim has, as a fact.
fn has(own: Option<&PlaceValue>, sentences: &[Sentence]) -> String {
    match own {
        None => "own none".to_owned(),
        Some(own) if is_frame(own, sentences) => "own dateline".to_owned(),
        Some(own) => format!("own {:?}", own.kind).to_lowercase(),
    }
}

/// Whether `place` may lie in the wider one; any town of its country may, where the wider is only a headline's or dateline's, a `frame`.
fn lies_in(place: &PlaceValue, wide: &PlaceValue, frame: bool) -> bool {
    let country = place.country.as_ref().zip(wide.country.as_ref()).is_none_or(|(a, b)| a == b);
    let framed = frame && place.name != wide.name && country;
    framed && !is_wide(place) || is_within(place, wide)
}

/// Whether a place is told by the headline or dateline alone.
pub(super) fn is_frame(place: &PlaceValue, sentences: &[Sentence]) -> bool {
    place.reasons.iter().any(|reason| reason.contains(WRITTEN)) || is_headed(sentences, place.span)
}

#[cfg(test)]
mod tests {
    use averment_types::{CountryCode, PlaceKind, WherePrec};

    use super::*;

    #[test]
    fn a_town_may_lie_in_its_country_and_in_no_other() {
        let span = TextRange::new(0, 4).unwrap();
        let place = |kind, country: &str| {
            let mut value = PlaceValue::named("X", kind, WherePrec::Exact, "X", span);
            value.country = CountryCode::parse(country).ok();
            value.name = format!("{kind:?} {country}");
            value
        };
        let mali = place(PlaceKind::Country, "ML");
        assert!(is_wide(&mali));
        assert!(lies_in(&place(PlaceKind::Settlement, "ML"), &mali, false));
        assert!(!lies_in(&place(PlaceKind::Settlement, "NE"), &mali, false));
        assert!(!lies_in(&place(PlaceKind::Region, "ML"), &place(PlaceKind::Admin1, "ML"), false));
    }
}
