//! What a sentence tells: a learnt second opinion on events, heard in the same pass as the tree.
//!
//! Two small graphs over the states that a reader's encoder has for each word: one says which kind of event a word
//! names and how it is meant, one which part another word plays in it. They learnt from annotated passages and not from the codebook, so
//! they know words that no rule lists. This module owns their files and their decoding; what is made of them is the coder's.

use std::error::Error;
use std::sync::Arc;

use averment_types::{Modality, Polarity, TextRange};
use rten::{Model, NodeId, Value};
use serde::Deserialize;

use crate::bundle::ReaderError;
use crate::chances;
use crate::engine::Engine;
use crate::infer::{Failure, Rows, model, nodes, rows};

/// What counts as told: the least probability of a kind.
const LEAST: f32 = 0.5;
/// Buckets of the distance between two words, as the training counts them.
const FARTHEST: i32 = 10;

/// The files of the graphs as they lie in the program.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TellerFiles {
    pub(crate) bundle: &'static str,
    pub(crate) manifest: &'static str,
    pub(crate) events: &'static [u8],
    pub(crate) parts: &'static [u8],
}

/// English, on the states of `en-fast`.
pub(crate) const EN_EVENTS: TellerFiles = TellerFiles {
    bundle: "en-events",
    manifest: include_str!("../../../data/reader/en-events/manifest.toml"),
    events: include_bytes!("../../../data/reader/en-events/events.onnx"),
    parts: include_bytes!("../../../data/reader/en-events/parts.onnx"),
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    name: String,
    version: u32,
    digest: String,
    /// The bundle whose states it knows.
    reads: String,
    /// Kinds of events, in the order of the outputs behind the first, which is none.
    kinds: Vec<Arc<str>>,
    /// Parts played, likewise.
    parts: Vec<Arc<str>>,
    /// In the order of the outputs, and behind them the modalities.
    polarities: Vec<Polarity>,
    modalities: Vec<Modality>,
    /// Words that named an event in training, in lower case: a sentence with one deserves to be read.
    cues: Vec<Box<str>>,
}

/// An event that a sentence tells of.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The words that name it.
    pub range: TextRange,
    /// Which kind, by the codebook's names of types.
    pub kind: Arc<str>,
    /// Of the kind, 0 to 1; 0.5 or more.
    pub probability: f32,
    /// Who and what plays a part in it.
    pub parts: Vec<Played>,
}

/// A word that plays a part in an event; its phrase does.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// "initiator", "victim", "time", "place", "speaker" and so on.
    pub part: Arc<str>,
    /// The word.
    pub range: TextRange,
    /// Of the part, 0 to 1.
    pub probability: f32,
}

/// What a word would mean as the name of an event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hint {
    /// Probability that it names an event of any kind, from 0 to 1.
    pub event: f32,
    /// How the event would be told, and how probable that is, from 0 to 1.
    pub polarity: (Polarity, f32),
    /// Whether it would have happened, and how probable that is, from 0 to 1.
    pub modality: (Modality, f32),
}

/// What is told in a window.
pub(crate) struct Telling {
    /// For each word of the window.
    pub(crate) hints: Vec<Hint>,
    pub(crate) told: Vec<Told>,
}

/// The graphs, ready to tell.
pub(crate) struct Teller {
    version: Box<str>,
    kinds: Vec<Arc<str>>,
    parts: Vec<Arc<str>>,
    polarities: Vec<Polarity>,
    modalities: Vec<Modality>,
    cues: std::collections::HashSet<Box<str>>,
    events: Model,
    states: NodeId,
    heard: [NodeId; 4],
    played: Model,
    pair: [NodeId; 4],
    part: NodeId,
}

