//! What a reader says, in the form that gold has.
//!
//! Owns the way from given words to what was found of them, and from a raw text to words in their places.

use averment_lang::{Entity, Reader, Reading, Token};
use averment_types::TextRange;

use super::gold::{Layout, Marked, Node, Span, Word, lay_out};
use super::raw::Placed;

/// Reads the words of `document` as consecutive text.
#[must_use]
pub fn read_given(reader: &Reader, document: &[Marked]) -> Vec<Marked> {
    let layout = lay_out(document);
    let reading = reader.read_tokens(&layout.text, &layout.sentences);
    (0..layout.sentences.len()).map(|index| sentence(&layout, &reading, index)).collect()
}

fn sentence(layout: &Layout, reading: &Reading, index: usize) -> Marked {
    let word = |token: &Token| Word {
        form: token.range.slice(&layout.text).unwrap_or_default().to_owned(),
        spaced: true,
        node: Some(Node {
            pos: Some(token.pos),
            feats: plain(reading.feats(token)).to_owned(),
            lemma: reading.lemma(token).to_owned(),
            head: token.head,
            relation: Some(token.relation),
            probability: token.arc_probability,
        }),
    };
    let span = |entity: &Entity| Span {
        first: entity.first,
        end: entity.end,
        kind: entity.kind,
        probability: entity.probability,
    };
    let entities = reading.entities().iter().filter(|entity| entity.sentence == index);
    Marked {
        words: reading.sentence_tokens(index).iter().map(word).collect(),
        entities: entities.map(span).collect(),
    }
}

/// Features as a set that may be empty: CoNLL-U's `_` is none.
#[must_use]
pub fn plain(feats: &str) -> &str {
    if feats == "_" { "" } else { feats }
}

/// The words of a reading where they stand in its text, with the places of their heads.
#[must_use]
pub fn placed(reading: &Reading) -> Vec<Placed> {
    let mut words = Vec::new();
    for index in 0..reading.sentences().len() {
        let tokens = reading.sentence_tokens(index);
        words.extend(tokens.iter().map(|token| Placed {
            range: token.range,
            pos: Some(token.pos),
            head: token.head.and_then(|head| tokens.get(head)).map(|head| head.range),
            relation: Some(token.relation),
        }));
    }
    words
}

/// The entities of a reading by their places.
#[must_use]
pub fn named(reading: &Reading) -> Vec<(TextRange, averment_lang::EntityKind)> {
    reading.entities().iter().map(|entity| (entity.range, entity.kind)).collect()
}
