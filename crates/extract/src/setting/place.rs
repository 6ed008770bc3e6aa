//! Which place of its sentence is an event's.
//!
//! Rules take out what is never an event's place: a country's adjective, a government that speaks, where people come from, where
//! something was said. Of the rest the ranker takes the likeliest, or none.

use std::ops::Range;

use averment_lang::{Dep, Pos};
use averment_place::{PlaceMention, PlaceUsage};
use averment_types::{PlaceKind, PlaceValue, TextRange, WherePrec};

use super::bond::Bond;
use super::features::{self, Site};
use super::lying::lie_where;
use super::nested::narrows;
use super::reckoned::{are_days_apart, behind_count};
use super::scene;
use super::side::{is_commenter, is_goal, is_of_care, is_on_the_way, is_origin};
use super::{Asked, Offered};
use crate::view::View;

/// Within so many bytes a more exact place stands beside another.
const BESIDE: usize = 30;
/// A chain has at most so many places.
const CHAIN: usize = 5;

/// A candidate with what the ranker makes of it.
pub(crate) struct Ranked<'m> {
    pub(crate) site: Site<'m>,
    /// The facts by which it is ranked, by its best anchor.
    pub(crate) facts: Vec<String>,
    score: f32,
    /// How it hangs together with that anchor, in words.
    bond: String,
    /// Whether the trigger's clause tells what was there.
    frames: bool,
    /// Its tokens.
    tokens: Range<usize>,
    /// The token that governs these.
    top: usize,
}

/// The place chosen.
pub(crate) struct Chosen<'m> {
    pub(crate) mention: &'m PlaceMention,
    /// Its value, with the reasons for the choice.
    pub(crate) value: PlaceValue,
}

/// The candidates of the sentence, in the order of the text.
pub(crate) fn rank<'m>(
    view: &View<'_>,
    asked: &Asked<'_>,
    offered: &Offered<'m>,
) -> Vec<Ranked<'m>> {
    let known = offered.places.iter().chain(offered.referred);
    let listed = known.map(|mention| (mention, true));
    let read = offered.unlisted.iter().map(|mention| (mention, false));
    let mut sites: Vec<Site<'_>> = listed
        .chain(read)
        .filter(|(mention, _)| asked.may_be(view, mention.span) && may_hold_events(view, mention))
        .filter(|(mention, _)| {
            let flees = matches!(asked.kind, Some("displacement" | "withdrawal"));
            (asked.kind.is_none_or(moves)
                || !is_on_the_way(view, mention)
                || is_scene(view, asked, mention))
                && !(flees && is_goal(view, mention))
        })
        .filter(|(mention, _)| {
            !is_of_care(view, asked, mention) && !is_commenter(view, asked, mention)
        })
        .map(|(mention, listed)| Site { mention, listed, entity: view.entity_at(mention.span) })
        .collect();
    sites.sort_by_key(|site| site.mention.span);
    let side = asked.anchors.first().and_then(|trigger| behind_count(view, *trigger));
    let ranked = sites.iter().filter_map(|site| {
        let finer = sites.iter().any(|other| is_finer_beside(other, site));
        let of_anchor = |anchor: &usize| {
            let bond = Bond::of(view, *anchor, site.mention.span)?;
            if asked.own_clause && !bond.shares_clause()
                || bond.is_before_that()
                || bond.is_beside()
                || bond.since_clause().is_some()
                || are_days_apart(view, side, behind_count(view, bond.top))
            {
                return None;
            }
            let facts = features::of_place(view, &bond, site, finer, asked);
            Some(Ranked {
                site: *site,
                score: offered.rankers.places.score(&facts),
                facts,
                bond: bond.in_words(),
                frames: bond.frames("where"),
                top: bond.top,
                tokens: bond.tokens,
            })
        };
        let best = asked.anchors.iter().filter_map(of_anchor);
        best.reduce(|a, b| if b.score > a.score { b } else { a })
    });
    ranked.collect()
}

