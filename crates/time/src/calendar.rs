//! Arithmetic of days, weeks, months, seasons and years.
//!
//! Owns intervals of the calendar; refuses words.

use averment_types::DateInterval;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::{Span, ToSpan};

use crate::lexicon::{Part, Season, Unit};

/// The day, when it exists.
pub(crate) fn day(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// From `start` to `end`, both included.
pub(crate) fn span(start: Date, end: Date) -> Option<DateInterval> {
    DateInterval::new(Some(start), Some(end)).ok()
}

/// The day `days` after `date`, or before when negative.
pub(crate) fn plus_days(date: Date, days: i32) -> Option<Date> {
    date.checked_add(days.days()).ok()
}

/// The day `n` units after `date`.
pub(crate) fn plus(date: Date, unit: Unit, n: i32) -> Option<Date> {
    let span = match unit {
        Unit::Hour => Span::new().try_days(n / 24).ok()?,
        Unit::Day => Span::new().try_days(n).ok()?,
        Unit::Week => Span::new().try_weeks(n).ok()?,
        Unit::Month => Span::new().try_months(n).ok()?,
        Unit::Quarter => Span::new().try_months(n.checked_mul(3)?).ok()?,
        Unit::Year => Span::new().try_years(n).ok()?,
        Unit::Decade => Span::new().try_years(n.checked_mul(10)?).ok()?,
        Unit::Century => Span::new().try_years(n.checked_mul(100)?).ok()?,
    };
    date.checked_add(span).ok()
}

/// The month as an interval.
pub(crate) fn month(year: i16, month: i8) -> Option<DateInterval> {
    let first = day(year, month, 1)?;
    span(first, first.last_of_month())
}

/// The years from `first` to `last`.
pub(crate) fn years(first: i16, last: i16) -> Option<DateInterval> {
    span(day(first, 1, 1)?, day(last, 12, 31)?)
}

/// The week, Monday to Sunday, that holds `date`.
pub(crate) fn week(date: Date) -> Option<DateInterval> {
    let back = i32::from(date.weekday().to_monday_zero_offset());
    let monday = plus_days(date, -back)?;
    span(monday, plus_days(monday, 6)?)
}

/// The season of `year` by northern months; winter begins in that year's December.
pub(crate) fn season(year: i16, season: Season) -> Option<DateInterval> {
    let (first, months) = match season {
        Season::Spring => (3, 2),
        Season::Summer => (6, 2),
        Season::Autumn => (9, 2),
        Season::Winter => (12, 2),
        Season::Local => return years(year, year),
    };
    let start = day(year, first, 1)?;
    span(start, plus(start, Unit::Month, months)?.last_of_month())
}

/// The calendar unit that holds `date`.
pub(crate) fn unit(date: Date, unit: Unit) -> Option<DateInterval> {
    match unit {
        Unit::Hour | Unit::Day => Some(DateInterval::day(date)),
        Unit::Week => week(date),
        Unit::Month => month(date.year(), date.month()),
        Unit::Year => years(date.year(), date.year()),
        Unit::Quarter => part(years(date.year(), date.year())?, Part::Quarter(quarter_of(date))),
        // 489 to 480 BC are the years -488 to -479.
        Unit::Decade if date.year() <= 0 => {
            let last = date.year() + (1 - date.year()).rem_euclid(10);
            years(last - 9, last)
        }
        Unit::Decade => {
            let first = date.year() - date.year().rem_euclid(10);
            years(first, first + 9)
        }
        Unit::Century => {
            let first = date.year() - (date.year() - 1).rem_euclid(100);
            years(first, first + 99)
        }
    }
}

fn quarter_of(date: Date) -> u8 {
    u8::try_from((date.month() - 1) / 3 + 1).unwrap_or(1)
}

/// The part of `whole`: thirds of a month's days or of a longer period's months, halves, quarters, weeks.
pub(crate) fn part(whole: DateInterval, part: Part) -> Option<DateInterval> {
    let (start, end) = (whole.start()?, whole.end()?);
    let days = days_between(start, end) + 1;
    match part {
        Part::Week(n) => {
            let first = plus_days(start, (i32::from(n) - 1) * 7)?;
            return span(first, plus_days(first, 6)?.min(end));
        }
        Part::LastWeek => return span(plus_days(end, -6)?.max(start), end),
        Part::Half(n) => return slice(start, end, i32::from(n) - 1, 2),
        Part::Quarter(n) => return slice(start, end, i32::from(n) - 1, 4),
        Part::Early | Part::Mid | Part::Late => {}
    }
    let third = match part {
        Part::Early => 0,
        Part::Mid => 1,
        _ => 2,
    };
    if (28..=31).contains(&days) {
        let first = plus_days(start, third * 10)?;
        let last = if third == 2 { end } else { plus_days(first, 9)? };
        return span(first, last);
    }
    slice(start, end, third, 3)
}

/// Slice `at` of `of` equal slices, by months where the period has enough of them.
fn slice(start: Date, end: Date, at: i32, of: i32) -> Option<DateInterval> {
    let months =
        i32::from(end.year() - start.year()) * 12 + i32::from(end.month() - start.month()) + 1;
    if months >= of && start.day() == 1 {
        let first = plus(start, Unit::Month, months * at / of)?;
        let next = plus(start, Unit::Month, months * (at + 1) / of)?;
        return span(first, plus_days(next, -1)?.min(end));
    }
    let days = days_between(start, end) + 1;
    let first = plus_days(start, days * at / of)?;
    let last = plus_days(start, days * (at + 1) / of - 1)?;
    span(first, last.max(first).min(end))
}

/// Days from `a` to `b`, negative when `b` is earlier.
pub(crate) fn days_between(a: Date, b: Date) -> i32 {
    i32::try_from(a.duration_until(b).as_hours() / 24).unwrap_or(i32::MAX)
}

/// Days between `date` and the nearest day of `interval`; 0 inside it.
pub(crate) fn distance(date: Date, interval: DateInterval) -> i32 {
    let before = interval.start().map_or(0, |start| days_between(date, start));
    let after = interval.end().map_or(0, |end| days_between(end, date));
    before.max(after).max(0)
}

/// The last day on or before `date` that is a `weekday`.
pub(crate) fn weekday_before(date: Date, weekday: Weekday) -> Option<Date> {
    let back = i32::from(date.weekday().to_monday_zero_offset())
        - i32::from(weekday.to_monday_zero_offset());
    plus_days(date, -back.rem_euclid(7))
}

/// The first day on or after `date` that is a `weekday`.
pub(crate) fn weekday_after(date: Date, weekday: Weekday) -> Option<Date> {
    let ahead = i32::from(weekday.to_monday_zero_offset())
        - i32::from(date.weekday().to_monday_zero_offset());
    plus_days(date, ahead.rem_euclid(7))
}

/// Stands for the last one of a row.
pub(crate) const LAST: u8 = u8::MAX;

/// The day in `whole` that is its `nth` such weekday, from 1.
pub(crate) fn nth_weekday(whole: DateInterval, weekday: Weekday, nth: u8) -> Option<Date> {
    if nth == LAST {
        return weekday_before(whole.end()?, weekday).filter(|day| Some(*day) >= whole.start());
    }
    let first = weekday_after(whole.start()?, weekday)?;
    let day = plus_days(first, 7 * (i32::from(nth) - 1))?;
    (Some(day) <= whole.end()).then_some(day)
}

/// Saturday and Sunday of the week that holds `date`.
pub(crate) fn weekend(date: Date) -> Option<DateInterval> {
    let sunday = week(date)?.end()?;
    span(plus_days(sunday, -1)?, sunday)
}

/// A week of a year by its number after ISO 8601.
pub(crate) fn iso_week(year: i16, number: i8) -> Option<DateInterval> {
    let monday = ISOWeekDate::new(year, number, Weekday::Monday).ok()?;
    week(Date::from(monday))
}
