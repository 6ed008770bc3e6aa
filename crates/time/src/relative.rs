//! Expressions counted from publication or from the text's previous date.
//!
//! Owns "yesterday", "last Tuesday", "two weeks later" and their like; refuses calendar dates.

use crate::expr::{Amount, Anchor, Expr, Hit, WeekdayShift};
use crate::lexicon::{self, Unit};
use crate::mention::TimeSide;
use crate::pieces;
use crate::quantity::{self, Quantity};
use crate::token::Tokens;

/// The longest relative expression that begins at token `i`.
pub(crate) fn at(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let rules = [near_day, day_part, weekday, counted, the_day_before, current, window, vague_now];
    crate::absolute::longest(rules.iter().filter_map(|rule| rule(t, i)))
}

fn skip_day_part(t: &Tokens<'_>, end: usize) -> usize {
    end + usize::from(lexicon::is_day_part(t.lower(end)))
}

/// "yesterday", "tonight", "the day before yesterday".
fn near_day(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    if t.are(i, &["the", "day", "before", "yesterday"]) {
        return Some(Hit::date(i, i + 4, Expr::Today { from: -2, to: -2 }));
    }
    if t.are(i, &["the", "day", "after", "tomorrow"]) {
        return Some(Hit::date(i, i + 4, Expr::Today { from: 2, to: 2 }));
    }
    let (from, to) = match t.lower(i) {
        "yesterday" => (-1, -1),
        "today" | "tonight" => (0, 0),
        "tomorrow" => (1, 1),
        "overnight" => (-1, 0),
        _ => return None,
    };
    let name = t.is_capital(i) && i > 0 && t.is_capital(i - 1);
    (!name).then(|| Hit::date(i, skip_day_part(t, i + 1), Expr::Today { from, to }))
}

/// "this morning", "last night", "that evening", "the same night".
fn day_part(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let start = i + usize::from(t.lower(i) == "earlier" || t.lower(i) == "late");
    let day = |at: usize| lexicon::is_day_part(t.lower(at));
    match t.lower(start) {
        "this" if day(start + 1) => Some(Hit::date(i, start + 2, Expr::Today { from: 0, to: 0 })),
        "last" if t.lower(start + 1) == "night" => {
            Some(Hit::date(i, start + 2, Expr::Today { from: -1, to: -1 }))
        }
        "that" if day(start + 1) => Some(Hit::date(i, start + 2, narrative(Unit::Day, 0))),
        "the" if t.lower(start + 1) == "same" && day(start + 2) => {
            Some(Hit::date(i, start + 3, narrative(Unit::Day, 0)))
        }
        "the" if matches!(t.lower(start + 1), "following" | "next") && day(start + 2) => {
            Some(Hit::date(i, start + 3, narrative(Unit::Day, 1)))
        }
        _ => None,
    }
}

const fn narrative(unit: Unit, shift: i32) -> Expr {
    Expr::Current { unit, shift, part: None, anchor: Anchor::Narrative }
}

/// "Tuesday", "last Friday", "late on Sunday night", "the following Monday".
fn weekday(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let mut at = i;
    if matches!(t.lower(at), "late" | "early") {
        at += 1 + usize::from(t.lower(at + 1) == "on");
    }
    let (shift, length) = match (t.lower(at), t.lower(at + 1)) {
        ("this", "past") | ("the" | "this", "last") => (WeekdayShift::Last, 2),
        ("the", "following" | "next") => (WeekdayShift::Following, 2),
        ("the", "previous" | "preceding") => (WeekdayShift::Preceding, 2),
        ("last" | "past", _) => (WeekdayShift::Last, 1),
        ("this", _) => (WeekdayShift::This, 1),
        ("next" | "coming", _) => (WeekdayShift::Next, 1),
        ("that", _) => (WeekdayShift::Preceding, 1),
        _ => (WeekdayShift::Bare, 0),
    };
    let at = at + length;
    let (weekday, short) = lexicon::weekday(t.lower(at)).filter(|_| t.is_capital(at))?;
    let shift = if shift == WeekdayShift::Preceding && t.before(at, 1) == "that" {
        return None;
    } else {
        shift
    };
    (!short && !is_weekday_name(t, at)).then(|| {
        let end = skip_day_part(t, at + 1);
        Hit::date(i, end, Expr::Weekday { weekday, shift })
    })
}

/// "Bloody Sunday", "Sunday Times": names that hold a weekday.
fn is_weekday_name(t: &Tokens<'_>, i: usize) -> bool {
    let before = matches!(
        t.before(i, 1),
        "black"
            | "bloody"
            | "good"
            | "palm"
            | "holy"
            | "super"
            | "cyber"
            | "ash"
            | "easter"
            | "man"
    ) && i > 0
        && t.is_capital(i - 1);
    let after = matches!(
        t.lower(i + 1),
        "times"
            | "telegraph"
            | "mail"
            | "mirror"
            | "express"
            | "herald"
            | "independent"
            | "post"
            | "tribune"
            | "group"
            | "market"
    ) && t.is_capital(i + 1);
    before || after
}

