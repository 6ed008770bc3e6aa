//! Annotated passages, the project's own and real ones: what a careful reader finds in them.
//!
//! In the project's own, words are given as they stand in the text and mean their first occurrence. Of real texts, which lie
//! in the corpora, only ranges of bytes are kept. `corpus/coder/README.md` says how both were made.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use averment_ingest::{Options, RawDocument, parse};
use averment_types::{CasualtyKind, Format, Modality, Polarity, Report, RoleKind, TextRange};
use serde::Deserialize;

use super::report;
use crate::EvalError;

/// The file of the project's own whole reports.
const DISPATCHES: &str = "dispatches.jsonl";

/// A text with its claims.
#[derive(Debug)]
pub(super) struct Passage {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) claims: Vec<GoldClaim>,
    /// Sentences of which nobody knows whether they make a further claim.
    pub(super) doubt: Vec<TextRange>,
}

/// A claim that a coder should find, its words as ranges of the text or as they were annotated.
#[derive(Debug, Deserialize)]
pub(super) struct GoldClaim<W = TextRange> {
    #[serde(rename = "type")]
    pub(super) type_id: String,
    pub(super) trigger: W,
    pub(super) roles: BTreeMap<RoleKind, Vec<W>>,
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
    /// The chain of speakers, outermost first; empty where the narrator speaks.
    pub(super) speaker: Vec<W>,
    pub(super) time: Option<W>,
    pub(super) place: Option<W>,
    /// The words of a count, by what happened to the people.
    #[serde(flatten)]
    pub(super) counts: BTreeMap<CasualtyKind, Option<W>>,
}

impl<W> GoldClaim<W> {
    /// The claim with its words where `find` finds them; `None` where one is not in the text.
    fn ranged(self, find: impl Fn(&W) -> Option<TextRange>) -> Option<GoldClaim> {
        let all = |words: Vec<W>| words.iter().map(&find).collect::<Option<Vec<_>>>();
        let optional = |words: Option<W>| match words {
            Some(words) => find(&words).map(Some),
            None => Some(None),
        };
        let roles = self.roles.into_iter().map(|(role, words)| Some((role, all(words)?)));
        let counts = self.counts.into_iter().map(|(kind, words)| Some((kind, optional(words)?)));
        Some(GoldClaim {
            type_id: self.type_id,
            trigger: find(&self.trigger)?,
            roles: roles.collect::<Option<_>>()?,
            polarity: self.polarity,
            modality: self.modality,
            speaker: all(self.speaker)?,
            time: optional(self.time)?,
            place: optional(self.place)?,
            counts: counts.collect::<Option<_>>()?,
        })
    }
}

#[derive(Deserialize)]
struct Written {
    id: String,
    text: String,
    claims: Vec<GoldClaim<String>>,
}

/// The passages of the file at `path`, which holds their texts.
pub(super) fn written(path: &Path) -> Result<Vec<Passage>, EvalError> {
    let passages: Vec<Written> = rows(path)?;
    let ranged = passages.into_iter().map(|Written { id, text, claims }| {
        let claims = claims.into_iter().map(|claim| claim.ranged(|words| find(&text, words, 1)));
        let claims = claims.collect::<Option<_>>().ok_or_else(|| strange(path, &id))?;
        Ok(Passage { id, text, claims, doubt: Vec::new() })
    });
    ranged.collect()
}

#[derive(Deserialize)]
struct Standoff {
    #[serde(flatten)]
    source: Source,
    claims: Vec<GoldClaim<[usize; 2]>>,
    doubt: Vec<[usize; 2]>,
}

/// Where a real text lies.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Source {
    /// A file of en-worldwide-newswire.
    Article(String),
    /// A line of event-location, from 0.
    Sentence(usize),
    /// A folder of re3d and the id of a document in it.
    Document(String),
    /// The id of a message of MUC-4's training part.
    Message(String),
    /// A line of the project's own `reports.jsonl`, from 0.
    Passage(usize),
    /// A line of the project's own `dispatches.jsonl`, from 0.
    Dispatch(usize),
}

#[derive(Deserialize)]
struct Located {
    #[serde(rename = "_id", alias = "docid", default)]
    id: serde_json::Value,
    #[serde(alias = "doctext")]
    text: String,
}

