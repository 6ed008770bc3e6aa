//! Values of TIMEX2, as `WikiWars` gives them, in the terms of the product.
//!
//! Owns the reading of `val`, `mod` and `set`; refuses to compare words.

use averment_time::{LengthUnit, TimeLength, TimeSide};
use averment_types::DateInterval;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};

/// What a TIMEX2 element means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timex {
    /// Days of the calendar, or a part of them.
    Days {
        /// What `val` names, a time of day cut off.
        whole: DateInterval,
        /// What `mod` narrows it to.
        part: Option<TimexPart>,
    },
    /// A length of time.
    Length(TimeLength),
    /// A repetition.
    Set,
    /// No more than a side of the time of telling.
    Side(TimeSide),
    /// A date that stays open: `XXXX-XX-XX`.
    Open,
}

/// A part of a period, as `mod` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimexPart {
    /// `START`.
    Start,
    /// `MID`.
    Mid,
    /// `END`.
    End,
}

impl Timex {
    /// Reads the attributes; `None` for values that mean no date of ours.
    ///
    /// ```
    /// use averment_eval::time::timex::Timex;
    /// let may = Timex::read("1954-05", None, false).unwrap();
    /// assert!(may.is_days(averment_types::DateInterval::new(
    ///     Some(jiff::civil::date(1954, 5, 1)), Some(jiff::civil::date(1954, 5, 31)))?));
    /// # Ok::<(), averment_types::IntervalError>(())
    /// ```
    #[must_use]
    pub fn read(value: &str, modifier: Option<&str>, set: bool) -> Option<Self> {
        if set {
            return Some(Self::Set);
        }
        match value {
            "PAST_REF" => return Some(Self::Side(TimeSide::Past)),
            "PRESENT_REF" => return Some(Self::Side(TimeSide::Present)),
            "FUTURE_REF" => return Some(Self::Side(TimeSide::Future)),
            _ => {}
        }
        if let Some(length) = value.strip_prefix('P') {
            return length_of(length).map(Self::Length);
        }
        let part = match modifier {
            Some("START") => Some(TimexPart::Start),
            Some("MID") => Some(TimexPart::Mid),
            Some("END") => Some(TimexPart::End),
            _ => None,
        };
        let (days, hours) = value.split_once('T').unwrap_or((value, ""));
        // A part of a part of the day is no part of the day's date.
        let part = part.filter(|_| hours.is_empty());
        if days.contains('X') {
            return known_of(days).map(|whole| Self::Days { whole, part }).or(Some(Self::Open));
        }
        days_of(days).map(|whole| Self::Days { whole, part })
    }

    /// What sort of meaning it is, in words.
    #[must_use]
    pub const fn sort(self) -> &'static str {
        match self {
            Self::Days { .. } => "days of the calendar",
            Self::Length(_) => "lengths",
            Self::Set => "repetitions",
            Self::Side(_) => "past, present, future",
            Self::Open => "open dates",
        }
    }

    /// Whether `interval` is what is meant: equal (a winter also by the year in which it ends), or with a part lying within the whole, shorter than
    /// it, at its start, around its middle or at its end.
    #[must_use]
    pub fn is_days(&self, interval: DateInterval) -> bool {
        let Self::Days { whole, part } = *self else {
            return false;
        };
        let ends = |i: DateInterval| i.start().zip(i.end());
        let (Some((first, last)), Some((start, end)), Some(part)) =
            (ends(whole), ends(interval), part)
        else {
            return whole == interval || (is_winter(whole) && is_year_later(interval, whole));
        };
        let inside = first <= start && end <= last && interval != whole;
        let middle = first.checked_add((first.duration_until(last).as_hours() / 48).days()).ok();
        inside
            && match part {
                TimexPart::Start => start == first,
                TimexPart::End => end == last,
                TimexPart::Mid => middle.is_some_and(|m| start <= m && m <= end),
            }
    }
}

/// December to February.
fn is_winter(days: DateInterval) -> bool {
    let months = days.start().zip(days.end()).map(|(a, b)| (a.month(), a.day(), b.month()));
    months == Some((12, 1, 2))
}

/// Whether `late` is `early` a year on.
fn is_year_later(early: DateInterval, late: DateInterval) -> bool {
    let year = |day: Option<Date>| day.map(|d| (i32::from(d.year()), d.month()));
    let next = |day: Option<Date>| year(day).map(|(y, m)| (y + 1, m));
    next(early.start()) == year(late.start()) && next(early.end()) == year(late.end())
}

/// `3D`, `2Y`, `T5H`, `XM`.
fn length_of(value: &str) -> Option<TimeLength> {
    let (value, timed) = value.strip_prefix('T').map_or((value, false), |rest| (rest, true));
    let unit = match value.trim_start_matches(|c: char| c.is_ascii_digit() || c == 'X') {
        "H" | "M" | "S" if timed => LengthUnit::Hour,
        "D" => LengthUnit::Day,
        "W" => LengthUnit::Week,
        "M" => LengthUnit::Month,
        "Y" => LengthUnit::Year,
        "DE" => LengthUnit::Decade,
        "CE" => LengthUnit::Century,
        _ => return None,
    };
    let digits: String = value.chars().take_while(char::is_ascii_digit).collect();
    Some(TimeLength { count: digits.parse().ok(), unit })
}

