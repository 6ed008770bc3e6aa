//! Months of the calendar, alone, with a year on either side, in numbers, and misspelt.
//!
//! Owns when a word that is also a month means one; refuses days and longer periods.

use crate::absolute;
use crate::expr::{Expr, Hit, YearRef};
use crate::lexicon::{self, Part};
use crate::period;
use crate::pieces::{self, Support};
use crate::token::Tokens;

/// "last", "this" or "next" before a period that comes back every year, and how many words say so: the
/// year counted from publication, or from the tale ("the following March", "that June").
pub(crate) fn which(t: &Tokens<'_>, i: usize) -> (Option<YearRef>, usize) {
    let told = |shift| Some(YearRef::After(shift));
    if let Some(year) = year_before(t, i) {
        return (Some(year), 4);
    }
    match (t.lower(i), t.lower(i + 1)) {
        ("the", "following" | "next") => (told(1), 2),
        ("the", "previous" | "preceding") => (told(-1), 2),
        ("following", _) => (told(1), 1),
        ("previous" | "preceding", _) => (told(-1), 1),
        ("the" | "that", "same") => (told(0), 2),
        ("that", _) => (told(0), 1),
        ("last" | "past", _) => (Some(YearRef::Occurrence(-1)), 1),
        ("this", _) => (Some(YearRef::Occurrence(0)), 1),
        ("next" | "coming", _) => (Some(YearRef::Occurrence(1)), 1),
        _ => (None, 0),
    }
}

/// "March 2020", "last March", "that June", "early March", "in March".
pub(crate) fn at(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Hit> {
    let (shift, length) = which(t, i);
    // "they say that July was calm" points to no July told of before.
    let told = is_time_preposition(t.before(i, 1)) || t.is_break(i.wrapping_sub(1));
    if t.lower(i) == "that" && !told {
        return None;
    }
    let at = i + length;
    let licensed = part.is_some() || shift.is_some() || is_time_preposition(t.before(i, 1));
    let dated = pieces::year(t, at + 1).is_some() || pieces::year_of_era(t, at + 1).is_some();
    let spelt = lexicon::month(t.lower(at)).is_some();
    let support = if dated && spelt {
        Support::Full
    } else if licensed || dated || spelt {
        Support::Some
    } else {
        Support::None
    };
    let month = pieces::month(t, at, support)?;
    let dash =
        usize::from(t.text(month.end) == "-" && t.glued(month.end) && dated_behind(t, month.end));
    let year = pieces::year_after(t, month.end + dash);
    let named = year.value != YearRef::Missing || is_month_alone(t, at, licensed, month.value);
    let misread =
        !month.reasons.is_empty() && (year.value == YearRef::Missing && t.lower(at).len() < 6);
    if !named || misread {
        return None;
    }
    if let Some(garbled) =
        garbled(t, i, year.end, year.value, month.value).filter(|_| part.is_none())
    {
        return Some(garbled.because(month.reasons));
    }
    let value = match (year.value, shift) {
        (YearRef::Missing, Some(shift)) => shift,
        (value, _) => value,
    };
    let expr = Expr::Month { year: value, month: month.value, part };
    let end = if year.value == YearRef::Missing { month.end } else { year.end };
    Some(Hit::date(i, end, expr).because([month.reasons, year.reasons].concat()))
}

/// "Dec-2018": a year right behind a dash.
fn dated_behind(t: &Tokens<'_>, dash: usize) -> bool {
    t.glued(dash + 1) && pieces::year(t, dash + 1).is_some_and(|y| pieces::is_plausible(y.value))
}

pub(crate) fn is_time_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "since"
            | "of"
            | "by"
            | "until"
            | "till"
            | "through"
            | "during"
            | "from"
            | "to"
            | "before"
            | "after"
            | "between"
            | "around"
            | "throughout"
            | "and"
    )
}

