//! Where coded reports go.

use averment_types::{CodedReport, Original};

use crate::EngineError;

/// A coded report on its way out.
#[derive(Debug, Clone, PartialEq)]
pub struct Finished {
    /// The report with its claims.
    pub coded: CodedReport,
    /// The document as it came.
    pub original: Original,
}

/// What became of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It was not there before.
    New,
    /// It was there, coded by the same version: nothing changed.
    Unchanged,
    /// It was there with other content: a new version of it was stored.
    Updated,
    /// It was there, coded by another version: the new claims supersede the old.
    Recoded,
    /// It contradicts itself and was not taken: a fault of the coder, never of the report.
    Refused {
        /// The sort of reason, a stable word.
        code: String,
        /// The reason, a sentence for people.
        reason: String,
    },
}

/// Takes coded reports, in the order of the input.
pub trait Sink {
    /// Takes a batch, whole or not at all, and says what became of each report of it, in order.
    /// After `Ok` nothing of it is lost.
    ///
    /// # Errors
    /// When the batch could not be taken; the run ends.
    fn take(&mut self, batch: &[Finished]) -> Result<Vec<Outcome>, EngineError>;
}
