//! A report's sentences as the sieve sees them: words, trees and names.

use std::ops::Range;

use averment_lang::{Dep, EntityKind, Pos, Reading, Subtype, Token};
use averment_types::TextRange;

use crate::tree::Tree;

/// A sentence.
pub(crate) struct Words<'a> {
    reading: &'a Reading,
    tokens: &'a [Token],
    /// The words as they are written.
    written: Vec<&'a str>,
    /// The words in lower case.
    lower: Vec<&'a str>,
    pub(crate) tree: Tree,
    /// The names that the reader marked.
    pub(crate) names: Vec<(Range<usize>, EntityKind)>,
    /// Whether the reader read it.
    pub(crate) read: bool,
}

impl<'a> Words<'a> {
    /// All sentences of `reading`, which was made of `text`.
    pub(crate) fn all(text: &'a str, reading: &'a Reading) -> Vec<Self> {
        let mut names: Vec<Vec<(Range<usize>, EntityKind)>> =
            vec![Vec::new(); reading.sentences().len()];
        for entity in reading.entities() {
            if let Some(of) = names.get_mut(entity.sentence) {
                of.push((entity.first..entity.end, entity.kind));
            }
        }
        names
            .into_iter()
            .enumerate()
            .map(|(index, names)| {
                let tokens = reading.sentence_tokens(index);
                let lower: Vec<&str> = tokens.iter().map(|t| reading.lower(t)).collect();
                Self {
                    reading,
                    tokens,
                    written: tokens
                        .iter()
                        .map(|t| t.range.slice(text).unwrap_or_default())
                        .collect(),
                    tree: Tree::of(tokens, &lower),
                    names,
                    lower,
                    read: reading.is_read(index),
                }
            })
            .collect()
    }

    /// The number of words.
    pub(crate) fn len(&self) -> usize {
        self.tokens.len()
    }

    /// The word at `at` in lower case; empty beyond either end.
    pub(crate) fn word(&self, at: usize) -> &'a str {
        self.lower.get(at).copied().unwrap_or_default()
    }

    /// The word at `at` as it is written.
    pub(crate) fn written(&self, at: usize) -> &'a str {
        self.written.get(at).copied().unwrap_or_default()
    }

    /// The lemma of the word at `at`.
    pub(crate) fn lemma(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("", |token| self.reading.lemma(token))
    }

    /// The lemma of a common noun; of a name its words in lower case.
    pub(crate) fn lemma_lower(&self, at: usize) -> &'a str {
        if self.pos(at) == Pos::Propn { self.word(at) } else { self.lemma(at) }
    }

    /// The class of the word at `at`.
    pub(crate) fn pos(&self, at: usize) -> Pos {
        self.tokens.get(at).map_or(Pos::Punct, |token| token.pos)
    }

    /// The morphology of the word at `at`.
    pub(crate) fn feats(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("_", |token| self.reading.feats(token))
    }

    /// Where the words `at` stand in the text.
    pub(crate) fn range(&self, at: &Range<usize>) -> Option<TextRange> {
        let first = self.tokens.get(at.start)?.range;
        Some(first.cover(self.tokens.get(at.end.checked_sub(1)?)?.range))
    }

    /// The word that holds the offset or begins behind it.
    pub(crate) fn at_offset(&self, offset: usize) -> usize {
        self.tokens.partition_point(|token| token.range.end() <= offset)
    }

    /// The name that holds the word at `at`.
    pub(crate) fn name(&self, at: usize) -> Option<&(Range<usize>, EntityKind)> {
        self.names.iter().find(|(tokens, _)| tokens.contains(&at))
    }

    /// The first dependent of `at` with this relation and subtype.
    pub(crate) fn child(&self, at: usize, relation: Dep, subtype: Subtype) -> Option<usize> {
        let mut children = self.tree.children(at).iter().copied();
        children.find(|child| self.tree.relation(*child).is(relation, subtype))
    }

    /// The subject of the verb or predicate at `at`, its own or the one of the verb that it is coordinated with
    /// or that controls it.
    pub(crate) fn subject(&self, at: usize) -> Option<usize> {
        let mut next = Some(at);
        for _ in 0..4 {
            let verb = next?;
            if let Some(own) = self.tree.child(verb, Dep::Nsubj) {
                return Some(own);
            }
            let shares = matches!(self.tree.dep(verb), Dep::Conj | Dep::Xcomp | Dep::Advcl);
            next = self.tree.head(verb).filter(|_| shares);
            if let Some(object) =
                next.filter(|_| self.object_acts(verb)).and_then(|up| self.tree.child(up, Dep::Obj))
            {
                return Some(object);
            }
        }
        None
    }
}

impl Words<'_> {
    /// Whether the object of the verb above is who does what the verb at `verb` says: "accused him of *lying*",
    /// "told him to *go*".
    fn object_acts(&self, verb: usize) -> bool {
        let mark = self.tree.child(verb, Dep::Mark).map(|mark| self.word(mark));
        match self.tree.dep(verb) {
            Dep::Xcomp => true,
            Dep::Advcl => matches!(mark, Some("of" | "from" | "into")),
            _ => false,
        }
    }
}
