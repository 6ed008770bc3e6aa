//! Datelines before the first sentence ("BAMAKO, Mali (AFP) -") and date lines above the text.
//!
//! Owns their extent; refuses to read the date, which `published` does.

use std::sync::LazyLock;

use regex::Regex;

const MONTH: &str = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const WEEKDAY: &str = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?";

/// Longest dateline, in bytes.
const MAX_DATELINE: usize = 110;

/// Length in bytes of the dateline at the start of the first paragraph, its dash included.
pub(crate) fn dateline_len(paragraph: &str) -> Option<usize> {
    let head_end = paragraph.floor_char_boundary(MAX_DATELINE);
    let window = paragraph.get(..head_end)?;
    separators(window).find_map(|(at, mark)| {
        let head = window.get(..at)?.trim_end();
        let rest = paragraph.get(at + mark.len()..)?.trim_start();
        let starts = |c: char| c.is_uppercase() || c.is_ascii_digit() || !c.is_ascii();
        let opens = rest.trim_start_matches(['"', '\'', '“', '‘', '«', '(']).starts_with(starts);
        (opens && rest.split_whitespace().count() > 3 && is_head(head, mark))
            .then_some(at + mark.len())
    })
}

/// The places in `window` that can end a dateline, with the mark that does.
fn separators(window: &str) -> impl Iterator<Item = (usize, &str)> {
    const MARKS: [&str; 8] = ["---", "--", " - ", "—", " – ", "–", ": ", " -"];
    window.char_indices().filter_map(move |(at, _)| {
        let tail = window.get(at..)?;
        let mark = MARKS.into_iter().find(|mark| tail.starts_with(mark))?;
        Some((at, tail.get(..mark.trim_end().len())?))
    })
}

/// Whether `head` is place, date and agency and nothing else.
fn is_head(head: &str, mark: &str) -> bool {
    static SHAPE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let date = format!(
            r"(?i:(?:(?:{WEEKDAY}\.?,?\s+)?(?:{MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s+{MONTH}\.?)(?:,?\s+\d{{4}})?|{WEEKDAY}|\d{{1,2}}[./-]\d{{1,2}}(?:[./-]\d{{2,4}})?))"
        );
        let word =
            r"(?:\p{Lu}[\p{L}.'’-]*|de|du|la|le|el|al|of|the|and|sur|[a-z]{3,10}\s(?:News|Agency))";
        let place = format!(r"{word}(?:[\s/-]+{word}){{0,5}}");
        let part = format!(r"(?:{date}|{place})");
        let agency = r"\(?[\p{L}][\p{L}\p{N} .&/’'-]{1,40}\)";
        Regex::new(&format!(
            r"^\(?{part}\)?(?:\s*[,/(]\s*{part}\)?){{0,4}}(?:\s*,?\s*\(?{agency})?(?:\s*,?\s*{part})?[\s,.]*$"
        ))
        .ok()
    });
    let shaped = SHAPE.as_ref().is_some_and(|re| re.is_match(head));
    let first = head.split([' ', ',', '/', '(']).find(|w| !w.is_empty()).unwrap_or_default();
    let letters = first.chars().filter(|c| c.is_alphabetic()).count();
    let capitals =
        letters >= 3 && first.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let words = head.split_whitespace().count();
    let agency = head.ends_with(')');
    let lone_place = words <= 3 && (mark.starts_with(['—', '–']) || mark == "--");
    shaped
        && words <= 12
        && match mark {
            ":" if agency && has_date(head) => words <= 8,
            ":" => capitals && words <= 4 && !is_speaker(head),
            _ => capitals || agency || has_date(head) || lone_place,
        }
}

/// Words in capitals before a colon that are labels and no places.
fn is_speaker(head: &str) -> bool {
    matches!(
        head,
        "READ"
            | "READ MORE"
            | "WATCH"
            | "ALSO"
            | "RELATED"
            | "UPDATE"
            | "BREAKING"
            | "NOTE"
            | "EDITOR"
            | "PHOTO"
            | "PHOTOS"
            | "VIDEO"
            | "OPINION"
            | "ANALYSIS"
            | "EXCLUSIVE"
            | "CORRECTION"
            | "MORE"
            | "SEE"
            | "LISTEN"
            | "ATTENTION"
            | "WARNING"
    )
}

fn has_date(head: &str) -> bool {
    static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(&format!(
            r"(?i)\b{MONTH}\b\.?\s*\d|\d\s*(?:st|nd|rd|th)?\s+{MONTH}\b|\b{WEEKDAY}\b|\d[./-]\d"
        ))
        .ok()
    });
    DATE.as_ref().is_some_and(|re| re.is_match(head))
}

