//! `averment incidents` and `averment timeline`.

use averment_export::{ViewColumn, ViewRow};
use averment_types::{ActorId, CasualtyKind, Estimate, EstimateOf, Incident, RoleKind};

use super::{code, days, derived, further, short, shown, write};
use crate::args::ViewArgs;
use crate::exit::Exit;

const COLUMNS: &[ViewColumn] = &[
    shown("id", 11, 11),
    shown("date", 11, 13),
    shown("type", 10, 14),
    shown("who -> whom", 16, 28),
    shown("where", 8, 16),
    shown("killed", 7, 10),
    shown("origins", 8, 10),
    shown("reports", 8, 8),
    further("start"),
    further("end"),
    further("date_precision"),
    further("country"),
    further("admin1"),
    further("lat"),
    further("lon"),
    further("where_precision"),
    further("killed_low"),
    further("killed_best"),
    further("killed_high"),
    further("independent_origins"),
    further("party_origins"),
    further("event_clarity"),
    further("claims"),
    further("denials"),
    further("other_types"),
];

pub(in crate::commands) fn run(args: &ViewArgs) -> anyhow::Result<Exit> {
    let rows: Vec<ViewRow> = selected(args)?.iter().map(row).collect::<Result<_, _>>()?;
    write(&rows, COLUMNS, args.list.format, "no incidents found")
}

/// The same in the order of days, without what has no day.
pub(in crate::commands) fn timeline(args: &ViewArgs) -> anyhow::Result<Exit> {
    let mut incidents = matching(args)?;
    incidents.retain(|incident| incident.time.is_some());
    let start = |incident: &Incident| incident.time.as_ref().and_then(|time| time.interval.start());
    incidents.sort_by(|a, b| (start(a), &a.id).cmp(&(start(b), &b.id)));
    incidents.truncate(args.list.most());
    let rows: Vec<ViewRow> = incidents.iter().map(row).collect::<Result<_, _>>()?;
    write(&rows, COLUMNS, args.list.format, "no incidents with a day found")
}

/// The incidents that the arguments ask for, those with the most origins first.
pub(super) fn selected(args: &ViewArgs) -> anyhow::Result<Vec<Incident>> {
    let mut found = matching(args)?;
    found.sort_by(|a, b| {
        let size = |i: &Incident| {
            std::cmp::Reverse((i.independent_origins, i.reports.len(), i.claims.len()))
        };
        size(a).cmp(&size(b)).then_with(|| a.id.cmp(&b.id))
    });
    found.truncate(args.list.most());
    Ok(found)
}

/// All incidents that the arguments ask for, by id.
fn matching(args: &ViewArgs) -> anyhow::Result<Vec<Incident>> {
    let mut found = derived(&args.from, |views| views.incidents())?;
    found.retain(|incident| holds(incident, args));
    Ok(found)
}

fn holds(incident: &Incident, args: &ViewArgs) -> bool {
    let of_type = |asked: &String| {
        let mut all = incident.other_types.iter().chain([&incident.type_id]);
        all.any(|name| name.as_str() == asked)
    };
    let with = |asked: &String| {
        let asked = asked.to_lowercase();
        let named = |a: &averment_types::IncidentActor| {
            a.actor.id.as_str() == asked || a.actor.name.to_lowercase().contains(&asked)
        };
        incident.actors.iter().any(named)
    };
    let interval = incident.time.as_ref().map(|time| time.interval);
    let late_enough = args
        .which
        .since
        .is_none_or(|since| interval.is_some_and(|i| i.end().is_none_or(|end| end >= since)));
    let early_enough = args
        .which
        .until
        .is_none_or(|until| interval.is_some_and(|i| i.start().is_none_or(|start| start <= until)));
    let place = incident.place.as_ref();
    args.which.type_id.as_ref().is_none_or(of_type)
        && args.actor.as_ref().is_none_or(with)
        && args
            .country
            .as_ref()
            .is_none_or(|country| place.is_some_and(|p| p.country.as_ref() == Some(country)))
        && late_enough
        && early_enough
        && incident.independent_origins >= args.origins
}

/// The estimate of all who were killed.
pub(super) fn killed(incident: &Incident) -> Option<&Estimate> {
    incident.estimates.iter().find(|e| e.kind == CasualtyKind::Killed && e.of == EstimateOf::All)
}

fn killed_words(estimate: &Estimate) -> String {
    let number = |n: Option<u32>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
    if estimate.low == estimate.high {
        return number(estimate.best);
    }
    format!("{} ({}-{})", number(estimate.best), number(estimate.low), number(estimate.high))
}

