//! Calendar dates: days, months, seasons, years, decades.
//!
//! Owns the order of their parts in English news; refuses expressions counted from another day.

use jiff::civil::Weekday;

use crate::expr::{Expr, Hit, YearRef};
use crate::lexicon::{self, Part};
use crate::pieces::{self, Support};
use crate::token::Tokens;

/// The longest calendar date that begins at token `i`.
pub(crate) fn at(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let rules = [weekday_date, day_range, day_first, month_first, iso, numeric, period];
    longest(rules.iter().filter_map(|rule| rule(t, i)))
}

/// The first of the longest among `hits`.
pub(crate) fn longest(hits: impl Iterator<Item = Hit>) -> Option<Hit> {
    hits.reduce(|best, next| if next.end > best.end { next } else { best })
}

/// "Thursday, March 12", "Thursday 12 March 2020", "Thu. 12 Mar".
fn weekday_date(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let (weekday, _) = lexicon::weekday(t.lower(i)).filter(|_| t.is_capital(i))?;
    let mut next = i + 1;
    while matches!(t.text(next), "," | ".") || (next < i + 4 && t.lower(next) == "the") {
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

/// "3-5 March 2020", "3 and 4 March", "March 3 to 5, 2020".
fn day_range(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    day_range_day_first(t, i).or_else(|| day_range_month_first(t, i))
}

fn joins(t: &Tokens<'_>, i: usize) -> bool {
    matches!(t.lower(i), "-" | "–" | "—" | "to" | "and" | "/" | "until" | "till" | "through" | "or")
}

fn day_range_day_first(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let first = pieces::day(t, i)?;
    let second = joins(t, first.end).then(|| pieces::day(t, first.end + 1))??;
    let at = second.end + usize::from(t.lower(second.end) == "of");
    let month = pieces::month(t, at, Support::Some)?;
    let year = pieces::year_after(t, month.end);
    let reasons = [first.reasons, second.reasons, month.reasons, year.reasons].concat();
    let hit = days(i, year.end, year.value, month.value, first.value, second.value)?;
    Some(hit.because(reasons).of_parts(vec![i..first.end, first.end + 1..year.end]))
}

fn day_range_month_first(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let month = pieces::month(t, i, Support::Some)?;
    let first = pieces::day(t, month.end)?;
    let second = joins(t, first.end).then(|| pieces::day(t, first.end + 1))??;
    if pieces::is_counting(t, second.end) || pieces::month(t, second.end, Support::Some).is_some() {
        return None;
    }
    let year = pieces::year_after(t, second.end);
    let reasons = [month.reasons, first.reasons, second.reasons, year.reasons].concat();
    let hit = days(i, year.end, year.value, month.value, first.value, second.value)?;
    Some(hit.because(reasons).of_parts(vec![i..first.end, first.end + 1..year.end]))
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
    let at = day.end
        + usize::from(t.lower(day.end) == "of" || (t.text(day.end) == "-" && t.glued(day.end)));
    let four = |at: usize| {
        pieces::year(t, at + 1 + usize::from(matches!(t.text(at + 1), "," | "-"))).is_some()
    };
    let support = if four(at) { Support::Full } else { support };
    let month = pieces::month(t, at, support)?;
    let dash = usize::from(t.text(month.end) == "-" && t.glued(month.end));
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
    let month = pieces::month(t, i, support)?;
    let at = month.end + usize::from(t.lower(month.end) == "the");
    let day = pieces::day(t, at)?;
    let year = pieces::year_after(t, day.end);
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

/// Digits of `width` characters at `i`, glued to what stands before when `glued`.
fn digits(t: &Tokens<'_>, i: usize, widths: &[usize], glued: bool) -> Option<i16> {
    let text = t.text(i);
    let fits = widths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    (fits && (!glued || t.glued(i))).then(|| text.parse().ok()).flatten()
}

/// "2020-03-12", "2020/03/12".
fn iso(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let year = digits(t, i, &[4], false)?;
    let separator = t.text(i + 1);
    let same = matches!(separator, "-" | "/" | ".") && t.text(i + 3) == separator;
    let glued = t.glued(i + 1) && t.glued(i + 3);
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

/// A month, season, year, decade or century, perhaps only a part of it.
fn period(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    if t.lower(i) == "the" && matches!(t.lower(i + 1), "early" | "mid" | "late") {
        return period(t, i + 1).map(|hit| Hit { start: i, ..hit });
    }
    let part = pieces::part(t, i);
    let (at, named) = part.as_ref().map_or((i, None), |p| (p.end, Some(p.value)));
    if part.is_none() && t.lower(i) == "the" {
        return decade(t, i + 1, None)
            .or_else(|| century(t, i + 1, None))
            .or_else(|| the_season(t, i))
            .map(|hit| Hit { start: i, ..hit });
    }
    let rules = [month_period, season, year_period, decade, century];
    let best = longest(rules.iter().filter_map(|rule| rule(t, at, named)))?;
    Some(Hit { start: i, ..best })
}

fn month_period(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Hit> {
    let shift = match t.lower(i) {
        "last" | "past" => Some(-1),
        "this" => Some(0),
        "next" | "coming" => Some(1),
        _ => None,
    };
    let at = i + usize::from(shift.is_some());
    let licensed = part.is_some() || shift.is_some() || is_time_preposition(t.before(i, 1));
    let dated = pieces::year(t, at + 1).is_some();
    let support = if dated && lexicon::month(t.lower(at)).is_some() {
        Support::Full
    } else if licensed || dated {
        Support::Some
    } else {
        Support::None
    };
    let month = pieces::month(t, at, support)?;
    let year = pieces::year_after(t, month.end);
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
        (YearRef::Missing, Some(shift)) => YearRef::Occurrence(shift),
        (value, _) => value,
    };
    let expr = Expr::Month { year: value, month: month.value, part };
    let end = if year.value == YearRef::Missing { month.end } else { year.end };
    Some(Hit::date(i, end, expr).because([month.reasons, year.reasons].concat()))
}

fn is_time_preposition(word: &str) -> bool {
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
        return false;
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
    const GOES_ON: [&str; 26] = [
        "so", "as", "to", "in", "on", "at", "and", "but", "when", "after", "before", "by", "the",
        "with", "for", "that", "which", "who", "while", "against", "from", "near", "where", "a",
        "an", "it",
    ];
    let YearRef::Stated(year) = year else {
        return None;
    };
    let day = pieces::day(t, end).filter(|_| t.text(end).bytes().all(|b| b.is_ascii_digit()))?;
    let stranded =
        (t.is_break(day.end) && t.text(day.end) != "-") || GOES_ON.contains(&t.lower(day.end));
    stranded.then(|| {
        let expr = Expr::Garbled { year, month, day: day.value };
        Hit::date(start, day.end, expr)
    })
}

/// "the summer of 2014", "in the summer".
fn the_season(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    if let Some(hit) = season(t, i + 1, None) {
        return Some(hit);
    }
    let season = lexicon::season(t.lower(i + 1))?;
    let placed = matches!(t.before(i, 1), "in" | "during" | "since" | "by" | "until");
    let open = t.lower(i + 1) == "fall" || t.lower(i + 2) == "of" || t.is_capital(i + 1);
    let expr = Expr::Season { year: YearRef::Missing, season, part: None };
    (placed && !open).then(|| Hit::date(i, i + 2, expr))
}

fn season(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Hit> {
    let shift = match t.lower(i) {
        "last" | "past" => Some(-1),
        "this" => Some(0),
        "next" | "coming" => Some(1),
        _ => None,
    };
    let at = i + usize::from(shift.is_some());
    let season = lexicon::season(t.lower(at))?;
    let year = pieces::year_after(t, at + 1);
    let value = match (year.value, shift) {
        (YearRef::Missing, Some(shift)) => YearRef::Occurrence(shift),
        (value, _) => value,
    };
    let plain_fall = t.lower(at) == "fall" && year.value == YearRef::Missing && shift.is_none();
    let licensed = value != YearRef::Missing
        || part.is_some()
        || matches!(t.before(i, 1), "in" | "since" | "during");
    let expr = Expr::Season { year: value, season, part };
    let end = if year.value == YearRef::Missing { at + 1 } else { year.end };
    let bare_of = year.value == YearRef::Missing && t.lower(at + 1) == "of";
    (licensed && !plain_fall && !bare_of).then(|| Hit::date(i, end, expr))
}

/// "in 2012", "the 2019 coup", "late 2018", "the year 2015".
fn year_period(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Hit> {
    let named = t.lower(i) == "year";
    let found = pieces::year(t, i + usize::from(named));
    if named && found.is_none() {
        return year_by_number(t, i);
    }
    let found = found?;
    let joined = matches!(t.text(found.end), "-" | "/" | "–")
        && t.glued(found.end)
        && t.text(found.end + 1).bytes().next().is_some_and(|b| b.is_ascii_digit())
        && t.glued(found.end + 1);
    let era = matches!(t.lower(found.end), "bc" | "bce");
    let licensed = part.is_some() || named || is_year_place(t, i, found.end, found.value);
    if era || !licensed || (!pieces::is_plausible(found.value) && !named) {
        return None;
    }
    let years_range =
        joined && t.text(found.end + 1).len() != 4 && t.text(found.end + 1).len() != 2;
    let expr = Expr::Year { year: found.value, part };
    (!years_range).then(|| Hit::date(i, found.end, expr).because(found.reasons))
}

/// "year 0".
fn year_by_number(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let year = digits(t, i + 1, &[1, 2, 3, 5], false)?;
    (year == 0 || year > 2100).then(|| Hit::date(i, i + 2, Expr::Year { year, part: None }))
}

/// Whether a four-digit number stands where a year does, and counts nothing.
fn is_year_place(t: &Tokens<'_>, i: usize, end: usize, year: i16) -> bool {
    let before = t.before(i, 1);
    let recent = (1900..=2100).contains(&year);
    let counted = pieces::is_counting(t, end) && (year % 10 == 0 || t.lower(end) == "people");
    if counted || matches!(t.text(end), "%" | "°") {
        return false;
    }
    let preposition = is_time_preposition(before)
        || matches!(before, "late" | "early" | "mid" | "circa" | "year" | "since");
    let bracketed =
        recent && matches!(before, "(" | "[") && matches!(t.text(end), ")" | "]" | "-" | "–" | ",");
    let attribute = recent
        && matches!(
            before,
            "the" | "a" | "an" | "s" | "its" | "his" | "their" | "this" | "’" | "'"
        )
        && t.is_small(end)
        && !pieces::is_counting(t, end);
    let range_end = recent && matches!(before, "-" | "–") && t.glued(i);
    let opening = recent && i == 0 && t.text(end) == ",";
    (preposition && (recent || !t.is_small(end) || !pieces::is_counting(t, end)))
        || bracketed
        || attribute
        || range_end
        || opening
}

/// "1990s", "the early 1990s".
fn decade(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Hit> {
    let text = t.text(i);
    let first = text.strip_suffix('s').filter(|d| d.len() == 4 && d.ends_with('0'))?;
    let first: i16 = first.parse().ok().filter(|y| pieces::is_plausible(*y))?;
    Some(Hit::date(i, i + 1, Expr::Decade { first, part }))
}

/// "19th century", "the late twentieth century" in digits.
fn century(t: &Tokens<'_>, i: usize, part: Option<Part>) -> Option<Hit> {
    let at = i + 1 + usize::from(t.text(i + 1) == "-");
    if !matches!(t.lower(at), "century" | "centuries") {
        return None;
    }
    let lower = t.lower(i);
    let digits = ["th", "st", "nd", "rd"].iter().find_map(|ending| lower.strip_suffix(ending));
    let ordinal = digits.and_then(|d| d.parse::<i16>().ok()).or(match lower {
        "nineteenth" => Some(19),
        "twentieth" => Some(20),
        _ => None,
    });
    let ordinal = ordinal.filter(|n| (10..=21).contains(n))?;
    Some(Hit::date(i, at + 1, Expr::Century { ordinal, part }))
}
