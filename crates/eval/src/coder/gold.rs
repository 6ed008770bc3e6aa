//! The project's own annotated passages: what a careful reader finds in them.
//!
//! Words are given as they stand in the text and mean their first occurrence; `corpus/coder/README.md` says how the
//! passages were written.

use std::collections::BTreeMap;
use std::path::Path;

use averment_types::{CasualtyKind, Modality, Polarity, RoleKind, TextRange};
use serde::Deserialize;

use crate::EvalError;

/// A passage with its claims.
#[derive(Debug, Deserialize)]
pub(super) struct Passage {
    pub(super) id: String,
    pub(super) style: String,
    pub(super) text: String,
    pub(super) claims: Vec<GoldClaim>,
}

/// A claim that a coder should find.
#[derive(Debug, Deserialize)]
pub(super) struct GoldClaim {
    #[serde(rename = "type")]
    pub(super) type_id: String,
    pub(super) trigger: String,
    pub(super) roles: BTreeMap<RoleKind, Vec<String>>,
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
    /// The chain of speakers, outermost first; empty where the narrator speaks.
    pub(super) speaker: Vec<String>,
    pub(super) time: Option<String>,
    pub(super) place: Option<String>,
    /// The words of a count, by what happened to the people.
    #[serde(flatten)]
    pub(super) counts: BTreeMap<CasualtyKind, Option<String>>,
}

/// A passage whose judgement is polarity, modality and who says so.
#[derive(Debug, Deserialize)]
pub(super) struct Stance {
    pub(super) id: String,
    pub(super) half: Half,
    pub(super) hard: bool,
    pub(super) text: String,
    pub(super) trigger: String,
    /// Which occurrence of the trigger's words is meant, from 1.
    #[serde(default = "first")]
    pub(super) nth: usize,
    #[serde(rename = "type")]
    pub(super) type_id: String,
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
    pub(super) speakers: Vec<Source>,
}

const fn first() -> usize {
    1
}

/// Whether a passage may be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Half {
    /// It may.
    Tune,
    /// It is scored only.
    Test,
}

/// One link of a chain of speakers.
#[derive(Debug, Deserialize)]
pub(super) struct Source {
    pub(super) words: String,
}

/// Where `words` stand in `text`, the `nth` time.
pub(super) fn find(text: &str, words: &str, nth: usize) -> Option<TextRange> {
    let (start, found) = text.match_indices(words).nth(nth.checked_sub(1)?)?;
    TextRange::new(start, start + found.len()).ok()
}

/// The lines of the JSON Lines file at `path`.
pub(crate) fn rows<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, EvalError> {
    let shown = || path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|source| EvalError::Read { path: shown(), source })?;
    let line = |(at, line): (usize, &str)| {
        serde_json::from_str(line).map_err(|error| EvalError::Malformed {
            path: shown(),
            met: format!("line {}: {error}", at + 1),
        })
    };
    text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()).map(line).collect()
}
