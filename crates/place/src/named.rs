//! Names of the gazetteer in a sentence, and whether they stand there as names of places.
//!
//! Owns the longest match and the names that hold a place's name; refuses to choose among places.

use crate::context::{Context, country_of};
use crate::gazetteer::{Entity, Gazetteer, Lookup};
use crate::key::is_article;
use crate::token::Tokens;
use crate::usage;
use crate::words;

/// The most words that a name has.
const MOST_WORDS: usize = 6;
/// A place of so many people is meant by its name even where a name of the text's countries sounds like it.
const LARGE: u32 = 300_000;

/// Names of so many letters sound like others by chance.
const SHORT: usize = 6;

/// A name that the gazetteer knows, from token `start` up to token `end`.
#[derive(Debug, Clone)]
pub(crate) struct Named {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) lookup: Lookup,
}

/// The divisions of the first order among what a name means.
fn divisions(lookup: Lookup) -> Vec<Entity> {
    lookup.entities.into_iter().filter(|e| matches!(e, Entity::Division(_))).collect()
}

/// The divisions that lie around the town of this name and are called so: "rural Damascus".
pub(crate) fn countryside(g: &Gazetteer, name: &str) -> Option<Vec<Entity>> {
    let own = g.lookup(&format!("{name} Countryside")).map(divisions);
    let found = own.or_else(|| g.lookup(name).map(divisions));
    found.filter(|divisions| !divisions.is_empty())
}

/// The words for a division of the first order that elsewhere are those for one of the second.
pub(crate) const FIRST_OR_SECOND: [&str; 5] =
    ["department", "district", "county", "municipality", "parish"];

/// The word for one division of those that a lower-case word means.
pub(crate) fn singular(word: &str) -> &str {
    match word {
        "counties" => "county",
        "municipalities" => "municipality",
        "parishes" => "parish",
        _ => word.strip_suffix('s').unwrap_or(word),
    }
}

/// The divisions of the first order whose country calls them by `word`, "Cauca" and "department", or by any such word where none is given.
pub(crate) fn divisions_called(g: &Gazetteer, name: &str, word: Option<&str>) -> Vec<Entity> {
    let asked = FIRST_OR_SECOND.into_iter().filter(|known| word.is_none_or(|word| word == *known));
    let mut found = asked.filter_map(|word| g.lookup(&format!("{name} {word}")).map(divisions));
    found.find(|divisions| !divisions.is_empty()).unwrap_or_default()
}

impl Named {
    /// The country that the name means, by name or demonym.
    pub(crate) fn country(&self) -> Option<usize> {
        self.lookup.entities.iter().find_map(|e| match e {
            Entity::Country(at) | Entity::Demonym(at) => Some(*at),
            _ => None,
        })
    }

    /// The first entity, which decides what the name is.
    pub(crate) fn first(&self) -> Option<Entity> {
        self.lookup.entities.first().copied()
    }
}

/// The longest known name that begins at token `i`.
pub(crate) fn at(g: &Gazetteer, t: &Tokens<'_>, i: usize) -> Option<Named> {
    let article = is_article(t.lower(i)) && t.text(i + 1) == "-" && t.is_capital(i + 2);
    if !(t.is_capital(i) || article) || is_tail(t, i) || is_old_town(t, i) {
        return None;
    }
    let acronym = is_acronym(t, i);
    let mut best = None;
    let mut end = i;
    for _ in 0..MOST_WORDS {
        end += 1;
        let last = end - 1;
        if (t.is_capital(last) || t.text(last).chars().all(|c| c.is_ascii_digit()))
            && let Some(lookup) = g.lookup(t.words(i, end))
        {
            best = Some(Named { start: i, end, lookup });
        }
        match next_word(t, end) {
            Some(next) => end = next,
            None => break,
        }
    }
    best.or_else(|| without_apostrophe(g, t, i))
        .map(|named: Named| with_final_dot(t, named))
        .filter(|n| n.end > i + 1 || !is_bearing(t.lower(i)) && !words::is_particle(t.lower(i)))
        // "the FAO" is no town, "the UAE" is a country.
        .filter(|n| n.end > i + 1 || !acronym || n.country().is_some())
}

