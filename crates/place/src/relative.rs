//! Places given by others: "20 km north of Gao", "northern Mali", "the road from Gao to Kidal".
//!
//! Owns directions and distances; refuses the choice among places of one name.

use averment_types::{Geometry, PlaceKind, PlaceValue, WherePrec};

use crate::context::Context;
use crate::gazetteer::{Entity, Gazetteer};
use crate::length::length;
use crate::named::{self, Named};
use crate::rank::{self, Hints};
use crate::scan::Step;
use crate::shape::{self, Bounds, Direction};
use crate::token::Tokens;
use crate::usage;
use crate::value::{self, Words, blank};
use crate::words::Sort;
use crate::{local, words};

/// UCDP's second precision: within about 25 km of a known point.
pub(crate) const NEAR_KM: f64 = 25.0;
/// A computed point is as uncertain as a fifth of the distance, and never less than 5 km.
const SPREAD: f64 = 0.2;
const LEAST_SPREAD_KM: f64 = 5.0;
/// A town of so many people may have its "northern" part named; of smaller ones the division is meant.
const SIDED: u32 = 100_000;
/// A "northern" part, and no "north" side, is of the division unless the town of its name has so many people.
const VAST: u32 = 1_000_000;
/// "South of Gao" without a distance is taken to mean within so many kilometres.
const SIDE_KM: f64 = 100.0;

/// The relative place whose words begin at token `i`.
pub(crate) fn at(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    measured(g, context, t, i)
        .or_else(|| beyond(g, context, t, i))
        .or_else(|| between(g, context, t, i))
        .or_else(|| along(g, context, t, i))
        .or_else(|| directed(g, context, t, i))
        .or_else(|| owned(g, context, t, i))
}

fn words_of<'t>(t: &Tokens<'t>, start: usize, end: usize) -> Option<Words<'t>> {
    Some(Words { text: t.words(start, end), span: t.range(start, end)? })
}

fn step(t: &Tokens<'_>, start: usize, end: usize, value: PlaceValue) -> Step {
    let usage = if value.kind == PlaceKind::Relative {
        usage::of_place(t, start, end)
    } else {
        usage::of(t, start, end, false)
    };
    Step { start, end, usage, value }
}

/// One or two words of direction at `i`: "north", "north-east", "southwestern".
fn direction(t: &Tokens<'_>, i: usize) -> Option<(Direction, usize)> {
    let first = words::direction(t.lower(i))?;
    let dash = usize::from(t.text(i + 1) == "-");
    let second = words::direction(t.lower(i + 1 + dash))
        .filter(|d| first.east == 0 && first.north != 0 && d.north == 0 && d.east != 0);
    Some(match second {
        Some(d) => (Direction { east: d.east, ..first }, i + 2 + dash),
        None => (first, i + 1),
    })
}

