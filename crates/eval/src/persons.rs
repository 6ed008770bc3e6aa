//! Names of persons: whether two spellings are suggested as one person.
//!
//! Owns the measure over `corpus/grounding/person-names.toml`, pairs that the project wrote. A pair is found when
//! its likeness reaches what the registry suggests from. Pairs that names alone cannot settle (`expect`)
//! are counted apart: a nom de guerre is not like the civil name, and no matcher should think so.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use averment_actors::{NameKey, SUGGEST};
use serde::Deserialize;

use crate::EvalError;

#[derive(Deserialize)]
struct Pairs {
    tune: Vec<Pair>,
    test: Vec<Pair>,
}

#[derive(Deserialize)]
struct Pair {
    a: String,
    b: String,
    same: bool,
    class: String,
    expect: Option<String>,
}

/// How many pairs there are of a class, and how many of them were suggested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Class {
    /// All pairs.
    pub pairs: usize,
    /// Those that were suggested as one person.
    pub suggested: usize,
    /// Whether they are one person.
    pub same: bool,
    /// Whether names alone can tell.
    pub counts: bool,
}

/// The scores of one half of the set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Half {
    /// "tune" or "test".
    pub name: &'static str,
    /// By class.
    pub classes: BTreeMap<String, Class>,
}

impl Half {
    fn of(name: &'static str, pairs: &[Pair]) -> Self {
        let mut classes: BTreeMap<String, Class> = BTreeMap::new();
        for pair in pairs {
            let class = classes.entry(pair.class.clone()).or_default();
            let likeness = NameKey::of(&pair.a).likeness(&NameKey::of(&pair.b));
            class.pairs += 1;
            class.suggested += usize::from(likeness >= SUGGEST);
            (class.same, class.counts) = (pair.same, pair.expect.is_none());
        }
        Self { name, classes }
    }

    /// Pairs and suggested ones, of those that count and are one person (`same`) or two.
    #[must_use]
    pub fn total(&self, same: bool) -> (usize, usize) {
        let counted = self.classes.values().filter(|class| class.counts && class.same == same);
        counted.fold((0, 0), |(pairs, found), c| (pairs + c.pairs, found + c.suggested))
    }
}

/// Scores both halves of the set in the folder `own`.
///
/// # Errors
/// When the set cannot be read.
pub fn run(own: &Path) -> Result<[Half; 2], EvalError> {
    let path = own.join("person-names.toml");
    let shown = || path.display().to_string();
    let text =
        fs::read_to_string(&path).map_err(|source| EvalError::Read { path: shown(), source })?;
    let pairs: Pairs = toml::from_str(&text)
        .map_err(|error| EvalError::Malformed { path: shown(), met: error.to_string() })?;
    Ok([Half::of("tune", &pairs.tune), Half::of("test", &pairs.test)])
}

/// The tables.
#[must_use]
pub fn to_markdown(halves: &[Half]) -> String {
    let mut out = format!(
        "Pairs of `corpus/grounding/person-names.toml`, suggested from a likeness of {SUGGEST}. Rules were made on \
         `tune`; of `test` the totals alone were looked at. Recall: pairs of one person that are suggested. \
         False merges: pairs of two persons that are.\n\n\
         | half | one person | suggested | recall | two persons | false merges |\n|---|---|---|---|---|---|\n"
    );
    for half in halves {
        let ((same, found), (two, merged)) = (half.total(true), half.total(false));
        let recall = share(found, same);
        // Writing to a string cannot fail.
        let _ = writeln!(out, "| {} | {same} | {found} | {recall} | {two} | {merged} |", half.name);
    }
    out.push_str("\n| half | class | persons | pairs | suggested |\n|---|---|---|---|---|\n");
    for half in halves {
        for (name, class) in &half.classes {
            let persons = match (class.same, class.counts) {
                (true, true) => "one",
                (false, true) => "two",
                (true, false) => "one, not counted: names alone cannot tell",
                (false, false) => "two, not counted: names alone cannot tell",
            };
            let Class { pairs, suggested, .. } = class;
            let _ = writeln!(out, "| {} | {name} | {persons} | {pairs} | {suggested} |", half.name);
        }
    }
    out
}

fn share(part: usize, whole: usize) -> String {
    let permille = (part * 1000).checked_div(whole).unwrap_or_default();
    format!("{}.{:03}", permille / 1000, permille % 1000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted_by_class_and_undecidable_ones_apart() {
        let pair = |a: &str, b: &str, same, class: &str, expect: Option<&str>| Pair {
            a: a.to_owned(),
            b: b.to_owned(),
            same,
            class: class.to_owned(),
            expect: expect.map(str::to_owned),
        };
        let half = Half::of(
            "tune",
            &[
                pair("Amadou Koufa", "Amadou Kouffa", true, "spelling", None),
                pair("Amadou Koufa", "Ibrahim Traore", true, "spelling", None),
                pair("Ibrahim Keita", "Ibrahim Traore", false, "collision", None),
                pair("Abu Zayd", "Amadou Koufa", true, "alias", Some("none")),
            ],
        );
        assert_eq!((half.total(true), half.total(false)), ((2, 1), (1, 0)));
        let table = to_markdown(&[half]);
        assert!(table.contains("| tune | 2 | 1 | 0.500 | 1 | 0 |"), "{table}");
    }

    #[test]
    fn the_shipped_matcher_merges_nobody_and_finds_most() {
        let own = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/grounding"));
        for half in run(own).unwrap() {
            let ((same, found), (_, merged)) = (half.total(true), half.total(false));
            assert_eq!(merged, 0, "{}", half.name);
            assert!(found * 100 >= same * 87, "{}: {found} of {same}", half.name);
        }
    }
}
