//! Main text of web pages against gold article bodies.
//!
//! Owns the measure of the published article-extraction benchmark: tokens are runs of word
//! characters, a text is the multiset of its shingles of four tokens, true positives, false positives
//! and false negatives are the counts shared, extra and missing, each divided by their sum for the
//! page; precision and recall are the means over pages, F1 their harmonic mean. Refuses any other
//! reading of a page than [`averment_ingest::parse`].
//!
//! A page's predicted body is decided once, as [`body`] says: what stands in body and quote zones, the
//! dateline that opens a paragraph, and headings between paragraphs. Title, standfirst, byline,
//! captions, comments and all else are not the body, although a gold body has them now and then.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read as _;
use std::path::Path;

use averment_ingest::{Options, RawDocument, parse};
use averment_types::{Format, Report, Zone, ZoneKind};
use flate2::read::GzDecoder;
use serde::Deserialize;

use crate::EvalError;

/// Tokens of a shingle.
const SHINGLE: usize = 4;
/// Pages named in the table, the worst first.
const WORST: usize = 12;

/// Precision, recall and their harmonic mean, each 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scores {
    /// Share of the predicted shingles that are in the gold body, mean over pages.
    pub precision: f64,
    /// Share of the gold body's shingles that are predicted, mean over pages.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
}

/// One page's precision and recall.
#[derive(Debug, Clone, PartialEq)]
pub struct PageScore {
    /// The file's stem.
    pub page: String,
    /// Share of the predicted shingles that are in the gold body.
    pub precision: f64,
    /// Share of the gold body's shingles that are predicted.
    pub recall: f64,
}

/// The scores of a corpus.
#[derive(Debug, Clone, PartialEq)]
pub struct MainTextTable {
    /// Over all pages.
    pub scores: Scores,
    /// Page by page, in the order of their names.
    pub pages: Vec<PageScore>,
    /// Pages that were refused; their prediction is empty.
    pub refused: usize,
}

#[derive(Deserialize)]
struct Gold {
    #[serde(rename = "articleBody")]
    body: String,
}

/// Scores pairs of gold and predicted bodies.
///
/// ```
/// let scores = averment_eval::main_text::score([("a b c d e", "a b c d x")]);
/// assert!((scores.precision - 0.5).abs() < 1e-9);
/// ```
#[must_use]
pub fn score<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Scores {
    let pages: Vec<(f64, f64)> =
        pairs.into_iter().map(|(gold, predicted)| of_page(gold, predicted)).collect();
    mean(&pages)
}

fn mean(pages: &[(f64, f64)]) -> Scores {
    let of = |values: f64| values / share(pages.len().max(1));
    let precision = of(pages.iter().map(|p| p.0).sum());
    let recall = of(pages.iter().map(|p| p.1).sum());
    let sum = precision + recall;
    let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
    Scores { precision, recall, f1 }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2^52")]
const fn share(count: usize) -> f64 {
    count as f64
}

/// Precision and recall of one page; 1 where there is nothing to be wrong about.
fn of_page(gold: &str, predicted: &str) -> (f64, f64) {
    let (gold, predicted) = (shingles(gold), shingles(predicted));
    let shared: usize = predicted
        .iter()
        .map(|(shingle, count)| gold.get(shingle).copied().unwrap_or_default().min(*count))
        .sum();
    let of = |whole: usize| {
        if whole == 0 { 1.0 } else { share(shared) / share(whole) }
    };
    (of(predicted.values().sum()), of(gold.values().sum()))
}

/// The multiset of shingles; a text of fewer than four tokens is one shingle.
fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let tokens: Vec<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|token| !token.is_empty())
        .collect();
    let mut counts = BTreeMap::new();
    if !tokens.is_empty() && tokens.len() < SHINGLE {
        counts.insert(tokens, 1);
        return counts;
    }
    for shingle in tokens.windows(SHINGLE) {
        *counts.entry(shingle.to_vec()).or_insert(0) += 1;
    }
    counts
}

/// The predicted body of a report. See the module.
#[must_use]
pub fn body(report: &Report) -> String {
    let is_text = |zone: &Zone| matches!(zone.kind, ZoneKind::Body | ZoneKind::Quote);
    let first = report.zones.iter().position(is_text).unwrap_or_default();
    let mut body = String::new();
    for (at, zone) in report.zones.iter().enumerate() {
        let opens = zone.kind == ZoneKind::Dateline && opens_paragraph(report, at);
        let cross_head = zone.kind == ZoneKind::Headline && at > first;
        if is_text(zone) || opens || cross_head {
            body.push_str(zone.range.slice(&report.text).unwrap_or_default());
            body.push('\n');
        }
    }
    body
}

/// Whether the next zone goes on in the same line.
fn opens_paragraph(report: &Report, at: usize) -> bool {
    let (Some(zone), Some(next)) = (report.zones.get(at), report.zones.get(at + 1)) else {
        return false;
    };
    let between = report.text.get(zone.range.end()..next.range.start());
    next.kind == ZoneKind::Body && between.is_some_and(|gap| !gap.contains('\n'))
}

