//! A dispute: claims that cannot all be so. Derived, never settled silently.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ClaimId, DisputeId, IncidentId};

/// What a dispute is about.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum DisputeKind {
    /// Numbers that cannot both be right.
    Number,
    /// Who did it.
    Perpetrator,
    /// Where.
    Place,
    /// When.
    Date,
    /// What it was.
    Type,
    /// Happened or denied.
    Occurrence,
    /// Alive or dead.
    LifeAndDeath,
    /// Who leads.
    Leadership,
}

/// Where a dispute stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DisputeStatus {
    /// Nobody has decided it.
    Open,
    /// A person decided it.
    Resolved,
    /// It no longer matters, for example after a retraction.
    Moot,
}

/// One side of a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DisputeSide {
    /// What this side holds, in a few words.
    pub position: String,
    /// The claims that hold it.
    pub claims: Vec<ClaimId>,
    /// Number of independent origins behind them.
    pub independent_origins: u32,
}

/// Claims that cannot all be so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Dispute {
    /// Its id.
    pub id: DisputeId,
    /// What it is about.
    pub kind: DisputeKind,
    /// The incident that it concerns, where there is one.
    pub incident: Option<IncidentId>,
    /// The sides, two or more.
    pub sides: Vec<DisputeSide>,
    /// Where it stands.
    pub status: DisputeStatus,
    /// Why these claims cannot all be so.
    pub reason: String,
}
