//! Marked sentences: what an annotator, or a reader, says of given words.
//!
//! Owns one form for gold and for found, so that scores compare like with like, and the layout of words
//! as a text of their own, so that a perturbed sentence needs no map back. Refuses file formats.

use averment_lang::{EntityKind, Pos, Relation};
use averment_types::TextRange;

/// A word, and what is said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Word {
    /// As it is written.
    pub form: String,
    /// Whether a space follows it in the text.
    pub spaced: bool,
    /// Its place in the tree; `None` where trees are not marked.
    pub node: Option<Node>,
}

/// What is said of a word in a tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Part of speech; `None` for one that Universal Dependencies does not name.
    pub pos: Option<Pos>,
    /// Morphological features as CoNLL-U writes them, empty for none.
    pub feats: String,
    /// Lemma.
    pub lemma: String,
    /// The word that governs it, counted within the sentence; `None` for the root.
    pub head: Option<usize>,
    /// How it hangs on its head; `None` for a name that the reader does not know, which is never right.
    pub relation: Option<Relation>,
    /// Probability of head and relation together, 1 in gold.
    pub probability: f32,
}

/// An entity over words of one sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Span {
    /// Its first word.
    pub first: usize,
    /// The word behind its last one.
    pub end: usize,
    /// What it names.
    pub kind: EntityKind,
    /// Probability that span and kind are both right, 1 in gold.
    pub probability: f32,
}

impl Span {
    /// Whether both name the same words the same way.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        (self.first, self.end, self.kind) == (other.first, other.end, other.kind)
    }
}

/// A sentence.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Marked {
    /// Its words.
    pub words: Vec<Word>,
    /// Its entities, none inside another.
    pub entities: Vec<Span>,
}

impl Marked {
    /// Whether the word at `index` lies in an entity.
    #[must_use]
    pub fn in_entity(&self, index: usize) -> bool {
        self.entities.iter().any(|span| (span.first..span.end).contains(&index))
    }
}

/// A document's sentences as one text, and where in it each word stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The words with the spaces between them; sentences are parted by a space at least.
    pub text: String,
    /// For each sentence, the ranges of its words.
    pub sentences: Vec<Vec<TextRange>>,
}

/// Writes the words of `document` down as a text.
///
/// ```
/// use averment_eval::reader::gold::{Marked, Word, lay_out};
/// let word = |form: &str, spaced| Word { form: form.into(), spaced, node: None };
/// let sentence = Marked { words: vec![word("Go", false), word("!", false)], entities: vec![] };
/// let layout = lay_out(&[sentence.clone(), sentence]);
/// assert_eq!(layout.text, "Go! Go! ");
/// assert_eq!(layout.sentences[1][1].slice(&layout.text), Some("!"));
/// ```
#[must_use]
pub fn lay_out(document: &[Marked]) -> Layout {
    let mut text = String::new();
    let mut sentences = Vec::with_capacity(document.len());
    for sentence in document {
        let mut ranges = Vec::with_capacity(sentence.words.len());
        for word in &sentence.words {
            let start = text.len();
            text.push_str(&word.form);
            // A text beyond 4 GiB has no ranges; no corpus comes near.
            ranges.extend(TextRange::new(start, text.len()));
            if word.spaced {
                text.push(' ');
            }
        }
        if !text.is_empty() && !text.ends_with(' ') {
            text.push(' ');
        }
        sentences.push(ranges);
    }
    Layout { text, sentences }
}

/// Marks after which a tagged block's next sentence may begin.
const FINAL: [&str; 5] = [".", "!", "?", "...", "…"];
/// Marks that close what a sentence opened and so still belong to it.
const CLOSING: [&str; 8] = ["\"", "''", "”", "’", "'", ")", "]", "»"];

/// Splits a tagged block, which is often a whole paragraph, into sentences: behind a final mark and the
/// closing marks that follow it, where the next word begins with a capital, a digit or a mark, and no
/// entity is cut.
#[must_use]
pub fn split(block: Marked) -> Vec<Marked> {
    let cuts = starts(&block);
    let mut sentences: Vec<Marked> = Vec::new();
    let mut begins = Vec::new();
    for (at, word) in block.words.into_iter().enumerate() {
        if sentences.is_empty() || cuts.contains(&at) {
            sentences.push(Marked::default());
            begins.push(at);
        }
        if let Some(sentence) = sentences.last_mut() {
            sentence.words.push(word);
        }
    }
    for span in block.entities {
        let number = begins.partition_point(|begin| *begin <= span.first).saturating_sub(1);
        if let (Some(sentence), Some(begin)) = (sentences.get_mut(number), begins.get(number)) {
            let (first, end) = (span.first - begin, span.end - begin);
            sentence.entities.push(Span { first, end, ..span });
        }
    }
    sentences
}

