//! What a reading of time words gives: mentions with their values, parts and lengths.
//!
//! Owns the public types; refuses to find or resolve anything.

use averment_types::{DateInterval, TextRange, TimeValue, Warning};

use crate::expr::{Amount, Anchor};
use crate::lexicon::Unit;
use crate::span_of_units;

/// All time words of a report.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeReading {
    /// What was found, in the order of the text, not overlapping.
    pub mentions: Vec<TimeMention>,
    /// What a reader should know: impossible and ambiguous dates, dates after publication.
    pub warnings: Vec<Warning>,
}

/// One time expression.
#[derive(Debug, Clone, PartialEq)]
pub struct TimeMention {
    /// Where its words are.
    pub span: TextRange,
    /// What sort of expression.
    pub kind: TimeMentionKind,
    /// The days it means; `None` for durations, sets and what could not be resolved.
    pub value: Option<TimeValue>,
    /// How the value came about, or why there is none, a sentence each.
    pub reasons: Vec<String>,
    /// The dates inside a larger expression: both ends of a range, the one date behind "since" or
    /// "until"; empty for all else and where there is no value.
    pub parts: Vec<TimePart>,
    /// How long, where the words count units: "for more than two years", "the past week".
    pub length: Option<TimeLength>,
    /// The side of the time of telling, where the words give no more: "recently", "now".
    pub side: Option<TimeSide>,
    /// How far from an event that the words name: "two days after the raid", "hours before the vote".
    pub offset: Option<EventOffset>,
}

/// How long before or after an event something was.
///
/// ```
/// use averment_types::{DateInterval, TextRange};
/// let text = "Two days after the raid, soldiers left.";
/// let reading = averment_time::read(text, &[TextRange::new(0, text.len())?], None);
/// let offset = reading.mentions[0].offset.expect("the words count from an event");
/// let raid = DateInterval::day("2024-03-04".parse()?);
/// let left = offset.from(raid).expect("a day of the calendar");
/// assert_eq!(left.interval, DateInterval::day("2024-03-06".parse()?));
/// assert_eq!(offset.back(left.interval).expect("a day").interval, raid);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventOffset {
    pub(crate) unit: Unit,
    pub(crate) amount: Amount,
    pub(crate) before: bool,
}

/// Days that were counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The days.
    pub interval: DateInterval,
    /// How they came about, a sentence each.
    pub reasons: Vec<String>,
}

impl EventOffset {
    /// When it was, counted from the days of the event; `None` outside the calendar or where these have an open end.
    #[must_use]
    pub fn from(self, event: DateInterval) -> Option<Counted> {
        self.count(event, self.before)
    }

    /// When the event was, counted back from the days `of` what the words date.
    #[must_use]
    pub fn back(self, of: DateInterval) -> Option<Counted> {
        self.count(of, !self.before)
    }

    fn count(self, from: DateInterval, back: bool) -> Option<Counted> {
        let answer =
            span_of_units::shift(from, self.unit, self.amount, back, Anchor::Event).ok()?;
        Some(Counted { interval: answer.interval, reasons: answer.reasons })
    }
}

/// The reason why words that only say how long something takes have no value.
pub const LENGTH: &str = "a length of time, not a date";

/// What sort of time expression it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeMentionKind {
    /// A day or an interval, also with an open end: "12 March", "last week", "since 2015".
    Date,
    /// A length of time: "for more than two years".
    Duration,
    /// A repetition or a trend: "every Friday", "from time to time", "more frequent".
    Set,
}

/// A date inside a larger expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimePart {
    /// Where its words are.
    pub span: TextRange,
    /// The days it means by itself: "1954" in "since 1954" is that year.
    pub interval: DateInterval,
}

/// A counted length of time.
///
/// ```
/// use averment_time::{LengthUnit, TimeLength};
/// use averment_types::TextRange;
/// let text = "They have fought for more than two years.";
/// let reading = averment_time::read(text, &[TextRange::new(0, text.len())?], None);
/// let length = TimeLength { count: Some(2), unit: LengthUnit::Year };
/// assert_eq!(reading.mentions[0].length, Some(length));
/// # Ok::<(), averment_types::RangeError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeLength {
    /// How many units the words name, "more than two" and "less than two" as two; `None` where they
    /// give no number ("several months").
    pub count: Option<u32>,
    /// What is counted.
    pub unit: LengthUnit,
}

/// What a length of time is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LengthUnit {
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks of seven days.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

/// Where something lies by the time of telling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimeSide {
    /// "recently", "in the past".
    Past,
    /// "now", "currently".
    Present,
    /// "in the near future", "soon".
    Future,
}