/// The likeliest of the `ranked` places, where one is likelier than none.
pub(crate) fn choose<'m>(
    view: &View<'_>,
    ranked: &[Ranked<'m>],
    asked: &Asked<'_>,
    offered: &Offered<'_>,
) -> Option<Chosen<'m>> {
    let scores: Vec<f32> = ranked.iter().map(|r| r.score).collect();
    let weights = &offered.rankers.places;
    let chosen = weights.best(&scores, asked.kind.is_some());
    let framed = || ranked.iter().position(|r| r.frames).map(|at| (at, 1.0));
    let (at, share) = chosen.or_else(framed)?;
    let best = ranked.get(at)?;
    let best = ranked.iter().find(|other| lies_in(view, other, best)).unwrap_or(best);
    let best = nearer(view, asked, best, ranked).unwrap_or(best);
    let best = closest(view, best, ranked);
    let mut value = best.site.mention.value.clone();
    let spans = matches!(value.kind, PlaceKind::Relative | PlaceKind::BorderZone);
    let unknown = value.gazetteer_id.is_none() && value.country.is_none();
    if !best.site.listed || unknown && !spans {
        lie_in(view, &mut value, best, ranked);
    }
    let others = match ranked.len() {
        1 => "the one place of the sentence".to_owned(),
        n => format!("one of {n} places of the sentence"),
    };
    let facts = weights.telling(&best.facts).join(", ");
    value.reasons.push(format!(
        "{others}: it {}; the ranker of places gives it {share:.2}, for {facts}",
        best.bond
    ));
    Some(Chosen { mention: best.site.mention, value })
}

/// The closest place of the chain in which the `best` stands.
fn closest<'r, 'm>(
    view: &View<'_>,
    best: &'r Ranked<'m>,
    ranked: &'r [Ranked<'m>],
) -> &'r Ranked<'m> {
    let closer = |known: &&'r Ranked<'m>| {
        let known = (&known.site, &known.tokens);
        ranked.iter().find(|other| narrows(view, (&other.site, &other.tokens), known))
    };
    let chain = std::iter::successors(Some(best), closer);
    let found = chain.take(CHAIN).last().unwrap_or(best);
    // "at *Juhudi* and Salama in Witu": a list begins with its first.
    let first = || {
        let head = view.tree.head(found.top).filter(|_| view.tree.dep(found.top) == Dep::Conj)?;
        ranked.iter().find(|other| other.tokens.contains(&head))
    };
    if std::ptr::eq(found, best) { best } else { first().unwrap_or(found) }
}

/// Whether the words put `finer` inside `wider`, right behind it or behind its kind: "the town of *Kouma* in rural *Aleppo*", "the *Sandino*
/// quarter of *Managua*".
fn lies_in(view: &View<'_>, finer: &Ranked<'_>, wider: &Ranked<'_>) -> bool {
    let tree = &view.tree;
    let Some(case) = tree.case(wider.top) else { return false };
    let kind = case.checked_sub(1).filter(|noun| {
        view.pos(*noun) == Pos::Noun
            && tree.head(wider.top) == Some(*noun)
            && (finer.top == *noun || tree.head(finer.top) == Some(*noun))
            && finer.tokens.start < *noun
            && finer.tokens.end + 1 >= *noun
    });
    let place = &finer.site.mention.value;
    let unknown = place.gazetteer_id.is_none() && place.lat.is_none();
    let exact = place.precision < wider.site.mention.value.precision
        || !finer.site.listed
        || unknown && place.kind != PlaceKind::Admin1;
    let within = matches!(view.word(case), "in" | "of");
    let behind = finer.tokens.end == case || kind.is_some();
    within && behind && exact && matches!(tree.dep(wider.top), Dep::Nmod | Dep::Obl)
}

/// A name that only the reader takes for a place lies where the place lies that stands in one phrase with it.
fn lie_in(view: &View<'_>, value: &mut PlaceValue, best: &Ranked<'_>, all: &[Ranked<'_>]) {
    let known = |r: &&Ranked<'_>| {
        let place = &r.site.mention.value;
        r.site.mention.span != best.site.mention.span && r.site.listed && place.country.is_some()
    };
    let holder = all.iter().filter(known).find(|r| {
        let under = |low: usize, high: usize| {
            view.tree
                .upward(low)
                .take_while(|at| matches!(view.pos(*at), Pos::Noun | Pos::Propn))
                .any(|at| at == high)
        };
        lies_in(view, best, r)
            || under(r.top, best.top)
            || under(best.top, r.top)
            || stands_behind(view, best, r)
    });
    let Some(holder) = holder.map(|r| &r.site.mention.value) else { return };
    lie_where(value, holder, format!("the words put it with {}", holder.name));
    if holder.kind == PlaceKind::Settlement && value.lat.is_none() {
        (value.lat, value.lon) = (holder.lat, holder.lon);
        value.precision = WherePrec::Near;
        value.reasons.push(format!("the point is that of {}", holder.name));
    }
}

