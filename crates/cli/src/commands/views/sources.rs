//! `averment sources`: the origins that the ledger's incidents rest on.

use std::collections::BTreeMap;

use averment_export::{ViewColumn, ViewRow};
use averment_types::{Origin, OriginId};
use serde_json::json;

use super::{code, derived, further, shown, write};
use crate::args::SourcesArgs;
use crate::exit::Exit;

const COLUMNS: &[ViewColumn] = &[
    shown("id", 20, 36),
    shown("name", 14, 28),
    further("kind"),
    further("country"),
    shown("party", 6, 6),
    shown("grade", 6, 6),
    shown("incidents", 10, 10),
    shown("alone", 6, 6),
    shown("claims", 7, 7),
    further("owner"),
];

/// An origin over all incidents.
struct Tally {
    origin: Origin,
    incidents: usize,
    alone: usize,
    claims: usize,
}

pub(in crate::commands) fn run(args: &SourcesArgs) -> anyhow::Result<Exit> {
    let mut tallies: BTreeMap<OriginId, Tally> = BTreeMap::new();
    for incident in derived(&args.from, |views| views.incidents())? {
        let alone = usize::from(incident.independent_origins == 1);
        for origin in incident.origins {
            let tally = tallies.entry(origin.id.clone()).or_insert_with(|| Tally {
                origin: origin.clone(),
                incidents: 0,
                alone: 0,
                claims: 0,
            });
            tally.incidents += 1;
            tally.alone += alone;
            tally.claims += origin.claims.len();
            tally.origin.party |= origin.party;
        }
    }
    join_twins(&mut tallies);
    let mut found: Vec<Tally> =
        tallies.into_values().filter(|t| t.origin.party || !args.party).collect();
    found.sort_by(|a, b| b.incidents.cmp(&a.incidents).then_with(|| a.origin.id.cmp(&b.origin.id)));
    found.truncate(args.list.most());
    let rows: Vec<ViewRow> = found.iter().map(row).collect();
    write(&rows, COLUMNS, args.list.format, "no sources found")
}

/// An outlet that some incidents rest on as a text's publisher and others as a cited source is one.
fn join_twins(tallies: &mut BTreeMap<OriginId, Tally>) {
    let outlets: Vec<OriginId> =
        tallies.keys().filter(|id| id.as_str().starts_with("outlet:")).cloned().collect();
    for outlet in outlets {
        let twin = OriginId::new(&outlet.as_str().replacen("outlet:", "source:", 1));
        if let Some(own) = tallies.contains_key(&twin).then(|| tallies.remove(&outlet)).flatten()
            && let Some(cited) = tallies.get_mut(&twin)
        {
            cited.incidents += own.incidents;
            cited.alone += own.alone;
            cited.claims += own.claims;
            cited.origin.party |= own.origin.party;
        }
    }
}

fn row(tally: &Tally) -> ViewRow {
    let origin = &tally.origin;
    let cells = vec![
        origin.id.to_string(),
        origin.name.clone(),
        code(&origin.kind),
        origin.country.as_ref().map(ToString::to_string).unwrap_or_default(),
        if origin.party { "party".to_owned() } else { String::new() },
        origin.reliability.map(|grade| format!("{grade:?}")).unwrap_or_default(),
        tally.incidents.to_string(),
        tally.alone.to_string(),
        tally.claims.to_string(),
        origin.owner.clone().unwrap_or_default(),
    ];
    let object = json!({
        "id": origin.id, "name": origin.name, "kind": origin.kind, "country": origin.country, "party": origin.party,
        "owner": origin.owner, "reliability": origin.reliability, "incidents": tally.incidents, "alone": tally.alone, "claims": tally.claims,
    });
    ViewRow { id: origin.id.to_string(), object, cells, point: None }
}
