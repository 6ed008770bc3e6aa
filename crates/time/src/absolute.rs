//! Days of the calendar, and which rule for a calendar date reaches furthest.
//!
//! Owns the order of a day's parts in English news; refuses longer periods and expressions counted from
//! another day.

use jiff::civil::Weekday;

use crate::expr::{Expr, Hit, YearRef};
use crate::lexicon;
use crate::named;
use crate::period;
use crate::pieces::{self, Support};
use crate::spelled;
use crate::token::Tokens;

/// The longest calendar date that begins at token `i`.
pub(crate) fn at(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let rules = [
        weekday_date,
        day_range,
        day_first,
        month_first,
        iso,
        year_first,
        numeric,
        numeric_day,
        period::at,
        named::at,
    ];
    longest(rules.iter().filter_map(|rule| rule(t, i)))
}

/// A single day: what a week can be named by.
pub(crate) fn day(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let rules = [weekday_date, day_first, month_first, iso, numeric];
    longest(rules.iter().filter_map(|rule| rule(t, i)))
        .filter(|hit| matches!(hit.expr, Expr::Day { .. } | Expr::Numeric { .. }))
}

/// The first of the longest among `hits`.
pub(crate) fn longest(hits: impl Iterator<Item = Hit>) -> Option<Hit> {
    hits.reduce(|best, next| if next.end > best.end { next } else { best })
}

/// "Thursday, March 12", "Thursday 12 March 2020", "Thu. 12 Mar".
fn weekday_date(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let (weekday, _) = lexicon::weekday(t.lower(i))?;
    let mut next = i + 1 + usize::from(lexicon::is_day_part(t.lower(i + 1)));
    while next < i + 5
        && (matches!(t.text(next), "," | "." | "(" | "-" | "–") || t.lower(next) == "the")
    {
        next += 1;
    }
    let mut hit = [
        day_first_with(t, next, Support::Full),
        month_first_with(t, next, Support::Full),
        numeric(t, next),
    ]
    .into_iter()
    .flatten()
    .next()?;
    let bracketed = (i..hit.start).any(|at| t.text(at) == "(") && t.text(hit.end) == ")";
    hit.end += usize::from(bracketed);
    hit.start = i;
    hit.expr = with_weekday(hit.expr, weekday);
    Some(hit)
}

fn with_weekday(expr: Expr, given: Weekday) -> Expr {
    match expr {
        Expr::Day { year, month, day, .. } => Expr::Day { year, month, day, weekday: Some(given) },
        other => other,
    }
}

/// "3-5 March 2020", "3 and 4 March", "3, 4 and 5 March", "March 3 to 5, 2020".
fn day_range(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    day_range_day_first(t, i).or_else(|| day_range_month_first(t, i))
}

fn joins(t: &Tokens<'_>, i: usize) -> bool {
    matches!(t.lower(i), "-" | "–" | "—" | "to" | "and" | "/" | "until" | "till" | "through" | "or")
}

fn day_range_day_first(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    // "Friday 6 to Saturday 7 March"
    let named = |at: usize| usize::from(lexicon::weekday(t.lower(at)).is_some());
    let first = pieces::day(t, i + named(i))?;
    let listed = listed_until(t, first.end).unwrap_or(first.end);
    let next = listed + 1 + named(listed + 1);
    let second = joins(t, listed).then(|| pieces::day(t, next))??;
    let at = second.end + usize::from(t.lower(second.end) == "of");
    let month = pieces::month(t, at, Support::Some)?;
    let year = pieces::year_after(t, month.end);
    let reasons = [first.reasons, second.reasons, month.reasons, year.reasons].concat();
    let hit = days(i, year.end, year.value, month.value, first.value, second.value)?;
    Some(hit.because(reasons).of_parts(vec![i..first.end, next..year.end]))
}

/// Where the last "and" of a list of days stands: "3, 4 *and* 5 March"; at most five days.
fn listed_until(t: &Tokens<'_>, i: usize) -> Option<usize> {
    let mut at = i;
    for _ in 0..4 {
        if t.text(at) != "," {
            break;
        }
        at += 1;
        if t.lower(at) == "and" {
            break;
        }
        at = pieces::day(t, at)?.end;
    }
    (at > i && t.lower(at) == "and").then_some(at)
}

fn day_range_month_first(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let month = pieces::month(t, i, Support::Some)?;
    let first = pieces::day(t, month.end)?;
    let listed = listed_until(t, first.end).unwrap_or(first.end);
    let second = joins(t, listed).then(|| pieces::day(t, listed + 1))??;
    if pieces::is_counting(t, second.end) || pieces::month(t, second.end, Support::Some).is_some() {
        return None;
    }
    let year = pieces::year_after(t, second.end);
    let reasons = [month.reasons, first.reasons, second.reasons, year.reasons].concat();
    let hit = days(i, year.end, year.value, month.value, first.value, second.value)?;
    Some(hit.because(reasons).of_parts(vec![i..first.end, listed + 1..year.end]))
}

