//! One reader over all sets.
//!
//! Owns which score is taken on which set; the definitions are in the modules beside it.

use std::path::{Path, PathBuf};

use averment_lang::{Reader, ReaderKind, conllu};
use averment_types::RangeError;

use super::calibration::Calibration;
use super::corpus::{self, Article, Tree};
use super::found::{named, placed, read_given};
use super::gold::Marked;
use super::perturb::{Roughness, changed};
use super::raw::{RawTrees, add_entities};
use super::re3d::{self, Re3dScore};
use super::score::{EntityScore, TreeScore};
use super::wire::{self, Case, WireScore};
use crate::segmentation::{self, NewswireScores, TreebankScores};
use crate::{EvalError, newswire};

/// What is read.
pub(super) struct Sets {
    /// UD-EWT test, GUM test and GENTLE.
    pub(super) trees: [Treebank; 3],
    /// en-worldwide-newswire dev.
    pub(super) news: Vec<Article>,
    pub(super) news_segmentation: NewswireScores,
    /// The project's own sentences.
    pub(super) wire: Vec<Case>,
    re3d: PathBuf,
}

/// A set of trees.
pub(super) struct Treebank {
    pub(super) name: &'static str,
    pub(super) documents: Vec<Tree>,
    pub(super) segmentation: TreebankScores,
}

impl Treebank {
    fn read(name: &'static str, path: &Path) -> Result<Self, EvalError> {
        let shown = || path.display().to_string();
        let file = super::read(path)?;
        let sentences =
            conllu::parse(&file).map_err(|source| EvalError::Conllu { path: shown(), source })?;
        let large =
            |error: RangeError| EvalError::Malformed { path: shown(), met: error.to_string() };
        Ok(Self {
            name,
            documents: corpus::trees(&sentences).map_err(large)?,
            segmentation: segmentation::treebank(&sentences).map_err(large)?,
        })
    }
}

impl Sets {
    pub(super) fn read(corpora: &Path, own: &Path) -> Result<Self, EvalError> {
        let mut cases = wire::read(&own.join("wire-a.toml"))?;
        cases.extend(wire::read(&own.join("wire-b.toml"))?);
        let news = corpora.join("en-worldwide-newswire");
        Ok(Self {
            trees: [
                Treebank::read("UD-EWT test", &corpora.join("ud-ewt/test.conllu"))?,
                Treebank::read("GUM test", &corpora.join("gum/test.conllu"))?,
                Treebank::read("GENTLE", &corpora.join("gum/test2.conllu"))?,
            ],
            news: corpus::articles(&news, "dev")?,
            news_segmentation: segmentation::newswire(&newswire::read(&news, "dev")?),
            wire: cases,
            re3d: corpora.join("re3d"),
        })
    }

    /// UD-EWT test.
    pub(super) fn ewt(&self) -> &[Tree] {
        let [ewt, ..] = &self.trees;
        &ewt.documents
    }
}

/// What one reader scores.
pub(super) struct Scores {
    pub(super) kind: ReaderKind,
    pub(super) version: String,
    /// Of the treebanks, in the order of the sets.
    pub(super) trees: Vec<TreeScore>,
    pub(super) news: EntityScore,
    pub(super) rough: Vec<RoughScore>,
    pub(super) re3d: Re3dScore,
    /// UD-EWT test from raw text.
    pub(super) raw_trees: RawTrees,
    /// en-worldwide-newswire dev from raw text.
    pub(super) raw_news: EntityScore,
    /// Sentences of these two that the model failed on.
    pub(super) unread: usize,
    pub(super) wire: WireScore,
    pub(super) arcs: Calibration,
    pub(super) entities: Calibration,
}

/// One kind of roughness.
pub(super) struct RoughScore {
    pub(super) roughness: Roughness,
    /// Words changed or gone of the newswire, and of UD-EWT.
    pub(super) changed: (usize, usize),
    pub(super) news: EntityScore,
    pub(super) trees: TreeScore,
    /// The score of the text as it was over the words that are left of it.
    pub(super) plain_trees: TreeScore,
}

