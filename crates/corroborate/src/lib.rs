//! Claims to independent origins, incidents, estimates and disputes.
//!
//! This crate owns what no single report can say: who only repeats whom, which claims tell of one event, how many
//! independent origins an event has, where they contradict each other. It refuses files, databases, clocks and
//! language: it reads coded reports and data that comes with the program. Everything that it says is derived; nothing is
//! stored, and the order in which reports come does not matter.

mod apart;
mod blocks;
mod changes;
mod cluster;
mod corroborator;
mod day;
mod decisions;
mod dispute;
mod doc;
mod error;
mod estimate;
mod evidence;
mod fact;
mod focus;
mod graph;
mod hash;
mod history;
mod incident;
mod keys;
mod kin;
mod kinds;
mod lean;
mod origin;
mod parts;
mod reprint;
mod rules;
mod ruling;
mod shelf;
mod sources;
mod spot;
mod story;
pub mod synthetic;
mod wire;
mod words;

pub use changes::View;
pub use corroborator::{Corroborator, Settled};
pub use decisions::{Decisions, Pair, Word};
pub use error::CorroborateError;
pub use history::HistoryEntry;
pub use reprint::{SharedPassage, shared_passages};
pub use rules::{
    Parting, Projected, Rule, RuleBook, RuleRefusal, Sides, Test, TollChoice, TollRule,
};
pub use shelf::Archive;
pub use sources::{Source, SourceKind, Sources};
pub use wire::credit;
