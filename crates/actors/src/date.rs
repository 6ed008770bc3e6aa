//! Dates of the registry: a day, a month or a year, as exact as is known.

use std::fmt;

use averment_types::{DateInterval, DatePrec};
use jiff::civil::Date;

/// A date that may be known to the year or month only.
///
/// ```
/// use averment_actors::PartialDate;
/// let march = PartialDate::parse("2017-03").expect("a month");
/// assert_eq!(march.to_string(), "2017-03");
/// assert_eq!(march.last(), jiff::civil::date(2017, 3, 31));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PartialDate {
    first: Date,
    last: Date,
    precision: DatePrec,
}

impl PartialDate {
    /// Reads `2017`, `2017-03` or `2017-03-02`; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year: i16 = number(parts.next()?, 4)?;
        let month: Option<i8> =
            parts.next().map(|p| number(p, 2)).map_or(Some(None), |m| m.map(Some))?;
        let day: Option<i8> =
            parts.next().map(|p| number(p, 2)).map_or(Some(None), |d| d.map(Some))?;
        if parts.next().is_some() {
            return None;
        }
        let first = Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        let (last, precision) = match (month, day) {
            (_, Some(_)) => (first, DatePrec::Day),
            (Some(_), None) => (first.last_of_month(), DatePrec::Month),
            (None, None) => (first.last_of_year(), DatePrec::Year),
        };
        Some(Self { first, last, precision })
    }

    /// The first day that it may be.
    #[must_use]
    pub const fn first(self) -> Date {
        self.first
    }

    /// The last day that it may be.
    #[must_use]
    pub const fn last(self) -> Date {
        self.last
    }

    /// How exact it is: day, month or year.
    #[must_use]
    pub const fn precision(self) -> DatePrec {
        self.precision
    }

    /// All days that it may be.
    #[must_use]
    pub fn interval(self) -> DateInterval {
        DateInterval::new(Some(self.first), Some(self.last))
            .unwrap_or_else(|_| DateInterval::day(self.first))
    }
}

fn number<T: std::str::FromStr>(text: &str, digits: usize) -> Option<T> {
    let plain = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            DatePrec::Day => write!(f, "{}", self.first),
            DatePrec::Month => write!(f, "{:04}-{:02}", self.first.year(), self.first.month()),
            _ => write!(f, "{:04}", self.first.year()),
        }
    }
}

/// Whether something that lasted from `since` to `until` may have been so at some time of `on`.
pub(crate) fn possible(
    since: Option<PartialDate>,
    until: Option<PartialDate>,
    on: DateInterval,
) -> bool {
    !begins_after(since, on) && !ends_before(until, on)
}

/// Whether all of `on` lies before `since`.
pub(crate) fn begins_after(since: Option<PartialDate>, on: DateInterval) -> bool {
    let last = on.end().or(on.start());
    matches!((since, last), (Some(s), Some(day)) if day < s.first())
}

/// Whether all of `on` lies after `until`.
pub(crate) fn ends_before(until: Option<PartialDate>, on: DateInterval) -> bool {
    let first = on.start().or(on.end());
    matches!((until, first), (Some(u), Some(day)) if day > u.last())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_exact_as_written() {
        for text in ["2017", "2017-03", "2017-03-02"] {
            assert_eq!(PartialDate::parse(text).unwrap().to_string(), text);
        }
        for bad in
            ["", "17", "2017-3", "2017-13", "2017-02-30", "2017-01-01-01", "March 2017", "+017"]
        {
            assert_eq!(PartialDate::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn an_interval_within_the_imprecise_year_is_possible() {
        let since = PartialDate::parse("2017");
        let march = PartialDate::parse("2017-03").unwrap().interval();
        assert!(possible(since, None, march));
        assert!(begins_after(PartialDate::parse("2018"), march));
        assert!(ends_before(PartialDate::parse("2016"), march));
    }
}