/// The known leading part of a value with unknown digits: `1954-05-XX` is the month, `XXXX` nothing.
fn known_of(value: &str) -> Option<DateInterval> {
    let known = value.split('X').next()?.trim_end_matches(['-', 'W']);
    days_of(known)
}

fn days_of(value: &str) -> Option<DateInterval> {
    let (before, value) = value.strip_prefix("BC").map_or((false, value), |rest| (true, rest));
    let mut fields = value.split('-');
    let year = fields.next()?;
    let number: i16 = year.parse().ok()?;
    // The year before AD 1 is 1 BC and counts as 0.
    let of_year = |n: i16| if before { 1 - n } else { n };
    match (year.len(), fields.next(), fields.next()) {
        (2, None, _) if before => years(1 - (number + 1) * 100, -number * 100),
        (2, None, _) => years(number * 100 + 1, number * 100 + 100),
        (3, None, _) if before => years(1 - number * 10 - 9, 1 - number * 10),
        (3, None, _) => years(number * 10, number * 10 + 9),
        (4, None, _) => years(of_year(number), of_year(number)),
        (4, Some(month), None) => period(of_year(number), month),
        (4, Some(week), Some(day)) if week.starts_with('W') => {
            let monday = iso_week(of_year(number), week)?;
            if day == "WE" {
                return span(
                    monday.checked_add(5.days()).ok()?,
                    monday.checked_add(6.days()).ok()?,
                );
            }
            let day: i64 = day.parse().ok()?;
            Some(DateInterval::day(monday.checked_add((day - 1).days()).ok()?))
        }
        (4, Some(month), Some(day)) => {
            Date::new(of_year(number), month.parse().ok()?, day.parse().ok()?)
                .ok()
                .map(DateInterval::day)
        }
        _ => None,
    }
}

/// A month, week, season, quarter or half of a year; winter begins in the year's December.
fn period(year: i16, name: &str) -> Option<DateInterval> {
    if name.starts_with('W') && name != "WI" {
        let monday = iso_week(year, name)?;
        return span(monday, monday.checked_add(6.days()).ok()?);
    }
    let (first, months) = match name {
        "SP" => (3, 3),
        "SU" => (6, 3),
        "FA" | "AU" => (9, 3),
        "WI" => (12, 3),
        "Q1" => (1, 3),
        "Q2" => (4, 3),
        "Q3" => (7, 3),
        "Q4" => (10, 3),
        "H1" => (1, 6),
        "H2" => (7, 6),
        month => (month.parse::<i8>().ok()?, 1),
    };
    let start = Date::new(year, first, 1).ok()?;
    let next = start.checked_add(Span::new().months(months)).ok()?;
    span(start, next.yesterday().ok()?)
}

fn iso_week(year: i16, name: &str) -> Option<Date> {
    let week: i8 = name.strip_prefix('W')?.parse().ok()?;
    ISOWeekDate::new(year, week, Weekday::Monday).ok().map(Date::from)
}

fn years(first: i16, last: i16) -> Option<DateInterval> {
    span(Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?)
}

fn span(first: Date, last: Date) -> Option<DateInterval> {
    DateInterval::new(Some(first), Some(last)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn days(value: &str) -> Option<(Date, Date)> {
        match Timex::read(value, None, false) {
            Some(Timex::Days { whole, .. }) => whole.start().zip(whole.end()),
            _ => None,
        }
    }

    #[test]
    fn values_are_days() {
        assert_eq!(days("1954-11-01TMO"), Some((date(1954, 11, 1), date(1954, 11, 1))));
        assert_eq!(days("195"), Some((date(1950, 1, 1), date(1959, 12, 31))));
        assert_eq!(days("19"), Some((date(1901, 1, 1), date(2000, 12, 31))));
        assert_eq!(days("1864-WI"), Some((date(1864, 12, 1), date(1865, 2, 28))));
        assert_eq!(days("BC0490"), Some((date(-489, 1, 1), date(-489, 12, 31))));
        assert_eq!(days("1954-05-XX"), Some((date(1954, 5, 1), date(1954, 5, 31))));
        assert_eq!(days("2009-W53"), Some((date(2009, 12, 28), date(2010, 1, 3))));
    }

    #[test]
    fn other_values_keep_their_kind() {
        let length = TimeLength { count: None, unit: LengthUnit::Month };
        assert_eq!(Timex::read("PXM", None, false), Some(Timex::Length(length)));
        assert_eq!(Timex::read("P1W", None, true), Some(Timex::Set));
        assert_eq!(Timex::read("XXXX-XX", None, false), Some(Timex::Open));
        assert_eq!(Timex::read("FUTURE_REF", None, false), Some(Timex::Side(TimeSide::Future)));
    }

    #[test]
    fn a_part_lies_at_its_place() {
        let late = Timex::read("1943", Some("END"), false).unwrap();
        let of = |a, b| DateInterval::new(Some(a), Some(b)).unwrap();
        assert!(late.is_days(of(date(1943, 9, 1), date(1943, 12, 31))));
        assert!(!late.is_days(of(date(1943, 1, 1), date(1943, 12, 31))));
        assert!(!late.is_days(of(date(1943, 1, 1), date(1943, 4, 30))));
    }
}
