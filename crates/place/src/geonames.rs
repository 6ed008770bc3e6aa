//! GeoNames' dump files, as published: 19 columns with tabs between, no quoting, UTF-8.
//!
//! Owns what a row means and which rows are kept; refuses files: a caller feeds lines, first all of them to
//! [`GeoNames::divide`], which learns the divisions, then all again to [`GeoNames::add`].
//!
//! Columns: geonameid, name, asciiname, alternatenames, latitude, longitude, feature class, feature code,
//! country code, cc2, admin1 to admin4 code, population, elevation, dem, timezone, modification date.
//!
//! ```
//! use averment_place::{Gazetteer, GeoNames};
//! let line = "9\tOgo\tOgo\tOgho\t13.9\t-3.5\tP\tPPL\tML\t\t04\t\t\t\t120\t\t290\tAfrica/Bamako\t2014-01-01";
//! let mut import = GeoNames::default();
//! import.divide(line);
//! assert_eq!(import.add(line), Ok(true));
//! let gazetteer = Gazetteer::shipped()?.overlaid(import.finish()?)?;
//! assert_eq!(gazetteer.find("Ogho")[0].gazetteer_id.as_deref(), Some("geonames:9"));
//! # Ok::<(), averment_place::PlaceError>(())
//! ```

use std::collections::HashMap;

use crate::compile::Compiler;
use crate::error::PlaceError;
use crate::layer::{Spot, SpotKind};

/// Columns of a row.
const COLUMNS: usize = 19;
/// Divisions that are learnt; GeoNames has about 50,000 of the first two orders.
const MOST_DIVISIONS: usize = 1_000_000;

/// Why a row was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RowFault {
    /// Not 19 columns.
    #[error("{found} columns, expected 19 with tabs between")]
    Columns {
        /// How many there are.
        found: usize,
    },
    /// The first column is no number above 0.
    #[error("no GeoNames id in column 1")]
    Id,
    /// The second column is empty.
    #[error("no name in column 2")]
    Name,
    /// Columns 5 and 6 are no degrees within the globe.
    #[error("no latitude and longitude in columns 5 and 6")]
    Point,
    /// The table is full.
    #[error("more places than a compiled gazetteer can hold")]
    Full,
}

/// An import of GeoNames' rows into a compiled gazetteer.
#[derive(Debug, Default)]
pub struct GeoNames {
    compiler: Compiler,
    /// Ids by country and code of the first division, and by code of the second.
    first: HashMap<String, u32>,
    second: HashMap<String, u32>,
}

/// The columns that are used.
struct Row<'l> {
    id: u32,
    name: &'l str,
    ascii: &'l str,
    others: &'l str,
    point: [f64; 2],
    code: &'l str,
    class: &'l str,
    country: &'l str,
    admin1: &'l str,
    admin2: &'l str,
    population: u32,
}

impl GeoNames {
    /// Learns a division from a line; other lines, malformed ones too, are passed over.
    pub fn divide(&mut self, line: &str) {
        let mut columns = line.split('\t').skip(6);
        let (Some("A"), Some(code @ ("ADM1" | "ADM2"))) = (columns.next(), columns.next()) else {
            return;
        };
        let Ok(row) = parse(line) else {
            return;
        };
        if self.first.len() + self.second.len() >= MOST_DIVISIONS {
            return;
        }
        if code == "ADM1" {
            self.first.insert(key(&[row.country, row.admin1]), row.id);
        } else {
            self.second.insert(key(&[row.country, row.admin1, row.admin2]), row.id);
        }
    }

    /// Adds the place of a line; `false` when its kind is none that reports name as a place.
    ///
    /// # Errors
    /// What is wrong with the row; the import goes on without it.
    pub fn add(&mut self, line: &str) -> Result<bool, RowFault> {
        let row = parse(line)?;
        let Some(kind) = kind(row.class, row.code).filter(|_| row.country.len() == 2) else {
            return Ok(false);
        };
        let id_of = |map: &HashMap<String, u32>, parts: &[&str]| {
            map.get(&key(parts)).copied().filter(|id| *id != row.id).unwrap_or_default()
        };
        let spot = Spot {
            name: row.name,
            kind,
            country: row.country,
            admin1: id_of(&self.first, &[row.country, row.admin1]),
            admin2: id_of(&self.second, &[row.country, row.admin1, row.admin2]),
            id: row.id,
            point: Some(row.point),
            population: row.population,
        };
        let others = row.others.split(',').filter(|n| is_latin(n));
        let short = shortened(row.name);
        let names = [row.name, row.ascii]
            .into_iter()
            .chain((kind == SpotKind::Division || kind == SpotKind::District).then_some(short));
        self.compiler.add(&spot, names.chain(others), true).map_err(|_| RowFault::Full)?;
        Ok(true)
    }

    /// How many places were added.
    #[must_use]
    pub fn len(&self) -> usize {
        self.compiler.len()
    }

    /// Whether none was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The compiled gazetteer, for [`crate::Gazetteer::overlaid`].
    ///
    /// # Errors
    /// [`PlaceError::FullIndex`] when there are more places than it can hold.
    pub fn finish(self) -> Result<Vec<u8>, PlaceError> {
        self.compiler.finish(|_| 0)
    }
}

fn key(parts: &[&str]) -> String {
    parts.join(".")
}

