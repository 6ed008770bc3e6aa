//! Bytes to reports: clean text, zones, metadata, and the map back to the bytes.
//!
//! Owns reading files, directories, patterns and standard input ([`documents`]), and turning one
//! document into a [`Report`](averment_types::Report) ([`parse`]). Refuses to code: no sentence is
//! looked into here. A bad document is a [`Refusal`] with its reason and place, and the rest goes on.
//!
//! The two steps are apart, so that one thread reads while others parse:
//!
//! ```
//! use averment_ingest::{Options, documents, parse};
//! let options = Options::default();
//! for document in documents(&["no-such-folder/".to_owned()], &options) {
//!     match document.and_then(|raw| parse(raw, &options)) {
//!         Ok(ingested) => assert!(!ingested.report.text.is_empty()),
//!         Err(refusal) => assert_eq!(refusal.code(), "missing"),
//!     }
//! }
//! ```
//!
//! Whatever the bytes, parsing never panics, and time and memory stay within [`Limits`].

mod assemble;
mod decode;
mod format;
mod headline;
mod html;
mod hygiene;
mod json;
mod language;
pub mod limits;
mod metadata;
mod page;
mod published;
mod record;
mod refusal;
mod source;
mod zones;

pub use assemble::{Ingested, parse};
pub use limits::{Limits, Options};
pub use refusal::{Refusal, RefusalReason};
pub use source::{Documents, RawDocument, documents};
