//! The project's own test sentences, `corpus/reader/*.toml`: raw text in, marked entities and relations out.
//!
//! Owns the form of these files and the account of every error, for a person to read. A relation is right
//! where a token of exactly the marked word hangs on a token of exactly the marked head by that name.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::path::Path;

use averment_lang::{EntityKind, Reader, Relation};
use averment_types::TextRange;
use serde::Deserialize;

use super::found::{named, placed};
use super::raw::{Placed, add_entities};
use super::score::EntityScore;
use crate::EvalError;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    sentence: Vec<Draft>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Draft {
    text: String,
    entities: Vec<String>,
    relations: Vec<String>,
}

/// A test sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Its file's stem and its number there, from 1.
    pub name: String,
    /// The sentence.
    pub text: String,
    /// All its entities.
    pub entities: Vec<(TextRange, EntityKind)>,
    /// Some of its relations.
    pub arcs: Vec<Arc>,
}

/// A marked relation.
#[derive(Debug, Clone, PartialEq)]
pub struct Arc {
    /// As it is written in the file.
    pub written: String,
    /// Its name.
    pub relation: Relation,
    /// The head's place; `None` for the root.
    pub head: Option<TextRange>,
    /// The dependent's place.
    pub word: TextRange,
}

/// Marked relations, and how many are found.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ArcCounts {
    /// Marked.
    pub marked: usize,
    /// With the right head.
    pub head: usize,
    /// With the right head and name.
    pub labelled: usize,
}

/// The scores of the test sentences, and what is wrong in each.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WireScore {
    /// Sentences.
    pub sentences: usize,
    /// Sentences with every entity and every marked relation right, and no entity too many.
    pub flawless: usize,
    /// Entities.
    pub entities: EntityScore,
    /// Relations by name.
    pub arcs: BTreeMap<String, ArcCounts>,
    /// A paragraph for each sentence with an error.
    pub errors: String,
}

/// Reads the sentences of the file at `path`.
///
/// # Errors
/// When it cannot be read, is of another form, or marks a word that its sentence does not hold.
pub fn read(path: &Path) -> Result<Vec<Case>, EvalError> {
    let text = super::read(path)?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    cases(&stem, &text)
        .map_err(|met| EvalError::Malformed { path: path.display().to_string(), met })
}

fn cases(stem: &str, text: &str) -> Result<Vec<Case>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let drafts = file.sentence.into_iter().zip(1..);
    drafts.map(|(draft, number)| draft.case(format!("{stem} {number}"))).collect()
}

impl Draft {
    fn case(self, name: String) -> Result<Case, String> {
        let entity = |written: &String| {
            let (kind, words) = written.split_once(": ")?;
            Some((occurrence(&self.text, words)?, EntityKind::parse(kind)?))
        };
        let fault = |written: &String| format!("{name}: {written} marks nothing in the sentence");
        let entities = self.entities.iter().map(|w| entity(w).ok_or_else(|| fault(w)));
        let arcs = self.relations.iter().map(|w| arc(&self.text, w).ok_or_else(|| fault(w)));
        let (entities, arcs) =
            (entities.collect::<Result<_, _>>()?, arcs.collect::<Result<_, _>>()?);
        Ok(Case { name, text: self.text, entities, arcs })
    }
}

/// Reads `nsubj(head, dependent)` or `root(word)`.
fn arc(text: &str, written: &str) -> Option<Arc> {
    let (name, rest) = written.strip_suffix(')')?.split_once('(')?;
    let relation = Relation::parse(name)?;
    let (head, word) = match rest.split_once(", ") {
        Some((head, word)) => (Some(occurrence(text, head)?), word),
        None => (None, rest),
    };
    // Only a root has no head.
    if head.is_none() != (relation == Relation::ROOT) {
        return None;
    }
    Some(Arc { written: written.to_owned(), relation, head, word: occurrence(text, word)? })
}

/// Where `marked` stands in `text` as whole words; `word@2` is the second time.
fn occurrence(text: &str, marked: &str) -> Option<TextRange> {
    let numbered = marked.rsplit_once('@').and_then(|(w, n)| Some((w, n.parse::<usize>().ok()?)));
    let (words, number) = numbered.unwrap_or((marked, 1));
    let cuts = |side: Option<char>, edge: Option<char>| {
        side.is_some_and(char::is_alphanumeric) && edge.is_some_and(char::is_alphanumeric)
    };
    let mut whole = text.match_indices(words).filter(|(at, _)| {
        let before = text.get(..*at).and_then(|s| s.chars().next_back());
        let after = text.get(at + words.len()..).and_then(|s| s.chars().next());
        !cuts(before, words.chars().next()) && !cuts(after, words.chars().next_back())
    });
    let (start, found) = whole.nth(number.checked_sub(1)?)?;
    TextRange::new(start, start + found.len()).ok()
}

impl WireScore {
    /// Scores `cases`, each read alone.
    #[must_use]
    pub fn of(reader: &Reader, cases: &[Case]) -> Self {
        let mut score = Self::default();
        for case in cases {
            let reading = reader.read_text(&case.text);
            score.add(case, &named(&reading), &placed(&reading));
        }
        score
    }

