//! Windows: which sentences the encoder sees together, as the numbers that it reads.
//!
//! Windows depend on the report alone, so that a word's scores do not depend on what else is read.

use std::ops::Range;

use averment_types::TextRange;

use crate::bundle::{LONGEST, Pieces};
use crate::pieces::{CASES, NO_CASE, Spelling, case_class};

/// A sentence in a window, or a part of one that is longer than any window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// The sentence's index.
    pub(crate) sentence: usize,
    /// Its tokens, counted from the first one of the reading.
    pub(crate) tokens: Range<usize>,
    /// Whether the sentence begins here.
    pub(crate) opens: bool,
}

/// Packs sentences, given by index and tokens, into windows of at most `limit` pieces, of which each token
/// has `size`; a longer sentence
/// has a window for itself, and above [`LONGEST`] pieces several.
pub(crate) fn pack(
    sentences: impl Iterator<Item = (usize, Range<usize>)>,
    size: impl Fn(usize) -> usize,
    limit: usize,
) -> Vec<Vec<Part>> {
    let mut windows: Vec<Vec<Part>> = Vec::new();
    let mut free = 0;
    for (sentence, tokens) in sentences {
        for (part, size) in cut(sentence, tokens, &size) {
            if part.opens && size <= free {
                free -= size;
                if let Some(window) = windows.last_mut() {
                    window.push(part);
                }
            } else {
                free = if part.opens { limit.saturating_sub(size) } else { 0 };
                windows.push(vec![part]);
            }
        }
    }
    windows
}

/// The parts of a sentence with their sizes in pieces: one, unless it is too long.
fn cut(
    sentence: usize,
    tokens: Range<usize>,
    size_of: impl Fn(usize) -> usize,
) -> Vec<(Part, usize)> {
    let mut parts: Vec<(Part, usize)> = Vec::new();
    for token in tokens {
        let size = size_of(token);
        match parts.last_mut() {
            Some((part, sum)) if *sum + size <= LONGEST => {
                *sum += size;
                part.tokens.end = token + 1;
            }
            _ => {
                let opens = parts.is_empty();
                parts.push((Part { sentence, tokens: token..token + 1, opens }, size));
            }
        }
    }
    parts
}

/// What the encoder reads of a window.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Input {
    /// Pieces of the words between two marks.
    pub(crate) ids: Vec<i32>,
    /// Case class of each piece's word; the first piece of a sentence's first word has [`CASES`] more.
    pub(crate) cases: Vec<i32>,
    /// Where in `ids` each word begins.
    pub(crate) first: Vec<i32>,
}

impl Input {
    /// The numbers for `window`; `words` holds the ranges of all tokens of the reading.
    pub(crate) fn of(
        window: &[Part],
        text: &str,
        words: &[TextRange],
        spelling: &Spelling,
        marks: Pieces,
    ) -> Self {
        let mut input = Self::default();
        input.mark(marks.first);
        for part in window {
            for token in part.tokens.clone() {
                let word = words.get(token).and_then(|range| range.slice(text));
                let opens = part.opens && token == part.tokens.start;
                input.word(spelling.of(token), case_class(word.unwrap_or_default()), opens);
            }
        }
        input.mark(marks.last);
        input
    }

    fn mark(&mut self, id: u32) {
        self.ids.extend(i32::try_from(id));
        self.cases.push(NO_CASE.into());
    }

    fn word(&mut self, ids: &[i32], case: u8, opens: bool) {
        self.first.extend(i32::try_from(self.ids.len()));
        self.ids.extend_from_slice(ids);
        self.cases.push((case + if opens { CASES } else { 0 }).into());
        self.cases.resize(self.ids.len(), case.into());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::EN_FAST;
    use crate::pieces::Speller;

    /// Windows over sentences of so many one-piece words, as (sentence, words, opens).
    fn packed(sizes: &[usize], limit: usize) -> Vec<Vec<(usize, usize, bool)>> {
        let total: usize = sizes.iter().sum();
        let text = "a".repeat(total);
        let pieces = EN_FAST.manifest().unwrap().pieces;
        let ranges = (0..total).map(|at| TextRange::new(at, at + 1).unwrap());
        let spelling =
            Speller::load(&EN_FAST, pieces).unwrap().spell(&text, &ranges.collect::<Vec<_>>());
        let mut start = 0;
        let sentences = sizes.iter().map(|size| {
            start += size;
            start - size..start
        });
        let windows = pack(sentences.enumerate(), |word| spelling.of(word).len(), limit);
        let seen: Vec<usize> = windows.iter().flatten().flat_map(|p| p.tokens.clone()).collect();
        assert_eq!(seen, (0..total).collect::<Vec<_>>(), "every word once, in order");
        let brief = |part: &Part| (part.sentence, part.tokens.len(), part.opens);
        windows.iter().map(|window| window.iter().map(brief).collect()).collect()
    }

    #[test]
    fn sentences_share_a_window_up_to_its_size() {
        assert_eq!(
            packed(&[50, 60, 18, 1, 127, 5], 128),
            [
                vec![(0, 50, true), (1, 60, true), (2, 18, true)],
                vec![(3, 1, true), (4, 127, true)],
                vec![(5, 5, true)]
            ]
        );
    }

    #[test]
    fn long_sentences_stand_alone_and_endless_ones_are_cut() {
        assert_eq!(
            packed(&[3, 200, 0, 800, 4], 128),
            [
                vec![(0, 3, true)],
                vec![(1, 200, true)],
                vec![(3, 384, true)],
                vec![(3, 384, false)],
                vec![(3, 32, false)],
                vec![(4, 4, true)]
            ]
        );
    }

    #[test]
    fn a_window_is_written_as_in_the_training() {
        let text = "Boko Haram fled.";
        let words: Vec<TextRange> = [(0, 4), (5, 10), (11, 15), (15, 16)]
            .iter()
            .map(|(start, end)| TextRange::new(*start, *end).unwrap())
            .collect();
        let pieces = EN_FAST.manifest().unwrap().pieces;
        let spelling = Speller::load(&EN_FAST, pieces).unwrap().spell(text, &words);
        let windows = pack([(0, 0..3), (1, 3..4)].into_iter(), |word| spelling.of(word).len(), 128);
        let input = Input::of(&windows[0], text, &words, &spelling, pieces);
        let spelt: Vec<i32> = (0..4).flat_map(|word| spelling.of(word)).copied().collect();
        let marks = [pieces.first, pieces.last].map(|mark| i32::try_from(mark).unwrap());
        assert_eq!(input.ids, [&marks[..1], &spelt, &marks[1..]].concat());
        assert_eq!(input.cases, [6, 8, 1, 1, 1, 0, 13, 6]);
        assert_eq!(input.first, [1, 3, 5, 6]);
    }
}
