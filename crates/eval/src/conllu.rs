//! Treebanks in CoNLL-U, the format of Universal Dependencies.
//!
//! Owns a plain reader of sentences with all ten columns, and the raw text of a document with the exact
//! place of every sentence and word in it. Refuses to judge the annotation: empty nodes ("8.1") are left
//! out, everything else is given as it stands.
//!
//! ```
//! let file = "# newdoc\n# sent_id = a\n# text = They left.\n\
//!     1\tThey\tthey\tPRON\tPRP\t_\t2\tnsubj\t_\t_\n\
//!     2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n\
//!     3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";
//! let sentences = averment_eval::conllu::parse(file)?;
//! assert_eq!(sentences[0].words[1].lemma, "leave");
//! let document = averment_eval::conllu::documents(&sentences).next().unwrap();
//! let raw = averment_eval::conllu::raw_text(document)?;
//! assert_eq!(raw.sentences[0].words[2].slice(&raw.text), Some("."));
//! # Ok::<(), averment_eval::conllu::ConlluError>(())
//! ```

use std::fs;
use std::path::Path;

use averment_types::TextRange;

use crate::EvalError;

/// What is wrong in a file of this format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConlluError {
    /// A line of words that has not ten columns, or whose number or head is none.
    #[error(
        "line {line} is no word: expected ten columns divided by tabs, with numbers in the first and seventh"
    )]
    Line {
        /// Its number, from 1.
        line: usize,
    },
    /// A word that does not stand where the sentence's text says.
    #[error("word {word} of sentence {sentence} does not stand in its text")]
    Word {
        /// The sentence's id.
        sentence: String,
        /// The word's number, from 1.
        word: usize,
    },
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sentence {
    /// Its id; empty where the file gives none.
    pub id: String,
    /// Its raw text.
    pub text: String,
    /// Whether it opens a document.
    pub opens_document: bool,
    /// Whether it opens a paragraph.
    pub opens_paragraph: bool,
    /// Its syntactic words, in order; the head of `words[i]` is `words[head - 1]`.
    pub words: Vec<Word>,
    /// Orthographic words that are several syntactic ones, in order.
    pub multiwords: Vec<Multiword>,
}

/// A syntactic word: the ten columns of its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Its number in the sentence, from 1.
    pub id: usize,
    /// The word as it stands.
    pub form: String,
    /// Its lemma.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// The treebank's own part of speech.
    pub xpos: String,
    /// Morphological features, "Name=Value|…" or "_".
    pub feats: String,
    /// The number of its head, 0 for the root.
    pub head: usize,
    /// Its relation to the head, with subtype.
    pub deprel: String,
    /// Enhanced dependencies.
    pub deps: String,
    /// Everything else, "Name=Value|…" or "_".
    pub misc: String,
}

/// An orthographic word that is several syntactic ones: "don't".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Multiword {
    /// The number of its first word.
    pub first: usize,
    /// The number of its last word.
    pub last: usize,
    /// The word as it stands.
    pub form: String,
    /// Its last column.
    pub misc: String,
}

/// A document's text, and where its sentences and words stand in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawText {
    /// The text: sentences with the space between them that the file tells, paragraphs with a blank line.
    pub text: String,
    /// Its sentences, in order, one for each that it was made of.
    pub sentences: Vec<RawSentence>,
}

/// Where a sentence and its words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawSentence {
    /// The sentence.
    pub range: TextRange,
    /// Its syntactic words, in order.
    pub words: Vec<TextRange>,
}

/// Reads a file.
///
/// # Errors
/// When it cannot be read, or is not of this format.
pub fn read(path: &Path) -> Result<Vec<Sentence>, EvalError> {
    let shown = || path.display().to_string();
    let text =
        fs::read_to_string(path).map_err(|source| EvalError::Read { path: shown(), source })?;
    parse(&text).map_err(|source| EvalError::Conllu { path: shown(), source })
}

/// Reads the contents of a file.
///
/// # Errors
/// [`ConlluError::Line`] at the first line that is neither comment nor word.
pub fn parse(file: &str) -> Result<Vec<Sentence>, ConlluError> {
    let mut sentences = Vec::new();
    let mut open = Sentence::default();
    for (index, line) in file.lines().enumerate() {
        if line.trim().is_empty() {
            sentences.extend(close(&mut open));
        } else if let Some(comment) = line.strip_prefix('#') {
            read_comment(&mut open, comment.trim());
        } else {
            read_line(&mut open, line).ok_or(ConlluError::Line { line: index + 1 })?;
        }
    }
    sentences.extend(close(&mut open));
    Ok(sentences)
}

fn close(open: &mut Sentence) -> Option<Sentence> {
    Some(std::mem::take(open)).filter(|sentence| !sentence.words.is_empty())
}

fn read_comment(sentence: &mut Sentence, comment: &str) {
    let (key, value) = comment.split_once('=').unwrap_or((comment, ""));
    match key.trim() {
        "sent_id" => value.trim().clone_into(&mut sentence.id),
        "text" => value.trim().clone_into(&mut sentence.text),
        "newdoc" | "newdoc id" => sentence.opens_document = true,
        "newpar" | "newpar id" => sentence.opens_paragraph = true,
        _ => {}
    }
}

