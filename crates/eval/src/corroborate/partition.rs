//! Two partitions of the same documents, compared: B-cubed, MUC, CEAF with entities' similarity φ4, and their mean, which
//! CoNLL-2012 ranked systems by.

use std::collections::{BTreeMap, BTreeSet};

/// Precision, recall and their harmonic mean, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Prf {
    /// Precision.
    pub precision: f64,
    /// Recall.
    pub recall: f64,
}

impl Prf {
    /// The harmonic mean; 0 of nothing.
    #[must_use]
    pub fn f1(self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// The scores of a partition against gold.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Scores {
    /// Mean over documents of the share of its group that is of its gold group, and the other way round
    /// (Bagga and Baldwin 1998).
    pub b_cubed: Prf,
    /// Links that would have to be added or cut (Vilain et al. 1995); 0 where all groups are of one document.
    pub muc: Prf,
    /// Groups aligned one to one (Luo 2005, φ4).
    pub ceaf: Prf,
    /// Number of documents.
    pub documents: usize,
    /// Gold groups.
    pub gold_groups: usize,
    /// Groups found.
    pub groups: usize,
}

impl Scores {
    /// The mean of the three F1, CoNLL-2012's score.
    #[must_use]
    pub fn conll(&self) -> f64 {
        (self.b_cubed.f1() + self.muc.f1() + self.ceaf.f1()) / 3.0
    }
}

/// Compares the groups that documents are in: (gold group, found group) of each document.
#[must_use]
pub fn score(pairs: &[(String, String)]) -> Scores {
    let mut gold: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    let mut found: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, (g, f)) in pairs.iter().enumerate() {
        gold.entry(g).or_default().insert(at);
        found.entry(f).or_default().insert(at);
    }
    let gold: Vec<BTreeSet<usize>> = gold.into_values().collect();
    let found: Vec<BTreeSet<usize>> = found.into_values().collect();
    Scores {
        b_cubed: Prf { precision: b_cubed(&found, &gold), recall: b_cubed(&gold, &found) },
        muc: Prf { precision: muc(&found, &gold), recall: muc(&gold, &found) },
        ceaf: ceaf(&found, &gold),
        documents: pairs.len(),
        gold_groups: gold.len(),
        groups: found.len(),
    }
}

/// The mean over documents of the share of its group in `of` that shares its group in `by`.
fn b_cubed(of: &[BTreeSet<usize>], by: &[BTreeSet<usize>]) -> f64 {
    let documents: usize = of.iter().map(BTreeSet::len).sum();
    let mut sum = 0.0;
    for group in of {
        for other in by {
            let both = float(group.intersection(other).count());
            sum += both * both / float(group.len());
        }
    }
    sum / float(documents.max(1))
}

/// The share of the links of `of` that `by` has too.
fn muc(of: &[BTreeSet<usize>], by: &[BTreeSet<usize>]) -> f64 {
    let (mut kept, mut all) = (0, 0);
    for group in of {
        let parts = by.iter().filter(|other| !group.is_disjoint(other)).count();
        kept += group.len() - parts.min(group.len());
        all += group.len() - 1;
    }
    if all == 0 { 0.0 } else { float(kept) / float(all) }
}

fn ceaf(found: &[BTreeSet<usize>], gold: &[BTreeSet<usize>]) -> Prf {
    let like = |a: &BTreeSet<usize>, b: &BTreeSet<usize>| {
        2.0 * float(a.intersection(b).count()) / float((a.len() + b.len()).max(1))
    };
    let total = best_pairing(found, gold, like);
    Prf { precision: total / float(found.len().max(1)), recall: total / float(gold.len().max(1)) }
}

