//! Relative, border and region places in sentences of our own: `corpus/grounding/places.toml`.
//!
//! Owns the measure. The answer for a case is the mention that shares most bytes with the case's phrase; a division or country
//! beside a more exact place only says where that lies, and is no answer unless it is asked for. Divisions are one where the
//! gazetteer knows both names for it ("Donetsk", "Donetska oblast"). Judged
//! are its kind, its middle (the point, or the middle of the shape) within the case's tolerance, division,
//! countries and precision, each where gold has one. Of the half `test` only totals leave this module. A town
//! that the gazetteer lacks (`known = false`) has its point right when none is given.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use any_ascii::any_ascii;
use averment_place::{Gazetteer, PlaceMention};
use averment_types::{Geometry, PlaceKind, PlaceValue, TextRange};
use serde::Deserialize;

use super::plain;
use crate::EvalError;

#[derive(Deserialize)]
struct Cases {
    tune: Vec<Case>,
    test: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    id: String,
    kind: String,
    text: String,
    phrase: String,
    countries: Vec<String>,
    admin1: Option<String>,
    lat: f64,
    lon: f64,
    tolerance_km: f64,
    where_prec: u8,
    #[serde(default = "yes")]
    known: bool,
}

const fn yes() -> bool {
    true
}

/// What of an answer is right.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each part of an answer is right or wrong by itself"
)]
struct Verdict {
    found: bool,
    kind: bool,
    point: bool,
    /// `None` where gold names no division.
    admin1: Option<bool>,
    countries: bool,
    precision: bool,
}

impl Verdict {
    const fn all(self) -> bool {
        self.kind
            && self.point
            && self.countries
            && self.precision
            && !matches!(self.admin1, Some(false))
    }
}

/// Counts over the cases of one kind.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Counts {
    cases: usize,
    found: usize,
    kind: usize,
    point: usize,
    divisions: usize,
    admin1: usize,
    countries: usize,
    precision: usize,
    all: usize,
}

impl Counts {
    fn add(&mut self, verdict: Verdict) {
        self.cases += 1;
        self.found += usize::from(verdict.found);
        self.kind += usize::from(verdict.kind);
        self.point += usize::from(verdict.point);
        self.divisions += usize::from(verdict.admin1.is_some());
        self.admin1 += usize::from(verdict.admin1 == Some(true));
        self.countries += usize::from(verdict.countries);
        self.precision += usize::from(verdict.precision);
        self.all += usize::from(verdict.all());
    }
}

/// The table of one run, and what was wrong in the half that may be looked at.
#[derive(Debug, Clone, Default)]
pub struct Grounding {
    tune: BTreeMap<String, Counts>,
    tune_all: Counts,
    test_all: Counts,
    /// A line for each case of `tune` that is wrong.
    pub errors: String,
}

/// Scores the cases of the folder `grounding`.
///
/// # Errors
/// When the file is missing or of another form, or the gazetteer cannot be loaded.
pub fn run(grounding: &Path) -> Result<Grounding, EvalError> {
    let gazetteer = Gazetteer::shipped().map_err(|source| EvalError::Gazetteer { source })?;
    let path = grounding.join("places.toml");
    let name = || path.display().to_string();
    let text = std::fs::read_to_string(&path)
        .map_err(|source| EvalError::Read { path: name(), source })?;
    let cases: Cases = toml::from_str(&text)
        .map_err(|error| EvalError::Malformed { path: name(), met: error.to_string() })?;
    let mut table = Grounding::default();
    for case in &cases.tune {
        let (verdict, answer) = judge(&gazetteer, case);
        table.tune.entry(case.kind.clone()).or_default().add(verdict);
        table.tune_all.add(verdict);
        if !verdict.all() {
            // Writing to a string cannot fail.
            let _ = writeln!(table.errors, "grounding\t{}\t{verdict:?}\t{answer}", case.id);
        }
    }
    for case in &cases.test {
        table.test_all.add(judge(&gazetteer, case).0);
    }
    Ok(table)
}

