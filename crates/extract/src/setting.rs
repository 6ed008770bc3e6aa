//! When and where: which of a sentence's times and places belong to a trigger.

use std::ops::Range;

use averment_lang::Pos;
use averment_place::{PlaceMention, PlaceUsage};
use averment_time::{TimeMention, TimeMentionKind};
use averment_types::{Gap, GapField, GapState, PlaceKind, PlaceValue, TextRange, TimeValue};

use crate::view::View;

/// The time and place of one event, and why one is missing.
#[derive(Debug, Clone, Default)]
pub(crate) struct Setting {
    pub(crate) time: Option<TimeValue>,
    pub(crate) place: Option<PlaceValue>,
    /// Further places of the same list: "in Kenya and *Mozambique*".
    pub(crate) more_places: Vec<PlaceValue>,
    pub(crate) gaps: Vec<Gap>,
    /// Whether the time is a set: "every Friday".
    pub(crate) repeated: bool,
}

/// The setting of the event whose trigger starts at token `trigger`. With `own_clause` (relations and
/// statuses, which hold beyond the event told around them) nothing of other clauses counts. What stands
/// in `speech` tells when and where something was said, not when and where it happened.
pub(crate) fn of(
    view: &View<'_>,
    trigger: usize,
    own_clause: bool,
    speech: &[Range<usize>],
    times: &[TimeMention],
    places: &[PlaceMention],
) -> Setting {
    let mut setting = Setting::default();
    let told = |span: TextRange| {
        let at = view.tokens.iter().position(|t| t.range.overlaps(span));
        at.is_some_and(|at| !speech.iter().any(|s| s.contains(&at)))
    };
    let in_sentence = |span: TextRange| view.sentence.range.contains(span) && told(span);
    let times: Vec<&TimeMention> = times.iter().filter(|t| in_sentence(t.span)).collect();
    let dates = times.iter().filter(|t| t.kind == TimeMentionKind::Date);
    let best = dates
        .filter_map(|t| Some((rank(view, trigger, t.span, t.value.is_none(), 0)?, *t)))
        .filter(|(rank, _)| !own_clause || rank.0 == 0)
        .min_by_key(|(rank, _)| *rank);
    setting.repeated = times.iter().any(|t| {
        let here = view.clause_of_range(t.span) == Some(view.clause(trigger));
        t.kind == TimeMentionKind::Set && here && is_adverbial(view, t.span)
    });
    match best {
        Some((_, mention)) => {
            setting.time.clone_from(&mention.value);
            if setting.time.is_none() {
                setting.gaps.push(gap(GapField::Time, GapState::Unknown, &mention.reasons));
            }
        }
        None => setting.gaps.push(gap(GapField::Time, GapState::NotStated, &[])),
    }
    let located = places.iter().filter(|p| {
        in_sentence(p.span) && matches!(p.usage, PlaceUsage::Locative | PlaceUsage::Bare)
    });
    let located = located.filter(|p| !is_origin(view, p) && !is_state(p));
    let ranked = located.filter_map(|p| {
        let precision = u16::from(p.value.precision.ucdp());
        Some((rank(view, trigger, p.span, p.usage == PlaceUsage::Bare, precision)?, p))
    });
    let ranked = ranked.filter(|(rank, _)| !own_clause || rank.0 == 0);
    match ranked.min_by_key(|(rank, _)| *rank) {
        Some((_, mention)) => {
            setting.place = Some(mention.value.clone());
            setting.more_places = listed(view, mention, places);
        }
        None => setting.gaps.push(gap(GapField::Place, GapState::NotStated, &[])),
    }
    setting
}

/// Whether a time expression stands by itself: "every week", and not "the weekly market".
fn is_adverbial(view: &View<'_>, span: TextRange) -> bool {
    let last = view.tokens.iter().rposition(|t| t.range.overlaps(span));
    let phrase = last.and_then(|at| view.phrase_of(at)).and_then(|p| view.phrases.get(p));
    phrase.is_none_or(|p| last.is_some_and(|at| at + 1 >= p.tokens.end))
}

/// "six workers from Indonesia": where people come from is not where it happened.
fn is_origin(view: &View<'_>, place: &PlaceMention) -> bool {
    let mut at = view.tokens.partition_point(|t| t.range.start() < place.span.start());
    // Back over a list: "from the Philippines and *Indonesia*".
    while let Some(before) = at.checked_sub(1) {
        let word = view.word(before);
        let name = view.pos(before) == Pos::Propn;
        if word == "from" {
            return true;
        }
        if !name && !matches!(word, "the" | "and" | ",") {
            return false;
        }
        at = before;
    }
    false
}

/// A country's name without a preposition stands for the state.
fn is_state(place: &PlaceMention) -> bool {
    place.usage == PlaceUsage::Bare && place.value.kind == PlaceKind::Country
}

/// The places coordinated with `first`, which is said of each of them. A place inside another's words, or
/// behind a comma that only says where the first one lies, is no further place.
fn listed(view: &View<'_>, first: &PlaceMention, places: &[PlaceMention]) -> Vec<PlaceValue> {
    let later = places
        .iter()
        .filter(|p| p.span.start() >= first.span.end() && view.sentence.range.contains(p.span));
    let mut found: Vec<PlaceValue> = Vec::new();
    let (mut end, mut joined) = (first.span.end(), false);
    for place in later {
        let gap = TextRange::new(end, place.span.start())
            .ok()
            .and_then(|r| r.slice(view.text))
            .unwrap_or_default();
        let words: Vec<&str> =
            gap.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        if words.len() > 3
            || !words
                .iter()
                .all(|w| matches!(*w, "and" | "or" | "in" | "the" | "as" | "well" | "both"))
            || gap.trim().is_empty()
        {
            break;
        }
        joined |= words.contains(&"and") || words.contains(&"or");
        end = place.span.end();
        found.push(place.value.clone());
    }
    if joined { found } else { Vec::new() }
}

fn gap(field: GapField, state: GapState, reasons: &[String]) -> Gap {
    let what = match field {
        GapField::Time => "no time",
        _ => "no place",
    };
    let reason = if reasons.is_empty() {
        format!("{what} is stated with the event")
    } else {
        reasons.join("; ")
    };
    Gap { field, state, reason }
}

/// How far an expression is from the trigger: another clause counts more than distance, distance in steps
/// of six words more than precision. `None` when it belongs to another clause for good.
fn rank(
    view: &View<'_>,
    trigger: usize,
    span: TextRange,
    doubtful: bool,
    precision: u16,
) -> Option<(u8, bool, usize, u16, usize)> {
    let at = view.tokens.iter().position(|t| t.range.overlaps(span))?;
    let (own, other) = (view.clause(trigger), view.clause(at));
    let class = match () {
        () if own == other => 0,
        // At the head of the sentence it holds for all of it.
        () if other == 0 && at < 6 => 1,
        () if other == 0 => 2,
        () if other < own => 3,
        () => return None,
    };
    let distance = at.abs_diff(trigger);
    Some((class, doubtful, distance / 6, precision, distance))
}
