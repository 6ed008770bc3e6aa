//! Fits the weights of the ranker of places to the sentences of event-location that may be looked at, and to the project's
//! own annotated claims.
//!
//! Owns the fit: a softmax over the candidates of a sentence and "none", by `AdaGrad`, with a bias of each
//! source for "none", since its annotators differ in what they leave out, and a fit without each source in turn, scored on that
//! source. What the reader hears is weighed last, all else standing, on texts that it was not taught on: elsewhere it knows gold by heart.
//! Refuses the sentences kept aside and those on which claims are scored.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use averment_extract::{Coder, Located, PlaceOption};
use averment_types::Report;

use super::event_location::{Case, cases};
use crate::EvalError;
use crate::coder::placed::{Known, Placed, known, placed};

/// Passes over the sentences.
const PASSES: usize = 8;
/// Facts seen in fewer sentences have no weight.
const SEEN: usize = 60;
/// The step of `AdaGrad`.
const STEP: f64 = 0.3;
/// Pull of each weight toward 0, a step; the few of what is heard need none.
const PULL: f64 = 0.015;
/// Added to the mean of the sources' scores for "none": less than 0, for where gold has no place, the sentence often names one.
const NONE: f64 = -0.35;
/// In the sentences of this source gold has a place for one verb in ten, though most are told with one: its annotators
/// left places out, and it teaches nothing about "none".
const LEFT_OUT: &[&str] = &["Masdar"];
/// The sources that the project annotated itself, with the type of each event.
const OWN: &[&str] = &["written", "newswire", "sentences", "documents"];

/// What was fitted.
#[derive(Debug, Clone)]
pub struct Trained {
    /// The weights' file.
    pub weights: String,
    /// Scores on each source by the weights of all others, as Markdown.
    pub table: String,
}

/// Fits to the corpora in the folder `corpora` and to the claims annotated in the folder `own`.
///
/// # Errors
/// When the corpus is missing or of another form, or the coder cannot be made.
pub fn run(own: &Path, corpora: &Path) -> Result<Trained, EvalError> {
    let coder = super::coder()?;
    let known = known(own, corpora)?;
    let mut all = cases(&coder, &corpora.join("event-location"), false)?;
    all.retain(|case| !known.scored.contains(&case.text));
    let claims = placed(own, corpora)?;
    let claims: Vec<(&Placed, Located)> =
        claims.iter().filter_map(|claim| Some((claim, located(&coder, claim)?))).collect();
    let annotated = claims.iter().map(|(claim, located)| Example::of_claim(claim, located));
    let examples: Vec<Example<'_>> =
        all.iter().map(|case| Example::of(case, &known)).chain(annotated).collect();
    let model = fit(&examples, None);
    Ok(Trained { weights: model.to_toml(), table: held_out(&examples) })
}

/// The places that the coder may choose among for a claim.
fn located(coder: &Coder, claim: &Placed) -> Option<Located> {
    coder.locate(Report::of_body("text", &claim.text)?, claim.trigger, Some(&claim.type_id))
}

struct Example<'c> {
    source: &'c str,
    placed: bool,
    /// Whether the reader was taught on the text.
    taught: bool,
    options: Vec<(&'c [String], bool)>,
}

impl<'c> Example<'c> {
    fn of(case: &'c Case, known: &Known) -> Self {
        let options = case.located.options.iter().enumerate();
        let options = options.map(|(at, o)| (o.facts.as_slice(), case.is_right(at))).collect();
        let taught = known.taught.contains(&case.text);
        Self { source: &case.source, placed: case.is_placed(), taught, options }
    }

    fn of_claim(claim: &'c Placed, located: &'c Located) -> Self {
        let right = |option: &PlaceOption| {
            claim.place.is_some_and(|place| place.overlaps(option.mention.span))
        };
        let options = located.options.iter().map(|o| (o.facts.as_slice(), right(o))).collect();
        Self { source: claim.source, placed: claim.place.is_some(), taught: claim.taught, options }
    }

