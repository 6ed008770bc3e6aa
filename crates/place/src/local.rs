//! A name on its own, or with what holds it: "Gao", "Mopti, Mali", "Peoria, Ill.", "Awja, 20 km south of Tikrit".
//!
//! Owns whether a name stands for a place here, and containers; refuses names with their kind.

use averment_types::{CountryCode, PlaceValue, WherePrec};

use crate::context::{Context, country_of};
use crate::gazetteer::{Entity, Gazetteer};
use crate::named::{self, Named};
use crate::rank::{self, Container, Hints};
use crate::scan::Step;
use crate::token::Tokens;
use crate::value::{self, Words};
use crate::words::{self, Sort};
use crate::{PlaceUsage, relative, shape, usage};

/// Smaller places count as places only where the words say so.
const SMALL: u32 = 15_000;
/// Without a country of theirs in the text, places smaller than this need words that say where.
const MIDDLING: u32 = 50_000;
/// A town of so many people is known by another spelling of its name too.
const FAMOUS: u32 = 100_000;
/// So many names of divisions, each in the next, are followed up.
const LINKS: usize = 4;
/// The most tokens of an abbreviated state: "N. Y.", "W. Va.".
const ABBREVIATION: usize = 5;

/// What holds the name that ends at token `end`: ", Mali", ", in the Mopti region", "in Borno state", ", Ill.".
pub(crate) fn container(g: &Gazetteer, t: &Tokens<'_>, end: usize) -> Option<(Container, usize)> {
    let mut at = end + usize::from(t.text(end) == ",");
    let comma = at > end;
    let inside = t.lower(at) == "in";
    at += usize::from(inside);
    if comma
        && !inside
        && let Some(found) = abbreviated(g, t, at)
    {
        return Some(found);
    }
    while inside
        && (matches!(t.lower(at), "the" | "-" | "neighbouring" | "restive" | "rural")
            || words::direction(t.lower(at)).is_some())
        && named::at(g, t, at).is_none()
    {
        at += 1;
    }
    if !comma && !inside {
        return None;
    }
    held_by(g, t, at)
}

/// The same behind "of", where the word before token `end` says what kind of place it is: "the Central Region *of Ghana*".
pub(crate) fn holder_behind(
    g: &Gazetteer,
    t: &Tokens<'_>,
    end: usize,
) -> Option<(Container, usize)> {
    let typed = words::sort(t.before(end, 1)).is_some() && t.lower(end) == "of";
    let at = end + 1 + usize::from(t.lower(end + 1) == "the");
    typed.then(|| held_by(g, t, at)).flatten()
}

/// The country or division named at token `at`, as what holds a place, and where its words end. What lies between and no gazetteer has
/// is passed over: "Palo Seco, *district of Mazamari, Junín region*".
fn held_by(g: &Gazetteer, t: &Tokens<'_>, at: usize) -> Option<(Container, usize)> {
    let mut at = at;
    for _ in 0..LINKS {
        let one = t.lower(at + 1) == "of" && !t.lower(at).ends_with('s');
        let before = words::sort(t.lower(at)).filter(|_| one);
        let name = at + if before.is_some() { 2 } else { 0 };
        let name = name + usize::from(before.is_some() && t.lower(name) == "the");
        if let Some(found) = held_at(g, t, name, before) {
            return Some(found);
        }
        let end = named::unknown(t, name)?;
        let behind = words::sort(t.lower(end));
        let end = end + usize::from(behind.is_some());
        let typed =
            matches!(before.or(behind), Some(Sort::First | Sort::Second | Sort::Settlement));
        if !typed || t.text(end) != "," {
            return None;
        }
        at = end + 1;
    }
    None
}

/// The country or division named at token `at`, before which may stand what it is.
fn held_at(
    g: &Gazetteer,
    t: &Tokens<'_>,
    at: usize,
    before: Option<Sort>,
) -> Option<(Container, usize)> {
    let named = named::at(g, t, at)?;
    let behind = words::sort(t.lower(named.end));
    let sort = before.or(behind);
    let sorted = matches!(sort, Some(Sort::First | Sort::Second));
    let close = named.end + usize::from(sorted && before.is_none());
    let entities = named.lookup.entities.iter();
    let divisions: Vec<_> = entities
        .filter(|e| match e {
            Entity::Division(_) => sort != Some(Sort::Second),
            Entity::District(_) => sort == Some(Sort::Second),
            _ => false,
        })
        .filter_map(|e| e.place())
        .collect();
    match named.first()? {
        Entity::Country(at) if !sorted || divisions.is_empty() => {
            Some((Container::Country(g.country_at(at)?.code.clone()), close))
        }
        _ if !divisions.is_empty() => Some((Container::Divisions(divisions), close)),
        _ => None,
    }
}

