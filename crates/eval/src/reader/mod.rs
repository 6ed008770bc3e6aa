//! The trained reader against treebanks, tagged newswire and the project's own sentences.
//!
//! Owns what is measured, and of which sets: [`run`] reads them with the shipped weights and writes one
//! table a question. Refuses speed, which `cargo xtask bench` measures.

pub mod calibration;
pub mod corpus;
pub mod found;
pub mod gold;
mod measure;
pub mod perturb;
pub mod raw;
pub mod re3d;
pub mod score;
mod table;
pub mod wire;

use std::fs;
use std::path::Path;

use averment_lang::{Reader, ReaderKind};

use crate::EvalError;
use measure::{Scores, Sets};

/// The tables, and the errors in the project's own sentences.
#[derive(Debug, Clone, PartialEq)]
pub struct Evaluation {
    /// Markdown.
    pub tables: String,
    /// A paragraph for each sentence with an error, for each reader.
    pub errors: String,
}

/// Scores the shipped readers on the sets in the folder `corpora` and the sentences in the folder `own`.
///
/// # Errors
/// When a set cannot be read, or a shipped reader cannot be loaded.
pub fn run(corpora: &Path, own: &Path) -> Result<Evaluation, EvalError> {
    let sets = Sets::read(corpora, own)?;
    let mut scores: Vec<Scores> = Vec::new();
    for kind in [ReaderKind::Fast, ReaderKind::Exact] {
        let reader = Reader::shipped(kind).map_err(|source| EvalError::Reader { kind, source })?;
        scores.push(Scores::of(kind, &reader, &sets)?);
    }
    let errors = scores.iter().map(|s| format!("# {}\n\n{}", s.version, s.wire.errors));
    let errors: Vec<String> = errors.collect();
    Ok(Evaluation { tables: table::write(&sets, &scores), errors: errors.join("\n") })
}

/// The text of a file of a set.
fn read(path: &Path) -> Result<String, EvalError> {
    fs::read_to_string(path)
        .map_err(|source| EvalError::Read { path: path.display().to_string(), source })
}
