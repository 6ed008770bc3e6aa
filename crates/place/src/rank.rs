//! Which of several places of one name is meant.
//!
//! Owns scores and the choice; refuses to choose where nothing speaks for one of them.

use averment_types::{CountryCode, PlaceKind, PlaceValue};

use crate::context::{Context, SMALL_DIVISION, country_of};
use crate::gazetteer::{Entity, Gazetteer, PlaceId};
use crate::key::fold;
use crate::shape;
use crate::value::{self, Words, blank, candidate};
use crate::words::Sort;

/// A division counts like a town of about 4,000: a town that shares its name is more often meant.
const DIVISION_SCORE: f32 = 3.6;
/// A country that the text names outweighs a namesake ten thousand times as large.
const NAMED_COUNTRY: f32 = 4.0;
/// A small town in it does not outweigh a metropolis: many countries have a Damascus, and all name the one.
const NAMED_SMALL: f32 = 1.5;
const SMALL: u32 = 50_000;
const METROPOLIS: u32 = 1_000_000;
/// Each further name of the text that is likely to lie in the country, up to three, and in the same division.
const COMPANY: f32 = 0.6;
const NEAR: f32 = 2.0;
/// A district or natural feature gives way to any town of its name.
const DISTRICT_SCORE: f32 = 0.5;
/// The words say how far from a known point, and it is.
const BESIDE: f32 = 6.0;
const CAPITAL: f32 = 1.5;
/// Readings closer than this are not told apart by population alone.
const MARGIN: f32 = 0.7;
/// A town of this score is known the world over (about 300,000 people).
const FAMOUS: f32 = 5.5;
/// A town in a country that the text does not name is taken only from this score on (a million people, or a
/// capital): villages of conflict reports have famous namesakes elsewhere, and a wrong pin is worse than none.
const ABROAD: f32 = 6.0;
/// Names of so many letters are another's by chance.
const SHORT: usize = 5;
/// Places of one name this near each other are one place seen twice.
const SAME_KM: f64 = 30.0;
/// So many other readings are kept.
const KEPT: usize = 5;

/// What the words around a name say about it.
#[derive(Debug, Default, Clone)]
pub(crate) struct Hints {
    /// "town of", "province".
    pub(crate) sort: Option<Sort>,
    /// The place that the words put it in.
    pub(crate) container: Option<Container>,
    /// A point that the words put it by, and within how many kilometres.
    pub(crate) beside: Option<([f64; 2], f64)>,
}

/// A country or division that holds a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Container {
    Country(CountryCode),
    /// First- or second-order divisions, several where several bear the name.
    Divisions(Vec<PlaceId>),
}

/// An entity with its score, best first.
#[derive(Debug, Clone, Copy)]
struct Scored {
    entity: Entity,
    score: f32,
    named: bool,
}

