//! What all lists share: which ledger as of when, the days and types that are asked for, how many, in which layout.

use averment_export::Layout;
use averment_ledger::{Ledger, LedgerError};
use clap::ValueEnum;
use jiff::Timestamp;
use jiff::civil::Date;

use super::history::moment;
use super::{LedgerArg, first_day, last_day};

/// A ledger, for reading, and as of when it is asked.
#[derive(Debug, clap::Args)]
pub(crate) struct LedgerAt {
    #[command(flatten)]
    pub(crate) ledger: LedgerArg,
    /// As the ledger was at the end of this day, month or year (UTC), or at this moment
    #[arg(long, value_name = "DATE", value_parser = moment)]
    pub(crate) at: Option<Timestamp>,
}

impl LedgerAt {
    /// The ledger as of then.
    pub(crate) fn open(&self) -> Result<Ledger, LedgerError> {
        match self.at {
            Some(moment) => Ledger::open_at(&self.ledger.path(), moment),
            None => Ledger::open_read_only(&self.ledger.path()),
        }
    }
}

/// Which types and days.
#[derive(Debug, clap::Args)]
pub(crate) struct WhatAndWhen {
    /// A type of the codebook, for example `armed_clash`
    #[arg(long = "type", value_name = "TYPE")]
    pub(crate) type_id: Option<String>,
    /// On this day or later: 2020-03-12, 2020-03 or 2020
    #[arg(long, value_name = "DAY", value_parser = first_day)]
    pub(crate) since: Option<Date>,
    /// On this day or earlier: 2020-03-12, 2020-03 or 2020
    #[arg(long, value_name = "DAY", value_parser = last_day)]
    pub(crate) until: Option<Date>,
}

/// How many, and how to write them.
#[derive(Debug, clap::Args)]
pub(crate) struct ListArgs {
    /// At most so many
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<u32>,
    /// How to write them
    #[arg(long, value_enum, default_value_t = ListFormat::Table)]
    pub(crate) format: ListFormat,
}

impl ListArgs {
    /// The most that are listed.
    pub(crate) fn most(&self) -> usize {
        self.limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX)
    }
}

/// How lists are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ListFormat {
    /// Columns for reading; long values are shortened
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values, safe for spreadsheets
    Csv,
    /// A GeoJSON feature collection
    Geojson,
}

impl From<ListFormat> for Layout {
    fn from(format: ListFormat) -> Self {
        match format {
            ListFormat::Table => Self::Table,
            ListFormat::Json => Self::Json,
            ListFormat::Jsonl => Self::Jsonl,
            ListFormat::Csv => Self::Csv,
            ListFormat::Geojson => Self::Geojson,
        }
    }
}
