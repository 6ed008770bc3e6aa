//! Date expressions of one sentence: the longest at each place, joined to ranges and open intervals.
//!
//! Owns what is built from whole dates; refuses to resolve any.

use crate::absolute::{self, longest};
use crate::expr::{Expr, Hit, YearRef};
use crate::lexicon::{self, Spelling};
use crate::pieces;
use crate::relative;
use crate::token::Tokens;
use crate::vague;

/// All date expressions of the sentence, in order, not overlapping.
pub(crate) fn hits(t: &Tokens<'_>) -> Vec<Hit> {
    let mut found = Vec::new();
    let mut i = 0;
    while i < t.len() {
        match expression(t, i) {
            Some(hit) if hit.end > i => {
                i = hit.end;
                found.push(hit);
            }
            _ => i += 1,
        }
    }
    found
}

fn expression(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    longest([opened(t, i), range(t, i), simple(t, i), vague::at(t, i)].into_iter().flatten())
}

/// A date without since, until or a partner.
fn simple(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    longest([absolute::at(t, i), relative::at(t, i)].into_iter().flatten())
}

/// Which side of the date behind it a word leaves open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Since,
    Until,
    After,
    Before,
}

/// "since mid-April 2020", "until June", "up to Friday", "after 2016", "before 5 May", "2018 or later".
fn opened(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let Some((side, length)) = opening(t, i) else {
        return closed_open(t, i);
    };
    let at = i + length + usize::from(matches!(t.lower(i + length), "at" | "around" | "about"));
    let at = at + usize::from(t.lower(at) == "least");
    let inner = range(t, at).or_else(|| simple(t, at))?;
    let counted = matches!(inner.expr, Expr::Range(..) | Expr::Window { .. } | Expr::Near(_));
    if is_not_until(t, i) || counted {
        return (side == Side::Since || side == Side::Until).then_some(inner);
    }
    if matches!(side, Side::After | Side::Before) && !is_point(t, &inner) {
        return None;
    }
    let (expr, part) = (Box::new(inner.expr), inner.start..inner.end);
    let expr = match side {
        Side::Since => Expr::Since(expr),
        Side::Until => Expr::Until(expr),
        Side::After => Expr::After(expr),
        Side::Before => Expr::Before(expr),
    };
    Some(Hit { start: i, expr, ..inner }.of_parts([part]))
}

fn opening(t: &Tokens<'_>, i: usize) -> Option<(Side, usize)> {
    Some(match (t.lower(i), t.lower(i + 1)) {
        ("ever", "since")
        | ("as", "of")
        | ("starting" | "beginning" | "effective", "on" | "from" | "in") => (Side::Since, 2),
        ("since" | "starting" | "beginning" | "effective", _) => (Side::Since, 1),
        ("up", "to" | "until") if t.before(i, 1) != "-" => (Side::Until, 2),
        ("until" | "till", _) => (Side::Until, 1),
        ("no" | "not", "later") if t.lower(i + 2) == "than" => (Side::Until, 3),
        ("later", "than") => (Side::After, 2),
        ("earlier" | "sooner", "than") | ("prior", "to") => (Side::Before, 2),

        ("before", _) => (Side::Before, 1),
        ("after", _) => (Side::After, 1),
        _ => return None,
    })
}

/// Whether the date before or after which something lies stands by itself: not "after the 2015 vote"
/// or "before Friday prayers".
fn is_point(t: &Tokens<'_>, inner: &Hit) -> bool {
    let named = matches!(
        inner.expr,
        Expr::Named { .. } | Expr::Hijri { .. } | Expr::Weekday { .. } | Expr::Today { .. }
    );
    let calendar = named || is_calendar(&inner.expr);
    let dated = matches!(inner.expr, Expr::Day { .. } | Expr::Numeric { .. });
    let long = matches!(inner.expr, Expr::Year { .. } | Expr::Month { .. });
    let free =
        t.is_break(inner.end) || pieces::goes_on(t, inner.end) || (long && t.is_capital(inner.end));
    let the = t.lower(inner.start) == "the";
    let own = if dated { !the || free } else { !the && free };
    calendar && own && !matches!(t.text(inner.end), "'" | "’" | "-")
}

