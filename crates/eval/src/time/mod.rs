//! Dates of the product against a peer's suite and marked histories.
//!
//! Owns the tables of `cargo xtask eval time`; what is right is defined in [`recognizers`] and
//! [`wikiwars`]. Sentences are cut by the rules of `averment-lang`, as for a user's report.

pub mod recognizers;
pub mod timex;
pub mod wikiwars;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use averment_types::{DateInterval, TextRange};

use self::recognizers::{FileScore, Rate};
use self::wikiwars::{FaultSort, Score};
use crate::EvalError;

/// The histories that were looked at while rules were written; the others were only counted.
pub const LOOKED_AT: [&str; 4] = ["03_AmCivWar", "07_IraqWar", "09_GrecoPersian", "17_AlgerianWar"];

/// Tables and errors of the time crate.
#[derive(Debug)]
pub struct TimeEvaluation {
    /// File by file of the peer's suite.
    pub files: Vec<FileScore>,
    /// Document by document of the histories, by name.
    pub histories: Vec<(String, Score)>,
    /// By sort of meaning, over all histories.
    pub meanings: BTreeMap<&'static str, Tally>,
    /// The errors in what may be looked at: odd cases, and the documents of [`LOOKED_AT`].
    pub errors: String,
}

/// What became of the expressions of one sort of meaning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Gold expressions.
    pub gold: usize,
    /// Found with another meaning.
    pub wrong: usize,
    /// Not found.
    pub missed: usize,
    /// Found where gold has none.
    pub spurious: usize,
}

/// Scores both corpora in the folder `corpora`.
///
/// # Errors
/// When a file cannot be read or is not of its form.
pub fn run(corpora: &Path) -> Result<TimeEvaluation, EvalError> {
    let suite = corpora.join("recognizers-text/DateTime/English");
    let files: Vec<FileScore> = recognizers::FILES
        .iter()
        .map(|file| recognizers::run(&suite, file))
        .collect::<Result<_, _>>()?;
    let mut errors = String::new();
    for file in &files {
        for fault in &file.faults {
            // Writing to a string cannot fail.
            let _ = writeln!(errors, "{} {fault}", file.file);
        }
    }
    let mut evaluation =
        TimeEvaluation { files, histories: Vec::new(), meanings: BTreeMap::new(), errors };
    evaluation.add_histories(&corpora.join("wikiwars/keyinline"))?;
    Ok(evaluation)
}

/// The ranges of the sentences of a bare text.
pub(crate) fn sentences(text: &str) -> Vec<TextRange> {
    let cover = |words: &Vec<TextRange>| Some(words.first()?.cover(*words.last()?));
    averment_lang::segment(text).iter().filter_map(cover).collect()
}

/// An interval as `first..last`, a day by itself.
pub(crate) fn shown(interval: DateInterval) -> String {
    match (interval.start(), interval.end()) {
        (Some(a), Some(b)) if a == b => a.to_string(),
        (a, b) => {
            let day = |d: Option<jiff::civil::Date>| d.map(|d| d.to_string()).unwrap_or_default();
            format!("{}..{}", day(a), day(b))
        }
    }
}

/// The words at `span`, in brackets, with some of the text around them.
pub(crate) fn in_context(text: &str, span: TextRange) -> String {
    const AROUND: usize = 70;
    let before: String =
        text.get(..span.start()).unwrap_or_default().chars().rev().take(AROUND).collect();
    let before: String = before.chars().rev().collect();
    let after: String = text.get(span.end()..).unwrap_or_default().chars().take(AROUND).collect();
    format!("{before}[{}]{after}", span.slice(text).unwrap_or_default()).replace('\n', " ")
}

