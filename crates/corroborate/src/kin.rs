//! Which actors are parts of each other, and who is a party: from the registry.

use std::collections::{BTreeMap, BTreeSet};

use averment_actors::{Registry, Tie};
use averment_types::{ActorId, ActorKind, ActorRef};

/// How two actors go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kinship {
    /// One actor.
    Same,
    /// One belongs to the other, or both to one that is above them.
    Kin,
    /// One has no name ("gunmen") and may be the other.
    MayBe,
    /// Two actors that are not each other.
    Apart,
}

/// Who belongs to whom.
#[derive(Debug, Clone, Default)]
pub(crate) struct Kin {
    above: BTreeMap<ActorId, BTreeSet<ActorId>>,
}

impl Kin {
    /// Reads ties of part, loyalty and membership off the registry, each way up.
    pub(crate) fn of(registry: &Registry) -> Self {
        let mut above = BTreeMap::new();
        for actor in registry.actors() {
            let mut found = BTreeSet::new();
            let mut open = vec![actor.id.clone()];
            while let Some(id) = open.pop() {
                for link in registry.parents(&id, None) {
                    let counts = link.tie != Tie::OutletOf && !link.parent.is_generic();
                    if counts && found.insert(link.parent.clone()) {
                        open.push(link.parent);
                    }
                }
            }
            if !found.is_empty() {
                above.insert(actor.id.clone(), found);
            }
        }
        Self { above }
    }

    /// How `a` and `b` go together.
    pub(crate) fn compare(&self, a: &ActorRef, b: &ActorRef) -> Kinship {
        if a.id == b.id {
            return Kinship::Same;
        }
        if self.is_above(&a.id, &b.id) || self.is_above(&b.id, &a.id) {
            return Kinship::Kin;
        }
        match (a.id.is_generic(), b.id.is_generic()) {
            (false, false) => self.beside(&a.id, &b.id),
            _ if may_be(a.kind, b.kind) && countries_agree(a, b) => Kinship::MayBe,
            _ => Kinship::Apart,
        }
    }

    /// Whether `id` belongs to `parent`.
    pub(crate) fn is_above(&self, parent: &ActorId, id: &ActorId) -> bool {
        self.above.get(id).is_some_and(|all| all.contains(parent))
    }

    fn beside(&self, a: &ActorId, b: &ActorId) -> Kinship {
        let (Some(left), Some(right)) = (self.above.get(a), self.above.get(b)) else {
            return Kinship::Apart;
        };
        if left.is_disjoint(right) { Kinship::Apart } else { Kinship::Kin }
    }
}

fn countries_agree(a: &ActorRef, b: &ActorRef) -> bool {
    a.country.is_none() || b.country.is_none() || a.country == b.country
}

/// Whether one kind of actor may be a vaguer word for the other.
fn may_be(a: ActorKind, b: ActorKind) -> bool {
    let unknown = |kind| matches!(kind, ActorKind::UnidentifiedArmed | ActorKind::Other);
    let people = |kind| {
        matches!(
            kind,
            ActorKind::Civilians | ActorKind::Community | ActorKind::Person | ActorKind::Protesters
        )
    };
    a == b
        || (a.is_armed_group() && b.is_armed_group())
        || (a.is_state_side() && b.is_state_side())
        || (people(a) && people(b))
        || (unknown(a) && b.is_side())
        || (unknown(b) && a.is_side())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_belong_together_and_rivals_do_not() {
        let registry = Registry::shipped().unwrap();
        let kin = Kin::of(&registry);
        let actor = |id: &str| registry.get(&ActorId::new(id)).unwrap().to_ref();
        let gunmen = ActorRef {
            id: ActorId::new("generic:gunmen"),
            name: "gunmen".into(),
            kind: ActorKind::UnidentifiedArmed,
            country: None,
        };
        assert_eq!(kin.compare(&actor("macina-liberation-front"), &actor("jnim")), Kinship::Kin);
        assert_eq!(kin.compare(&actor("jnim"), &actor("islamic-state")), Kinship::Apart);
        assert_eq!(kin.compare(&gunmen, &actor("jnim")), Kinship::MayBe);
    }
}
