//! The walk over a sentence: at each token the most telling place expression.
//!
//! Owns plain names, names with their kind ("the town of X", "X province") and what holds them
//! ("Mopti, Mali"); refuses borders and relative places, which have their own rooms.

use averment_types::{CountryCode, PlaceCandidate, PlaceKind, PlaceValue, TextRange, WherePrec};

use crate::context::{Context, country_of};
use crate::gazetteer::{Entity, Gazetteer};
use crate::named::{self, Named};
use crate::rank::{self, Container, Hints};
use crate::token::Tokens;
use crate::value::{self, Words, blank};
use crate::words::{self, Sort};
use crate::{PlaceMention, PlaceUsage, border, relative, usage};

/// Smaller places count as places only where the words say so.
const SMALL: u32 = 15_000;
/// Without a country of theirs in the text, places smaller than this need words that say where.
const MIDDLING: u32 = 50_000;

/// A place expression from token `start` up to token `end`.
#[derive(Debug)]
pub(crate) struct Step {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) usage: PlaceUsage,
    pub(crate) value: PlaceValue,
}

/// All place mentions of one sentence outside of `taken`.
pub(crate) fn sentence(
    g: &Gazetteer,
    context: &Context,
    t: &Tokens<'_>,
    taken: &[TextRange],
    out: &mut Vec<PlaceMention>,
) {
    let mut i = 0;
    let mut last: Option<(usize, PlaceUsage)> = None;
    while i < t.len() {
        let Some(mut step) = at(g, context, t, i) else {
            i += 1;
            continue;
        };
        let Some(span) =
            t.range(step.start, step.end).filter(|s| !taken.iter().any(|x| x.overlaps(*s)))
        else {
            i += 1;
            continue;
        };
        i = step.end.max(i + 1);
        if let Some((_, before)) =
            last.filter(|(end, _)| step.usage == PlaceUsage::Bare && is_listed(t, *end, step.start))
        {
            step.usage = before;
        }
        last = Some((step.end, step.usage));
        out.push(PlaceMention { span, usage: step.usage, value: step.value });
    }
}

/// Whether only a comma or "and" lies between two mentions.
fn is_listed(t: &Tokens<'_>, end: usize, start: usize) -> bool {
    start >= end
        && start - end <= 2
        && (end..start).all(|at| matches!(t.lower(at), "," | "and" | "or"))
}

fn at(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    border::at(g, context, t, i)
        .or_else(|| relative::at(g, context, t, i))
        .or_else(|| sort_before(g, context, t, i))
        .or_else(|| sort_after(g, context, t, i))
        .or_else(|| plain(g, context, t, i))
}

/// "the town of X", "the province of X".
fn sort_before(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    let sort = words::sort(t.lower(i)).filter(|_| t.lower(i + 1) == "of")?;
    let at = i + 2 + usize::from(t.lower(i + 2) == "the");
    let known = named::at(g, t, at);
    if known.as_ref().is_some_and(|n| {
        matches!(n.first(), Some(Entity::Country(_) | Entity::Demonym(_) | Entity::Region(_)))
    }) {
        return None;
    }
    let end = known.as_ref().map_or_else(|| named::unknown(t, at), |n| Some(n.end))?;
    typed(g, context, t, (at, end, end), known.as_ref(), sort)
}

/// "X province", "X camp", also "Y Region" in capitals where X is known.
fn sort_after(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    let known = named::at(g, t, i).filter(|n| words::sort(t.lower(n.end)).is_some());
    if let Some(named) = known {
        let sort = words::sort(t.lower(named.end))?;
        let part_of_name = i
            .checked_sub(1)
            .is_some_and(|at| t.is_capital(at) && !words::is_opener(t.lower(at)) && at > 0);
        let country = matches!(
            named.first(),
            Some(Entity::Country(_) | Entity::Region(_) | Entity::Demonym(_))
        );
        let divided = sort == Sort::First
            && named.lookup.entities.iter().any(|e| matches!(e, Entity::Division(_)));
        if part_of_name || (country && !divided) {
            return None;
        }
        return typed(g, context, t, (i, named.end, named.end + 1), Some(&named), sort);
    }
    let end = named::unknown(t, i)?;
    let sort = words::sort(t.lower(end))
        .filter(|s| matches!(s, Sort::First | Sort::Second) && t.is_small(end))?;
    let led = usage::is_led(t, i) && i > 0;
    (led && !is_adjective(g, t.text(end - 1)))
        .then(|| typed(g, context, t, (i, end, end + 1), None, sort))
        .flatten()
}

