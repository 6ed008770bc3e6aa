//! Which time of its sentence is an event's.
//!
//! Rules take out what is never an event's time: when it was said, and for a relation what another clause tells. Of the
//! rest the ranker takes the likeliest, or none.

use averment_lang::{Dep, Pos};
use averment_time::{TimeMention, TimeMentionKind};
use averment_types::{DateInterval, DatePrec, TimeValue};

use super::bond::{Bond, is_long_before};
use super::features::{self, Moment};
use super::reckoned::{self, behind_count};
use super::{Asked, Offered};
use crate::view::View;

/// A candidate with what the ranker makes of it.
pub(crate) struct Ranked<'m> {
    pub(crate) mention: &'m TimeMention,
    /// The facts by which it is ranked.
    pub(crate) facts: Vec<String>,
    score: f32,
    bond: String,
    /// Whether the trigger's clause tells what was then.
    frames: bool,
}

/// The candidates of the sentence, in the order of the text.
pub(crate) fn rank<'m>(
    view: &View<'_>,
    asked: &Asked<'_>,
    offered: &Offered<'m>,
) -> Vec<Ranked<'m>> {
    let Some(trigger) = asked.anchors.first().copied() else { return Vec::new() };
    let dates = offered.times.iter().filter(|t| t.kind == TimeMentionKind::Date);
    let bound = dates.filter(|t| asked.may_be(view, t.span)).filter_map(|mention| {
        let bond = Bond::of(view, trigger, mention.span)?;
        let apart = asked.own_clause && !bond.shares_clause() || bond.is_before_that();
        // "the hall that was opened *in 2004*" dates the hall.
        let years = mention.value.as_ref().is_some_and(|v| v.precision >= DatePrec::Year);
        let aside = years && bond.is_of_another() || asked.own_clause && bond.is_when_else();
        let long = !bond.is_below() && is_long_before(view, trigger);
        // "two days after gunmen struck *on Friday*": each side has its own.
        let counts = mention.offset.is_some();
        let theirs = if counts { None } else { behind_count(view, bond.top) };
        let apart = apart
            || theirs != behind_count(view, trigger)
            || reckoned::is_since_when(view, mention.span)
            || aside
            || long
            || is_ahead_of(view, &bond)
            || is_ranked(view, &bond)
            || bond.is_since_then()
            || bond.is_beside();
        (!apart).then_some((mention, bond))
    });
    let bound: Vec<(&TimeMention, Bond<'_, '_>)> = bound.collect();
    let steps = |bond: &Bond<'_, '_>| bond.top.abs_diff(bond.anchor);
    let nearest = bound.iter().map(|(_, bond)| steps(bond)).min().unwrap_or_default();
    let ranked = bound.iter().map(|(mention, bond)| {
        let moment = Moment { mention, nearest: steps(bond) == nearest, only: bound.len() == 1 };
        let facts = features::of_time(view, bond, &moment, asked);
        let score = offered.rankers.times.score(&facts);
        let frames = bond.frames("when");
        Ranked { mention, facts, score, bond: bond.in_words(), frames }
    });
    ranked.collect()
}

/// "*ahead of* the feast": when something else will be.
fn is_ahead_of(view: &View<'_>, bond: &Bond<'_, '_>) -> bool {
    let of = (0..bond.tokens.start).rev().find(|at| view.pos(*at) != Pos::Det);
    let opens = |at: usize| view.word(at) == "ahead" && view.word(at + 1) == "of";
    of.and_then(|of| of.checked_sub(1)).is_some_and(opens)
        || bond.up.iter().any(|at| opens(view.tree.span(*at).start))
}

/// "the deadliest so far *this year*", "the first since *May*": among what it ranks.
fn is_ranked(view: &View<'_>, bond: &Bond<'_, '_>) -> bool {
    let rank = |at: usize| {
        let word = view.word(at);
        matches!(word, "worst" | "first" | "second" | "third" | "most" | "largest")
            || view.feats(at).contains("Degree=Sup")
    };
    let from = bond.tokens.start.saturating_sub(9);
    let before = (from..bond.tokens.start).rev().take_while(|at| {
        !matches!(view.pos(*at), Pos::Verb | Pos::Aux | Pos::Punct)
            && !matches!(view.word(*at), "on" | "killed" | "when")
    });
    let wide = matches!(view.word(bond.tokens.start), "this" | "the" | "last" | "since")
        || view.word(bond.tokens.start.saturating_sub(1)) == "since";
    wide && before.into_iter().any(rank)
}

/// Since when, where a clause of its own says so: "has killed hundreds *since it declared a caliphate in June*".
pub(crate) fn since(
    view: &View<'_>,
    asked: &Asked<'_>,
    offered: &Offered<'_>,
) -> Option<TimeValue> {
    let trigger = asked.anchors.first().copied()?;
    // "the deadliest attack since gunmen killed ten in May" is not as old as these.
    let mut marks = view.tree.children_in(trigger, &[Dep::Amod]);
    if marks.any(|at| view.feats(at).contains("Degree=Sup") || view.word(at) == "worst") {
        return None;
    }
    let dates = offered.times.iter().filter(|t| t.kind == TimeMentionKind::Date);
    dates.filter(|t| asked.may_be(view, t.span)).find_map(|mention| {
        let bond = Bond::of(view, trigger, mention.span)?;
        let clause = bond.since_clause().filter(|_| bond.is_below())?;
        let mut value = mention.value.clone()?;
        let first = view.tokens.get(view.tree.span(clause).start)?.range;
        value.interval = DateInterval::new(value.interval.start(), None).ok()?;
        value.precision = DatePrec::Longer;
        value.span = first.cover(mention.span);
        value.span.slice(view.text)?.clone_into(&mut value.text);
        value.reasons.push("the words say since when".to_owned());
        Some(value)
    })
}

