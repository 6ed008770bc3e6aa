//! Coded reports into a ledger, one transaction a batch; and which reports lie there already.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use averment_ledger::{Entry, Ledger, StoreOutcome};
use averment_types::{CodedReport, CoderVersion, Digest, Report};
use jiff::Timestamp;

use crate::{EngineError, Finished, Outcome, Sink};

/// Stores reports in a ledger. What a batch holds is on the disk when the batch has been taken.
pub struct LedgerSink<'a> {
    ledger: Ledger,
    coder: CoderVersion,
    now: &'a dyn Fn() -> Timestamp,
}

impl<'a> LedgerSink<'a> {
    /// A sink into `ledger` for reports that `coder` coded; `now` is asked for the time of each batch.
    #[must_use]
    pub fn new(ledger: Ledger, coder: CoderVersion, now: &'a dyn Fn() -> Timestamp) -> Self {
        Self { ledger, coder, now }
    }
}

impl Sink for LedgerSink<'_> {
    fn take(&mut self, batch: &[Finished]) -> Result<Vec<Outcome>, EngineError> {
        let entries: Vec<Entry<'_>> = batch.iter().map(entry).collect();
        let outcomes = self.ledger.store(&entries, &self.coder, (self.now)())?;
        Ok(outcomes.into_iter().map(outcome).collect())
    }
}

fn entry(finished: &Finished) -> Entry<'_> {
    Entry { coded: &finished.coded, original: &finished.original }
}

fn outcome(stored: StoreOutcome) -> Outcome {
    match stored {
        StoreOutcome::New => Outcome::New,
        StoreOutcome::Unchanged => Outcome::Unchanged,
        StoreOutcome::Updated => Outcome::Updated,
        StoreOutcome::Recoded => Outcome::Recoded,
        StoreOutcome::Refused(refusal) => Outcome::Refused {
            code: "not_proved".to_owned(),
            reason: format!("internal error: {refusal}"),
        },
    }
}

/// What a ledger held before, to be asked from several threads: coding goes on where it was stopped.
pub struct StoredBefore {
    ledger: Mutex<Ledger>,
    coder: CoderVersion,
}

impl StoredBefore {
    /// Asks the ledger at `path`, which must exist, for reports coded by `coder`.
    ///
    /// # Errors
    /// When the ledger cannot be opened.
    pub fn open(path: &Path, coder: CoderVersion) -> Result<Self, EngineError> {
        let ledger = Mutex::new(Ledger::open_read_only(path)?);
        Ok(Self { ledger, coder })
    }

    /// This content with the claims that this version found in it, if it has coded it.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn coded(&self, revision: &Digest) -> Result<Option<CodedReport>, EngineError> {
        let ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(ledger.coded_by(revision, &self.coder)?)
    }

    /// Whether this content of this report was coded by this version.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn holds(&self, report: &Report) -> Result<bool, EngineError> {
        let ledger = self.ledger.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(ledger.is_coded(&report.id, &report.digest, &self.coder)?)
    }
}
