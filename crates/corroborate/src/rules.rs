//! Rule books: which incidents a dataset takes in, by data, and where two books part.

use std::collections::BTreeSet;

use averment_types::{
    ActorKind, CasualtyKind, EstimateOf, EventClarity, Incident, IncidentId, RoleKind, TypeId,
};
use serde::{Deserialize, Serialize};

use crate::error::{CorroborateError, read};

static UCDP: &str = include_str!("../../../data/rules/ucdp.toml");
static ACLED: &str = include_str!("../../../data/rules/acled.toml");

/// A rule book.
///
/// ```
/// use averment_corroborate::RuleBook;
/// let ucdp = RuleBook::shipped("ucdp").transpose()?.map(|book| book.name);
/// assert_eq!(ucdp.as_deref(), Some("ucdp"));
/// # Ok::<(), averment_corroborate::CorroborateError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleBook {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// What it takes in, in a sentence.
    pub definition: String,
    /// Its rules; an incident is taken in when none refuses it.
    #[serde(rename = "rule")]
    pub rules: Vec<Rule>,
    /// How the number of deaths is chosen.
    pub toll: TollRule,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Rule {
    /// Its id, unique in its book.
    pub id: String,
    /// What it says, in a sentence.
    pub says: String,
    /// Where the published codebook leaves room: how it was read.
    #[serde(default)]
    pub doubt: String,
    /// What is tested.
    #[serde(flatten)]
    pub test: Test,
}

/// What a rule tests.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "test", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Test {
    /// One of the incident's types is in the list.
    Types {
        /// The list.
        types: BTreeSet<TypeId>,
    },
    /// The number of deaths that the book chooses is at least so high.
    Deaths {
        /// So high.
        at_least: u32,
    },
    /// Who took part.
    Sides {
        /// What sort of actor one of them must be.
        sides: Sides,
    },
    /// The interval of the event has at most so many days.
    Dated {
        /// So many.
        at_most: i32,
    },
    /// The place's `where_prec` is at most so high; 7 (sea or air) always passes.
    Placed {
        /// So high.
        at_most: u8,
    },
    /// It is told as one event.
    Clear,
    /// It has so many independent origins.
    Origins {
        /// So many.
        at_least: u32,
    },
}

/// What sort of actor must have taken part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sides {
    /// A state force, or an armed group with a name.
    Organised,
    /// Anybody who is said to have taken part.
    Any,
}

/// How the number of deaths is chosen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TollRule {
    /// Which of the estimate's numbers.
    pub choose: TollChoice,
    /// Where the published codebook leaves room: how it was read.
    #[serde(default)]
    pub doubt: String,
}

/// Which of the estimate's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TollChoice {
    /// The best.
    Best,
    /// The lowest.
    Low,
}

/// Why a book does not take an incident in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleRefusal {
    /// The rule's id.
    pub rule: String,
    /// What the rule says.
    pub says: String,
    /// What was met.
    pub met: String,
}

/// An incident under a rule book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Projected {
    /// The incident.
    pub incident: IncidentId,
    /// Whether the book takes it in.
    pub taken: bool,
    /// Which rules refuse it.
    pub refusals: Vec<RuleRefusal>,
    /// The number of deaths that the book chooses; `null` when none is stated.
    pub deaths: Option<u32>,
    /// UCDP's type of violence: 1 state-based, 2 non-state, 3 one-sided; `null` when the actors do not decide it.
    pub type_of_violence: Option<u8>,
}

/// An incident on which two books part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Parting {
    /// The incident.
    pub incident: IncidentId,
    /// Under the first book.
    pub a: Projected,
    /// Under the second.
    pub b: Projected,
    /// The rules that part them, as `book/rule`; `book/toll` where only the numbers differ.
    pub by: Vec<String>,
}

impl RuleBook {
    /// The shipped book of this name; `None` when there is none.
    #[must_use]
    pub fn shipped(name: &str) -> Option<Result<Self, CorroborateError>> {
        match name {
            "ucdp" => Some(Self::parse("data/rules/ucdp.toml", UCDP)),
            "acled" => Some(Self::parse("data/rules/acled.toml", ACLED)),
            _ => None,
        }
    }

    /// Reads and checks a book.
    ///
    /// # Errors
    /// [`CorroborateError`] for the first thing that is wrong.
    pub fn parse(file: &str, text: &str) -> Result<Self, CorroborateError> {
        let book: Self = read(file, text)?;
        let mut ids = BTreeSet::new();
        match book.rules.iter().find(|rule| !ids.insert(rule.id.as_str())) {
            Some(twice) => Err(CorroborateError::Invalid {
                file: file.to_owned(),
                what: format!("the rule {:?} stands there twice", twice.id),
                expected: "ids that are unique in the book".to_owned(),
            }),
            None => Ok(book),
        }
    }

    /// The incident under this book.
    #[must_use]
    pub fn project(&self, incident: &Incident) -> Projected {
        let refusals: Vec<RuleRefusal> = self
            .rules
            .iter()
            .filter_map(|rule| {
                let met = self.met(&rule.test, incident)?;
                Some(RuleRefusal { rule: rule.id.clone(), says: rule.says.clone(), met })
            })
            .collect();
        Projected {
            incident: incident.id.clone(),
            taken: refusals.is_empty(),
            refusals,
            deaths: self.deaths(incident),
            type_of_violence: type_of_violence(incident),
        }
    }