impl Grounding {
    /// The table as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut out = String::from(
            "| cases | of | found | kind | point | division | countries | precision | all right |\n\
             |---|--:|--:|--:|--:|--:|--:|--:|--:|\n",
        );
        let classes = self.tune.iter().map(|(kind, counts)| (format!("tune: {kind}"), counts));
        let totals = [("tune".to_owned(), &self.tune_all), ("test".to_owned(), &self.test_all)];
        for (name, c) in classes.chain(totals) {
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "| {name} | {} | {} | {} | {} | {} of {} | {} | {} | {} |",
                c.cases,
                c.found,
                c.kind,
                c.point,
                c.admin1,
                c.divisions,
                c.countries,
                c.precision,
                c.all
            );
        }
        out
    }
}

fn judge(g: &Gazetteer, case: &Case) -> (Verdict, String) {
    let whole: Vec<TextRange> = TextRange::whole(&case.text).into_iter().collect();
    let Some(phrase) = found(&case.text, &case.phrase) else {
        return (Verdict::default(), "the phrase does not stand in the text".to_owned());
    };
    let mentions = g.read(&case.text, &whole, &[]);
    let shared = |m: &&PlaceMention| {
        m.span.end().min(phrase.end()).saturating_sub(m.span.start().max(phrase.start()))
    };
    let holds = |m: &&PlaceMention| {
        matches!(m.value.kind, PlaceKind::Admin1 | PlaceKind::Admin2 | PlaceKind::Country)
    };
    let here = || mentions.iter().filter(|m| m.span.overlaps(phrase));
    let asked_for = kinds(&case.kind).contains(&PlaceKind::Settlement);
    let finer = here().filter(|m| asked_for && !holds(m)).max_by_key(shared);
    let best = finer.or_else(|| here().max_by_key(shared));
    let Some(value) = best.map(|m| &m.value) else {
        return (Verdict::default(), "nothing found".to_owned());
    };
    let mut has: Vec<&str> =
        value.countries.iter().map(averment_types::CountryCode::as_str).collect();
    let mut gold: Vec<&str> = case.countries.iter().map(String::as_str).collect();
    has.sort_unstable();
    gold.sort_unstable();
    let same = |a: &str, b: &str| {
        plain(a).replace(' ', "") == plain(b).replace(' ', "")
            || is_division(g, a, value) && value.admin1.as_deref() == Some(b)
    };
    let away = middle(value).map(|point| km(point, [case.lon, case.lat]));
    let precision = value.precision.ucdp();
    let coarser = !case.known && precision > case.where_prec;
    let verdict = Verdict {
        found: true,
        kind: kinds(&case.kind).contains(&value.kind) || coarser,
        point: away.map_or(!case.known, |away| away <= case.tolerance_km || coarser),
        admin1: case
            .admin1
            .as_deref()
            .map(|gold| value.admin1.as_deref().is_some_and(|has| same(gold, has))),
        countries: has == gold,
        precision: precision == case.where_prec || coarser,
    };
    let told = format!(
        "{} | {:?} | {:?} km | {:?} {has:?} prec {precision} (gold {}) | {}",
        any_ascii(&value.text),
        value.kind,
        away.map(f64::round),
        value.admin1,
        case.where_prec,
        case.text
    );
    (verdict, told)
}

/// Whether the gazetteer takes `name` for the division that `value` lies in.
fn is_division(g: &Gazetteer, name: &str, value: &PlaceValue) -> bool {
    value.country.is_some()
        && ["province", "region", "governorate", "state"].iter().any(|noun| {
            let text = format!("in {name} {noun}");
            let whole: Vec<TextRange> = TextRange::whole(&text).into_iter().collect();
            let is_it = |m: &PlaceMention| {
                m.value.kind == PlaceKind::Admin1
                    && m.value.country == value.country
                    && m.value.admin1 == value.admin1
            };
            g.read(&text, &whole, &[]).iter().any(is_it)
        })
}

/// Where `words` stand in `text`.
fn found(text: &str, words: &str) -> Option<TextRange> {
    let at = text.find(words)?;
    TextRange::new(at, at + words.len()).ok()
}

