//! Weekdays: "late on Friday", "last Tuesday", "Friday next week", "the first Monday of May".
//!
//! Owns what stands beside a weekday without a date of its own; refuses weekdays before a day and month.

use jiff::civil::Weekday;

use crate::absolute::longest;
use crate::calendar;
use crate::expr::{Anchor, Expr, Hit, WeekdayShift, YearRef};
use crate::lexicon::{self, Unit};
use crate::pieces::{self, Support};
use crate::spelled;
use crate::token::Tokens;

/// The longest expression with a weekday, or with a day's number alone, at `i`.
pub(crate) fn at(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let rules = [
        plain,
        two,
        from_to,
        of_week,
        of_month,
        with_day,
        day_of,
        day_range_of,
        days_alone,
        day_alone,
    ];
    longest(rules.iter().filter_map(|rule| rule(t, i)))
}

/// "Tuesday", "last Friday", "late on Sunday night", "the following Monday".
fn plain(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let mut at = i;
    if matches!(t.lower(at), "late" | "early" | "later" | "earlier") {
        at += 1 + usize::from(t.lower(at + 1) == "on");
    }
    let (shift, length) = match (t.lower(at), t.lower(at + 1)) {
        ("this" | "the", "past" | "last") => (WeekdayShift::Last, 2),
        ("the", "following" | "next") => (WeekdayShift::Following, 2),
        ("the", "previous" | "preceding") => (WeekdayShift::Preceding, 2),
        ("last" | "past", _) => (WeekdayShift::Last, 1),
        ("previous", _) if t.before(at, 1) != "the" => (WeekdayShift::Last, 1),
        ("this", _) => (WeekdayShift::This, 1),
        ("next" | "coming", _) => (WeekdayShift::Next, 1),
        ("following", _) if t.before(at, 1) != "the" => (WeekdayShift::Following, 1),
        ("that", _) => return None,
        _ => (WeekdayShift::Bare, 0),
    };
    let at = at + length;
    let end = at + 1 + usize::from(lexicon::is_day_part(t.lower(at + 1)));
    let Some(weekday) = named(t, at) else {
        let placed = shift == WeekdayShift::Last || t.before(at, 1) == "on";
        let weekday =
            lexicon::misspelt_weekday(t.lower(at)).filter(|_| placed && t.is_capital(at))?;
        let name = lexicon::weekday_name(weekday);
        let reason = format!("the weekday's name is misspelt and read as {name}");
        return Some(Hit::date(i, end, Expr::Weekday { weekday, shift }).because(vec![reason]));
    };
    Some(Hit::date(i, end, Expr::Weekday { weekday, shift }))
}

/// "Monday and Tuesday", "on Friday and on Saturday": a day and the next one.
fn two(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let bare = |at: usize| {
        let hit = plain(t, at).filter(|hit| hit.reasons.is_empty())?;
        let Expr::Weekday { weekday, shift: WeekdayShift::Bare } = hit.expr else { return None };
        Some((weekday, hit.end))
    };
    let (first, end) = bare(i)?;
    let on = usize::from(t.lower(end + 1) == "on");
    let (second, behind) = bare(end + 1 + on).filter(|_| t.lower(end) == "and")?;
    let day = |weekday| Box::new(Expr::Weekday { weekday, shift: WeekdayShift::Bare });
    let parts = vec![i..end, end + 1 + on..behind];
    let range = Expr::Range(day(first), day(second));
    (first.next() == second).then(|| Hit::date(i, behind, range).of_parts(parts))
}

/// "between Friday night and the early hours of Sunday", "from Monday to Wednesday morning".
fn from_to(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let joins: &[&str] = match t.lower(i) {
        "between" => &["and"],
        "from" => &["to", "until", "till", "through", "into"],
        _ => return None,
    };
    let bare = |at: usize| {
        let hit = plain(t, at).filter(|hit| hit.reasons.is_empty())?;
        let Expr::Weekday { weekday, shift: WeekdayShift::Bare } = hit.expr else { return None };
        Some((weekday, hit.end))
    };
    let hours = |at: usize| {
        let the = at + usize::from(t.lower(at) == "the");
        let early = matches!(t.lower(the), "early" | "small" | "late");
        if early && t.lower(the + 1) == "hours" && t.lower(the + 2) == "of" { the + 3 } else { at }
    };
    let start = hours(i + 1);
    let (first, end) = bare(start)?;
    let next = hours(end + 1);
    let (second, behind) = bare(next).filter(|_| joins.contains(&t.lower(end)))?;
    let day = |weekday| Box::new(Expr::Weekday { weekday, shift: WeekdayShift::Bare });
    let parts = vec![start..end, next..behind];
    let range = Expr::Range(day(first), day(second));
    (first != second).then(|| Hit::date(i, behind, range).of_parts(parts))
}

