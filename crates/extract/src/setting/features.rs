//! What the ranker of places is told of a candidate: short names of facts, which are its reasons too.
//!
//! Owns the facts; refuses to weigh them. A name's first word is the kind of fact; "told" are what the reader hears.

use averment_lang::EntityKind;
use averment_place::{PlaceMention, PlaceUsage};

use super::Asked;
use super::bond::Bond;
use crate::told;
use crate::view::View;

/// The words before a place that are told apart; of others the word class.
const BEFORE: [&str; 28] = [
    "in", "at", "near", "from", "of", "to", "into", "on", "by", "for", "with", "between",
    "outside", "around", "across", "inside", "off", "toward", "towards", "through", "over",
    "against", "the", ",", "and", "(", "-", "via",
];
/// Lower ends of the steps that distances are counted in.
const STEPS: [usize; 12] = [0, 1, 2, 3, 4, 6, 8, 11, 15, 20, 30, 50];

/// A place that may be an event's.
#[derive(Clone, Copy)]
pub(crate) struct Site<'m> {
    pub(crate) mention: &'m PlaceMention,
    /// Whether the gazetteer or the words around say that it is a place; else the reader alone does.
    pub(crate) listed: bool,
    /// What the reader takes most of its words for, and whether that name is longer.
    pub(crate) entity: Option<(EntityKind, bool)>,
}

/// The facts of `site`, whose bond with the trigger of the event `asked` for is `bond`; `finer` where a more exact place
/// stands beside it.
pub(crate) fn of(
    view: &View<'_>,
    bond: &Bond<'_, '_>,
    site: &Site<'_>,
    finer: bool,
    asked: &Asked<'_>,
) -> Vec<String> {
    let mut facts = Vec::with_capacity(18);
    let value = &site.mention.value;
    facts.push(format!("hold {}", bond.hold()));
    facts.push(format!("up {}", bond.up.len().min(5)));
    facts.push(format!("down {}", bond.down.len().min(5)));
    facts.push(match () {
        () if bond.is_below() => "meets verb".to_owned(),
        () if bond.meeting == bond.top => "meets place".to_owned(),
        () => format!("meets {:?}", view.pos(bond.meeting)).to_lowercase(),
    });
    let usage = if site.listed { usage(site.mention.usage) } else { "read" };
    let open = value.lat.is_none() && value.countries.is_empty();
    facts.push(format!("used {usage}"));
    facts.push(format!("kind {:?}{}", value.kind, if open { " open" } else { "" }).to_lowercase());
    facts.push(format!("used {usage} {:?}", value.kind).to_lowercase());
    facts.push(format!("precision {}", value.precision.ucdp()));
    let way = if bond.is_behind() { "behind" } else { "before" };
    let steps = bond.top.abs_diff(bond.anchor);
    let step = STEPS.iter().rev().find(|s| **s <= steps).copied().unwrap_or_default();
    facts.push(format!("{way} {step}"));
    facts.push(format!("{way} commas {}", bond.commas().min(4)));
    facts.push(format!("{way} verbs {}", bond.verbs().min(4)));
    let clause = match () {
        () if bond.shares_clause() => "own",
        () if view.clause(bond.top) == 0 => "main",
        () => "other",
    };
    facts.push(format!("clause {clause} {way}"));
    facts.push(match site.entity {
        None => "name none".to_owned(),
        Some((kind, wider)) => {
            format!("name {}{}", kind.name(), if wider { " wider" } else { "" }).to_lowercase()
        }
    });
    facts.push(match bond.tokens.start.checked_sub(1) {
        None => "after nothing".to_owned(),
        Some(at) if BEFORE.contains(&view.word(at)) => format!("after {}", view.word(at)),
        Some(at) => format!("after {:?}", view.pos(at)).to_lowercase(),
    });
    if bond.opens() {
        facts.push("opens".to_owned());
    }
    if let Some((holder, what)) = bond.holder() {
        facts.push(format!("on {what} {}", bond.relation(holder)));
        facts.push(format!("on {what} {}", bond.hold()));
    }
    facts.extend(bond.clauses_up().map(|dep| format!("through {}", dep.name())));
    facts.extend(bond.clauses_down().map(|dep| format!("out of {}", dep.name())));
    if matches!(view.word(bond.tokens.end), "'s" | "’s" | "'" | "’") {
        facts.push("owns".to_owned());
    }
    if finer {
        facts.push("finer beside".to_owned());
    }
    if let Some(told) = asked.told {
        let heard = match told::plays(view, told, "place", site.mention.span) {
            Some(true) => "here",
            Some(false) => "elsewhere",
            None => "nowhere",
        };
        facts.push(format!("told {heard}{}", if asked.kind.is_some() { " of it" } else { "" }));
    }
    if let Some(kind) = asked.kind {
        facts.push(format!("event {kind}"));
        facts.push(format!("event {kind} {}", bond.hold()));
    }
    facts
}

const fn usage(usage: PlaceUsage) -> &'static str {
    match usage {
        PlaceUsage::Locative => "locative",
        PlaceUsage::Modifier => "modifier",
        PlaceUsage::Metonym => "metonym",
        PlaceUsage::Bare => "bare",
    }
}
