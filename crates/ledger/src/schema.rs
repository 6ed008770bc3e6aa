//! Schema versions: recognising a ledger, refusing what is none, migrating old ones.
//!
//! A migration is one script in `migrations/`; script N brings schema N-1 to schema N. Scripts never
//! change once released: `corpus/ledgers/` keeps a ledger of every past schema.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::LedgerError;

/// `AVMT`: marks an SQLite file as a ledger.
pub(crate) const APPLICATION_ID: i32 = 0x4156_4d54;

/// The scripts, in order.
pub(crate) const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_ledger.sql"),
    include_str!("../migrations/0002_decisions.sql"),
];

/// What an SQLite file is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Identity {
    /// No tables, no mark: may become a ledger.
    Empty,
    /// A ledger of this schema.
    Ledger(u32),
    /// Somebody else's database.
    Foreign,
}

/// The newest schema in `migrations`.
pub(crate) fn newest(migrations: &[&str]) -> u32 {
    u32::try_from(migrations.len()).unwrap_or(u32::MAX)
}

/// Begins a moment in which nothing that others write is seen, unless one has begun.
pub(crate) fn moment(conn: &Connection) -> rusqlite::Result<Option<Transaction<'_>>> {
    conn.is_autocommit().then(|| conn.unchecked_transaction()).transpose()
}

/// Tells what the open file is. Reads only, and in one moment: another program may be making it.
pub(crate) fn identify(conn: &Connection) -> rusqlite::Result<Identity> {
    let _moment = moment(conn)?;
    let mark: i32 = conn.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let version: i64 = conn.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    Ok(match (mark, u32::try_from(version)) {
        (APPLICATION_ID, Ok(version)) if version > 0 => Identity::Ledger(version),
        (0, Ok(0)) if tables == 0 => Identity::Empty,
        _ => Identity::Foreign,
    })
}

/// Refuses what is no ledger or a newer one, without touching it; gives the schema, 0 for an empty file.
pub(crate) fn admit(
    conn: &Connection,
    path: &Path,
    migrations: &[&str],
) -> Result<u32, LedgerError> {
    let fail = |source| LedgerError::sqlite(path, "read the schema version", source);
    let known = newest(migrations);
    match identify(conn).map_err(fail)? {
        Identity::Empty => Ok(0),
        Identity::Ledger(found) if found <= known => Ok(found),
        Identity::Ledger(found) => {
            Err(LedgerError::NewerSchema { path: path.to_owned(), found, known })
        }
        Identity::Foreign => Err(LedgerError::NotALedger {
            path: path.to_owned(),
            found: "it is an SQLite database of another program",
        }),
    }
}

/// Brings the ledger to the newest schema in one transaction; does nothing when it is there.
pub(crate) fn migrate(
    conn: &mut Connection,
    path: &Path,
    migrations: &[&str],
) -> Result<(), LedgerError> {
    let fail = |source| LedgerError::sqlite(path, "migrate the schema", source);
    if admit(conn, path, migrations)? == newest(migrations) {
        return Ok(());
    }
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
    // Another program may have migrated while this one waited for its turn.
    let found = admit(&tx, path, migrations)?;
    for script in migrations.iter().skip(found as usize) {
        tx.execute_batch(script).map_err(fail)?;
    }
    tx.pragma_update(None, "application_id", APPLICATION_ID)
        .and_then(|()| tx.pragma_update(None, "user_version", newest(migrations)))
        .and_then(|()| tx.commit())
        .map_err(fail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_schema_is_migrated_once_and_a_newer_one_refused() {
        let path = Path::new("a.db");
        let two = ["CREATE TABLE a (x)", "ALTER TABLE a ADD COLUMN y DEFAULT 7"];
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn, path, &two[..1]).unwrap();
        conn.execute("INSERT INTO a VALUES (1)", []).unwrap();
        migrate(&mut conn, path, &two).unwrap();
        migrate(&mut conn, path, &two).unwrap();
        let y: i64 = conn.query_row("SELECT y FROM a", [], |r| r.get(0)).unwrap();
        assert_eq!(y, 7);
        let refused = migrate(&mut conn, path, &two[..1]).unwrap_err();
        assert!(matches!(refused, LedgerError::NewerSchema { found: 2, known: 1, .. }));
    }

    #[test]
    fn a_failing_script_leaves_the_old_schema() {
        let path = Path::new("a.db");
        let mut conn = Connection::open_in_memory().unwrap();
        migrate(&mut conn, path, &["CREATE TABLE a (x)"]).unwrap();
        let broken = ["", "CREATE TABLE b (x); CREATE TABLE b (x)"];
        assert!(migrate(&mut conn, path, &broken).is_err());
        assert_eq!(identify(&conn).unwrap(), Identity::Ledger(1));
        let b = conn.prepare("SELECT * FROM b");
        assert!(b.is_err());
    }
}