/// "Ill.", "N.Y.", "TX" behind a comma.
pub(crate) fn abbreviated(g: &Gazetteer, t: &Tokens<'_>, at: usize) -> Option<(Container, usize)> {
    let (name, end) = (1..=ABBREVIATION).rev().find_map(|n| {
        let name = g.abbreviated(t.words(at, at + n))?;
        Some((name, at + n))
    })?;
    let lookup = g.lookup(name)?;
    let divisions: Vec<_> = lookup
        .entities
        .iter()
        .filter(|e| matches!(e, Entity::Division(_)))
        .filter_map(|e| e.place())
        .collect();
    (!divisions.is_empty()).then_some((Container::Divisions(divisions), end))
}

/// A name on its own, or with its country behind it.
pub(crate) fn at(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    let named = named::or_light(g, context, t, i)?;
    let first = named.first()?;
    if matches!(first, Entity::Demonym(_)) {
        let words = words_at(t, i, named.end)?;
        return Some(Step {
            start: i,
            end: named.end,
            usage: PlaceUsage::Modifier,
            value: value::of(g, first, words)?,
        });
    }
    if named::is_part_of_name(g, t, i, named.end) {
        return None;
    }
    let meant =
        context.meant(t.words(i, named.end)).filter(|_| container(g, t, named.end).is_none());
    if let Some(entity) = meant {
        return said_elsewhere(g, t, &named, entity);
    }
    if matches!(first, Entity::Country(_) | Entity::Region(_)) && !is_town(g, t, &named) {
        return large(g, t, &named, first);
    }
    local(g, context, t, &named)
}

/// "Lebanon, Pa." is no country.
fn is_town(g: &Gazetteer, t: &Tokens<'_>, named: &Named) -> bool {
    let state = abbreviated(g, t, named.end + 1).filter(|_| t.text(named.end) == ",");
    let inside = |c: &Container| named.lookup.entities.iter().any(|e| rank::is_inside(g, *e, c));
    state.is_some_and(|(state, _)| inside(&state))
}

/// A name of which the text says elsewhere where it lies.
fn said_elsewhere(g: &Gazetteer, t: &Tokens<'_>, named: &Named, entity: Entity) -> Option<Step> {
    let mut value = value::of(g, entity, words_at(t, named.start, named.end)?)?;
    value.reasons.push("the text says elsewhere where the place of this name lies".into());
    near(t, named.start, &mut value);
    let usage =
        with_office(t, named.end, usage::of(t, named.start, named.end, is_capital(g, entity)));
    Some(Step { start: named.start, end: named.end, usage, value })
}

/// "Baghdad police", "Tampa Fire Rescue": whose, not where.
fn with_office(t: &Tokens<'_>, end: usize, found: PlaceUsage) -> PlaceUsage {
    if words::is_office(t.lower(end)) { PlaceUsage::Modifier } else { found }
}

pub(crate) fn words_at<'t>(t: &Tokens<'t>, start: usize, end: usize) -> Option<Words<'t>> {
    Some(Words { text: t.words(start, end), span: t.range(start, end)? })
}

/// A country or region.
fn large(g: &Gazetteer, t: &Tokens<'_>, named: &Named, entity: Entity) -> Option<Step> {
    // "US $ 800 billion" is money.
    if matches!(t.lower(named.end), "$" | "dollar" | "dollars") {
        return None;
    }
    let country = matches!(entity, Entity::Country(_));
    let office = country && t.is_capital(named.end) && words::is_office(t.lower(named.end));
    let found = usage::of(t, named.start, named.end, country);
    let whose = country
        && t.lower(named.start).ends_with('s')
        && g.country(t.words(named.start, named.end)).is_none();
    Some(Step {
        start: named.start,
        end: named.end,
        usage: if office || whose { PlaceUsage::Modifier } else { found },
        value: value::of(g, entity, words_at(t, named.start, named.end)?)?,
    })
}

/// A settlement or division, if the words bear it out as a place.
fn local(g: &Gazetteer, context: &Context, t: &Tokens<'_>, named: &Named) -> Option<Step> {
    let stated = container(g, t, named.end).or_else(|| holder_behind(g, t, named.end));
    let inside = |c: &Container| named.lookup.entities.iter().any(|e| rank::is_inside(g, *e, c));
    // "the Central Region of Ghana" is none that the gazetteer has elsewhere.
    if t.lower(named.end) == "of" && stated.as_ref().is_some_and(|(c, _)| !inside(c)) {
        return None;
    }
    let holder = stated.filter(|(c, _)| inside(c));
    let beside = if holder.is_none() { relative::beside(g, context, t, named.end) } else { None };
    let capital = named.lookup.entities.iter().any(|e| is_capital(g, *e));
    let found = usage::of(t, named.start, named.end, capital);
    let led = usage::is_led(t, named.start);
    if holder.is_none() && !is_borne_out(g, context, named, found, t) && !(beside.is_some() && led)
    {
        return None;
    }
    let comma = t.text(named.end) == ",";
    let end = holder
        .as_ref()
        .filter(|_| comma && t.lower(named.end + 1) != "in")
        .map_or(named.end, |(_, end)| *end);
    let mut entities: Vec<Entity> =
        named.lookup.entities.iter().copied().filter(|e| e.place().is_some()).collect();
    let division = |e: &Entity| matches!(e, Entity::Division(_));
    // "a village *in Kano*" lies in the division of that name.
    if is_around_towns(t, named.start) && entities.iter().any(division) {
        entities.retain(division);
    }
    let hints = Hints { sort: None, container: holder.map(|(c, _)| c), beside };
    let words = words_at(t, named.start, end)?;
    let mut value = rank::choose(g, context, &entities, &hints, words)?;
    if let Some(beside) = hints.beside.filter(|beside| is_far(&value, *beside)) {
        value = relative::lying_by(t.words(named.start, named.end), words, beside);
    }
    if named.lookup.light {
        value.reasons.push("found by the sound of another spelling of the name".into());
    }
    near(t, named.start, &mut value);
    let found = with_office(t, end, found);
    Some(Step { start: named.start, end, usage: found, value })
}