#[expect(clippy::cast_precision_loss, reason = "counts of cases stay far below 2^52")]
pub(crate) const fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl TimeEvaluation {
    fn add_histories(&mut self, folder: &Path) -> Result<(), EvalError> {
        let unreadable =
            |path: &Path, source| EvalError::Read { path: path.display().to_string(), source };
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder).map_err(|source| unreadable(folder, source))? {
            paths.push(entry.map_err(|source| unreadable(folder, source))?.path());
        }
        paths.sort();
        for path in paths {
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
            if let Some(name) = name.as_deref().and_then(|n| n.strip_suffix(".key.xml")) {
                let xml = fs::read_to_string(&path).map_err(|source| unreadable(&path, source))?;
                self.add_history(name, &xml);
            }
        }
        if self.histories.is_empty() {
            return Err(EvalError::Empty { path: folder.display().to_string() });
        }
        Ok(())
    }

    fn add_history(&mut self, name: &str, xml: &str) {
        let document = wikiwars::parse(xml);
        let text = &document.text;
        let reading = averment_time::read(text, &sentences(text), document.published.as_ref());
        let (score, faults) = wikiwars::score(&document, &wikiwars::found(&reading, text));
        for gold in document.gold.iter().filter(|gold| gold.meaning.is_some()) {
            self.meanings.entry(gold.sort()).or_default().gold += 1;
        }
        for fault in faults {
            let tally = self.meanings.entry(fault.meaning).or_default();
            match fault.sort {
                FaultSort::Wrong => tally.wrong += 1,
                FaultSort::Missed => tally.missed += 1,
                FaultSort::Spurious => tally.spurious += 1,
            }
            if LOOKED_AT.contains(&name) {
                let _ = writeln!(self.errors, "{name} {:?}: {}", fault.sort, fault.text);
            }
        }
        self.histories.push((name.to_owned(), score));
    }

    /// The sum over the histories that were (`true`) or were not looked at.
    #[must_use]
    pub fn histories_sum(&self, looked_at: bool) -> Score {
        let mine = |name: &str| LOOKED_AT.contains(&name) == looked_at;
        let scores = self.histories.iter().filter(|(name, _)| mine(name)).map(|(_, score)| *score);
        scores.fold(Score::default(), Score::plus)
    }

    /// The tables as Markdown.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        self.suite_table() + &self.history_table()
    }

    fn suite_table(&self) -> String {
        let mut out = String::from(
            "### A peer's suite: recognizers-text, English\n\n\
             | file | asked | passed | odd cases (looked at) | even cases (untouched) | left out |\n|---|---|---|---|---|---|\n",
        );
        let (mut odd, mut even) = (Rate::default(), Rate::default());
        for file in &self.files {
            odd = odd.plus(file.odd);
            even = even.plus(file.even);
            let left: Vec<String> =
                file.left_out.iter().map(|(sort, count)| format!("{sort} {count}")).collect();
            let _ = writeln!(out, "{}{} |", rates(file.file, file.odd, file.even), left.join(", "));
        }
        let _ = writeln!(out, "{} |", rates("**all**", odd, even));
        out
    }

    fn history_table(&self) -> String {
        let mut out = String::from(
            "\n### Histories: WikiWars\n\n\
             | document | gold | found | value F1, relaxed | value F1, strict | span F1, relaxed | span F1, strict |\n\
             |---|---|---|---|---|---|---|\n",
        );
        for (name, score) in &self.histories {
            let mark = if LOOKED_AT.contains(&name.as_str()) { " (looked at)" } else { "" };
            out.push_str(&history_row(&format!("{name}{mark}"), *score));
        }
        let (looked, others) = (self.histories_sum(true), self.histories_sum(false));
        out.push_str(&history_row("**looked at**", looked));
        out.push_str(&history_row("**untouched**", others));
        out.push_str(&history_row("**all**", looked.plus(others)));
        out.push_str(
            "\nThe same by what the expressions mean, all documents, relaxed match:\n\n\
             | meaning | gold | right | wrong value | missed | spurious |\n|---|---|---|---|---|---|\n",
        );
        for (meaning, Tally { gold, wrong, missed, spurious }) in &self.meanings {
            let right = gold - wrong - missed;
            let _ =
                writeln!(out, "| {meaning} | {gold} | {right} | {wrong} | {missed} | {spurious} |");
        }
        out
    }
}

fn rates(name: &str, odd: Rate, even: Rate) -> String {
    let of = |rate: Rate| format!("{}/{} = {:.3}", rate.passed, rate.asked, rate.share());
    let all = odd.plus(even);
    format!("| {name} | {} | {:.3} | {} | {} | ", all.asked, all.share(), of(odd), of(even))
}

fn history_row(name: &str, score: Score) -> String {
    let counts = [score.right, score.right_exact, score.overlapping, score.exact];
    let figures: Vec<String> = counts.iter().map(|c| format!("{:.3}", score.f1(*c))).collect();
    format!("| {name} | {} | {} | {} |\n", score.gold, score.found, figures.join(" | "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_corpora_are_read_well() {
        let corpora = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpora"));
        if !corpora.join("wikiwars").is_dir() {
            println!("skipped, corpus not found");
            return;
        }
        let evaluation = run(corpora).unwrap();
        println!("{}", evaluation.to_markdown());
        if let Some(file) = std::env::var_os("TIME_ERRORS") {
            fs::write(file, &evaluation.errors).unwrap();
        }
        assert_eq!((evaluation.files.len(), evaluation.histories.len()), (14, 11));
    }
}
