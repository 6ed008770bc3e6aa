//! A sentence as it is drawn: its words with what the reader sees in them, and its entities.

use std::ops::Range;

use averment_lang::{EntityKind, Pos, Reading, Relation};

use crate::wording::one_line;

/// A word.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) form: String,
    pub(super) lemma: String,
    pub(super) class: Pos,
    /// Probability of the class.
    pub(super) class_sure: f32,
    /// The index of its head in the sentence; `None` for the root.
    pub(super) head: Option<usize>,
    pub(super) relation: Relation,
    /// Probability of head and relation.
    pub(super) arc_sure: f32,
}

/// A named entity.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Name {
    pub(super) words: Range<usize>,
    pub(super) text: String,
    pub(super) kind: EntityKind,
    pub(super) sure: f32,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sentence {
    pub(super) text: String,
    pub(super) words: Vec<Word>,
    pub(super) names: Vec<Name>,
}

impl Sentence {
    /// The sentence at `index` of `reading`, which was made of `text`.
    pub(super) fn of(text: &str, reading: &Reading, index: usize) -> Self {
        let words = reading.sentence_tokens(index).iter().map(|token| Word {
            form: token.range.slice(text).unwrap_or_default().to_owned(),
            lemma: reading.lemma(token).to_owned(),
            class: token.pos,
            class_sure: token.pos_probability,
            head: token.head,
            relation: token.relation,
            arc_sure: token.arc_probability,
        });
        let names = reading.entities().iter().filter(|entity| entity.sentence == index);
        let names = names.map(|entity| Name {
            words: entity.first..entity.end,
            text: one_line(entity.range.slice(text).unwrap_or_default()),
            kind: entity.kind,
            sure: entity.probability,
        });
        let range = reading.sentences().get(index).map(|sentence| sentence.range);
        let text = range.and_then(|range| range.slice(text)).unwrap_or_default();
        Self { text: one_line(text), words: words.collect(), names: names.collect() }
    }
}
