//! The closed word classes of English dates: months, weekdays, units, numbers, parts.
//!
//! Owns spelling, also the misspelt and the misread; refuses grammar.

use jiff::civil::Weekday;

use crate::token::Tokens;

/// A unit of calendar time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Unit {
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The unit's English name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
        }
    }
}

/// A part of a month, a year or a longer period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Early,
    Mid,
    Late,
    Half(u8),
    Quarter(u8),
    Week(u8),
    LastWeek,
}

/// A season; the four by the months of the northern hemisphere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
    /// Dry, rainy and lean seasons, whose months are those of a place.
    Local,
}

/// How a month's name is written when it is spelt right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spelling {
    Full,
    Abbreviated,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Words within the misspelling distance of a month that are words or names themselves.
const NOT_MONTHS: [&str; 28] = [
    "match", "marsh", "mary", "maria", "mars", "martha", "arch", "larch", "starch", "apron",
    "appeal", "armies", "junta", "junk", "juno", "jules", "julia", "julie", "julio", "juliet",
    "augusta", "augusto", "augustus", "marcha", "marc", "marco", "members", "member",
];

/// The English name of month `month`, 1 to 12.
pub(crate) fn month_name(month: i8) -> &'static str {
    let name = usize::try_from(month - 1).ok().and_then(|at| MONTHS.get(at));
    match name.copied().unwrap_or("") {
        "january" => "January",
        "february" => "February",
        "march" => "March",
        "april" => "April",
        "may" => "May",
        "june" => "June",
        "july" => "July",
        "august" => "August",
        "september" => "September",
        "october" => "October",
        "november" => "November",
        _ => "December",
    }
}

/// The month that a lower-case word names, correctly spelt.
pub(crate) fn month(lower: &str) -> Option<(i8, Spelling)> {
    let at = MONTHS.iter().position(|name| *name == lower);
    if let Some(month) = at.and_then(|at| i8::try_from(at + 1).ok()) {
        return Some((month, Spelling::Full));
    }
    let month = match lower {
        "jan" => 1,
        "feb" => 2,
        "mar" => 3,
        "apr" => 4,
        "jun" => 6,
        "jul" => 7,
        "aug" => 8,
        "sep" | "sept" => 9,
        "oct" => 10,
        "nov" => 11,
        "dec" => 12,
        _ => return None,
    };
    Some((month, Spelling::Abbreviated))
}

/// The month that a misspelt lower-case word comes nearest to: one edit for short names, two for names
/// of six letters or more, a swap of neighbours being one edit.
pub(crate) fn misspelt_month(lower: &str) -> Option<i8> {
    let letters: Vec<char> = lower.chars().collect();
    if letters.len() < 4 || NOT_MONTHS.contains(&lower) || !lower.chars().all(char::is_alphabetic) {
        return None;
    }
    let mut best: Option<(usize, i8)> = None;
    for (at, name) in MONTHS.iter().enumerate() {
        let allowed = match name.len() {
            ..=3 => 0,
            4..=5 => 1,
            _ => 2,
        };
        let distance = edits(&letters, &name.chars().collect::<Vec<_>>());
        if distance <= allowed && best.is_none_or(|(d, _)| distance < d) {
            best = i8::try_from(at + 1).ok().map(|month| (distance, month));
        }
    }
    best.map(|(_, month)| month)
}

/// Optimal string alignment distance: insertions, deletions, substitutions, swaps of neighbours.
fn edits(a: &[char], b: &[char]) -> usize {
    let width = b.len() + 1;
    let mut rows: Vec<Vec<usize>> = vec![(0..width).collect()];
    for (i, ca) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, cb) in b.iter().enumerate() {
            let get = |r: usize, c: usize| rows.get(r).and_then(|x| x.get(c)).copied();
            let up = get(i, j + 1).unwrap_or(usize::MAX / 2) + 1;
            let left = row.get(j).copied().unwrap_or(usize::MAX / 2) + 1;
            let same = get(i, j).unwrap_or(usize::MAX / 2) + usize::from(ca != cb);
            let mut cost = up.min(left).min(same);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(cb) && b.get(j - 1) == Some(ca);
            if swapped {
                cost = cost.min(get(i - 1, j - 1).unwrap_or(usize::MAX / 2) + 1);
            }
            row.push(cost);
        }
        rows.push(row);
    }
    rows.last().and_then(|row| row.last()).copied().unwrap_or(0)
}

