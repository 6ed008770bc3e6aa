//! The scores as Markdown, one table a question, each with what it measures.

mod given;
mod raw;

use std::fmt::Write as _;

use super::measure::{Scores, Sets};
use crate::segmentation::Counts;

const NEWS: &str = "en-worldwide-newswire dev";

/// Writing to a string cannot fail.
macro_rules! line {
    ($out:expr, $($what:tt)*) => { _ = writeln!($out, $($what)*) };
}
use line;

/// All tables.
pub(super) fn write(sets: &Sets, scores: &[Scores]) -> String {
    let readers: Vec<String> =
        scores.iter().map(|s| format!("{} (`{}`)", s.kind, s.version)).collect();
    let mut out = format!(
        "Readers: {}. All figures are points of 100 over the shipped weights.\n",
        readers.join(", ")
    );
    given::trees(&mut out, sets, scores);
    given::entities(&mut out, scores);
    given::rough(&mut out, scores);
    given::probabilities(&mut out, scores);
    raw::segmentation(&mut out, sets);
    raw::trees_and_entities(&mut out, scores);
    raw::re3d(&mut out, scores);
    raw::wire(&mut out, scores);
    out
}

fn points(share: f64) -> String {
    format!("{:.2}", 100.0 * share)
}

/// A figure, and the floor that it should reach; in bold where it does not.
fn against(share: f64, floor: Option<f64>) -> String {
    match floor {
        Some(floor) if 100.0 * share < floor => format!("**{}** (≥ {floor})", points(share)),
        Some(floor) => format!("{} (≥ {floor})", points(share)),
        None => points(share),
    }
}

fn heading(out: &mut String, title: &str, text: &str) {
    line!(out, "\n### {title}\n\n{text}\n");
}

fn columns(out: &mut String, names: &str) {
    let count = names.matches('|').count() + 1;
    line!(out, "| {names} |\n|{}", "---|".repeat(count));
}

/// Precision and recall as two cells, a dash where there is nothing to share.
fn shares(counts: Counts) -> String {
    let of = |share, whole| if whole == 0 { "–".to_owned() } else { points(share) };
    let (precision, recall) = (counts.precision(), counts.recall());
    format!("{} | {}", of(precision, counts.found), of(recall, counts.gold))
}
