//! A mention of an actor in a text.

use averment_types::{ActorCandidate, ActorKind, ActorRef, CountryCode, TextRange};

/// How the words name somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum MentionKind {
    /// By a proper name, of the registry or not.
    Named,
    /// A person by name.
    Person,
    /// By what they are: "unknown gunmen", "Malian soldiers".
    Generic,
    /// By referring back (or forward): "the group", "the Mauritanian website".
    Reference,
    /// A medium by its name.
    Outlet,
}

/// A stretch of text that names an actor, the actor, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct ActorMention {
    /// The whole noun phrase: "the Nusrat al-Islam wal Muslimeen (JNIM) group", "at least five Malian soldiers".
    pub span: TextRange,
    /// The head word or the name in it: "Nusrat al-Islam wal Muslimeen", "soldiers".
    pub head: TextRange,
    /// How the words name somebody.
    pub kind: MentionKind,
    /// What kind of actor the words speak of, also where the actor itself is unknown.
    pub actor_kind: Option<ActorKind>,
    /// Of a reference that was followed: the words that name who is meant.
    pub antecedent: Option<TextRange>,
    /// The actor; `None` when unknown or open.
    pub actor: Option<ActorRef>,
    /// Others that it may be, best first; when a plural reference stands for several, all of them.
    pub candidates: Vec<ActorCandidate>,
    /// Why this actor, or why none, a sentence each.
    pub reasons: Vec<String>,
    /// The words of number with their bound: "five", "at least 20", "dozens of".
    pub number: Option<TextRange>,
    /// Whether the head is a plural.
    pub plural: bool,
    /// Of a reference: the kinds of actor that its noun may mean, and countries that it must be of. The mention is
    /// left open here; which actor is meant shows in the sentences before.
    pub refers_to: Option<Referent>,
}

impl ActorMention {
    /// The mention of one certain `actor` by the words at `span`, for one `reason`.
    #[must_use]
    pub fn certain(span: TextRange, kind: MentionKind, actor: ActorRef, reason: &str) -> Self {
        Self {
            span,
            head: span,
            kind,
            actor_kind: Some(actor.kind),
            antecedent: None,
            actor: Some(actor),
            candidates: Vec::new(),
            reasons: vec![reason.to_owned()],
            number: None,
            plural: false,
            refers_to: None,
        }
    }
}

/// What a reference may mean: "the Mauritanian website", a medium of Mauritania.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referent {
    /// The kinds of actor that the noun stands for.
    pub kinds: Vec<ActorKind>,
    /// The countries named in the phrase; the actor is of all of them.
    pub countries: Vec<CountryCode>,
}

impl Referent {
    /// Whether `actor` may be meant.
    #[must_use]
    pub fn fits(&self, actor: &ActorRef) -> bool {
        self.kinds.contains(&actor.kind)
            && self.countries.iter().all(|country| actor.country.as_ref() == Some(country))
    }

    /// Whether the noun names an actor also where none is found: "the group", but not "the centre".
    #[must_use]
    pub fn is_actor(&self) -> bool {
        self.kinds.iter().any(|kind| kind.is_side() || *kind == ActorKind::Media)
    }

    /// Whether a medium is meant.
    #[must_use]
    pub fn is_media(&self) -> bool {
        self.kinds.contains(&ActorKind::Media)
    }
}
