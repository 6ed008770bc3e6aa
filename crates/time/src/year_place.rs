//! Whether a number of four digits is a year.
//!
//! Owns the places where years stand; refuses all other numbers: counts, prices, telephones, web addresses.

use crate::lexicon;
use crate::month;
use crate::pieces;
use crate::token::Tokens;

/// Whether the number `year` from token `i` to `end` stands where a year does, and counts nothing.
pub(crate) fn is_year(t: &Tokens<'_>, i: usize, end: usize, year: i16) -> bool {
    let counted = pieces::is_counting(t, end) && (year % 10 == 0 || t.lower(end) == "people");
    if counted || matches!(t.text(end), "%" | "°") {
        return false;
    }
    let recent = (1900..=2100).contains(&year);
    let modern = (1700..=2100).contains(&year);
    is_placed(t, i, end, recent)
        || (modern && (is_bracketed(t, i, end) || is_heading(t, i, end) || is_listed(t, i)))
        || (modern && is_owned(t, i, end, year))
        || (recent && (opens_sentence(t, i, end, year) || is_month_joined(t, i)))
        || is_season(t, end, year)
        || is_joined(t, i, end, year)
}

/// "in 2012", "since 1850"; of years long past not before what they could count; "over 2022, ".
fn is_placed(t: &Tokens<'_>, i: usize, end: usize, recent: bool) -> bool {
    let before = t.before(i, 1);
    let preposition = month::is_time_preposition(before)
        || matches!(before, "late" | "early" | "mid" | "circa" | "year" | "years" | "since");
    let closing = matches!(before, "for" | "into" | "mid" | "than" | "over" | "past" | "beyond");
    (preposition && (recent || !t.is_small(end) || !pieces::is_counting(t, end)))
        || (closing && recent && (t.is_break(end) || pieces::goes_on(t, end)))
}

/// "(1994)", "(1994-".
fn is_bracketed(t: &Tokens<'_>, i: usize, end: usize) -> bool {
    matches!(t.before(i, 1), "(" | "[") && matches!(t.text(end), ")" | "]" | "-" | "–" | ",")
}

/// "2003: The invasion", "1993. It was a year of peace.", "The blockade, 1861" without a full stop.
fn is_heading(t: &Tokens<'_>, i: usize, end: usize) -> bool {
    let alone = t.text(end) == ":" || (t.text(end) == "." && end + 1 == t.len());
    (i == 0 && alone) || (t.before(i, 1) == "," && t.text(end).is_empty())
}

/// "in 1916, 1917 and 1918".
fn is_listed(t: &Tokens<'_>, i: usize) -> bool {
    let year = i.checked_sub(2).and_then(|at| pieces::year(t, at));
    matches!(t.before(i, 1), "," | "or" | "/")
        && year.is_some_and(|y| pieces::is_plausible(y.value))
}

/// "the 2016 attacks", "its 2006 highs", "the 1833 Constitution", "a 1951 UN convention".
fn is_owned(t: &Tokens<'_>, i: usize, end: usize, year: i16) -> bool {
    let before = t.before(i, 1);
    let article = matches!(before, "the" | "s" | "’" | "'" | "a" | "an" | "our" | "this");
    let owned = article || matches!(before, "its" | "his" | "their");
    let recent = (1900..=2100).contains(&year) && owned && t.is_small(end);
    let named = article && t.is_capital(end);
    (recent || named) && !is_count(t, end, year)
}

/// "2007 also saw", "2019, when".
fn opens_sentence(t: &Tokens<'_>, i: usize, end: usize, year: i16) -> bool {
    let goes_on = t.is_small(end) && !is_count(t, end, year) && year % 10 != 0;
    i == 0 && (matches!(t.text(end), "," | "") || goes_on)
}

/// "March-2015".
fn is_month_joined(t: &Tokens<'_>, i: usize) -> bool {
    let month = lexicon::month(t.before(i, 2)).is_some();
    month && matches!(t.before(i, 1), "-" | "–") && t.glued(i)
}

/// "2020/21", "2020-21": a year that ends in the next one.
fn is_season(t: &Tokens<'_>, end: usize, year: i16) -> bool {
    let joined = matches!(t.text(end), "/" | "-" | "–") && t.glued(end) && t.glued(end + 1);
    let next = t.text(end + 1);
    let follows = next.len() == 2 && next.parse::<i16>() == Ok((year + 1).rem_euclid(100));
    let more = matches!(t.text(end + 2), "/" | "-") && t.glued(end + 2);
    (1900..=2100).contains(&year) && joined && follows && !more
}

/// Whether the number counts what follows: a word for people or measures, or after a round number any plural.
fn is_count(t: &Tokens<'_>, end: usize, year: i16) -> bool {
    let plural = pieces::is_counting(t, end);
    plural && (year % 10 == 0 || pieces::is_counted_word(t, end))
}

/// "1861-1863": two years with a dash, and no longer row of numbers.
fn is_joined(t: &Tokens<'_>, i: usize, end: usize, year: i16) -> bool {
    let dash = |at: usize| {
        matches!(t.lower(at), "-" | "–" | "—" | "~" | "to" | "through" | "till" | "until")
    };
    let other =
        |at: usize| pieces::year(t, at).map(|p| p.value).filter(|y| (1700..=2100).contains(y));
    let number =
        |at: usize| t.text(at).bytes().all(|b| b.is_ascii_digit()) && !t.text(at).is_empty();
    let modern = (1700..=2100).contains(&year);
    let first = dash(end)
        && other(end + 1).is_some_and(|y| y > year)
        && !(dash(end + 2) && number(end + 3))
        && !(i > 0 && (number(i - 1) || (matches!(t.text(i - 1), "-" | "+") && t.glued(i))));
    let second = i > 1
        && dash(i - 1)
        && other(i - 2).is_some_and(|y| y < year)
        && !matches!(t.before(i, 3), "-" | "+")
        && !(dash(end) && number(end + 1));
    modern && (first || second)
}
