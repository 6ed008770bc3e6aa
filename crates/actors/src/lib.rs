//! Registry of actors and linking of names to it.
//!
//! This crate owns who an actor is (names, life span, ties, from reviewed data) and which stretch of
//! a text names which actor, with reasons. It refuses to guess: a name that fits several actors, a
//! spelling that is only alike stay open, with candidates. A reference ("the group") is marked with what
//! it may mean; the coder, which sees the sentences' trees, finds whom.
//!
//! ```
//! use averment_actors::{MentionKind, Registry};
//! use averment_types::TextRange;
//! let registry = Registry::shipped()?;
//! let text = "Unknown gunmen attacked Malian soldiers, Sahara Media reported.";
//! let spans: Vec<TextRange> = TextRange::whole(text).into_iter().collect();
//! let mentions = registry.read(text, &spans, None);
//! let kinds: Vec<MentionKind> = mentions.iter().map(|m| m.kind).collect();
//! assert_eq!(kinds, [MentionKind::Generic, MentionKind::Generic, MentionKind::Outlet]);
//! # Ok::<(), averment_actors::ActorsError>(())
//! ```

mod acronym;
mod actor;
mod country;
mod date;
mod discard;
mod draft;
mod error;
mod file;
mod generic;
mod import;
mod join;
mod lexicon;
mod link;
mod mention;
mod more;
mod name;
mod naming;
mod people;
mod person;
mod personal;
mod phrase;
mod read;
mod registry;
mod sentence;
mod similar;
mod sounds;
mod token;
mod toward;

pub use actor::{Actor, Alias, AliasStrength, Existence, ParentLink, Tie};
pub use date::PartialDate;
pub use discard::Discard;
pub use error::ActorsError;
pub use import::{Dictionary, Fault, Ftm, Imported, Petrarch, Ucdp};
pub use mention::{ActorMention, MentionKind, Referent};
pub use registry::Registry;
pub use similar::{NameKey, SUGGEST};
