//! Identifiers: opaque, stable, never a bare string.

use std::fmt;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        #[schemars(transparent)]
        pub struct $name(#[schemars(with = "String")] Arc<str>);

        impl $name {
            /// The id spelt `text`.
            #[must_use]
            pub fn new(text: &str) -> Self {
                Self(Arc::from(text))
            }

            /// The id's spelling.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_id! {
    /// A report: the id its supplier gave it, or `r` and 16 hexadecimal digits of its content.
    ReportId
}
text_id! {
    /// A claim: `c` and 16 hexadecimal digits of what it says, of which report, coded by which version.
    ClaimId
}
text_id! {
    /// An incident, a derived grouping of claims: `i` and 16 hexadecimal digits.
    IncidentId
}
text_id! {
    /// A dispute between claims: `d` and 16 hexadecimal digits.
    DisputeId
}
text_id! {
    /// An independent origin of claims: `source:`, `person:`, `officials:`, `outlet:` or `text:` and a name.
    OriginId
}
text_id! {
    /// An actor of the registry, for example `islamic-state`.
    ActorId
}
text_id! {
    /// An event, relation, status or count type of the codebook, for example `armed_clash`.
    TypeId
}
text_id! {
    /// A rule of the codebook, for example `armed_clash/noun-between`.
    RuleId
}
text_id! {
    /// A person's decision: `e` and 16 hexadecimal digits of its entry in the log and of the entry before it.
    DecisionId
}

/// A BLAKE3 digest of some content, 32 bytes, written as 64 hexadecimal digits.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of `parts`, each counted with its length, so that moving a byte from one part to
    /// the next changes the digest.
    #[must_use]
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(*hasher.finalize().as_bytes())
    }

    /// The digest's bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first 16 hexadecimal digits behind `prefix`: the form of derived ids.
    #[must_use]
    pub fn short(&self, prefix: char) -> String {
        let hex = self.to_string();
        std::iter::once(prefix).chain(hex.chars().take(16)).collect()
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Digest {
    type Error = blake3::HexError;

    fn try_from(hex: String) -> Result<Self, blake3::HexError> {
        blake3::Hash::from_hex(hex).map(|hash| Self(*hash.as_bytes()))
    }
}

impl ActorId {
    /// Whether it is that of people without a name of their own: `generic:gunmen`.
    ///
    /// ```
    /// use averment_types::ActorId;
    /// assert!(ActorId::new("generic:gunmen").is_generic());
    /// assert!(!ActorId::new("jnim").is_generic());
    /// ```
    #[must_use]
    pub fn is_generic(&self) -> bool {
        self.as_str().starts_with("generic:")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_keeps_its_parts_apart() {
        assert_ne!(Digest::of(&[b"ab", b"c"]), Digest::of(&[b"a", b"bc"]));
        let digest = Digest::of(&[b"x"]);
        assert_eq!(Digest::try_from(digest.to_string()).unwrap(), digest);
        assert_eq!(digest.short('c').len(), 17);
    }
}
