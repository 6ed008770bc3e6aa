//! The face of a claim and of a report: everything that they rest on, laid out for an editor.
//!
//! Owns the layout and the words around the values; refuses to judge. What is not known is said to
//! be not known, and why.

mod claim;
mod context;
mod decided;
mod dispute;
mod file;
mod incident;
mod page;
mod quoted;
mod report;
mod resolved;
mod values;

pub(crate) use claim::claim_page;
pub(crate) use dispute::dispute_page;
pub(crate) use file::{ClaimFile, claim_json};
pub(crate) use incident::incident_page;
pub(crate) use quoted::Quotes;
pub(crate) use report::{report_json, report_page};
pub(crate) use resolved::ResolvedPage;
