//! Fits the weights of a ranker of places or times to what annotators chose.
//!
//! Owns the fit: a softmax over the candidates of a sentence and "none", by `AdaGrad`, with a bias of each
//! source for "none", since its annotators differ in what they leave out, and a fit without each source in turn, scored on that
//! source. What the reader hears is weighed last, all else standing, on texts that it was not taught on: elsewhere it knows gold by heart.
//! Refuses to look for candidates.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Passes over the examples.
const PASSES: usize = 8;
/// So often a pass the weights are counted into the mean.
const SNAPSHOTS: usize = 8;
/// Facts seen in fewer examples have no weight.
const SEEN: usize = 60;
/// The step of `AdaGrad`.
const STEP: f64 = 0.3;
/// Pull of each weight toward 0, a step; the few of what is heard need none.
const PULL: f64 = 0.015;
/// Added to the mean of the sources' scores for "none" where the type of the event is not known: less than 0, for where gold has
/// no place, the sentence often names one.
const NONE: f64 = -0.35;

/// What an example may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// To learn from and to score.
    All,
    /// To learn from, but for what is heard: the reader was taught on the text.
    Taught,
    /// To score: its source leaves out too much.
    Scored,
}

/// A trigger with its candidates.
pub(crate) struct Example<'c> {
    pub(crate) source: &'c str,
    /// Whether the type of the event is known, as in the project's own annotations.
    pub(crate) typed: bool,
    /// Whether gold has one of the sort asked for, be it among the candidates or not.
    pub(crate) stated: bool,
    pub(crate) used: Use,
    /// The facts of each candidate, and whether it is gold's.
    pub(crate) options: Vec<(&'c [String], bool)>,
}

impl Example<'_> {
    /// Whether something can be learnt: there is a choice, and what gold has is in it.
    fn teaches(&self) -> bool {
        let found = self.options.iter().any(|(_, right)| *right);
        !self.options.is_empty() && (found || !self.stated) && self.used != Use::Scored
    }
}

/// A weight and the sum of the squares of its steps.
#[derive(Debug, Clone, Copy, Default)]
struct Weight {
    value: f64,
    squares: f64,
}

impl Weight {
    fn step(&mut self, slope: f64, pull: f64) {
        let slope = slope + pull * self.value;
        self.squares += slope * slope;
        self.value -= STEP * slope / (self.squares + 1e-6).sqrt();
    }
}

/// The weights of facts, and of "none" for each source; whether the source's types are known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    none: BTreeMap<String, (bool, Weight)>,
    weights: BTreeMap<String, Weight>,
}

impl Model {
    fn score(&self, facts: &[String]) -> f64 {
        facts.iter().filter_map(|fact| self.weights.get(fact)).map(|w| w.value).sum()
    }

    /// The score of "none" where the type of the event is known or is not.
    #[expect(clippy::cast_precision_loss, reason = "there are few sources")]
    fn mean_none(&self, typed: bool) -> f64 {
        let values = self.none.values().filter(|(known, _)| *known == typed).map(|(_, w)| w.value);
        let (count, sum) = values.fold((0_usize, 0.0), |(n, sum), value| (n + 1, sum + value));
        sum / count.max(1) as f64 + if typed { 0.0 } else { NONE }
    }

    fn none(&mut self, example: &Example<'_>) -> &mut Weight {
        let fresh = (example.typed, Weight::default());
        &mut self.none.entry(example.source.to_owned()).or_insert(fresh).1
    }

    /// Takes a step on an example; only weights of the facts that `open` is true of move.
    fn learn(&mut self, example: &Example<'_>, open: fn(&str) -> bool) {
        let mut scores: Vec<f64> = example.options.iter().map(|(f, _)| self.score(f)).collect();
        scores.push(self.none(example).value);
        let highest = scores.iter().copied().fold(f64::MIN, f64::max);
        let sum: f64 = scores.iter().map(|s| (s - highest).exp()).sum();
        let shares: Vec<f64> = scores.iter().map(|s| (s - highest).exp() / sum).collect();
        let right =
            |at: usize| example.options.get(at).map_or(!example.stated, |(_, right)| *right);
        let good: f64 =
            shares.iter().enumerate().filter(|(at, _)| right(*at)).map(|(_, s)| s).sum();
        for (at, share) in shares.iter().enumerate() {
            let slope = share - if right(at) { share / good.max(1e-12) } else { 0.0 };
            match example.options.get(at) {
                None => self.none(example).step(slope, 0.0),
                Some((facts, _)) => {
                    for fact in facts.iter().filter(|fact| open(fact)) {
                        if let Some(weight) = self.weights.get_mut(fact) {
                            weight.step(slope, if is_heard(fact) { 0.0 } else { PULL });
                        }
                    }
                }
            }
        }
    }