/// Whether a place lies elsewhere than where the words beside its name put it.
fn is_far(value: &PlaceValue, (point, km): ([f64; 2], f64)) -> bool {
    let own = value.lon.zip(value.lat).map(|(lon, lat)| [lon, lat]);
    own.is_some_and(|own| shape::distance(own, point) > km * 1.5)
}

/// Whether the name at token `start` is where a town or village lies: "a town in X", "villages in rural X".
fn is_around_towns(t: &Tokens<'_>, start: usize) -> bool {
    let over = usize::from(t.before(start, 1) == "the");
    let town = matches!(
        t.before(start, 2 + over),
        "town" | "towns" | "village" | "villages" | "hamlet" | "hamlets" | "city" | "cities"
    );
    t.before(start, 1 + over) == "in" && town
}

fn is_capital(g: &Gazetteer, entity: Entity) -> bool {
    let Entity::Settlement(at) = entity else {
        return false;
    };
    let name = g.spot(at).map(|s| s.name);
    let country = country_of(g, entity);
    country.and_then(|c| g.by_code(&c).map(|c| c.capital)) == name
}

/// Whether a name stands for a place here, by its size, its country in the text and the words around.
pub(crate) fn is_borne_out(
    g: &Gazetteer,
    context: &Context,
    named: &Named,
    found: PlaceUsage,
    t: &Tokens<'_>,
) -> bool {
    let entities = &named.lookup.entities;
    let at_home = entities.iter().any(|e| country_of(g, *e).is_some_and(|c| context.names(&c)));
    let led = found == PlaceUsage::Locative
        && (usage::is_led(t, named.start) || usage::is_struck(t, named.end));
    if !led && context.is_surname(t.words(named.start, named.end)) {
        return false;
    }
    let largest = entities
        .iter()
        .map(|e| match e {
            Entity::Settlement(at) => g.spot(*at).map_or(0, |s| s.population),
            Entity::District(_) | Entity::Natural(_) | Entity::Facility(_) => 0,
            _ => MIDDLING,
        })
        .max()
        .unwrap_or(0);
    // "hit *Lahore*"
    let led = led || found == PlaceUsage::Locative && largest >= FAMOUS;
    if named.lookup.word {
        return led && (at_home || largest >= FAMOUS && usage::is_led(t, named.start));
    }
    if named.lookup.light && !led {
        return entities.iter().any(|e| matches!(e, Entity::Division(_))) || largest >= FAMOUS;
    }
    let verb = t.lower(named.end);
    let helper = at_home && matches!(verb, "has" | "had") && largest >= MIDDLING;
    let speaks = words::is_speech(verb) && !helper && found != PlaceUsage::Metonym;
    match (at_home, led) {
        (true, true) => true,
        (true, false) => largest >= SMALL && !speaks,
        (false, true) => !context.is_placed() || largest >= SMALL,
        (false, false) => largest >= MIDDLING && !speaks && !named.lookup.common,
    }
}

/// Near a place is not in it.
pub(crate) fn near(t: &Tokens<'_>, start: usize, value: &mut averment_types::PlaceValue) {
    if value.precision == WherePrec::Exact && usage::is_near(t, start) {
        value.precision = WherePrec::Near;
        value.reasons.push("the words say near it".into());
    }
}

/// Country and division of an unknown place from what holds it.
pub(crate) fn hold(g: &Gazetteer, value: &mut averment_types::PlaceValue, holder: &Container) {
    value.reasons.push("the words beside it say in which country or division it lies".into());
    match holder {
        Container::Country(code) => value::set_country(value, code.clone()),
        Container::Divisions(rows) => {
            let [row] = rows.as_slice() else {
                return;
            };
            let Some(division) = g.spot(*row) else {
                return;
            };
            let first = g.division(division.admin1).map_or(division.name, |outer| outer.name);
            value.admin1.get_or_insert_with(|| first.to_owned());
            if first != division.name {
                value.admin2.get_or_insert_with(|| division.name.to_owned());
            }
            if let Ok(code) = CountryCode::parse(division.country) {
                value::set_country(value, code);
            }
        }
    }
}
