//! A claim cut down to what comparing needs.

use std::collections::BTreeSet;
use std::sync::Arc;

use averment_types::{
    ActorId, ActorRef, CasualtyGroup, CasualtyKind, Claim, ClaimContent, ClaimId, ClaimKind,
    CountryCode, DatePrec, Modality, PlaceKind, PlaceValue, Polarity, RoleKind, TypeId, WherePrec,
};
use serde::{Deserialize, Serialize};

use crate::day;
use crate::hash::join;
use crate::lean::{Lean, Speakers, plain};
use crate::sources::Sources;
use crate::words::{Shape, fold, is_common, words};

/// A quotation of fewer words is too short to be known again.
const SENTENCE: usize = 8;
/// Content words that are kept of a claim's quotation.
const KEPT: usize = 48;

/// From this score on a suggested person is taken into account where lives are in question.
const LIKELY: f32 = 0.8;

/// How a claim stands to what it tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) enum Stance {
    /// It happened.
    Tells,
    /// It did not.
    Denies,
    /// It goes on, may be, is planned, is wished: no event by itself.
    Aside,
}

/// Where, in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Spot {
    /// The gazetteer's id, or the folded name with its country.
    pub(crate) key: Arc<str>,
    pub(crate) name: Arc<str>,
    pub(crate) kind: PlaceKind,
    pub(crate) precision: WherePrec,
    pub(crate) country: Option<CountryCode>,
    pub(crate) countries: Vec<CountryCode>,
    pub(crate) admin1: Option<Arc<str>>,
    pub(crate) point: Option<(f64, f64)>,
    pub(crate) gazetteer_id: Option<Arc<str>>,
    /// Whether other places are possible too.
    pub(crate) open: bool,
}

impl Spot {
    fn of(place: &PlaceValue) -> Self {
        let country = place.country.as_ref().map_or("", CountryCode::as_str);
        let key = place.gazetteer_id.clone();
        let key = key.unwrap_or_else(|| format!("{}/{country}", plain(&place.name)));
        Self {
            key: key.into(),
            name: place.name.as_str().into(),
            kind: place.kind,
            precision: place.precision,
            country: place.country.clone(),
            countries: place.countries.clone(),
            admin1: place.admin1.as_deref().map(Arc::from),
            point: place.lat.zip(place.lon),
            gazetteer_id: place.gazetteer_id.as_deref().map(Arc::from),
            open: !place.candidates.is_empty(),
        }
    }

    /// Whether it is a town, a village or a spot in one.
    pub(crate) const fn is_exact(&self) -> bool {
        matches!(self.precision, WherePrec::Exact | WherePrec::Near)
    }
}

/// When, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct When {
    /// First and last day.
    pub(crate) days: (i32, i32),
    pub(crate) precision: DatePrec,
    pub(crate) inferred: bool,
}

/// A number of people harmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Toll {
    pub(crate) kind: CasualtyKind,
    pub(crate) of: Option<CasualtyGroup>,
    pub(crate) low: Option<u32>,
    pub(crate) best: Option<u32>,
    pub(crate) high: Option<u32>,
}

/// Who, in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Part {
    pub(crate) role: RoleKind,
    /// The actor, where one is linked.
    pub(crate) actor: Option<Arc<ActorRef>>,
    /// The words as a key.
    pub(crate) text: Arc<str>,
    /// Whether the words are a person's or a group's name.
    pub(crate) named: bool,
    /// The person that the words are like, where nobody is linked: a suggestion.
    pub(crate) suggested: Option<Arc<ActorRef>>,
}