    /// Where this book and another part on an incident; `None` when they agree.
    #[must_use]
    pub fn compare(&self, other: &Self, incident: &Incident) -> Option<Parting> {
        let (a, b) = (self.project(incident), other.project(incident));
        let refused = |book: &Self, p: &Projected| -> Vec<String> {
            p.refusals.iter().map(|r| format!("{}/{}", book.name, r.rule)).collect()
        };
        let by = match (a.taken, b.taken) {
            (true, false) => refused(other, &b),
            (false, true) => refused(self, &a),
            (true, true) if a.deaths != b.deaths => {
                vec![format!("{}/toll", self.name), format!("{}/toll", other.name)]
            }
            _ => return None,
        };
        Some(Parting { incident: incident.id.clone(), a, b, by })
    }

    fn deaths(&self, incident: &Incident) -> Option<u32> {
        let all = |e: &&averment_types::Estimate| {
            e.kind == CasualtyKind::Killed && e.of == EstimateOf::All
        };
        let estimate = incident.estimates.iter().find(all)?;
        match self.toll.choose {
            TollChoice::Best => estimate.best,
            TollChoice::Low => estimate.low,
        }
    }

    /// What the test meets that it refuses; `None` when it passes.
    fn met(&self, test: &Test, incident: &Incident) -> Option<String> {
        match test {
            Test::Types { types } => {
                let mut all = incident.other_types.iter().chain([&incident.type_id]);
                (!all.any(|name| types.contains(name)))
                    .then(|| format!("its type is {}", incident.type_id))
            }
            Test::Deaths { at_least } => match self.deaths(incident) {
                Some(n) if n >= *at_least => None,
                Some(n) => Some(format!("{n} deaths")),
                None => Some("no number of deaths is stated".to_owned()),
            },
            Test::Sides { sides } => met_sides(*sides, incident),
            Test::Dated { at_most } => {
                let ends =
                    incident.time.as_ref().map(|time| (time.interval.start(), time.interval.end()));
                match ends {
                    None => Some("no day is known".to_owned()),
                    Some((Some(start), Some(end))) => {
                        let days = crate::day::number(end) - crate::day::number(start) + 1;
                        (days > *at_most).then(|| format!("an interval of {days} days"))
                    }
                    Some(_) => Some("an interval with an open end".to_owned()),
                }
            }
            Test::Placed { at_most } => {
                match incident.place.as_ref().map(|place| place.precision.ucdp()) {
                    Some(7) => None,
                    Some(prec) => (prec > *at_most).then(|| format!("a place of precision {prec}")),
                    None => Some("no place is known".to_owned()),
                }
            }
            Test::Clear => (incident.clarity == EventClarity::Aggregated)
                .then(|| "several events told as one, or no day".to_owned()),
            Test::Origins { at_least } => (incident.independent_origins < *at_least)
                .then(|| format!("{} independent origins", incident.independent_origins)),
        }
    }
}

fn met_sides(sides: Sides, incident: &Incident) -> Option<String> {
    let mut doers = incident.actors.iter().filter(|a| {
        matches!(a.role, RoleKind::Initiator | RoleKind::Participant | RoleKind::Target)
    });
    let organised =
        |kind: ActorKind, vague: bool| kind.is_state_side() || (kind.is_armed_group() && !vague);
    match sides {
        Sides::Organised if doers.any(|a| organised(a.actor.kind, a.actor.id.is_generic())) => None,
        Sides::Organised => Some("no organised actor is named".to_owned()),
        Sides::Any if incident.actors.is_empty() => {
            Some("nobody is said to have taken part".to_owned())
        }
        Sides::Any => None,
    }
}

/// UCDP's type of violence by who did it to whom.
fn type_of_violence(incident: &Incident) -> Option<u8> {
    let of = |roles: &[RoleKind], test: fn(ActorKind) -> bool| {
        incident.actors.iter().any(|a| roles.contains(&a.role) && test(a.actor.kind))
    };
    let any = [RoleKind::Initiator, RoleKind::Participant, RoleKind::Target, RoleKind::Victim];
    let people = |kind| {
        matches!(
            kind,
            ActorKind::Civilians | ActorKind::Community | ActorKind::Person | ActorKind::Protesters
        )
    };
    let (state, group) = (of(&any, ActorKind::is_state_side), of(&any, ActorKind::is_armed_group));
    let sides: BTreeSet<_> = incident
        .actors
        .iter()
        .filter(|a| {
            a.actor.kind.is_armed_group()
                && matches!(a.role, RoleKind::Initiator | RoleKind::Participant | RoleKind::Target)
        })
        .map(|a| &a.actor.id)
        .collect();
    match (state, group) {
        (true, true) => Some(1),
        (false, true) if sides.len() > 1 => Some(2),
        _ if (state || group) && of(&[RoleKind::Target, RoleKind::Victim], people) => Some(3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_books_are_read_and_a_rule_stands_once() {
        for name in ["ucdp", "acled"] {
            let book = RuleBook::shipped(name).unwrap().unwrap();
            assert_eq!(book.name, name);
        }
        assert!(RuleBook::shipped("gtd").is_none());
        let twice = "name='x'\nversion='1'\ndefinition='d'\ntoll={choose='best'}\n\
            [[rule]]\nid='a'\nsays='s'\ntest='clear'\n[[rule]]\nid='a'\nsays='s'\ntest='clear'\n";
        assert!(RuleBook::parse("x.toml", twice).unwrap_err().to_string().contains("twice"));
    }
}
