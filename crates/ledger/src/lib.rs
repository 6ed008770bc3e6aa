//! The SQLite ledger: append-only reports and claims, search, history.
//!
//! This crate owns the ledger's file and all SQL of the project; it refuses clocks (the caller says
//! what time it is), coding, and any change to what was stored. Its tables, their invariants and the
//! meaning of supersession are explained in `docs/LEDGER.md`.
//!
//! What [`Ledger::store`] has answered with `Ok` survives a kill, a crash and a power cut.
//!
//! ```
//! use averment_ledger::{ClaimQuery, Ledger};
//!
//! let folder = tempfile::tempdir()?;
//! let path = folder.path().join("averment.db");
//! let ledger = Ledger::open(&path)?;
//! assert_eq!(ledger.claims(&ClaimQuery::default())?.len(), 0);
//! assert!(ledger.check()?.is_clean());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod adopt;
mod backup;
mod check;
mod columns;
mod counted;
mod counting;
mod decide;
mod derived;
mod diff;
mod error;
mod filter;
mod force;
mod history;
mod kinds;
mod log;
mod mark;
mod open;
mod packing;
mod read;
mod row;
#[cfg(test)]
mod sample;
mod schema;
mod search;
mod store;
mod summary;
mod then;
mod weighed;

pub use adopt::Adopted;
pub use check::{CheckReport, Problem, ProblemKind};
pub use decide::{Ruling, Undecidable};
pub use derived::{Change, Derived};
pub use error::LedgerError;
pub use filter::{ClaimQuery, ReportQuery};
pub use force::Standing;
pub use history::{ClaimMatch, FoundReport, StoredClaim, StoredReport};
pub use history::{ReportSummary, SupersededBy, Supersession};
pub use kinds::{DecisionsByKind, Named, Said, Settled};
pub use mark::{Mark, Since};
pub use open::{BUSY_SECONDS, Ledger};
pub use store::{Entry, Refusal, StoreOutcome};
pub use summary::Summary;
