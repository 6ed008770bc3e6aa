//! Where an event was that is told by those who live there: "*residents in Anole* say mortars hit a house", "nineteen *inhabitants of Koukou*
//! were killed".
//!
//! Owns the nouns for such people; refuses officials, who speak of the whole country.

use averment_lang::{Dep, Pos};
use averment_types::{PlaceKind, PlaceValue};

use super::bond::Bond;
use super::place::may_hold_events;
use super::{Asked, Offered};
use crate::view::View;

/// Nouns for people who live where they are named.
const LOCALS: &str = "resident residents villager villagers inhabitant inhabitants locals townspeople townsfolk elder elders headman \
    mukhtar population dweller dwellers";

fn is_one(words: &str, word: &str) -> bool {
    words.split_whitespace().any(|one| one == word)
}

/// The place of the people by whom an event is told, where its sentence names no other.
pub(super) fn told_by(
    view: &View<'_>,
    asked: &Asked<'_>,
    offered: &Offered<'_>,
) -> Option<PlaceValue> {
    let trigger =
        asked.anchors.first().copied().filter(|_| !asked.own_clause && !asked.speech.is_empty())?;
    let named = offered.places.iter().chain(offered.unlisted);
    let mut here = named.filter(|place| {
        view.sentence.range.contains(place.span)
            && place.value.kind != PlaceKind::Country
            && may_hold_events(view, place)
    });
    let place = here.find(|place| {
        let Some(bond) = Bond::of(view, trigger, place.span) else { return false };
        let within = asked.speech.iter().any(|speech| speech.contains(&bond.top));
        let noun = |at: &usize| matches!(view.pos(*at), Pos::Noun | Pos::Propn | Pos::Adj);
        let mut way = view.tree.upward(bond.top).take_while(noun);
        let first = view.tree.case(bond.top).map(|case| view.word(case));
        let lives = matches!(first, None | Some("in" | "of" | "at" | "near" | "around"));
        within && lives && way.any(|at| is_one(LOCALS, view.word(at)))
    })?;
    let mut value = place.value.clone();
    value
        .reasons
        .push("those who tell of it are there, and the sentence names no other".to_owned());
    Some(value)
}

/// Whether the phrase with the head `noun` is of people who live where it says.
pub(crate) fn live_there(view: &View<'_>, noun: usize) -> bool {
    is_one(LOCALS, view.word(noun))
        && view.tree.children_in(noun, &[Dep::Nmod]).any(|at| {
            let led = view.tree.case(at).map(|case| view.word(case));
            matches!(led, Some("of" | "in" | "at"))
        })
}