fn read_line(sentence: &mut Sentence, line: &str) -> Option<()> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, xpos, feats, head, deprel, deps, misc] = columns.as_slice() else {
        return None;
    };
    if id.contains('.') {
        return Some(());
    }
    if let Some((first, last)) = id.split_once('-') {
        let (first, last) = (first.parse().ok()?, last.parse().ok()?);
        let (form, misc) = ((*form).to_owned(), (*misc).to_owned());
        sentence.multiwords.push(Multiword { first, last, form, misc });
        return Some(());
    }
    sentence.words.push(Word {
        id: id.parse().ok()?,
        form: (*form).to_owned(),
        lemma: (*lemma).to_owned(),
        upos: (*upos).to_owned(),
        xpos: (*xpos).to_owned(),
        feats: (*feats).to_owned(),
        head: head.parse().ok()?,
        deprel: (*deprel).to_owned(),
        deps: (*deps).to_owned(),
        misc: (*misc).to_owned(),
    });
    Some(())
}

impl Sentence {
    /// Whether white space stands behind it in the document.
    #[must_use]
    pub fn has_space_after(&self) -> bool {
        let last = self.words.last();
        let multiword =
            self.multiwords.last().filter(|range| Some(range.last) == last.map(|word| word.id));
        let misc = multiword.map(|range| &range.misc).or(last.map(|word| &word.misc));
        !misc.is_some_and(|misc| misc.split('|').any(|item| item == "SpaceAfter=No"))
    }

    /// Where its words stand in [`Sentence::text`].
    ///
    /// # Errors
    /// [`ConlluError::Word`] at the first word that is not found behind the one before it.
    pub fn word_ranges(&self) -> Result<Vec<TextRange>, ConlluError> {
        let mut rest = self.text.as_str();
        let place = |word: &Word| {
            let trimmed = rest.trim_start();
            let found = [rest, trimmed].into_iter().find(|s| s.starts_with(&word.form))?;
            let (form, behind) = found.split_at(word.form.len());
            rest = behind;
            TextRange::of(&self.text, form)
        };
        let ranges: Vec<Option<TextRange>> = self.words.iter().map(place).collect();
        let missing = ranges.iter().position(Option::is_none);
        match missing {
            Some(at) => Err(ConlluError::Word { sentence: self.id.clone(), word: at + 1 }),
            None => Ok(ranges.into_iter().flatten().collect()),
        }
    }
}

/// The sentences of each document, in order.
pub fn documents(sentences: &[Sentence]) -> impl Iterator<Item = &[Sentence]> {
    sentences.chunk_by(|_, next| !next.opens_document)
}

/// The raw text of a document.
///
/// # Errors
/// [`ConlluError::Word`] for a word that does not stand in its sentence's text.
pub fn raw_text(document: &[Sentence]) -> Result<RawText, ConlluError> {
    let mut raw = RawText::default();
    let mut spaced = false;
    for sentence in document {
        let gap = match (raw.text.is_empty(), sentence.opens_paragraph, spaced) {
            (true, _, _) | (false, false, false) => "",
            (false, true, _) => "\n\n",
            (false, false, true) => " ",
        };
        raw.text.push_str(gap);
        let start = raw.text.len();
        raw.text.push_str(&sentence.text);
        let missing = || ConlluError::Word { sentence: sentence.id.clone(), word: 0 };
        let words = sentence.word_ranges()?.into_iter().map(|range| range.shifted(start));
        raw.sentences.push(RawSentence {
            range: TextRange::new(start, raw.text.len()).map_err(|_| missing())?,
            words: words.collect::<Option<_>>().ok_or_else(missing)?,
        });
        spaced = sentence.has_space_after();
    }
    Ok(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, form: &str, misc: &str) -> String {
        format!("{id}\t{form}\t_\tX\t_\t_\t0\troot\t_\t{misc}\n")
    }

    #[test]
    fn multiwords_and_empty_nodes_are_no_words() {
        let file = ["# text = don't".to_owned(), "\n".to_owned()].concat()
            + &line("1-2", "don't", "SpaceAfter=No")
            + &line("1", "do", "_")
            + &line("2", "n't", "_")
            + &line("2.1", "gone", "_");
        let sentences = parse(&file).unwrap();
        assert_eq!((sentences[0].words.len(), sentences[0].multiwords[0].last), (2, 2));
        assert!(!sentences[0].has_space_after());
        let ranges = sentences[0].word_ranges().unwrap();
        assert_eq!(ranges[1].slice(&sentences[0].text), Some("n't"));
    }

    #[test]
    fn paragraphs_are_divided_by_a_blank_line() {
        let word = line("1", "Go", "_");
        let glued = line("1", "Go", "SpaceAfter=No");
        let text = "# text = Go\n";
        let file =
            format!("{text}{word}\n# newpar\n{text}{glued}\n{text}{word}\n# newdoc\n{text}{word}");
        let sentences = parse(&file).unwrap();
        let texts: Vec<String> =
            documents(&sentences).map(|document| raw_text(document).unwrap().text).collect();
        assert_eq!(texts, ["Go\n\nGoGo", "Go"]);
    }

    #[test]
    fn what_is_no_word_is_named_with_its_line() {
        assert_eq!(parse("# a\n1\tGo"), Err(ConlluError::Line { line: 2 }));
        let wrong = format!("# text = Gone\n{}", line("1", "Stay", "_"));
        let sentence = parse(&wrong).unwrap().remove(0);
        assert_eq!(
            sentence.word_ranges().unwrap_err().to_string(),
            "word 1 of sentence  does not stand in its text"
        );
    }
}
