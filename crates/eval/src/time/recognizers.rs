//! `recognizers-text`: a peer's suite of date cases, each with the day it was said on.
//!
//! Owns the suite's form and what is asked of us. A case is asked where an expected result is a `date` or
//! a `daterange` with days, or where none is expected at all. It passes when each of those results shares
//! a byte with a mention of ours that means one of the result's values, and no mention with a value lies
//! beside every expected result. The suite gives the past and the future day of an open date ("on the
//! 5th"); either is right. Its ranges are half open for whole periods (January ends on 1 February), yet
//! "from the 3rd to the 5th" ends on the 5th, so our last day, which is included, must be its end or the day
//! before. Files of extractors have no values: there the words must be found, as a date or range.
//!
//! A range between two years or months ends with the suite where the last one begins, with us
//! where it ends, and "after 5 May" begins there on the 5th and here on the 6th; ours is right then too.
//!
//! Left out, and counted: times of the day and their ranges (`time`, `timerange`, `datetime`,
//! `datetimerange`: the product refuses hours), lengths as such (`duration`), repetitions (`set`), time
//! zones, and `datetimealt`. So are words that mean other days by convention: counts of weeks, months or years
//! ("two years ago" is one day there, that year here), parts of periods ("early May" is half of it there, a
//! third here), and numbered weeks of a period (calendar weeks there, seven days from its first here). Left out by file: what holds nothing else, and `TasksMode`, where an answer
//! is the hour at which a task is due. Odd cases (the first, the third ...) were looked at while rules
//! were written, even ones never.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use averment_time::{TimeMention, TimeMentionKind, TimeReading};
use averment_types::{DateInterval, TextRange};
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::Value;

use crate::EvalError;

/// The suite's files with dates and ranges, in the order of the table.
pub const FILES: [&str; 14] = [
    "DateParser",
    "DatePeriodParser",
    "HolidayParser",
    "MergedParser",
    "DateTimeModel",
    "DateTimeModelCalendarMode",
    "DateTimeModelComplexCalendar",
    "DateTimeModelExperimentalMode",
    "DateTimeModelExtendedTypes",
    "DateTimeModelSplitDateAndTime",
    "DateExtractor",
    "DatePeriodExtractor",
    "HolidayExtractor",
    "MergedExtractor",
];

/// A case of the suite.
#[derive(Debug, Deserialize)]
struct RawCase {
    #[serde(rename = "Input")]
    input: String,
    #[serde(rename = "Context")]
    context: Option<Value>,
    #[serde(rename = "Results", default)]
    results: Vec<Value>,
}

/// One expected date or range.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Wanted {
    span: TextRange,
    /// The readings that are right; empty where the file gives none.
    values: Vec<Days>,
}

/// First and last day of a reading as the suite gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Days {
    start: Option<Date>,
    end: Option<Date>,
    /// Whether it is counted in whole years or months.
    coarse: bool,
}

/// What is asked of us in a case.
#[derive(Debug)]
struct Asked {
    wanted: Vec<Wanted>,
    /// All expected results, also those of other sorts.
    all: Vec<TextRange>,
}

/// Passed and asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rate {
    /// Cases that pass.
    pub passed: usize,
    /// Cases that are asked.
    pub asked: usize,
}

impl Rate {
    const fn add(&mut self, passed: bool) {
        self.passed += passed as usize;
        self.asked += 1;
    }

    /// The sum of two.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self { passed: self.passed + other.passed, asked: self.asked + other.asked }
    }

    /// Share of the asked that pass; 0 where none is asked.
    #[must_use]
    pub fn share(self) -> f64 {
        super::share(self.passed, self.asked)
    }
}

/// One file's outcome.
#[derive(Debug, Clone)]
pub struct FileScore {
    /// The file's stem.
    pub file: &'static str,
    /// The first, the third ... case.
    pub odd: Rate,
    /// The second, the fourth ... case.
    pub even: Rate,
    /// Cases left out by the sort of their results.
    pub left_out: BTreeMap<&'static str, usize>,
    /// The odd cases that fail, for reading.
    pub faults: Vec<String>,
}

