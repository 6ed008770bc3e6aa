//! How far a reader of the ledger came, and whether what came after is new reports alone.

use averment_types::{CodedReport, Digest};
use rusqlite::OptionalExtension;
use serde::{Deserialize, Serialize};

use crate::row::{ReadFault, digest};
use crate::{Ledger, LedgerError};

const READ: &str = "read the ledger's state";

/// What a ledger said when somebody read all that counts in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The last coding.
    last: i64,
    /// Of the last coding: which revision, by which coder, when.
    coding: Digest,
    counting: Counting,
    /// Of the last decision.
    decisions: Digest,
}

impl Mark {
    /// How many reports counted.
    #[must_use]
    pub const fn reports(&self) -> u64 {
        self.counting.number
    }
}

/// Of the codings that count, up to the last: how many there are, and the sum of their numbers. Every coding that no longer
/// counts, or counts again, changes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Counting {
    number: u64,
    sum: i64,
    returned: i64,
}

/// What is new since a [`Mark`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Since {
    /// Nothing.
    Nothing,
    /// Reports that were not there before, and nothing else: [`Ledger::for_each_counting_since`] gives them.
    Reports,
    /// Revisions, recodings or decisions too; or it is another ledger.
    More,
}

impl Ledger {
    /// Where the ledger stands.
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// let ledger = averment_ledger::Ledger::open(&folder.path().join("averment.db"))?;
    /// assert_eq!(ledger.since(&ledger.mark()?)?, averment_ledger::Since::Nothing);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn mark(&self) -> Result<Mark, LedgerError> {
        self.reading_mark(|| {
            let last = "SELECT coalesce(max(seq), 0) FROM codings";
            let last = self.conn.query_row(last, [], |row| row.get(0))?;
            self.mark_at(last)
        })
    }

    /// What is new since the ledger stood at `mark`. It costs some milliseconds however large the ledger is.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn since(&self, mark: &Mark) -> Result<Since, LedgerError> {
        self.reading_mark(|| {
            if self.mark_at(mark.last)? != *mark {
                return Ok(Since::More);
            }
            let more = "SELECT EXISTS (SELECT 1 FROM codings WHERE seq > ?1)";
            let more: bool = self.conn.query_row(more, [mark.last], |row| row.get(0))?;
            Ok(if more { Since::Reports } else { Since::Nothing })
        })
    }

    /// As [`Ledger::for_each_counting`], of the codings after `mark` alone.
    ///
    /// # Errors
    /// When the ledger cannot be read, or the first error of `each`.
    pub fn for_each_counting_since<E: From<LedgerError>>(
        &self,
        mark: &Mark,
        each: impl FnMut(CodedReport) -> Result<(), E>,
    ) -> Result<(), E> {
        self.for_each_counting_after(mark.last, each)
    }

    fn reading_mark<T>(
        &self,
        read: impl FnOnce() -> Result<T, ReadFault>,
    ) -> Result<T, LedgerError> {
        let _moment = self.moment(READ)?;
        read().map_err(|fault| LedgerError::read(&self.path, READ, fault))
    }

    /// Where the ledger stood, as far as the coding `last`.
    fn mark_at(&self, last: i64) -> Result<Mark, ReadFault> {
        let sql = "SELECT r.digest, v.version, v.reader, v.codebook, k.coded_at FROM codings k \
                   JOIN reports r ON r.seq = k.report JOIN coders v ON v.seq = k.coder WHERE k.seq = ?1";
        let mut stored = self.conn.prepare_cached(sql)?;
        let mut rows = stored.query([last])?;
        let coding = match rows.next()? {
            Some(row) => {
                let revision = digest(row, 0)?;
                let mut words = Vec::new();
                for at in 1..5 {
                    words.push(row.get::<_, String>(at)?);
                }
                let mut parts = vec![revision.as_bytes().as_slice()];
                parts.extend(words.iter().map(String::as_bytes));
                Digest::of(&parts)
            }
            None => Digest::of(&[]),
        };
        let sql = "SELECT count(*), coalesce(sum(coding), 0), (SELECT count(*) FROM returns) \
                   FROM current WHERE coding <= ?1";
        let counting = self.conn.query_row(sql, [last], |row| {
            Ok(Counting { number: row.get(0)?, sum: row.get(1)?, returned: row.get(2)? })
        })?;
        let sql = "SELECT hash FROM decisions ORDER BY seq DESC LIMIT 1";
        let hash: Option<Vec<u8>> = self.conn.query_row(sql, [], |row| row.get(0)).optional()?;
        let decisions = Digest::of(&[&hash.unwrap_or_default()]);
        Ok(Mark { last, coding, counting, decisions })
    }
}
