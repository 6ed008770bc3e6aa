//! What belongs to a name: the noun before it, the bracket and the nouns behind it.

use averment_types::ActorKind;

use crate::draft::Target;
use crate::lexicon::Number;
use crate::phrase::Phrases;
use crate::sentence::What;

/// A name among the heads of a phrase.
pub(crate) struct Naming<'p, 'a> {
    pub(crate) phrases: &'p Phrases<'a>,
    pub(crate) first: usize,
    pub(crate) name: usize,
    pub(crate) trailing: Vec<usize>,
}

/// What the phrase is, as unit indexes.
pub(crate) struct Plan {
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) head: usize,
    pub(crate) target: Target,
    pub(crate) plural: bool,
    pub(crate) reasons: Vec<String>,
}

impl Naming<'_, '_> {
    /// Decides between the name alone, the name with its nouns, the nouns with the name as a
    /// description, and the group that a person leads.
    pub(crate) fn plan(mut self, target: Target) -> Plan {
        let mut last = self.name;
        if let Some(bracket) = self.phrases.bracketed(last).filter(|_| self.trailing.is_empty()) {
            last = bracket;
            self.trailing.extend(self.phrases.noun_after_bracket(bracket));
        }
        let mut plan = Plan {
            first: self.first,
            last,
            head: self.name,
            target,
            plural: false,
            reasons: Vec::new(),
        };
        for at in std::mem::take(&mut self.trailing) {
            if !self.absorb(at, &mut plan) {
                break;
            }
        }
        plan
    }

    /// Takes a noun behind the name into the plan; `false` when it begins a phrase of its own.
    fn absorb(&self, at: usize, plan: &mut Plan) -> bool {
        let Some(unit) = self.phrases.sentence.units.get(at) else {
            return false;
        };
        let named = self.kind(&plan.target);
        match unit.what {
            What::Reference(_, number) => {
                if let (Target::Alias(names), ActorKind::Person) = (&plan.target, named) {
                    let wing = matches!(self.word(at), "wing" | "faction" | "branch");
                    plan.target = Target::Led(names.clone(), wing);
                }
                plan.plural = number != Number::Singular;
            }
            What::Head(head, number, _) => {
                let Some(head_data) = self.phrases.registry.heads.get(head as usize) else {
                    return false;
                };
                if named == ActorKind::Community {
                    let reason = "the name says of which community they are";
                    plan.reasons.push(reason.to_owned());
                    plan.target = Target::Class(head);
                    plan.head = at;
                } else if !belongs(named, head_data.kind, head_data.neutral) {
                    return false;
                } else if head_data.id != "armed-group" {
                    let reason = "people of the named actor stand for it";
                    plan.reasons.push(reason.to_owned());
                }
                plan.plural = number != Number::Singular;
            }
            _ => return false,
        }
        plan.last = at;
        true
    }

    fn word(&self, at: usize) -> &str {
        let unit = self.phrases.sentence.units.get(at);
        unit.map_or("", |u| self.phrases.sentence.text(self.phrases.text, u))
    }

    fn kind(&self, target: &Target) -> ActorKind {
        match target {
            Target::Alias(names) => names
                .first()
                .and_then(|(actor, _)| self.phrases.registry.actor_at(*actor))
                .map_or(ActorKind::Other, |a| a.kind),
            Target::Organisation(kind) => *kind,
            _ => ActorKind::Other,
        }
    }
}

/// Whether people of kind `head` stand for a named actor of kind `named`.
const fn belongs(named: ActorKind, head: ActorKind, neutral: bool) -> bool {
    match head {
        ActorKind::Civilians | ActorKind::Protesters | ActorKind::Other if !neutral => false,
        ActorKind::Media => matches!(named, ActorKind::Media),
        ActorKind::Ngo => matches!(named, ActorKind::Ngo | ActorKind::InternationalOrganization),
        ActorKind::Person | ActorKind::Community | ActorKind::Business => false,
        _ => !matches!(named, ActorKind::Media | ActorKind::Person) || neutral,
    }
}