    /// Whether something can be learnt: there is a choice, and gold's place is in it.
    fn teaches(&self) -> bool {
        let found = self.options.iter().any(|(_, right)| *right);
        !self.options.is_empty() && (found || !self.placed) && !LEFT_OUT.contains(&self.source)
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

#[derive(Debug, Clone, Default)]
struct Model {
    none: BTreeMap<String, Weight>,
    weights: BTreeMap<String, Weight>,
}

impl Model {
    fn score(&self, facts: &[String]) -> f64 {
        facts.iter().filter_map(|fact| self.weights.get(fact)).map(|w| w.value).sum()
    }

    /// The score of "none" where the type of the event is known, as in the project's own annotations, or is not.
    #[expect(clippy::cast_precision_loss, reason = "there are few sources")]
    fn mean_none(&self, typed: bool) -> f64 {
        let of = |source: &&String| OWN.contains(&source.as_str()) == typed;
        let values = self.none.iter().filter(|(source, _)| of(source)).map(|(_, w)| w.value);
        let (count, sum) = values.fold((0_usize, 0.0), |(n, sum), value| (n + 1, sum + value));
        sum / count.max(1) as f64 + if typed { 0.0 } else { NONE }
    }

    /// Takes a step on an example; only weights of the facts that `open` is true of move.
    fn learn(&mut self, example: &Example<'_>, open: fn(&str) -> bool) {
        let mut scores: Vec<f64> = example.options.iter().map(|(f, _)| self.score(f)).collect();
        scores.push(self.none.entry(example.source.to_owned()).or_default().value);
        let highest = scores.iter().copied().fold(f64::MIN, f64::max);
        let sum: f64 = scores.iter().map(|s| (s - highest).exp()).sum();
        let shares: Vec<f64> = scores.iter().map(|s| (s - highest).exp() / sum).collect();
        let right =
            |at: usize| example.options.get(at).map_or(!example.placed, |(_, right)| *right);
        let good: f64 =
            shares.iter().enumerate().filter(|(at, _)| right(*at)).map(|(_, s)| s).sum();
        for (at, share) in shares.iter().enumerate() {
            let slope = share - if right(at) { share / good.max(1e-12) } else { 0.0 };
            match example.options.get(at) {
                None => self.none.entry(example.source.to_owned()).or_default().step(slope, 0.0),
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

    /// Learns from all examples some times over.
    fn walk(&mut self, examples: &[&Example<'_>], open: fn(&str) -> bool) {
        for pass in 0..PASSES {
            for at in 0..examples.len() {
                // In another order each time: the stride is a prime.
                let next = (at * 7919 + pass * 104_729) % examples.len();
                if let Some(example) = examples.get(next) {
                    self.learn(example, open);
                }
            }
        }
    }

    /// Whether the model is right on an example.
    fn is_right(&self, example: &Example<'_>) -> bool {
        let scored = example.options.iter().map(|(facts, right)| (self.score(facts), *right));
        let best = scored.reduce(|a, b| if b.0 > a.0 { b } else { a });
        best.filter(|(score, _)| *score > self.mean_none(OWN.contains(&example.source)))
            .map_or(!example.placed, |(_, right)| right)
    }

    fn to_toml(&self) -> String {
        let mut out = format!(
            "# How much each fact speaks for a place being an event's. Written by `cargo xtask eval place --train`.\n\
             # Source: a logistic regression fitted to the sentences of event-location (A. Halterman) that may be looked at and to corpus/coder.\n\
             # Licence: MIT. The facts are named in crates/extract/src/setting/features.rs.\n\
             # The score of \"none of these\", where the type of the event is not known and where it is.\n\
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
fn fit(examples: &[Example<'_>], without: Option<&str>) -> Model {
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
    let fresh: Vec<&Example<'_>> = taught.into_iter().filter(|e| !e.taught).collect();
    model.walk(&fresh, is_heard);
    model
}

/// Whether a fact is what the reader hears.
fn is_heard(fact: &str) -> bool {
    fact.starts_with("told ")
}

/// Each source by the weights of the others, on texts that the reader was not taught on.
fn held_out(examples: &[Example<'_>]) -> String {
    let mut out = String::from(
        "| source | verbs with a place | right | verbs without | right | all right, percent |\n|---|--:|--:|--:|--:|--:|\n",
    );
    let sources: BTreeSet<&str> = examples.iter().map(|e| e.source).collect();
    let mut sums = [0_usize; 4];
    for source in sources {
        let model = fit(examples, Some(source));
        let mut counts = [0_usize; 4];
        for example in examples.iter().filter(|e| e.source == source && !e.taught) {
            let [placed, right, free, silent] = &mut counts;
            let (all, good) = if example.placed { (placed, right) } else { (free, silent) };
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
fn row(out: &mut String, name: &str, [placed, right, free, silent]: [usize; 4]) {
    let share = 100.0 * (right + silent) as f64 / (placed + free).max(1) as f64;
    // Writing to a string cannot fail.
    let _ = writeln!(out, "| {name} | {placed} | {right} | {free} | {silent} | {share:.1} |");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_speaks_for_a_place_is_learnt() {
        let (near, far) = (vec!["hold obl in".to_owned()], vec!["hold nmod of".to_owned()]);
        let placed = |source| Example {
            source,
            placed: true,
            taught: false,
            options: vec![(far.as_slice(), false), (near.as_slice(), true)],
        };
        let free = |source| Example {
            source,
            placed: false,
            taught: false,
            options: vec![(far.as_slice(), false)],
        };
        let examples: Vec<Example<'_>> =
            (0..SEEN).flat_map(|_| [placed("a"), free("a"), placed("b"), free("b")]).collect();
        let model = fit(&examples, None);
        assert!(examples.iter().all(|e| model.is_right(e)));
        assert!(model.to_toml().contains("\"hold obl in\" = "));
        let table = held_out(&examples);
        assert!(table.contains("| all | 120 | 120 | 120 | 120 | 100.0 |"), "{table}");
    }
}
