//! Views derived from the ledger: incidents, disputes, sources, timelines, actors' histories, projections.
//!
//! Owns filters and columns; what an incident or a dispute is, the room `corroborate` says.

mod actors;
mod disputes;
mod incidents;
mod kept;
mod project;
mod room;
mod sources;

use std::io::{self, BufWriter};

use averment_export::{Layout, ViewColumn, ViewRow, ViewWriter};

use crate::args::ListFormat;
use crate::exit::Exit;
use crate::{failure, terminal};

pub(super) use actors::run as actors;
pub(super) use disputes::run as disputes;
pub(super) use incidents::{run as incidents, timeline};
pub(super) use project::{compare, run as project};
pub(super) use room::{derived, of_ledger};
pub(super) use sources::run as sources;

/// A column of the table and of CSV.
const fn shown(name: &'static str, least: u16, most: u16) -> ViewColumn {
    ViewColumn { name, least, most }
}

/// A column that only CSV has.
const fn further(name: &'static str) -> ViewColumn {
    ViewColumn { name, least: 0, most: 0 }
}

/// Writes the rows, or says on standard error that there is nothing to write.
fn write(
    rows: &[ViewRow],
    columns: &'static [ViewColumn],
    format: ListFormat,
    nothing: &str,
) -> anyhow::Result<Exit> {
    if rows.is_empty() && format == ListFormat::Table {
        failure::say(&format!("{nothing}\n"));
        return Ok(Exit::Done);
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let mut writer = ViewWriter::new(Layout::from(format), columns, &mut out, terminal::width())?;
    rows.iter().try_for_each(|row| writer.write(row))?;
    writer.finish()?;
    Ok(Exit::Done)
}

/// The first ten characters of an id, enough to tell it from others in a table.
fn short(id: &str) -> String {
    id.chars().take(10).collect()
}

/// A day or an interval in a few characters.
fn days(since: Option<jiff::civil::Date>, until: Option<jiff::civil::Date>) -> String {
    match (since, until) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (Some(a), Some(b)) if a == a.first_of_year() && b == a.last_of_year() => {
            a.strftime("%Y").to_string()
        }
        (Some(a), Some(b)) if a == a.first_of_month() && b == a.last_of_month() => {
            a.strftime("%Y-%m").to_string()
        }
        (Some(a), Some(b)) => format!("{a}/ {b}"),
        (Some(a), None) => format!("{a}/ .."),
        (None, Some(b)) => format!("../ {b}"),
        (None, None) => String::new(),
    }
}

/// The end of an origin's or an actor's id in words, for a table: `military ML` for `officials:generic:military:ML`.
fn origin_words(id: &str) -> String {
    let name = id.split_once(':').map_or(id, |(_, name)| name);
    let name = name.strip_prefix("generic:").unwrap_or(name);
    if id.starts_with("text:") {
        return format!("report {}", short(name));
    }
    name.replace([':', '-'], " ")
}

/// The name of a value of a closed set.
fn code(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
