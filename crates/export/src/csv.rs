//! Comma-separated values for spreadsheets: a header line, one row a claim or report, several values
//! in a cell joined by `"; "`, empty for unknown. A cell that a spreadsheet would take for a formula
//! gets an apostrophe in front, unless it is a plain number.

use std::io::{self, Write};

use averment_types::{Casualties, CasualtyKind, PlaceValue, RoleKind, TimeValue};
use csv::{Terminator, WriterBuilder};

use crate::fields::{self, name};
use crate::{ClaimRow, ReportRow};

/// A column: its name, what it means, and how a row fills it.
struct Column<F> {
    name: &'static str,
    about: &'static str,
    value: F,
}

type ClaimColumn = Column<fn(&ClaimRow<'_>) -> String>;
type ReportColumn = Column<fn(&ReportRow<'_>) -> String>;

macro_rules! columns {
    ($($name:literal, $about:literal, $value:expr;)*) => {
        &[$(Column { name: $name, about: $about, value: $value }),*]
    };
}

const CLAIM_COLUMNS: &[ClaimColumn] = columns! {
    "id", "the claim's id", |r| r.claim.id().to_string();
    "type", "the codebook's type", |r| r.claim.content().type_id.to_string();
    "kind", "event, relation, status or count", |r| name(r.claim.content().kind);
    "start", "first day, ISO 8601", |r| time(r, |t| t.interval.start().map(|d| d.to_string()));
    "end", "last day, included", |r| time(r, |t| t.interval.end().map(|d| d.to_string()));
    "date_precision", "day, days, week, month, year, longer", |r| time(r, |t| Some(name(t.precision)));
    "place", "the place's usual name", |r| place(r, |p| Some(fields::one_line(&p.name)));
    "country", "ISO 3166-1; several where the place touches several", countries;
    "lat", "degrees north of a point that stands for the place", |r| place(r, |p| p.lat.map(|d| d.to_string()));
    "lon", "degrees east", |r| place(r, |p| p.lon.map(|d| d.to_string()));
    "where_precision", "exact, near, admin2, admin1, fuzzy, country, sea_or_air", |r| place(r, |p| Some(name(p.precision)));
    "initiators", "who is said to have done it", |r| role(r, RoleKind::Initiator);
    "initiators_alleged", "suspected, accused, claimed: where the report does not say itself that they did it", |r| fields::alleged(r.claim.content()).join("; ");
    "targets", "to whom, at what", |r| role(r, RoleKind::Target);
    "victims", "who was harmed", |r| role(r, RoleKind::Victim);
    "participants", "the sides of a clash or a talk", |r| role(r, RoleKind::Participant);
    "subjects", "of whom a relation or status is said", |r| role(r, RoleKind::Subject);
    "objects", "to whom a relation holds", |r| role(r, RoleKind::Object);
    "killed_low", "at least so many dead, as stated", |r| people(r, CasualtyKind::Killed, |c| whole(c.low));
    "killed_best", "so many dead", |r| people(r, CasualtyKind::Killed, |c| whole(c.best));
    "killed_high", "at most so many dead", |r| people(r, CasualtyKind::Killed, |c| whole(c.high));
    "killed_of", "who the dead are, number by number", |r| people(r, CasualtyKind::Killed, group);
    "injured_low", "at least so many injured, as stated", |r| people(r, CasualtyKind::Injured, |c| whole(c.low));
    "injured_best", "so many injured", |r| people(r, CasualtyKind::Injured, |c| whole(c.best));
    "injured_high", "at most so many injured", |r| people(r, CasualtyKind::Injured, |c| whole(c.high));
    "injured_of", "who the injured are, number by number", |r| people(r, CasualtyKind::Injured, group);
    "polarity", "affirmed, negated, denied", |r| name(r.claim.content().polarity);
    "modality", "happened, failed, possible …", |r| name(r.claim.content().modality);
    "attribution", "who says so, from the narrator outward, joined by ' <- '", |r| fields::speakers(r.claim.content()).join(" <- ");
    "party_source", "whether a speaker is a party to the conflict", |r| fields::party_source(r.claim.content()).to_string();
    "quote", "the words that the claim rests on", |r| r.claim.content().evidence.first().quote().to_owned();
    "report_id", "the report's id", |r| r.report_id.to_string();
    "outlet", "who published the report", |r| r.outlet.unwrap_or_default().to_owned();
    "published", "when: a day, or first/last", |r| published(r.published);
    "rule", "the codebook's rule that fired", |r| r.claim.content().coder.rule.to_string();
    "report_title", "the report's title", |r| r.report_title.unwrap_or_default().to_owned();
    "superseded", "whether a newer coding took the claim's place", |r| r.superseded.to_string();
    "decision", "accepted, rejected or corrected, where a person decided about the claim", |r| r.decided.map(|d| name(d.state)).unwrap_or_default();
    "decided_by", "who decided last", |r| r.decided.map(|d| d.by.to_owned()).unwrap_or_default();
};

const REPORT_COLUMNS: &[ReportColumn] = columns! {
    "id", "the report's id", |r| r.id.to_string();
    "title", "its title", |r| r.title.unwrap_or_default().to_owned();
    "outlet", "who published it", |r| r.outlet.unwrap_or_default().to_owned();
    "author", "who wrote it", |r| r.author.unwrap_or_default().to_owned();
    "url", "its address", |r| r.url.map(ToString::to_string).unwrap_or_default();
    "published", "when: a day, or first/last", |r| published(r.published);
    "language", "ISO 639", |r| r.language.map(ToString::to_string).unwrap_or_default();
    "path", "where it was read from", |r| r.path.to_owned();
    "claims", "number of its current claims", |r| r.claims.to_string();
    "warnings", "codes of its warnings", warnings;
    "superseded", "whether a later version took its place", |r| r.superseded.to_string();
};

/// Name and meaning of each column of claims, in order.
pub fn claim_columns() -> impl Iterator<Item = (&'static str, &'static str)> {
    CLAIM_COLUMNS.iter().map(|c| (c.name, c.about))
}

/// Name and meaning of each column of reports, in order.
pub fn report_columns() -> impl Iterator<Item = (&'static str, &'static str)> {
    REPORT_COLUMNS.iter().map(|c| (c.name, c.about))
}

pub(crate) fn claim_cells(row: &ClaimRow<'_>) -> Vec<String> {
    CLAIM_COLUMNS.iter().map(|c| (c.value)(row)).collect()
}

pub(crate) fn report_cells(row: &ReportRow<'_>) -> Vec<String> {
    REPORT_COLUMNS.iter().map(|c| (c.value)(row)).collect()
}

fn time(row: &ClaimRow<'_>, part: fn(&TimeValue) -> Option<String>) -> String {
    let time = row.claim.content().time.as_ref();
    time.and_then(part).unwrap_or_default()
}

fn place(row: &ClaimRow<'_>, part: fn(&PlaceValue) -> Option<String>) -> String {
    let place = row.claim.content().place.as_ref();
    place.and_then(part).unwrap_or_default()
}

fn countries(row: &ClaimRow<'_>) -> String {
    place(row, |place| {
        let one = place.country.as_slice();
        let all = if one.is_empty() { &place.countries } else { one };
        let codes: Vec<&str> = all.iter().map(averment_types::CountryCode::as_str).collect();
        Some(codes.join("; "))
    })
}

fn role(row: &ClaimRow<'_>, kind: RoleKind) -> String {
    fields::fillers(row.claim.content(), kind).join("; ")
}

/// One part of each number, joined by `"; "` so that the parts of one number stand at one position
/// in all its columns. Numbers are never added up: "29 people, four of them children" is no 33.
fn people(row: &ClaimRow<'_>, kind: CasualtyKind, part: fn(&Casualties) -> String) -> String {
    let parts: Vec<String> = fields::casualties(row.claim.content(), kind).map(part).collect();
    if parts.iter().all(String::is_empty) {
        return String::new();
    }
    parts.join("; ")
}

fn whole(number: Option<u32>) -> String {
    number.map(|n| n.to_string()).unwrap_or_default()
}

fn group(casualties: &Casualties) -> String {
    casualties.of.map(name).unwrap_or_default()
}

fn published(published: Option<&averment_types::Published>) -> String {
    published.map(|p| fields::interval(p.interval, p.precision)).unwrap_or_default()
}

fn warnings(row: &ReportRow<'_>) -> String {
    let codes: Vec<String> = row.warnings.iter().map(|w| name(w.code)).collect();
    codes.join("; ")
}

/// Writes one line, each cell made safe for spreadsheets.
pub(crate) fn line<C: AsRef<str>>(
    out: &mut dyn Write,
    cells: impl IntoIterator<Item = C>,
) -> io::Result<()> {
    let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    writer.write_record(cells.into_iter().map(|cell| safe(cell.as_ref())))?;
    writer.flush()
}

/// The cell with an apostrophe in front where a spreadsheet would calculate it. Full-width signs
/// count: spreadsheets of some languages take them for the plain ones. So do signs behind characters
/// without width, which some importers drop.
fn safe(cell: &str) -> String {
    let seen = cell.trim_start_matches(['\u{feff}', '\u{200b}', '\u{2060}', '\0']);
    let dangerous = seen.starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ]);
    if dangerous && !is_plain_number(cell) {
        return format!("'{cell}");
    }
    cell.to_owned()
}

