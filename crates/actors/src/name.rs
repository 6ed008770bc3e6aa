//! Names by their shape: runs of capitalised words that look like an organisation or a person.

use averment_types::ActorKind;

use crate::lexicon::{Classes, Lexicon, Meaning};
use crate::sentence::Sentence;
use crate::token::{Gap, Shape, Token};

/// Words in a name at most.
const LONGEST: usize = 12;
/// Small words inside the names of organisations.
const CONNECTORS: [&str; 12] =
    ["of", "for", "and", "the", "de", "du", "des", "et", "la", "in", "to", "against"];

/// The kind and length in words of an organisation's name that starts at word `first`: a run of
/// capitalised words with a noun of organisations in it and something that is no mere description.
pub(crate) fn organisation(
    text: &str,
    sentence: &Sentence,
    first: usize,
    lexicon: &Lexicon,
) -> Option<(usize, ActorKind)> {
    let tokens = &sentence.tokens;
    if !starts_name(tokens.get(first)?, first, lexicon) {
        return None;
    }
    let mut at = first;
    let mut kind: Option<(usize, ActorKind)> = None;
    let mut own = false;
    while at < tokens.len() && at - first < LONGEST {
        let token = tokens.get(at)?;
        let rest = tokens.get(at..).unwrap_or_default();
        if at > first && !token.gap.joins() {
            break;
        }
        if at == first && token.possessive && is_country(text, rest, lexicon) {
            return None;
        }
        if let Some((length, found)) = noun(text, rest, lexicon) {
            kind = Some((at + length - 1, found));
            at += length;
            continue;
        }
        // "the Self-Defence Forces *in Kaya*": where they are is no part of what they are called.
        let placed = token.shape == Shape::Lower && text.get(token.start..token.end) == Some("in");
        if let Some(next) = connected(text, tokens, at).filter(|_| kind.is_some() && !placed) {
            let end = tail(tokens, next, lexicon);
            let named =
                end > next || distinctive(text, tokens.get(next..).unwrap_or_default(), lexicon);
            let (_, found) = kind?;
            return (own || named).then_some((end - first, found));
        }
        if !is_capital(token) || blocked(token, lexicon) || kind.is_some() {
            break;
        }
        if at > first && begins_alias(text, rest, lexicon) {
            return None;
        }
        own |= distinctive(text, rest, lexicon);
        at += 1;
    }
    let (last, found) = kind?;
    (own && last > first).then_some((last + 1 - first, found))
}

fn starts_name(token: &Token, first: usize, lexicon: &Lexicon) -> bool {
    let fresh = first == 0;
    is_capital(token) && !blocked(token, lexicon) && !(fresh && is_small(token, lexicon))
}

/// Where a name goes on behind "of", "for the": the next capitalised word.
fn connected(text: &str, tokens: &[Token], at: usize) -> Option<usize> {
    let mut next = at;
    while let Some(token) =
        tokens.get(next).filter(|t| t.gap == Gap::Space && t.shape == Shape::Lower)
    {
        let word = text.get(token.start..token.end)?;
        if next > at + 1 || !CONNECTORS.contains(&word) {
            return None;
        }
        next += 1;
    }
    let capital = tokens.get(next).is_some_and(|t| t.gap == Gap::Space && is_capital(t));
    (next > at && capital).then_some(next)
}

/// The end of the capitalised words from `at`, with "and" and "of" between them.
fn tail(tokens: &[Token], at: usize, lexicon: &Lexicon) -> usize {
    let mut end = at;
    while let Some(token) = tokens.get(end) {
        let fits = is_capital(token) && !lexicon.classes_of(token).has(Classes::CALENDAR);
        if end > at && !token.gap.joins() || !fits {
            break;
        }
        end += 1;
    }
    end
}

fn noun(text: &str, rest: &[Token], lexicon: &Lexicon) -> Option<(usize, ActorKind)> {
    let found = lexicon.at(text, rest, false);
    found.iter().find_map(|f| {
        f.meanings.iter().find_map(|m| match m {
            Meaning::Organisation(kind) => Some((f.length, *kind)),
            _ => None,
        })
    })
}

/// Whether the words begin something that is no description: no country, head, modifier, number.
fn distinctive(text: &str, rest: &[Token], lexicon: &Lexicon) -> bool {
    let describes =
        Classes::MODIFIER.with(Classes::TITLE).with(Classes::NUMBER).with(Classes::CALENDAR);
    let Some(token) = rest.first() else {
        return false;
    };
    let known = lexicon.at(text, rest, false).iter().any(|f| {
        f.meanings
            .iter()
            .any(|m| matches!(m, Meaning::Head(..) | Meaning::Country(..) | Meaning::Reference(..)))
    });
    !known && !lexicon.classes_of(token).has(describes)
}

