//! The parts of calendar dates: a day's number, a month's name, a year.
//!
//! Owns what may stand for each part, also misspelt or misread; refuses whole dates.

use crate::expr::YearRef;
use crate::lexicon::{self, Part, Spelling};
use crate::token::Tokens;

/// A part that was read, where it ends, and what was put right in it.
#[derive(Debug, Clone)]
pub(crate) struct Piece<T> {
    pub(crate) value: T,
    pub(crate) end: usize,
    pub(crate) reasons: Vec<String>,
}

impl<T> Piece<T> {
    const fn plain(value: T, end: usize) -> Self {
        Self { value, end, reasons: Vec::new() }
    }
}

/// The number of a day, 1 to 31, in digits, with an ordinal ending or as an ordinal word.
pub(crate) fn day(t: &Tokens<'_>, i: usize) -> Option<Piece<i8>> {
    if matches!(t.text(i + 1), ":" | "%") && t.glued(i + 1) {
        return None;
    }
    if i > 0 && t.glued(i) && matches!(t.before(i, 1), "." | "," | ":" | "$" | "€" | "£") {
        return None;
    }
    let text = t.text(i);
    let plain = in_month(text);
    if let Some(day) = plain {
        return Some(Piece::plain(day, i + 1));
    }
    let lower = t.lower(i);
    let suffixed = ["st", "nd", "rd", "th"].iter().find_map(|ending| lower.strip_suffix(ending));
    if let Some(day) = suffixed.and_then(in_month) {
        return Some(Piece::plain(day, i + 1));
    }
    if let Some(day) = lexicon::ordinal(lower).filter(|_| t.lower(i + 1) == "of") {
        return i8::try_from(day).ok().map(|day| Piece::plain(day, i + 1));
    }
    let digits = lexicon::misread_digits(text)?;
    in_month(&digits).map(|day| Piece {
        value: day,
        end: i + 1,
        reasons: vec!["a letter in the day's number is read as the digit it looks like".into()],
    })
}

fn in_month(digits: &str) -> Option<i8> {
    let short = matches!(digits.len(), 1 | 2) && digits.bytes().all(|b| b.is_ascii_digit());
    let day: i8 = short.then(|| digits.parse().ok()).flatten()?;
    (1..=31).contains(&day).then_some(day)
}

/// How firmly the neighbours of a word say that it is a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Support {
    /// Nothing but the word.
    None,
    /// A day's number or a year, or a preposition.
    Some,
    /// A day's number and a year or weekday.
    Full,
}

/// The month named at `i`. Misspelt names need support and a capital; abbreviations need support.
pub(crate) fn month(t: &Tokens<'_>, i: usize, support: Support) -> Option<Piece<i8>> {
    let lower = t.lower(i);
    if let Some((month, spelling)) = lexicon::month(lower) {
        let capital = t.is_capital(i);
        let fits = match spelling {
            Spelling::Full => capital || support == Support::Full,
            Spelling::Abbreviated => support >= Support::Some && capital,
        };
        let dot = spelling == Spelling::Abbreviated && t.text(i + 1) == "." && t.glued(i + 1);
        return fits.then(|| Piece::plain(month, i + 1 + usize::from(dot)));
    }
    if support == Support::None || !t.is_capital(i) {
        return None;
    }
    lexicon::misspelt_month(lower).map(|month| Piece {
        value: month,
        end: i + 1,
        reasons: vec![format!(
            "the month's name is misspelt and read as {}",
            lexicon::month_name(month)
        )],
    })
}

/// A year of four digits, one of which may be a letter that looks like a digit.
pub(crate) fn year(t: &Tokens<'_>, i: usize) -> Option<Piece<i16>> {
    let text = t.text(i);
    if text.len() != 4 || is_decimal(t, i) {
        return None;
    }
    if text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().map(|year| Piece::plain(year, i + 1));
    }
    let year = lexicon::misread_digits(text)?.parse().ok()?;
    Some(Piece {
        value: year,
        end: i + 1,
        reasons: vec!["a letter in the year is read as the digit it looks like".into()],
    })
}

fn is_decimal(t: &Tokens<'_>, i: usize) -> bool {
    let digits = |at: usize| t.text(at).bytes().next().is_some_and(|b| b.is_ascii_digit());
    let after = matches!(t.text(i + 1), "." | "," | ":") && t.glued(i + 1) && t.glued(i + 2);
    let money = matches!(t.before(i, 1), "$" | "€" | "£" | "#") && t.glued(i);
    (after && digits(i + 2)) || money
}

