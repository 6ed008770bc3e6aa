//! The year of a day, month or season whose words give none.
//!
//! Owns the order of the evidence: weekday, publication, other dates of the text; refuses to guess
//! where none of them speaks.

use averment_types::{DateInterval, WarningCode};
use jiff::civil::{Date, Weekday};

use crate::calendar;
use crate::context::Context;
use crate::expr::YearRef;
use crate::lexicon::{Unit, weekday_name};
use crate::resolve::Refusal;

/// How far from its anchor a year is looked for: the calendar repeats every 28 years.
const REACH: i16 = 28;
/// A weekday that fits no near year contradicts a date that lies at most so many days before publication.
const RECENT_DAYS: i32 = 62;
/// Beyond so many days a year that fits the weekday is not near.
const FAR_DAYS: i32 = 400;
/// News of the day may be dated by a clock a day ahead of the publisher's.
const CLOCK_DAYS: i32 = 1;

/// "that autumn" is one of the tale's year unless another is so many (doubled) days nearer.
const OTHER_YEAR_COST: i32 = 120;

/// A year, why, and which others fit.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) interval: DateInterval,
    pub(crate) inferred: bool,
    pub(crate) reasons: Vec<String>,
    pub(crate) others: Vec<(DateInterval, String)>,
    pub(crate) warnings: Vec<(WarningCode, &'static str)>,
}

/// A recurring date: its interval in each year in which it exists.
pub(crate) struct Recurring<'a> {
    /// The interval in a year; `None` where it does not exist.
    pub(crate) of: &'a dyn Fn(i16) -> Option<DateInterval>,
    /// The weekday that the words give.
    pub(crate) weekday: Option<Weekday>,
}

impl Recurring<'_> {
    fn fits(&self, interval: DateInterval) -> bool {
        self.weekday.is_none_or(|w| interval.start().is_some_and(|day| day.weekday() == w))
    }

    /// The years around `pivot` in which the date exists and has its weekday.
    fn fitting(&self, pivot: i16) -> Vec<DateInterval> {
        (pivot.saturating_sub(REACH)..=pivot.saturating_add(REACH))
            .filter_map(|year| (self.of)(year))
            .filter(|interval| self.fits(*interval))
            .collect()
    }
}

/// Chooses the year of `date`.
pub(crate) fn choose(
    context: &Context,
    date: &Recurring<'_>,
    year: YearRef,
    future: bool,
) -> Result<Choice, Refusal> {
    match year {
        YearRef::Stated(year) => stated(date, year),
        YearRef::Relative(shift) => {
            let reference = context.reference(Unit::Year)?;
            let interval = (date.of)(reference.year() + shift).ok_or(Refusal::impossible())?;
            Ok(inferred(interval, vec!["the year is counted from publication".into()]))
        }
        YearRef::Occurrence(shift) => occurrence(context, date, shift),
        YearRef::Told(shift) => {
            let told = context.narrative(Unit::Year)?;
            let year = told.start().or(told.end()).ok_or(Refusal::impossible())?.year() + shift;
            let interval = (date.of)(year).ok_or(Refusal::impossible())?;
            let why =
                format!("the year is counted from the text's previous date, {}", describe(told));
            Ok(inferred(interval, vec![why]))
        }
        YearRef::After(side) => told(context, date, side),
        YearRef::Missing if date.weekday.is_some() => by_weekday(context, date, future),
        YearRef::Missing => by_anchor(context, date, future),
    }
}

fn inferred(interval: DateInterval, reasons: Vec<String>) -> Choice {
    Choice { interval, inferred: true, reasons, others: Vec::new(), warnings: Vec::new() }
}

fn stated(date: &Recurring<'_>, year: i16) -> Result<Choice, Refusal> {
    let interval = (date.of)(year).ok_or(Refusal::impossible())?;
    let mut choice =
        Choice { inferred: false, ..inferred(interval, vec!["the words give the year".into()]) };
    if let (false, Some(weekday)) = (date.fits(interval), date.weekday) {
        choice.reasons.push(format!(
            "the day is no {} in that year; the date is kept and the weekday doubted",
            weekday_name(weekday)
        ));
        choice.warnings.push((WarningCode::DateAmbiguous, "a weekday does not fit its date"));
        choice.others = nearest(&date.fitting(year), interval, 2)
            .into_iter()
            .map(|other| (other, "the weekday fits in this year".into()))
            .collect();
    }
    Ok(choice)
}

/// The `count` of `all` that lie nearest to `centre`, without it, nearest first.
fn nearest(all: &[DateInterval], centre: DateInterval, count: usize) -> Vec<DateInterval> {
    let Some(day) = centre.start() else {
        return Vec::new();
    };
    let mut others: Vec<DateInterval> = all.iter().copied().filter(|i| *i != centre).collect();
    others.sort_by_key(|i| calendar::distance(day, *i));
    others.truncate(count);
    others
}

