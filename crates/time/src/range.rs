//! Ranges and open intervals: from one date to another, since, until, before and after one.
//!
//! Owns what the ends give each other; refuses grammar.

use averment_types::DateInterval;

use crate::calendar;
use crate::context::Context;
use crate::expr::{Expr, WeekdayShift, YearRef};
use crate::resolve::{Answer, Refusal, resolve};

/// The value of `expr`, which leaves one side of `inner` open.
pub(crate) fn opened(
    context: &Context,
    expr: &Expr,
    inner: &Expr,
    future: bool,
) -> Result<Answer, Refusal> {
    let answer = resolve(context, inner, future)?;
    let ends = vec![answer.interval];
    let open = |i: DateInterval| match expr {
        Expr::Since(_) => DateInterval::new(i.start(), None).ok(),
        Expr::Until(_) => DateInterval::new(None, i.end()).ok(),
        Expr::After(_) => DateInterval::new(Some(calendar::plus_days(i.end()?, 1)?), None).ok(),
        Expr::Before(_) => DateInterval::new(None, Some(calendar::plus_days(i.start()?, -1)?)).ok(),
        _ => None,
    };
    Ok(Answer { ends, ..answer.map(open)? })
}

/// From one date to another; an end without a year takes the other's.
pub(crate) fn range(
    context: &Context,
    first: &Expr,
    second: &Expr,
    future: bool,
) -> Result<Answer, Refusal> {
    let ahead = matches!(first, Expr::Weekday { shift: WeekdayShift::Next, .. })
        && matches!(second, Expr::Weekday { shift: WeekdayShift::Bare, .. });
    let ahead = ahead || matches!(first, Expr::Today { .. });
    let (start, end) = if (second.year() == YearRef::Missing && first.has_stated_year()) || ahead {
        let start = resolve(context, first, future)?;
        let end = borrow_year(context, second, &start, 1, future)?;
        (start, end)
    } else {
        let end = resolve(context, second, future)?;
        let start = borrow_year(context, first, &end, -1, future)?;
        (start, end)
    };
    let ends = vec![start.interval, end.interval];
    let interval = DateInterval::new(start.interval.start(), end.interval.end())
        .map_err(|_| Refusal::open("the range ends before it begins"))?;
    let mut reasons = start.reasons;
    for reason in end.reasons {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    let warnings = [start.warnings, end.warnings].concat();
    Ok(Answer {
        interval,
        inferred: start.inferred || end.inferred,
        reasons,
        candidates: Vec::new(),
        warnings,
        ends,
    })
}

/// The other end of a range: in the year of the `known` end, or in the next one on its `side`.
fn borrow_year(
    context: &Context,
    expr: &Expr,
    known: &Answer,
    side: i16,
    future: bool,
) -> Result<Answer, Refusal> {
    let edge = if side < 0 { known.interval.end() } else { known.interval.start() };
    let edge = edge.ok_or_else(Refusal::impossible)?;
    if let (Expr::Weekday { weekday, .. }, true) = (expr, side > 0) {
        let day = calendar::plus_days(edge, 1).and_then(|d| calendar::weekday_after(d, *weekday));
        return Answer::inferred(
            day.map(DateInterval::day),
            "the first such weekday after the beginning of the range".into(),
        );
    }
    if let (Expr::Weekday { weekday, shift: WeekdayShift::Bare }, true) = (expr, side < 0) {
        let day = calendar::plus_days(edge, -1).and_then(|d| calendar::weekday_before(d, *weekday));
        return Answer::inferred(
            day.map(DateInterval::day),
            "the last such weekday before the end of the range".into(),
        );
    }
    if let Expr::DayAlone { day, weekday: None } = expr {
        let day = calendar::day(edge.year(), edge.month(), *day);
        let why = "the month is that of the other end of the range";
        return Answer::inferred(day.map(DateInterval::day), why.into());
    }
    if expr.has_stated_year()
        || !matches!(
            expr,
            Expr::Day { .. } | Expr::Month { .. } | Expr::Season { .. } | Expr::Named { .. }
        )
    {
        return resolve(context, expr, future);
    }
    let in_year = |year| resolve(context, &expr.clone().with_year(YearRef::Stated(year)), future);
    let same = in_year(edge.year())?;
    let wrong = if side < 0 {
        same.interval.start() > Some(edge)
    } else {
        same.interval.end() < Some(edge)
    };
    let mut answer = if wrong { in_year(edge.year() + side)? } else { same };
    answer.inferred = answer.inferred || known.inferred;
    Ok(answer)
}
