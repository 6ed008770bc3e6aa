//! The tables of a tally.

use std::fmt::Write as _;

use super::{Outcome, Tally};
use crate::coder::align::{Count, ratio};

impl Tally {
    /// All categories together.
    fn all(&self) -> Count {
        let mut all = Count::default();
        self.by_category.values().for_each(|count| all.add(*count));
        all
    }

    fn of(&self, outcome: Outcome) -> usize {
        self.outcomes.get(&outcome).copied().unwrap_or_default()
    }

    /// A row of figures over all categories, under [`SUMMARY`].
    pub(crate) fn summary(&self, name: &str) -> String {
        let all = self.all();
        format!(
            "| {name} | {} | {} | {} | {:.3} | {:.3} | {:.3} | {} of {} |\n",
            all.gold,
            all.found,
            all.right,
            all.precision(),
            all.recall(),
            all.f1(),
            self.none.1,
            self.none.0
        )
    }

    /// A row that says where gold's events ended, under [`LOSSES`].
    pub(crate) fn losses(&self, name: &str) -> String {
        let events = self.outcomes.values().sum::<usize>();
        let (right, role) = (self.of(Outcome::Right), self.of(Outcome::Role));
        let (outside, other) = (self.of(Outcome::Outside), self.of(Outcome::Type));
        let inside = ratio(right + role, events - outside);
        let missed = self.of(Outcome::Missed);
        format!(
            "| {name} | {events} | {right} | {role} | {outside} | {other} | {missed} | {:.3} | {inside:.3} |\n",
            ratio(right + role, events)
        )
    }

    /// A row a category, the largest of gold first.
    pub(crate) fn categories(&self, name: impl Fn(&str) -> String) -> String {
        let mut out = String::from(
            "| category | gold | found | right | P | R | F1 |\n|---|--:|--:|--:|--:|--:|--:|\n",
        );
        let mut rows: Vec<(&String, &Count)> = self.by_category.iter().collect();
        rows.sort_by(|a, b| b.1.gold.cmp(&a.1.gold).then(a.0.cmp(b.0)));
        for (category, c) in rows {
            // Writing to a string cannot fail.
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {:.3} | {:.3} | {:.3} |",
                name(category),
                c.gold,
                c.found,
                c.right,
                c.precision(),
                c.recall(),
                c.f1()
            );
        }
        out
    }

    /// Actors of the claims whose category is right, and the category where a claim stands at gold's own words.
    pub(crate) fn roles(&self) -> String {
        let mut out = String::from(
            "| | gold | found | right | P | R | F1 |\n|---|--:|--:|--:|--:|--:|--:|\n",
        );
        for (name, c) in [("source", self.sources), ("target", self.targets)] {
            let (p, r, f1) = (c.precision(), c.recall(), c.f1());
            let _ = writeln!(
                out,
                "| {name} | {} | {} | {} | {p:.3} | {r:.3} | {f1:.3} |",
                c.gold, c.found, c.right
            );
        }
        let (at, right) = self.marked;
        let share = ratio(right, at);
        let _ = writeln!(
            out,
            "\nA claim stands at the words that gold marks as the event in {at} events; its category is right in {right} of them ({share:.3})."
        );
        out
    }
}

/// The head of the rows of [`Tally::summary`].
pub(crate) const SUMMARY: &str = "| | gold | found | right | P | R | F1 | no event in gold, and none found |\n|---|--:|--:|--:|--:|--:|--:|--:|\n";

/// The head of the rows of [`Tally::losses`].
pub(crate) const LOSSES: &str = "| | gold's events | right with its actors | wrong actor | outside our types | another category | no claim | category right | of those inside our types |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n";