/// The texts in the folder `corpora` of which the file at `path` holds the claims.
pub(super) fn standoff(path: &Path, corpora: &Path) -> Result<Vec<Passage>, EvalError> {
    let lines: Vec<Standoff> = rows(path)?;
    let mut files: BTreeMap<PathBuf, Vec<Located>> = BTreeMap::new();
    let mut passages = Vec::with_capacity(lines.len());
    for line in lines {
        let (id, text) = text_of(&line.source, path, corpora, &mut files)?;
        let range = |[start, end]: &[usize; 2]| TextRange::new(*start, *end).ok();
        let inside = |words: &[usize; 2]| range(words).filter(|range| range.slice(&text).is_some());
        let claims = line.claims.into_iter().map(|claim| claim.ranged(inside));
        let claims = claims.collect::<Option<_>>().ok_or_else(|| strange(path, &id))?;
        let doubt = line.doubt.iter().filter_map(inside).collect();
        passages.push(Passage { id, text, claims, doubt });
    }
    Ok(passages)
}

/// A report and when and where what it tells happened, by its text as a whole.
pub(crate) struct Settled {
    /// What kind of text it is.
    pub(crate) source: &'static str,
    pub(crate) report: Report,
    pub(crate) settings: Vec<GoldSetting<TextRange>>,
}

/// The words that say when and where an event happened, wherever they stand.
#[derive(Debug, Deserialize)]
pub(crate) struct GoldSetting<W> {
    pub(crate) trigger: W,
    pub(crate) time: Option<W>,
    pub(crate) place: Option<W>,
}

#[derive(Deserialize)]
struct SettledAt {
    #[serde(flatten)]
    source: Source,
    settings: Vec<GoldSetting<[usize; 2]>>,
}

/// The texts in the folder `corpora` of which the file at `path` holds the settings.
pub(crate) fn settled(path: &Path, corpora: &Path) -> Result<Vec<Settled>, EvalError> {
    let lines: Vec<SettledAt> = rows(path)?;
    let mut files: BTreeMap<PathBuf, Vec<Located>> = BTreeMap::new();
    let records = lines_of(&path.with_file_name(DISPATCHES))?;
    let read = lines.into_iter().map(|line| {
        let (id, text) = text_of(&line.source, path, corpora, &mut files)?;
        let report = match &line.source {
            Source::Dispatch(at) => records.get(*at).and_then(|record| ingested(record)),
            _ => report(&id, &text).ok(),
        };
        let report = report.ok_or_else(|| strange(path, &id))?;
        // What was annotated is the record's text; its title may stand above.
        let above = report.text.find(&text).ok_or_else(|| strange(path, &id))?;
        let inside = |[start, end]: [usize; 2]| {
            let range = TextRange::new(start + above, end + above).ok();
            let range = range.filter(|r| r.slice(&report.text).is_some());
            range.ok_or_else(|| strange(path, &id))
        };
        let setting = |gold: GoldSetting<[usize; 2]>| {
            Ok(GoldSetting {
                trigger: inside(gold.trigger)?,
                time: gold.time.map(inside).transpose()?,
                place: gold.place.map(inside).transpose()?,
            })
        };
        let settings = line.settings.into_iter().map(setting).collect::<Result<_, EvalError>>()?;
        Ok(Settled { source: line.source.kind(), report, settings })
    });
    read.collect()
}

/// The report of a record of JSON Lines, with title, zones and day as they are read in use.
fn ingested(record: &str) -> Option<Report> {
    let bytes = record.as_bytes().to_vec();
    let path = DISPATCHES.to_owned();
    let raw = RawDocument { path, line: Some(1), format: Format::Jsonl, bytes };
    Some(parse(raw, &Options::default()).ok()?.report)
}

impl Source {
    const fn kind(&self) -> &'static str {
        match self {
            Self::Article(_) => "newswire",
            Self::Sentence(_) => "event-location",
            Self::Document(_) => "re3d",
            Self::Message(_) => "MUC-4",
            Self::Passage(_) => "written",
            Self::Dispatch(_) => crate::settings::DISPATCHES,
        }
    }
}