/// Scores one file of the folder `suite`.
///
/// # Errors
/// When the file cannot be read or is no list of cases.
pub fn run(suite: &Path, file: &'static str) -> Result<FileScore, EvalError> {
    let path = suite.join(format!("{file}.json"));
    let name = path.display().to_string();
    let text = fs::read_to_string(&path)
        .map_err(|source| EvalError::Read { path: name.clone(), source })?;
    let cases: Vec<RawCase> = serde_json::from_str(text.trim_start_matches('\u{feff}'))
        .map_err(|source| EvalError::Malformed { path: name, met: source.to_string() })?;
    let (odd, even) = (Rate::default(), Rate::default());
    let (left_out, faults) = (BTreeMap::new(), Vec::new());
    let mut score = FileScore { file, odd, even, left_out, faults };
    for (at, case) in cases.iter().enumerate() {
        let asked = match asked(case) {
            Ok(asked) => asked,
            Err(sort) => {
                *score.left_out.entry(sort).or_default() += 1;
                continue;
            }
        };
        let reading = read(case);
        let passed = passes(&asked, &reading);
        if at % 2 == 0 {
            score.odd.add(passed);
            if !passed {
                score.faults.push(fault(case, &asked, &reading));
            }
        } else {
            score.even.add(passed);
        }
    }
    Ok(score)
}

fn read(case: &RawCase) -> TimeReading {
    let stamp = case.context.as_ref().and_then(|c| c.get("ReferenceDateTime")?.as_str());
    let published = stamp.and_then(super::wikiwars::published);
    averment_time::read(&case.input, &super::sentences(&case.input), published.as_ref())
}

/// What the case asks, or the sort of its results that leaves it out.
fn asked(case: &RawCase) -> Result<Asked, &'static str> {
    let (mut wanted, mut all, mut other) = (Vec::new(), Vec::new(), None);
    for result in &case.results {
        let Some(span) = span_of(&case.input, result) else {
            return Err("words that are not in the text");
        };
        all.push(span);
        match sort_of(result) {
            sort @ ("date" | "daterange") => match values_of(result) {
                _ if other_meaning(span.slice(&case.input).unwrap_or_default(), sort).is_some() => {
                    let words = span.slice(&case.input).unwrap_or_default();
                    other = other.or(other_meaning(words, sort));
                }
                Some(values) => wanted.push(Wanted { span, values }),
                None => other = other.or(Some("no days given")),
            },
            sort => other = other.or(Some(left_out(sort))),
        }
    }
    match other {
        Some(sort) if wanted.is_empty() => Err(sort),
        _ => Ok(Asked { wanted, all }),
    }
}

fn sort_of(result: &Value) -> &str {
    let name = result.get("TypeName").or_else(|| result.get("Type")).and_then(Value::as_str);
    name.map_or("", |name| name.rsplit('.').next().unwrap_or(name))
}

/// Why the words mean other days with the suite than with the product, or `None`.
fn other_meaning(words: &str, sort: &str) -> Option<&'static str> {
    const UNITS: [&str; 8] =
        ["week", "weeks", "month", "months", "year", "years", "fortnight", "decade"];
    const STEPS: [&str; 9] =
        ["ago", "later", "from", "in", "within", "hence", "before", "after", "since"];
    const PARTS: [&str; 11] = [
        "early",
        "late",
        "mid",
        "beginning",
        "start",
        "middle",
        "end",
        "later",
        "earlier",
        "eoy",
        "eom",
    ];
    const RANKS: [&str; 9] =
        ["first", "second", "third", "fourth", "last", "1st", "2nd", "3rd", "4th"];
    let lower = words.to_lowercase();
    let tokens: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).collect();
    let has = |list: &[&str]| tokens.iter().any(|token| list.contains(token));
    let ranked_week = tokens.windows(3).any(|w| match w {
        [rank, "week", next] => {
            RANKS.contains(rank) && (*rank != "last" || matches!(*next, "of" | "in"))
        }
        _ => false,
    });
    if sort == "date" && has(&UNITS) && has(&STEPS) {
        Some("counts of weeks, months or years")
    } else if ranked_week {
        Some("numbered weeks of a period")
    } else if has(&PARTS) {
        Some("parts of periods")
    } else {
        None
    }
}

