//! Opening a ledger's file: for writing or for reading only, and saying clearly why not.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, MAIN_DB, OpenFlags, Transaction};

use crate::LedgerError;
use crate::schema::{self, MIGRATIONS};

/// How long a writer waits for another program to finish its batch, in seconds.
pub const BUSY_SECONDS: u64 = 30;

/// Statements kept prepared on one connection; the crate has about sixty.
const CACHED_STATEMENTS: usize = 96;

/// Memory for pages of the file, in KiB (negative is SQLite's way to say KiB).
const PAGE_MEMORY: i64 = -32_768;

/// The write-ahead log is cut back to this size, in bytes, once its content is in the file.
const LOG_LIMIT: i64 = 64 << 20;

const SWITCH: &str = "switch to the write-ahead log";

/// How often the switch is tried; between two tries another program makes progress.
const SWITCH_TRIES: u32 = 100;

/// An open ledger: one connection to one file.
///
/// Several programs, or several `Ledger`s in one program, may have the same file open; readers never
/// wait, writers wait for each other up to [`BUSY_SECONDS`].
#[derive(Debug)]
pub struct Ledger {
    pub(crate) conn: Connection,
    pub(crate) path: PathBuf,
}

impl Ledger {
    /// Opens the ledger at `path` for reading and writing; makes it when there is no file or an empty
    /// one, migrates it when its schema is an older one.
    ///
    /// # Errors
    /// When the folder is missing, the file is no ledger, of a newer schema, damaged or read-only, or
    /// another program keeps it busy. A file that is refused is left untouched.
    pub fn open(path: &Path) -> Result<Self, LedgerError> {
        probe(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(Path::new(".").join(path), flags)
            .map_err(|source| LedgerError::sqlite(path, "open the file", source))?;
        let mut ledger = Self { conn, path: path.to_owned() };
        ledger.settle()?;
        schema::admit(&ledger.conn, path, MIGRATIONS)?;
        ledger.make_durable()?;
        schema::migrate(&mut ledger.conn, path, MIGRATIONS)?;
        Ok(ledger)
    }

    /// Opens an existing ledger for reading only; works on a read-only disk too, and on a full one while no batch waits in
    /// the log beside the file.
    ///
    /// # Errors
    /// When there is no file, or it is no ledger, of another schema, or damaged.
    pub fn open_read_only(path: &Path) -> Result<Self, LedgerError> {
        if !path.exists() {
            return Err(LedgerError::Missing { path: path.to_owned() });
        }
        probe(path)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let name = Path::new(".").join(path);
        let first = Self::reading(path, &name, flags);
        match first {
            Err(error) if needs_frozen(&error) && !has_log(path) => match frozen_uri(path) {
                Some(uri) => {
                    Self::reading(path, Path::new(&uri), flags | OpenFlags::SQLITE_OPEN_URI)
                }
                None => Err(error),
            },
            other => other,
        }
    }

    /// Where the ledger is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The schema that this ledger has.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn schema_version(&self) -> Result<u32, LedgerError> {
        schema::admit(&self.conn, &self.path, MIGRATIONS)
    }

