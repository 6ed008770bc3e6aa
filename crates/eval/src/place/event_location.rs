//! The place of a marked verb in its sentence.
//!
//! The choice: of the mentions that may say where something is, the one nearest to the verb in words; one
//! that no word leads as a place is as far as eight words more, one in front of the verb as far as six more, and each comma between the two counts like eight.
//! Adjectives of countries, governments ("Paris said") and a country's name without a preposition are no
//! places of events. Right is a choice whose words overlap any of gold's places; where gold has none, no
//! choice. A tenth of the sentences, by a digest of their text, is kept aside and not looked at.

use std::path::Path;

use averment_place::{Gazetteer, PlaceMention, PlaceUsage};
use averment_types::{Digest, PlaceKind, TextRange};
use serde::Deserialize;

use super::{Measure, PlaceTable, read, rows};
use crate::EvalError;

const PART: &str = "event-location";
/// A mention that no word leads is so many words farther.
const NOT_LED: usize = 8;
/// One in front of the verb is so many words farther.
const IN_FRONT: usize = 6;
/// A comma between the two counts like so many words.
const CLAUSE: usize = 8;

#[derive(Deserialize)]
struct Row {
    text: String,
    spans: Vec<Span>,
    #[serde(default)]
    answer: Option<String>,
}

#[derive(Deserialize)]
struct Span {
    start: usize,
    end: usize,
    label: String,
    #[serde(default)]
    text: Option<String>,
}

/// Scores the sentences to develop against, or with `aside` the others.
pub(super) fn score(
    g: &Gazetteer,
    folder: &Path,
    aside: bool,
    table: &mut PlaceTable,
) -> Result<(), EvalError> {
    let all: Vec<Row> = rows(&folder.join("train.jsonl"))?;
    let mut counts = Counts::default();
    for row in all.iter().filter(|r| r.answer.as_deref().is_none_or(|a| a == "accept")) {
        if is_aside(&row.text) == aside {
            judge(g, row, table, &mut counts);
        }
    }
    let Counts { placed, right, found, free, silent } = counts;
    let mut push = |name, means, right, of| {
        table.measures.push(Measure { name, means, right, of });
    };
    push(
        "event-location place",
        "verbs with a place for which the right mention is chosen",
        right,
        placed,
    );
    push(
        "event-location found",
        "verbs with a place for which some mention is at it",
        found,
        placed,
    );
    push("event-location none", "verbs without a place for which none is chosen", silent, free);
    push(
        "event-location all",
        "verbs that are right, with and without a place",
        right + silent,
        placed + free,
    );
    Ok(())
}

#[derive(Debug, Default)]
struct Counts {
    placed: usize,
    right: usize,
    found: usize,
    free: usize,
    silent: usize,
}

fn judge(g: &Gazetteer, row: &Row, table: &mut PlaceTable, counts: &mut Counts) {
    let ranges = |label: &str| -> Vec<TextRange> {
        let labelled = row.spans.iter().filter(|s| s.label == label);
        labelled.flat_map(|s| at(&row.text, s)).collect()
    };
    let (verbs, golds) = (ranges("VERB"), ranges("LOCATION"));
    let Some(verb) = verbs.first() else {
        return;
    };
    let (mentions, _) = read(g, &row.text);
    let chosen = choose(&row.text, *verb, &mentions);
    let at_gold = |m: &PlaceMention| golds.iter().any(|gold| gold.overlaps(m.span));
    if golds.is_empty() {
        counts.free += 1;
        counts.silent += usize::from(chosen.is_none());
        if let Some(m) = chosen {
            let cause = format!("no place in gold, {} chosen", kind(m));
            table.wrong(PART, &cause, &told(row, *verb, &golds, Some(m)));
        }
        return;
    }
    counts.placed += 1;
    let found = mentions.iter().any(at_gold);
    counts.found += usize::from(found);
    if chosen.is_some_and(at_gold) {
        counts.right += 1;
        return;
    }
    let cause = match (found, chosen.is_some()) {
        (true, true) => "another mention chosen",
        (true, false) => "found, and taken for no place of an event",
        (false, true) => "gold's place not found, another chosen",
        (false, false) => "gold's place not found, none chosen",
    };
    table.wrong(PART, cause, &told(row, *verb, &golds, chosen));
}

