//! A claim as cells: each field of it that a table would show, as a short text.

use averment_types::{
    Act, Casualties, CasualtyKind, Claim, ClaimContent, Correction, CountryCode, RoleKind,
};

use crate::columns::code;
use crate::force::Standing;

/// The roles, in the order of their cells.
const ROLES: [RoleKind; 8] = [
    RoleKind::Initiator,
    RoleKind::Target,
    RoleKind::Victim,
    RoleKind::Participant,
    RoleKind::Instrument,
    RoleKind::Beneficiary,
    RoleKind::Subject,
    RoleKind::Object,
];

/// What happened to people, in the order of their cells.
const HARM: [CasualtyKind; 6] = [
    CasualtyKind::Killed,
    CasualtyKind::Injured,
    CasualtyKind::Missing,
    CasualtyKind::Abducted,
    CasualtyKind::Displaced,
    CasualtyKind::Arrested,
];

/// The name of the cell that says whether a person accepted or rejected the claim.
pub(super) const VERDICT: &str = "verdict";

/// The name of the cell that holds a person's grade of the claim.
pub(super) const CREDIBILITY: &str = "credibility";

/// Cells by name, in order; an empty one holds an empty text.
pub(super) type Cells = Vec<(String, String)>;

/// The cells of `claim` as it reads, and of what was decided about it as a whole.
pub(super) fn of(claim: &Claim, standing: &Standing) -> Cells {
    let mut cells = said(claim.content());
    let verdict = standing.verdict.map(|verdict| code(&verdict));
    let grade = standing.credibility.map(|grade| u8::from(grade).to_string());
    cells.push((VERDICT.to_owned(), verdict.unwrap_or_default()));
    cells.push((CREDIBILITY.to_owned(), grade.unwrap_or_default()));
    cells
}

/// Whether `act` decides what the cell `field` holds.
pub(super) fn decides(act: &Act, field: &str) -> bool {
    match act {
        Act::Accept { .. } | Act::Reject { .. } => field == VERDICT,
        Act::GradeClaim { .. } => field == CREDIBILITY,
        Act::Name { .. } => ROLES.iter().any(|role| code(role) == field),
        Act::Correct { correction, .. } => match correction {
            Correction::Type(_) => field == "type",
            Correction::Polarity(_) => field == "polarity",
            Correction::Modality(_) => field == "modality",
            Correction::Time(_) => matches!(field, "start" | "end" | "date_precision"),
            Correction::Place(_) => {
                matches!(field, "place" | "country" | "lat" | "lon" | "where_precision")
            }
            Correction::Role { role, .. } => code(role) == field,
            Correction::Casualties { kind, .. } => code(kind) == field,
            _ => false,
        },
        _ => false,
    }
}

fn said(content: &ClaimContent) -> Cells {
    let mut cells: Cells = Vec::new();
    let mut add = |name: &str, value: Option<String>| {
        cells.push((name.to_owned(), value.unwrap_or_default()));
    };
    add("type", Some(content.type_id.to_string()));
    add("kind", Some(code(&content.kind)));
    add("polarity", Some(code(&content.polarity)));
    add("modality", Some(code(&content.modality)));
    let time = content.time.as_ref();
    add("start", time.and_then(|t| t.interval.start()).map(|day| day.to_string()));
    add("end", time.and_then(|t| t.interval.end()).map(|day| day.to_string()));
    add("date_precision", time.map(|t| code(&t.precision)));
    let place = content.place.as_ref();
    add("place", place.map(|p| p.name.clone()));
    add("country", place.map(|p| countries(p.country.iter().chain(&p.countries))));
    add("lat", place.and_then(|p| p.lat).map(|lat| lat.to_string()));
    add("lon", place.and_then(|p| p.lon).map(|lon| lon.to_string()));
    add("where_precision", place.map(|p| code(&p.precision)));
    for role in ROLES {
        add(&code(&role), Some(fillers(content, role)));
    }
    for kind in HARM {
        add(&code(&kind), Some(numbers(content, kind)));
    }
    let speakers: Vec<&str> =
        content.attribution.iter().map(averment_types::AttributionLink::name).collect();
    add("attribution", Some(speakers.join(" <- ")));
    let party = content.attribution.iter().any(|link| link.party);
    add("party_source", Some(party.to_string()));
    let quotes: Vec<&str> = content.evidence.iter().map(averment_types::Evidence::quote).collect();
    add("quote", Some(quotes.join(" … ")));
    cells
}

fn countries<'a>(all: impl Iterator<Item = &'a CountryCode>) -> String {
    let mut codes: Vec<&str> = all.map(CountryCode::as_str).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.join("; ")
}

/// Who stands in a role: the actor by name and id, else the report's words.
fn fillers(content: &ClaimContent, kind: RoleKind) -> String {
    let roles = content.roles.iter().filter(|role| role.role == kind);
    let names: Vec<String> = roles
        .map(|role| match &role.actor {
            Some(actor) => format!("{} [{}]", actor.name, actor.id),
            None => format!("“{}”", role.text),
        })
        .collect();
    names.join("; ")
}

fn numbers(content: &ClaimContent, kind: CasualtyKind) -> String {
    let stated = content.casualties.iter().filter(|c| c.kind == kind);
    let stated: Vec<String> = stated.map(number).collect();
    stated.join("; ")
}

fn number(casualties: &Casualties) -> String {
    let number = match (casualties.low, casualties.best, casualties.high) {
        (_, Some(best), _) => best.to_string(),
        (Some(low), None, Some(high)) => format!("{low}-{high}"),
        (Some(low), None, None) => format!("{low}+"),
        (None, None, Some(high)) => format!("up to {high}"),
        (None, None, None) => "?".to_owned(),
    };
    match casualties.of {
        Some(of) => format!("{number} {}", code(&of)),
        None => number,
    }
}