fn left_out(sort: &str) -> &'static str {
    match sort {
        "time" | "timerange" | "datetime" | "datetimerange" => "times of the day",
        "duration" => "lengths",
        "set" => "repetitions",
        "timezone" => "time zones",
        _ => "alternatives and others",
    }
}

/// Where the result's words are; the suite counts UTF-16 units, which here are mostly bytes.
fn span_of(input: &str, result: &Value) -> Option<TextRange> {
    let words = result.get("Text")?.as_str()?.to_lowercase();
    let start = usize::try_from(result.get("Start").and_then(Value::as_u64).unwrap_or(0)).ok()?;
    let start = byte_of(input, start)?;
    let lower = input.to_lowercase();
    let place = lower.get(start..).filter(|rest| rest.starts_with(&words)).map(|_| start);
    let at = place.or_else(|| lower.find(&words))?;
    TextRange::new(at, (at + words.len()).min(input.len())).ok()
}

fn byte_of(text: &str, units: usize) -> Option<usize> {
    let mut left = units;
    for (at, c) in text.char_indices() {
        if left == 0 {
            return Some(at);
        }
        left = left.saturating_sub(c.len_utf16());
    }
    (left == 0).then_some(text.len())
}

/// The right readings; none listed where the file gives no values, `None` where they hold no day.
fn values_of(result: &Value) -> Option<Vec<Days>> {
    let Some(holder) = result.get("Resolution").or_else(|| result.get("Value")) else {
        return Some(Vec::new());
    };
    let listed = holder.get("values").and_then(Value::as_array);
    let values: Vec<&Value> = match listed {
        Some(values) => values.iter().collect(),
        None => {
            ["FutureResolution", "PastResolution"].iter().filter_map(|k| holder.get(*k)).collect()
        }
    };
    let outer = holder.get("Timex").and_then(Value::as_str);
    let found: Vec<_> = values.into_iter().filter_map(|v| value_of(v, outer)).collect();
    (!found.is_empty()).then_some(found)
}

fn value_of(value: &Value, timex: Option<&str>) -> Option<Days> {
    let date = |keys: [&str; 2]| {
        let text = keys.iter().find_map(|key| value.get(*key))?.as_str()?;
        text.get(..10)?.parse::<Date>().ok()
    };
    if let Some(day) = date(["value", "date"]) {
        return Some(Days { start: Some(day), end: Some(day), coarse: false });
    }
    let timex = value.get("timex").and_then(Value::as_str).or(timex).unwrap_or_default();
    let coarse = timex.ends_with("Y)") || timex.ends_with("M)");
    let days = Days { start: date(["start", "startDate"]), end: date(["end", "endDate"]), coarse };
    (days.start.is_some() || days.end.is_some()).then_some(days)
}

fn passes(asked: &Asked, reading: &TimeReading) -> bool {
    let dates = || reading.mentions.iter().filter(|m| m.kind == TimeMentionKind::Date);
    let answered = |wanted: &Wanted| {
        dates().any(|m| {
            m.span.overlaps(wanted.span) && (wanted.values.is_empty() || is_right(wanted, m))
        })
    };
    let beside =
        |m: &TimeMention| m.value.is_some() && !asked.all.iter().any(|span| span.overlaps(m.span));
    asked.wanted.iter().all(answered) && !dates().any(beside)
}

fn is_right(wanted: &Wanted, mention: &TimeMention) -> bool {
    let Some(interval) = mention.value.as_ref().map(|v| v.interval) else {
        return false;
    };
    wanted.values.iter().any(|value| is_same(*value, interval))
}

