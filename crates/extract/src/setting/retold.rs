//! Which time and place told elsewhere in the report are those of a claim whose own sentence leaves them out.
//!
//! Owns the candidates: times and places that claims bear, those that sentences before only name, the dateline's; and, for what a
//! report opens with, those told [`behind`]. A ranker weighs their [`facts`] against "none". Refuses the day of publication, and a
//! choice whose share is below [`Asks::likely`].

mod alone;
mod behind;
mod closer;
mod facts;

use averment_lang::Sentence;
use averment_place::{PlaceMention, PlaceUsage};
use averment_time::{TimeMention, TimeMentionKind};
use averment_types::{ClaimContent, ClaimKind, GapField, PlaceValue, TextRange, ZoneKind};

pub(crate) use behind::Behind;
pub(crate) use facts::{Manner, clause, telling};
use facts::{Relation, of_time_words};
pub(super) use facts::{last_word, shares_people};

use super::scene::{
    FAR, REACH, Scene, Taken, Tale, are_two, is_elsewhere_since, is_other_day, is_speech, is_told,
    is_wide, named_when, names_when, take_setting,
};
use super::{Rankers, open_at};

/// So many claims back a setting may be told, and so many of the report's first are looked at besides.
const BACK: usize = 40;
const FIRST: usize = 6;
/// So many candidates are weighed, the last told first.
const MOST: usize = 6;
/// What is only named is a candidate for so many sentences.
const NAMED: usize = 3;
/// So many places of a report are counted.
const MANY: usize = 300;
/// How a place is known that is only the dateline's.
const WRITTEN: &str = "weak: the place of the dateline, where the report was written";

/// What is asked for a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asks {
    /// A place told before.
    Place,
    /// A time told before.
    Time,
    /// A place told behind, narrower than what the claim has.
    PlaceBehind,
    /// A time told behind.
    TimeBehind,
}

impl Asks {
    /// Whether a time is asked for; else a place.
    #[must_use]
    pub const fn is_time(self) -> bool {
        matches!(self, Self::Time | Self::TimeBehind)
    }

    /// The same, asked of what stands behind.
    const fn behind(self) -> Self {
        match self {
            Self::Place | Self::PlaceBehind => Self::PlaceBehind,
            Self::Time | Self::TimeBehind => Self::TimeBehind,
        }
    }

    /// The best candidate must be at least so likely.
    const fn likely(self) -> f32 {
        match self {
            Self::Place => 0.36,
            Self::Time => 0.44,
            Self::PlaceBehind => 0.7,
            Self::TimeBehind => 0.5,
        }
    }
}

/// What a claim lacks, and the candidates for it.
#[derive(Debug, Clone)]
pub struct Wanting {
    /// The words by which the claim is known.
    pub trigger: TextRange,
    /// What is asked for.
    pub asks: Asks,
    /// The candidates, the last told first.
    pub options: Vec<RetoldOption>,
    /// How the claim is told.
    pub(crate) manner: Manner,
}

/// A time or place told elsewhere that may be a claim's.
#[derive(Debug, Clone)]
pub struct RetoldOption {
    /// Its words: a time's as they stand, a place's name.
    pub words: String,
    /// Where they and others for it stand, where it is known.
    pub spans: Vec<TextRange>,
    /// The facts, each a few words.
    pub facts: Vec<String>,
}

/// A candidate.
struct Candidate<'s> {
    words: String,
    span: Option<TextRange>,
    /// The claims that bear it, the nearest first; none where it is only named.
    bearers: Vec<&'s ClaimContent>,
    named: Option<Named<'s>>,
    facts: Vec<String>,
}

/// What is named and borne by no claim.
#[derive(Clone, Copy)]
enum Named<'s> {
    Place(&'s PlaceValue),
    Dateline(&'s PlaceValue),
    Time(&'s TimeMention),
}

impl Candidate<'_> {
    /// How it is known, for the reason.
    const fn known(&self) -> &'static str {
        match self.named {
            None => "with another event",
            Some(Named::Place(_) | Named::Time(_)) => "named near it",
            Some(Named::Dateline(_)) => WRITTEN,
        }
    }

    fn place(&self) -> Option<&PlaceValue> {
        match self.named {
            Some(Named::Place(place) | Named::Dateline(place)) => Some(place),
            _ => self.bearers.first().and_then(|c| c.place.as_ref()),
        }
    }
}