fn parse(line: &str) -> Result<Row<'_>, RowFault> {
    let mut columns = [""; COLUMNS];
    let mut found = 0;
    for column in line.split('\t') {
        if let Some(slot) = columns.get_mut(found) {
            *slot = column;
        }
        found += 1;
    }
    if found != COLUMNS {
        return Err(RowFault::Columns { found });
    }
    let [
        id,
        name,
        ascii,
        others,
        lat,
        lon,
        class,
        code,
        country,
        _,
        admin1,
        admin2,
        _,
        _,
        people,
        ..,
    ] = columns;
    let degrees = |text: &str, most: f64| text.parse().ok().filter(|d: &f64| d.abs() <= most);
    Ok(Row {
        id: id.parse().ok().filter(|id| *id > 0).ok_or(RowFault::Id)?,
        name: Some(name).filter(|n| !n.trim().is_empty()).ok_or(RowFault::Name)?,
        ascii,
        others,
        point: degrees(lon, 180.0)
            .zip(degrees(lat, 90.0))
            .map(|(lon, lat)| [lon, lat])
            .ok_or(RowFault::Point)?,
        code,
        class,
        country,
        admin1,
        admin2,
        population: people.parse::<u64>().map_or(0, |n| u32::try_from(n).unwrap_or(u32::MAX)),
    })
}

/// The kind of a feature; `None` for what no report means by its name: streets, wells, abandoned places.
fn kind(class: &str, code: &str) -> Option<SpotKind> {
    Some(match (class, code) {
        ("P", code) if code != "PPLH" && code != "PPLCH" => SpotKind::Settlement,
        ("A", "ADM1") => SpotKind::Division,
        ("A", "ADM2" | "ADM3" | "ADM4" | "ADM5" | "ADMD") => SpotKind::District,
        ("H", "STM" | "STMI" | "STMX" | "WAD" | "CNL") => SpotKind::Stream,
        ("H", "LK" | "LKI" | "LKS" | "RSV" | "BAY" | "GULF" | "STRT")
        | (
            "T",
            "MT" | "MTS" | "ISL" | "ISLS" | "PLAT" | "DSRT" | "VAL" | "PASS" | "HLLS" | "PEN",
        )
        | ("V", "FRST" | "RESF")
        | ("L", "RGN" | "PRK" | "OAS" | "AREA" | "RESW") => SpotKind::Natural,
        ("S", "AIRP" | "AIRB" | "AIRF" | "MILB" | "INSM" | "CMPRF" | "DAM") => SpotKind::Facility,
        _ => return None,
    })
}

/// A division's name without the word for its kind.
fn shortened(name: &str) -> &str {
    const KINDS: [&str; 12] = [
        " Region",
        " Province",
        " Governorate",
        " State",
        " District",
        " Department",
        " Oblast",
        " County",
        " Prefecture",
        " Cercle",
        " Division",
        " Wilaya",
    ];
    const LED: [&str; 9] = [
        "Région de ",
        "Région du ",
        "Région des ",
        "Cercle de ",
        "Département de ",
        "Province du ",
        "Province de ",
        "Wilaya de ",
        "Région d’",
    ];
    let head = LED.iter().find_map(|led| name.strip_prefix(led)).unwrap_or(name);
    KINDS.iter().find_map(|kind| head.strip_suffix(kind)).unwrap_or(head)
}

/// Whether a name is in Latin letters.
fn is_latin(name: &str) -> bool {
    let mut letters = name.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some()
        && letters.all(|c| c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Gazetteer;

    fn line(id: &str, name: &str, class: &str, code: &str, admin1: &str) -> String {
        format!(
            "{id}\t{name}\t{name}\t\t14.5\t-4.2\t{class}\t{code}\tML\t\t{admin1}\t\t\t\t100\t\t1\tAfrica/Bamako\t2014-01-01"
        )
    }

    #[test]
    fn rows_are_kept_by_kind_and_lie_in_their_division() {
        let lines = [
            line("1", "Zugu", "P", "PPL", "04"),
            line("2", "Région de Zorbo", "A", "ADM1", "04"),
            line("3", "Well of Zugu", "H", "WLL", "04"),
            line("4", "Zugu Dam", "S", "DAM", "04"),
        ];
        let mut import = GeoNames::default();
        for line in &lines {
            import.divide(line);
        }
        let kept: Vec<bool> = lines.iter().map(|l| import.add(l).unwrap()).collect();
        assert_eq!(
            (kept, import.len(), import.is_empty()),
            (vec![true, true, false, true], 3, false)
        );
        let gazetteer = Gazetteer::shipped().unwrap().overlaid(import.finish().unwrap()).unwrap();
        let found = gazetteer.find("Zugu");
        assert_eq!(found[0].admin1.as_deref(), Some("Région de Zorbo"));
        assert_eq!(gazetteer.find("Zorbo").len(), 1);
    }

    #[test]
    fn faults_say_what_is_expected() {
        let mut import = GeoNames::default();
        let good = line("1", "Zugu", "P", "PPL", "04");
        let cases = [
            ("", RowFault::Columns { found: 1 }),
            ("a\tb", RowFault::Columns { found: 2 }),
            (&good.replacen('1', "x", 1), RowFault::Id),
            (&good.replace("Zugu", " "), RowFault::Name),
            (&good.replace("14.5", "91"), RowFault::Point),
            (&good.replace("14.5", "NaN"), RowFault::Point),
        ];
        for (text, fault) in cases {
            assert_eq!(import.add(text), Err(fault), "{text}");
            import.divide(text);
        }
        assert!(import.is_empty());
    }
}
