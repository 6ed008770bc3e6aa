//! Places: found by `averment-place` alone, and chosen for an event by the coder.
//!
//! Owns six measures: of the crate alone [`gun_violence`] (the city of an incident), [`fakes`] (the governorate of a report
//! from Syria), [`newswire`] (whether a mention is a place at all) and [`grounding`] (where relative and border places
//! lie); of the coder's choice [`event_location`] (the place of a marked verb), which [`train`] fits the weights to, and
//! [`coded`] (day and governorate of a report). Refuses to know anything of a corpus but its form: no
//! name and no phrase of these files is in the scorer or in the crate.
//!
//! Each figure stands beside the one of the first run of this scorer, kept in
//! `data/place-baseline.tsv`, so that a change shows what it gained and what it lost.

pub mod coded;
pub mod event_location;
pub mod fakes;
pub mod grounding;
pub mod gun_violence;
pub mod newswire;
pub mod train;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use any_ascii::any_ascii;
use averment_extract::Coder;
use averment_lang::{ReaderKind, segment};
use averment_place::{Gazetteer, PlaceMention, PlaceUsage};
use averment_types::TextRange;

use crate::EvalError;

static BASELINE: &str = include_str!("../../data/place-baseline.tsv");

/// A share of a corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Its name, the key of the baseline.
    pub name: &'static str,
    /// What is counted, in words.
    pub means: &'static str,
    /// How many are right.
    pub right: usize,
    /// Of so many.
    pub of: usize,
}

impl Measure {
    /// The share that is right, 0 to 1; 0 of nothing.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of a corpus stay far below 2^52")]
    pub fn share(&self) -> f64 {
        self.right as f64 / self.of.max(1) as f64
    }
}

