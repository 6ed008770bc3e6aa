//! PETRARCH's own test sentences, from their raw text: the root of the CAMEO code.
//!
//! Two files. The *unit tests* (284) are mostly variations of a few sentences about made-up countries, coded by a toy dictionary with WEIS
//! codes; `data/weis-roots.tsv` reads them as CAMEO's roots and leaves out what has no meaning outside that dictionary. The *validation
//! records* (78) are news and short made-up sentences; their gold is what PETRARCH2 gave in 2018 with its own
//! dictionaries, corrected here and there, so PETRARCH2's own figure on them is 1 by construction, and what it missed
//! stands as "no event". The tests discard sentences by dictionary; these expect no event. Actors are codes of dictionaries
//! and are not compared. PETRARCH codes a verb whatever is said of it, so that "will restore ties" is the restoring; our claims are
//! read so too, by the projections of their rules.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use averment_types::Projections;

use crate::events::table::{LOSSES, SUMMARY};
use crate::events::{GoldEvent, Ontology, Tally, Terms, codebook, found};
use crate::place::coder;
use crate::{EvalError, Evaluation};

static WEIS: &str = include_str!("../data/weis-roots.tsv");

/// CAMEO's roots.
const ROOTS: [&str; 20] = [
    "make public statement",
    "appeal",
    "express intent to cooperate",
    "consult",
    "diplomatic cooperation",
    "material cooperation",
    "provide aid",
    "yield",
    "investigate",
    "demand",
    "disapprove",
    "reject",
    "threaten",
    "protest",
    "exhibit force posture",
    "reduce relations",
    "coerce",
    "assault",
    "fight",
    "mass violence",
];

/// A sentence of a test file.
#[derive(Debug, PartialEq, Eq)]
struct Sentence {
    id: String,
    text: String,
    /// The codes of its events; none where it expects no event.
    codes: Vec<String>,
}

/// Scores both files in `corpora`.
///
/// # Errors
/// When the corpus is missing or the coder cannot be made.
pub fn run(corpora: &Path) -> Result<Evaluation, EvalError> {
    let coder = coder()?;
    let codebook = codebook()?;
    let mut tallies = Vec::new();
    let mut errors = String::new();
    for (name, file, weis) in [
        ("unit tests", "PETR.UnitTest.records.xml", true),
        ("validation records", "PETR2_GSR_validation.xml", false),
    ] {
        let path = corpora.join("petrarch-tests").join(file);
        let bytes = fs::read(&path)
            .map_err(|source| EvalError::Read { path: path.display().to_string(), source })?;
        let mut tally = Tally::default();
        for sentence in sentences(&String::from_utf8_lossy(&bytes)) {
            let expected = !sentence.codes.is_empty();
            let gold: Vec<GoldEvent> =
                sentence.codes.iter().filter_map(|code| event(code, weis)).collect();
            if expected && gold.is_empty() {
                continue;
            }
            let root =
                |p: &Projections| p.cameo.as_ref().and_then(|c| c.get(..2)).map(str::to_owned);
            let found = found(&coder, &sentence.id, &sentence.text, Terms::Rule(&codebook), root)?;
            tally.sentence(Ontology::Cameo, &sentence.id, &sentence.text, &gold, &found);
        }
        errors.push_str(&tally.errors);
        tallies.push((name, tally));
    }
    Ok(Evaluation { tables: tables(&tallies), errors })
}

fn tables(tallies: &[(&str, Tally)]) -> String {
    let mut out = String::from(SUMMARY);
    for (name, tally) in tallies {
        out.push_str(&tally.summary(name));
    }
    out.push_str("\nWhere gold's events end (actors are not compared):\n\n");
    out.push_str(LOSSES);
    for (name, tally) in tallies {
        out.push_str(&tally.losses(name));
    }
    for (name, tally) in tallies {
        // Writing to a string cannot fail.
        let _ = write!(out, "\nRoots, {name}:\n\n");
        out.push_str(&tally.categories(root_name));
    }
    out
}