/// The weekday at `i`, unless it is part of another name; short names need a capital and a preposition.
fn named(t: &Tokens<'_>, i: usize) -> Option<Weekday> {
    let owner = t.lower(i).strip_suffix('s').filter(|_| is_owner(t, i));
    let (weekday, short) = lexicon::weekday(owner.unwrap_or(t.lower(i)))?;
    let placed = t.before(i, 1) == "on" && (t.is_capital(i) || t.lower(i).len() > 3);
    let fits = if short { placed } else { true };
    (fits && !is_other_name(t, i)).then_some(weekday)
}

/// "*Fridays* attack": a weekday that owns the noun behind it and has lost its apostrophe; not "on *Fridays* people marched".
pub(crate) fn is_owner(t: &Tokens<'_>, i: usize) -> bool {
    const OPEN: [&str; 22] = [
        "when", "after", "from", "with", "before", "since", "while", "between", "until", "were",
        "have", "through", "during", "they", "than", "which", "there", "this", "that", "into",
        "only", "where",
    ];
    let day = t.lower(i).strip_suffix('s').and_then(lexicon::weekday);
    let several = matches!(
        t.before(i, 1),
        "on" | "most" | "some" | "many" | "all" | "and" | "or" | "to" | "these" | "those" | "two"
    );
    let owned = t.is_small(i + 1) && t.lower(i + 1).len() > 3 && !OPEN.contains(&t.lower(i + 1));
    day.is_some_and(|(_, short)| !short) && t.is_capital(i) && !several && owned
}

