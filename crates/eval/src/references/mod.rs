//! References against GUM's coreference: persons and organisations that pronouns and descriptions mean.
//!
//! Owns what is counted. Asked are gold's mentions of persons and organisations that are pronouns of the third
//! person or descriptions with "the" or a demonstrative and a common noun. One is *anaphoric* when gold has an earlier mention of the same
//! entity. What the sieve says of it is right when its antecedent is headed by the head of an earlier mention of that entity.
//! Words and sentences are gold's; trees, classes and names are the fast reader's.

pub mod gold;
mod table;

pub use table::HEAD;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use averment_actors::Registry;
use averment_extract::{Reference, ReferenceKind, References};
use averment_lang::conllu::{self, ConlluSentence, GivenTokens};
use averment_lang::{Reader, ReaderKind};
use averment_types::RangeError;

use crate::EvalError;
use gold::{Kind, Mention};

/// What became of the mentions of one kind and type.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// Anaphoric mentions of gold.
    pub anaphoric: usize,
    /// Those that the sieve resolved.
    pub resolved: usize,
    /// Those that it resolved rightly.
    pub right: usize,
    /// First mentions of gold.
    pub first: usize,
    /// Those that the sieve resolved, all of them wrongly.
    pub first_resolved: usize,
    /// Anaphoric mentions whose nearest earlier mention of that type and number is of the same entity.
    pub nearest_right: usize,
}

/// Why an anaphoric mention was not resolved rightly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The sieve saw no such phrase, mostly because the tree has another head.
    Unseen,
    /// It left open what the phrase means.
    Open,
    /// It took something that gold has no mention of.
    NoMention,
    /// It took something of another type.
    OtherType,
    /// It took another of that type.
    Other,
}

impl Cause {
    /// All causes, in the order of the tables.
    pub const ALL: [Self; 5] =
        [Self::Unseen, Self::Open, Self::NoMention, Self::OtherType, Self::Other];
}

/// The scores of one part of the corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scores {
    /// By kind and whether it is a person (or an organisation).
    pub by_kind: BTreeMap<(Kind, bool), Score>,
    /// Causes by kind.
    pub causes: BTreeMap<(Kind, Cause), usize>,
    /// By genre, all kinds.
    pub by_genre: BTreeMap<String, Score>,
    /// Phrases that in gold are neither person nor organisation, or nothing, and that the sieve resolved to a
    /// person or organisation of gold.
    pub taken_for_actor: usize,
    /// Wrong and open ones, for a look.
    pub errors: String,
}

/// Scores one file of GUM: "train", "dev" or "test".
///
/// # Errors
/// When the file cannot be read or is not of its format, or shipped data cannot be loaded.
pub fn run(corpora: &Path, part: &str) -> Result<Scores, EvalError> {
    let path = corpora.join("gum").join(format!("{part}.conllu"));
    let shown = || path.display().to_string();
    let text =
        fs::read_to_string(&path).map_err(|source| EvalError::Read { path: shown(), source })?;
    let malformed = |met: String| EvalError::Malformed { path: shown(), met };
    let sentences =
        conllu::parse(&text).map_err(|source| EvalError::Conllu { path: shown(), source })?;
    let kind = ReaderKind::Fast;
    let reader = Reader::shipped(kind).map_err(|source| EvalError::Reader { kind, source })?;
    let registry = Registry::shipped().map_err(|error| malformed(error.to_string()))?;
    let references = References::shipped().map_err(|error| malformed(error.to_string()))?;
    let mut scores = Scores::default();
    for document in conllu::documents(&sentences) {
        let gold = gold::mentions(document)
            .ok_or_else(|| malformed("a bracket of coreference is of another form".to_owned()))?;
        let given = GivenTokens::of(document).map_err(|e: RangeError| malformed(e.to_string()))?;
        let reading = reader.read_tokens(given.text(), given.sentences());
        let spans: Vec<_> = reading.sentences().iter().map(|s| s.range).collect();
        let actors = registry.read(given.text(), &spans, None);
        let found = references.find(given.text(), &reading, &actors);
        let name = document.first().and_then(ConlluSentence::document).unwrap_or_default();
        let document = Document { name, gold: &gold, sentences: document, given: &given };
        scores.add(&document, &found);
    }
    Ok(scores)
}

/// A document with gold's mentions.
struct Document<'d> {
    name: &'d str,
    gold: &'d [Mention],
    sentences: &'d [ConlluSentence<'d>],
    given: &'d GivenTokens,
}

impl Document<'_> {
    /// Gold's mentions headed at `token` of `sentence`.
    fn headed(&self, sentence: usize, token: usize) -> impl Iterator<Item = &Mention> {
        self.gold.iter().filter(move |m| m.sentence == sentence && m.head == token)
    }

    fn genre(&self) -> &str {
        self.name.split('_').nth(1).unwrap_or_default()
    }

    fn words(&self, sentence: usize, tokens: std::ops::Range<usize>) -> String {
        let forms = self.sentences.get(sentence).into_iter().flat_map(ConlluSentence::words);
        let forms: Vec<&str> =
            forms.map(|w| w.form).skip(tokens.start).take(tokens.len()).collect();
        forms.join(" ")
    }
}

