//! What differs between two states of a ledger: one cell, and why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ClaimId, CoderVersion, DecisionId, Digest, ReportId, TypeId};

/// In what way a claim differs.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It is in the second state alone.
    Added,
    /// It is in the first state alone.
    Removed,
    /// It is in both, and a cell differs.
    Changed,
}

/// Why a cell differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "cause", rename_all = "snake_case")]
pub enum Cause {
    /// The report is in one of the states alone.
    Report,
    /// The report has other content.
    Revision {
        /// The content before.
        from: Digest,
        /// The content after.
        to: Digest,
    },
    /// The report was coded by another version.
    Coder {
        /// The version before.
        from: CoderVersion,
        /// The version after.
        to: CoderVersion,
    },
    /// A person decided so, or undid a decision.
    Decision {
        /// The decision: that of the second state, else the one that holds there no longer.
        id: DecisionId,
        /// Who made it.
        by: String,
        /// Why.
        because: Option<String>,
        /// Whether it is in force in the second state.
        in_force: bool,
    },
}

/// One cell that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// In what way.
    pub change: ChangeKind,
    /// The report.
    pub report: ReportId,
    /// The claim in the first state.
    pub claim_before: Option<ClaimId>,
    /// The claim in the second state.
    pub claim_after: Option<ClaimId>,
    /// Its type, in the second state where it is there.
    #[serde(rename = "type")]
    pub type_id: TypeId,
    /// The cell's name; `claim` where the whole claim comes or goes.
    pub field: String,
    /// What it held; empty for nothing.
    pub before: String,
    /// What it holds; empty for nothing.
    pub after: String,
    /// Why.
    #[serde(flatten)]
    pub cause: Cause,
}
