//! The defence corpus re3d: raw text on Syria and Iraq with entities of another scheme.
//!
//! Owns which of its classes are compared. It marks descriptions ("rebels", "the President of the United
//! States") and names with their titles where the reader marks names alone, so an exact score says how far
//! the schemes differ as much as how well the reader reads; the lenient one asks for overlap alone.

use std::fs;
use std::path::Path;

use averment_lang::{EntityKind, Reader};
use averment_types::TextRange;
use serde::Deserialize;

use super::found::named;
use crate::EvalError;
use crate::segmentation::Counts;

/// Confidence from which an annotation is gold: the corpus keeps those that its readers turned down.
const SURE: f64 = 0.5;

#[derive(Deserialize)]
struct Document {
    #[serde(rename = "_id")]
    id: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Annotation {
    document_id: String,
    begin: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: String,
    confidence: f64,
}

/// The score over all folders.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Re3dScore {
    /// Documents read.
    pub documents: usize,
    /// Same range and class.
    pub exact: Counts,
    /// Found entities that overlap one of gold's of the same class.
    pub overlapping: Counts,
    /// Entities of gold that overlap a found one of the same class: its precision says nothing.
    pub covered: Counts,
}

/// The reader's class for one of the corpus; `None` where the two schemes have nothing in common.
fn class(kind: &str) -> Option<EntityKind> {
    Some(match kind {
        "Person" => EntityKind::Person,
        "Organisation" => EntityKind::Organization,
        "Location" => EntityKind::Location,
        "Nationality" => EntityKind::Norp,
        "Money" => EntityKind::Money,
        _ => return None,
    })
}

/// Scores `reader` over the corpus in the folder `corpus`.
///
/// # Errors
/// When a file cannot be read or is of another form.
pub fn run(reader: &Reader, corpus: &Path) -> Result<Re3dScore, EvalError> {
    let unreadable = |source| EvalError::Read { path: corpus.display().to_string(), source };
    let mut folders = Vec::new();
    for entry in fs::read_dir(corpus).map_err(unreadable)? {
        folders.push(entry.map_err(unreadable)?.path());
    }
    folders.sort();
    let mut score = Re3dScore::default();
    for folder in folders.iter().filter(|path| path.is_dir()) {
        let documents: Vec<Document> = lines(&folder.join("documents.json"))?;
        let annotations: Vec<Annotation> = lines(&folder.join("entities.json"))?;
        for document in documents {
            let gold: Vec<_> = annotations
                .iter()
                .filter(|a| a.document_id == document.id && a.confidence >= SURE)
                .filter_map(|a| Some((a.range(&document.text)?, class(&a.kind)?)))
                .collect();
            score.documents += 1;
            score.add(&gold, &named(&reader.read_text(&document.text)));
        }
    }
    Ok(score)
}

/// A JSON object a line.
fn lines<T: for<'a> Deserialize<'a>>(path: &Path) -> Result<Vec<T>, EvalError> {
    let text = super::read(path)?;
    let objects =
        text.trim_start_matches('\u{feff}').lines().filter(|line| !line.trim().is_empty());
    objects.map(serde_json::from_str).collect::<Result<_, _>>().map_err(|error| {
        EvalError::Malformed { path: path.display().to_string(), met: error.to_string() }
    })
}

impl Annotation {
    /// Its place: the corpus counts in code points.
    fn range(&self, text: &str) -> Option<TextRange> {
        let at = |index: usize| {
            let mut starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            starts.nth(index)
        };
        TextRange::new(at(self.begin)?, at(self.end)?).ok()
    }
}

impl Re3dScore {
    fn add(&mut self, gold: &[(TextRange, EntityKind)], found: &[(TextRange, EntityKind)]) {
        let compared = ["Person", "Organisation", "Location", "Nationality", "Money"];
        let found: Vec<_> = found
            .iter()
            .filter(|(_, kind)| compared.into_iter().any(|name| class(name) == Some(*kind)))
            .copied()
            .collect();
        let meets = |a: &(TextRange, EntityKind), others: &[(TextRange, EntityKind)]| {
            others.iter().any(|b| a.1 == b.1 && a.0.overlaps(b.0))
        };
        let counts = |hits| Counts { shared: hits, found: found.len(), gold: gold.len() };
        self.exact.add(counts(found.iter().filter(|entity| gold.contains(entity)).count()));
        self.overlapping.add(counts(found.iter().filter(|entity| meets(entity, gold)).count()));
        self.covered.add(counts(gold.iter().filter(|entity| meets(entity, &found)).count()));
    }

    /// Precision, recall and F1 where overlap is enough.
    #[must_use]
    pub fn lenient(&self) -> (f64, f64, f64) {
        let (precision, recall) = (self.overlapping.precision(), self.covered.recall());
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        (precision, recall, f1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_and_lenient_are_counted_over_shared_classes_alone() {
        let range = |start, end| TextRange::new(start, end).unwrap();
        let gold = [
            (range(0, 20), EntityKind::Person),
            (range(10, 20), EntityKind::Person),
            (range(30, 35), EntityKind::Location),
            (range(40, 45), EntityKind::Organization),
        ];
        let found = [
            (range(10, 20), EntityKind::Person),
            (range(30, 36), EntityKind::Location),
            (range(40, 45), EntityKind::Norp),
            (range(50, 55), EntityKind::Date),
        ];
        let mut score = Re3dScore::default();
        score.add(&gold, &found);
        assert_eq!(score.exact, Counts { shared: 1, found: 3, gold: 4 });
        let (precision, recall, f1) = score.lenient();
        assert!((precision - 2.0 / 3.0).abs() < 1e-9 && (recall - 0.75).abs() < 1e-9);
        assert!((f1 - 12.0 / 17.0).abs() < 1e-9);
    }

    #[test]
    fn places_are_code_points_of_the_text() {
        let line = r#"{"documentId":"d","begin":3,"end":6,"type":"Person","confidence":1}"#;
        let annotation: Annotation = serde_json::from_str(line).unwrap();
        assert_eq!(annotation.range("“É Áde").unwrap().slice("“É Áde"), Some("Áde"));
        assert_eq!(annotation.range("short"), None);
    }
}