impl Scene<'_> {
    /// Takes over the likeliest time and place told before, where `later` has none of its own; `beside` are the others of its
    /// sentence. What it lacked, with the candidates.
    pub(super) fn retell(
        &self,
        later: &mut ClaimContent,
        tale: &Tale<'_>,
        beside: &[ClaimContent],
    ) -> Vec<Wanting> {
        let manner = Manner::of(self.view, tale);
        let mut wanting = Vec::new();
        if later.place.is_none() && !self.is_of_a_country() {
            let candidates = self.places_before(later, &manner, beside);
            wanting.push(wanted(later, &manner, &candidates, Asks::Place));
            take(self.view.text, self.rankers, later, &candidates, Asks::Place);
            self.take_label(later);
        } else if later.place.as_ref().is_some_and(is_wide) {
            wanting.push(wanted(later, &manner, &[], Asks::PlaceBehind));
        }
        if !names_when(later) {
            let candidates = self.times_before(later, &manner, beside);
            wanting.push(wanted(later, &manner, &candidates, Asks::Time));
            take(self.view.text, self.rankers, later, &candidates, Asks::Time);
        }
        wanting
    }

    /// The claims that may bear a setting: those beside, those told before, the last first, then the first of the report.
    fn bearers<'s>(
        &'s self,
        later: &ClaimContent,
        beside: &'s [ClaimContent],
    ) -> impl Iterator<Item = &'s ClaimContent> {
        let own = later.trigger;
        let beside =
            beside.iter().filter(move |c| c.trigger != own && !are_two(self.view, own, c.trigger));
        let near = self.earlier.iter().rev().take(BACK);
        let far = self.earlier.len().saturating_sub(BACK).min(FIRST);
        let first = self.earlier.iter().take(far).rev();
        beside.chain(near).chain(first).filter(|c| may_bear(c))
    }

    /// Takes the place of the label that the sentence stands under, where none is told since.
    fn take_label(&self, later: &mut ClaimContent) {
        let label = self.label.and_then(|label| label.place.as_ref());
        // Where something was said is seldom where it happened.
        let open = later.place.is_none() && !is_speech(later);
        let Some(mut place) = label.filter(|_| open).cloned() else { return };
        place.reasons.push("the label that the paragraph stands under names it".to_owned());
        later.place = Some(place);
        later.gaps.retain(|gap| gap.field != GapField::Place);
    }

    fn times_before<'s>(
        &'s self,
        later: &ClaimContent,
        manner: &Manner,
        beside: &'s [ClaimContent],
    ) -> Vec<Candidate<'s>> {
        let mut found = times_of(self.bearers(later, beside));
        for time in self.times_lately() {
            let words = time.span.slice(self.view.text).unwrap_or_default();
            let is_new = |known: &Candidate<'_>| {
                let borne = known.bearers.first().and_then(|c| c.time.as_ref());
                let same =
                    borne.zip(time.value.as_ref()).is_some_and(|(a, b)| a.interval == b.interval);
                !same && known.words != words
            };
            if found.len() < 2 * MOST && found.iter().all(is_new) {
                found.push(Candidate::named(words, time.span, Named::Time(time)));
            }
        }
        // What another entry of a live page dates, or what stands above a heading, is of another day or hour.
        if self.label.is_some_and(|label| label.place.is_none()) {
            found.retain(|c| c.bearers.iter().all(|b| self.is_under_label(b.trigger)));
            found.retain(|c| c.span.is_none_or(|span| self.is_under_label(span)));
        }
        let relation = Relation { sentences: self.sentences, later, manner };
        let count = found.len();
        for (rank, candidate) in found.iter_mut().enumerate() {
            let mut facts = relation.facts(candidate, rank, count);
            facts.extend(of_time_words(self.view.text, candidate));
            let bearer = candidate.bearers.first();
            let told =
                bearer.map(|c| named_when(c).and_then(|(_, span)| span).unwrap_or(c.trigger));
            let since = told.or(candidate.span).map(|told| self.since(told));
            let another = since.is_some_and(|since| self.names_time(since));
            let near = bearer.is_some_and(|c| self.is_near(c));
            let says = [
                ("another time since", another),
                ("goes on", rank == 0 && near && !another && manner.is_scene()),
                ("goes on in the past", rank == 0 && near && !another && manner.is_past_scene()),
                ("refers back", rank == 0 && near && manner.again),
                ("another time here", self.names_time(self.view.sentence.range)),
            ];
            facts.extend(says.iter().filter(|(_, so)| *so).map(|(name, _)| (*name).to_owned()));
            candidate.facts = facts;
        }
        // What happened elsewhere says nothing of when this did.
        found.retain(|candidate| candidate.facts.iter().all(|fact| fact != facts::APART));
        found
    }

    fn places_before<'s>(
        &'s self,
        later: &ClaimContent,
        manner: &Manner,
        beside: &'s [ClaimContent],
    ) -> Vec<Candidate<'s>> {
        let mut found = places_of(self.bearers(later, beside));
        for place in self.places_lately() {
            if found.len() < 2 * MOST && found.iter().all(|c| c.words != place.value.name) {
                let named = Named::Place(&place.value);
                found.push(Candidate::named(&place.value.name, place.span, named));
            }
        }
        // A headline tells what the lead does, wherever this was written.
        let written = self.dateline.filter(|_| self.view.sentence.zone != ZoneKind::Headline);
        if let Some(place) = written.filter(|p| found.iter().all(|c| c.words != p.name)) {
            found.push(Candidate::named(&place.name, place.span, Named::Dateline(place)));
        }
        // What stands before the label lies elsewhere.
        found.retain(|c| c.place().is_none_or(|place| self.is_under_label(place.span)));
        // Headline and dateline tell roughly what the text tells closely.
        if found.iter().any(|c| !self.is_frame(c)) {
            found.retain(|c| !self.is_frame(c));
        }
        let relation = Relation { sentences: self.sentences, later, manner };
        let count = found.len();
        for (rank, candidate) in found.iter_mut().enumerate() {
            let mut facts = relation.facts(candidate, rank, count);
            facts.extend(facts::of_place(candidate));
            if let Some(place) = candidate.place() {
                facts.push(format!("named {}", self.times_named(&place.name).min(5)));
            }
            if let Some(Named::Dateline(line)) = candidate.named {
                let until = self.view.sentence.range.end().max(line.span.end());
                let so_far = TextRange::new(line.span.end(), until);
                let first = !so_far.is_ok_and(|range| self.names_place(range));
                facts.push(if first { "dateline alone" } else { "dateline long ago" }.to_owned());
            }
            let since = candidate.place().map(|place| self.since(place.span));
            let bearers = || candidate.bearers.iter();
            let moves = since.is_some_and(|since| self.moves_on(since));
            let near = bearers().next().is_some_and(|c| self.is_near(c));
            let goes_on = rank == 0 && near && !moves && manner.is_scene();
            let past = bearers().any(|c| self.is_far_or_elsewhere(c));
            let dateline = self.dateline.map(|line| line.name.as_str());
            let says = [
                ("of the dateline", dateline.is_some_and(|line| line == candidate.words)),
                ("another place since", moves),
                ("goes on", goes_on),
                ("refers back", rank == 0 && near && !past && manner.again),
                ("another place here", self.moves_on(self.view.sentence.range)),
                (
                    "other day",
                    !candidate.bearers.is_empty() && bearers().all(|c| is_other_day(later, c)),
                ),
                ("moved since", past),
            ];
            facts.extend(says.iter().filter(|(_, so)| *so).map(|(name, _)| (*name).to_owned()));
            facts.extend(facts::pairs(&facts));
            candidate.facts = facts;
        }
        found
    }

    /// Whether a place is told in the headline or dateline alone.
    fn is_frame(&self, candidate: &Candidate<'_>) -> bool {
        let headed = |span| is_headed(self.sentences, span);
        match candidate.named {
            Some(Named::Dateline(_)) => true,
            Some(_) => candidate.span.is_some_and(headed),
            None => {
                let mut places = candidate.bearers.iter().filter_map(|c| c.place.as_ref());
                places.all(|place| headed(place.span))
            }
        }
    }

    /// Whether `span` stands under the label that the sentence at hand does; what a headline says holds under those that name no place.
    fn is_under_label(&self, span: TextRange) -> bool {
        let Some(label) = self.label else { return true };
        let headed = self.sentences.iter().take_while(|s| s.zone == ZoneKind::Headline).last();
        let above = headed.is_some_and(|s| span.end() <= s.range.end());
        label.range.start() <= span.start() || label.place.is_none() && above
    }

    /// Whether a claim was told so lately that a scene reaches from it to the sentence at hand.
    fn is_near(&self, told: &ClaimContent) -> bool {
        told.evidence.first().range().end() + REACH >= self.view.sentence.range.start()
    }

    /// Whether the tale has moved on from where a claim happened, or nobody can tell.
    fn is_far_or_elsewhere(&self, told: &ClaimContent) -> bool {
        let far = told.evidence.first().range().end() + FAR < self.view.sentence.range.start();
        far || is_elsewhere_since(self.view, self.places, told)
    }

    /// How often the report names a place so.
    fn times_named(&self, name: &str) -> usize {
        let named = self.places.iter().take(MANY);
        named.filter(|place| place.value.name == name).count()
    }

    /// Places that the last sentences name, the last first, where something may happen at them.
    fn places_lately(&self) -> impl Iterator<Item = &PlaceMention> {
        let lately = self.lately();
        let first = self.places.partition_point(|p| p.span.start() < lately.start());
        let last = self.places.partition_point(|p| p.span.start() < lately.end());
        let named = self.places.get(first..last).unwrap_or_default().iter().rev();
        named.filter(|p| matches!(p.usage, PlaceUsage::Locative | PlaceUsage::Bare))
    }

    /// Times that the last sentences name, the last first.
    fn times_lately(&self) -> impl Iterator<Item = &TimeMention> {
        let lately = self.lately();
        let first = self.times.partition_point(|t| t.span.start() < lately.start());
        let last = self.times.partition_point(|t| t.span.start() < lately.end());
        let named = self.times.get(first..last).unwrap_or_default().iter().rev();
        // "unless he was released *by Monday*": the day of what did not happen is no day of the tale.
        let lately = self.earlier.iter().rev().take(BACK);
        let unreal: Vec<TextRange> =
            lately.filter(|c| !is_told(c)).filter_map(|c| Some(c.time.as_ref()?.span)).collect();
        let real = move |t: &&TimeMention| !unreal.iter().any(|span| span.overlaps(t.span));
        named.filter(|t| t.kind == TimeMentionKind::Date && t.side.is_none()).filter(real)
    }

    /// The last sentences before this one.
    fn lately(&self) -> TextRange {
        let sentence = self.view.sentence.range;
        let here = number(self.sentences, sentence.start());
        let from = self.sentences.get(here.saturating_sub(NAMED)).map_or(0, |s| s.range.start());
        TextRange::new(from, sentence.start()).unwrap_or(sentence)
    }
}

