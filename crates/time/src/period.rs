//! Periods of the calendar: quarters, years, decades, centuries, numbered weeks and weeks that hold a day.
//!
//! Owns their names and which of all periods reaches furthest; refuses days.

use crate::absolute::{self, longest};
use crate::expr::{Expr, Hit, YearRef};
use crate::lexicon::{self, Part};
use crate::month;
use crate::pieces;
use crate::season;
use crate::spelled;
use crate::token::Tokens;
use crate::weekday;
use crate::year_place;

/// A month, season, quarter, year, decade or century, perhaps only a part of it.
pub(crate) fn at(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let part = pieces::part(t, i);
    let told = matches!(t.lower(i + 1), "following" | "next" | "previous" | "preceding" | "same");
    if part.is_none() && t.lower(i) == "the" && !told {
        return the_period(t, i + 1).map(|hit| Hit { start: i, ..hit });
    }
    let (at, named) = part.as_ref().map_or((i, None), |p| (p.end, Some(p.value)));
    let rules = [
        month::at,
        month::in_numbers,
        season::at,
        year,
        decade,
        century,
        short_decade,
        short_year,
        quarter,
        week_number,
    ];
    let best = longest(rules.iter().filter_map(|rule| rule(t, at, named)))
        .or_else(|| week_of(t, i).filter(|_| part.is_none()))?;
    Some(Hit { start: i, ..best })
}

/// Behind "the": "the early 1990s", "the summer", "the month of March", "the week of 5 May".
fn the_period(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    if let Some(part) = pieces::part(t, i) {
        let rules = [month::at, season::at, year, decade, century, short_decade];
        return longest(rules.iter().filter_map(|rule| rule(t, part.end, Some(part.value))));
    }
    if t.are(i, &["month", "of"]) {
        return month::at(t, i + 2, None);
    }
    if t.lower(i) == "year" {
        return year(t, i, None);
    }
    decade(t, i, None)
        .or_else(|| century(t, i, None))
        .or_else(|| short_decade(t, i, None))
        .or_else(|| season::the(t, i))
        .or_else(|| week_of(t, i))
}

