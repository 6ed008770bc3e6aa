//! A reading: what the coder sees of a report.

use averment_types::{Report, TextRange, ZoneKind};

use crate::refine::refine;
use crate::{Pos, sentence, token};

/// Name and version of the reader; every claim carries it.
pub const READER: &str = "patterns-1";

/// A word, number or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it is.
    pub range: TextRange,
    /// Its word class; [`Pos::X`] where the reader has no opinion.
    pub pos: Pos,
}

/// A sentence, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where it is.
    pub range: TextRange,
    /// The zone that holds it: the paragraph, heading or quotation.
    pub paragraph: TextRange,
    /// What kind of zone that is.
    pub zone: ZoneKind,
    first: usize,
    last: usize,
}

/// Sentences and tokens of the parts of a report that may be evidence.
#[derive(Debug, Clone)]
pub struct Reading {
    lower: String,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
}

/// Reads the zones of `report` that may be evidence.
#[must_use]
pub fn read(report: &Report) -> Reading {
    let zones = report.evidence_zones().map(|zone| (zone.kind, zone.range));
    read_zones(&report.text, zones)
}

/// Reads a bare text as one body.
#[must_use]
pub fn read_text(text: &str) -> Reading {
    read_zones(text, TextRange::whole(text).map(|all| (ZoneKind::Body, all)).into_iter())
}

fn read_zones(text: &str, zones: impl Iterator<Item = (ZoneKind, TextRange)>) -> Reading {
    let lower = text.to_ascii_lowercase();
    let mut reading = Reading { lower, sentences: Vec::new(), tokens: Vec::new() };
    for (zone, paragraph) in zones {
        for range in sentence::split(text, paragraph) {
            let first = reading.tokens.len();
            token::tokenize(text, &reading.lower, range, &mut reading.tokens);
            let last = reading.tokens.len();
            refine(&reading.lower, reading.tokens.get_mut(first..).unwrap_or_default());
            reading.sentences.push(Sentence { range, paragraph, zone, first, last });
        }
    }
    reading
}

impl Reading {
    /// The sentences, in order of the text.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The tokens of the sentence at `index` of [`Reading::sentences`]; none for an index too high.
    #[must_use]
    pub fn sentence_tokens(&self, index: usize) -> &[Token] {
        let range = self.sentences.get(index).map_or(0..0, |s| s.first..s.last);
        self.tokens.get(range).unwrap_or_default()
    }

    /// The token's words with ASCII letters in lower case.
    #[must_use]
    pub fn lower(&self, token: &Token) -> &str {
        token.range.slice(&self.lower).unwrap_or_default()
    }

    /// Number of tokens that are words or numbers: the "words" of all throughput figures.
    #[must_use]
    pub fn words(&self) -> usize {
        self.tokens.iter().filter(|t| !matches!(t.pos, Pos::Punct | Pos::Sym)).count()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn tokens_lie_in_their_sentences_in_order(text in "\\PC{0,200}|[A-Za-z .,'’\"\n-]{0,200}") {
            let reading = read_text(&text);
            let mut end = 0;
            for (index, sentence) in reading.sentences().iter().enumerate() {
                prop_assert!(sentence.range.start() >= end && sentence.range.slice(&text).is_some());
                let mut at = sentence.range.start();
                for token in reading.sentence_tokens(index) {
                    prop_assert!(token.range.start() >= at && !token.range.is_empty());
                    prop_assert!(sentence.range.contains(token.range) && token.range.slice(&text).is_some());
                    at = token.range.end();
                }
                end = sentence.range.end();
            }
            let inked = |s: &str| s.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}')).count();
            let tokens: usize = (0..reading.sentences().len())
                .flat_map(|i| reading.sentence_tokens(i))
                .map(|t| inked(t.range.slice(&text).unwrap_or_default())).sum();
            prop_assert_eq!(tokens, inked(&text));
        }
    }
}
