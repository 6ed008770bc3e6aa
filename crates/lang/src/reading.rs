//! A reading: what the coder sees of a report.

use std::ops::Range;
use std::sync::Arc;

use averment_types::{Report, TextRange, ZoneKind};

use crate::{Dep, Entity, Hint, Pos, Relation, Told, endless, sentence, token};

/// A word, number or mark, and where it hangs in the tree of its sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Token {
    /// Where it is.
    pub range: TextRange,
    /// Its word class; [`Pos::X`] where the reader has no opinion.
    pub pos: Pos,
    /// The token that governs it, counted within the sentence; `None` for the root.
    pub head: Option<usize>,
    /// How it hangs on its head.
    pub relation: Relation,
    /// Probability of the word class, from 0 to 1.
    pub pos_probability: f32,
    /// Probability of head and relation together, from 0 to 1.
    pub arc_probability: f32,
    /// What the reader thinks of it as the name of an event; `None` where nobody has judged.
    pub hint: Option<Hint>,
    /// Place in the reading's lemmas, where a reader made one.
    pub(crate) lemma: Option<TextRange>,
    /// Index into [`Reading::feats`].
    pub(crate) feats: u16,
}

impl Token {
    /// A token that no reader has looked at.
    pub(crate) const fn bare(range: TextRange, pos: Pos) -> Self {
        Self {
            range,
            pos,
            head: None,
            relation: Relation::plain(Dep::Dep),
            pos_probability: 0.0,
            arc_probability: 0.0,
            hint: None,
            lemma: None,
            feats: u16::MAX,
        }
    }
}

/// A sentence, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// Where it is.
    pub range: TextRange,
    /// The zone that holds it: the paragraph, heading or quotation.
    pub paragraph: TextRange,
    /// What kind of zone that is.
    pub zone: ZoneKind,
    /// Its tokens in the reading.
    pub(crate) first: usize,
    pub(crate) last: usize,
    /// Whether the reader reads it.
    pub(crate) read: bool,
}

/// Sentences, tokens, trees and entities of the parts of a report that may be evidence.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    lower: String,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) tokens: Vec<Token>,
    /// In order of the text.
    pub(crate) entities: Vec<Entity>,
    /// The tokens' lemmas, one behind the other.
    pub(crate) lemmas: String,
    pub(crate) unread: usize,
    /// In order of the text.
    pub(crate) told: Vec<Told>,
    feats: Arc<[Box<str>]>,
    reader: Arc<str>,
}

/// Cuts a bare text into sentences and these into tokens, without reading them: what
/// [`Reader::read_tokens`](crate::Reader::read_tokens) takes.
///
/// ```
/// let text = "Gen. Diallo said two men died. He left.";
/// let sentences = averment_lang::segment(text);
/// let words: Vec<&str> = sentences[1].iter().filter_map(|word| word.slice(text)).collect();
/// assert_eq!(words, ["He", "left", "."]);
/// ```
#[must_use]
pub fn segment(text: &str) -> Vec<Vec<TextRange>> {
    let body = TextRange::whole(text).map(|all| (ZoneKind::Body, all));
    let reading = Reading::laid_out(text, body.into_iter());
    let words = |index| reading.sentence_tokens(index).iter().map(|token| token.range).collect();
    (0..reading.sentences.len()).map(words).collect()
}

/// How a reading is made.
impl Reading {
    fn empty(text: &str) -> Self {
        Self {
            lower: text.to_ascii_lowercase(),
            sentences: Vec::new(),
            tokens: Vec::new(),
            entities: Vec::new(),
            lemmas: String::new(),
            unread: 0,
            told: Vec::new(),
            feats: Arc::default(),
            reader: Arc::default(),
        }
    }

    /// The sentences and tokens of `zones`.
    pub(crate) fn laid_out(text: &str, zones: impl Iterator<Item = (ZoneKind, TextRange)>) -> Self {
        let mut reading = Self::empty(text);
        for (zone, paragraph) in zones {
            for range in sentence::split(text, paragraph) {
                let first = reading.tokens.len();
                token::tokenize(text, &reading.lower, range, &mut reading.tokens);
                let tokens = reading.tokens.get(first..).unwrap_or_default();
                for part in endless::cut(text, tokens) {
                    let covered = tokens.get(part.clone()).and_then(endless::range);
                    reading.sentences.push(Sentence {
                        range: covered.unwrap_or(range),
                        paragraph,
                        zone,
                        first: first + part.start,
                        last: first + part.end,
                        read: true,
                    });
                }
            }
        }
        reading
    }

    /// The sentences and tokens of the zones of `report` that may be evidence.
    pub(crate) fn of_report(report: &Report) -> Self {
        let zones = report.evidence_zones().map(|zone| (zone.kind, zone.range));
        Self::laid_out(&report.text, zones)
    }

    /// Sentences and tokens that were cut elsewhere, as one body.
    pub(crate) fn of_tokens(text: &str, sentences: &[Vec<TextRange>]) -> Self {
        let mut reading = Self::empty(text);
        let mut end = 0;
        for words in sentences {
            let first = reading.tokens.len();
            reading.tokens.extend(words.iter().map(|range| Token::bare(*range, Pos::X)));
            let covered = words.iter().copied().reduce(TextRange::cover);
            let Some(range) = covered.or(TextRange::new(end, end).ok()) else { continue };
            end = range.end();
            let (zone, last) = (ZoneKind::Body, reading.tokens.len());
            let paragraph = TextRange::whole(text).unwrap_or(range);
            reading.sentences.push(Sentence { range, paragraph, zone, first, last, read: true });
        }
        reading
    }

