//! Capitals that stand for the governments in them: "*Moscow* bombed the port", "*Kyiv*'s strikes", "signed by *Damascus* and *Tehran*".
//!
//! Owns when a capital's name acts: as the subject of an active verb, as the agent of a passive one, or where the reader hears it take part. Refuses names that a
//! word leads as places: "in Kabul".

use averment_actors::{ActorMention, MentionKind, Registry};
use averment_lang::{Dep, Pos, Reading, Subtype, Token, Told};
use averment_place::{Gazetteer, PlaceMention, PlaceUsage};
use averment_types::{CountryCode, TextRange};

/// Seats by which governments go, though another city is the capital. From general knowledge.
const SEATS: [(&str, &str); 5] =
    [("Tel Aviv", "IL"), ("The Hague", "NL"), ("La Paz", "BO"), ("Colombo", "LK"), ("Aden", "YE")];

/// The parts that a government may play.
const PARTS: [&str; 5] = ["initiator", "participant", "subject", "object", "speaker"];

/// The governments that act under the names of their capitals, in the order of the places.
pub(crate) fn find(
    reading: &Reading,
    places: &[PlaceMention],
    gazetteer: &Gazetteer,
    registry: &Registry,
) -> Vec<ActorMention> {
    let unled = places.iter().filter(|place| place.usage != PlaceUsage::Locative);
    let governments = unled.filter_map(|place| {
        let seat = || {
            let (_, code) = SEATS.iter().find(|(name, _)| *name == place.value.name)?;
            CountryCode::parse(code).ok().filter(|code| place.value.country.as_ref() == Some(code))
        };
        let capital = gazetteer.capital_of(&place.value).map(|country| country.code().clone());
        let country = capital.or_else(seat)?;
        let acts = is_subject(reading, place.span) || is_heard(reading.told(), place.span, &PARTS);
        let actor = registry.state_of(&country).filter(|_| acts)?;
        let reason = "the capital's name stands for the state";
        Some(ActorMention::certain(place.span, MentionKind::Named, actor, reason))
    });
    governments.collect()
}

/// Whether the reader hears the words at `span` play one of `parts` in an event.
pub(crate) fn is_heard(told: &[Told], span: TextRange, parts: &[&str]) -> bool {
    let mut played = told.iter().flat_map(|told| &told.parts);
    played.any(|played| played.range.overlaps(span) && parts.contains(&&*played.part))
}

/// Whether the words at `span` are the subject of an active verb or the agent of a passive one, or coordinated with such.
fn is_subject(reading: &Reading, span: TextRange) -> bool {
    let sentences = reading.sentences();
    let index = sentences.partition_point(|sentence| sentence.range.end() <= span.start());
    let tokens = reading.sentence_tokens(index);
    let within = tokens.iter().enumerate().filter(|(_, token)| token.range.overlaps(span));
    let outward = |(_, token): &(usize, &Token)| {
        token.head.and_then(|head| tokens.get(head)).is_none_or(|head| !head.range.overlaps(span))
    };
    let Some((_, top)) = within.into_iter().find(outward) else { return false };
    let mut top = top;
    for _ in 0..tokens.len() {
        match top.head.and_then(|head| tokens.get(head)) {
            Some(head) if top.relation.universal == Dep::Conj => top = head,
            Some(head) => {
                let passive = top.relation.subtype == Some(Subtype::Pass);
                let subject = top.relation.universal == Dep::Nsubj && !passive;
                return subject && head.pos == Pos::Verb
                    || top.relation.is(Dep::Obl, Subtype::Agent);
            }
            None => return false,
        }
    }
    false
}
