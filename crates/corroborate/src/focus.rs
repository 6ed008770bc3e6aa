//! What a report is about by its own claims: days and towns of violence, which speak against two reports telling one story.

use serde::{Deserialize, Serialize};

use crate::day;

/// What a report's own claims say its main matter is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Focus {
    /// The day of publication.
    pub(crate) published: Option<i32>,
    /// Days on which it tells of violence.
    pub(crate) days: Vec<(i32, i32)>,
    /// Towns in which it does: keys and points.
    pub(crate) towns: Vec<(u64, Option<(f64, f64)>)>,
}

impl Focus {
    /// Whether it tells of violence on one day and in one town at most.
    pub(crate) const fn is_single(&self) -> bool {
        self.days.len() <= 1 && self.towns.len() <= 1
    }

    /// The cosine less what speaks against it: halved where the days of violence are others, less where the towns are.
    pub(crate) fn against(&self, other: &Self, cosine: i64) -> i64 {
        let far = |a: &(i32, i32)| other.days.iter().all(|b| day::gap(*a, *b) > 1);
        let other_days =
            !self.days.is_empty() && !other.days.is_empty() && self.days.iter().all(far);
        let meets = |a: &(u64, Option<(f64, f64)>)| {
            other.towns.iter().any(|b| {
                a.0 == b.0 || a.1.zip(b.1).is_some_and(|(p, q)| crate::spot::km(p, q) < 40.0)
            })
        };
        let other_towns =
            !self.towns.is_empty() && !other.towns.is_empty() && !self.towns.iter().any(meets);
        let percent = match (other_days, other_towns) {
            (true, true) => 35,
            (true, false) => 55,
            (false, true) => 70,
            (false, false) => 100,
        };
        let one_day = !self.days.is_empty() && !self.days.iter().all(far);
        let later = match self.published.zip(other.published).map(|(a, b)| (a - b).abs()) {
            Some(_) if one_day => 100,
            Some(60..) => 55,
            Some(8..) => 80,
            _ => 100,
        };
        cosine * percent * later / 10_000
    }
}
