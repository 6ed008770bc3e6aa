//! `averment reports`: finds reports and writes them in a layout.

use std::io::{self, BufWriter};

use averment_export::{Layout, ReportRow, ReportWriter};
use averment_ledger::{FoundReport, Ledger, ReportQuery};
use averment_types::TypeId;

use crate::args::{ListFormat, ReportsArgs};
use crate::exit::Exit;
use crate::{failure, terminal};

pub(super) fn run(args: &ReportsArgs) -> anyhow::Result<Exit> {
    let ledger = args.ledger.open()?;
    let found = ledger.reports(&query(args))?;
    let format = args.filters.list.format;
    if found.is_empty() && format == ListFormat::Table {
        failure::say("no reports found\n");
        return Ok(Exit::Done);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let mut writer = ReportWriter::new(Layout::from(format), &mut out, terminal::width())?;
    for found in &found {
        write(&ledger, found, &mut writer)?;
    }
    writer.finish()?;
    Ok(Exit::Done)
}

fn write(
    ledger: &Ledger,
    found: &FoundReport,
    writer: &mut ReportWriter<'_>,
) -> anyhow::Result<()> {
    let summary = &found.report;
    let Some(stored) = ledger.revision(&summary.digest)? else {
        return Ok(());
    };
    let row = ReportRow {
        superseded: found.superseded.is_some(),
        ..ReportRow::of(&stored.coded.report, u64::from(summary.claims))
    };
    Ok(writer.write(&row)?)
}

fn query(args: &ReportsArgs) -> ReportQuery {
    let filters = &args.filters;
    ReportQuery {
        outlet: filters.outlet.clone(),
        country: filters.country.clone(),
        actor: filters.actor.clone(),
        type_id: filters.which.type_id.as_deref().map(TypeId::new),
        since: filters.which.since,
        until: filters.which.until,
        text: filters.text.clone(),
        language: args.language.clone(),
        superseded: filters.all,
        limit: filters.list.limit,
    }
}