/// "the Old City of Aleppo": a part of a town that is named behind it.
fn is_old_town(t: &Tokens<'_>, i: usize) -> bool {
    words::is_aged(t.lower(i))
        && matches!(t.lower(i + 1), "city" | "town" | "quarter")
        && t.lower(i + 2) == "of"
}

/// A short word in capitals within a sentence that is not.
fn is_acronym(t: &Tokens<'_>, i: usize) -> bool {
    let text = t.text(i);
    i > 0
        && !t.is_shouting()
        && (2..=5).contains(&text.len())
        && text.chars().all(char::is_uppercase)
}

/// "Syrias", "Aleppos": the genitive of a country or a large town whose apostrophe was lost.
fn without_apostrophe(g: &Gazetteer, t: &Tokens<'_>, i: usize) -> Option<Named> {
    let stem = t.text(i).strip_suffix('s').filter(|stem| stem.len() > 3)?;
    let lookup = g.lookup(stem)?;
    let country = matches!(lookup.entities.first(), Some(Entity::Country(_)));
    let large = |e: &Entity| g.spot_of(*e).is_some_and(|spot| spot.population >= LARGE);
    let town = !lookup.word && !lookup.common && lookup.entities.iter().any(large);
    (country || town).then_some(Named { start: i, end: i + 1, lookup })
}

/// Whether it is the genitive of a country whose apostrophe was lost.
fn is_bare_owner(g: &Gazetteer, t: &Tokens<'_>, i: usize) -> bool {
    let owner = without_apostrophe(g, t, i);
    owner.is_some_and(|owner| matches!(owner.first(), Some(Entity::Country(_))))
}

/// "*Bab* al-Faraj", "*Khan* al-Assal": a word for a landmark that opens a longer name is no town of its own.
fn opens_longer(t: &Tokens<'_>, named: &Named) -> bool {
    let end = named.end;
    let article = is_article(t.lower(end)) && t.text(end + 1) == "-" && t.glued(end + 1);
    article
        && t.is_capital(end + 2)
        && end == named.start + 1
        && words::is_landmark(t.lower(named.start))
}

/// Words of direction and of the calendar alone name no place, though divisions are called so.
fn is_bearing(word: &str) -> bool {
    words::direction(word).is_some()
        || words::is_calendar(word)
        || matches!(word, "centre" | "center" | "capital")
}

/// The name at token `i`; where the gazetteer has it in no country that the text names, what sounds like it there.
pub(crate) fn or_light(
    g: &Gazetteer,
    context: &Context,
    t: &Tokens<'_>,
    i: usize,
) -> Option<Named> {
    if is_tail(t, i) {
        return None;
    }
    let exact = at(g, t, i).filter(|n| !opens_longer(t, n));
    if exact.as_ref().is_some_and(|n| is_known(g, context, n)) {
        return exact;
    }
    let longest = unknown(t, i)?;
    let least = exact.as_ref().map_or(i + 1, |n| n.end);
    // "*Zor* Kalay": what sounds like the first word of a longer name is not what is named.
    let whole = |end: &usize| *end == longest || at(g, t, *end).is_some();
    let sounding = (least..=longest).rev().filter(whole).find_map(|end| {
        let mut lookup = g.lookup_light(t.words(i, end)).filter(|_| t.text(end - 1).len() > 1)?;
        lookup.entities.retain(|e| country_of(g, *e).is_some_and(|c| context.is_named(&c)));
        // Short names sound alike by chance.
        let short = t.words(i, end).chars().count() <= SHORT;
        lookup.entities.retain(|e| !(short && context.tells_other_division(g, *e)));
        let whole = end > i + 1 || t.text(i).chars().count() > 3;
        (whole && !lookup.entities.is_empty() && !is_bearing(t.lower(i))).then_some(Named {
            start: i,
            end,
            lookup,
        })
    });
    sounding.or(exact)
}

