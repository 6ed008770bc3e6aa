//! Reports out of a ledger, coded anew into a draft beside it: the ledger itself is only read.

use averment_ledger::Ledger;
use averment_types::{Digest, Original, Report};

use crate::pipeline::drive;
use crate::work::Reading;
use crate::{Coding, EngineError, Job, Progress, Refused, Sink, Summary};

/// Codes the newest content of every report of `ledger` and hands the results to `sink` in the order in
/// which the reports first came. Originals are not handed on: the ledger has them.
///
/// # Errors
/// When the ledger cannot be read, the sink does not take a batch, or no thread can be started. Batches
/// taken before stay taken, and a run after it goes on from there.
pub fn recode(
    ledger: Ledger,
    job: &Job,
    coding: &Coding<'_>,
    sink: &mut dyn Sink,
    progress: &dyn Progress,
) -> Result<Summary, EngineError> {
    let revisions = ledger.newest_revisions()?;
    let reading = Reading {
        size: |report: &Report| report.text.len(),
        place: |report| (report.source.path.clone(), report.source.line),
        parse: &|report| Ok((report, Original::default())),
    };
    let stored = revisions.into_iter().filter_map(move |revision| stored(&ledger, &revision));
    drive(stored, &reading, job, coding, sink, progress)
}

/// The report of this revision. One that cannot be read is refused: it keeps the claims that it has.
fn stored(ledger: &Ledger, revision: &Digest) -> Option<Result<Report, Refused>> {
    match ledger.revision(revision) {
        Ok(found) => found.map(|found| Ok(found.coded.report)),
        Err(error) => Some(Err(Refused {
            path: ledger.path().display().to_string(),
            line: None,
            code: "unreadable".to_owned(),
            reason: error.to_string(),
        })),
    }
}
