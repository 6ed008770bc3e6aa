//! Whom words like "he" or "the group" stand for, in the words that name him.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::TextRange;

/// Words before a reference that say who is meant by it: "Rami Abdel Rahman" for "he".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Antecedent {
    /// The words, exactly as in the report.
    pub text: String,
    /// Where they are.
    #[serde(flatten)]
    pub range: TextRange,
}

impl Antecedent {
    /// The words at `range` of a report's `text`; `None` where there are none.
    #[must_use]
    pub fn at(text: &str, range: TextRange) -> Option<Self> {
        let words = range.slice(text).filter(|words| !words.trim().is_empty())?;
        Some(Self { text: words.to_owned(), range })
    }
}
