//! The tree of one sentence: who governs whom, and which clause a word stands in.

use std::ops::Range;

use averment_lang::{Dep, Pos, Relation, Subtype, Token};

use crate::mend::{self, CutOff};

/// Makes `side` a word before `noun`, which takes its place with all that was said of both.
fn share_head(nodes: &mut [Node], side: usize, noun: usize) {
    let Some((head, relation)) = nodes.get(side).map(|node| (node.head, node.relation)) else {
        return;
    };
    let shared = [Dep::Case, Dep::Nummod, Dep::Advmod, Dep::Conj, Dep::Mark, Dep::Acl, Dep::Appos];
    for node in nodes.iter_mut() {
        if node.head == Some(side) && shared.contains(&node.relation.universal) {
            node.head = Some(noun);
        }
    }
    if let Some(node) = nodes.get_mut(noun) {
        (node.head, node.relation) = (head, relation);
    }
    if let Some(node) = nodes.get_mut(side) {
        (node.head, node.relation) = (Some(noun), Relation::plain(Dep::Compound));
    }
}

/// Whether `at` is `below` or governs it, at whatever distance. Mending must not hang a word on what hangs
/// on it: who then follows the heads would never arrive.
fn governs(nodes: &[Node], at: usize, below: usize) -> bool {
    let up = |at: &usize| nodes.get(*at).and_then(|node| node.head);
    std::iter::successors(Some(below), up).take(nodes.len()).any(|met| met == at)
}

/// Heads, relations and dependents of a sentence's tokens.
pub(crate) struct Tree {
    nodes: Vec<Node>,
}

/// Gives the verb its subject back, and makes the participle a word about that.
fn rejoin(nodes: &mut [Node], cut: &CutOff) {
    let over = nodes.get(cut.participle).map(|node| (node.head, node.relation));
    if let (Some((head, relation)), Some(verb)) = (over, nodes.get_mut(cut.verb)) {
        (verb.head, verb.relation) = (head, relation);
    }
    if let Some(node) = nodes.get_mut(cut.participle) {
        (node.head, node.relation) = (Some(cut.subject), Relation::plain(Dep::Acl));
    }
    if let Some(node) = nodes.get_mut(cut.subject) {
        (node.head, node.relation) = (Some(cut.verb), Relation::plain(Dep::Nsubj));
    }
}

struct Node {
    pos: Pos,
    head: Option<usize>,
    relation: Relation,
    children: Vec<usize>,
}

impl Tree {
    /// The tree of `tokens`, whose lower-case words are `words`.
    pub(crate) fn of(tokens: &[Token], words: &[&str]) -> Self {
        let mut nodes: Vec<Node> = tokens
            .iter()
            .map(|t| Node { pos: t.pos, head: t.head, relation: t.relation, children: Vec::new() })
            .collect();
        for at in 0..tokens.len() {
            let mended = mend::head(tokens, words, at).filter(|head| !governs(&nodes, at, *head));
            if let Some(node) = nodes.get_mut(at) {
                node.head = mended.or(node.head);
                node.relation = mend::relation(tokens, words, at).unwrap_or(node.relation);
            }
        }
        let whole = |cut: &CutOff| {
            let head = nodes.get(cut.participle).and_then(|node| node.head);
            let above = head.is_none_or(|head| !governs(&nodes, cut.verb, head));
            above && !governs(&nodes, cut.subject, cut.verb)
        };
        if let Some(cut) = mend::cut_off(tokens, words).filter(whole) {
            rejoin(&mut nodes, &cut);
        }
        for (side, noun) in mend::shared_heads(tokens, words) {
            // Where the noun has been mended away from the side, the two are no pair.
            if nodes.get(noun).is_some_and(|node| node.head == Some(side)) {
                share_head(&mut nodes, side, noun);
            }
        }
        for at in 0..nodes.len() {
            let head = nodes.get(at).and_then(|node| node.head);
            if let Some(head) = head.and_then(|head| nodes.get_mut(head)) {
                head.children.push(at);
            }
        }
        Self { nodes }
    }

    /// The token that governs `at`.
    pub(crate) fn head(&self, at: usize) -> Option<usize> {
        self.nodes.get(at)?.head
    }

    /// How token `at` hangs on its head.
    pub(crate) fn relation(&self, at: usize) -> Relation {
        self.nodes.get(at).map_or(Relation::plain(Dep::Dep), |node| node.relation)
    }

    /// The universal part of [`Tree::relation`].
    pub(crate) fn dep(&self, at: usize) -> Dep {
        self.relation(at).universal
    }

    /// The dependents of `at`, in the order of the text.
    pub(crate) fn children(&self, at: usize) -> &[usize] {
        self.nodes.get(at).map_or(&[], |node| &node.children)
    }

