//! Actors, times and places with the reasons for them, wherever a page shows them.

use averment_types::{PlaceValue, Role, TimeValue};

use super::page::Page;
use crate::fold::{Piece, piece, plain};
use crate::terminal::Style;
use crate::wording::{self, name, one_line};

pub(crate) fn strong(text: &str) -> Piece {
    piece(text, Style::Strong)
}

pub(crate) fn words_of(text: &str) -> String {
    format!("in the words “{}”", one_line(text))
}

/// Who stands in a role; `kind` goes before the name.
pub(crate) fn who(page: &mut Page, label: &str, kind: &str, role: &Role) {
    let words = one_line(&role.text);
    let meant = role.antecedent.as_ref().map(|meant| one_line(&meant.text));
    let kind = plain(kind);
    if let Some(actor) = &role.actor {
        let country = actor.country.as_ref().map(|c| format!(", {c}"));
        let country = country.unwrap_or_default();
        let about = format!(" ({}{country}; {})", name(actor.kind), actor.id);
        page.value(label, &[kind, strong(&actor.name), plain(&about)]);
        page.reason(&words_of(&words));
    } else {
        let open = match role.candidates.as_slice() {
            [] => " (not linked to an actor)",
            _ => " (left open)",
        };
        let shown = match &meant {
            Some(meant) => format!("“{words}”: “{meant}”"),
            None => format!("“{words}”"),
        };
        page.value(label, &[kind, strong(&shown), plain(open)]);
    }
    if let Some(how) = role.alleged {
        page.reason(&format!("{}: the report does not say itself that they did it", name(how)));
    }
    because(page, &role.reasons);
    for candidate in &role.candidates {
        let actor = &candidate.actor;
        let about = format!("{} ({}; {})", actor.name, name(actor.kind), actor.id);
        page.reason(&perhaps(&about, candidate.score, &candidate.reason));
    }
}

pub(crate) fn because(page: &mut Page, reasons: &[String]) {
    for reason in reasons {
        page.reason(&format!("because {reason}"));
    }
}

fn perhaps(what: &str, score: f32, reason: &str) -> String {
    format!("or perhaps {what}, weight {score:.2}: {reason}")
}

/// A time with its precision, its reasons and what else it may be.
pub(crate) fn when(page: &mut Page, time: &TimeValue) {
    let days = wording::days(time.interval, time.precision);
    let inferred = if time.inferred { "; partly inferred" } else { "" };
    let precision = format!(" ({}{inferred})", wording::date_precision(time.precision));
    page.value("when", &[strong(&days), plain(&precision)]);
    page.reason(&words_of(&time.text));
    because(page, &time.reasons);
    for candidate in &time.candidates {
        let days = wording::days(candidate.interval, candidate.precision);
        page.reason(&perhaps(&days, candidate.score, &candidate.reason));
    }
}

/// A place, likewise.
pub(crate) fn whereabouts(page: &mut Page, place: &PlaceValue) {
    let precision = wording::place_precision(place.precision);
    let about = format!(" ({}; {precision})", name(place.kind));
    page.value("where", &[strong(&wording::place(place)), plain(&about)]);
    page.reason(&words_of(&place.text));
    because(page, &place.reasons);
    let point = place.lat.zip(place.lon).map(|(lat, lon)| format!("at {lat:.4}, {lon:.4}"));
    let entry = place.gazetteer_id.as_ref().map(|id| format!("gazetteer entry {id}"));
    let pin: Vec<String> = [point, entry].into_iter().flatten().collect();
    if !pin.is_empty() {
        page.reason(&pin.join(", "));
    }
    for candidate in &place.candidates {
        let country = candidate.country.as_ref().map(ToString::to_string);
        let parts = [Some(candidate.name.clone()), candidate.admin1.clone(), country];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        page.reason(&perhaps(&parts.join(", "), candidate.score, &candidate.reason));
    }
}
