//! CoNLL-U, the file form of Universal Dependencies: reads it, and writes a [`Reading`](crate::Reading) as it.
//!
//! [`parse`] reads all ten columns, comments, multiword-token ranges and empty nodes, and refuses what breaks the form
//! with the line at fault. [`GivenTokens`] makes of its sentences a text and tokens that a reader can read. [`of_report`]
//! and [`of_given`] write what a reader saw. Files are opened elsewhere.
//!
//! ```
//! use averment_lang::conllu::parse;
//! let sentences = parse("# text = They fled.\n1\tThey\t_\t_\t_\t_\t_\t_\t_\t_\n").unwrap();
//! assert_eq!(sentences[0].text(), Some("They fled."));
//! let wrong = parse("1 They fled").unwrap_err();
//! assert_eq!(wrong.to_string(), "line 1: it has 1 column, not 10; columns are parted by one tab");
//! ```

mod annotations;
mod error;
mod given;
mod parse;
mod row;
mod write;

pub use error::{ConlluError, ConlluFault};
pub use given::GivenTokens;
pub use parse::parse;
pub use row::{ConlluSentence, Row, RowId, documents};
pub use write::{of_given, of_report, sentence_id};
