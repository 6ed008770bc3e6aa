//! Backups: a whole, compact copy of one moment, while others go on writing.

use std::fs::File;
use std::path::{Path, PathBuf};

use crate::{Ledger, LedgerError};

impl Ledger {
    /// Copies the ledger as it is now to the new file `to`. The copy is a ledger of its own; after
    /// `Ok` it is on the disk. It appears under its name only once it is whole.
    ///
    /// # Errors
    /// When `to` exists, or a log of SQLite's beside it, its folder is missing or read-only, or there is no room.
    pub fn backup(&self, to: &Path) -> Result<(), LedgerError> {
        // A log that was left behind by another ledger would be read into the copy.
        for end in ["", "-wal", "-shm", "-journal"] {
            let path = beside(to, end);
            if path.exists() {
                return Err(LedgerError::BackupExists { path });
            }
        }
        let partial = partial_name(to);
        let done = self.copy_to(&partial).and_then(|()| publish(&partial, to));
        if done.is_err() {
            // The first error is the one to report; a file that cannot be removed is named by it.
            drop(std::fs::remove_file(&partial));
        }
        done
    }

    fn copy_to(&self, partial: &Path) -> Result<(), LedgerError> {
        let name = partial.to_str().ok_or_else(|| LedgerError::CannotOpen {
            path: partial.to_owned(),
            reason: "the name of a backup must be valid UTF-8".to_owned(),
        })?;
        match std::fs::remove_file(partial) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                return Err(io(partial, "replace", source));
            }
            _ => {}
        }
        self.conn
            .execute("VACUUM INTO ?1", [name])
            .map(drop)
            .map_err(|source| LedgerError::sqlite(partial, "write the backup", source))
    }
}

/// Puts the finished copy on the disk and under its name.
fn publish(partial: &Path, to: &Path) -> Result<(), LedgerError> {
    File::open(partial)
        .and_then(|file| file.sync_all())
        .map_err(|source| io(partial, "write the backup", source))?;
    std::fs::rename(partial, to).map_err(|source| io(to, "name the backup", source))?;
    let folder = match to.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if cfg!(unix) {
        File::open(folder)
            .and_then(|folder| folder.sync_all())
            .map_err(|source| io(folder, "write the folder", source))?;
    }
    Ok(())
}

fn partial_name(to: &Path) -> PathBuf {
    beside(to, ".partial")
}

/// The file whose name is that of `path` with `end` behind it.
pub(crate) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn io(path: &Path, operation: &'static str, source: std::io::Error) -> LedgerError {
    LedgerError::Io { path: path.to_owned(), operation, source }
}
