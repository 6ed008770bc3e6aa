//! What differs between two states of a ledger, or between two ledgers: cell by cell, and why.

mod cells;
mod pairing;

use std::collections::BTreeMap;

use crate::force::{Force, Standing};
use crate::row::{ReadFault, digest};
use crate::{Ledger, LedgerError};
use averment_types::{Cause, Change, ChangeKind, Claim, CoderVersion, Decision, Digest, ReportId};

const COMPARE: &str = "compare";

/// The coding of a report that counts in a state.
struct Counting {
    coding: i64,
    revision: Digest,
    coder: CoderVersion,
}

/// A state: a ledger, the decisions in force, and the codings that count.
struct State<'a> {
    ledger: &'a Ledger,
    force: &'a Force,
    counting: BTreeMap<String, Counting>,
}

/// A report in one state: its claims as the coder found them and what stands of each.
struct Side {
    claims: Vec<Claim>,
    standings: Vec<Standing>,
}

impl Ledger {
    /// Calls `each` with every cell in which the claims of this state and those of `after` differ, report
    /// by report, in the order of their ids. A claim that a person rejected is still there, with a verdict.
    ///
    /// # Errors
    /// When a ledger cannot be read, or the first error of `each`.
    pub fn for_each_change<E: From<LedgerError>>(
        &self,
        after: &Self,
        each: impl FnMut(Change) -> Result<(), E>,
    ) -> Result<(), E> {
        let _moments = (self.moment(COMPARE)?, after.moment(COMPARE)?);
        let (force, later) = (self.force()?, after.force()?);
        let before = State { ledger: self, force: &force, counting: self.counting(None)? };
        let after = State { ledger: after, force: &later, counting: after.counting(None)? };
        differences(&before, &after, each)
    }

    /// The same for the codings by `coder` in the ledger `draft`, as if this ledger had taken them over:
    /// with this ledger's decisions. Reports that the draft does not hold are left out.
    ///
    /// # Errors
    /// As [`Ledger::for_each_change`].
    pub fn for_each_change_by<E: From<LedgerError>>(
        &self,
        draft: &Self,
        coder: &CoderVersion,
        each: impl FnMut(Change) -> Result<(), E>,
    ) -> Result<(), E> {
        let _moments = (self.moment(COMPARE)?, draft.moment(COMPARE)?);
        let force = self.force()?;
        let mut counting = self.counting(None)?;
        let mut drafted = draft.counting(Some(coder))?;
        // An older content does not take the place of a newer one.
        drafted.retain(|id, new| counting.get(id).is_some_and(|old| old.revision == new.revision));
        counting.retain(|id, _| drafted.contains_key(id));
        let before = State { ledger: self, force: &force, counting };
        let after = State { ledger: draft, force: &force, counting: drafted };
        differences(&before, &after, each)
    }

    /// The coding of each report that counts, or the newest by `coder`.
    fn counting(
        &self,
        coder: Option<&CoderVersion>,
    ) -> Result<BTreeMap<String, Counting>, LedgerError> {
        self.read_counting(coder).map_err(|fault| LedgerError::read(&self.path, COMPARE, fault))
    }

    fn read_counting(
        &self,
        coder: Option<&CoderVersion>,
    ) -> Result<BTreeMap<String, Counting>, ReadFault> {
        let columns = "r.id, k.seq, r.digest, v.version, v.reader, v.codebook";
        let joins = "JOIN reports r ON r.seq = k.report JOIN coders v ON v.seq = k.coder";
        let sql = match coder {
            None => format!(
                "SELECT {columns} FROM current u JOIN codings k ON k.seq = u.coding {joins}"
            ),
            // The last row of a report is the one that stays in the map.
            Some(_) => format!(
                "SELECT {columns} FROM codings k {joins} WHERE v.version = ?1 AND v.reader = ?2 \
                 AND v.codebook = ?3 ORDER BY r.seq"
            ),
        };
        let mut all = self.conn.prepare_cached(&sql)?;
        let mut rows = match coder {
            None => all.query([])?,
            Some(coder) => all.query((&coder.version, &coder.reader, &coder.codebook))?,
        };
        let mut counting = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let coder =
                CoderVersion { version: row.get(3)?, reader: row.get(4)?, codebook: row.get(5)? };
            let found = Counting { coding: row.get(1)?, revision: digest(row, 2)?, coder };
            counting.insert(row.get(0)?, found);
        }
        Ok(counting)
    }
}

impl State<'_> {
    fn side(&self, id: &ReportId, counting: &Counting) -> Result<Side, LedgerError> {
        let claims = self.ledger.claims_of(counting.coding)?;
        let standing = |claim| self.force.standing(id, &counting.revision, claim);
        let standings = claims.iter().map(standing).collect();
        Ok(Side { claims, standings })
    }
}

impl Side {
    fn get(&self, at: usize) -> Option<(&Claim, &Standing)> {
        self.claims.get(at).zip(self.standings.get(at))
    }
}

