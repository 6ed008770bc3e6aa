//! What can be wrong with a codebook, said with file and line.

/// A codebook that cannot be used. The codebook in force stays in force.
#[derive(Debug, thiserror::Error)]
pub enum CodebookError {
    /// Not TOML, or a field missing, misspelt or of the wrong type.
    #[error("failed to parse {file}, line {line}: {expected}")]
    Syntax {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// What the parser expected.
        expected: String,
    },
    /// Well-formed, but against the rules of codebooks.
    #[error("{file}, line {line}: {what} {name} {expected}")]
    Rule {
        /// The file.
        file: String,
        /// The line, counted from 1.
        line: usize,
        /// "rule", "type", "slot"…
        what: &'static str,
        /// Which one.
        name: String,
        /// What is wrong and what is expected.
        expected: &'static str,
    },
    /// No `codebook.toml` among the files.
    #[error("no codebook.toml with name and version among the files")]
    NoManifest,
}