impl Teller {
    /// Loads the graphs, which must know the states of the bundle `reads`.
    pub(crate) fn load(files: &TellerFiles, reads: &str) -> Result<Self, ReaderError> {
        let wrong = |problem: String| ReaderError::Content {
            bundle: files.bundle,
            file: "manifest.toml",
            problem,
        };
        let unreadable = |file, source: Box<dyn Error + Send + Sync>| ReaderError::File {
            bundle: files.bundle,
            file,
            source: Arc::from(source),
        };
        let manifest: Manifest =
            toml::from_str(files.manifest).map_err(|error| wrong(error.to_string()))?;
        let mut digest = blake3::Hasher::new();
        digest.update(files.events).update(files.parts);
        if manifest.digest != digest.finalize().to_hex().as_str() {
            return Err(wrong("digest is not that of the two files beside it".to_owned()));
        }
        if manifest.reads != reads {
            return Err(wrong(format!("reads {}, not {reads}", manifest.reads)));
        }
        let events =
            model(files.events).map_err(|error| unreadable("events.onnx", error.into()))?;
        let played = model(files.parts).map_err(|error| unreadable("parts.onnx", error.into()))?;
        let [states] = nodes(&events, ["states"]).map_err(|e| unreadable("events.onnx", e))?;
        let heard = nodes(&events, ["kinds", "triggers", "words", "stances"])
            .map_err(|e| unreadable("events.onnx", e))?;
        let pair = nodes(&played, ["trigger", "word", "kind", "distance"])
            .map_err(|e| unreadable("parts.onnx", e))?;
        let [part] = nodes(&played, ["part"]).map_err(|e| unreadable("parts.onnx", e))?;
        let digits: String = manifest.digest.chars().take(8).collect();
        Ok(Self {
            version: format!("{}-{}+{digits}", manifest.name, manifest.version).into(),
            kinds: manifest.kinds,
            parts: manifest.parts,
            polarities: manifest.polarities,
            modalities: manifest.modalities,
            cues: manifest.cues.into_iter().collect(),
            events,
            states,
            heard,
            played,
            pair,
            part,
        })
    }

    /// Name, version and digest: "en-events-1+1a2b3c4d".
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    /// Whether a sentence with this lower-case word may tell of an event.
    pub(crate) fn is_cue(&self, word: &str) -> bool {
        self.cues.contains(word)
    }

    /// What the words of a window tell, whose `states` a reader has and whose ranges are `words`.
    pub(crate) fn tell(
        &self,
        states: &Rows,
        words: &[TextRange],
        engine: &Engine,
    ) -> Result<Telling, Failure> {
        let count = words.len();
        let all: Vec<f32> = (0..count).flat_map(|at| states.row(at)).copied().collect();
        let given =
            vec![(self.states, Value::from_shape(&[1, count, states.width()], all)?.into())];
        let [kinds, triggers, others, stances] =
            self.events.run_n(given, self.heard, Some(engine.options()))?;
        let kinds = rows(kinds, count, Some(self.kinds.len() + 1))?;
        let (triggers, others) = (rows(triggers, count, None)?, rows(others, count, None)?);
        let width = self.polarities.len() + self.modalities.len();
        let stances = rows(stances, count, Some(width))?;
        let hints: Vec<Hint> =
            (0..count).filter_map(|at| self.hint(kinds.row(at), stances.row(at))).collect();
        let named: Vec<Option<(usize, f32)>> = (0..count).map(|at| named(kinds.row(at))).collect();
        let mut told = Vec::new();
        let mut at = 0;
        while at < count {
            let Some((kind, mut probability)) = named.get(at).copied().flatten() else {
                at += 1;
                continue;
            };
            let (first, mut surest) = (at, at);
            // Neighbours of one kind are one name: "opened fire".
            while let Some((_, chance)) =
                named.get(at).copied().flatten().filter(|(other, _)| *other == kind)
            {
                if chance > probability {
                    (surest, probability) = (at, chance);
                }
                at += 1;
            }
            let (Some(from), Some(to)) = (words.get(first), words.get(at - 1)) else { continue };
            let Some(name) = self.kinds.get(kind - 1) else { continue };
            let event = Event { at: surest, kind, own: first..at };
            told.push(Told {
                range: from.cover(*to),
                kind: Arc::clone(name),
                probability,
                parts: self.parts(&event, &triggers, &others, words, engine)?,
            });
        }
        Ok(Telling { hints, told })
    }

    /// The hint of a word with these scores of kinds and stances.
    fn hint(&self, kinds: &[f32], stances: &[f32]) -> Option<Hint> {
        let (polarities, modalities) = stances.split_at_checked(self.polarities.len())?;
        let (polarity, modality) = (chances::best(polarities), chances::best(modalities));
        Some(Hint {
            event: 1.0 - chances::share(kinds, 0, 1.0),
            polarity: (*self.polarities.get(polarity)?, chances::share(polarities, polarity, 1.0)),
            modality: (*self.modalities.get(modality)?, chances::share(modalities, modality, 1.0)),
        })
    }

