//! Numbers in words: days ("twenty-first") and years ("nineteen ninety-nine", "two thousand and ten").
//!
//! Owns how English writes them; refuses what they count.

use crate::lexicon;
use crate::token::Tokens;

/// The day of a month that ordinal words at `i` name, 1 to 31, and where they end.
pub(crate) fn ordinal_day(t: &Tokens<'_>, i: usize) -> Option<(i8, usize)> {
    let tens = match t.lower(i) {
        "twenty" => 20,
        "thirty" => 30,
        _ => 0,
    };
    if tens > 0 {
        let at = i + 1 + usize::from(t.text(i + 1) == "-");
        let ones = rank(t.lower(at)).filter(|n| *n < 10)?;
        let day = tens + ones;
        return (day <= 31).then_some((day, at + 1));
    }
    rank(t.lower(i)).map(|day| (day, i + 1))
}

/// The rank that one ordinal word names, first to twentieth, and thirtieth.
fn rank(lower: &str) -> Option<i8> {
    if let Some(n) = lexicon::ordinal(lower).filter(|_| !lower.starts_with(char::is_numeric)) {
        return i8::try_from(n).ok();
    }
    Some(match lower {
        "eleventh" => 11,
        "twelfth" => 12,
        "thirteenth" => 13,
        "fourteenth" => 14,
        "fifteenth" => 15,
        "sixteenth" => 16,
        "seventeenth" => 17,
        "eighteenth" => 18,
        "nineteenth" => 19,
        "twentieth" => 20,
        "thirtieth" => 30,
        _ => return None,
    })
}

/// The day of a month that cardinal words at `i` name: "May twenty two", and where they end.
pub(crate) fn cardinal_day(t: &Tokens<'_>, i: usize) -> Option<(i8, usize)> {
    let (n, end) = below_hundred(t, i)?;
    i8::try_from(n).ok().filter(|day| (1..=31).contains(day)).map(|day| (day, end))
}

/// A number from 1 to 99 in words and where it ends.
pub(crate) fn below_hundred(t: &Tokens<'_>, i: usize) -> Option<(i16, usize)> {
    let first = cardinal(t, i)?;
    if first < 20 {
        return Some((first, i + 1));
    }
    let at = i + 1 + usize::from(t.text(i + 1) == "-");
    match cardinal(t, at).filter(|n| (1..10).contains(n)) {
        Some(ones) => Some((first + ones, at + 1)),
        None => Some((first, i + 1)),
    }
}

fn cardinal(t: &Tokens<'_>, i: usize) -> Option<i16> {
    lexicon::cardinal(t.lower(i)).and_then(|n| i16::try_from(n).ok())
}

/// The year that words at `i` name, 1100 to 2099, and where they end.
pub(crate) fn year(t: &Tokens<'_>, i: usize) -> Option<(i16, usize)> {
    let (first, end) = below_hundred(t, i)?;
    if matches!(t.lower(end), "thousand") && matches!(first, 1 | 2) {
        return thousands(t, first, end + 1);
    }
    let of_century = |rest| first * 100 + rest;
    if !(11..=20).contains(&first) {
        return None;
    }
    if t.lower(end) == "hundred" {
        let at = end + 1 + usize::from(t.lower(end + 1) == "and");
        return Some(
            below_hundred(t, at).map_or((of_century(0), end + 1), |(n, e)| (of_century(n), e)),
        );
    }
    if matches!(t.lower(end), "oh" | "zero" | "o") {
        let ones = cardinal(t, end + 1).filter(|n| *n < 10)?;
        return Some((of_century(ones), end + 2));
    }
    let at = end + usize::from(t.text(end) == "-");
    let (rest, last) = below_hundred(t, at).filter(|(n, _)| *n >= 10)?;
    Some((of_century(rest), last))
}

/// "two thousand", "two thousand and eighteen", "one thousand seven hundred and eighty nine".
fn thousands(t: &Tokens<'_>, thousands: i16, i: usize) -> Option<(i16, usize)> {
    let base = thousands * 1000;
    if let Some(hundreds) = cardinal(t, i).filter(|n| *n < 10 && t.lower(i + 1) == "hundred") {
        let at = i + 2 + usize::from(t.lower(i + 2) == "and");
        let base = base + hundreds * 100;
        return Some(below_hundred(t, at).map_or((base, i + 2), |(n, end)| (base + n, end)));
    }
    let at = i + usize::from(t.lower(i) == "and");
    match below_hundred(t, at) {
        Some((n, end)) => Some((base + n, end)),
        None => (thousands == 2).then_some((base, i)),
    }
}

/// The first year of the ten that words at `i` name ("the seventies", "the nineteen eighties"), and
/// where they end; short names are of the twentieth century.
pub(crate) fn decade(t: &Tokens<'_>, i: usize) -> Option<(i16, usize)> {
    let tens = |at: usize| {
        Some(match t.lower(at) {
            "twenties" => 20,
            "thirties" => 30,
            "forties" => 40,
            "fifties" => 50,
            "sixties" => 60,
            "seventies" => 70,
            "eighties" => 80,
            "nineties" => 90,
            _ => return None,
        })
    };
    if matches!(t.lower(i), "noughties" | "aughts") {
        return Some((2000, i + 1));
    }
    let century = cardinal(t, i).filter(|n| (17..=20).contains(n));
    if let Some(century) = century {
        let at = i + 1 + usize::from(t.text(i + 1) == "-");
        return tens(at).map(|n| (century * 100 + n, at + 1));
    }
    tens(i).map(|n| (1900 + n, i + 1))
}
