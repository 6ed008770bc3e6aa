//! Who says so: the links of an attribution chain.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ActorRef, Antecedent, TextRange};

/// What kind of speaker stands behind a statement.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SpeakerKind {
    /// Newspaper, agency, broadcaster, site.
    Outlet,
    /// State, army, police, ministry, mayor, court.
    Official,
    /// A party to the conflict that is no state: a rebel group, its spokesman, its paper.
    Party,
    /// Somebody who was there: resident, survivor, witness.
    Witness,
    /// Monitoring, rights, aid or research organisation; the United Nations.
    Monitor,
    /// Analyst, professor, researcher.
    Expert,
    /// Unnamed sources.
    Anonymous,
    /// Another named person.
    Person,
    /// None of these, or not known.
    Unknown,
}

/// One link of the chain from the report's narrator outward.
///
/// `a villager told AFP` gives two links: the outlet first, the villager, who is outermost, last.
/// Speakers who say a thing side by side ("police and residents said") follow each other and share
/// one [`AttributionLink::cue_range`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AttributionLink {
    /// Who says so, exactly as in the report.
    pub speaker: String,
    /// Where these words are.
    #[serde(flatten)]
    pub range: TextRange,
    /// Whom they mean, where they are a pronoun or the like and the text before says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub antecedent: Option<Antecedent>,
    /// What kind of speaker.
    pub kind: SpeakerKind,
    /// Whether the speaker is, speaks for or belongs to a party to the conflict.
    pub party: bool,
    /// The speaker as an actor, where the registry knows it.
    pub actor: Option<ActorRef>,
    /// For a party: the actor whose side it is, when it is not the speaker itself.
    pub affiliation: Option<ActorRef>,
    /// The words that attribute: "according to", "confirmed that".
    pub cue: String,
    /// Where the cue is.
    pub cue_range: TextRange,
}

impl AttributionLink {
    /// The words that tell who speaks: those of the antecedent where there is one.
    #[must_use]
    pub fn name(&self) -> &str {
        self.antecedent.as_ref().map_or(&self.speaker, |meant| &meant.text)
    }
}
