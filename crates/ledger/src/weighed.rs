//! Finding claims by the values in force.
//!
//! The columns of a claim hold what the coder found. Claims that people decided something about are few;
//! they are looked at apart, in a small database in memory with the same columns of the corrected values.

use std::collections::{BTreeMap, BTreeSet};

use averment_types::{Claim, ReportId};
use rusqlite::{Connection, params_from_iter};

use crate::columns::ClaimColumns;
use crate::filter::{Filter, Scope};
use crate::force::{Force, folded};
use crate::row::{ReadFault, digest, from_json};
use crate::{Ledger, LedgerError, search};

const FIND: &str = "find claims";

/// The columns of claims that filters ask about; the same as in the ledger.
const TABLES: &str = "
    CREATE TABLE claims (seq INTEGER PRIMARY KEY, kind TEXT, type TEXT, day_first TEXT, day_last TEXT);
    CREATE TABLE claim_countries (country TEXT, claim INTEGER);
    CREATE TABLE mentions (seq INTEGER PRIMARY KEY, actor TEXT, name TEXT, words TEXT);
    CREATE TABLE claim_mentions (mention INTEGER, claim INTEGER);
    CREATE VIRTUAL TABLE mention_text USING fts5 (
        words, name, content = '', tokenize = 'unicode61 remove_diacritics 2');";

/// A claim with a decision.
struct Touched {
    columns: ClaimColumns,
    rejected: bool,
}

impl Ledger {
    /// The numbers of the claims that `filter` picks by the values in force, in order; `rejected` ones
    /// only when asked for.
    pub(crate) fn picked_in_force(
        &self,
        filter: Filter,
        force: &Force,
        rejected: bool,
    ) -> Result<Vec<i64>, LedgerError> {
        if force.is_idle() {
            return self.picked(&filter, FIND);
        }
        let limit = filter.limit();
        let filter = filter.unlimited();
        let touched =
            self.touched(force).map_err(|fault| LedgerError::read(&self.path, FIND, fault))?;
        let mut picked = self.picked(&filter, FIND)?;
        picked.retain(|seq| !touched.contains_key(seq));
        let wanted = touched.iter().filter(|(_, claim)| rejected || !claim.rejected);
        let wanted: BTreeMap<i64, &Touched> = wanted.map(|(seq, claim)| (*seq, claim)).collect();
        if !wanted.is_empty() {
            let fail = self.failing(FIND);
            let here = self.lying(&filter, &wanted).map_err(fail)?;
            let saying = saying(&filter, &wanted).map_err(fail)?;
            picked.extend(saying.into_iter().filter(|seq| here.contains(seq)));
            picked.sort_unstable();
        }
        picked.truncate(limit.map_or(usize::MAX, |limit| limit as usize));
        Ok(picked)
    }

    /// Every claim that some decision is about, whether it counts or not.
    fn touched(&self, force: &Force) -> Result<BTreeMap<i64, Touched>, ReadFault> {
        let mut touched = BTreeMap::new();
        let sql = "SELECT c.seq, r.id, r.digest, b.json FROM reports r \
                   JOIN codings k ON k.report = r.seq JOIN claims c ON c.coding = k.seq \
                   JOIN claim_bodies b ON b.claim = c.seq WHERE r.digest = ?1";
        let mut of_revision = self.conn.prepare_cached(sql)?;
        for revision in force.revisions() {
            let mut rows = of_revision.query([revision.as_bytes()])?;
            while let Some(row) = rows.next()? {
                touch(row, force, &mut touched)?;
            }
        }
        let sql = "SELECT c.seq, r.id, r.digest, b.json FROM claims c \
                   JOIN codings k ON k.seq = c.coding JOIN reports r ON r.seq = k.report \
                   JOIN claim_bodies b ON b.claim = c.seq \
                   WHERE c.seq IN (SELECT claim FROM claim_mentions WHERE mention = ?1)";
        let mut of_mention = self.conn.prepare_cached(sql)?;
        for words in force.words() {
            for mention in self.mentions_worded(words)? {
                let mut rows = of_mention.query([mention])?;
                while let Some(row) = rows.next()? {
                    touch(row, force, &mut touched)?;
                }
            }
        }
        Ok(touched)
    }