/// Scores the corpus in the folder `corpus`: `ground-truth.json` and `html/*.html.gz`.
///
/// # Errors
/// When the gold file or a page of it cannot be read, or there is none.
pub fn run(corpus: &Path) -> Result<MainTextTable, EvalError> {
    let path = corpus.join("ground-truth.json");
    let bytes = fs::read(&path).map_err(|source| unreadable(&path, source))?;
    let gold: BTreeMap<String, Gold> = serde_json::from_slice(&bytes)
        .map_err(|source| EvalError::Gold { path: path.display().to_string(), source })?;
    let (mut pages, mut refused) = (Vec::new(), 0);
    for (name, gold) in gold {
        let path = corpus.join("html").join(format!("{name}.html.gz"));
        let mut bytes = Vec::new();
        File::open(&path)
            .and_then(|file| GzDecoder::new(file).read_to_end(&mut bytes))
            .map_err(|source| unreadable(&path, source))?;
        let raw = RawDocument { path: name.clone(), line: None, format: Format::Html, bytes };
        let read = parse(raw, &Options::default());
        refused += usize::from(read.is_err());
        let predicted = read.map_or_else(|_| String::new(), |read| body(&read.report));
        let (precision, recall) = of_page(&gold.body, &predicted);
        pages.push(PageScore { page: name, precision, recall });
    }
    if pages.is_empty() {
        return Err(EvalError::Empty { path: corpus.display().to_string() });
    }
    let values: Vec<(f64, f64)> = pages.iter().map(|p| (p.precision, p.recall)).collect();
    Ok(MainTextTable { scores: mean(&values), pages, refused })
}

fn unreadable(path: &Path, source: std::io::Error) -> EvalError {
    EvalError::Read { path: path.display().to_string(), source }
}

impl MainTextTable {
    /// The table as Markdown: the scores, and the pages with the lowest F1.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let Scores { precision, recall, f1 } = self.scores;
        let mut out = format!(
            "| pages | refused | precision | recall | F1 |\n|---|---|---|---|---|\n\
             | {} | {} | {precision:.4} | {recall:.4} | {f1:.4} |\n\n\
             Pages with the lowest F1:\n\n| page | precision | recall |\n|---|---|---|\n",
            self.pages.len(),
            self.refused,
        );
        let mut worst: Vec<(&PageScore, f64)> = self
            .pages
            .iter()
            .map(|page| (page, mean(&[(page.precision, page.recall)]).f1))
            .collect();
        worst.sort_by(|a, b| a.1.total_cmp(&b.1));
        for (page, _) in worst.into_iter().take(WORST) {
            let name: String = page.page.chars().take(12).collect();
            // Writing to a string cannot fail.
            let _ = writeln!(out, "| {name} | {:.3} | {:.3} |", page.precision, page.recall);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 1e-9
    }

    #[test]
    fn shingles_are_counted_as_a_multiset() {
        // Gold a b c d e: abcd, bcde. Predicted a b c d a b c d: abcd twice, bcda, cdab, dabc.
        let (precision, recall) = of_page("a b c d e", "a b c d, a b c d");
        assert!(near(precision, 1.0 / 5.0) && near(recall, 1.0 / 2.0));
        assert_eq!(of_page("x_1 y", "x_1, y!"), (1.0, 1.0));
        assert_eq!(of_page("a b c d", ""), (1.0, 0.0));
        assert_eq!(of_page("", "a b c d"), (0.0, 1.0));
    }

    #[test]
    fn scores_are_means_over_pages() {
        let scores = score([("a b c d", "a b c d"), ("a b c d e", "a b c d x")]);
        assert!(near(scores.precision, 0.75) && near(scores.recall, 0.75) && near(scores.f1, 0.75));
        assert!(near(score([]).f1, 0.0));
    }

    #[test]
    fn the_body_is_text_and_cross_heads() {
        let html = "<title>Clashes near the border</title><h1>Clashes near the border</h1>\
            <p>BAMAKO (EWN) - Four soldiers were killed on Friday when gunmen attacked their post.</p>\
            <h2>A long night</h2><p>Residents said they had heard shots for more than two hours.</p>";
        let raw = RawDocument {
            path: "a.html".into(),
            line: None,
            format: Format::Html,
            bytes: html.into(),
        };
        let report = parse(raw, &Options::default()).unwrap().report;
        let body = body(&report);
        assert!(body.starts_with("BAMAKO (EWN) -\nFour soldiers") && body.contains("A long night"));
        assert!(!body.contains("Clashes"));
    }

    #[test]
    fn the_corpus_is_read_well() {
        let corpus = Path::new(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../shared/corpora/article-extraction"
        ));
        if !corpus.is_dir() {
            println!("skipped, corpus not found");
            return;
        }
        let table = run(corpus).unwrap();
        println!("{}", table.to_markdown());
        assert_eq!((table.pages.len(), table.refused), (95, 0));
        assert!(table.scores.f1 >= 0.965, "{:?}", table.scores);
    }
}
