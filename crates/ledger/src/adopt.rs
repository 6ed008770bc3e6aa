//! Taking over what was coded anew beside the ledger: all of it counts from one moment on, or nothing.

use averment_types::{CodedReport, CoderVersion, Digest, Original};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, TransactionBehavior};
use serde::Serialize;

use crate::store::{Rows, Writer, contradiction};
use crate::{Entry, Ledger, LedgerError, StoreOutcome};

const ADOPT: &str = "take a new coding over";
const COPY: &str = "read codings";

/// What became of the codings that were taken over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Adopted {
    /// Reports that have a new coding, which counts now.
    pub recoded: u64,
    /// Reports for which an earlier coding by the same version counts again.
    pub returned: u64,
    /// Reports for which that coding counted already, or whose content has changed since.
    pub unchanged: u64,
    /// Codings that contradict themselves, or whose report is not in the ledger; they were left out.
    pub refused: u64,
}

impl Ledger {
    /// The report of this revision with the claims that `coder` found in it, if it has coded it.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn coded_by(
        &self,
        revision: &Digest,
        coder: &CoderVersion,
    ) -> Result<Option<CodedReport>, LedgerError> {
        let coding: Option<i64> = self
            .conn
            .prepare_cached(
                "SELECT k.seq FROM reports r JOIN codings k ON k.report = r.seq \
                 JOIN coders v ON v.seq = k.coder WHERE r.digest = ?1 \
                 AND v.version = ?2 AND v.reader = ?3 AND v.codebook = ?4",
            )
            .and_then(|mut found| {
                let key = (revision.as_bytes(), &coder.version, &coder.reader, &coder.codebook);
                found.query_row(key, |row| row.get(0)).optional()
            })
            .map_err(self.failing(COPY))?;
        let stored = coding.map(|coding| self.coding(coding)).transpose()?.flatten();
        Ok(stored.map(|stored| stored.coded))
    }

    /// The newest revision of every report, in the order in which the reports first came.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn newest_revisions(&self) -> Result<Vec<Digest>, LedgerError> {
        let found = self.reports(&crate::ReportQuery::default())?;
        Ok(found.into_iter().map(|found| found.report.digest).collect())
    }

    /// Takes over every coding by `version` of the ledger `draft`, in one transaction: with `Ok` all of
    /// them count and are on the disk, else none does. Where this ledger holds the coding already, but
    /// another one counts, it is made to count again.
    ///
    /// # Errors
    /// As [`Ledger::store`], and when the draft cannot be read.
    pub fn adopt(
        &mut self,
        draft: &Self,
        version: &CoderVersion,
        now: Timestamp,
    ) -> Result<Adopted, LedgerError> {
        let path = self.path.clone();
        let fail = |source| LedgerError::sqlite(&path, ADOPT, source);
        let revisions = draft.revisions_by(version)?;
        let tx =
            self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        let writer = Writer::new(&tx, version, now).map_err(fail)?;
        let mut adopted = Adopted::default();
        for revision in revisions {
            let Some(coded) = draft.coded_by(&revision, version)? else { continue };
            match writer.take(&coded, version).map_err(fail)? {
                Taken::Recoded => adopted.recoded += 1,
                Taken::Returned => adopted.returned += 1,
                Taken::Unchanged => adopted.unchanged += 1,
                Taken::Refused => adopted.refused += 1,
            }
        }
        tx.commit().map_err(fail)?;
        Ok(adopted)
    }

    /// The revisions that `coder` has coded, in the order of the codings.
    pub(crate) fn revisions_by(&self, coder: &CoderVersion) -> Result<Vec<Digest>, LedgerError> {
        let sql = "SELECT r.digest FROM codings k JOIN reports r ON r.seq = k.report \
                   JOIN coders v ON v.seq = k.coder \
                   WHERE v.version = ?1 AND v.reader = ?2 AND v.codebook = ?3 ORDER BY k.seq";
        let fail = self.failing(COPY);
        let mut all = self.conn.prepare_cached(sql).map_err(fail)?;
        let mut rows = all.query((&coder.version, &coder.reader, &coder.codebook)).map_err(fail)?;
        let mut revisions = Vec::new();
        while let Some(row) = rows.next().map_err(fail)? {
            let read = crate::row::digest(row, 0);
            revisions.push(read.map_err(|fault| LedgerError::read(&self.path, COPY, fault))?);
        }
        Ok(revisions)
    }
}

