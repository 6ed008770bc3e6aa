//! What can go wrong while rows are written. Rows themselves are never wrong: what they lack is empty.

use std::io;

use crate::Layout;

/// Why an export stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The destination did not take the bytes.
    #[error("writing rows as {layout} stopped")]
    Write {
        /// The layout that was being written.
        layout: Layout,
        /// What the destination said.
        #[source]
        source: io::Error,
    },
}

impl ExportError {
    /// Whether the reader at the other end of a pipe has gone, which is no fault: `averment claims | head`.
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        let Self::Write { source, .. } = self;
        source.kind() == io::ErrorKind::BrokenPipe
    }
}
