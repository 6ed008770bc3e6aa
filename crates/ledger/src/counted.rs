//! Every report that counts, with the claims that count of it, as people left them: what deriving incidents reads.

use averment_types::{Claim, CodedReport, Digest, Report};
use rusqlite::Row;

use crate::force::Force;
use crate::read::json_cell;
use crate::row::ReadFault;
use crate::{Ledger, LedgerError};

const READ: &str = "read what counts";

impl Ledger {
    /// Asks several questions of one moment: what others store meanwhile is seen by none of them.
    ///
    /// # Errors
    /// When the ledger cannot be read, or that of `ask`.
    pub fn in_one_moment<T, E: From<LedgerError>>(
        &self,
        ask: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        let _moment = self.moment(READ)?;
        ask(self)
    }

    /// Calls `each` with every report that counts, in the order in which the codings were stored, with its claims as
    /// they read now: corrected ones as they were corrected, rejected ones left out. Holds one at a time. All of
    /// them are of one moment, whatever is stored meanwhile.
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// # let ledger = averment_ledger::Ledger::open(&folder.path().join("averment.db"))?;
    /// let mut claims = 0;
    /// ledger.for_each_counting(|coded| {
    ///     claims += coded.claims.len();
    ///     Ok::<(), averment_ledger::LedgerError>(())
    /// })?;
    /// assert_eq!(claims, 0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the ledger cannot be read, or the first error of `each`.
    pub fn for_each_counting<E: From<LedgerError>>(
        &self,
        each: impl FnMut(CodedReport) -> Result<(), E>,
    ) -> Result<(), E> {
        self.for_each_counting_after(0, each)
    }

    /// The same of the codings with numbers above `last`.
    pub(crate) fn for_each_counting_after<E: From<LedgerError>>(
        &self,
        last: i64,
        mut each: impl FnMut(CodedReport) -> Result<(), E>,
    ) -> Result<(), E> {
        let _moment = self.moment(READ)?;
        let force = self.force()?;
        let sql =
            "SELECT r.json FROM codings k JOIN reports r ON r.seq = k.report WHERE k.seq = ?1";
        for coding in self.counting_codings(last)? {
            if let Some(report) = self.one_row(sql, &coding, READ, report)? {
                let claims = in_force(self.claims_of(coding)?, &report, &force);
                each(CodedReport { report, claims })?;
            }
        }
        Ok(())
    }

    /// The codings with numbers above `last` that count, in the order of storing.
    fn counting_codings(&self, last: i64) -> Result<Vec<i64>, LedgerError> {
        self.conn
            .prepare_cached("SELECT coding FROM current WHERE coding > ?1 ORDER BY coding")
            .and_then(|mut all| all.query_map([last], |row| row.get(0))?.collect())
            .map_err(self.failing(READ))
    }
}

fn report(row: &Row<'_>) -> Result<Report, ReadFault> {
    json_cell(row, 0, "reports.json")
}

/// The claims with what people decided about each; the rejected ones left out.
fn in_force(claims: Vec<Claim>, report: &Report, force: &Force) -> Vec<Claim> {
    let revision: &Digest = &report.digest;
    if !force.may_touch(revision) {
        return claims;
    }
    let read = claims.into_iter().filter_map(|claim| {
        let standing = force.standing(&report.id, revision, &claim);
        let rejected = standing.is_rejected();
        (!rejected).then(|| standing.corrected.map_or(claim, |corrected| *corrected))
    });
    read.collect()
}
