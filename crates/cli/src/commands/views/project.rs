//! `averment project` and `averment compare`: incidents under rule books.

use anyhow::Context;
use averment_corroborate::{Parting, Projected, RuleBook};
use averment_export::{ViewColumn, ViewRow};
use averment_types::Incident;
use serde_json::json;

use super::incidents::{selected, who_whom};
use super::{days, short, shown, write};
use crate::args::{BookName, CompareArgs, ProjectArgs};
use crate::exit::Exit;

const PROJECTED: &[ViewColumn] = &[
    shown("id", 11, 11),
    shown("date", 11, 13),
    shown("type", 10, 14),
    shown("who -> whom", 16, 30),
    shown("deaths", 7, 7),
    shown("violence", 9, 9),
    shown("refused by", 12, 36),
];

const COMPARED: &[ViewColumn] = &[
    shown("id", 11, 11),
    shown("date", 11, 13),
    shown("type", 10, 14),
    shown("first", 10, 16),
    shown("second", 10, 16),
    shown("parted by", 14, 36),
];

pub(in crate::commands) fn run(args: &ProjectArgs) -> anyhow::Result<Exit> {
    let book = book(args.rules)?;
    let incidents = selected(&args.view)?;
    let rows = incidents.iter().map(|incident| (incident, book.project(incident)));
    let rows = rows.filter(|(_, projected)| projected.taken != args.refused);
    let rows: Vec<ViewRow> = rows.map(|(incident, projected)| row(incident, &projected)).collect();
    let name = &book.name;
    let nothing = if args.refused {
        format!("no incidents found that {name} leaves out")
    } else {
        format!(
            "no incidents found that {name} takes in; --refused lists the others, with the rules"
        )
    };
    write(&rows, PROJECTED, args.view.list.format, &nothing)
}

pub(in crate::commands) fn compare(args: &CompareArgs) -> anyhow::Result<Exit> {
    let [first, second] = args.rules.as_slice() else {
        anyhow::bail!("two rule books are compared");
    };
    let (a, b) = (book(*first)?, book(*second)?);
    let rows: Vec<ViewRow> = selected(&args.view)?
        .iter()
        .filter_map(|incident| Some((incident, a.compare(&b, incident)?)))
        .map(|(incident, parting)| {
            let side = |name: &str, p: &Projected| match (p.taken, p.deaths) {
                (true, Some(deaths)) => format!("{name}: {deaths} dead"),
                (true, None) => format!("{name}: in"),
                (false, _) => format!("{name}: out"),
            };
            let mut cells = head(incident);
            cells.extend([
                side(&a.name, &parting.a),
                side(&b.name, &parting.b),
                parted_by(&parting),
            ]);
            Ok(ViewRow {
                id: incident.id.to_string(),
                object: serde_json::to_value(&parting)?,
                cells,
                point: None,
            })
        })
        .collect::<anyhow::Result<_>>()?;
    write(&rows, COMPARED, args.view.list.format, "no incidents found on which they part")
}

/// The rules that part the books, each with what it met.
fn parted_by(parting: &Parting) -> String {
    let refusals = || parting.a.refusals.iter().chain(&parting.b.refusals);
    let with_met = parting.by.iter().map(|by| {
        let rule = by.rsplit('/').next().unwrap_or(by);
        let met = refusals().find(|refusal| refusal.rule == rule);
        met.map_or_else(|| by.clone(), |refusal| format!("{by}: {}", refusal.met))
    });
    with_met.collect::<Vec<_>>().join("; ")
}

fn book(name: BookName) -> anyhow::Result<RuleBook> {
    Ok(RuleBook::shipped(name.as_str()).context("no such rule book")??)
}

fn head(incident: &Incident) -> Vec<String> {
    let time = incident.time.as_ref().map(|t| days(t.interval.start(), t.interval.end()));
    vec![
        short(incident.id.as_str()),
        time.unwrap_or_default(),
        incident.type_id.as_str().replace('_', " "),
    ]
}

fn row(incident: &Incident, projected: &Projected) -> ViewRow {
    let mut cells = head(incident);
    let refusals = projected.refusals.iter().map(|r| match projected.refusals.len() {
        1 => format!("{}: {}", r.rule, r.met),
        _ => r.rule.clone(),
    });
    cells.extend([
        who_whom(incident),
        projected.deaths.map(|n| n.to_string()).unwrap_or_default(),
        projected.type_of_violence.map(|n| n.to_string()).unwrap_or_default(),
        refusals.collect::<Vec<_>>().join(", "),
    ]);
    let object = json!({ "projection": projected, "incident": incident });
    let point = incident.place.as_ref().and_then(|p| Some([p.lon?, p.lat?]));
    ViewRow { id: incident.id.to_string(), object, cells, point }
}
