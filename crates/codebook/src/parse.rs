//! The TOML form of a codebook: fields as people write them, with their places for error messages.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::CodebookError;

/// A longer file is no codebook; in bytes.
const LONGEST: usize = 1 << 20;

/// `codebook.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) name: String,
    pub(crate) version: String,
    #[serde(rename = "licence")]
    pub(crate) _licence: String,
}

/// One file a type. What a codebook over another one leaves out stays as it was below.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TypeFile {
    pub(crate) id: Spanned<String>,
    pub(crate) kind: Option<Spanned<String>>,
    pub(crate) label: Option<String>,
    pub(crate) definition: Option<String>,
    pub(crate) include: Option<Vec<String>>,
    pub(crate) exclude: Option<Vec<String>>,
    pub(crate) examples: Option<Vec<String>>,
    pub(crate) narrows: Option<Spanned<String>>,
    pub(crate) casualty: Option<Spanned<String>>,
    pub(crate) violent: Option<bool>,
    pub(crate) victims: Option<bool>,
    pub(crate) everyday: Option<bool>,
    pub(crate) effect: Option<bool>,
    pub(crate) echoes: Option<Spanned<String>>,
    pub(crate) ground: Option<Spanned<String>>,
    pub(crate) not_beside: Option<Vec<Spanned<String>>>,
    pub(crate) projections: Option<ProjectionTable>,
    #[serde(default)]
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
    #[serde(default)]
    pub(crate) doubt: DoubtTable,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DoubtTable {
    pub(crate) plover: Option<String>,
    pub(crate) cameo: Option<String>,
    pub(crate) acled: Option<String>,
    pub(crate) ucdp: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
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

/// Lists of words by what they are asked of: a role or a function.
pub(crate) type Demands = BTreeMap<Spanned<String>, Vec<Spanned<String>>>;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RuleTable {
    pub(crate) id: Spanned<String>,
    #[serde(default)]
    pub(crate) verbs: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) nouns: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) phrases: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) slots: Demands,
    #[serde(default)]
    pub(crate) requires: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) requires_one: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) words: Demands,
    #[serde(default)]
    pub(crate) unless: Demands,
    #[serde(default)]
    pub(crate) only: Demands,
    #[serde(default)]
    pub(crate) beside: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) not_beside: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) excludes: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) only_actors: bool,
    #[serde(default)]
    pub(crate) modalities: Vec<Spanned<String>>,
    pub(crate) plover: Option<Plover>,
    pub(crate) cameo: Option<String>,
    #[serde(default)]
    pub(crate) codes: Vec<String>,
    #[serde(default)]
    pub(crate) ignores: Vec<String>,
}

/// The text of `file`, if its bytes may be a part of a codebook.
pub(crate) fn text<'b>(file: &str, bytes: &'b [u8]) -> Result<&'b str, CodebookError> {
    let wrong = |offset: usize, expected: &str| CodebookError::Syntax {
        file: file.to_owned(),
        line: line_of(bytes, offset),
        expected: expected.to_owned(),
    };
    if bytes.len() > LONGEST {
        return Err(wrong(LONGEST, "expected a file of at most 1 MiB"));
    }
    std::str::from_utf8(bytes).map_err(|error| wrong(error.valid_up_to(), "expected UTF-8 text"))
}

/// Parses `text`, the contents of `file`.
pub(crate) fn file<T: for<'de> Deserialize<'de>>(
    file: &str,
    text: &str,
) -> Result<T, CodebookError> {
    toml::from_str(text).map_err(|error| CodebookError::Syntax {
        file: file.to_owned(),
        line: line_of(text.as_bytes(), error.span().map_or(0, |span| span.start)),
        expected: error.message().to_owned(),
    })
}

/// The line of byte `offset`, counted from 1.
pub(crate) fn line_of(text: &[u8], offset: usize) -> usize {
    1 + text.iter().take(offset).filter(|b| **b == b'\n').count()
}
