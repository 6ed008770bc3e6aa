//! A field of a claim, as a person corrects it, and the claim as it reads then.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    ActorRef, Casualties, CasualtyGroup, CasualtyKind, Claim, ClaimContent, DateInterval, DatePrec,
    Gap, GapField, GapState, Modality, PlaceValue, Polarity, Role, RoleKind, TextRange, TimeValue,
    TypeId,
};

/// A number of people: at least one of the three is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct StatedNumber {
    /// At least so many.
    pub low: Option<u32>,
    /// So many.
    pub best: Option<u32>,
    /// At most so many.
    pub high: Option<u32>,
}

/// A field of a claim and the value that it should have. `null` says that the report gives none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "field", content = "value", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Correction {
    /// The codebook's type.
    Type(TypeId),
    /// Affirmed, negated or denied.
    Polarity(Polarity),
    /// Happened, failed, possible …
    Modality(Modality),
    /// When.
    Time(Option<DateInterval>),
    /// Where.
    Place(Option<Box<PlaceValue>>),
    /// Who stands in a role.
    Role {
        /// The role.
        role: RoleKind,
        /// Which of the claim's fillers of this role, counted from 1; one more than there are adds one.
        nth: u32,
        /// Who; `null` takes the filler out.
        actor: Option<ActorRef>,
    },
    /// How many people.
    Casualties {
        /// What happened to them.
        kind: CasualtyKind,
        /// Of which people; `null` means the first number of this kind, whoever they are.
        of: Option<CasualtyGroup>,
        /// How many; `null` takes the number out.
        number: Option<StatedNumber>,
    },
}

impl Correction {
    /// Whether a later correction of `other` takes the place of this one.
    #[must_use]
    pub fn is_of_same_field(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Role { role, nth, .. }, Self::Role { role: r, nth: n, .. }) => {
                role == r && nth == n
            }
            (Self::Casualties { kind, of, .. }, Self::Casualties { kind: k, of: o, .. }) => {
                kind == k && of == o
            }
            _ => std::mem::discriminant(self) == std::mem::discriminant(other),
        }
    }

    /// `claim` as it reads with this value; `reason` says who decided it.
    #[must_use]
    pub fn read(&self, claim: &Claim, reason: &str) -> Claim {
        let mut content = claim.content().clone();
        self.apply(&mut content, reason);
        // A calibration speaks of what the coder found.
        content.confidence = None;
        claim.read_as(content)
    }

    fn apply(&self, content: &mut ClaimContent, reason: &str) {
        match self {
            Self::Type(type_id) => content.type_id = type_id.clone(),
            Self::Polarity(polarity) => {
                content.polarity = *polarity;
                content.modality_reasons.push(reason.to_owned());
            }
            Self::Modality(modality) => {
                content.modality = *modality;
                content.modality_reasons.push(reason.to_owned());
            }
            Self::Time(interval) => set_time(content, *interval, reason),
            Self::Place(place) => set_place(content, place.as_deref(), reason),
            Self::Role { role, nth, actor } => {
                set_role(content, *role, *nth, actor.as_ref(), reason);
            }
            Self::Casualties { kind, of, number } => set_number(content, *kind, *of, *number),
        }
    }
}

/// The name that a value of a closed set has in JSON, with blanks.
fn name<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name.replace('_', " "),
        _ => String::new(),
    }
}

impl fmt::Display for StatedNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { low, best, high } = self;
        match (low, best, high) {
            (None, Some(best), None) => write!(f, "{best}"),
            (Some(low), None, Some(high)) => write!(f, "{low}-{high}"),
            (Some(low), None, None) => write!(f, "{low}+"),
            (None, None, Some(high)) => write!(f, "up to {high}"),
            _ => {
                let part = |n: &Option<u32>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
                write!(f, "{} ({} to {})", part(best), part(low), part(high))
            }
        }
    }
}

