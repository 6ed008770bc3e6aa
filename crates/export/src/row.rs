//! The rows that come in, and what every layout may ask of them.

use averment_types::{Claim, LanguageCode, Published, Report, ReportId, Url, Warning};
use serde::Serialize;

use crate::table::Header;

/// What a person made of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DecidedState {
    /// It is what the report says.
    Accepted,
    /// It is not, and counts no longer.
    Rejected,
    /// Some value of it is a person's, not the coder's; nobody rejected it.
    Corrected,
    /// It was graded, and is else as the coder found it.
    Graded,
}

/// What a person decided about a claim, in short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Decided<'a> {
    /// What became of it.
    pub state: DecidedState,
    /// Who decided last.
    pub by: &'a str,
}

/// A claim with what is needed to know of its report.
#[derive(Debug, Clone, Copy)]
pub struct ClaimRow<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// The report in which it was made.
    pub report_id: &'a ReportId,
    /// That report's title.
    pub report_title: Option<&'a str>,
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// When it was published.
    pub published: Option<&'a Published>,
    /// Whether a newer coding of the report has taken the claim's place.
    pub superseded: bool,
    /// What a person decided about it; the claim holds the values in force.
    pub decided: Option<Decided<'a>>,
}

/// A report without its text.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ReportRow<'a> {
    /// Its id.
    pub id: &'a ReportId,
    /// Its title.
    pub title: Option<&'a str>,
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// Who wrote it.
    pub author: Option<&'a str>,
    /// Its address.
    pub url: Option<&'a Url>,
    /// When it was published.
    pub published: Option<&'a Published>,
    /// Its language.
    pub language: Option<&'a LanguageCode>,
    /// Where it was read from.
    pub path: &'a str,
    /// What a reader should know about its reading.
    pub warnings: &'a [Warning],
    /// Number of its current claims.
    pub claims: u64,
    /// Whether a later version of the report has taken its place.
    pub superseded: bool,
}

impl<'a> ReportRow<'a> {
    /// The row of a current `report` in which `claims` claims are made.
    #[must_use]
    pub fn of(report: &'a Report, claims: u64) -> Self {
        Self {
            id: &report.id,
            title: report.title.as_deref(),
            outlet: report.outlet.as_deref(),
            author: report.author.as_deref(),
            url: report.url.as_ref(),
            published: report.published.as_ref(),
            language: report.language.as_ref(),
            path: &report.source.path,
            warnings: &report.warnings,
            claims,
            superseded: false,
        }
    }
}

/// What each layout needs to know of a kind of row; each layout's module says it for both kinds.
pub(crate) trait Row {
    /// The row as a JSON object.
    fn object(&self) -> impl Serialize;
    /// The row as a GeoJSON feature.
    fn feature(&self) -> impl Serialize;
    /// The names of the CSV columns.
    fn csv_header() -> Vec<&'static str>;
    /// The row's CSV cells, not yet made safe for spreadsheets.
    fn csv_cells(&self) -> Vec<String>;
    /// The table's columns.
    fn table_header() -> &'static Header;
    /// The row's table cells.
    fn table_cells(&self) -> Vec<String>;
}

impl Row for ClaimRow<'_> {
    fn object(&self) -> impl Serialize {
        crate::json::claim(self)
    }

    fn feature(&self) -> impl Serialize {
        crate::geojson::claim(self)
    }

    fn csv_header() -> Vec<&'static str> {
        crate::csv::claim_columns().map(|(name, _)| name).collect()
    }

    fn csv_cells(&self) -> Vec<String> {
        crate::csv::claim_cells(self)
    }

    fn table_header() -> &'static Header {
        crate::table::CLAIM_HEADER
    }

    fn table_cells(&self) -> Vec<String> {
        crate::table::claim_cells(self)
    }
}

impl Row for ReportRow<'_> {
    fn object(&self) -> impl Serialize {
        self
    }

    fn feature(&self) -> impl Serialize {
        crate::geojson::report(self)
    }

    fn csv_header() -> Vec<&'static str> {
        crate::csv::report_columns().map(|(name, _)| name).collect()
    }

    fn csv_cells(&self) -> Vec<String> {
        crate::csv::report_cells(self)
    }

    fn table_header() -> &'static Header {
        crate::table::REPORT_HEADER
    }

    fn table_cells(&self) -> Vec<String> {
        crate::table::report_cells(self)
    }
}