/// Whether `other` stands right behind the name and says where it is: "Mubambiro village, *west of Goma*".
fn stands_behind(view: &View<'_>, best: &Ranked<'_>, other: &Ranked<'_>) -> bool {
    let (named, told) = (best.site.mention, other.site.mention);
    let between = TextRange::new(named.span.end(), told.span.start()).ok();
    let between = between.and_then(|range| range.slice(view.text)).unwrap_or("and");
    let mut words = between.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let beside = told.value.kind == PlaceKind::Relative
        || between.trim_start().starts_with(',') && told.usage != PlaceUsage::Modifier;
    beside
        && between.len() < BESIDE
        && words.all(|word| !matches!(word, "and" | "or" | "from" | "to"))
}

/// Whether the trigger's clause tells what was there: "taken to Kilis, *where two of them died*".
fn is_scene(view: &View<'_>, asked: &Asked<'_>, mention: &PlaceMention) -> bool {
    let trigger = asked.anchors.first().copied();
    let bond = trigger.and_then(|trigger| Bond::of(view, trigger, mention.span));
    bond.is_some_and(|bond| bond.frames("where"))
}

/// Types of events that lead from one place to another.
fn moves(kind: &str) -> bool {
    const MOVES: [&str; 7] = [
        "displacement",
        "movement",
        "withdrawal",
        "deployment",
        "release",
        "surrender",
        "defection",
    ];
    MOVES.contains(&kind)
}

/// The nearer place of the same tale, where the `best` only opens the sentence: "*In Homs*, two died when a shell hit a house in *Baba Amr*".
fn nearer<'r, 'm>(
    view: &View<'_>,
    asked: &Asked<'_>,
    best: &Ranked<'m>,
    ranked: &'r [Ranked<'m>],
) -> Option<&'r Ranked<'m>> {
    let trigger = asked.anchors.first().copied()?;
    let tree = &view.tree;
    if !Bond::of(view, trigger, best.site.mention.span)?.opens() {
        return None;
    }
    let held = |r: &&Ranked<'_>| {
        let led = tree.case(r.top).map(|case| view.word(case));
        let within =
            matches!(led, Some("in" | "at" | "near" | "on" | "of" | "outside" | "into" | "inside"));
        let bond = Bond::of(view, trigger, r.site.mention.span);
        let one = bond.is_some_and(|bond| !bond.is_of_another() && !bond.opens());
        let place = &r.site.mention.value;
        let wide = &best.site.mention.value;
        let inside = if r.site.listed {
            scene::is_within(place, wide)
        } else {
            place.kind != PlaceKind::Natural
        };
        r.tokens.start > best.tokens.end && within && one && inside
    };
    ranked.iter().filter(held).reduce(|a, b| if b.score > a.score { b } else { a })
}

/// Whether a mention can be where something happens at all.
pub(super) fn may_hold_events(view: &View<'_>, mention: &PlaceMention) -> bool {
    let country = mention.value.kind == PlaceKind::Country;
    let named = match mention.usage {
        PlaceUsage::Locative | PlaceUsage::Bare => true,
        PlaceUsage::Modifier => !country,
        PlaceUsage::Metonym => false,
    };
    named && !is_origin(view, mention)
}

/// Whether `other` is a more exact place right beside `site`.
fn is_finer_beside(other: &Site<'_>, site: &Site<'_>) -> bool {
    let (a, b) = (other.mention, site.mention);
    let near = a.span.start().abs_diff(b.span.start()) < BESIDE;
    near && a.span != b.span
        && matches!(a.usage, PlaceUsage::Locative | PlaceUsage::Bare)
        && a.value.precision < b.value.precision
}
