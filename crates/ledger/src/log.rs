//! The log of decisions: its entries, their hashes, and which of them are in force.
//!
//! Each entry's hash is that of the entry before it and of its own JSON, so that whoever changes,
//! removes or moves an entry breaks the chain there.

use std::collections::HashSet;

use averment_types::{Act, Decision, DecisionId, Digest};
use jiff::Timestamp;
use rusqlite::Row;
use serde::{Deserialize, Serialize};

use crate::row::{ReadFault, digest, from_json};
use crate::{Ledger, LedgerError};

const READ: &str = "read decisions";

/// The columns that [`Entry::read`] reads, in its order.
const COLUMNS: &str = "seq, id, act, decided_at, json, before, hash";

/// What an entry's JSON holds: the decision without what is made from it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Body {
    pub(crate) at: Timestamp,
    pub(crate) by: String,
    pub(crate) because: Option<String>,
    #[serde(flatten)]
    pub(crate) act: Act,
}

/// A row of `decisions`.
pub(crate) struct Entry {
    pub(crate) seq: u64,
    id: String,
    act: String,
    decided_at: String,
    json: String,
    before: Digest,
    pub(crate) hash: Digest,
}

/// The hash of the entry `json` that comes after the entry with the hash `before`.
pub(crate) fn hash(before: &Digest, json: &str) -> Digest {
    Digest::of(&[before.as_bytes(), json.as_bytes()])
}

/// The hash before the first entry.
pub(crate) fn beginning() -> Result<Digest, ReadFault> {
    Digest::try_from("00".repeat(32)).map_err(|_| ReadFault::Value("no such digest".to_owned()))
}

impl Entry {
    pub(crate) fn read(row: &Row<'_>) -> Result<Self, ReadFault> {
        Ok(Self {
            seq: row.get(0)?,
            id: row.get(1)?,
            act: row.get(2)?,
            decided_at: row.get(3)?,
            json: row.get(4)?,
            before: digest(row, 5)?,
            hash: digest(row, 6)?,
        })
    }

    /// What is wrong with the entry, if it is the one numbered `seq` after the one with the hash `before`.
    pub(crate) fn fault(&self, seq: u64, before: &Digest) -> Option<&'static str> {
        if self.seq != seq {
            return Some("the entry that stood here is gone");
        }
        if self.before != *before {
            return Some("it was made after another entry than the one that stands before it");
        }
        if !self.is_sound() {
            return Some("it is not what was decided: its hash is that of another entry");
        }
        let derived = self.id == self.hash.short('e')
            && self.body().is_ok_and(|body| {
                body.act.as_str() == self.act && body.at.to_string() == self.decided_at
            });
        (!derived).then_some("a column differs from the entry")
    }

    /// Whether its hash is its own.
    pub(crate) fn is_sound(&self) -> bool {
        hash(&self.before, &self.json) == self.hash
    }

    fn body(&self) -> Result<Body, ReadFault> {
        from_json(&self.json, "decisions.json")
    }

    pub(crate) fn decision(&self) -> Result<Decision, ReadFault> {
        let Body { at, by, because, act } = self.body()?;
        let id = DecisionId::new(&self.id);
        Ok(Decision { id, at, by, because, act, before: self.before, hash: self.hash })
    }
}

/// The decisions of `all`, oldest first, that no later one has undone; undoings are not among them.
pub(crate) fn in_force(all: Vec<Decision>) -> Vec<Decision> {
    let mut undone: HashSet<DecisionId> = HashSet::new();
    let mut left: Vec<Decision> = Vec::new();
    for decision in all.into_iter().rev() {
        if undone.contains(&decision.id) {
            continue;
        }
        match &decision.act {
            Act::Undo { decision } => _ = undone.insert(decision.clone()),
            _ => left.push(decision),
        }
    }
    left.reverse();
    left
}

impl Ledger {
    /// Every decision, undone ones and undoings included, in the order in which they were made.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn decisions(&self) -> Result<Vec<Decision>, LedgerError> {
        let entries = self.entries().map_err(|fault| self.unread(fault))?;
        entries.iter().map(|entry| entry.decision().map_err(|fault| self.unread(fault))).collect()
    }

    /// The decisions that hold: neither undone nor undoings, in the order in which they were made.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn decisions_in_force(&self) -> Result<Vec<Decision>, LedgerError> {
        self.decisions().map(in_force)
    }

    /// The decisions whose ids begin with `prefix`, at most [`Ledger::SEVERAL`].
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn resolve_decision(&self, prefix: &str) -> Result<Vec<DecisionId>, LedgerError> {
        let ids = self.decisions()?.into_iter().map(|decision| decision.id);
        let ids = ids.filter(|id| !prefix.is_empty() && id.as_str().starts_with(prefix));
        Ok(ids.take(Self::SEVERAL).collect())
    }

    pub(crate) fn entries(&self) -> Result<Vec<Entry>, ReadFault> {
        let sql = format!("SELECT {COLUMNS} FROM decisions ORDER BY seq");
        let mut all = self.conn.prepare_cached(&sql)?;
        let mut rows = all.query([])?;
        let mut entries = Vec::new();
        while let Some(row) = rows.next()? {
            entries.push(Entry::read(row)?);
        }
        Ok(entries)
    }

    pub(crate) fn last_entry(&self) -> Result<Option<Entry>, ReadFault> {
        let sql = format!("SELECT {COLUMNS} FROM decisions ORDER BY seq DESC LIMIT 1");
        let mut last = self.conn.prepare_cached(&sql)?;
        let mut rows = last.query([])?;
        rows.next()?.map(Entry::read).transpose()
    }

    /// How many entries there should be, and the hash of the last.
    pub(crate) fn head(&self) -> Result<(u64, Digest), ReadFault> {
        let mut head = self.conn.prepare_cached("SELECT entries, hash FROM decision_head")?;
        let mut rows = head.query([])?;
        match rows.next()? {
            Some(row) => Ok((row.get(0)?, digest(row, 1)?)),
            None => Err(ReadFault::Value("decision_head is empty".to_owned())),
        }
    }

    fn unread(&self, fault: ReadFault) -> LedgerError {
        LedgerError::read(&self.path, READ, fault)
    }
}