    /// The dependents of `at` in one of `relations`.
    pub(crate) fn children_in<'t>(
        &'t self,
        at: usize,
        relations: &'t [Dep],
    ) -> impl Iterator<Item = usize> + 't {
        self.children(at).iter().copied().filter(|child| relations.contains(&self.dep(*child)))
    }

    /// The first dependent of `at` in `relation`.
    pub(crate) fn child(&self, at: usize, relation: Dep) -> Option<usize> {
        self.children(at).iter().copied().find(|child| self.dep(*child) == relation)
    }

    /// Whether a dependent of `at` has this relation and subtype.
    pub(crate) fn has(&self, at: usize, relation: Dep, subtype: Subtype) -> bool {
        self.children(at).iter().any(|child| self.relation(*child).is(relation, subtype))
    }

    /// `at` and what it hangs on, up to the root.
    pub(crate) fn upward(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(at), |at| self.head(*at)).take(self.nodes.len())
    }

    /// The preposition of the phrase that `at` governs, which may hang on the first word of a name; of "in
    /// front of" the last word.
    pub(crate) fn case(&self, at: usize) -> Option<usize> {
        let own =
            |at: usize| self.children_in(at, &[Dep::Case]).filter(move |case| *case < at).last();
        own(at).or_else(|| self.children_in(at, &[Dep::Compound, Dep::Flat]).find_map(own))
    }

    /// All tokens below `at`, with `at`, in no order.
    pub(crate) fn subtree(&self, at: usize) -> Vec<usize> {
        let mut all = vec![at];
        let mut next = 0;
        while let Some(token) = all.get(next).copied().filter(|_| all.len() <= self.nodes.len()) {
            all.extend_from_slice(self.children(token));
            next += 1;
        }
        all
    }

    /// From the first to the last token below `at`.
    pub(crate) fn span(&self, at: usize) -> Range<usize> {
        let all = self.subtree(at);
        let first = all.iter().copied().min().unwrap_or(at);
        first..all.iter().copied().max().unwrap_or(at) + 1
    }

    /// The token in `tokens` that governs the others: the first whose head lies outside.
    pub(crate) fn top(&self, tokens: &Range<usize>) -> Option<usize> {
        let outside = |at: &usize| self.head(*at).is_none_or(|head| !tokens.contains(&head));
        tokens
            .clone()
            .find(|at| outside(at) && self.nodes.get(*at).is_some_and(|n| n.pos != Pos::Punct))
    }

    /// `at` and what is coordinated with it to its right.
    pub(crate) fn coordinated(&self, at: usize) -> Vec<usize> {
        let mut all = vec![at];
        all.extend(self.children_in(at, &[Dep::Conj]));
        all
    }

    /// Whether `at` is the head of a clause with a subject or a mark of its own.
    pub(crate) fn opens_clause(&self, at: usize) -> bool {
        let relation = self.relation(at);
        let own_subject =
            self.children_in(at, &[Dep::Nsubj, Dep::Csubj, Dep::Expl]).next().is_some();
        match relation.universal {
            Dep::Root | Dep::Ccomp | Dep::Csubj | Dep::Parataxis => true,
            Dep::Advcl | Dep::Conj => own_subject,
            Dep::Acl => relation.subtype == Some(Subtype::Relcl) || own_subject || self.set_off(at),
            _ => false,
        }
    }

    /// Whether `at` tells of a noun behind a comma: "…, established in 2011, …".
    fn set_off(&self, at: usize) -> bool {
        self.children_in(at, &[Dep::Punct]).any(|mark| mark < at)
    }

    /// The head of the clause that `at` stands in.
    pub(crate) fn clause(&self, at: usize) -> usize {
        self.upward(at).find(|token| self.opens_clause(*token)).unwrap_or(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_have_subjects_of_their_own() {
        let reader = averment_lang::Reader::shipped(averment_lang::ReaderKind::Fast).unwrap();
        let reading =
            reader.read_text("Gunmen who came from Niger attacked the town, killing two.");
        let tokens = reading.sentence_tokens(0);
        let words: Vec<&str> = tokens.iter().map(|token| reading.lower(token)).collect();
        let tree = Tree::of(tokens, &words);
        let at = |word: &str| {
            reading.sentence_tokens(0).iter().position(|t| reading.lower(t) == word).unwrap()
        };
        assert_eq!(tree.clause(at("niger")), at("came"));
        assert_eq!(tree.clause(at("killing")), at("attacked"));
        assert_eq!(tree.top(&(at("the")..at("town") + 1)), Some(at("town")));
    }
    #[test]
    fn every_word_of_a_mended_tree_hangs_on_its_root() {
        let reader = averment_lang::Reader::shipped(averment_lang::ReaderKind::Fast).unwrap();
        let reading = reader.read_text(
            "They have no right to deploy their troops and murder villagers and soldiers who guard their land. \
             Rebels tried to storm the hall, killing three and injuring twenty and wounding and maiming more. \
             Neither army controls the zone neither side holds. the state sent its men and murder squads and police.",
        );
        for sentence in 0..reading.sentences().len() {
            let tokens = reading.sentence_tokens(sentence);
            let words: Vec<&str> = tokens.iter().map(|token| reading.lower(token)).collect();
            let tree = Tree::of(tokens, &words);
            for (at, word) in words.iter().enumerate() {
                let heads = std::iter::successors(Some(at), |at| tree.head(*at));
                assert!(heads.take(tokens.len() + 1).count() <= tokens.len(), "{word}");
            }
        }
    }
}
