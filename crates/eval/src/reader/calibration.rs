//! Whether the reader's probabilities mean what they say.
//!
//! Owns ten bins of equal width over what was said, each with the mean probability and the share that is
//! right; the expected calibration error is the mean distance of the two, weighted by the bins' counts
//! (Naeini, Cooper and Hauskrecht 2015).

use super::gold::Marked;
use super::score::share;

/// Number of bins.
pub const BINS: usize = 10;

/// What was said with about one probability.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Bin {
    /// Said.
    pub count: usize,
    /// Right.
    pub right: usize,
    /// Sum of the probabilities.
    sum: f64,
}

impl Bin {
    /// Mean probability, 0 to 1; 0 for an empty bin.
    #[must_use]
    pub fn probability(self) -> f64 {
        if self.count == 0 { 0.0 } else { self.sum * share(1, self.count) }
    }

    /// Share that is right, 0 to 1; 0 for an empty bin.
    #[must_use]
    pub fn right(self) -> f64 {
        share(self.right, self.count)
    }
}

/// Probabilities against outcomes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Calibration {
    bins: [Bin; BINS],
}

impl Calibration {
    /// Takes in something that was said with `probability`, from 0 to 1, and was `right` or not.
    ///
    /// ```
    /// let mut calibration = averment_eval::reader::calibration::Calibration::default();
    /// calibration.add(0.75, true);
    /// calibration.add(0.75, false);
    /// assert!((calibration.error() - 0.25).abs() < 1e-9);
    /// ```
    pub fn add(&mut self, probability: f32, right: bool) {
        let probability = f64::from(probability.clamp(0.0, 1.0));
        let above = (1..BINS).filter(|n| probability >= share(*n, BINS)).count();
        if let Some(bin) = self.bins.get_mut(above) {
            bin.count += 1;
            bin.right += usize::from(right);
            bin.sum += probability;
        }
    }

    /// Takes in the arcs found in a sentence: right when head and relation are.
    pub fn add_arcs(&mut self, gold: &Marked, found: &Marked) {
        for (gold, found) in gold.words.iter().zip(&found.words) {
            if let (Some(gold), Some(found)) = (&gold.node, &found.node) {
                let relation = gold.relation.is_some() && gold.relation == found.relation;
                self.add(found.probability, relation && gold.head == found.head);
            }
        }
    }

    /// Takes in the entities found in a sentence: right when span and class are.
    pub fn add_entities(&mut self, gold: &Marked, found: &Marked) {
        for span in &found.entities {
            self.add(span.probability, gold.entities.iter().any(|g| g.same(span)));
        }
    }

    /// The bins, of the lowest probabilities first.
    #[must_use]
    pub const fn bins(&self) -> &[Bin; BINS] {
        &self.bins
    }

    /// Expected calibration error, 0 to 1; 0 where nothing was said.
    #[must_use]
    pub fn error(&self) -> f64 {
        let all = self.bins.iter().map(|bin| bin.count).sum();
        let weighed = |bin: &Bin| share(bin.count, all) * (bin.probability() - bin.right()).abs();
        self.bins.iter().map(weighed).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::super::gold::tests::marked;
    use super::*;

    #[test]
    fn probabilities_fall_into_their_bins_and_the_error_is_weighed() {
        let mut calibration = Calibration::default();
        for (probability, right) in [
            (0.0, false),
            (0.05, true),
            (0.5, true),
            (1.0, true),
            (1.0, true),
            (1.0, false),
            (7.0, true),
            (0.95, true),
        ] {
            calibration.add(probability, right);
        }
        let counts = calibration.bins().map(|bin| (bin.count, bin.right));
        let mut expected = [(0, 0); BINS];
        (expected[0], expected[5], expected[9]) = ((2, 1), (1, 1), (5, 4));
        assert_eq!(counts, expected);
        // 2/8 * |0.025 - 0.5| + 1/8 * |0.5 - 1| + 5/8 * |0.99 - 0.8|
        let by_hand = 0.25 * 0.475 + 0.125 * 0.5 + 0.625 * 0.19;
        assert!((calibration.error() - by_hand).abs() < 1e-6, "{}", calibration.error());
        assert!(Calibration::default().error().abs() < 1e-12);
    }

    #[test]
    fn entities_are_right_in_span_and_class() {
        let mut calibration = Calibration::default();
        calibration.add_entities(&marked("Mali/Location army"), &marked("Mali/Location army/NORP"));
        assert_eq!(calibration.bins().map(|bin| (bin.count, bin.right))[9], (2, 1));
    }
}