/// Who did it to whom, or the sides. Where somebody in a part has a name, words for people without one are left out.
pub(super) fn who_whom(incident: &Incident) -> String {
    let of = |roles: &[RoleKind], but: &[ActorId]| {
        let all = || {
            incident
                .actors
                .iter()
                .filter(|a| roles.contains(&a.role) && !but.contains(&a.actor.id))
                .map(|a| &a.actor)
        };
        let some_named = all().any(|actor| !actor.id.is_generic());
        let mut short: Vec<&str> = Vec::new();
        for name in all().filter(|a| !(some_named && a.id.is_generic())).map(|a| in_short(&a.name))
        {
            if !short.contains(&name) {
                short.push(name);
            }
        }
        short.join(" / ")
    };
    let took_part = incident.actors.iter().filter(|a| a.role == RoleKind::Participant);
    let taken: Vec<ActorId> = took_part.map(|a| a.actor.id.clone()).collect();
    let (left, right) =
        (of(&[RoleKind::Initiator], &taken), of(&[RoleKind::Target, RoleKind::Victim], &taken));
    let sides = of(&[RoleKind::Participant], &[]);
    // Beside sides with names, words for people without one say nothing.
    let unnamed = |roles: &[RoleKind]| {
        let mut all = incident.actors.iter().filter(|a| roles.contains(&a.role));
        !sides.is_empty() && all.all(|a| a.actor.id.is_generic())
    };
    let left = if unnamed(&[RoleKind::Initiator]) { String::new() } else { left };
    let arrow = match (left.is_empty(), right.is_empty()) {
        (true, true) => String::new(),
        (false, true) => left,
        (true, false) => format!("-> {right}"),
        (false, false) => format!("{left} -> {right}"),
    };
    if sides.is_empty() || arrow.is_empty() {
        format!("{sides}{arrow}")
    } else {
        format!("{sides}; {arrow}")
    }
}

/// The name, or the letters behind it that it begins its words with: `JNIM`.
fn in_short(name: &str) -> &str {
    let letters = name.strip_suffix(')').and_then(|name| name.rsplit_once(" ("));
    let Some((long, letters)) = letters else {
        return name;
    };
    let mut begins = long.split([' ', '-']).filter_map(|word| word.chars().next());
    let stands = |letter: char| begins.any(|c| c.eq_ignore_ascii_case(&letter));
    let capitals = letters.len() > 1 && letters.chars().all(|c| c.is_ascii_uppercase());
    if capitals && letters.chars().all(stands) { letters } else { name }
}

fn row(incident: &Incident) -> anyhow::Result<ViewRow> {
    let time = incident.time.as_ref();
    let place = incident.place.as_ref();
    let killed = killed(incident);
    let text = |n: Option<String>| n.unwrap_or_default();
    let parties = if incident.party_origins > 0 {
        format!(" ({} party)", incident.party_origins)
    } else {
        String::new()
    };
    let cells = vec![
        short(incident.id.as_str()),
        text(time.map(|t| days(t.interval.start(), t.interval.end()))),
        incident.type_id.as_str().replace('_', " "),
        who_whom(incident),
        text(place.map(|p| p.name.clone())),
        text(killed.map(killed_words)),
        format!("{}{parties}", incident.independent_origins),
        incident.reports.len().to_string(),
        text(time.and_then(|t| t.interval.start()).map(|d| d.to_string())),
        text(time.and_then(|t| t.interval.end()).map(|d| d.to_string())),
        text(time.map(|t| code(&t.precision))),
        text(place.and_then(|p| p.country.as_ref()).map(ToString::to_string)),
        text(place.and_then(|p| p.admin1.clone())),
        text(place.and_then(|p| p.lat).map(|d| d.to_string())),
        text(place.and_then(|p| p.lon).map(|d| d.to_string())),
        text(place.map(|p| code(&p.precision))),
        text(killed.and_then(|k| k.low).map(|n| n.to_string())),
        text(killed.and_then(|k| k.best).map(|n| n.to_string())),
        text(killed.and_then(|k| k.high).map(|n| n.to_string())),
        incident.independent_origins.to_string(),
        incident.party_origins.to_string(),
        incident.clarity.ucdp().to_string(),
        incident.claims.len().to_string(),
        incident.denials.len().to_string(),
        incident.other_types.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
    ];
    let point = place.and_then(|p| Some([p.lon?, p.lat?]));
    Ok(ViewRow {
        id: incident.id.to_string(),
        object: serde_json::to_value(incident)?,
        cells,
        point,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_stand_for_a_name_whose_words_begin_with_them() {
        assert_eq!(in_short("Jama'at Nusrat al-Islam wal-Muslimin (JNIM)"), "JNIM");
        for whole in ["Wing of Amadou Koufa (JNIM)", "Islamic State (ISIS)", "Gunmen", "Army (ML)"]
        {
            assert_eq!(in_short(whole), whole);
        }
    }
}
