//! What can go wrong with a ledger: which file, during what, and the remedy. It refuses to repeat
//! words of a report.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::decide::Undecidable;
use crate::open::BUSY_SECONDS;
use crate::row::ReadFault;

/// Why the ledger did not do what was asked. Nothing acknowledged before is touched by any of these.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// There is no such file, and reading does not make one.
    #[error("no ledger at {}: name another file, or make one with `averment code`", path.display())]
    Missing {
        /// The file asked for.
        path: PathBuf,
    },
    /// The file cannot be opened or made.
    #[error("cannot open the ledger {}: {reason}", path.display())]
    CannotOpen {
        /// The file asked for.
        path: PathBuf,
        /// What stands in the way, and what to do.
        reason: String,
    },
    /// The file is something else.
    #[error("{} is not a ledger: {found}; it was left untouched; name another file, or, if it was a ledger, restore a backup", path.display())]
    NotALedger {
        /// The file asked for.
        path: PathBuf,
        /// What it is instead.
        found: &'static str,
    },
    /// The ledger was written by a newer program.
    #[error("the ledger {} has schema {found}, this program knows up to {known}; it was left untouched; use a version of averment that knows schema {found}", path.display())]
    NewerSchema {
        /// The ledger.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The newest schema that this program knows.
        known: u32,
    },
    /// The ledger has an old schema and was opened for reading only, so it cannot be migrated.
    #[error("the ledger {} has schema {found}, reading needs {known}; open it once for writing to migrate it, for example with `averment code`", path.display())]
    OlderSchema {
        /// The ledger.
        path: PathBuf,
        /// Its schema.
        found: u32,
        /// The schema needed.
        known: u32,
    },
    /// The file is damaged.
    #[error("the ledger {} is damaged: {detail}, met while trying to {operation}; keep the file, run `averment doctor`, then restore a backup or rebuild with `averment code` from the sources into a new file", path.display())]
    Corrupt {
        /// The ledger.
        path: PathBuf,
        /// What was being done.
        operation: &'static str,
        /// What was found.
        detail: String,
    },
    /// A row holds something that its column does not allow.
    #[error("the ledger {} holds an unreadable row: {detail}, met while trying to {operation}; run `averment doctor`, then restore a backup or rebuild with `averment code` from the sources into a new file", path.display())]
    Unreadable {
        /// The ledger.
        path: PathBuf,
        /// What was being done.
        operation: &'static str,
        /// Which value, and what is wrong with it.
        detail: String,
    },
    /// The file, its folder or its disk is read-only, or it was opened for reading only.
    #[error("cannot {operation}: the ledger {} is read-only; make the file and its folder writable, or copy the ledger to where you can write", path.display())]
    ReadOnly {
        /// The ledger.
        path: PathBuf,
        /// What was being done.
        operation: &'static str,
    },
    /// No room on the disk.
    #[error("cannot {operation}: the disk of the ledger {} is full; nothing of this batch was stored and all earlier batches are safe; free some space and run again", path.display())]
    DiskFull {
        /// The ledger.
        path: PathBuf,
        /// What was being done.
        operation: &'static str,
    },
    /// Another program was writing for the whole time that this one was willing to wait.
    #[error("cannot {operation}: another program has been writing to the ledger {} for {BUSY_SECONDS} seconds; wait for it or stop it, then run again", path.display())]
    Busy {
        /// The ledger.
        path: PathBuf,
        /// What was being done.
        operation: &'static str,
    },
    /// A decision was not taken into the log.
    #[error("the ledger {} takes no such decision: {reason}", path.display())]
    NotDecided {
        /// The ledger.
        path: PathBuf,
        /// Why not.
        reason: Undecidable,
    },
    /// The end of the log of decisions is not what was stored last.
    #[error("the log of decisions of the ledger {} does not end as it was stored: somebody or something altered it; nothing was added; run `averment doctor`, then restore a backup", path.display())]
    BrokenLog {
        /// The ledger.
        path: PathBuf,
    },
    /// A backup never overwrites.
    #[error("a backup never overwrites, and {} exists; name another file", path.display())]
    BackupExists {
        /// The file that the backup was to go to.
        path: PathBuf,
    },
    /// The operating system refused.
    #[error("cannot {operation} {}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What was being done to it.
        operation: &'static str,
        /// What the system says.
        #[source]
        source: std::io::Error,
    },
    /// Anything else that SQLite says.
    #[error("cannot {operation} in the ledger {}", path.display())]
    Sqlite {
        /// The ledger.
        path: PathBuf,
        /// What was being done.
        operation: &'static str,
        /// What SQLite says.
        #[source]
        source: rusqlite::Error,
    },
}

impl LedgerError {
    /// The error for `source`, met at `path` while trying to `operation`.
    pub(crate) fn sqlite(path: &Path, operation: &'static str, source: rusqlite::Error) -> Self {
        Self::read(path, operation, source.into())
    }

    /// The error for a row that could not be read.
    pub(crate) fn read(path: &Path, operation: &'static str, fault: ReadFault) -> Self {
        let path = path.to_owned();
        let source = match fault {
            ReadFault::Sql(source) => source,
            ReadFault::Value(detail) => {
                return Self::Unreadable { path, operation, detail };
            }
        };
        match source.sqlite_error_code() {
            _ if lacks_room_for_index(&source) => Self::DiskFull { path, operation },
            Some(ErrorCode::NotADatabase) => {
                Self::NotALedger { path, found: "it does not begin as an SQLite database" }
            }
            Some(ErrorCode::CannotOpen) => Self::CannotOpen {
                path,
                reason: "the file, its log or its folder cannot be read or written; check the \
                         permissions and whether the disk is read-only"
                    .to_owned(),
            },
            Some(ErrorCode::DatabaseCorrupt) => {
                Self::Corrupt { path, operation, detail: corruption(&source) }
            }
            Some(ErrorCode::ReadOnly) => Self::ReadOnly { path, operation },
            Some(ErrorCode::DiskFull) => Self::DiskFull { path, operation },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::Busy { path, operation }
            }
            _ => Self::Sqlite { path, operation, source },
        }
    }
}

/// Whether there was no room for the index of the write-ahead log beside the file, which readers need too.
fn lacks_room_for_index(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|e| e.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE)
}

/// SQLite's own words about a damaged file; they name pages and indexes, never content.
fn corruption(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(message)) => message.clone(),
        other => other.to_string(),
    }
}
