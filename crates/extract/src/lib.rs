//! A report to claims: who is said to have done what to whom, whether it happened, and who says so.
//!
//! This crate owns the coder. It takes a [`Report`](averment_types::Report), reads it with `lang`, finds
//! times, places and actors with the crates of these names, finds trigger words with `codebook`, and
//! builds claims. It refuses files, clocks and databases: a report and the shipped data give the same
//! claims on every machine and thread.
//!
//! The way through a sentence, a module each: `tree`, `view` and `phrases` (words, clauses, noun
//! phrases), `subject` and `frame` (which phrase is
//! subject, object, agent of a trigger), `fillers` and `kinds` (which of them fill a rule's roles), `modality`,
//! `attribution`, `casualties`, `setting` (when and where), `assemble` (the claim). `themes` says what a
//! report at large talks of, `rehearsal` tries a codebook's own sentences.

mod alleged;
mod assemble;
mod attribution;
mod beholders;
mod bodies;
mod bystanders;
mod capitals;
mod casualties;
mod causes;
mod choice;
mod claims;
mod coder;
mod compounds;
mod confidence;
mod counted;
mod describing;
mod done_before;
mod error;
mod extent;
mod fillers;
mod frame;
mod general;
mod glued;
mod kinds;
mod lexicon;
mod located;
mod mend;
mod modality;
mod nouns;
mod one_act;
mod parts;
mod phrases;
mod reference;
mod rehearsal;
mod setting;
mod subject;
mod themes;
mod told;
mod totals;
mod tree;
mod triggers;
mod view;
mod wielding;

pub use coder::{Coded, Coder};
pub use error::ExtractError;
pub use located::{Located, PlaceOption, TimeOption};
pub use reference::{Place, Reference, ReferenceKind, References};
pub use rehearsal::{Miss, Rehearsal};
pub use setting::{Asks, RetoldOption, Wanting};