/// A settlement that the words at `i` name, after articles and "the town of".
fn base(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<(PlaceValue, usize)> {
    let mut at = i;
    while at < i + 4
        && (matches!(t.lower(at), "the" | "of" | "capital")
            || words::sort(t.lower(at)).is_some()
            || named::is_demonym(g, t, at) && t.is_small(at + 1))
    {
        at += 1;
    }
    let named = named::or_light(g, context, t, at)?;
    let settlements: Vec<Entity> = named
        .lookup
        .entities
        .iter()
        .copied()
        .filter(|e| matches!(e, Entity::Settlement(_)))
        .collect();
    if named.country().is_some() || settlements.is_empty() {
        return None;
    }
    let value =
        rank::choose(g, context, &settlements, &Hints::default(), words_of(t, at, named.end)?)?;
    Some((value, named.end))
}

/// "20 km north of Gao", "30 kilometres from Gao".
fn measured(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    let (km, after) = length(t, i)?;
    let to = if t.lower(after) == "to" && t.lower(after + 1) == "the" { after + 2 } else { after };
    let (way, at) = direction(t, to).map_or((None, after), |(d, end)| (Some(d), end));
    let at = at + usize::from(t.lower(at) == "away");
    if !matches!(t.lower(at), "of" | "from" | "outside" | "off") {
        return None;
    }
    let (near, end) = base(g, context, t, at + 1)?;
    let mut value =
        blank(t.words(i, end), PlaceKind::Relative, WherePrec::Near, words_of(t, i, end)?);
    from_base(&mut value, &near, km);
    let start = near.lon.zip(near.lat).map(|(x, y)| [x, y]);
    match (start, way) {
        (Some(start), Some(way)) if way != Direction::default() => {
            let point = shape::offset(start, way, km);
            value::set_point(&mut value, Some(point));
            value.geometry = Some(shape::circle(point, (km * SPREAD).max(LEAST_SPREAD_KM)));
            value.reasons.push(format!(
                "a point computed {km:.0} km from {} in the direction given",
                near.name
            ));
        }
        (Some(start), _) => {
            value.geometry = Some(shape::circle(start, km));
            value.precision = if km <= NEAR_KM { WherePrec::Near } else { WherePrec::Fuzzy };
            value
                .reasons
                .push(format!("no direction is given: somewhere on a circle around {}", near.name));
        }
        (None, _) => {
            value.precision = WherePrec::Fuzzy;
            value.reasons.push("the place that it is counted from is not resolved".into());
        }
    }
    Some(step(t, i, end, value))
}

/// Where words behind a name put it: ", 20 km north of Gao", "about 30 miles from Gao", "near Gao", with the
/// kilometres within which it lies.
pub(crate) fn beside(
    g: &Gazetteer,
    context: &Context,
    t: &Tokens<'_>,
    end: usize,
) -> Option<([f64; 2], f64)> {
    let mut at = end + usize::from(t.text(end) == ",");
    while at < end + 5
        && matches!(
            t.lower(at),
            "about"
                | "some"
                | "around"
                | "nearly"
                | "roughly"
                | "just"
                | "a"
                | "village"
                | "town"
                | "suburb"
                | "district"
                | "located"
                | "lying"
                | "over"
                | "the"
        )
    {
        at += 1;
    }
    let comma = t.text(end) == ",";
    let point = |v: &PlaceValue| v.lon.zip(v.lat).map(|(x, y)| [x, y]);
    if let Some((km, after)) = length(t, at) {
        let step = measured(g, context, t, at)?;
        let way = direction(t, after + 2 * usize::from(t.lower(after) == "to")).is_some();
        let centre = point(&step.value);
        let around = || base_of(g, context, t, at, step.end).and_then(|v| point(&v));
        return match centre {
            Some(point) if way => Some((point, (km * 0.4).max(15.0))),
            _ => around().map(|point| (point, km * 1.3 + 5.0)),
        };
    }
    let (_, next) = direction(t, at).filter(|_| comma || at == end)?;
    if t.lower(next) != "of" {
        return None;
    }
    let (near, _) = base(g, context, t, next + 1)?;
    point(&near).map(|point| (point, SIDE_KM))
}

/// Puts a place of which no more is known than its name where the words beside it do.
pub(crate) fn put_by(value: &mut PlaceValue, (point, km): ([f64; 2], f64)) {
    value::set_point(value, Some(point));
    value.precision = if km <= NEAR_KM * 2.0 { WherePrec::Near } else { WherePrec::Fuzzy };
    value.reasons.push("not known itself; the point is where the words beside it put it".into());
}

/// The place called `name`, no namesake of which lies where the words beside it put it.
pub(crate) fn lying_by(name: &str, words: Words<'_>, beside: ([f64; 2], f64)) -> PlaceValue {
    let mut value = blank(name, PlaceKind::Settlement, WherePrec::Near, words);
    value.reasons.push("the places of this name in the gazetteer lie elsewhere".into());
    put_by(&mut value, beside);
    value
}

/// The place that a measured phrase from token `start` to `end` is counted from.
fn base_of(
    g: &Gazetteer,
    context: &Context,
    t: &Tokens<'_>,
    start: usize,
    end: usize,
) -> Option<PlaceValue> {
    let lead = (start..end).find(|at| matches!(t.lower(*at), "of" | "from" | "outside" | "off"))?;
    base(g, context, t, lead + 1).map(|(value, _)| value)
}

/// Country and reasons of the place that the value is counted from.
fn from_base(value: &mut PlaceValue, near: &PlaceValue, km: f64) {
    value.countries.clone_from(&near.countries);
    if km <= NEAR_KM * 2.0 {
        value.country.clone_from(&near.country);
        value.admin1.clone_from(&near.admin1);
    }
    value.reasons.extend(near.reasons.iter().cloned());
    value.candidates.clone_from(&near.candidates);
}

/// "north of Gao", without a distance; "the north of Mali" is a part of Mali.
fn beyond(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    let (way, at) = direction(t, i).filter(|_| t.is_small(i) || i == 0)?;
    if t.lower(at) != "of" {
        return None;
    }
    let inner = at + 1 + usize::from(t.lower(at + 1) == "the");
    let inside = t.before(i, 1) == "the";
    if let Some(named) = named::at(g, t, inner).filter(|_| inside) {
        return part(g, context, t, (i, named.end), (&[way], Extent::Near), &named);
    }
    let (near, end) = base(g, context, t, at + 1)?;
    let mut value =
        blank(t.words(i, end), PlaceKind::Relative, WherePrec::Fuzzy, words_of(t, i, end)?);
    from_base(&mut value, &near, 0.0);
    value.reasons.push("no distance is given, so no point is computed".into());
    Some(step(t, i, end, value))
}

/// "the road from Gao to Kidal", "between Gao and Kidal".
fn between(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    let road = matches!(t.lower(i), "road" | "highway" | "route" | "axis");
    let at = i + usize::from(road);
    let joiner = match t.lower(at) {
        "between" => "and",
        "from" if road => "to",
        "linking" | "connecting" if road => "and",
        _ => return None,
    };
    let (first, next) = base(g, context, t, at + 1)?;
    if t.lower(next) != joiner && !(road && matches!(t.lower(next), "to" | "and" | "with")) {
        return None;
    }
    let (second, end) = base(g, context, t, next + 1)?;
    way(t, i, end, &first, &second)
}

/// "the *Gada-Illela road*"; of a place that is not known nothing is said.
fn along(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    let joins = |at: usize| matches!(t.text(at), "-" | "–" | "—" | "/");
    let road = |at: usize| {
        matches!(t.lower(at), "road" | "highway" | "route" | "axis" | "expressway" | "motorway")
    };
    let name = |at: usize| -> Option<(Option<PlaceValue>, usize)> {
        let known = base(g, context, t, at).map(|(value, end)| (Some(value), end));
        known.or_else(|| t.is_capital(at).then_some((None, at + 1)))
    };
    // A name of two parts may be one that is known: "Mopti-Sévaré".
    let (first, next) = name(i).filter(|_| t.is_capital(i))?;
    let (second, end) = name(next + 1).filter(|_| joins(next) && t.is_capital(next + 1))?;
    if !road(end) {
        return None;
    }
    match (first, second) {
        (Some(first), Some(second)) => way(t, i, end + 1, &first, &second),
        (Some(known), None) | (None, Some(known)) => {
            let words = words_of(t, i, end + 1)?;
            let mut value =
                blank(t.words(i, end + 1), PlaceKind::Relative, WherePrec::Fuzzy, words);
            value.countries.clone_from(&known.countries);
            value.country.clone_from(&known.country);
            value.admin1.clone_from(&known.admin1);
            value.reasons.push(format!("on a road to {}", known.name));
            Some(step(t, i, end + 1, value))
        }
        (None, None) => None,
    }
}

/// The way between two places, told by the words from `i` to `end`.
fn way(
    t: &Tokens<'_>,
    i: usize,
    end: usize,
    first: &PlaceValue,
    second: &PlaceValue,
) -> Option<Step> {
    let mut value =
        blank(t.words(i, end), PlaceKind::Relative, WherePrec::Fuzzy, words_of(t, i, end)?);
    for code in first.countries.iter().chain(&second.countries) {
        if !value.countries.contains(code) {
            value.countries.push(code.clone());
        }
    }
    if first.country == second.country {
        value.country.clone_from(&first.country);
    }
    if first.admin1 == second.admin1 && first.country == second.country {
        value.admin1.clone_from(&first.admin1);
    }
    let point = |v: &PlaceValue| v.lon.zip(v.lat).map(|(x, y)| [x, y]);
    if let (Some(a), Some(b)) = (point(first), point(second)) {
        value.geometry = Some(Geometry::LineString(vec![a, b]));
        if shape::distance(a, b) <= NEAR_KM * 2.0 {
            value.precision = WherePrec::Near;
        }
    }
    value.reasons.push("somewhere between two places; the straight line stands for the way".into());
    Some(step(t, i, end, value))
}

/// "Pakistan's restive *northwest*", "Nigeria's north", "Borno's southern half".
fn owned(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    let named = named::at(g, t, i)
        .filter(|named| matches!(named.first(), Some(Entity::Country(_) | Entity::Division(_))))?;
    let mut at = named.end;
    if t.text(at).starts_with(['\'', '’']) {
        at += 1 + usize::from(t.text(at).len() < 3 && t.lower(at + 1) == "s");
    } else {
        return None;
    }
    // "restive", "far", "war-torn"
    let mut way = direction(t, at);
    for _ in 0..3 {
        if way.is_some() || !t.is_small(at) || !(t.is_word(at) || t.text(at) == "-") {
            break;
        }
        at += 1;
        way = direction(t, at);
    }
    let (way, end) = way.filter(|_| t.is_small(at))?;
    let half = usize::from(matches!(t.lower(end), "half" | "part" | "tip" | "corner" | "reaches"));
    let noun = !t.lower(at).ends_with("ern") && t.lower(at) != "central" || half == 1;
    let stands = !t.is_word(end + half) || pieces_follow(t, end + half);
    (noun && stands)
        .then(|| part(g, context, t, (i, end + half), (&[way], Extent::Wide), &named))?
}

/// Whether a word follows that goes on after a place: a preposition, a conjunction, a verb's helper.
fn pieces_follow(t: &Tokens<'_>, i: usize) -> bool {
    matches!(
        t.lower(i),
        "on" | "in"
            | "at"
            | "after"
            | "before"
            | "and"
            | "since"
            | "where"
            | "when"
            | "as"
            | "by"
            | "for"
            | "has"
            | "have"
            | "was"
            | "were"
            | "is"
            | "late"
            | "early"
            | "that"
            | "which"
            | "near"
            | "between"
            | "over"
            | "with"
            | "last"
            | "this"
            | "during"
    )
}

/// "northern Mali", "southwestern central Sahara", "northern and central Mali", "northern rural Aleppo", "western Idlib province".
fn directed(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    let is_name = |i: usize| t.is_capital(i) && named::at(g, t, i).is_some();
    let way = |at: usize| direction(t, at).filter(|_| named::at(g, t, at).is_none());
    let (mut at, mut ways) = match direction(t, i).filter(|_| !is_name(i)) {
        Some((first, at)) => (at, vec![first]),
        None => (i, Vec::new()),
    };
    let mut several = false;
    while !ways.is_empty() && ways.len() < 4 {
        let and = usize::from(matches!(t.lower(at), "and" | "," | "or"));
        let Some((more, next)) = way(at + and) else { break };
        several |= and > 0;
        ways.push(more);
        at = next;
    }
    let rural = t.lower(at) == "rural" && (t.is_small(at) || at == 0);
    at += usize::from(rural);
    if at == i {
        return None;
    }
    let named = named::at(g, t, at)?;
    if matches!(named.first(), Some(Entity::Demonym(_)))
        || named::is_part_of_name(g, t, at, named.end)
    {
        return None;
    }
    let divided = words::sort(t.lower(named.end)) == Some(Sort::First)
        && named.lookup.entities.iter().any(|e| matches!(e, Entity::Division(_)));
    let end = named.end + usize::from(divided);
    let ways = if several { Vec::new() } else { ways };
    let small = !matches!(named.first(), Some(Entity::Country(_) | Entity::Region(_)));
    let found = usage::of(t, i, end, false);
    if small && !local::is_borne_out(g, context, &named, found, t) {
        return None;
    }
    let extent = match () {
        () if rural => Extent::Country,
        () if divided => Extent::Division,
        () if t.lower(at - 1).ends_with("ern") => Extent::Wide,
        () => Extent::Near,
    };
    part(g, context, t, (i, end), (&ways, extent), &named)
}

/// How much of a place of many meanings the words around its name speak of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// "east Aleppo": of a town a side, else of the division.
    Near,
    /// "northern Hama": of the division, unless the town is vast.
    Wide,
    /// "western Aleppo province"
    Division,
    /// "rural Aleppo": what lies around the town.
    Country,
}

