//! Set phrases that mark a line as furniture: "Share", "Read also:", "All rights reserved".
//!
//! Owns the table `furniture.txt` and its matching; refuses everything that needs the line's
//! neighbours.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use averment_types::ZoneKind;

/// Longest line that is looked at, in words.
const MAX_WORDS: usize = 130;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Whole,
    Start,
    Anywhere,
    End,
}

#[derive(Debug)]
struct Phrase {
    kind: ZoneKind,
    most_words: usize,
    how: How,
    words: Vec<&'static str>,
}

/// The phrases by their first word, in the order of the table.
static PHRASES: LazyLock<BTreeMap<&'static str, Vec<Phrase>>> = LazyLock::new(|| {
    let mut phrases: BTreeMap<&'static str, Vec<Phrase>> = BTreeMap::new();
    let mut section = None;
    for line in include_str!("furniture.txt").lines() {
        if let Some(head) = line.strip_prefix('[') {
            section = parse_section(head.trim_end_matches(']'));
        } else if let (Some((kind, most_words)), Some(how)) = (section, parse_how(line)) {
            let words: Vec<_> = line.split_whitespace().skip(1).collect();
            let Some(first) = words.first() else { continue };
            phrases.entry(first).or_default().push(Phrase { kind, most_words, how, words });
        }
    }
    phrases
});

fn parse_section(head: &str) -> Option<(ZoneKind, usize)> {
    let (name, most) = head.split_once(' ')?;
    let kinds = [
        ZoneKind::Share,
        ZoneKind::Navigation,
        ZoneKind::Disclaimer,
        ZoneKind::Byline,
        ZoneKind::Caption,
    ];
    let kind = kinds.into_iter().find(|kind| kind.as_str() == name)?;
    Some((kind, most.parse().ok()?))
}

fn parse_how(line: &str) -> Option<How> {
    match line.as_bytes().first()? {
        b'=' => Some(How::Whole),
        b'^' => Some(How::Start),
        b'~' => Some(How::Anywhere),
        b'$' => Some(How::End),
        _ => None,
    }
}

/// The words of a line in lower case, `:` a word of its own, other marks and digits left out.
pub(super) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in line.chars() {
        if c.is_alphabetic() {
            word.extend(c.to_lowercase());
            continue;
        }
        if !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if matches!(c, ':' | '：') {
            words.push(":".to_owned());
        }
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// What furniture the line is, or `None`.
pub(crate) fn kind(line: &str) -> Option<ZoneKind> {
    // No line of MAX_WORDS words is longer than this in real text.
    if line.len() > MAX_WORDS * 16 {
        return None;
    }
    if line.trim_start().starts_with(['©', '®']) {
        return Some(ZoneKind::Disclaimer);
    }
    if is_credited(line) {
        return Some(ZoneKind::Caption);
    }
    let words = words(line);
    if words.len() > MAX_WORDS {
        return None;
    }
    (0..words.len()).find_map(|at| {
        let listed = PHRASES.get(words.get(at)?.as_str())?;
        let found = listed.iter().find(|phrase| phrase.matches(&words, at));
        found.map(|phrase| phrase.kind)
    })
}

/// Whether the line ends with the credit of a picture: "… after the attack. Photo: Example Wire".
fn is_credited(line: &str) -> bool {
    let Some((head, credit)) = line.rsplit_once([':', '：']) else { return false };
    let label = head.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let before = head.len() - label.len();
    let label = label.to_lowercase();
    let alone = line.get(..before).is_some_and(|s| {
        s.trim_end().is_empty()
            || s.trim_end().ends_with(['.', '(', '[', '|', '/', '-', '–', '"', '”', '\''])
    });
    let labels = [
        "photo",
        "photos",
        "picture",
        "pictures",
        "image",
        "photograph",
        "photographs",
        "credit",
        "pic",
    ];
    alone
        && labels.contains(&label.as_str())
        && credit.split_whitespace().count() <= 6
        && line.split_whitespace().count() <= 60
}

impl Phrase {
    fn matches(&self, words: &[String], at: usize) -> bool {
        let end = at + self.words.len();
        let place = match self.how {
            How::Whole => at == 0 && end == words.len(),
            How::Start => at == 0,
            How::Anywhere => true,
            How::End => end == words.len(),
        };
        let same = || words.get(at..end).is_some_and(|w| w.iter().eq(self.words.iter()));
        place && words.len() <= self.most_words && same()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_told_from_sentences() {
        let cases = [
            ("Share.", Some(ZoneKind::Share)),
            ("Follow us on Twitter @example", Some(ZoneKind::Share)),
            ("READ MORE: Troops retake the town", Some(ZoneKind::Navigation)),
            ("© 2020 Example Wire", Some(ZoneKind::Disclaimer)),
            ("(Reporting by A. Diallo; editing by B. Smith)", Some(ZoneKind::Byline)),
            (
                "(The opinions expressed in this article are the author's own.)",
                Some(ZoneKind::Disclaimer),
            ),
            ("Troops in the town after the attack. Photo: Example Wire", Some(ZoneKind::Caption)),
            ("Share prices fell in Lagos on Monday.", None),
            ("The group, which shares power with the army, denied the attack.", None),
            ("More than twenty people were killed.", None),
            ("Read in full, the report blames both sides.", None),
        ];
        for (line, expected) in cases {
            assert_eq!(kind(line), expected, "{line}");
        }
    }

    #[test]
    fn every_line_of_the_table_is_understood() {
        let lines = include_str!("furniture.txt").lines();
        let wanted = lines.filter(|l| l.starts_with(['=', '^', '~', '$'])).count();
        assert_eq!(PHRASES.values().map(Vec::len).sum::<usize>(), wanted);
    }
}
