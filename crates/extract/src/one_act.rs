//! One act told by two words of a sentence: "a car *bomb exploded*", "they *marched* to *protest* against the law", "an
//! *attack*, *targeting* the base".
//!
//! Owns when two claims are of one act, and makes one of them; a harm and the act that did it are two, see `causes`.

use averment_codebook::{Codebook, EventType};
use averment_lang::{Dep, Pos};
use averment_types::{CasualtyKind, ClaimContent, ClaimKind, RoleKind};

use crate::assemble;
use crate::causes::head_of;
use crate::setting::{Taken, take_setting};
use crate::view::View;

/// Why a part was taken over.
const TWICE: &str = "the sentence names the act twice";

/// Joins those of the claims behind `from`, all of one sentence, that tell of one act.
pub(crate) fn join(
    view: &View<'_>,
    claims: &mut Vec<ClaimContent>,
    from: usize,
    codebook: &Codebook,
) {
    let mut at = from;
    while at < claims.len() {
        let upper = (from..claims.len()).find(|other| {
            let pair = claims.get(at).zip(claims.get(*other));
            *other != at
                && pair.is_some_and(|(lower, upper)| is_again(view, lower, upper, codebook))
        });
        let Some(upper) = upper else {
            at += 1;
            continue;
        };
        let again = claims.remove(at);
        let upper = if upper > at { upper - 1 } else { upper };
        if let Some(kept) = claims.get_mut(upper) {
            take(kept, again);
        }
        at = from;
    }
}

/// Whether `lower` only says again, or says more of, what `upper` tells.
fn is_again(
    view: &View<'_>,
    lower: &ClaimContent,
    upper: &ClaimContent,
    codebook: &Codebook,
) -> bool {
    if lower.trigger == upper.trigger || lower.polarity != upper.polarity {
        return false;
    }
    let types = |claim: &ClaimContent| codebook.find_type(claim.type_id.as_str());
    let Some((below, above)) = types(lower).zip(types(upper)) else { return false };
    let heads = head_of(view, lower.trigger).zip(head_of(view, upper.trigger));
    let Some((low, high)) = heads.filter(|_| below.kind == ClaimKind::Event) else { return false };
    let same = below.id == above.id || codebook.lies_within(&above.id, &below.id);
    let strikes = below.victims && above.victims;
    // "A bomb exploded" tells of the explosion, "a bomb struck" of the bomb.
    let vaguer = |a: &EventType, b: &EventType| a.id != b.id && codebook.lies_within(&b.id, &a.id);
    let device = is_device(view, low, high) && !vaguer(above, below)
        || is_device(view, high, low) && vaguer(below, above);
    strikes && device
        || below.id == above.id && is_harm(below) && names_victims(lower, upper)
        || same
            && !is_harm(below)
            && (is_end(view, low, high) || is_scene(view, low, high) || is_content(view, low, high))
}

/// Killing one is not killing another.
fn is_harm(told: &EventType) -> bool {
    told.casualty.is_some_and(|kind| matches!(kind, CasualtyKind::Killed | CasualtyKind::Injured))
}

/// Whether the word of `lower` only names those whom `upper` says it of: "five of the *dead* were killed in the market".
fn names_victims(lower: &ClaimContent, upper: &ClaimContent) -> bool {
    let mut harmed = upper.roles.iter().filter(|role| role.role == RoleKind::Victim);
    harmed.any(|role| role.range.contains(lower.trigger))
}

/// Whether the noun `low` does, or has done to it, what the verb `high` says: "a *bomb* went off", "detonated a *bomb*".
fn is_device(view: &View<'_>, low: usize, high: usize) -> bool {
    let with = || view.tree.case(low).is_some_and(|case| view.word(case) == "with");
    let core = match view.tree.dep(low) {
        Dep::Nsubj | Dep::Obj => true,
        // "attacked the base *with* two car bombs"
        Dep::Obl => with(),
        _ => false,
    };
    core && view.tree.head(low) == Some(high)
}

/// Whether `low` says to what end or how `high`, or the verb that carries it, was done: "marched to *protest*",
/// "launched an attack, *targeting* the base", "raids, which *hit* a school".
fn is_end(view: &View<'_>, low: usize, high: usize) -> bool {
    let tree = &view.tree;
    if !matches!(tree.dep(low), Dep::Xcomp | Dep::Advcl | Dep::Acl) {
        return false;
    }
    let carried = || {
        let noun = matches!(tree.dep(high), Dep::Nsubj | Dep::Obj | Dep::Obl);
        tree.head(high).filter(|_| noun && tree.dep(low) == Dep::Advcl)
    };
    let own_subject =
        tree.dep(low) != Dep::Acl && tree.children_in(low, &[Dep::Nsubj]).next().is_some();
    let held = tree.head(low);
    !own_subject && (held == Some(high) || held.is_some() && held == carried())
}

/// Whether the noun `low` is the occasion of the verb `high`, or what it says in other words: "demonstrated *in a rally*", "was hit *by an
/// air strike*".
fn is_scene(view: &View<'_>, low: usize, high: usize) -> bool {
    let preposition = view.tree.case(low).map(|case| view.word(case));
    view.tree.dep(low) == Dep::Obl
        && view.tree.head(low) == Some(high)
        && preposition.is_some_and(|word| matches!(word, "in" | "during" | "at" | "by"))
}

/// Whether the noun `low` is what the verb `high` says was done: "*took control* of the town".
fn is_content(view: &View<'_>, low: usize, high: usize) -> bool {
    view.tree.dep(low) == Dep::Obj
        && view.tree.head(low) == Some(high)
        && view.pos(low) == Pos::Noun
}

/// Gives `kept` what `again` says and it does not.
fn take(kept: &mut ClaimContent, again: ClaimContent) {
    let known: Vec<RoleKind> = kept.roles.iter().map(|role| role.role).collect();
    let mut more = again.roles.clone();
    more.retain(|role| !known.contains(&role.role) && !kept.trigger.overlaps(role.range));
    assemble::take_over(kept, more, TWICE);
    take_setting(kept, &again, TWICE, Taken::Both);
    if kept.casualties.is_empty() {
        kept.casualties = again.casualties;
    }
}
