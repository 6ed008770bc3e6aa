//! What ends a batch. A bad document is no such thing: it is counted in the summary.

use std::io;

use averment_ledger::LedgerError;

/// Why a batch could not go on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The ledger did not take a batch, or could not say what it holds.
    #[error("the ledger did not take the reports")]
    Ledger {
        /// What the ledger said.
        #[from]
        source: LedgerError,
    },
    /// The output did not take the bytes.
    #[error("writing coded reports stopped")]
    Write {
        /// What the output said.
        #[source]
        source: io::Error,
    },
    /// A coded report has no JSON form.
    #[error("a coded report could not be written as JSON")]
    Encode {
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// The system did not give a thread.
    #[error("no thread could be started; try fewer jobs")]
    Thread {
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The thread that reads the inputs ended by a fault in the program.
    #[error("reading the inputs ended by an internal error")]
    Reader,
}

impl EngineError {
    /// Whether the reader at the other end of a pipe has gone, which is no fault.
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Write { source } if source.kind() == io::ErrorKind::BrokenPipe)
    }
}
