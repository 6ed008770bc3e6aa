//! Undirected edges between members of a list, and the parts that hang together.

use std::collections::BTreeSet;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::shelf::{Backing, Name, Put, Shelf};

/// Nodes whose edges are on one page.
const PAGE: usize = 8;

/// Edges with a weight and what else is known of each, kept on both sides.
#[derive(Debug)]
pub(crate) struct Graph<E>(Shelf<Vec<(u32, E)>, PAGE>);

impl<E: Copy + Serialize + DeserializeOwned> Graph<E> {
    pub(crate) const fn new(name: Name) -> Self {
        Self(Shelf::new(name))
    }

    pub(crate) fn kept(name: Name, nodes: usize, backing: &Backing) -> Self {
        Self(Shelf::kept(name, nodes, backing))
    }

    pub(crate) fn keep(&self, put: &mut Put<'_>) {
        self.0.keep(put);
    }

    /// One more node.
    pub(crate) fn grow(&mut self) {
        self.0.push(Vec::new());
    }

    /// The edges at `node`.
    pub(crate) fn at(&self, node: u32) -> &[(u32, E)] {
        self.0.get(node).map_or(&[], Vec::as_slice)
    }

    /// Takes away all edges at `node`, on both sides; the nodes at their other ends.
    pub(crate) fn clear(&mut self, node: u32) -> Vec<u32> {
        if self.at(node).is_empty() {
            return Vec::new();
        }
        let edges = self.0.get_mut(node).map(std::mem::take).unwrap_or_default();
        let others: Vec<u32> = edges.into_iter().map(|(other, _)| other).collect();
        for other in &others {
            if let Some(list) = self.0.get_mut(*other) {
                list.retain(|(back, _)| *back != node);
            }
        }
        others
    }

    /// Adds an edge, or puts it in the place of the one between the same nodes.
    pub(crate) fn join(&mut self, a: u32, b: u32, edge: E) {
        for (from, to) in [(a, b), (b, a)] {
            if let Some(list) = self.0.get_mut(from) {
                match list.iter_mut().find(|(other, _)| *other == to) {
                    Some((_, old)) => *old = edge,
                    None => list.push((to, edge)),
                }
            }
        }
    }

    /// The parts that hang together by edges of which `holds` is true and that touch one of `nodes`; the nodes of
    /// each in rising order.
    pub(crate) fn parts(&self, nodes: &[u32], holds: impl Fn(&E) -> bool) -> Vec<Vec<u32>> {
        let mut seen: BTreeSet<u32> = BTreeSet::new();
        let mut parts = Vec::new();
        for start in nodes.iter().copied().collect::<BTreeSet<u32>>() {
            if start as usize >= self.0.len() || !seen.insert(start) {
                continue;
            }
            let mut part = vec![start];
            let mut open = vec![start];
            while let Some(node) = open.pop() {
                for (other, _) in self.at(node).iter().filter(|(_, edge)| holds(edge)) {
                    if seen.insert(*other) {
                        part.push(*other);
                        open.push(*other);
                    }
                }
            }
            part.sort_unstable();
            parts.push(part);
        }
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_found_and_edges_vanish_on_both_sides() {
        let mut graph = Graph::new(Name::Near);
        (0..5).for_each(|_| graph.grow());
        graph.join(0, 1, 5);
        graph.join(1, 2, 1);
        graph.join(3, 4, 5);
        assert_eq!(graph.parts(&[2, 0], |w| *w > 0), [vec![0, 1, 2]]);
        assert_eq!(graph.parts(&[2, 0], |w| *w > 1), [vec![0, 1], vec![2]]);
        assert_eq!(graph.clear(1).len(), 2);
        assert!(graph.at(0).is_empty());
    }
}
