//! A person's decisions about claims, names, sources and disputes: entries of a log that only grows.

use std::fmt;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    ActorRef, ClaimId, Correction, Credibility, DecisionId, Digest, DisputeId, OriginId,
    Reliability, ReportId,
};

/// What is decided.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "act", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Act {
    /// The claim is what the report says.
    Accept {
        /// The claim.
        claim: ClaimId,
    },
    /// The claim is not what the report says, and counts no longer.
    Reject {
        /// The claim.
        claim: ClaimId,
    },
    /// One field of the claim has another value.
    Correct {
        /// The claim.
        claim: ClaimId,
        /// The field and its value.
        #[serde(flatten)]
        correction: Correction,
    },
    /// Two claims tell of one event.
    Same {
        /// The one claim.
        a: ClaimId,
        /// The other.
        b: ClaimId,
    },
    /// Two claims do not tell of one event.
    Different {
        /// The one claim.
        a: ClaimId,
        /// The other.
        b: ClaimId,
    },
    /// These words mean this actor, wherever they are all of a role's words.
    Name {
        /// The words. Case, white space and an article before them do not matter.
        words: String,
        /// In this report alone; `null` for all.
        #[serde(default)]
        report: Option<ReportId>,
        /// The actor.
        actor: ActorRef,
    },
    /// How reliable a source is.
    GradeSource {
        /// The source.
        origin: OriginId,
        /// The grade.
        reliability: Reliability,
    },
    /// How credible a claim is.
    GradeClaim {
        /// The claim.
        claim: ClaimId,
        /// The grade.
        credibility: Credibility,
    },
    /// A dispute is settled.
    Resolve {
        /// The dispute.
        dispute: DisputeId,
        /// The position that was taken, as a side spells it; `null` when none of them.
        position: Option<String>,
    },
    /// The report's publisher has taken it back.
    Retract {
        /// The report.
        report: ReportId,
    },
    /// An earlier decision holds no longer. Undoing an undoing makes the first one hold again.
    Undo {
        /// The earlier decision.
        decision: DecisionId,
    },
}

impl Act {
    /// The claims that it is about.
    pub fn claims(&self) -> impl Iterator<Item = &ClaimId> {
        let (one, other) = match self {
            Self::Accept { claim }
            | Self::Reject { claim }
            | Self::Correct { claim, .. }
            | Self::GradeClaim { claim, .. } => (Some(claim), None),
            Self::Same { a, b } | Self::Different { a, b } => (Some(a), Some(b)),
            Self::Name { .. }
            | Self::GradeSource { .. }
            | Self::Resolve { .. }
            | Self::Retract { .. }
            | Self::Undo { .. } => (None, None),
        };
        one.into_iter().chain(other)
    }

    /// The name in JSON.
    #[must_use]
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Accept { .. } => "accept",
            Self::Reject { .. } => "reject",
            Self::Correct { .. } => "correct",
            Self::Same { .. } => "same",
            Self::Different { .. } => "different",
            Self::Name { .. } => "name",
            Self::GradeSource { .. } => "grade_source",
            Self::GradeClaim { .. } => "grade_claim",
            Self::Resolve { .. } => "resolve",
            Self::Retract { .. } => "retract",
            Self::Undo { .. } => "undo",
        }
    }
}

impl fmt::Display for Act {
    /// One line: what is decided about what.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accept { claim } => write!(f, "accept {claim}"),
            Self::Reject { claim } => write!(f, "reject {claim}"),
            Self::Correct { claim, correction } => write!(f, "correct {claim}: {correction}"),
            Self::Same { a, b } => write!(f, "{a} and {b} tell of one event"),
            Self::Different { a, b } => write!(f, "{a} and {b} tell of different events"),
            Self::Name { words, report, actor } => {
                write!(f, "“{words}” means {} [{}]", actor.name, actor.id)?;
                report.as_ref().map_or(Ok(()), |report| write!(f, " in {report}"))
            }
            Self::GradeSource { origin, reliability } => write!(f, "{origin} is {reliability:?}"),
            Self::GradeClaim { claim, credibility } => {
                write!(f, "{claim} is {}", u8::from(*credibility))
            }
            Self::Resolve { dispute, position: Some(position) } => {
                write!(f, "{dispute} is settled: {position}")
            }
            Self::Resolve { dispute, position: None } => {
                write!(f, "{dispute} is settled for no side")
            }
            Self::Retract { report } => write!(f, "{report} was taken back by its publisher"),
            Self::Undo { decision } => write!(f, "undo {decision}"),
        }
    }
}

/// One entry of the log of decisions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// When it was made.
    pub at: Timestamp,
    /// Who made it, by the name that was given.
    pub by: String,
    /// Why; `null` when nothing was said.
    pub because: Option<String>,
    /// What was decided.
    #[serde(flatten)]
    pub act: Act,
    /// The hash of the entry before; zeros for the first.
    pub before: Digest,
    /// The hash of this entry and, through `before`, of all before it.
    pub hash: Digest,
}

/// Whether a person takes a claim for what the report says.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is.
    Accepted,
    /// It is not: the claim counts no longer.
    Rejected,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Polarity;

    #[test]
    fn an_act_is_one_flat_object() {
        let act = Act::Correct {
            claim: ClaimId::new("c1"),
            correction: Correction::Polarity(Polarity::Denied),
        };
        let json = serde_json::to_value(&act).unwrap();
        let expected = serde_json::json!({
            "act": "correct", "claim": "c1", "field": "polarity", "value": "denied",
        });
        assert_eq!(json, expected);
        assert_eq!(serde_json::from_value::<Act>(json).unwrap(), act);
        let undo = Act::Undo { decision: DecisionId::new("e1") };
        assert_eq!(serde_json::to_value(&undo).unwrap()["act"], undo.as_str());
    }
}