    fn add(&mut self, case: &Case, entities: &[(TextRange, EntityKind)], words: &[Placed]) {
        let mut faults = Vec::new();
        self.sentences += 1;
        add_entities(&mut self.entities, &case.entities, entities);
        let show = |(range, kind): &(TextRange, EntityKind)| {
            format!("{}: {}", kind.name(), range.slice(&case.text).unwrap_or_default())
        };
        let missed = case.entities.iter().filter(|entity| !entities.contains(entity));
        faults.extend(missed.map(|entity| format!("entity missed    {}", show(entity))));
        let extra = entities.iter().filter(|entity| !case.entities.contains(entity));
        faults.extend(extra.map(|entity| format!("entity too many  {}", show(entity))));
        let by_range: HashMap<TextRange, &Placed> = words.iter().map(|w| (w.range, w)).collect();
        for arc in &case.arcs {
            let counts = self.arcs.entry(arc.relation.to_string()).or_default();
            counts.marked += 1;
            let Some(word) = by_range.get(&arc.word) else {
                faults.push(format!("relation         {}  no such token", arc.written));
                continue;
            };
            let headed = word.head == arc.head;
            counts.head += usize::from(headed);
            if headed && word.relation == Some(arc.relation) {
                counts.labelled += 1;
            } else {
                let said = written(&case.text, word);
                faults.push(format!("relation         {}  found {said}", arc.written));
            }
        }
        self.flawless += usize::from(faults.is_empty());
        if !faults.is_empty() {
            let faults = faults.join("\n  ");
            // Writing to a string cannot fail.
            _ = writeln!(self.errors, "{}: {}\n  {faults}\n", case.name, case.text);
        }
    }

    /// The relations of all names together.
    #[must_use]
    pub fn all_arcs(&self) -> ArcCounts {
        self.arcs.values().fold(ArcCounts::default(), |sum, counts| ArcCounts {
            marked: sum.marked + counts.marked,
            head: sum.head + counts.head,
            labelled: sum.labelled + counts.labelled,
        })
    }
}

fn written(text: &str, word: &Placed) -> String {
    let form = word.range.slice(text).unwrap_or_default();
    let name = word.relation.map(|relation| relation.to_string()).unwrap_or_default();
    match word.head.and_then(|head| head.slice(text)) {
        Some(head) => format!("{name}({head}, {form})"),
        None => format!("{name}({form})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
[[sentence]]
text = "Mali said Gao in Mali was calm, Gaoans said."
entities = ["Location: Mali", "Location: Mali@2"]
relations = ["root(said@2)", "ccomp(said@2, calm)", "nsubj(said, Mali)", "obj(said, Gao)"]
"#;

    #[test]
    fn marks_are_found_as_whole_words_by_number() {
        let case = cases("wire", FILE).unwrap().remove(0);
        let starts: Vec<usize> = case.entities.iter().map(|(range, _)| range.start()).collect();
        assert_eq!((case.name.as_str(), starts), ("wire 1", vec![0, 17]));
        assert_eq!(case.arcs[0].word.start(), 39);
        assert_eq!(case.arcs[1].head.map(TextRange::start), Some(39));
        for wrong in ["Gaoan", "Gao@2", "al", "Mali@0"] {
            assert_eq!(occurrence(&case.text, wrong), None, "{wrong}");
        }
        for (old, new) in [("Mali@2", "Mali@3"), ("obj(", "odd("), ("root(said@2)", "root(a, b)")] {
            assert!(cases("wire", &FILE.replace(old, new)).is_err(), "{new}");
        }
        let headless = FILE.replace("nsubj(said, Mali)", "nsubj(Mali)");
        assert!(cases("wire", &headless).is_err());
    }

    #[test]
    fn errors_are_counted_and_told() {
        let case = cases("wire", FILE).unwrap().remove(0);
        let arcs = |at: usize| case.arcs[at].clone();
        let found = |arc: Arc, name: &str, head| Placed {
            range: arc.word,
            pos: None,
            head,
            relation: Relation::parse(name),
        };
        // The root and the clause are right, "Mali" has the wrong name, "Gao" is no token.
        let words = [
            found(arcs(0), "root", None),
            found(arcs(1), "ccomp", arcs(1).head),
            found(arcs(2), "obj", arcs(2).head),
        ];
        let mut score = WireScore::default();
        score.add(&case, &[case.entities[0]], &words);
        let expected = ArcCounts { marked: 4, head: 3, labelled: 2 };
        assert_eq!((score.all_arcs(), score.flawless), (expected, 0));
        assert_eq!(score.arcs["obj"], ArcCounts { marked: 1, head: 0, labelled: 0 });
        for told in [
            "missed    Location: Mali",
            "nsubj(said, Mali)  found obj(said, Mali)",
            "no such token",
        ] {
            assert!(score.errors.contains(told), "{}", score.errors);
        }
    }
}
