//! Storing: one batch, one transaction, all of it durable when it is acknowledged.
//!
//! A report that does not prove itself (a quote that differs, an id twice) is refused alone; the rest
//! of its batch is stored.

use std::fmt;

use averment_types::{CodedReport, CoderVersion, Digest, Original};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, TransactionBehavior};
use serde::Serialize;

use crate::columns::{ClaimColumns, Mention, ReportColumns};
use crate::{Ledger, LedgerError, counting, packing};

const STORE: &str = "store a batch";

/// A coded report and the bytes that it was read from.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The report and its claims.
    pub coded: &'a CodedReport,
    /// Its bytes as they came.
    pub original: &'a Original,
}

/// What became of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StoreOutcome {
    /// A report of this id was not there before.
    New,
    /// This content, coded by this version, was there before; nothing was written.
    Unchanged,
    /// The id was known with other content; what was there is kept and superseded.
    Updated,
    /// The content was known, coded by other versions; their claims are kept and superseded.
    Recoded,
    /// The entry contradicts itself and was not stored: a fault of the coder, never of the report.
    Refused(Refusal),
}

/// Why an entry was not stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The report's digest is not the digest of its content.
    DigestDiffers,
    /// A quote is not what stands at its range.
    QuoteDiffers,
    /// A claim names another coder than the batch.
    CoderDiffers,
    /// A claim's id is taken by another claim, of this report or of another.
    ClaimIdTaken,
    /// Its JSON does not read back as the same value, for example for a number that is not finite.
    NotExact,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DigestDiffers => "the report's digest is not that of its content",
            Self::QuoteDiffers => "a quote differs from the text at its range",
            Self::CoderDiffers => "a claim names another coder version than its batch",
            Self::ClaimIdTaken => "a claim's id is taken by another claim",
            Self::NotExact => "its JSON does not read back as the same value",
        })
    }
}

/// An entry made ready before the transaction begins, so that other writers wait for less.
enum Ready<'a> {
    Settled(StoreOutcome),
    Rows(Box<Rows<'a>>),
}

/// The rows of one entry.
pub(crate) struct Rows<'a> {
    coded: &'a CodedReport,
    report: ReportColumns,
    report_json: String,
    claims: Vec<(ClaimColumns, String)>,
    size: usize,
    original_digest: Digest,
    bytes: Vec<u8>,
    map: Vec<u8>,
}

impl Ledger {
    /// Stores a batch of reports that `coder` coded; `now` is recorded as the time of coding. One
    /// outcome an entry, in order. After `Ok` everything acknowledged is on the disk.
    ///
    /// Storing what is there already changes not a byte, also when other content or versions were
    /// stored in between: going back to an old state is no news.
    ///
    /// # Errors
    /// When the disk is full or read-only, the file is damaged, or another program has been writing
    /// for more than [`crate::BUSY_SECONDS`]. Then nothing of this batch is stored.
    pub fn store(
        &mut self,
        batch: &[Entry<'_>],
        coder: &CoderVersion,
        now: Timestamp,
    ) -> Result<Vec<StoreOutcome>, LedgerError> {
        let ready: Vec<Ready<'_>> =
            batch.iter().map(|entry| self.make_ready(entry, coder)).collect::<Result<_, _>>()?;
        let settled = |ready: &Ready<'_>| matches!(ready, Ready::Settled(_));
        let path = &self.path;
        let fail = |source| LedgerError::sqlite(path, STORE, source);
        if ready.iter().all(settled) {
            return write_all(None, &ready).map_err(fail);
        }
        let tx =
            self.conn.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fail)?;
        let writer = Writer::new(&tx, coder, now).map_err(fail)?;
        let outcomes = write_all(Some(&writer), &ready).map_err(fail)?;
        tx.commit().map_err(fail)?;
        Ok(outcomes)
    }

