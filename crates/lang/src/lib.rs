//! The reader: a [`Report`](averment_types::Report) to a [`Reading`].
//!
//! This crate owns what the coder sees of a text: where sentences and words begin and end, what class each word
//! has, its lemma and morphology, the tree of each sentence, and the named entities. It refuses
//! meaning: dates, places, actors and events are for the crates above.
//!
//! Sentences and tokens are cut by rules (`data/reader/en`); the rest says a trained model, whose
//! bundle lies in `data/reader/en-fast` and is built into the program. Everything carries a probability.
//! A [`Reading`] names the reader that made it, and so does every claim.
//!
//! ```
//! use averment_lang::{Dep, EntityKind, Reader, ReaderKind};
//! let reader = Reader::shipped(ReaderKind::Fast)?;
//! let text = "Rebels attacked Timbuktu on Sunday. Two men died.";
//! let reading = reader.read_text(text);
//! let tokens = reading.sentence_tokens(0);
//! assert_eq!((tokens[0].relation.universal, tokens[0].head), (Dep::Nsubj, Some(1)));
//! assert_eq!(reading.lemma(&tokens[1]), "attack");
//! let town = reading.entities().iter().find(|entity| entity.range.slice(text) == Some("Timbuktu"));
//! assert_eq!(town.map(|town| town.kind), Some(EntityKind::Location));
//! # Ok::<(), averment_lang::ReaderError>(())
//! ```

mod bundle;
mod chances;
mod character;
mod chunk;
mod committee;
pub mod conllu;
mod decode;
mod endless;
mod engine;
mod entity;
mod infer;
mod json;
mod lemma;
mod lexicon;
mod misspelt;
mod names;
mod pieces;
mod pos;
mod reader;
mod reading;
mod relation;
mod rules;
mod sentence;
mod telling;
mod token;
mod tree;
mod violence;
mod window;

pub use bundle::ReaderError;
pub use entity::{Entity, EntityKind};
pub use json::{EntityJson, ReadingJson, SentenceJson, TokenJson};
pub use pos::Pos;
pub use reader::{Reader, ReaderKind};
pub use reading::{Reading, Sentence, Token, segment};
pub use relation::{Dep, Relation, Subtype};
pub use telling::{Hint, Played, Told};
pub use violence::{Violence, ViolenceFiller, ViolencePart};
