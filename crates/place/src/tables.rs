//! The source tables of the shipped places, compiled.
//!
//! Owns the columns of `admin1.tsv`, `admin2.tsv`, `places.tsv` and `words.tsv`; refuses files: `cargo xtask data`
//! reads and writes them.

use std::collections::BTreeMap;

use crate::compile::Compiler;
use crate::error::PlaceError;
use crate::layer::{Spot, SpotKind};
use crate::named::FIRST_OR_SECOND;

/// Countries whose places' names reach English by transliteration, or in several spellings.
const TRANSLITERATED: &str = "SY IQ LB JO PS IL EG LY TN DZ MA EH MR SD SS TD NE ML YE SA OM AE QA BH KW IR AF PK SO DJ ER ET \
     NG BF CM KM TR TJ MM BD";
/// Marks of a name that is also a word, and of one that is a large place's too.
pub(crate) const WORD: u8 = 1;
pub(crate) const COMMON: u8 = 2;

/// The texts of the tables of places under `data/gazetteer`.
#[derive(Debug, Clone, Copy)]
pub struct SourceTables<'a> {
    /// First-order divisions.
    pub admin1: &'a str,
    /// Second-order divisions.
    pub admin2: &'a str,
    /// Settlements.
    pub places: &'a str,
    /// Names that are words.
    pub words: &'a str,
}

/// Compiles the tables to the bytes of `places.bin`.
///
/// # Errors
/// A [`PlaceError`] that names table and line when a row is malformed.
pub fn compile(tables: &SourceTables<'_>) -> Result<Vec<u8>, PlaceError> {
    let mut compiler = Compiler::default();
    let mut people: BTreeMap<&str, u32> = BTreeMap::new();
    for (_, row) in rows(tables.places) {
        if let [_, _, _, admin1, _, _, _, _, population] = row.as_slice() {
            let sum = people.entry(admin1).or_default();
            *sum = sum.saturating_add(population.parse().unwrap_or_default());
        }
    }
    for (line, row) in rows(tables.admin1) {
        let &[name, others, country, id, sort, lat, lon] = row.as_slice() else {
            return Err(fault("admin1.tsv", line, "seven columns"));
        };
        let spot = spot(SpotKind::Division, name, country, [id, "", ""], [lat, lon])
            .ok_or_else(|| fault("admin1.tsv", line, "numbers"))?;
        let population = people.get(id).copied().unwrap_or_default();
        let spot = Spot { population, ..spot };
        // "Cauca department" is of the first order, though elsewhere departments are not.
        let said = FIRST_OR_SECOND.contains(&sort.to_lowercase().as_str());
        let said = said.then(|| format!("{name} {sort}"));
        let names = names(name, others).chain(said.as_deref());
        compiler.add(&spot, names, is_transliterated(country))?;
    }
    for (line, row) in rows(tables.admin2) {
        let &[name, others, country, admin1, id, lat, lon] = row.as_slice() else {
            return Err(fault("admin2.tsv", line, "seven columns"));
        };
        let spot = spot(SpotKind::District, name, country, [id, admin1, ""], [lat, lon])
            .ok_or_else(|| fault("admin2.tsv", line, "numbers"))?;
        compiler.add(&spot, names(name, others), is_transliterated(country))?;
    }
    for (line, row) in rows(tables.places) {
        let &[name, others, country, admin1, admin2, id, lat, lon, population] = row.as_slice()
        else {
            return Err(fault("places.tsv", line, "nine columns"));
        };
        let spot = spot(SpotKind::Settlement, name, country, [id, admin1, admin2], [lat, lon])
            .zip(population.parse().ok())
            .map(|(spot, population)| Spot { population, ..spot })
            .ok_or_else(|| fault("places.tsv", line, "numbers"))?;
        compiler.add(&spot, names(name, others), is_transliterated(country))?;
    }
    let words: BTreeMap<&str, u8> = rows(tables.words)
        .filter_map(|(_, row)| {
            Some((*row.first()?, if row.get(1) == Some(&"b") { COMMON } else { WORD }))
        })
        .collect();
    compiler.finish(|key| words.get(key).copied().unwrap_or_default())
}

fn spot<'a>(
    kind: SpotKind,
    name: &'a str,
    country: &'a str,
    [id, admin1, admin2]: [&str; 3],
    [lat, lon]: [&str; 2],
) -> Option<Spot<'a>> {
    let number = |text: &str| if text.is_empty() { Some(0) } else { text.parse().ok() };
    let point = if lat.is_empty() { None } else { Some([lon.parse().ok()?, lat.parse().ok()?]) };
    Some(Spot {
        name,
        kind,
        country,
        admin1: number(admin1)?,
        admin2: number(admin2)?,
        id: number(id)?,
        point,
        population: 0,
    })
}

fn names<'a>(name: &'a str, others: &'a str) -> impl Iterator<Item = &'a str> {
    std::iter::once(name).chain(others.split('|')).filter(|n| !n.is_empty())
}

fn is_transliterated(country: &str) -> bool {
    TRANSLITERATED.split(' ').any(|c| c == country)
}

/// The rows of a table with their lines, counted from 1.
fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    text.lines()
        .zip(1..)
        .filter(|(line, _)| !line.starts_with('#') && !line.is_empty())
        .map(|(line, at)| (at, line.split('\t').collect()))
}

const fn fault(table: &'static str, line: usize, expected: &'static str) -> PlaceError {
    PlaceError::Row { table, line, expected }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_table_is_compiled_from_the_committed_ones() {
        let compiled = compile(&SourceTables {
            admin1: include_str!("../../../data/gazetteer/admin1.tsv"),
            admin2: include_str!("../../../data/gazetteer/admin2.tsv"),
            places: include_str!("../../../data/gazetteer/places.tsv"),
            words: include_str!("../../../data/gazetteer/words.tsv"),
        });
        let shipped: &[u8] = include_bytes!("../../../data/gazetteer/places.bin");
        assert!(compiled.unwrap() == shipped, "run `cargo xtask data`");
    }

    #[test]
    fn a_malformed_row_is_named_by_table_and_line() {
        let tables = SourceTables { admin1: "# a\nx\ty\n", admin2: "", places: "", words: "" };
        let error = compile(&tables).unwrap_err().to_string();
        assert_eq!(
            error,
            "failed to read gazetteer table admin1.tsv, line 2: seven columns expected"
        );
        let tables =
            SourceTables { admin1: "", admin2: "", places: "a\t\tML\t\t\tx\t1\t2\t3\n", words: "" };
        assert!(compile(&tables).unwrap_err().to_string().contains("line 1: numbers"));
    }
}
