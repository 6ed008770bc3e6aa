//! Expressions counted from publication or from the text's previous date.
//!
//! Owns "yesterday", "last week", "two weeks later" and their like; refuses calendar dates and weekdays.

use crate::absolute;
use crate::expr::{Amount, Anchor, Expr, Hit, WeekdayShift};
use crate::lexicon::{self, Unit};
use crate::mention::{TimeMentionKind, TimeSide};
use crate::pieces;
use crate::quantity::{self, Quantity};
use crate::token::Tokens;
use crate::weekday;

/// The longest relative expression that begins at token `i`.
pub(crate) fn at(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let rules = [
        near_day,
        day_part,
        weekday::at,
        counted,
        ahead,
        the_day_before,
        current,
        weekend,
        rest_of,
        window,
        near,
    ];
    absolute::longest(rules.iter().filter_map(|rule| rule(t, i)))
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
    let start = i + usize::from(matches!(t.lower(i), "earlier" | "later" | "late" | "early"));
    let day = |at: usize| lexicon::is_day_part(t.lower(at));
    match t.lower(start) {
        "this" if day(start + 1) => Some(Hit::date(i, start + 2, Expr::Today { from: 0, to: 0 })),
        "last" if t.lower(start + 1) == "night" => {
            Some(Hit::date(i, start + 2, Expr::Today { from: -1, to: -1 }))
        }
        "that" if day(start + 1) => Some(Hit::date(i, start + 2, narrative(Unit::Day, 0))),
        "the" | "that" if t.lower(start + 1) == "same" && day(start + 2) => {
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

/// "two weeks ago", "three days later", "a month earlier", "two days after 5 May", "two days after the attack".
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
        "from" => (false, Anchor::Event),
        "hence" => (false, Anchor::Publication),
        _ => return None,
    };
    let close = end + 1 + usize::from(t.lower(end) == "from");
    if anchor == Anchor::Event {
        let at = end + 1 + usize::from(t.lower(end) == "prior" && t.lower(end + 1) == "to");
        if let Some(hit) = counted_from(t, i, at, (unit, amount, back)) {
            return Some(hit);
        }
    }
    let known = t.lower(end) != "from" || anchor == Anchor::Publication;
    known.then(|| Hit::date(i, close, Expr::Shift { unit, amount, back, anchor }))
}

/// "two weeks before *5 May*": the date at `at` is what is counted from.
fn counted_from(
    t: &Tokens<'_>,
    start: usize,
    at: usize,
    (unit, amount, back): (Unit, Amount, bool),
) -> Option<Hit> {
    let inner = near_day(t, at).or_else(|| absolute::at(t, at))?;
    // "two days after the 2015 attack" counts from the attack.
    let adjective = matches!(inner.expr, Expr::Year { .. } | Expr::Decade { .. })
        || t.is_small(inner.end) && !pieces::goes_on(t, inner.end);
    let date = Box::new(inner.expr);
    (!adjective).then(|| {
        Hit::date(start, inner.end, Expr::From { unit, amount, back, date }).because(inner.reasons)
    })
}

/// "in two weeks", "within three days": of what is to come, where the sentence tells of that.
fn ahead(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    if !matches!(t.lower(i), "in" | "within") {
        return None;
    }
    let Quantity { amount, unit, end } = quantity::at(t, i + 1)?;
    let more =
        matches!(t.lower(end), "of" | "ago" | "later" | "earlier" | "from" | "time" | "after");
    (!more).then(|| Hit {
        kind: TimeMentionKind::Duration,
        ..Hit::date(i, end, Expr::Ahead { unit, amount })
    })
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
        "night" | "evening" | "morning" | "eve" => Unit::Day,
        word => lexicon::unit(word).filter(|_| !word.ends_with('s'))?,
    };
    let back = match t.lower(i + 2) {
        "before" | "earlier" | "prior" | "preceding" => true,
        "after" | "later" | "following" => false,
        _ => return None,
    };
    let one = (unit, Amount::Exactly(1), back);
    if let Some(hit) = counted_from(t, i, i + 3 + usize::from(t.lower(i + 3) == "to"), one) {
        return Some(hit);
    }
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
    let part = pieces::part(t, i).or_else(|| pieces::part_of_current(t, i));
    let told = matches!(t.lower(i), "later" | "earlier" | "early" | "late")
        && matches!(t.lower(i + 1), "that" | "the");
    let at = part.as_ref().map_or(i + usize::from(told), |p| p.end);
    let named = part.map(|p| p.value);
    let (shift, anchor, length) = which(t, at, named.is_some())?;
    if told && anchor == Anchor::Publication {
        return None;
    }
    let quarter = (t.lower(at + length) == "quarter").then_some(Unit::Quarter);
    let unit =
        quarter.or_else(|| lexicon::unit(t.lower(at + length)).filter(|u| *u != Unit::Hour))?;
    let weekend = t.lower(at + length).ends_with('s');
    // "at the end of the day" is mostly no time at all.
    if named.is_some() && unit == Unit::Day {
        return None;
    }
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
        ("the", "next") if lexicon::unit(t.lower(i + 2)) != Some(Unit::Day) => {
            (1, Anchor::Nearest, 2)
        }
        ("the", "following" | "next") => (1, Anchor::Narrative, 2),
        ("the", "previous" | "preceding") => (-1, Anchor::Narrative, 2),
        ("the" | "that", "same") => (0, Anchor::Narrative, 2),
        ("this", "past") => (-1, Anchor::Publication, 2),
        ("the", "current") => (0, Anchor::Publication, 2),
        ("next" | "following", unit) if unit == "day" || (of_part && t.before(i, 1) == "the") => {
            (1, Anchor::Narrative, 1)
        }
        ("that", _) => (0, Anchor::Narrative, 1),
        ("this", _) => (0, Anchor::Publication, 1),
        ("last" | "past" | "previous", _) if t.before(i, 1) != "the" => {
            (-1, Anchor::Publication, 1)
        }
        ("next" | "coming", _) if t.before(i, 1) != "the" => (1, Anchor::Publication, 1),
        _ if of_part && t.before(i, 1) == "the" && t.before(i, 2) == "of" => {
            (0, Anchor::Publication, 0)
        }
        _ => return None,
    })
}

