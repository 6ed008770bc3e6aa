//! Border zones: "the border between A and B", "the A-B border", "the tri-border area of A, B and C".
//!
//! Owns which countries a border zone lies between; refuses to pin it to a point.

use averment_types::{CountryCode, Geometry, PlaceCandidate, PlaceKind, PlaceValue, WherePrec};

use crate::context::Context;
use crate::gazetteer::Gazetteer;
use crate::named;
use crate::scan::Step;
use crate::shape;
use crate::token::Tokens;
use crate::usage;
use crate::value::{Words, blank};

/// The meeting point of three borders is told to within so many kilometres.
const TRIPOINT_KM: f64 = 75.0;
/// Ends of border lines this near in degrees are the same point.
const SAME_DEGREES: f64 = 0.3;

/// More countries than these meet at no border.
const MOST_SIDES: usize = 4;

/// The countries on the two or more sides of a border.
#[derive(Debug, Default)]
struct Sides {
    known: Vec<CountryCode>,
    /// An adjective that is no country's, and the countries that it may mean.
    open: Option<(String, Vec<CountryCode>, String)>,
}

/// The border zone whose words begin at token `i`.
pub(crate) fn at(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    let (sides, end) = named_after(g, context, t, i).or_else(|| named_before(g, context, t, i))?;
    let words = Words { text: t.words(i, end), span: t.range(i, end)? };
    Some(Step {
        start: i,
        end,
        usage: usage::of_place(t, i, end),
        value: zone(g, context, &sides, words),
    })
}

/// Where a word for border at `i` ends: "border", "tri-border", "crossroads".
fn border_word(t: &Tokens<'_>, i: usize) -> Option<usize> {
    let plain = |at: usize| {
        matches!(
            t.lower(at),
            "border"
                | "borders"
                | "frontier"
                | "frontiers"
                | "borderland"
                | "borderlands"
                | "crossroads"
                | "tripoint"
        )
    };
    if plain(i) {
        return Some(i + 1);
    }
    let many = matches!(t.lower(i), "tri" | "three" | "triple");
    let at = i + 1 + usize::from(t.text(i + 1) == "-");
    (many && plain(at)).then_some(at + 1)
}

/// Over quotation marks and "area", "region", "zone".
fn skip_area(t: &Tokens<'_>, mut i: usize) -> usize {
    while matches!(
        t.lower(i),
        "”" | "\""
            | "'"
            | "’"
            | "area"
            | "areas"
            | "region"
            | "regions"
            | "zone"
            | "zones"
            | "line"
            | "strip"
    ) {
        i += 1;
    }
    i
}

/// "border between A and B", "border with B", "tri-border area of A, B and C".
fn named_after(
    g: &Gazetteer,
    context: &Context,
    t: &Tokens<'_>,
    i: usize,
) -> Option<(Sides, usize)> {
    let after = skip_area(t, border_word(t, i)?);
    let list_at = match (t.lower(after), t.lower(after + 1)) {
        ("between" | "of" | "separating" | "linking" | "joining" | "where", _) => after + 1,
        ("shared", "by" | "between") => after + 2,
        ("with", _) => {
            let (others, end) = list(g, t, after + 1)?;
            return Some((with_owner(g, context, t, i, others), end));
        }
        _ => return None,
    };
    let (mut known, mut end) = list(g, t, list_at)?;
    if matches!(t.lower(end), "with")
        && let Some((more, further)) = list(g, t, end + 1)
    {
        known.extend(more);
        end = further;
    }
    if known.len() == 1 && t.lower(after) != "of" {
        return None;
    }
    Some((Sides { known, open: None }, end))
}

/// The country whose border "with B" is: the last one named in the sentence before, else the text's only one.
fn with_owner(
    g: &Gazetteer,
    context: &Context,
    t: &Tokens<'_>,
    i: usize,
    others: Vec<CountryCode>,
) -> Sides {
    let fits = |code: &CountryCode| {
        !others.contains(code)
            && g.by_code(code).is_some_and(|c| others.iter().all(|o| c.neighbours.contains(o)))
    };
    let before = (0..i).rev().filter_map(|at| named::at(g, t, at)).find_map(|n| {
        n.country().and_then(|c| g.country_at(c)).map(|c| c.code.clone()).filter(&fits)
    });
    let around: Vec<CountryCode> = context.countries().into_iter().filter(&fits).collect();
    let owner = before.or_else(|| match around.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    });
    let known = owner.into_iter().chain(others).collect();
    Sides { known, open: None }
}

