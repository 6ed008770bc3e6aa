//! The SQLite ledger: append-only claims and reports, search, history.
