//! An actor of the registry: names, life span, ties to other actors.

use std::num::NonZeroU32;

use averment_types::{ActorId, ActorKind, ActorRef, CountryCode, DateInterval, LanguageCode};
use serde::Deserialize;

use crate::PartialDate;
use crate::date::{begins_after, ends_before};

/// How far an alias can be trusted by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AliasStrength {
    /// A name: capitals where the registry has them.
    Name,
    /// An acronym: all in capitals, or with one capital when it has four letters or more.
    Acronym,
    /// A name or acronym that is also something else ("IS"): needs support from the text.
    Weak,
}

/// One way to name an actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alias {
    /// The words.
    pub text: String,
    /// Their language; `None` for English and for names used in all languages.
    pub language: Option<LanguageCode>,
    /// How far they can be trusted.
    pub strength: AliasStrength,
}

/// In what way an actor belongs to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Tie {
    /// A part, province, wing or branch of it.
    PartOf,
    /// Has sworn loyalty to it, and keeps its own command.
    LoyalTo,
    /// A person who leads it.
    Leads,
    /// A person who belongs to it.
    MemberOf,
    /// A medium that it publishes.
    OutletOf,
}

impl Tie {
    /// The tie in words that fit "X … Y".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::PartOf => "is part of",
            Self::LoyalTo => "is loyal to",
            Self::Leads => "leads",
            Self::MemberOf => "belongs to",
            Self::OutletOf => "is an outlet of",
        }
    }
}

/// That an actor belongs to another, when, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParentLink {
    /// The actor above: of the registry, or a generic one such as `generic:government:SD`.
    pub parent: ActorId,
    /// In what way.
    pub tie: Tie,
    /// Since when; `None` when not known.
    pub since: Option<PartialDate>,
    /// Until when; `None` when it lasts or is not known.
    pub until: Option<PartialDate>,
    /// What is known about it; may be empty.
    pub reason: String,
}

/// Where a date lies in an actor's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Existence {
    /// Before it was founded.
    Before,
    /// While it existed, as far as is known.
    During,
    /// After it was dissolved, or the person died.
    After,
}

/// An actor of the registry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Its id.
    pub id: ActorId,
    /// Its usual name in English.
    pub name: String,
    /// What kind of actor it is.
    pub kind: ActorKind,
    /// The country that it belongs to or comes from.
    pub country: Option<CountryCode>,
    /// Countries in which it is or was active.
    pub active_in: Vec<CountryCode>,
    /// All names, the usual one not always among them.
    pub aliases: Vec<Alias>,
    /// Lower-case words that support a weak alias in the same sentence.
    pub context: Vec<String>,
    /// When it was founded; `None` when not known.
    pub founded: Option<PartialDate>,
    /// When it was dissolved, or the person died; `None` when it lasts or is not known.
    pub dissolved: Option<PartialDate>,
    /// Its id in UCDP's actor list, only where the match is certain.
    pub ucdp: Option<NonZeroU32>,
    /// The actors that it belongs to.
    pub parents: Vec<ParentLink>,
    /// Allied actors.
    pub allies: Vec<ActorId>,
    /// Rivals.
    pub rivals: Vec<ActorId>,
    /// The generic role that it fills in its country: `military`, `police`, `government`.
    pub role: Option<String>,
    /// What else a reader should know; uncertain things say so.
    pub note: String,
    /// Where it is from, when more than common public knowledge.
    pub source: String,
}

impl Actor {
    /// The short form that mentions and roles carry.
    #[must_use]
    pub fn to_ref(&self) -> ActorRef {
        ActorRef {
            id: self.id.clone(),
            name: self.name.clone(),
            kind: self.kind,
            country: self.country.clone(),
        }
    }

    /// Where the days `on` lie in the actor's life.
    #[must_use]
    pub fn existence(&self, on: DateInterval) -> Existence {
        if begins_after(self.founded, on) {
            Existence::Before
        } else if ends_before(self.dissolved, on) {
            Existence::After
        } else {
            Existence::During
        }
    }
}
