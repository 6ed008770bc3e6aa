//! The coder against passages that the project wrote: claims, roles, polarity, modality, speakers, settings, counts.
//!
//! Owns the measures over `corpus/coder`. Passages are written and annotated by people who did not see the codebook's rules;
//! those numbered above [`LAST_TUNED`] in each file, the `test` half of `stance.jsonl`, and every fourth real text are scored only.

pub(crate) mod align;
mod confidence;
pub(crate) mod gold;
mod passages;
pub(crate) mod placed;
mod stance;
mod tables;

use std::path::Path;

use averment_extract::{Coded, Coder};
use averment_lang::ReaderKind;
use averment_types::{Claim, DateInterval, DatePrec, Published, PublishedSource, Report};

use crate::EvalError;
use confidence::Judged;
use gold::Half;
pub(crate) use gold::rows;
use passages::Halves;

/// The number of a file's last passage that may be looked at.
pub const LAST_TUNED: usize = 400;

/// The number of a file's last passage that the reader was trained on.
const LAST_TAUGHT: usize = 300;
/// Of real texts every so manyth is scored only.
const SCORED_TEXT: usize = 4;
/// Of so many real texts the second is held out of the training.
const HELD_TEXT: usize = 8;

/// Tables and what was wrong.
#[derive(Debug, Clone)]
pub struct CoderEvaluation {
    /// The tables of the results page.
    pub tables: String,
    /// Every error in passages that may be looked at, a line each.
    pub errors: String,
}

/// Scores the coder on the passages in the folder `own`, and on the real texts in the folder `corpora` where there is one.
///
/// # Errors
/// When the coder cannot be built or a file of the set cannot be read.
pub fn run(own: &Path, corpora: Option<&Path>) -> Result<CoderEvaluation, EvalError> {
    let coder = Coder::shipped(ReaderKind::Fast).map_err(|source| EvalError::Coder { source })?;
    let mut errors = String::new();
    let written = passages::written(&coder, own, &mut errors)?;
    let real = corpora.map(|corpora| passages::real(&coder, own, corpora, &mut errors));
    let real = real.transpose()?.unwrap_or_default();
    let stance = stance::score(&coder, own, &mut errors)?;
    let confidence = confidence::table(&judged(&written, &real, Half::Test));
    let tables = [tables::written(&written), tables::real(&real), confidence, stance];
    Ok(CoderEvaluation { tables: tables.join("\n"), errors })
}

/// Fits the weights of the confidence to the claims in texts held out of the reader's training: the weights' file.
///
/// # Errors
/// When the coder cannot be built or a file of the set cannot be read.
pub fn fit_confidence(own: &Path, corpora: &Path) -> Result<String, EvalError> {
    let coder = Coder::shipped(ReaderKind::Fast).map_err(|source| EvalError::Coder { source })?;
    let written = passages::written(&coder, own, &mut String::new())?;
    let real = passages::real(&coder, own, corpora, &mut String::new())?;
    Ok(confidence::fit(&judged(&written, &real, Half::Held)))
}

fn judged<'s>(written: &'s Halves, real: &'s [(&str, Halves)], half: Half) -> Vec<&'s Judged> {
    let all = [written].into_iter().chain(real.iter().map(|(_, halves)| halves));
    all.filter_map(|halves| halves.get(&half)).flat_map(|score| &score.found).collect()
}

/// Types that came after the passages were annotated: gold has none of them, so those found are not judged.
const UNASKED: [&str; 3] = ["rejection", "demand", "concession"];

/// The day on which the passages are taken to be published: "on Tuesday" needs one.
const PUBLISHED: jiff::civil::Date = jiff::civil::date(2024, 6, 20);

/// `text` as a report of that day.
pub(crate) fn report(id: &str, text: &str) -> Result<Report, EvalError> {
    let mut report = Report::of_body(id, text)
        .ok_or_else(|| EvalError::Malformed { path: id.to_owned(), met: "no text".to_owned() })?;
    report.published = Some(Published {
        interval: DateInterval::day(PUBLISHED),
        precision: DatePrec::Day,
        source: PublishedSource::Field,
        text: PUBLISHED.to_string(),
    });
    Ok(report)
}

/// `text`, coded.
fn code(coder: &Coder, id: &str, text: &str) -> Result<Coded, EvalError> {
    let mut made = coder.code(report(id, text)?);
    let is_asked = |claim: &Claim| !UNASKED.contains(&claim.content().type_id.as_str());
    let asked: Vec<bool> = made.report.claims.iter().map(is_asked).collect();
    let (mut claims, mut facts) = (asked.iter(), asked.iter());
    made.report.claims.retain(|_| claims.next() == Some(&true));
    made.facts.retain(|_| facts.next() == Some(&true));
    Ok(made)
}
