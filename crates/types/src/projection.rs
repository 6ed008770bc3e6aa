//! What other codebooks would call the same claim.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// PLOVER's terms.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct PloverProjection {
    /// Event type, for example `ASSAULT`.
    #[serde(rename = "type")]
    pub event_type: String,
    /// Mode, for example `abduct`.
    pub mode: Option<String>,
    /// Contexts, for example `military`.
    #[serde(default)]
    pub contexts: Vec<String>,
}

/// ACLED's terms.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct AcledProjection {
    /// Event type, for example `Battles`.
    pub event_type: String,
    /// Sub-event type, for example `Armed clash`.
    pub sub_event_type: Option<String>,
}

/// UCDP's terms.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct UcdpProjection {
    /// 1 state-based, 2 non-state, 3 one-sided; `null` when the actors do not decide it.
    pub type_of_violence: Option<u8>,
}

/// One claim in the terms of other codebooks; `null` where a codebook has no such type.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
pub struct Projections {
    /// PLOVER (POLECAT).
    pub plover: Option<PloverProjection>,
    /// CAMEO code, two to four digits.
    pub cameo: Option<String>,
    /// ACLED.
    pub acled: Option<AcledProjection>,
    /// UCDP GED.
    pub ucdp: Option<UcdpProjection>,
}
