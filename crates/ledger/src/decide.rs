//! Deciding: one entry more in the log, on the disk when it is acknowledged.

use averment_types::{Act, ClaimId, Correction, Decision, DecisionId, ReportId, StatedNumber};
use jiff::Timestamp;
use rusqlite::TransactionBehavior;
use serde::Serialize;

use crate::log::{self, Body, beginning};
use crate::row::ReadFault;
use crate::store::exact;
use crate::{Ledger, LedgerError};

const DECIDE: &str = "store a decision";

/// The longest name of a person, in characters.
const LONGEST_NAME: usize = 200;

/// The longest text of a decision (a reason, a position, a name's words), in characters.
const LONGEST_TEXT: usize = 10_000;

/// What a person decides.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruling {
    /// Who decides: a name, as free as people's names are.
    pub by: String,
    /// Why.
    pub because: Option<String>,
    /// What.
    pub act: Act,
}

/// Why a decision was not taken into the log. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Undecidable {
    /// Nobody is named.
    #[error("nobody is named who decides; give a name of at most {LONGEST_NAME} characters")]
    Nameless,
    /// A text is empty or too long.
    #[error("a text of the decision is empty, or longer than {LONGEST_TEXT} characters")]
    Text,
    /// The words hold no letter and no digit.
    #[error("the words hold no letter and no digit, so nothing could be found by them")]
    Wordless,
    /// A number of people is empty, or its least is more than its most.
    #[error("a number of people is empty, or its least is more than its most")]
    Number,
    /// A value has no JSON form that reads back as itself.
    #[error("a value is no number that can be written down")]
    NotExact,
    /// There is no such claim.
    #[error("there is no claim {0}")]
    NoClaim(ClaimId),
    /// There is no such report.
    #[error("there is no report {0}")]
    NoReport(ReportId),
    /// There is no such decision.
    #[error("there is no decision {0}")]
    NoDecision(DecisionId),
    /// The decision is undone already.
    #[error("{0} is undone already; to make it hold again, undo what undid it")]
    Undone(DecisionId),
    /// Both claims are one.
    #[error("a claim and itself cannot be told apart or taken together")]
    OneClaim,
}

impl Ledger {
    /// Takes a decision into the log; `now` is when it was made. After `Ok` it is on the disk.
    ///
    /// # Errors
    /// [`LedgerError::NotDecided`] when it is about something that is not there,
    /// [`LedgerError::BrokenLog`] when the log's end is not what it was, and else as [`Ledger::store`].
    /// Then nothing was written.
    pub fn decide(&mut self, ruling: &Ruling, now: Timestamp) -> Result<Decision, LedgerError> {
        let path = self.path.clone();
        let fail = |source| LedgerError::sqlite(&path, DECIDE, source);
        let refuse = |reason| LedgerError::NotDecided { path: path.clone(), reason };
        readable(ruling).map_err(refuse)?;
        let body = Body {
            at: now,
            by: ruling.by.trim().to_owned(),
            because: ruling.because.clone(),
            act: ruling.act.clone(),
        };
        let json = exact(&body).ok_or_else(|| refuse(Undecidable::NotExact))?;
        let tx = rusqlite::Transaction::new_unchecked(&self.conn, TransactionBehavior::Immediate)
            .map_err(fail)?;
        self.admissible(&ruling.act)?.map_or(Ok(()), |reason| Err(refuse(reason)))?;
        let (entries, before) = self
            .sound_end()
            .map_err(|fault| LedgerError::read(&path, DECIDE, fault))?
            .ok_or_else(|| LedgerError::BrokenLog { path: path.clone() })?;
        let hash = log::hash(&before, &json);
        let id = DecisionId::new(&hash.short('e'));
        tx.execute(
            "INSERT INTO decisions (seq, id, act, decided_at, json, before, hash) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            (
                entries + 1,
                id.as_str(),
                body.act.as_str(),
                body.at.to_string(),
                &json,
                before.as_bytes(),
                hash.as_bytes(),
            ),
        )
        .and_then(|_| {
            tx.execute(
                "UPDATE decision_head SET entries = ?1, hash = ?2",
                (entries + 1, hash.as_bytes()),
            )
        })
        .map_err(fail)?;
        tx.commit().map_err(fail)?;
        let Body { at, by, because, act } = body;
        Ok(Decision { id, at, by, because, act, before, hash })
    }

    /// Why the ledger as it is has no room for `act`.
    fn admissible(&self, act: &Act) -> Result<Option<Undecidable>, LedgerError> {
        for claim in act.claims() {
            if self.claim_row(claim)?.is_none() {
                return Ok(Some(Undecidable::NoClaim(claim.clone())));
            }
        }
        Ok(match act {
            Act::Retract { report } | Act::Name { report: Some(report), .. } => {
                let known = self.report(report)?.is_some();
                (!known).then(|| Undecidable::NoReport(report.clone()))
            }
            Act::Undo { decision } => self.undoable(decision)?,
            _ => None,
        })
    }

    fn undoable(&self, id: &DecisionId) -> Result<Option<Undecidable>, LedgerError> {
        let all = self.decisions()?;
        if !all.iter().any(|decision| decision.id == *id) {
            return Ok(Some(Undecidable::NoDecision(id.clone())));
        }
        // An undoing of it that holds: one that would be left if undoings were listed.
        let mut undone: Vec<&DecisionId> = Vec::new();
        for later in all.iter().rev().filter(|later| later.id != *id) {
            if let Act::Undo { decision } = &later.act
                && !undone.contains(&&later.id)
            {
                undone.push(decision);
            }
        }
        Ok(undone.contains(&id).then(|| Undecidable::Undone(id.clone())))
    }

    /// How many entries there are and the hash of the last; `None` when the end of the log is not what
    /// was stored.
    fn sound_end(&self) -> Result<Option<(u64, averment_types::Digest)>, ReadFault> {
        let (entries, hash) = self.head()?;
        let sound = match self.last_entry()? {
            Some(last) => last.is_sound() && (last.seq, last.hash) == (entries, hash),
            None => entries == 0 && hash == beginning()?,
        };
        Ok(sound.then_some((entries, hash)))
    }
}