/// A name and the text of a source; `files` keeps what was read.
fn text_of(
    source: &Source,
    annotations: &Path,
    corpora: &Path,
    files: &mut BTreeMap<PathBuf, Vec<Located>>,
) -> Result<(String, String), EvalError> {
    let mut lines = |path: PathBuf, choose: &dyn Fn(usize, &Located) -> bool, id: &str| {
        if !files.contains_key(&path) {
            let read = rows(&path)?;
            files.insert(path.clone(), read);
        }
        let all = files.get(&path).map_or(&[][..], Vec::as_slice);
        let line = all.iter().enumerate().find(|(at, line)| choose(*at, line));
        let (_, line) = line.ok_or_else(|| strange(&path, id))?;
        Ok((id.to_owned(), line.text.clone()))
    };
    match source {
        Source::Article(name) => {
            let path = corpora.join("en-worldwide-newswire/articles").join(name);
            let bytes = std::fs::read(&path)
                .map_err(|source| EvalError::Read { path: path.display().to_string(), source })?;
            Ok((name.clone(), String::from_utf8_lossy(&bytes).into_owned()))
        }
        Source::Sentence(number) => {
            let path = corpora.join("event-location/train.jsonl");
            lines(path, &|at, _| at == *number, &format!("event-location {number}"))
        }
        Source::Document(name) => {
            let (folder, id) = name.rsplit_once('/').unwrap_or_default();
            let path = corpora.join("re3d").join(folder).join("documents.json");
            lines(path, &|_, line| line.id.as_str() == Some(id), name)
        }
        Source::Message(id) => {
            let path = corpora.join("muc4/templates-train.jsonl");
            lines(path, &|_, line| line.id.as_str() == Some(id), id)
        }
        Source::Passage(number) => {
            let path = annotations.with_file_name("reports.jsonl");
            lines(path, &|at, _| at == *number, &format!("passage {number}"))
        }
        Source::Dispatch(number) => {
            let path = annotations.with_file_name(DISPATCHES);
            lines(path, &|at, _| at == *number, &format!("dispatch {number}"))
        }
    }
}

fn strange(path: &Path, id: &str) -> EvalError {
    EvalError::Malformed {
        path: path.display().to_string(),
        met: format!("{id}: words or a text that are not there"),
    }
}

/// A passage whose judgement is polarity, modality and who says so.
#[derive(Debug, Deserialize)]
pub(super) struct Stance {
    pub(super) id: String,
    pub(super) half: Half,
    pub(super) hard: bool,
    pub(super) text: String,
    pub(super) trigger: String,
    /// Which occurrence of the trigger's words is meant, from 1.
    #[serde(default = "first")]
    pub(super) nth: usize,
    #[serde(rename = "type")]
    pub(super) type_id: String,
    pub(super) polarity: Polarity,
    pub(super) modality: Modality,
    pub(super) speakers: Vec<Speaker>,
}

const fn first() -> usize {
    1
}

/// Whether a passage may be looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Half {
    /// It may, and the reader was trained on it.
    Tune,
    /// It may, and the reader was not trained on it.
    Held,
    /// It is scored only.
    Test,
}

/// One link of a chain of speakers.
#[derive(Debug, Deserialize)]
pub(super) struct Speaker {
    pub(super) words: String,
}

/// Where `words` stand in `text`, the `nth` time.
pub(crate) fn find(text: &str, words: &str, nth: usize) -> Option<TextRange> {
    let (start, found) = text.match_indices(words).nth(nth.checked_sub(1)?)?;
    TextRange::new(start, start + found.len()).ok()
}

/// The lines of the JSON Lines file at `path`.
pub(crate) fn rows<T: serde::de::DeserializeOwned>(path: &Path) -> Result<Vec<T>, EvalError> {
    let line = |(at, line): (usize, &String)| {
        serde_json::from_str(line).map_err(|error| EvalError::Malformed {
            path: path.display().to_string(),
            met: format!("line {}: {error}", at + 1),
        })
    };
    let all = lines_of(path)?;
    all.iter().enumerate().filter(|(_, l)| !l.trim().is_empty()).map(line).collect()
}

fn lines_of(path: &Path) -> Result<Vec<String>, EvalError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| EvalError::Read { path: path.display().to_string(), source })?;
    Ok(text.lines().map(str::to_owned).collect())
}
