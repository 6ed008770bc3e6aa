//! Days and periods with names of their own: Christmas, Eid, Ramadan, Thanksgiving.
//!
//! Owns which days they are; refuses to choose their year. National days whose date differs from country
//! to country ("Independence Day") are not among them.

use averment_types::DateInterval;
use jiff::civil::{Date, Weekday};

use crate::calendar;
use crate::expr::{Expr, Hit, YearRef};
use crate::islamic;
use crate::lexicon::Part;
use crate::month;
use crate::pieces;
use crate::token::Tokens;

/// How the days of a name are found in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Every year on the same day.
    Fixed { month: i8, day: i8 },
    /// So many days after Easter Sunday of the western churches.
    Easter(i32),
    /// The weekday that comes so many times into the month.
    Nth { month: i8, weekday: Weekday, nth: u8, plus: i32 },
    /// Days of a month of the Islamic calendar.
    Islamic { month: i8, first: i8, last: i8 },
    /// The whole month of the Islamic calendar.
    IslamicMonth { month: i8 },
}

impl Rule {
    /// The days in a year of ours: of two in one year, the first.
    pub(crate) fn days_in(self, year: i16) -> Option<DateInterval> {
        match self {
            Self::Fixed { month, day } => calendar::day(year, month, day).map(DateInterval::day),
            Self::Easter(plus) => calendar::plus_days(easter(year)?, plus).map(DateInterval::day),
            Self::Nth { month, weekday, nth, plus } => {
                let day = calendar::nth_weekday(calendar::month(year, month)?, weekday, nth)?;
                calendar::plus_days(day, plus).map(DateInterval::day)
            }
            Self::Islamic { .. } | Self::IslamicMonth { .. } => islamic::years_within(year)
                .filter_map(|hijri| self.days_of_hijra(hijri))
                .find(|days| days.start().is_some_and(|day| day.year() == year)),
        }
    }

    /// The days in a year of the Hijra.
    pub(crate) fn days_of_hijra(self, year: i16) -> Option<DateInterval> {
        match self {
            Self::Islamic { month, first, last } => islamic::days(year, month, first, last),
            Self::IslamicMonth { month } => islamic::month(year, month),
            _ => None,
        }
    }

    /// Whether the moon's sighting may move it.
    pub(crate) const fn is_islamic(self) -> bool {
        matches!(self, Self::Islamic { .. } | Self::IslamicMonth { .. })
    }
}

/// Easter Sunday after Gauss with the Gregorian corrections (Meeus, Astronomical Algorithms, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, rest) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let leaps = century - century.div_euclid(4) - (8 * century + 13).div_euclid(25);
    let epact = (19 * golden + leaps + 15).rem_euclid(30);
    let weekday =
        (32 + 2 * century.rem_euclid(4) + 2 * rest.div_euclid(4) - epact - rest.rem_euclid(4))
            .rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday).div_euclid(451);
    let day = epact + weekday - 7 * late + 114;
    calendar::day(year, i8::try_from(day / 31).ok()?, i8::try_from(day % 31 + 1).ok()?)
}

const fn fixed(month: i8, day: i8) -> Rule {
    Rule::Fixed { month, day }
}

const fn nth(month: i8, weekday: Weekday, nth: u8) -> Rule {
    Rule::Nth { month, weekday, nth, plus: 0 }
}

const fn islamic_day(month: i8, day: i8) -> Rule {
    Rule::Islamic { month, first: day, last: day }
}

