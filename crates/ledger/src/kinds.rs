//! The decisions in force by kind, about the claims that count now: what deriving incidents and disputes
//! starts from.

use std::collections::{BTreeMap, BTreeSet};

use averment_types::{
    Act, ActorRef, ClaimId, Credibility, Decision, DisputeId, OriginId, Reliability, ReportId,
};
use jiff::Timestamp;
use rusqlite::OptionalExtension;
use serde::Serialize;

use crate::force::Statement;
use crate::row::ReadFault;
use crate::{Ledger, LedgerError};

const SORT: &str = "read decisions by kind";

/// Whose decision it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Said {
    /// Who decided.
    pub by: String,
    /// Why.
    pub because: Option<String>,
    /// When.
    pub at: Timestamp,
}

impl Said {
    fn of(decision: &Decision) -> Self {
        Self { by: decision.by.clone(), because: decision.because.clone(), at: decision.at }
    }
}

/// How a dispute was settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settled {
    /// The position that was taken, as a side spells it; `None` when none of them.
    pub position: Option<String>,
    /// Whose decision it is.
    pub said: Said,
}

/// Words that a person decided to mean an actor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The words, as they were typed.
    pub words: String,
    /// In this report alone; `None` for all.
    pub report: Option<ReportId>,
    /// The actor.
    pub actor: ActorRef,
}

/// The decisions in force, by kind. Where two contradict each other, the later one is here alone. A claim
/// is named by the id under which the same statement counts now; where none does, by the id that was
/// decided about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct DecisionsByKind {
    /// Pairs of claims that tell of one event; the lesser id first.
    pub same: BTreeMap<(ClaimId, ClaimId), Said>,
    /// Pairs of claims that do not; the lesser id first.
    pub different: BTreeMap<(ClaimId, ClaimId), Said>,
    /// Grades of sources.
    pub reliability: BTreeMap<OriginId, Reliability>,
    /// Grades of claims.
    pub credibility: BTreeMap<ClaimId, Credibility>,
    /// Disputes that were settled.
    pub resolved: BTreeMap<DisputeId, Settled>,
    /// Reports that their publishers took back.
    pub retracted: BTreeSet<ReportId>,
    /// Claims that are what their reports say.
    pub accepted: BTreeSet<ClaimId>,
    /// Claims that are not, and count no longer.
    pub rejected: BTreeSet<ClaimId>,
    /// Claims of which some value is a person's. The claims that the ledger answers with have it already.
    pub corrected: BTreeSet<ClaimId>,
    /// Names, in the order in which they were decided.
    pub names: Vec<Named>,
    /// The ids under which statements that count now were known before, by the ids under which they count:
    /// for what was decided about something that is named after a claim. Empty while no dispute is settled.
    pub former: BTreeMap<ClaimId, BTreeSet<ClaimId>>,
}

impl Ledger {
    /// The decisions in force, by kind.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn decisions_by_kind(&self) -> Result<DecisionsByKind, LedgerError> {
        let _moment = self.moment(SORT)?;
        let mut kinds = DecisionsByKind::default();
        for decision in self.decisions_in_force()? {
            let said = Said::of(&decision);
            match decision.act {
                Act::Same { a, b } => {
                    let pair = self.pair(&a, &b)?;
                    kinds.different.remove(&pair);
                    kinds.same.insert(pair, said);
                }
                Act::Different { a, b } => {
                    let pair = self.pair(&a, &b)?;
                    kinds.same.remove(&pair);
                    kinds.different.insert(pair, said);
                }
                Act::GradeSource { origin, reliability } => {
                    kinds.reliability.insert(origin, reliability);
                }
                Act::GradeClaim { claim, credibility } => {
                    kinds.credibility.insert(self.counting_now(&claim)?, credibility);
                }
                Act::Resolve { dispute, position } => {
                    kinds.resolved.insert(dispute, Settled { position, said });
                }
                Act::Retract { report } => _ = kinds.retracted.insert(report),
                Act::Accept { claim } => {
                    let claim = self.counting_now(&claim)?;
                    kinds.rejected.remove(&claim);
                    kinds.accepted.insert(claim);
                }
                Act::Reject { claim } => {
                    let claim = self.counting_now(&claim)?;
                    kinds.accepted.remove(&claim);
                    kinds.rejected.insert(claim);
                }
                Act::Correct { claim, .. } => {
                    kinds.corrected.insert(self.counting_now(&claim)?);
                }
                Act::Name { words, report, actor } => {
                    kinds.names.push(Named { words, report, actor });
                }
                _ => {}
            }
        }
        if !kinds.resolved.is_empty() {
            kinds.former = self.former_ids()?;
        }
        Ok(kinds)
    }

    /// For each claim that counts and whose revision was coded before: the ids of the same statement there.
    fn former_ids(&self) -> Result<BTreeMap<ClaimId, BTreeSet<ClaimId>>, LedgerError> {
        let sql = "SELECT u.coding, k.seq FROM current u JOIN codings uk ON uk.seq = u.coding \
                   JOIN codings k ON k.report = uk.report AND k.seq <> uk.seq";
        let pairs: Vec<(i64, i64)> = self
            .conn
            .prepare_cached(sql)
            .and_then(|mut all| all.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect())
            .map_err(self.failing(SORT))?;
        let mut former: BTreeMap<ClaimId, BTreeSet<ClaimId>> = BTreeMap::new();
        for (now, before) in pairs {
            let before = self.claims_of(before)?;
            for claim in self.claims_of(now)? {
                let statement = Statement::of(&claim);
                let same = before.iter().filter(|old| Statement::of(old) == statement);
                let ids: BTreeSet<ClaimId> = same.map(|old| old.id().clone()).collect();
                if !ids.is_empty() {
                    former.entry(claim.id().clone()).or_default().extend(ids);
                }
            }
        }
        Ok(former)
    }

    fn pair(&self, a: &ClaimId, b: &ClaimId) -> Result<(ClaimId, ClaimId), LedgerError> {
        let (a, b) = (self.counting_now(a)?, self.counting_now(b)?);
        Ok(if a <= b { (a, b) } else { (b, a) })
    }

    /// The id under which the statement of this claim counts now.
    fn counting_now(&self, id: &ClaimId) -> Result<ClaimId, LedgerError> {
        let fail = |fault: ReadFault| LedgerError::read(&self.path, SORT, fault);
        // The coding that counts, where it is of the same revision and not the claim's own.
        let sql = "SELECT u.coding FROM claims c JOIN codings k ON k.seq = c.coding \
                   JOIN codings uk ON uk.report = k.report AND uk.seq <> k.seq \
                   JOIN current u ON u.coding = uk.seq WHERE c.id = ?1";
        let coding: Option<i64> = self
            .conn
            .prepare_cached(sql)
            .and_then(|mut found| found.query_row([id.as_str()], |row| row.get(0)).optional())
            .map_err(|error| fail(error.into()))?;
        let (Some(coding), Some((_, claim))) = (coding, self.claim_row(id)?) else {
            return Ok(id.clone());
        };
        let statement = Statement::of(&claim);
        let now = self.claims_of(coding)?.into_iter().find(|c| Statement::of(c) == statement);
        Ok(now.map_or_else(|| id.clone(), |claim| claim.id().clone()))
    }
}
