//! What was derived from a ledger, kept in an SQLite file beside it: incidents, disputes, and the pages of the room that
//! they come from, so that one more report changes what it concerns and nothing else.
//!
//! Nobody's source: it is made from the ledger and may be removed at any time. Every row is sealed by a digest; one that is not
//! as it was written is not read. A new file appears under its name whole, and a change of it is one transaction.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use averment_types::{Digest, Dispute, Incident};
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::backup::beside;
use crate::mark::Mark;

/// The form of the file; another one is not read.
const FORM: i64 = 2;

/// Another program may be changing the file; it is soon done, or everything is derived anew.
const WAIT: Duration = Duration::from_secs(5);

/// Kibibytes of the file's pages in memory, as SQLite writes it.
const PAGE_MEMORY: i64 = -32_000;

/// Bytes of a page of the file: an incident with its claims and origins is some thousand bytes.
const PAGE: i64 = 16_384;

const TABLES: &str = "
    CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), form INTEGER, made BLOB, mark TEXT, seal BLOB);
    CREATE TABLE pages (list INTEGER, page INTEGER, body BLOB, PRIMARY KEY (list, page)) WITHOUT ROWID;
    CREATE TABLE incidents (seq INTEGER PRIMARY KEY, of TEXT, id TEXT, body TEXT, seal BLOB);
    CREATE TABLE disputes (seq INTEGER PRIMARY KEY, of TEXT, id TEXT, body TEXT, seal BLOB);";

const INDEXES: &str = "
    CREATE INDEX incidents_of ON incidents (of);
    CREATE INDEX incidents_by_id ON incidents (id);
    CREATE INDEX disputes_of ON disputes (of);
    CREATE INDEX disputes_by_id ON disputes (id);";

/// The file of what was derived, open.
#[derive(Debug)]
pub struct Derived {
    conn: Mutex<Connection>,
    mark: Mark,
}

/// A way to read rows that are sealed: `None` where one is not as it was written.
type Sound<T> = Option<T>;

impl Derived {
    /// The file beside the ledger `ledger`.
    #[must_use]
    pub fn path(ledger: &Path) -> PathBuf {
        beside(ledger, ".derived")
    }

    /// Opens the file beside the ledger; `None` when there is none, it cannot be read, or it was not made by `made`.
    #[must_use]
    pub fn open(ledger: &Path, made: &Digest) -> Option<Self> {
        let path = Self::path(ledger);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(path, flags).ok()?;
        conn.busy_timeout(WAIT).ok()?;
        conn.pragma_update(None, "cache_size", PAGE_MEMORY).ok()?;
        let sql = "SELECT made, mark, seal FROM head WHERE form = ?1";
        let head = conn.query_row(sql, [FORM], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, String>(1)?, row.get::<_, Vec<u8>>(2)?))
        });
        let (by, mark, seal) = head.optional().ok()??;
        let sound = by == made.as_bytes() && seal == sealed("head", "", &mark);
        let mark = serde_json::from_str(&mark).ok().filter(|_| sound)?;
        Some(Self { conn: Mutex::new(conn), mark })
    }

    /// Where the ledger stood when the file was written.
    #[must_use]
    pub const fn mark(&self) -> &Mark {
        &self.mark
    }

    /// The bytes of a page of the room; `None` when they cannot be read. They are the room's to check.
    #[must_use]
    pub fn page(&self, list: u8, page: u64) -> Option<Vec<u8>> {
        let conn = self.conn.lock().unwrap_or_else(PoisonError::into_inner);
        let sql = "SELECT body FROM pages WHERE list = ?1 AND page = ?2";
        let mut found = conn.prepare_cached(sql).ok()?;
        found.query_row(params![list, i64::try_from(page).ok()?], |row| row.get(0)).ok()
    }

    /// The incidents whose ids begin with `id`, by id; `None` where the file is damaged.
    #[must_use]
    pub fn incidents_named(&self, id: &str) -> Option<Vec<Incident>> {
        self.rows(
            "SELECT id, body, seal FROM incidents WHERE id >= ?1 AND id < ?1 || '~' ORDER BY id",
            id,
        )
    }

    /// The disputes whose ids begin with `id`, by id; `None` where the file is damaged.
    #[must_use]
    pub fn disputes_named(&self, id: &str) -> Option<Vec<Dispute>> {
        self.rows(
            "SELECT id, body, seal FROM disputes WHERE id >= ?1 AND id < ?1 || '~' ORDER BY id",
            id,
        )
    }

    fn rows<T: DeserializeOwned>(&self, sql: &str, id: &str) -> Sound<Vec<T>> {
        let conn = self.conn.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all = conn.prepare_cached(sql).ok()?;
        let mut rows = all.query([id]).ok()?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().ok()? {
            let (id, body) = (row.get_ref(0).ok()?, row.get_ref(1).ok()?);
            let (id, body) = (id.as_str().ok()?, body.as_str().ok()?);
            if row.get_ref(2).ok()?.as_blob().ok()? != sealed("view", id, body) {
                return None;
            }
            found.push(serde_json::from_str(body).ok()?);
        }
        Some(found)
    }

    /// Changes the file in one transaction, which ends with [`Change::finish`]. `None` when it cannot be written, or another
    /// program changed it meanwhile.
    #[must_use]
    pub fn change(&self) -> Option<Change<'_>> {
        let conn = self.conn.lock().unwrap_or_else(PoisonError::into_inner);
        conn.execute_batch("BEGIN IMMEDIATE").ok()?;
        let mark: Option<String> =
            conn.query_row("SELECT mark FROM head", [], |row| row.get(0)).ok();
        drop(conn);
        let same = mark.and_then(|mark| serde_json::from_str::<Mark>(&mark).ok());
        let change = Change { on: On::Open(self), failed: Cell::default() };
        (same.as_ref() == Some(&self.mark)).then_some(change)
    }

    /// Begins a new file for what was derived from the ledger; it takes the place of another with [`Change::finish`]. `None` when
    /// it cannot be written.
    #[must_use]
    pub fn begin(ledger: &Path) -> Option<Change<'static>> {
        let path = Self::path(ledger);
        let new = beside(&path, ".new");
        drop(fs::remove_file(&new));
        let conn = Connection::open(&new).ok()?;
        let change =
            Change { on: On::New { conn: Mutex::new(conn), path, new }, failed: Cell::default() };
        // Nobody reads the file before it has its name, so nothing has to be undone.
        let begun = change.conn(|conn| {
            conn.pragma_update(None, "page_size", PAGE)?;
            conn.pragma_update(None, "cache_size", PAGE_MEMORY)?;
            conn.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")?;
            conn.execute_batch(TABLES)
        });
        begun.then_some(change)
    }
}

