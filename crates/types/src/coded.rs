//! A report together with the claims made in it: the unit that is coded, stored and printed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Claim, EvidenceError, Report};

/// A report and its claims. Its JSON is one line of `averment code --format jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CodedReport {
    /// The report.
    #[serde(flatten)]
    pub report: Report,
    /// Its claims, in order of their triggers.
    pub claims: Vec<Claim>,
}

impl CodedReport {
    /// Checks every quote of every claim against the report's text.
    ///
    /// # Errors
    /// The first quote that differs.
    pub fn verify(&self) -> Result<(), EvidenceError> {
        let evidence = self.claims.iter().flat_map(|claim| claim.content().evidence.iter());
        evidence.into_iter().try_for_each(|e| e.verify(&self.report.text))
    }
}
