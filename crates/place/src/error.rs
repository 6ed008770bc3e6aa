//! What can be wrong with the gazetteer's tables.
//!
//! Owns the crate's errors; refuses recovery.

/// A table of the gazetteer that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// A row lacks a column or holds something else than the column's kind.
    #[error("failed to read gazetteer table {table}, line {line}: {expected} expected")]
    Row {
        /// The table's file name.
        table: &'static str,
        /// The line, counted from 1.
        line: usize,
        /// What should be there.
        expected: &'static str,
    },
    /// A table is larger than its offsets can say.
    #[error("failed to read gazetteer table {table}: larger than 4 GiB")]
    TooLarge {
        /// The table's file name.
        table: &'static str,
    },
}
