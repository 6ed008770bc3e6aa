//! Words with hyphens: the reader's tokens "al", "-", "Qaeda" as the one word that the word lists know.
//!
//! Owns the joining, and nothing that asks what the word means.

use averment_lang::{Pos, Reading, Token};

/// The tokens of the sentence at `index`, with those that hyphens glue together joined to one; figures
/// stay apart, for "20-30" is two numbers. A joined word stands in the tree where the part stood that
/// is nearest to the root.
pub(crate) fn joined(reading: &Reading, index: usize) -> Vec<Token> {
    let tokens = reading.sentence_tokens(index);
    let depths = depths(tokens);
    let mut words: Vec<Token> = Vec::with_capacity(tokens.len());
    // The word that each token went into.
    let mut word_of: Vec<usize> = Vec::with_capacity(tokens.len());
    // The parts of the last word.
    let mut parts = 0..0;
    for (at, token) in tokens.iter().enumerate() {
        let glue = at > parts.start && glued(reading, tokens, parts.start, at);
        if let Some(word) = words.last_mut().filter(|_| glue) {
            parts.end = at + 1;
            let range = word.range.cover(token.range);
            *word = *governor(tokens, &parts, &depths).unwrap_or(token);
            word.range = range;
        } else {
            parts = at..at + 1;
            words.push(*token);
        }
        word_of.push(words.len() - 1);
    }
    for word in &mut words {
        word.head = word.head.and_then(|head| word_of.get(head).copied());
    }
    words
}

/// Whether token `at` goes on the word that began with token `first`: a hyphen between words, or the word
/// behind it.
fn glued(reading: &Reading, tokens: &[Token], first: usize, at: usize) -> bool {
    let touching = |left: usize| match (tokens.get(left), tokens.get(left + 1)) {
        (Some(left), Some(right)) => left.range.end() == right.range.start(),
        _ => false,
    };
    let is = |at: usize, wanted: fn(&Reading, &Token) -> bool| {
        tokens.get(at).is_some_and(|token| wanted(reading, token))
    };
    let joins = |hyphen: usize| {
        hyphen > first
            && is(hyphen, is_hyphen)
            && touching(hyphen - 1)
            && touching(hyphen)
            && is(hyphen - 1, is_word)
            && is(hyphen + 1, is_word)
            && !(is(hyphen - 1, is_figure) && is(hyphen + 1, is_figure))
    };
    joins(at) || joins(at - 1)
}

fn is_hyphen(reading: &Reading, token: &Token) -> bool {
    matches!(reading.lower(token), "-" | "\u{2010}" | "\u{2011}")
}

fn is_word(reading: &Reading, token: &Token) -> bool {
    !is_hyphen(reading, token) && !matches!(token.pos, Pos::Punct | Pos::Sym)
}

fn is_figure(reading: &Reading, token: &Token) -> bool {
    reading.lower(token).starts_with(|c: char| c.is_ascii_digit())
}

/// The part that governs the others: the one nearest to the root. Where the depth falls from each joined word
/// to its head, joining makes no circle.
fn governor<'t>(
    tokens: &'t [Token],
    parts: &std::ops::Range<usize>,
    depths: &[usize],
) -> Option<&'t Token> {
    let part = parts.clone().min_by_key(|at| depths.get(*at).copied().unwrap_or(usize::MAX))?;
    tokens.get(part)
}

/// How many arcs lie between each token and the root.
fn depths(tokens: &[Token]) -> Vec<usize> {
    let mut depths: Vec<Option<usize>> = vec![None; tokens.len()];
    for at in 0..tokens.len() {
        let mut way = Vec::new();
        let mut next = Some(at);
        let known = loop {
            let Some(here) = next else { break 0 };
            if let Some(depth) = depths.get(here).copied().flatten() {
                break depth + 1;
            }
            if way.len() > tokens.len() {
                break 0;
            }
            way.push(here);
            next = tokens.get(here).and_then(|token| token.head);
        };
        for (above, token) in way.iter().rev().enumerate() {
            if let Some(depth) = depths.get_mut(*token) {
                *depth = Some(known + above);
            }
        }
    }
    depths.into_iter().map(Option::unwrap_or_default).collect()
}

#[cfg(test)]
mod tests {
    use averment_lang::{Reader, ReaderKind};

    use super::*;

    #[test]
    fn joined_words_stand_in_a_tree() {
        let reader = Reader::shipped(ReaderKind::Fast).unwrap();
        let reading = reader.read_text(
            "The al-Qaeda-linked group, pro-government and anti-Western-minded, hit a check-point in mid-2020 - 20-30 died.",
        );
        for index in 0..reading.sentences().len() {
            let words = joined(&reading, index);
            assert!(words.iter().any(|w| reading.lower(w) == "al-qaeda-linked"));
            assert!(words.iter().any(|w| reading.lower(w) == "30"));
            for start in 0..words.len() {
                let way = std::iter::successors(Some(start), |at| words.get(*at)?.head);
                assert!(way.take(words.len() + 1).count() <= words.len(), "a circle at {start}");
            }
        }
    }

    #[test]
    fn the_part_nearest_to_the_root_governs() {
        let reader = Reader::shipped(ReaderKind::Fast).unwrap();
        let reading = reader.read_text("Gunmen killed a well-known mayor.");
        let tokens = reading.sentence_tokens(0);
        let depths = depths(tokens);
        for (at, token) in tokens.iter().enumerate() {
            let above = token.head.map(|head| depths[head]);
            assert_eq!(depths[at], above.map_or(0, |above| above + 1));
        }
    }
}
