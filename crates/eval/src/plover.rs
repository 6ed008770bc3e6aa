//! The gold records of PLOVER: sentences of CAMEO's manual with type, mode, context, source and target.
//!
//! Records of one sentence are judged together. The records are of draft 0.6; types that later drafts renamed or merged are read
//! as `RENAMED` says. Gold's text markup says where the event's words are.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use averment_types::{Projections, TextRange};
use serde::Deserialize;
use serde_json::Value;

use crate::coder::align::{Count, ratio};
use crate::events::table::{LOSSES, SUMMARY};
use crate::events::{FoundEvent, GoldEvent, Ontology, Tally, Terms, codebook, found};
use crate::place::coder;
use crate::{EvalError, Evaluation};

/// Type and mode of draft 0.6 (no mode: any), the type of draft 0.8 and the mode that the old type meant: by PLOVER's own
/// `CAMEO2PLOVER-2021.txt` and README.
const RENAMED: [(&str, &str, &str, Option<&str>); 5] = [
    ("FIGHT", "", "ASSAULT", None),
    ("DEMAND", "", "REQUEST", None),
    ("DISAPPROVE", "", "ACCUSE", None),
    ("INVESTIGATE", "", "ACCUSE", Some("investigate")),
    // CAMEO's 1712, destroy property.
    ("COERCE", "destroy", "ASSAULT", None),
];

#[derive(Deserialize)]
struct Record {
    id: String,
    event: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    mode: Option<String>,
    #[serde(default)]
    context: Option<String>,
    #[serde(default)]
    source: Value,
    #[serde(default)]
    target: Value,
    #[serde(default, rename = "textInfo")]
    info: Value,
}

/// Modes and contexts of the records whose type is right.
#[derive(Debug, Default)]
struct Detail {
    modes: Count,
    contexts: Count,
}

/// Scores all records in `corpora`.
///
/// # Errors
/// When the corpus is missing or of another form, or the coder cannot be made.
pub fn run(corpora: &Path) -> Result<Evaluation, EvalError> {
    let path = corpora.join("plover/PLOVER_GSR_CAMEO.txt");
    let shown = || path.display().to_string();
    let json =
        fs::read_to_string(&path).map_err(|source| EvalError::Read { path: shown(), source })?;
    let records: Vec<Record> = serde_json::from_str(&json)
        .map_err(|error| EvalError::Malformed { path: shown(), met: error.to_string() })?;
    let mut sentences: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in records.iter().filter(|record| !record.text.is_empty()) {
        sentences.entry(clean(&record.text)).or_default().push(record);
    }
    let coder = coder()?;
    let codebook = codebook()?;
    let readings = [
        ("of the type", Terms::Type),
        ("of the rule", Terms::Rule(&codebook)),
        ("as said", Terms::Said(&codebook)),
    ];
    let mut tallies = readings.map(|(name, _)| (name, Tally::default()));
    let mut detail = Detail::default();
    let class = |p: &Projections| p.plover.as_ref().map(|plover| plover.event_type.clone());
    for (text, records) in &sentences {
        let gold: Vec<GoldEvent> = records.iter().map(|record| event(record, text)).collect();
        let id = records.first().map_or("", |record| record.id.as_str());
        let mut last = Vec::new();
        for ((_, terms), (_, tally)) in readings.iter().zip(&mut tallies) {
            last = found(&coder, id, text, *terms, class)?;
            tally.sentence(Ontology::Plover, id, text, &gold, &last);
        }
        for record in records {
            detail.judge(record, &last);
        }
    }
    let tables = tables(sentences.len(), &tallies, &detail);
    let errors = tallies.into_iter().next_back().map(|(_, said)| said.errors);
    Ok(Evaluation { tables, errors: errors.unwrap_or_default() })
}

fn tables(sentences: usize, tallies: &[(&str, Tally); 3], detail: &Detail) -> String {
    let [_, _, (_, said)] = tallies;
    let mut out = format!("{sentences} sentences.\n\n{SUMMARY}");
    for (name, tally) in tallies {
        out.push_str(&tally.summary(name));
    }
    out.push_str("\nWhere gold's events end:\n\n");
    out.push_str(LOSSES);
    for (name, tally) in tallies {
        out.push_str(&tally.losses(name));
    }
    out.push_str("\nActors of those whose type is right, as said:\n\n");
    out.push_str(&said.roles());
    let Detail { modes, contexts } = detail;
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "\nOf these gold has a mode in {} and we give it in {} ({:.3}); a context in {}, and ours is among them in {} ({:.3}).",
        modes.gold,
        modes.right,
        ratio(modes.right, modes.gold),
        contexts.gold,
        contexts.right,
        ratio(contexts.right, contexts.gold),
    );
    out.push_str("\nTypes, as said:\n\n");
    out.push_str(&said.categories(str::to_owned));
    out
}

