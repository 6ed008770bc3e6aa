//! Event ontology and coding rules as data.
//!
//! This crate owns the codebook: it parses, checks and compiles the TOML files that people who code
//! conflicts edit, and finds the rules' words in a sentence. It refuses grammar: which words fill a
//! rule's slots is for `extract`.
//!
//! A codebook is a folder: `codebook.toml` with name and version, and one file a type. A rule names
//! *trigger words* and *slots*: for each role the grammatical functions that fill it, by their names in
//! Universal Dependencies (`nsubj`, `obj`, `obl:on`, `nmod:between`, …). The passive is grammar, so
//! rules state the active voice only. Each rule holds sentences that it codes and sentences that it
//! must ignore; a rule without both does not load.
//!
//! ```
//! let codebook = averment_codebook::Codebook::shipped()?;
//! let hits = codebook.triggers(&["gunmen", "have", "opened", "fire"]);
//! assert_eq!(hits[0].tokens, 2..4);
//! # Ok::<(), averment_codebook::CodebookError>(())
//! ```

mod codebook;
mod compile;
mod error;
mod function;
mod inflect;
mod kind;
mod layers;
mod model;
mod parse;
mod pattern;
mod said;
mod shipped;
mod source;

pub use codebook::Codebook;
pub use error::CodebookError;
pub use function::Function;
pub use kind::{Demand, Kind};
pub use model::{Doubts, EventType, Form, Rule, Trigger};
pub use said::as_said;

/// The forms of an English verb phrase given by its base form: "carry out", "carries out", "carried out",
/// "carrying out". For lexicons beside the codebook that list verbs the same way.
#[must_use]
pub fn verb_forms(lemma: &str) -> Vec<String> {
    inflect::verb(lemma).into_iter().map(|(form, _)| form).collect()
}
