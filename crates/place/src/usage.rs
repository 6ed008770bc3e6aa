//! How a place's name is used: as where, as whose, as who.
//!
//! Owns the usage; refuses the place.

use crate::PlaceUsage;
use crate::token::Tokens;
use crate::words;

/// The usage of the name at tokens `start..end`.
pub(crate) fn of(t: &Tokens<'_>, start: usize, end: usize, speaks: bool) -> PlaceUsage {
    if is_led(t, start) {
        return if is_possessive(t, end) && !is_place_noun(t, end + 2) {
            PlaceUsage::Modifier
        } else {
            PlaceUsage::Locative
        };
    }
    if is_possessive(t, end) {
        return PlaceUsage::Modifier;
    }
    let helped = matches!(t.lower(end), "has" | "had" | "also" | "later");
    if speaks && words::is_speech(t.lower(end + usize::from(helped))) {
        return PlaceUsage::Metonym;
    }
    PlaceUsage::Bare
}

/// The usage of words that can only mean a place: a border zone, "20 km north of Gao".
pub(crate) fn of_place(t: &Tokens<'_>, start: usize, end: usize) -> PlaceUsage {
    match of(t, start, end, false) {
        PlaceUsage::Bare => PlaceUsage::Locative,
        other => other,
    }
}

/// "Mali's north", "Mali's border": still a place.
fn is_place_noun(t: &Tokens<'_>, i: usize) -> bool {
    (i..i + 2).any(|at| {
        words::direction(t.lower(at)).is_some()
            || words::sort(t.lower(at)).is_some()
            || t.lower(at) == "capital"
    })
}

/// Whether an apostrophe and s follow.
pub(crate) fn is_possessive(t: &Tokens<'_>, end: usize) -> bool {
    matches!(t.text(end), "'" | "’")
        && t.glued(end)
        && (t.lower(end + 1) == "s" || !t.is_word(end + 1) || !t.glued(end + 1))
}

/// Whether a word that says where leads the name, over articles, directions and kinds of place.
pub(crate) fn is_led(t: &Tokens<'_>, start: usize) -> bool {
    let mut at = start;
    while at > 0 {
        let word = t.before(at, 1);
        if words::is_locative(word) {
            return true;
        }
        let over = words::direction(word).is_some()
            || words::sort(word).is_some()
            || matches!(
                word,
                "the"
                    | "-"
                    | "\""
                    | "“"
                    | "'"
                    | "‘"
                    | "neighbouring"
                    | "neighboring"
                    | "capital"
                    | "restive"
                    | "nearby"
                    | "both"
                    | "far"
                    | "greater"
                    | "remote"
            );
        if word == "of" {
            let head = t.before(at, 2);
            return words::sort(head).is_some()
                || words::direction(head).is_some()
                || matches!(
                    head,
                    "capital" | "outskirts" | "vicinity" | "suburbs" | "area" | "parts" | "part"
                );
        }
        if !over {
            return false;
        }
        at -= 1;
    }
    false
}

/// Whether a word right before the name says near, not at.
pub(crate) fn is_near(t: &Tokens<'_>, start: usize) -> bool {
    let back = 1 + usize::from(t.before(start, 1) == "the");
    words::is_near(t.before(start, back))
        || (t.before(start, back) == "to" && t.before(start, back + 1) == "close")
        || (t.before(start, back) == "of"
            && matches!(t.before(start, back + 1), "outskirts" | "vicinity"))
}
