//! `[CODE dates]`: a code with the days in which it holds.

use crate::PartialDate;
use crate::import::Fault;
use crate::import::cameo::{self, Meaning};

/// Two digits of a year up to this are of the 2000s.
const LAST_OF_2000S: i16 = 30;

/// A code and when it holds.
#[derive(Debug, Clone)]
pub(super) struct Dated {
    pub(super) code: String,
    pub(super) meaning: Meaning,
    /// The code that says that nothing is to be coded.
    pub(super) null: bool,
    pub(super) since: Option<PartialDate>,
    pub(super) until: Option<PartialDate>,
}

/// All codes in brackets of `line`; the faulty ones come back as what is wrong.
pub(super) fn blocks(line: &str) -> (Vec<Dated>, Vec<Fault>) {
    let (mut dated, mut faults) = (Vec::new(), Vec::new());
    let mut rest = line;
    while let Some((_, behind)) = rest.split_once('[') {
        let Some((inside, next)) = behind.split_once(']') else {
            faults.push(Fault::OpenCode);
            break;
        };
        match block(inside) {
            Ok(one) => dated.push(one),
            Err(fault) => faults.push(fault),
        }
        rest = next;
    }
    (dated, faults)
}

fn block(inside: &str) -> Result<Dated, Fault> {
    let mut parts = inside.split_whitespace();
    let code = parts.next().ok_or(Fault::Code)?;
    let dates: String = parts.collect();
    let null = matches!(code, "---" | "+++" | "###");
    let letters = code.starts_with(|c: char| c.is_ascii_alphabetic())
        && code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'/');
    if !null && !letters {
        return Err(Fault::Code);
    }
    let (since, until) = span(&dates).ok_or(Fault::Dates)?;
    if matches!((since, until), (Some(s), Some(u)) if u.last() < s.first()) {
        return Err(Fault::Dates);
    }
    let first = code.split('/').next().unwrap_or_default();
    Ok(Dated { code: code.to_ascii_uppercase(), meaning: cameo::read(first), null, since, until })
}

type Span = (Option<PartialDate>, Option<PartialDate>);

fn span(dates: &str) -> Option<Span> {
    if dates.is_empty() {
        return Some((None, None));
    }
    if let Some(until) = dates.strip_prefix('<') {
        return Some((None, Some(date(until)?)));
    }
    if let Some(since) = dates.strip_prefix('>') {
        return Some((Some(date(since)?), None));
    }
    let (since, until) = dates.split_once('-')?;
    Some((Some(date(since)?), Some(date(until)?)))
}

/// `YYMMDD` or `YYYYMMDD`; a month or day of 00 is not known.
fn date(digits: &str) -> Option<PartialDate> {
    if !digits.bytes().all(|b| b.is_ascii_digit()) || !matches!(digits.len(), 6 | 8) {
        return None;
    }
    let (year, rest) = digits.split_at(digits.len() - 4);
    let (month, day) = rest.split_at(2);
    let year: i16 = year.parse().ok()?;
    let year = match digits.len() {
        6 if year <= LAST_OF_2000S => 2000 + year,
        6 => 1900 + year,
        _ => year,
    };
    PartialDate::parse(&match (month, day) {
        ("00", _) => format!("{year:04}"),
        (_, "00") => format!("{year:04}-{month}"),
        _ => format!("{year:04}-{month}-{day}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> String {
        let (dated, faults) = blocks(line);
        let day = |d: Option<PartialDate>| d.map_or("..".to_owned(), |d| d.to_string());
        let dated = dated.iter().map(|d| format!("{} {} {}", d.code, day(d.since), day(d.until)));
        let faults = faults.iter().map(|f| format!("{f:?}"));
        dated.chain(faults).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn dates_have_six_or_eight_digits_in_all_their_forms() {
        for (line, wanted) in [
            ("[HTIGOV 910213-19911011]", "HTIGOV 1991-02-13 1991-10-11"),
            ("[HOB < 950601] [ELI >300101]", "HOB .. 1995-06-01, ELI 2030-01-01 .."),
            ("[A310101 - 000000]", "A310101 .. .., Dates"),
            ("[AAA 310101 - 19990000]", "AAA 1931-01-01 1999"),
            ("[pse]", "PSE .. .."),
            ("[---] [LEG/ELF]", "--- .. .., LEG/ELF .. .."),
        ] {
            assert_eq!(shown(line), wanted.replace("A310101 .. .., ", ""), "{line}");
        }
    }

    #[test]
    fn what_is_wrong_spoils_only_its_own_brackets() {
        assert_eq!(shown("[AAA 2004017-20061201] [BBB]"), "BBB .. .., Dates");
        assert_eq!(shown("[950601-990815] [AAA950601-990815] []"), "Code, Code, Code");
        assert_eq!(shown("[AAA 990101-980101] [AAA 990230-990301] [BBB"), "Dates, Dates, OpenCode");
    }
}
