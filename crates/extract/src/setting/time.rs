//! Which time of its sentence is an event's.
//!
//! Owns the order in which the tree offers times: the trigger's own, those of its clause, those of the clauses
//! around it, those of clauses that tell when or how. What the reader hears goes before the tree, and where it tells of the event and hears no
//! time, none but those that hang on the trigger are taken. Refuses times of other events.

use averment_lang::{Dep, Pos, Subtype};
use averment_time::{TimeMention, TimeMentionKind};

use super::Asked;
use super::bond::Bond;
use crate::told;
use crate::view::View;

/// How near a time is to an event in the tree, the nearest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// It hangs on the trigger or on the verb that supports it.
    Own,
    /// It stands in a phrase of theirs: "in a raid on Tuesday".
    Phrase,
    /// In the same clause.
    Clause,
    /// It opens the sentence, for all that follows.
    Opening,
    /// It stands in a clause around the trigger's.
    Around,
    /// It stands in a clause below it that tells when or how, or in one coordinated with it.
    Below,
}

/// The sentence's time that is the event's, with the reason.
pub(crate) fn choose<'m>(
    view: &View<'_>,
    asked: &Asked<'_>,
    times: &[&'m TimeMention],
) -> Option<(&'m TimeMention, String)> {
    let dates = times.iter().filter(|t| t.kind == TimeMentionKind::Date);
    let heard = |time: &&&TimeMention| {
        asked.told.and_then(|told| told::plays(view, told, "time", time.span)) == Some(true)
    };
    // "said *on Friday* that": when it was said.
    let said = |time: &&&TimeMention| {
        let mut bonds = asked.anchors.iter().filter_map(|at| Bond::of(view, *at, time.span));
        bonds.any(|bond| bond.is_before_that())
    };
    if let Some(time) = dates.clone().filter(|time| !said(time)).find(heard) {
        return Some((*time, "the time of the event, as the reader hears it".to_owned()));
    }
    let farthest = if asked.told.is_some() { Nearness::Opening } else { Nearness::Below };
    let ranked = dates.filter_map(|time| {
        let bonds = asked.anchors.iter().filter_map(|at| Bond::of(view, *at, time.span));
        let near = bonds.filter_map(|bond| {
            let apart = asked.own_clause && !bond.shares_clause();
            let nearness = nearness(view, &bond).filter(|_| !apart)?;
            let nearness = (nearness <= farthest).then_some(nearness)?;
            let steps = bond.top.abs_diff(bond.anchor);
            Some(((nearness, time.value.is_none(), steps), bond.in_words()))
        });
        let (key, words) = near.min_by_key(|(key, _)| *key)?;
        Some((key, *time, words))
    });
    let (_, time, words) = ranked.min_by_key(|(key, ..)| *key)?;
    Some((time, format!("the time of the event, for it {words}")))
}

/// How near the time at the end of `bond` is; `None` where it is another event's.
fn nearness(view: &View<'_>, bond: &Bond<'_, '_>) -> Option<Nearness> {
    let past = is_before_its_clause(view, bond);
    match () {
        () if bond.is_before_that() => None,
        () if bond.is_below() && bond.up.len() <= 1 => Some(Nearness::Own),
        () if bond.is_of_another() => None,
        () if bond.is_below() && !bond.is_in_further_clause() => Some(Nearness::Phrase),
        () if bond.shares_clause() && !bond.is_in_further_clause() => Some(Nearness::Clause),
        () if !bond.is_below() && past => None,
        () if !bond.is_in_further_clause() && bond.opens() => Some(Nearness::Opening),
        () if !bond.is_in_further_clause() => Some(Nearness::Around),
        () => Some(Nearness::Below),
    }
}

/// "the men who *had killed* him in May were arrested on Friday": a relative clause in the pluperfect tells of
/// what was before, and takes no time from the clause around it.
fn is_before_its_clause(view: &View<'_>, bond: &Bond<'_, '_>) -> bool {
    let tree = &view.tree;
    let relative = bond.down.iter().find(|at| tree.relation(**at).is(Dep::Acl, Subtype::Relcl));
    relative.is_some_and(|verb| {
        tree.children_in(*verb, &[Dep::Aux])
            .any(|aux| view.pos(aux) == Pos::Aux && view.word(aux) == "had")
    })
}
