//! Violence: who is said to have done it, to whom, with what, by a whole report.
//!
//! One small graph over the states that a reader's encoder has for each word of a report. It learnt from filled forms
//! on news of attacks, bombings and kidnappings, and not from the codebook: no trigger word is asked for, and a word may
//! stand far from any. It reads in lower case, as its forms are, so a report's capitals change nothing. This module owns
//! its files and its running; `join` makes fillers of words, `settle` incidents of fillers. It is loaded when it is first asked.

use std::error::Error;
use std::sync::{Arc, OnceLock};

use averment_types::TextRange;
use rten::{Model, NodeId, Value};
use serde::Deserialize;

use crate::bundle::ReaderError;
use crate::engine::Engine;
use crate::infer::{Failure, Rows, model, nodes, rows};

mod join;
mod settle;

use join::{Found, entities, runs};
use settle::Settling;

const BUNDLE: &str = "en-fillers";
const MANIFEST: &str = include_str!("../../../data/reader/en-fillers/manifest.toml");
const GRAPH: &[u8] = include_bytes!("../../../data/reader/en-fillers/fillers.onnx");
/// The most words that see each other; a longer report is read in stretches.
const LONGEST: usize = 2000;

/// The part that somebody or something plays in violence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ViolencePart {
    /// A perpetrator who is a person or persons: "two gunmen".
    Person,
    /// A perpetrator that is an organisation: "the National Liberation Army".
    Group,
    /// A thing that was attacked: "a power pylon".
    Object,
    /// Who was harmed, by name.
    Victim,
    /// What it was done with: "dynamite".
    Weapon,
}

/// Somebody or something that plays a part in a report's violence.
#[derive(Debug, Clone, PartialEq)]
pub struct ViolenceFiller {
    /// Which part.
    pub part: ViolencePart,
    /// The words that name it best.
    pub range: TextRange,
    /// All the words that name it, `range` among them; in order of the text.
    pub mentions: Vec<TextRange>,
    /// How likely it is right, 0 to 1; fitted on reports that the graph did not learn from.
    pub likelihood: f32,
    /// In which incidents, by their places in [`Violence::incidents`]; one at least.
    pub incidents: Vec<usize>,
}

/// What a report says of violence.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Violence {
    /// Incidents, each by its kind, "attack", "bombing", "kidnapping", "arson", "robbery" and so on, and how well its fillers
    /// fit that kind, 0 to 1. Two may be of one kind; where the kind is open, one incident stands here under two.
    pub incidents: Vec<(Arc<str>, f32)>,
    /// Who and what plays a part, by part and then in order of likelihood.
    pub fillers: Vec<ViolenceFiller>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    #[expect(dead_code, reason = "for people")]
    name: String,
    #[expect(dead_code, reason = "for people")]
    version: u32,
    digest: String,
    /// The bundle whose states it knows.
    reads: String,
    /// In the order of the outputs.
    parts: Vec<ViolencePart>,
    kinds: Vec<Arc<str>>,
    /// How incidents are made of fillers.
    settling: Settling,
}

/// The graph, ready to say.
pub(crate) struct Witness {
    manifest: Manifest,
    graph: Model,
    states: NodeId,
    outputs: [NodeId; 3],
}

