//! Which of two places that stand in one chain is the closer one: "in *Dhiban*, east of the Euphrates", "Moroto's *Rupa*".
//!
//! Owns the words that may stand between both; refuses lists, whose places lie beside each other.

use std::ops::Range;

use averment_lang::Pos;

use super::features::Site;
use super::scene::is_wide;
use crate::view::View;

/// So many words stand between both at most.
const BETWEEN: usize = 9;
/// So many words back a name's lead is looked for.
const STEPS: usize = 6;

/// Words that lead a place in which something happens.
const LEADS: [&str; 12] = [
    "in", "at", "near", "on", "of", "outside", "inside", "around", "into", "within", "along",
    "across",
];

/// Words for what sort of place it is, which side of another, and how far.
const SORTS: &str = "area areas sector district region province state county municipality department village town city suburb \
    outskirts edge side part end quarter neighbourhood neighborhood camp market terminal hospital road street highway bridge school \
    mosque church base valley island township block zone commune subdistrict governorate countryside locality hamlet settlement \
    kilometre kilometres kilometer kilometers km mile miles metres border bank banks shore coast territory division north south east \
    west northeast northwest southeast southwest northern southern eastern western northeastern northwestern southeastern southwestern \
    central rural upper lower outer inner entrance centre center capital community junction station roundabout parish \
    sub-county constituency woreda wereda kebele ward axis heart foot";

/// A place and its tokens.
pub(super) type Placed<'s, 'm> = (&'s Site<'m>, &'s Range<usize>);

/// Whether the words put the place `finer` inside or beside `wider`, which tells less closely where something was.
pub(super) fn narrows(view: &View<'_>, finer: Placed<'_, '_>, wider: Placed<'_, '_>) -> bool {
    let ((fine, near), (wide, far)) = (finer, wider);
    let (close, rough) = (&fine.mention.value, &wide.mention.value);
    let exact = !is_wide(close) || is_wide(rough) && close.precision < rough.precision;
    if !exact || close.name == rough.name {
        return false;
    }
    if far.end <= near.start {
        // "*Moroto's* Rupa sub-county"
        let owns = matches!(view.word(far.end), "'s" | "’s" | "'" | "’");
        // "Peru's *Andean* district of Pataz"
        let describes = view.word(near.end + 1) == "of";
        // "London's *Aleppo* protest"
        let said_of = view.pos(near.end) == Pos::Noun && !is_sort(view.word(near.end));
        return owns && near.start == far.end + 1 && !describes && !said_of;
    }
    let gap = near.end..far.start;
    if gap.is_empty() || gap.len() > BETWEEN || !is_led(view, near.start) {
        return false;
    }
    let sort = |at: usize| is_sort(view.word(at));
    let leads = |at: usize| matches!(view.word(at), "in" | "of" | "near" | "on" | "within");
    let held = |at: usize| {
        let small = matches!(view.word(at), "," | "the" | "a" | "an" | "'s" | "’s");
        small || leads(at) || sort(at) || view.pos(at) == Pos::Num
    };
    if !gap.clone().all(held) {
        return false;
    }
    let said = gap.into_iter().any(|at| leads(at) || sort(at));
    let last = matches!(view.word(far.end), "and" | "or")
        || view.word(far.end) == "," && matches!(view.word(far.end + 2), "and" | "or" | ",");
    let holds = is_wide(rough) || !fine.listed;
    said || holds && !last
}

/// Whether the name that begins at the token `start` is led as a place is, over words for its sort.
fn is_led(view: &View<'_>, start: usize) -> bool {
    let mut before = (start.saturating_sub(STEPS)..start).rev().skip_while(|at| {
        let word = view.word(*at);
        // "at Juhudi *and* Salama in Witu"
        matches!(word, "the" | "a" | "and" | ",")
            || is_sort(word)
            || view.pos(*at) == Pos::Propn && matches!(view.word(*at + 1), "and" | ",")
    });
    before.next().is_some_and(|at| LEADS.contains(&view.word(at)))
}

/// Whether a word says what sort of place something is, or on which side of another.
fn is_sort(word: &str) -> bool {
    SORTS.split_whitespace().any(|sort| sort == word)
}
