//! Days as numbers, so that distances between them cost nothing.

use averment_types::DateInterval;
use jiff::civil::{Date, date};

/// Days since 1 January 1970.
pub(crate) fn number(day: Date) -> i32 {
    let hours = date(1970, 1, 1).duration_until(day).as_hours();
    i32::try_from(hours / 24).unwrap_or(0)
}

/// First and last day; an open end is far away.
pub(crate) fn ends(interval: DateInterval) -> (i32, i32) {
    let start = interval.start().map_or(i32::MIN / 4, number);
    let end = interval.end().map_or(i32::MAX / 4, number);
    (start, end)
}

/// The day of a number.
pub(crate) fn date_of(number: i32) -> Option<Date> {
    let span = jiff::Span::new().try_days(number).ok()?;
    date(1970, 1, 1).checked_add(span).ok()
}

/// Days that lie between two intervals; 0 where they touch or overlap.
pub(crate) fn gap(a: (i32, i32), b: (i32, i32)) -> i32 {
    (b.0.saturating_sub(a.1)).max(a.0.saturating_sub(b.1)).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_both_ways() {
        assert_eq!(number(date(1970, 1, 2)), 1);
        assert_eq!(number(date(2020, 3, 12)), 18333);
        assert_eq!(date_of(18333), Some(date(2020, 3, 12)));
        assert_eq!(gap((1, 3), (3, 9)), 0);
        assert_eq!(gap((7, 8), (3, 5)), 2);
    }
}
