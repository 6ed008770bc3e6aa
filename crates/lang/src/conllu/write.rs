//! A reading as CoNLL-U.
//!
//! Of the ten columns a reader fills FORM, LEMMA, UPOS, FEATS, HEAD and DEPREL; XPOS and DEPS are `_`. MISC holds
//! `SpaceAfter=No`, `TokenRange=start:end` (UTF-8 bytes into the report's text, end-exclusive), and of an entity
//! `NER=B-Person` and `NERProb=0.987` at its first token, `NER=I-Person` at the others.

use std::fmt::Write;

use averment_types::{Report, TextRange};

use super::annotations::Misc;
use super::{ConlluSentence, Row, RowId};
use crate::{Entity, Reading, Token};

/// What the reader sees of `report`: `# newdoc`, a `# newpar` and `# zone` for each zone that was read, and its sentences.
/// Nothing for a report without sentences.
///
/// FORM has no white space: a token holds none, and what white space one might hold is left out. `# text` is the
/// sentence's tokens with one blank where the report has white space between them.
#[must_use]
pub fn of_report(report: &Report, reading: &Reading) -> String {
    let mut out = String::new();
    if reading.sentences().is_empty() {
        return out;
    }
    let id = report.id.as_str();
    comment(&mut out, "newdoc id", &identifier(id));
    comment(&mut out, "reader", reading.reader());
    let mut paragraph = None;
    for (index, sentence) in reading.sentences().iter().enumerate() {
        if paragraph != Some(sentence.paragraph) {
            paragraph = Some(sentence.paragraph);
            out.push_str("# newpar\n");
            comment(&mut out, "zone", sentence.zone.as_str());
        }
        comment(&mut out, "sent_id", &sentence_id(id, index));
        let tokens = reading.sentence_tokens(index);
        comment(&mut out, "text", &spaced(&report.text, tokens));
        let entities = entities(reading, index);
        for (at, token) in tokens.iter().enumerate() {
            let form = unspaced(token.range.slice(&report.text).unwrap_or_default());
            let form = if form.is_empty() { "_" } else { &form };
            let mut misc = Misc::default();
            if !is_spaced(&report.text, token.range) {
                misc.add("SpaceAfter=No");
            }
            misc.add(&format!("TokenRange={}:{}", token.range.start(), token.range.end()));
            misc.add_entity(&entities, at);
            word(&mut out, at + 1, form, reading, token);
            misc.write(&mut out);
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

/// The id of the sentence at `index` of a report: the report's, with `_` for white space, a hyphen, and a number from 1.
#[must_use]
pub fn sentence_id(report: &str, index: usize) -> String {
    format!("{}-{}", identifier(report), index + 1)
}

/// An id without white space, as CoNLL-U wants it.
fn identifier(id: &str) -> String {
    id.split_whitespace().collect::<Vec<_>>().join("_")
}

/// The file that `sentences` were parsed from, with what a reader sees in the given tokens: comments, IDs, FORM,
/// multiword tokens and empty nodes as they were; LEMMA, UPOS, FEATS, HEAD and DEPREL by the reader, XPOS and DEPS `_`,
/// and its entities in MISC, whose other items stay. Lines end with a line feed.
///
/// `reading` is that of the [`GivenTokens`](super::GivenTokens) of the same sentences.
#[must_use]
pub fn of_given(sentences: &[ConlluSentence<'_>], reading: &Reading) -> String {
    let mut out = String::new();
    for (index, sentence) in sentences.iter().enumerate() {
        for comment in &sentence.comments {
            out.push_str(comment);
            out.push('\n');
        }
        let tokens = reading.sentence_tokens(index);
        let entities = entities(reading, index);
        for row in &sentence.rows {
            match row.id {
                RowId::Word(n) => given_word(&mut out, row, n, reading, tokens, &entities),
                RowId::Range(..) | RowId::Empty(..) => out.push_str(row.line),
            }
            out.push('\n');
        }
        out.push('\n');
    }
    out
}

fn given_word(
    out: &mut String,
    row: &Row<'_>,
    number: usize,
    reading: &Reading,
    tokens: &[Token],
    entities: &[&Entity],
) {
    let at = number.saturating_sub(1);
    let Some(token) = tokens.get(at) else {
        out.push_str(row.line);
        return;
    };
    let mut misc = Misc::given(row.misc);
    misc.add_entity(entities, at);
    word(out, number, row.form, reading, token);
    misc.write(out);
}

/// The columns before MISC, with the tab behind each.
fn word(out: &mut String, number: usize, form: &str, reading: &Reading, token: &Token) {
    let column = |value: &str| match value.split_whitespace().collect::<Vec<_>>().join(" ") {
        value if value.is_empty() => "_".to_owned(),
        value => value,
    };
    let (lemma, feats) = (column(reading.lemma(token)), column(reading.feats(token)));
    let upos = token.pos.name();
    _ = write!(out, "{number}\t{form}\t{lemma}\t{upos}\t_\t{feats}\t");
    _ = match token.head {
        Some(head) => write!(out, "{}\t{}\t_\t", head + 1, token.relation),
        None => write!(out, "0\troot\t_\t"),
    };
}

fn entities(reading: &Reading, sentence: usize) -> Vec<&Entity> {
    reading.entities().iter().filter(|entity| entity.sentence == sentence).collect()
}

/// `# key = value`.
fn comment(out: &mut String, key: &str, value: &str) {
    _ = writeln!(out, "# {key} = {value}");
}

/// The tokens as running text on one line.
fn spaced(text: &str, tokens: &[Token]) -> String {
    let mut out = String::new();
    for token in tokens {
        out.push_str(&unspaced(token.range.slice(text).unwrap_or_default()));
        if is_spaced(text, token.range) {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// `value` without its white space.
fn unspaced(value: &str) -> String {
    value.split_whitespace().collect()
}

/// Whether white space, or nothing, follows `range` in `text`. Invisible characters between tokens count as nothing.
fn is_spaced(text: &str, range: TextRange) -> bool {
    let rest = text.get(range.end()..).unwrap_or_default();
    let next = rest.chars().find(|c| !matches!(c, '\u{200b}' | '\u{feff}'));
    next.is_none_or(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_seen_behind_invisible_characters() {
        let text = "a\u{200b}b\u{200b} c\u{a0}d.";
        let spaced = |word: &str| is_spaced(text, TextRange::of(text, word).unwrap());
        let words: Vec<&str> = text.split(['\u{200b}', ' ', '\u{a0}']).collect();
        let found: Vec<bool> =
            words.iter().filter(|word| !word.is_empty()).map(|w| spaced(w)).collect();
        assert_eq!(found, [false, true, true, true]);
        assert!(!spaced(words.last().unwrap().split_at(1).0));
    }

    #[test]
    fn ids_hold_no_white_space() {
        assert_eq!(sentence_id("wire 7\n", 0), "wire_7-1");
    }
}
