//! The trained reader: a text to a [`Reading`] with word classes, lemmas, trees and entities.
//!
//! It owns the order of the steps; what is specific to a language lies in its bundle.

use std::fmt;
use std::sync::{Arc, OnceLock};

use averment_types::{Report, TextRange, ZoneKind};

use crate::Reading;
use crate::bundle::{EN_FAST, Files, Manifest, ReaderError};
use crate::decode::Decoder;
use crate::engine::Engines;
use crate::infer::Graphs;
use crate::pieces::Speller;
use crate::window::{Input, pack};

/// Which of the shipped readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReaderKind {
    /// Small and quick: for millions of reports.
    Fast,
    /// Larger and slower, with fewer errors.
    Exact,
}

impl fmt::Display for ReaderKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fast => "fast",
            Self::Exact => "exact",
        })
    }
}

/// A trained reader, loaded. All threads of a program share one.
///
/// Its readings depend on the text alone: not on the number of threads, not on what was read before.
pub struct Reader {
    manifest: Manifest,
    speller: Speller,
    graphs: Graphs,
    engines: Engines,
}

impl Reader {
    /// The reader of that kind that is built into the program; loaded at the first call.
    ///
    /// ```no_run
    /// use averment_lang::{Dep, Reader, ReaderKind};
    /// let reader = Reader::shipped(ReaderKind::Fast)?;
    /// let reading = reader.read_text("Gunmen attacked the village.");
    /// let tokens = reading.sentence_tokens(0);
    /// assert_eq!(reading.lemma(&tokens[1]), "attack");
    /// assert_eq!(tokens[0].relation.universal, Dep::Nsubj);
    /// # Ok::<(), averment_lang::ReaderError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ReaderError::Absent`] where this build has no such reader; the others where a bundle's
    /// files are damaged or do not belong together.
    pub fn shipped(kind: ReaderKind) -> Result<Arc<Self>, ReaderError> {
        static FAST: OnceLock<Result<Arc<Reader>, ReaderError>> = OnceLock::new();
        match kind {
            ReaderKind::Fast => FAST.get_or_init(|| Self::load(&EN_FAST).map(Arc::new)).clone(),
            ReaderKind::Exact => Err(ReaderError::Absent { kind }),
        }
    }

    pub(crate) fn load(files: &Files) -> Result<Self, ReaderError> {
        let manifest = files.manifest()?;
        let speller = Speller::load(files, manifest.pieces)?;
        let graphs = Graphs::load(files, &manifest.labels, speller.highest())?;
        Ok(Self { manifest, speller, graphs, engines: Engines::default() })
    }

    /// Name, version and digest: "en-fast-1+1a2b3c4d". Every claim carries it.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.manifest.version
    }

    /// The code of the language that it reads: "en".
    #[must_use]
    pub fn language(&self) -> &str {
        &self.manifest.language
    }

    /// Reads the zones of `report` that may be evidence.
    ///
    /// No text is refused. Should the model fail on a window, which the checks at load and at run
    /// time leave to a damaged program, its sentences have a flat tree, class [`Pos::X`](crate::Pos::X)
    /// and probabilities of 0, and [`Reading::unread`] counts them.
    #[must_use]
    pub fn read(&self, report: &Report) -> Reading {
        let zones = report.evidence_zones().map(|zone| (zone.kind, zone.range));
        self.annotate(&report.text, Reading::laid_out(&report.text, zones))
    }

    /// Reads a bare text as one body.
    #[must_use]
    pub fn read_text(&self, text: &str) -> Reading {
        let body = TextRange::whole(text).map(|all| (ZoneKind::Body, all));
        self.annotate(text, Reading::laid_out(text, body.into_iter()))
    }

    /// Reads sentences that were cut to tokens elsewhere, as scorers need it. Ranges that do not lie
    /// in `text` are read as words without letters.
    #[must_use]
    pub fn read_tokens(&self, text: &str, sentences: &[Vec<TextRange>]) -> Reading {
        self.annotate(text, Reading::of_tokens(text, sentences))
    }

    /// Fills in what the model says.
    fn annotate(&self, text: &str, mut reading: Reading) -> Reading {
        reading.begin(&self.manifest.version, &self.manifest.labels.feats);
        self.engines.with(|engine| {
            let words: Vec<TextRange> = reading.tokens.iter().map(|token| token.range).collect();
            let spelling = self.speller.spell(text, words.iter().copied());
            let pieces = self.manifest.pieces;
            for window in pack(reading.spans().into_iter(), &spelling, pieces.window) {
                let input = Input::of(&window, text, &words, &spelling, pieces);
                let decoder = Decoder::new(&self.manifest, &self.graphs, engine);
                if decoder.read(text, &window, &input, &mut reading).is_err() {
                    reading.unread += window.iter().filter(|part| part.opens).count();
                }
            }
        });
        reading
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("version", &self.version()).finish_non_exhaustive()
    }
}
