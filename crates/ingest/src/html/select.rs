//! Where on the page the article stands.
//!
//! Owns the choice of the element that holds it; refuses the choice among the blocks inside, which is
//! `judge`'s.

use super::blocks::{Block, is_prose, ratio};
use super::context::{Place, Prose};
use super::tree::Tree;

/// The running text in and before each element.
pub(super) fn prose(tree: &Tree<'_>, blocks: &[Block]) -> Vec<Prose> {
    let mut prose = vec![Prose { inside: 0, before: usize::MAX }; tree.nodes.len()];
    let mut before = 0;
    for block in blocks.iter().filter(|b| is_prose(b)) {
        if let Some(p) = prose.get_mut(block.node) {
            p.inside += block.words;
            p.before = p.before.min(before);
        }
        before += block.words;
    }
    for id in (1..tree.nodes.len()).rev() {
        let (Some(mine), Some(node)) = (prose.get(id).copied(), tree.node(id)) else { continue };
        if let Some(outer) = prose.get_mut(node.parent) {
            outer.inside += mine.inside;
            outer.before = outer.before.min(mine.before);
        }
    }
    prose
}

/// The sum over each element and all that it holds.
fn totals(tree: &Tree<'_>, mut own: Vec<usize>) -> Vec<usize> {
    for id in (1..tree.nodes.len()).rev() {
        let (Some(mine), Some(node)) = (own.get(id).copied(), tree.node(id)) else { continue };
        if let Some(outer) = own.get_mut(node.parent) {
            *outer += mine;
        }
    }
    own
}

fn per_node(tree: &Tree<'_>, blocks: &[Block], of: impl Fn(&Block) -> usize) -> Vec<usize> {
    let mut own = vec![0; tree.nodes.len()];
    for block in blocks {
        if let Some(sum) = own.get_mut(block.node) {
            *sum += of(block);
        }
    }
    totals(tree, own)
}

/// Longest paragraph that counts in full, in words; one endless block is no better than three.
const FULL_WORDS: usize = 90;

/// The element that holds the article, or `None` for a page without running text.
pub(super) fn article(tree: &Tree<'_>, blocks: &[Block], places: &[Place]) -> Option<usize> {
    let usable = |b: &&Block| is_prose(b) && places.get(b.node) == Some(&Place::Open);
    let mut scores = vec![0.0_f64; tree.nodes.len()];
    for block in blocks.iter().filter(usable) {
        let weight = ratio(block.words.min(FULL_WORDS), 1) * (1.0 - block.link_density());
        let own_level =
            !matches!(tree.node(block.node)?.name, "div" | "section" | "article" | "td");
        for (level, (id, _)) in
            tree.ancestors(block.node).skip(usize::from(own_level)).take(6).enumerate()
        {
            if let Some(score) = scores.get_mut(id) {
                *score += weight / ratio([1, 2, 6, 9, 12, 15].get(level).copied().unwrap_or(18), 1);
            }
        }
    }
    let chars = per_node(tree, blocks, |b| b.chars);
    let linked = per_node(tree, blocks, |b| b.linked);
    let density = |id: usize| ratio(*linked.get(id).unwrap_or(&0), *chars.get(id).unwrap_or(&0));
    let best = scores
        .iter()
        .enumerate()
        .map(|(id, score)| (id, score * (1.0 - density(id))))
        .filter(|(_, score)| *score > 0.0)
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))?;
    let words = per_node(tree, blocks, |b| if usable(&b) { b.words } else { 0 });
    Some(climb(tree, best.0, &words, &density))
}

/// Goes outward while an outer element holds clearly more of the running text without holding
/// clearly more links.
fn climb(tree: &Tree<'_>, from: usize, words: &[usize], density: &dyn Fn(usize) -> f64) -> usize {
    let held = |id: usize| words.get(id).copied().unwrap_or_default();
    let mut best = from;
    for (id, _) in tree.ancestors(from).skip(1) {
        let more = ratio(held(id), held(best).max(1));
        if more > 1.15 && density(id) < 0.3 {
            best = id;
        }
    }
    best
}
