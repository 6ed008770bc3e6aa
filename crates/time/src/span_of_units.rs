//! Values counted in units from an anchor: "two weeks ago", "last month", "the past three days".
//!
//! Owns how wide such a count is; refuses which anchor the words mean.

use averment_types::DateInterval;
use jiff::civil::Date;

use crate::calendar;
use crate::context::Context;
use crate::expr::{Amount, Anchor, Expr};
use crate::lexicon::{Part, Unit};
use crate::mention::LENGTH;
use crate::resolve::{self, Answer, Refusal};

/// The value of a counted expression.
pub(crate) fn resolve(context: &Context, expr: &Expr, future: bool) -> Result<Answer, Refusal> {
    match expr {
        Expr::Shift { unit, amount, back, anchor } => {
            shift(anchor_of(context, *anchor, *unit)?, *unit, *amount, *back, *anchor)
        }
        Expr::Window { unit, amount, back, anchor } => {
            window_of(context, *unit, *amount, *back, *anchor)
        }
        Expr::Ahead { unit, amount } if future => {
            let day = DateInterval::day(context.reference(Unit::Day)?);
            shift(day, *unit, *amount, false, Anchor::Publication)
        }
        Expr::Ahead { .. } => Err(Refusal::open(LENGTH)),
        Expr::From { unit, amount, back, date } => {
            let date = resolve::resolve(context, date, future)?;
            let counted = shift(date.interval, *unit, *amount, *back, Anchor::Event)?;
            let reasons = [date.reasons, counted.reasons].concat();
            let inferred = date.inferred;
            Ok(Answer { inferred, reasons, ..counted })
        }
        Expr::Current { unit, shift, part, anchor } => {
            current(context, *unit, *shift, *part, *anchor)
        }
        Expr::Rest { unit, back } => rest(context, *unit, *back),
        _ => Err(Refusal::impossible()),
    }
}

fn anchor_of(context: &Context, anchor: Anchor, unit: Unit) -> Result<DateInterval, Refusal> {
    match anchor {
        Anchor::Publication => {
            let fine = if unit >= Unit::Month { unit } else { Unit::Day };
            Ok(DateInterval::day(context.reference(fine)?))
        }
        Anchor::Narrative | Anchor::Nearest => Ok(context.narrative(unit)?),
        Anchor::Event => {
            Err(Refusal::open("counted from an event that the words name, not from a date"))
        }
    }
}

const fn source(anchor: Anchor) -> &'static str {
    match anchor {
        Anchor::Publication => "publication",
        Anchor::Event => "the date that the words name",
        Anchor::Narrative | Anchor::Nearest => "the text's previous date",
    }
}

/// The least and most units that "a few" and "several" are read as.
const fn few(unit: Unit) -> (i32, i32) {
    match unit {
        Unit::Hour => (2, 23),
        Unit::Day => (2, 7),
        Unit::Week => (2, 8),
        Unit::Month | Unit::Quarter => (2, 11),
        Unit::Year => (2, 9),
        Unit::Decade | Unit::Century => (2, 5),
    }
}

/// So many units from the days `anchor`.
pub(crate) fn shift(
    anchor: DateInterval,
    unit: Unit,
    amount: Amount,
    back: bool,
    from: Anchor,
) -> Result<Answer, Refusal> {
    let sign = if back { -1 } else { 1 };
    let (Some(start), Some(end)) = (anchor.start(), anchor.end()) else {
        return Err(Refusal::open("the date to count from has an open end"));
    };
    let edge = if back { start } else { end };
    let why = format!("counted from {}, {edge}", source(from));
    match amount {
        Amount::Exactly(n) => exactly(start, end, unit, n * sign, why),
        Amount::MoreThan(n) => {
            let limit = calendar::plus(edge, unit, n * sign);
            let open = limit.and_then(|day| {
                let ends = if back { (None, Some(day)) } else { (Some(day), None) };
                DateInterval::new(ends.0, ends.1).ok()
            });
            Answer::inferred(open, why + "; \"more than\" leaves the far end open")
        }
        Amount::LessThan(n) => {
            let far = calendar::plus(edge, unit, n * sign);
            Answer::inferred(far.and_then(|far| ordered(edge, far)), why)
        }
        Amount::Few => {
            let (least, most) = few(unit);
            let ends = calendar::plus(edge, unit, least * sign).zip(calendar::plus(
                edge,
                unit,
                most * sign,
            ));
            let why = format!("{why}; a few is read as {least} to {most} {}s", unit.name());
            Answer::inferred(ends.and_then(|(a, b)| ordered(a, b)), why)
        }
    }
}

fn ordered(a: Date, b: Date) -> Option<DateInterval> {
    calendar::span(a.min(b), a.max(b))
}

