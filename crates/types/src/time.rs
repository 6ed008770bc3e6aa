//! Times of events: intervals of days with a precision and the reasons for them.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::TextRange;

/// An interval of whole days, both ends included; an open end is `None`.
///
/// At least one end is known and `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "RawInterval")]
pub struct DateInterval {
    /// First day, ISO 8601; `null` when the beginning is open ("until June").
    start: Option<Date>,
    /// Last day, ISO 8601, included; `null` when the end is open ("since June").
    end: Option<Date>,
}

/// An interval of whole days, both ends included; an open end is `null`.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "DateInterval")]
struct RawInterval {
    /// First day, ISO 8601; `null` when the beginning is open ("until June").
    start: Option<Date>,
    /// Last day, ISO 8601, included; `null` when the end is open ("since June").
    end: Option<Date>,
}

/// An interval without any end, or with its ends in the wrong order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a date interval needs at least one end, the first day not after the last")]
pub struct IntervalError;

impl TryFrom<RawInterval> for DateInterval {
    type Error = IntervalError;

    fn try_from(raw: RawInterval) -> Result<Self, IntervalError> {
        Self::new(raw.start, raw.end)
    }
}

impl DateInterval {
    /// The interval from `start` to `end`, both included.
    ///
    /// # Errors
    /// When both are `None` or `start` lies after `end`.
    pub fn new(start: Option<Date>, end: Option<Date>) -> Result<Self, IntervalError> {
        match (start, end) {
            (None, None) => Err(IntervalError),
            (Some(s), Some(e)) if s > e => Err(IntervalError),
            _ => Ok(Self { start, end }),
        }
    }

    /// One day.
    #[must_use]
    pub const fn day(day: Date) -> Self {
        Self { start: Some(day), end: Some(day) }
    }

    /// First day, `None` when open.
    #[must_use]
    pub const fn start(self) -> Option<Date> {
        self.start
    }

    /// Last day, included, `None` when open.
    #[must_use]
    pub const fn end(self) -> Option<Date> {
        self.end
    }

    /// Whether some day lies in both intervals.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let before = |end: Option<Date>, start: Option<Date>| matches!((end, start), (Some(e), Some(s)) if e < s);
        !before(self.end, other.start) && !before(other.end, self.start)
    }
}

/// How exact an interval is, after UCDP GED's `date_prec` (1 to 5), with two further values.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum DatePrec {
    /// The exact day (`date_prec` 1).
    Day,
    /// Two to six days (2).
    Days,
    /// A week (3).
    Week,
    /// Up to a month (4).
    Month,
    /// Up to a year (5).
    Year,
    /// Longer than a year, or with an open end (coded 5 by UCDP).
    Longer,
}

impl DatePrec {
    /// UCDP GED's `date_prec`.
    #[must_use]
    pub const fn ucdp(self) -> u8 {
        match self {
            Self::Day => 1,
            Self::Days => 2,
            Self::Week => 3,
            Self::Month => 4,
            Self::Year | Self::Longer => 5,
        }
    }

    /// The precision that an interval's length implies.
    ///
    /// ```
    /// use averment_types::{DateInterval, DatePrec};
    /// let march = DateInterval::new(Some(jiff::civil::date(2020, 3, 1)), Some(jiff::civil::date(2020, 3, 31)));
    /// assert_eq!(march.map(DatePrec::of), Ok(DatePrec::Month));
    /// ```
    #[must_use]
    pub fn of(interval: DateInterval) -> Self {
        let (Some(start), Some(end)) = (interval.start, interval.end) else {
            return Self::Longer;
        };
        match start.duration_until(end).as_hours() / 24 {
            ..=0 => Self::Day,
            1..=5 => Self::Days,
            6 => Self::Week,
            7..=30 => Self::Month,
            31..=365 => Self::Year,
            _ => Self::Longer,
        }
    }
}

/// One reading of a date expression, where several are possible.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimeCandidate {
    /// The days it would mean.
    #[serde(flatten)]
    pub interval: DateInterval,
    /// How exact that would be.
    pub precision: DatePrec,
    /// Relative weight among the candidates, 0 to 1; not a calibrated probability.
    pub score: f32,
    /// Why it is possible.
    pub reason: String,
}

/// When something is said to have happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimeValue {
    /// The days.
    #[serde(flatten)]
    pub interval: DateInterval,
    /// How exact they are.
    pub precision: DatePrec,
    /// The words, exactly as in the report: "Thursday, March 12".
    pub text: String,
    /// Where the words are.
    pub span: TextRange,
    /// Whether some part (the year, the day) is inferred and not in the words themselves.
    pub inferred: bool,
    /// How the value came about, a sentence each.
    pub reasons: Vec<String>,
    /// Other readings, best first; empty when there is only one.
    #[serde(default)]
    pub candidates: Vec<TimeCandidate>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn an_interval_is_in_order_and_has_an_end() {
        assert_eq!(DateInterval::new(None, None), Err(IntervalError));
        assert_eq!(
            DateInterval::new(Some(date(2020, 2, 2)), Some(date(2020, 2, 1))),
            Err(IntervalError)
        );
        let open = DateInterval::new(Some(date(2020, 4, 15)), None).unwrap();
        assert_eq!(DatePrec::of(open), DatePrec::Longer);
        assert!(open.overlaps(DateInterval::day(date(2024, 1, 1))));
        assert!(!open.overlaps(DateInterval::day(date(2019, 1, 1))));
        assert_eq!(serde_json::to_string(&open).unwrap(), r#"{"start":"2020-04-15","end":null}"#);
    }
}
