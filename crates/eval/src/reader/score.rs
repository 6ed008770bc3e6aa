//! Counts of right words, arcs and entities.
//!
//! Owns the definitions. A word's tag, features and lemma are right when they equal gold's (a gold lemma
//! `_` asks for nothing, as in the shared task's scorer of 2018); an arc's head when it is gold's, an arc when its
//! relation is too, subtype included. An entity is right when its first and last word and its class are.

use std::collections::BTreeMap;

use averment_lang::EntityKind;

use super::gold::Marked;
use crate::segmentation::Counts;

/// `part` of `whole`, 0 where there is nothing.
#[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2^52")]
#[must_use]
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Words of trees that are right in one respect each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TreeScore {
    /// Words compared.
    pub words: usize,
    /// Right part of speech.
    pub upos: usize,
    /// Right features, the whole set.
    pub feats: usize,
    /// Right lemma.
    pub lemma: usize,
    /// Right head.
    pub head: usize,
    /// Right head and relation with its subtype.
    pub labelled: usize,
    /// Right head and relation, subtypes left aside.
    pub universal: usize,
}

impl TreeScore {
    /// Compares what was found of a sentence's words with gold, word by word; a word that was not found
    /// is wrong.
    pub fn add(&mut self, gold: &Marked, found: &Marked) {
        self.add_where(gold, found, |_| true);
    }

    /// The same over those words alone whose number `counts`.
    pub fn add_where(&mut self, gold: &Marked, found: &Marked, counts: impl Fn(usize) -> bool) {
        for (at, word) in gold.words.iter().enumerate() {
            let Some(gold) = word.node.as_ref().filter(|_| counts(at)) else { continue };
            self.words += 1;
            let Some(found) = found.words.get(at).and_then(|word| word.node.as_ref()) else {
                continue;
            };
            self.upos += usize::from(gold.pos.is_some() && gold.pos == found.pos);
            self.feats += usize::from(gold.feats == found.feats);
            self.lemma += usize::from(gold.lemma == "_" || gold.lemma == found.lemma);
            let head = gold.head == found.head;
            let (asked, said) = (gold.relation, found.relation);
            self.head += usize::from(head);
            self.labelled += usize::from(head && asked.is_some() && asked == said);
            let plain = asked.zip(said).is_some_and(|(a, s)| a.universal == s.universal);
            self.universal += usize::from(head && plain);
        }
    }

    /// Labelled attachment score, 0 to 1.
    #[must_use]
    pub fn las(&self) -> f64 {
        share(self.labelled, self.words)
    }
}

/// Entities by class.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntityScore {
    /// The classes that gold or the reader named.
    pub kinds: BTreeMap<EntityKind, Counts>,
}

impl EntityScore {
    /// Compares the entities found in a sentence with gold's.
    pub fn add(&mut self, gold: &Marked, found: &Marked) {
        for span in &found.entities {
            let counts = self.kinds.entry(span.kind).or_default();
            counts.found += 1;
            counts.shared += usize::from(gold.entities.iter().any(|g| g.same(span)));
        }
        for span in &gold.entities {
            self.kinds.entry(span.kind).or_default().gold += 1;
        }
    }

    /// All classes together.
    #[must_use]
    pub fn total(&self) -> Counts {
        let mut total = Counts::default();
        self.kinds.values().for_each(|counts| total.add(*counts));
        total
    }
}

#[cfg(test)]
mod tests {
    use averment_lang::{Pos, Relation};

    use super::super::gold::tests::marked;
    use super::super::gold::{Node, Span};
    use super::*;

    /// A sentence from `form pos feats lemma head relation` rows; heads count from 1, 0 is the root.
    fn tree(rows: &[&str]) -> Marked {
        let forms: Vec<&str> = rows.iter().filter_map(|row| row.split(' ').next()).collect();
        let mut sentence = marked(&forms.join(" "));
        for (word, row) in sentence.words.iter_mut().zip(rows) {
            let cells: Vec<&str> = row.split(' ').collect();
            word.node = Some(Node {
                pos: Pos::parse(cells[1]),
                feats: cells[2].to_owned(),
                lemma: cells[3].to_owned(),
                head: cells[4].parse::<usize>().unwrap().checked_sub(1),
                relation: Relation::parse(cells[5]),
                probability: 1.0,
            });
        }
        sentence
    }

    #[test]
    fn a_tree_with_known_errors_has_the_scores_counted_by_hand() {
        let gold = tree(&[
            "Two NUM NumType=Card two 2 nummod",
            "men NOUN Number=Plur man 4 nsubj:pass",
            "were AUX Tense=Past be 4 aux:pass",
            "killed VERB VerbForm=Part kill 0 root",
            "xx X F _ 4 dep:odd",
        ]);
        let found = tree(&[
            "Two NUM NumType=Card two 2 det",
            "men PROPN Number=Plur men 4 nsubj",
            "were AUX Tense=Past be 2 aux:pass",
            "killed VERB VerbForm=Fin kill 0 root",
            "xx X F anything 4 dep:odd",
        ]);
        let mut score = TreeScore::default();
        score.add(&gold, &found);
        let expected =
            TreeScore { words: 5, upos: 4, feats: 4, lemma: 4, head: 4, labelled: 1, universal: 2 };
        assert_eq!(score, expected);
        let mut itself = TreeScore::default();
        itself.add(&gold, &gold);
        assert_eq!((itself.head, itself.labelled), (5, 4), "an unknown relation is never right");
        score.add(&gold, &Marked::default());
        assert_eq!(score, TreeScore { words: 10, ..expected });
        assert!((score.las() - 0.1).abs() < 1e-12);
    }

    #[test]
    fn words_without_a_tree_are_not_counted() {
        let mut score = TreeScore::default();
        score.add(&marked("no tree"), &marked("no tree"));
        assert_eq!(score, TreeScore::default());
    }

    #[test]
    fn an_entity_is_right_in_span_and_class_or_wrong() {
        let gold = marked("Mali/Location army/Organization hit Gao/Location on Monday/Date");
        let mut found = marked("Mali/NORP army hit Gao/Location on Monday/Date");
        found.entities.push(Span { end: 4, first: 2, ..found.entities[0] });
        let mut score = EntityScore::default();
        score.add(&gold, &found);
        let counts = |kind| {
            let Counts { shared, found, gold } = score.kinds[&kind];
            (shared, found, gold)
        };
        assert_eq!(counts(EntityKind::Location), (1, 1, 2));
        assert_eq!(counts(EntityKind::Norp), (0, 2, 0));
        assert_eq!(counts(EntityKind::Organization), (0, 0, 1));
        assert_eq!(counts(EntityKind::Date), (1, 1, 1));
        let total = score.total();
        assert!((total.precision() - 0.5).abs() < 1e-12 && (total.recall() - 0.5).abs() < 1e-12);
    }
}
