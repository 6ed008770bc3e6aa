//! Did it happen at all.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether the statement affirms or negates.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Polarity {
    /// It is said to be so.
    Affirmed,
    /// It is said not to be so: "has not been able to", "no one was hurt".
    Negated,
    /// Somebody is said to deny it: "the army denied that".
    Denied,
}

/// In what way the statement relates to what happened.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Modality {
    /// Stated as having happened, or as holding.
    Happened,
    /// Tried and failed, or thwarted by others.
    Failed,
    /// Tried; the outcome is open.
    Attempted,
    /// Planned or prepared.
    Planned,
    /// Possible: may, might, could.
    Possible,
    /// Under a condition: if, unless, would.
    Conditional,
    /// Foretold: will, is expected to.
    Predicted,
    /// Threatened.
    Threatened,
    /// Called for, ordered, urged.
    Urged,
    /// Hoped for, sought.
    Wished,
    /// Repeated, without a count: "from time to time", "a series of".
    Habitual,
}

impl Modality {
    /// Whether, with an affirmed polarity, the statement says that something really happened.
    #[must_use]
    pub const fn is_actual(self) -> bool {
        matches!(self, Self::Happened | Self::Habitual)
    }
}