impl<'s> Candidate<'s> {
    fn named(words: &str, span: TextRange, named: Named<'s>) -> Self {
        let (bearers, facts) = (Vec::new(), Vec::new());
        Self { words: words.to_owned(), span: Some(span), bearers, named: Some(named), facts }
    }

    fn borne(words: &str, span: Option<TextRange>, bearer: &'s ClaimContent) -> Self {
        let (bearers, facts) = (vec![bearer], Vec::new());
        Self { words: words.to_owned(), span, bearers, named: None, facts }
    }
}

/// The times that claims bear, each once.
fn times_of<'s>(bearers: impl Iterator<Item = &'s ClaimContent>) -> Vec<Candidate<'s>> {
    let mut found: Vec<Candidate<'s>> = Vec::new();
    for claim in bearers {
        let Some((words, span)) = named_when(claim) else { continue };
        let same = |known: &&mut Candidate<'_>| {
            let borne = known.bearers.first().and_then(|c| c.time.as_ref());
            match (borne, &claim.time) {
                (Some(a), Some(b)) => a.interval == b.interval,
                (None, None) => known.words == words,
                _ => false,
            }
        };
        if let Some(known) = found.iter_mut().find(same) {
            known.bearers.push(claim);
        } else if found.len() < MOST {
            found.push(Candidate::borne(words, span, claim));
        }
    }
    found
}