fn days(start: usize, end: usize, year: YearRef, month: i8, first: i8, last: i8) -> Option<Hit> {
    let day = |day| Box::new(Expr::Day { year, month, day, weekday: None });
    (first < last).then(|| Hit::date(start, end, Expr::Range(day(first), day(last))))
}

/// "12 March 2020", "the 12th of March", "5 Arpil 2020".
fn day_first(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    day_first_with(t, i, Support::Some)
}

fn day_first_with(t: &Tokens<'_>, i: usize, support: Support) -> Option<Hit> {
    let start = i + usize::from(t.lower(i) == "the");
    let day = pieces::day(t, start)?;
    let of = t.lower(day.end) == "of";
    let at = day.end
        + usize::from(of || (matches!(t.text(day.end), "-" | "/" | ".") && t.glued(day.end)));
    let worded = t.is_small(start) && spelled::ordinal_day(t, start).is_some();
    let support = if of && pieces::is_ranked(t, start) { Support::Full } else { support };
    if worded && !of {
        return None;
    }
    let four = |at: usize| {
        pieces::year(t, at + 1 + usize::from(matches!(t.text(at + 1), "," | "-"))).is_some()
    };
    let support = if four(at) { Support::Full } else { support };
    let month = pieces::month(t, at, support)?;
    let dash = usize::from(matches!(t.text(month.end), "-" | "/") && t.glued(month.end));
    let year = pieces::year_after(t, month.end + dash);
    if !month.reasons.is_empty() && !is_dated(t, i, year.value) {
        return None;
    }
    let end = if year.value == YearRef::Missing { month.end } else { year.end };
    let expr = Expr::Day { year: year.value, month: month.value, day: day.value, weekday: None };
    Some(Hit::date(i, end, expr).because([day.reasons, month.reasons, year.reasons].concat()))
}

/// Whether a day with a misspelt month has a year or a preposition of dates.
fn is_dated(t: &Tokens<'_>, i: usize, year: YearRef) -> bool {
    year != YearRef::Missing
        || matches!(
            t.before(i, 1),
            "on" | "since" | "until" | "by" | "from" | "before" | "after" | "of"
        )
        || lexicon::weekday(t.before(i, 1)).is_some()
        || lexicon::weekday(t.before(i, 2)).is_some()
}

/// "March 12, 2020", "March the 12th", "Arpil 5, 2020".
fn month_first(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    month_first_with(t, i, Support::Some)
}

fn month_first_with(t: &Tokens<'_>, i: usize, support: Support) -> Option<Hit> {
    let the = |at: usize| usize::from(t.lower(at) == "the");
    let ahead = i + 1 + the(i + 1);
    let support = if pieces::is_ranked(t, ahead) { Support::Full } else { support };
    let month = pieces::month(t, i, support)?;
    let joined = matches!(t.text(month.end), "-" | "/" | "." | ",");
    let at = month.end + usize::from(joined && t.glued(month.end));
    let at = at + the(at);
    let day = day_behind(t, at)?;
    let dash = usize::from(at > month.end && t.text(day.end) == "-" && t.glued(day.end));
    let year = pieces::year_after(t, day.end + dash);
    let year = if dash == 1 && year.value == YearRef::Missing {
        pieces::year_after(t, day.end)
    } else {
        year
    };
    let counted = year.value == YearRef::Missing && pieces::is_counting(t, day.end);
    let doubtful = !month.reasons.is_empty() && !is_dated(t, i, year.value);
    if counted || doubtful || (lexicon::month(t.lower(day.end)).is_some() && t.is_capital(day.end))
    {
        return None;
    }
    let expr = Expr::Day { year: year.value, month: month.value, day: day.value, weekday: None };
    let reasons = [month.reasons, day.reasons, year.reasons].concat();
    Some(Hit::date(i, year.end, expr).because(reasons))
}

/// The day's number behind its month; in small words only where the sentence goes on behind it.
fn day_behind(t: &Tokens<'_>, i: usize) -> Option<pieces::Piece<i8>> {
    if let Some(day) = pieces::day(t, i) {
        let worded = t.text(i).chars().next().is_some_and(char::is_alphabetic);
        let closed = t.is_break(day.end)
            || pieces::goes_on(t, day.end)
            || spelled::year(t, day.end).is_some()
            || pieces::year(t, day.end).is_some();
        return (!worded || closed).then_some(day);
    }
    let (value, end) = spelled::cardinal_day(t, i)?;
    let closed = t.is_break(end) || pieces::goes_on(t, end) || spelled::year(t, end).is_some();
    closed.then(|| pieces::Piece { value, end, reasons: Vec::new() })
}

