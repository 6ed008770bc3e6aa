//! Times counted from another event of the sentence: "two soldiers died *two days after* gunmen stormed the town".
//!
//! Owns which words of a sentence stand behind such a count, and the day of the one event by that of the other. Acts on its two
//! sides are two events: neither did the other, and neither has the other's time or place.

use std::ops::Range;

use averment_lang::Dep;
use averment_time::{Counted, TimeMention};
use averment_types::{ClaimContent, DatePrec, GapField, GapState, TextRange, TimeValue};

use super::gap;
use crate::causes::head_of;
use crate::view::View;

/// Units in which the time between two events is counted.
const UNITS: [&str; 16] = [
    "minutes",
    "hours",
    "hour",
    "day",
    "days",
    "week",
    "weeks",
    "month",
    "months",
    "year",
    "years",
    "fortnight",
    "morning",
    "night",
    "decade",
    "decades",
];

/// So many words before its verb the count stands.
const LEAD: usize = 12;

/// Whether the token `at` is the "after" or "before" of a count: "two days *after*".
fn is_counted(view: &View<'_>, at: usize) -> bool {
    matches!(view.word(at), "after" | "before" | "following")
        && at.checked_sub(1).is_some_and(|unit| UNITS.contains(&view.word(unit)))
}

/// The head of the clause or phrase behind a count that token `at` lies in: what happened two days after *gunmen stormed the town*.
pub(crate) fn behind_count(view: &View<'_>, at: usize) -> Option<usize> {
    let tree = &view.tree;
    let led = |head: &usize| {
        let mut leads = tree.children_in(*head, &[Dep::Mark, Dep::Case, Dep::Advmod]);
        leads.any(|lead| lead < at.max(*head) && is_counted(view, lead))
    };
    tree.upward(at).find(led).or_else(|| since_when(view).filter(|when| *when < at))
}

/// Whether two words, of which it is said behind which count they stand, stand on the two sides of one of days or more: within hours, what
/// comes after was in the same place.
pub(super) fn are_days_apart(view: &View<'_>, here: Option<usize>, there: Option<usize>) -> bool {
    let short = |at: usize| {
        let led = (at.saturating_sub(LEAD)..at).rev().find(|lead| is_counted(view, *lead));
        let unit = led.and_then(|lead| lead.checked_sub(1)).map(|unit| view.word(unit));
        matches!(unit, Some("minutes" | "hour" | "hours"))
    };
    here != there && !here.into_iter().chain(there).all(short)
}

/// The "when" of "the deadliest since May, *when* ten people died", "calm until May, *when*", from which on another event is told.
pub(super) fn since_when(view: &View<'_>) -> Option<usize> {
    let since = since_before_when(view)?;
    (since.start..view.words.len()).find(|at| *at >= since.end && view.word(*at) == "when")
}

/// The words from that "since" to its "when".
fn since_before_when(view: &View<'_>) -> Option<Range<usize>> {
    let since = (0..view.words.len()).find(|at| matches!(view.word(*at), "since" | "until"))?;
    let verb = |at: &usize| !view.is_verb(*at);
    let near = (since + 1..(since + 8).min(view.words.len())).take_while(verb);
    let when = near.into_iter().find(|at| view.word(*at) == "when")?;
    Some(since..when)
}

/// Whether a date stands there, which is that of the other event alone.
pub(super) fn is_since_when(view: &View<'_>, span: TextRange) -> bool {
    let words = since_before_when(view).and_then(|words| view.range(&words));
    words.is_some_and(|words| words.overlaps(span))
}

/// Whether two events stand on the two sides of a count.
pub(crate) fn are_counted_apart(view: &View<'_>, one: TextRange, other: TextRange) -> bool {
    let side = |trigger| head_of(view, trigger).map(|at| behind_count(view, at));
    side(one).zip(side(other)).is_some_and(|(a, b)| a != b)
}

/// Dates the events `told` on one side of a count by those on the other.
pub(crate) fn reckon(view: &View<'_>, told: &mut [ClaimContent], times: &[TimeMention]) {
    let sentence = view.sentence.range;
    let from = times.partition_point(|t| t.span.start() < sentence.start());
    let here = times.iter().skip(from).take_while(|t| t.span.end() <= sentence.end());
    for mention in here {
        let Some(offset) = mention.offset else { continue };
        let side = |claim: &ClaimContent| {
            let head = head_of(view, claim.trigger)?;
            let behind = behind_count(view, head);
            let led = behind.is_some_and(|at| {
                view.tokens.get(at).is_some_and(|t| mention.span.end() <= t.range.start())
            });
            Some(led)
        };
        let sides: Vec<Option<bool>> = told.iter().map(side).collect();
        let dated = |behind: bool| {
            let mut known = told.iter().zip(&sides).filter(|(_, side)| **side == Some(behind));
            known.find_map(|(claim, _)| {
                claim.time.as_ref().filter(|t| !t.span.overlaps(mention.span))
            })
        };
        let after = dated(true).and_then(|time| offset.from(time.interval));
        let before = dated(false).and_then(|time| offset.back(time.interval));
        let words = mention.span.slice(view.text).unwrap_or_default();
        for (claim, side) in told.iter_mut().zip(&sides) {
            let counted = match side {
                Some(false) if claim.time.is_none() && asks(claim, words) => after.as_ref(),
                Some(true) if claim.time.is_none() => before.as_ref(),
                _ => None,
            };
            if let Some(counted) = counted {
                claim.time = Some(value(counted, mention, words));
                claim.gaps.retain(|gap| gap.field != GapField::Time);
            } else if *side == Some(true) && asks(claim, words) {
                // The count is of the other event.
                claim.gaps.retain(|gap| gap.field != GapField::Time);
                claim.gaps.push(gap(GapField::Time, GapState::NotStated, &[]));
            }
        }
    }
}

/// Whether a claim's time stands open in these words.
fn asks(claim: &ClaimContent, words: &str) -> bool {
    let opening = format!("in the words “{words}”");
    claim.gaps.iter().any(|gap| gap.field == GapField::Time && gap.reason.starts_with(&opening))
}

fn value(counted: &Counted, mention: &TimeMention, words: &str) -> TimeValue {
    TimeValue {
        interval: counted.interval,
        precision: DatePrec::of(counted.interval),
        text: words.to_owned(),
        span: mention.span,
        inferred: true,
        reasons: counted.reasons.clone(),
        candidates: Vec::new(),
    }
}
