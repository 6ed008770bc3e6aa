//! The words that a claim rests on, cut from the report's own text.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{TextRange, ZoneKind};

/// An exact quotation from a report.
///
/// It can only be made by cutting it out of the text, so quote and range agree; after a round trip
/// through JSON, [`Evidence::verify`] checks that they still do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    #[serde(flatten)]
    range: TextRange,
    /// The words at the range, byte for byte.
    quote: String,
    /// The zone that the words stand in.
    zone: ZoneKind,
    /// The paragraph around them, as a range of the report's text.
    context: TextRange,
}

/// Why a quotation cannot be evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EvidenceError {
    /// The range is outside the text or cuts a character.
    #[error("evidence range {range} does not fit the text")]
    OutsideText {
        /// The range asked for.
        range: TextRange,
    },
    /// The range holds no words.
    #[error("evidence range {range} holds no words")]
    Empty {
        /// The range asked for.
        range: TextRange,
    },
    /// The zone is not part of the report proper.
    #[error("a {} zone is never evidence", zone.as_str())]
    Zone {
        /// The zone.
        zone: ZoneKind,
    },
    /// The quote is not what stands at its range.
    #[error("the quote differs from the text at {range}")]
    Altered {
        /// The quote's range.
        range: TextRange,
    },
}

impl Evidence {
    /// Cuts `range` out of a report's `text`; `context` is the paragraph around it.
    ///
    /// # Errors
    /// When the range does not fit the text, holds no words, or lies in a zone that is never evidence.
    pub fn cut(
        text: &str,
        range: TextRange,
        zone: ZoneKind,
        context: TextRange,
    ) -> Result<Self, EvidenceError> {
        if !zone.is_evidence() {
            return Err(EvidenceError::Zone { zone });
        }
        let quote = range.slice(text).ok_or(EvidenceError::OutsideText { range })?;
        if quote.trim().is_empty() {
            return Err(EvidenceError::Empty { range });
        }
        Ok(Self { range, quote: quote.to_owned(), zone, context: context.cover(range) })
    }

    /// Checks the quote against the text that it claims to come from.
    ///
    /// # Errors
    /// [`EvidenceError::Altered`] when they differ.
    pub fn verify(&self, text: &str) -> Result<(), EvidenceError> {
        match self.range.slice(text) {
            Some(words) if words == self.quote => Ok(()),
            _ => Err(EvidenceError::Altered { range: self.range }),
        }
    }

    /// Where the words are.
    #[must_use]
    pub const fn range(&self) -> TextRange {
        self.range
    }

    /// The words.
    #[must_use]
    pub fn quote(&self) -> &str {
        &self.quote
    }

    /// The zone that they stand in.
    #[must_use]
    pub const fn zone(&self) -> ZoneKind {
        self.zone
    }

    /// The paragraph around them.
    #[must_use]
    pub const fn context(&self) -> TextRange {
        self.context
    }
}

/// At least one [`Evidence`]: a claim without evidence cannot be built.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Vec<Evidence>", into = "Vec<Evidence>")]
#[schemars(with = "Vec<Evidence>")]
pub struct EvidenceSet {
    first: Evidence,
    rest: Vec<Evidence>,
}

impl EvidenceSet {
    /// A set of one.
    #[must_use]
    pub const fn one(first: Evidence) -> Self {
        Self { first, rest: Vec::new() }
    }

    /// The same set with one more, if it is new.
    #[must_use]
    pub fn and(mut self, more: Evidence) -> Self {
        if self.iter().all(|known| *known != more) {
            self.rest.push(more);
        }
        self
    }

    /// The main quotation.
    #[must_use]
    pub const fn first(&self) -> &Evidence {
        &self.first
    }

    /// All quotations, the main one first.
    pub fn iter(&self) -> impl Iterator<Item = &Evidence> {
        std::iter::once(&self.first).chain(&self.rest)
    }
}

impl From<EvidenceSet> for Vec<Evidence> {
    fn from(set: EvidenceSet) -> Self {
        std::iter::once(set.first).chain(set.rest).collect()
    }
}

impl TryFrom<Vec<Evidence>> for EvidenceSet {
    type Error = &'static str;

    fn try_from(all: Vec<Evidence>) -> Result<Self, Self::Error> {
        let mut all = all.into_iter();
        let first = all.next().ok_or("a claim needs evidence")?;
        Ok(Self { first, rest: all.collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_is_cut_from_the_text_or_refused() {
        let text = "Two were killed. Share.";
        let all = TextRange::whole(text).unwrap();
        let range = TextRange::new(0, 16).unwrap();
        let cut = Evidence::cut(text, range, ZoneKind::Body, all).unwrap();
        assert_eq!(cut.quote(), "Two were killed.");
        assert!(cut.verify("Ten were killed. Share.").is_err());
        assert_eq!(
            Evidence::cut(text, range, ZoneKind::Share, all),
            Err(EvidenceError::Zone { zone: ZoneKind::Share })
        );
        let far = TextRange::new(90, 91).unwrap();
        assert_eq!(
            Evidence::cut(text, far, ZoneKind::Body, all),
            Err(EvidenceError::OutsideText { range: far })
        );
        assert!(serde_json::from_str::<EvidenceSet>("[]").is_err());
    }
}
