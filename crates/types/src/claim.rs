//! A claim: one statement made in one report.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    AttributionLink, Casualties, ClaimId, Digest, EvidenceSet, Modality, PlaceValue, Polarity,
    Projections, ReportId, Role, RuleId, TextRange, TimeValue, TypeId,
};

/// What sort of statement it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ClaimKind {
    /// Something is said to have taken place: an attack, a clash, an agreement.
    Event,
    /// Somebody is said to stand in a relation to somebody: leads, part of, allied with.
    Relation,
    /// Somebody is said to be in a state: alive, dead, captured.
    Status,
    /// A number is stated for itself: a toll, a cumulative count.
    Count,
}

/// A part of a claim that may be missing.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum GapField {
    /// The time is `null`.
    Time,
    /// The place is `null`.
    Place,
    /// No initiator.
    Initiator,
    /// No target or victim.
    Target,
}

/// Why it is missing.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum GapState {
    /// The report does not say.
    NotStated,
    /// The report says something that could not be resolved.
    Unknown,
    /// The report says several things that cannot all be so.
    Conflicting,
}

/// A missing part of a claim and why it is missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Gap {
    /// What is missing.
    pub field: GapField,
    /// In what way.
    pub state: GapState,
    /// Why, in a sentence.
    pub reason: String,
}

/// A version of everything that decides what is coded.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct CoderVersion {
    /// Version of the coder, for example `0.1.0`.
    pub version: String,
    /// Name and version of the reader under it, for example `patterns-1`.
    pub reader: String,
    /// Name and version of the codebook, for example `averment-2026.1`.
    pub codebook: String,
}

/// What coded a claim.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Coder {
    /// The version of coder, reader and codebook.
    #[serde(flatten)]
    pub version: CoderVersion,
    /// The rule that fired.
    pub rule: RuleId,
}

/// Everything a claim says. See [`Claim`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ClaimContent {
    /// Event, relation, status or count.
    pub kind: ClaimKind,
    /// The codebook's type.
    #[serde(rename = "type")]
    pub type_id: TypeId,
    /// The same in the terms of other codebooks.
    pub projections: Projections,
    /// Who takes part, in which role; in the order of the words.
    pub roles: Vec<Role>,
    /// When; `null` when not known, with a [`Gap`] that says why.
    pub time: Option<TimeValue>,
    /// Where; `null` when not known, with a [`Gap`] that says why.
    pub place: Option<PlaceValue>,
    /// Numbers of people harmed, as stated.
    pub casualties: Vec<Casualties>,
    /// Affirmed, negated or denied.
    pub polarity: Polarity,
    /// Happened, failed, possible …
    pub modality: Modality,
    /// Why polarity and modality are what they are, a sentence each; empty for a plain statement.
    #[serde(default)]
    pub modality_reasons: Vec<String>,
    /// Who says so, from the report's narrator outward; empty when the narrator does.
    pub attribution: Vec<AttributionLink>,
    /// The word or words that made the rule fire.
    pub trigger: TextRange,
    /// The words that the claim rests on.
    pub evidence: EvidenceSet,
    /// What is missing, and why.
    #[serde(default)]
    pub gaps: Vec<Gap>,
    /// Calibrated probability that the claim is right in every field, 0 to 1; `null` where the coder
    /// has no calibration.
    pub confidence: Option<f32>,
    /// What coded it.
    pub coder: Coder,
}

/// A claim: one statement made in one report, with an id that depends on nothing but the report's
/// id and content and on what the claim says. Claims never change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    id: ClaimId,
    #[serde(flatten)]
    content: ClaimContent,
}

impl Claim {
    /// The claim with this content, made in the report `report` whose content has the digest `digest`.
    ///
    /// The id hashes the report, the coder, the type, the trigger, the evidence and where the place is
    /// named. Two claims of one report differ in at least one of these.
    #[must_use]
    pub fn new(report: &ReportId, digest: &Digest, content: ClaimContent) -> Self {
        let evidence: Vec<String> =
            content.evidence.iter().map(|e| e.range().to_string()).collect();
        let place = content.place.as_ref().map(|place| place.span.to_string()).unwrap_or_default();
        let id = Digest::of(&[
            report.as_str().as_bytes(),
            digest.as_bytes(),
            content.coder.version.version.as_bytes(),
            content.coder.version.reader.as_bytes(),
            content.coder.version.codebook.as_bytes(),
            content.coder.rule.as_str().as_bytes(),
            content.type_id.as_str().as_bytes(),
            content.trigger.to_string().as_bytes(),
            evidence.join(",").as_bytes(),
            place.as_bytes(),
        ]);
        Self { id: ClaimId::new(&id.short('c')), content }
    }

    /// The claim's id.
    #[must_use]
    pub const fn id(&self) -> &ClaimId {
        &self.id
    }

    /// What it says.
    #[must_use]
    pub const fn content(&self) -> &ClaimContent {
        &self.content
    }

    /// The same claim, under the same id, as it reads with other content: how a person's decisions make
    /// it read. It is a view and never stored; what the coder found stays what it is.
    #[must_use]
    pub fn read_as(&self, content: ClaimContent) -> Self {
        Self { id: self.id.clone(), content }
    }
}
