//! Names of places that the reader alone knows for such: villages, quarters, buildings that the gazetteer lacks.
//!
//! Owns their mentions; refuses to say where they lie.

use averment_actors::{ActorMention, MentionKind};
use averment_lang::{Entity, EntityKind, Reading};
use averment_place::{PlaceMention, PlaceUsage};
use averment_types::{PlaceKind, PlaceValue, TextRange, WherePrec};

/// From this probability on the reader's word that a name is a place's outweighs its form, which looks like a person's or a body's.
const SURE: f32 = 0.8;

/// The names of `text` that the reader takes for places and nobody else for anything, in the order of the text.
pub(crate) fn unlisted(
    text: &str,
    reading: &Reading,
    places: &[PlaceMention],
    actors: &[ActorMention],
) -> Vec<PlaceMention> {
    let cased = text.chars().any(char::is_uppercase);
    let free = |entity: &&Entity| {
        let at = places.partition_point(|p| p.span.end() <= entity.range.start());
        let listed = places.get(at).is_some_and(|p| p.span.overlaps(entity.range));
        let from = actors.partition_point(|a| a.span.end() <= entity.range.start());
        let acts = actors
            .iter()
            .skip(from)
            .take_while(|a| a.span.start() < entity.range.end())
            .any(|a| a.kind != MentionKind::Generic && a.span.overlaps(entity.range));
        !listed && !acts && stands_alone(text, entity, cased)
    };
    let names = reading.entities().iter().filter(free);
    names.filter_map(|entity| mention(text, entity)).collect()
}

/// Whether a name has a capital, where the text is `cased` at all, and is no part of an adjective: not "southwestern", nor "*Kurd*-held".
fn stands_alone(text: &str, entity: &Entity, cased: bool) -> bool {
    let words = entity.range.slice(text).unwrap_or_default();
    let behind = text.get(entity.range.end()..).unwrap_or_default();
    let glued = behind.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_lowercase));
    !glued && (!cased || words.chars().any(char::is_uppercase))
}

/// Whether an actor's name is none: the registry does not know it, and the reader is sure that it is a place.
pub(crate) fn is_place_name(reading: &Reading, actor: &ActorMention) -> bool {
    let unknown = actor.actor.is_none() && actor.candidates.is_empty();
    let named = matches!(actor.kind, MentionKind::Named | MentionKind::Person);
    let at = reading.entities().partition_point(|e| e.range.end() <= actor.head.start());
    let entity = reading.entities().get(at).filter(|e| e.range.overlaps(actor.head));
    let covers = |e: &Entity| {
        e.kind == EntityKind::Location && e.probability >= SURE && e.range.end() >= actor.span.end()
    };
    unknown && named && entity.is_some_and(covers)
}

fn mention(text: &str, entity: &Entity) -> Option<PlaceMention> {
    let (kind, precision) = match entity.kind {
        EntityKind::Location => (PlaceKind::Settlement, WherePrec::Fuzzy),
        EntityKind::Facility => (PlaceKind::Facility, WherePrec::Exact),
        _ => return None,
    };
    // "Central Region *of* Ghana": of the name's words the last is none.
    let words = entity.range.slice(text)?;
    let words = words.strip_suffix(" of").unwrap_or(words);
    let marks = |c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')' | '\'' | '’');
    let range = TextRange::of(text, words.trim_end_matches(marks))?;
    let words = range.slice(text)?;
    let reason = "the gazetteer has no place for the name here; the reader takes it for a place's, of what sort is open";
    // "Jabal Sinjar", "Mount Kenya"
    let first = words.split_whitespace().next().unwrap_or_default().to_lowercase();
    let ground = ["jabal", "jebel", "djebel", "mount", "mt", "lake", "wadi", "oued"];
    let kind = if ground.contains(&first.as_str()) && words.contains(' ') {
        PlaceKind::Natural
    } else {
        kind
    };
    let mut value = PlaceValue::named(words, kind, precision, words, range);
    value.reasons.push(reason.to_owned());
    Some(PlaceMention { span: value.span, usage: PlaceUsage::Bare, value })
}
