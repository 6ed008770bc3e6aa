//! The trained reader: a text to a [`Reading`] with word classes, lemmas, trees and entities.
//!
//! It owns the order of the steps; what is specific to a language lies in its bundle.

use std::fmt;
use std::sync::{Arc, OnceLock};

use averment_types::{Report, TextRange, ZoneKind};

use crate::Reading;
use crate::bundle::{EN_EXACT, EN_FAST, Files, ReaderError};
use crate::committee::Committee;
use crate::decode::Decoder;
use crate::engine::Engines;
use crate::violence::{self, Violence, Witness};

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
    committee: Committee,
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
    /// Where a bundle's files are damaged or do not belong together.
    pub fn shipped(kind: ReaderKind) -> Result<Arc<Self>, ReaderError> {
        type Loaded = OnceLock<Result<Arc<Reader>, ReaderError>>;
        static FAST: Loaded = OnceLock::new();
        static EXACT: Loaded = OnceLock::new();
        let (loaded, files) = match kind {
            ReaderKind::Fast => (&FAST, &EN_FAST),
            ReaderKind::Exact => (&EXACT, &EN_EXACT),
        };
        loaded.get_or_init(|| Self::load(files).map(Arc::new)).clone()
    }

    pub(crate) fn load(files: &Files) -> Result<Self, ReaderError> {
        Ok(Self { committee: Committee::load(files)?, engines: Engines::default() })
    }

    /// Name, version and digest: "en-fast-1+1a2b3c4d"; of a committee those of all its bundles, parted by a
    /// slash. Every claim carries it.
    #[must_use]
    pub fn version(&self) -> &str {
        self.committee.version()
    }

    /// The code of the language that it reads: "en".
    #[must_use]
    pub fn language(&self) -> &str {
        self.committee.language()
    }

    /// Whether a sentence with this lower-case word may tell of an event that [`Reading::told`] would name.
    #[must_use]
    pub fn is_cue(&self, word: &str) -> bool {
        self.committee.is_cue(word)
    }

    /// Reads the zones of `report` that may be evidence.
    ///
    /// No text is refused. Should the model fail on a window, which the checks at load and at run
    /// time leave to a damaged program, its sentences have a flat tree, class [`Pos::X`](crate::Pos::X)
    /// and probabilities of 0, and [`Reading::unread`] counts them. [`Reading::told`] stays empty: what sentences tell takes a
    /// sixth of the time more, and [`Reader::read_chosen`] says it.
    #[must_use]
    pub fn read(&self, report: &Report) -> Reading {
        self.annotate(&report.text, Reading::of_report(report), false)
    }

    /// Reads, with what they tell, the sentences of `report` that `choose` says `true` of, given all of them cut to tokens
    /// and otherwise unread. The others, and those that it says nothing of, stay so: see
    /// [`Reading::is_read`].
    #[must_use]
    pub fn read_chosen(
        &self,
        report: &Report,
        choose: impl FnOnce(&Reading) -> Vec<bool>,
    ) -> Reading {
        let mut reading = Reading::of_report(report);
        let mut chosen = choose(&reading).into_iter();
        for sentence in &mut reading.sentences {
            sentence.read = chosen.next().unwrap_or(false);
        }
        self.annotate(&report.text, reading, true)
    }

    /// Reads a bare text as one body.
    #[must_use]
    pub fn read_text(&self, text: &str) -> Reading {
        let body = TextRange::whole(text).map(|all| (ZoneKind::Body, all));
        self.annotate(text, Reading::laid_out(text, body.into_iter()), false)
    }

    /// Reads sentences that were cut to tokens elsewhere, as scorers need it. Ranges that do not lie
    /// in `text` are read as words without letters.
    #[must_use]
    pub fn read_tokens(&self, text: &str, sentences: &[Vec<TextRange>]) -> Reading {
        self.annotate(text, Reading::of_tokens(text, sentences), false)
    }

    /// Who is said to have done violence in `report`, to whom, with what: one more pass over the whole report by a
    /// graph of its own, which no other reading pays for. It knows acts of violence against persons and property that are
    /// told as news, best those of guerrillas, terrorists and gangs; docs/RESULTS.md says how often it is right.
    ///
    /// ```no_run
    /// use averment_lang::{Reader, ReaderKind};
    /// use averment_types::Report;
    /// let report = Report::of_body("1", "Guerrillas dynamited a power pylon near Medellin.").unwrap();
    /// let violence = Reader::shipped(ReaderKind::Fast)?.violence(&report)?;
    /// for filler in &violence.fillers {
    ///     println!("{:?}: {:?}", filler.part, filler.range.slice(&report.text));
    /// }
    /// # Ok::<(), averment_lang::ReaderError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where the graph's files are damaged or do not belong to this reader.
    pub fn violence(&self, report: &Report) -> Result<Violence, ReaderError> {
        let witness = Witness::shipped()?;
        let reading = Reading::of_report(report);
        let words: Vec<TextRange> = reading.tokens.iter().map(|token| token.range).collect();
        // Offsets stay: only letters of one byte change.
        let text = report.text.to_ascii_lowercase();
        self.engines.with(|engine| {
            let spellings = self.committee.spell(&text, &words);
            let windows = self.committee.pack(reading.to_read().into_iter(), &spellings);
            let states = windows.iter().map(|window| {
                let states = self.committee.states(
                    witness.reads(),
                    window,
                    &text,
                    &words,
                    &spellings,
                    engine,
                );
                states.map_err(violence::failed)
            });
            witness.say(&text, &words, states.collect::<Result<_, _>>()?, engine)
        })
    }

    /// Fills in what the model says; what sentences tell where `tells`.
    fn annotate(&self, text: &str, mut reading: Reading, tells: bool) -> Reading {
        reading.begin(self.committee.version(), &self.committee.labels().feats);
        self.engines.with(|engine| {
            let words: Vec<TextRange> = reading.tokens.iter().map(|token| token.range).collect();
            let spellings = self.committee.spell(text, &words);
            let decoder = Decoder::new(&self.committee, engine, tells);
            for window in self.committee.pack(reading.to_read().into_iter(), &spellings) {
                let heard = self.committee.hear(&window, text, &words, &spellings, engine);
                let read =
                    heard.and_then(|heard| decoder.read(text, &window, &heard, &mut reading));
                if read.is_err() {
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