    fn parts(
        &self,
        event: &Event,
        triggers: &Rows,
        others: &Rows,
        words: &[TextRange],
        engine: &Engine,
    ) -> Result<Vec<Played>, Failure> {
        let count = words.len();
        let trigger: Vec<f32> = (0..count).flat_map(|_| triggers.row(event.at)).copied().collect();
        let other: Vec<f32> = (0..count).flat_map(|at| others.row(at)).copied().collect();
        let kind = vec![i32::try_from(event.kind)?; count];
        let distance: Vec<i32> = (0..count).map(|at| distance(event.at, at)).collect();
        let [trigger_in, word_in, kind_in, distance_in] = self.pair;
        let given = vec![
            (trigger_in, Value::from_shape(&[count, triggers.width()], trigger)?.into()),
            (word_in, Value::from_shape(&[count, others.width()], other)?.into()),
            (kind_in, Value::from_shape(&[count], kind)?.into()),
            (distance_in, Value::from_shape(&[count], distance)?.into()),
        ];
        let [part] = self.played.run_n(given, [self.part], Some(engine.options()))?;
        let ([found, width], scores) = part.into_shape_vec::<f32, 2>()?;
        if (found, width) != (count, self.parts.len() + 1) {
            return Err(format!("parts have shape [{found}, {width}]").into());
        }
        let chosen = scores.chunks_exact(width).zip(words).enumerate();
        let chosen = chosen.filter(|(at, _)| !event.own.contains(at));
        let played = chosen.filter_map(|(_, (row, range))| {
            let best = chances::best(row);
            let part = self.parts.get(best.checked_sub(1)?)?;
            let probability = chances::share(row, best, 1.0);
            Some(Played { part: Arc::clone(part), range: *range, probability })
        });
        Ok(played.collect())
    }
}

/// An event within a window: its surest word, its kind counted from 1, all its words.
struct Event {
    at: usize,
    kind: usize,
    own: std::ops::Range<usize>,
}

/// The kind, counted from 1, that a row of scores names, and how surely.
fn named(row: &[f32]) -> Option<(usize, f32)> {
    let best = chances::best(row);
    let probability = chances::share(row, best, 1.0);
    (best > 0 && probability >= LEAST).then_some((best, probability))
}

/// The bucket of the distance from the trigger at `from` to the word at `to`: half steps of its logarithm to base
/// two, with its sign.
fn distance(from: usize, to: usize) -> i32 {
    let steps = from.abs_diff(to) + 1;
    // floor(2 log2 steps), in whole numbers: the bits of the square, less one.
    let square = u128::try_from(steps).unwrap_or(u128::MAX).saturating_pow(2);
    let bucket = i32::try_from(square.ilog2()).unwrap_or(FARTHEST).min(FARTHEST);
    FARTHEST + 1 + if to < from { -bucket } else { bucket }
}

#[cfg(test)]
mod tests {
    use averment_types::Report;

    use super::*;
    use crate::{Reader, ReaderKind};

    #[test]
    fn distances_fall_into_the_buckets_of_the_training() {
        let row: Vec<i32> = (0..9).map(|to| distance(4, to)).collect();
        assert_eq!(row, [7, 7, 8, 9, 11, 13, 14, 15, 15]);
        assert_eq!((distance(0, 500), distance(500, 0)), (21, 1));
    }

    #[test]
    fn a_sentence_tells_what_happened_and_who_did_it() {
        let reader = Reader::shipped(ReaderKind::Fast).unwrap();
        let text = "Gunmen attacked a village near Gao on Monday and killed two farmers.";
        let report = Report::of_body("1", text).unwrap();
        let reading = reader.read_chosen(&report, |_| vec![true]);
        let told: Vec<(&str, &str)> = reading
            .told()
            .iter()
            .map(|told| (told.range.slice(text).unwrap(), &*told.kind))
            .collect();
        assert_eq!(told, [("attacked", "attack"), ("killed", "killing")]);
        let played = |part: &str| {
            let played = reading.told()[0].parts.iter().find(|p| &*p.part == part).unwrap();
            played.range.slice(text).unwrap()
        };
        assert_eq!((played("initiator"), played("target")), ("Gunmen", "village"));
    }

    #[test]
    fn states_of_another_reader_are_refused() {
        let error = Teller::load(&EN_EVENTS, "en-other-1+00000000").err().unwrap().to_string();
        assert!(error.contains("not en-other-1+00000000"), "{error}");
    }
}
