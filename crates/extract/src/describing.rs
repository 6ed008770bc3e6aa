//! Words that stand before an act for who does it: "*Russian* strikes", "*rebel* fire", "*Israeli*-Palestinian clashes".
//!
//! Owns which words of a sentence stand so; what they mean is the registry's, which rules want them the codebook's.

use averment_actors::{ActorMention, MentionKind, Registry};
use averment_lang::{Dep, Pos, Reading, Token};

/// The describing words of the report, in order, none of them inside a mention of `actors`, which are in order too.
pub(crate) fn find(
    text: &str,
    reading: &Reading,
    registry: &Registry,
    actors: &[ActorMention],
) -> Vec<ActorMention> {
    let mut found = Vec::new();
    for index in 0..reading.sentences().len() {
        let tokens = reading.sentence_tokens(index);
        for at in (0..tokens.len()).filter(|at| describes(tokens, *at)) {
            found.extend(mention(text, reading, registry, tokens, at));
        }
    }
    found.retain(|mention| {
        let next = actors.partition_point(|actor| actor.span.end() <= mention.span.start());
        actors.get(next).is_none_or(|actor| !actor.span.overlaps(mention.span))
    });
    found
}

/// Whether the token at `at` modifies a noun behind it.
fn describes(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let nominal = matches!(token.pos, Pos::Adj | Pos::Noun | Pos::Propn);
    let modifies =
        matches!(token.relation.universal, Dep::Amod | Dep::Compound | Dep::Nmod | Dep::Conj);
    nominal
        && modifies
        && token.head.is_some_and(|head| head > at || token.relation.universal == Dep::Conj)
}

fn mention(
    text: &str,
    reading: &Reading,
    registry: &Registry,
    tokens: &[Token],
    at: usize,
) -> Option<ActorMention> {
    let span = tokens.get(at)?.range;
    let word = span.slice(text)?;
    let actor = match hyphened(reading, tokens, at) {
        Some(next) if !acts(next) && registry.describing(next).is_none() => return None,
        _ => registry.describing(word)?.clone(),
    };
    let reason = "the word before the act says whose it is";
    Some(ActorMention::certain(span, MentionKind::Generic, actor, reason))
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