/// Where the second and later sentences of a block begin.
fn starts(block: &Marked) -> Vec<usize> {
    let mut found = Vec::new();
    let mut ended = false;
    for (at, word) in block.words.iter().enumerate() {
        let form = word.form.as_str();
        if ended && !CLOSING.contains(&form) {
            let begins =
                form.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_alphabetic());
            let inside = block.entities.iter().any(|s| s.first < at && at < s.end);
            if begins && !inside {
                found.push(at);
            }
            ended = false;
        }
        ended |= FINAL.contains(&form);
    }
    found
}

/// The entities of a row of BIO tags, `B-Person`, `I-Person`, `O`; an `I` that continues nothing opens
/// an entity, as in the reader's training. `None` for a tag of another form.
///
/// ```
/// let spans = averment_eval::reader::gold::spans(&["B-Person", "I-Person", "O", "B-Date"]).unwrap();
/// assert_eq!(spans.iter().map(|s| (s.first, s.end)).collect::<Vec<_>>(), [(0, 2), (3, 4)]);
/// ```
#[must_use]
pub fn spans(tags: &[&str]) -> Option<Vec<Span>> {
    let mut found: Vec<Span> = Vec::new();
    let mut open = false;
    for (at, tag) in tags.iter().enumerate() {
        if *tag == "O" {
            open = false;
            continue;
        }
        let (position, kind) = tag.split_once('-')?;
        let kind = EntityKind::parse(kind)?;
        match (position, found.last_mut()) {
            ("I", Some(last)) if open && last.kind == kind => last.end = at + 1,
            ("B" | "I", _) => {
                found.push(Span { first: at, end: at + 1, kind, probability: 1.0 });
                open = true;
            }
            _ => return None,
        }
    }
    Some(found)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A sentence from words; `form/Kind` marks one-word entities.
    pub(crate) fn marked(words: &str) -> Marked {
        let mut sentence = Marked::default();
        for (at, word) in words.split(' ').enumerate() {
            let (form, kind) = word.split_once('/').unwrap_or((word, ""));
            sentence.words.push(Word { form: form.into(), spaced: true, node: None });
            let kind = EntityKind::parse(kind);
            sentence.entities.extend(kind.map(|kind| Span {
                first: at,
                end: at + 1,
                kind,
                probability: 1.0,
            }));
        }
        sentence
    }

    fn forms(sentence: &Marked) -> String {
        sentence.words.iter().map(|w| w.form.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn tags_become_spans() {
        let read = |tags: &[&str]| {
            spans(tags)
                .map(|s| s.iter().map(|s| (s.first, s.end, s.kind.name())).collect::<Vec<_>>())
        };
        let found = read(&["B-Person", "B-Person", "I-Person", "I-Date", "O", "I-Date", "I-Date"]);
        let expected = vec![(0, 1, "Person"), (1, 3, "Person"), (3, 4, "Date"), (5, 7, "Date")];
        assert_eq!(found, Some(expected));
        assert_eq!(read(&["B-Planet"]), None);
        assert_eq!(read(&["Person"]), None);
        assert_eq!(read(&[]), Some(vec![]));
    }

    #[test]
    fn a_block_is_split_behind_final_marks_and_their_quotes() {
        let block = marked("“ He left . ” Mali/Location wept . now 3 ? ok ! 5 came");
        let parts = split(block);
        let texts: Vec<String> = parts.iter().map(forms).collect();
        assert_eq!(texts, ["“ He left . ”", "Mali wept . now 3 ? ok !", "5 came"]);
        assert_eq!((parts[1].entities[0].first, parts[1].entities[0].end), (0, 1));
        assert!(parts[0].entities.is_empty());
    }

    #[test]
    fn an_entity_is_never_cut() {
        let mut block = marked("Yahoo ! News said .");
        block.entities.push(Span {
            first: 0,
            end: 3,
            kind: EntityKind::Organization,
            probability: 1.0,
        });
        assert_eq!(split(block).len(), 1);
    }

    #[test]
    fn words_are_found_where_they_were_laid() {
        let mut first = marked("Él se fue .");
        first.words[2].spaced = false;
        first.words[3].spaced = false;
        let layout = lay_out(&[first, Marked::default(), marked("Fin")]);
        assert_eq!(layout.text, "Él se fue. Fin ");
        let words: Vec<Vec<&str>> = layout
            .sentences
            .iter()
            .map(|s| s.iter().map(|r| r.slice(&layout.text).unwrap()).collect())
            .collect();
        assert_eq!(words, [vec!["Él", "se", "fue", "."], vec![], vec!["Fin"]]);
    }
}
