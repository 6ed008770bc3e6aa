//! Sentences, tokens and word classes: a [`Report`](averment_types::Report) to a [`Reading`].
//!
//! This crate owns what the coder sees of a text: where sentences and words begin and end, and what
//! class each word has. It refuses meaning: names, dates and events are for the crates above.
//!
//! The reader behind [`read`] is a pattern reader: closed word classes come from a list
//! (`data/lexicons/function_words.tsv`), everything else stays [`Pos::X`] or is told from its form.
//! A [`Reading`] names the reader that made it, and every claim carries that name.
//!
//! ```
//! use averment_lang::{Pos, read_text};
//! let reading = read_text("Gen. Diallo said two men died. He left.");
//! assert_eq!(reading.sentences().len(), 2);
//! let words: Vec<&str> = reading.sentence_tokens(1).iter().map(|t| reading.lower(t)).collect();
//! assert_eq!(words, ["he", "left", "."]);
//! assert_eq!(reading.sentence_tokens(1)[0].pos, Pos::Pron);
//! ```

mod lexicon;
mod pos;
mod reading;
mod refine;
mod sentence;
mod token;

pub use pos::Pos;
pub use reading::{READER, Reading, Sentence, Token, read, read_text};
