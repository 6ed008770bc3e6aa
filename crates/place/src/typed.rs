//! Names with their kind: "the town of X", "X province", "X military airport"; and unknown names that the words
//! make places: "X, 20 km south of Y", "X village".
//!
//! Owns what the words say a place is; refuses coordinates for what the gazetteer lacks.

use averment_types::{CountryCode, PlaceCandidate, PlaceKind, PlaceValue, WherePrec};

use crate::context::Context;
use crate::gazetteer::{Entity, Gazetteer};
use crate::layer::Spot;
use crate::local::{self, container, hold, near, words_at};
use crate::named::{self, Named};
use crate::rank::{self, Container, Hints};
use crate::scan::Step;
use crate::token::Tokens;
use crate::value::{Words, blank};
use crate::words::{self, Sort};
use crate::{PlaceUsage, relative, usage};

/// "the town of X", "the province of X".
pub(crate) fn before(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    let sort = words::sort(t.lower(i)).filter(|sort| {
        t.lower(i + 1) == "of"
            && (!matches!(sort, Sort::Facility | Sort::Natural | Sort::Area)
                || matches!(t.lower(i), "camp" | "base" | "island" | "area" | "valley" | "forest"))
    })?;
    let at = i + 2 + usize::from(t.lower(i + 2) == "the");
    let known = named::or_light(g, context, t, at);
    let word = named::singular(t.lower(i));
    // "the Department of Justice" is a body, and "the Department of Cauca" a division.
    if t.is_capital(i)
        && i > 0
        && matches!(t.lower(i), "department" | "state" | "port" | "district" | "area")
        && known
            .as_ref()
            .is_none_or(|n| named::divisions_called(g, t.words(at, n.end), Some(word)).is_empty())
    {
        return None;
    }
    let whole = |n: &Named| {
        matches!(n.first(), Some(Entity::Country(_) | Entity::Demonym(_) | Entity::Region(_)))
    };
    if known.as_ref().is_some_and(|n| whole(n) && !is_divided(n, sort)) {
        return None;
    }
    // "towns of Ohio" are in it and not it.
    let many = sort == Sort::Settlement && t.lower(i).ends_with('s');
    if many && known.as_ref().is_some_and(|n| is_division(g, n)) {
        return None;
    }
    let run = named::unknown(t, at).filter(|_| sort != Sort::Area && t.is_small(i));
    // "the village of *Alto* Mantaro": a known name that opens a longer one is not it.
    let known = known.filter(|n| t.is_shouting() || run.is_none_or(|run| run <= n.end));
    let end = known.as_ref().map_or(run, |n| Some(n.end))?;
    typed(g, context, t, (at, end, end), known.as_ref(), (sort, Some(word)))
}