/// The greatest sum of likeness over one-to-one pairings, part by part of what overlaps, by the Hungarian method.
fn best_pairing(
    left: &[BTreeSet<usize>],
    right: &[BTreeSet<usize>],
    like: impl Fn(&BTreeSet<usize>, &BTreeSet<usize>) -> f64,
) -> f64 {
    let n = left.len().max(right.len());
    let cost = |row: usize, column: usize| -> f64 {
        match (left.get(row), right.get(column)) {
            (Some(a), Some(b)) => -like(a, b),
            _ => 0.0,
        }
    };
    let mut of_column: Vec<Option<usize>> = vec![None; n + 1];
    let (mut u, mut v) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    for row in 0..n {
        augment(row, n, &cost, &mut of_column, &mut u, &mut v);
    }
    let pairs = of_column
        .iter()
        .take(n)
        .enumerate()
        .filter_map(|(column, row)| row.map(|row| (row, column)));
    pairs.map(|(row, column)| -cost(row, column)).sum()
}

/// Finds a column for `row` along a shortest path; the last place of the lists is the root's.
fn augment(
    row: usize,
    n: usize,
    cost: &impl Fn(usize, usize) -> f64,
    of_column: &mut [Option<usize>],
    u: &mut [f64],
    v: &mut [f64],
) {
    let get = |list: &[f64], at: usize| list.get(at).copied().unwrap_or(0.0);
    let (mut least, mut before, mut used) =
        (vec![f64::INFINITY; n + 1], vec![n; n + 1], vec![false; n + 1]);
    let mut column = n;
    if let Some(root) = of_column.get_mut(n) {
        *root = Some(row);
    }
    while let Some(here) = of_column.get(column).copied().flatten() {
        if let Some(flag) = used.get_mut(column) {
            *flag = true;
        }
        let (mut delta, mut next) = (f64::INFINITY, n);
        for other in 0..n {
            if used.get(other).copied().unwrap_or(true) {
                continue;
            }
            let reduced = cost(here, other) - get(u, here) - get(v, other);
            if reduced < get(&least, other) {
                set(&mut least, other, reduced);
                if let Some(slot) = before.get_mut(other) {
                    *slot = column;
                }
            }
            if get(&least, other) < delta {
                (delta, next) = (get(&least, other), other);
            }
        }
        for other in 0..=n {
            if used.get(other).copied().unwrap_or(false) {
                if let Some(held) = of_column.get(other).copied().flatten() {
                    set(u, held, get(u, held) + delta);
                }
                set(v, other, get(v, other) - delta);
            } else {
                let lower = get(&least, other) - delta;
                set(&mut least, other, lower);
            }
        }
        column = next;
    }
    while column != n {
        let from = before.get(column).copied().unwrap_or(n);
        let moved = of_column.get(from).copied().flatten();
        if let Some(slot) = of_column.get_mut(column) {
            *slot = moved;
        }
        column = from;
    }
    if let Some(root) = of_column.get_mut(n) {
        *root = None;
    }
}

fn set(list: &mut [f64], at: usize, value: f64) {
    if let Some(slot) = list.get_mut(at) {
        *slot = value;
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a corpus stay far below 2^52")]
fn float(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(list: &[(&str, &str)]) -> Vec<(String, String)> {
        list.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
    }

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 1e-9
    }

    #[test]
    fn one_partition_is_all_right() {
        let scores = score(&pairs(&[("a", "1"), ("a", "1"), ("b", "2")]));
        assert!(close(scores.conll(), 1.0), "{scores:?}");
    }

    #[test]
    fn a_split_and_a_lump_are_counted_as_by_hand() {
        // Gold {1,2,3}{4}; found {1,2}{3,4}.
        let scores = score(&pairs(&[("a", "x"), ("a", "x"), ("a", "y"), ("b", "y")]));
        assert!(close(scores.b_cubed.precision, (1.0 + 1.0 + 0.5 + 0.5) / 4.0));
        assert!(close(scores.b_cubed.recall, (2.0 / 3.0 + 2.0 / 3.0 + 1.0 / 3.0 + 1.0) / 4.0));
        assert!(close(scores.muc.precision, 0.5) && close(scores.muc.recall, 0.5));
        // φ4 of {1,2,3} and {1,2} is 0.8, of {4} and {3,4} two thirds.
        assert!(close(scores.ceaf.precision, f64::midpoint(0.8, 2.0 / 3.0)));
    }
}