/// Whether a name is a country's, a region's, a large place's, or one of a country that the text names.
fn is_known(g: &Gazetteer, context: &Context, named: &Named) -> bool {
    named.lookup.entities.iter().any(|e| match g.spot_of(*e) {
        None => true,
        Some(spot) => {
            spot.population >= LARGE || country_of(g, *e).is_some_and(|c| context.names(&c))
        }
    })
}

/// "U.S.": the last full stop belongs to the name.
fn with_final_dot(t: &Tokens<'_>, named: Named) -> Named {
    let last = named.end - 1;
    let initials = t.before(last, 1) == "." && t.text(last).len() == 1 && t.glued(last);
    let dot = initials && t.text(named.end) == "." && t.glued(named.end);
    Named { end: named.end + usize::from(dot), ..named }
}

/// Whether the token belongs to a longer name on its left: the "Sahraoui" of "al-Sahraoui".
fn is_tail(t: &Tokens<'_>, i: usize) -> bool {
    let dash = matches!(t.before(i, 1), "-" | "'" | "’") && t.glued(i);
    let before = i.checked_sub(2);
    dash && before.is_some_and(|at| t.is_small(at) || is_article(t.lower(at)))
}

/// The next token that may belong to the same name.
fn next_word(t: &Tokens<'_>, end: usize) -> Option<usize> {
    let mark = t.text(end);
    let joined = t.glued(end) && t.glued(end + 1) && t.is_word(end + 1);
    let next = match mark {
        "-" | "'" | "’" | "`" | "–" if joined => end + 1,
        "." if t.text(end - 1).len() <= 2 && t.is_capital(end + 1) => end + 1,
        _ => end,
    };
    let connects = matches!(
        t.lower(next),
        "az" | "ar"
            | "as"
            | "ad"
            | "ash"
            | "at"
            | "an"
            | "of"
            | "the"
            | "de"
            | "du"
            | "des"
            | "la"
            | "el"
            | "al"
            | "le"
            | "and"
            | "ez"
            | "es"
            | "en"
            | "d"
            | "et"
            | "do"
            | "da"
    );
    (t.is_capital(next) || connects || next > end && t.is_word(next)).then_some(next)
}

/// Whether the name at tokens `start..end` is part of a longer name: "Paris Hilton", "Mogadishu Center".
pub(crate) fn is_part_of_name(g: &Gazetteer, t: &Tokens<'_>, start: usize, end: usize) -> bool {
    if t.is_shouting() || t.is_headline() && usage::is_led(t, start) {
        return false;
    }
    // "to Nicaragua Daniel Ruiz": a country behind a preposition is itself.
    if end == start + 1 && is_bare_owner(g, t, start) {
        return false;
    }
    let country = g.country(t.words(start, end)).is_some();
    if country && t.is_headline() {
        return false;
    }
    let behind = t.before(start, 1) == "of" || words::is_locative(t.before(start, 1));
    if behind && country {
        return false;
    }
    let before = start
        .checked_sub(1)
        .is_some_and(|at| is_foreign_capital(g, t, at) && !words::is_opener(t.lower(at)));
    // "Estrada do *Itararé*"
    let linked = matches!(t.before(start, 1), "do" | "da" | "dos" | "das" | "du" | "del")
        && start
            .checked_sub(2)
            .is_some_and(|at| is_foreign_capital(g, t, at) && words::sort(t.lower(at)).is_none());
    // "the *Federal* Capital Territory"
    let titled = t.lower(end) == "capital" && t.is_capital(end) && t.is_capital(end + 1);
    let after = is_foreign_capital(g, t, end)
        && !words::is_office(t.lower(end))
        && words::sort(t.lower(end)).is_none();
    before
        || after
        || titled
        || linked
        || !country && (tail(t, end).is_some() || is_glued_on(g, t, start, end))
}