/// Whether a year is one that reports of our times and histories name.
pub(crate) const fn is_plausible(year: i16) -> bool {
    year >= 1000 && year <= 2100
}

/// The year behind a day or month at `i`: `2020`, `, 2020`, `of 2020`, `last year`.
pub(crate) fn year_after(t: &Tokens<'_>, i: usize) -> Piece<YearRef> {
    let comma = usize::from(t.text(i) == ",");
    let at = i + comma + usize::from(comma == 0 && matches!(t.lower(i), "of" | "in"));
    let bare = at == i;
    if let Some(found) = year(t, at) {
        let near = (1900..=2100).contains(&found.value);
        if (near || (bare && !is_counting(t, found.end))) && !counts_people(t, &found) {
            return Piece {
                value: YearRef::Stated(found.value),
                end: found.end,
                reasons: found.reasons,
            };
        }
    }
    let relative = match (t.lower(at), t.lower(at + 1)) {
        ("last" | "previous", "year") => Some(-1),
        ("this", "year") => Some(0),
        ("next", "year") => Some(1),
        _ => None,
    };
    match relative {
        Some(shift) if t.lower(i) != "in" => Piece::plain(YearRef::Relative(shift), at + 2),
        _ => Piece::plain(YearRef::Missing, i),
    }
}

/// A round number before counted people is no year: "in May 2000 people fled".
fn counts_people(t: &Tokens<'_>, found: &Piece<i16>) -> bool {
    is_counting(t, found.end) && (found.value % 10 == 0 || t.lower(found.end) == "people")
}

/// Whether the word at `i` is counted by the number before it.
pub(crate) fn is_counting(t: &Tokens<'_>, i: usize) -> bool {
    const COUNTED: [&str; 16] = [
        "people",
        "men",
        "women",
        "children",
        "troops",
        "police",
        "others",
        "km",
        "kilometres",
        "kilometers",
        "miles",
        "metres",
        "percent",
        "per",
        "tonnes",
        "armed",
    ];
    let word = t.lower(i);
    let plural = word.len() > 4 && word.ends_with('s') && !word.ends_with("ss") && t.is_small(i);
    COUNTED.contains(&word)
        || (plural
            && !matches!(word, "across" | "always" | "towards" | "besides" | "was" | "perhaps"))
}

/// A part of a period before its name at `i`: "early", "mid-", "the end of", "the first week of".
pub(crate) fn part(t: &Tokens<'_>, i: usize) -> Option<Piece<Part>> {
    let hyphen = |at: usize| usize::from(matches!(t.text(at), "-" | "–"));
    let simple = match t.lower(i) {
        "early" => Some(Part::Early),
        "mid" | "middle" => Some(Part::Mid),
        "late" => Some(Part::Late),
        _ => None,
    };
    if let Some(part) = simple.filter(|_| t.lower(i + 1) != "of") {
        let next = i + 1 + hyphen(i + 1);
        let end = if t.lower(next) == "in" || t.lower(next) == "the" { next + 1 } else { next };
        return Some(Piece::plain(part, end));
    }
    let start = i + usize::from(t.lower(i) == "the");
    let (part, end) = named_part(t, start)?;
    (t.lower(end) == "of")
        .then(|| Piece::plain(part, end + 1 + usize::from(t.lower(end + 1) == "the")))
}

fn named_part(t: &Tokens<'_>, i: usize) -> Option<(Part, usize)> {
    let single = match t.lower(i) {
        "beginning" | "start" | "onset" => Some(Part::Early),
        "middle" => Some(Part::Mid),
        "end" | "close" => Some(Part::Late),
        _ => None,
    };
    if let Some(part) = single {
        return Some((part, i + 1));
    }
    let last = t.lower(i) == "last" || t.lower(i) == "final";
    let rank = lexicon::ordinal(t.lower(i));
    let part = match (t.lower(i + 1), rank) {
        ("half", Some(n @ 1..=2)) => Part::Half(n),
        ("quarter", Some(n @ 1..=4)) => Part::Quarter(n),
        ("week", Some(n @ 1..=4)) => Part::Week(n),
        ("half", None) if last => Part::Half(2),
        ("quarter", None) if last => Part::Quarter(4),
        ("week", None) if last => Part::LastWeek,
        ("days" | "weeks", None) if last => Part::Late,
        _ => return None,
    };
    Some((part, i + 2))
}
