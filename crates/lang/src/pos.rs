//! Word classes: Universal Dependencies' part-of-speech tags.

use crate::relation::named;

named! {
    /// A part of speech, by its name in Universal Dependencies.
    Pos {
        /// Adjective.
        Adj = "ADJ",
        /// Preposition or postposition.
        Adp = "ADP",
        /// Adverb.
        Adv = "ADV",
        /// Auxiliary, copula, modal.
        Aux = "AUX",
        /// Coordinating conjunction.
        Cconj = "CCONJ",
        /// Determiner.
        Det = "DET",
        /// Interjection.
        Intj = "INTJ",
        /// Common noun.
        Noun = "NOUN",
        /// Number in figures or words.
        Num = "NUM",
        /// Particle: "not", infinitival "to", possessive "'s".
        Part = "PART",
        /// Pronoun, personal or relative.
        Pron = "PRON",
        /// Proper noun.
        Propn = "PROPN",
        /// Punctuation.
        Punct = "PUNCT",
        /// Subordinating conjunction.
        Sconj = "SCONJ",
        /// Symbol.
        Sym = "SYM",
        /// Full verb.
        Verb = "VERB",
        /// Not told apart: an open-class word that the reader has no opinion on.
        X = "X",
    }
}

impl Pos {
    /// Whether a noun phrase may hold a word of this class.
    #[must_use]
    pub const fn is_nominal(self) -> bool {
        matches!(self, Self::Adj | Self::Det | Self::Noun | Self::Num | Self::Propn | Self::X)
    }
}