/// Rows on their way into the file.
#[derive(Debug)]
pub struct Change<'d> {
    on: On<'d>,
    failed: Cell<bool>,
}

#[derive(Debug)]
enum On<'d> {
    Open(&'d Derived),
    New { conn: Mutex<Connection>, path: PathBuf, new: PathBuf },
}

impl Change<'_> {
    /// Keeps a page of the room.
    pub fn page(&self, list: u8, page: u64, body: &[u8]) {
        self.conn(|conn| {
            let page = i64::try_from(page).unwrap_or(i64::MAX);
            let sql = "INSERT OR REPLACE INTO pages (list, page, body) VALUES (?1, ?2, ?3)";
            conn.prepare_cached(sql)?.execute(params![list, page, body]).map(drop)
        });
    }

    /// Keeps the incident and the disputes of a group of claims or an actor, in the place of those that were kept of it.
    pub fn view(&self, of: &str, incident: Option<&Incident>, disputes: &[Dispute]) {
        let new = matches!(self.on, On::New { .. });
        self.conn(|conn| {
            if !new {
                conn.prepare_cached("DELETE FROM incidents WHERE of = ?1")?.execute([of])?;
                conn.prepare_cached("DELETE FROM disputes WHERE of = ?1")?.execute([of])?;
            }
            if let Some(incident) = incident {
                let sql = "INSERT INTO incidents (of, id, body, seal) VALUES (?1, ?2, ?3, ?4)";
                insert(conn, sql, of, incident.id.as_str(), incident)?;
            }
            for dispute in disputes {
                let sql = "INSERT INTO disputes (of, id, body, seal) VALUES (?1, ?2, ?3, ?4)";
                insert(conn, sql, of, dispute.id.as_str(), dispute)?;
            }
            Ok(())
        });
    }

    /// Ends it: what was made by `made` of the ledger at `mark`. Whether the file is there now; if not, an old one is as it was.
    pub fn finish(self, made: &Digest, mark: &Mark) -> bool {
        let Ok(mark) = serde_json::to_string(mark) else {
            return false;
        };
        let new = matches!(self.on, On::New { .. });
        self.conn(|conn| {
            let sql = "INSERT OR REPLACE INTO head (one, form, made, mark, seal) VALUES (1, ?1, ?2, ?3, ?4)";
            conn.execute(sql, params![FORM, made.as_bytes(), mark, sealed("head", "", &mark)])?;
            if new {
                conn.execute_batch(INDEXES)?;
            }
            conn.execute_batch("COMMIT")
        });
        if self.failed.get() {
            return false;
        }
        match &self.on {
            On::Open(_) => true,
            On::New { path, new, .. } => {
                // What is left of a change of the old file must not be taken for one of the new.
                drop(fs::remove_file(path));
                drop(fs::remove_file(beside(path, "-journal")));
                let synced = fs::File::open(new).and_then(|file| file.sync_all());
                synced.and_then(|()| fs::rename(new, path)).is_ok()
            }
        }
    }

    /// Does `write` unless something failed before; whether all went well so far.
    fn conn(&self, write: impl FnOnce(&Connection) -> rusqlite::Result<()>) -> bool {
        if self.failed.get() {
            return false;
        }
        let conn = match &self.on {
            On::Open(derived) => &derived.conn,
            On::New { conn, .. } => conn,
        };
        let done = write(&conn.lock().unwrap_or_else(PoisonError::into_inner)).is_ok();
        self.failed.set(!done);
        done
    }
}

impl Drop for Change<'_> {
    fn drop(&mut self) {
        match &self.on {
            On::Open(derived) => {
                let conn = derived.conn.lock().unwrap_or_else(PoisonError::into_inner);
                if !conn.is_autocommit() {
                    drop(conn.execute_batch("ROLLBACK"));
                }
            }
            On::New { new, .. } => drop(fs::remove_file(new)),
        }
    }
}

fn insert<T: Serialize>(
    conn: &Connection,
    sql: &str,
    of: &str,
    id: &str,
    body: &T,
) -> rusqlite::Result<()> {
    let body = serde_json::to_string(body)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    let seal = sealed("view", id, &body);
    conn.prepare_cached(sql)?.execute(params![of, id, body, seal]).map(drop)
}

fn sealed(what: &str, id: &str, body: &str) -> Vec<u8> {
    Digest::of(&[what.as_bytes(), id.as_bytes(), body.as_bytes()]).as_bytes().to_vec()
}
