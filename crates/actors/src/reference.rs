//! References: "the group", "the two organizations", "the Mauritanian website". A sieve of three steps:
//! an apposition that follows, the nearest sentence with one fitting name, an only medium of that country.

use averment_types::{ActorCandidate, ActorId, ActorKind, ActorRef};

use crate::Registry;
use crate::draft::{Draft, Target};
use crate::link::Context;
use crate::{ActorMention, MentionKind};

/// Sentences back that a group may be named in.
const WINDOW: usize = 3;

/// Resolves the references among `mentions`; each mention comes with its draft. A noun that is as
/// often no actor ("the centre") goes where nothing fits it.
pub(crate) fn resolve(
    context: &Context<'_>,
    drafts: &[Draft],
    mut mentions: Vec<ActorMention>,
) -> Vec<ActorMention> {
    for at in 0..mentions.len() {
        let Some(draft) = drafts.get(at) else { continue };
        let Target::Reference(noun) = draft.target else { continue };
        if !draft.definite {
            continue;
        }
        let found = found(context, drafts, &mentions, at, noun);
        if let Some(mention) = mentions.get_mut(at) {
            settle(context.registry, draft, noun, found, mention);
        }
    }
    let kept = drafts.iter().zip(mentions).filter(|(draft, mention)| {
        let open = mention.actor.is_none() && mention.candidates.is_empty();
        let doubtful = matches!(draft.target, Target::Reference(noun)
            if !kinds(context.registry, noun).iter().any(|k| k.is_side() || *k == ActorKind::Media));
        !(open && doubtful)
    });
    kept.map(|(_, mention)| mention).collect()
}

/// What a reference may mean.
enum Found {
    /// Names that follow in apposition.
    Apposed(Vec<ActorRef>),
    /// Names before it, nearest first, and how many sentences back the nearest is.
    Before(Vec<ActorRef>),
}

fn found(
    context: &Context<'_>,
    drafts: &[Draft],
    mentions: &[ActorMention],
    at: usize,
    noun: u32,
) -> Found {
    let apposed = apposed(context, drafts, mentions, at, noun);
    if !apposed.is_empty() {
        return Found::Apposed(apposed);
    }
    let media = kinds(context.registry, noun).contains(&ActorKind::Media);
    let Some(draft) = drafts.get(at) else {
        return Found::Before(Vec::new());
    };
    let window = if media { usize::MAX } else { WINDOW };
    let mut out: Vec<ActorRef> = Vec::new();
    let mut nearest: Option<usize> = None;
    for (before, mention) in drafts.iter().zip(mentions).take(at).rev() {
        let distance = draft.sentence.saturating_sub(before.sentence);
        let wanted = if draft.plural { 2 } else { 1 };
        if distance > window || nearest.is_some_and(|n| n != distance && out.len() >= wanted) {
            break;
        }
        if let Some(actor) = fitting(context, draft, mention, noun) {
            nearest = nearest.or(Some(distance));
            if !out.contains(actor) {
                out.push(actor.clone());
            }
        }
    }
    Found::Before(out)
}

/// "the two organizations, ISIS and al-Qaida".
fn apposed(
    context: &Context<'_>,
    drafts: &[Draft],
    mentions: &[ActorMention],
    at: usize,
    noun: u32,
) -> Vec<ActorRef> {
    let mut out = Vec::new();
    let Some(mut end) = mentions.get(at).map(|m| m.span.end()) else {
        return out;
    };
    let draft = drafts.get(at);
    for mention in mentions.iter().skip(at + 1) {
        let between = context.text.get(end..mention.span.start()).unwrap_or("\n").trim();
        let fits = matches!(
            (between, out.is_empty()),
            ("," | ":" | "-", true) | ("and" | "," | ", and", false)
        );
        let actor = draft.and_then(|d| fitting(context, d, mention, noun));
        let (true, Some(actor)) = (fits, actor) else { break };
        out.push(actor.clone());
        end = mention.span.end();
    }
    out
}

/// The actor of a mention when the reference may mean it.
fn fitting<'m>(
    context: &Context<'_>,
    draft: &Draft,
    mention: &'m ActorMention,
    noun: u32,
) -> Option<&'m ActorRef> {
    let named =
        matches!(mention.kind, MentionKind::Named | MentionKind::Outlet | MentionKind::Reference);
    let actor = mention.actor.as_ref().filter(|_| named)?;
    let kind = kinds(context.registry, noun).contains(&actor.kind);
    let mut countries =
        draft.countries.iter().filter_map(|c| context.registry.countries.get(*c as usize));
    let country = countries.all(|c| actor.country.as_ref() == Some(&c.code));
    (kind && country).then_some(actor)
}

fn kinds(registry: &Registry, noun: u32) -> &[ActorKind] {
    registry.references.get(noun as usize).map_or(&[], |r| &r.kinds)
}

fn settle(registry: &Registry, draft: &Draft, noun: u32, found: Found, mention: &mut ActorMention) {
    mention.actor_kind = kinds(registry, noun).first().copied();
    let plural = draft.plural || draft.number.is_some();
    let (actors, how) = match found {
        Found::Apposed(actors) => (actors, "named right behind it"),
        Found::Before(actors) => (actors, "the nearest fitting name before it"),
    };
    match (actors.as_slice(), plural) {
        ([], _) => {
            mention
                .reasons
                .push("refers to something that the text does not name nearby".to_owned());
            if let Some(actor) = unresolved(registry, draft, noun) {
                mention.reasons.push("taken by its words alone".to_owned());
                mention.actor = Some(actor);
            }
        }
        ([one], false) => {
            mention.reasons.push(format!("refers to {}, {how}", one.name));
            mention.actor_kind = Some(one.kind);
            mention.actor = Some(one.clone());
        }
        ([a, b], true) => {
            mention.reasons.push(format!("refers to {} and {} together", a.name, b.name));
            mention.candidates = candidates(&actors, 1.0, "one of those meant");
        }
        (_, true) => {
            mention.reasons.push("refers to several, of whom it is not clear which".to_owned());
            mention.candidates = candidates(&actors, 0.5, how);
        }
        (_, false) => {
            mention.reasons.push("may refer to any of several names nearby".to_owned());
            mention.candidates = candidates(&actors, 0.5, how);
        }
    }
}

/// A reference without antecedent that says by itself what it is: "the armed group".
fn unresolved(registry: &Registry, draft: &Draft, noun: u32) -> Option<ActorRef> {
    let media = kinds(registry, noun).contains(&ActorKind::Media);
    let country = draft.countries.first().and_then(|c| registry.countries.get(*c as usize));
    let noun = registry.references.get(noun as usize)?;
    (!media && draft.plural && country.is_some()).then(|| ActorRef {
        id: ActorId::new(&format!("generic:{}", noun.id)),
        name: noun.id.clone(),
        kind: ActorKind::Other,
        country: country.map(|c| c.code.clone()),
    })
}

fn candidates(actors: &[ActorRef], score: f32, reason: &str) -> Vec<ActorCandidate> {
    let make = |a: &ActorRef| ActorCandidate { actor: a.clone(), score, reason: reason.to_owned() };
    actors.iter().map(make).collect()
}