/// The best reading of `entities`, or a value without a point and the readings as candidates.
pub(crate) fn choose(
    g: &Gazetteer,
    context: &Context,
    entities: &[Entity],
    hints: &Hints,
    words: Words<'_>,
) -> Option<PlaceValue> {
    let district = |e: &Entity| matches!(e, Entity::District(_)) && is_called(g, *e, words.text);
    // "fighting in Andarab": the district of that name, and not the village that is its seat and is called after it.
    let named_after = entities.iter().any(district);
    let by_other_name = |e: &Entity| {
        let small = g.spot_of(*e).is_some_and(|spot| spot.population < SMALL);
        matches!(e, Entity::Settlement(_)) && small && !is_called(g, *e, words.text)
    };
    let mut scored: Vec<Scored> = entities
        .iter()
        .filter(|e| suits(g, **e, hints))
        .filter(|e| !(named_after && by_other_name(e)))
        .filter_map(|e| score(g, context, entities, *e, hints))
        .collect();
    scored.sort_by(|a, b| b.score.total_cmp(&a.score));
    let best = *scored.first()?;
    let mut chosen = value::of(g, best.entity, words)?;
    let rivals: Vec<(PlaceValue, f32)> = scored
        .iter()
        .skip(1)
        .filter_map(|s| value::of(g, s.entity, words).map(|v| (v, s.score)))
        .filter(|(v, _)| v.gazetteer_id != chosen.gazetteer_id)
        .collect();
    let total: f32 = scored.iter().take(KEPT + 1).map(|s| s.score.max(0.1).exp2()).sum();
    let weight = |score: f32| (score.max(0.1).exp2() / total * 100.0).round() / 100.0;
    let far = rivals.iter().find(|(v, _)| is_elsewhere(v, &chosen));
    let close = far.is_some_and(|(_, score)| best.score - score < MARGIN);
    let at_home = best.named && far.is_some_and(|(v, _)| v.country != chosen.country);
    let supported = hints.beside.is_some() && best.score > BESIDE
        || at_home
        || hints.container.is_some() && !best.named
        || best.score >= FAMOUS && !best.named;
    if close && !supported {
        return Some(unresolved(&chosen, weight(best.score), &rivals, &weight, words));
    }
    // The other names of the text lie together in another country.
    let elsewhere = || {
        let country = country_of(g, best.entity);
        country.is_some_and(|country| {
            let own = Context::own_votes(g, entities, &country);
            context.plays_elsewhere(&country, own)
        })
    };
    // "the village of Boni": a short name that a far city has in another language.
    let alias = words.text.chars().count() <= SHORT && !is_called(g, best.entity, words.text);
    let abroad = !best.named
        && hints.container.is_none()
        && hints.beside.is_none()
        && (context.is_placed() || alias || elsewhere());
    // "Silale" in a report from Kenya is not the district Šilalė.
    let people = g.spot_of(best.entity).map_or(0, |spot| spot.population);
    let division =
        chosen.kind == PlaceKind::Admin1 && hints.sort.is_none() && people < SMALL_DIVISION;
    let small = matches!(chosen.kind, PlaceKind::Settlement | PlaceKind::Facility) || division;
    if abroad && best.score < ABROAD && small {
        let mut value = unresolved(&chosen, weight(best.score), &rivals, &weight, words);
        (value.country, value.countries) = (None, Vec::new());
        words.text.clone_into(&mut value.name);
        let why = if context.is_placed() || !alias {
            "the text names other countries, and no place of this name is known in them"
        } else {
            "a place elsewhere is called so in another language, and nothing says that it is meant"
        };
        value.reasons = vec![why.to_owned()];
        return Some(value);
    }
    chosen.reasons.push(reason(&best, hints, rivals.len()));
    chosen.candidates = rivals
        .iter()
        .take(KEPT)
        .map(|(v, score)| candidate(v, weight(*score), "a place of the same name"))
        .collect();
    Some(chosen)
}

/// Whether the entity's own name, and not another of its names, is `words`.
fn is_called(g: &Gazetteer, entity: Entity, words: &str) -> bool {
    g.spot_of(entity).is_some_and(|spot| fold(spot.name) == fold(words))
}

fn reason(best: &Scored, hints: &Hints, rivals: usize) -> String {
    let why = if hints.container.is_some() {
        "the words beside it say in which country or division it lies"
    } else if rivals == 0 {
        "the only place of that name in the gazetteer"
    } else if best.named {
        "of the places of that name, the one in a country that the text names and with the most people"
    } else {
        "of the places of that name, the one with the most people"
    };
    why.to_owned()
}

/// Several places fit and nothing chooses: no point, no id, all as candidates.
fn unresolved(
    best: &PlaceValue,
    weight: f32,
    rivals: &[(PlaceValue, f32)],
    scale: &impl Fn(f32) -> f32,
    words: Words<'_>,
) -> PlaceValue {
    let mut value = blank(&best.name, PlaceKind::Settlement, best.precision, words);
    let all = std::iter::once((best, weight)).chain(rivals.iter().map(|(v, s)| (v, scale(*s))));
    for (other, score) in all.take(KEPT + 1) {
        value.candidates.push(candidate(other, score, "a place of this name"));
        for code in &other.countries {
            if !value.countries.contains(code) {
                value.countries.push(code.clone());
            }
        }
    }
    if let [only] = value.countries.as_slice() {
        value.country = Some(only.clone());
    }
    value
        .reasons
        .push("several places bear this name and nothing in the text chooses among them".into());
    value
}

fn is_elsewhere(a: &PlaceValue, b: &PlaceValue) -> bool {
    let point = |v: &PlaceValue| v.lon.zip(v.lat).map(|(x, y)| [x, y]);
    match (point(a), point(b)) {
        (Some(p), Some(q)) => {
            shape::distance(p, q) > SAME_KM && (a.kind == b.kind || a.country != b.country)
        }
        _ => a.country != b.country,
    }
}

