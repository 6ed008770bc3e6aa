//! Grammatical functions: what a rule's slot asks for.

use std::fmt;

/// The function of a phrase towards a trigger word, named after Universal Dependencies.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Function {
    /// `nsubj`: who does it. In the passive, the phrase behind "by".
    Subject,
    /// `obj`: whom or what it is done to. In the passive, the grammatical subject.
    Object,
    /// `obl:PREP` or `nmod:PREP`: the phrase behind this preposition.
    Prep(Box<str>),
    /// `nmod:poss`: "the army's attack".
    Possessor,
    /// `compound`: "a rebel attack".
    Compound,
    /// `amod`: a word before the noun that says whose act it is, "a *Russian* strike", "*rebel* fire".
    Amod,
    /// `light:nsubj`: the subject of a verb that only supports the noun: "carried out an attack".
    LightSubject,
    /// `light:obj`: the object of a verb whose subject is the noun: "the attack hit the village".
    LightObject,
    /// `appos`: the name beside a title: "their leader, Musa" or "commander Musa".
    Apposition,
    /// `head`: the phrase that a participle or relative clause modifies.
    Head,
}

impl Function {
    /// Reads the function's name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "nsubj" => Self::Subject,
            "obj" => Self::Object,
            "nmod:poss" => Self::Possessor,
            "compound" => Self::Compound,
            "amod" => Self::Amod,
            "light:nsubj" => Self::LightSubject,
            "light:obj" => Self::LightObject,
            "appos" => Self::Apposition,
            "head" => Self::Head,
            _ => {
                let prep = name.strip_prefix("obl:").or_else(|| name.strip_prefix("nmod:"))?;
                let word = !prep.is_empty() && prep.bytes().all(|b| b.is_ascii_lowercase());
                word.then(|| Self::Prep(prep.into()))?
            }
        })
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Subject => f.write_str("nsubj"),
            Self::Object => f.write_str("obj"),
            Self::Prep(prep) => write!(f, "obl:{prep}"),
            Self::Possessor => f.write_str("nmod:poss"),
            Self::Compound => f.write_str("compound"),
            Self::Amod => f.write_str("amod"),
            Self::LightSubject => f.write_str("light:nsubj"),
            Self::LightObject => f.write_str("light:obj"),
            Self::Apposition => f.write_str("appos"),
            Self::Head => f.write_str("head"),
        }
    }
}
