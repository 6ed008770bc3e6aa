//! Date expressions of one sentence: the longest at each place, joined to ranges and open intervals.
//!
//! Owns what is built from whole dates; refuses to resolve any.

use crate::absolute::{self, longest};
use crate::expr::{Expr, Hit, YearRef};
use crate::lexicon::{self, Spelling};
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

/// "since mid-April 2020", "until June", "up to Friday".
fn opened(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let (since, length) = match (t.lower(i), t.lower(i + 1)) {
        ("ever", "since") => (true, 2),
        ("since", _) => (true, 1),
        ("up", "to" | "until") => (false, 2),
        ("until" | "till", _) => (false, 1),
        _ => return None,
    };
    let at = i + length + usize::from(matches!(t.lower(i + length), "at" | "around" | "about"));
    let at = at + usize::from(t.lower(at) == "least");
    let inner = range(t, at).or_else(|| simple(t, at))?;
    if is_not_until(t, i) || matches!(inner.expr, Expr::Range(..) | Expr::Window { .. }) {
        return Some(inner);
    }
    let (expr, parts) = (Box::new(inner.expr), vec![inner.start..inner.end]);
    let expr = if since { Expr::Since(expr) } else { Expr::Until(expr) };
    Some(Hit { start: i, expr, parts, ..inner })
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
    let first = simple(t, start)?;
    if matches!(first.expr, Expr::Range(..)) {
        return led.map(|_| Hit { start: i, ..first });
    }
    if let Some(hit) = short_year(t, i, &first) {
        return Some(hit);
    }
    let joiner = t.lower(first.end);
    let dash = matches!(joiner, "-" | "–" | "—");
    let joins = dash
        || matches!(joiner, "to" | "until" | "till" | "through")
        || (joiner == "and" && (led == Some("and") || is_month_pair(t, &first)));
    let at = first.end + 1 + usize::from(t.lower(first.end + 1) == "to");
    let second = if joins { simple(t, at) } else { None }?;
    if led.is_none() && !is_same_sort(&first.expr, &second.expr) {
        return None;
    }
    let reasons = [first.reasons, second.reasons].concat();
    let expr = joined(first.expr, second.expr)?;
    let parts = vec![first.start..first.end, second.start..second.end];
    Some(Hit::date(i, second.end, expr).because(reasons).of_parts(parts))
}

fn is_month_pair(t: &Tokens<'_>, first: &Hit) -> bool {
    let named = lexicon::month(t.lower(first.end + 1)).is_some_and(|(_, s)| s == Spelling::Full);
    matches!(first.expr, Expr::Month { .. }) && named
}

fn is_same_sort(a: &Expr, b: &Expr) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
        && matches!(
            a,
            Expr::Day { .. }
                | Expr::Month { .. }
                | Expr::Year { .. }
                | Expr::Weekday { .. }
                | Expr::Numeric { .. }
        )
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
    let datable = |e: &Expr| !matches!(e, Expr::Impossible(_) | Expr::Open(_) | Expr::Range(..));
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