fn root_name(code: &str) -> String {
    let at = code.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
    format!("{code} {}", at.and_then(|at| ROOTS.get(at)).copied().unwrap_or_default())
}

/// Gold's event, as CAMEO's root; `None` for a code that means nothing outside the toy dictionary.
fn event(code: &str, weis: bool) -> Option<GoldEvent> {
    let root = if weis { weis_root(code)? } else { code.get(..2)? };
    // WEIS' detail says nothing of CAMEO's scope.
    let detail = if weis { root } else { code };
    Some(GoldEvent { category: root.to_owned(), detail: detail.to_owned(), ..GoldEvent::default() })
}

fn weis_root(code: &str) -> Option<&'static str> {
    let lines = WEIS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut columns = line.split('\t');
        Some((columns.next()?, columns.next()?))
    });
    let fits = lines.filter(|(key, _)| code.starts_with(key));
    fits.max_by_key(|(key, _)| key.len()).map(|(_, root)| root)
}

/// The sentences of a test file that have a text and are not about the reader of files itself.
fn sentences(xml: &str) -> Vec<Sentence> {
    let xml = without_comments(xml);
    let parts = xml.split("<Sentence ").skip(1);
    parts.filter_map(sentence).collect()
}

fn sentence(part: &str) -> Option<Sentence> {
    let text = part.split("<Text>").nth(1)?.split("</Text>").next()?.replace("&amp;", "&");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let events: Vec<&str> =
        part.split("<EventCoding").skip(1).filter_map(|tag| tag.split('>').next()).collect();
    let broken = events.iter().filter_map(|tag| attribute(tag, "error"));
    if text.is_empty() || broken.clone().any(|error| !error.ends_with("discard")) {
        return None;
    }
    let codes = events.iter().filter_map(|tag| attribute(tag, "eventcode")).map(str::to_owned);
    Some(Sentence { id: attribute(part, "id")?.to_owned(), text, codes: codes.collect() })
}

/// The value of an attribute of a tag: `name="value"`, with spaces round the sign or not.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let mut starts = tag.match_indices(name).map(|(at, _)| at + name.len());
    let value = |at: usize| {
        let rest = tag.get(at..)?.trim_start().strip_prefix('=')?.trim_start();
        rest.strip_prefix('"')?.split('"').next()
    };
    starts.find_map(value)
}

fn without_comments(xml: &str) -> String {
    let mut parts = xml.split("<!--");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str(part.split_once("-->").map_or("", |(_, rest)| rest));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const XML: &str = r#"<!-- <Sentence id="no"> -->
        <Sentence date="1" id="A-1" category="X">
        <EventCoding sourcecode="AB" eventcode="064"></EventCoding>
        <Text>
        Here &amp; there
        it is. </Text></Sentence>
        <Sentence date = "1" id ="B-2"/><EventCoding noevents = "True" />
        <Text>Nothing.</Text>
        <Sentence id="C-3"><EventCoding error="dateline"><Text>Bad.</Text>
        <Sentence id="D-4"><EventCoding error="storydiscard"><Text>Golf.</Text>
        <Sentence id="E-5"><EventCoding eventcode="901"><Text></Text>"#;

    #[test]
    fn sentences_come_with_their_codes_and_broken_ones_are_left_out() {
        let all = sentences(XML);
        let ids: Vec<&str> = all.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(ids, ["A-1", "B-2", "D-4"]);
        let first = all.first().unwrap();
        assert_eq!(
            (first.text.as_str(), first.codes.as_slice()),
            ("Here & there it is.", &["064".to_owned()][..])
        );
        assert!(all.iter().skip(1).all(|s| s.codes.is_empty()));
    }

    #[test]
    fn weis_is_read_as_cameos_roots_and_toy_codes_as_nothing() {
        assert_eq!(weis_root("122"), Some("11"));
        assert_eq!(weis_root("1721"), Some("17"));
        assert_eq!(weis_root("173"), Some("13"));
        assert_eq!(weis_root("901"), None);
        assert_eq!(event("0841", false).unwrap().category, "08");
        assert_eq!(root_name("19"), "19 fight");
    }
}
