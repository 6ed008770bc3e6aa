//! Batches of inputs through the house: threads, order, resume.
//!
//! This crate owns how many documents are under way at once and in which order they come out; it
//! refuses to know how a report is coded (it is given a function), where the clock is, and what a
//! terminal looks like.
//!
//! [`run`] reads documents on one thread, parses and codes them on [`Job::jobs`] others, and hands
//! the results to a [`Sink`] **in the order of the input**, so that one thread and eight write the
//! same bytes. What is under way is bounded in number and in bytes. A document that cannot be read,
//! or on which some code panics, is refused with its reason; the batch goes on.

mod budget;
mod collect;
mod error;
mod job;
mod jsonl_sink;
mod ledger_sink;
mod pipeline;
mod recode;
mod sink;
mod summary;
mod work;

pub use error::EngineError;
pub use job::{Coded, Coding, Job, Progress, Silent};
pub use jsonl_sink::JsonlSink;
pub use ledger_sink::{LedgerSink, StoredBefore};
pub use pipeline::run;
pub use recode::recode;
pub use sink::{Finished, Outcome, Sink};
pub use summary::{Refused, Summary};
