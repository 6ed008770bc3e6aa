//! `averment disputes`.

use averment_export::{ViewColumn, ViewRow};
use averment_types::{Dispute, DisputeStatus};

use super::{code, derived, origin_words, short, shown, write};
use crate::args::DisputesArgs;
use crate::exit::Exit;

const COLUMNS: &[ViewColumn] = &[
    shown("id", 11, 11),
    shown("about", 10, 14),
    shown("status", 8, 9),
    shown("of", 11, 20),
    shown("sides", 20, 44),
    shown("claims", 7, 7),
];

pub(in crate::commands) fn run(args: &DisputesArgs) -> anyhow::Result<Exit> {
    let mut found = derived(&args.from, |views| views.disputes())?;
    found.retain(|dispute| {
        args.kind.as_ref().is_none_or(|kind| dispute.kind.as_str() == kind)
            && (!args.open || dispute.status == DisputeStatus::Open)
    });
    found.sort_by(|a, b| (a.status, a.kind, &a.id).cmp(&(b.status, b.kind, &b.id)));
    found.truncate(args.list.most());
    let rows: Vec<ViewRow> = found.iter().map(row).collect::<Result<_, _>>()?;
    write(&rows, COLUMNS, args.list.format, "no disputes found")
}

fn row(dispute: &Dispute) -> anyhow::Result<ViewRow> {
    let of = dispute.incident.as_ref().map(|id| short(id.as_str()));
    let of = of.or_else(|| dispute.actor.as_ref().map(ToString::to_string)).unwrap_or_default();
    let sides = dispute.sides.iter().map(|side| {
        let gone = if side.superseded { ", no longer held" } else { "" };
        let origins: Vec<String> =
            side.origins.iter().map(|id| origin_words(id.as_str())).collect();
        format!("{} ({}{gone})", side.position, origins.join(", "))
    });
    let cells = vec![
        short(dispute.id.as_str()),
        code(&dispute.kind).replace('_', " "),
        code(&dispute.status),
        of,
        sides.collect::<Vec<_>>().join(" / "),
        dispute.sides.iter().map(|side| side.claims.len()).sum::<usize>().to_string(),
    ];
    Ok(ViewRow {
        id: dispute.id.to_string(),
        object: serde_json::to_value(dispute)?,
        cells,
        point: None,
    })
}