/// Whether the line is a date, with or without a label, a time and a place before it: "Published: 13
/// March 2020", "Fri 13 Mar 2020 14:02 GMT", "Updated 2 hours ago".
pub(crate) fn is_date_line(line: &str) -> bool {
    static LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let label = r"(?:(?:first\s+|last\s+|article\s+|story\s+)?(?:published|updated|posted|modified|created|date|issued|released|dated|publication\s+date|filed)(?:\s+(?:on|at|date))?\s*[:|-]?\s*)";
        let time = r"(?:(?:at|@|,|\||-|–|—|·|•|t)?\s*\d{1,2}(?:[:.h]\d{2}){0,2}\s*(?:[ap]\.?m\.?)?\s*(?:\(?(?:gmt|utc|est|edt|et|bst|cet|cest|wat|cat|eat|ist|sast|z|[+-]\d{1,2}:?\d{0,2}|local\s+time)(?:[+-]\d{1,2})?\)?)?)";
        let day = format!(
            r"(?:(?:{WEEKDAY}\.?,?\s+)?(?:the\s+)?(?:{MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}\.?,?\s+\d{{4}}|{MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{MONTH}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}|{MONTH}\.?,?\s+\d{{4}})|{WEEKDAY},?\s+{MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?)"
        );
        Regex::new(&format!(
            r"(?i)^\W*(?:{label}(?:{day}[\s,|·-]*{time}?|\d+\s+(?:minutes?|hours?|days?)\s+ago)|(?:{time}[\s,|·-]+)?{day}[\s,|·-]*(?:{time})?(?:[\s,|·-]+{label}{day}?[\s,|·-]*(?:{time})?)?)\W*$"
        ))
        .ok()
    });
    line.len() < 120
        && line.chars().any(|c| c.is_ascii_digit())
        && LINE.as_ref().is_some_and(|re| re.is_match(line.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_are_cut_before_the_first_sentence() {
        let cases = [
            ("BAMAKO, Mali (AFP) - Four soldiers were killed on Monday.", "BAMAKO, Mali (AFP) -"),
            (
                "DAKAR, March 13 (Reuters) - Gunmen attacked a village on Friday.",
                "DAKAR, March 13 (Reuters) -",
            ),
            (
                "Nouakchott, 13 March 2020 - The government has denied the report.",
                "Nouakchott, 13 March 2020 -",
            ),
            ("afrol News, 27 January - The army has taken the town.", "afrol News, 27 January -"),
            ("Lagos — The army has taken the town, it said.", "Lagos —"),
            ("NEW DELHI: The government has denied the report.", "NEW DELHI:"),
            (
                "OUAGADOUGOU/NIAMEY (Reuters) – Gunmen killed five people.",
                "OUAGADOUGOU/NIAMEY (Reuters) –",
            ),
            (
                "MAIDUGURI, Nigeria, Sept. 3, 2019 (AP) -- “They came at night,” he said.",
                "MAIDUGURI, Nigeria, Sept. 3, 2019 (AP) --",
            ),
            (
                "New York (November 25, 2021): The authorities have detained an activist.",
                "New York (November 25, 2021):",
            ),
            ("N'DJAMENA, Feb 4 - Chad's army said on Tuesday it had won.", "N'DJAMENA, Feb 4 -"),
        ];
        for (text, expected) in cases {
            assert_eq!(dateline_len(text).and_then(|n| text.get(..n)), Some(expected), "{text}");
        }
    }

    #[test]
    fn sentences_have_no_dateline() {
        for text in [
            "Mali - a country of 20 million - has seen years of war.",
            "The group – known as JNIM – denied it.",
            "JNIM said: The attack was ours and we will do it again.",
            "Gunmen killed five people in Mopti - the third attack this week.",
            "READ MORE: Troops retake the town after two days.",
        ] {
            assert_eq!(dateline_len(text), None, "{text}");
        }
    }

    #[test]
    fn date_lines() {
        for line in [
            "Published: 13 March 2020",
            "Fri 13 Mar 2020 14:02 GMT",
            "March 13, 2020",
            "2020-03-13",
            "Updated 2 hours ago",
            "20 Nov, 2019 05:47",
            "Posted on March 3, 2020 at 4:15 pm",
            "13/03/2020",
        ] {
            assert!(is_date_line(line), "{line}");
        }
        for line in
            ["In March 2020 the army withdrew.", "Mopti", "March", "13 soldiers killed", "2020"]
        {
            assert!(!is_date_line(line), "{line}");
        }
    }
}
