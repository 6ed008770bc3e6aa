//! The governorate of a war report from Syria.
//!
//! The choice: every mention whose place lies in Syria and in a known first-order division gives its weight
//! to that division; the heaviest is the answer, on a tie the one named first. Gold is one of eleven names that the crowd gave a report,
//! noisy and coarse: the countryside of Damascus counts as Damascus, and a report on several governorates has
//! one of them.

use std::collections::BTreeMap;
use std::path::Path;

use averment_place::{Gazetteer, PlaceUsage};
use averment_types::{CountryCode, PlaceKind};
use serde::Deserialize;

use super::{Measure, PlaceTable, plain, read, rows, weight};
use crate::EvalError;

const PART: &str = "fa-kes";
/// The governorates' spellings in gold, and how gazetteers spell them, compared without spaces.
const SPELLINGS: [(&str, &[&str]); 13] = [
    ("aleppo", &["aleppo", "halab"]),
    ("idlib", &["idlib"]),
    ("damascus", &["damascus", "dimashq", "rifdimashq", "damascuscountryside"]),
    ("hasakeh", &["alhasakah", "hasakah", "alhasakeh"]),
    ("deir ezzor", &["deirezzor", "dayrazzawr"]),
    ("raqqa", &["raqqa", "arraqqah"]),
    ("hama", &["hama", "hamah"]),
    ("homs", &["homs", "hims"]),
    ("daraa", &["daraa", "dara"]),
    ("quneitra", &["quneitra", "alqunaytirah"]),
    ("lattakia", &["latakia", "alladhiqiyah"]),
    ("tartus", &["tartus", "tartous"]),
    ("suwayda", &["suwayda", "assuwayda", "sweida"]),
];

#[derive(Deserialize)]
struct Row {
    id: String,
    title: String,
    text: String,
    gold: Gold,
}

#[derive(Deserialize)]
struct Gold {
    place: String,
}

/// Scores the development slice.
pub(super) fn score(g: &Gazetteer, folder: &Path, table: &mut PlaceTable) -> Result<(), EvalError> {
    let all: Vec<Row> = rows(&folder.join("dev.jsonl"))?;
    let (mut right, mut among) = (0, 0);
    for row in &all {
        let ranked = governorates(g, &format!("{}\n\n{}", row.title, row.text));
        let is_gold = |name: &str| name == row.gold.place;
        let found = ranked.iter().any(|(name, _)| is_gold(name));
        let hit = ranked.first().is_some_and(|(name, _)| is_gold(name));
        right += usize::from(hit);
        among += usize::from(found);
        if hit {
            continue;
        }
        let said = plain(&format!("{} {}", row.title, row.text));
        let cause = match (found, ranked.is_empty()) {
            (true, _) => "another governorate of the report preferred",
            (false, true) => "no place of the report lies in a known governorate",
            (false, false) if said.contains(&row.gold.place) => {
                "gold's name is in the report, its governorate was not found"
            }
            (false, false) => "the report names other governorates' places alone",
        };
        table.wrong(PART, cause, &format!("{} {}: {ranked:?}", row.id, row.gold.place));
    }
    let of = all.len();
    let mut push = |name, means, right| table.measures.push(Measure { name, means, right, of });
    push("FA-KES governorate", "reports whose governorate is the heaviest of their places'", right);
    push(
        "FA-KES governorate found",
        "reports whose governorate is that of any of their places",
        among,
    );
    Ok(())
}

/// The gold spelling of a division.
pub(super) fn spelling(name: &str) -> &'static str {
    let name = plain(name).replace(' ', "");
    SPELLINGS
        .iter()
        .find(|(_, others)| others.contains(&name.as_str()))
        .map_or("", |(gold, _)| gold)
}

/// The governorates of a report, the heaviest first.
fn governorates(g: &Gazetteer, text: &str) -> Vec<(String, f64)> {
    let syria = CountryCode::parse("SY").ok();
    let (mentions, sentences) = read(g, text);
    // With the place of the first mention: it comes first on a tie.
    let mut weights: BTreeMap<String, (f64, usize)> = BTreeMap::new();
    for (at, mention) in mentions.iter().enumerate() {
        let value = &mention.value;
        let actor = mention.usage == PlaceUsage::Modifier && value.kind == PlaceKind::Country;
        if let Some(division) = value.admin1.as_ref().filter(|_| value.country == syria && !actor) {
            let entry = weights.entry(spelling(division).to_owned()).or_insert((0.0, at));
            entry.0 += weight(mention, &sentences);
        }
    }
    let mut all: Vec<(String, (f64, usize))> = weights.into_iter().collect();
    all.sort_by(|(_, a), (_, b)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    all.into_iter().map(|(name, (weight, _))| (name, weight)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gazetteer_and_gold_meet_in_one_spelling() {
        assert_eq!(spelling("Dayr az Zawr"), "deir ezzor");
        assert_eq!(spelling("Rīf Dimashq"), "damascus");
        assert_eq!(spelling("Bavaria"), "");
    }

    #[test]
    fn the_heaviest_governorate_comes_first() {
        let g = Gazetteer::shipped().unwrap();
        let text = "Shells hit Aleppo in Syria. More fell in Idlib. Aleppo was quiet at night.";
        let names: Vec<String> = governorates(&g, text).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["aleppo", "idlib"]);
    }
}
