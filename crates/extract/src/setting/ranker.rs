//! The rankers of places and of times: how likely each candidate is the event's, and that none is.
//!
//! Owns the weights of `data/lexicons/place-ranker.toml` and `time-ranker.toml`, logistic regressions over [`features`](super::features)
//! (a softmax over the candidates and "none"); refuses candidates that a rule has ruled out before.

use std::collections::HashMap;

use serde::Deserialize;

use super::Asks;
use crate::ExtractError;

const PLACES: &str = include_str!("../../../../data/lexicons/place-ranker.toml");
const TIMES: &str = include_str!("../../../../data/lexicons/time-ranker.toml");
const TOLD_PLACES: &str = include_str!("../../../../data/lexicons/told-place-ranker.toml");
const TOLD_TIMES: &str = include_str!("../../../../data/lexicons/told-time-ranker.toml");
const PLACES_BEHIND: &str = include_str!("../../../../data/lexicons/behind-place-ranker.toml");
const TIMES_BEHIND: &str = include_str!("../../../../data/lexicons/behind-time-ranker.toml");

/// So many facts are named in a reason.
const NAMED: usize = 3;

/// The rankers that come with the program.
#[derive(Debug)]
pub(crate) struct Rankers {
    pub(crate) places: Ranker,
    pub(crate) times: Ranker,
    /// Of places and times told before, for what its own sentence leaves without.
    told_places: Ranker,
    told_times: Ranker,
    /// The same of what is told behind.
    places_behind: Ranker,
    times_behind: Ranker,
}

impl Rankers {
    pub(crate) fn shipped() -> Result<Self, ExtractError> {
        Ok(Self {
            places: Ranker::read(PLACES)?,
            times: Ranker::read(TIMES)?,
            told_places: Ranker::read(TOLD_PLACES)?,
            told_times: Ranker::read(TOLD_TIMES)?,
            places_behind: Ranker::read(PLACES_BEHIND)?,
            times_behind: Ranker::read(TIMES_BEHIND)?,
        })
    }

    /// The ranker of what is asked of the rest of the report.
    pub(crate) const fn of(&self, asks: Asks) -> &Ranker {
        match asks {
            Asks::Place => &self.told_places,
            Asks::Time => &self.told_times,
            Asks::PlaceBehind => &self.places_behind,
            Asks::TimeBehind => &self.times_behind,
        }
    }

    /// The texts of the weights, for the coder's version.
    pub(crate) const fn sources() -> [&'static str; 6] {
        [PLACES, TIMES, TOLD_PLACES, TOLD_TIMES, PLACES_BEHIND, TIMES_BEHIND]
    }
}

/// Weights by fact.
#[derive(Debug, Deserialize)]
pub(crate) struct Ranker {
    /// The score of "none of these" where the type of the event is not known.
    none: f32,
    /// The same where it is.
    typed: f32,
    weights: HashMap<String, f32>,
}

impl Ranker {
    fn read(weights: &str) -> Result<Self, ExtractError> {
        toml::from_str(weights).map_err(|source| ExtractError::Ranker { source: Box::new(source) })
    }

    /// The log-odds of a candidate with these facts, against nothing.
    pub(crate) fn score(&self, facts: &[String]) -> f32 {
        facts.iter().filter_map(|fact| self.weights.get(fact)).sum()
    }

    /// The best of the scores where it beats "none", with its probability among all; `typed` where the type of the event is known.
    pub(crate) fn best(&self, scores: &[f32], typed: bool) -> Option<(usize, f32)> {
        let none = if typed { self.typed } else { self.none };
        let (at, share) = likeliest(scores, none)?;
        scores.get(at).is_some_and(|best| *best > none).then_some((at, share))
    }

    /// The best of the scores where it is at least as `likely`, beside all others and "none"; the type of the event is known.
    pub(crate) fn at_least(&self, scores: &[f32], likely: f32) -> Option<(usize, f32)> {
        likeliest(scores, self.typed).filter(|(_, share)| *share >= likely)
    }

    /// The facts that speak most for a candidate, the strongest first.
    pub(crate) fn telling<'f>(&self, facts: &'f [String]) -> Vec<&'f str> {
        let weighed = facts.iter().filter_map(|fact| Some((fact, *self.weights.get(fact)?)));
        let mut strong: Vec<(&String, f32)> = weighed.filter(|(_, weight)| *weight > 0.0).collect();
        strong.sort_by(|a, b| b.1.total_cmp(&a.1));
        strong.into_iter().take(NAMED).map(|(fact, _)| fact.as_str()).collect()
    }
}

/// The best of the scores with its probability, where that of "none" is `none`.
fn likeliest(scores: &[f32], none: f32) -> Option<(usize, f32)> {
    let (at, best) =
        scores.iter().copied().enumerate().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    let others: f32 = scores.iter().map(|score| (score - best).exp()).sum();
    Some((at, 1.0 / (others + (none - best).exp())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_must_beat_none() {
        let weights = [("hold obl in".to_owned(), 2.0), ("name person".to_owned(), -3.0)];
        let ranker = Ranker { none: 0.5, typed: 9.0, weights: weights.into_iter().collect() };
        let facts = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let led = ranker.score(&facts(&["hold obl in", "unheard of"]));
        let person = ranker.score(&facts(&["hold obl in", "name person"]));
        let (at, share) = ranker.best(&[person, led], false).unwrap();
        assert!(at == 1 && share > 0.7 && share < 1.0, "{share}");
        assert_eq!(ranker.best(&[person], false), None);
        assert_eq!(ranker.best(&[], false), None);
        assert_eq!(ranker.best(&[person, led], true), None);
        assert_eq!(ranker.telling(&facts(&["name person", "hold obl in"])), ["hold obl in"]);
    }

    #[test]
    fn the_shipped_weights_load() {
        let Rankers { places, times, told_places, told_times, places_behind, times_behind } =
            Rankers::shipped().unwrap();
        let all = [places, times, told_places, told_times, places_behind, times_behind];
        assert!(all.iter().all(|ranker| ranker.weights.len() > 50));
    }
}