/// Names without apostrophes and hyphens, and their days; a longer name before one that begins it.
const NAMES: [(&[&str], Rule); 74] = [
    (&["new", "years", "eve"], fixed(12, 31)),
    (&["new", "years", "day"], fixed(1, 1)),
    (&["new", "year", "eve"], fixed(12, 31)),
    (&["christmas", "eve"], fixed(12, 24)),
    (&["christmas", "day"], fixed(12, 25)),
    (&["orthodox", "christmas"], fixed(1, 7)),
    (&["christmas"], fixed(12, 25)),
    (&["xmas"], fixed(12, 25)),
    (&["boxing", "day"], fixed(12, 26)),
    (&["epiphany"], fixed(1, 6)),
    (&["valentines", "day"], fixed(2, 14)),
    (&["groundhog", "day"], fixed(2, 2)),
    (&["international", "womens", "day"], fixed(3, 8)),
    (&["st", "patricks", "day"], fixed(3, 17)),
    (&["saint", "patricks", "day"], fixed(3, 17)),
    (&["saint", "patrick"], fixed(3, 17)),
    (&["april", "fools", "day"], fixed(4, 1)),
    (&["april", "fools"], fixed(4, 1)),
    (&["earth", "day"], fixed(4, 22)),
    (&["anzac", "day"], fixed(4, 25)),
    (&["may", "day"], fixed(5, 1)),
    (&["international", "workers", "day"], fixed(5, 1)),
    (&["cinco", "de", "mayo"], fixed(5, 5)),
    (&["juneteenth"], fixed(6, 19)),
    (&["bastille", "day"], fixed(7, 14)),
    (&["halloween"], fixed(10, 31)),
    (&["all", "saints", "day"], fixed(11, 1)),
    (&["all", "souls", "day"], fixed(11, 2)),
    (&["guy", "fawkes", "day"], fixed(11, 5)),
    (&["armistice", "day"], fixed(11, 11)),
    (&["veterans", "day"], fixed(11, 11)),
    (&["remembrance", "day"], fixed(11, 11)),
    (&["human", "rights", "day"], fixed(12, 10)),
    (&["clean", "monday"], Rule::Easter(-48)),
    (&["ash", "wednesday"], Rule::Easter(-46)),
    (&["palm", "sunday"], Rule::Easter(-7)),
    (&["maundy", "thursday"], Rule::Easter(-3)),
    (&["good", "friday"], Rule::Easter(-2)),
    (&["easter", "saturday"], Rule::Easter(-1)),
    (&["holy", "saturday"], Rule::Easter(-1)),
    (&["easter", "sunday"], Rule::Easter(0)),
    (&["easter", "monday"], Rule::Easter(1)),
    (&["easter", "day"], Rule::Easter(0)),
    (&["easter"], Rule::Easter(0)),
    (&["ascension", "day"], Rule::Easter(39)),
    (&["pentecost"], Rule::Easter(49)),
    (&["whit", "sunday"], Rule::Easter(49)),
    (&["whit", "monday"], Rule::Easter(50)),
    (&["martin", "luther", "king", "day"], nth(1, Weekday::Monday, 3)),
    (&["mlk", "day"], nth(1, Weekday::Monday, 3)),
    (&["presidents", "day"], nth(2, Weekday::Monday, 3)),
    (&["mothers", "day"], nth(5, Weekday::Sunday, 2)),
    (&["memorial", "day"], nth(5, Weekday::Monday, calendar::LAST)),
    (&["fathers", "day"], nth(6, Weekday::Sunday, 3)),
    (&["labor", "day"], nth(9, Weekday::Monday, 1)),
    (&["columbus", "day"], nth(10, Weekday::Monday, 2)),
    (&["thanksgiving", "day"], nth(11, Weekday::Thursday, 4)),
    (&["thanksgiving"], nth(11, Weekday::Thursday, 4)),
    (&["black", "friday"], Rule::Nth { month: 11, weekday: Weekday::Thursday, nth: 4, plus: 1 }),
    (&["cyber", "monday"], Rule::Nth { month: 11, weekday: Weekday::Thursday, nth: 4, plus: 4 }),
    (&["islamic", "new", "year"], islamic_day(1, 1)),
    (&["muslim", "new", "year"], islamic_day(1, 1)),
    (&["ashura"], islamic_day(1, 10)),
    (&["ashoura"], islamic_day(1, 10)),
    (&["arbaeen"], islamic_day(2, 20)),
    (&["mawlid"], islamic_day(3, 12)),
    (&["mouloud"], islamic_day(3, 12)),
    (&["maouloud"], islamic_day(3, 12)),
    (&["tabaski"], islamic_day(12, 10)),
    (&["kurban", "bayram"], islamic_day(12, 10)),
    (&["bakr", "eid"], islamic_day(12, 10)),
    (&["laylat", "al", "qadr"], islamic_day(9, 27)),
    (&["feast", "of", "the", "sacrifice"], islamic_day(12, 10)),
    (&["feast", "of", "sacrifice"], islamic_day(12, 10)),
];

/// The longest date with a named day or period at `i`: "Christmas Day 2015", "the first week of Ramadan",
/// "15 Ramadan 1441", "last Eid al-Adha", "the eve of Ramadan".
pub(crate) fn at(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    if let Some(hit) = day_of_month(t, i) {
        return Some(hit);
    }
    let part = pieces::part(t, i);
    let (at, named_part) = part.map_or((i, None), |p| (p.end, Some(p.value)));
    let eve = t.are(at, &["the", "eve", "of"]) || t.are(at, &["eve", "of"]);
    let at = at + if eve { 2 + usize::from(t.lower(at) == "the") } else { 0 };
    let (shift, length) = month::which(t, at);
    let at = at + length + usize::from(shift.is_none() && t.lower(at) == "the");
    let month_of = t.are(at, &["holy", "month", "of"]) || t.are(at, &["fasting", "month", "of"]);
    let at = at + if month_of { 3 } else { 2 * usize::from(t.are(at, &["month", "of"])) };
    let (rule, end) = name(t, at)?;
    let rule = if eve { before(rule)? } else { rule };
    let bare = named_part.is_none() && shift.is_none() && end == at + 1;
    (!bare || is_day_name(t, at, end)).then(|| dated(t, i, end, rule, shift, named_part))
}

/// Whether a name of one word stands for the days: not "Christmas lights", "Ashura processions" or a
/// name of a person or place.
fn is_day_name(t: &Tokens<'_>, i: usize, end: usize) -> bool {
    let joined = matches!(t.text(end), "-") && t.glued(end);
    let follows = t.is_capital(end) && lexicon_free(t, end);
    (!joined && !follows && t.is_capital(i)) || t.before(i, 1) == "on"
}

