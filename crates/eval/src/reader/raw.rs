//! Words and entities found in raw text, against gold that stands in the same text.
//!
//! Owns the alignment: a found word is a gold word where both have the same range, and an arc is right
//! where word, head and relation are; precision is over found words, recall over gold's, as in the shared task's scorer
//! of 2018. Entities are compared by range and class.

use std::collections::HashMap;

use averment_lang::{EntityKind, Pos, Relation};
use averment_types::TextRange;

use super::score::EntityScore;
use crate::segmentation::Counts;

/// A word at its place in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placed {
    /// Where it is.
    pub range: TextRange,
    /// Part of speech.
    pub pos: Option<Pos>,
    /// Where its head is; `None` for the root.
    pub head: Option<TextRange>,
    /// How it hangs on its head; `None` for a name that the reader does not know.
    pub relation: Option<Relation>,
}

/// Scores of trees over raw text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RawTrees {
    /// Words of the right range and part of speech.
    pub upos: Counts,
    /// Words with the right head.
    pub head: Counts,
    /// Words with the right head and relation, subtype included.
    pub labelled: Counts,
}

impl RawTrees {
    /// Compares the words found in a text with gold's.
    pub fn add(&mut self, gold: &[Placed], found: &[Placed]) {
        let said: HashMap<TextRange, &Placed> = found.iter().map(|w| (w.range, w)).collect();
        let (mut upos, mut head, mut labelled) = (0, 0, 0);
        for word in gold {
            let Some(said) = said.get(&word.range) else { continue };
            let headed = word.head == said.head;
            upos += usize::from(word.pos.is_some() && word.pos == said.pos);
            head += usize::from(headed);
            let relation = word.relation.is_some() && word.relation == said.relation;
            labelled += usize::from(headed && relation);
        }
        let counts = |hits| Counts { shared: hits, found: found.len(), gold: gold.len() };
        self.upos.add(counts(upos));
        self.head.add(counts(head));
        self.labelled.add(counts(labelled));
    }
}

/// Compares the entities found in a text with gold's, by range and class.
pub fn add_entities(
    score: &mut EntityScore,
    gold: &[(TextRange, EntityKind)],
    found: &[(TextRange, EntityKind)],
) {
    for entity in found {
        let counts = score.kinds.entry(entity.1).or_default();
        counts.found += 1;
        counts.shared += usize::from(gold.contains(entity));
    }
    for (_, kind) in gold {
        score.kinds.entry(*kind).or_default().gold += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: usize, end: usize) -> TextRange {
        TextRange::new(start, end).unwrap()
    }

    fn word(start: usize, end: usize, head: Option<(usize, usize)>, relation: &str) -> Placed {
        Placed {
            range: range(start, end),
            pos: Some(Pos::Noun),
            head: head.map(|(start, end)| range(start, end)),
            relation: Relation::parse(relation),
        }
    }

    #[test]
    fn words_are_aligned_by_range_and_a_wrong_cut_costs_both_ways() {
        // "can not fly": gold has "can", "not", "fly"; found has "can not" in one and "fly".
        let gold = [
            word(0, 3, Some((8, 11)), "aux"),
            word(4, 7, Some((8, 11)), "advmod"),
            word(8, 11, None, "root"),
        ];
        let found = [word(0, 7, Some((8, 11)), "aux"), word(8, 11, None, "root")];
        let mut score = RawTrees::default();
        score.add(&gold, &found);
        let one = Counts { shared: 1, found: 2, gold: 3 };
        assert_eq!(score, RawTrees { upos: one, head: one, labelled: one });
        // A right range on a wrong head, and a right head by a wrong name.
        let found = [word(0, 3, None, "aux"), word(4, 7, Some((8, 11)), "obj")];
        let mut score = RawTrees::default();
        score.add(&gold, &found);
        assert_eq!((score.upos.shared, score.head.shared, score.labelled.shared), (2, 1, 0));
    }

    #[test]
    fn entities_are_right_by_range_and_class() {
        let mali = (range(0, 4), EntityKind::Location);
        let gold = [mali, (range(9, 12), EntityKind::Person)];
        let found = [mali, (range(9, 12), EntityKind::Norp), (range(8, 12), EntityKind::Person)];
        let mut score = EntityScore::default();
        add_entities(&mut score, &gold, &found);
        assert_eq!(score.total(), Counts { shared: 1, found: 3, gold: 2 });
    }
}