    /// Names the reader that will fill this in, and leaves to it sentences without an opinion: flat
    /// trees with a probability of 0.
    pub(crate) fn begin(&mut self, reader: &Arc<str>, feats: &Arc<[Box<str>]>) {
        (self.reader, self.feats) = (Arc::clone(reader), Arc::clone(feats));
        for sentence in &self.sentences {
            let tokens = self.tokens.get_mut(sentence.first..sentence.last).unwrap_or_default();
            for (index, token) in tokens.iter_mut().enumerate() {
                *token = Token::bare(token.range, Pos::X);
                if index == 0 {
                    token.relation = Relation::ROOT;
                } else {
                    token.head = Some(0);
                }
            }
        }
    }

    /// The sentences that the reader reads: index, and tokens counted from the first one of the reading.
    pub(crate) fn to_read(&self) -> Vec<(usize, Range<usize>)> {
        let read = self.sentences.iter().enumerate().filter(|(_, sentence)| sentence.read);
        read.map(|(index, sentence)| (index, sentence.first..sentence.last)).collect()
    }

    /// The root of the sentence at `index`, counted within it.
    pub(crate) fn root_of(&self, index: usize) -> usize {
        let root = self.sentence_tokens(index).iter().position(|token| token.head.is_none());
        root.unwrap_or_default()
    }
}

/// What a reading says.
impl Reading {
    /// The sentences, in order of the text.
    #[must_use]
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// The tokens of the sentence at `index` of [`Reading::sentences`]; none for an index too high.
    #[must_use]
    pub fn sentence_tokens(&self, index: usize) -> &[Token] {
        let range = self.sentences.get(index).map_or(0..0, |s| s.first..s.last);
        self.tokens.get(range).unwrap_or_default()
    }

    /// The events that the sentences tell of, by a learnt opinion, in order of the text.
    #[must_use]
    pub fn told(&self) -> &[Told] {
        &self.told
    }

    /// The token's words with ASCII letters in lower case.
    #[must_use]
    pub fn lower(&self, token: &Token) -> &str {
        token.range.slice(&self.lower).unwrap_or_default()
    }

    /// The token's lemma: as the reader tells it, and else its words with ASCII letters in lower case.
    #[must_use]
    pub fn lemma(&self, token: &Token) -> &str {
        let lemma = token.lemma.and_then(|range| range.slice(&self.lemmas));
        lemma.filter(|lemma| !lemma.is_empty()).unwrap_or_else(|| self.lower(token))
    }

    /// The token's features as CoNLL-U writes them, "Number=Plur|Person=3"; "_" for none.
    #[must_use]
    pub fn feats(&self, token: &Token) -> &str {
        self.feats.get(usize::from(token.feats)).map_or("_", |feats| feats)
    }

    /// The named entities, in order of the text.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// Name and version of the reader that made this: "en-fast-1+1a2b3c4d".
    #[must_use]
    pub fn reader(&self) -> &str {
        &self.reader
    }

    /// Whether the sentence at `index` was given to the model. One that was left out has a flat tree, no
    /// classes, no entities and probabilities of 0.
    #[must_use]
    pub fn is_read(&self, index: usize) -> bool {
        self.sentences.get(index).is_some_and(|sentence| sentence.read)
    }

    /// Number of sentences that the model failed on, which therefore have flat trees, no classes and
    /// probabilities of 0.
    #[must_use]
    pub const fn unread(&self) -> usize {
        self.unread
    }

    /// Number of tokens that hold a letter or figure, read or not.
    #[must_use]
    pub fn words(&self) -> usize {
        let inked = |t: &&Token| self.lower(t).contains(char::is_alphanumeric);
        self.tokens.iter().filter(inked).count()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn tokens_lie_in_their_sentences_in_order(text in "\\PC{0,200}|[A-Za-z .,'’\"\n-]{0,200}") {
            let body = TextRange::whole(&text).map(|all| (ZoneKind::Body, all));
            let reading = Reading::laid_out(&text, body.into_iter());
            let mut end = 0;
            for (index, sentence) in reading.sentences().iter().enumerate() {
                prop_assert!(sentence.range.start() >= end && sentence.range.slice(&text).is_some());
                let mut at = sentence.range.start();
                for token in reading.sentence_tokens(index) {
                    prop_assert!(token.range.start() >= at && !token.range.is_empty());
                    prop_assert!(sentence.range.contains(token.range) && token.range.slice(&text).is_some());
                    at = token.range.end();
                }
                end = sentence.range.end();
            }
            let inked = |s: &str| s.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{200b}' | '\u{feff}')).count();
            let tokens: usize = (0..reading.sentences().len())
                .flat_map(|i| reading.sentence_tokens(i))
                .map(|t| inked(t.range.slice(&text).unwrap_or_default())).sum();
            prop_assert_eq!(tokens, inked(&text));
        }
    }
}
