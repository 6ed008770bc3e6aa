//! Bundles: what a trained reader is made of, and the manifest that says how to use it.
//!
//! A bundle is four files beside each other: two graphs, a tokenizer and `manifest.toml`, written by
//! `models/reader/export.py`. Everything of one language is in them; the code knows none.

use std::error::Error;
use std::sync::Arc;

use serde::Deserialize;

use crate::lemma::Rule;
use crate::names::Tag;
use crate::telling::{EN_EVENTS, TellerFiles};
use crate::{Pos, Relation};

/// Why a reader could not be loaded.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ReaderError {
    /// A file of a bundle cannot be read.
    #[error("failed to read {file} of reader {bundle}")]
    File {
        /// The bundle's folder below `data/reader`.
        bundle: &'static str,
        /// The file in it.
        file: &'static str,
        /// What the parser says.
        #[source]
        source: Arc<dyn Error + Send + Sync>,
    },
    /// A file of a bundle says something that cannot be.
    #[error("{file} of reader {bundle}: {problem}")]
    Content {
        /// The bundle's folder below `data/reader`.
        bundle: &'static str,
        /// The file in it.
        file: &'static str,
        /// What is wrong, with the place.
        problem: String,
    },
}

/// The files of a bundle as they lie in the program.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Files {
    pub(crate) bundle: &'static str,
    pub(crate) manifest: &'static str,
    pub(crate) reader: &'static [u8],
    pub(crate) relations: &'static [u8],
    pub(crate) tokenizer: &'static [u8],
    /// Graphs that go on from its states.
    pub(crate) teller: Option<&'static TellerFiles>,
}

macro_rules! files {
    ($bundle:literal, $teller:expr) => {
        Files {
            bundle: $bundle,
            manifest: include_str!(concat!("../../../data/reader/", $bundle, "/manifest.toml")),
            reader: include_bytes!(concat!("../../../data/reader/", $bundle, "/reader.onnx")),
            relations: include_bytes!(concat!("../../../data/reader/", $bundle, "/relations.onnx")),
            tokenizer: include_bytes!(concat!("../../../data/reader/", $bundle, "/tokenizer.json")),
            teller: $teller,
        }
    };
}

/// English, six layers.
pub(crate) const EN_FAST: Files = files!("en-fast", Some(&EN_EVENTS));

/// English, twelve layers.
pub(crate) const EN_EXACT: Files = files!("en-exact", None);

/// The shipped bundle of that name.
pub(crate) fn shipped(name: &str) -> Option<&'static Files> {
    [&EN_FAST, &EN_EXACT].into_iter().find(|files| files.bundle == name)
}

impl Files {
    pub(crate) fn unreadable(
        &self,
        file: &'static str,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> ReaderError {
        ReaderError::File { bundle: self.bundle, file, source: Arc::from(source.into()) }
    }

    pub(crate) fn wrong(&self, file: &'static str, problem: impl Into<String>) -> ReaderError {
        ReaderError::Content { bundle: self.bundle, file, problem: problem.into() }
    }

    /// The manifest, read and checked; its digest is that of the other three files.
    pub(crate) fn manifest(&self) -> Result<Manifest, ReaderError> {
        const FILE: &str = "manifest.toml";
        let raw: Raw = toml::from_str(self.manifest).map_err(|e| self.unreadable(FILE, e))?;
        let mut digest = blake3::Hasher::new();
        for file in [self.reader, self.relations, self.tokenizer] {
            digest.update(file);
        }
        if raw.digest != digest.finalize().to_hex().as_str() {
            return Err(self.wrong(FILE, "digest is not that of the three files beside it"));
        }
        raw.check().map_err(|problem| self.wrong(FILE, problem))
    }
}

/// The manifest as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    name: String,
    language: String,
    version: u32,
    digest: String,
    pieces: Pieces,
    temperature: Temperature,
    committee: Option<With>,
    labels: RawLabels,
}