/// What became of one coding.
enum Taken {
    Recoded,
    Returned,
    Unchanged,
    Refused,
}

impl Writer<'_> {
    fn take(&self, coded: &CodedReport, version: &CoderVersion) -> rusqlite::Result<Taken> {
        let digest = coded.report.digest.as_bytes();
        if self.find("SELECT seq FROM reports WHERE digest = ?1", digest)?.is_none()
            || contradiction(coded, version).is_some()
        {
            return Ok(Taken::Refused);
        }
        // The report is there, with its original: none is written.
        let original = Original::default();
        let entry = Entry { coded, original: &original };
        let Ok(Some(rows)) = Rows::of(&entry) else { return Ok(Taken::Refused) };
        Ok(match self.write(&rows)? {
            StoreOutcome::Recoded => Taken::Recoded,
            StoreOutcome::Unchanged if self.recall(coded)? => Taken::Returned,
            StoreOutcome::Unchanged => Taken::Unchanged,
            StoreOutcome::New | StoreOutcome::Updated | StoreOutcome::Refused(_) => Taken::Refused,
        })
    }

    /// Makes the coding of `coded` by this version count again; whether there was need to. A content that
    /// is no longer the newest does not come back.
    fn recall(&self, coded: &CodedReport) -> rusqlite::Result<bool> {
        let report = &coded.report;
        let sql = "SELECT k.seq FROM codings k JOIN reports r ON r.seq = k.report \
                   JOIN current u ON u.report = r.id \
                   JOIN codings uk ON uk.seq = u.coding \
                   WHERE r.digest = ?1 AND k.coder = ?2 AND uk.report = k.report AND uk.seq <> k.seq";
        let key = (report.digest.as_bytes(), self.coder);
        let coding: Option<i64> =
            self.tx.prepare_cached(sql)?.query_row(key, |row| row.get(0)).optional()?;
        let Some(coding) = coding else { return Ok(false) };
        self.tx
            .prepare_cached(
                "INSERT INTO returns (coding, place, returned_at) \
                 SELECT ?1, max(seq), ?2 FROM codings",
            )?
            .execute((coding, &self.now))?;
        self.settle_current(report.id.as_str())?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{bare, coder, leave_room};

    #[test]
    fn a_full_disk_takes_nothing_over_and_a_second_try_takes_all() {
        let folder = tempfile::tempdir().unwrap();
        let open = |name: &str| Ledger::open(&folder.path().join(name)).unwrap();
        let (mut ledger, mut draft) = (open("a.db"), open("draft.db"));
        let reports: Vec<CodedReport> = (0..2000).map(|n| bare(&format!("r{n}"))).collect();
        let original = Original::default();
        let entries: Vec<Entry<'_>> =
            reports.iter().map(|coded| Entry { coded, original: &original }).collect();
        ledger.store(&entries, &coder("1"), Timestamp::UNIX_EPOCH).unwrap();
        draft.store(&entries, &coder("2"), Timestamp::UNIX_EPOCH).unwrap();
        leave_room(&ledger, 3);
        let full = ledger.adopt(&draft, &coder("2"), Timestamp::UNIX_EPOCH).unwrap_err();
        assert!(matches!(full, LedgerError::DiskFull { .. }), "{full}");
        let counting = |ledger: &Ledger| {
            let found = ledger.reports(&crate::ReportQuery::default()).unwrap();
            found.iter().filter(|found| found.coder == coder("2")).count()
        };
        assert_eq!(counting(&ledger), 0);
        assert!(ledger.check().unwrap().is_clean());

        leave_room(&ledger, 1_000_000);
        let adopted = ledger.adopt(&draft, &coder("2"), Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(adopted, Adopted { recoded: 2000, ..Adopted::default() });
        assert_eq!(counting(&ledger), 2000);
        assert!(ledger.check().unwrap().is_clean());
    }
}
