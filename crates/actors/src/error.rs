//! What can be wrong with registry data, with file and line.

/// Why registry data was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ActorsError {
    /// The file is no TOML of the registry's shape.
    #[error("failed to read actor registry {file}, line {line}: {what}; expected {expected}")]
    Syntax {
        /// The file's name, as given.
        file: String,
        /// The line, 1-based.
        line: usize,
        /// What is wrong.
        what: String,
        /// What would be right.
        expected: String,
    },
    /// A value cannot be right.
    #[error("failed to check actor registry {file}, line {line}: {what}; expected {expected}")]
    Invalid {
        /// The file's name, as given.
        file: String,
        /// The line, 1-based.
        line: usize,
        /// What is wrong.
        what: String,
        /// What would be right.
        expected: String,
    },
}

/// Where the lines of a text begin.
pub(crate) struct Lines(Vec<usize>);

impl Lines {
    /// Finds the lines of `text`.
    pub(crate) fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The 1-based line of byte `offset`.
    pub(crate) fn at(&self, offset: usize) -> usize {
        self.0.partition_point(|end| *end < offset) + 1
    }
}