/// When it was, where another event is the worst since then: "the deadliest *since May*, when ten people died".
pub(crate) fn since_when(
    view: &View<'_>,
    asked: &Asked<'_>,
    offered: &Offered<'_>,
) -> Option<TimeValue> {
    let trigger = asked.anchors.first().copied()?;
    let when = reckoned::since_when(view).filter(|when| *when < trigger)?;
    let before = view.tokens.get(when)?.range.start();
    let sentence = view.sentence.range;
    let named = |t: &&TimeMention| sentence.contains(t.span) && t.span.end() <= before;
    let mention = offered.times.iter().rfind(named)?;
    let part = mention.parts.first()?;
    let mut value = mention.value.clone()?;
    value.interval = part.interval;
    value.precision = DatePrec::of(part.interval);
    value.span = part.span;
    part.span.slice(view.text)?.clone_into(&mut value.text);
    value.reasons.push("what is told then happened on the date that is counted from".to_owned());
    Some(value)
}

/// How long it went on, said with the trigger or its verb: "protested *for more than a week*", "the *18-day* siege".
pub(crate) fn lasting<'m>(
    view: &View<'_>,
    asked: &Asked<'_>,
    offered: &Offered<'m>,
) -> Option<&'m TimeMention> {
    // "the worst attack in *years*" lasted no years.
    let counted =
        |t: &&TimeMention| t.span.slice(view.text).is_some_and(|words| words.contains([' ', '-']));
    let lengths = offered.times.iter().filter(|t| t.kind == TimeMentionKind::Duration);
    let lengths = lengths.filter(counted);
    lengths.filter(|t| asked.may_be(view, t.span)).find(|mention| {
        asked.anchors.iter().any(|anchor| {
            let bond = Bond::of(view, *anchor, mention.span);
            bond.is_some_and(|bond| {
                bond.is_below() && bond.clauses_up().next().is_none() && !bond.is_before()
            })
        })
    })
}

/// The likeliest of the `ranked` times, where one is likelier than none, with the reason.
pub(crate) fn choose<'m>(
    ranked: &[Ranked<'m>],
    asked: &Asked<'_>,
    offered: &Offered<'_>,
) -> Option<(&'m TimeMention, String)> {
    let scores: Vec<f32> = ranked.iter().map(|r| r.score).collect();
    let weights = &offered.rankers.times;
    let framed = || ranked.iter().position(|r| r.frames).map(|at| (at, 1.0));
    let (at, share) = weights.best(&scores, asked.kind.is_some()).or_else(framed)?;
    let best = ranked.get(at)?;
    let others = match ranked.len() {
        1 => "the one time of the sentence".to_owned(),
        n => format!("one of {n} times of the sentence"),
    };
    let facts = weights.telling(&best.facts).join(", ");
    let bond = &best.bond;
    let reason =
        format!("{others}: it {bond}; the ranker of times gives it {share:.2}, for {facts}");
    Some((best.mention, reason))
}

/// How long an event went on that began at `begun`: "*began* late on Friday and *lasted* until *Sunday*".
pub(crate) fn lasted(
    view: &View<'_>,
    begun: &TimeValue,
    offered: &Offered<'_>,
) -> Option<TimeValue> {
    let word = |any: &[&str]| (0..view.words.len()).find(|at| any.contains(&view.word(*at)));
    let start_at = word(&["began", "started", "erupted"])?;
    let went_on =
        word(&["lasted", "continued", "raged", "ended", "stopped", "went", "until", "till"])?;
    let sentence = view.sentence.range;
    let behind = |t: &&TimeMention| {
        sentence.contains(t.span) && t.span.start() > begun.span.end() && t.side.is_none()
    };
    let mut later = offered.times.iter().filter(|t| t.kind == TimeMentionKind::Date).filter(behind);
    let at = |t: &TimeMention| view.tokens.iter().position(|token| token.range.overlaps(t.span));
    let until = later.find(|t| {
        at(t).and_then(|at| at.checked_sub(1)).is_some_and(|before| {
            let told = at(t).is_some_and(|at| view.tree.upward(at).any(|up| up == start_at));
            told && before > start_at
                && before >= went_on
                && matches!(view.word(before), "until" | "till" | "into" | "through" | "on")
        })
    })?;
    let end = until.value.as_ref()?.interval.end()?;
    let start = begun.interval.start().filter(|start| *start < end)?;
    let mut value = begun.clone();
    value.interval = DateInterval::new(Some(start), Some(end)).ok()?;
    value.precision = DatePrec::of(value.interval);
    value.reasons.push("the words say until when it went on".to_owned());
    Some(value)
}