/// Whether what people typed can be kept and found again.
fn readable(ruling: &Ruling) -> Result<(), Undecidable> {
    let fits = |text: &str, most: usize| !text.trim().is_empty() && text.chars().count() <= most;
    if !fits(&ruling.by, LONGEST_NAME) {
        return Err(Undecidable::Nameless);
    }
    let typed = match &ruling.act {
        Act::Name { words, .. } => Some(words.as_str()),
        Act::Resolve { position, .. } => position.as_deref(),
        Act::GradeSource { origin, .. } => Some(origin.as_str()),
        _ => None,
    };
    if [ruling.because.as_deref(), typed].into_iter().flatten().any(|t| !fits(t, LONGEST_TEXT)) {
        return Err(Undecidable::Text);
    }
    match &ruling.act {
        Act::Name { words, .. } if !words.chars().any(char::is_alphanumeric) => {
            Err(Undecidable::Wordless)
        }
        Act::Same { a, b } | Act::Different { a, b } if a == b => Err(Undecidable::OneClaim),
        Act::Correct {
            correction: Correction::Casualties { number: Some(number), .. }, ..
        } => {
            let StatedNumber { low, best, high } = *number;
            let given: Vec<u32> = [low, best, high].into_iter().flatten().collect();
            if given.is_empty() || !given.is_sorted() {
                return Err(Undecidable::Number);
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use averment_types::{ActorId, ActorKind, ActorRef};

    use super::*;
    use crate::sample::leave_room;

    #[test]
    fn a_full_disk_loses_no_decision_and_deciding_goes_on_after() {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::open(&folder.path().join("a.db")).unwrap();
        let ruling = |number: usize| {
            let name = format!("Group {number}");
            let actor = ActorRef {
                id: ActorId::new("group"),
                name,
                kind: ActorKind::ArmedGroup,
                country: None,
            };
            let because = Some("as everybody knows ".repeat(200));
            let act = Act::Name { words: format!("they {number}"), report: None, actor };
            Ruling { by: "Ada".to_owned(), because, act }
        };
        leave_room(&ledger, 20);
        let mut made = Vec::new();
        let full = (0..100).find_map(|number| {
            let done = ledger.decide(&ruling(number), Timestamp::UNIX_EPOCH);
            done.map(|decision| made.push(decision)).err()
        });
        let full = full.unwrap();
        assert!(matches!(full, LedgerError::DiskFull { .. }), "{full}");
        assert!(made.len() > 3, "{}", made.len());
        assert_eq!(ledger.decisions().unwrap(), made);
        assert!(ledger.check().unwrap().is_clean());

        leave_room(&ledger, 1_000_000);
        made.push(ledger.decide(&ruling(100), Timestamp::UNIX_EPOCH).unwrap());
        assert_eq!(ledger.decisions().unwrap(), made);
        assert!(ledger.check().unwrap().is_clean());
    }
}
