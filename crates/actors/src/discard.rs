//! Phrases of a user's registry that say what is not to be coded: sport, films, history.

use averment_types::TextRange;
use serde::Deserialize;

use crate::lexicon::{Classes, Lexicon};
use crate::token::tokens;

/// Phrases, found word by word; case and accents do not matter.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Discards {
    /// Phrases whose sentence is left out.
    pub(crate) sentence: Vec<String>,
    /// Phrases whose whole report is left out.
    pub(crate) report: Vec<String>,
}

/// Why words of a report are not to be coded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Discard {
    /// The sentence has a phrase at this range.
    Sentence(TextRange),
    /// The report has a phrase at this range.
    Report(TextRange),
}

const SENTENCE: Classes = Classes::COMMON;
const REPORT: Classes = Classes::DEFINITE;

/// The phrases of all files, made ready.
#[derive(Debug, Default)]
pub(crate) struct DiscardIndex {
    phrases: Lexicon,
    any: bool,
}

impl DiscardIndex {
    pub(crate) fn add(&mut self, discards: &Discards) {
        for (phrases, class) in [(&discards.sentence, SENTENCE), (&discards.report, REPORT)] {
            for phrase in phrases {
                self.phrases.class(phrase, class);
                self.any = true;
            }
        }
    }

    /// The first phrase in `part` of `text`, one of reports before those of sentences.
    pub(crate) fn find(&self, text: &str, part: TextRange) -> Option<Discard> {
        if !self.any {
            return None;
        }
        let mut words = tokens(text, part);
        self.phrases.mark(text, &mut words);
        let mut found = None;
        for first in 0..words.len() {
            let rest = words.get(first..).unwrap_or_default();
            for (length, classes) in self.phrases.classes_at(rest) {
                let range = rest.first().zip(rest.get(length - 1));
                let range = range.and_then(|(a, b)| TextRange::new(a.start, b.end).ok());
                match range {
                    Some(range) if classes.has(REPORT) => return Some(Discard::Report(range)),
                    Some(range) if classes.has(SENTENCE) && found.is_none() => {
                        found = Some(Discard::Sentence(range));
                    }
                    _ => {}
                }
            }
        }
        found
    }
}
