//! The place of a marked verb in its sentence.
//!
//! The choice is the coder's own: [`Coder::locate`], over the reader's tree and with the coder's actors. Right is a choice
//! whose words overlap any of gold's places; where gold has none, no
//! choice. A tenth of the sentences, by a digest of their text, is kept aside and not looked at.

use std::path::Path;

use averment_extract::{Coder, Located};
use averment_place::PlaceMention;
use averment_types::{Digest, PlaceKind, Report, TextRange};
use serde::Deserialize;

use super::{Measure, PlaceTable, rows};
use crate::EvalError;

const PART: &str = "event-location";

#[derive(Deserialize)]
struct Row {
    text: String,
    spans: Vec<Span>,
    #[serde(default)]
    answer: Option<String>,
    #[serde(default)]
    source: Option<String>,
}

#[derive(Deserialize)]
struct Span {
    start: usize,
    end: usize,
    label: String,
    #[serde(default)]
    text: Option<String>,
}

/// A marked verb, gold's places, and what the coder makes of it.
pub(super) struct Case {
    pub(super) text: String,
    /// The corpus that the sentence is from, without who marked it.
    pub(super) source: String,
    verb: TextRange,
    golds: Vec<TextRange>,
    pub(super) located: Located,
}

impl Case {
    /// Whether gold has a place.
    pub(super) const fn is_placed(&self) -> bool {
        !self.golds.is_empty()
    }

    /// Whether option `at` is at gold's place.
    pub(super) fn is_right(&self, at: usize) -> bool {
        let option = self.located.options.get(at);
        option.is_some_and(|o| self.golds.iter().any(|gold| gold.overlaps(o.mention.span)))
    }
}

/// The sentences of the corpus to develop against, or with `aside` the others, located.
pub(super) fn cases(coder: &Coder, folder: &Path, aside: bool) -> Result<Vec<Case>, EvalError> {
    let all: Vec<Row> = rows(&folder.join("train.jsonl"))?;
    let accepted = all.into_iter().filter(|r| r.answer.as_deref().is_none_or(|a| a == "accept"));
    Ok(accepted.filter(|r| is_aside(&r.text) == aside).filter_map(|r| case(coder, r)).collect())
}

fn case(coder: &Coder, row: Row) -> Option<Case> {
    let ranges = |label: &str| -> Vec<TextRange> {
        let labelled = row.spans.iter().filter(|s| s.label == label);
        labelled.flat_map(|s| at(&row.text, s)).collect()
    };
    let (verbs, golds) = (ranges("VERB"), ranges("LOCATION"));
    let verb = *verbs.first()?;
    let nothing =
        Located { options: Vec::new(), chosen: None, named: Vec::new(), times: Vec::new() };
    let located =
        coder.locate(Report::of_body("sentence", &row.text)?, verb, None).unwrap_or(nothing);
    let source = row.source.as_deref().unwrap_or_default();
    let source = source.split('_').next().unwrap_or_default().to_owned();
    Some(Case { text: row.text, source, verb, golds, located })
}

/// Scores located sentences.
pub(super) fn score(cases: &[Case], table: &mut PlaceTable) {
    let mut counts = Counts::default();
    for case in cases {
        judge(case, table, &mut counts);
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
}

#[derive(Debug, Default)]
struct Counts {
    placed: usize,
    right: usize,
    found: usize,
    free: usize,
    silent: usize,
}

fn judge(case: &Case, table: &mut PlaceTable, counts: &mut Counts) {
    let chosen = case.located.chosen;
    let mention = chosen.and_then(|at| case.located.options.get(at)).map(|o| &o.mention);
    if !case.is_placed() {
        counts.free += 1;
        counts.silent += usize::from(chosen.is_none());
        if let Some(m) = mention {
            let why = format!("no place in gold, {} chosen", kind(m));
            table.wrong(PART, &why, &told(case, mention));
        }
        return;
    }
    counts.placed += 1;
    let found = case.located.named.iter().any(|m| case.golds.iter().any(|g| g.overlaps(*m)));
    counts.found += usize::from(found);
    if chosen.is_some_and(|at| case.is_right(at)) {
        counts.right += 1;
        return;
    }
    let option = (0..case.located.options.len()).any(|at| case.is_right(at));
    let why = match (option, found, chosen.is_some()) {
        (true, _, true) => "another mention chosen",
        (true, _, false) => "a candidate, and none chosen",
        (false, true, _) => "found, and taken for no place of an event",
        (false, false, true) => "gold's place not found, another chosen",
        (false, false, false) => "gold's place not found, none chosen",
    };
    table.wrong(PART, why, &told(case, mention));
}

fn kind(mention: &PlaceMention) -> &'static str {
    match mention.value.kind {
        PlaceKind::Settlement => "a settlement",
        PlaceKind::Country => "a country",
        PlaceKind::Admin1 | PlaceKind::Admin2 => "a division",
        _ => "a region or relative place",
    }
}

fn told(case: &Case, chosen: Option<&PlaceMention>) -> String {
    let words = |range: &TextRange| range.slice(&case.text).unwrap_or_default();
    let gold: Vec<&str> = case.golds.iter().map(words).collect();
    format!(
        "{} verb {:?} gold {gold:?} chosen {:?} | {}",
        case.source,
        words(&case.verb),
        chosen.map(|m| words(&m.span)),
        case.text.replace('\n', " ")
    )
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
    fn a_report_of_one_sentence_is_located() {
        let coder = Coder::shipped(averment_lang::ReaderKind::Fast).unwrap();
        let text = "Malian troops from Bamako fought in Gao, after a march to Kidal.";
        let verb = TextRange::new(26, 32).unwrap();
        let located = coder.locate(Report::of_body("sentence", text).unwrap(), verb, None).unwrap();
        let chosen = &located.options[located.chosen.unwrap()];
        assert_eq!(chosen.mention.span.slice(text), Some("Gao"));
        let origin = located.options.iter().find(|o| o.mention.value.name == "Bamako");
        assert!(origin.is_none());
    }
}
