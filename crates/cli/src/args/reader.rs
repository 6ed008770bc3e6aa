//! `--reader`, wherever something is read.

use averment_lang::ReaderKind;
use clap::ValueEnum;

/// The readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReaderChoice {
    /// Small and quick
    Fast,
    /// Larger and slower, with fewer errors
    Exact,
}

impl From<ReaderChoice> for ReaderKind {
    fn from(choice: ReaderChoice) -> Self {
        match choice {
            ReaderChoice::Fast => Self::Fast,
            ReaderChoice::Exact => Self::Exact,
        }
    }
}
