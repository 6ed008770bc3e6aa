//! A dispute: claims that cannot all be so. Derived, never settled silently.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ActorId, ClaimId, DisputeId, IncidentId, OriginId};

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

impl DisputeKind {
    /// The name in JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Perpetrator => "perpetrator",
            Self::Place => "place",
            Self::Date => "date",
            Self::Type => "type",
            Self::Occurrence => "occurrence",
            Self::LifeAndDeath => "life_and_death",
            Self::Leadership => "leadership",
        }
    }
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
    /// It no longer matters: a later word of the same origin, a correction or a retraction took one side away.
    Moot,
}

/// How a person decided a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Resolution {
    /// Who decided.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The position that was taken, as a side spells it; `null` when none of them.
    pub position: Option<String>,
}

/// One side of a dispute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DisputeSide {
    /// What this side holds, in a few words.
    pub position: String,
    /// The claims that hold it.
    pub claims: Vec<ClaimId>,
    /// The independent origins behind them.
    pub origins: Vec<OriginId>,
    /// Whether a later word of the same origins, a correction or a retraction took this side away.
    pub superseded: bool,
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
    /// The actor that it concerns, where there is one.
    pub actor: Option<ActorId>,
    /// The sides, two or more.
    pub sides: Vec<DisputeSide>,
    /// Where it stands.
    pub status: DisputeStatus,
    /// Who decided it and why; `null` while nobody did.
    pub resolution: Option<Resolution>,
    /// Why these claims cannot all be so; for a moot one, what took a side away.
    pub reason: String,
}
