//! All that is on file about one claim; and the same as JSON.

use averment_codebook::{Codebook, EventType};
use averment_ledger::{Ledger, StoredClaim};
use averment_types::{Evidence, Original, Report, TextRange};
use serde_json::{Value, json};

use super::decided::{self, About};

/// A claim, its type's meaning, and the report that it was made in.
pub(crate) struct ClaimFile<'a> {
    /// The claim as it lies in the ledger.
    pub(crate) stored: StoredClaim,
    /// What its type means; `None` when the codebook in force does not have it.
    pub(crate) meaning: Option<&'a EventType>,
    /// The name of the codebook in force.
    pub(crate) codebook: &'a str,
    /// The report, in the revision in which the claim was made.
    pub(crate) report: Option<Report>,
    /// The document as it came.
    pub(crate) original: Option<Original>,
    /// What people decided about it, undone decisions included.
    pub(crate) decisions: Vec<About>,
}

impl<'a> ClaimFile<'a> {
    /// Takes everything about `stored` out of the ledger.
    pub(crate) fn open(
        ledger: &Ledger,
        stored: StoredClaim,
        codebook: &'a Codebook,
    ) -> anyhow::Result<Self> {
        let digest = stored.report.digest;
        let type_id = &stored.claim.content().type_id;
        Ok(Self {
            meaning: codebook.types().iter().find(|known| known.id == *type_id),
            codebook: codebook.name(),
            report: ledger.revision(&digest)?.map(|found| found.coded.report),
            original: ledger.original_of(&digest)?,
            decisions: decided::about(ledger, &stored)?,
            stored,
        })
    }

    /// Where a stretch of the report's text is in the original bytes.
    pub(crate) fn source_of(&self, range: TextRange) -> Option<TextRange> {
        self.original.as_ref()?.map.to_source(range)
    }

    /// Whether the quote still is what stands at its place.
    pub(crate) fn is_exact(&self, evidence: &Evidence) -> bool {
        let report = self.report.as_ref();
        report.is_some_and(|report| evidence.verify(&report.text).is_ok())
    }
}

/// The same as one JSON object.
pub(crate) fn claim_json(file: &ClaimFile<'_>) -> anyhow::Result<String> {
    let stored = &file.stored;
    let evidence = stored.claim.content().evidence.iter().map(|evidence| {
        let context = file.report.as_ref().and_then(|r| evidence.context().slice(&r.text));
        json!({
            "range": evidence.range(),
            "quote": evidence.quote(),
            "exact": file.is_exact(evidence),
            "context": context,
            "original": file.source_of(evidence.range()),
        })
    });
    let meaning = file.meaning.map(|meaning| {
        json!({
            "label": meaning.label,
            "definition": meaning.definition,
            "codebook": file.codebook,
        })
    });
    let value = json!({
        "claim": stored.claim,
        "meaning": meaning,
        "report": stored.report,
        "source": file.report.as_ref().map(|report| &report.source),
        "words": evidence.collect::<Value>(),
        "coded_at": stored.coded_at,
        "superseded": stored.superseded,
        "verdict": stored.standing.verdict,
        "credibility": stored.standing.credibility,
        "corrected": stored.standing.corrected,
        "decisions": file.decisions,
    });
    Ok(format!("{}\n", serde_json::to_string_pretty(&value)?))
}
