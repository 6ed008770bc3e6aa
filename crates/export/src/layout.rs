//! The names of the layouts.

use std::fmt;
use std::str::FromStr;

/// How rows are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layout {
    /// Columns for a terminal; the only layout that shortens.
    Table,
    /// One JSON array.
    Json,
    /// One JSON object a line.
    Jsonl,
    /// Comma-separated values with a header line, for spreadsheets.
    Csv,
    /// A GeoJSON `FeatureCollection`, RFC 7946.
    Geojson,
}

/// A name that no layout has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such layout; there are table, json, jsonl, csv, geojson")]
pub struct UnknownLayout;

impl Layout {
    /// All layouts.
    pub const ALL: [Self; 5] = [Self::Table, Self::Json, Self::Jsonl, Self::Csv, Self::Geojson];

    /// The name, as on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Geojson => "geojson",
        }
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Layout {
    type Err = UnknownLayout;

    fn from_str(name: &str) -> Result<Self, UnknownLayout> {
        let found = Self::ALL.into_iter().find(|l| l.as_str() == name);
        found.ok_or(UnknownLayout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip_and_others_are_refused() {
        for layout in Layout::ALL {
            assert_eq!(layout.as_str().parse(), Ok(layout));
        }
        assert_eq!("xlsx".parse::<Layout>(), Err(UnknownLayout));
    }
}