    /// The mentions whose words, folded, are `words`.
    fn mentions_worded(&self, words: &str) -> Result<Vec<i64>, ReadFault> {
        let phrase = format!("\"{}\"", words.replace('"', " "));
        let Some(phrase) = search::query(&phrase) else { return Ok(Vec::new()) };
        let sql = "SELECT seq, words FROM mentions WHERE seq IN (\
                   SELECT rowid FROM mention_text WHERE mention_text MATCH ?1)";
        let mut alike = self.conn.prepare_cached(sql)?;
        let mut rows = alike.query([phrase])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let mention: String = row.get(1)?;
            if folded(&mention) == words {
                found.push(row.get(0)?);
            }
        }
        Ok(found)
    }

    /// Those of `claims` that lie where the filter says.
    fn lying(
        &self,
        filter: &Filter,
        claims: &BTreeMap<i64, &Touched>,
    ) -> rusqlite::Result<BTreeSet<i64>> {
        let among: Vec<String> = claims.keys().map(ToString::to_string).collect();
        let among = rusqlite::types::Value::Text(format!("[{}]", among.join(",")));
        let values = filter.values(Some(Scope::Lies)).chain(std::iter::once(&among));
        let mut here = self.conn.prepare_cached(&filter.part(Scope::Lies, true))?;
        here.query_map(params_from_iter(values), |row| row.get(0))?.collect()
    }
}

/// Reads a claim and keeps it, if some decision is about it.
fn touch(
    row: &rusqlite::Row<'_>,
    force: &Force,
    touched: &mut BTreeMap<i64, Touched>,
) -> Result<(), ReadFault> {
    let (seq, report, json): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(3)?);
    if touched.contains_key(&seq) {
        return Ok(());
    }
    let claim: Claim = from_json(&json, "claim_bodies.json")?;
    let standing = force.standing(&ReportId::new(&report), &digest(row, 2)?, &claim);
    if standing.is_decided() {
        let read = standing.corrected.as_deref().unwrap_or(&claim);
        let columns = ClaimColumns::of(read);
        touched.insert(seq, Touched { columns, rejected: standing.is_rejected() });
    }
    Ok(())
}

/// Those of `claims` that say what the filter asks for.
fn saying(filter: &Filter, claims: &BTreeMap<i64, &Touched>) -> rusqlite::Result<Vec<i64>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(TABLES)?;
    let mut mention = 0_i64;
    for (seq, Touched { columns, .. }) in claims {
        let days = columns.days.as_ref();
        conn.prepare_cached("INSERT INTO claims VALUES (?1, ?2, ?3, ?4, ?5)")?.execute((
            seq,
            &columns.kind,
            &columns.type_id,
            days.map(|d| &d.first),
            days.map(|d| &d.last),
        ))?;
        for country in &columns.countries {
            conn.prepare_cached("INSERT INTO claim_countries VALUES (?1, ?2)")?
                .execute((country, seq))?;
        }
        for found in &columns.mentions {
            mention += 1;
            let key = (mention, &found.actor, &found.name, &found.words);
            conn.prepare_cached("INSERT INTO mentions VALUES (?1, ?2, ?3, ?4)")?.execute(key)?;
            conn.prepare_cached("INSERT INTO claim_mentions VALUES (?1, ?2)")?
                .execute((mention, seq))?;
            conn.prepare_cached(
                "INSERT INTO mention_text (rowid, words, name) VALUES (?1, ?2, ?3)",
            )?
            .execute((mention, &found.words, &found.name))?;
        }
    }
    let mut saying = conn.prepare(&filter.part(Scope::Says, false))?;
    let values = filter.values(Some(Scope::Says));
    saying.query_map(params_from_iter(values), |row| row.get(0))?.collect()
}
