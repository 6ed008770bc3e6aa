//! The Islamic calendar by its thirty-year table.
//!
//! Owns the months' names and lengths; refuses the sighting of the moon, which may move a month by a day.

use averment_types::DateInterval;
use jiff::civil::{Date, date};

use crate::calendar;
use crate::token::Tokens;

/// The first day of the first year in the civil reckoning, in the Gregorian calendar carried back.
const EPOCH: Date = date(622, 7, 19);

/// The first day of a month, 1 to 12, of a year of the Hijra.
fn first_of(year: i32, month: i32) -> Option<Date> {
    let months = (59 * (month - 1) + 1) / 2;
    let days = months + (year - 1) * 354 + (3 + 11 * year).div_euclid(30);
    calendar::plus_days(EPOCH, days)
}

/// A month of a year of the Hijra.
pub(crate) fn month(year: i16, month: i8) -> Option<DateInterval> {
    let first = first_of(year.into(), month.into())?;
    let next = if month == 12 {
        first_of(i32::from(year) + 1, 1)
    } else {
        first_of(year.into(), i32::from(month) + 1)
    }?;
    calendar::span(first, calendar::plus_days(next, -1)?)
}

/// The days from `first` to `last` of a month of a year of the Hijra.
pub(crate) fn days(year: i16, month_number: i8, first: i8, last: i8) -> Option<DateInterval> {
    let whole = month(year, month_number)?;
    let of = |day: i8| calendar::plus_days(whole.start()?, i32::from(day) - 1);
    let end = of(last)?;
    (Some(end) <= whole.end()).then(|| calendar::span(of(first)?, end))?
}

/// The years of the Hijra that have days in a year of ours, latest last.
pub(crate) fn years_within(year: i16) -> impl Iterator<Item = i16> {
    let guess = i32::from(year - 622) * 33 / 32;
    (guess - 1..=guess + 2).filter_map(|y| i16::try_from(y).ok()).filter(|y| *y > 0)
}

/// Whether a number can be a year of the Hijra of our times.
pub(crate) const fn is_year(year: i16) -> bool {
    year >= 1200 && year <= 1500
}

/// The month named at `i`, 1 to 12, and where its name ends.
pub(crate) fn month_name(t: &Tokens<'_>, i: usize) -> Option<(i8, usize)> {
    let single = match t.lower(i) {
        "muharram" | "moharram" => 1,
        "safar" => 2,
        "rajab" => 7,
        "shaban" | "shaaban" | "sha" if t.lower(i) != "sha" || t.lower(i + 2) == "ban" => 8,
        "ramadan" | "ramadhan" | "ramazan" | "ramzan" => 9,
        "shawwal" | "shawal" => 10,
        _ => 0,
    };
    if single > 0 {
        return Some((single, i + if t.lower(i) == "sha" { 3 } else { 1 }));
    }
    let apart = |at: usize| usize::from(matches!(t.text(at), "-" | "'" | "’"));
    let mut at = i + 1 + apart(i + 1);
    let article = matches!(t.lower(at), "al" | "ul" | "ath" | "el");
    at += usize::from(article);
    at += apart(at);
    let rest = t.lower(at);
    let month = match t.lower(i) {
        "rabi" if rest.starts_with("aw") => 3,
        "rabi" if rest.starts_with("th") || rest == "akhir" => 4,
        "jumada" | "jumadi" if rest.starts_with("aw") || rest == "ula" => 5,
        "jumada" | "jumadi" if rest.starts_with("th") || rest == "akhir" => 6,
        "dhu" | "dhul" | "zul" if rest.starts_with('q') => 11,
        "dhu" | "dhul" | "zul" if rest.starts_with("hij") => 12,
        _ => return None,
    };
    Some((month, at + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_begin_where_the_table_says() {
        assert_eq!(first_of(1, 1), Some(date(622, 7, 19)));
        assert_eq!(first_of(1441, 9), Some(date(2020, 4, 24)));
        assert_eq!(days(1441, 12, 10, 10), Some(DateInterval::day(date(2020, 7, 31))));
        assert_eq!(month(1441, 9).and_then(DateInterval::end), Some(date(2020, 5, 23)));
        assert!(years_within(2020).any(|y| y == 1441));
    }
}
