//! A phrase that stands for somebody or something, and what its words say of that.

use std::ops::Range;

use averment_types::TextRange;

/// What a phrase may stand for: any of several kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kinds(u8);

impl Kinds {
    pub(crate) const PERSON: Self = Self(1);
    pub(crate) const GROUP: Self = Self(2);
    pub(crate) const PLACE: Self = Self(4);
    pub(crate) const THING: Self = Self(8);
    pub(crate) const ANY: Self = Self(15);
    pub(crate) const NO_PERSON: Self = Self(14);

    /// The kinds that both may be.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The kinds of either.
    pub(crate) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether some kind is shared.
    pub(crate) const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether no kind is left.
    pub(crate) const fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Whether all its kinds are among those of `other`.
    pub(crate) const fn within(self, other: Self) -> bool {
        self.0 & !other.0 == 0
    }
}

/// How many are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    One,
    Several,
}

/// "he", "she", or "it".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gender {
    Male,
    Female,
}

/// How the phrase is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Name,
    /// With "the" and a common noun.
    Definite,
    /// With "this", "these", "that", "those".
    Demonstrative,
    /// "his brother", "the group's leader".
    Possessed,
    /// All other phrases with a common noun.
    Indefinite,
    /// Nominals joined by "and".
    List,
    Pronoun(Pronoun),
    /// "I", "we", "my".
    Speaker,
}

/// What a pronoun is in its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pronoun {
    Personal,
    Possessive,
    Reflexive,
    Relative,
}

/// The place of a phrase among those of its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Subject,
    Object,
    Oblique,
    Possessor,
    Other,
}

/// A phrase.
#[derive(Debug, Clone)]
pub(crate) struct Mention {
    pub(crate) sentence: usize,
    /// Its head, counted within the sentence.
    pub(crate) head: usize,
    /// Its words, without what follows the head.
    pub(crate) tokens: Range<usize>,
    pub(crate) range: TextRange,
    pub(crate) form: Form,
    pub(crate) number: Option<Number>,
    pub(crate) gender: Option<Gender>,
    pub(crate) kinds: Kinds,
    pub(crate) role: Role,
    /// The actor mention that it is, as an index into the report's.
    pub(crate) actor: Option<usize>,
    /// Of a list: the mentions that it joins.
    pub(crate) members: Vec<usize>,
}

impl Mention {
    /// Whether it has a noun or name of its own.
    pub(crate) const fn is_full(&self) -> bool {
        !matches!(self.form, Form::Pronoun(_) | Form::Speaker | Form::List)
    }

    /// Its head, as a place in the report.
    pub(crate) const fn place(&self) -> (usize, usize) {
        (self.sentence, self.head)
    }
}
