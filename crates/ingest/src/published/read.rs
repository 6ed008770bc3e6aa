//! The grammar of a single date: ISO 8601, RFC 2822, epoch numbers, and dates with a month's name.
//!
//! Owns the reading; refuses to prefer a day over a month where both are possible, and every year
//! outside 1500 to 2100.

use averment_types::DateInterval;
use jiff::civil::Date;

use super::of_epoch;

/// Why a value gives no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Not a date in any known form.
    Unreadable,
    /// A date that does not exist, or that no report can have.
    Impossible,
}

/// Names of the months in English, French, Spanish, Portuguese, German and Arabic, a month a line.
const MONTHS: &str = include_str!("months.txt");

/// Words inside a date that mean nothing by themselves.
const FILLERS: [&str; 8] = ["of", "de", "del", "do", "the", "le", "th", "den"];

/// The days that `text` means; two where day and month may be either way round.
pub(crate) fn read(text: &str) -> Result<Vec<DateInterval>, Fault> {
    let text = text.trim();
    if text.len() > 100 {
        return Err(Fault::Unreadable);
    }
    let number = text.strip_prefix('-').unwrap_or(text);
    if !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()) {
        return of_number(text).map(|days| vec![days]);
    }
    let tokens = tokens(text);
    match with_month_name(&tokens) {
        Some(found) => found.map(|days| vec![days]),
        None => of_digits(text),
    }
}

/// A number alone: a year, `20200313`, or seconds or milliseconds since 1970.
fn of_number(text: &str) -> Result<DateInterval, Fault> {
    let value: i64 = text.parse().map_err(|_| Fault::Unreadable)?;
    let compact = || {
        let (year, month, day) = (value / 10_000, value / 100 % 100, value % 100);
        day_of(year, month, day)
    };
    match text.len() {
        4 => year_of(value),
        8 if compact().is_ok() => compact(),
        8..=14 => {
            let day = of_epoch(value, text.len() > 11).ok_or(Fault::Impossible)?;
            bounded(i64::from(day.year())).map(|_| DateInterval::day(day))
        }
        _ => Err(Fault::Unreadable),
    }
}

/// A part of a date.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    /// A number and its count of digits.
    Number(i64, usize),
    Month(i64),
    Word,
}

/// The parts of `text`, without times of day, ordinal endings and fillers.
fn tokens(text: &str) -> Vec<Token> {
    let pieces = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '-' | '/' | '(' | ')' | '|'))
        .filter(|piece| !piece.is_empty() && !piece.contains(':'));
    pieces
        .flat_map(|piece| glued(piece).unwrap_or_else(|| [token(piece), None]))
        .flatten()
        .collect()
}

/// Day and year that lost the comma between them: "Jul 262016".
fn glued(piece: &str) -> Option<[Option<Token>; 2]> {
    let at = piece.len().checked_sub(4).filter(|at| (1..=2).contains(at))?;
    let (day, year) = piece.split_at_checked(at)?;
    let digits = piece.bytes().all(|b| b.is_ascii_digit());
    let fits = |day: i64, year: i64| (1..=31).contains(&day) && (1900..2100).contains(&year);
    let (day, year) = (day.parse().ok()?, year.parse().ok()?);
    (digits && fits(day, year))
        .then_some([Some(Token::Number(day, at)), Some(Token::Number(year, 4))])
}

fn token(piece: &str) -> Option<Token> {
    let lower = piece.trim_end_matches('.').to_lowercase();
    let digits = lower.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let ending = lower.get(digits..)?;
        let ordinal = ["", "st", "nd", "rd", "th", "er", "º", "ª"].contains(&ending);
        let value = lower.get(..digits)?.parse().ok().filter(|_| ordinal);
        return Some(value.map_or(Token::Word, |value| Token::Number(value, digits)));
    }
    if FILLERS.contains(&lower.as_str()) {
        return None;
    }
    Some(month_named(&lower).map_or(Token::Word, Token::Month))
}

fn month_named(word: &str) -> Option<i64> {
    let line =
        MONTHS.lines().position(|line| line.split_ascii_whitespace().any(|name| name == word))?;
    i64::try_from(line + 1).ok()
}