/// "earlier this month", "later this week", "earlier in the week".
fn rest(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let back = t.lower(i) == "earlier";
    let at = match (t.lower(i + 1), t.lower(i + 2)) {
        ("this", _) => i + 2,
        ("in", "the") => i + 3,
        _ => return None,
    };
    let unit = lexicon::unit(t.lower(at))?;
    let known = matches!(unit, Unit::Week | Unit::Month | Unit::Year | Unit::Decade);
    known.then(|| Hit::date(i, at + 1, Expr::Rest { unit, back }))
}

/// "the rest of the week", "the remainder of the year".
fn rest_of(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let start = i + usize::from(t.lower(i) == "the");
    let named = matches!(t.lower(start), "rest" | "remainder") && t.lower(start + 1) == "of";
    let the = matches!(t.lower(start + 2), "the" | "this");
    let unit = lexicon::unit(t.lower(start + 3)).filter(|_| named && the)?;
    let alone = t.is_break(start + 4) || pieces::goes_on(t, start + 4);
    let expr = Expr::Rest { unit, back: false };
    alone.then(|| Hit::date(i, start + 4, expr))
}

/// "over the weekend", "last weekend", "the following weekend".
fn weekend(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let (shift, length) = match (t.lower(i), t.lower(i + 1)) {
        ("the", "following" | "next") => (WeekdayShift::Following, 2),
        ("the", "previous" | "preceding") => (WeekdayShift::Preceding, 2),
        ("this", "past") | ("the", "past" | "last") => (WeekdayShift::Last, 2),
        ("last" | "past", _) => (WeekdayShift::Last, 1),
        ("next" | "coming", _) => (WeekdayShift::Next, 1),
        ("this", _) => (WeekdayShift::This, 1),
        ("the", _) => (WeekdayShift::Bare, 1),
        _ => return None,
    };
    let named = t.lower(i + length) == "weekend" && t.lower(i + length + 1) != "of";
    named.then(|| Hit::date(i, i + length + 1, Expr::Weekend { shift }))
}

/// "the past two weeks", "the last 24 hours", "recent days", "the following months", "the two previous years".
fn window(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let the = usize::from(matches!(t.lower(i), "the" | "these" | "this"));
    let counted = lexicon::number(t, i + the).filter(|_| !t.glued(i + the) || i == 0);
    let ahead = counted.map_or(0, |(_, length)| length);
    let at = i + the + ahead;
    let (back, anchor) = match t.lower(at) {
        "past" | "last" | "recent" => (true, Anchor::Publication),
        "next" => (false, Anchor::Nearest),
        "coming" | "upcoming" => (false, Anchor::Publication),
        "previous" | "preceding" => (true, Anchor::Narrative),
        "following" | "ensuing" | "subsequent" => (false, Anchor::Narrative),
        _ => return None,
    };
    let verb = the == 0 && t.lower(at) == "last" && !matches!(t.before(i, 1), "in" | "over");
    let bare = || quantity::bare(t, at + 1).filter(|_| !verb);
    let Quantity { amount, unit, end } = match counted {
        Some((n, _)) => Quantity { amount: Amount::Exactly(n), ..bare()? },
        None => quantity::at(t, at + 1).or_else(bare)?,
    };
    let single = amount == Amount::Exactly(1)
        && (the == 0 || anchor == Anchor::Narrative || t.lower(i) == "this");
    let of = t.lower(end) == "of" || t.lower(end) == "before";
    let expr = Expr::Window { unit, amount, back, anchor };
    (!single && !of).then(|| Hit::date(i, end, expr))
}

/// "recently", "now", "in the near future": words that give only a side of the time of telling.
fn near(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let ends = |at: usize| t.is_break(at) || pieces::goes_on(t, at);
    let (length, side) = match (t.lower(i), t.lower(i + 1)) {
        ("recently" | "lately", _) => (1, TimeSide::Past),
        ("recent", next) if lexicon::unit(next).is_none() => (1, TimeSide::Past),
        ("the", "past") if is_whole_past(t, i) => (2, TimeSide::Past),
        ("now", next) if next != "that" || t.before(i, 1) == "until" => (1, TimeSide::Present),
        ("nowadays" | "currently" | "presently", _) => (1, TimeSide::Present),
        ("at", "present") | ("these", "days") => (2, TimeSide::Present),
        ("the", "present") if t.lower(i + 2) == "day" => (3, TimeSide::Present),
        ("the", "present") | ("to", "date") if ends(i + 2) => (2, TimeSide::Present),
        ("the", "moment") if t.before(i, 1) == "at" && ends(i + 2) => (2, TimeSide::Present),
        ("the", "future") if ends(i + 2) => (2, TimeSide::Future),
        ("the", "near" | "foreseeable") if t.lower(i + 2) == "future" => (3, TimeSide::Future),
        _ => return None,
    };
    Some(Hit::date(i, i + length, Expr::Near(side)))
}

/// "in the past" and "the past" before nothing that it describes.
fn is_whole_past(t: &Tokens<'_>, i: usize) -> bool {
    let ends = t.is_break(i + 2) || pieces::goes_on(t, i + 2);
    match t.before(i, 1) {
        _ if t.lower(i + 2) == "quarter" => false,
        "in" => true,
        "of" | "" => false,
        _ => ends,
    }
}