    fn make_ready<'a>(
        &self,
        entry: &Entry<'a>,
        coder: &CoderVersion,
    ) -> Result<Ready<'a>, LedgerError> {
        let report = &entry.coded.report;
        if self.is_coded(&report.id, &report.digest, coder)? {
            return Ok(Ready::Settled(StoreOutcome::Unchanged));
        }
        if let Some(refusal) = contradiction(entry.coded, coder) {
            return Ok(Ready::Settled(StoreOutcome::Refused(refusal)));
        }
        let rows = Rows::of(entry).map_err(|source| LedgerError::Io {
            path: self.path.clone(),
            operation: "deflate an original for",
            source,
        })?;
        Ok(rows.map_or(Ready::Settled(StoreOutcome::Refused(Refusal::NotExact)), |rows| {
            Ready::Rows(Box::new(rows))
        }))
    }
}

/// What in a coded report contradicts itself.
pub(crate) fn contradiction(coded: &CodedReport, by: &CoderVersion) -> Option<Refusal> {
    let strange = |claim: &averment_types::Claim| claim.content().coder.version != *by;
    if coded.report.compute_digest() != coded.report.digest {
        return Some(Refusal::DigestDiffers);
    }
    if coded.claims.iter().any(strange) {
        return Some(Refusal::CoderDiffers);
    }
    let mut ids: Vec<&str> = coded.claims.iter().map(|c| c.id().as_str()).collect();
    ids.sort_unstable();
    if ids.array_windows().any(|[a, b]| a == b) {
        return Some(Refusal::ClaimIdTaken);
    }
    coded.verify().err().map(|_| Refusal::QuoteDiffers)
}

impl<'a> Rows<'a> {
    /// The rows of an entry; `None` when its JSON would not read back as the same value.
    pub(crate) fn of(entry: &Entry<'a>) -> std::io::Result<Option<Self>> {
        let coded = entry.coded;
        let (Some(report_json), Ok(report)) =
            (exact(&coded.report), ReportColumns::of(&coded.report))
        else {
            return Ok(None);
        };
        let mut claims = Vec::with_capacity(coded.claims.len());
        for claim in &coded.claims {
            let Some(json) = exact(claim) else {
                return Ok(None);
            };
            claims.push((ClaimColumns::of(claim), json));
        }
        Ok(Some(Self {
            coded,
            report,
            report_json,
            claims,
            size: entry.original.bytes.len(),
            original_digest: Digest::of(&[&entry.original.bytes]),
            bytes: packing::pack(&entry.original.bytes)?,
            map: packing::pack_map(&entry.original.map),
        }))
    }
}

/// The JSON of a value, once it is shown that the value comes back from it.
pub(crate) fn exact<T: Serialize + serde::de::DeserializeOwned + PartialEq>(
    value: &T,
) -> Option<String> {
    let json = serde_json::to_string(value).ok()?;
    let back: T = serde_json::from_str(&json).ok()?;
    (back == *value).then_some(json)
}

/// What tells an altered JSON from the one that was stored. It hashes the bytes as they lie there, so
/// it still holds when ids come to be derived in another way.
pub(crate) fn json_digest(json: &str) -> Digest {
    Digest::of(&[json.as_bytes()])
}

