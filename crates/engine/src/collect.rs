//! Results in order: duplicates told from updates, batches filled, everything counted.

use std::collections::HashMap;

use averment_types::{Digest, Original, Report, ReportId, WarningCode};

use crate::work::{Step, code_after_all};
use crate::{Coding, EngineError, Finished, Job, Outcome, Progress, Refused, Sink, Summary};

/// Takes results in the order of the input.
pub(crate) struct Collector<'a> {
    job: &'a Job,
    coding: &'a Coding<'a>,
    sink: &'a mut dyn Sink,
    progress: &'a dyn Progress,
    /// The digest under which each id came last in this run.
    seen: HashMap<ReportId, Digest>,
    batch: Vec<Finished>,
    words: Vec<usize>,
    batch_bytes: usize,
    summary: Summary,
}

/// How a report relates to the earlier ones of its run.
enum Earlier {
    None,
    Same,
    Other,
}

impl<'a> Collector<'a> {
    pub(crate) fn new(
        job: &'a Job,
        coding: &'a Coding<'a>,
        sink: &'a mut dyn Sink,
        progress: &'a dyn Progress,
    ) -> Self {
        Self {
            job,
            coding,
            sink,
            progress,
            seen: HashMap::new(),
            batch: Vec::new(),
            words: Vec::new(),
            batch_bytes: 0,
            summary: Summary::default(),
        }
    }

    /// Whether nobody reads the output any more.
    pub(crate) const fn is_closed(&self) -> bool {
        self.summary.closed
    }

    pub(crate) fn take(&mut self, step: Step) -> Result<(), EngineError> {
        match step {
            Step::Failed(error) => return Err(error),
            Step::Refused(refused) => self.summary.refuse(refused),
            Step::Known { report, original } => self.take_known(report, original)?,
            Step::Coded { finished, words } => self.take_coded(finished, words)?,
        }
        self.progress.advanced(&self.summary);
        Ok(())
    }

    /// Hands the last batch over.
    pub(crate) fn finish(mut self) -> Result<Summary, EngineError> {
        self.hand_over()?;
        Ok(self.summary)
    }

    fn take_known(&mut self, report: Report, original: Original) -> Result<(), EngineError> {
        match self.earlier(&report) {
            Earlier::Same => self.count_duplicate(),
            Earlier::None => {
                self.remember(&report);
                self.summary.read(&report);
                self.summary.outcome(&Outcome::Unchanged);
            }
            // Whether the sink held it when it was looked up depends on how far the batches before
            // it had come. It is handed on as on one thread, and the sink decides.
            Earlier::Other => match code_after_all(report, original, self.coding) {
                Step::Coded { finished, words } => self.take_coded(finished, words)?,
                Step::Refused(refused) => self.summary.refuse(refused),
                Step::Failed(error) => return Err(error),
                Step::Known { .. } => {}
            },
        }
        Ok(())
    }

    fn take_coded(&mut self, mut finished: Finished, words: usize) -> Result<(), EngineError> {
        let report = &mut finished.coded.report;
        match self.earlier(report) {
            Earlier::Same => {
                self.count_duplicate();
                return Ok(());
            }
            Earlier::Other => report.warn(
                WarningCode::UpdatedRecord,
                "an earlier record of this run has the same id and other content",
            ),
            Earlier::None => {}
        }
        self.remember(report);
        self.batch_bytes += finished.original.bytes.len() + report.text.len();
        self.batch.push(finished);
        self.words.push(words);
        let full = self.batch.len() >= self.job.batch_reports;
        if full || self.batch_bytes >= self.job.batch_bytes {
            self.hand_over()?;
        }
        Ok(())
    }

    fn earlier(&self, report: &Report) -> Earlier {
        match self.seen.get(&report.id) {
            None => Earlier::None,
            Some(digest) if *digest == report.digest => Earlier::Same,
            Some(_) => Earlier::Other,
        }
    }

    fn remember(&mut self, report: &Report) {
        self.seen.insert(report.id.clone(), report.digest);
    }

    fn count_duplicate(&mut self) {
        self.summary.duplicates += 1;
        self.summary.warn(WarningCode::DuplicateRecord);
    }

    fn hand_over(&mut self) -> Result<(), EngineError> {
        let batch = std::mem::take(&mut self.batch);
        let words = std::mem::take(&mut self.words);
        self.batch_bytes = 0;
        if batch.is_empty() {
            return Ok(());
        }
        match self.sink.take(&batch) {
            Ok(outcomes) => {
                for ((finished, words), outcome) in batch.iter().zip(words).zip(outcomes) {
                    self.count(finished, words, outcome);
                }
                Ok(())
            }
            Err(error) if error.is_broken_pipe() => {
                self.summary.closed = true;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    fn count(&mut self, finished: &Finished, words: usize, outcome: Outcome) {
        let report = &finished.coded.report;
        if let Outcome::Refused { code, reason } = outcome {
            self.summary.refuse(Refused {
                path: report.source.path.clone(),
                line: report.source.line,
                code,
                reason,
            });
            return;
        }
        self.summary.read(report);
        if outcome != Outcome::Unchanged {
            self.summary.claims += finished.coded.claims.len() as u64;
            self.summary.words += words as u64;
        }
        self.summary.outcome(&outcome);
    }
}
