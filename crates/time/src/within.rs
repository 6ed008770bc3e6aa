//! Days that a week, a month or a neighbouring date holds: weekdays, weekends, days without a month.
//!
//! Owns how they are found there; refuses grammar.

use averment_types::DateInterval;
use jiff::civil::{Date, Weekday};

use crate::calendar;
use crate::context::Context;
use crate::expr::{Expr, WeekdayShift};
use crate::lexicon::{self, Unit};
use crate::resolve::{self, Answer, Refusal};

/// The value of a day within a week or month.
pub(crate) fn resolve(context: &Context, expr: &Expr, future: bool) -> Result<Answer, Refusal> {
    match expr {
        Expr::DayOf { day, of } => {
            let whole = resolve::resolve(context, of, future)?;
            let day = whole.interval.start().and_then(|d| calendar::day(d.year(), d.month(), *day));
            Ok(Answer { candidates: Vec::new(), interval: one(day)?, ..whole })
        }
        Expr::WeekdayOf { weekday, nth, of } => {
            let whole = resolve::resolve(context, of, future)?;
            let day = calendar::nth_weekday(whole.interval, *weekday, *nth);
            Ok(Answer { candidates: Vec::new(), interval: one(day)?, ..whole })
        }
        Expr::WeekOf(inner) => {
            let mut answer = resolve::resolve(context, inner, future)?;
            let week = answer.interval.start().and_then(calendar::week);
            answer.interval = week.ok_or_else(Refusal::impossible)?;
            answer.reasons.push("the week from Monday to Sunday that holds the day".into());
            Ok(Answer { candidates: Vec::new(), ..answer })
        }
        Expr::DayAlone { day, weekday } => day_alone(context, *day, *weekday, future),
        Expr::Weekend { shift } => weekend(context, *shift, future),
        _ => Err(Refusal::impossible()),
    }
}

fn one(day: Option<Date>) -> Result<DateInterval, Refusal> {
    day.map(DateInterval::day).ok_or_else(Refusal::impossible)
}

/// A day of a month that the words leave open: the last such day before publication, in a history the
/// nearest to the tale; with a weekday, one that fits it.
fn day_alone(
    context: &Context,
    day: i8,
    weekday: Option<Weekday>,
    future: bool,
) -> Result<Answer, Refusal> {
    /// Within so many months a day of every number falls on every weekday.
    const REACH: i32 = 24;
    let told = context.previous().and_then(|i| i.end().or(i.start()));
    let tale = context.is_history() || context.publication().is_none();
    let (anchor, name) = if tale {
        (told, "the text's previous date")
    } else {
        (context.publication(), "publication")
    };
    let anchor = anchor.ok_or("the month is not given, and there is no date to count from")?;
    let months = (-REACH..=REACH).filter_map(|n| {
        let first = calendar::plus(anchor.first_of_month(), Unit::Month, n)?;
        calendar::day(first.year(), first.month(), day)
    });
    let fits = |d: &Date| weekday.is_none_or(|w| d.weekday() == w);
    let side = |d: &Date| tale || weekday.is_some() || (*d > anchor) == future || *d == anchor;
    let found = months
        .filter(|d| fits(d) && side(d))
        .min_by_key(|d| calendar::days_between(anchor, *d).abs() * 2 + i32::from(*d < anchor));
    let why = match weekday {
        Some(weekday) => {
            format!("the nearest such {} to {name}, {anchor}", lexicon::weekday_name(weekday))
        }
        None => {
            format!("the month is not given; the nearest such day to {name}, {anchor}, is taken")
        }
    };
    Answer::inferred(found.map(DateInterval::day), why)
}

fn weekend(context: &Context, shift: WeekdayShift, future: bool) -> Result<Answer, Refusal> {
    if matches!(shift, WeekdayShift::Following | WeekdayShift::Preceding) {
        let anchor = context.narrative(Unit::Week)?;
        let (edge, days) =
            if shift == WeekdayShift::Following { (anchor.end(), 7) } else { (anchor.start(), -7) };
        let day = edge.and_then(|d| calendar::plus_days(d, days));
        return Answer::inferred(
            day.and_then(calendar::weekend),
            "counted from the text's previous date".into(),
        );
    }
    let day = context.reference(Unit::Day)?;
    let begun = day.weekday().to_monday_zero_offset() >= 5;
    let weeks = match shift {
        WeekdayShift::Last => -1,
        WeekdayShift::Next => 1,
        WeekdayShift::Bare if !future && !begun => -1,
        _ => 0,
    };
    let found = calendar::plus_days(day, weeks * 7).and_then(calendar::weekend);
    Answer::inferred(found, format!("the weekend counted from publication on {day}"))
}

/// A weekday without a date, from publication or from the tale.
pub(crate) fn weekday(
    context: &Context,
    weekday: Weekday,
    shift: WeekdayShift,
    future: bool,
) -> Result<Answer, Refusal> {
    if matches!(shift, WeekdayShift::Following | WeekdayShift::Preceding) {
        return weekday_in_tale(context, weekday, shift);
    }
    let day = context.reference(Unit::Day)?;
    let step = |days| calendar::plus_days(day, days);
    let (found, reason) = match shift {
        WeekdayShift::Last => (
            step(-1).and_then(|d| calendar::weekday_before(d, weekday)),
            "the last such weekday before publication",
        ),
        WeekdayShift::Next => (
            step(1).and_then(|d| calendar::weekday_after(d, weekday)),
            "the first such weekday after publication",
        ),
        WeekdayShift::This => (in_week(day, weekday), "the weekday in the week of publication"),
        _ if future => {
            (calendar::weekday_after(day, weekday), "the first such weekday from publication on")
        }
        _ => (calendar::weekday_before(day, weekday), "the last such weekday up to publication"),
    };
    let answer = Answer::inferred(found.map(DateInterval::day), format!("{reason} on {day}"))?;
    let week = |days| found.and_then(|d| calendar::plus_days(d, days)).map(DateInterval::day);
    Ok(match shift {
        WeekdayShift::Last => answer.or(week(-7), 0.3, "the weekday of the calendar week before"),
        WeekdayShift::Next => answer.or(week(7), 0.4, "the weekday of the next calendar week"),
        WeekdayShift::Bare if !future && found == Some(day) => {
            answer.or(week(-7), 0.3, "a week before publication")
        }
        _ => answer,
    })
}

fn in_week(day: Date, weekday: Weekday) -> Option<Date> {
    let monday = calendar::week(day)?.start()?;
    calendar::weekday_after(monday, weekday)
}

fn weekday_in_tale(
    context: &Context,
    weekday: Weekday,
    shift: WeekdayShift,
) -> Result<Answer, Refusal> {
    let anchor = context.narrative(Unit::Day)?;
    let found = if shift == WeekdayShift::Following {
        anchor
            .end()
            .and_then(|d| calendar::plus_days(d, 1))
            .and_then(|d| calendar::weekday_after(d, weekday))
    } else {
        anchor
            .start()
            .and_then(|d| calendar::plus_days(d, -1))
            .and_then(|d| calendar::weekday_before(d, weekday))
    };
    Answer::inferred(found.map(DateInterval::day), "counted from the text's previous date".into())
}