/// A claim cut down.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Fact {
    pub(crate) id: ClaimId,
    /// Its report's place in the list of reports.
    pub(crate) doc: u32,
    pub(crate) kind: ClaimKind,
    pub(crate) type_id: TypeId,
    pub(crate) stance: Stance,
    pub(crate) modality: Modality,
    pub(crate) when: Option<When>,
    pub(crate) spot: Option<Arc<Spot>>,
    pub(crate) parts: Vec<Part>,
    pub(crate) tolls: Vec<Toll>,
    /// Content words of the first quotation, sorted.
    pub(crate) words: Vec<u32>,
    /// The first quotation's words as one hash; 0 when they are few.
    pub(crate) sentence: u64,
    /// Where the quotation begins in its report.
    pub(crate) at: usize,
    /// Whom it leans on; empty when the report's own word.
    pub(crate) leans: Vec<Lean>,
    /// Whether it is told as of the past: "was led by", "former leader".
    pub(crate) past: bool,
    /// Persons who speak in its chain of attribution.
    pub(crate) voices: Vec<ActorId>,
    /// Whether its words set it apart from another event: "another", "in a separate attack".
    pub(crate) apart: bool,
    /// Whether it is told of days long before the report.
    pub(crate) background: bool,
}

/// Days before publication from which on a claim is of the past.
const PAST: i32 = 21;

impl Fact {
    /// Cuts `claim`, made in the report `doc` that was published on day `published`.
    pub(crate) fn of(
        claim: &Claim,
        doc: u32,
        published: Option<i32>,
        speakers: &Speakers,
        sources: &Sources,
    ) -> Self {
        let content = claim.content();
        let when = content.time.as_ref().map(|time| When {
            days: day::ends(time.interval),
            precision: time.precision,
            inferred: time.inferred,
        });
        let background = published
            .zip(when)
            .is_some_and(|(published, when)| when.days.1 < published.saturating_sub(PAST));
        let quote = content.evidence.first();
        let (kept, sentence) = quotation(quote.quote());
        Self {
            id: claim.id().clone(),
            doc,
            kind: content.kind,
            type_id: content.type_id.clone(),
            stance: stance(content),
            modality: content.modality,
            when,
            spot: content.place.as_ref().map(|place| Arc::new(Spot::of(place))),
            parts: content.roles.iter().map(part).collect(),
            tolls: tolls(content),
            words: kept,
            sentence,
            at: quote.range().start(),
            leans: speakers.leans(&content.attribution, sources),
            past: is_past(
                quote.quote(),
                content.trigger.start().saturating_sub(quote.range().start()),
            ),
            voices: voices(content),
            apart: sets_apart(quote.quote()),
            background,
        }
    }

    /// Whether the claim is of an event that may be one with that of other claims: told as having happened, or denied, on
    /// days that are few.
    pub(crate) fn links(&self) -> bool {
        self.is_event() && self.stance != Stance::Aside && !self.is_aggregated()
    }

    /// Whether it is of an event or a number, and not of a relation or a state.
    pub(crate) const fn is_event(&self) -> bool {
        matches!(self.kind, ClaimKind::Event | ClaimKind::Count)
    }

    /// Whether it says when or where.
    pub(crate) const fn is_set(&self) -> bool {
        self.when.is_some() || self.spot.is_some()
    }

    /// Whether it tells of several events, or of a time longer than a month.
    pub(crate) fn is_aggregated(&self) -> bool {
        let long = self.when.is_some_and(|when| when.precision >= DatePrec::Year);
        let count = self.kind == ClaimKind::Count
            && self.when.is_none_or(|when| when.precision >= DatePrec::Month);
        long || count || self.modality == Modality::Habitual
    }

    /// The actors with a name in these roles.
    pub(crate) fn actors<'f>(
        &'f self,
        roles: &'f [RoleKind],
    ) -> impl Iterator<Item = &'f ActorRef> {
        let wanted = self.parts.iter().filter(|part| roles.contains(&part.role));
        wanted.filter_map(|part| part.actor.as_deref())
    }

    /// Every actor, speaker and likely person that it has to do with, each once.
    pub(crate) fn mentioned(&self) -> BTreeSet<&ActorId> {
        let linked = self.parts.iter().flat_map(|part| [&part.actor, &part.suggested]);
        linked.flatten().map(|actor| &actor.id).chain(&self.voices).collect()
    }

    /// Keys of all actors with names of their own.
    pub(crate) fn named_actors(&self) -> impl Iterator<Item = &ActorRef> {
        let all = self.parts.iter().filter_map(|part| part.actor.as_deref());
        all.filter(|actor| !actor.id.is_generic())
    }
}