/// A date with a month's name: "Fri, 13 Mar 2020 10:00 GMT", "March 13, 2020", "March 2020". The year
/// is the first number of four digits, the day the number beside the month.
fn with_month_name(tokens: &[Token]) -> Option<Result<DateInterval, Fault>> {
    let at = tokens.iter().position(|t| matches!(t, Token::Month(_)))?;
    let month = match tokens.get(at)? {
        Token::Month(month) => *month,
        _ => return None,
    };
    let year = tokens.iter().find_map(|token| match token {
        Token::Number(year, 4) => Some(*year),
        _ => None,
    });
    let Some(year) = year else {
        return Some(Err(Fault::Unreadable));
    };
    let day_at = |index: Option<usize>| match tokens.get(index?)? {
        Token::Number(day, 1..=2) => Some(*day),
        _ => None,
    };
    let day = day_at(at.checked_sub(1)).or_else(|| day_at(Some(at + 1)));
    Some(match day {
        Some(day) => day_of(year, month, day),
        None => month_of(year, month),
    })
}

/// A date in digits: year first, or day and month in either order; with dots the day comes first.
fn of_digits(text: &str) -> Result<Vec<DateInterval>, Fault> {
    let is_sign = |c: char| matches!(c, '-' | '/' | '.');
    let end = text.find(|c: char| !c.is_ascii_digit() && !is_sign(c)).unwrap_or(text.len());
    let (date, behind) = text.split_at_checked(end).ok_or(Fault::Unreadable)?;
    let is_time = behind.is_empty() || behind.starts_with(['T', 't', ' ', ',']);
    let parts: Vec<&str> = date.split(is_sign).collect();
    let numbers: Option<Vec<i64>> = parts.iter().map(|part| part.parse().ok()).collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let numbers = numbers.filter(|_| is_time).ok_or(Fault::Unreadable)?;
    let one = |days: Result<DateInterval, Fault>| days.map(|days| vec![days]);
    match (numbers.as_slice(), lengths.as_slice()) {
        (&[year, month, day], [4, 1..=2, 1..=2]) => one(day_of(year, month, day)),
        (&[year, month], [4, 1..=2]) => one(month_of(year, month)),
        (&[compact], [8]) => one(of_number(&compact.to_string())),
        (&[day, month, year], [1..=2, 1..=2, 4]) if date.contains('.') && month <= 12 => {
            one(day_of(year, month, day))
        }
        (&[a, b, year], [1..=2, 1..=2, 4]) => either_way(year, a, b),
        _ => Err(Fault::Unreadable),
    }
}

/// The readings of "04/05/2020": the day first, then the month first.
fn either_way(year: i64, a: i64, b: i64) -> Result<Vec<DateInterval>, Fault> {
    let mut found = Vec::new();
    let readings = [day_of(year, b, a), day_of(year, a, b)];
    for days in readings.into_iter().flatten() {
        if !found.contains(&days) {
            found.push(days);
        }
    }
    if found.is_empty() {
        return Err(Fault::Impossible);
    }
    Ok(found)
}

fn bounded(year: i64) -> Result<i16, Fault> {
    i16::try_from(year).ok().filter(|year| (1500..=2100).contains(year)).ok_or(Fault::Impossible)
}

fn civil(year: i64, month: i64, day: i64) -> Result<Date, Fault> {
    let (Ok(month), Ok(day)) = (i8::try_from(month), i8::try_from(day)) else {
        return Err(Fault::Impossible);
    };
    Date::new(bounded(year)?, month, day).map_err(|_| Fault::Impossible)
}

fn day_of(year: i64, month: i64, day: i64) -> Result<DateInterval, Fault> {
    civil(year, month, day).map(DateInterval::day)
}

fn month_of(year: i64, month: i64) -> Result<DateInterval, Fault> {
    let first = civil(year, month, 1)?;
    DateInterval::new(Some(first), Some(first.last_of_month())).map_err(|_| Fault::Impossible)
}

fn year_of(year: i64) -> Result<DateInterval, Fault> {
    let first = civil(year, 1, 1)?;
    DateInterval::new(Some(first), Some(first.last_of_year())).map_err(|_| Fault::Impossible)
}

/// A whole day in a file's name, `2020-03-13`, `2020_03_13` or `20200313`, from 1900 on and with no
/// further digit beside it, and the words it was read from.
pub(crate) fn in_file_name(path: &str) -> Option<(Date, &str)> {
    let name = path.rsplit(['/', '\\']).next()?;
    let is_digit = |at: Option<usize>| {
        let byte = at.and_then(|at| name.as_bytes().get(at));
        byte.is_some_and(u8::is_ascii_digit)
    };
    let starts = (0..name.len()).filter(|at| !is_digit(at.checked_sub(1)) && is_digit(Some(*at)));
    for start in starts {
        for (length, sign) in [(10, true), (8, false)] {
            let Some(words) = name.get(start..start + length) else {
                continue;
            };
            let found = file_date(words, sign).filter(|_| !is_digit(Some(start + length)));
            if let Some(day) = found {
                return Some((day, words));
            }
        }
    }
    None
}

