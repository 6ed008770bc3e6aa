//! What the ledger says now, as one digest: where it is the same, the same is derived from it.

use averment_types::Digest;
use rusqlite::Row;

use crate::log::Entry;
use crate::row::{ReadFault, digest};
use crate::{Ledger, LedgerError};

const READ: &str = "read the ledger's state";

impl Ledger {
    /// A digest of which revisions count, of who coded them, of all codings' number and of every decision: of all that
    /// incidents and disputes depend on. Of the moment as of which the ledger was opened.
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// let ledger = averment_ledger::Ledger::open(&folder.path().join("averment.db"))?;
    /// assert_eq!(ledger.state()?, ledger.state()?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn state(&self) -> Result<Digest, LedgerError> {
        let _moment = self.moment(READ)?;
        self.said_now().map_err(|fault| LedgerError::read(&self.path, READ, fault))
    }

    fn said_now(&self) -> Result<Digest, ReadFault> {
        let sql = "SELECT r.digest, k.coder FROM current u JOIN codings k ON k.seq = u.coding \
                   JOIN reports r ON r.seq = k.report ORDER BY k.seq";
        let mut bytes = Vec::new();
        self.each(sql, |row| {
            bytes.extend_from_slice(digest(row, 0)?.as_bytes());
            bytes.extend_from_slice(&row.get::<_, i64>(1)?.to_le_bytes());
            Ok(())
        })?;
        let mut coders = String::new();
        self.each("SELECT seq, version, reader, codebook FROM coders ORDER BY seq", |row| {
            coders.push_str(&row.get::<_, i64>(0)?.to_string());
            for at in 1..4 {
                coders.push('\n');
                coders.push_str(&row.get::<_, String>(at)?);
            }
            Ok(())
        })?;
        let codings: i64 = self.conn.query_row("SELECT count(*) FROM codings", [], |r| r.get(0))?;
        let log: Vec<u8> = self
            .entries()?
            .iter()
            .map(|entry: &Entry| entry.hash)
            .flat_map(|h| *h.as_bytes())
            .collect();
        Ok(Digest::of(&[&bytes, coders.as_bytes(), &codings.to_le_bytes(), &log]))
    }

    fn each(
        &self,
        sql: &str,
        mut take: impl FnMut(&Row<'_>) -> Result<(), ReadFault>,
    ) -> Result<(), ReadFault> {
        let mut all = self.conn.prepare_cached(sql)?;
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            take(row)?;
        }
        Ok(())
    }
}
