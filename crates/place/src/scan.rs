//! The walk over a sentence: at each token the most telling place expression, and what one says of the next.
//!
//! Owns the order of the readings and the ties between neighbours; refuses each reading, which has its own room.

use averment_types::{PlaceKind, PlaceValue, TextRange, WherePrec};

use crate::context::Context;
use crate::gazetteer::Gazetteer;
use crate::token::Tokens;
use crate::value::{self, Words, blank};
use crate::{PlaceMention, PlaceUsage, border, local, relative, shape, typed, usage, words};

/// So many tokens may stand between a place and what lies in it: "Iraq's restive western province of".
const MOST_BETWEEN: usize = 7;

/// What lies in a town lies within so many kilometres of its point.
const TOWN_KM: f64 = 50.0;

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
    let mut steps: Vec<Step> = Vec::new();
    // Where the last item of a list ended whose kind was said at its head.
    let mut list: Option<(usize, words::Sort)> = None;
    while i < t.len() {
        let in_list = list.filter(|(end, _)| i > *end && is_listed(t, *end, i));
        let item = in_list.and_then(|(_, sort)| typed::listed(g, context, t, i, sort));
        let listed = item.is_some();
        let Some(mut step) = item.or_else(|| at(g, context, t, i)) else {
            i += 1;
            continue;
        };
        if t.range(step.start, step.end).is_none_or(|s| taken.iter().any(|x| x.overlaps(s))) {
            i += 1;
            continue;
        }
        list = match (listed, words::sort(t.before(step.start, 2))) {
            (true, _) => list.map(|(_, sort)| (step.end, sort)),
            (false, Some(sort)) if is_plural_head(t, step.start) => Some((step.end, sort)),
            _ => None,
        };
        i = step.end.max(i + 1);
        if let Some(last) = steps.last_mut() {
            if step.usage == PlaceUsage::Bare && is_listed(t, last.end, step.start) {
                step.usage = last.usage;
            }
            if holds(t, last, &step) {
                place_in(last, &mut step);
            }
        }
        steps.push(step);
    }
    out.extend(steps.into_iter().filter_map(|step| {
        let span = t.range(step.start, step.end)?;
        Some(PlaceMention { span, usage: step.usage, value: step.value })
    }));
}

/// "the villages of": whether a plural kind leads the name.
fn is_plural_head(t: &Tokens<'_>, start: usize) -> bool {
    t.before(start, 1) == "of" && t.before(start, 2).ends_with('s')
}

/// Whether only a comma or "and" lies between two mentions.
fn is_listed(t: &Tokens<'_>, end: usize, start: usize) -> bool {
    start >= end
        && start - end <= 3
        && (end..start).all(|at| matches!(t.lower(at), "," | "and" | "or" | "the"))
}

/// "the West Bank town of Nablus", "Iraq's northern city of Mosul", "Congo's capital, Kinshasa": whether the
/// first only says where the second lies.
fn holds(t: &Tokens<'_>, outer: &Step, inner: &Step) -> bool {
    let wide = !matches!(outer.value.kind, PlaceKind::BorderZone | PlaceKind::Relative);
    if !wide || inner.start < outer.end || inner.start - outer.end > MOST_BETWEEN {
        return false;
    }
    let between = outer.end..inner.start;
    let telling = |at: usize| {
        usage::is_possessive(t, at)
            || words::sort(t.lower(at)).is_some()
            || t.lower(at) == "capital"
    };
    let over = |at: usize| {
        let word = t.lower(at);
        telling(at)
            || words::direction(word).is_some()
            || words::is_ground(word)
            || matches!(
                word,
                "of" | ","
                    | "s"
                    | "-"
                    | "’"
                    | "'"
                    | "largest"
                    | "biggest"
                    | "second"
                    | "main"
                    | "troubled"
                    | "restive"
                    | "volatile"
                    | "provincial"
                    | "regional"
                    | "state"
                    | "commercial"
                    | "port"
                    | "border"
                    | "coastal"
                    | "southernmost"
                    | "northernmost"
                    | "remote"
                    | "central"
                    | "holy"
                    | "ancient"
            )
    };
    let several = outer.value.countries.iter().any(|c| inner.value.countries.contains(c))
        || inner.value.countries.is_empty();
    // "Iraq and the city of Mosul" has an "and"; "Iraq, the city" would need "of".
    several
        && between.clone().any(telling)
        && between.into_iter().all(over)
        && t.text(outer.end) != ","
}

/// What lies in a place takes its leading words and, where it is unknown, its country and division.
fn place_in(outer: &mut Step, inner: &mut Step) {
    if outer.usage == PlaceUsage::Locative && inner.usage == PlaceUsage::Bare {
        inner.usage = PlaceUsage::Locative;
    }
    outer.usage = PlaceUsage::Modifier;
    let value = &mut inner.value;
    let point = |v: &PlaceValue| v.lon.zip(v.lat).map(|(x, y)| [x, y]);
    let town = outer.value.kind == PlaceKind::Settlement && value.kind == PlaceKind::Settlement;
    if let Some((a, b)) = point(&outer.value).zip(point(value)).filter(|_| town)
        && shape::distance(a, b) > TOWN_KM
    {
        let mut quarter = blank(
            &value.name,
            value.kind,
            WherePrec::Near,
            Words { text: &value.text, span: value.span },
        );
        value::set_point(&mut quarter, Some(a));
        quarter
            .reasons
            .push("not known itself; the point is that of the town that holds it".into());
        quarter.admin2.clone_from(&outer.value.admin2);
        *value = quarter;
    }
    let spans = matches!(value.kind, PlaceKind::Relative | PlaceKind::BorderZone);
    if value.gazetteer_id.is_none() && !spans {
        value.candidates.clear();
        value.country.clone_from(&outer.value.country);
        value.countries.clone_from(&outer.value.countries);
        if value.admin1.is_none() {
            value.admin1.clone_from(&outer.value.admin1);
        }
        value.reasons.push(format!("the words put it in {}", outer.value.name));
    }
}

fn at(g: &Gazetteer, context: &Context, t: &Tokens<'_>, i: usize) -> Option<Step> {
    border::at(g, context, t, i)
        .or_else(|| relative::at(g, context, t, i))
        .or_else(|| typed::before(g, context, t, i))
        .or_else(|| typed::after(g, context, t, i))
        .or_else(|| local::at(g, context, t, i))
        .or_else(|| typed::apposed(g, context, t, i))
        .or_else(|| typed::landmark(g, context, t, i))
}
