//! Several places of one event: "in *Kano, Jigawa and Bauchi States*".
//!
//! Owns which places are listed with the one chosen, the area of all of them, and whether each of them has a claim of its own.

use averment_place::PlaceMention;
use averment_types::{ClaimContent, PlaceKind, PlaceValue, TextRange, WherePrec};

use super::Offered;
use crate::view::View;

/// The places coordinated with `first`, which is said of each of them. A place inside another's words, or
/// behind a comma that only says where the first one lies, is no further place.
pub(super) fn listed(
    view: &View<'_>,
    first: &PlaceMention,
    offered: &Offered<'_>,
) -> Vec<PlaceValue> {
    let all = offered.places.iter().chain(offered.unlisted);
    let behind = |p: &&PlaceMention| {
        p.span.start() >= first.span.end() && view.sentence.range.contains(p.span)
    };
    let mut later: Vec<&PlaceMention> = all.filter(behind).collect();
    later.sort_by_key(|place| place.span);
    let mut found: Vec<PlaceValue> = Vec::new();
    let (mut end, mut joined) = (first.span.end(), false);
    // "on the road between Timba and Suárez" is one place.
    let before = view.text.get(..first.span.start()).unwrap_or_default();
    let last = before.split_whitespace().next_back().unwrap_or_default();
    if last.eq_ignore_ascii_case("between") {
        return found;
    }
    for place in later {
        let gap = TextRange::new(end, place.span.start())
            .ok()
            .and_then(|r| r.slice(view.text))
            .unwrap_or_default();
        let words: Vec<&str> =
            gap.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        // "Tabo and Kiri *in Mali*": where both are.
        let within = !gap.contains(',') && !words.iter().any(|w| matches!(*w, "and" | "or" | "as"));
        if words.len() > 3
            || within
            || !words
                .iter()
                .all(|w| matches!(*w, "and" | "or" | "in" | "the" | "as" | "well" | "both"))
            || gap.trim().is_empty()
        {
            break;
        }
        joined |= words.contains(&"and") || words.contains(&"or");
        end = place.span.end();
        if place.value.name != first.value.name && found.iter().all(|p| p.name != place.value.name)
        {
            found.push(place.value.clone());
        }
    }
    if joined { found } else { Vec::new() }
}

/// Puts the claim behind `out`, and one more for each further place. A toll is one of all places together, and stays one claim.
pub(crate) fn put(
    text: &str,
    mut content: ClaimContent,
    more_places: Vec<PlaceValue>,
    out: &mut Vec<ClaimContent>,
) {
    let counted = !content.casualties.is_empty();
    let first = content.place.as_ref().filter(|_| counted && !more_places.is_empty());
    if let Some(all) = first.and_then(|first| together(text, first, &more_places)) {
        content.place = Some(all);
    }
    let more = more_places.into_iter().filter(|_| !counted);
    let elsewhere: Vec<ClaimContent> =
        more.map(|place| ClaimContent { place: Some(place), ..content.clone() }).collect();
    out.push(content);
    out.extend(elsewhere);
}

/// The area of a place and those listed behind it: "*Kano, Jigawa and Bauchi States*".
fn together(text: &str, first: &PlaceValue, more: &[PlaceValue]) -> Option<PlaceValue> {
    let span = more.iter().fold(first.span, |span, place| span.cover(place.span));
    let words = span.slice(text)?;
    let of_all = |same: &dyn Fn(&PlaceValue) -> bool| more.iter().all(same);
    let country = first.country.clone().filter(|_| of_all(&|p| p.country == first.country));
    let admin1 = first.admin1.clone().filter(|_| of_all(&|p| p.admin1 == first.admin1));
    let precision = match (&admin1, &country) {
        (Some(_), _) => WherePrec::Admin1,
        (None, Some(_)) => WherePrec::Fuzzy,
        (None, None) => WherePrec::Country,
    };
    let mut all = PlaceValue::named(words, PlaceKind::Region, precision, words, span);
    for code in first.countries.iter().chain(more.iter().flat_map(|place| &place.countries)) {
        if !all.countries.contains(code) {
            all.countries.push(code.clone());
        }
    }
    (all.country, all.admin1) = (country, admin1);
    all.reasons.clone_from(&first.reasons);
    let names: Vec<&str> = more.iter().map(|place| place.name.as_str()).collect();
    all.reasons.push(format!("one number is told of {} and {}", first.name, names.join(", ")));
    Some(all)
}
