//! Phrases of a user's registry that say what is not to be coded: sport, films, history.

use averment_types::{CodedReport, TextRange, WarningCode};
use serde::Deserialize;

use crate::Registry;
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

impl Registry {
    /// Why `part` of `text` is not to be coded, by the `[discards]` of the user's files.
    #[must_use]
    pub fn discard(&self, text: &str, part: TextRange) -> Option<Discard> {
        self.discards.find(text, part)
    }

    /// Takes the claims of discarded sentences out of a report, or all of a discarded report; a warning says so.
    pub fn drop_discarded(&self, coded: &mut CodedReport) {
        let before = coded.claims.len();
        let text = coded.report.text.as_str();
        let whole = TextRange::whole(text).and_then(|all| self.discard(text, all));
        let (what, words) = match whole {
            None => return,
            Some(Discard::Report(words)) => {
                coded.claims.clear();
                ("the report", words)
            }
            Some(Discard::Sentence(words)) => {
                let kept = |range| self.discard(text, range).is_none();
                coded.claims.retain(|claim| kept(claim.content().evidence.first().range()));
                ("a sentence", words)
            }
        };
        let dropped = before - coded.claims.len();
        if dropped > 0 || what == "the report" {
            let at = words.start();
            let message = format!(
                "a phrase of your own registry, at byte {at}, says that {what} is not to be coded; {dropped} claims left out"
            );
            coded.report.warn(WarningCode::Discarded, message);
        }
    }
}
