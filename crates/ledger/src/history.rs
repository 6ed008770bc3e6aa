//! What the ledger answers with: stored claims and reports, and what has replaced them since.

use averment_types::{
    Claim, ClaimId, CodedReport, CoderVersion, Digest, LanguageCode, Published, ReportId, Url,
};
use jiff::Timestamp;
use serde::Serialize;

use crate::force::Standing;

/// The main facts about a stored report, without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReportSummary {
    /// Its id.
    pub id: ReportId,
    /// Its revision: the digest of its content.
    pub digest: Digest,
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Its address.
    pub url: Option<Url>,
    /// When it was published.
    pub published: Option<Published>,
    /// Its language.
    pub language: Option<LanguageCode>,
    /// How many claims this coding found in it.
    pub claims: u32,
}

/// In what way something was superseded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SupersededBy {
    /// The report came again under the same id with other content.
    OtherContent,
    /// The same content was coded by another version of the coder.
    OtherCoder,
}

/// What counts now in place of something that no longer does: the current coding of the same report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Supersession {
    /// Why.
    pub by: SupersededBy,
    /// The report's current revision.
    pub digest: Digest,
    /// When the current coding was stored.
    pub at: Timestamp,
    /// The version that made it.
    pub coder: CoderVersion,
}

/// A claim as it lies in the ledger.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoredClaim {
    /// The claim as the coder found it.
    pub claim: Claim,
    /// The report that it was made in, in the revision that it was found in.
    pub report: ReportSummary,
    /// When the report was coded.
    pub coded_at: Timestamp,
    /// What counts now, when this claim no longer does.
    pub superseded: Option<Supersession>,
    /// What people decided about it.
    pub standing: Standing,
}

impl StoredClaim {
    /// The claim as it reads now: the coder's, with what people corrected.
    #[must_use]
    pub fn in_force(&self) -> &Claim {
        self.standing.corrected.as_deref().unwrap_or(&self.claim)
    }
}

/// A report found by a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundReport {
    /// The report.
    pub report: ReportSummary,
    /// The version that coded it.
    pub coder: CoderVersion,
    /// When it was coded.
    pub coded_at: Timestamp,
    /// What counts now, when this coding no longer does.
    pub superseded: Option<Supersession>,
}

/// A whole report as it lies in the ledger.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StoredReport {
    /// The report and its claims, equal to what was stored.
    pub coded: CodedReport,
    /// The version that coded it.
    pub coder: CoderVersion,
    /// When it was coded.
    pub coded_at: Timestamp,
    /// What counts now, when this coding no longer does.
    pub superseded: Option<Supersession>,
}

/// What the beginning of a claim's id stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimMatch {
    /// No claim's id begins so.
    None,
    /// Exactly one does.
    One(ClaimId),
    /// Several do: the first of them, in order, [`crate::Ledger::SEVERAL`] at most.
    Several(Vec<ClaimId>),
}
