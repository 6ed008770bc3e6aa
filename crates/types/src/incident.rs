//! An incident: what several claims are taken to be about. Derived, never stored as truth.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    ActorRef, CasualtyKind, ClaimId, CountryCode, DateInterval, DatePrec, IncidentId, Origin,
    PlaceKind, ReportId, RoleKind, TypeId, WherePrec,
};

/// Of whom an estimate counts.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum EstimateOf {
    /// Everybody.
    All,
    /// The first side: the initiator, or the side named first.
    SideA,
    /// The second side.
    SideB,
    /// People who belong to no side.
    Civilians,
    /// People of whom it is not known.
    Unknown,
}

/// An estimate of people harmed, with the claims behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Estimate {
    /// What happened to them.
    pub kind: CasualtyKind,
    /// Of whom.
    pub of: EstimateOf,
    /// Lowest credible number; `null` when none is stated.
    pub low: Option<u32>,
    /// Best number; `null` when none is stated.
    pub best: Option<u32>,
    /// Highest credible number; `null` when none is stated.
    pub high: Option<u32>,
    /// The claims that the best number rests on.
    pub claims: Vec<ClaimId>,
    /// Claims with other numbers, also those that a later one supersedes.
    pub dissent: Vec<ClaimId>,
    /// How the numbers were chosen, a sentence each.
    pub reasons: Vec<String>,
}

/// How sharply an incident is told, after UCDP GED's `event_clarity`.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum EventClarity {
    /// One event, told as such (1).
    Clear,
    /// Several events told as one, or a day that is not known (2).
    Aggregated,
}

impl EventClarity {
    /// UCDP GED's `event_clarity`.
    #[must_use]
    pub const fn ucdp(self) -> u8 {
        match self {
            Self::Clear => 1,
            Self::Aggregated => 2,
        }
    }
}

/// When an incident was, on whose word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IncidentTime {
    /// The days.
    #[serde(flatten)]
    pub interval: DateInterval,
    /// How exact they are.
    pub precision: DatePrec,
    /// Whether any claim infers a part of the date.
    pub inferred: bool,
    /// The claims that say so.
    pub claims: Vec<ClaimId>,
    /// The claims that say otherwise.
    pub dissent: Vec<ClaimId>,
}

/// Where an incident was, on whose word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IncidentPlace {
    /// The place's usual name.
    pub name: String,
    /// What kind of place.
    pub kind: PlaceKind,
    /// Its country; `null` when it lies in several, in none, or the country is open.
    pub country: Option<CountryCode>,
    /// Its first-order division.
    pub admin1: Option<String>,
    /// Latitude, degrees north; `null` when a point would mislead.
    pub lat: Option<f64>,
    /// Longitude, degrees east.
    pub lon: Option<f64>,
    /// How exact it is.
    pub precision: WherePrec,
    /// Its id in the gazetteer.
    pub gazetteer_id: Option<String>,
    /// The claims that say so, or less exactly the same.
    pub claims: Vec<ClaimId>,
    /// The claims that say otherwise.
    pub dissent: Vec<ClaimId>,
}

/// Who took part in an incident, on whose word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct IncidentActor {
    /// The part played.
    pub role: RoleKind,
    /// Who.
    pub actor: ActorRef,
    /// The claims that name this actor in this part.
    pub claims: Vec<ClaimId>,
    /// The claims that name an actor in this part who is neither this one nor a part of it, nor the other way round.
    pub dissent: Vec<ClaimId>,
}

/// One thing that speaks for or against two claims telling of one event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EvidencePoint {
    /// What is compared: `type`, `time`, `place`, `actors`, `toll`, `words`, `copy`, `story`, `decision`.
    pub aspect: String,
    /// How much it speaks for (positive) or against (negative).
    pub points: i32,
    /// The reason in words.
    pub reason: String,
}

/// Two claims that were taken together, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ClaimLink {
    /// The one claim.
    pub a: ClaimId,
    /// The other.
    pub b: ClaimId,
    /// The sum of the points.
    pub points: i32,
    /// What they are made of.
    pub evidence: Vec<EvidencePoint>,
}

/// A view of the ledger: claims that are taken to tell of one event.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Incident {
    /// Its id: a digest of the least of its claims' ids, so that it stays while claims come.
    pub id: IncidentId,
    /// The codebook's type that most of its origins give, the more specific one on a tie.
    #[serde(rename = "type")]
    pub type_id: TypeId,
    /// The other types that claims give.
    pub other_types: Vec<TypeId>,
    /// Its claims, by id.
    pub claims: Vec<ClaimId>,
    /// Claims that it did not happen.
    pub denials: Vec<ClaimId>,
    /// The reports that its claims are made in.
    pub reports: Vec<ReportId>,
    /// Reports without a claim about it that tell the same story, by their words, names and dates.
    pub related_reports: Vec<ReportId>,
    /// Its origins. Reprints and reports that lean on the same source are one.
    pub origins: Vec<Origin>,
    /// Number of independent origins.
    pub independent_origins: u32,
    /// How many of them are parties to the conflict.
    pub party_origins: u32,
    /// When; `null` when no claim says.
    pub time: Option<IncidentTime>,
    /// Where; `null` when no claim says.
    pub place: Option<IncidentPlace>,
    /// Who took part.
    pub actors: Vec<IncidentActor>,
    /// How many were harmed.
    pub estimates: Vec<Estimate>,
    /// How sharply it is told.
    pub clarity: EventClarity,
    /// The links that hold its claims together: a tree, the strongest ones first.
    pub links: Vec<ClaimLink>,
}