fn file_date(words: &str, sign: bool) -> Option<Date> {
    let digits: String = if sign {
        let signs = [words.get(4..5)?, words.get(7..8)?];
        let same = signs[0] == signs[1] && ["-", "_", "."].contains(&signs[0]);
        let parts = [words.get(..4)?, words.get(5..7)?, words.get(8..)?];
        same.then(|| parts.concat())?
    } else {
        words.to_owned()
    };
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let value: i64 = digits.parse().ok()?;
    let year = Some(value / 10_000).filter(|year| *year >= 1900)?;
    civil(year, value / 100 % 100, value % 100).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn iso(text: &str) -> String {
        match read(text) {
            Ok(found) => found
                .iter()
                .map(|d| {
                    let (start, end) = (d.start().unwrap(), d.end().unwrap());
                    if start == end { start.to_string() } else { format!("{start}/{end}") }
                })
                .collect::<Vec<_>>()
                .join(" or "),
            Err(fault) => format!("{fault:?}").to_lowercase(),
        }
    }

    #[test]
    fn dates_as_records_write_them() {
        let cases = [
            ("2020-03-13", "2020-03-13"),
            ("2020-03-13T23:30:00+05:00", "2020-03-13"),
            ("2020-03-13 10:00", "2020-03-13"),
            ("20200313T101010Z", "2020-03-13"),
            ("20200313", "2020-03-13"),
            ("2020/3/5", "2020-03-05"),
            ("2020-03", "2020-03-01/2020-03-31"),
            ("2020", "2020-01-01/2020-12-31"),
            ("1584057600", "2020-03-13"),
            ("1584057600000", "2020-03-13"),
            ("Fri, 13 Mar 2020 10:00:00 +0000", "2020-03-13"),
            ("Fri Mar 13 10:00:00 UTC 2020", "2020-03-13"),
            ("12 March 2020", "2020-03-12"),
            ("March 12th, 2020, 10:15 am", "2020-03-12"),
            ("Published on Thursday, March 12, 2020", "2020-03-12"),
            ("13-Mar-2020", "2020-03-13"),
            ("1er février 2020", "2020-02-01"),
            ("12 de marzo de 2020", "2020-03-12"),
            ("12. März 2020", "2020-03-12"),
            ("March 2020", "2020-03-01/2020-03-31"),
            ("13/03/2020", "2020-03-13"),
            ("03/13/2020 09:00", "2020-03-13"),
            ("04/05/2020", "2020-05-04 or 2020-04-05"),
            ("04-05-2020", "2020-05-04 or 2020-04-05"),
            ("04.05.2020", "2020-05-04"),
            ("Jul 262016", "2016-07-26"),
            ("July 52016", "2016-07-05"),
            ("05/05/2020", "2020-05-05"),
        ];
        for (text, expected) in cases {
            assert_eq!(iso(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_said_to_be_none() {
        let cases = [
            ("yesterday", "unreadable"),
            ("5 Arpil 2020", "unreadable"),
            ("12 March", "unreadable"),
            ("", "unreadable"),
            ("12", "unreadable"),
            ("30 February 2020", "impossible"),
            ("2020-13-01", "impossible"),
            ("0000-01-01", "impossible"),
            ("9999-12-31", "impossible"),
            ("1 January 9999", "impossible"),
            ("99999999999999", "impossible"),
        ];
        for (text, expected) in cases {
            assert_eq!(iso(text), expected, "{text}");
        }
    }

    #[test]
    fn file_names_hold_whole_days_only() {
        let day = |path| in_file_name(path).map(|(day, words)| format!("{day} {words}"));
        assert_eq!(day("a/wire_2020-03-13.txt").as_deref(), Some("2020-03-13 2020-03-13"));
        assert_eq!(day("2020_03_13-afp.html.gz").as_deref(), Some("2020-03-13 2020_03_13"));
        assert_eq!(day("mali20200313b.txt").as_deref(), Some("2020-03-13 20200313"));
        for path in [
            "000_4f41c28930c0.txt",
            "120200313.txt",
            "202003131.txt",
            "2020-03/a.txt",
            "20201399.txt",
            "é2020-03-1é.txt",
        ] {
            assert_eq!(day(path), None, "{path}");
        }
    }
}
