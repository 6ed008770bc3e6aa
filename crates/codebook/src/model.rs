//! What a compiled codebook is made of: types, rules, triggers.

use std::ops::Range;

use averment_types::{CasualtyKind, ClaimKind, Modality, Projections, RoleKind, RuleId, TypeId};

use crate::{Demand, Function};

/// The form in which a trigger word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// A noun or noun phrase.
    Noun,
    /// A verb's base form: "kill".
    Base,
    /// Third person: "kills".
    Present,
    /// Past tense, where it differs from the participle: "shot" does not, "overran" does.
    Past,
    /// Past participle, and past tense where they are one: "killed".
    Participle,
    /// "killing".
    Gerund,
    /// A fixed phrase that is not inflected: "under the control of".
    Phrase,
}

/// Why a projection is doubtful, one sentence for each codebook where it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Doubts {
    /// Of PLOVER's type.
    pub plover: Option<String>,
    /// Of CAMEO's code.
    pub cameo: Option<String>,
    /// Of ACLED's type.
    pub acled: Option<String>,
    /// Of whether UCDP counts it.
    pub ucdp: Option<String>,
}

/// A type of the ontology.
#[expect(clippy::struct_excessive_bools, reason = "facts that hold or not, one by one")]
#[derive(Debug, Clone)]
pub struct EventType {
    /// Its id.
    pub id: TypeId,
    /// Event, relation, status or count.
    pub kind: ClaimKind,
    /// Its name for people.
    pub label: String,
    /// What it is.
    pub definition: String,
    /// What is coded as it.
    pub include: Vec<String>,
    /// What is not.
    pub exclude: Vec<String>,
    /// Sentences that show it.
    pub examples: Vec<String>,
    /// The wider types that it narrows, the nearest first: an ambush is an attack.
    pub wider: Vec<TypeId>,
    /// What happens to the people in its target or victim role, where that is countable.
    pub casualty: Option<CasualtyKind>,
    /// Whether it is an act of organised violence.
    pub violent: bool,
    /// Whether whom it killed or hurt takes part in it as victim, beside what it was aimed at.
    pub victims: bool,
    /// Whether crime and accidents do it too, so that it is not coded in a report that tells of nothing else.
    pub everyday: bool,
    /// Whether another act does it, so that both have the same doers, time and place: a strike destroys a house.
    pub effect: bool,
    /// The role whose words say where it was too, where nothing else does: what was hit, what is held.
    pub ground: Option<RoleKind>,
    /// The type that a bare noun of this one tells of once more, where that has just been told: "the raids" after air strikes.
    pub echoes: Option<TypeId>,
    /// Whether UCDP would count it; the type of violence then follows from the actors.
    pub ucdp: bool,
    /// The same in other codebooks.
    pub projections: Projections,
    /// Where these are doubtful, and why.
    pub doubts: Doubts,
}

impl EventType {
    /// Whether somebody can be its victim: of a harm, and of an act by which people come to harm.
    #[must_use]
    pub const fn takes_victims(&self) -> bool {
        self.victims || self.casualty.is_some()
    }
}

/// A coding rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `type/rule`.
    pub id: RuleId,
    /// Index of its type in [`Codebook::types`](crate::Codebook::types).
    pub type_index: usize,
    /// Its trigger words as they were written: verbs, nouns, phrases.
    pub triggers: Vec<String>,
    /// Words that look like a trigger and are none.
    pub excludes: Vec<String>,
    /// For each role, the functions that fill it, the preferred first.
    pub slots: Vec<(RoleKind, Vec<Function>)>,
    /// Roles without which the rule does not code; a role named twice needs two fillers.
    pub requires: Vec<RoleKind>,
    /// Roles of which one must be filled; empty: none must.
    pub requires_one: Vec<RoleKind>,
    /// For a role, what one of its fillers must be; where all are something else, the rule does not code.
    pub words: Vec<(RoleKind, Vec<Demand>)>,
    /// For a role, what none of its fillers may be.
    pub unless: Vec<(RoleKind, Vec<Demand>)>,
    /// For a function, what a phrase in it must be, where one stands in it.
    pub only: Vec<(Function, Vec<Demand>)>,
    /// Words and kinds of which one must stand in the sentence; empty: none must.
    pub beside: Vec<Demand>,
    /// Words and kinds of which none may stand in the sentence.
    pub not_beside: Vec<Demand>,
    /// Whether only linked or recognised actors fill its roles.
    pub only_actors: bool,
    /// Modalities in which alone it codes; empty: in all.
    pub modalities: Vec<Modality>,
    /// Sentences that it codes.
    pub codes: Vec<String>,
    /// Sentences that it must ignore.
    pub ignores: Vec<String>,
}

/// Trigger words of a rule, found in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Index of the rule in [`Codebook::rules`](crate::Codebook::rules).
    pub rule: usize,
    /// The words, as indices into the sentence's tokens; of "set … ablaze" those before the gap.
    pub tokens: Range<usize>,
    /// How many words the trigger has, those behind a gap with them.
    pub words: usize,
    /// Their form.
    pub form: Form,
}
