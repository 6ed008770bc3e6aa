//! Decisions in force, laid over claims: what stands of a claim after people have looked at it.
//!
//! A decision is about a *statement*: a type, a trigger, evidence and a place's words in one revision of
//! a report. So it holds for whatever version of the coder finds the same statement there again, and no
//! longer when the report comes with other content.

use std::collections::BTreeMap;

use averment_types::{
    Act, ActorRef, Claim, ClaimId, Correction, Credibility, Decision, Digest, ReportId, RoleKind,
    TextRange, TypeId, Verdict,
};
use serde::Serialize;

use crate::log::in_force;
use crate::row::{ReadFault, digest, from_json};
use crate::{Ledger, LedgerError};

const WEIGH: &str = "read decisions about claims";

/// What people decided about a claim.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Standing {
    /// The last word on whether the claim is what the report says; `None` when nobody said.
    pub verdict: Option<Verdict>,
    /// The last grade of the claim.
    pub credibility: Option<Credibility>,
    /// The claim with the corrected values and the actors that its words were decided to mean; `None`
    /// when no value is other than the coder's.
    pub corrected: Option<Box<Claim>>,
    /// The decisions that make it so, in the order in which they were made.
    pub decisions: Vec<Decision>,
}

impl Standing {
    /// Whether a person has decided anything about the claim.
    #[must_use]
    pub const fn is_decided(&self) -> bool {
        !self.decisions.is_empty()
    }

    /// Whether the claim counts no longer because a person rejected it.
    #[must_use]
    pub fn is_rejected(&self) -> bool {
        self.verdict == Some(Verdict::Rejected)
    }
}

/// What a claim says apart from who coded it: two claims of one revision with the same statement differ
/// in the coder or its rule alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Statement {
    type_id: TypeId,
    trigger: TextRange,
    evidence: Vec<TextRange>,
    place: Option<TextRange>,
}

impl Statement {
    pub(crate) fn of(claim: &Claim) -> Self {
        let content = claim.content();
        Self {
            type_id: content.type_id.clone(),
            trigger: content.trigger,
            evidence: content.evidence.iter().map(averment_types::Evidence::range).collect(),
            place: content.place.as_ref().map(|place| place.span),
        }
    }
}

/// A decision about a claim, and what the claim states.
#[derive(Debug)]
struct OnClaim {
    claim: ClaimId,
    statement: Statement,
    decision: usize,
}

/// Words that mean an actor.
#[derive(Debug)]
struct Meaning {
    report: Option<ReportId>,
    actor: ActorRef,
    decision: usize,
}

/// The decisions in force, ready to be laid over claims.
#[derive(Debug, Default)]
pub(crate) struct Force {
    decisions: Vec<Decision>,
    on_claims: BTreeMap<Digest, Vec<OnClaim>>,
    meanings: BTreeMap<String, Vec<Meaning>>,
}

impl Force {
    /// Whether no decision changes how a claim reads.
    pub(crate) fn is_idle(&self) -> bool {
        self.on_claims.is_empty() && self.meanings.is_empty()
    }

    /// The revisions that hold a claim with a decision.
    pub(crate) fn revisions(&self) -> impl Iterator<Item = &Digest> {
        self.on_claims.keys()
    }