impl fmt::Display for Correction {
    /// One line: the field and its value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(type_id) => write!(f, "type {type_id}"),
            Self::Polarity(polarity) => write!(f, "polarity {}", name(polarity)),
            Self::Modality(modality) => write!(f, "modality {}", name(modality)),
            Self::Time(None) => f.write_str("time not stated"),
            Self::Time(Some(interval)) => {
                let day = |day: Option<jiff::civil::Date>| {
                    day.map_or_else(|| "..".to_owned(), |day| day.to_string())
                };
                let (start, end) = (day(interval.start()), day(interval.end()));
                if start == end {
                    return write!(f, "time {start}");
                }
                write!(f, "time {start}/{end}")
            }
            Self::Place(None) => f.write_str("place not stated"),
            Self::Place(Some(place)) => {
                write!(f, "place {}", place.name)?;
                place.country.as_ref().map_or(Ok(()), |country| write!(f, " ({country})"))
            }
            Self::Role { role, nth, actor } => {
                write!(f, "{}", name(role))?;
                if *nth > 1 {
                    write!(f, " {nth}")?;
                }
                match actor {
                    Some(actor) => write!(f, " {} [{}]", actor.name, actor.id),
                    None => f.write_str(" not stated"),
                }
            }
            Self::Casualties { kind, of, number } => {
                let of = of.map(|of| format!(" {}", name(&of))).unwrap_or_default();
                match number {
                    Some(number) => write!(f, "{}{of} {number}", name(kind)),
                    None => write!(f, "{}{of} not stated", name(kind)),
                }
            }
        }
    }
}

/// No words: before the trigger.
fn nowhere(content: &ClaimContent) -> TextRange {
    let start = content.trigger.start();
    TextRange::new(start, start).unwrap_or(content.trigger)
}

fn settle_gap(content: &mut ClaimContent, field: GapField, known: bool, reason: &str) {
    content.gaps.retain(|gap| gap.field != field);
    if !known {
        let reason = reason.to_owned();
        content.gaps.push(Gap { field, state: GapState::NotStated, reason });
    }
}

fn set_time(content: &mut ClaimContent, interval: Option<DateInterval>, reason: &str) {
    let (text, span) = match &content.time {
        Some(time) => (time.text.clone(), time.span),
        None => (String::new(), nowhere(content)),
    };
    content.time = interval.map(|interval| TimeValue {
        interval,
        precision: DatePrec::of(interval),
        text,
        span,
        inferred: false,
        reasons: vec![reason.to_owned()],
        candidates: Vec::new(),
    });
    settle_gap(content, GapField::Time, interval.is_some(), reason);
}

fn set_place(content: &mut ClaimContent, place: Option<&PlaceValue>, reason: &str) {
    let (text, span) = match &content.place {
        Some(place) => (place.text.clone(), place.span),
        None => (String::new(), nowhere(content)),
    };
    content.place = place.map(|place| PlaceValue {
        text,
        span,
        reasons: vec![reason.to_owned()],
        candidates: Vec::new(),
        ..place.clone()
    });
    settle_gap(content, GapField::Place, place.is_some(), reason);
}

fn set_role(
    content: &mut ClaimContent,
    kind: RoleKind,
    nth: u32,
    actor: Option<&ActorRef>,
    reason: &str,
) {
    let range = nowhere(content);
    let roles = &mut content.roles;
    let fillers = roles.iter().enumerate().filter(|(_, role)| role.role == kind);
    let before = (nth as usize).saturating_sub(1);
    let at = fillers.map(|(at, _)| at).nth(before);
    match (at.and_then(|at| roles.get_mut(at)), actor) {
        (Some(role), Some(actor)) => {
            role.actor = Some(actor.clone());
            role.reasons = vec![reason.to_owned()];
            role.candidates.clear();
        }
        (None, Some(actor)) => roles.push(Role {
            role: kind,
            text: String::new(),
            range,
            antecedent: None,
            actor: Some(actor.clone()),
            reasons: vec![reason.to_owned()],
            candidates: Vec::new(),
            alleged: None,
        }),
        (Some(_), None) => _ = at.map(|at| roles.remove(at)),
        (None, None) => {}
    }
    let known = roles.iter().any(|role| role.role == kind);
    match kind {
        RoleKind::Initiator => settle_gap(content, GapField::Initiator, known, reason),
        RoleKind::Target | RoleKind::Victim if known => {
            settle_gap(content, GapField::Target, known, reason);
        }
        _ => {}
    }
}

fn set_number(
    content: &mut ClaimContent,
    kind: CasualtyKind,
    of: Option<CasualtyGroup>,
    number: Option<StatedNumber>,
) {
    let range = nowhere(content);
    let all = &mut content.casualties;
    let is_it = |c: &Casualties| c.kind == kind && (of.is_none() || c.of == of);
    let at = all.iter().position(is_it);
    match (at.and_then(|at| all.get_mut(at)), number) {
        (Some(found), Some(StatedNumber { low, best, high })) => {
            (found.low, found.best, found.high) = (low, best, high);
        }
        (None, Some(StatedNumber { low, best, high })) => {
            all.push(Casualties { kind, of, low, best, high, text: String::new(), range });
        }
        (Some(_), None) => _ = at.map(|at| all.remove(at)),
        (None, None) => {}
    }
}