impl Scores {
    fn add(&mut self, document: &Document<'_>, found: &[Reference]) {
        for mention in document.gold {
            let person = mention.etype == "person";
            let Some(kind) = mention.kind.filter(|_| is_asked(mention)) else { continue };
            let at = found.iter().find(|f| {
                f.place.sentence == mention.sentence
                    && f.place.token == mention.head
                    && of_kind(f.kind, kind)
            });
            let outcome = judge(document, mention, at);
            let nearest = nearest(document, mention).is_some_and(|n| n.entity == mention.entity);
            let scores = [
                self.by_kind.entry((kind, person)).or_default(),
                self.by_genre.entry(document.genre().to_owned()).or_default(),
            ];
            for score in scores {
                let resolved = !matches!(outcome, Err(Cause::Unseen | Cause::Open));
                if mention.anaphoric {
                    score.anaphoric += 1;
                    score.resolved += usize::from(resolved);
                    score.right += usize::from(outcome.is_ok());
                    score.nearest_right += usize::from(nearest);
                } else {
                    score.first += 1;
                    score.first_resolved += usize::from(resolved);
                }
            }
            self.tell(document, mention, kind, at, outcome);
        }
        for reference in found {
            let Some(to) = reference.antecedent else { continue };
            let mut own = document.headed(reference.place.sentence, reference.place.token);
            let mut meant = document.headed(to.sentence, to.token);
            self.taken_for_actor += usize::from(!own.any(is_asked) && meant.any(is_actor));
        }
    }

    /// Counts the cause of a mention that is not right, and writes it down.
    fn tell(
        &mut self,
        document: &Document<'_>,
        mention: &Mention,
        kind: Kind,
        at: Option<&Reference>,
        outcome: Result<(), Cause>,
    ) {
        let cause = match (mention.anaphoric, outcome) {
            (true, Err(cause)) => {
                *self.causes.entry((kind, cause)).or_default() += 1;
                format!("{cause:?}")
            }
            (false, Err(Cause::Unseen | Cause::Open)) => return,
            (false, _) => "First".to_owned(),
            (true, Ok(())) => "Right".to_owned(),
        };
        let to = at.and_then(|a| a.antecedent);
        let meant = to.map(|to| to.range.slice(document.given.text()).unwrap_or_default());
        let before = document.gold.iter().rfind(|m| {
            m.entity == mention.entity && (m.sentence, m.first) < (mention.sentence, mention.first)
        });
        // Writing to a string cannot fail.
        let _ = writeln!(
            self.errors,
            "{cause}\t{}\t{}\t{}\t{}:{} [{}] -> [{}]{} ({}); gold [{}]{}\t{}",
            kind.name(),
            mention.etype,
            document.name,
            mention.sentence + 1,
            mention.head + 1,
            document.words(mention.sentence, mention.first..mention.end),
            meant.unwrap_or_default(),
            to.map_or(0, |to| mention.sentence.saturating_sub(to.sentence)),
            at.and_then(|a| a.reason).unwrap_or_default(),
            before.map(|b| document.words(b.sentence, b.first..b.end)).unwrap_or_default(),
            before.map_or(0, |b| mention.sentence - b.sentence),
            document.words(mention.sentence, 0..40),
        );
    }
}

fn is_actor(mention: &Mention) -> bool {
    matches!(mention.etype.as_str(), "person" | "organization")
}

fn is_asked(mention: &Mention) -> bool {
    mention.kind.is_some() && is_actor(mention)
}

/// Whether the sieve's kind may be gold's: one of gold's descriptions may be a pronoun for the reader, not so the other way.
fn of_kind(found: ReferenceKind, gold: Kind) -> bool {
    let relative = found == ReferenceKind::Relative;
    relative == (gold == Kind::Relative)
}

/// Whether the sieve's antecedent is of the mention's entity, and else what went wrong.
fn judge(
    document: &Document<'_>,
    mention: &Mention,
    found: Option<&Reference>,
) -> Result<(), Cause> {
    let found = found.ok_or(Cause::Unseen)?;
    let to = found.antecedent.ok_or(Cause::Open)?;
    let meant: Vec<&Mention> = document.headed(to.sentence, to.token).collect();
    // Of several with one head, "Ali" and "Ali and Omar", the one that the sieve means is about as long.
    let words = document.given.sentences().get(to.sentence).map_or(&[][..], Vec::as_slice);
    let length = words.iter().filter(|word| to.range.contains(**word)).count();
    let chosen = meant.into_iter().min_by_key(|m| (m.end - m.first).abs_diff(length));
    let chosen = chosen.ok_or(Cause::NoMention)?;
    if chosen.entity == mention.entity {
        Ok(())
    } else if chosen.etype == mention.etype {
        Err(Cause::Other)
    } else {
        Err(Cause::OtherType)
    }
}

/// The baseline: the nearest earlier mention of gold of the same type that does not differ in number and does not hold this one.
fn nearest<'d>(document: &Document<'d>, mention: &Mention) -> Option<&'d Mention> {
    let before = document.gold.iter().rev().filter(|m| {
        (m.sentence, m.head) < (mention.sentence, mention.head)
            && !(m.sentence == mention.sentence && m.first <= mention.first && m.end >= mention.end)
    });
    let fits = |m: &&Mention| {
        let counts = matches!((m.plural, mention.plural), (Some(a), Some(b)) if a != b);
        m.etype == mention.etype && !counts
    };
    before.filter(fits).max_by_key(|m| (m.sentence, m.head))
}