/// "2018 or later", "May 2015 and earlier".
fn closed_open(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let inner = absolute::at(t, i)?;
    let led = t.before(i, 1) == "from" && t.lower(inner.end) == "on";
    let onward = led || matches!(t.lower(inner.end), "onward" | "onwards");
    let joined = onward || matches!(t.lower(inner.end), "or" | "and");
    let since = match t.lower(inner.end + 1) {
        _ if onward => true,
        "later" | "after" => true,
        "earlier" | "before" => false,
        _ => return None,
    };
    let (end, part) = (inner.end + if onward { 1 } else { 2 }, inner.start..inner.end);
    let ends = t.is_break(end) || pieces::goes_on(t, end);
    let dated = onward || inner.expr.has_stated_year();
    let expr = Box::new(inner.expr);
    let expr = if since { Expr::Since(expr) } else { Expr::Until(expr) };
    (joined && ends && dated).then(|| Hit::date(i, end, expr).of_parts([part]))
}

/// "did not return until Friday": the day of the return, not the end of an absence.
fn is_not_until(t: &Tokens<'_>, i: usize) -> bool {
    let denied = |back: &usize| matches!(t.before(i, *back), "not" | "never");
    t.lower(i) != "since" && (1..=3).any(|back| denied(&back))
}

/// "between 3 and 5 March", "from Monday to Wednesday", "March to May 2020", "1939-45".
fn range(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let led = match t.lower(i) {
        "between" => Some("and"),
        "from" => Some("to"),
        _ => None,
    };
    let start = i + usize::from(led.is_some());
    if let Some(hit) = eras(t, i, start).or_else(|| from_now(t, i, start, led)) {
        return Some(hit);
    }
    let first = simple(t, start)?;
    if matches!(first.expr, Expr::Range(..)) {
        return led.map(|_| Hit { start: i, ..first });
    }
    if let Some(hit) = short_year(t, i, &first) {
        return Some(hit);
    }
    if let Some(hit) = to_now(t, i, &first, led) {
        return Some(hit);
    }
    let joiner = t.lower(first.end);
    let dash = matches!(joiner, "-" | "–" | "—");
    let joins = dash
        || matches!(joiner, "to" | "until" | "till" | "through" | "thru" | "~")
        || (joiner == "and" && (led == Some("and") || is_month_pair(t, &first)));
    let at = first.end + 1 + usize::from(t.lower(first.end + 1) == "to");
    let at = at + usize::from(led.is_some() && t.lower(at) == "about");
    if !joins {
        return None;
    }
    let second = day_of_same_month(t, at, &first.expr).or_else(|| simple(t, at))?;
    if led.is_none() && !is_same_sort(&first.expr, &second.expr) {
        return None;
    }
    let reasons = [first.reasons, second.reasons].concat();
    let expr = joined(first.expr, second.expr)?;
    let parts = vec![first.start..first.end, second.start..second.end];
    Some(Hit::date(i, second.end, expr).because(reasons).of_parts(parts))
}

/// "from March 3 to *the 9th*": the day of the first one's month, or of the next where it is smaller.
fn day_of_same_month(t: &Tokens<'_>, i: usize, first: &Expr) -> Option<Hit> {
    let Expr::Day { year, month, day: from, .. } = *first else {
        return None;
    };
    let the = usize::from(t.lower(i) == "the");
    let day = pieces::day(t, i + the).filter(|_| pieces::is_ranked(t, i + the))?;
    let alone = t.is_break(day.end) || pieces::goes_on(t, day.end);
    if !alone || matches!(t.lower(day.end), "of" | "in") {
        return None;
    }
    let (year, month) = match (day.value > from, month, year) {
        (true, ..) => (year, month),
        (false, 12, YearRef::Stated(year)) => (YearRef::Stated(year + 1), 1),
        (false, 12, year) => (year, 1),
        (false, ..) => (year, month + 1),
    };
    let expr = Expr::Day { year, month, day: day.value, weekday: None };
    Some(Hit::date(i, day.end, expr).because(day.reasons))
}

fn is_month_pair(t: &Tokens<'_>, first: &Hit) -> bool {
    let named = lexicon::month(t.lower(first.end + 1)).is_some_and(|(_, s)| s == Spelling::Full);
    matches!(first.expr, Expr::Month { .. }) && named
}

/// Whether it is a stretch of the calendar by its numbers and names.
const fn is_calendar(expr: &Expr) -> bool {
    matches!(
        expr,
        Expr::Day { .. }
            | Expr::Month { .. }
            | Expr::Season { .. }
            | Expr::Year { .. }
            | Expr::Decade { .. }
            | Expr::Century { .. }
            | Expr::Numeric { .. }
    )
}

fn is_same_sort(a: &Expr, b: &Expr) -> bool {
    let weekdays = matches!((a, b), (Expr::Weekday { .. }, Expr::Weekday { .. }));
    weekdays || (is_calendar(a) && is_calendar(b))
}