fn occurrence(context: &Context, date: &Recurring<'_>, shift: i8) -> Result<Choice, Refusal> {
    let day = context.reference(Unit::Month)?;
    let all = date.fitting(day.year());
    let found = match shift {
        -1 => all.iter().rev().find(|i| i.end() < Some(day)),
        1 => all.iter().find(|i| i.start() > Some(day)),
        _ => all.iter().min_by_key(|i| calendar::distance(day, **i)),
    };
    let interval = *found.ok_or(Refusal::impossible())?;
    let mut choice = inferred(interval, vec!["counted from publication".into()]);
    choice.others = nearest(&all, interval, 1)
        .into_iter()
        .map(|other| (other, "the neighbouring year may be meant".into()))
        .collect();
    Ok(choice)
}

/// The occurrence at (0), after (1) or before (-1) the date at which the text's tale stands.
fn told(context: &Context, date: &Recurring<'_>, side: i8) -> Result<Choice, Refusal> {
    let pivot = context.previous().ok_or("no earlier date in the text to count from")?;
    let (start, end) = (pivot.start().or(pivot.end()), pivot.end().or(pivot.start()));
    let (start, end) = start.zip(end).ok_or(Refusal::impossible())?;
    let all = date.fitting(start.year());
    let found = match side {
        1 => all.iter().find(|i| i.start() > Some(end)),
        -1 => all.iter().rev().find(|i| i.end() < Some(start)),
        _ => all.iter().min_by_key(|i| {
            let other_year = i.start().map(Date::year) != Some(start.year());
            gap(pivot, **i) + if other_year { OTHER_YEAR_COST } else { 0 }
        }),
    };
    let interval = *found.ok_or(Refusal::impossible())?;
    let why = format!("counted from the text's previous date, {}", describe(pivot));
    Ok(inferred(interval, vec![why]))
}

fn by_weekday(context: &Context, date: &Recurring<'_>, future: bool) -> Result<Choice, Refusal> {
    let recent = |day: &Date| {
        let fit = date.fitting(day.year()).into_iter().min_by_key(|i| calendar::distance(*day, *i));
        fit.is_some_and(|fit| calendar::distance(*day, fit) <= RECENT_DAYS)
    };
    let news = |day: &Date| !context.is_history() || context.previous().is_none() || recent(day);
    if let Some(day) = context.publication().filter(news) {
        return by_weekday_and_publication(date, day, future);
    }
    let other = if context.is_history() { context.previous() } else { context.latest_explicit() };
    let Some(pivot) = other.or_else(|| context.previous()) else {
        return Err(Refusal::open(
            "the year is not given; weekday and day fit several years, and neither a publication date nor another date of the text chooses",
        ));
    };
    let day = pivot.end().or(pivot.start()).ok_or(Refusal::impossible())?;
    let all = date.fitting(day.year());
    let interval = all
        .iter()
        .copied()
        .min_by_key(|i| i.start().map_or(i32::MAX, |s| calendar::distance(s, pivot)))
        .ok_or(Refusal::impossible())?;
    Ok(with_fits(
        date,
        &all,
        interval,
        format!(
            "of these the year nearest to the text's latest other date, {}, is taken",
            describe(pivot)
        ),
    ))
}

/// An interval in words: the day, the month or the year where it is one.
fn describe(interval: DateInterval) -> String {
    match (interval.start(), interval.end()) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) if calendar::month(a.year(), a.month()) == Some(interval) => {
            format!("{} {}", crate::lexicon::month_name(b.month()), a.year())
        }
        (Some(a), Some(b)) if a.year() == b.year() => a.year().to_string(),
        (Some(a), Some(b)) => format!("{a} to {b}"),
        (Some(a), None) => format!("since {a}"),
        (None, Some(b)) => format!("until {b}"),
        (None, None) => "unknown".into(),
    }
}

fn with_fits(
    date: &Recurring<'_>,
    all: &[DateInterval],
    interval: DateInterval,
    why: String,
) -> Choice {
    let before = all.iter().copied().rev().find(|i| i.start() < interval.start());
    let after = all.iter().copied().find(|i| i.start() > interval.start());
    let others: Vec<DateInterval> = [before, after].into_iter().flatten().collect();
    let mut years: Vec<i16> =
        others.iter().chain([&interval]).filter_map(|i| i.start()).map(Date::year).collect();
    years.sort_unstable();
    let list: Vec<String> = years.iter().map(ToString::to_string).collect();
    let name = date.weekday.map_or("that weekday", weekday_name);
    let fit = format!(
        "the year is not given; the day is a {name} in {}, among other years",
        list.join(", ")
    );
    let mut choice = inferred(interval, vec![fit, why]);
    choice.others = others
        .into_iter()
        .map(|other| (other, format!("the day is a {name} in this year too")))
        .collect();
    choice
}