/// The scores of all parts, and what was wrong, a line each.
#[derive(Debug, Clone, Default)]
pub struct PlaceTable {
    /// In the order of the table.
    pub measures: Vec<Measure>,
    /// How many of what kind of error, by part.
    pub causes: BTreeMap<(&'static str, String), usize>,
    /// A line for each item that is wrong: for a look, never for the repository.
    pub errors: String,
}

/// Scores the corpora in the folder `corpora`; `aside` scores the sentences that are kept aside instead of
/// those to develop against.
///
/// # Errors
/// When a corpus is missing or of another form, or the gazetteer cannot be loaded.
pub fn run(corpora: &Path, aside: bool) -> Result<PlaceTable, EvalError> {
    let gazetteer = Gazetteer::shipped().map_err(|source| EvalError::Gazetteer { source })?;
    let mut table = PlaceTable::default();
    if !aside {
        gun_violence::score(&gazetteer, &corpora.join("gun-violence-archive"), &mut table)?;
        fakes::score(&gazetteer, &corpora.join("fa-kes"), &mut table)?;
        newswire::score(&gazetteer, &corpora.join("en-worldwide-newswire"), &mut table)?;
    }
    let coder = coder()?;
    if !aside {
        coded::score(&coder, &corpora.join("fa-kes"), &mut table)?;
    }
    let cases = event_location::cases(&coder, &corpora.join("event-location"), aside)?;
    event_location::score(&cases, &mut table);
    Ok(table)
}

/// The coder with the reader that batches run with.
pub(crate) fn coder() -> Result<Coder, EvalError> {
    Coder::shipped(ReaderKind::Fast).map_err(|source| EvalError::Coder { source })
}

impl PlaceTable {
    /// The table as Markdown, with the baseline beside each figure.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let baseline: BTreeMap<&str, &str> = BASELINE
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .collect();
        let mut out = String::from(
            "| measure | what is counted | of | right | percent | baseline |\n|---|---|--:|--:|--:|--:|\n",
        );
        for measure in &self.measures {
            let Measure { name, means, right, of } = measure;
            let (percent, before) =
                (measure.share() * 100.0, baseline.get(name).copied().unwrap_or("-"));
            // Writing to a string cannot fail.
            let _ =
                writeln!(out, "| {name} | {means} | {of} | {right} | {percent:.1} | {before} |");
        }
        out.push_str("\nWhat the errors are made of:\n\n| part | cause | count |\n|---|---|--:|\n");
        let mut causes: Vec<(&(&'static str, String), &usize)> = self.causes.iter().collect();
        causes.sort_by(|a, b| a.0.0.cmp(b.0.0).then(b.1.cmp(a.1)).then(a.0.1.cmp(&b.0.1)));
        for ((part, cause), count) in causes {
            let _ = writeln!(out, "| {part} | {cause} | {count} |");
        }
        out
    }

    fn wrong(&mut self, part: &'static str, cause: &str, line: &str) {
        *self.causes.entry((part, cause.to_owned())).or_default() += 1;
        // Writing to a string cannot fail.
        let _ = writeln!(self.errors, "{part}\t{cause}\t{line}");
    }
}

/// The places of a text, read sentence by sentence, and where its sentences start.
fn read(gazetteer: &Gazetteer, text: &str) -> (Vec<PlaceMention>, Vec<TextRange>) {
    let spans: Vec<TextRange> = segment(text)
        .iter()
        .filter_map(|words| Some(words.first()?.cover(*words.last()?)))
        .collect();
    (gazetteer.read(text, &spans, &[]), spans)
}

/// How much a mention says about where a report plays: what stands in the first sentences counts more, and
/// a name that is not said to be a place counts less.
fn weight(mention: &PlaceMention, sentences: &[TextRange]) -> f64 {
    let at = sentences.partition_point(|s| s.end() <= mention.span.start());
    let place = match at {
        0 => 3.0,
        1 | 2 => 2.0,
        _ => 1.0,
    };
    let usage = match mention.usage {
        PlaceUsage::Locative => 1.0,
        PlaceUsage::Bare | PlaceUsage::Modifier => 0.6,
        PlaceUsage::Metonym => 0.3,
    };
    place * usage
}

/// A name for comparison: ASCII letters and digits in lower case, words joined by one space.
fn plain(name: &str) -> String {
    let ascii = any_ascii(name).to_lowercase().replace(['\'', '`', '.'], "");
    let words: Vec<&str> =
        ascii.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

/// The lines of a JSONL file.
pub(crate) fn rows<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, EvalError> {
    let name = || path.display().to_string();
    let text =
        fs::read_to_string(path).map_err(|source| EvalError::Read { path: name(), source })?;
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| EvalError::Malformed {
                path: name(),
                met: format!("line {}: {error}", at + 1),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_names() {
        let measure = Measure { name: "x", means: "y", right: 1, of: 4 };
        assert!((measure.share() - 0.25).abs() < 1e-9);
        assert_eq!(plain("St. Paul's-Ḩamāh"), "st pauls hamah");
    }

    #[test]
    fn the_table_shows_the_baseline_and_the_largest_cause_first() {
        let mut table = PlaceTable::default();
        table.measures.push(Measure { name: "x", means: "y", right: 1, of: 4 });
        table.wrong("a", "rare", "1");
        table.wrong("a", "often", "2");
        table.wrong("a", "often", "3");
        let text = table.to_markdown();
        assert!(text.contains("| x | y | 4 | 1 | 25.0 | - |"), "{text}");
        assert!(text.find("often").unwrap() < text.find("rare").unwrap());
    }

    #[test]
    fn the_lead_counts_more_and_a_metonym_less() {
        let gazetteer = Gazetteer::shipped().unwrap();
        let text = "Shots fell in Gao. Shots fell in Mopti. Bamako said so.";
        let (mentions, sentences) = read(&gazetteer, text);
        let weights: Vec<f64> = mentions.iter().map(|m| weight(m, &sentences)).collect();
        assert_eq!(weights, [3.0, 2.0, 2.0 * 0.3]);
    }
}
