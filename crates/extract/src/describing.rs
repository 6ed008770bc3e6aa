//! Words that stand before an act for who does it: "*Russian* strikes", "*rebel* fire", "*Israeli*-Palestinian clashes",
//! "a *NATO*-led raid"; and before a place for who holds it: "*rebel*-held villages".
//!
//! Owns which words of a sentence stand so; what they mean is the registry's, which rules want them the codebook's.

use averment_actors::{ActorMention, MentionKind, Registry};
use averment_lang::{Dep, Pos, Reading, Token};
use averment_place::PlaceMention;
use averment_types::{ActorRef, PlaceKind, TextRange};

/// What is looked up for such words, and what the report has been found to name.
pub(crate) struct Known<'k> {
    pub(crate) registry: &'k Registry,
    /// In the order of the text, as the places.
    pub(crate) actors: &'k [ActorMention],
    pub(crate) places: &'k [PlaceMention],
}

/// The describing words of the report, in order, none of them inside a mention of an actor.
pub(crate) fn find(text: &str, reading: &Reading, known: &Known<'_>) -> Vec<ActorMention> {
    let mut found = Vec::new();
    for index in 0..reading.sentences().len() {
        let tokens = reading.sentence_tokens(index);
        for at in (0..tokens.len()).filter(|at| describes(reading, tokens, *at)) {
            found.extend(mention(text, reading, known, tokens, at));
        }
    }
    found.retain(|mention| {
        let next = known.actors.partition_point(|actor| actor.span.end() <= mention.span.start());
        known.actors.get(next).is_none_or(|actor| !actor.span.overlaps(mention.span))
    });
    found
}

/// Whether the token at `at` modifies a noun behind it, or is glued to a word that does: "*NATO*-led".
fn describes(reading: &Reading, tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let nominal = matches!(token.pos, Pos::Adj | Pos::Noun | Pos::Propn);
    let ahead = token.head.is_some_and(|head| head > at);
    nominal
        && match token.relation.universal {
            Dep::Conj => true,
            Dep::Amod | Dep::Compound | Dep::Nmod => ahead,
            _ => ahead && hyphened(reading, tokens, at).is_some_and(|w| acts(w) || holds(w)),
        }
}

fn mention(
    text: &str,
    reading: &Reading,
    known: &Known<'_>,
    tokens: &[Token],
    at: usize,
) -> Option<ActorMention> {
    let span = tokens.get(at)?.range;
    let described = || known.registry.describing(span.slice(text)?).cloned();
    let joined = hyphened(reading, tokens, at);
    let named = || described().or_else(|| named(text, known, span));
    let actor = match joined {
        Some(next) if acts(next) || holds(next) => named()?,
        Some(next) => known.registry.describing(next).and_then(|_| described())?,
        None => described()?,
    };
    let reason = if joined.is_some_and(holds) {
        "the word before the place says who holds it"
    } else {
        "the word before the act says whose it is"
    };
    Some(ActorMention::certain(span, MentionKind::Generic, actor, reason))
}

/// The actor that the words of `span` name by themselves: "NATO" of "NATO-led", "U.S." of "U.S.-led".
fn named(text: &str, known: &Known<'_>, span: TextRange) -> Option<ActorRef> {
    let mentions = known.registry.read(text, &[span], None);
    let actor = mentions.into_iter().find(|mention| mention.span == span);
    let country = || {
        let next = known.places.partition_point(|place| place.span.end() <= span.start());
        let place = known.places.get(next).filter(|place| place.span == span)?;
        let country = place.value.kind == PlaceKind::Country;
        country.then(|| known.registry.state(&place.value.name)).flatten()
    };
    actor.and_then(|mention| mention.actor).or_else(country)
}

/// What is glued behind the words of `span` by a hyphen says who holds a place, not who acts.
pub(crate) fn is_holder(text: &str, span: TextRange) -> bool {
    let behind = text.get(span.end()..).unwrap_or_default();
    let word = behind.strip_prefix(['-', '\u{2010}', '\u{2011}']).unwrap_or_default();
    let end = word.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len());
    word.get(..end).is_some_and(|word| holds(&word.to_lowercase()))
}

/// The word behind a hyphen behind the token at `at`: "led" of "Saudi-led".
fn hyphened<'r>(reading: &'r Reading, tokens: &[Token], at: usize) -> Option<&'r str> {
    let (hyphen, next) = (tokens.get(at + 1)?, tokens.get(at + 2)?);
    let joined = matches!(reading.lower(hyphen), "-" | "\u{2010}" | "\u{2011}" | "\u{2013}")
        && tokens.get(at)?.range.end() == hyphen.range.start()
        && hyphen.range.end() == next.range.start();
    joined.then(|| reading.lower(next))
}

/// "a Saudi-*led* raid" is the Saudis' own; a "Saudi-*backed*" or "Saudi-*made*" one is not.
fn acts(word: &str) -> bool {
    matches!(word, "led" | "piloted" | "launched" | "conducted" | "run")
}

/// "*rebel*-held villages", "*ISIS*-controlled areas".
pub(crate) fn holds(word: &str) -> bool {
    matches!(word, "held" | "controlled" | "occupied" | "ruled" | "dominated" | "administered")
}
