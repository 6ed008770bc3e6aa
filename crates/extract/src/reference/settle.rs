//! From references to actor mentions: whom the coder takes "he" and "the group" for.
//!
//! Owns what of the sieve reaches a claim: a reference is given an actor only where one is meant; where several may
//! be, they are candidates. A pronoun without an actor stays what it is, a pronoun.

use averment_actors::{ActorMention, MentionKind};
use averment_types::ActorCandidate;

use super::{Reference, ReferenceKind};

/// Lets `references`, which were found with `actors`, say who is meant; pronouns become mentions of their own.
pub(crate) fn settle(
    text: &str,
    mut actors: Vec<ActorMention>,
    references: &[Reference],
) -> Vec<ActorMention> {
    let known = actors.clone();
    for reference in references {
        // The frame follows relative clauses by itself. An owner is not who does it: "his murder".
        let fills = matches!(
            reference.kind,
            ReferenceKind::Personal | ReferenceKind::Definite | ReferenceKind::Demonstrative
        );
        if !fills {
            continue;
        }
        let at = reference.place.range;
        let own = known.iter().position(|m| m.span.overlaps(at));
        match own.and_then(|own| actors.get_mut(own)) {
            Some(mention) if mention.refers_to.is_some() => fill(text, mention, &known, reference),
            Some(_) => {}
            None => actors.extend(added(text, &known, reference)),
        }
    }
    for owner in references.iter().filter(|r| r.kind == ReferenceKind::Possessive) {
        own(text, &mut actors, &known, owner);
    }
    for mention in actors.iter_mut().filter(|m| m.refers_to.is_some()) {
        if mention.reasons.len() == 1 && mention.candidates.is_empty() && mention.actor.is_none() {
            mention.reasons =
                vec!["refers to something that the text does not name nearby".to_owned()];
        }
    }
    actors.retain(|m| {
        let open = m.actor.is_none() && m.candidates.is_empty();
        !open || m.refers_to.as_ref().is_none_or(averment_actors::Referent::is_actor)
    });
    actors.sort_by_key(|mention| mention.span);
    actors
}

/// Fills a noun that refers: "the group".
fn fill(text: &str, mention: &mut ActorMention, known: &[ActorMention], reference: &Reference) {
    let meant = |indices: &[usize]| -> Vec<ActorMention> {
        let own = mention.span;
        let others = indices.iter().filter_map(|i| known.get(*i));
        others.filter(|m| m.span != own && m.actor.is_some()).cloned().collect()
    };
    let (sure, open) = (meant(&reference.actors), meant(&reference.candidates));
    let how = reference.reason.unwrap_or_default();
    match (sure.as_slice(), reference.plural) {
        ([one], false) => {
            mention.reasons = vec![format!("refers to {}, {how}", name(text, one))];
            mention.antecedent = Some(one.head);
            mention.actor.clone_from(&one.actor);
            mention.actor_kind = one.actor.as_ref().map(|actor| actor.kind);
        }
        ([_, _, ..], _) => {
            let names: Vec<&str> = sure.iter().map(|m| name(text, m)).collect();
            mention.reasons = vec![format!("refers to {} together, {how}", names.join(" and "))];
            mention.candidates = candidates(&sure, 1.0, "one of those meant");
        }
        _ if open.is_empty() => {}
        _ => {
            mention.reasons = vec!["may refer to any of several names nearby".to_owned()];
            mention.candidates = candidates(&open, 0.5, "a name before it that it may mean");
        }
    }
}

/// The mention that a pronoun or a description without an actor of its own becomes.
fn added(text: &str, known: &[ActorMention], reference: &Reference) -> Option<ActorMention> {
    if reference.actors.is_empty() {
        return described(text, reference);
    }
    let [meant] = reference.actors.as_slice() else { return None };
    let meant = known.get(*meant)?;
    let person = meant.actor.is_none();
    if person && meant.kind != MentionKind::Person {
        return None;
    }
    let how = reference.reason.unwrap_or_default();
    let mut reasons = vec![format!("refers to {}, {how}", name(text, meant))];
    if person {
        reasons.push("not in the registry".to_owned());
    }
    Some(ActorMention {
        span: reference.place.range,
        head: reference.place.range,
        kind: if person { MentionKind::Person } else { MentionKind::Reference },
        actor_kind: meant.actor_kind,
        antecedent: Some(if person { meant.span } else { meant.head }),
        actor: meant.actor.clone(),
        candidates: meant.candidates.clone(),
        reasons,
        number: None,
        plural: reference.plural,
        refers_to: None,
    })
}

/// Words for those of whom an armed body is made up.
const RANKS: [&str; 14] = [
    "men",
    "fighters",
    "soldiers",
    "troops",
    "forces",
    "members",
    "militants",
    "combatants",
    "units",
    "elements",
    "warplanes",
    "jets",
    "gunmen",
    "commandos",
];

/// "The Red Front said that *its men* had seized the bridge": those of an armed body act as the body.
fn own(text: &str, actors: &mut [ActorMention], known: &[ActorMention], owner: &Reference) {
    let [meant] = owner.actors.as_slice() else { return };
    let Some(meant) = known.get(*meant) else { return };
    let body = meant.actor.as_ref().filter(|actor| actor.kind.is_side());
    let unlisted = meant.actor.is_none() && meant.kind == MentionKind::Named;
    if body.is_none() && !unlisted {
        return;
    }
    let at = owner.place.range;
    let ranked = |m: &&mut ActorMention| {
        let words = m.span.slice(text).unwrap_or_default();
        let rank = words.split_whitespace().next_back().unwrap_or_default();
        let theirs = m.span.start() <= at.end() + 1 && at.end() < m.span.end();
        m.kind == MentionKind::Generic && theirs && RANKS.contains(&rank)
    };
    let Some(mention) = actors.iter_mut().find(ranked) else { return };
    mention.reasons = vec![format!("those of {}", name(text, meant))];
    mention.antecedent = Some(meant.head);
    if let Some(body) = body {
        mention.actor_kind = Some(body.kind);
        mention.actor = Some(body.clone());
        mention.kind = MentionKind::Reference;
    }
}

/// The mention that a pronoun becomes which means somebody without a name: "the three men … *they*".
fn described(text: &str, reference: &Reference) -> Option<ActorMention> {
    let meant = reference.full.filter(|_| reference.kind == ReferenceKind::Personal)?.range;
    let how = reference.reason.unwrap_or_default();
    let reason = format!("refers to “{}”, {how}", meant.slice(text)?);
    Some(ActorMention {
        span: reference.place.range,
        head: reference.place.range,
        kind: MentionKind::Reference,
        actor_kind: None,
        antecedent: Some(meant),
        actor: None,
        candidates: Vec::new(),
        reasons: vec![reason, "no actor of the registry has this name".to_owned()],
        number: None,
        plural: reference.plural,
        refers_to: None,
    })
}

/// What the actor of a mention is called.
fn name<'m>(text: &'m str, mention: &'m ActorMention) -> &'m str {
    let words = || mention.head.slice(text).unwrap_or_default();
    mention.actor.as_ref().map_or_else(words, |actor| actor.name.as_str())
}

fn candidates(meant: &[ActorMention], score: f32, reason: &str) -> Vec<ActorCandidate> {
    let make = |m: &ActorMention| {
        let actor = m.actor.clone()?;
        Some(ActorCandidate { actor, score, reason: reason.to_owned() })
    };
    meant.iter().filter_map(make).collect()
}