impl Witness {
    /// The one that is built into the program.
    pub(crate) fn shipped() -> Result<&'static Self, ReaderError> {
        static LOADED: OnceLock<Result<Witness, ReaderError>> = OnceLock::new();
        LOADED.get_or_init(|| Self::load(MANIFEST, GRAPH)).as_ref().map_err(Clone::clone)
    }

    fn load(manifest: &str, bytes: &'static [u8]) -> Result<Self, ReaderError> {
        let manifest: Manifest =
            toml::from_str(manifest).map_err(|error| wrong(error.to_string()))?;
        if manifest.digest != blake3::hash(bytes).to_hex().as_str() {
            return Err(wrong("digest is not that of the graph beside it"));
        }
        if manifest.settling.fillers.len() != manifest.parts.len() {
            return Err(wrong("settling.fillers: not one row a part"));
        }
        if manifest.settling.cues.len() != manifest.kinds.len() {
            return Err(wrong("settling.cues: not one set a kind"));
        }
        let graph = model(bytes).map_err(|error| failed(error.into()))?;
        let [states] = nodes(&graph, ["states"]).map_err(failed)?;
        let outputs = nodes(&graph, ["tags", "kinds", "incidents"]).map_err(failed)?;
        Ok(Self { manifest, graph, states, outputs })
    }

    /// The bundle whose states it knows: "en-fast-1+1a2b3c4d".
    pub(crate) fn reads(&self) -> &str {
        &self.manifest.reads
    }

    /// What is said by the words of a report, whose ranges in `text` are `words`; their states come in windows.
    pub(crate) fn say(
        &self,
        text: &str,
        words: &[TextRange],
        windows: Vec<Rows>,
        engine: &Engine,
    ) -> Result<Violence, ReaderError> {
        let mut found = Vec::new();
        let mut incidents = vec![0.0_f32; self.manifest.kinds.len()];
        let mut first = 0;
        for stretch in stretches(windows) {
            let said = self.stretch(&stretch, first, engine).map_err(failed)?;
            found.extend(said.found);
            for (all, own) in incidents.iter_mut().zip(said.incidents) {
                *all = all.max(own);
            }
            first += stretch.iter().map(Rows::len).sum::<usize>();
        }
        Ok(self.joined(text, words, &found, &incidents))
    }

    fn stretch(&self, windows: &[Rows], first: usize, engine: &Engine) -> Result<Said, Failure> {
        let count = windows.iter().map(Rows::len).sum();
        let width = windows.first().map_or(0, Rows::width);
        let all: Vec<f32> = windows
            .iter()
            .flat_map(|window| (0..window.len()).flat_map(|at| window.row(at)))
            .copied()
            .collect();
        let given = vec![(self.states, Value::from_shape(&[1, count, width], all)?.into())];
        let [tags, kinds, incidents] =
            self.graph.run_n(given, self.outputs, Some(engine.options()))?;
        let (parts, known) = (self.manifest.parts.len(), self.manifest.kinds.len());
        let tags = rows(tags, count, Some(1 + 2 * parts))?;
        let kinds = rows(kinds, count, Some(known))?;
        let incidents = rows(incidents, 1, Some(known))?;
        let found = runs(&tags, count, parts).into_iter().map(|run| {
            let length = run.words.len().max(1);
            let mean = |kind: usize| {
                let sum: f32 = run.words.clone().map(|at| likely(kinds.row(at), kind)).sum();
                sum / f32::from(u16::try_from(length).unwrap_or(u16::MAX))
            };
            let kinds = (0..known).map(mean).collect();
            let words = run.words.start + first..run.words.end + first;
            Found { part: run.part, words, likely: run.likely, kinds }
        });
        Ok(Said {
            found: found.collect(),
            incidents: (0..known).map(|kind| likely(incidents.row(0), kind)).collect(),
        })
    }

    /// Fillers and incidents of what was found.
    fn joined(&self, text: &str, words: &[TextRange], found: &[Found], told: &[f32]) -> Violence {
        let entities = entities(text, words, found);
        let spelt: Vec<&str> =
            words.iter().map(|range| range.slice(text).unwrap_or_default()).collect();
        let settled = self.manifest.settling.settle(&spelt, told, &entities);
        let fillers = settled.fillers.into_iter().filter_map(|(at, likelihood, incidents)| {
            let entity = entities.get(at)?;
            Some(ViolenceFiller {
                part: *self.manifest.parts.get(entity.part)?,
                range: entity.best,
                mentions: entity.mentions.clone(),
                likelihood,
                incidents,
            })
        });
        let kind =
            |(kind, share): (usize, f32)| Some((self.manifest.kinds.get(kind).cloned()?, share));
        Violence {
            fillers: fillers.collect(),
            incidents: settled.incidents.into_iter().filter_map(kind).collect(),
        }
    }
}

/// What is said in a stretch.
struct Said {
    found: Vec<Found>,
    incidents: Vec<f32>,
}

