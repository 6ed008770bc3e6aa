//! Scorers that read the corpora and write the committed tables.
//!
//! Owns the measures, each as its field defines it and checked by hand on small cases; refuses to tune
//! anything: it reads through the crates' public interfaces alone, as a user would.

pub mod actors;
pub mod coder;
mod count;
pub mod main_text;
pub mod muc;
pub mod newswire;
pub mod persons;
pub mod place;
pub mod reader;
pub mod references;
pub mod segmentation;
pub mod time;

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
    /// The corpus holds no page.
    #[error("no pages in {path}")]
    Empty {
        /// The folder.
        path: String,
    },
}
