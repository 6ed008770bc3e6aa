//! Trees: from a score for every pair of words of a sentence to the best tree with exactly one root.
//!
//! Word by word, the best head is nearly always a tree already. Where it is not, Chu-Liu/Edmonds
//! finds the best one (as Tarjan 1977: one dense matrix, O(n²) for all contractions together). Each
//! arc from the root costs more than all other arcs can make good, so that there is only one
//! (Stanojević & Cohen 2021, "A root of a problem").

use crate::chances;

/// The head of each word; the root is its own head. `scores` holds, row by row of `words` columns,
/// how well each word governs the row's word, and on the diagonal how well the word is the root.
pub(crate) fn heads(scores: &[f32], words: usize) -> Vec<usize> {
    let greedy: Vec<usize> = scores.chunks_exact(words.max(1)).map(chances::best).collect();
    if is_tree(&greedy) { greedy } else { Contraction::new(scores, words).solve() }
}

/// Whether exactly one word is its own head and every other leads to it.
pub(crate) fn is_tree(heads: &[usize]) -> bool {
    let roots = heads.iter().enumerate().filter(|(word, head)| word == *head).count();
    roots == usize::from(!heads.is_empty()) && cycle(heads, |_| true).is_none()
}

/// A cycle of two or more words among those `alive`, following their heads.
fn cycle(heads: &[usize], alive: impl Fn(usize) -> bool) -> Option<Vec<usize>> {
    let mut seen_from = vec![usize::MAX; heads.len()];
    for start in (0..heads.len()).filter(|word| alive(*word)) {
        let mut path = Vec::new();
        let mut word = start;
        while let Some(mark) = seen_from.get_mut(word) {
            if *mark == usize::MAX {
                *mark = start;
                path.push(word);
                let head = heads.get(word).copied().unwrap_or(usize::MAX);
                if head == word {
                    break;
                }
                word = head;
            } else {
                let first = path.iter().position(|on_path| *on_path == word);
                if let (true, Some(first)) = (*mark == start, first) {
                    return Some(path.split_off(first));
                }
                break;
            }
        }
    }
    None
}

/// An arc between two words of the sentence and what choosing it gains.
#[derive(Debug, Clone, Copy)]
struct Arc {
    gain: f64,
    head: usize,
    dependent: usize,
}

const NONE: Arc = Arc { gain: f64::NEG_INFINITY, head: 0, dependent: 0 };

/// The state of Chu-Liu/Edmonds. A slot is a word or what a cycle was contracted to; slot `words`
/// is the root above the sentence, which is only ever a head.
struct Contraction {
    words: usize,
    /// Best arc between two slots, row by head, column by dependent.
    arcs: Vec<Arc>,
    alive: Vec<bool>,
    /// The slot of the best head of each slot.
    best: Vec<usize>,
    /// The node of the forest of contractions that each slot stands for; nodes below `words` are words.
    node: Vec<usize>,
    /// The node that each node was contracted into.
    parent: Vec<usize>,
    /// A node made by contraction, and its members with their arcs inside the cycle.
    rounds: Vec<(usize, Vec<(usize, Arc)>)>,
}

impl Contraction {
    fn new(scores: &[f32], words: usize) -> Self {
        let finite =
            |score: f32| f64::from(if score.is_nan() { -1e6 } else { score.clamp(-1e6, 1e6) });
        let (low, high) = scores.iter().fold((f64::MAX, f64::MIN), |(low, high), score| {
            (low.min(finite(*score)), high.max(finite(*score)))
        });
        let toll = (0..=words).map(|_| high - low).sum::<f64>() + 1.0;
        let mut arcs = vec![NONE; (words + 1) * words];
        for (dependent, row) in scores.chunks_exact(words.max(1)).enumerate() {
            for (head, score) in row.iter().enumerate() {
                let root = head == dependent;
                let slot = if root { words } else { head };
                let gain = finite(*score) - if root { toll } else { 0.0 };
                if let Some(arc) = arcs.get_mut(slot * words + dependent) {
                    *arc = Arc { gain, head, dependent };
                }
            }
        }
        let all = || (0..words).collect::<Vec<_>>();
        let mut state = Self {
            words,
            arcs,
            alive: vec![true; words],
            best: all(),
            node: all(),
            parent: all(),
            rounds: Vec::new(),
        };
        state.best = (0..words).map(|slot| state.best_head(slot)).collect();
        state
    }

    fn solve(mut self) -> Vec<usize> {
        while let Some(cycle) = cycle(&self.best, |slot| self.is_alive(slot)) {
            self.contract(&cycle);
        }
        let mut entering = vec![NONE; self.parent.len()];
        for slot in (0..self.words).filter(|slot| self.is_alive(*slot)) {
            let arc = self.arc(self.best_of(slot), slot);
            set(&mut entering, self.node_of(slot), arc);
        }
        for (node, members) in self.rounds.iter().rev() {
            let outer = entering.get(*node).copied().unwrap_or(NONE);
            let entered = self.member_with(outer.dependent, *node);
            for (member, inner) in members {
                set(&mut entering, *member, if *member == entered { outer } else { *inner });
            }
        }
        entering.iter().take(self.words).map(|arc| arc.head).collect()
    }

