//! The parts of calendar dates: a day's number, a month's name, a year.
//!
//! Owns what may stand for each part, also misspelt or misread; refuses whole dates.

use crate::expr::YearRef;
use crate::lexicon::{self, Part, Spelling};
use crate::spelled;
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

/// Whether the day's number at `i` is said as a rank: `5th`, `fifth`.
pub(crate) fn is_ranked(t: &Tokens<'_>, i: usize) -> bool {
    let suffixed = ["st", "nd", "rd", "th"].iter().any(|ending| t.lower(i).ends_with(ending));
    suffixed || spelled::ordinal_day(t, i).is_some()
}

/// The number of a day, 1 to 31, in digits, with an ordinal ending or as an ordinal word.
pub(crate) fn day(t: &Tokens<'_>, i: usize) -> Option<Piece<i8>> {
    if matches!(t.text(i + 1), ":" | "%") && t.glued(i + 1) {
        return None;
    }
    let decimal = t.before(i, 2).ends_with(|c: char| c.is_ascii_digit());
    let dotted = matches!(t.before(i, 1), "." | "," | ":") && decimal;
    if i > 0 && t.glued(i) && (dotted || matches!(t.before(i, 1), "$" | "€" | "£")) {
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
    if let Some((day, end)) = spelled::ordinal_day(t, i) {
        return Some(Piece::plain(day, end));
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
        let capital = t.is_capital(i) || !lexicon::is_word_too(month);
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

/// Whether a year is one that reports of our times and histories name; an era makes others so.
pub(crate) const fn is_plausible(year: i16) -> bool {
    year >= 1000 && year <= 2100
}

/// Whether a year is one that can be meant at all, with an era in words or without.
pub(crate) const fn is_known(year: i16) -> bool {
    year >= -4000 && year <= 2100 && year != 0
}

/// A year with its era: `480 BC`, `AD 622`, `479 B.C.E.`; a year before our era is negative, 1 BC being 0.
pub(crate) fn year_of_era(t: &Tokens<'_>, i: usize) -> Option<Piece<i16>> {
    let led = matches!(t.text(i), "AD" | "CE");
    let at = i + usize::from(led);
    let text = t.text(at);
    let digits = matches!(text.len(), 1..=4) && text.bytes().all(|b| b.is_ascii_digit());
    let year: i16 = digits.then(|| text.parse().ok()).flatten().filter(|y| *y > 0)?;
    if led {
        return Some(Piece::plain(year, at + 1));
    }
    let (before, end) = era(t, at + 1)?;
    Some(Piece::plain(if before { 1 - year } else { year }, end))
}

/// Whether the era at `i` is the one before ours, and where it ends.
pub(crate) fn era(t: &Tokens<'_>, i: usize) -> Option<(bool, usize)> {
    match t.text(i) {
        "BC" | "BCE" => return Some((true, i + 1)),
        "AD" | "CE" => return Some((false, i + 1)),
        _ => {}
    }
    let dotted = |letters: [&str; 2]| {
        t.text(i) == letters[0] && t.text(i + 1) == "." && t.text(i + 2) == letters[1]
    };
    let end = i + 3 + usize::from(t.text(i + 3) == ".");
    let end = end + 2 * usize::from(t.text(end) == "E" && t.text(end + 1) == "." && t.glued(end));
    match () {
        () if dotted(["B", "C"]) => Some((true, end)),
        () if dotted(["A", "D"]) => Some((false, end)),
        () => None,
    }
}

/// The year behind a day or month at `i`: `2020`, `, 2020`, `of 2020`, `last year`.
pub(crate) fn year_after(t: &Tokens<'_>, i: usize) -> Piece<YearRef> {
    let comma = usize::from(t.text(i) == ",");
    let at = i + comma + usize::from(comma == 0 && matches!(t.lower(i), "of" | "in"));
    if let Some(found) = year_of_era(t, at) {
        return Piece::plain(YearRef::Stated(found.value), found.end);
    }
    if let Some(found) = year(t, at).filter(|found| is_year_behind(t, found, at == i)) {
        return Piece {
            value: YearRef::Stated(found.value),
            end: found.end,
            reasons: found.reasons,
        };
    }
    if let Some((year, end)) = spelled::year(t, at) {
        return Piece::plain(YearRef::Stated(year), end);
    }
    if let Some((year, end)) = short_year(t, at) {
        let reason = "two digits are read as a year of the last century".into();
        return Piece { value: YearRef::Stated(year), end, reasons: vec![reason] };
    }
    let the = at + usize::from(t.lower(at) == "the");
    let told = match (t.lower(the), t.lower(the + 1), t.lower(the + 2)) {
        ("same" | "that", "year", _) | ("that", "same", "year") => Some(0),
        ("following" | "next", "year", _) if the > at => Some(1),
        ("previous" | "preceding", "year", _) if the > at => Some(-1),
        _ => None,
    };
    if let Some(shift) = told.filter(|_| at > i || the > at) {
        let length = 2 + usize::from(t.lower(the) == "that" && t.lower(the + 1) == "same");
        return Piece::plain(YearRef::Told(shift), the + length);
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

/// "25 JAN 90", "April '87": the last two digits of a year behind a day or month, from 50 on.
fn short_year(t: &Tokens<'_>, i: usize) -> Option<(i16, usize)> {
    let quote = usize::from(matches!(t.text(i), "'" | "’" | "‘") && t.glued(i + 1));
    let digits = t.text(i + quote);
    let short: i16 = (digits.len() == 2).then(|| digits.parse().ok()).flatten()?;
    let month = (1..=2).find_map(|back| lexicon::month(t.before(i, back)))?;
    let terse = quote == 1 || month.1 == Spelling::Abbreviated || t.before(i, 1) == ".";
    let next = i + quote + 1;
    let alone = (t.is_break(next) && !matches!(t.text(next), ":" | "%")) || t.lower(next) == "to";
    let number = matches!(t.text(next), "." | ",") && t.glued(next) && t.glued(next + 1);
    (terse && alone && !number && short >= 50).then_some((1900 + short, next))
}

/// Whether four digits behind a day or month are its year. Of years long past those that could count
/// something (`September 5, 1500 men`) must be followed by a mark or a small word of the sentence.
fn is_year_behind(t: &Tokens<'_>, found: &Piece<i16>, bare: bool) -> bool {
    if counts_people(t, found) {
        return false;
    }
    let near = (1900..=2100).contains(&found.value);
    let closed = is_plausible(found.value) && (t.is_break(found.end) || goes_on(t, found.end));
    near || closed || (bare && !is_counting(t, found.end))
}

/// Whether the word at `i` goes on with the sentence, and is nothing that a number counts.
pub(crate) fn goes_on(t: &Tokens<'_>, i: usize) -> bool {
    const WORDS: [&str; 64] = [
        "so", "as", "to", "in", "on", "at", "and", "but", "when", "after", "before", "by", "the",
        "with", "for", "that", "which", "who", "while", "against", "from", "near", "where", "a",
        "an", "it", "he", "she", "they", "was", "were", "is", "had", "has", "would", "until", "or",
        "of", "under", "during", "between", "because", "his", "their", "nobody", "many", "most",
        "some", "few", "all", "no", "not", "there", "these", "those", "we", "i", "you", "only",
        "what", "if", "then", "also", "are",
    ];
    WORDS.contains(&t.lower(i))
}

/// A round number before counted people is no year: "in May 2000 people fled".
fn counts_people(t: &Tokens<'_>, found: &Piece<i16>) -> bool {
    is_counting(t, found.end) && (found.value % 10 == 0 || t.lower(found.end) == "people")
}

/// Whether the word at `i` is counted by the number before it.
pub(crate) fn is_counting(t: &Tokens<'_>, i: usize) -> bool {
    let word = t.lower(i);
    let plural = word.len() > 4 && word.ends_with('s') && !word.ends_with("ss") && t.is_small(i);
    is_counted_word(t, i)
        || (plural
            && !matches!(word, "across" | "always" | "towards" | "besides" | "was" | "perhaps"))
}

/// Whether the word at `i` is one for people or measures, which numbers count.
pub(crate) fn is_counted_word(t: &Tokens<'_>, i: usize) -> bool {
    const COUNTED: [&str; 24] = [
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
        "soldiers",
        "fighters",
        "civilians",
        "families",
        "refugees",
        "years",
        "days",
        "hours",
    ];
    COUNTED.contains(&t.lower(i))
}

/// A part of a period before its name at `i`: "early", "mid-", "the end of", "the first week of".
pub(crate) fn part(t: &Tokens<'_>, i: usize) -> Option<Piece<Part>> {
    let hyphen = |at: usize| usize::from(matches!(t.text(at), "-" | "–"));
    let simple = match t.lower(i) {
        "early" | "earlier" => Some(Part::Early),
        "mid" | "middle" => Some(Part::Mid),
        "late" | "later" => Some(Part::Late),
        _ => None,
    };
    let compared = matches!(t.lower(i), "earlier" | "later");
    if let Some(part) = simple.filter(|_| t.lower(i + 1) != "of") {
        let (part, last) = between_parts(t, i).unwrap_or((part, i));
        let next = last + 1 + hyphen(last + 1);
        let next = next + usize::from(t.lower(next) == "on" && t.lower(next + 1) == "in");
        let end = if matches!(t.lower(next), "in" | "the") { next + 1 } else { next };
        let end = end + usize::from(t.lower(next) == "in" && t.lower(end) == "the");
        return (!compared || t.lower(next) == "in").then(|| Piece::plain(part, end));
    }
    let start = i + usize::from(matches!(t.lower(i), "the" | "its"));
    let (part, end) = named_part(t, start)?;
    (t.lower(end) == "of")
        .then(|| Piece::plain(part, end + 1 + usize::from(t.lower(end + 1) == "the")))
}

/// "mid to late", "early-to-mid": halves.
fn between_parts(t: &Tokens<'_>, i: usize) -> Option<(Part, usize)> {
    let dash = |at: usize| usize::from(matches!(t.text(at), "-" | "–"));
    let to = i + 1 + dash(i + 1);
    let last = to + 1 + dash(to + 1);
    match (t.lower(i), t.lower(to), t.lower(last)) {
        ("early", "to", "mid") => Some((Part::Half(1), last)),
        ("mid", "to", "late") => Some((Part::Half(2), last)),
        _ => None,
    }
}

fn named_part(t: &Tokens<'_>, i: usize) -> Option<(Part, usize)> {
    let single = match t.lower(i) {
        "beginning" | "start" | "onset" | "opening" if t.lower(i + 1) == "of" => Some(Part::Early),
        "middle" | "midst" => Some(Part::Mid),
        "end" | "close" => Some(Part::Late),
        _ => None,
    };
    if let Some(part) = single {
        return Some((part, i + 1));
    }
    let first = matches!(t.lower(i), "first" | "early" | "opening" | "initial");
    let last = matches!(t.lower(i), "last" | "final" | "closing" | "latter" | "late" | "dying");
    let rank = lexicon::ordinal(t.lower(i));
    let few = i + 1 + usize::from(matches!(t.lower(i + 1), "few" | "two" | "three" | "several"));
    let part = match (t.lower(i + 1), rank) {
        ("half", Some(n @ 1..=2)) => Part::Half(n),
        ("quarter", Some(n @ 1..=4)) => Part::Quarter(n),
        ("week", Some(n @ 1..=4)) => Part::Week(n),
        ("part" | "stages" | "phase", None) if matches!(t.lower(i), "early" | "initial") => {
            Part::Early
        }
        ("part" | "stages" | "phase", None) if t.lower(i) == "late" => Part::Late,
        ("half" | "part", _) if last => Part::Half(2),
        ("quarter", None) if last => Part::Quarter(4),
        ("week", None) if last => Part::LastWeek,
        _ if matches!(t.lower(few), "days" | "weeks" | "months" | "years") => {
            let part = if last { Part::Late } else { Part::Early };
            return (first || last).then_some((part, few + 1));
        }
        _ => return None,
    };
    Some((part, i + 2))
}

/// "the third quarter this year", "the first half of last year": a part before a unit counted from
/// publication, without "of".
pub(crate) fn part_of_current(t: &Tokens<'_>, i: usize) -> Option<Piece<Part>> {
    let start = i + usize::from(t.lower(i) == "the");
    let (part, end) = named_part(t, start)?;
    let unit = matches!(t.lower(end + 1), "year" | "month");
    (matches!(t.lower(end), "last" | "this" | "next") && unit).then(|| Piece::plain(part, end))
}