impl Scores {
    pub(super) fn of(kind: ReaderKind, reader: &Reader, sets: &Sets) -> Result<Self, EvalError> {
        let all = |documents: &[Tree]| -> Vec<Vec<Marked>> {
            documents.iter().map(|tree| read_given(reader, &tree.sentences)).collect()
        };
        let [ewt, gum, gentle] = sets.trees.each_ref().map(|set| all(&set.documents));
        let found = [&ewt, &gum, &gentle];
        let trees = sets.trees.iter().zip(found).map(|(set, found)| trees(&set.documents, found));
        let news: Vec<Vec<Marked>> =
            sets.news.iter().map(|article| read_given(reader, &article.sentences)).collect();
        let rough = Roughness::ALL.into_iter().map(|r| RoughScore::of(r, reader, sets, &ewt));
        let (mut arcs, mut entities) = (Calibration::default(), Calibration::default());
        for (gold, found) in sets.ewt().iter().zip(&ewt) {
            pairs(&gold.sentences, found).for_each(|(gold, found)| arcs.add_arcs(gold, found));
        }
        // The others have set the temperature (models/reader/calibrate.py).
        for (gold, found) in sets.news.iter().zip(&news).skip(1).step_by(2) {
            pairs(&gold.sentences, found).for_each(|(g, f)| entities.add_entities(g, f));
        }
        let (raw_trees, unread_trees) = raw_trees(reader, sets.ewt());
        let (raw_news, unread_news) = raw_news(reader, &sets.news);
        Ok(Self {
            kind,
            version: reader.version().to_owned(),
            trees: trees.collect(),
            news: names(&sets.news, &news),
            rough: rough.collect(),
            re3d: re3d::run(reader, &sets.re3d)?,
            raw_trees,
            raw_news,
            unread: unread_trees + unread_news,
            wire: WireScore::of(reader, &sets.wire),
            arcs,
            entities,
        })
    }
}

impl RoughScore {
    fn of(roughness: Roughness, reader: &Reader, sets: &Sets, plain: &[Vec<Marked>]) -> Self {
        let mut score = Self {
            roughness,
            changed: (0, 0),
            news: EntityScore::default(),
            trees: TreeScore::default(),
            plain_trees: TreeScore::default(),
        };
        for article in &sets.news {
            let rough = roughness.over(&article.sentences);
            score.changed.0 += changed(&article.sentences, &rough);
            let found = read_given(reader, &rough);
            pairs(&rough, &found).for_each(|(gold, found)| score.news.add(gold, found));
        }
        for (tree, plain) in sets.ewt().iter().zip(plain) {
            let rough = roughness.over(&tree.sentences);
            score.changed.1 += changed(&tree.sentences, &rough);
            let found = read_given(reader, &rough);
            pairs(&rough, &found).for_each(|(gold, found)| score.trees.add(gold, found));
            for (gold, found) in pairs(&tree.sentences, plain) {
                let keeps = roughness.keeps(gold);
                let kept = |at: usize| keeps.get(at) == Some(&true);
                score.plain_trees.add_where(gold, found, kept);
            }
        }
        score
    }
}

fn pairs<'a>(
    gold: &'a [Marked],
    found: &'a [Marked],
) -> impl Iterator<Item = (&'a Marked, &'a Marked)> {
    gold.iter().zip(found)
}

fn trees(gold: &[Tree], found: &[Vec<Marked>]) -> TreeScore {
    let mut score = TreeScore::default();
    for (tree, found) in gold.iter().zip(found) {
        pairs(&tree.sentences, found).for_each(|(gold, found)| score.add(gold, found));
    }
    score
}

fn names(gold: &[Article], found: &[Vec<Marked>]) -> EntityScore {
    let mut score = EntityScore::default();
    for (article, found) in gold.iter().zip(found) {
        pairs(&article.sentences, found).for_each(|(gold, found)| score.add(gold, found));
    }
    score
}

/// The score, and the sentences that the model failed on.
fn raw_trees(reader: &Reader, gold: &[Tree]) -> (RawTrees, usize) {
    let (mut score, mut unread) = (RawTrees::default(), 0);
    for tree in gold {
        let reading = reader.read_text(&tree.text);
        score.add(&tree.placed(), &placed(&reading));
        unread += reading.unread();
    }
    (score, unread)
}

/// The score, and the sentences that the model failed on.
fn raw_news(reader: &Reader, gold: &[Article]) -> (EntityScore, usize) {
    let (mut score, mut unread) = (EntityScore::default(), 0);
    for article in gold {
        let reading = reader.read_text(&article.text);
        add_entities(&mut score, &article.entities, &named(&reading));
        for kind in &article.unplaced {
            score.kinds.entry(*kind).or_default().gold += 1;
        }
        unread += reading.unread();
    }
    (score, unread)
}
