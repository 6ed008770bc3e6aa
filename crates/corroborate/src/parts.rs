//! The parts that a graph falls into, none so large that one more node would cost a walk over all.
//!
//! What hangs together by weak edges grows without end once there are many nodes: a chain of likenesses leads through
//! everything. So a part of too many nodes is taken apart by leaving its weakest edges out, step by step. Which part a
//! node is in depends on the graph alone, and a change of edges is followed by looking at no more than what lies around it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::graph::Graph;
use crate::shelf::{Backing, Name, Put, Shelf};

/// Edges of this strength and more make parts of so many nodes at most; else the next step does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) least: i64,
    pub(crate) most: usize,
}

impl Step {
    pub(crate) const fn new(least: i64, most: usize) -> Self {
        Self { least, most }
    }
}

/// Nodes on one page of either list.
const PAGE: usize = 64;

/// The part of each node.
#[derive(Debug)]
pub(crate) struct Parts {
    /// The least node of the part that each node is in.
    of: Shelf<u32, PAGE>,
    /// The nodes of each part, in rising order, at the least; nothing at all others.
    members: Shelf<Vec<u32>, PAGE>,
}

impl Parts {
    /// Kept under two names.
    pub(crate) const fn new([of, members]: [Name; 2]) -> Self {
        Self { of: Shelf::new(of), members: Shelf::new(members) }
    }

    pub(crate) fn kept([of, members]: [Name; 2], nodes: usize, backing: &Backing) -> Self {
        Self { of: Shelf::kept(of, nodes, backing), members: Shelf::kept(members, nodes, backing) }
    }

    pub(crate) fn keep(&self, put: &mut Put<'_>) {
        self.of.keep(put);
        self.members.keep(put);
    }

    /// One more node, in a part of its own.
    pub(crate) fn grow(&mut self) {
        let node = u32::try_from(self.of.len()).unwrap_or(u32::MAX);
        self.of.push(node);
        self.members.push(vec![node]);
    }

    /// Finds the parts around `touched` anew, the ends of all edges that changed. A part hangs together by the edges of
    /// the first of `steps` (rising) with which it is small enough. One that is too large even for the last falls into
    /// single nodes, so the last should have no limit.
    pub(crate) fn renew<E: Copy + Serialize + DeserializeOwned>(
        &mut self,
        graph: &Graph<E>,
        touched: &[u32],
        steps: &[Step],
        strength: impl Fn(&E) -> i64,
    ) -> Vec<Vec<u32>> {
        let mut open: BTreeSet<u32> = touched.iter().copied().collect();
        for node in touched {
            open.extend(self.at(*node));
        }
        let mut done: BTreeSet<u32> = BTreeSet::new();
        // The steps that are known to leave a node in too large a part.
        let mut passed: BTreeMap<u32, usize> = BTreeMap::new();
        let mut found = Vec::new();
        while let Some(start) = open.pop_first() {
            if done.contains(&start) {
                continue;
            }
            let from = passed.get(&start).copied().unwrap_or(0);
            for (nth, step) in steps.iter().enumerate().skip(from) {
                let (part, whole) =
                    around(graph, start, step.most, |edge| strength(edge) >= step.least);
                if whole {
                    // Whoever was with one of them before, and is no longer, is looked at too.
                    open.extend(part.iter().flat_map(|node| self.at(*node)));
                    done.extend(&part);
                    found.push(part);
                    break;
                }
                for node in part {
                    let known = passed.entry(node).or_insert(0);
                    *known = (*known).max(nth + 1);
                }
            }
        }
        self.set(&found);
        found
    }

    /// The nodes of the part that `node` is in.
    fn at(&self, node: u32) -> &[u32] {
        let part = self.of.get(node).and_then(|least| self.members.get(*least));
        part.map_or(&[], Vec::as_slice)
    }

    fn set(&mut self, found: &[Vec<u32>]) {
        // What is as it was is not written anew: it would have to be kept again.
        let known = |part: &&Vec<u32>| part.first().is_some_and(|least| self.at(*least) == **part);
        let other: Vec<&Vec<u32>> = found.iter().filter(|part| !known(part)).collect();
        for node in other.iter().copied().flatten() {
            if let Some(list) = self.of.get(*node).and_then(|least| self.members.get_mut(*least)) {
                list.clear();
            }
        }
        for part in other {
            let Some(least) = part.first() else {
                continue;
            };
            for node in part {
                if self.of.get(*node) != Some(least)
                    && let Some(slot) = self.of.get_mut(*node)
                {
                    *slot = *least;
                }
            }
            if let Some(list) = self.members.get_mut(*least) {
                list.clone_from(part);
            }
        }
    }
}

