//! Words: a sentence to tokens with exact ranges.

use averment_types::TextRange;

use crate::lexicon::closed_class;
use crate::{Pos, Token};

/// Appends the tokens of `sentence` in `text` to `out`.
pub(crate) fn tokenize(text: &str, lower: &str, sentence: TextRange, out: &mut Vec<Token>) {
    let Some(words) = sentence.slice(text) else {
        return;
    };
    let mut rest = words;
    let first = out.len();
    while let Some(start) = rest.find(|c: char| !is_space(c)) {
        rest = rest.get(start..).unwrap_or_default();
        let len = token_len(rest);
        let (word, tail) = rest.split_at(len);
        if let Some(range) = TextRange::of(text, word) {
            split_clitic(text, lower, range, out.len() == first, out);
        }
        rest = tail;
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}')
}

/// The length in bytes of the token at the start of `rest`, which starts with no white space.
fn token_len(rest: &str) -> usize {
    let mut chars = rest.char_indices().peekable();
    let Some((_, first)) = chars.next() else {
        return 0;
    };
    if !is_word(first) {
        let same = |c: char| c == first && matches!(c, '.' | '-' | '!' | '?' | '*');
        return chars.find(|(_, c)| !same(*c)).map_or(rest.len(), |(at, _)| at);
    }
    let mut before = first;
    while let Some((at, c)) = chars.next() {
        let joins = is_word(c) || joins_words(c, before, chars.peek().map(|(_, next)| *next));
        if !joins {
            return at;
        }
        before = c;
    }
    rest.len()
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}' | '\u{64b}'..='\u{65f}' | '_')
}

/// Whether a mark between `before` and `after` is part of the word: "al-Qaeda", "3,500", "U.S", "don't".
fn joins_words(mark: char, before: char, after: Option<char>) -> bool {
    let Some(after) = after else { return false };
    match mark {
        '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | '\u{2bc}' => {
            is_word(before) && is_word(after)
        }
        ',' | ':' => before.is_ascii_digit() && after.is_ascii_digit(),
        '.' => {
            (before.is_ascii_digit() && after.is_ascii_digit())
                || (before.is_uppercase() && after.is_uppercase())
        }
        '\u{200d}' | '\u{ad}' => true,
        _ => false,
    }
}

/// Pushes a word, with "'s" and "n't" as tokens of their own.
fn split_clitic(text: &str, lower: &str, range: TextRange, initial: bool, out: &mut Vec<Token>) {
    let word = range.slice(lower).unwrap_or_default();
    let clitic =
        ["'s", "’s", "n't", "n’t"].iter().find(|c| word.len() > c.len() && word.ends_with(**c));
    let cut = range.end() - clitic.map_or(0, |c| c.len());
    for part in [TextRange::new(range.start(), cut), TextRange::new(cut, range.end())] {
        if let Some(part) = part.ok().filter(|part| !part.is_empty()) {
            let initial = initial && part.start() == range.start();
            out.push(Token { range: part, pos: class_of(text, lower, part, initial) });
        }
    }
}

/// The word class, from the list of closed classes or from the form.
fn class_of(text: &str, lower: &str, range: TextRange, initial: bool) -> Pos {
    let word = range.slice(lower).unwrap_or_default();
    let first = range.slice(text).and_then(|w| w.chars().next()).unwrap_or(' ');
    if !word.chars().any(is_word) {
        return if word.chars().all(|c| matches!(c, '$' | '€' | '£' | '%' | '+' | '=')) {
            Pos::Sym
        } else {
            Pos::Punct
        };
    }
    if first.is_ascii_digit() {
        return Pos::Num;
    }
    match closed_class(word) {
        Some(class)
            if initial || first.is_lowercase() || class == Pos::Num || !first.is_alphabetic() =>
        {
            class
        }
        Some(class) if word.len() > 2 => class,
        _ if first.is_uppercase() && !initial => Pos::Propn,
        _ if word.len() > 4 && word.ends_with("ly") => Pos::Adv,
        _ => Pos::X,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        tokenize(text, &text.to_ascii_lowercase(), TextRange::whole(text).unwrap(), &mut out);
        out.iter().map(|t| t.range.slice(text).unwrap()).collect()
    }

    #[test]
    fn marks_inside_words_stay_and_others_part() {
        assert_eq!(
            words("Al-Qaeda’s 3,500 men didn't leave; “U.S.” (JNIM)..."),
            [
                "Al-Qaeda", "’s", "3,500", "men", "did", "n't", "leave", ";", "“", "U.S", ".", "”",
                "(", "JNIM", ")", "..."
            ]
        );
    }
}
