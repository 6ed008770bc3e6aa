//! Names of places that the gazetteer lacks, by the reader's word or by how they open a sentence: villages, quarters, buildings.
//!
//! Owns their mentions; refuses to say where they lie.

use averment_actors::{ActorMention, MentionKind};
use averment_lang::{Entity, EntityKind, Pos, Reading, Token};
use averment_place::{PlaceMention, PlaceUsage};
use averment_types::{PlaceKind, PlaceValue, TextRange, WherePrec};

/// From this probability on the reader's word that a name is a place's outweighs its form, which looks like a person's or a body's.
const SURE: f32 = 0.8;
/// The same behind a word that leads places: "hit by bullets *in* Sheikh Othman".
const LED: f32 = 0.3;
const LEADS: [&str; 5] = ["in", "at", "near", "outside", "around"];
/// From this probability on the reader's word that a name is something else outweighs that it opens its sentence.
const LIKELY: f32 = 0.5;
/// A name that opens a sentence has at most so many words.
const LONGEST: usize = 5;
/// So far behind a name the words are looked at that say what it is, in bytes.
const NEAR: usize = 24;

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
    found.extend(reading.entities().iter().filter_map(|entity| part(text, entity, places)));
    let sure = reading.entities().iter().filter(|entity| entity.probability >= LIKELY);
    let read: Vec<TextRange> = sure.map(|entity| entity.range).collect();
    let acting: Vec<TextRange> = actors.iter().map(|actor| actor.span).collect();
    let listed: Vec<TextRange> = places.iter().map(|place| place.span).collect();
    let taken = |span| {
        [&read, &acting, &listed].into_iter().any(|all| is_met(all, span)) || is_met(times, span)
    };
    found.extend(opening(text, reading, &taken));
    found.extend(masked(text));
    found.sort_by_key(|place| place.span);
    found
}

/// The part of a name that no gazetteer has, where it has the place in which this lies: "*Zanjili*, western Mosul", "Moroto's *Rupa*".
fn part(text: &str, entity: &Entity, places: &[PlaceMention]) -> Option<PlaceMention> {
    let sort = sort_of(entity)?;
    let at = places.partition_point(|p| p.span.end() <= entity.range.start());
    let known = places.get(at).filter(|p| p.span.overlaps(entity.range))?;
    let before = TextRange::new(entity.range.start(), known.span.start()).ok();
    let before = before.and_then(|range| range.slice(text)).filter(|words| !words.is_empty());
    let words = if let Some(before) = before {
        let small = |c: char| c.is_lowercase() || c == ' ';
        // "in *Matejče* Macedonian police"
        let people = known.usage == PlaceUsage::Modifier && known.value.text != known.value.name;
        let comma = before.trim_end_matches(small).strip_suffix(',');
        comma.or(Some(before.trim_end()).filter(|_| people))?
    } else {
        let behind = TextRange::new(known.span.end(), entity.range.end()).ok()?.slice(text)?;
        let whole = known.span.slice(text)?;
        let owner = whole.ends_with("'s") || whole.ends_with("’s");
        let rest = behind.strip_prefix("'s ").or_else(|| behind.strip_prefix("’s "));
        rest.or_else(|| behind.strip_prefix(' ').filter(|_| owner))?
    };
    // "Peru's *Andean* district of Pataz"
    let end = entity.range.end();
    let until = text.ceil_char_boundary((end + NEAR).min(text.len()));
    let mut next = text.get(end..until).unwrap_or_default().split(' ').skip(1);
    let describes =
        next.next().is_some_and(|w| w.starts_with(char::is_lowercase)) && next.next() == Some("of");
    let capital = words.starts_with(char::is_uppercase) && words.chars().any(char::is_lowercase);
    let capital = capital && !describes;
    let reason = "the gazetteer has no place for the name here; the reader takes it for a part of one that it has";
    capital.then(|| named(text, words, sort, reason)).flatten()
}

/// Whether one of `spans`, which stand in the order of the text, overlaps `span`.
fn is_met(spans: &[TextRange], span: TextRange) -> bool {
    let from = spans.partition_point(|other| other.end() <= span.start());
    spans.get(from).is_some_and(|other| other.overlaps(span))
}

