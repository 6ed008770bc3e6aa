//! The title of a record as the headline of its text: who, where and when are often told there alone.
//!
//! Owns whether the text lacks its title, and the shift of all that stands in it; refuses titles that the text repeats.

use averment_types::{MapSegment, SourceMap, TextRange, Zone, ZoneKind};

use crate::decode::map::part;
use crate::json::Unescaped;
use crate::page::Page;

/// The first bytes of a text, in which its title may be repeated.
const HEAD: usize = 600;
/// A longer title is none.
const LONGEST: usize = 400;
/// A shorter one says too little: a rubric, a name.
const FEWEST_WORDS: usize = 3;
/// What stands between a headline and the text.
const GAP: &str = "\n\n";

/// Puts `title` above the text of `page`, whose way back to the record is `map`, where the text does not have it.
pub(crate) fn put_above(title: &Unescaped, page: &mut Page, map: &mut SourceMap) {
    let words = title.text.trim_end();
    let from = words.len() - words.trim_start().len();
    let words = words.trim_start();
    let mut headlines = page.zones.iter().filter(|zone| zone.kind == ZoneKind::Headline);
    let line = |zone: &Zone| zone.range.slice(&page.text).unwrap_or_default();
    let told = headlines.any(|zone| says_the_same(line(zone), words));
    let short = words.split_whitespace().count() < FEWEST_WORDS;
    let lines = words.contains(['\n', '\r']);
    if told || short || lines || words.len() > LONGEST || is_repeated(words, &page.text) {
        return;
    }
    let Ok(headline) = TextRange::new(0, words.len()) else { return };
    let shift = words.len() + GAP.len();
    let moved = |range: TextRange| TextRange::new(range.start() + shift, range.end() + shift);
    let mut whole = part(&title.map, from, from + words.len());
    for segment in map.segments() {
        let Ok(text) = moved(segment.text) else { return };
        whole.push(MapSegment { text, source: segment.source });
    }
    let zones = page.zones.iter();
    // A first line that says something else than the title is the text's.
    let kind = |kind| if kind == ZoneKind::Headline { ZoneKind::Body } else { kind };
    let zones =
        zones.map(|zone| Some(Zone { kind: kind(zone.kind), range: moved(zone.range).ok()? }));
    let Some(zones) = zones.collect::<Option<Vec<Zone>>>() else { return };
    page.text = format!("{words}{GAP}{}", page.text);
    page.zones = vec![Zone { kind: ZoneKind::Headline, range: headline }];
    page.zones.extend(zones);
    *map = whole;
}

/// Whether a headline shares half its words with the title: it is that in other words, or with the name of the site.
fn says_the_same(headline: &str, title: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let all = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        all.map(str::to_lowercase).collect()
    };
    let (own, title) = (words(headline), words(title));
    let shared = own.iter().filter(|word| title.contains(word)).count();
    2 * shared >= own.len()
}

/// Whether the text says the title's words at its start, whatever marks stand between them.
fn is_repeated(title: &str, text: &str) -> bool {
    let letters = |words: &str| -> String {
        words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or(text);
    letters(head).contains(&letters(title))
}

#[cfg(test)]
mod tests {
    use crate::{Options, RawDocument, parse};
    use averment_types::{Format, TextRange, ZoneKind};

    fn read(line: &str) -> crate::Ingested {
        let bytes = line.as_bytes().to_vec();
        let raw =
            RawDocument { path: "a.jsonl".into(), line: Some(1), format: Format::Jsonl, bytes };
        parse(raw, &Options::default()).unwrap()
    }

    #[test]
    fn a_title_that_the_text_lacks_is_its_headline() {
        let line =
            r#"{"title": " Raid on \"Gao\" kills six ", "text": "Gunmen came at dawn on Friday."}"#;
        let read = read(line);
        let text = &read.report.text;
        assert!(text.starts_with("Raid on \"Gao\" kills six\n\nGunmen"), "{text}");
        assert_eq!(read.report.zones[0].kind, ZoneKind::Headline);
        let of = |words: &str| {
            let at = text.find(words).unwrap();
            let range = TextRange::new(at, at + words.len()).unwrap();
            read.original.map.to_source(range).unwrap().slice(line).unwrap()
        };
        assert_eq!((of("Raid"), of("kills six"), of("Gunmen")), ("Raid", "kills six", "Gunmen"));
    }

    #[test]
    fn a_first_line_that_says_something_else_is_no_headline() {
        let line = r#"{"title": "Situation update, 1-15 January 2025", "text": "Highlights: 11 villagers killed | 6,400 displaced\n\nA jet dropped two bombs on Kaya."}"#;
        let read = read(line);
        assert!(read.report.text.starts_with("Situation update, 1-15 January 2025\n\nHigh"));
        let kinds: Vec<ZoneKind> = read.report.zones.iter().map(|zone| zone.kind).collect();
        assert_eq!(kinds.iter().filter(|kind| **kind == ZoneKind::Headline).count(), 1);
        assert_eq!(kinds[0], ZoneKind::Headline);
    }

    #[test]
    fn a_title_that_the_text_repeats_is_left_out() {
        let line = r#"{"title": "Raid on Gao kills six", "text": "RAID ON GAO KILLS SIX. Gunmen came at dawn."}"#;
        assert!(read(line).report.text.starts_with("RAID ON GAO"));
    }
}