/// "in 2012", "the 2019 coup", "late 2018", "the year 2015", "490 BC", "2017 April".
fn year(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Hit> {
    if let Some(found) = pieces::year_of_era(t, i) {
        return Some(Hit::date(i, found.end, Expr::Year { year: found.value, part }));
    }
    let named = t.lower(i) == "year";
    let found = pieces::year(t, i + usize::from(named));
    if named && found.is_none() {
        return year_by_number(t, i);
    }
    let Some(found) = found else {
        let placed = part.is_some()
            || matches!(
                t.before(i, 1),
                "in" | "since" | "until" | "of" | "from" | "to" | "between" | "by"
            );
        let (year, end) = spelled::year(t, i).filter(|_| placed)?;
        let counted = pieces::is_counting(t, end) || matches!(t.lower(end), "hundred" | "thousand");
        return (!counted).then(|| Hit::date(i, end, Expr::Year { year, part }));
    };
    let digit = |at: usize| t.text(at).bytes().next().is_some_and(|b| b.is_ascii_digit());
    let joined = matches!(t.text(found.end), "-" | "/" | "–")
        && t.glued(found.end)
        && digit(found.end + 1)
        && t.glued(found.end + 1);
    let named_month =
        lexicon::month(t.lower(found.end)).is_some_and(|(m, _)| !lexicon::is_word_too(m));
    let monthly = (1900..=2100).contains(&found.value)
        && (named_month || matches!(t.text(found.end), "/" | "-"))
        && month::behind_year(t, i, found.end, found.value).is_some();
    let licensed =
        part.is_some() || named || monthly || year_place::is_year(t, i, found.end, found.value);
    if !licensed || (!pieces::is_plausible(found.value) && !named) {
        return None;
    }
    if let Some(hit) = month::behind_year(t, i, found.end, found.value).filter(|_| part.is_none()) {
        return Some(hit);
    }
    let years_range =
        joined && t.text(found.end + 1).len() != 4 && t.text(found.end + 1).len() != 2;
    let expr = Expr::Year { year: found.value, part };
    (!years_range).then(|| Hit::date(i, found.end, expr).because(found.reasons))
}

/// "in '68": a year of the twentieth century from the thirties on.
fn short_year(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Hit> {
    let quoted = matches!(t.text(i), "'" | "’" | "‘") && t.glued(i + 1);
    let placed = part.is_some() || matches!(t.before(i, 1), "in" | "of" | "since" | "until");
    let short = absolute::digits(t, i + 1, &[2], true).filter(|n| *n >= 30)?;
    let closed = t.is_break(i + 2) || pieces::goes_on(t, i + 2);
    let expr = Expr::Year { year: 1900 + short, part };
    (quoted && placed && closed).then(|| Hit::date(i, i + 2, expr))
}

/// "year 0".
fn year_by_number(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let year = absolute::digits(t, i + 1, &[1, 2, 3, 5], false)?;
    (year == 0 || year > 2100).then(|| Hit::date(i, i + 2, Expr::Year { year, part: None }))
}

/// "1990s", "1990's", "the 480s BC", "the seventies".
fn decade(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Hit> {
    let text = t.text(i);
    let apart = matches!(t.text(i + 1), "'" | "’") && t.lower(i + 2) == "s";
    let digits = text.strip_suffix('s').or_else(|| Some(text).filter(|_| apart));
    if let Some(digits) = digits.filter(|d| d.ends_with('0') && matches!(d.len(), 3 | 4)) {
        let end = i + 1 + if apart { 2 } else { 0 };
        let first: i16 = digits.parse().ok()?;
        if let Some((true, end)) = pieces::era(t, end) {
            // 489 to 480 BC are the years -488 to -479.
            return Some(Hit::date(i, end, Expr::Decade { first: 1 - first - 9, part }));
        }
        return pieces::is_plausible(first)
            .then(|| Hit::date(i, end, Expr::Decade { first, part }));
    }
    let named = part.is_some() || t.before(i, 1) == "the";
    let aged = matches!(t.before(i, 1), "his" | "her" | "their");
    let (first, end) = spelled::decade(t, i).filter(|_| named && !aged)?;
    Some(Hit::date(i, end, Expr::Decade { first, part }))
}

/// "the '80s", "the mid-80s", "the 70's"; of the twentieth century from the twenties on.
fn short_decade(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Hit> {
    let quote = matches!(t.text(i), "'" | "’" | "‘");
    let at = i + usize::from(quote);
    let apart = matches!(t.text(at + 1), "'" | "’") && t.lower(at + 2) == "s";
    let digits = t.text(at).strip_suffix('s').or_else(|| Some(t.text(at)).filter(|_| apart))?;
    let tens: i16 = digits.parse().ok().filter(|n| n % 10 == 0 && digits.len() == 2)?;
    let listed = matches!(t.before(i, 1), "and" | "or")
        && t.before(i, 2).ends_with("0s")
        && t.before(i, 2).len() == 5;
    let named = part.is_some() || t.before(i, 1) == "the" || listed;
    let aged = matches!(t.before(i, 2), "in" | "his" | "her" | "their") && t.before(i, 1) != "the";
    let first = if tens <= 10 { 2000 + tens } else { 1900 + tens };
    let end = at + 1 + if apart { 2 } else { 0 };
    (named && !aged).then(|| Hit::date(i, end, Expr::Decade { first, part }))
}

/// "19th century", "the late twentieth century", "the fifth century BC".
fn century(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Hit> {
    let lower = t.lower(i);
    let digits = ["th", "st", "nd", "rd"].iter().find_map(|ending| lower.strip_suffix(ending));
    let (ordinal, end) = match digits.and_then(|d| d.parse::<i16>().ok()) {
        Some(n) => (n, i + 1),
        None if roman(t.text(i)).is_some() => (roman(t.text(i))?, i + 1),
        None => spelled::ordinal_day(t, i).map(|(n, end)| (i16::from(n), end))?,
    };
    let at = end + usize::from(t.text(end) == "-");
    if !matches!(t.lower(at), "century" | "centuries") || !(1..=21).contains(&ordinal) {
        return None;
    }
    let (ordinal, end) = match pieces::era(t, at + 1) {
        // The first century BC is the years 100 BC to 1 BC, -99 to 0.
        Some((true, end)) => (1 - ordinal, end),
        Some((false, end)) => (ordinal, end),
        None if ordinal < 6 => return None,
        None => (ordinal, at + 1),
    };
    Some(Hit::date(i, end, Expr::Century { ordinal, part }))
}

/// A number up to 21 as the Romans wrote it.
fn roman(text: &str) -> Option<i16> {
    const UNITS: [&str; 10] = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    let ones = text.trim_start_matches('X');
    let tens = i16::try_from(text.len() - ones.len()).ok().filter(|n| *n <= 2)?;
    let units = UNITS.iter().position(|unit| *unit == ones)?;
    let number = tens * 10 + i16::try_from(units).ok()?;
    (1..=21).contains(&number).then_some(number)
}

pub(crate) fn quarter_name(t: &Tokens<'_>, i: usize) -> Option<Part> {
    match t.text(i) {
        "Q1" => Some(Part::Quarter(1)),
        "Q2" => Some(Part::Quarter(2)),
        "Q3" => Some(Part::Quarter(3)),
        "Q4" => Some(Part::Quarter(4)),
        "H1" => Some(Part::Half(1)),
        "H2" => Some(Part::Half(2)),
        _ => None,
    }
}

/// "Q3 2019", "H1", "Q3 of this year".
fn quarter(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Hit> {
    let name = quarter_name(t, i).filter(|_| part.is_none())?;
    let year = pieces::year_after(t, i + 1);
    let placed = year.value != YearRef::Missing
        || matches!(t.before(i, 1), "in" | "during" | "since" | "by" | "for" | "this" | "of");
    let expr = Expr::YearPart { year: year.value, part: name };
    placed.then(|| Hit::date(i, year.end.max(i + 1), expr))
}

/// "week 31 of 2018", "Week 31": numbered after ISO 8601.
fn week_number(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Hit> {
    let named = t.lower(i) == "week" && part.is_none();
    let week = absolute::digits(t, i + 1, &[1, 2], false).filter(|_| named)?;
    let week = i8::try_from(week).ok().filter(|w| (1..=53).contains(w))?;
    let year = pieces::year_after(t, i + 2);
    let said = year.value != YearRef::Missing || t.is_capital(i) || t.before(i, 1) == "in";
    let expr = Expr::WeekNumber { year: year.value, week };
    said.then(|| Hit::date(i, year.end.max(i + 2), expr))
}

/// "the week of 5 May", "the week beginning on 4 February".
fn week_of(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let led = match (t.lower(i), t.lower(i + 1)) {
        ("week", "of" | "beginning" | "starting" | "commencing" | "from") => 2,
        _ => return None,
    };
    let at = i + led + usize::from(t.lower(i + led) == "on");
    let inner = absolute::day(t, at).or_else(|| weekday::ranked_day(t, at))?;
    Some(Hit::date(i, inner.end, Expr::WeekOf(Box::new(inner.expr))).because(inner.reasons))
}