/// Names that a monitor has masked: "a mortar fell on *K---* village".
fn masked(text: &str) -> impl Iterator<Item = PlaceMention> + '_ {
    const MASK: &str = "---";
    const SORTS: [&str; 7] = ["village", "villages", "town", "hill", "hamlet", "camp", "bridge"];
    text.match_indices(MASK).filter_map(move |(at, _)| {
        let before = text.get(..at)?;
        let first = before.chars().next_back().filter(|c| c.is_uppercase())?;
        let start = at - first.len_utf8();
        let alone = !before.get(..start)?.ends_with(char::is_alphanumeric);
        let end = at + MASK.len();
        let behind = text.get(end..text.ceil_char_boundary((end + NEAR).min(text.len())))?;
        let word = |word: &'_ str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        let mut near = behind.split_whitespace();
        let sort = near.next().map(word).unwrap_or_default();
        // "*T---* and R--- villages"
        let mut listed = || {
            let other = near.next().is_some_and(|other| other.ends_with(MASK));
            sort == "and" && other && near.next().map(word).is_some_and(|w| SORTS.contains(&&*w))
        };
        let range = TextRange::new(start, end).ok()?;
        let sorted = SORTS.contains(&&*sort);
        let words = range.slice(text).filter(|_| alone && (sorted || listed()))?;
        let kind = if sort == "hill" { PlaceKind::Natural } else { PlaceKind::Settlement };
        let mut value = PlaceValue::named(words, kind, WherePrec::Fuzzy, words, range);
        value.reasons.push("the report hides the name".to_owned());
        Some(PlaceMention { span: range, usage: PlaceUsage::Bare, value })
    })
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

/// Whether an actor's name is none: the registry does not know it, and the reader is sure that it is a place, or the word before it leads one.
pub(crate) fn is_place_name(text: &str, reading: &Reading, actor: &ActorMention) -> bool {
    let unknown = actor.actor.is_none() && actor.candidates.is_empty();
    let named = matches!(actor.kind, MentionKind::Named | MentionKind::Person);
    let at = reading.entities().partition_point(|e| e.range.end() <= actor.head.start());
    let entity = reading.entities().get(at).filter(|e| e.range.overlaps(actor.head));
    let text = text.get(..actor.span.start()).unwrap_or_default();
    let led = text.split_whitespace().next_back().is_some_and(|word| LEADS.contains(&word));
    let enough = if led { LED } else { SURE };
    let covers = |e: &Entity| {
        let place = e.kind == EntityKind::Location && e.probability >= enough;
        place && e.range.end() >= actor.span.end()
    };
    unknown && named && entity.is_some_and(covers)
}

fn mention(text: &str, entity: &Entity) -> Option<PlaceMention> {
    let reason = "the gazetteer has no place for the name here; the reader takes it for a place's, of what sort is open";
    let words = entity.range.slice(text)?;
    // "Kyauk Taing, Depayin Township": the second says where the first one lies.
    let words = words.split(", ").next().unwrap_or(words);
    named(text, words, sort_of(entity)?, reason)
}

/// What sort of place the reader takes a name for, if for one.
const fn sort_of(entity: &Entity) -> Option<(PlaceKind, WherePrec)> {
    match entity.kind {
        EntityKind::Location => Some((PlaceKind::Settlement, WherePrec::Fuzzy)),
        EntityKind::Facility => Some((PlaceKind::Facility, WherePrec::Exact)),
        _ => None,
    }
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
    let last = words.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let kind = match () {
        () if ground.contains(&first.as_str()) && words.contains(' ') => PlaceKind::Natural,
        // "the *deep South*"
        () if ["south", "north", "east", "west"].contains(&last.as_str()) => PlaceKind::Region,
        () => kind,
    };
    let mut value = PlaceValue::named(words, kind, precision, words, range);
    value.reasons.push(reason.to_owned());
    Some(PlaceMention { span: value.span, usage: PlaceUsage::Bare, value })
}