fn lexicon_free(t: &Tokens<'_>, i: usize) -> bool {
    !t.is_break(i) && t.text(i).chars().all(char::is_alphabetic)
}

fn dated(
    t: &Tokens<'_>,
    start: usize,
    end: usize,
    rule: Rule,
    shift: Option<YearRef>,
    part: Option<Part>,
) -> Hit {
    if rule.is_islamic() {
        let hijri = pieces::year(t, end).filter(|y| islamic::is_year(y.value));
        if let Some(year) = hijri {
            let close = year.end + usize::from(matches!(t.text(year.end), "AH" | "H"));
            return Hit::date(start, close, Expr::Hijri { rule, year: year.value, part });
        }
    }
    let year = pieces::year_after(t, end);
    let value = match (year.value, shift) {
        (YearRef::Missing, Some(shift)) => shift,
        (value, _) => value,
    };
    let end = if year.value == YearRef::Missing { end } else { year.end };
    Hit::date(start, end, Expr::Named { rule, year: value, part })
}

/// "15 Ramadan", "the 15th of Ramadan 1441", "10 Muharram".
fn day_of_month(t: &Tokens<'_>, i: usize) -> Option<Hit> {
    let start = i + usize::from(t.lower(i) == "the");
    let day = pieces::day(t, start)?;
    let of = usize::from(t.lower(day.end) == "of");
    let (month, end) = islamic::month_name(t, day.end + of)?;
    Some(dated(t, i, end, islamic_day(month, day.value), None, None))
}

/// The day before a day of its own.
const fn before(rule: Rule) -> Option<Rule> {
    Some(match rule {
        Rule::Easter(plus) => Rule::Easter(plus - 1),
        Rule::Nth { month, weekday, nth, plus } => {
            Rule::Nth { month, weekday, nth, plus: plus - 1 }
        }
        Rule::Islamic { month, first, .. } if first > 1 => islamic_day(month, first - 1),
        Rule::Fixed { month: 12, day: 25 } => fixed(12, 24),
        _ => return None,
    })
}

/// The name at `i` and where it ends, apostrophes and hyphens passed over.
fn name(t: &Tokens<'_>, i: usize) -> Option<(Rule, usize)> {
    if let Some(found) = eid(t, i) {
        return Some(found);
    }
    if let Some((month, end)) = islamic::month_name(t, i).filter(|_| t.is_capital(i)) {
        return Some((Rule::IslamicMonth { month }, end));
    }
    let word_too = matches!(t.lower(i), "father" | "fathers" | "mother" | "mothers" | "may");
    if !t.is_capital(i) && word_too {
        return None;
    }
    NAMES.iter().find_map(|(words, rule)| matched(t, i, words).map(|end| (*rule, end)))
}

/// Where `words` end that begin at `i`: "New Year's Eve" as `new years eve`.
fn matched(t: &Tokens<'_>, i: usize, words: &[&str]) -> Option<usize> {
    let mut at = i;
    for word in words {
        let plain = t.lower(at) == *word;
        let stem = word.strip_suffix('s').unwrap_or(word);
        let apart = matches!(t.text(at + 1), "'" | "’");
        if !plain && apart && t.lower(at) == stem && t.lower(at + 2) == "s" {
            at += 3;
        } else if plain {
            at += 1 + usize::from(apart && t.lower(at + 2) != "s");
        } else {
            return None;
        }
        at += usize::from(t.text(at) == "-" && at > i && *word == "al");
    }
    // The apostrophe behind the last word is not part of the name.
    Some(if matches!(t.before(at, 1), "'" | "’") { at - 1 } else { at })
}

/// "Eid al-Fitr", "Eid ul-Adha"; "Eid" by itself is either and so nothing.
fn eid(t: &Tokens<'_>, i: usize) -> Option<(Rule, usize)> {
    if !matches!(t.lower(i), "eid" | "id" | "aid") {
        return None;
    }
    let mut at = i + 1;
    while matches!(t.lower(at), "-" | "al" | "ul" | "el" | "'" | "’") && at < i + 5 {
        at += 1;
    }
    match t.lower(at) {
        "fitr" => Some((Rule::Islamic { month: 10, first: 1, last: 3 }, at + 1)),
        "adha" | "azha" | "kebir" => {
            Some((Rule::Islamic { month: 12, first: 10, last: 13 }, at + 1))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn easter_and_its_days() {
        assert_eq!(easter(2016), Some(date(2016, 3, 27)));
        assert_eq!(easter(1961), Some(date(1961, 4, 2)));
        let days = |rule: Rule, year| rule.days_in(year).and_then(DateInterval::start);
        assert_eq!(days(Rule::Easter(-2), 2020), Some(date(2020, 4, 10)));
        assert_eq!(days(nth(5, Weekday::Monday, calendar::LAST), 2016), Some(date(2016, 5, 30)));
        assert_eq!(days(nth(11, Weekday::Thursday, 4), 2016), Some(date(2016, 11, 24)));
        assert_eq!(days(Rule::IslamicMonth { month: 9 }, 2014), Some(date(2014, 6, 29)));
    }
}
