//! How a place's name is used: as where, as whose, as who.
//!
//! Owns the usage; refuses the place.

use crate::PlaceUsage;
use crate::token::Tokens;
use crate::words;

/// So many words may stand between a word that leads and the name.
const MOST_SKIPPED: usize = 12;

/// The usage of the name at tokens `start..end`.
pub(crate) fn of(t: &Tokens<'_>, start: usize, end: usize, speaks: bool) -> PlaceUsage {
    if is_body_of(t, start) {
        return PlaceUsage::Modifier;
    }
    if is_compound(t, end) {
        return PlaceUsage::Modifier;
    }
    if is_possessive(t, end) {
        let ground = is_place_noun(t, end + 1 + usize::from(t.lower(end + 1) == "s"));
        return if ground { PlaceUsage::Locative } else { PlaceUsage::Modifier };
    }
    if is_led(t, start) || is_reached(t, start) || is_struck(t, end) {
        return PlaceUsage::Locative;
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

/// "Mali's north", "Mali's border", "Mali's three northern regions": still a place.
fn is_place_noun(t: &Tokens<'_>, i: usize) -> bool {
    (i..i + 3).take_while(|at| t.is_word(*at)).any(|at| {
        let word = t.lower(at);
        words::direction(word).is_some() || words::is_ground(word) || words::sort(word).is_some()
    })
}

/// "U.S.-led", "Damascus-based": the name is part of an adjective.
fn is_compound(t: &Tokens<'_>, end: usize) -> bool {
    let word = t.lower(end + 1);
    let tells = word.ends_with("ed")
        || matches!(word, "led" | "born" | "made" | "run" | "bound" | "held" | "style" | "era");
    t.text(end) == "-" && t.glued(end) && t.glued(end + 1) && tells
}

/// "Gao was captured", "Gao has been shelled": what happens to it happens there.
pub(crate) fn is_struck(t: &Tokens<'_>, end: usize) -> bool {
    let be = match t.lower(end) {
        "was" | "were" => end + 1,
        "has" | "had" | "have" if t.lower(end + 1) == "been" => end + 2,
        _ => return false,
    };
    words::is_reaching(t.lower(be))
}

/// "the Islamic State of Iraq", "Bank of Ghana": the name belongs to a body's.
fn is_body_of(t: &Tokens<'_>, start: usize) -> bool {
    let over = usize::from(t.before(start, 1) == "the");
    let Some(head) = start.checked_sub(2 + over) else {
        return false;
    };
    let word = t.lower(head);
    let named = t.is_capital(head) && head > 0 && !t.is_shouting();
    let kind = words::sort(word).is_some() && !matches!(word, "state" | "university")
        || words::direction(word).is_some();
    match t.before(start, 1 + over) {
        "of" => named && !kind,
        // "Islamic State in Iraq": a body that is called after its seat.
        "in" => {
            named
                && matches!(word, "state" | "mission" | "emirate" | "command")
                && t.is_capital(head - 1)
        }
        _ => false,
    }
}

/// Whether a verb whose object is where it happens stands right before: "entered Gao".
fn is_reached(t: &Tokens<'_>, start: usize) -> bool {
    let mut at = start;
    while at > 0 && start - at < 5 {
        let word = t.before(at, 1);
        if words::is_reaching(word) {
            return true;
        }
        if !is_skipped(word) {
            return false;
        }
        at -= 1;
    }
    false
}

/// Words that may stand between a word that leads and the name.
fn is_skipped(word: &str) -> bool {
    words::direction(word).is_some()
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
                | "rural"
                | "downtown"
                | "mainly"
                | "mostly"
        )
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
    while at > 0 && start - at < MOST_SKIPPED {
        let word = t.before(at, 1);
        if words::is_locative(word) {
            return true;
        }
        let over = is_skipped(word);
        // "in rebel-held Gao".
        if matches!(word, "held" | "controlled" | "ruled" | "dominated" | "occupied" | "majority")
            && t.before(at, 2) == "-"
        {
            at = at.saturating_sub(3);
            continue;
        }
        if word == "of" {
            let head = t.before(at, 2);
            return words::sort(head).is_some()
                || words::direction(head).is_some()
                || matches!(
                    head,
                    "capital"
                        | "outskirts"
                        | "vicinity"
                        | "suburbs"
                        | "area"
                        | "parts"
                        | "part"
                        | "most"
                        | "much"
                        | "percent"
                        | "streets"
                        | "side"
                        | "edge"
                        | "edges"
                        | "center"
                        | "centre"
                        | "heart"
                        | "middle"
                        | "entrance"
                        | "perimeter"
                        | "flank"
                        | "countryside"
                        | "bank"
                        | "corner"
                        | "block"
                        | "control"
                        | "third"
                        | "half"
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
    // "near the village *of* Hatla"
    let typed = t.before(start, 1) == "of" && words::sort(t.before(start, 2)).is_some();
    let before = 3 + usize::from(matches!(t.before(start, 3), "the" | "a"));
    typed && words::is_near(t.before(start, before))
        || words::is_near(t.before(start, back))
        || (t.before(start, back) == "to" && t.before(start, back + 1) == "close")
        || (t.before(start, back) == "of"
            && matches!(
                t.before(start, back + 1),
                "outskirts" | "vicinity" | "suburb" | "suburbs" | "edge" | "edges" | "fringes"
            ))
}
