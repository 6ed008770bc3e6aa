//! Totals: a number of people harmed over a stretch of time and not in one event, as in "300 people have been killed
//! *since the war began*".
//!
//! Owns which words make a number a total; the type that it then has is the codebook's.

use averment_codebook::{Codebook, EventType};
use averment_lang::Dep;
use averment_types::{ClaimKind, RoleKind};

use crate::casualties;
use crate::fillers::Filler;
use crate::lexicon::Lexicon;
use crate::view::View;

/// So many at least are a total; of fewer a list of events may be told.
const FEW: u32 = 5;
/// So many at least that a war is said to have cost are its total, and not those of one day of it.
const WAR: u32 = 200;
/// What lasts long enough for a total.
const LONG: [&str; 8] =
    ["weeks", "month", "months", "year", "years", "decade", "decades", "period"];
/// What goes on for long.
const WARS: [&str; 9] = [
    "war",
    "wars",
    "conflict",
    "insurgency",
    "uprising",
    "rebellion",
    "unrest",
    "genocide",
    "violence",
];

/// The type of the total that the harm at `head` states with its `fillers`; `None` where it is one event's.
pub(crate) fn total_of<'c>(
    view: &View<'_>,
    head: usize,
    fillers: &[Filler],
    lexicon: &Lexicon,
    (codebook, harm): (&'c Codebook, &EventType),
) -> Option<&'c EventType> {
    let kind = harm.casualty.filter(|_| harm.kind == ClaimKind::Event && harm.wider.is_empty())?;
    let is_total = |told: &&EventType| told.kind == ClaimKind::Count && told.casualty == Some(kind);
    let total = codebook.types().iter().find(is_total)?;
    let harmed = fillers.iter().filter(|f| matches!(f.role, RoleKind::Victim | RoleKind::Target));
    let counts = harmed.filter_map(|f| casualties::count(view, f, kind, lexicon));
    let most = counts.filter_map(|count| count.best.or(count.low)).max().unwrap_or_default();
    let is_total = most >= FEW && runs_long(view, head) || most >= WAR && is_of_war(view, head);
    is_total.then_some(total)
}

/// Whether what stands at `head` is counted over a stretch of time: "since 2014", "since the war began", "so far this year",
/// "over the past few weeks", "in months of unrest".
fn runs_long(view: &View<'_>, head: usize) -> bool {
    let tree = &view.tree;
    let below = tree.children_in(head, &[Dep::Advcl, Dep::Obl, Dep::Advmod]);
    let mut below = below.filter(|at| !is_day(view, *at));
    let since = |at: usize| {
        let mut marks = tree.children_in(at, &[Dep::Mark, Dep::Case]);
        marks.any(|mark| view.word(mark) == "since")
    };
    let yearly = || {
        tree.children_in(head, &[Dep::Obl, Dep::Advmod]).any(|at| {
            view.word(at) == "year"
                && tree.children_in(at, &[Dep::Det]).any(|det| view.word(det) == "this")
        })
    };
    // "the deadliest attack *in months*" is one.
    let superlative = |at: usize| {
        (at.saturating_sub(5)..at).any(|before| {
            matches!(view.word(before), "deadliest" | "worst" | "bloodiest" | "first")
        })
    };
    let over = |at: usize| LONG.contains(&view.word(at)) && is_within(view, at) && !superlative(at);
    below.any(|at| since(at) || over(at)) || yearly()
}

/// Whether a war is said to have cost what stands at `head`: "killed *in the civil war*", "*the conflict* has killed".
fn is_of_war(view: &View<'_>, head: usize) -> bool {
    let tree = &view.tree;
    let within = tree.children_in(head, &[Dep::Obl]).filter(|at| is_within(view, *at));
    let wars = |at: usize| WARS.contains(&view.word(at));
    within.chain(tree.children_in(head, &[Dep::Nsubj])).any(wars)
}

/// "*in* the past months", "*during* the war".
fn is_within(view: &View<'_>, at: usize) -> bool {
    let mut cases = view.tree.children_in(at, &[Dep::Case]);
    cases.any(|case| matches!(view.word(case), "in" | "over" | "during" | "within" | "throughout"))
}

/// A day of the week is too near for a total: "since Friday".
fn is_day(view: &View<'_>, at: usize) -> bool {
    view.word(at).ends_with("day") || matches!(view.word(at), "morning" | "night" | "dawn" | "noon")
}
