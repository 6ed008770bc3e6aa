//! Places told beside an event that are not its own: where people flee, are brought or come from, where the hurt are cared for, where those
//! sit who speak of it.
//!
//! Owns what the words around a name say of it; refuses to choose among what is left.

use averment_lang::{Dep, Pos};
use averment_place::PlaceMention;

use super::Asked;
use super::bond::Bond;
use crate::view::View;

/// Where people flee or are brought to, or come from, nothing else happened: "the wounded were *taken to Kaya*", "on its way back *from
/// Hamdi*".
pub(super) fn is_on_the_way(view: &View<'_>, mention: &PlaceMention) -> bool {
    const GOES: [&str; 34] = [
        "fled",
        "flee",
        "fleeing",
        "taken",
        "took",
        "evacuated",
        "transferred",
        "brought",
        "rushed",
        "flown",
        "airlifted",
        "moved",
        "returned",
        "returning",
        "headed",
        "heading",
        "came",
        "coming",
        "arrived",
        "proceeding",
        "proceeded",
        "travelling",
        "traveling",
        "travelled",
        "traveled",
        "driving",
        "withdrew",
        "retreated",
        "escaped",
        "referred",
        "deported",
        "way",
        "route",
        "ferried",
    ];
    let Some(bond) = Bond::of(view, 0, mention.span) else { return false };
    let tree = &view.tree;
    // "the hospital in Kaya": whatever the name says more of is brought there with it.
    let mut way = tree.upward(bond.top).take_while(|at| !view.is_verb(*at));
    way.any(|at| {
        let led = tree.case(at).map(|case| view.word(case));
        let Some(head) = tree.head(at).filter(|head| GOES.contains(&view.word(*head))) else {
            return false;
        };
        let goal =
            |led: Option<&str>| matches!(led, Some("to" | "towards" | "toward" | "from" | "via"));
        // "taken to *the hospital* in Kaya", whatever the tree hangs the town on
        let first = tree.span(at).start;
        let mut beside = tree.children_in(head, &[Dep::Obl]);
        let next = beside.any(|other| {
            tree.span(other).end == first && goal(tree.case(other).map(|case| view.word(case)))
        });
        goal(led) || next
    })
}

/// Where people flee to is not where they fled from: "fled *to Kaya*".
pub(super) fn is_goal(view: &View<'_>, mention: &PlaceMention) -> bool {
    const FLEES: [&str; 8] =
        ["fled", "flee", "fleeing", "escaped", "retreated", "withdrew", "moved", "displaced"];
    let Some(bond) = Bond::of(view, 0, mention.span) else { return false };
    let tree = &view.tree;
    let mut way = tree.upward(bond.top).take_while(|at| !view.is_verb(*at));
    way.any(|at| {
        let led = tree.case(at).map(|case| view.word(case));
        matches!(led, Some("to" | "towards" | "toward" | "into"))
            && tree.head(at).is_some_and(|head| FLEES.contains(&view.word(head)))
    })
}

/// "three *are being treated* at a hospital in Gao": where the hurt are cared for, they were not hurt.
pub(super) fn is_of_care(view: &View<'_>, asked: &Asked<'_>, mention: &PlaceMention) -> bool {
    const CARES: [&str; 20] = [
        "treated",
        "treating",
        "admitted",
        "nursing",
        "nursed",
        "recovering",
        "recover",
        "hospitalised",
        "hospitalized",
        "received",
        "receiving",
        "undergoing",
        "lying",
        "lies",
        "lie",
        "remain",
        "remained",
        "remains",
        "discharged",
        "interviewed",
    ];
    const HOUSES: [&str; 6] =
        ["hospital", "hospitals", "clinic", "infirmary", "morgue", "mortuary"];
    let hurt = matches!(asked.kind, Some("killing" | "injury"));
    let trigger = asked.anchors.first().copied().filter(|_| hurt);
    let Some(bond) = trigger.and_then(|trigger| Bond::of(view, trigger, mention.span)) else {
        return false;
    };
    // "the massacre at a hospital in Gao"
    if bond.is_below() {
        return false;
    }
    let tree = &view.tree;
    let nominal = |at: &usize| !view.is_verb(*at);
    let phrase: Vec<usize> = tree.upward(bond.top).take_while(nominal).collect();
    let mut words = phrase.iter().copied().chain(bond.tokens.clone());
    let house = words.any(|at| HOUSES.contains(&view.word(at)));
    let verb = phrase.last().map_or(Some(bond.top), |last| tree.head(*last));
    let beside = |verb: usize| {
        let mut near = tree.children_in(verb, &[Dep::Obl, Dep::Nsubj]);
        near.any(|at| HOUSES.contains(&view.word(at)))
    };
    match verb {
        Some(verb) => (house || beside(verb)) && CARES.contains(&view.word(verb)),
        // "one was wounded and *is now at the hospital*"
        None => house,
    }
}

/// Nouns for what is said of an event.
const SAYINGS: [&str; 14] = [
    "comment",
    "comments",
    "statement",
    "statements",
    "details",
    "information",
    "report",
    "reports",
    "word",
    "reaction",
    "condolences",
    "concern",
    "explanation",
    "responsibility",
];

/// "*the ministry in Gao* has not commented on the raid": where one sits who says or does something about an event, this did not happen.
pub(super) fn is_commenter(view: &View<'_>, asked: &Asked<'_>, mention: &PlaceMention) -> bool {
    let Some(trigger) = asked.anchors.first().copied() else { return false };
    let Some(bond) = Bond::of(view, trigger, mention.span) else { return false };
    let tree = &view.tree;
    let below = bond.up.last().is_some_and(|at| tree.dep(*at) == Dep::Nsubj && *at != bond.top);
    // "issued no *comment* on the raid", and not "sustained *damage* in the raid"
    let object = bond.down.last().is_some_and(|at| SAYINGS.contains(&view.word(*at)));
    view.pos(trigger) == Pos::Noun && below && object && view.is_verb(bond.meeting)
}

/// "six workers from Indonesia", "from the Philippines and *Indonesia*": where people come from is not where
/// it happened, whatever the phrase hangs on.
pub(super) fn is_origin(view: &View<'_>, mention: &PlaceMention) -> bool {
    let Some(bond) = Bond::of(view, 0, mention.span) else { return false };
    let tree = &view.tree;
    let first = tree.upward(bond.top).find(|at| tree.dep(*at) != Dep::Conj).unwrap_or(bond.top);
    let cases = [bond.top, first].into_iter().filter_map(|at| tree.case(at));
    cases.filter(|case| view.word(*case) == "from").any(|case| {
        let before = case.checked_sub(1).map(|at| view.pos(at));
        matches!(before, Some(Pos::Noun | Pos::Propn))
    })
}