/// Windows put together, at most [`LONGEST`] words at once unless one window is longer.
fn stretches(windows: Vec<Rows>) -> Vec<Vec<Rows>> {
    let mut all: Vec<Vec<Rows>> = Vec::new();
    let mut length = 0;
    for window in windows.into_iter().filter(|window| window.len() > 0) {
        match all.last_mut() {
            Some(stretch) if length + window.len() <= LONGEST => {
                length += window.len();
                stretch.push(window);
            }
            _ => {
                length = window.len();
                all.push(vec![window]);
            }
        }
    }
    all
}

/// The probability that a score stands for by itself.
fn likely(row: &[f32], at: usize) -> f32 {
    row.get(at).map_or(0.0, |score| 1.0 / (1.0 + (-score).exp()))
}

fn wrong(problem: impl Into<String>) -> ReaderError {
    ReaderError::Content { bundle: BUNDLE, file: "manifest.toml", problem: problem.into() }
}

pub(crate) fn failed(source: Box<dyn Error + Send + Sync>) -> ReaderError {
    ReaderError::File { bundle: BUNDLE, file: "fillers.onnx", source: Arc::from(source) }
}

#[cfg(test)]
mod tests {
    use averment_types::Report;

    use super::*;
    use crate::{Reader, ReaderKind};

    const TEXT: &str = "Guerrillas of the Army of National Liberation dynamited an oil pipeline near Cucuta \
        yesterday. Mayor Ricardo Perez was kidnapped by the guerrillas, police said.";

    fn said(text: &str) -> Vec<(ViolencePart, String)> {
        let report = Report::of_body("1", text).unwrap();
        let violence = Reader::shipped(ReaderKind::Fast).unwrap().violence(&report).unwrap();
        let words = |range: TextRange| range.slice(text).unwrap().to_lowercase();
        violence.fillers.iter().map(|filler| (filler.part, words(filler.range))).collect()
    }

    #[test]
    fn a_report_says_who_did_it_to_whom_whatever_its_capitals() {
        let found = said(TEXT);
        for (part, words) in
            [(ViolencePart::Person, "guerrillas"), (ViolencePart::Victim, "ricardo perez")]
        {
            let has = |own: &(ViolencePart, String)| own.0 == part && own.1.contains(words);
            assert!(found.iter().any(has), "{part:?} {words}: {found:?}");
        }
        assert_eq!(found, said(&TEXT.to_lowercase()));
    }

    #[test]
    fn a_report_without_violence_has_no_fillers() {
        let text = "The central bank left its interest rate unchanged on Tuesday, as analysts had expected.";
        let report = Report::of_body("1", text).unwrap();
        let violence = Reader::shipped(ReaderKind::Fast).unwrap().violence(&report).unwrap();
        assert_eq!(violence, Violence::default());
    }

    #[test]
    fn both_readers_know_the_states() {
        let exact = Reader::shipped(ReaderKind::Exact).unwrap();
        let report = Report::of_body("1", TEXT).unwrap();
        assert!(!exact.violence(&report).unwrap().fillers.is_empty());
    }

    #[test]
    fn windows_are_put_together_up_to_the_longest_stretch() {
        let windows = [800, 900, 0, 400, 100].map(|count| Rows::of(1, vec![0.0; count]));
        let lengths: Vec<Vec<usize>> = stretches(windows.into())
            .iter()
            .map(|stretch| stretch.iter().map(Rows::len).collect())
            .collect();
        assert_eq!(lengths, [vec![800, 900], vec![400, 100]]);
    }

    #[test]
    fn a_manifest_that_does_not_fit_is_refused() {
        let error = |manifest: &str| Witness::load(manifest, GRAPH).err().unwrap().to_string();
        let at = "manifest.toml of reader en-fillers: ";
        let digest = MANIFEST.replacen("digest = \"", "digest = \"0", 1);
        assert_eq!(error(&digest), format!("{at}digest is not that of the graph beside it"));
        let rows = MANIFEST.replacen("fillers = [", "fillers = [[0.5], ", 1);
        assert_eq!(error(&rows), format!("{at}settling.fillers: not one row a part"));
        let cues = MANIFEST.replacen("cues = [", "cues = [[\"shot\"], ", 1);
        assert_eq!(error(&cues), format!("{at}settling.cues: not one set a kind"));
    }
}