/// "Bloody Sunday", "Sunday Times": names that hold a weekday.
fn is_other_name(t: &Tokens<'_>, i: usize) -> bool {
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

/// "last", "this" or "next week" at `i`, from publication or the tale, and where it ends.
fn week(t: &Tokens<'_>, i: usize) -> Option<(Expr, usize)> {
    let (shift, anchor, length) = match (t.lower(i), t.lower(i + 1)) {
        ("the", "following" | "next") => (1, Anchor::Narrative, 2),
        ("the", "previous" | "preceding") => (-1, Anchor::Narrative, 2),
        ("that", _) => (0, Anchor::Narrative, 1),
        ("last", _) => (-1, Anchor::Publication, 1),
        ("this", _) => (0, Anchor::Publication, 1),
        ("next", _) => (1, Anchor::Publication, 1),
        _ => return None,
    };
    let expr = Expr::Current { unit: Unit::Week, shift, part: None, anchor };
    (t.lower(i + length) == "week").then_some((expr, i + length + 1))
}

/// "Friday next week", "Monday of last week", "this week Friday".
fn of_week(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    if let Some((of, end)) = week(t, i) {
        let weekday = named(t, end + usize::from(t.lower(end) == "on"))?;
        let end = end + 1 + usize::from(t.lower(end) == "on");
        return Some(Hit::date(i, end, Expr::WeekdayOf { weekday, nth: 1, of: Box::new(of) }));
    }
    let day = i + usize::from(t.lower(i) == "the");
    let weekday = named(t, day)?;
    let part = day + 1 + usize::from(lexicon::is_day_part(t.lower(day + 1)));
    let at = part + usize::from(matches!(t.lower(part), "of" | "in"));
    let (of, end) = week(t, at)?;
    Some(Hit::date(i, end, Expr::WeekdayOf { weekday, nth: 1, of: Box::new(of) }))
}

/// "the first Friday of July 2015", "the last Monday in this month".
fn of_month(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let start = i + usize::from(t.lower(i) == "the");
    let nth = match t.lower(start) {
        "last" | "final" => calendar::LAST,
        word => lexicon::ordinal(word).filter(|n| *n <= 5)?,
    };
    let weekday = named(t, start + 1)?;
    let joined = matches!(t.lower(start + 2), "of" | "in");
    let (of, end) = month(t, start + 3).filter(|_| joined)?;
    Some(Hit::date(i, end, Expr::WeekdayOf { weekday, nth, of: Box::new(of) }))
}

/// A month by its name, or "this", "last", "next month", "the month"; and where it ends.
fn month(t: &Tokens<'_>, i: usize) -> Option<(Expr, usize)> {
    if let Some(month) = pieces::month(t, i, Support::Full).filter(|m| m.reasons.is_empty()) {
        let year = pieces::year_after(t, month.end);
        let end = if year.value == YearRef::Missing { month.end } else { year.end };
        return Some((Expr::Month { year: year.value, month: month.value, part: None }, end));
    }
    current_month(t, i)
}

fn current_month(t: &Tokens<'_>, i: usize) -> Option<(Expr, usize)> {
    let (shift, anchor, length) = match (t.lower(i), t.lower(i + 1)) {
        ("the", "following" | "next") => (1, Anchor::Narrative, 2),
        ("the", "previous" | "preceding") => (-1, Anchor::Narrative, 2),
        ("the" | "that", "same") => (0, Anchor::Narrative, 2),
        ("that", _) => (0, Anchor::Narrative, 1),
        ("last", _) => (-1, Anchor::Publication, 1),
        ("this", _) => (0, Anchor::Publication, 1),
        ("next", _) => (1, Anchor::Publication, 1),
        _ => return None,
    };
    let expr = Expr::Current { unit: Unit::Month, shift, part: None, anchor };
    (t.lower(i + length) == "month").then_some((expr, i + length + 1))
}

/// "Friday the 13th", "Tuesday, the twenty-first".
fn with_day(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let (weekday, _) = lexicon::weekday(t.lower(i))?;
    let comma = usize::from(t.text(i + 1) == ",");
    let the = usize::from(t.lower(i + 1 + comma) == "the");
    let at = i + 1 + comma + the;
    let ranked = t.text(at).starts_with(|c: char| c.is_ascii_digit()) && pieces::is_ranked(t, at);
    if the == 0 && !(ranked && comma == 0) {
        return None;
    }
    let (day, end) = match pieces::day(t, at) {
        Some(day) => (day.value, day.end),
        None => spelled::cardinal_day(t, at)?,
    };
    let alone = t.is_break(end) || pieces::goes_on(t, end);
    alone.then(|| Hit::date(i, end, Expr::DayAlone { day, weekday: Some(weekday) }))
}

/// "the 20th of next month", "the 5th of that month", "31st of this month".
fn day_of(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let start = i + usize::from(t.lower(i) == "the");
    let day = pieces::day(t, start)?;
    let named = usize::from(t.lower(day.end) == "day" && pieces::is_ranked(t, start));
    let at = day.end + named;
    let of = usize::from(matches!(t.lower(at), "of" | "in"));
    let found = if named == 1 && of == 1 { month(t, at + of) } else { current_month(t, at + of) };
    let (expr, end) = found?;
    let value = Expr::DayOf { day: day.value, of: Box::new(expr) };
    Some(Hit::date(i, end, value).because(day.reasons))
}

/// "from 4 to 22 this month", "4-22 of next month".
fn day_range_of(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let led = usize::from(matches!(t.lower(i), "from" | "between"));
    let first = pieces::day(t, i + led)?;
    let joined = matches!(t.lower(first.end), "to" | "and" | "-" | "–" | "until" | "through");
    let second = joined.then(|| pieces::day(t, first.end + 1))??;
    let at = second.end + usize::from(matches!(t.lower(second.end), "of" | "in"));
    let (of, end) = current_month(t, at)?;
    let day = |day| Box::new(Expr::DayOf { day, of: Box::new(of.clone()) });
    let expr = Expr::Range(day(first.value), day(second.value));
    let parts = vec![i + led..first.end, first.end + 1..end];
    (first.value < second.value).then(|| Hit::date(i, end, expr).of_parts(parts))
}

/// "on the 27th", where nothing that it ranks follows.
fn day_alone(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let placed = matches!(
        t.before(i, 1),
        "on" | "since" | "until" | "by" | "around" | "before" | "after" | "for" | "from"
    );
    let the = usize::from(t.lower(i) == "the");
    let day = pieces::day(t, i + the).filter(|_| placed && (the == 1 || t.before(i, 1) == "on"))?;
    let digits = t.text(i + the).starts_with(|c: char| c.is_ascii_digit());
    let ranked = pieces::is_ranked(t, i + the) && digits;
    let alone = t.is_break(day.end) || (pieces::goes_on(t, day.end) && t.lower(day.end) != "of");
    (ranked && alone && day.reasons.is_empty())
        .then(|| Hit::date(i, day.end, Expr::DayAlone { day: day.value, weekday: None }))
}

/// "between the 21st and 23rd", "from the 5th to the 9th".
fn days_alone(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let partner = match t.lower(i) {
        "between" => "and",
        "from" => "to",
        _ => return None,
    };
    let the = |at: usize| usize::from(t.lower(at) == "the");
    let ranked = |at: usize| {
        let digits = t.text(at).starts_with(|c: char| c.is_ascii_digit());
        pieces::day(t, at).filter(|_| digits && pieces::is_ranked(t, at))
    };
    let first = ranked(i + 1 + the(i + 1))?;
    let paired = t.lower(first.end) == partner;
    let second = if paired { ranked(first.end + 1 + the(first.end + 1)) } else { None }?;
    let alone = t.is_break(second.end)
        || (pieces::goes_on(t, second.end) && !matches!(t.lower(second.end), "of" | "in"));
    let day = |day| Box::new(Expr::DayAlone { day, weekday: None });
    let expr = Expr::Range(day(first.value), day(second.value));
    let parts = vec![i + 1..first.end, first.end + 1..second.end];
    (alone && first.value < second.value).then(|| Hit::date(i, second.end, expr).of_parts(parts))
}

/// "the 18th" by itself, where something before it says that it is a day.
pub(crate) fn ranked_day(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let the = usize::from(t.lower(i) == "the");
    let day = pieces::day(t, i + the).filter(|_| the == 1 && pieces::is_ranked(t, i + the))?;
    let alone = t.is_break(day.end) || pieces::goes_on(t, day.end);
    alone.then(|| Hit::date(i, day.end, Expr::DayAlone { day: day.value, weekday: None }))
}
