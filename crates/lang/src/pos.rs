//! Word classes: Universal Dependencies' part-of-speech tags.

/// A part of speech, by its name in Universal Dependencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Pos {
    /// Adjective.
    Adj,
    /// Preposition or postposition.
    Adp,
    /// Adverb.
    Adv,
    /// Auxiliary, copula, modal.
    Aux,
    /// Coordinating conjunction.
    Cconj,
    /// Determiner.
    Det,
    /// Interjection.
    Intj,
    /// Common noun.
    Noun,
    /// Number in figures or words.
    Num,
    /// Particle: "not", infinitival "to", possessive "'s".
    Part,
    /// Pronoun, personal or relative.
    Pron,
    /// Proper noun.
    Propn,
    /// Punctuation.
    Punct,
    /// Subordinating conjunction.
    Sconj,
    /// Symbol.
    Sym,
    /// Full verb.
    Verb,
    /// Not told apart: an open-class word that the reader has no opinion on.
    X,
}

impl Pos {
    /// Reads the tag's upper-case name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "ADJ" => Self::Adj,
            "ADP" => Self::Adp,
            "ADV" => Self::Adv,
            "AUX" => Self::Aux,
            "CCONJ" => Self::Cconj,
            "DET" => Self::Det,
            "INTJ" => Self::Intj,
            "NOUN" => Self::Noun,
            "NUM" => Self::Num,
            "PART" => Self::Part,
            "PRON" => Self::Pron,
            "PROPN" => Self::Propn,
            "PUNCT" => Self::Punct,
            "SCONJ" => Self::Sconj,
            "SYM" => Self::Sym,
            "VERB" => Self::Verb,
            "X" => Self::X,
            _ => return None,
        })
    }

    /// Whether a noun phrase may hold a word of this class.
    #[must_use]
    pub const fn is_nominal(self) -> bool {
        matches!(self, Self::Adj | Self::Det | Self::Noun | Self::Num | Self::Propn | Self::X)
    }
}