/// The places that claims bear, each once.
fn places_of<'s>(bearers: impl Iterator<Item = &'s ClaimContent>) -> Vec<Candidate<'s>> {
    let mut found: Vec<Candidate<'s>> = Vec::new();
    for claim in bearers {
        let Some(place) = &claim.place else { continue };
        if let Some(known) = found.iter_mut().find(|c| c.words == place.name) {
            known.bearers.push(claim);
        } else if found.len() < MOST {
            found.push(Candidate::borne(&place.name, Some(place.span), claim));
        }
    }
    found
}

/// Whether a claim's setting may be another's.
pub(super) fn may_bear(claim: &ClaimContent) -> bool {
    claim.kind == ClaimKind::Event && is_told(claim) && !is_speech(claim)
}

/// Whether `span` stands in the headline.
fn is_headed(sentences: &[Sentence], span: TextRange) -> bool {
    let sentence = sentences.get(number(sentences, span.start()));
    sentence.is_some_and(|sentence| sentence.zone == ZoneKind::Headline)
}

/// The number of the sentence that holds the byte `at`.
pub(super) fn number(sentences: &[Sentence], at: usize) -> usize {
    sentences.partition_point(|s| s.range.start() <= at).saturating_sub(1)
}

/// Takes the likeliest of the candidates, where its share is large enough.
fn take(
    text: &str,
    rankers: &Rankers,
    later: &mut ClaimContent,
    candidates: &[Candidate<'_>],
    asks: Asks,
) {
    let ranker = rankers.of(asks);
    let scores: Vec<f32> = candidates.iter().map(|c| ranker.score(&c.facts)).collect();
    let Some((at, share)) = ranker.at_least(&scores, asks.likely()) else { return };
    let Some(best) = candidates.get(at) else { return };
    let telling = ranker.telling(&best.facts).join(", ");
    let reason = format!(
        "taken over from what is told around it ({}); the ranker of settings gives it {share:.2}, for {telling}",
        best.known()
    );
    best.put(text, later, reason, asks);
}

impl Candidate<'_> {
    /// Makes it the time or place of `later`, for a `reason`.
    fn put(&self, text: &str, later: &mut ClaimContent, reason: String, asks: Asks) {
        match (self.bearers.first(), self.named) {
            (Some(bearer), _) => {
                let what = if asks.is_time() { Taken::Time } else { Taken::Place };
                take_setting(later, bearer, &reason, what);
            }
            (None, Some(Named::Place(place) | Named::Dateline(place))) => {
                let mut place = place.clone();
                place.reasons.push(reason);
                later.place = Some(place);
                later.gaps.retain(|gap| gap.field != GapField::Place);
            }
            (None, Some(Named::Time(mention))) => {
                later.gaps.retain(|gap| gap.field != GapField::Time);
                later.time.clone_from(&mention.value);
                if let Some(value) = &mut later.time {
                    value.reasons.push(reason);
                } else {
                    let mut open = open_at(text, mention);
                    open.reason = format!("{}; {reason}", open.reason);
                    later.gaps.push(open);
                }
            }
            (None, None) => {}
        }
    }
}

/// What is wanted of `later`, with the candidates.
fn wanted(
    later: &ClaimContent,
    manner: &Manner,
    candidates: &[Candidate<'_>],
    asks: Asks,
) -> Wanting {
    let span = |c: &&ClaimContent| {
        let place = c.place.as_ref().map(|place| place.span);
        if asks.is_time() { c.time.as_ref().map(|time| time.span) } else { place }
    };
    let options = candidates.iter().map(|c| RetoldOption {
        words: c.words.clone(),
        spans: c.span.into_iter().chain(c.bearers.iter().filter_map(span)).collect(),
        facts: c.facts.clone(),
    });
    let options = options.collect();
    Wanting { trigger: later.trigger, asks, options, manner: manner.clone() }
}