/// A count of days is a day; of weeks, the week around it; of months or years, that month or year.
fn exactly(start: Date, end: Date, unit: Unit, n: i32, why: String) -> Result<Answer, Refusal> {
    let moved = calendar::plus(start, unit, n).zip(calendar::plus(end, unit, n));
    let (first, last) = moved.ok_or_else(Refusal::impossible)?;
    let wide = |unit| {
        calendar::unit(first, unit)
            .and_then(|a| ordered(a.start()?, calendar::unit(last, unit)?.end()?))
    };
    match unit {
        Unit::Hour | Unit::Day => Answer::inferred(calendar::span(first, last), why),
        Unit::Week => {
            let around = calendar::plus_days(first, -3).zip(calendar::plus_days(last, 3));
            let answer = Answer::inferred(
                around.and_then(|(a, b)| calendar::span(a, b)),
                why + "; a count of weeks is within three days",
            )?;
            Ok(answer.or(calendar::span(first, last), 0.5, "counted to the day"))
        }
        Unit::Month | Unit::Quarter => Answer::inferred(wide(unit), why),
        Unit::Year => Answer::inferred(wide(Unit::Year), why),
        Unit::Decade | Unit::Century => {
            let slack = if unit == Unit::Decade { 2 } else { 20 };
            let around = calendar::plus(first, Unit::Year, -slack).zip(calendar::plus(
                last,
                Unit::Year,
                slack,
            ));
            Answer::inferred(around.and_then(|(a, b)| calendar::span(a, b)), why)
        }
    }
}

/// The window from publication or from the text's previous date; "the next days" is from that in a history.
fn window_of(
    context: &Context,
    unit: Unit,
    amount: Amount,
    back: bool,
    anchor: Anchor,
) -> Result<Answer, Refusal> {
    if anchor == Anchor::Publication || (anchor == Anchor::Nearest && !context.is_history()) {
        return window(context.reference(Unit::Day)?, "publication on", unit, amount, back);
    }
    let told = context.narrative(unit)?;
    let edge = if back { told.start() } else { told.end() };
    let day = edge.ok_or("the date to count from has an open end")?;
    window(day, "the text's previous date,", unit, amount, back)
}

fn window(
    day: Date,
    from: &str,
    unit: Unit,
    amount: Amount,
    back: bool,
) -> Result<Answer, Refusal> {
    let n = match amount {
        Amount::Exactly(n) | Amount::MoreThan(n) | Amount::LessThan(n) => n,
        Amount::Few => few(unit).1,
    };
    let near = if back { day } else { calendar::plus_days(day, 1).unwrap_or(day) };
    let far = calendar::plus(day, unit, if back { -n } else { n });
    let side = if back { "up to" } else { "from" };
    let mut why = format!("the time {side} {from} {day}");
    if amount == Amount::Few {
        why.push_str("; without a number, a generous length is taken");
    }
    Answer::inferred(far.and_then(|far| ordered(near, far)), why)
}

fn current(
    context: &Context,
    unit: Unit,
    shift: i32,
    part: Option<Part>,
    anchor: Anchor,
) -> Result<Answer, Refusal> {
    // "the end of the month" in a history is a month of the history.
    let told = context.is_history() && shift == 0 && part.is_some();
    let anchor = match anchor {
        Anchor::Publication if told => Anchor::Narrative,
        Anchor::Nearest if context.narrative(unit).is_err() => Anchor::Publication,
        other => other,
    };
    if unit == Unit::Day && shift == 0 && anchor == Anchor::Narrative {
        return same_day(context);
    }
    let from = match anchor {
        Anchor::Publication => DateInterval::day(context.reference(unit)?),
        _ => context.narrative(unit)?,
    };
    let base = if shift < 0 { from.start() } else { from.end() };
    let base = base.ok_or_else(Refusal::impossible)?;
    let moved = calendar::plus(first_of(base, unit), unit, shift);
    let whole = moved.and_then(|day| calendar::unit(day, unit));
    let value = match part {
        Some(part) => whole.and_then(|whole| calendar::part(whole, part)),
        None => whole,
    };
    Answer::inferred(value, format!("the {} counted from {}, {base}", unit.name(), source(anchor)))
}

/// "the same day": the day at which the tale stands, or the month where it stands at no day.
fn same_day(context: &Context) -> Result<Answer, Refusal> {
    let told = context.previous().ok_or("no earlier date in the text to count from")?;
    Answer::inferred(Some(told), "the day at which the text's tale stands".into())
}

/// The first day of a month or year, so that moving by months does not slip past a short one.
fn first_of(day: Date, unit: Unit) -> Date {
    match unit {
        Unit::Month | Unit::Quarter => day.first_of_month(),
        Unit::Year | Unit::Decade | Unit::Century => day.first_of_year(),
        _ => day,
    }
}

fn rest(context: &Context, unit: Unit, back: bool) -> Result<Answer, Refusal> {
    let day = context.reference(Unit::Day)?;
    let whole = calendar::unit(day, unit).ok_or_else(Refusal::impossible)?;
    let value = if back {
        whole.start().and_then(|start| calendar::span(start, day))
    } else {
        whole.end().and_then(|end| calendar::span(day, end))
    };
    let side = if back { "before" } else { "after" };
    Answer::inferred(value, format!("the part of the {} {side} publication on {day}", unit.name()))
}