fn is_plain_number(cell: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let unsigned = cell.strip_prefix('-').unwrap_or(cell);
    match unsigned.split_once('.') {
        Some((whole, fraction)) => digits(whole) && digits(fraction),
        None => digits(unsigned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_are_disarmed_and_numbers_stay() {
        for formula in [
            "=1+1",
            "+1",
            "-x",
            "-",
            "-1.2.3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\u{ff1d}1",
            "\u{feff}=1",
        ] {
            assert_eq!(safe(formula), format!("'{formula}"));
        }
        for plain in ["-12.5", "17", "", "a=b", "'quoted", "-3"] {
            assert_eq!(safe(plain), plain);
        }
    }

    proptest! {
        #[test]
        fn a_line_reads_back_as_its_safe_cells(cells in proptest::collection::vec(".*", 2..6)) {
            let mut out = Vec::new();
            line(&mut out, ["id", "b"]).unwrap();
            line(&mut out, &cells).unwrap();
            let mut reader = ::csv::ReaderBuilder::new().flexible(true).from_reader(&*out);
            let read: Vec<_> = reader.records().map(Result::unwrap).collect();
            prop_assert_eq!(read.len(), 1);
            let expected: Vec<String> = cells.iter().map(|c| safe(c)).collect();
            prop_assert_eq!(read[0].iter().collect::<Vec<_>>(), expected);
        }
    }
}
