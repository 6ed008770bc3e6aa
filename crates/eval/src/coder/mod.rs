//! The coder against passages that the project wrote: claims, roles, polarity, modality, speakers, settings, counts.
//!
//! Owns the measures over `corpus/coder`. Passages are written and annotated by people who did not see the codebook's rules;
//! those numbered above [`LAST_TUNED`] in each file, and the `test` half of `stance.jsonl`, are scored only.

mod align;
mod gold;
mod passages;
mod stance;

use std::path::Path;

use averment_extract::Coder;
use averment_lang::ReaderKind;
use averment_types::{
    Claim, DateInterval, DatePrec, Digest, Format, Published, PublishedSource, Report, ReportId,
    SourceInfo, TextRange, Zone, ZoneKind,
};

use crate::EvalError;

/// The number of a file's last passage that may be looked at.
pub const LAST_TUNED: usize = 400;

/// Tables and what was wrong.
#[derive(Debug, Clone)]
pub struct CoderEvaluation {
    /// The tables of the results page.
    pub tables: String,
    /// Every error in passages that may be looked at, a line each.
    pub errors: String,
}

/// Scores the coder on the passages in the folder `own`.
///
/// # Errors
/// When the coder cannot be built or a file of the set cannot be read.
pub fn run(own: &Path) -> Result<CoderEvaluation, EvalError> {
    let coder = Coder::shipped(ReaderKind::Fast).map_err(|source| EvalError::Coder { source })?;
    let mut errors = String::new();
    let passages = passages::score(&coder, own, &mut errors)?;
    let stance = stance::score(&coder, own, &mut errors)?;
    Ok(CoderEvaluation { tables: format!("{passages}\n{stance}"), errors })
}

/// The day on which the passages are taken to be published: "on Tuesday" needs one.
const PUBLISHED: jiff::civil::Date = jiff::civil::date(2024, 6, 20);

/// The claims of `text`.
fn code(coder: &Coder, id: &str, text: &str) -> Result<Vec<Claim>, EvalError> {
    let range = TextRange::whole(text)
        .ok_or_else(|| EvalError::Malformed { path: id.to_owned(), met: "no text".to_owned() })?;
    let report = Report {
        id: ReportId::new(id),
        digest: Digest::of(&[text.as_bytes()]),
        title: None,
        outlet: None,
        author: None,
        url: None,
        published: Some(Published {
            interval: DateInterval::day(PUBLISHED),
            precision: DatePrec::Day,
            source: PublishedSource::Field,
            text: PUBLISHED.to_string(),
        }),
        published_candidates: Vec::new(),
        language: None,
        text: text.to_owned(),
        zones: vec![Zone { kind: ZoneKind::Body, range }],
        warnings: Vec::new(),
        source: SourceInfo {
            path: id.to_owned(),
            line: None,
            format: Format::Text,
            encoding: "utf-8".to_owned(),
            encoding_doubtful: false,
        },
        extra: std::collections::BTreeMap::new(),
    };
    Ok(coder.code(report).report.claims)
}
