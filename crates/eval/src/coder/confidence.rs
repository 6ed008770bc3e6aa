//! Whether a claim's confidence is what it says, and the fit that makes it so.
//!
//! Owns the fit of a logistic regression to the facts of claims in texts that the reader was not trained on, and the
//! table of reliability over texts that are scored only.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Passes of the fit over all claims.
const PASSES: usize = 1500;
/// Facts of fewer claims have no weight.
const SEEN: usize = 8;
/// Pull of each weight toward 0, in claims: the strength of a prior.
const PULL: f64 = 6.0;
/// Bins of the table.
const BINS: usize = 10;

/// A found claim, judged.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    pub(super) confidence: Option<f32>,
    pub(super) facts: Vec<String>,
    /// In every field.
    pub(super) right: bool,
}

/// The weights' file of the logistic regression fitted to `claims`.
pub(super) fn fit(claims: &[&Judged]) -> String {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for fact in claims.iter().flat_map(|claim| &claim.facts) {
        *seen.entry(fact).or_default() += 1;
    }
    let known = seen.into_iter().filter(|(_, times)| *times >= SEEN);
    let mut weights: BTreeMap<&str, f64> = known.map(|(fact, _)| (fact, 0.0)).collect();
    let mut bias = 0.0;
    // The steepest curve there can be, so that no step overshoots.
    let most = claims.iter().map(|claim| claim.facts.len() + 1).max().unwrap_or(1);
    let step = 1.0 / (0.25 * float(claims.len() * most) + PULL);
    for _ in 0..PASSES {
        let mut slopes: BTreeMap<&str, f64> = BTreeMap::new();
        let mut all = 0.0;
        for claim in claims {
            let known = claim.facts.iter().filter_map(|fact| weights.get(fact.as_str()));
            let chance = 1.0 / (1.0 + (-(bias + known.sum::<f64>())).exp());
            let slope = chance - f64::from(u8::from(claim.right));
            all += slope;
            for fact in &claim.facts {
                *slopes.entry(fact).or_default() += slope;
            }
        }
        bias -= step * all;
        for (fact, weight) in &mut weights {
            let slope = slopes.get(fact).copied().unwrap_or_default() + PULL * *weight;
            *weight -= step * slope;
        }
    }
    let mut out = format!(
        "# How much each fact speaks for a claim being right in every field. Written by `cargo xtask eval coder --calibrate`.\n\
         # Source: a logistic regression fitted to {} claims in annotated texts (corpus/coder) that the reader was not trained on.\n\
         # Licence: CC BY 4.0. The facts are named in crates/extract/src/confidence.rs.\nbias = {bias:.2}\n\n[weights]\n",
        claims.len()
    );
    for (fact, weight) in weights.iter().filter(|(_, weight)| weight.abs() >= 0.05) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{fact:?} = {weight:.2}");
    }
    out
}

/// Bins of confidence, the share of claims in them that are right in every field, and the expected calibration error.
pub(super) fn table(claims: &[&Judged]) -> String {
    let mut bins = [(0_usize, 0.0_f64, 0_usize); BINS];
    for claim in claims {
        let Some(confidence) = claim.confidence.map(f64::from) else { continue };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a probability times ten"
        )]
        let bin = ((confidence * BINS as f64 + 1e-6) as usize).min(BINS - 1);
        if let Some((count, sum, right)) = bins.get_mut(bin) {
            *count += 1;
            *sum += confidence;
            *right += usize::from(claim.right);
        }
    }
    let mut out = String::from(
        "Confidence of the claims found in texts that are scored only, own and real, and how many of them are right in every field.\n\n\
         | bin | claims | confidence | right |\n|---|--:|--:|--:|\n",
    );
    let all: usize = bins.iter().map(|(count, ..)| count).sum();
    let (mut error, mut sure) = (0.0, (0, 0));
    for (at, (count, sum, right)) in bins.iter().enumerate().filter(|(_, bin)| bin.0 > 0) {
        let (mean, share) = (sum / float(*count), float(*right) / float(*count));
        error += (mean - share).abs() * float(*count) / float(all);
        if at >= BINS / 2 {
            sure = (sure.0 + count, sure.1 + right);
        }
        // Writing to a string cannot fail.
        let _ = writeln!(
            out,
            "| {:.1} to {:.1} | {count} | {mean:.3} | {share:.3} |",
            float(at) / float(BINS),
            float(at + 1) / float(BINS)
        );
    }
    let _ = writeln!(
        out,
        "\nExpected calibration error: {error:.3} (asked: below 0.05). Claims with a confidence of 0.5 or more: {}, of them right {}.",
        sure.0, sure.1
    );
    out
}

#[expect(clippy::cast_precision_loss, reason = "counts of claims stay far below 2^52")]
fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telling_fact_gets_its_weight_and_the_error_is_the_distance() {
        let judged = |fact: &str, right, confidence| Judged {
            confidence: Some(confidence),
            facts: vec![fact.to_owned()],
            right,
        };
        let claims: Vec<Judged> = (0..100)
            .flat_map(|n| [judged("good", n % 10 != 0, 0.9), judged("bad", n % 10 == 0, 0.3)])
            .collect();
        let claims: Vec<&Judged> = claims.iter().collect();
        let weights = fit(&claims);
        assert!(
            weights.contains("\"good\" = 1.") && weights.contains("\"bad\" = -1."),
            "{weights}"
        );
        let table = table(&claims);
        assert!(table.contains("| 0.9 to 1.0 | 100 | 0.900 | 0.900 |"), "{table}");
        assert!(table.contains("error: 0.100 "), "{table}");
    }
}
