//! The marked corpora as documents: treebanks, and newswire with entities.
//!
//! Owns what is counted: words of trees without multiword ranges and empty nodes, and tagged blocks as
//! sentences. Refuses the form of CoNLL-U, which `lang` reads, and that of the newswire, which has its own
//! module.

use std::path::Path;

use averment_lang::conllu::{self, ConlluSentence, GivenTokens};
use averment_lang::{EntityKind, Pos, Relation};
use averment_types::{RangeError, TextRange};

use super::found::plain;
use super::gold::{Marked, Node, Span, Word, spans, split};
use super::raw::Placed;
use crate::{EvalError, newswire};

/// A document of a treebank.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// Its sentences.
    pub sentences: Vec<Marked>,
    /// Its text as it was printed.
    pub text: String,
    /// Where in that text the words of each sentence stand.
    pub ranges: Vec<Vec<TextRange>>,
}

/// An article with entities.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// Its sentences, as [`split`] cuts the corpus's blocks.
    pub sentences: Vec<Marked>,
    /// Its text as it was printed.
    pub text: String,
    /// Where in that text the entities stand.
    pub entities: Vec<(TextRange, EntityKind)>,
    /// The entities that do not stand in the text as they are marked; none of them can be found.
    pub unplaced: Vec<EntityKind>,
}

