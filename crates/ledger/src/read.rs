//! Answers: claims and reports by query or by id, and the originals behind them.

use averment_types::{
    Claim, ClaimId, CodedReport, CoderVersion, Digest, Original, Report, ReportId,
};
use rusqlite::{OptionalExtension, Row, ToSql, params_from_iter};

use crate::filter::Filter;
use crate::force::Force;
use crate::history::{ClaimMatch, FoundReport, StoredClaim, StoredReport};
use crate::packing;
use crate::row::{Head, ReadFault, from_json};
use crate::{ClaimQuery, Ledger, LedgerError, ReportQuery};

const READ_CLAIMS: &str = "read claims";
const READ_REPORTS: &str = "read reports";
const READ_ORIGINAL: &str = "read an original";

/// The coding and the JSON of the claim ?1.
const CLAIM_BODY: &str = "SELECT c.coding, b.json FROM claims c \
                          JOIN claim_bodies b ON b.claim = c.seq WHERE c.seq = ?1";

/// A stored original: size, deflated bytes, packed map.
type PackedOriginal = (u64, Vec<u8>, Vec<u8>);

impl Ledger {
    /// The most ids that [`ClaimMatch::Several`] lists.
    pub const SEVERAL: usize = 10;

    /// Whether this revision of this report has been coded by this version: coding it again would
    /// change nothing.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn is_coded(
        &self,
        report: &ReportId,
        digest: &Digest,
        coder: &CoderVersion,
    ) -> Result<bool, LedgerError> {
        let sql = "SELECT 1 FROM reports r JOIN codings k ON k.report = r.seq \
                   JOIN coders v ON v.seq = k.coder WHERE r.digest = ?1 AND r.id = ?2 \
                   AND v.version = ?3 AND v.reader = ?4 AND v.codebook = ?5";
        let key =
            (digest.as_bytes(), report.as_str(), &coder.version, &coder.reader, &coder.codebook);
        self.conn
            .prepare_cached(sql)
            .and_then(|mut found| found.exists(key))
            .map_err(self.failing("look a report up"))
    }

    /// The claims that `query` asks for, in the order in which they were stored: reports as they came,
    /// in each the order of its triggers.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn claims(&self, query: &ClaimQuery) -> Result<Vec<StoredClaim>, LedgerError> {
        let mut all = Vec::new();
        self.for_each_claim(query, |claim| {
            all.push(claim);
            Ok::<(), LedgerError>(())
        })?;
        Ok(all)
    }

    /// Calls `each` with every claim that `query` asks for, in the order of [`Ledger::claims`], holding
    /// one at a time. All of them are of one moment, whatever is stored meanwhile.
    ///
    /// # Errors
    /// When the ledger cannot be read, or the first error of `each`.
    pub fn for_each_claim<E: From<LedgerError>>(
        &self,
        query: &ClaimQuery,
        mut each: impl FnMut(StoredClaim) -> Result<(), E>,
    ) -> Result<(), E> {
        let _moment = self.moment(READ_CLAIMS)?;
        let force = self.force()?;
        let mut shared: Option<(i64, Head)> = None;
        for seq in self.picked_in_force(Filter::claims(query), &force, query.superseded)? {
            let Some((coding, claim)) = self.one_row(CLAIM_BODY, &seq, READ_CLAIMS, body)? else {
                continue;
            };
            if shared.as_ref().is_none_or(|(of, _)| *of != coding) {
                let head = self.one_row(&Head::sql(), &coding, READ_CLAIMS, head)?;
                shared = head.map(|head| (coding, head));
            }
            if let Some((_, head)) = &shared {
                each(with_head(claim, head.clone(), &force))?;
            }
        }
        Ok(())
    }

    /// The reports that `query` asks for, in the order in which they first came.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn reports(&self, query: &ReportQuery) -> Result<Vec<FoundReport>, LedgerError> {
        let _moment = self.moment(READ_REPORTS)?;
        let picked = self.picked(&Filter::reports(query), READ_REPORTS)?;
        let found = picked
            .iter()
            .map(|coding| self.one_row(&Head::sql(), coding, READ_REPORTS, found_report));
        found.filter_map(Result::transpose).collect()
    }

    /// The claim of this id, whether it still counts or not.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn claim(&self, id: &ClaimId) -> Result<Option<StoredClaim>, LedgerError> {
        let _moment = self.moment(READ_CLAIMS)?;
        let sql = claim_sql("c.id = ?1");
        let Some((claim, head)) = self.one_row(&sql, &id.as_str(), READ_CLAIMS, claim_and_head)?
        else {
            return Ok(None);
        };
        Ok(Some(with_head(claim, head, &self.force()?)))
    }

    /// The claims of these ids, whether they still count or not; those that the ledger does not hold are left out.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn claims_of_ids(&self, ids: &[&ClaimId]) -> Result<Vec<StoredClaim>, LedgerError> {
        let _moment = self.moment(READ_CLAIMS)?;
        let force = self.force()?;
        let sql = claim_sql("c.id = ?1");
        let found = ids.iter().filter_map(|id| {
            let row = self.one_row(&sql, &id.as_str(), READ_CLAIMS, claim_and_head).transpose()?;
            Some(row.map(|(claim, head)| with_head(claim, head, &force)))
        });
        found.collect()
    }

    /// The claims whose ids begin with `prefix`.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn resolve_claim(&self, prefix: &str) -> Result<ClaimMatch, LedgerError> {
        if prefix.is_empty() {
            return Ok(ClaimMatch::None);
        }
        let sql = "SELECT id FROM claims WHERE id >= ?1 AND id < ?1 || char(1114111) \
                   ORDER BY id LIMIT ?2";
        let ids: Vec<ClaimId> =
            self.ids_beginning(sql, prefix)?.iter().map(|id| ClaimId::new(id)).collect();
        Ok(match ids.as_slice() {
            [] => ClaimMatch::None,
            [one] => ClaimMatch::One(one.clone()),
            _ => ClaimMatch::Several(ids),
        })
    }

    /// The reports that count whose ids begin with `prefix`, at most [`Ledger::SEVERAL`] of them, in order; none for an empty one.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn reports_beginning(&self, prefix: &str) -> Result<Vec<ReportId>, LedgerError> {
        if prefix.is_empty() {
            return Ok(Vec::new());
        }
        let sql = "SELECT report FROM current WHERE report >= ?1 AND report < ?1 || char(1114111) \
                   ORDER BY report LIMIT ?2";
        Ok(self.ids_beginning(sql, prefix)?.iter().map(|id| ReportId::new(id)).collect())
    }

    /// What `sql` finds for a prefix, at most [`Ledger::SEVERAL`] ids.
    fn ids_beginning(&self, sql: &str, prefix: &str) -> Result<Vec<String>, LedgerError> {
        self.conn
            .prepare_cached(sql)
            .and_then(|mut found| {
                found.query_map((prefix, Self::SEVERAL), |row| row.get(0))?.collect()
            })
            .map_err(self.failing(READ_CLAIMS))
    }

    /// The report of this id: its newest revision, with the claims of its current coding.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn report(&self, id: &ReportId) -> Result<Option<StoredReport>, LedgerError> {
        let sql = "JOIN current u ON u.coding = k.seq WHERE u.report = ?1";
        self.stored_report(sql, &id.as_str())
    }

    /// The revision with this digest, with the claims of its newest coding.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn revision(&self, digest: &Digest) -> Result<Option<StoredReport>, LedgerError> {
        let sql = "JOIN reports r ON r.seq = k.report WHERE r.digest = ?1 \
                   ORDER BY k.seq DESC LIMIT 1";
        self.stored_report(sql, digest.as_bytes())
    }

    /// The bytes that the newest revision of this report was read from.
    ///
    /// # Errors
    /// When the ledger cannot be read or the original is damaged.
    pub fn original(&self, id: &ReportId) -> Result<Option<Original>, LedgerError> {
        let sql = "JOIN codings k ON k.report = o.report JOIN current u ON u.coding = k.seq \
                   WHERE u.report = ?1";
        self.unpacked(sql, &id.as_str())
    }

    /// The bytes that the revision with this digest was read from.
    ///
    /// # Errors
    /// When the ledger cannot be read or the original is damaged.
    pub fn original_of(&self, digest: &Digest) -> Result<Option<Original>, LedgerError> {
        let sql = "JOIN reports r ON r.seq = o.report WHERE r.digest = ?1";
        self.unpacked(sql, digest.as_bytes())
    }

    /// The numbers of the rows that a filter picks, in order. They are read one by one afterwards:
    /// sorting long rows would cost more than all the rest.
    pub(crate) fn picked(
        &self,
        filter: &Filter,
        operation: &'static str,
    ) -> Result<Vec<i64>, LedgerError> {
        self.conn
            .prepare_cached(&filter.sql())
            .and_then(|mut pick| {
                let values = params_from_iter(filter.values(None));
                pick.query_map(values, |row| row.get(0))?.collect()
            })
            .map_err(self.failing(operation))
    }

    pub(crate) fn one_row<T>(
        &self,
        sql: &str,
        key: &dyn ToSql,
        operation: &'static str,
        read: fn(&Row<'_>) -> Result<T, ReadFault>,
    ) -> Result<Option<T>, LedgerError> {
        let fail = self.failing(operation);
        let mut statement = self.conn.prepare_cached(sql).map_err(fail)?;
        let mut rows = statement.query([key]).map_err(fail)?;
        let row = rows.next().map_err(fail)?;
        row.map(|row| read(row).map_err(|fault| LedgerError::read(&self.path, operation, fault)))
            .transpose()
    }

    /// The coding `k` that `which` picks, put together again. One transaction, so of one moment.
    fn stored_report(
        &self,
        which: &str,
        key: &dyn ToSql,
    ) -> Result<Option<StoredReport>, LedgerError> {
        let _moment = self.moment(READ_REPORTS)?;
        let picked: Option<i64> = self
            .conn
            .prepare_cached(&format!("SELECT k.seq FROM codings k {which}"))
            .and_then(|mut one| one.query_row([key], |row| row.get(0)).optional())
            .map_err(self.failing(READ_REPORTS))?;
        picked.map(|coding| self.coding(coding)).transpose().map(Option::flatten)
    }

    /// A coding's report and claims.
    pub(crate) fn coding(&self, coding: i64) -> Result<Option<StoredReport>, LedgerError> {
        let _moment = self.moment(READ_REPORTS)?;
        let sql = format!(
            "SELECT r.json, {} FROM codings k {} WHERE k.seq = ?1",
            Head::COLUMNS,
            Head::JOINS
        );
        let found = self.one_row(&sql, &coding, READ_REPORTS, report_and_head)?;
        let claims = self.claims_of(coding)?;
        Ok(found.map(|(report, head)| StoredReport {
            coded: CodedReport { report, claims },
            coder: head.coder,
            coded_at: head.coded_at,
            superseded: head.superseded,
        }))
    }

    /// The claims of one coding, in order.
    pub(crate) fn claims_of(&self, coding: i64) -> Result<Vec<Claim>, LedgerError> {
        let fail = self.failing(READ_CLAIMS);
        let sql = "SELECT b.json FROM claims c JOIN claim_bodies b ON b.claim = c.seq \
                   WHERE c.coding = ?1 ORDER BY c.seq";
        let json: Vec<String> = self
            .conn
            .prepare_cached(sql)
            .and_then(|mut all| all.query_map([coding], |row| row.get(0))?.collect())
            .map_err(fail)?;
        json.iter()
            .map(|json| from_json(json, "claim_bodies.json"))
            .collect::<Result<_, _>>()
            .map_err(|fault| LedgerError::read(&self.path, READ_CLAIMS, fault))
    }

    fn unpacked(&self, which: &str, key: &dyn ToSql) -> Result<Option<Original>, LedgerError> {
        let sql = format!("SELECT o.size, o.bytes, o.map FROM originals o {which}");
        self.one_row(&sql, key, READ_ORIGINAL, original)
    }
}