/// What hangs together with `start`, in rising order, and whether that is all: with more than `most` nodes it is not.
fn around<E: Copy + Serialize + DeserializeOwned>(
    graph: &Graph<E>,
    start: u32,
    most: usize,
    holds: impl Fn(&E) -> bool,
) -> (Vec<u32>, bool) {
    let mut seen: BTreeSet<u32> = [start].into();
    let mut open = vec![start];
    while let Some(node) = open.pop() {
        for (other, _) in graph.at(node).iter().filter(|(_, edge)| holds(edge)) {
            if seen.insert(*other) {
                if seen.len() > most {
                    return (seen.into_iter().collect(), false);
                }
                open.push(*other);
            }
        }
    }
    (seen.into_iter().collect(), true)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [Name; 2] = [Name::NearParts, Name::NearMembers];
    const LIMIT: usize = 128;
    const STEPS: [Step; 3] = [Step::new(1, LIMIT), Step::new(2, LIMIT), Step::new(3, usize::MAX)];

    fn all_of(parts: &Parts) -> (Vec<u32>, Vec<Vec<u32>>) {
        let of = parts.of.iter().map(|(_, least)| *least).collect();
        (of, parts.members.iter().map(|(_, list)| list.clone()).collect())
    }

    /// Parts that were found step by step are those that are found at once.
    fn assert_as_anew(parts: &Parts, graph: &Graph<i64>, nodes: u32) {
        let mut anew = Parts::new(NAMES);
        (0..nodes).for_each(|_| anew.grow());
        let all: Vec<u32> = (0..nodes).collect();
        anew.renew(graph, &all, &STEPS, |edge| *edge);
        assert_eq!(all_of(parts), all_of(&anew));
    }

    #[test]
    fn a_chain_that_grows_too_long_falls_apart_at_its_weak_edges() {
        let (mut graph, mut parts) = (Graph::new(Name::Near), Parts::new(NAMES));
        let length = u32::try_from(LIMIT * 2).unwrap();
        for node in 0..length {
            graph.grow();
            parts.grow();
            if node > 0 {
                graph.join(node - 1, node, if node % 4 == 0 { 1 } else { 2 });
                parts.renew(&graph, &[node - 1, node], &STEPS, |edge| *edge);
            }
            if node % 16 == 15 {
                assert_as_anew(&parts, &graph, node + 1);
            }
        }
        assert_eq!(parts.at(0), [0, 1, 2, 3]);
        // An edge less, and both halves are whole again.
        graph.clear(length / 2);
        let touched = [length / 2 - 1, length / 2, length / 2 + 1];
        parts.renew(&graph, &touched, &STEPS, |edge| *edge);
        assert_as_anew(&parts, &graph, length);
        assert_eq!(parts.at(0).len(), LIMIT);
    }

    #[test]
    fn any_change_of_edges_leaves_what_is_found_anew() {
        const NODES: u32 = 120;
        let steps = [Step::new(1, 8), Step::new(2, 12), Step::new(3, usize::MAX)];
        let (mut graph, mut parts) = (Graph::new(Name::Near), Parts::new(NAMES));
        let mut state = 7_u64;
        let mut below = |n: u32| {
            state = crate::hash::mix(state.wrapping_add(0x9e37_79b9_7f4a_7c15));
            u32::try_from(state % u64::from(n)).unwrap()
        };
        (0..NODES).for_each(|_| {
            graph.grow();
            parts.grow();
        });
        for _ in 0..600 {
            let node = below(NODES);
            let mut touched = graph.clear(node);
            for _ in 0..below(4) {
                let other = below(NODES);
                if other != node {
                    graph.join(node, other, i64::from(1 + below(3)));
                    touched.push(other);
                }
            }
            touched.push(node);
            parts.renew(&graph, &touched, &steps, |edge| *edge);
            let mut anew = Parts::new(NAMES);
            (0..NODES).for_each(|_| anew.grow());
            let all: Vec<u32> = (0..NODES).collect();
            anew.renew(&graph, &all, &steps, |edge| *edge);
            assert_eq!(all_of(&parts), all_of(&anew));
        }
        assert!(parts.members.iter().any(|(_, part)| part.len() > 1));
    }

    #[test]
    fn what_hangs_together_by_the_strongest_edges_is_one_part_however_large() {
        let (mut graph, mut parts) = (Graph::new(Name::Near), Parts::new(NAMES));
        for node in 0..200 {
            graph.grow();
            parts.grow();
            if node > 0 {
                graph.join(node - 1, node, 3);
                parts.renew(&graph, &[node - 1, node], &STEPS, |edge| *edge);
            }
        }
        assert_eq!(parts.at(7).len(), 200);
        assert_as_anew(&parts, &graph, 200);
    }
}
