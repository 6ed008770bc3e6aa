//! What a reader of one form (HTML, plain text) found in a document, before it becomes a report.
//!
//! Owns the hand-over between the readers and the assembly; refuses to decide which of several
//! sources of a field is right, that is done in `assemble`.

use averment_types::{LanguageCode, Published, SourceMap, Url, Warning, Zone};

/// The reading of one document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    /// The clean text.
    pub(crate) text: String,
    /// What its parts are, in order, not overlapping.
    pub(crate) zones: Vec<Zone>,
    /// From offsets in `text` to offsets in the string that was read (UTF-8).
    pub(crate) map: SourceMap,
    /// The title that the document states.
    pub(crate) title: Option<String>,
    /// The author that the document states.
    pub(crate) author: Option<String>,
    /// The publisher that the document states.
    pub(crate) outlet: Option<String>,
    /// The document's own address.
    pub(crate) url: Option<Url>,
    /// The language that the document states.
    pub(crate) language: Option<LanguageCode>,
    /// Candidates for the date of publication, the best first.
    pub(crate) published: Vec<Published>,
    /// What was doubtful in the reading.
    pub(crate) warnings: Vec<Warning>,
}