/// "2019/sep/01", "2019 April 5".
fn year_first(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let year = digits(t, i, &[4], false).filter(|y| pieces::is_plausible(*y))?;
    let gap = |at: usize| usize::from(matches!(t.text(at), "-" | "/" | ".") && t.glued(at));
    let month = pieces::month(t, i + 1 + gap(i + 1), Support::Full)?;
    let day =
        pieces::day(t, month.end + gap(month.end)).filter(|d| !pieces::is_counting(t, d.end))?;
    let year = YearRef::Stated(year);
    let expr = Expr::Day { year, month: month.value, day: day.value, weekday: None };
    Some(Hit::date(i, day.end, expr).because(month.reasons))
}

/// "on 4/22", "since 22/04": two numbers that have one order only, where a date stands.
fn numeric_day(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let first = digits(t, i, &[1, 2], false)?;
    let slashed = t.text(i + 1) == "/" && t.glued(i + 1);
    let second = digits(t, i + 2, &[1, 2], true).filter(|_| slashed)?;
    let more = matches!(t.text(i + 3), "/" | "-") && t.glued(i + 3);
    let placed = matches!(t.before(i, 1), "on" | "since" | "until" | "from" | "dated")
        || lexicon::weekday(t.before(i, 1)).is_some();
    let (first, second) = (i8::try_from(first).ok()?, i8::try_from(second).ok()?);
    let (month, day) = match (first, second) {
        (month @ 1..=12, day @ 13..=31) | (day @ 13..=31, month @ 1..=12) => (month, day),
        (month @ 1..=12, day) if month == day => (month, day),
        _ => return None,
    };
    let expr = Expr::Day { year: YearRef::Missing, month, day, weekday: None };
    (placed && !more).then(|| Hit::date(i, i + 3, expr))
}

/// Digits of `width` characters at `i`, glued to what stands before when `glued`.
pub(crate) fn digits(t: &Tokens<'_>, i: usize, widths: &[usize], glued: bool) -> Option<i16> {
    let text = t.text(i);
    let fits = widths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    (fits && (!glued || t.glued(i))).then(|| text.parse().ok()).flatten()
}

/// "2020-03-12", "2020/03/12".
fn iso(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let year = digits(t, i, &[4], false)?;
    let separator = t.text(i + 1);
    let same = matches!(separator, "-" | "/" | ".") && t.text(i + 3) == separator;
    let address = t.before(i, 1) == "/" && t.glued(i);
    let glued = t.glued(i + 1) && t.glued(i + 3) && !address;
    let month = digits(t, i + 2, &[1, 2], true).filter(|_| same && glued)?;
    let day = digits(t, i + 4, &[1, 2], true)?;
    let expr = match (i8::try_from(month), i8::try_from(day)) {
        (Ok(month @ 1..=12), Ok(day @ 1..=31)) => {
            Expr::Day { year: YearRef::Stated(year), month, day, weekday: None }
        }
        _ => Expr::Impossible("no month or day has such a number"),
    };
    Some(Hit::date(i, i + 5, expr))
}

/// "12/03/2020", "12.03.2020", "12-03-2020", "3/12/20".
fn numeric(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let first = digits(t, i, &[1, 2], false)?;
    let separator = t.text(i + 1);
    let same = matches!(separator, "-" | "/" | ".") && t.text(i + 3) == separator;
    let glued = t.glued(i + 1) && t.glued(i + 3);
    let second = digits(t, i + 2, &[1, 2], true).filter(|_| same && glued)?;
    let long = digits(t, i + 4, &[4], true);
    let short = digits(t, i + 4, &[2], true).filter(|_| separator == "/");
    let year = long.or_else(|| short.map(|y| if y < 70 { 2000 + y } else { 1900 + y }))?;
    let more = matches!(t.text(i + 5), "/" | ".") && t.glued(i + 5) && t.glued(i + 6);
    let before = i > 0 && t.glued(i) && !matches!(t.before(i, 1), "(" | "[" | "\"" | "“" | "'");
    if before || (more && digits(t, i + 6, &[1, 2, 3, 4], true).is_some()) {
        return None;
    }
    let expr = match (i8::try_from(first), i8::try_from(second)) {
        (Ok(a), Ok(b)) if is_day_and_month(a, b) => Expr::Numeric { first: a, second: b, year },
        _ => Expr::Impossible("no month or day has such a number"),
    };
    Some(Hit::date(i, i + 5, expr))
}

fn is_day_and_month(a: i8, b: i8) -> bool {
    let month = |n| (1..=12).contains(&n);
    let day = |n| (1..=31).contains(&n);
    (month(a) && day(b)) || (day(a) && month(b))
}