/// The documents of a treebank.
///
/// # Errors
/// When a document's text would exceed 4 GiB.
pub fn trees(sentences: &[ConlluSentence<'_>]) -> Result<Vec<Tree>, RangeError> {
    conllu::documents(sentences)
        .map(|document| {
            let given = GivenTokens::of(document)?;
            let ranges = given.sentences().to_vec();
            let sentences = document.iter().zip(&ranges).map(|(s, ranges)| marked(s, ranges));
            Ok(Tree { sentences: sentences.collect(), text: given.text().to_owned(), ranges })
        })
        .collect()
}

fn marked(sentence: &ConlluSentence<'_>, ranges: &[TextRange]) -> Marked {
    let nexts = ranges.iter().skip(1).map(Some).chain([None]);
    let words = sentence.words().zip(ranges.iter().zip(nexts));
    let words = words.map(|(word, (range, next))| Word {
        form: word.form.to_owned(),
        spaced: next.is_none_or(|next| next.start() > range.end()),
        node: Some(Node {
            pos: Pos::parse(word.upos),
            feats: plain(word.feats).to_owned(),
            lemma: word.lemma.to_owned(),
            head: word.head().and_then(|head| head.checked_sub(1)),
            relation: Relation::parse(word.deprel),
            probability: 1.0,
        }),
    });
    Marked { words: words.collect(), entities: Vec::new() }
}

/// The articles of one file of the newswire corpus in `folder`: "train" or "dev".
///
/// # Errors
/// When a file cannot be read, or has a tag of another form.
pub fn articles(folder: &Path, part: &str) -> Result<Vec<Article>, EvalError> {
    newswire::read(folder, part)?.iter().map(article).collect()
}

fn article(read: &newswire::Article) -> Result<Article, EvalError> {
    let mut article = Article {
        sentences: Vec::new(),
        text: read.text.clone(),
        entities: Vec::new(),
        unplaced: Vec::new(),
    };
    for block in &read.blocks {
        let tags: Vec<&str> = block.iter().map(|token| token.tag.as_str()).collect();
        let entities = spans(&tags).ok_or_else(|| EvalError::Malformed {
            path: read.name.clone(),
            met: format!("expected BIO tags of the nine classes, met {}", tags.join(" ")),
        })?;
        for span in &entities {
            match place(block, *span) {
                Some(range) => article.entities.push((range, span.kind)),
                None => article.unplaced.push(span.kind),
            }
        }
        let nexts = block.iter().skip(1).map(Some).chain([None]);
        let words = block.iter().zip(nexts).map(|(token, next)| {
            let ranges = token.range.zip(next.and_then(|next| next.range));
            let spaced = ranges.is_none_or(|(range, next)| next.start() > range.end());
            Word { form: token.form.clone(), spaced, node: None }
        });
        article.sentences.extend(split(Marked { words: words.collect(), entities }));
    }
    Ok(article)
}

/// Where an entity stands, from its first token to its last; `None` where one of these has no place.
fn place(block: &[newswire::Tagged], span: Span) -> Option<TextRange> {
    let (first, last) =
        (block.get(span.first)?.range?, block.get(span.end.checked_sub(1)?)?.range?);
    Some(first.cover(last))
}

impl Tree {
    /// Gold's words where they stand in the text.
    #[must_use]
    pub fn placed(&self) -> Vec<Placed> {
        let mut words = Vec::new();
        for (sentence, ranges) in self.sentences.iter().zip(&self.ranges) {
            for (word, range) in sentence.words.iter().zip(ranges) {
                words.extend(word.node.as_ref().map(|node| Placed {
                    range: *range,
                    pos: node.pos,
                    head: node.head.and_then(|head| ranges.get(head)).copied(),
                    relation: node.relation,
                }));
            }
        }
        words
    }
}

#[cfg(test)]
mod tests {
    use super::super::raw::RawTrees;
    use super::super::score::TreeScore;
    use super::*;
    use crate::segmentation::Counts;

    const GOLD: &str = "\
# newdoc id = a
# text = We can't go.
1\tWe\twe\tPRON\t_\tCase=Nom\t4\tnsubj\t_\t_
2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_
2\tca\tcan\tAUX\t_\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\t_\t_\t4\tadvmod\t_\t_
3.1\tnow\tnow\tADV\t_\t_\t_\t_\t_\t_
4\tgo\tgo\tVERB\t_\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
5\t.\t.\tPUNCT\t_\t_\t4\tpunct\t_\t_

# newdoc
# text = Stay!
1\tStay\tstay\tVERB\t_\t_\t0\troot\t_\tSpaceAfter=No
2\t!\t!\tPUNCT\t_\t_\t1\tpunct\t_\t_
";

    fn read(file: &str) -> Vec<Tree> {
        trees(&conllu::parse(file).unwrap()).unwrap()
    }

    #[test]
    fn ranges_and_empty_nodes_are_no_words_and_documents_are_kept_apart() {
        let gold = read(GOLD);
        let forms: Vec<Vec<(&str, bool)>> = gold
            .iter()
            .flat_map(|tree| &tree.sentences)
            .map(|s| s.words.iter().map(|w| (w.form.as_str(), w.spaced)).collect())
            .collect();
        let first = [("We", true), ("ca", false), ("n't", true), ("go", false), (".", true)];
        assert_eq!(forms, [first.to_vec(), vec![("Stay", false), ("!", true)]]);
        assert_eq!((gold[0].text.as_str(), gold[1].text.as_str()), ("We can't go.", "Stay!"));
    }

    #[test]
    fn a_treebank_with_known_errors_has_a_known_las() {
        // One wrong relation, one wrong head, one wrong tag among seven words.
        let bad = GOLD
            .replace("4\tadvmod", "4\tdiscourse")
            .replace("PUNCT\t_\t_\t4\tpunct", "SYM\t_\t_\t1\tpunct");
        let (gold, found) = (read(GOLD), read(&bad));
        let (mut given, mut raw) = (TreeScore::default(), RawTrees::default());
        for (gold, found) in gold.iter().zip(&found) {
            for (gold, found) in gold.sentences.iter().zip(&found.sentences) {
                given.add(gold, found);
            }
            raw.add(&gold.placed(), &found.placed());
        }
        assert_eq!((given.words, given.upos, given.head, given.labelled), (7, 6, 6, 5));
        assert_eq!((given.feats, given.lemma), (7, 7));
        assert_eq!(raw.labelled, Counts { shared: 5, found: 7, gold: 7 });
        assert_eq!(raw.head.shared, 6);
    }

    #[test]
    fn an_article_has_its_entities_in_sentences_and_in_the_text() {
        let tagged = |form: &str, tag: &str, place: Option<(usize, usize)>| newswire::Tagged {
            form: form.to_owned(),
            tag: tag.to_owned(),
            inner: Vec::new(),
            range: place.map(|(start, end)| TextRange::new(start, end).unwrap()),
        };
        let mut read = newswire::Article {
            name: "a.txt".to_owned(),
            text: "He fled. El Fasher fell".to_owned(),
            blocks: vec![vec![
                tagged("He", "O", Some((0, 2))),
                tagged("fled", "O", Some((3, 7))),
                tagged(".", "O", Some((7, 8))),
                tagged("El", "B-Location", Some((9, 11))),
                tagged("Fasher", "I-Location", Some((12, 18))),
                tagged("fell", "B-Misc", None),
            ]],
        };
        let made = article(&read).unwrap();
        let sizes: Vec<usize> = made.sentences.iter().map(|s| s.words.len()).collect();
        assert_eq!(sizes, [3, 3]);
        assert!(!made.sentences[0].words[1].spaced && made.sentences[0].words[0].spaced);
        assert_eq!(
            (made.sentences[1].entities[0].first, made.sentences[1].entities[0].end),
            (0, 2)
        );
        let named: Vec<Option<&str>> =
            made.entities.iter().map(|(r, _)| r.slice(&made.text)).collect();
        assert_eq!(named, [Some("El Fasher")]);
        assert_eq!(made.unplaced, [EntityKind::Misc]);
        read.blocks[0][0].tag = "B-Planet".to_owned();
        assert!(article(&read).unwrap_err().to_string().contains("B-Planet"));
    }
}