    /// The words that mean an actor, in the form of [`folded`].
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.meanings.keys().map(String::as_str)
    }

    /// Whether the same decisions are in force.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.decisions.iter().map(|d| &d.id).eq(other.decisions.iter().map(|d| &d.id))
    }

    /// Whether some claim of this revision may have a decision.
    pub(crate) fn may_touch(&self, revision: &Digest) -> bool {
        self.on_claims.contains_key(revision) || !self.meanings.is_empty()
    }

    /// What stands of `claim`, which was made in this revision of this report.
    pub(crate) fn standing(&self, report: &ReportId, revision: &Digest, claim: &Claim) -> Standing {
        let mut standing = Standing::default();
        let (mut judged, mut graded) = (None, None);
        let mut corrections: Vec<(usize, &Correction)> = Vec::new();
        for on in self.about(revision, claim) {
            let Some(decision) = self.decisions.get(on) else { continue };
            match &decision.act {
                Act::Accept { .. } => {
                    (standing.verdict, judged) = (Some(Verdict::Accepted), Some(on));
                }
                Act::Reject { .. } => {
                    (standing.verdict, judged) = (Some(Verdict::Rejected), Some(on));
                }
                Act::GradeClaim { credibility, .. } => {
                    (standing.credibility, graded) = (Some(*credibility), Some(on));
                }
                Act::Correct { correction, .. } => {
                    corrections.retain(|(_, before)| !before.is_of_same_field(correction));
                    corrections.push((on, correction));
                }
                _ => {}
            }
        }
        let named = self.named(report, claim);
        let corrected = self.read(claim, &named, &mut corrections);
        let mut used: Vec<usize> = judged.into_iter().chain(graded).collect();
        used.extend(corrections.iter().map(|(on, _)| *on));
        used.extend(named.iter().map(|(on, _)| *on));
        used.sort_unstable();
        used.dedup();
        standing.decisions =
            used.into_iter().filter_map(|on| self.decisions.get(on).cloned()).collect();
        standing.corrected = corrected.map(Box::new);
        standing
    }

    /// The decisions about `claim`, by their place among those in force.
    fn about<'a>(
        &'a self,
        revision: &Digest,
        claim: &'a Claim,
    ) -> impl Iterator<Item = usize> + use<'a> {
        let here = self.on_claims.get(revision);
        let statement = here.map(|_| Statement::of(claim));
        here.into_iter()
            .flatten()
            .filter(move |on| {
                on.claim == *claim.id() || statement.as_ref().is_some_and(|s| on.statement == *s)
            })
            .map(|on| on.decision)
    }

    /// The actors that the words of the claim's roles were decided to mean. A decision about this report
    /// alone comes before one about all; of two, the later one holds.
    fn named(&self, report: &ReportId, claim: &Claim) -> Vec<(usize, Correction)> {
        if self.meanings.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut seen: BTreeMap<RoleKind, u32> = BTreeMap::new();
        for role in &claim.content().roles {
            let nth = seen.entry(role.role).and_modify(|n| *n += 1).or_insert(1);
            let meanings = self.meanings.get(&folded(&role.text)).into_iter().flatten();
            let holds = meanings.filter(|m| m.report.as_ref().is_none_or(|only| only == report));
            let Some(meaning) = holds.max_by_key(|m| (m.report.is_some(), m.decision)) else {
                continue;
            };
            if role.actor.as_ref().is_some_and(|actor| actor.id == meaning.actor.id) {
                continue;
            }
            let actor = Some(meaning.actor.clone());
            let correction = Correction::Role { role: role.role, nth: *nth, actor };
            found.push((meaning.decision, correction));
        }
        found
    }

    /// The claim with all that is decided about its values; `None` when nothing is.
    fn read(
        &self,
        claim: &Claim,
        named: &[(usize, Correction)],
        corrections: &mut [(usize, &Correction)],
    ) -> Option<Claim> {
        // What takes a filler or a number out comes last, the last one first: the others keep their places.
        corrections.sort_by_key(|(_, correction)| match correction {
            Correction::Role { actor: None, nth, .. } => (1, u32::MAX - nth),
            Correction::Casualties { number: None, .. } => (1, 0),
            _ => (0, 0),
        });
        let named = named.iter().map(|(on, correction)| (*on, correction));
        let mut all = named.chain(corrections.iter().copied()).peekable();
        all.peek()?;
        let read = all.fold(claim.clone(), |read, (on, correction)| {
            let reason = self.decisions.get(on).map(reason).unwrap_or_default();
            correction.read(&read, &reason)
        });
        Some(read)
    }
}

/// Who decided a value, as a reason for it.
fn reason(decision: &Decision) -> String {
    let day = decision.at.strftime("%Y-%m-%d");
    let because = decision.because.as_deref().map(|because| format!(": {because}"));
    format!("decided by {} on {day}{}", decision.by, because.unwrap_or_default())
}

/// The form in which a role's words are compared with a decision's: lower case, single blanks, without an
/// article before them.
pub(crate) fn folded(words: &str) -> String {
    let words = words.to_lowercase();
    let mut words: Vec<&str> = words.split_whitespace().collect();
    if words.len() > 1 && matches!(words.first(), Some(&("the" | "a" | "an"))) {
        words.remove(0);
    }
    words.join(" ")
}

impl Ledger {
    /// The decisions in force, with the claims that they are about.
    pub(crate) fn force(&self) -> Result<Force, LedgerError> {
        let mut force = Force { decisions: in_force(self.decisions()?), ..Force::default() };
        for (at, decision) in force.decisions.iter().enumerate() {
            match &decision.act {
                Act::Accept { claim }
                | Act::Reject { claim }
                | Act::Correct { claim, .. }
                | Act::GradeClaim { claim, .. } => {
                    let Some((revision, found)) = self.claim_row(claim)? else { continue };
                    let statement = Statement::of(&found);
                    let on = OnClaim { claim: claim.clone(), statement, decision: at };
                    force.on_claims.entry(revision).or_default().push(on);
                }
                Act::Name { words, report, actor } => {
                    let meaning =
                        Meaning { report: report.clone(), actor: actor.clone(), decision: at };
                    force.meanings.entry(folded(words)).or_default().push(meaning);
                }
                _ => {}
            }
        }
        Ok(force)
    }

    /// The claim of this id and the revision that it was made in.
    pub(crate) fn claim_row(&self, id: &ClaimId) -> Result<Option<(Digest, Claim)>, LedgerError> {
        self.found_claim(id).map_err(|fault| LedgerError::read(&self.path, WEIGH, fault))
    }

    fn found_claim(&self, id: &ClaimId) -> Result<Option<(Digest, Claim)>, ReadFault> {
        let sql = "SELECT r.digest, b.json FROM claims c JOIN claim_bodies b ON b.claim = c.seq \
                   JOIN codings k ON k.seq = c.coding JOIN reports r ON r.seq = k.report \
                   WHERE c.id = ?1";
        let mut found = self.conn.prepare_cached(sql)?;
        let mut rows = found.query([id.as_str()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let json: String = row.get(1)?;
        Ok(Some((digest(row, 0)?, from_json(&json, "claim_bodies.json")?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_blanks_and_article() {
        assert_eq!(folded(" The  Salt\nBrigade"), "salt brigade");
        assert_eq!(folded("salt brigade"), folded("a Salt Brigade"));
        assert_eq!(folded("the"), "the");
    }
}
