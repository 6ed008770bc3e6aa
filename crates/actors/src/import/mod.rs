//! Other people's lists of actors into the registry's own form.
//!
//! Owns what a line, row or entity of such a list means and how far its names can be trusted; refuses files: a caller
//! feeds lines, rows or entities and stores the TOML that comes out. A line that cannot be understood is a [`Fault`]
//! and spoils nothing else.

mod cameo;
mod entry;
mod ftm;
mod known;
mod names;
mod petrarch;
mod ucdp;

pub use ftm::Ftm;
pub use petrarch::{Dictionary, Petrarch};
pub use ucdp::Ucdp;

/// Why something in a list was left out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// A bracket opens and does not close.
    #[error("a code without its closing bracket")]
    OpenCode,
    /// A code is no code of letters.
    #[error("no code of letters in the brackets")]
    Code,
    /// A code's dates cannot be read.
    #[error("bad dates in the brackets; expected <YYMMDD, >YYMMDD or YYMMDD-YYMMDD")]
    Dates,
    /// Codes or a synonym come before any name.
    #[error("no name before it that it could belong to")]
    NoName,
    /// The name before has no code.
    #[error("the name before line {0} has no code")]
    NoCode(u64),
    /// A name without letters.
    #[error("no letters in the name")]
    NoLetters,
    /// A set that no line defines.
    #[error("a set that no line above defines")]
    NoSet,
    /// An agent's code does not say on which side of an actor's it goes.
    #[error("no code with ~ before or after it in the brackets")]
    AgentCode,
    /// A column is missing.
    #[error("no column {0}")]
    NoColumn(&'static str),
    /// No actor id of UCDP.
    #[error("no number in the column ActorId")]
    NoActorId,
    /// Not a JSON object of `FollowTheMoney`'s shape.
    #[error("no FollowTheMoney entity with id, schema and properties")]
    NoEntity,
    /// More entries than can be held.
    #[error("more than {0} entries")]
    Full(usize),
}

/// What an import made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// A file of the registry.
    pub toml: String,
    /// Actors that the program's registry does not have.
    pub actors: usize,
    /// Actors that it has, by their name or id: the list's other names were added to them.
    pub known: usize,
    /// Words for people without a name, and phrases that say what is not coded.
    pub phrases: usize,
    /// Entries that are left to the program's own tables: names of countries and places, words that it knows.
    pub left: usize,
}

impl Imported {
    /// Whether nothing came of it.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.actors + self.known + self.phrases == 0
    }
}

/// Entries that are held at most: all of a world's sanctions lists are fewer.
const MOST: usize = 2_000_000;