/// "two weeks ago", "three days later", "a month earlier", "two days after the attack".
fn counted(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let Quantity { amount, unit, end } = quantity::at(t, i)?;
    let (back, anchor) = match t.lower(end) {
        "ago" => (true, Anchor::Publication),
        "earlier" | "previously" => (true, Anchor::Narrative),
        "later" | "afterwards" | "afterward" | "thereafter" | "on" if is_after(t, end) => {
            (false, Anchor::Narrative)
        }
        "before" | "prior" => (true, event_or_narrative(t, end + 1)),
        "after" | "following" => (false, event_or_narrative(t, end + 1)),
        "from" if matches!(t.lower(end + 1), "now" | "today") => (false, Anchor::Publication),
        _ => return None,
    };
    let close = end + 1 + usize::from(t.lower(end) == "from");
    let expr = Expr::Shift { unit, amount, back, anchor };
    Some(Hit::date(i, close, expr))
}

/// "on" counts only at the end of a clause: "two weeks on, the town is empty".
fn is_after(t: &Tokens<'_>, end: usize) -> bool {
    t.lower(end) != "on" || t.text(end + 1) == ","
}

/// "the day before", alone or followed by what it is counted from.
fn event_or_narrative(t: &Tokens<'_>, next: usize) -> Anchor {
    let opens_clause =
        matches!(t.lower(next), "and" | "but" | "when" | "in" | "at" | "on" | "by" | "near" | "as");
    if t.is_break(next) || opens_clause { Anchor::Narrative } else { Anchor::Event }
}

/// "the day before", "the week after", "the month before".
fn the_day_before(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    if t.lower(i) != "the" {
        return None;
    }
    let unit = match t.lower(i + 1) {
        "night" | "evening" | "morning" => Unit::Day,
        word => lexicon::unit(word).filter(|_| !word.ends_with('s'))?,
    };
    let back = match t.lower(i + 2) {
        "before" | "earlier" | "prior" => true,
        "after" | "later" => false,
        _ => return None,
    };
    let expr = Expr::Shift {
        unit,
        amount: Amount::Exactly(1),
        back,
        anchor: event_or_narrative(t, i + 3),
    };
    Some(Hit::date(i, i + 3, expr))
}

/// "last week", "earlier this month", "the end of last year", "that month", "the following year".
fn current(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    if let (Some(hit), true) = (rest(t, i), matches!(t.lower(i), "earlier" | "later")) {
        return Some(hit);
    }
    let part = pieces::part(t, i);
    let at = part.as_ref().map_or(i, |p| p.end);
    let named = part.map(|p| p.value);
    let (shift, anchor, length) = which(t, at, named.is_some())?;
    let unit = lexicon::unit(t.lower(at + length)).filter(|u| *u != Unit::Hour)?;
    let weekend = t.lower(at + length).ends_with('s');
    let ordinary =
        named.is_none() && unit == Unit::Day && anchor == Anchor::Publication && shift != 0;
    if weekend || ordinary {
        return None;
    }
    let expr = Expr::Current { unit, shift, part: named, anchor };
    Some(Hit::date(i, at + length + 1, expr))
}

/// Which calendar unit is meant, counted from what, and how many words say so.
fn which(t: &Tokens<'_>, i: usize, of_part: bool) -> Option<(i32, Anchor, usize)> {
    let two = (t.lower(i), t.lower(i + 1));
    Some(match two {
        ("the", "following" | "next") => (1, Anchor::Narrative, 2),
        ("the", "previous" | "preceding") => (-1, Anchor::Narrative, 2),
        ("the" | "that", "same") => (0, Anchor::Narrative, 2),
        ("this", "past") => (-1, Anchor::Publication, 2),
        ("the", "current") => (0, Anchor::Publication, 2),
        ("that", _) => (0, Anchor::Narrative, 1),
        ("this", _) => (0, Anchor::Publication, 1),
        ("last", _) if t.before(i, 1) != "the" => (-1, Anchor::Publication, 1),
        ("next" | "coming", _) if t.before(i, 1) != "the" => (1, Anchor::Publication, 1),
        _ if of_part && t.before(i, 1) == "the" && t.before(i, 2) == "of" => {
            (0, Anchor::Publication, 0)
        }
        _ => return None,
    })
}

/// "earlier this month", "later this week".
fn rest(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let back = t.lower(i) == "earlier";
    let unit = lexicon::unit(t.lower(i + 2)).filter(|_| t.lower(i + 1) == "this")?;
    let known = matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Decade);
    known.then(|| Hit::date(i, i + 3, Expr::Rest { unit, back }))
}

/// "the past two weeks", "the last 24 hours", "recent days", "the coming months".
fn window(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let the = usize::from(matches!(t.lower(i), "the" | "these"));
    let at = i + the;
    let back = match t.lower(at) {
        "past" | "last" | "recent" | "previous" => true,
        "next" | "coming" => false,
        _ => return None,
    };
    let found = quantity::at(t, at + 1).or_else(|| quantity::bare(t, at + 1));
    let Quantity { amount, unit, end } = found?;
    let single = amount == Amount::Exactly(1) && the == 0;
    let of = t.lower(end) == "of" || t.lower(end) == "before";
    (!single && !of).then(|| Hit::date(i, end, Expr::Window { unit, amount, back }))
}

/// "recently", "in the near future": time words that give no day.
fn vague_now(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let (length, side) = match t.lower(i) {
        "recently" | "lately" => (1, TimeSide::Past),
        "nowadays" => (1, TimeSide::Present),
        "these" if t.lower(i + 1) == "days" => (2, TimeSide::Present),
        _ => return None,
    };
    Some(Hit::date(i, i + length, Expr::Near(side)))
}