/// Countries joined by commas and "and".
fn list(g: &Gazetteer, t: &Tokens<'_>, start: usize) -> Option<(Vec<CountryCode>, usize)> {
    let mut codes: Vec<CountryCode> = Vec::new();
    let mut end = start;
    let mut at = start;
    loop {
        at += usize::from(matches!(t.lower(at), "the" | "neighbouring" | "neighboring" | "both"));
        let Some((code, next)) = country(g, t, at) else {
            break;
        };
        codes.push(code);
        end = next;
        if codes.len() > MOST_SIDES {
            break;
        }
        let comma = usize::from(t.text(next) == ",");
        let and = usize::from(matches!(t.lower(next + comma), "and" | "&"));
        if comma + and == 0 {
            break;
        }
        at = next + comma + and;
    }
    (!codes.is_empty()).then_some((codes, end))
}

fn country(g: &Gazetteer, t: &Tokens<'_>, i: usize) -> Option<(CountryCode, usize)> {
    let named = named::at(g, t, i)?;
    let code = g.country_at(named.country()?)?.code.clone();
    Some((code, named.end))
}

/// "Mali-Niger border", "Algerian-Moorish border", "Malian border", "Mali's border with Niger".
fn named_before(
    g: &Gazetteer,
    context: &Context,
    t: &Tokens<'_>,
    i: usize,
) -> Option<(Sides, usize)> {
    if !t.is_capital(i) {
        return None;
    }
    let mut sides = Sides::default();
    let mut at = i;
    let mut parts = 0;
    loop {
        at = side(g, t, at, &mut sides)?;
        parts += 1;
        let joined = matches!(t.text(at), "-" | "–" | "—" | "/") && t.is_capital(at + 1);
        if !joined || parts >= MOST_SIDES {
            break;
        }
        at += 1;
    }
    if sides.known.is_empty() {
        return None;
    }
    let possessive = usage::is_possessive(t, at);
    let at = if possessive { at + 1 + usize::from(t.lower(at + 1) == "s") } else { at };
    let skip = usize::from(matches!(
        t.lower(at),
        "land" | "shared" | "common" | "southern" | "northern" | "eastern" | "western"
    ));
    let close = border_word(t, at + skip)?;
    let mut end = close
        + usize::from(matches!(
            t.lower(close),
            "area" | "areas" | "region" | "regions" | "zone" | "zones"
        ));
    if t.lower(end) == "with"
        && let Some((more, further)) = list(g, t, end + 1)
    {
        sides.known.extend(more);
        end = further;
    }
    if let Some((_, open, _)) = &mut sides.open {
        narrow(g, context, &sides.known, open);
    }
    (parts > 1 || sides.known.len() > 1 || sides.open.is_none()).then_some((sides, end))
}

/// One side of "X-Y border": a country, a demonym, or an adjective that leaves it open.
fn side(g: &Gazetteer, t: &Tokens<'_>, i: usize, sides: &mut Sides) -> Option<usize> {
    if let Some(adjective) = g.adjective(t.text(i))
        && country(g, t, i).is_none()
    {
        sides.open =
            Some((t.text(i).to_owned(), adjective.countries.clone(), adjective.why.to_owned()));
        return Some(i + 1);
    }
    if let Some((code, end)) = country(g, t, i) {
        sides.known.push(code);
        return Some(end);
    }
    let beside = t.text(i + 1) == "-" || t.before(i, 1) == "-";
    if beside && t.is_capital(i) && sides.open.is_none() {
        sides.open = Some((
            t.text(i).to_owned(),
            Vec::new(),
            "the word names no country that the gazetteer knows".into(),
        ));
        return Some(i + 1);
    }
    None
}