/// The kinds of place that answer a kind of case.
fn kinds(kind: &str) -> &'static [PlaceKind] {
    use PlaceKind::{
        Admin1, Admin2, BorderZone, Continent, Country, Facility, Natural, Region, Relative,
        Settlement, Water,
    };
    match kind {
        "point_offset" | "distance_only" | "between" => &[Relative],
        "near" => &[Relative, Settlement],
        "road" => &[Relative, Facility],
        "border" | "tri_border" => &[BorderZone],
        "region" => &[Region, Natural, Continent],
        "direction_part" => &[Region, Relative, Country],
        "admin" => &[Admin1, Admin2],
        "place_in_admin" => &[Settlement],
        "country" => &[Country],
        "sea" => &[Water, Relative],
        "air" => &[Relative, Region, Country, Water],
        "suburb" => &[Settlement, Relative],
        "river" => &[Natural, Relative, Settlement],
        _ => &[],
    }
}

/// The middle of a value: its point, else the middle of its shape's bounds, of a line its middle corner.
fn middle(value: &PlaceValue) -> Option<[f64; 2]> {
    if let Some((lon, lat)) = value.lon.zip(value.lat) {
        return Some([lon, lat]);
    }
    let corners: Vec<[f64; 2]> = match value.geometry.as_ref()? {
        Geometry::Point(point) => vec![*point],
        Geometry::LineString(line) => return half_way(line),
        Geometry::Polygon(rings) => rings.iter().flatten().copied().collect(),
        Geometry::MultiPolygon(all) => all.iter().flatten().flatten().copied().collect(),
    };
    let span = |axis: fn(&[f64; 2]) -> f64| {
        let (low, high) = corners
            .iter()
            .map(axis)
            .fold((f64::MAX, f64::MIN), |(low, high), x| (low.min(x), high.max(x)));
        f64::midpoint(low, high)
    };
    (!corners.is_empty()).then(|| [span(|p| p[0]), span(|p| p[1])])
}

/// The point half-way along a line.
fn half_way(line: &[[f64; 2]]) -> Option<[f64; 2]> {
    let steps = || line.iter().zip(line.iter().skip(1));
    let mut left = steps().map(|(a, b)| km(*a, *b)).sum::<f64>() / 2.0;
    for (a, b) in steps() {
        let step = km(*a, *b);
        if step >= left && step > 0.0 {
            let share = left / step;
            return Some([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]);
        }
        left -= step;
    }
    line.first().copied()
}

/// Kilometres between two points of longitude and latitude, on a sphere of 6,371 km.
fn km(from: [f64; 2], to: [f64; 2]) -> f64 {
    let east = (to[0] - from[0]).to_radians() / 2.0;
    let north = (to[1] - from[1]).to_radians() / 2.0;
    let narrowing = from[1].to_radians().cos() * to[1].to_radians().cos();
    let haversine = north.sin().powi(2) + narrowing * east.sin().powi(2);
    2.0 * 6371.0 * haversine.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_and_middles() {
        assert!((km([0.0, 0.0], [0.0, 1.0]) - 111.2).abs() < 0.1);
        let line = half_way(&[[0.0, 0.0], [0.0, 1.0], [0.0, 4.0]]).unwrap();
        assert!((line[1] - 2.0).abs() < 0.01, "{line:?}");
    }

    #[test]
    fn a_case_is_judged_part_by_part() {
        let case = Case {
            id: "x".into(),
            kind: "near".into(),
            text: "A mine went off near Gao, in the north of Mali.".into(),
            phrase: "near Gao".into(),
            countries: vec!["ML".into()],
            admin1: Some("Kidal".into()),
            lat: 16.27,
            lon: -0.04,
            tolerance_km: 25.0,
            where_prec: 2,
            known: true,
        };
        let (verdict, _) = judge(&Gazetteer::shipped().unwrap(), &case);
        assert!(verdict.point && verdict.countries && verdict.precision, "{verdict:?}");
        assert_eq!((verdict.admin1, verdict.all()), (Some(false), false));
    }
}
