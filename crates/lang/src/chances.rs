//! Probabilities: every number between 0 and 1 that a reading carries is made here.
//!
//! Scores are divided by the temperature that was fitted for their kind (`[temperature]` in the
//! manifest) and go through a softmax.
//!
//! - word class: its share among the classes;
//! - arc: share of the head among the words of its sentence, times share of the relation given that head;
//! - entity: the product over its tokens of the share of their tag, times the share of all tags but
//!   "goes on with this entity" at the token behind it in its sentence, if there is one.

/// Changes `scores` into the logarithms of their shares at `temperature`.
pub(crate) fn log_shares(scores: &mut [f32], temperature: f32) {
    let mut highest = f32::NEG_INFINITY;
    for score in scores.iter_mut() {
        *score = finite(*score / temperature);
        highest = highest.max(*score);
    }
    let total: f32 = scores.iter().map(|score| (score - highest).exp()).sum();
    let level = highest + total.ln();
    for score in scores {
        *score -= level;
    }
}

/// The share of the score at `chosen` among `scores`, at `temperature`; 0 for an index too high.
pub(crate) fn share(scores: &[f32], chosen: usize, temperature: f32) -> f32 {
    let scaled = |score: &f32| finite(*score / temperature);
    let Some(own) = scores.get(chosen).map(scaled) else {
        return 0.0;
    };
    // The chosen score is mostly the highest one; where it is not, a sum too large says 0, as it should.
    let total: f32 = scores.iter().map(|score| (scaled(score) - own).exp()).sum();
    1.0 / total
}

/// The index of the highest score; the first of equals.
pub(crate) fn best(scores: &[f32]) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (index, score) in scores.iter().enumerate() {
        if *score > best.1 {
            best = (index, *score);
        }
    }
    best.0
}

/// The probability of an entity from the logarithms of its tags' shares and of the share of the tag
/// that would continue it.
pub(crate) fn entity(tags: impl Iterator<Item = f32>, goes_on: Option<f32>) -> f32 {
    let inside: f32 = tags.sum();
    let ends = goes_on.map_or(1.0, |log| 1.0 - log.exp());
    (inside.exp() * ends).clamp(0.0, 1.0)
}

/// Scores far outside what a model gives (and what is no number) at the edge of what sums can hold.
fn finite(score: f32) -> f32 {
    const EDGE: f32 = 1e6;
    if score.is_nan() { -EDGE } else { score.clamp(-EDGE, EDGE) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f32, b: f32) -> bool {
        (a - b).abs() < 1e-6
    }

    #[test]
    fn shares_sum_to_one_and_heat_flattens_them() {
        let scores = [2.0, 0.0, -1.0];
        let sum: f32 = (0..3).map(|i| share(&scores, i, 1.5)).sum();
        assert!(close(sum, 1.0));
        assert!(share(&scores, 0, 1.0) > share(&scores, 0, 2.0));
        assert!(close(share(&[0.0, 0.0], 1, 3.0), 0.5));
        let mut logs = scores;
        log_shares(&mut logs, 1.5);
        for (at, log) in logs.iter().enumerate() {
            assert!(close(log.exp(), share(&scores, at, 1.5)));
        }
    }

    #[test]
    fn what_is_no_number_has_no_share() {
        let scores = [f32::NAN, f32::INFINITY, 1.0];
        assert_eq!(best(&scores), 1);
        assert_eq!(best(&[f32::NAN; 3]), 0);
        assert!(close(share(&scores, 1, 1.0), 1.0) && close(share(&scores, 0, 1.0), 0.0));
        assert!(share(&[], 0, 1.0) == 0.0);
    }

    #[test]
    fn an_entity_is_as_sure_as_its_tags_and_its_end() {
        let logs = [0.9_f32.ln(), 0.8_f32.ln()];
        assert!(close(entity(logs.into_iter(), None), 0.72));
        assert!(close(entity(logs.into_iter(), Some(0.25_f32.ln())), 0.54));
    }
}
