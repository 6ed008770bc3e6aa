//! How much a ledger holds.

use averment_types::CoderVersion;
use jiff::Timestamp;
use serde::Serialize;

use crate::row::timestamp;
use crate::{Ledger, LedgerError};

const COUNT: &str = "count the rows";

/// Counts over the whole ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Reports, each counted once.
    pub reports: u64,
    /// Contents of reports, updates included.
    pub revisions: u64,
    /// Codings of revisions, earlier ones included.
    pub codings: u64,
    /// Claims of the codings that count; those that people rejected are among them.
    pub claims: u64,
    /// Claims that no longer count.
    pub superseded_claims: u64,
    /// Bytes of all originals, unpacked.
    pub original_bytes: u64,
    /// Every version that has coded something, in order of first use.
    pub coders: Vec<CoderVersion>,
    /// When something was last stored; `None` in an empty ledger.
    pub last_stored: Option<Timestamp>,
}

impl Ledger {
    /// Counts what the ledger holds.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn summary(&self) -> Result<Summary, LedgerError> {
        let _moment = self.moment(COUNT)?;
        let fail = self.failing(COUNT);
        let count = |sql: &str| self.conn.query_row(sql, [], |row| row.get::<_, u64>(0));
        let claims =
            "SELECT coalesce(sum(k.claims), 0) FROM current u JOIN codings k ON k.seq = u.coding";
        let all = count("SELECT coalesce(sum(claims), 0) FROM codings").map_err(fail)?;
        let claims = count(claims).map_err(fail)?;
        Ok(Summary {
            reports: count("SELECT count(*) FROM current").map_err(fail)?,
            revisions: count("SELECT count(*) FROM reports").map_err(fail)?,
            codings: count("SELECT count(*) FROM codings").map_err(fail)?,
            claims,
            superseded_claims: all.saturating_sub(claims),
            original_bytes: count("SELECT coalesce(sum(size), 0) FROM originals").map_err(fail)?,
            coders: self.coders().map_err(fail)?,
            last_stored: self.last_stored()?,
        })
    }

    fn coders(&self) -> rusqlite::Result<Vec<CoderVersion>> {
        let sql = "SELECT version, reader, codebook FROM coders ORDER BY seq";
        let mut all = self.conn.prepare_cached(sql)?;
        all.query_map([], |row| {
            Ok(CoderVersion { version: row.get(0)?, reader: row.get(1)?, codebook: row.get(2)? })
        })?
        .collect()
    }

    fn last_stored(&self) -> Result<Option<Timestamp>, LedgerError> {
        let fail = self.failing(COUNT);
        let sql = "SELECT coded_at FROM codings ORDER BY seq DESC LIMIT 1";
        let mut last = self.conn.prepare_cached(sql).map_err(fail)?;
        let mut rows = last.query([]).map_err(fail)?;
        let row = rows.next().map_err(fail)?;
        row.map(|row| timestamp(row, 0))
            .transpose()
            .map_err(|fault| LedgerError::read(&self.path, COUNT, fault))
    }
}