/// Whether a name means a division sooner than a town.
fn is_division(g: &Gazetteer, named: &Named) -> bool {
    let spots = || named.lookup.entities.iter().filter_map(|e| g.spot_of(*e).map(|s| (*e, s)));
    let people = |(_, s): (Entity, Spot<'_>)| s.population;
    let divided = spots().filter(|(e, _)| matches!(e, Entity::Division(_))).map(people).max();
    let town = spots().filter(|(e, _)| matches!(e, Entity::Settlement(_))).map(people).max();
    divided.is_some_and(|d| d / 10 > town.unwrap_or_default())
}

/// Where the word for a place's kind at `i` ends, over what may stand before it: "refugee camp", "military airport".
fn sort_at(t: &Tokens<'_>, i: usize) -> Option<(Sort, usize)> {
    let mut at = i;
    // "Daraa *southern* province"
    if words::direction(t.lower(at)).is_some() && t.is_small(at) {
        let sort = words::sort(t.lower(at + 1))?;
        return matches!(sort, Sort::First | Sort::Area).then_some((sort, at + 2));
    }
    // "Munya *Local Government Area*"
    if t.lower(at) == "local" && t.lower(at + 1) == "government" && t.lower(at + 2) == "area" {
        return Some((Sort::Second, at + 3));
    }
    while at < i + 3 {
        let qualified = at > i && words::is_qualifier(t.lower(at - 1));
        if let Some(sort) = words::sort(t.lower(at)).filter(|_| at == i || qualified) {
            return Some((sort, at + 1));
        }
        if t.lower(at) == "sub" && t.text(at + 1) == "-" && t.lower(at + 2) == "district" {
            return Some((Sort::Second, at + 3));
        }
        if !words::is_qualifier(t.lower(at)) {
            return None;
        }
        at += 1;
    }
    None
}

/// "X province", "X camp", also "Y Region" in capitals where X is known.
pub(crate) fn after(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    let known = named::or_light(g, context, t, i);
    let known_end = known.as_ref().map_or(i, |n| n.end);
    if let Some((named, (sort, tail))) = known.and_then(|n| sort_at(t, n.end).map(|s| (n, s))) {
        let part_of_name = i.checked_sub(1).is_some_and(|at| {
            t.is_capital(at)
                && !words::is_opener(t.lower(at))
                && !words::is_calendar(t.lower(at))
                && !is_bare_owner(g, t.text(at))
                && at > 0
        });
        let country = matches!(
            named.first(),
            Some(Entity::Country(_) | Entity::Region(_) | Entity::Demonym(_))
        );
        let divided = is_divided(&named, sort);
        // A street in one town is called after another.
        let street =
            matches!(t.lower(tail - 1), "street" | "avenue" | "road" | "highway" | "market");
        // "the Harare township of Highfield": the second is the township.
        let inner = t.lower(tail) == "of" && t.is_capital(tail + 1) && sort != Sort::First;
        // "Castello Road": a street, called after a town, is what is named.
        if street && t.is_capital(tail - 1) && !part_of_name && !country {
            let words = words_at(t, i, tail)?;
            let value = unheard(g, context, words.text, words, sort, None);
            return Some(Step { start: i, end: tail, usage: usage::of(t, i, tail, false), value });
        }
        if part_of_name || street || inner || (country && !divided) {
            return None;
        }
        let word = named::singular(t.lower(tail - 1));
        return typed(g, context, t, (i, named.end, tail), Some(&named), (sort, Some(word)));
    }
    let end = named::unknown(t, i)?;
    let (sort, tail) = sort_at(t, end).or_else(|| sort_of_list(t, end).map(|s| (s, end)))?;
    let second =
        t.before(i, 1) == "and" && i > 1 && t.is_capital(i - 2) && t.lower(tail - 1).ends_with('s');
    let stands =
        i > 0 && known_end < tail && (second || is_pointed_at(t, i)) && is_name(g, t, i, end);
    (stands && !matches!(t.lower(tail - 1), "state" | "street" | "avenue" | "road"))
        .then(|| typed(g, context, t, (i, end, tail), None, (sort, None)))
        .flatten()
}

/// Whether a name that is first a country's or a region's is a division's too, and called one: "Gourma province".
fn is_divided(named: &Named, sort: Sort) -> bool {
    named.lookup.entities.iter().any(|e| match e {
        Entity::Division(_) => sort == Sort::First,
        Entity::District(_) => matches!(sort, Sort::First | Sort::Second),
        _ => false,
    })
}

/// "*Syrias* Idlib province": a country that owns, and has lost its apostrophe.
fn is_bare_owner(g: &Gazetteer, word: &str) -> bool {
    let country = |e: &Entity| matches!(e, Entity::Country(_));
    let owner = word.strip_suffix('s').and_then(|owner| g.lookup(owner));
    owner.is_some_and(|l| l.entities.iter().any(country)) && g.lookup(word).is_none()
}

/// "X and Y villages": the kind of X behind its list.
fn sort_of_list(t: &Tokens<'_>, end: usize) -> Option<Sort> {
    let mut at = end;
    for _ in 0..4 {
        if !matches!(t.lower(at), "," | "and") {
            return None;
        }
        at = named::unknown(t, at + 1 + usize::from(t.lower(at + 1) == "and"))?;
        if let Some((sort, tail)) = sort_at(t, at) {
            return t.lower(tail - 1).ends_with('s').then_some(sort);
        }
    }
    None
}

/// An item of a list whose kind was said at its head: "the villages of X, Y and Z"; `sort` is the head's.
pub(crate) fn listed(
    g: &Gazetteer,
    context: &Context,
    t: &Tokens<'_>,
    i: usize,
    sort: Sort,
) -> Option<Step> {
    let known = named::or_light(g, context, t, i);
    let end = known.as_ref().map_or_else(|| named::unknown(t, i), |n| Some(n.end))?;
    let whole = matches!(
        known.as_ref().and_then(Named::first),
        Some(Entity::Country(_) | Entity::Demonym(_) | Entity::Region(_))
    );
    if whole || !is_name(g, t, i, end) {
        return None;
    }
    typed(g, context, t, (i, end, end), known.as_ref(), (sort, None))
}

/// Whether a word that says where, a verb of reaching, or "the" leads the name.
fn is_pointed_at(t: &Tokens<'_>, i: usize) -> bool {
    usage::is_led(t, i)
        || words::is_reaching(t.before(i, 1))
        || t.before(i, 1) == "the"
        || t.before(i, 2) == "’" && t.before(i, 1) == "s"
        || t.before(i, 2) == "'" && t.before(i, 1) == "s"
}

/// Whether no word of a run of capitals says that it names people, a body or a day.
fn is_name(g: &Gazetteer, t: &Tokens<'_>, start: usize, end: usize) -> bool {
    (start..end).all(|at| {
        let word = t.lower(at);
        let demonym = g.lookup(t.text(at)).is_some_and(|l| {
            matches!(l.entities.first(), Some(Entity::Demonym(_) | Entity::Country(_)))
        });
        !demonym
            && !words::is_office(word)
            && !words::is_calendar(word)
            && !words::is_qualifier(word)
            && (!words::is_opener(word) || at > start)
    }) && !is_adjective(g, t.text(end - 1))
}

/// Words like "Kurdish", "Islamic", "Tigrayan" describe a region and do not name it.
fn is_adjective(g: &Gazetteer, word: &str) -> bool {
    g.adjective(word).is_some()
        || words::is_people(word)
        || ["ish", "ian", "ese", "ic", "ist", "al", "an"]
            .iter()
            .any(|ending| word.ends_with(ending))
}

/// "in Kafr Sousa", "inside Al-Bab": an unknown name whose first word means a landmark in Arabic, behind a word
/// that says where.
pub(crate) fn landmark(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    let led = matches!(t.before(i, 1), "in" | "inside" | "near" | "outside" | "at" | "around");
    let end = named::unknown(t, i).filter(|_| led && context.is_placed())?;
    let article = t.text(i + 1) == "-" && end > i + 2;
    let told = article || end > i + 1 && words::is_landmark(t.lower(i));
    if !told || !is_name(g, t, i, end) || words::is_office(t.lower(end)) {
        return None;
    }
    let words = words_at(t, i, end)?;
    let value = unheard(g, context, words.text, words, Sort::Settlement, None);
    Some(Step { start: i, end, usage: PlaceUsage::Locative, value })
}

/// "X, 20 km south of Y", "in X, Iraq": an unknown name that the words make a place.
pub(crate) fn apposed(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    if !usage::is_led(t, i) || matches!(t.before(i, 1), "to" | "on" | "from") {
        return None;
    }
    let end = named::unknown(t, i).filter(|end| t.text(*end) == "," && is_name(g, t, i, *end))?;
    if named::at(g, t, i).is_some_and(|n| n.country().is_some()) {
        return None;
    }
    let beside = relative::beside(g, context, t, end);
    let holder = container(g, t, end);
    if beside.is_none() && holder.is_none() {
        return None;
    }
    let words = words_at(t, i, end)?;
    let holder = holder.as_ref().map(|(c, _)| c);
    let mut value = unheard(g, context, words.text, words, Sort::Settlement, holder);
    if let Some(beside) = beside {
        relative::put_by(&mut value, beside);
    }
    Some(Step { start: i, end, usage: PlaceUsage::Locative, value })
}

/// The value of a name whose kind the words give: the tokens of the name, and where the word for its
/// kind ends; the word itself, where it is known.
fn typed(
    g: &Gazetteer,
    context: &Context,
    t: &Tokens<'_>,
    (start, end, tail): (usize, usize, usize),
    known: Option<&Named>,
    (sort, word): (Sort, Option<&str>),
) -> Option<Step> {
    let holder = container(g, t, tail)
        .or_else(|| (tail > end).then(|| local::holder_behind(g, t, tail)).flatten());
    let comma = t.text(tail) == "," && t.lower(tail + 1) != "in";
    let close = holder.as_ref().filter(|_| comma).map_or(tail, |(_, close)| *close);
    let words = words_at(t, start, close)?;
    let entities = known.map(|n| n.lookup.entities.clone()).unwrap_or_default();
    let inside = |e: &&Entity| holder.as_ref().is_none_or(|(c, _)| rank::is_inside(g, **e, c));
    let fitting: Vec<Entity> = entities.iter().filter(inside).copied().collect();
    let beside = if holder.is_none() { relative::beside(g, context, t, tail) } else { None };
    let chosen = |sort| {
        let hints = Hints { sort: Some(sort), container: None, beside };
        rank::choose(g, context, &fitting, &hints, words)
    };
    // "the Aleppo countryside"
    let around_town = || {
        let called = t.lower(tail - 1) == "countryside";
        let divisions = called.then(|| named::countryside(g, t.words(start, end))).flatten()?;
        rank::choose(g, context, &divisions, &Hints::default(), words)
    };
    let value = match sort {
        // Of what is called a province, and is none of the first order, some are of the second.
        Sort::First => chosen(Sort::First)
            .filter(|value| value.kind == PlaceKind::Admin1)
            .or_else(|| chosen(Sort::Second).filter(|value| value.kind == PlaceKind::Admin2))
            .or_else(|| chosen(Sort::Settlement).map(lesser)),
        Sort::Settlement => chosen(sort),
        Sort::Area => around_town().or_else(|| chosen(sort).map(around)),
        // Colombia's departments are divisions of the first order, and Niger's of the second.
        Sort::Second => {
            let name = t.words(start, end);
            let called = named::divisions_called(g, name, word).into_iter();
            let called: Vec<Entity> = called.filter(|e| inside(&e)).collect();
            let hints = Hints { sort: Some(Sort::First), container: None, beside };
            let first = rank::choose(g, context, &called, &hints, words);
            let second = chosen(sort).map(|v| own_or_namesake(v, sort));
            let told = |value: &PlaceValue| {
                value.country.as_ref().is_some_and(|country| context.is_named(country))
            };
            match (first.filter(|v| v.kind == PlaceKind::Admin1), second) {
                (Some(first), Some(second)) if second.gazetteer_id.is_some() => {
                    Some(if told(&first) && !told(&second) { first } else { second })
                }
                (first, second) => first.or(second),
            }
        }
        Sort::Facility | Sort::Natural => chosen(sort).map(|v| own_or_namesake(v, sort)),
    };
    // "the *Lake* region" of Chad is not Lake County.
    let chance = known.is_some_and(|n| n.lookup.word || n.lookup.common);
    let abroad = |value: &PlaceValue| {
        value.country.as_ref().is_some_and(|country| !context.is_named(country))
    };
    let value = value.filter(|value| !(chance && context.is_placed() && abroad(value)));
    let mut value = value.unwrap_or_else(|| {
        // "Lowell City", "Kindi Hospital": the kind is part of the name.
        let whole =
            t.is_capital(tail - 1) && tail > end && !matches!(sort, Sort::First | Sort::Second);
        let name = t.words(start, if whole { tail } else { end });
        let mut value = unheard(g, context, name, words, sort, holder.as_ref().map(|(c, _)| c));
        if let Some(beside) = beside.filter(|_| matches!(sort, Sort::Settlement | Sort::Facility)) {
            relative::put_by(&mut value, beside);
        }
        value
    });
    if known.is_some_and(|n| n.lookup.light) {
        value.reasons.push("found by the sound of another spelling of the name".into());
    }
    near(t, start, &mut value);
    Some(Step { start, end: close, usage: usage::of(t, start, close, false), value })
}

/// The area of a town is near it.
fn around(mut value: PlaceValue) -> PlaceValue {
    value.precision = value.precision.max(WherePrec::Near);
    value.reasons.push("the words say its area".into());
    value
}

/// As it is where the gazetteer has it as what it is called, else by its namesake.
fn own_or_namesake(value: PlaceValue, sort: Sort) -> PlaceValue {
    if value.kind == kind_of(sort).0 { value } else { namesake(value, sort) }
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

/// What is called a province, and is none that its country has, is one of the second order around the town of its name.
fn lesser(value: PlaceValue) -> PlaceValue {
    let divided = value.admin1.as_ref().is_some_and(|division| *division != value.name);
    namesake(value, if divided { Sort::Second } else { Sort::First })
}

const fn kind_of(sort: Sort) -> (PlaceKind, WherePrec) {
    match sort {
        Sort::Settlement => (PlaceKind::Settlement, WherePrec::Exact),
        Sort::Facility => (PlaceKind::Facility, WherePrec::Near),
        Sort::Second => (PlaceKind::Admin2, WherePrec::Admin2),
        Sort::First => (PlaceKind::Admin1, WherePrec::Admin1),
        Sort::Natural => (PlaceKind::Natural, WherePrec::Fuzzy),
        Sort::Area => (PlaceKind::Settlement, WherePrec::Near),
    }
}

/// Whether what holds a place is a word that a division abroad bears as its name: "the *Lake* region" of Chad, and not Lake County.
fn is_chance(g: &Gazetteer, context: &Context, holder: &Container) -> bool {
    let Container::Divisions(rows) = holder else { return false };
    let abroad = |spot: &Spot<'_>| {
        CountryCode::parse(spot.country).is_ok_and(|country| !context.is_named(&country))
    };
    let word = |spot: &Spot<'_>| g.lookup(spot.name).is_some_and(|l| l.word || l.common);
    context.is_placed()
        && rows.iter().filter_map(|row| g.spot(*row)).all(|spot| abroad(&spot) && word(&spot))
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
    if let Some(holder) = holder.filter(|holder| !is_chance(g, context, holder)) {
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
