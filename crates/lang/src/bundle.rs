//! Bundles: what a trained reader is made of, and the manifest that says how to use it.
//!
//! A bundle is four files beside each other: two graphs, a tokenizer and `manifest.toml`, written by
//! `models/reader/export.py`. Everything of one language is in them; the code knows none.

use std::error::Error;
use std::sync::Arc;

use serde::Deserialize;

use crate::lemma::Rule;
use crate::names::Tag;
use crate::{Pos, ReaderKind, Relation};

/// Why a reader could not be loaded.
#[derive(Debug, Clone, thiserror::Error)]
#[non_exhaustive]
pub enum ReaderError {
    /// This build holds no reader of that kind.
    #[error("this build holds no {kind} reader; see data/reader")]
    Absent {
        /// The kind that was asked for.
        kind: ReaderKind,
    },
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
}

/// English, six layers.
pub(crate) const EN_FAST: Files = Files {
    bundle: "en-fast",
    manifest: include_str!("../../../data/reader/en-fast/manifest.toml"),
    reader: include_bytes!("../../../data/reader/en-fast/reader.onnx"),
    relations: include_bytes!("../../../data/reader/en-fast/relations.onnx"),
    tokenizer: include_bytes!("../../../data/reader/en-fast/tokenizer.json"),
};

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
    labels: RawLabels,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLabels {
    upos: Vec<String>,
    feats: Vec<Box<str>>,
    lemma: Vec<String>,
    relation: Vec<String>,
    entity: Vec<String>,
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
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Temperature {
    pub(crate) upos: f32,
    pub(crate) arcs: f32,
    pub(crate) relation: f32,
    pub(crate) entity: f32,
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

/// A checked manifest.
#[derive(Debug)]
pub(crate) struct Manifest {
    /// Name, version and eight digits of the digest: "en-fast-1+1a2b3c4d".
    pub(crate) version: Arc<str>,
    pub(crate) language: String,
    pub(crate) pieces: Pieces,
    pub(crate) temperature: Temperature,
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
        let t = &self.temperature;
        for (name, value) in
            [("upos", t.upos), ("arcs", t.arcs), ("relation", t.relation), ("entity", t.entity)]
        {
            if !(0.01..=100.0).contains(&value) {
                return Err(format!("temperature.{name}: {value} is not from 0.01 to 100"));
            }
        }
        let labels = self.labels.check()?;
        let Self { language, pieces, temperature, .. } = self;
        Ok(Manifest { version, language, pieces, temperature, labels })
    }
}

impl RawLabels {
    fn check(self) -> Result<Labels, String> {
        let labels = Labels {
            upos: parse("upos", &self.upos, Pos::parse)?,
            lemma: parse("lemma", &self.lemma, Rule::parse)?,
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
    one: impl Fn(&str) -> Option<T>,
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
    fn the_shipped_manifest_fits_its_files() {
        let manifest = EN_FAST.manifest().unwrap();
        let (name, digest) = manifest.version.split_once('+').unwrap();
        assert!(name.starts_with("en-fast-") && digest.len() == 8, "{}", manifest.version);
        assert_eq!(manifest.language, "en");
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
        assert_eq!(
            problem("\narcs = ", "\narcs = 1000"),
            format!("{at}temperature.arcs: 10001.75 is not from 0.01 to 100")
        );
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
        let garbled = problem("[pieces]", "[pieces");
        assert!(
            garbled.starts_with("failed to read manifest.toml of reader en-fast: TOML parse error"),
            "{garbled}"
        );
    }
}