fn stance(content: &ClaimContent) -> Stance {
    match (content.modality, content.polarity) {
        (Modality::Happened, Polarity::Affirmed) => Stance::Tells,
        (Modality::Happened, Polarity::Negated | Polarity::Denied) => Stance::Denies,
        _ => Stance::Aside,
    }
}

fn part(role: &averment_types::Role) -> Part {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let person =
        role.actor.as_ref().is_none_or(|actor| actor.kind == averment_types::ActorKind::Person);
    let capitals = role.text.split_whitespace().filter(|word| capital(word)).count();
    let key = plain(&role.text);
    let likely = role
        .candidates
        .first()
        .filter(|c| c.score >= LIKELY && c.actor.kind == averment_types::ActorKind::Person);
    Part {
        suggested: likely.filter(|_| role.actor.is_none()).map(|c| Arc::new(c.actor.clone())),
        role: role.role,
        actor: role.actor.clone().map(Arc::new),
        named: person && capitals >= 2 && role.actor.as_ref().is_none_or(|a| !a.id.is_generic()),
        text: key.into(),
    }
}

/// Whether one of the three words before the trigger at `at` puts it into the past.
fn is_past(quote: &str, at: usize) -> bool {
    let before = fold(quote.get(..at).unwrap_or_default());
    let mut last =
        before.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).rev().take(3);
    last.any(|word| {
        matches!(word, "was" | "were" | "had" | "former" | "formerly" | "once" | "late" | "ex")
    })
}

fn voices(content: &ClaimContent) -> Vec<ActorId> {
    let actors = content.attribution.iter().filter_map(|link| link.actor.as_ref());
    let persons = actors.filter(|actor| actor.kind == averment_types::ActorKind::Person);
    persons.map(|actor| actor.id.clone()).collect()
}

/// Whether the words tell of one more event beside another.
fn sets_apart(quote: &str) -> bool {
    let folded = fold(quote);
    let mut all = folded.split(|c: char| !c.is_alphanumeric());
    all.any(|word| matches!(word, "another" | "separate" | "separately" | "elsewhere"))
}

fn tolls(content: &ClaimContent) -> Vec<Toll> {
    let mut found: Vec<Toll> = content
        .casualties
        .iter()
        .filter(|c| !is_denied(&c.text))
        .map(|c| Toll { kind: c.kind, of: c.of, low: c.low, best: c.best, high: c.high })
        .collect();
    found.sort();
    found.dedup();
    found
}

/// Whether the words deny the number: "not 29". "Not fewer than 29" does not.
fn is_denied(words: &str) -> bool {
    let folded = fold(words);
    let mut words = folded.split_whitespace();
    let bound = |word: &str| matches!(word, "less" | "fewer" | "more" | "under" | "over" | "only");
    words.next() == Some("not") && words.next().is_some_and(|next| !bound(next))
}

/// The content words of a quotation, sorted, and the hash of all its words.
fn quotation(quote: &str) -> (Vec<u32>, u64) {
    let all = words(quote);
    let says = |shape: Shape, hash: u32| shape != Shape::Plain || !is_common(hash);
    let mut kept: Vec<u32> =
        all.iter().filter(|w| w.letters > 2 && says(w.shape, w.hash)).map(|w| w.hash).collect();
    kept.sort_unstable();
    kept.dedup();
    kept.truncate(KEPT);
    let hashes: Vec<u64> = all.iter().map(|w| u64::from(w.hash)).collect();
    let sentence = if all.len() >= SENTENCE { join(&hashes) } else { 0 };
    (kept, sentence)
}
