//! An incident: what several claims are taken to be about. Derived, never stored as truth.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{CasualtyKind, ClaimId, IncidentId, PlaceValue, TimeValue, TypeId};

/// An estimate of people harmed, with the claims behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Estimate {
    /// What happened to them.
    pub kind: CasualtyKind,
    /// Lowest credible number; `null` when none is stated.
    pub low: Option<u32>,
    /// Best number; `null` when none is stated.
    pub best: Option<u32>,
    /// Highest credible number; `null` when none is stated.
    pub high: Option<u32>,
    /// The claims that state it.
    pub claims: Vec<ClaimId>,
}

/// A view of the ledger: claims that are taken to tell of one event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// The codebook's type that most of its claims have.
    #[serde(rename = "type")]
    pub type_id: TypeId,
    /// Its claims.
    pub claims: Vec<ClaimId>,
    /// Number of independent origins: reprints and shared upstream sources count once.
    pub independent_origins: u32,
    /// When.
    pub time: Option<TimeValue>,
    /// Where.
    pub place: Option<PlaceValue>,
    /// How many were harmed.
    pub estimates: Vec<Estimate>,
    /// Why the claims were taken together, a sentence each.
    pub reasons: Vec<String>,
}