/// Words like "Kurdish", "Islamic", "Tigrayan" describe a region and do not name it.
fn is_adjective(g: &Gazetteer, word: &str) -> bool {
    g.adjective(word).is_some()
        || ["ish", "ian", "ese", "ic", "ist", "al", "an"]
            .iter()
            .any(|ending| word.ends_with(ending))
}

/// The value of a name whose kind the words give: the tokens of the name, and where the word for its
/// kind ends.
fn typed(
    g: &Gazetteer,
    context: &Context,
    t: &Tokens<'_>,
    (start, end, tail): (usize, usize, usize),
    known: Option<&Named>,
    sort: Sort,
) -> Option<Step> {
    let holder = container(g, t, tail);
    let comma = t.text(tail) == "," && t.lower(tail + 1) != "in";
    let close = holder.as_ref().filter(|_| comma).map_or(tail, |(_, close)| *close);
    let words = Words { text: t.words(start, close), span: t.range(start, close)? };
    let entities = known.map(|n| n.lookup.entities.clone()).unwrap_or_default();
    let inside = |e: &&Entity| holder.as_ref().is_none_or(|(c, _)| rank::is_inside(g, **e, c));
    let fitting: Vec<Entity> = entities.iter().filter(inside).copied().collect();
    let chosen = |sort| {
        let hints = Hints { sort: Some(sort), container: None };
        rank::choose(g, context, &fitting, &hints, words)
    };
    let value = match sort {
        Sort::First => {
            chosen(Sort::First).or_else(|| chosen(Sort::Settlement).map(|v| namesake(v, sort)))
        }
        Sort::Settlement => chosen(sort),
        Sort::Second | Sort::Facility | Sort::Natural => chosen(sort).map(|v| own_or_namesake(v, sort)),
    };
    let mut value = value.unwrap_or_else(|| {
        unheard(g, context, t.words(start, end), words, sort, holder.as_ref().map(|(c, _)| c))
    });
    near(t, start, &mut value);
    Some(Step { start, end: close, usage: usage::of(t, start, close, false), value })
}

/// A division or facility that the gazetteer knows only by the town of its name.
fn namesake(mut value: PlaceValue, sort: Sort) -> PlaceValue {
    value.gazetteer_id = None;
    (value.kind, value.precision) = kind_of(sort);
    match sort {
        Sort::First => value.admin1 = Some(value.name.clone()),
        Sort::Second => value.admin2 = Some(value.name.clone()),
        _ => {}
    }
    value.reasons.push("not itself in the gazetteer; the point is the town of its name".into());
    value
}

/// As it is where the gazetteer has it as what it is called, else by its namesake.
fn own_or_namesake(value: PlaceValue, sort: Sort) -> PlaceValue {
    if value.kind == kind_of(sort).0 { value } else { namesake(value, sort) }
}

const fn kind_of(sort: Sort) -> (PlaceKind, WherePrec) {
    match sort {
        Sort::Settlement => (PlaceKind::Settlement, WherePrec::Exact),
        Sort::Facility => (PlaceKind::Facility, WherePrec::Near),
        Sort::Second => (PlaceKind::Admin2, WherePrec::Admin2),
        Sort::First => (PlaceKind::Admin1, WherePrec::Admin1),
        Sort::Natural => (PlaceKind::Natural, WherePrec::Fuzzy),
    }
}

/// A place that the words name and the gazetteer lacks: no point, the text's countries as candidates.
fn unheard(
    g: &Gazetteer,
    context: &Context,
    name: &str,
    words: Words<'_>,
    sort: Sort,
    holder: Option<&Container>,
) -> PlaceValue {
    let (kind, precision) = kind_of(sort);
    let mut value = blank(name, kind, precision, words);
    value.reasons.push("not in the gazetteer, so it has no point".into());
    match sort {
        Sort::First => value.admin1 = Some(name.to_owned()),
        Sort::Second => value.admin2 = Some(name.to_owned()),
        _ => {}
    }
    if let Some(holder) = holder {
        hold(g, &mut value, holder);
        return value;
    }
    for code in context.countries().into_iter().take(3) {
        value.candidates.push(PlaceCandidate {
            name: name.to_owned(),
            country: Some(code.clone()),
            admin1: None,
            lat: None,
            lon: None,
            gazetteer_id: None,
            score: 0.3,
            reason: "the text names this country".into(),
        });
        value.countries.push(code);
    }
    value
}