/// Keeps what borders the known side: of an adjective's countries, else of the text's, else all neighbours.
fn narrow(g: &Gazetteer, context: &Context, known: &[CountryCode], open: &mut Vec<CountryCode>) {
    let Some(country) = known.first().and_then(|code| g.by_code(code)) else {
        return;
    };
    open.retain(|code| country.neighbours.contains(code));
    if open.is_empty() {
        let named = country.neighbours.iter().filter(|n| context.names(n));
        open.extend(named.cloned());
    }
    if open.is_empty() {
        open.clone_from(&country.neighbours);
    }
}

fn name_of(g: &Gazetteer, codes: &[CountryCode]) -> String {
    let names: Vec<&str> =
        codes.iter().map(|c| g.by_code(c).map_or(c.as_str(), |c| c.name)).collect();
    match names.as_slice() {
        [head @ .., last] if !head.is_empty() => {
            format!("border of {} and {last}", head.join(", "))
        }
        other => format!("border of {}", other.join("")),
    }
}

fn zone(g: &Gazetteer, context: &Context, sides: &Sides, words: Words<'_>) -> PlaceValue {
    let mut value =
        blank(&name_of(g, &sides.known), PlaceKind::BorderZone, WherePrec::Fuzzy, words);
    value.countries.clone_from(&sides.known);
    value.countries.dedup();
    value.reasons.push("a border zone has no point that stands for it".into());
    if let Some((_, open, why)) = &sides.open {
        words.text.clone_into(&mut value.name);
        value.reasons.push(format!("one side is open and left unresolved: {why}"));
        offer(g, &sides.known, open, &mut value, "a country that the adjective may mean");
        return value;
    }
    match sides.known.as_slice() {
        [only] => {
            value.reasons.push("only one side of the border is named".into());
            let near: Vec<CountryCode> = g
                .by_code(only)
                .map(|c| c.neighbours.iter().filter(|n| context.names(n)).cloned().collect())
                .unwrap_or_default();
            offer(g, &sides.known, &near, &mut value, "a neighbour that the text names");
        }
        [a, b] => match g.border(a, b) {
            Some(line) => value.geometry = Some(Geometry::LineString(line.to_vec())),
            None => value.reasons.push("the gazetteer knows no land border of these two".into()),
        },
        [a, b, c] => match tripoint(g, a, b, c) {
            Some(point) => {
                value.geometry = Some(shape::circle(point, TRIPOINT_KM));
                value
                    .reasons
                    .push("the area is drawn around the point where the three borders meet".into());
            }
            None => value.reasons.push("the three countries do not meet in one point".into()),
        },
        _ => {}
    }
    value
}

/// The border with each of `others` as a candidate.
fn offer(
    g: &Gazetteer,
    known: &[CountryCode],
    others: &[CountryCode],
    value: &mut PlaceValue,
    reason: &str,
) {
    let count = f32::from(u8::try_from(others.len()).unwrap_or(u8::MAX).max(1));
    for other in others {
        let pair: Vec<CountryCode> = known.iter().cloned().chain([other.clone()]).collect();
        if !value.countries.contains(other) {
            value.countries.push(other.clone());
        }
        value.candidates.push(PlaceCandidate {
            name: name_of(g, &pair),
            country: None,
            admin1: None,
            lat: None,
            lon: None,
            gazetteer_id: None,
            score: (100.0 / count).round() / 100.0,
            reason: reason.to_owned(),
        });
    }
}

/// Where the borders of three countries end together.
fn tripoint(g: &Gazetteer, a: &CountryCode, b: &CountryCode, c: &CountryCode) -> Option<[f64; 2]> {
    let lines: Vec<&[[f64; 2]]> =
        [(a, b), (b, c), (a, c)].into_iter().filter_map(|(x, y)| g.border(x, y)).collect();
    let ends = |line: &&[[f64; 2]]| [line.first().copied(), line.last().copied()];
    let all: Vec<Vec<[f64; 2]>> =
        lines.iter().map(|l| ends(l).into_iter().flatten().collect()).collect();
    let close = |p: &[f64; 2], q: &[f64; 2]| (p[0] - q[0]).hypot(p[1] - q[1]) < SAME_DEGREES;
    let (first, rest) = all.split_first()?;
    let meets = |p: &&[f64; 2]| rest.iter().all(|other| other.iter().any(|q| close(p, q)));
    (!rest.is_empty()).then(|| first.iter().find(meets).copied()).flatten()
}