fn by_weekday_and_publication(
    date: &Recurring<'_>,
    day: Date,
    future: bool,
) -> Result<Choice, Refusal> {
    let all = date.fitting(day.year());
    let cost = |i: &DateInterval| {
        let gap = calendar::distance(day, *i);
        let wrong_side = (i.start() > Some(day)) != future && gap > CLOCK_DAYS;
        gap + if wrong_side { 30 } else { 0 }
    };
    let fit = all.iter().copied().min_by_key(cost).ok_or(Refusal::impossible())?;
    let nominal = latest_until(date, day);
    let ahead = fit.start() > Some(day) && !future;
    let near = if ahead { RECENT_DAYS } else { FAR_DAYS };
    let recent = nominal.filter(|i| calendar::distance(day, *i) <= RECENT_DAYS && !date.fits(*i));
    match recent {
        Some(interval) if calendar::distance(day, fit) > near => {
            let mut choice = inferred(
                interval,
                vec![
                    "the year is taken from publication".into(),
                    "the weekday does not fit the date in that year".into(),
                ],
            );
            choice.warnings.push((WarningCode::DateAmbiguous, "a weekday does not fit its date"));
            choice.others = vec![(fit, "the weekday fits in this year".into())];
            Ok(choice)
        }
        _ => Ok(with_fits(
            date,
            &all,
            fit,
            format!("of these the year nearest to publication on {day} is taken"),
        )),
    }
}

/// The last occurrence that begins on or before `day`, whatever its weekday.
fn latest_until(date: &Recurring<'_>, day: Date) -> Option<DateInterval> {
    let limit = calendar::plus_days(day, CLOCK_DAYS)?;
    (day.year() - 8..=day.year() + 1)
        .rev()
        .filter_map(|year| (date.of)(year))
        .find(|i| i.start() <= Some(limit))
}

fn by_anchor(context: &Context, date: &Recurring<'_>, future: bool) -> Result<Choice, Refusal> {
    let news = !context.is_history() || context.previous().is_none();
    if let Some(day) = context.publication().filter(|_| news) {
        let past = latest_until(date, day);
        let all = date.fitting(day.year());
        let next = all.iter().copied().find(|i| i.end() >= Some(day));
        let (taken, other, side) =
            if future { (next, past, "after") } else { (past, next, "before") };
        let interval = taken.ok_or(Refusal::impossible())?;
        let why = format!(
            "the year is not given; the nearest such date {side} publication on {day} is taken"
        );
        let mut choice = inferred(interval, vec![why]);
        choice.others = other
            .filter(|o| *o != interval)
            .map(|o| (o, format!("the date on the other side of publication, not {side} it")))
            .into_iter()
            .collect();
        return Ok(choice);
    }
    if let Some(interval) = context.frame().and_then(|year| (date.of)(year)) {
        let why = "the year is not given; the year of the heading above is taken";
        return Ok(inferred(interval, vec![why.into()]));
    }
    let (pivot, which) = match (context.previous(), context.latest_explicit()) {
        (Some(previous), _) => (previous, "previous"),
        (None, Some(latest)) => (latest, "latest"),
        (None, None) => {
            return Err(Refusal::open(
                "the year is not given, and there is no publication date or other date of the text to take it from",
            ));
        }
    };
    let day = pivot.start().or(pivot.end()).ok_or(Refusal::impossible())?;
    let all = date.fitting(day.year());
    // What is told of before publication is not after it.
    let told =
        |i: &DateInterval| future || context.publication().is_none_or(|day| i.start() <= Some(day));
    let nearest_told = all.iter().copied().filter(told).min_by_key(|i| gap(pivot, *i));
    let interval = nearest_told
        .or_else(|| all.iter().copied().min_by_key(|i| gap(pivot, *i)))
        .ok_or(Refusal::impossible())?;
    let why = format!(
        "the year is not given; the date nearest to the text's {which} date, {}, is taken",
        describe(pivot)
    );
    let mut choice = inferred(interval, vec![why]);
    choice.others = nearest(&all, interval, 2)
        .into_iter()
        .map(|other| (other, "the neighbouring year may be meant".into()))
        .collect();
    Ok(choice)
}

/// Days between two intervals, doubled, one more when the second lies before: a tale goes forward.
fn gap(anchor: DateInterval, other: DateInterval) -> i32 {
    if anchor.overlaps(other) {
        return 0;
    }
    match (anchor.end(), other.start(), other.end(), anchor.start()) {
        (Some(end), Some(start), _, _) if start > end => calendar::days_between(end, start) * 2,
        (_, _, Some(end), Some(start)) => calendar::days_between(end, start) * 2 + 1,
        _ => i32::MAX,
    }
}
