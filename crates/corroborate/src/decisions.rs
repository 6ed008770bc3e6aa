//! What people decided: same incident, not the same, grades, settled disputes, taken back reports.
//!
//! A plain input: where decisions are kept, and who may make them, is somebody else's work.

use std::collections::BTreeMap;

use averment_types::{
    ClaimId, Credibility, DisputeId, OriginId, Reliability, ReportId, Resolution,
};

/// The decisions that hold when incidents are derived.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decisions {
    /// Two claims that a person says tell of one event.
    pub same: Vec<(ClaimId, ClaimId)>,
    /// Two claims that a person says do not tell of one event. It weighs more than `same`.
    pub not_same: Vec<(ClaimId, ClaimId)>,
    /// Grades of sources.
    pub reliability: BTreeMap<OriginId, Reliability>,
    /// Grades of single claims.
    pub credibility: BTreeMap<ClaimId, Credibility>,
    /// Disputes that a person settled.
    pub resolved: BTreeMap<DisputeId, Resolution>,
    /// Reports that their publisher took back.
    pub retracted: Vec<ReportId>,
}