/// Months whose names are also words or names of people need more than a capital.
fn is_month_alone(t: &Tokens<'_>, i: usize, licensed: bool, month: i8) -> bool {
    if lexicon::month(t.lower(i)).is_some_and(|(_, s)| s == lexicon::Spelling::Abbreviated) {
        let named = t.is_capital(i + 1) || matches!(t.text(i + 1), "'" | "’");
        let partner = matches!(t.text(i + 1), "-" | "–" | "to" | "and" | "through")
            && lexicon::month(t.lower(i + 2)).is_some();
        if partner && t.is_capital(i) {
            return true;
        }
        let placed = matches!(
            t.before(i, 1),
            "from"
                | "to"
                | "between"
                | "and"
                | "through"
                | "after"
                | "in"
                | "since"
                | "until"
                | "during"
                | "last"
                | "this"
                | "next"
                | "early"
                | "late"
                | "-"
        );
        return (placed || t.before(i, 2) == "month") && licensed && !named;
    }
    if !matches!(month, 3..=6 | 8) {
        return true;
    }
    let name_follows = t.is_capital(i + 1) && !t.is_break(i + 1) && !matches!(month, 3);
    let noun_follows = t.is_small(i + 1)
        && !is_time_preposition(t.lower(i + 1))
        && !matches!(t.lower(i + 1), "on" | "for" | "against" | "with" | "at");
    let article = matches!(t.before(i, 1), "the" | "a" | "an" | "s");
    (licensed && !name_follows && t.before(i, 1) != "and") || (article && noun_follows)
}

/// "February 2020 9": a number stranded behind month and year.
fn garbled(t: &Tokens<'_>, start: usize, end: usize, year: YearRef, month: i8) -> Option<Hit> {
    let YearRef::Stated(year) = year else {
        return None;
    };
    let day = pieces::day(t, end).filter(|_| t.text(end).bytes().all(|b| b.is_ascii_digit()))?;
    let stranded = (t.is_break(day.end) && t.text(day.end) != "-") || pieces::goes_on(t, day.end);
    stranded.then(|| {
        let expr = Expr::Garbled { year, month, day: day.value };
        Hit::date(start, day.end, expr)
    })
}

/// "11/2016", "3/2015".
pub(crate) fn in_numbers(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Hit> {
    let month = absolute::digits(t, i, &[1, 2], false)?;
    let month = i8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
    let joined = matches!(t.text(i + 1), "/" | "-") && t.glued(i + 1) && t.glued(i + 2);
    let longer = i > 0 && t.glued(i) && matches!(t.before(i, 1), "/" | "-" | "." | ",");
    let year = pieces::year(t, i + 2).filter(|y| (1900..=2100).contains(&y.value))?;
    let more = matches!(t.text(year.end), "/" | "-") && t.glued(year.end);
    let expr = Expr::Month { year: YearRef::Stated(year.value), month, part };
    (joined && !longer && !more).then(|| Hit::date(i, year.end, expr))
}

/// "2017 April", "2016 Q2", "2015/3", "2015-03".
pub(crate) fn behind_year(t: &Tokens<'_>, i: usize, end: usize, year: i16) -> Option<Hit> {
    let stated = YearRef::Stated(year);
    if let Some(part) = period::quarter_name(t, end) {
        return Some(Hit::date(i, end + 1, Expr::Year { year, part: Some(part) }));
    }
    if let Some(month) = pieces::month(t, end, Support::Some).filter(|m| m.reasons.is_empty()) {
        let day = pieces::day(t, month.end).is_some();
        let expr = Expr::Month { year: stated, month: month.value, part: None };
        let word = lexicon::is_word_too(month.value) && !t.is_capital(end);
        return (!day && !word).then(|| Hit::date(i, month.end, expr));
    }
    let slashed = matches!(t.text(end), "/" | "-") && t.glued(end);
    let month = absolute::digits(t, end + 1, &[1, 2], true).filter(|_| slashed)?;
    let month = i8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
    let years =
        t.text(end) == "-" && year.rem_euclid(100) < i16::from(month) && t.text(end + 1).len() == 2;
    let more = matches!(t.text(end + 2), "/" | "-" | ".") && t.glued(end + 2) && t.glued(end + 3);
    let expr = Expr::Month { year: stated, month, part: None };
    (!years && !more).then(|| Hit::date(i, end + 2, expr))
}

/// "last year's", "this year's" before a month, a season or a named day.
fn year_before(t: &Tokens<'_>, i: usize) -> Option<YearRef> {
    let shift = match (t.lower(i), t.lower(i + 1)) {
        ("last", "year") => -1,
        ("this", "year") => 0,
        ("next", "year") => 1,
        _ => return None,
    };
    let possessive = matches!(t.text(i + 2), "'" | "’") && t.lower(i + 3) == "s";
    possessive.then_some(YearRef::Relative(shift))
}