/// Whether `ours` has the start of `theirs` (or the day after where the end is open) and its end, the day
/// before, or with a range between years or months the last day of the last.
fn is_same(theirs: Days, ours: DateInterval) -> bool {
    let same_end = match (theirs.end, ours.end()) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            let whole = theirs.coarse && a.day() == 1;
            let last = (a.last_of_month() == b) || (a.month() == 1 && a.last_of_year() == b);
            a == b || a.yesterday().ok() == Some(b) || (whole && last)
        }
        _ => false,
    };
    let after =
        theirs.end.is_none() && theirs.start.and_then(|d| d.tomorrow().ok()) == ours.start();
    (theirs.start == ours.start() || after) && same_end
}

fn fault(case: &RawCase, asked: &Asked, reading: &TimeReading) -> String {
    let day = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let wanted: Vec<String> = asked
        .wanted
        .iter()
        .map(|w| {
            let values: Vec<String> =
                w.values.iter().map(|v| format!("{}..{}", day(v.start), day(v.end))).collect();
            format!("{:?} {}", w.span.slice(&case.input).unwrap_or_default(), values.join(" or "))
        })
        .collect();
    let ours: Vec<String> = reading
        .mentions
        .iter()
        .map(|m| {
            let value = m.value.as_ref().map(|v| super::shown(v.interval));
            let why = m.reasons.first().map_or("", String::as_str);
            let none = format!("{:?}: {why}", m.kind);
            format!("{:?} {}", m.span.slice(&case.input).unwrap_or_default(), value.unwrap_or(none))
        })
        .collect();
    let stamp = case.context.as_ref().map(ToString::to_string).unwrap_or_default();
    format!(
        "{:?} {stamp}\n    want {}\n    ours {}",
        case.input,
        wanted.join("; "),
        ours.join("; ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(json: &str) -> RawCase {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_day_and_a_range_are_asked() {
        let case = case(
            r#"{"Input": "Out from 3 to 5 May 2016.", "Results": [{"Text": "from 3 to 5 may 2016", "Start": 4,
            "TypeName": "datetimeV2.daterange", "Resolution": {"values": [{"start": "2016-05-03", "end": "2016-05-05"}]}}]}"#,
        );
        let asked = asked(&case).unwrap();
        assert_eq!(asked.wanted[0].span.slice(&case.input), Some("from 3 to 5 May 2016"));
        assert!(passes(&asked, &read(&case)));
    }

    #[test]
    fn an_end_is_included_or_the_day_after() {
        let date = |d| Date::new(2016, 2, d).ok();
        let ours = DateInterval::new(date(1), date(7)).unwrap();
        let theirs = |start, end| Days { start, end, coarse: false };
        assert!(is_same(theirs(date(1), date(7)), ours));
        assert!(is_same(theirs(date(1), date(8)), ours));
        assert!(!is_same(theirs(date(1), date(6)), ours));
        assert!(!is_same(theirs(None, date(7)), ours));
        let year = |y| Date::new(y, 1, 1).ok();
        let ours = DateInterval::new(year(2014), Date::new(2018, 12, 31).ok()).unwrap();
        let theirs = Days { start: year(2014), end: year(2018), coarse: true };
        assert!(is_same(theirs, ours) && !is_same(Days { coarse: false, ..theirs }, ours));
    }

    #[test]
    fn hours_are_left_out_and_a_stray_date_fails() {
        let hours = case(
            r#"{"Input": "Back at 5pm.", "Results": [{"Text": "5pm", "Start": 8, "TypeName": "datetimeV2.time"}]}"#,
        );
        assert_eq!(asked(&hours).map(|_| ()), Err("times of the day"));
        let none = case(r#"{"Input": "It was May 2016 then.", "Results": []}"#);
        assert!(!passes(&asked(&none).unwrap(), &read(&none)));
    }
}