/// Country and division of an unknown place from what holds it.
fn hold(g: &Gazetteer, value: &mut PlaceValue, holder: &Container) {
    value.reasons.push("the words beside it say in which country or division it lies".into());
    match holder {
        Container::Country(code) => value::set_country(value, code.clone()),
        Container::Division(row) => {
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

/// What holds the name that ends at token `end`: ", Mali", ", in the Mopti region", "in Borno state".
fn container(g: &Gazetteer, t: &Tokens<'_>, end: usize) -> Option<(Container, usize)> {
    let mut at = end + usize::from(t.text(end) == ",");
    let comma = at > end;
    let inside = t.lower(at) == "in";
    at += usize::from(inside);
    while inside
        && (matches!(t.lower(at), "the" | "-" | "neighbouring")
            || words::direction(t.lower(at)).is_some())
        && named::at(g, t, at).is_none()
    {
        at += 1;
    }
    if !comma && !inside {
        return None;
    }
    let named = named::at(g, t, at)?;
    let sorted = words::sort(t.lower(named.end)) == Some(Sort::First);
    let close = named.end + usize::from(sorted);
    let division = named.lookup.entities.iter().find_map(|e| match e {
        Entity::Division(row) => Some(*row),
        _ => None,
    });
    match (named.first()?, division) {
        (_, Some(row)) if sorted => Some((Container::Division(row), close)),
        (Entity::Country(at), _) => {
            Some((Container::Country(g.country_at(at)?.code.clone()), close))
        }
        (_, Some(row)) => Some((Container::Division(row), close)),
        _ => None,
    }
}

/// A name on its own, or with its country behind it.
fn plain(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    let named = named::at(g, t, i)?;
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
    if matches!(first, Entity::Country(_) | Entity::Region(_)) {
        return large(g, t, &named, first);
    }
    local(g, context, t, &named)
}

fn words_at<'t>(t: &Tokens<'t>, start: usize, end: usize) -> Option<Words<'t>> {
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
    Some(Step {
        start: named.start,
        end: named.end,
        usage: if office { PlaceUsage::Modifier } else { found },
        value: value::of(g, entity, words_at(t, named.start, named.end)?)?,
    })
}

/// A settlement or division, if the words bear it out as a place.
fn local(g: &Gazetteer, context: &Context, t: &Tokens<'_>, named: &Named) -> Option<Step> {
    let holder = container(g, t, named.end)
        .filter(|(c, _)| named.lookup.entities.iter().any(|e| rank::is_inside(g, *e, c)));
    let capital = named.lookup.entities.iter().any(|e| is_capital(g, *e));
    let found = usage::of(t, named.start, named.end, capital);
    if holder.is_none() && !is_borne_out(g, context, named, found, t) {
        return None;
    }
    let comma = t.text(named.end) == ",";
    let end = holder
        .as_ref()
        .filter(|_| comma && t.lower(named.end + 1) != "in")
        .map_or(named.end, |(_, end)| *end);
    let hints = Hints { sort: None, container: holder.map(|(c, _)| c) };
    let mut value =
        rank::choose(g, context, &named.lookup.entities, &hints, words_at(t, named.start, end)?)?;
    near(t, named.start, &mut value);
    Some(Step { start: named.start, end, usage: found, value })
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
fn is_borne_out(
    g: &Gazetteer,
    context: &Context,
    named: &Named,
    found: PlaceUsage,
    t: &Tokens<'_>,
) -> bool {
    let entities = &named.lookup.entities;
    let at_home = entities.iter().any(|e| country_of(g, *e).is_some_and(|c| context.names(&c)));
    let led = found == PlaceUsage::Locative;
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
    if named.lookup.word {
        return led && at_home;
    }
    let speaks = words::is_speech(t.lower(named.end)) && found != PlaceUsage::Metonym;
    match (at_home, led) {
        (true, true) => true,
        (true, false) => largest >= SMALL && !speaks,
        (false, true) => !context.is_placed() || largest >= SMALL,
        (false, false) => largest >= MIDDLING && !speaks && !named.lookup.common,
    }
}

/// Near a place is not in it.
fn near(t: &Tokens<'_>, start: usize, value: &mut PlaceValue) {
    if value.precision == WherePrec::Exact && usage::is_near(t, start) {
        value.precision = WherePrec::Near;
        value.reasons.push("the words say near it".into());
    }
}
