//! Columns for a terminal. The only layout that shortens: ids to what tells them apart among a few
//! million, numbers and dates to a sign or two. Invisible and direction-changing characters are
//! written out, so that a hostile name cannot disguise its row.

use std::io::{self, Write};

use averment_types::{
    CasualtyKind, ClaimContent, CountryCode, Modality, Polarity, RoleKind, TextRange, TimeValue,
};
use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width, presets};

use crate::fields::{self, name, one_line};
use crate::row::Row;
use crate::{ClaimRow, ReportRow};

/// The width for a destination that has none of its own, and the least that is used: below it, words
/// would be cut in every second cell, and a terminal that folds lines reads better than that.
const DEFAULT_WIDTH: u16 = 100;

/// Nine hexadecimal digits behind the letter: among a hundred thousand claims two share them with a
/// probability of 7 in 100, and whoever looks an id up is told when several begin so.
pub(crate) const SHORT_ID: usize = 10;

/// A column's name, the least width that it can be read in, and the most that it may take, in
/// characters of a table of [`DEFAULT_WIDTH`], its gap included; wider tables give more in proportion.
pub(crate) type Header = [(&'static str, u16, u16)];

pub(crate) const CLAIM_HEADER: &Header = &[
    ("id", 11, 11),
    ("date", 13, 13),
    ("type", 12, 14),
    ("who -> whom", 17, 28),
    ("where", 9, 16),
    ("killed", 10, 12),
    ("says who", 11, 18),
    ("mark", 10, 12),
];

pub(crate) const REPORT_HEADER: &Header = &[
    ("id", 18, 18),
    ("published", 13, 13),
    ("outlet", 10, 18),
    ("title", 20, 40),
    ("claims", 7, 7),
    ("warnings", 12, 16),
];

/// The claim's cells.
pub(crate) fn claim_cells(row: &ClaimRow<'_>) -> Vec<String> {
    let content = row.claim.content();
    vec![
        row.claim.id().as_str().chars().take(SHORT_ID).collect(),
        content.time.as_ref().map(date).unwrap_or_default(),
        content.type_id.as_str().replace('_', " "),
        who_whom(content),
        place(content),
        killed(content),
        says_who(content),
        mark(content, row),
    ]
}

/// The report's cells.
pub(crate) fn report_cells(row: &ReportRow<'_>) -> Vec<String> {
    let published = row.published.map(|p| fields::interval(p.interval, p.precision));
    let warnings: Vec<String> = row.warnings.iter().map(|w| name(w.code)).collect();
    vec![
        row.id.as_str().to_owned(),
        published.unwrap_or_default(),
        one_line(row.outlet.unwrap_or_default()),
        one_line(row.title.unwrap_or(row.path)),
        row.claims.to_string(),
        warnings.join(" ").replace('_', " "),
    ]
}

/// The days, with a blank where an interval may go on in the next line.
fn date(time: &TimeValue) -> String {
    fields::days(time).replace('/', "/ ")
}

fn who_whom(content: &ClaimContent) -> String {
    let of = |kind| fields::fillers(content, kind);
    let either = |a: Vec<String>, b: Vec<String>| {
        let more = b.into_iter().filter(|name| !a.contains(name));
        a.iter().cloned().chain(more).collect::<Vec<_>>().join(", ")
    };
    let left = either(of(RoleKind::Initiator), of(RoleKind::Subject));
    let harmed = either(of(RoleKind::Target), of(RoleKind::Victim));
    let right = either(vec![harmed], of(RoleKind::Object));
    let right = right.trim_start_matches(", ");
    let arrow = match (left.is_empty(), right.is_empty()) {
        (true, true) => String::new(),
        (false, true) => left,
        (true, false) => format!("-> {right}"),
        (false, false) => format!("{left} -> {right}"),
    };
    let sides = of(RoleKind::Participant).join(" / ");
    match (arrow.is_empty(), sides.is_empty()) {
        (true, _) => sides,
        (false, true) => arrow,
        (false, false) => format!("{sides}; {arrow}"),
    }
}

fn place(content: &ClaimContent) -> String {
    let Some(place) = &content.place else {
        return String::new();
    };
    let countries: Vec<&str> = match &place.country {
        Some(country) => vec![country.as_str()],
        None => place.countries.iter().map(CountryCode::as_str).collect(),
    };
    let name = one_line(&place.name);
    if countries.is_empty() {
        return name;
    }
    format!("{name} ({})", countries.join(" "))
}

fn killed(content: &ClaimContent) -> String {
    let numbers = fields::casualties(content, CasualtyKind::Killed);
    let cells = numbers.map(|c| {
        let of = c.of.map(|group| format!(" {}", name(group)));
        format!("{}{}", fields::number(c), of.unwrap_or_default())
    });
    cells.collect::<Vec<_>>().join("; ")
}

fn says_who(content: &ClaimContent) -> String {
    let links = content.attribution.iter().map(|link| {
        let party = if link.party { " (party)" } else { "" };
        format!("{}{party}", one_line(link.name()))
    });
    links.collect::<Vec<_>>().join(" <- ")
}

/// Everything that keeps the claim from being a plain statement that something happened, and what a
/// person decided about it.
fn mark(content: &ClaimContent, row: &ClaimRow<'_>) -> String {
    let mut marks = Vec::new();
    if content.polarity != Polarity::Affirmed {
        marks.push(name(content.polarity));
    }
    if content.modality != Modality::Happened {
        marks.push(name(content.modality));
    }
    if row.superseded {
        marks.push("superseded".to_owned());
    }
    marks.extend(row.decided.map(|decided| name(decided.state)));
    marks.join(" ")
}

/// The table, held until its column widths can be known.
pub(crate) struct Grid(Table);

impl Grid {
    /// An empty table; `width` in columns of the terminal.
    pub(crate) fn new<R: Row>(width: Option<u16>) -> Self {
        Self::with(R::table_header(), width)
    }

    /// An empty table with these columns.
    pub(crate) fn with(header: &Header, width: Option<u16>) -> Self {
        let width = width.unwrap_or(DEFAULT_WIDTH).max(DEFAULT_WIDTH);
        let mut table = Table::new();
        table
            .load_style(presets::UTF8_HORIZONTAL_ONLY)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .force_no_tty()
            .set_width(width)
            .set_header(header.iter().map(|(name, ..)| *name));
        table.set_constraints(header.iter().map(|&(_, least, most)| {
            let most = most.saturating_mul(width) / DEFAULT_WIDTH;
            ColumnConstraint::Boundaries {
                lower: Width::Fixed(least),
                upper: Width::Fixed(most.max(least)),
            }
        }));
        table.column_iter_mut().for_each(|column| _ = column.set_padding((0, 1)));
        Self(table)
    }

    pub(crate) fn add<R: Row>(&mut self, row: &R) {
        self.add_cells(&row.table_cells());
    }

    /// Adds a row of cells.
    pub(crate) fn add_cells(&mut self, cells: &[String]) {
        let visible = cells.iter().map(|cell| TextRange::visible(cell));
        self.0.add_row(visible);
    }

    pub(crate) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.0.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end()))
    }
}