/// The weekday that a lower-case word names; the flag says whether it is abbreviated.
pub(crate) fn weekday(lower: &str) -> Option<(Weekday, bool)> {
    Some(match lower {
        "monday" => (Weekday::Monday, false),
        "tuesday" => (Weekday::Tuesday, false),
        "wednesday" => (Weekday::Wednesday, false),
        "thursday" => (Weekday::Thursday, false),
        "friday" => (Weekday::Friday, false),
        "saturday" => (Weekday::Saturday, false),
        "sunday" => (Weekday::Sunday, false),
        "mon" => (Weekday::Monday, true),
        "tue" | "tues" => (Weekday::Tuesday, true),
        "wed" | "weds" => (Weekday::Wednesday, true),
        "thu" | "thur" | "thurs" => (Weekday::Thursday, true),
        "fri" => (Weekday::Friday, true),
        "sat" => (Weekday::Saturday, true),
        "sun" => (Weekday::Sunday, true),
        _ => return None,
    })
}

/// The weekday that a misspelt lower-case word of six letters or more comes nearest to: one edit, a swap
/// of neighbours being one edit.
pub(crate) fn misspelt_weekday(lower: &str) -> Option<Weekday> {
    const NAMES: [(&str, Weekday); 7] = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let letters: Vec<char> = lower.chars().collect();
    if !(6..=10).contains(&letters.len()) || lower.ends_with('s') {
        return None;
    }
    let near = |name: &str| edits(&letters, &name.chars().collect::<Vec<_>>()) == 1;
    NAMES.iter().find(|(name, _)| near(name)).map(|(_, weekday)| *weekday)
}

/// The English name of a weekday.
pub(crate) const fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// The unit that a lower-case word names.
pub(crate) fn unit(lower: &str) -> Option<Unit> {
    Some(match lower {
        "hour" | "hours" => Unit::Hour,
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        "decade" | "decades" => Unit::Decade,
        "century" | "centuries" => Unit::Century,
        _ => return None,
    })
}

/// The season that a lower-case word names.
pub(crate) fn season(lower: &str) -> Option<Season> {
    Some(match lower {
        "spring" => Season::Spring,
        "summer" => Season::Summer,
        "autumn" | "fall" => Season::Autumn,
        "winter" => Season::Winter,
        _ => return None,
    })
}

/// Months that are words of their own when they have no capital.
pub(crate) const fn is_word_too(month: i8) -> bool {
    matches!(month, 3 | 5)
}

/// Whether a lower-case word names a part of the day.
pub(crate) fn is_day_part(lower: &str) -> bool {
    matches!(
        lower,
        "morning"
            | "mornings"
            | "afternoon"
            | "evening"
            | "night"
            | "dawn"
            | "noon"
            | "dusk"
            | "midday"
            | "midnight"
    )
}

/// The number written at `i` in digits or words, and how many tokens it takes.
pub(crate) fn number(t: &Tokens<'_>, i: usize) -> Option<(i32, usize)> {
    let text = t.text(i);
    if !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().map(|n| (n, 1));
    }
    let first = cardinal(t.lower(i))?;
    let dash = usize::from(t.text(i + 1) == "-");
    let tail = cardinal(t.lower(i + 1 + dash)).filter(|n| *n < 10);
    let (count, length) = match tail {
        Some(ones) if first >= 20 => (first + ones, 2 + dash),
        _ => (first, 1),
    };
    if t.lower(i + length) == "hundred" && count < 20 {
        return Some((count * 100, length + 1));
    }
    Some((count, length))
}

/// The number that one lower-case word names.
pub(crate) fn cardinal(lower: &str) -> Option<i32> {
    Some(match lower {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

/// The rank that a lower-case ordinal word names, up to tenth.
pub(crate) fn ordinal(lower: &str) -> Option<u8> {
    Some(match lower {
        "first" | "1st" => 1,
        "second" | "2nd" => 2,
        "third" | "3rd" => 3,
        "fourth" | "4th" => 4,
        "fifth" | "5th" => 5,
        "sixth" | "6th" => 6,
        "seventh" | "7th" => 7,
        "eighth" | "8th" => 8,
        "ninth" | "9th" => 9,
        "tenth" | "10th" => 10,
        _ => return None,
    })
}

/// A token with letters that are easily taken for digits, as digits: `1O` is 10, `l2` is 12.
pub(crate) fn misread_digits(text: &str) -> Option<String> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || digits == text.len() || text.len() > 4 {
        return None;
    }
    text.chars()
        .map(|c| match c {
            '0'..='9' => Some(c),
            'O' | 'o' => Some('0'),
            'l' | 'I' => Some('1'),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_months_are_found_and_words_are_not() {
        assert_eq!(misspelt_month("arpil"), Some(4));
        assert_eq!(misspelt_month("febuary"), Some(2));
        assert_eq!(misspelt_month("setpember"), Some(9));
        assert_eq!(misspelt_month("match"), None);
        assert_eq!(misspelt_month("village"), None);
    }

    #[test]
    fn letters_read_as_digits() {
        assert_eq!(misread_digits("1O").as_deref(), Some("10"));
        assert_eq!(misread_digits("12"), None);
        assert_eq!(misread_digits("Oslo"), None);
    }
}
