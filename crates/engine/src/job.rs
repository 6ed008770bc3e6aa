//! What a run is told: how much at once, how a report is coded, who watches.

use std::num::NonZeroUsize;

use averment_types::{CodedReport, Report};

use crate::{EngineError, Summary};

/// Reports that one batch holds at most. At 64 a kill loses under a second's work on one core, and
/// the disk's flush at each commit is spread over enough reports not to be felt.
const BATCH_REPORTS: usize = 64;

/// Bytes of originals at which a batch is handed over although it is not full: 8 MiB.
const BATCH_BYTES: usize = 8 * 1024 * 1024;

/// Bytes of documents that may be under way, from reading to the sink: 512 MiB. One larger document
/// goes alone.
const BUDGET_BYTES: usize = 512 * 1024 * 1024;

/// How much is done at once.
#[derive(Debug, Clone)]
pub struct Job {
    /// Threads that parse and code.
    pub jobs: NonZeroUsize,
    /// Reports that are handed to the sink together, at most.
    pub batch_reports: usize,
    /// Bytes of originals at which a batch is handed over early.
    pub batch_bytes: usize,
    /// Bytes of documents that may be under way.
    pub budget_bytes: usize,
    /// How documents are read.
    pub reading: averment_ingest::Options,
}

impl Job {
    /// The usual job on `jobs` threads.
    #[must_use]
    pub fn on(jobs: NonZeroUsize) -> Self {
        Self {
            jobs,
            batch_reports: BATCH_REPORTS,
            batch_bytes: BATCH_BYTES,
            budget_bytes: BUDGET_BYTES,
            reading: averment_ingest::Options::default(),
        }
    }
}

/// A report as it comes from the coder.
#[derive(Debug, Clone, PartialEq)]
pub struct Coded {
    /// The report with its claims.
    pub report: CodedReport,
    /// Number of words that were read in it.
    pub words: usize,
}

/// How a report is coded, and which need not be.
#[derive(Clone, Copy)]
pub struct Coding<'a> {
    /// Codes one report. A pure function: the same report gives the same claims on every thread.
    pub code: &'a (dyn Fn(Report) -> Coded + Sync),
    /// Whether the sink holds this report, coded by this very version: then it is not coded again.
    pub known: &'a (dyn Fn(&Report) -> Result<bool, EngineError> + Sync),
}

/// Somebody who watches a run.
pub trait Progress {
    /// Called after each document, on the thread that called [`run`](crate::run).
    fn advanced(&self, so_far: &Summary);
}

/// Nobody watches.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn advanced(&self, _so_far: &Summary) {}
}
