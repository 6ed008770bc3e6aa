//! `averment actors`: the actors of the ledger's claims, and the history of one.

use std::collections::BTreeMap;

use averment_corroborate::HistoryEntry;
use averment_export::{ViewColumn, ViewRow};
use averment_types::{ActorId, ActorRef};
use serde_json::json;

use super::{code, days, derived, origin_words, shown, write};
use crate::args::ActorsArgs;
use crate::exit::Exit;
use crate::failure::Unfound;

const LIST: &[ViewColumn] = &[
    shown("id", 14, 30),
    shown("name", 20, 40),
    shown("kind", 10, 16),
    shown("country", 8, 8),
    shown("incidents", 10, 10),
];

const HISTORY: &[ViewColumn] = &[
    shown("date", 11, 16),
    shown("type", 10, 16),
    shown("as", 8, 11),
    shown("others", 16, 36),
    shown("origins", 10, 24),
    shown("claims", 7, 7),
];

pub(in crate::commands) fn run(args: &ActorsArgs) -> anyhow::Result<Exit> {
    if let Some(id) = &args.id {
        let mut lines = derived(&args.from, |views| views.history(&ActorId::new(id)))?;
        if lines.is_empty() {
            return Err(Unfound::Actor { id: id.clone() }.into());
        }
        lines.truncate(args.list.most());
        let rows: Vec<ViewRow> = lines.iter().map(line).collect::<Result<_, _>>()?;
        return write(&rows, HISTORY, args.list.format, "no lines found");
    }
    let mut tallies: BTreeMap<ActorId, (ActorRef, usize)> = BTreeMap::new();
    for incident in &derived(&args.from, |views| views.incidents())? {
        let mut seen: Vec<&ActorId> = Vec::new();
        for actor in &incident.actors {
            if !seen.contains(&&actor.actor.id) {
                seen.push(&actor.actor.id);
                tallies
                    .entry(actor.actor.id.clone())
                    .or_insert_with(|| (actor.actor.clone(), 0))
                    .1 += 1;
            }
        }
    }
    let mut found: Vec<(ActorRef, usize)> = tallies.into_values().collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.id.cmp(&b.0.id)));
    found.truncate(args.list.most());
    let rows: Vec<ViewRow> = found.iter().map(|(actor, n)| listed(actor, *n)).collect();
    write(&rows, LIST, args.list.format, "no actors found")
}

fn listed(actor: &ActorRef, incidents: usize) -> ViewRow {
    let country = actor.country.as_ref().map(ToString::to_string).unwrap_or_default();
    let cells = vec![
        actor.id.to_string(),
        actor.name.clone(),
        code(&actor.kind).replace('_', " "),
        country,
        incidents.to_string(),
    ];
    let object = json!({
        "id": actor.id, "name": actor.name, "kind": actor.kind, "country": actor.country, "incidents": incidents,
    });
    ViewRow { id: actor.id.to_string(), object, cells, point: None }
}

fn line(entry: &HistoryEntry) -> anyhow::Result<ViewRow> {
    let others =
        entry.others.iter().map(|(role, actor)| format!("{} ({})", actor.name, code(role)));
    let said = if entry.by_publication { "said " } else { "" };
    let origins = entry.origins.iter().map(|id| origin_words(id.as_str()));
    let cells = vec![
        format!("{said}{}", days(entry.since, entry.until)),
        entry.type_id.as_str().replace('_', " "),
        code(&entry.role),
        others.collect::<Vec<_>>().join(", "),
        origins.collect::<Vec<_>>().join(", "),
        entry.claims.len().to_string(),
    ];
    let id = entry.claims.first().map(ToString::to_string).unwrap_or_default();
    Ok(ViewRow { id, object: serde_json::to_value(entry)?, cells, point: None })
}
