//! Checking a whole ledger: the file, the references, every digest and quote, every derived
//! column. It reads only, and it reports what it finds; it repairs nothing.

use averment_types::{Claim, Digest, Report};
use rusqlite::Row;
use serde::Serialize;

use crate::columns::{ClaimColumns, Days, Mention, ReportColumns};
use crate::row::{ReadFault, digest, from_json};
use crate::store::json_digest;
use crate::{Ledger, LedgerError, Summary, counting, log, read};

const CHECK: &str = "check the ledger";

/// At most so many problems are listed; the rest are counted.
const LISTED: usize = 100;

/// One kind of check over the whole ledger.
type Step = fn(&Ledger, &mut CheckReport) -> Result<(), ReadFault>;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// The ledger's schema.
    pub schema_version: u32,
    /// What it holds; `None` when it is too damaged to be counted.
    pub summary: Option<Summary>,
    /// Quotes that were compared with their texts.
    pub quotes: u64,
    /// Decisions of the log, up to the first broken link.
    pub decisions: u64,
    /// Problems, in the order found, at most 100.
    pub problems: Vec<Problem>,
    /// How many problems there are, the unlisted ones included.
    pub problem_count: u64,
}

impl CheckReport {
    /// Whether nothing is wrong.
    #[must_use]
    pub const fn is_clean(&self) -> bool {
        self.problem_count == 0
    }

    fn add(&mut self, kind: ProblemKind, place: impl Into<String>, message: impl Into<String>) {
        self.problem_count += 1;
        if self.problems.len() < LISTED {
            self.problems.push(Problem { kind, place: place.into(), message: message.into() });
        }
    }
}

/// Something wrong with a ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// What sort.
    pub kind: ProblemKind,
    /// Where: a table, or the id of a report or claim.
    pub place: String,
    /// What is wrong, in a sentence: lower case, no full stop.
    pub message: String,
}

/// What sort of problem it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ProblemKind {
    /// SQLite finds its own structures damaged: restore a backup.
    File,
    /// A row refers to one that is not there.
    Reference,
    /// A row cannot be read as what it should hold.
    Unreadable,
    /// A stored value differs from its digest or id: it was altered outside this program.
    Altered,
    /// A quote is not what its report's text says.
    Quote,
    /// A column, index or count differs from what it is derived from.
    Derived,
    /// The log of decisions is not the one that was written: an entry was changed, removed or moved.
    Log,
}

/// One coding, as far as the checks need it.
struct CodingRow {
    seq: i64,
    claims: u64,
    id: String,
    digest: Digest,
    columns: ReportColumns,
    json: String,
    json_digest: Digest,
}

/// One claim, as far as the checks need it.
struct ClaimRow {
    seq: i64,
    id: String,
    columns: ClaimColumns,
    json: String,
    json_digest: Digest,
}

impl Ledger {
    /// Checks everything that can be checked: SQLite's structures, references, the full-text indexes,
    /// which codings are current, the digest of every report, claim and original, every
    /// quote against its text, every derived column, the chain of decisions.
    ///
    /// # Errors
    /// When the file is no longer a ledger or cannot be read at all. Damage is no error here, but a
    /// [`Problem`].
    pub fn check(&self) -> Result<CheckReport, LedgerError> {
        let _moment = self.moment(CHECK)?;
        let mut found = CheckReport {
            schema_version: self.schema_version()?,
            summary: None,
            quotes: 0,
            decisions: 0,
            problems: Vec::new(),
            problem_count: 0,
        };
        let steps: [Step; 7] = [
            Self::check_file,
            Self::check_references,
            Self::check_indexes,
            Self::check_current,
            Self::check_codings,
            Self::check_originals,
            Self::check_decisions,
        ];
        for step in steps {
            match step(self, &mut found) {
                Ok(()) => {}
                Err(ReadFault::Sql(error)) => {
                    found.add(ProblemKind::File, "sqlite", error.to_string());
                }
                Err(ReadFault::Value(detail)) => found.add(ProblemKind::Unreadable, "rows", detail),
            }
        }
        match self.summary() {
            Ok(summary) => found.summary = Some(summary),
            Err(error) => found.add(ProblemKind::File, "counts", error.to_string()),
        }
        Ok(found)
    }

    fn check_file(&self, found: &mut CheckReport) -> Result<(), ReadFault> {
        let mut check = self.conn.prepare("PRAGMA integrity_check")?;
        let mut rows = check.query([])?;
        while let Some(row) = rows.next()? {
            let line: String = row.get(0)?;
            if line != "ok" {
                found.add(ProblemKind::File, "sqlite", line);
            }
        }
        Ok(())
    }

    fn check_references(&self, found: &mut CheckReport) -> Result<(), ReadFault> {
        let mut check = self.conn.prepare("PRAGMA foreign_key_check")?;
        let mut rows = check.query([])?;
        while let Some(row) = rows.next()? {
            let (table, to): (String, String) = (row.get(0)?, row.get(2)?);
            found.add(
                ProblemKind::Reference,
                table,
                format!("refers to a row of {to} that is missing"),
            );
        }
        Ok(())
    }