fn kind(mention: &PlaceMention) -> &'static str {
    match mention.value.kind {
        PlaceKind::Settlement => "a settlement",
        PlaceKind::Country => "a country",
        PlaceKind::Admin1 | PlaceKind::Admin2 => "a division",
        _ => "a region or relative place",
    }
}

fn told(row: &Row, verb: TextRange, golds: &[TextRange], chosen: Option<&PlaceMention>) -> String {
    let words = |range: &TextRange| range.slice(&row.text).unwrap_or_default();
    let gold: Vec<&str> = golds.iter().map(words).collect();
    format!(
        "verb {:?} gold {gold:?} chosen {:?} | {}",
        words(&verb),
        chosen.map(|m| words(&m.span)),
        row.text.replace('\n', " ")
    )
}

/// The mention that is taken for the verb's place. See the module.
fn choose<'m>(
    text: &str,
    verb: TextRange,
    mentions: &'m [PlaceMention],
) -> Option<&'m PlaceMention> {
    let candidates = mentions.iter().filter(|m| match m.usage {
        PlaceUsage::Locative => true,
        PlaceUsage::Bare => m.value.kind != PlaceKind::Country,
        PlaceUsage::Modifier | PlaceUsage::Metonym => false,
    });
    candidates.min_by_key(|m| {
        let behind = m.span.start() >= verb.end();
        let (from, to) = if behind {
            (verb.end(), m.span.start())
        } else {
            (m.span.end().min(verb.start()), verb.start())
        };
        let words = text.get(from..to).map_or(usize::MAX / 2, |gap| gap.split_whitespace().count());
        let led = if m.usage == PlaceUsage::Locative { 0 } else { NOT_LED };
        let clauses = text.get(from..to).map_or(0, |gap| gap.matches([',', ';', '–']).count());
        words + led + clauses * CLAUSE + if behind { 0 } else { IN_FRONT }
    })
}

/// Where a span of the corpus lies. Some count in tokens where they should in characters: where the words are
/// given and do not stand there, every place where they stand.
fn at(text: &str, span: &Span) -> Vec<TextRange> {
    let counted = bytes(text, span.start, span.end);
    match span.text.as_deref().map(str::trim).filter(|words| !words.is_empty()) {
        Some(words) if counted.and_then(|r| r.slice(text)).map(str::trim) != Some(words) => text
            .match_indices(words)
            .filter_map(|(at, found)| TextRange::new(at, at + found.len()).ok())
            .collect(),
        _ => counted.into_iter().collect(),
    }
}

/// The range of the characters `start..end`.
fn bytes(text: &str, start: usize, end: usize) -> Option<TextRange> {
    let mut at = text.char_indices().map(|(at, _)| at).chain([text.len()]);
    let first = at.nth(start)?;
    let last = if end > start { at.nth(end - start - 1)? } else { first };
    TextRange::new(first, last).ok()
}

/// Whether the sentence is one of the tenth that is kept aside.
fn is_aside(text: &str) -> bool {
    Digest::of(&[text.as_bytes()]).as_bytes().first().is_some_and(|b| b % 10 == 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_become_bytes() {
        let range = bytes("é hit Gao", 2, 5).unwrap();
        assert_eq!(range.slice("é hit Gao"), Some("hit"));
        assert_eq!(bytes("Gao", 0, 3).unwrap().slice("Gao"), Some("Gao"));
        assert_eq!(bytes("Gao", 0, 9), None);
    }

    #[test]
    fn the_nearest_place_behind_the_verb_is_chosen() {
        let g = Gazetteer::shipped().unwrap();
        let text = "Malian troops from Bamako fought in Gao, after a march to Kidal.";
        let (mentions, _) = read(&g, text);
        let verb = TextRange::new(26, 32).unwrap();
        assert_eq!(verb.slice(text), Some("fought"));
        let chosen = choose(text, verb, &mentions).unwrap();
        assert_eq!(chosen.span.slice(text), Some("Gao"));
    }
}
