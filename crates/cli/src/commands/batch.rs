//! What the commands that take many reports have in common: the bar, the refusals, the exit code.

use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::thread;
use std::time::Duration;

use averment_engine::{Progress, Summary};
use indicatif::{ProgressBar, ProgressStyle};

use crate::exit::Exit;
use crate::wording::{count, grouped};

/// Refusals that are listed; the others are counted.
const LISTED: usize = 20;

/// How often the bar is drawn.
const TICK: Duration = Duration::from_millis(120);

/// The processors that there are.
pub(super) fn processors() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// The bar on standard error, where that is a terminal.
pub(super) struct Bar(ProgressBar);

impl Bar {
    pub(super) fn new() -> Self {
        if !io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}  {elapsed}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(TICK);
        Self(bar)
    }

    /// Takes the bar away.
    pub(super) fn clear(&self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn advanced(&self, so_far: &Summary) {
        if self.0.is_hidden() {
            return;
        }
        let done = so_far.reports + so_far.duplicates;
        let refused = match so_far.refused {
            0 => String::new(),
            refused => format!(", {} refused", grouped(refused)),
        };
        let claims = match so_far.claims {
            0 => String::new(),
            claims => format!(", {}", count(claims, "claim")),
        };
        self.0.set_message(format!("{}{claims}{refused}", count(done, "report")));
    }
}

/// The code of a run that refused some documents.
pub(super) fn exit(summary: &Summary) -> Exit {
    let done = summary.reports + summary.duplicates;
    match (summary.refused, done) {
        (0, _) => Exit::Done,
        (_, 0) => Exit::Nothing,
        _ => Exit::SomeRefused,
    }
}

/// Duplicates, warnings and refusals, a line each.
pub(super) fn told(summary: &Summary) -> Vec<String> {
    let mut lines = Vec::new();
    if summary.duplicates > 0 {
        let times = count(summary.duplicates, "document");
        lines.push(format!("  {times} came twice, and counted once"));
    }
    if !summary.warnings.is_empty() {
        let warnings = summary.warnings.iter();
        let warnings =
            warnings.map(|(code, n)| format!("{} {}", grouped(*n), crate::wording::name(code)));
        lines.push(format!("  warnings: {}", warnings.collect::<Vec<_>>().join(", ")));
    }
    if summary.refused > 0 {
        lines.push(format!("  refused: {}", count(summary.refused, "document")));
        let listed = summary.refusals.iter().take(LISTED);
        lines.extend(listed.map(|refused| format!("    {refused}")));
        let more = summary.refused.saturating_sub(LISTED as u64);
        if more > 0 {
            lines.push(format!("    and {} more: {}", grouped(more), by_code(summary)));
        }
    }
    lines
}

fn by_code(summary: &Summary) -> String {
    let codes = summary.refusals_by_code.iter();
    let codes = codes.map(|(code, n)| format!("{code} {}", grouped(*n)));
    format!("in all {}", codes.collect::<Vec<_>>().join(", "))
}