    /// Every report and every mention is in its full-text index, and nothing else is.
    fn check_indexes(&self, found: &mut CheckReport) -> Result<(), ReadFault> {
        for (index, table) in [("report_text", "reports"), ("mention_text", "mentions")] {
            let sql = format!(
                "SELECT (SELECT count(*) FROM {table} WHERE seq NOT IN (SELECT id FROM {index}_docsize)) + \
                 (SELECT count(*) FROM {index}_docsize WHERE id NOT IN (SELECT seq FROM {table}))"
            );
            let off: u64 = self.conn.query_row(&sql, [], |row| row.get(0))?;
            if off > 0 {
                let message = format!("{off} entries are missing or belong to no row of {table}");
                found.add(ProblemKind::Derived, index, message);
            }
        }
        Ok(())
    }

    /// `current` is what it is derived from; see [`counting`].
    fn check_current(&self, found: &mut CheckReport) -> Result<(), ReadFault> {
        let sql = format!(
            "WITH newest AS ({}) \
             SELECT n.report FROM newest n LEFT JOIN current u ON u.report = n.report \
             WHERE u.coding IS NOT n.coding \
             UNION SELECT report FROM current WHERE report NOT IN (SELECT id FROM reports)",
            counting::ALL
        );
        let mut off = self.conn.prepare(&sql)?;
        let mut rows = off.query([])?;
        while let Some(row) = rows.next()? {
            let report: String = row.get(0)?;
            let message = "its current coding is not the one of its last revision that was stored or made to count last";
            found.add(ProblemKind::Derived, report, message);
        }
        Ok(())
    }

