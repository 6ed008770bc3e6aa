//! A noun phrase that may name an actor, before it is linked.

use averment_types::{ActorKind, TextRange};

use crate::toward::Toward;

/// What a draft would be linked to.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Target {
    /// An alias of one or more actors.
    Alias(Vec<(u32, u32)>),
    /// A definition of the text itself.
    Local(usize),
    /// An organisation's name, by its shape.
    Organisation(ActorKind),
    /// A person's name; whether its words or surroundings prove it one.
    Person {
        /// Proven, or only the surname of somebody named elsewhere.
        proven: bool,
    },
    /// A generic class: the head's index.
    Class(u32),
    /// A reference noun.
    Reference(u32),
    /// The group that the person named by these aliases leads; the flag asks for a wing.
    Led(Vec<(u32, u32)>, bool),
}

/// A phrase.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "independent observations about one phrase")]
pub(crate) struct Draft {
    /// The sentence.
    pub(crate) sentence: usize,
    /// Its units, first and last included.
    pub(crate) units: (usize, usize),
    pub(crate) span: TextRange,
    pub(crate) head: TextRange,
    pub(crate) target: Target,
    pub(crate) number: Option<TextRange>,
    pub(crate) plural: bool,
    /// Behind "the", "this", "both".
    pub(crate) definite: bool,
    /// Countries named inside.
    pub(crate) countries: Vec<u32>,
    /// Names that the phrase says the actor is linked with.
    pub(crate) linked: Vec<(u32, u32)>,
    /// How the phrase says that the actor stands to others.
    pub(crate) toward: Vec<Toward>,
    /// Behind "former" or "ex-".
    pub(crate) former: bool,
    /// Head nouns that may stand for a group named after "of".
    pub(crate) member: bool,
    /// Counts only when joined to a name.
    pub(crate) partial: bool,
    /// What speaks for the target so far.
    pub(crate) reasons: Vec<String>,
}