/// Whether an entity is of the sort and in the place that the words say.
fn suits(g: &Gazetteer, entity: Entity, hints: &Hints) -> bool {
    let sort = match hints.sort {
        Some(Sort::First) => matches!(entity, Entity::Division(_)),
        Some(Sort::Second) => matches!(entity, Entity::District(_) | Entity::Settlement(_)),
        Some(Sort::Natural) => matches!(entity, Entity::Natural(_)),
        Some(Sort::Facility) => matches!(entity, Entity::Facility(_) | Entity::Settlement(_)),
        Some(Sort::Settlement | Sort::Area) => matches!(entity, Entity::Settlement(_)),
        None => true,
    };
    sort && hints.container.as_ref().is_none_or(|c| is_inside(g, entity, c))
}

/// Whether an entity lies in a container.
pub(crate) fn is_inside(g: &Gazetteer, entity: Entity, container: &Container) -> bool {
    match container {
        Container::Country(code) => country_of(g, entity).as_ref() == Some(code),
        Container::Divisions(rows) => g.spot_of(entity).is_some_and(|inner| {
            rows.iter().filter_map(|row| g.spot(*row)).any(|outer| {
                inner.id != outer.id && (inner.admin1 == outer.id || inner.admin2 == outer.id)
            })
        }),
    }
}

/// Whether a place of the name outside of `country` is a metropolis or a large capital.
fn has_metropolis(g: &Gazetteer, all: &[Entity], country: &str) -> bool {
    let spots = all.iter().filter(|e| matches!(e, Entity::Settlement(_)));
    spots.filter_map(|e| g.spot_of(*e)).any(|s| s.country != country && s.population >= METROPOLIS)
}

/// A division counts a tenth of its people, unless a town in it has its name: that is what is mostly meant.
fn division_score(g: &Gazetteer, all: &[Entity], entity: Entity) -> f32 {
    let Some(division) = g.spot_of(entity) else {
        return DIVISION_SCORE;
    };
    let towns = all.iter().filter(|e| matches!(e, Entity::Settlement(_)));
    if towns.filter_map(|e| g.spot_of(*e)).any(|s| s.admin1 == division.id) {
        return DIVISION_SCORE;
    }
    let people = u16::try_from(division.population / 10_000).unwrap_or(u16::MAX);
    (f32::from(people) * 1000.0).max(1.0).log10().max(DIVISION_SCORE)
}

fn score(
    g: &Gazetteer,
    context: &Context,
    all: &[Entity],
    entity: Entity,
    hints: &Hints,
) -> Option<Scored> {
    let country = country_of(g, entity);
    let base = match entity {
        Entity::Settlement(_) => {
            let place = g.spot_of(entity)?;
            let people = u16::try_from(place.population / 1000).unwrap_or(u16::MAX);
            let capital = country
                .as_ref()
                .and_then(|c| g.by_code(c))
                .is_some_and(|c| c.capital == place.name);
            (f32::from(people) * 1000.0 + 10.0).log10() + if capital { CAPITAL } else { 0.0 }
        }
        Entity::Division(_) => {
            division_score(g, all, entity) + if hints.sort == Some(Sort::First) { 2.0 } else { 0.0 }
        }
        Entity::District(_) => {
            DISTRICT_SCORE + if hints.sort == Some(Sort::Second) { 6.0 } else { 0.0 }
        }
        Entity::Facility(_) => {
            DISTRICT_SCORE + if hints.sort == Some(Sort::Facility) { 6.0 } else { 0.0 }
        }
        Entity::Natural(_) => DISTRICT_SCORE,
        _ => FAMOUS,
    };
    let beside = hints.beside.zip(g.spot_of(entity).and_then(|s| s.point));
    let by = beside.is_some_and(|((point, km), own)| shape::distance(point, own) <= km);
    let base = if by { base + BESIDE } else { base };
    let named = country.as_ref().is_some_and(|c| context.names(c));
    let (at_home, near) = context.company(g, all, entity);
    let company = at_home.min(3.0) * COMPANY + near.min(2.0) * NEAR;
    let home = match g.spot_of(entity) {
        _ if !named => 0.0,
        Some(spot) if spot.population < SMALL && has_metropolis(g, all, spot.country) => {
            NAMED_SMALL
        }
        _ => NAMED_COUNTRY,
    };
    Some(Scored { entity, score: base + company + home, named })
}
