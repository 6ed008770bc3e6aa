//! A date of publication that a copyist left at the head of the running text: "Wed 05 Apr 2017 Air strikes kill
//! ten in …", "… kill ten AFP Thursday 14 Jul 2016 Air strikes on …".
//!
//! Owns the form; refuses dates inside sentences: one with a preposition before it, or with a small letter or a comma behind.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// How far into the text a date with its weekday may stand, in bytes.
const HEAD: usize = 200;

/// The date at the head of the first paragraph `text`.
pub(crate) fn date_at_head(text: &str) -> Option<&str> {
    text.get(head(text)?.date)
}

/// Length in bytes of the date that opens the paragraph `text`, with its label before it and the hour behind it.
pub(super) fn opening_len(text: &str) -> Option<usize> {
    static HOUR: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?i)^[\s,.:|-]*(?:(?:at\s+)?\d{1,2}:?\d{2}(?:\s*[ap]\.?m\b\.?)?\b|\(updated[^)]{0,30}\))?[\s,.:|-]*").ok()
    });
    let Head { date, opens } = head(text)?;
    let hour = HOUR.as_ref()?.find(text.get(date.end..)?)?;
    opens.then_some(date.end + hour.as_str().trim_end().len())
}

/// A date at the head of a text.
struct Head {
    /// Its bytes.
    date: Range<usize>,
    /// Whether nothing but its label and weekday stand before it.
    opens: bool,
}

fn head(text: &str) -> Option<Head> {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let month = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?";
        let weekday = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+";
        let label = r"(?:date\s+of\s+publication|publication\s+date|(?:last\s+)?(?:published|posted|updated|issued|released))(?:\s+(?:on|at))?\s*:?\s+";
        Regex::new(&format!(
            r"(?i)\b({label})?({weekday})?(\d{{1,2}}\s+{month}\s+\d{{4}}|{month}\s+\d{{1,2}},?\s*\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[.-]\d{{1,2}}[.-]\d{{4}})(?:\b|[A-Z])"
        ))
        .ok()
    });
    let head = text.get(..text.floor_char_boundary(HEAD))?;
    let found = DATE.as_ref()?.captures(head)?;
    let (whole, date) = (found.get(0)?, found.get(3)?);
    let opens = head.get(..whole.start())?.trim().is_empty();
    let before = head.get(..whole.start())?.split_whitespace().next_back().unwrap_or_default();
    let named = found.get(2).is_some() && before.starts_with(char::is_uppercase);
    let rest = text.get(date.end()..)?;
    let behind = rest.trim_start_matches(['.', ':', '-', '|', ' ']);
    let behind = behind.strip_prefix("at ").unwrap_or(behind);
    // "16:45", "(updated 2033 …)": what only the head of a page has behind its date.
    let timed = found.get(2).is_some() && behind.get(2..3) == Some(":");
    let updated = rest.starts_with("(updated");
    // "by" and a name: whose text it is.
    let title = behind.strip_prefix("by ").filter(|_| opens).unwrap_or(behind);
    let apart =
        title.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '(' || c == '"');
    let stands = (opens || found.get(1).is_some() || named || timed || updated) && apart;
    stands.then(|| Head { date: date.range(), opens })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_opens_the_text_is_found() {
        let cases = [
            ("Wed 05 Apr 2017 Two shells hit a market, medics said.", Some("05 Apr 2017")),
            ("Published July 5 2016 A mine killed two farmers.", Some("July 5 2016")),
            ("Two die in raid AFP Thursday 14 Jul 2016 Two men died.", Some("14 Jul 2016")),
            ("27.05.2017(updated 1133) The army has left the town.", Some("27.05.2017")),
            ("Posted on July 5 2016 by Awa Diallo A mine killed two.", Some("July 5 2016")),
            ("Last updated at May 3, 2016 A mine killed two.", Some("May 3, 2016")),
            ("27.05.2017Get short link The army has left.", Some("27.05.2017")),
            ("Last updated at May 032016 A mine killed two.", Some("May 032016")),
            ("Sat 24 Aug 2013 at 2354 Regional Two died.", Some("24 Aug 2013")),
            ("Print this page Tuesday 19 July 2016 16:45 Two died.", Some("19 July 2016")),
            ("World 2159 18.05.2017(updated 2204 18.05.2017) Two died.", Some("18.05.2017")),
            ("5 April 2017 by all accounts was a quiet day.", None),
            ("On 5 April 2017 two shells hit a market.", None),
            ("5 April 2017 was a quiet day.", None),
            ("The truce of Thursday 14 July 2016 Mr Diallo praised.", None),
            ("Two shells hit a market.", None),
        ];
        for (text, date) in cases {
            assert_eq!(date_at_head(text), date, "{text}");
        }
    }

    #[test]
    fn the_line_before_the_first_sentence_is_told_apart() {
        let cases = [
            ("Wed 05 Apr 2017 Two shells hit a market.", Some("Wed 05 Apr 2017")),
            ("Saturday 23 April 2016 18:20 Two shells hit.", Some("Saturday 23 April 2016 18:20")),
            (
                "Date of publication 22 June 2016 Two died.",
                Some("Date of publication 22 June 2016"),
            ),
            (
                "20.07.2016(updated 1329 20.07.2016) Two died.",
                Some("20.07.2016(updated 1329 20.07.2016)"),
            ),
            ("Sat 24 Aug 2013 at 2354 Regional Two died.", Some("Sat 24 Aug 2013 at 2354")),
            ("5-04-2016 4 killed in raid.", Some("5-04-2016")),
            ("Two die in raid AFP Thursday 14 Jul 2016 Two men died.", None),
            ("5 April 2017 was a quiet day.", None),
        ];
        for (text, line) in cases {
            assert_eq!(opening_len(text).and_then(|len| text.get(..len)), line, "{text}");
        }
    }
}
