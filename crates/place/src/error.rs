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
    /// The bytes are no compiled gazetteer.
    #[error("failed to read a compiled gazetteer: it does not begin as one")]
    NoIndex,
    /// The bytes are a compiled gazetteer of another version.
    #[error(
        "failed to read a compiled gazetteer: another version made it; import its sources again"
    )]
    IndexVersion,
    /// The bytes are fewer or more than the header says.
    #[error(
        "failed to read a compiled gazetteer: it is cut short or damaged; import its sources again"
    )]
    CutIndex,
    /// More places or names than a compiled gazetteer can hold.
    #[error("failed to compile a gazetteer: more places than it can hold; import fewer countries")]
    FullIndex,
}
