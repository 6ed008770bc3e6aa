//! What can be wrong with a codebook, said with file and line.

/// A codebook that cannot be used. The codebook in force stays in force.
#[derive(Debug, thiserror::Error)]
pub enum CodebookError {
    /// Not UTF-8, not TOML, or a field missing, misspelt or of the wrong type.
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
    #[error("no codebook.toml with name, version and licence among the files")]
    NoManifest,
    /// More than a codebook may have.
    #[error("{count} {what}, expected at most {most}")]
    TooMany {
        /// "files" or "rules".
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
}
