//! A text's words: folded, told apart as names, numbers and other words, and how much each says.

use std::sync::OnceLock;

use crate::hash::{ByHash, hash, short};

static COMMON: &str = include_str!("../../../data/lexicons/common-words.tsv");

/// The weight of a word that no background text and no other report has.
const MOST: u32 = 13;
/// A background article counts as so many reports: 847 of them stand for some 50,000.
const BACKGROUND: u32 = 60;

/// A word of so many reports, those of the background counted in, says nothing.
const COMMON_FROM: u32 = 512;
/// Nor does a word of so many reports of ours. So one more report changes what a word says for a hundred and
/// twenty-seven others at the most.
pub(crate) const MANY: usize = 128;

/// What a word looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Begins with a capital.
    Name,
    /// Begins with a digit.
    Number,
    /// Anything else.
    Plain,
}

/// A word of a text.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Hash of its folded letters, without a possessive `'s`.
    pub(crate) hash: u32,
    /// What it looks like.
    pub(crate) shape: Shape,
    /// Its first byte in the text.
    pub(crate) start: usize,
    /// The byte behind it.
    pub(crate) end: usize,
    /// Number of its letters.
    pub(crate) letters: u16,
}

/// Letters folded to lower-case ASCII.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    any_ascii::any_ascii(text).to_ascii_lowercase()
}

/// The words of `text`, in order. Apostrophes and points stand inside words and numbers, never at their ends.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let joins = matches!(c, '\'' | '’' | '.' | ',');
        let inside = c.is_alphanumeric() || (joins && start.is_some() && joined(text, at, c));
        match (start, inside) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.extend(text.get(from..at).map(|word| make(word, from, at)));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether the mark `c` at `at` stands between two letters (apostrophes) or two digits (points, commas).
fn joined(text: &str, at: usize, c: char) -> bool {
    let before = text.get(..at).and_then(|t| t.chars().next_back());
    let after = text.get(at + c.len_utf8()..).and_then(|t| t.chars().next());
    let both = |test: fn(char) -> bool| before.is_some_and(test) && after.is_some_and(test);
    if matches!(c, '.' | ',') { both(|c| c.is_ascii_digit()) } else { both(char::is_alphabetic) }
}

fn make(word: &str, start: usize, end: usize) -> Word {
    let folded = fold(word).replace('’', "'");
    let folded = folded.strip_suffix("'s").unwrap_or(&folded);
    let shape = match word.chars().next() {
        Some(c) if c.is_uppercase() => Shape::Name,
        Some(c) if c.is_numeric() => Shape::Number,
        _ => Shape::Plain,
    };
    let letters = u16::try_from(folded.len()).unwrap_or(u16::MAX);
    Word { hash: short(hash(folded.as_bytes())), shape, start, end, letters }
}

/// How many of the background's articles have a word, by its hash.
fn background() -> &'static ByHash<u32, u32> {
    static TABLE: OnceLock<ByHash<u32, u32>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let lines = COMMON.lines().filter(|line| !line.starts_with('#'));
        let pairs = lines.filter_map(|line| line.split_once('\t'));
        pairs
            .filter_map(|(word, power)| {
                let power: u32 = power.parse().ok()?;
                Some((short(hash(word.as_bytes())), 1_u32 << power.min(16)))
            })
            .collect()
    })
}

/// Whether so common that no two texts are alike for it.
pub(crate) fn is_common(word: u32) -> bool {
    background().get(&word).is_some_and(|count| *count >= 64)
}

/// How much it says of two texts that both have a word: 0 for words of every text, nearly [`MOST`] for one that nobody
/// else has. `reports` is the number of reports that have it. It falls in steps, when that number has grown fourfold, so
/// that one more report hardly ever changes it.
pub(crate) fn weight(word: u32, reports: usize) -> u32 {
    let known = background().get(&word).copied().unwrap_or(0);
    let here = u32::try_from(reports).unwrap_or(u32::MAX);
    let seen = known.saturating_mul(BACKGROUND).saturating_add(here).saturating_add(1);
    if seen >= COMMON_FROM || reports >= MANY { 0 } else { MOST.saturating_sub(seen.ilog2() | 1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts<'t>(text: &'t str, words: &[Word]) -> Vec<&'t str> {
        words.iter().filter_map(|word| text.get(word.start..word.end)).collect()
    }

    #[test]
    fn words_keep_inner_marks_and_lose_outer_ones() {
        let text = "Ba'ath's 1,200 men, on 3.5 km. Left…";
        let found = words(text);
        assert_eq!(texts(text, &found), ["Ba'ath's", "1,200", "men", "on", "3.5", "km", "Left"]);
        assert_eq!(found[1].shape, Shape::Number);
        assert_eq!(words("Koufa's")[0].hash, words("KOUFA")[0].hash);
        assert_eq!(words("Ménaka")[0].hash, words("Menaka")[0].hash);
    }

    #[test]
    fn rare_words_weigh_more_and_more_reports_make_a_word_weigh_less() {
        let of = |word: &str| words(word)[0].hash;
        assert_eq!(weight(of("the"), 1), 0);
        assert!(weight(of("Tinzaouaten"), 2) > weight(of("soldiers"), 2));
        assert!(weight(of("Tinzaouaten"), 2) > weight(of("Tinzaouaten"), 200));
        assert_eq!(weight(of("Tinzaouaten"), 600), 0);
        assert!(is_common(of("said")));
    }
}