fn differences<E: From<LedgerError>>(
    before: &State<'_>,
    after: &State<'_>,
    mut each: impl FnMut(Change) -> Result<(), E>,
) -> Result<(), E> {
    let same_decisions = before.force.is_same(after.force);
    let mut ids: Vec<&String> = before.counting.keys().chain(after.counting.keys()).collect();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        let (old, new) = (before.counting.get(id), after.counting.get(id));
        if let (Some(old), Some(new)) = (old, new)
            && old.revision == new.revision
            && old.coder == new.coder
            && (same_decisions
                || !(before.force.may_touch(&old.revision) || after.force.may_touch(&new.revision)))
        {
            continue;
        }
        let report = ReportId::new(id);
        let sides = (
            old.map(|old| before.side(&report, old)).transpose()?,
            new.map(|new| after.side(&report, new)).transpose()?,
        );
        let comparison = Comparison { report, old, new };
        for change in comparison.changes(sides.0.as_ref(), sides.1.as_ref()) {
            each(change)?;
        }
    }
    Ok(())
}

/// One report in two states.
struct Comparison<'a> {
    report: ReportId,
    old: Option<&'a Counting>,
    new: Option<&'a Counting>,
}

impl Comparison<'_> {
    fn changes(&self, before: Option<&Side>, after: Option<&Side>) -> Vec<Change> {
        let (old, new) = (found(before), found(after));
        let same_text = match (self.old, self.new) {
            (Some(old), Some(new)) => old.revision == new.revision,
            _ => true,
        };
        let mut changes = Vec::new();
        for (from, to) in pairing::pairs(&old, &new, same_text) {
            let from = from.and_then(|at| before.and_then(|side| side.get(at)));
            let to = to.and_then(|at| after.and_then(|side| side.get(at)));
            match (from, to) {
                (Some(from), Some(to)) => self.cells(from, to, &mut changes),
                (Some((claim, standing)), None) => {
                    changes.push(self.whole(ChangeKind::Removed, claim, standing));
                }
                (None, Some((claim, standing))) => {
                    changes.push(self.whole(ChangeKind::Added, claim, standing));
                }
                (None, None) => {}
            }
        }
        changes
    }

    /// A claim that comes or goes.
    fn whole(&self, change: ChangeKind, claim: &Claim, standing: &Standing) -> Change {
        let read = standing.corrected.as_deref().unwrap_or(claim).content();
        let told = format!("{}: {}", read.type_id, read.evidence.first().quote());
        let id = Some(claim.id().clone());
        let added = change == ChangeKind::Added;
        let (claim_before, claim_after) = if added { (None, id) } else { (id, None) };
        let (before, after) = if added { (String::new(), told) } else { (told, String::new()) };
        Change {
            change,
            report: self.report.clone(),
            claim_before,
            claim_after,
            type_id: read.type_id.clone(),
            field: "claim".to_owned(),
            before,
            after,
            cause: self.recoding(),
        }
    }

    /// The cells in which two claims differ.
    fn cells(&self, from: (&Claim, &Standing), to: (&Claim, &Standing), changes: &mut Vec<Change>) {
        let read = |(claim, standing): (&Claim, &Standing)| {
            let read = standing.corrected.as_deref().unwrap_or(claim);
            (cells::of(read, standing), cells::of(claim, standing), read.content().type_id.clone())
        };
        let ((old, old_raw, _), (new, new_raw, type_id)) = (read(from), read(to));
        let raw = old_raw.iter().zip(&new_raw);
        for (((field, before), (_, after)), ((_, was), (_, is))) in old.iter().zip(&new).zip(raw) {
            if before == after {
                continue;
            }
            let about_claim = field == cells::VERDICT || field == cells::CREDIBILITY;
            let decided = was == is || about_claim || after != is;
            let decision = decided.then(|| deciding(from.1, to.1, field)).flatten();
            changes.push(Change {
                change: ChangeKind::Changed,
                report: self.report.clone(),
                claim_before: Some(from.0.id().clone()),
                claim_after: Some(to.0.id().clone()),
                type_id: type_id.clone(),
                field: field.clone(),
                before: before.clone(),
                after: after.clone(),
                cause: decision.unwrap_or_else(|| self.recoding()),
            });
        }
    }

    /// The cause that is no decision.
    fn recoding(&self) -> Cause {
        match (self.old, self.new) {
            (Some(old), Some(new)) if old.revision != new.revision => {
                Cause::Revision { from: old.revision, to: new.revision }
            }
            (Some(old), Some(new)) => {
                Cause::Coder { from: old.coder.clone(), to: new.coder.clone() }
            }
            _ => Cause::Report,
        }
    }
}

/// The claims of a side as the coder found them.
fn found(side: Option<&Side>) -> Vec<&Claim> {
    side.into_iter().flat_map(|side| &side.claims).collect()
}

/// The last decision about the cell `field` that one of the two has and the other has not, that of the
/// second state first.
fn deciding(from: &Standing, to: &Standing, field: &str) -> Option<Cause> {
    let alone = |one: &Standing, other: &Standing| {
        let about = one.decisions.iter().filter(|decision| cells::decides(&decision.act, field));
        let known = |id| other.decisions.iter().any(|decision| decision.id == id);
        let mut new = about.filter(|decision| !known(decision.id.clone()));
        new.next_back().cloned()
    };
    let (decision, in_force) = match alone(to, from) {
        Some(decision) => (decision, true),
        None => (alone(from, to)?, false),
    };
    let Decision { id, by, because, .. } = decision;
    Some(Cause::Decision { id, by, because, in_force })
}
