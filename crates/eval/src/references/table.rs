//! The tables.

use std::fmt::Write as _;

use super::gold::Kind;
use super::{Cause, Score, Scores};

impl std::ops::AddAssign for Score {
    fn add_assign(&mut self, other: Self) {
        self.anaphoric += other.anaphoric;
        self.resolved += other.resolved;
        self.right += other.right;
        self.first += other.first;
        self.first_resolved += other.first_resolved;
        self.nearest_right += other.nearest_right;
    }
}

impl Scores {
    /// All kinds of persons, of organisations, or of both.
    #[must_use]
    pub fn total(&self, person: Option<bool>) -> Score {
        let mut total = Score::default();
        for ((_, is_person), score) in &self.by_kind {
            if person.is_none_or(|person| person == *is_person) {
                total += *score;
            }
        }
        total
    }

    /// The tables of this part, named `name`.
    #[must_use]
    pub fn to_markdown(&self, name: &str) -> String {
        let mut out = format!("### GUM {name}\n\n{COLUMNS}");
        for kind in Kind::ALL {
            for (person, etype) in [(true, "person"), (false, "organisation")] {
                if let Some(score) = self.by_kind.get(&(kind, person)) {
                    row(&mut out, &format!("{} | {etype}", kind.name()), *score);
                }
            }
        }
        row(&mut out, "all | person", self.total(Some(true)));
        row(&mut out, "all | organisation", self.total(Some(false)));
        row(&mut out, "all | both", self.total(None));
        let _ = writeln!(
            out,
            "\nPhrases that in gold are no person or organisation and were resolved to one: {}.",
            self.taken_for_actor
        );
        self.causes(&mut out);
        self.genres(&mut out);
        out
    }

    fn causes(&self, out: &mut String) {
        out.push_str("\n| kind | not seen | left open | no mention of gold taken | other type taken | another of the type taken |\n|---|--:|--:|--:|--:|--:|\n");
        for kind in Kind::ALL {
            let count = |cause| self.causes.get(&(kind, cause)).copied().unwrap_or_default();
            let counts: Vec<String> = Cause::ALL.iter().map(|c| count(*c).to_string()).collect();
            // Writing to a string cannot fail.
            let _ = writeln!(out, "| {} | {} |", kind.name(), counts.join(" | "));
        }
    }

    fn genres(&self, out: &mut String) {
        out.push_str(
            "\n| genre | anaphoric | resolved | precision | recall |\n|---|--:|--:|--:|--:|\n",
        );
        for (genre, score) in &self.by_genre {
            let Score { anaphoric, resolved, right, .. } = *score;
            let _ = writeln!(
                out,
                "| {genre} | {anaphoric} | {resolved} | {} | {} |",
                share(right, resolved),
                share(right, anaphoric)
            );
        }
    }
}

/// What the tables count; stands above them.
pub const HEAD: &str = "\
Pronouns of the third person and descriptions (\"the\" or a demonstrative with a common noun) that GUM marks as persons or organisations. \
Words and sentences are gold's, all else is the fast reader's and the program's own. Anaphoric: gold has an earlier mention of the same entity. \
Resolved: the program names an antecedent; right: gold has it in the same entity. Precision is right of resolved, recall right of anaphoric. \
First mentions have no antecedent in gold, so all that are resolved are wrong; the second precision counts them. Relative pronouns have no mention in \
GUM: their antecedent is the noun that the enhanced graph names. Nearest: the nearest earlier mention of gold's own mentions of the same type that does not differ \
in number, which resolves all. Lists and weights were made on train and dev; test was scored for this table alone.\n\n";

const COLUMNS: &str = "| kind | type | anaphoric | resolved | right | precision | recall | first mentions | resolved | precision with these | nearest: right |\n|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n";

fn row(out: &mut String, name: &str, score: Score) {
    let Score { anaphoric, resolved, right, first, first_resolved, nearest_right } = score;
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "| {name} | {anaphoric} | {resolved} | {right} | {} | {} | {first} | {first_resolved} | {} | {} |",
        share(right, resolved),
        share(right, anaphoric),
        share(right, resolved + first_resolved),
        share(nearest_right, anaphoric),
    );
}

fn share(part: usize, whole: usize) -> String {
    let permille = (part * 1000).checked_div(whole).unwrap_or_default();
    format!("{}.{:03}", permille / 1000, permille % 1000)
}