impl Detail {
    /// A mode is judged where gold has one and the type is right; a context likewise.
    fn judge(&mut self, record: &Record, found: &[FoundEvent]) {
        let (class, mode) = renamed(record);
        let same: Vec<&FoundEvent> = found.iter().filter(|f| f.category == class).collect();
        if same.is_empty() {
            return;
        }
        if let Some(mode) = mode.filter(|mode| !mode.is_empty()) {
            self.modes.gold += 1;
            self.modes.right +=
                usize::from(same.iter().any(|f| f.mode.as_deref() == Some(mode.as_str())));
        }
        let contexts: Vec<&str> =
            record.context.as_deref().unwrap_or_default().split(", ").collect();
        if contexts.iter().any(|context| !context.is_empty()) {
            self.contexts.gold += 1;
            let ours = |f: &&FoundEvent| f.contexts.iter().any(|c| contexts.contains(&c.as_str()));
            self.contexts.right += usize::from(same.iter().any(ours));
        }
    }
}

/// A record's sentence; a few stand in braces.
fn clean(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '{' || c == '}')
}

/// Type and mode of a record in the terms of draft 0.8.
fn renamed(record: &Record) -> (String, Option<String>) {
    let mode = record.mode.clone().unwrap_or_default();
    let fits = |(class, of, _, _): &&(&str, &str, &str, Option<&str>)| {
        *class == record.event && (of.is_empty() || *of == mode)
    };
    match RENAMED.iter().find(fits) {
        Some((_, _, class, Some(meant))) => ((*class).to_owned(), Some((*meant).to_owned())),
        Some((_, _, class, None)) => ((*class).to_owned(), record.mode.clone()),
        None => (record.event.clone(), record.mode.clone()),
    }
}

fn event(record: &Record, text: &str) -> GoldEvent {
    let (category, mode) = renamed(record);
    let detail = match mode.filter(|mode| !mode.is_empty()) {
        Some(mode) => format!("{category}/{mode}"),
        None => category.clone(),
    };
    GoldEvent {
        category,
        detail,
        sources: actors(&record.source),
        targets: actors(&record.target),
        marked: marked(record.info.get("markup").and_then(Value::as_str).unwrap_or_default(), text),
    }
}

/// The words of the actors; some records have none, and some a note in their place.
fn actors(value: &Value) -> Vec<String> {
    let words = value.as_array().into_iter().flatten().filter_map(|actor| actor.get("actorText"));
    words.filter_map(Value::as_str).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// Where the words marked `(EVT: …)` stand in the sentence.
fn marked(markup: &str, text: &str) -> Vec<TextRange> {
    let words = markup.split("(EVT:").skip(1).filter_map(|rest| rest.split(')').next());
    let place = |words: &str| {
        let start = text.find(words.trim())?;
        TextRange::new(start, start + words.trim().len()).ok()
    };
    words.filter(|words| !words.trim().is_empty()).filter_map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDS: &str = r#"[
        {"id": "note", "event": "DOCUMENT"},
        {"id": "a", "event": "FIGHT", "text": "{Rebels shelled Juba.}", "mode": "heavy-weapons",
         "source": [{"actorText": "Rebels", "code": "REB"}], "target": "",
         "textInfo": {"markup": "(SRC: Rebels) (EVT: shelled) Juba."}},
        {"id": "b", "event": "INVESTIGATE", "text": "The UN looked into it.", "source": null}
    ]"#;

    #[test]
    fn a_record_is_read_in_the_terms_of_the_later_draft() {
        let records: Vec<Record> = serde_json::from_str(RECORDS).unwrap();
        let record = records.get(1).unwrap();
        let text = clean(&record.text);
        let gold = event(record, text);
        assert_eq!(
            (gold.category.as_str(), gold.detail.as_str()),
            ("ASSAULT", "ASSAULT/heavy-weapons")
        );
        assert_eq!(gold.sources, ["Rebels"]);
        assert!(gold.targets.is_empty());
        let words: Vec<&str> = gold.marked.iter().filter_map(|r| r.slice(text)).collect();
        assert_eq!(words, ["shelled"]);
        let asked = event(records.get(2).unwrap(), "The UN looked into it.");
        assert_eq!(asked.detail, "ACCUSE/investigate");
    }
}
