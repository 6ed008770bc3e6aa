//! The page of words that were resolved outside of any report.

use averment_types::{PlaceValue, Role, TimeValue};

use super::page::Page;
use super::values::{because, strong, when, whereabouts, who};
use crate::terminal::Look;
use crate::wording::one_line;

/// A page under construction, a value below the other.
pub(crate) struct ResolvedPage(Page);

impl ResolvedPage {
    pub(crate) const fn new(look: Look) -> Self {
        Self(Page::new(look))
    }

    /// Days that are known.
    pub(crate) fn time(&mut self, time: &TimeValue) {
        when(&mut self.0, time);
    }

    /// Words that have a kind and no value.
    pub(crate) fn open(&mut self, words: &str, reasons: &[String]) {
        self.0.value("open", &[strong(&format!("“{}”", one_line(words)))]);
        because(&mut self.0, reasons);
    }

    /// A place.
    pub(crate) fn place(&mut self, place: &PlaceValue) {
        whereabouts(&mut self.0, place);
    }

    /// Somebody.
    pub(crate) fn actor(&mut self, role: &Role) {
        who(&mut self.0, "who", "", role);
    }

    /// The text.
    pub(crate) fn finish(self) -> String {
        self.0.finish()
    }
}
