//! What a date expression says, before anything outside its words is used.
//!
//! Owns the unresolved forms that the grammar gives to the resolver; refuses values.

use std::ops::Range;

use jiff::civil::Weekday;

use crate::lexicon::{Part, Season, Unit};
use crate::mention::{EventOffset, LengthUnit, TimeLength, TimeMentionKind, TimeSide};
use crate::named::Rule;

/// Where the year of a day or month comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum YearRef {
    /// The words give none.
    Missing,
    /// The words give it.
    Stated(i16),
    /// "last year" (-1), "this year" (0), "next year" (1), counted from publication.
    Relative(i16),
    /// "last March" (-1), "this March" (0), "next March" (1).
    Occurrence(i8),
    /// "of that year" (0), "of the following year" (1), counted from the text's previous date.
    Told(i16),
    /// "the previous March" (-1), "that March" (0), "the following March" (1), likewise.
    After(i8),
}

/// Which occurrence of a weekday is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum WeekdayShift {
    /// "on Friday".
    Bare,
    /// "last Friday".
    Last,
    /// "this Friday".
    This,
    /// "next Friday".
    Next,
    /// "the following Friday", counted from the text's previous date.
    Following,
    /// "the previous Friday", counted from the text's previous date.
    Preceding,
}

/// What a relative expression is counted from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    /// The day of publication.
    Publication,
    /// The previous date of the text.
    Narrative,
    /// The previous date of the text, or publication where it has none: "the next week".
    Nearest,
    /// An event that the words name: "two days after the attack".
    Event,
}

/// How many units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Amount {
    /// So many.
    Exactly(i32),
    /// "more than two".
    MoreThan(i32),
    /// "less than two".
    LessThan(i32),
    /// "a few", "several".
    Few,
}