/// Another bundle that reads with this one, and what their mean scores are divided by.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct With {
    pub(crate) with: String,
    pub(crate) temperature: Temperature,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLabels {
    upos: Vec<String>,
    feats: Vec<Box<str>>,
    lemma: Vec<String>,
    relation: Vec<String>,
    entity: Vec<String>,
    cuts: Vec<Vec<Box<str>>>,
}

/// Ids of the marks around a window and of an unknown word; how many pieces a word and a window may have.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Pieces {
    pub(crate) first: u32,
    pub(crate) last: u32,
    pub(crate) unknown: u32,
    pub(crate) word: usize,
    pub(crate) window: usize,
}

/// What scores are divided by before they become probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Temperature {
    pub(crate) upos: f32,
    pub(crate) arcs: f32,
    pub(crate) relation: f32,
    pub(crate) entity: f32,
}

impl Temperature {
    /// Scores stay as they are.
    pub(crate) const NONE: Self = Self { upos: 1.0, arcs: 1.0, relation: 1.0, entity: 1.0 };

    fn check(&self) -> Result<(), String> {
        let named = [
            ("upos", self.upos),
            ("arcs", self.arcs),
            ("relation", self.relation),
            ("entity", self.entity),
        ];
        match named.into_iter().find(|(_, value)| !(0.01..=100.0).contains(value)) {
            Some((name, value)) => {
                Err(format!("temperature.{name}: {value} is not from 0.01 to 100"))
            }
            None => Ok(()),
        }
    }
}

/// What the outputs' columns mean, in their order.
#[derive(Debug)]
pub(crate) struct Labels {
    pub(crate) upos: Vec<Pos>,
    pub(crate) feats: Arc<[Box<str>]>,
    pub(crate) lemma: Vec<Rule>,
    pub(crate) relation: Vec<Relation>,
    pub(crate) entity: Vec<Tag>,
}

impl Labels {
    /// Whether the outputs' columns mean the same.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        self.upos == other.upos
            && self.feats == other.feats
            && self.lemma == other.lemma
            && self.relation == other.relation
            && self.entity == other.entity
    }
}

/// A checked manifest.
#[derive(Debug)]
pub(crate) struct Manifest {
    /// Name, version and eight digits of the digest: "en-fast-1+1a2b3c4d".
    pub(crate) version: Arc<str>,
    pub(crate) language: String,
    pub(crate) pieces: Pieces,
    pub(crate) temperature: Temperature,
    pub(crate) committee: Option<With>,
    pub(crate) labels: Labels,
}

/// A sentence may have this many pieces, whatever the window: the encoders know 512 positions.
pub(crate) const LONGEST: usize = 384;

impl Raw {
    fn check(self) -> Result<Manifest, String> {
        let digits =
            self.digest.get(..8).filter(|_| self.digest.bytes().all(|b| b.is_ascii_hexdigit()));
        let digits = digits.ok_or("digest is not a number in hex")?;
        let version = format!("{}-{}+{digits}", self.name, self.version).into();
        let Pieces { word, window, .. } = self.pieces;
        if word == 0 || window < word || window > LONGEST {
            return Err(format!(
                "pieces: word {word} and window {window} are not 1 <= word <= window <= {LONGEST}"
            ));
        }
        self.temperature.check()?;
        if let Some(with) = &self.committee {
            with.temperature.check().map_err(|problem| format!("committee.{problem}"))?;
        }
        let labels = self.labels.check()?;
        let Self { language, pieces, temperature, committee, .. } = self;
        Ok(Manifest { version, language, pieces, temperature, committee, labels })
    }
}

impl RawLabels {
    fn lemma_rules(&self) -> Result<Vec<Rule>, String> {
        let (rules, cuts) = (self.lemma.len(), self.cuts.len());
        if rules != cuts {
            return Err(format!("labels.cuts: {cuts} for {rules} lemma rules"));
        }
        let mut cuts = self.cuts.iter();
        parse("lemma", &self.lemma, |name| Rule::parse(name, cuts.next()?))
    }

