//! Phrases joined by "of", "from", "linked to": "members of the Malian army", "groups linked to X".

use averment_types::ActorKind;

use crate::Registry;
use crate::draft::{Draft, Target};

/// What the words between two phrases say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bond {
    /// The first are people of the second.
    Of,
    /// The first are connected with the second.
    Linked,
}

/// Joins neighbours of one sentence.
pub(crate) fn join(registry: &Registry, text: &str, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let joined = out.last().and_then(|before| joined(registry, text, before, &draft));
        match joined {
            Some(whole) => {
                out.pop();
                out.push(whole);
            }
            None => out.push(draft),
        }
    }
    out
}

fn joined(registry: &Registry, text: &str, a: &Draft, b: &Draft) -> Option<Draft> {
    if a.sentence != b.sentence || b.number.is_some() {
        return None;
    }
    let between = text.get(a.span.end()..b.span.start())?;
    if !matches!(a.target, Target::Class(_) | Target::Reference(_)) {
        return None;
    }
    match bond(between)? {
        Bond::Of if !a.member => None,
        Bond::Of => of(registry, text, a, b),
        Bond::Linked => linked(a, b),
    }
}

fn bond(between: &str) -> Option<Bond> {
    match between.trim() {
        "of" | "from" | "belonging to" | "loyal to" | "of the" | "from the" => Some(Bond::Of),
        "linked to" | "linked with" | "affiliated with" | "affiliated to" | "allied to"
        | "allied with" | "tied to" | "close to" | "associated with" | "supporting"
        | "connected to" => Some(Bond::Linked),
        _ => None,
    }
}

fn of(registry: &Registry, text: &str, a: &Draft, b: &Draft) -> Option<Draft> {
    let head = a.head.slice(text).unwrap_or_default().to_lowercase();
    let mut whole = b.clone();
    whole.target = match &b.target {
        Target::Alias(names) => alias_target(registry, names, &head)?,
        Target::Local(_) | Target::Organisation(_) => b.target.clone(),
        Target::Class(class) => {
            let kind = registry.heads.get(*class as usize).map(|h| h.kind)?;
            let people =
                matches!(kind, ActorKind::Civilians | ActorKind::Other | ActorKind::Protesters);
            if people {
                return None;
            }
            b.target.clone()
        }
        _ => return None,
    };
    whole.units.0 = a.units.0;
    whole.span = a.span.cover(b.span);
    whole.number = a.number;
    if whole.countries.is_empty() {
        whole.countries.clone_from(&a.countries);
    }
    whole.plural = a.plural;
    whole.partial = false;
    whole.reasons.push(format!("\u{201c}{head}\u{201d} of it stand for it"));
    Some(whole)
}

/// "supporters of" a person are the group that the person leads.
fn alias_target(registry: &Registry, names: &[(u32, u32)], head: &str) -> Option<Target> {
    let actor = names.first().and_then(|n| registry.actor_at(n.0))?;
    Some(match actor.kind {
        ActorKind::Person => {
            Target::Led(names.to_vec(), matches!(head, "wing" | "faction" | "branch"))
        }
        ActorKind::Media | ActorKind::Community => return None,
        _ => Target::Alias(names.to_vec()),
    })
}

fn linked(a: &Draft, b: &Draft) -> Option<Draft> {
    let Target::Alias(names) = &b.target else {
        return None;
    };
    let mut whole = a.clone();
    whole.units.1 = b.units.1;
    whole.span = a.span.cover(b.span);
    whole.linked.extend(names);
    whole.partial = false;
    Some(whole)
}
