//! The JSON form of a reading.

use averment_types::{TextRange, ZoneKind};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{Entity, Reading, Sentence, Token};

/// What the reader sees of one report. Its JSON is one line of `averment read --format jsonl`.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Reading")]
pub struct ReadingJson<'a> {
    /// The report's id; of given tokens, what `# newdoc id` says, `null` where it says nothing.
    pub report: Option<&'a str>,
    /// Name and version of the reader.
    pub reader: &'a str,
    /// The text that all ranges point into: UTF-8 bytes, end-exclusive.
    pub text: &'a str,
    /// The sentences, in the order of the text.
    pub sentences: Vec<SentenceJson<'a>>,
    /// The named entities, in the order of the text.
    pub entities: Vec<EntityJson<'a>>,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Sentence")]
pub struct SentenceJson<'a> {
    /// Its id: the report's, a hyphen, and a number from 1; of given tokens, what `# sent_id` says.
    pub id: Option<String>,
    /// Where it is.
    pub range: TextRange,
    /// The paragraph, heading or quotation that it stands in.
    pub paragraph: TextRange,
    /// What that is.
    pub zone: ZoneKind,
    /// Its words as they stand in the text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: Vec<TokenJson<'a>>,
}

/// A token.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Token")]
pub struct TokenJson<'a> {
    /// Its number in the sentence, from 1.
    pub id: usize,
    /// Where it is.
    pub range: TextRange,
    /// The word as it stands in the text.
    pub form: &'a str,
    /// Its base form.
    pub lemma: &'a str,
    /// Its class, by the name of Universal Dependencies.
    pub upos: &'static str,
    /// Its morphology, as CoNLL-U writes it; empty where there is none.
    pub feats: &'a str,
    /// The number of the token that governs it; 0 for the root.
    pub head: usize,
    /// Its relation to that token, by the name of Universal Dependencies.
    pub deprel: String,
    /// Probability of the class, from 0 to 1, in thousandths.
    pub upos_probability: f32,
    /// Probability of head and relation together, from 0 to 1, in thousandths.
    pub arc_probability: f32,
}

/// A named entity.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
#[schemars(rename = "Entity")]
pub struct EntityJson<'a> {
    /// What it names: Person, Organization, Location, Facility, NORP, Date, Money, Product, Misc.
    pub kind: &'static str,
    /// Where it is.
    pub range: TextRange,
    /// Its words as they stand in the text.
    pub text: &'a str,
    /// Its sentence: the index in `sentences`, from 0.
    pub sentence: usize,
    /// The number of its first token in the sentence, from 1.
    pub first: usize,
    /// The number of its last token in the sentence.
    pub last: usize,
    /// Probability that words and kind are both right, from 0 to 1, in thousandths.
    pub probability: f32,
}

impl<'a> ReadingJson<'a> {
    /// The JSON form of `reading`, which was made of `text`; `id` names the sentence at an index.
    #[must_use]
    pub fn of(
        report: Option<&'a str>,
        text: &'a str,
        reading: &'a Reading,
        id: impl Fn(usize) -> Option<String>,
    ) -> Self {
        let sentences = reading.sentences().iter().enumerate();
        let sentences = sentences.map(|(index, sentence)| {
            let tokens = reading.sentence_tokens(index).iter().enumerate();
            let tokens = tokens.map(|(at, token)| token_json(text, reading, at, token)).collect();
            sentence_json(text, sentence, id(index), tokens)
        });
        Self {
            report,
            reader: reading.reader(),
            text,
            sentences: sentences.collect(),
            entities: reading.entities().iter().map(|e| entity_json(text, e)).collect(),
        }
    }
}

fn sentence_json<'a>(
    text: &'a str,
    sentence: &Sentence,
    id: Option<String>,
    tokens: Vec<TokenJson<'a>>,
) -> SentenceJson<'a> {
    SentenceJson {
        id,
        range: sentence.range,
        paragraph: sentence.paragraph,
        zone: sentence.zone,
        text: sentence.range.slice(text).unwrap_or_default(),
        tokens,
    }
}

fn token_json<'a>(
    text: &'a str,
    reading: &'a Reading,
    index: usize,
    token: &Token,
) -> TokenJson<'a> {
    TokenJson {
        id: index + 1,
        range: token.range,
        form: token.range.slice(text).unwrap_or_default(),
        lemma: reading.lemma(token),
        upos: token.pos.name(),
        feats: reading.feats(token),
        head: token.head.map_or(0, |head| head + 1),
        deprel: token.relation.to_string(),
        upos_probability: thousandths(token.pos_probability),
        arc_probability: thousandths(token.arc_probability),
    }
}

fn entity_json<'a>(text: &'a str, entity: &Entity) -> EntityJson<'a> {
    EntityJson {
        kind: entity.kind.name(),
        range: entity.range,
        text: entity.range.slice(text).unwrap_or_default(),
        sentence: entity.sentence,
        first: entity.first + 1,
        last: entity.end,
        probability: thousandths(entity.probability),
    }
}

/// Rounded, so that a line says no more than is known.
fn thousandths(probability: f32) -> f32 {
    (probability * 1000.0).round() / 1000.0
}