    fn check(self) -> Result<Labels, String> {
        let labels = Labels {
            upos: parse("upos", &self.upos, Pos::parse)?,
            lemma: self.lemma_rules()?,
            relation: parse("relation", &self.relation, Relation::parse)?,
            entity: parse("entity", &self.entity, Tag::parse)?,
            feats: self.feats.into(),
        };
        let relations = labels.relation.iter();
        if !labels.entity.contains(&Tag::Outside) {
            return Err("labels.entity: no \"O\"".to_owned());
        }
        if relations.filter(|r| **r != Relation::ROOT).count() == 0 {
            return Err("labels.relation: none but root".to_owned());
        }
        if labels.feats.is_empty() || labels.feats.len() >= usize::from(u16::MAX) {
            return Err(format!("labels.feats: {} of them", labels.feats.len()));
        }
        Ok(labels)
    }
}

fn parse<T>(
    list: &str,
    names: &[String],
    mut one: impl FnMut(&str) -> Option<T>,
) -> Result<Vec<T>, String> {
    let parsed = names
        .iter()
        .map(|name| one(name).ok_or_else(|| format!("labels.{list}: unknown {name:?}")));
    let parsed: Vec<T> = parsed.collect::<Result<_, _>>()?;
    if parsed.is_empty() { Err(format!("labels.{list}: none")) } else { Ok(parsed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The error of a manifest in which `old` is `new`.
    fn problem(old: &str, new: &str) -> String {
        assert!(EN_FAST.manifest.contains(old), "{old}");
        let manifest = EN_FAST.manifest.replacen(old, new, 1);
        let files = Files { manifest: manifest.leak(), ..EN_FAST };
        let error = files.manifest().unwrap_err();
        let source = error.source().map(|s| format!(": {s}")).unwrap_or_default();
        format!("{error}{source}")
    }

    #[test]
    fn the_shipped_manifests_fit_their_files() {
        for files in [EN_FAST, EN_EXACT] {
            let manifest = files.manifest().unwrap();
            let (name, digest) = manifest.version.split_once('+').unwrap();
            assert!(name.starts_with(files.bundle) && digest.len() == 8, "{}", manifest.version);
            assert_eq!(manifest.language, "en");
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_file() {
        let at = "manifest.toml of reader en-fast: ";
        assert_eq!(
            problem("\ndigest = \"", "\ndigest = \"0"),
            format!("{at}digest is not that of the three files beside it")
        );
        assert_eq!(
            problem("\nword = 16", "\nword = 0"),
            format!("{at}pieces: word 0 and window 128 are not 1 <= word <= window <= 384")
        );
        let hot = problem("\narcs = ", "\narcs = 1000");
        assert!(hot.starts_with(&format!("{at}temperature.arcs: 1000")), "{hot}");
        assert_eq!(
            problem("\"nsubj\"", "\"subject\""),
            format!("{at}labels.relation: unknown \"subject\"")
        );
        assert_eq!(
            problem("[\"ADJ\"", "[\"ADJECTIVE\""),
            format!("{at}labels.upos: unknown \"ADJECTIVE\"")
        );
        assert_eq!(
            problem("\"B-Date\"", "\"S-Date\""),
            format!("{at}labels.entity: unknown \"S-Date\"")
        );
        assert_eq!(problem("[\"O\", ", "["), format!("{at}labels.entity: no \"O\""));
        assert_eq!(problem("\"k-0+\"", "\"k-x+\""), format!("{at}labels.lemma: unknown \"k-x+\""));
        assert!(problem("\ncuts = [", "\ncuts = [[], ").starts_with(&format!("{at}labels.cuts: ")));
        let garbled = problem("[pieces]", "[pieces");
        assert!(
            garbled.starts_with("failed to read manifest.toml of reader en-fast: TOML parse error"),
            "{garbled}"
        );
    }
}
