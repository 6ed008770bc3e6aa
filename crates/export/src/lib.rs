//! One module a layout: table, CSV, JSON, JSONL, GeoJSON.
//!
//! This crate owns what a row of claims or reports looks like on paper; it refuses to choose,
//! filter or sum up rows, and it opens no file: it writes where it is told to.
//!
//! - [`claims`], [`reports`] and [`decisions`] write all rows of an iterator;
//! - [`ClaimWriter`], [`ReportWriter`] and [`ChangeWriter`] take the rows one by one, for sources that lend each row
//!   for a moment only. All layouts but the table write a row as soon as they get it.
//!
//! Unknown is `null` in JSON and GeoJSON and an empty cell in CSV and the table.

mod csv;
mod error;
mod fields;
mod geojson;
mod history;
mod json;
mod jsonl;
mod layout;
mod row;
mod table;
mod view;
mod writer;

pub use crate::csv::{claim_columns, report_columns};
pub use error::ExportError;
pub use history::DecisionRow;
pub use layout::{Layout, UnknownLayout};
pub use row::{ClaimRow, Decided, DecidedState, ReportRow};
pub use view::{ViewColumn, ViewRow, ViewWriter};
pub use writer::{ChangeWriter, ClaimWriter, ReportWriter, claims, decisions, reports};