    fn check_codings(&self, found: &mut CheckReport) -> Result<(), ReadFault> {
        let sql = "SELECT k.seq, k.claims, r.id, r.digest, r.title, r.outlet, r.outlet_key, r.url, \
                   r.language, r.published, r.day_first, r.day_last, r.json, r.json_digest \
                   FROM codings k JOIN reports r ON r.seq = k.report ORDER BY k.seq";
        let mut codings = self.conn.prepare(sql)?;
        let mut rows = codings.query([])?;
        while let Some(row) = rows.next()? {
            match CodingRow::read(row) {
                Ok(coding) => self.check_coding(&coding, found)?,
                Err(ReadFault::Value(detail)) => {
                    let seq: i64 = row.get(0)?;
                    found.add(ProblemKind::Unreadable, format!("coding {seq}"), detail);
                }
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }

    fn check_coding(&self, coding: &CodingRow, found: &mut CheckReport) -> Result<(), ReadFault> {
        let report: Report = match from_json(&coding.json, "reports.json") {
            Ok(report) => report,
            Err(ReadFault::Value(detail)) => {
                found.add(ProblemKind::Unreadable, &coding.id, detail);
                return Ok(());
            }
            Err(fault) => return Err(fault),
        };
        let named = report.digest == coding.digest && report.id.as_str() == coding.id;
        if !named || json_digest(&coding.json) != coding.json_digest {
            found.add(ProblemKind::Altered, &coding.id, "the report differs from its digest");
        }
        if ReportColumns::of(&report).ok().as_ref() != Some(&coding.columns) {
            found.add(ProblemKind::Derived, &coding.id, "a column differs from the report");
        }
        let claims = self.check_claims(coding.seq, &report, found)?;
        if claims != coding.claims {
            let message = format!("{claims} claims are there, {} were stored", coding.claims);
            found.add(ProblemKind::Altered, &coding.id, message);
        }
        Ok(())
    }

    /// Checks the claims of one coding; gives their number.
    fn check_claims(
        &self,
        coding: i64,
        report: &Report,
        found: &mut CheckReport,
    ) -> Result<u64, ReadFault> {
        let sql = "SELECT c.seq, c.id, c.kind, c.type, c.polarity, c.modality, c.day_first, \
                   c.day_last, c.lat, c.lon, b.json, b.json_digest FROM claims c \
                   JOIN claim_bodies b ON b.claim = c.seq WHERE c.coding = ?1 ORDER BY c.seq";
        let mut claims = self.conn.prepare_cached(sql)?;
        let mut rows = claims.query([coding])?;
        let mut count = 0;
        while let Some(row) = rows.next()? {
            count += 1;
            let mut claim = ClaimRow::read(row)?;
            self.read_sides(&mut claim)?;
            check_claim(&claim, report, found);
        }
        Ok(count)
    }

    /// Reads a claim's rows in the side tables.
    fn read_sides(&self, claim: &mut ClaimRow) -> Result<(), ReadFault> {
        let sql = "SELECT country FROM claim_countries WHERE claim = ?1";
        let mut countries = self.conn.prepare_cached(sql)?;
        for country in countries.query_map([claim.seq], |row| row.get(0))? {
            claim.columns.countries.insert(country?);
        }
        let sql = "SELECT m.actor, m.name, m.words FROM claim_mentions c \
                   JOIN mentions m ON m.seq = c.mention WHERE c.claim = ?1";
        let mut mentions = self.conn.prepare_cached(sql)?;
        for mention in mentions.query_map([claim.seq], mention)? {
            claim.columns.mentions.insert(mention?);
        }
        Ok(())
    }

    /// The chain of decisions is whole to its end; only the first broken link is named, because all
    /// that follows hangs on it.
    fn check_decisions(&self, found: &mut CheckReport) -> Result<(), ReadFault> {
        let mut before = log::beginning()?;
        let mut count = 0;
        for entry in self.entries()? {
            if let Some(fault) = entry.fault(count + 1, &before) {
                let place = format!("decision {}", count + 1);
                found.add(ProblemKind::Log, place, fault);
                return Ok(());
            }
            (count, before) = (entry.seq, entry.hash);
            for claim in entry.decision()?.act.claims() {
                if self.claim_row(claim).is_ok_and(|row| row.is_none()) {
                    let message = format!("decision {count} is about a claim that is not there");
                    found.add(ProblemKind::Reference, claim.as_str(), message);
                }
            }
        }
        found.decisions = count;
        let (entries, hash) = self.head()?;
        if (entries, hash) != (count, before) {
            let place = format!("decision {}", count.min(entries) + 1);
            let message = format!("the log ends after {count} decisions, {entries} were stored");
            found.add(ProblemKind::Log, place, message);
        }
        Ok(())
    }

    fn check_originals(&self, found: &mut CheckReport) -> Result<(), ReadFault> {
        let sql = "SELECT r.id, o.digest, o.size, o.bytes, o.map FROM reports r \
                   LEFT JOIN originals o ON o.report = r.seq ORDER BY r.seq";
        let mut originals = self.conn.prepare(sql)?;
        let mut rows = originals.query([])?;
        while let Some(row) = rows.next()? {
            let id: String = row.get(0)?;
            if row.get_ref(1)? == rusqlite::types::ValueRef::Null {
                found.add(ProblemKind::Reference, id, "its original is missing");
                continue;
            }
            let (bytes, map): (Vec<u8>, Vec<u8>) = (row.get(3)?, row.get(4)?);
            let original = read::unpack(row.get(2)?, &bytes, &map);
            let expected = digest(row, 1)?;
            if original.is_none_or(|o| Digest::of(&[&o.bytes]) != expected) {
                found.add(ProblemKind::Altered, id, "its original differs from its digest");
            }
        }
        Ok(())
    }
}

fn check_claim(row: &ClaimRow, report: &Report, found: &mut CheckReport) {
    let claim: Claim = match from_json(&row.json, "claim_bodies.json") {
        Ok(claim) => claim,
        Err(ReadFault::Value(detail)) => {
            return found.add(ProblemKind::Unreadable, &row.id, detail);
        }
        Err(ReadFault::Sql(error)) => {
            return found.add(ProblemKind::File, &row.id, error.to_string());
        }
    };
    if claim.id().as_str() != row.id || json_digest(&row.json) != row.json_digest {
        found.add(ProblemKind::Altered, &row.id, "the claim differs from its digest");
    }
    if ClaimColumns::of(&claim) != row.columns {
        found.add(ProblemKind::Derived, &row.id, "a column differs from the claim");
    }
    for evidence in claim.content().evidence.iter() {
        found.quotes += 1;
        if let Err(error) = evidence.verify(&report.text) {
            found.add(ProblemKind::Quote, &row.id, error.to_string());
        }
    }
}

impl CodingRow {
    fn read(row: &Row<'_>) -> Result<Self, ReadFault> {
        Ok(Self {
            seq: row.get(0)?,
            claims: row.get(1)?,
            id: row.get(2)?,
            digest: digest(row, 3)?,
            columns: ReportColumns {
                title: row.get(4)?,
                outlet: row.get(5)?,
                outlet_key: row.get(6)?,
                url: row.get(7)?,
                language: row.get(8)?,
                published: row.get(9)?,
                days: days(row, 10)?,
            },
            json: row.get(12)?,
            json_digest: digest(row, 13)?,
        })
    }
}

impl ClaimRow {
    fn read(row: &Row<'_>) -> Result<Self, ReadFault> {
        let (lat, lon): (Option<f64>, Option<f64>) = (row.get(8)?, row.get(9)?);
        Ok(Self {
            seq: row.get(0)?,
            id: row.get(1)?,
            columns: ClaimColumns {
                kind: row.get(2)?,
                type_id: row.get(3)?,
                polarity: row.get(4)?,
                modality: row.get(5)?,
                days: days(row, 6)?,
                point: lat.zip(lon),
                countries: std::collections::BTreeSet::new(),
                mentions: std::collections::BTreeSet::new(),
            },
            json: row.get(10)?,
            json_digest: digest(row, 11)?,
        })
    }
}

fn days(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Days>> {
    let (first, last): (Option<String>, Option<String>) = (row.get(at)?, row.get(at + 1)?);
    Ok(first.zip(last).map(|(first, last)| Days { first, last }))
}

fn mention(row: &Row<'_>) -> rusqlite::Result<Mention> {
    Ok(Mention { actor: row.get(0)?, name: row.get(1)?, words: row.get(2)? })
}