/// What may have a northern part: divisions, and towns that are large or have no division of their name.
fn sided(g: &Gazetteer, entities: &[Entity], first: Entity, extent: Extent) -> Vec<Entity> {
    let holds = |people: u32| {
        let large = |e: &Entity| g.spot_of(*e).is_some_and(|s| s.population >= people);
        entities.iter().any(|e| matches!(e, Entity::Settlement(_)) && large(e))
    };
    let undivided = !entities.iter().any(|e| matches!(e, Entity::Division(_)));
    let towns = match extent {
        Extent::Near => !matches!(first, Entity::Division(_)) || holds(SIDED),
        Extent::Wide => undivided || holds(VAST),
        Extent::Country => undivided,
        Extent::Division => false,
    };
    let kept = |e: &&Entity| towns || matches!(e, Entity::Division(_));
    entities.iter().filter(kept).copied().collect()
}

/// The part of a named place that lies in the directions `ways`, the last word narrowing first.
fn part(
    g: &Gazetteer,
    context: &Context,
    t: &Tokens<'_>,
    (i, end): (usize, usize),
    (ways, extent): (&[Direction], Extent),
    named: &Named,
) -> Option<Step> {
    let words = words_of(t, i, end)?;
    let whole = match named.first()? {
        entity @ (Entity::Country(_) | Entity::Region(_)) => value::of(g, entity, words)?,
        entity => {
            let around = (extent == Extent::Country)
                .then(|| named::countryside(g, t.words(named.start, named.end)))
                .flatten();
            let meant = around.unwrap_or_else(|| sided(g, &named.lookup.entities, entity, extent));
            rank::choose(g, context, &meant, &Hints::default(), words)?
        }
    };
    if whole.kind == PlaceKind::Settlement {
        let mut value = whole;
        if extent == Extent::Country {
            value.precision = value.precision.max(WherePrec::Near);
            value.reasons.push("the country around the town; the town's point is kept".into());
        } else {
            value.reasons.push("a quarter or side of the town; the town's point is kept".into());
        }
        return Some(step(t, i, end, value));
    }
    let mut value = blank(words.text, PlaceKind::Region, WherePrec::Fuzzy, words);
    value.country.clone_from(&whole.country);
    value.countries.clone_from(&whole.countries);
    value.admin1.clone_from(&whole.admin1);
    if whole.kind == PlaceKind::Admin1 {
        value.precision = WherePrec::Admin1;
    }
    value
        .reasons
        .push(format!("a part of {} without known bounds; no point stands for it", whole.name));
    let bounds = match named.first()? {
        Entity::Country(at) => g.country_at(at).and_then(|c| c.bounds),
        Entity::Region(at) => g.region(at).and_then(|r| Bounds::around(&r.outline)),
        _ => None,
    };
    if let Some(bounds) = bounds.filter(|_| !ways.is_empty()) {
        let area = ways.iter().rev().fold(bounds, |b, way| b.towards(*way));
        value.geometry = Some(area.polygon());
        value.reasons.push("drawn as that side of the whole's box, which is rough".into());
        value
            .countries
            .retain(|code| g.by_code(code).and_then(|c| c.bounds).is_none_or(|b| b.overlaps(area)));
    }
    Some(step(t, i, end, value))
}