fn claim_sql(which: &str) -> String {
    format!(
        "SELECT b.json, {} FROM claims c CROSS JOIN claim_bodies b ON b.claim = c.seq \
         CROSS JOIN codings k ON k.seq = c.coding {} WHERE {which}",
        Head::COLUMNS,
        Head::JOINS
    )
}

fn claim_and_head(row: &Row<'_>) -> Result<(Claim, Head), ReadFault> {
    Ok((json_cell(row, 0, "claim_bodies.json")?, Head::read(row, 1)?))
}

fn with_head(claim: Claim, head: Head, force: &Force) -> StoredClaim {
    let Head { report, coded_at, superseded, coder: _ } = head;
    let standing = force.standing(&report.id, &report.digest, &claim);
    StoredClaim { claim, report, coded_at, superseded, standing }
}

/// The number of a claim's coding, and the claim.
fn body(row: &Row<'_>) -> Result<(i64, Claim), ReadFault> {
    Ok((row.get(0)?, json_cell(row, 1, "claim_bodies.json")?))
}

fn head(row: &Row<'_>) -> Result<Head, ReadFault> {
    Head::read(row, 0)
}

fn found_report(row: &Row<'_>) -> Result<FoundReport, ReadFault> {
    let head = Head::read(row, 0)?;
    Ok(FoundReport {
        report: head.report,
        coder: head.coder,
        coded_at: head.coded_at,
        superseded: head.superseded,
    })
}

fn report_and_head(row: &Row<'_>) -> Result<(Report, Head), ReadFault> {
    Ok((json_cell(row, 0, "reports.json")?, Head::read(row, 1)?))
}

fn original(row: &Row<'_>) -> Result<Original, ReadFault> {
    let (size, bytes, map): PackedOriginal = (row.get(0)?, row.get(1)?, row.get(2)?);
    unpack(size, &bytes, &map)
        .ok_or_else(|| ReadFault::Value("originals.bytes or originals.map is damaged".to_owned()))
}

/// An original from its columns; `None` when they are damaged.
pub(crate) fn unpack(size: u64, bytes: &[u8], map: &[u8]) -> Option<Original> {
    Some(Original { bytes: packing::unpack(bytes, size)?, map: packing::unpack_map(map)? })
}

/// The JSON in column `at`, read where SQLite holds it.
pub(crate) fn json_cell<T: serde::de::DeserializeOwned>(
    row: &Row<'_>,
    at: usize,
    column: &str,
) -> Result<T, ReadFault> {
    let cell = row.get_ref(at)?;
    let json = cell.as_str().map_err(|_| ReadFault::Value(format!("{column} is no text")))?;
    from_json(json, column)
}
