//! What can keep a coder from starting.

use averment_actors::ActorsError;
use averment_codebook::CodebookError;
use averment_lang::ReaderError;
use averment_place::PlaceError;

/// A coder that could not be made from its data.
#[derive(Debug, thiserror::Error)]
pub enum ExtractError {
    /// The reader.
    #[error("failed to load the reader")]
    Reader {
        /// What is wrong with it.
        #[from]
        source: ReaderError,
    },
    /// The codebook.
    #[error("failed to load the codebook")]
    Codebook {
        /// What is wrong with it.
        #[from]
        source: CodebookError,
    },
    /// The actor registry.
    #[error("failed to load the actor registry")]
    Actors {
        /// What is wrong with it.
        #[from]
        source: ActorsError,
    },
    /// The gazetteer.
    #[error("failed to load the gazetteer")]
    Places {
        /// What is wrong with it.
        #[from]
        source: PlaceError,
    },
    /// The coder's word lists.
    #[error("failed to load the coder's word lists: {expected}")]
    Lexicon {
        /// What the parser expected.
        expected: String,
    },
    /// The weights of the confidence in a claim.
    #[error("failed to load the weights of the confidence in a claim")]
    Confidence {
        /// What the parser expected.
        source: Box<toml::de::Error>,
    },
    /// The weights of the ranker of places.
    #[error("failed to load the ranker of places")]
    Ranker {
        /// What the parser expected.
        source: Box<toml::de::Error>,
    },
}