/// "499-493 BC", "from 499 to 493 BC", "496 and 495 BC": the era of the second holds for the first.
fn eras(t: &Tokens<'_>, start: usize, i: usize) -> Option<Hit> {
    let digits = |at: usize| {
        let text = t.text(at);
        let short = matches!(text.len(), 1..=4) && text.bytes().all(|b| b.is_ascii_digit());
        short.then(|| text.parse::<i16>().ok()).flatten().filter(|n| *n > 0)
    };
    let part = pieces::part(t, i);
    let at = part.as_ref().map_or(i, |p| p.end);
    let first = digits(at)?;
    let joined = matches!(t.lower(at + 1), "-" | "–" | "—" | "to" | "and" | "until" | "/" | "or");
    let second = pieces::year_of_era(t, at + 2).filter(|_| joined)?;
    let first = if second.value <= 0 { 1 - first } else { first };
    let year = |year, part| Box::new(Expr::Year { year, part });
    let expr = Expr::Range(year(first, part.map(|p| p.value)), year(second.value, None));
    let parts = vec![i..at + 1, at + 2..second.end];
    (first <= second.value).then(|| Hit::date(start, second.end, expr).of_parts(parts))
}

/// "between now and 5 May", "from today to Friday".
fn from_now(t: &Tokens<'_>, i: usize, start: usize, led: Option<&str>) -> Option<Hit> {
    let now = matches!(t.lower(start), "now" | "today") && Some(t.lower(start + 1)) == led;
    let second = if now { simple(t, start + 2) } else { None }?;
    let dated = is_same_sort(&second.expr, &second.expr);
    let parts = vec![start..start + 1, start + 2..second.end];
    let first = Box::new(Expr::Today { from: 0, to: 0 });
    let second = Hit { expr: second.expr, ..second };
    dated.then(|| {
        let expr = Expr::Range(first, Box::new(second.expr));
        Hit::date(i, second.end, expr).of_parts(parts).because(second.reasons)
    })
}

/// "between August 2019 and now", "from May to the present".
fn to_now(t: &Tokens<'_>, i: usize, first: &Hit, led: Option<&str>) -> Option<Hit> {
    let joined = matches!(t.lower(first.end), "to" | "and" | "until" | "till" | "-" | "–");
    let at = first.end + 1 + usize::from(t.lower(first.end + 1) == "the");
    let now = matches!(t.lower(at), "now" | "present" | "today");
    let fits = led.is_some() || matches!(t.lower(first.end), "to" | "-" | "–");
    let end = Box::new(Expr::Today { from: 0, to: 0 });
    let parts = vec![first.start..first.end, first.end + 1..at + 1];
    let dated = is_same_sort(&first.expr, &first.expr);
    (joined && now && fits && dated).then(|| {
        Hit::date(i, at + 1, Expr::Range(Box::new(first.expr.clone()), end)).of_parts(parts)
    })
}

/// "1939-45".
fn short_year(t: &Tokens<'_>, i: usize, first: &Hit) -> Option<Hit> {
    let Expr::Year { year, part: None } = first.expr else {
        return None;
    };
    let dash = matches!(t.text(first.end), "-" | "–" | "/")
        && t.glued(first.end)
        && t.glued(first.end + 1);
    let text = t.text(first.end + 1);
    let short: i16 = (dash && text.len() == 2).then(|| text.parse().ok()).flatten()?;
    let last = year - year.rem_euclid(100) + short;
    (last > year).then(|| {
        let end = Box::new(Expr::Year { year: last, part: None });
        let parts = vec![first.start..first.end, first.end + 1..first.end + 2];
        Hit::date(i, first.end + 2, Expr::Range(Box::new(first.expr.clone()), end)).of_parts(parts)
    })
}

/// The range, the first date taking the second's year (or the one before) where it has none.
fn joined(first: Expr, second: Expr) -> Option<Expr> {
    let datable = |e: &Expr| {
        !matches!(
            e,
            Expr::Impossible(_)
                | Expr::Open(_)
                | Expr::Range(..)
                | Expr::Near(_)
                | Expr::Ahead { .. }
        )
    };
    if !datable(&first) || !datable(&second) {
        return None;
    }
    let given = match (order(&first), order(&second), second.year()) {
        (Some(a), Some(b), YearRef::Stated(year)) if a > b => YearRef::Stated(year - 1),
        (_, _, year) => year,
    };
    let first = if given == YearRef::Missing { first } else { first.with_year(given) };
    Some(Expr::Range(Box::new(first), Box::new(second)))
}

fn order(expr: &Expr) -> Option<(i8, i8)> {
    match expr {
        Expr::Day { month, day, .. } => Some((*month, *day)),
        Expr::Month { month, .. } => Some((*month, 0)),
        _ => None,
    }
}