fn write_all(
    writer: Option<&Writer<'_>>,
    ready: &[Ready<'_>],
) -> rusqlite::Result<Vec<StoreOutcome>> {
    ready
        .iter()
        .map(|ready| match (ready, writer) {
            (Ready::Settled(outcome), _) => Ok(*outcome),
            (Ready::Rows(rows), Some(writer)) => writer.write(rows),
            (Ready::Rows(_), None) => Err(rusqlite::Error::InvalidQuery),
        })
        .collect()
}

/// The statements of one transaction.
pub(crate) struct Writer<'a> {
    pub(crate) tx: &'a Transaction<'a>,
    pub(crate) coder: i64,
    pub(crate) now: String,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(
        tx: &'a Transaction<'_>,
        coder: &CoderVersion,
        now: Timestamp,
    ) -> rusqlite::Result<Self> {
        let key = (&coder.version, &coder.reader, &coder.codebook);
        tx.prepare_cached(
            "INSERT INTO coders (version, reader, codebook) VALUES (?1, ?2, ?3) \
             ON CONFLICT DO NOTHING",
        )?
        .execute(key)?;
        let coder = tx.query_row(
            "SELECT seq FROM coders WHERE version = ?1 AND reader = ?2 AND codebook = ?3",
            key,
            |row| row.get(0),
        )?;
        Ok(Self { tx, coder, now: now.to_string() })
    }

    /// Writes one entry, unless somebody else has since, or a claim's id is taken.
    pub(crate) fn write(&self, rows: &Rows<'_>) -> rusqlite::Result<StoreOutcome> {
        let report = &rows.coded.report;
        let known =
            self.find("SELECT seq FROM reports WHERE digest = ?1", report.digest.as_bytes())?;
        if let Some(seq) = known {
            let sql = "SELECT seq FROM codings WHERE report = ?1 AND coder = ?2";
            if self.tx.prepare_cached(sql)?.exists((seq, self.coder))? {
                return Ok(StoreOutcome::Unchanged);
            }
        }
        for claim in &rows.coded.claims {
            let taken = self.find("SELECT seq FROM claims WHERE id = ?1", claim.id().as_str())?;
            if taken.is_some() {
                return Ok(StoreOutcome::Refused(Refusal::ClaimIdTaken));
            }
        }
        let id = report.id.as_str();
        let outcome = match known {
            Some(_) => StoreOutcome::Recoded,
            None => match self.find("SELECT seq FROM reports WHERE id = ?1 LIMIT 1", id)? {
                Some(_) => StoreOutcome::Updated,
                None => StoreOutcome::New,
            },
        };
        let seq = known.map_or_else(|| self.insert_report(rows), Ok)?;
        self.insert_coding(rows, seq)?;
        self.settle_current(id)?;
        Ok(outcome)
    }

    pub(crate) fn find(
        &self,
        sql: &str,
        key: impl rusqlite::ToSql,
    ) -> rusqlite::Result<Option<i64>> {
        self.tx.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()
    }

    fn insert_report(&self, rows: &Rows<'_>) -> rusqlite::Result<i64> {
        let (report, columns) = (&rows.coded.report, &rows.report);
        let days = columns.days.as_ref();
        let seq = self
            .tx
            .prepare_cached(
                "INSERT INTO reports (id, digest, stored_at, title, outlet, outlet_key, url, \
                 language, published, day_first, day_last, json, json_digest) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .insert(rusqlite::params![
                report.id.as_str(),
                report.digest.as_bytes(),
                self.now,
                columns.title,
                columns.outlet,
                columns.outlet_key,
                columns.url,
                columns.language,
                columns.published,
                days.map(|d| &d.first),
                days.map(|d| &d.last),
                rows.report_json,
                json_digest(&rows.report_json).as_bytes(),
            ])?;
        self.tx
            .prepare_cached(
                "INSERT INTO originals (report, size, digest, bytes, map) \
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((seq, rows.size, rows.original_digest.as_bytes(), &rows.bytes, &rows.map))?;
        self.tx
            .prepare_cached("INSERT INTO report_text (rowid, title, text) VALUES (?1, ?2, ?3)")?
            .execute((seq, &report.title, &report.text))?;
        Ok(seq)
    }

    fn insert_coding(&self, rows: &Rows<'_>, report: i64) -> rusqlite::Result<()> {
        let coding = self
            .tx
            .prepare_cached(
                "INSERT INTO codings (report, coder, coded_at, claims) VALUES (?1, ?2, ?3, ?4)",
            )?
            .insert((report, self.coder, &self.now, rows.claims.len()))?;
        for (claim, (columns, json)) in rows.coded.claims.iter().zip(&rows.claims) {
            self.insert_claim(coding, claim.id().as_str(), columns, json)?;
        }
        Ok(())
    }

    fn insert_claim(
        &self,
        coding: i64,
        id: &str,
        columns: &ClaimColumns,
        json: &str,
    ) -> rusqlite::Result<()> {
        let days = columns.days.as_ref();
        let claim = self
            .tx
            .prepare_cached(
                "INSERT INTO claims (id, coding, kind, type, polarity, modality, day_first, \
                 day_last, lat, lon) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            )?
            .insert(rusqlite::params![
                id,
                coding,
                columns.kind,
                columns.type_id,
                columns.polarity,
                columns.modality,
                days.map(|d| &d.first),
                days.map(|d| &d.last),
                columns.point.map(|p| p.0),
                columns.point.map(|p| p.1),
            ])?;
        self.tx
            .prepare_cached(
                "INSERT INTO claim_bodies (claim, json, json_digest) VALUES (?1, ?2, ?3)",
            )?
            .execute((claim, json, json_digest(json).as_bytes()))?;
        for country in &columns.countries {
            self.tx
                .prepare_cached("INSERT INTO claim_countries (country, claim) VALUES (?1, ?2)")?
                .execute((country, claim))?;
        }
        for mention in &columns.mentions {
            let mention = self.mention(mention)?;
            self.tx
                .prepare_cached("INSERT INTO claim_mentions (mention, claim) VALUES (?1, ?2)")?
                .execute((mention, claim))?;
        }
        Ok(())
    }

    /// The row of a mention, made when it is a new one.
    fn mention(&self, mention: &Mention) -> rusqlite::Result<i64> {
        let key = (&mention.actor, &mention.name, &mention.words);
        let known = self
            .tx
            .prepare_cached(
                "SELECT seq FROM mentions WHERE actor = ?1 AND name = ?2 AND words = ?3",
            )?
            .query_row(key, |row| row.get(0))
            .optional()?;
        if let Some(seq) = known {
            return Ok(seq);
        }
        let seq = self
            .tx
            .prepare_cached("INSERT INTO mentions (actor, name, words) VALUES (?1, ?2, ?3)")?
            .insert(key)?;
        self.tx
            .prepare_cached("INSERT INTO mention_text (rowid, words, name) VALUES (?1, ?2, ?3)")?
            .execute((seq, &mention.words, &mention.name))?;
        Ok(seq)
    }

    /// See [`counting`].
    pub(crate) fn settle_current(&self, report: &str) -> rusqlite::Result<()> {
        let sql = format!(
            "INSERT INTO current (report, coding) {} \
             ON CONFLICT (report) DO UPDATE SET coding = excluded.coding",
            counting::ONE
        );
        self.tx.prepare_cached(&sql)?.execute([report])?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{bare, coder, leave_room};

    /// Bytes that do not deflate.
    fn noise(length: usize) -> Original {
        let mut state = 1_u64;
        let bytes = std::iter::repeat_with(|| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state.to_be_bytes()[0]
        });
        Original { bytes: bytes.take(length).collect(), ..Original::default() }
    }

    #[test]
    fn a_full_disk_loses_nothing_and_storing_goes_on_after() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(&folder.path().join("a.db")).unwrap();
        let coder = coder("1");
        leave_room(&ledger, 100);
        let original = noise(60_000);
        let reports: Vec<CodedReport> = (0..20).map(|n| bare(&format!("r{n}"))).collect();
        let mut stored = 0;
        let full = reports.iter().find_map(|coded| {
            let entry = Entry { coded, original: &original };
            let done = ledger.store(&[entry], &coder, Timestamp::UNIX_EPOCH);
            stored += usize::from(done.is_ok());
            done.err()
        });
        let full = full.unwrap();
        assert!(matches!(full, LedgerError::DiskFull { .. }), "{full}");
        assert!(full.to_string().contains("all earlier batches are safe"));
        assert!(stored > 2, "{stored}");
        assert_eq!(ledger.summary().unwrap().reports, stored as u64);
        assert!(ledger.check().unwrap().is_clean());

        leave_room(&ledger, 1_000_000);
        let entries: Vec<Entry<'_>> =
            reports.iter().map(|coded| Entry { coded, original: &original }).collect();
        ledger.store(&entries, &coder, Timestamp::UNIX_EPOCH).unwrap();
        assert_eq!(ledger.summary().unwrap().reports, 20);
        assert!(ledger.check().unwrap().is_clean());
    }
}
