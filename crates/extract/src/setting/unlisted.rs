//! Names of places that the gazetteer lacks, by the reader's word or by how they open a sentence: villages, quarters, buildings.
//!
//! Owns their mentions; refuses to say where they lie.

use averment_actors::{ActorMention, MentionKind};
use averment_lang::{Entity, EntityKind, Pos, Reading, Token};
use averment_place::{PlaceMention, PlaceUsage};
use averment_types::{PlaceKind, PlaceValue, TextRange, WherePrec};

/// From this probability on the reader's word that a name is a place's outweighs its form, which looks like a person's or a body's.
const SURE: f32 = 0.8;
/// From this probability on the reader's word that a name is something else outweighs that it opens its sentence.
const LIKELY: f32 = 0.5;
/// A name that opens a sentence has at most so many words.
const LONGEST: usize = 5;

/// The names of `text` that the reader takes for places and nobody else for anything, in the order of the text.
pub(crate) fn unlisted(
    text: &str,
    reading: &Reading,
    places: &[PlaceMention],
    actors: &[ActorMention],
    times: &[TextRange],
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
    let mut found: Vec<PlaceMention> = names.filter_map(|entity| mention(text, entity)).collect();
    let sure = reading.entities().iter().filter(|entity| entity.probability >= LIKELY);
    let read: Vec<TextRange> = sure.map(|entity| entity.range).collect();
    let acting: Vec<TextRange> = actors.iter().map(|actor| actor.span).collect();
    let listed: Vec<TextRange> = places.iter().map(|place| place.span).collect();
    let taken = |span| {
        [&read, &acting, &listed].into_iter().any(|all| is_met(all, span)) || is_met(times, span)
    };
    found.extend(opening(text, reading, &taken));
    found.sort_by_key(|place| place.span);
    found
}

/// Whether one of `spans`, which stand in the order of the text, overlaps `span`.
fn is_met(spans: &[TextRange], span: TextRange) -> bool {
    let from = spans.partition_point(|other| other.end() <= span.start());
    spans.get(from).is_some_and(|other| other.overlaps(span))
}

/// Names of which nothing but how they open a sentence says that they are places: "*At Mile 4 Kwen* a rider was shot"; none that is `taken`
/// for something else.
fn opening<'r>(
    text: &'r str,
    reading: &'r Reading,
    taken: &'r dyn Fn(TextRange) -> bool,
) -> impl Iterator<Item = PlaceMention> + 'r {
    const LEADS: [&str; 4] = ["In", "At", "Near", "Outside"];
    (0..reading.sentences().len()).filter_map(move |index| {
        let (lead, rest) = reading.sentence_tokens(index).split_first()?;
        let word = |token: &Token| token.range.slice(text).unwrap_or_default();
        let name = |token: &&Token| {
            let named = token.pos == Pos::Propn && word(token).starts_with(char::is_uppercase);
            (named || token.pos == Pos::Num) && !taken(token.range)
        };
        if !LEADS.contains(&word(lead)) {
            return None;
        }
        let run: Vec<&Token> = rest.iter().take_while(name).take(LONGEST).collect();
        let first = run.first().filter(|token| token.pos == Pos::Propn)?;
        let words = first.range.cover(run.last()?.range).slice(text)?;
        // "In *Traoré's* speech", "In *Security Council* talks"
        let owns = rest.get(run.len()).is_some_and(|next| {
            matches!(word(next), "'s" | "’s" | "'" | "’")
                || matches!(next.pos, Pos::Noun | Pos::Propn)
        });
        if owns {
            return None;
        }
        let shouts = words.chars().all(|c| !c.is_lowercase());
        let reason =
            "the gazetteer has no place for the name here; it opens its sentence as a place does";
        let (kind, precision) = (PlaceKind::Settlement, WherePrec::Fuzzy);
        if shouts { None } else { named(text, words, (kind, precision), reason) }
    })
}

/// Whether a name has a capital, where the text is `cased` at all, and is no part of another word: not "southwestern", "*Kurd*-held", "*Kuki*-Zo".
fn stands_alone(text: &str, entity: &Entity, cased: bool) -> bool {
    let words = entity.range.slice(text).unwrap_or_default();
    let end = entity.range.start() + words.trim_end_matches('-').len();
    let behind = text.get(end..).unwrap_or_default();
    let glued = behind.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_alphabetic));
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
    let reason = "the gazetteer has no place for the name here; the reader takes it for a place's, of what sort is open";
    named(text, entity.range.slice(text)?, (kind, precision), reason)
}

/// The mention of a place that bears the name `words`, a part of `text`.
fn named(
    text: &str,
    words: &str,
    (kind, precision): (PlaceKind, WherePrec),
    reason: &str,
) -> Option<PlaceMention> {
    // "Central Region *of* Ghana": of the name's words the last is none.
    let words = words.strip_suffix(" of").unwrap_or(words);
    let marks = |c: char| !c.is_alphanumeric() && !matches!(c, '.' | ')' | '\'' | '’');
    let range = TextRange::of(text, words.trim_end_matches(marks))?;
    let words = range.slice(text)?;
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
