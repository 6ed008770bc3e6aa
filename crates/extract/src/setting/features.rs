//! What the rankers of places and times are told of a candidate: short names of facts, which are its reasons too.
//!
//! Owns the facts; refuses to weigh them. A name's first word is the kind of fact; "told" are what the reader hears.

use averment_lang::{Dep, EntityKind, Pos, Subtype};
use averment_place::{PlaceMention, PlaceUsage};
use averment_time::TimeMention;
use averment_types::TextRange;

use super::Asked;
use super::bond::Bond;
use crate::told;
use crate::view::View;

/// The words before a place or a time that are told apart; of others the word class.
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

/// A time that may be an event's.
pub(crate) struct Moment<'m> {
    pub(crate) mention: &'m TimeMention,
    /// Whether no other time stands nearer to the trigger.
    pub(crate) nearest: bool,
    /// Whether it is the one time of the sentence.
    pub(crate) only: bool,
}

/// The facts of `site`, whose bond with the trigger of the event `asked` for is `bond`; `finer` where a more exact place
/// stands beside it.
pub(crate) fn of_place(
    view: &View<'_>,
    bond: &Bond<'_, '_>,
    site: &Site<'_>,
    finer: bool,
    asked: &Asked<'_>,
) -> Vec<String> {
    let mut facts = of_bond(view, bond);
    let value = &site.mention.value;
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
    facts.push(match site.entity {
        None => "name none".to_owned(),
        Some((kind, wider)) => {
            format!("name {}{}", kind.name(), if wider { " wider" } else { "" }).to_lowercase()
        }
    });
    if matches!(view.word(bond.tokens.end), "'s" | "’s" | "'" | "’") {
        facts.push("owns".to_owned());
    }
    if finer {
        facts.push("finer beside".to_owned());
    }
    facts.extend(heard(view, asked, "place", site.mention.span));
    facts.extend(of_event(bond, asked));
    facts
}

/// The facts of `moment`, whose bond with the trigger of the event `asked` for is `bond`.
pub(crate) fn of_time(
    view: &View<'_>,
    bond: &Bond<'_, '_>,
    moment: &Moment<'_>,
    asked: &Asked<'_>,
) -> Vec<String> {
    let mut facts = of_bond(view, bond);
    let Moment { mention, nearest, only } = moment;
    let trigger = trigger_form(view, bond.anchor);
    let meets = match () {
        () if bond.is_below() => "trigger",
        () if bond.meeting == bond.top => "time",
        () => "between",
    };
    facts.push(format!("meets {meets}"));
    facts.push(format!("{trigger} meets {meets}"));
    facts.push(format!("{trigger} {}", if bond.shares_clause() { "own" } else { "other" }));
    let down: Vec<String> = bond.down.iter().map(|at| bond.relation(*at)).collect();
    facts.push(match down.len() {
        0 => "way straight".to_owned(),
        _ => format!("way {}", down.join(">")),
    });
    facts.extend(down.first().map(|first| format!("trigger as {first}")));
    let precision = mention.value.as_ref().map(|value| value.precision);
    facts.push(precision.map_or_else(
        || "time open".to_owned(),
        |precision| format!("time {precision:?}").to_lowercase(),
    ));
    let says = [
        ("nearest", *nearest),
        ("only", *only),
        ("in another's clause", bond.is_of_another()),
        ("in a further clause", bond.is_in_further_clause()),
        ("had been before", is_before_its_clause(view, bond)),
    ];
    facts.extend(says.iter().filter(|(_, so)| *so).map(|(name, _)| (*name).to_owned()));
    // Which word the time is said of, and what the reader makes of it.
    let of = view.tree.upward(bond.top).skip(1).find(|at| *at == bond.anchor || view.is_verb(*at));
    facts.push(match of {
        Some(at) if at == bond.anchor => "of trigger".to_owned(),
        Some(at) => {
            let event = view.tokens.get(at).and_then(|t| t.hint).is_some_and(|h| h.event >= 0.5);
            let shared = asked.anchors.contains(&at);
            match (event, shared) {
                (true, true) => "of its verb, an event",
                (true, false) => "of another event",
                (false, true) => "of its verb",
                (false, false) => "of a verb",
            }
            .to_owned()
        }
        None => "of nothing".to_owned(),
    });
    facts.extend(heard(view, asked, "time", mention.span));
    facts.extend(of_event(bond, asked));
    facts
}

/// The facts of the way between an expression and the trigger.
fn of_bond(view: &View<'_>, bond: &Bond<'_, '_>) -> Vec<String> {
    let mut facts = Vec::with_capacity(24);
    facts.push(format!("hold {}", bond.hold()));
    facts.push(format!("up {}", bond.up.len().min(5)));
    facts.push(format!("down {}", bond.down.len().min(5)));
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
    facts
}

/// Whether the reader hears the expression at `span` as the `part` of what it tells of at the trigger.
fn heard(view: &View<'_>, asked: &Asked<'_>, part: &str, span: TextRange) -> Option<String> {
    let heard = match told::plays(view, asked.told?, part, span) {
        Some(true) => "here",
        Some(false) => "elsewhere",
        None => "nowhere",
    };
    Some(format!("told {heard}{}", if asked.kind.is_some() { " of it" } else { "" }))
}

/// The event's type, by itself and with the expression's hold.
fn of_event(bond: &Bond<'_, '_>, asked: &Asked<'_>) -> Vec<String> {
    let Some(kind) = asked.kind else { return Vec::new() };
    vec![format!("event {kind}"), format!("event {kind} {}", bond.hold())]
}

/// How the trigger is said.
fn trigger_form(view: &View<'_>, at: usize) -> &'static str {
    match view.pos(at) {
        Pos::Verb if view.feats(at).contains("VerbForm=Fin") => "finite",
        Pos::Verb if view.feats(at).contains("VerbForm=Inf") => "infinitive",
        Pos::Verb if view.tree.children_in(at, &[Dep::Aux]).next().is_some() => "finite",
        Pos::Verb => "participle",
        Pos::Noun | Pos::Propn => "noun",
        _ => "word",
    }
}

/// "the men who *had killed* him in May were arrested on Friday": a relative clause in the pluperfect tells of
/// what was before.
fn is_before_its_clause(view: &View<'_>, bond: &Bond<'_, '_>) -> bool {
    let tree = &view.tree;
    let relative = bond.down.iter().find(|at| tree.relation(**at).is(Dep::Acl, Subtype::Relcl));
    relative.is_some_and(|verb| {
        tree.children_in(*verb, &[Dep::Aux])
            .any(|aux| view.pos(aux) == Pos::Aux && view.word(aux) == "had")
    })
}

const fn usage(usage: PlaceUsage) -> &'static str {
    match usage {
        PlaceUsage::Locative => "locative",
        PlaceUsage::Modifier => "modifier",
        PlaceUsage::Metonym => "metonym",
        PlaceUsage::Bare => "bare",
    }
}
