//! The words everyone shares: text ranges, ids, reports, claims, incidents and disputes.
//!
//! This crate owns the vocabulary and its JSON form; it refuses files, databases, clocks and
//! language. Every other crate depends on it and it depends on none of them.
//!
//! Three rules hold for everything here:
//!
//! - **Offsets** are UTF-8 bytes into [`Report::text`], end-exclusive ([`TextRange`]).
//! - **A claim has evidence.** [`EvidenceSet`] cannot be empty, and [`Evidence`] is cut from the
//!   report's own text, so a quote can never differ from its range.
//! - **Unknown is a value.** A missing time or place is `null` in JSON *and* has a [`Gap`] that says
//!   whether it was not stated, not understood, or stated in conflicting ways.

mod antecedent;
mod attribution;
mod casualty;
mod change;
mod claim;
mod code;
mod coded;
mod correction;
mod decision;
mod dispute;
mod evidence;
mod id;
mod incident;
mod modality;
mod origin;
mod original;
mod place;
mod projection;
mod range;
mod report;
mod role;
mod time;
mod zone;

pub use antecedent::Antecedent;
pub use attribution::{AttributionLink, SpeakerKind};
pub use casualty::{Casualties, CasualtyGroup, CasualtyKind};
pub use change::{Cause, Change, ChangeKind};
pub use claim::{Claim, ClaimContent, ClaimKind, Coder, CoderVersion, Gap, GapField, GapState};
pub use code::{CodeError, CountryCode, LanguageCode, Url};
pub use coded::CodedReport;
pub use correction::{Correction, StatedNumber};
pub use decision::{Act, Decision, Verdict};
pub use dispute::{Dispute, DisputeKind, DisputeSide, DisputeStatus, Resolution};
pub use evidence::{Evidence, EvidenceError, EvidenceSet};
pub use id::{
    ActorId, ClaimId, DecisionId, Digest, DisputeId, IncidentId, OriginId, ReportId, RuleId, TypeId,
};
pub use incident::{ClaimLink, Estimate, EstimateOf, EventClarity, EvidencePoint, Incident};
pub use incident::{IncidentActor, IncidentPlace, IncidentTime};
pub use modality::{Modality, Polarity};
pub use origin::{Credibility, CredibilityError, Origin, OriginKind, Reliability};
pub use original::{MapSegment, Original, SourceMap};
pub use place::{Geometry, PlaceCandidate, PlaceKind, PlaceValue, WherePrec};
pub use projection::{AcledProjection, PloverProjection, Projections, UcdpProjection};
pub use range::{RangeError, TextRange};
pub use report::{Format, Published, PublishedSource, Report, SourceInfo, Warning, WarningCode};
pub use role::{ActorCandidate, ActorKind, ActorRef, Allegation, Role, RoleKind};
pub use time::{DateInterval, DatePrec, IntervalError, TimeCandidate, TimeValue};
pub use zone::{Zone, ZoneKind};