    /// A function that turns what SQLite says into this ledger's error.
    pub(crate) fn failing(
        &self,
        operation: &'static str,
    ) -> impl Fn(rusqlite::Error) -> LedgerError + Copy + '_ {
        move |source| LedgerError::sqlite(&self.path, operation, source)
    }

    /// One moment for several statements; nothing to hold when the caller has begun one already.
    pub(crate) fn moment(
        &self,
        operation: &'static str,
    ) -> Result<Option<Transaction<'_>>, LedgerError> {
        schema::moment(&self.conn).map_err(self.failing(operation))
    }

    fn reading(path: &Path, name: &Path, flags: OpenFlags) -> Result<Self, LedgerError> {
        let conn = Connection::open_with_flags(name, flags)
            .map_err(|s| LedgerError::sqlite(path, "open the file", s))?;
        let ledger = Self { conn, path: path.to_owned() };
        ledger.settle()?;
        let known = schema::newest(MIGRATIONS);
        match schema::admit(&ledger.conn, path, MIGRATIONS)? {
            0 => Err(LedgerError::NotALedger { path: path.to_owned(), found: "it is empty" }),
            found if found < known => {
                Err(LedgerError::OlderSchema { path: path.to_owned(), found, known })
            }
            _ => Ok(ledger),
        }
    }

    /// Settings of the connection that change nothing in the file.
    fn settle(&self) -> Result<(), LedgerError> {
        let conn = &self.conn;
        conn.set_prepared_statement_cache_capacity(CACHED_STATEMENTS);
        conn.busy_timeout(Duration::from_secs(BUSY_SECONDS))
            .and_then(|()| conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true))
            // One plan a statement, not a new one for every value that is bound to it.
            .and_then(|_| conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true))
            .and_then(|_| conn.pragma_update(None, "trusted_schema", false))
            .and_then(|()| conn.pragma_update(None, "cell_size_check", true))
            .and_then(|()| conn.pragma_update(None, "cache_size", PAGE_MEMORY))
            .and_then(|()| conn.pragma_update(None, "foreign_keys", true))
            .map_err(self.failing("set up the connection"))
    }

    /// From here on a commit returns when its bytes are on the disk.
    fn make_durable(&self) -> Result<(), LedgerError> {
        let fail = self.failing(SWITCH);
        if self.conn.is_readonly(MAIN_DB).map_err(fail)? {
            return Err(LedgerError::ReadOnly {
                path: self.path.clone(),
                operation: "open it for writing",
            });
        }
        self.switch_to_log()?;
        self.conn
            .pragma_update(None, "synchronous", "full")
            .and_then(|()| self.conn.pragma_update(None, "journal_size_limit", LOG_LIMIT))
            .map_err(fail)
    }

    /// Where two programs make one ledger, SQLite refuses the switch to one of them at once instead of
    /// waiting; an empty transaction waits for the other one in its stead.
    fn switch_to_log(&self) -> Result<(), LedgerError> {
        let fail = self.failing(SWITCH);
        for _ in 1..SWITCH_TRIES {
            match self.conn.pragma_update(None, "journal_mode", "wal").map_err(fail) {
                Err(LedgerError::Busy { .. }) => {
                    self.conn.execute_batch("BEGIN IMMEDIATE; COMMIT").map_err(fail)?;
                }
                done => return done,
            }
        }
        self.conn.pragma_update(None, "journal_mode", "wal").map_err(fail)
    }
}

/// Names what SQLite only calls "unable to open database file".
fn probe(path: &Path) -> Result<(), LedgerError> {
    let refuse = |reason: &str| {
        Err(LedgerError::CannotOpen { path: path.to_owned(), reason: reason.to_owned() })
    };
    if path.as_os_str().is_empty() {
        return refuse("no file is named");
    }
    if path.is_dir() {
        return refuse("it is a folder; name a file");
    }
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() && !folder.is_dir() => {
            refuse("its folder does not exist; make the folder first")
        }
        _ => Ok(()),
    }
}

/// Whether reading failed only because the log's index could not be made beside the file.
const fn needs_frozen(error: &LedgerError) -> bool {
    matches!(
        error,
        LedgerError::CannotOpen { .. }
            | LedgerError::ReadOnly { .. }
            | LedgerError::DiskFull { .. }
    )
}

/// Whether batches may be waiting in the write-ahead log beside the file.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|meta| meta.len() > 0)
}

/// The address that tells SQLite that nobody can write to the file; `None` for a name that is no UTF-8.
fn frozen_uri(path: &Path) -> Option<String> {
    let full = std::path::absolute(path).ok()?;
    let full = full.to_str()?.replace('\\', "/");
    let escaped = full.replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let slash = if escaped.starts_with('/') { "" } else { "/" };
    Some(format!("file:{slash}{escaped}?immutable=1"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_address_keeps_odd_names_whole() {
        let uri = frozen_uri(Path::new("/a b/50%?#.db")).unwrap();
        assert_eq!(uri, "file:/a b/50%25%3f%23.db?immutable=1");
    }

    #[test]
    fn commits_wait_for_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::open(&folder.path().join("a.db")).unwrap();
        let of = |name| {
            ledger
                .conn
                .pragma_query_value(None, name, |r| r.get::<_, rusqlite::types::Value>(0))
                .unwrap()
        };
        assert_eq!(of("journal_mode"), "wal".to_owned().into());
        assert_eq!(of("synchronous"), 2.into());
        assert_eq!(of("foreign_keys"), 1.into());
        let log_kept = has_log(&folder.path().join("a.db"));
        assert!(log_kept);
    }

    #[test]
    fn a_frozen_file_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a?.db");
        drop(Ledger::open(&path).unwrap());
        let uri = frozen_uri(&path).unwrap();
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let ledger = Ledger::reading(&path, Path::new(&uri), flags).unwrap();
        assert_eq!(ledger.schema_version().unwrap(), 2);
    }
}
