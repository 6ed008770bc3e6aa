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
use averment_types::{Claim, DateInterval, DatePrec, Published, PublishedSource, Report};

use crate::EvalError;
pub(crate) use gold::rows;

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
    let mut report = Report::of_body(id, text)
        .ok_or_else(|| EvalError::Malformed { path: id.to_owned(), met: "no text".to_owned() })?;
    report.published = Some(Published {
        interval: DateInterval::day(PUBLISHED),
        precision: DatePrec::Day,
        source: PublishedSource::Field,
        text: PUBLISHED.to_string(),
    });
    Ok(coder.code(report).report.claims)
}
