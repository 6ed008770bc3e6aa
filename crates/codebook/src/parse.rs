//! The TOML form of a codebook: fields as people write them, with their places for error messages.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::CodebookError;

/// `codebook.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) name: String,
    pub(crate) version: String,
    #[serde(rename = "licence")]
    pub(crate) _licence: String,
}

/// One file a type.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TypeFile {
    pub(crate) id: Spanned<String>,
    pub(crate) kind: Spanned<String>,
    pub(crate) label: String,
    pub(crate) definition: String,
    #[serde(default)]
    pub(crate) include: Vec<String>,
    #[serde(default)]
    pub(crate) exclude: Vec<String>,
    pub(crate) casualty: Option<Spanned<String>>,
    #[serde(default)]
    pub(crate) violent: bool,
    #[serde(default)]
    pub(crate) projections: ProjectionTable,
    pub(crate) rules: Vec<RuleTable>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProjectionTable {
    pub(crate) plover: Option<Plover>,
    pub(crate) cameo: Option<String>,
    pub(crate) acled: Option<Acled>,
    #[serde(default)]
    pub(crate) ucdp: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Plover {
    #[serde(rename = "type")]
    pub(crate) event_type: String,
    pub(crate) mode: Option<String>,
    #[serde(default)]
    pub(crate) contexts: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Acled {
    pub(crate) event_type: String,
    pub(crate) sub_event_type: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleTable {
    pub(crate) id: Spanned<String>,
    #[serde(default)]
    pub(crate) verbs: Vec<String>,
    #[serde(default)]
    pub(crate) nouns: Vec<String>,
    #[serde(default)]
    pub(crate) phrases: Vec<String>,
    #[serde(default)]
    pub(crate) slots: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    #[serde(default)]
    pub(crate) requires: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) words: BTreeMap<Spanned<String>, Vec<String>>,
    #[serde(default)]
    pub(crate) excludes: Vec<String>,
    #[serde(default)]
    pub(crate) only_actors: bool,
    #[serde(default)]
    pub(crate) modalities: Vec<String>,
    #[serde(default)]
    pub(crate) codes: Vec<String>,
    #[serde(default)]
    pub(crate) ignores: Vec<String>,
}

/// Parses `text`, the contents of `file`.
pub(crate) fn file<T: for<'de> Deserialize<'de>>(
    file: &str,
    text: &str,
) -> Result<T, CodebookError> {
    toml::from_str(text).map_err(|error| CodebookError::Syntax {
        file: file.to_owned(),
        line: line_of(text, error.span().map_or(0, |span| span.start)),
        expected: error.message().to_owned(),
    })
}

/// The line of byte `offset`, counted from 1.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    1 + text.bytes().take(offset).filter(|b| *b == b'\n').count()
}