/// What the words of a date expression say.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expr {
    /// A day of a month.
    Day { year: YearRef, month: i8, day: i8, weekday: Option<Weekday> },
    /// Two numbers that may be day and month, and a year.
    Numeric { first: i8, second: i8, year: i16 },
    /// A month and year with a stray number behind them.
    Garbled { year: i16, month: i8, day: i8 },
    /// A month.
    Month { year: YearRef, month: i8, part: Option<Part> },
    /// A season.
    Season { year: YearRef, season: Season, part: Option<Part> },
    /// A year.
    Year { year: i16, part: Option<Part> },
    /// Ten years from `first`.
    Decade { first: i16, part: Option<Part> },
    /// The hundred years whose ordinal is `ordinal`.
    Century { ordinal: i16, part: Option<Part> },
    /// A quarter or half of a year.
    YearPart { year: YearRef, part: Part },
    /// A week of a year, numbered after ISO 8601.
    WeekNumber { year: YearRef, week: i8 },
    /// A day or period with a name of its own.
    Named { year: YearRef, rule: Rule, part: Option<Part> },
    /// A day or month of a year of the Hijra.
    Hijri { year: i16, rule: Rule, part: Option<Part> },
    /// The day of a month that other words name: "the 20th of next month".
    DayOf { day: i8, of: Box<Expr> },
    /// The day of a month that no words name: "on the 27th", "Friday the 13th".
    DayAlone { day: i8, weekday: Option<Weekday> },
    /// A weekday of a week or month: "Friday next week", "the first Friday of July".
    WeekdayOf { weekday: Weekday, nth: u8, of: Box<Expr> },
    /// The week, Monday to Sunday, that holds a day.
    WeekOf(Box<Expr>),
    /// Saturday and Sunday.
    Weekend { shift: WeekdayShift },
    /// A weekday without a date.
    Weekday { weekday: Weekday, shift: WeekdayShift },
    /// So many days from publication, up to so many: "overnight" is -1 to 0.
    Today { from: i32, to: i32 },
    /// So many units before (negative) or after the anchor.
    Shift { unit: Unit, amount: Amount, back: bool, anchor: Anchor },
    /// The calendar unit that holds the anchor, moved by `shift` units.
    Current { unit: Unit, shift: i32, part: Option<Part>, anchor: Anchor },
    /// So many units before or after a date that the words name: "two weeks before 5 May".
    From { unit: Unit, amount: Amount, back: bool, date: Box<Expr> },
    /// "in two weeks", where the sentence tells of what is to come.
    Ahead { unit: Unit, amount: Amount },
    /// The part of the current unit before ("earlier this month") or after publication.
    Rest { unit: Unit, back: bool },
    /// "the past two weeks", "the coming days"; "the following days" from the text's previous date.
    Window { unit: Unit, amount: Amount, back: bool, anchor: Anchor },
    /// From one to the other.
    Range(Box<Expr>, Box<Expr>),
    /// From then on.
    Since(Box<Expr>),
    /// Up to then.
    Until(Box<Expr>),
    /// Later than then.
    After(Box<Expr>),
    /// Earlier than then.
    Before(Box<Expr>),
    /// No date can be meant by these numbers.
    Impossible(&'static str),
    /// A word of time that gives no day: sets, "sometime".
    Open(&'static str),
    /// A length of time.
    Length { unit: Unit, amount: Amount },
    /// A word that gives no more than the side of the time of telling: "recently", "now".
    Near(TimeSide),
}

impl Expr {
    /// Whether the words alone give the year.
    pub(crate) fn has_stated_year(&self) -> bool {
        match self {
            Self::Day { year, .. }
            | Self::Month { year, .. }
            | Self::Season { year, .. }
            | Self::YearPart { year, .. }
            | Self::WeekNumber { year, .. }
            | Self::Named { year, .. } => {
                matches!(year, YearRef::Stated(_))
            }
            Self::Numeric { .. }
            | Self::Garbled { .. }
            | Self::Year { .. }
            | Self::Decade { .. }
            | Self::Hijri { .. }
            | Self::Century { .. } => true,
            Self::Range(a, b) => a.has_stated_year() && b.has_stated_year(),
            Self::Since(inner)
            | Self::Until(inner)
            | Self::After(inner)
            | Self::Before(inner)
            | Self::WeekOf(inner)
            | Self::WeekdayOf { of: inner, .. }
            | Self::DayOf { of: inner, .. }
            | Self::From { date: inner, .. } => inner.has_stated_year(),
            _ => false,
        }
    }

    /// Gives `year` to a day, month or season that has none.
    pub(crate) fn with_year(self, given: YearRef) -> Self {
        match self {
            Self::Day { year: YearRef::Missing, month, day, weekday } => {
                Self::Day { year: given, month, day, weekday }
            }
            Self::Month { year: YearRef::Missing, month, part } => {
                Self::Month { year: given, month, part }
            }
            Self::Season { year: YearRef::Missing, season, part } => {
                Self::Season { year: given, season, part }
            }
            Self::YearPart { year: YearRef::Missing, part } => Self::YearPart { year: given, part },
            Self::Named { year: YearRef::Missing, rule, part } => {
                Self::Named { year: given, rule, part }
            }
            other => other,
        }
    }

    /// How long, where the words count units of time.
    pub(crate) fn length(&self) -> Option<TimeLength> {
        let (unit, amount) = match self {
            Self::Length { unit, amount }
            | Self::Window { unit, amount, .. }
            | Self::Ahead { unit, amount } => (*unit, *amount),
            _ => return None,
        };
        let count = match amount {
            Amount::Exactly(n) | Amount::MoreThan(n) | Amount::LessThan(n) => u32::try_from(n).ok(),
            Amount::Few => None,
        };
        let unit = match unit {
            Unit::Hour => LengthUnit::Hour,
            Unit::Day => LengthUnit::Day,
            Unit::Week => LengthUnit::Week,
            Unit::Month | Unit::Quarter => LengthUnit::Month,
            Unit::Year => LengthUnit::Year,
            Unit::Decade => LengthUnit::Decade,
            Unit::Century => LengthUnit::Century,
        };
        Some(TimeLength { count, unit })
    }

    /// How far from an event that the words name.
    pub(crate) const fn offset(&self) -> Option<EventOffset> {
        match self {
            Self::Shift { unit, amount, back, anchor: Anchor::Event } => {
                Some(EventOffset { unit: *unit, amount: *amount, before: *back })
            }
            _ => None,
        }
    }

    /// The side of the time of telling, where the words give no more.
    pub(crate) const fn side(&self) -> Option<TimeSide> {
        match self {
            Self::Near(side) => Some(*side),
            _ => None,
        }
    }

    /// Whether the value is counted from publication, whatever the text tells of.
    pub(crate) const fn is_from_publication(&self) -> bool {
        matches!(
            self,
            Self::Today { .. }
                | Self::Rest { .. }
                | Self::Window { anchor: Anchor::Publication | Anchor::Nearest, .. }
                | Self::Weekend { .. }
                | Self::Ahead { .. }
                | Self::Weekday { .. }
                | Self::Shift { anchor: Anchor::Publication, .. }
                | Self::Current { anchor: Anchor::Publication, .. }
        )
    }

    /// The year reference of a day, month or season.
    pub(crate) const fn year(&self) -> YearRef {
        match self {
            Self::Day { year, .. }
            | Self::Month { year, .. }
            | Self::Season { year, .. }
            | Self::YearPart { year, .. }
            | Self::WeekNumber { year, .. }
            | Self::Named { year, .. } => *year,
            Self::Year { year, .. } => YearRef::Stated(*year),
            _ => YearRef::Missing,
        }
    }
}

/// A date expression that the grammar found in one sentence.
#[derive(Debug, Clone)]
pub(crate) struct Hit {
    /// First token.
    pub(crate) start: usize,
    /// One past the last token.
    pub(crate) end: usize,
    /// What sort.
    pub(crate) kind: TimeMentionKind,
    /// What it says.
    pub(crate) expr: Expr,
    /// What was put right while reading it.
    pub(crate) reasons: Vec<String>,
    /// The tokens of the dates inside: a range's two ends, the date behind "since" or "until".
    pub(crate) parts: Vec<Range<usize>>,
}

impl Hit {
    /// A date expression from token `start` to `end`.
    pub(crate) const fn date(start: usize, end: usize, expr: Expr) -> Self {
        let kind = TimeMentionKind::Date;
        Self { start, end, kind, expr, reasons: Vec::new(), parts: Vec::new() }
    }

    /// The same with the dates inside.
    pub(crate) fn of_parts(mut self, parts: impl Into<Vec<Range<usize>>>) -> Self {
        self.parts = parts.into();
        self
    }

    /// The same with a reason.
    pub(crate) fn because(mut self, reasons: Vec<String>) -> Self {
        self.reasons.extend(reasons);
        self
    }
}
