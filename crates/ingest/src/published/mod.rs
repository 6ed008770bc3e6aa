//! Dates of publication: reading one value, and choosing among candidates.
//!
//! Owns the grammar of dates in fields and file names and the rule that the best source wins; refuses
//! dates inside sentences, which belong to the crate of time.

mod read;
mod weekdays;

use averment_types::{DateInterval, DatePrec, Published, PublishedSource, Warning, WarningCode};
use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

pub(crate) use read::{Fault, read};

use read::in_file_name;

/// The candidates in a record's field, the warning that it deserves, and whether it was understood.
pub(crate) fn of_field(value: &Value) -> (Vec<Published>, Option<Warning>) {
    let (text, days) = match value {
        Value::String(text) => (text.trim().to_owned(), read(text)),
        Value::Number(number) => (number.to_string(), read(&number.to_string())),
        _ => (String::new(), Err(Fault::Unreadable)),
    };
    let warning = |code, message: &str| Some(Warning { code, message: message.to_owned() });
    let warning = match &days {
        Ok(found) if found.len() > 1 => warning(
            WarningCode::DateAmbiguous,
            "the field published can be read in two ways, day or month first",
        ),
        Ok(_) => None,
        Err(Fault::Impossible) => warning(
            WarningCode::DateImpossible,
            "the field published holds a day that the calendar does not have or a year out of reach",
        ),
        Err(Fault::Unreadable) => warning(
            WarningCode::FieldUnreadable,
            "the field published was not understood as a date and is kept as given",
        ),
    };
    let found = days.unwrap_or_default().into_iter();
    let found = found.map(|days| candidate(days, PublishedSource::Field, &text));
    (found.collect(), warning)
}

/// The candidate in a file's name.
pub(crate) fn of_file_name(path: &str) -> Option<Published> {
    let (day, text) = in_file_name(path)?;
    Some(candidate(DateInterval::day(day), PublishedSource::FileName, text))
}

fn candidate(interval: DateInterval, source: PublishedSource, text: &str) -> Published {
    Published { interval, precision: DatePrec::of(interval), source, text: text.to_owned() }
}

/// The publication date among `candidates`, the best first, and whether they disagree.
///
/// The first one wins, unless its own source gives two readings: then the one that another source
/// confirms, else the one that the weekdays named in `text` fit, else none.
pub(crate) fn choose(candidates: &[Published], text: &str) -> (Option<Published>, bool) {
    let Some(first) = candidates.first() else {
        return (None, false);
    };
    let same = |c: &&Published| c.source == first.source && c.text == first.text;
    let readings: Vec<&Published> = candidates.iter().filter(same).collect();
    let others: Vec<&Published> = candidates.iter().filter(|c| !same(c)).collect();
    let chosen = match readings.as_slice() {
        [only] => Some(*only),
        many => {
            let confirmed = |c: &&&Published| others.iter().any(|o| agree(c, o));
            let confirmed: Vec<&Published> = many.iter().filter(confirmed).copied().collect();
            let by_weekday = || {
                let days: Vec<DateInterval> = many.iter().map(|reading| reading.interval).collect();
                weekdays::fitting(&days, text).and_then(|at| many.get(at).copied())
            };
            match confirmed.as_slice() {
                [one] => Some(*one),
                [] => by_weekday(),
                _ => None,
            }
        }
    };
    let conflict = chosen.is_some_and(|chosen| others.iter().any(|other| !agree(chosen, other)));
    (chosen.cloned(), conflict)
}

/// Whether two dates can be the same: a day apart is what time zones do.
fn agree(a: &Published, b: &Published) -> bool {
    let wider = |interval: DateInterval| {
        let start = interval.start().and_then(|day| day.yesterday().ok());
        let end = interval.end().and_then(|day| day.tomorrow().ok());
        DateInterval::new(start, end).unwrap_or(interval)
    };
    wider(a.interval).overlaps(b.interval)
}

/// The day, in UTC, of seconds or milliseconds since 1970.
fn of_epoch(number: i64, millis: bool) -> Option<Date> {
    let stamp =
        if millis { Timestamp::from_millisecond(number) } else { Timestamp::from_second(number) };
    stamp.ok().map(|s| s.to_zoned(TimeZone::UTC).date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn published(day: Date, source: PublishedSource, text: &str) -> Published {
        candidate(DateInterval::day(day), source, text)
    }

    #[test]
    fn the_best_source_wins_and_disagreement_is_told() {
        let meta = published(date(2020, 3, 13), PublishedSource::Meta, "a");
        let url = published(date(2020, 3, 14), PublishedSource::Url, "b");
        let name = published(date(2021, 1, 1), PublishedSource::FileName, "c");
        assert_eq!(choose(&[], ""), (None, false));
        assert_eq!(choose(&[meta.clone(), url.clone()], ""), (Some(meta.clone()), false));
        assert_eq!(choose(&[meta.clone(), url, name], ""), (Some(meta), true));
    }

    #[test]
    fn two_readings_of_one_field_wait_for_another_source() {
        let (both, warning) = of_field(&Value::from("04/05/2020"));
        assert_eq!(warning.unwrap().code, WarningCode::DateAmbiguous);
        assert_eq!(both.len(), 2);
        assert_eq!(choose(&both, "").0, None);
        // 4 May 2020 was a Monday, 5 April a Sunday.
        let chosen = |text| choose(&both, text).0.map(|p| p.interval);
        let day = DateInterval::day(date(2020, 5, 4));
        assert_eq!(chosen("Shells fell on Thursday"), None);
        assert_eq!(chosen("Shells fell on Monday, and on Sunday"), Some(day));
        let url = published(date(2020, 5, 4), PublishedSource::Url, "/2020/05/04/");
        let all = [both, vec![url]].concat();
        assert_eq!(choose(&all, "").0.unwrap().interval, DateInterval::day(date(2020, 5, 4)));
    }
}