fn is_country(text: &str, rest: &[Token], lexicon: &Lexicon) -> bool {
    let found = lexicon.at(text, rest, false);
    found.iter().any(|f| f.meanings.iter().any(|m| matches!(m, Meaning::Country(..))))
}

fn begins_alias(text: &str, rest: &[Token], lexicon: &Lexicon) -> bool {
    let found = lexicon.at(text, rest, false);
    found.iter().any(|f| f.meanings.iter().any(|m| matches!(m, Meaning::Alias(..))))
}

/// The length in words of a run that may be a person's name (or a place's).
pub(crate) fn run(
    text: &str,
    sentence: &Sentence,
    first: usize,
    lexicon: &Lexicon,
) -> Option<usize> {
    let tokens = &sentence.tokens;
    let start = tokens.get(first)?;
    let opens = is_capital(start) && !blocked(start, lexicon) && start.shape != Shape::Upper;
    let describes = Classes::TITLE.with(Classes::MODIFIER);
    let classes = lexicon.classes_of(start);
    let opens = opens && (!classes.has(describes) || classes.has(Classes::GIVEN));
    if !opens && !particle_start(text, tokens, first, lexicon) {
        return None;
    }
    let mut end = first + 1;
    while end - first < LONGEST {
        let Some(token) = tokens.get(end) else { break };
        if !token.gap.joins() || tokens.get(end - 1).is_some_and(|t| t.possessive) {
            break;
        }
        let capital = is_capital(token) && continues(text, tokens, end, lexicon);
        if !capital && !particle_start(text, tokens, end, lexicon) {
            break;
        }
        end += 1;
    }
    Some(end - first)
}

/// Whether the capitalised word at `at` may go on a name: no known phrase, no month.
fn continues(text: &str, tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let rest = tokens.get(at..).unwrap_or_default();
    let Some(token) = rest.first() else {
        return false;
    };
    let known = lexicon.at(text, rest, false).iter().any(|f| {
        f.meanings.iter().any(|m| !matches!(m, Meaning::Organisation(_) | Meaning::Country(..)))
    });
    !known && !blocked(token, lexicon)
}

/// Whether a particle ("al", "ag", "bin") stands at `at` before a capitalised word.
fn particle_start(text: &str, tokens: &[Token], at: usize, lexicon: &Lexicon) -> bool {
    let Some(token) = tokens.get(at) else {
        return false;
    };
    let small = Classes::PARTICLE.with(Classes::JOINER);
    let particle = lexicon.classes_of(token).has(small);
    let arabic = at > 0 || text.get(token.start..token.end).is_some_and(|w| w.len() == 2);
    let next =
        tokens.get(at + 1).is_some_and(|t| t.gap.joins() && is_capital(t) && !blocked(t, lexicon));
    particle && arabic && next
}

fn is_capital(token: &Token) -> bool {
    matches!(token.shape, Shape::Capital | Shape::Upper)
}

fn blocked(token: &Token, lexicon: &Lexicon) -> bool {
    let classes = lexicon.classes_of(token);
    let given = classes.has(Classes::GIVEN);
    classes.has(Classes::CALENDAR) && !given
        || is_small(token, lexicon) && !classes.has(Classes::PARTICLE)
}

fn is_small(token: &Token, lexicon: &Lexicon) -> bool {
    let small = Classes::COMMON.with(Classes::DEFINITE).with(Classes::INDEFINITE);
    lexicon.classes_of(token).has(small) && !lexicon.classes_of(token).has(Classes::GIVEN)
}

/// What speaks for a run being a person's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// A given name at its start.
    Given,
    /// A name particle inside.
    Particle,
    /// Nothing in the words themselves.
    None,
    /// A word of places: not a person.
    Place,
}

/// What the words of a run say.
pub(crate) fn evidence(words: &[Token], lexicon: &Lexicon) -> Evidence {
    let class = |class| words.iter().any(|t| lexicon.classes_of(t).has(class));
    let first = words.first().map(|t| lexicon.classes_of(t)).unwrap_or_default();
    if class(Classes::PLACE) {
        Evidence::Place
    } else if words.len() > 1 && first.has(Classes::GIVEN) {
        Evidence::Given
    } else if words.len() > 2
        && words.iter().skip(1).any(|t| lexicon.classes_of(t).has(Classes::PARTICLE))
    {
        Evidence::Particle
    } else {
        Evidence::None
    }
}