    /// Makes one slot, the cycle's first, of the slots of `cycle`.
    fn contract(&mut self, cycle: &[usize]) {
        let Some(&made) = cycle.first() else { return };
        let inner: Vec<(usize, Arc)> =
            cycle.iter().map(|slot| (*slot, self.arc(self.best_of(*slot), *slot))).collect();
        for slot in cycle {
            set(&mut self.alive, *slot, false);
        }
        for other in 0..=self.words {
            if other < self.words && !self.is_alive(other) {
                continue;
            }
            let enters = inner.iter().map(|(member, inside)| {
                let arc = self.arc(other, *member);
                Arc { gain: arc.gain - inside.gain, ..arc }
            });
            let (enters, leaves) =
                (highest(enters), highest(cycle.iter().map(|member| self.arc(*member, other))));
            set(&mut self.arcs, other * self.words + made, enters);
            if other < self.words {
                set(&mut self.arcs, made * self.words + other, leaves);
                if cycle.contains(&self.best_of(other)) {
                    set(&mut self.best, other, made);
                }
            }
        }
        let node = self.parent.len();
        self.parent.push(node);
        let members: Vec<_> = inner.iter().map(|(slot, arc)| (self.node_of(*slot), *arc)).collect();
        for (member, _) in &members {
            set(&mut self.parent, *member, node);
        }
        self.rounds.push((node, members));
        set(&mut self.node, made, node);
        set(&mut self.alive, made, true);
        let best = self.best_head(made);
        set(&mut self.best, made, best);
    }

    fn best_head(&self, slot: usize) -> usize {
        let mut best = (self.words, self.arc(self.words, slot).gain);
        for head in (0..self.words).filter(|head| *head != slot && self.is_alive(*head)) {
            let gain = self.arc(head, slot).gain;
            if gain > best.1 {
                best = (head, gain);
            }
        }
        best.0
    }

    /// The member of `node` that holds `word`.
    fn member_with(&self, word: usize, node: usize) -> usize {
        let mut at = word;
        while let Some(up) = self.parent.get(at).filter(|up| **up != node && **up != at) {
            at = *up;
        }
        at
    }

    fn arc(&self, head: usize, dependent: usize) -> Arc {
        if dependent >= self.words {
            return NONE;
        }
        self.arcs.get(head * self.words + dependent).copied().unwrap_or(NONE)
    }

    fn is_alive(&self, slot: usize) -> bool {
        self.alive.get(slot).copied().unwrap_or_default()
    }

    fn best_of(&self, slot: usize) -> usize {
        self.best.get(slot).copied().unwrap_or(self.words)
    }

    fn node_of(&self, slot: usize) -> usize {
        self.node.get(slot).copied().unwrap_or(slot)
    }
}

fn set<T>(values: &mut [T], at: usize, value: T) {
    if let Some(place) = values.get_mut(at) {
        *place = value;
    }
}

fn highest(arcs: impl Iterator<Item = Arc>) -> Arc {
    arcs.reduce(|best, arc| if arc.gain > best.gain { arc } else { best }).unwrap_or(NONE)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn total(scores: &[f32], heads: &[usize]) -> f64 {
        heads
            .iter()
            .enumerate()
            .map(|(word, head)| f64::from(scores[word * heads.len() + head]))
            .sum()
    }

    /// The highest sum of any tree, by trying every choice of heads.
    fn best_by_trial(scores: &[f32], words: usize) -> f64 {
        let choices = words.pow(u32::try_from(words).unwrap());
        let trees = (0..choices).filter_map(|mut code| {
            let heads: Vec<usize> = (0..words)
                .map(|_| {
                    let head = code % words;
                    code /= words;
                    head
                })
                .collect();
            is_tree(&heads).then(|| total(scores, &heads))
        });
        trees.fold(f64::MIN, f64::max)
    }

    #[test]
    fn trees_have_one_root_and_no_cycle() {
        assert!(is_tree(&[]) && is_tree(&[0]) && is_tree(&[1, 1, 1, 2]));
        assert!(!is_tree(&[0, 1]), "two roots");
        assert!(!is_tree(&[0, 2, 1]), "a cycle beside the tree");
        assert!(!is_tree(&[1, 2, 0]), "no root");
    }

    #[test]
    fn a_root_that_is_best_for_two_words_goes_to_one() {
        // Both would be root; word 1 loses less as a dependent.
        assert_eq!(heads(&[9.0, 0.0, 8.0, 9.0], 2), [0, 0]);
    }

    #[test]
    fn long_sentences_of_equal_or_endless_scores_still_are_trees() {
        for words in [1, 2, 50, 384] {
            for score in [0.0, f32::NAN, f32::INFINITY, f32::NEG_INFINITY, f32::MAX] {
                assert!(is_tree(&heads(&vec![score; words * words], words)), "{words} {score}");
            }
            // Every word would hang on its neighbour, in a ring.
            let ring: Vec<f32> = (0..words * words)
                .map(|at| if at % words == (at / words + 1) % words { 5.0 } else { 0.0 })
                .collect();
            assert!(is_tree(&heads(&ring, words)));
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn no_tree_is_better((words, scores) in (1_usize..=5).prop_flat_map(|n| {
            (Just(n), prop_oneof![
                prop::collection::vec(-9.0_f32..9.0, n * n),
                prop::collection::vec((0_i8..4).prop_map(f32::from), n * n),
            ])
        })) {
            for found in [heads(&scores, words), Contraction::new(&scores, words).solve()] {
                prop_assert!(is_tree(&found), "{found:?}");
                prop_assert!((total(&scores, &found) - best_by_trial(&scores, words)).abs() < 1e-6);
            }
        }

        #[test]
        fn large_ones_are_trees(scores in prop::collection::vec(-9.0_f32..9.0, 40 * 40)) {
            prop_assert!(is_tree(&Contraction::new(&scores, 40).solve()));
        }
    }
}
