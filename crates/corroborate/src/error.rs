//! What can be wrong with the crate's data.

/// Why a file of sources, kinds or rules was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CorroborateError {
    /// The file is no TOML of its shape.
    #[error("failed to read {file}: {what}")]
    Syntax {
        /// The file's name.
        file: String,
        /// What is wrong, with its line.
        what: String,
    },
    /// A value cannot be right.
    #[error("failed to check {file}: {what}; expected {expected}")]
    Invalid {
        /// The file's name.
        file: String,
        /// What is wrong.
        what: String,
        /// What would be right.
        expected: String,
    },
    /// The registry of actors could not be read.
    #[error("failed to read the registry of actors")]
    Actors(#[from] averment_actors::ActorsError),
}

/// Reads the TOML of `file`.
pub(crate) fn read<T: serde::de::DeserializeOwned>(
    file: &str,
    text: &str,
) -> Result<T, CorroborateError> {
    toml::from_str(text).map_err(|error| CorroborateError::Syntax {
        file: file.to_owned(),
        what: error.to_string().trim().replace('\n', " "),
    })
}