    /// Learns from all examples some times over; the weights are the mean of those after the later passes, which hangs less on the order.
    fn walk(&mut self, examples: &[&Example<'_>], open: fn(&str) -> bool) {
        let mut sums: BTreeMap<String, f64> = BTreeMap::new();
        let mut nones: BTreeMap<String, f64> = BTreeMap::new();
        let mut counted = 0.0;
        for pass in 0..PASSES {
            for at in 0..examples.len() {
                // In another order each time: the stride is a prime.
                let next = (at * 7919 + pass * 104_729) % examples.len();
                if let Some(example) = examples.get(next) {
                    self.learn(example, open);
                }
                let counts = pass >= PASSES / 2 && at % (examples.len() / SNAPSHOTS).max(1) == 0;
                if counts {
                    counted += 1.0;
                    for (fact, weight) in &self.weights {
                        *sums.entry(fact.clone()).or_default() += weight.value;
                    }
                    for (source, (_, weight)) in &self.none {
                        *nones.entry(source.clone()).or_default() += weight.value;
                    }
                }
            }
        }
        for (fact, weight) in &mut self.weights {
            weight.value = sums.get(fact).map_or(weight.value, |sum| sum / counted);
        }
        for (source, (_, weight)) in &mut self.none {
            weight.value = nones.get(source).map_or(weight.value, |sum| sum / counted);
        }
    }

    /// Whether the model is right on an example.
    fn is_right(&self, example: &Example<'_>) -> bool {
        let scored = example.options.iter().map(|(facts, right)| (self.score(facts), *right));
        let best = scored.reduce(|a, b| if b.0 > a.0 { b } else { a });
        best.filter(|(score, _)| *score > self.mean_none(example.typed))
            .map_or(!example.stated, |(_, right)| right)
    }

    /// The weights' file, which begins with the comment `head`.
    pub(crate) fn to_toml(&self, head: &str) -> String {
        let mut out = format!(
            "{head}# The score of \"none of these\", where the type of the event is not known and where it is.\n\
             none = {:.2}\ntyped = {:.2}\n\n[weights]\n",
            self.mean_none(false),
            self.mean_none(true)
        );
        for (fact, weight) in self.weights.iter().filter(|(_, w)| w.value.abs() >= 0.02) {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{fact:?} = {:.2}", weight.value);
        }
        out
    }
}

/// The model of all sources but one.
pub(crate) fn fit(examples: &[Example<'_>], without: Option<&str>) -> Model {
    let taught: Vec<&Example<'_>> =
        examples.iter().filter(|e| e.teaches() && Some(e.source) != without).collect();
    let mut seen: BTreeMap<&String, usize> = BTreeMap::new();
    for fact in taught.iter().flat_map(|e| &e.options).flat_map(|(facts, _)| *facts) {
        *seen.entry(fact).or_default() += 1;
    }
    let known = seen.into_iter().filter(|(_, times)| *times >= SEEN);
    let weights = known.map(|(fact, _)| (fact.clone(), Weight::default())).collect();
    let mut model = Model { none: BTreeMap::new(), weights };
    // The weights of what is heard are still 0 and take no part in the first walks.
    model.walk(&taught, |fact| !is_heard(fact));
    let fresh: Vec<&Example<'_>> = taught.into_iter().filter(|e| e.used == Use::All).collect();
    model.walk(&fresh, is_heard);
    model
}

/// Whether a fact is what the reader hears.
fn is_heard(fact: &str) -> bool {
    fact.starts_with("told ")
}

/// Each source by the weights of the others, on texts that the reader was not taught on; `what` is asked for.
pub(crate) fn held_out(examples: &[Example<'_>], what: &str) -> String {
    let mut out = format!(
        "| source | with a {what} | right | without | right | all right, percent |\n|---|--:|--:|--:|--:|--:|\n",
    );
    let sources: BTreeSet<&str> = examples.iter().map(|e| e.source).collect();
    let mut sums = [0_usize; 4];
    for source in sources {
        let model = fit(examples, Some(source));
        let mut counts = [0_usize; 4];
        for example in examples.iter().filter(|e| e.source == source && e.used != Use::Taught) {
            let [stated, right, free, silent] = &mut counts;
            let (all, good) = if example.stated { (stated, right) } else { (free, silent) };
            *all += 1;
            *good += usize::from(model.is_right(example));
        }
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += count;
        }
        row(&mut out, source, counts);
    }
    row(&mut out, "all", sums);
    out
}

#[expect(clippy::cast_precision_loss, reason = "counts of a corpus stay far below 2^52")]
fn row(out: &mut String, name: &str, [stated, right, free, silent]: [usize; 4]) {
    let share = 100.0 * (right + silent) as f64 / (stated + free).max(1) as f64;
    // Writing to a string cannot fail.
    let _ = writeln!(out, "| {name} | {stated} | {right} | {free} | {silent} | {share:.1} |");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_speaks_for_a_candidate_is_learnt() {
        let (near, far) = (vec!["hold obl in".to_owned()], vec!["hold nmod of".to_owned()]);
        let example = |source, stated| Example {
            source,
            typed: false,
            stated,
            used: Use::All,
            options: if stated {
                vec![(far.as_slice(), false), (near.as_slice(), true)]
            } else {
                vec![(far.as_slice(), false)]
            },
        };
        let examples: Vec<Example<'_>> = (0..SEEN)
            .flat_map(|_| ["a", "b"].map(|s| [example(s, true), example(s, false)]))
            .flatten()
            .collect();
        let model = fit(&examples, None);
        assert!(examples.iter().all(|e| model.is_right(e)));
        assert!(model.to_toml("").contains("\"hold obl in\" = "));
        let table = held_out(&examples, "place");
        assert!(table.contains("| all | 120 | 120 | 120 | 120 | 100.0 |"), "{table}");
    }
}
