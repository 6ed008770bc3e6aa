//! Who takes part in a claim, as which words, linked to which actor and why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{ActorId, Antecedent, CountryCode, TextRange};

/// The part that someone or something plays in a claim.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RoleKind {
    /// Who is said to have done it.
    Initiator,
    /// Whom or what it was done to or aimed at.
    Target,
    /// Who was harmed.
    Victim,
    /// One of several who did it to or with each other: the sides of a clash, of a negotiation.
    Participant,
    /// With what.
    Instrument,
    /// For whose good.
    Beneficiary,
    /// Of a relation or status: whom it is said of.
    Subject,
    /// Of a relation: to whom it holds.
    Object,
}

/// What kind of actor it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ActorKind {
    /// A state as such.
    State,
    /// Government, ministry, court, office holder as such.
    Government,
    /// Army, navy, air force, state-led foreign troops.
    Military,
    /// Police, gendarmerie, prison guards.
    Police,
    /// Intelligence and other security services; security forces where no more is said.
    SecurityForces,
    /// A coalition of states, a peace-keeping mission, an alliance.
    Coalition,
    /// An organised armed group that fights a state or its like: rebels, jihadists.
    ArmedGroup,
    /// A wing, front, province or brigade that is part of an armed group.
    Wing,
    /// A militia for or beside a state, a party, a community.
    Militia,
    /// Gunmen, attackers, bandits of whom no more is known.
    UnidentifiedArmed,
    /// A political party or movement without arms.
    Political,
    /// An ethnic, religious or local community.
    Community,
    /// Civilians and groups of them: villagers, students, women.
    Civilians,
    /// Demonstrators, rioters.
    Protesters,
    /// An international or regional organisation.
    InternationalOrganization,
    /// Aid, rights or monitoring group.
    Ngo,
    /// Newspaper, agency, broadcaster, site.
    Media,
    /// A company.
    Business,
    /// One person.
    Person,
    /// None of these, or not known.
    Other,
}

impl ActorKind {
    /// A state and its organs of force, alone or together with other states.
    #[must_use]
    pub const fn is_state_side(self) -> bool {
        matches!(
            self,
            Self::State
                | Self::Government
                | Self::Military
                | Self::Police
                | Self::SecurityForces
                | Self::Coalition
        )
    }

    /// An armed actor that is no organ of a state.
    #[must_use]
    pub const fn is_armed_group(self) -> bool {
        matches!(self, Self::ArmedGroup | Self::Wing | Self::Militia | Self::UnidentifiedArmed)
    }

    /// Whether actors of this kind are sides of a conflict.
    #[must_use]
    pub const fn is_side(self) -> bool {
        self.is_state_side() || self.is_armed_group()
    }
}

/// The actor that a mention is linked to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct ActorRef {
    /// Its id in the registry, or a generic one such as `generic:gunmen` or `generic:military:ML`.
    pub id: ActorId,
    /// Its usual name.
    pub name: String,
    /// What kind of actor it is.
    pub kind: ActorKind,
    /// Its country, where it has one.
    #[serde(default)]
    pub country: Option<CountryCode>,
}

/// Another actor that the words may mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ActorCandidate {
    /// The actor.
    #[serde(flatten)]
    pub actor: ActorRef,
    /// Relative weight among the candidates, 0 to 1; not a calibrated probability.
    pub score: f32,
    /// Why it is possible.
    pub reason: String,
}

/// One filler of one role.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Role {
    /// The part played.
    pub role: RoleKind,
    /// The words, exactly as in the report.
    pub text: String,
    /// Where the words are.
    #[serde(flatten)]
    pub range: TextRange,
    /// Whom they mean, where they are a pronoun or the like and the text before says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub antecedent: Option<Antecedent>,
    /// The actor that the words are linked to; `null` when unknown or open.
    pub actor: Option<ActorRef>,
    /// Why this link, or why none, a sentence each.
    #[serde(default)]
    pub reasons: Vec<String>,
    /// Others it may be, best first.
    #[serde(default)]
    pub candidates: Vec<ActorCandidate>,
    /// On whose word it rests that they did it, where the report does not say so itself; absent where it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alleged: Option<Allegation>,
}

impl Role {
    /// The words that tell who it is: those of the antecedent where there is one.
    #[must_use]
    pub fn name(&self) -> &str {
        self.antecedent.as_ref().map_or(&self.text, |meant| &meant.text)
    }
}

/// How it comes that somebody is named for an act: the report itself does not say that they did it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Allegation {
    /// "suspected rebels", "gunmen believed to be bandits", "suspected of the attack".
    Suspected,
    /// "blamed on the rebels", "accused of killing ten".
    Accused,
    /// "claimed responsibility for the attack".
    Claimed,
}
