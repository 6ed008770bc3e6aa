//! The ledger as it was at an earlier moment.
//!
//! What came later is hidden behind temporary views of the connection, which go by the names of the
//! tables; every question is then the same as about the ledger of today.

use std::path::Path;

use jiff::Timestamp;
use rusqlite::Connection;

use crate::{Ledger, LedgerError, counting};

const LOOK_BACK: &str = "look back";

/// Times are stored with as many digits as they need, so they are compared without the Z: a longer one
/// with the same beginning is the later one. What belongs to a coding asks for that one coding: a list of all of them
/// would be made anew for every row that is read.
const VIEWS: &str = "
    CREATE TEMP VIEW codings AS SELECT * FROM main.codings
        WHERE rtrim(coded_at, 'Z') <= (SELECT moment FROM temp.looking_back);
    CREATE TEMP VIEW claims AS SELECT * FROM main.claims c
        WHERE EXISTS (SELECT 1 FROM temp.codings k WHERE k.seq = c.coding);
    CREATE TEMP VIEW reports AS SELECT * FROM main.reports r
        WHERE EXISTS (SELECT 1 FROM temp.codings k WHERE k.report = r.seq);
    CREATE TEMP VIEW returns AS SELECT * FROM main.returns
        WHERE rtrim(returned_at, 'Z') <= (SELECT moment FROM temp.looking_back);
    CREATE TEMP VIEW decisions AS SELECT * FROM main.decisions
        WHERE rtrim(decided_at, 'Z') <= (SELECT moment FROM temp.looking_back);
    CREATE TEMP TABLE current (report TEXT PRIMARY KEY, coding INTEGER NOT NULL UNIQUE) WITHOUT ROWID;";

impl Ledger {
    /// Opens an existing ledger for reading, as it was at `moment`: with the reports, the codings and the
    /// decisions that were stored until then, that moment included. What superseded something later is
    /// not known yet.
    ///
    /// # Errors
    /// As [`Ledger::open_read_only`].
    pub fn open_at(path: &Path, moment: Timestamp) -> Result<Self, LedgerError> {
        let ledger = Self::open_read_only(path)?;
        look_back(&ledger.conn, moment).map_err(ledger.failing(LOOK_BACK))?;
        Ok(ledger)
    }
}

fn look_back(conn: &Connection, moment: Timestamp) -> rusqlite::Result<()> {
    // The disk may be read-only.
    conn.pragma_update(None, "temp_store", "memory")?;
    conn.execute_batch("CREATE TEMP TABLE looking_back (moment TEXT NOT NULL)")?;
    let moment = moment.to_string();
    conn.execute(
        "INSERT INTO temp.looking_back (moment) VALUES (?1)",
        [moment.trim_end_matches('Z')],
    )?;
    conn.execute_batch(VIEWS)?;
    conn.execute(&format!("INSERT INTO temp.current (report, coding) {}", counting::ALL), [])?;
    Ok(())
}
