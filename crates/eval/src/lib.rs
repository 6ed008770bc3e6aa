//! Scorers that read the corpora and write the committed tables.
//!
//! Owns the measures, each as its field defines it and checked by hand on small cases; refuses to tune
//! anything: it reads through the crates' public interfaces alone, as a user would.

pub mod actors;
pub mod coder;
pub mod corroborate;
mod count;
mod events;
pub mod fa_kes;
pub mod main_text;
pub mod muc;
pub mod newswire;
pub mod persons;
pub mod petrarch;
pub mod place;
pub mod plover;
mod ranking;
pub mod reader;
pub mod references;
pub mod segmentation;
pub mod settings;
pub mod time;

/// What a scorer says.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// The tables of the results page.
    pub tables: String,
    /// What was wrong, a line each: for a look, never for the repository.
    pub errors: String,
}

/// What keeps a corpus from being scored.
#[derive(Debug, thiserror::Error)]
pub enum EvalError {
    /// A file of the corpus is missing or cannot be read.
    #[error("failed to read {path} of the corpus")]
    Read {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The gold file is not the JSON it should be.
    #[error(
        "failed to understand {path}: expected an object from page names to objects with `articleBody`"
    )]
    Gold {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
    /// A file of a set is of another form than it should be.
    #[error("failed to understand {path}: {met}")]
    Malformed {
        /// The file.
        path: String,
        /// What is wrong with it.
        met: String,
    },
    /// The coder cannot be made.
    #[error("failed to make the coder")]
    Coder {
        /// Why.
        #[source]
        source: averment_extract::ExtractError,
    },
    /// The shipped codebook cannot be compiled.
    #[error("failed to compile the codebook")]
    Codebook {
        /// Why.
        #[source]
        source: averment_codebook::CodebookError,
    },
    /// A shipped reader cannot be loaded.
    #[error("failed to load the {kind} reader")]
    Reader {
        /// Which.
        kind: averment_lang::ReaderKind,
        /// Why.
        #[source]
        source: averment_lang::ReaderError,
    },
    /// A treebank's file is not of its format.
    #[error("failed to understand {path}")]
    Conllu {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: averment_lang::conllu::ConlluError,
    },
    /// The shipped gazetteer cannot be loaded.
    #[error("failed to load the gazetteer")]
    Gazetteer {
        /// Why.
        #[source]
        source: averment_place::PlaceError,
    },
    /// The registry of actors cannot be read.
    #[error("failed to read the registry of actors")]
    Actors {
        /// Why.
        #[source]
        source: averment_actors::ActorsError,
    },
    /// The data of corroboration cannot be read.
    #[error("failed to make the room of corroboration")]
    Corroborate {
        /// Why.
        #[source]
        source: averment_corroborate::CorroborateError,
    },
    /// The corpus holds no page.
    #[error("no pages in {path}")]
    Empty {
        /// The folder.
        path: String,
    },
}
