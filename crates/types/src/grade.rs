//! A person's grades of sources and of single claims, in the two scales of the Admiralty system.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How reliable a source is, in the first scale of the Admiralty system. Given by a person, never guessed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "UPPERCASE")]
pub enum Reliability {
    /// Completely reliable.
    A,
    /// Usually reliable.
    B,
    /// Fairly reliable.
    C,
    /// Not usually reliable.
    D,
    /// Unreliable.
    E,
    /// Cannot be judged.
    F,
}

/// How credible one piece of information is, in the second scale of the Admiralty system. It is judged apart from
/// the source: a liar may tell the truth. Given by a person, never guessed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "u8", into = "u8")]
#[schemars(with = "u8")]
pub enum Credibility {
    /// 1: confirmed by other sources.
    Confirmed,
    /// 2: probably true.
    ProbablyTrue,
    /// 3: possibly true.
    PossiblyTrue,
    /// 4: doubtful.
    Doubtful,
    /// 5: improbable.
    Improbable,
    /// 6: cannot be judged.
    Unknown,
}

/// A number that is no grade of credibility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a grade of credibility is a number from 1 to 6")]
pub struct CredibilityError;

impl TryFrom<u8> for Credibility {
    type Error = CredibilityError;

    fn try_from(grade: u8) -> Result<Self, CredibilityError> {
        match grade {
            1 => Ok(Self::Confirmed),
            2 => Ok(Self::ProbablyTrue),
            3 => Ok(Self::PossiblyTrue),
            4 => Ok(Self::Doubtful),
            5 => Ok(Self::Improbable),
            6 => Ok(Self::Unknown),
            _ => Err(CredibilityError),
        }
    }
}

impl From<Credibility> for u8 {
    fn from(grade: Credibility) -> Self {
        match grade {
            Credibility::Confirmed => 1,
            Credibility::ProbablyTrue => 2,
            Credibility::PossiblyTrue => 3,
            Credibility::Doubtful => 4,
            Credibility::Improbable => 5,
            Credibility::Unknown => 6,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credibility_is_a_number_from_one_to_six() {
        for grade in 1..=6 {
            assert_eq!(u8::from(Credibility::try_from(grade).unwrap()), grade);
        }
        assert_eq!(Credibility::try_from(7), Err(CredibilityError));
        assert_eq!(serde_json::to_string(&Credibility::Doubtful).unwrap(), "4");
        assert_eq!(serde_json::to_string(&Reliability::F).unwrap(), "\"F\"");
    }
}