/// Where the tail at `end` of a longer name ends: "San Pedro *de las Cuevas*".
fn tail(t: &Tokens<'_>, end: usize) -> Option<usize> {
    let particle =
        matches!(t.lower(end), "de" | "del" | "do" | "da" | "dos" | "das") && t.is_small(end);
    let article = matches!(t.lower(end + 1), "la" | "las" | "los" | "el") && t.is_small(end + 1);
    let name = end + 1 + usize::from(article);
    (particle && t.is_capital(name)).then_some(name + 1)
}

/// Whether an unknown word is joined to the name at `end`, and the two are no road's ends: "Kuki-*Zos*", and not "the Beni-*Mavivi* road".
fn is_glued_on(g: &Gazetteer, t: &Tokens<'_>, start: usize, end: usize) -> bool {
    let joined = t.text(end) == "-" && t.glued(end) && t.glued(end + 1);
    let ways =
        matches!(t.lower(end + 2), "road" | "highway" | "axis" | "route" | "border" | "corridor");
    let large = g.lookup(t.words(start, end)).is_some_and(|lookup| {
        let mut spots = lookup.entities.iter().filter_map(|e| g.spot_of(*e));
        spots.any(|spot| spot.population >= LARGE)
    });
    joined && t.is_capital(end + 1) && !ways && !large && g.lookup(t.text(end + 1)).is_none()
}

/// Whether the name closes a person's name: a capitalised word before it, none after, no word that says where.
pub(crate) fn is_surname(g: &Gazetteer, t: &Tokens<'_>, named: &Named) -> bool {
    let single = named.end == named.start + 1 && named.country().is_none() && !t.is_shouting();
    let Some(before) = named.start.checked_sub(1).filter(|_| single) else {
        return false;
    };
    let given = is_foreign_capital(g, t, before)
        && !words::is_opener(t.lower(before))
        && t.text(before).len() > 1;
    given && !t.is_capital(named.end) && before > 0 && !usage::is_led(t, before)
}

/// A capitalised word that is no place, demonym or kind of place.
fn is_foreign_capital(g: &Gazetteer, t: &Tokens<'_>, i: usize) -> bool {
    if !t.is_capital(i)
        || words::direction(t.lower(i)).is_some()
        || words::sort(t.lower(i)).is_some()
    {
        return false;
    }
    if t.lower(i) == "capital" || is_bare_owner(g, t, i) {
        return false;
    }
    let known = g.lookup(t.text(i)).is_some_and(|l| {
        matches!(
            l.entities.first(),
            Some(Entity::Demonym(_) | Entity::Country(_) | Entity::Region(_))
        )
    });
    !words::is_calendar(t.lower(i)) && !known && !words::is_opener(t.lower(i))
}

/// Whether the word at `i` is a country's adjective.
pub(crate) fn is_demonym(g: &Gazetteer, t: &Tokens<'_>, i: usize) -> bool {
    let lookup = g.lookup(t.text(i)).filter(|_| t.is_capital(i));
    lookup.is_some_and(|l| matches!(l.entities.first(), Some(Entity::Demonym(_))))
}

/// A run of capitalised words at `i` that may be an unknown place's name, at most three.
pub(crate) fn unknown(t: &Tokens<'_>, i: usize) -> Option<usize> {
    let article = is_article(t.lower(i)) && t.text(i + 1) == "-" && t.is_capital(i + 2);
    if !(t.is_capital(i) || article) || is_old_town(t, i) {
        return None;
    }
    let mut end = i + 1;
    while end < i + 6 {
        let joined = matches!(t.text(end), "-" | "'" | "’")
            && t.glued(end)
            && t.glued(end + 1)
            && (t.is_capital(end + 1) || is_article(t.lower(end + 1)));
        let linked = t.is_small(end)
            && is_article(t.lower(end))
            && t.text(end + 1) == "-"
            && t.glued(end + 1)
            && t.is_capital(end + 2);
        if linked {
            end += 3;
        } else if let Some(longer) = tail(t, end) {
            end = longer;
        } else if joined {
            end += 2;
        } else if t.is_capital(end)
            && words::sort(t.lower(end)).is_none()
            && !(words::is_qualifier(t.lower(end)) && end > i)
        {
            end += 1;
        } else {
            break;
        }
    }
    Some(end)
}
