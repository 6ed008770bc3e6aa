//! Weekdays of a text as witnesses: which reading of "04/05/2020" they fit.
//!
//! Owns how long after a named weekday reports are printed; refuses to decide where the readings are nearly
//! as likely.

use averment_types::DateInterval;
use jiff::civil::{Date, Weekday};

/// How many of 161 weekdays that reports name lie no, one, two … days before the day of printing: the first three of each of
/// the articles of en-worldwide-newswire that state that day.
const DAYS_BEFORE: [f64; 7] = [64.0, 37.0, 29.0, 11.0, 10.0, 6.0, 4.0];

/// How many times likelier than every other the chosen reading must be.
const CLEARLY: f64 = 5.0;

/// How many weekdays of a text are asked: those further down belong to what happened before.
const ASKED: usize = 3;

const NAMES: [(&str, Weekday); 7] = [
    ("Monday", Weekday::Monday),
    ("Tuesday", Weekday::Tuesday),
    ("Wednesday", Weekday::Wednesday),
    ("Thursday", Weekday::Thursday),
    ("Friday", Weekday::Friday),
    ("Saturday", Weekday::Saturday),
    ("Sunday", Weekday::Sunday),
];

/// Which of `readings` of a date of publication the weekdays named in `text` fit clearly best.
pub(super) fn fitting(readings: &[DateInterval], text: &str) -> Option<usize> {
    let named: Vec<Weekday> = weekdays(text).take(ASKED).collect();
    let likely = |reading: &DateInterval| match reading.start() {
        Some(day) => named.iter().map(|weekday| share(day, *weekday)).product(),
        None => 0.0,
    };
    let scores: Vec<f64> = readings.iter().map(likely).collect();
    let (best, score) = scores.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let others = scores.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, score)| *score);
    others.fold(0.0, f64::max).lt(&(score / CLEARLY)).then_some(best)
}

fn share(printed: Date, named: Weekday) -> f64 {
    let before = usize::try_from(named.until(printed.weekday())).unwrap_or_default();
    DAYS_BEFORE.get(before).copied().unwrap_or_default()
}

/// The weekdays that the text names, without those of a date ("Sunday 3 May", "Sunday, May 3").
fn weekdays(text: &str) -> impl Iterator<Item = Weekday> + '_ {
    let words: Vec<&str> = text.split_whitespace().collect();
    (0..words.len()).filter_map(move |at| {
        let word = words.get(at)?.trim_matches(|c: char| !c.is_alphanumeric());
        let (_, weekday) = NAMES.iter().find(|(name, _)| *name == word)?;
        let dated =
            |at: usize| words.get(at).is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
        let comma = words.get(at).is_some_and(|w| w.ends_with(','));
        let in_date = dated(at + 1) || comma && dated(at + 2);
        (!in_date).then_some(*weekday)
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn weekdays_of_the_text_choose_between_day_and_month() {
        // 9 February 2016 was a Tuesday, 2 September a Friday; 4 May and 4 June 2015 are a Monday and a Thursday.
        let readings = |a, b| [DateInterval::day(a), DateInterval::day(b)];
        let of_2016 = readings(date(2016, 2, 9), date(2016, 9, 2));
        let cases = [
            ("A bomb killed six on Tuesday. Police said on Tuesday", Some(0)),
            ("A bomb killed six on Friday. It was the second since Thursday", Some(1)),
            ("A bomb killed six.", None),
            ("A bomb killed six on Tuesday, Feb 9, and two on Tuesday 2 February", None),
            ("A bomb killed six on Sunday.", None),
        ];
        for (text, expected) in cases {
            assert_eq!(fitting(&of_2016, text), expected, "{text}");
        }
        assert_eq!(fitting(&[], "on Tuesday"), None);
    }
}
