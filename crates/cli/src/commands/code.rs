//! `averment code`: reports in, a ledger or lines of JSON out, a summary on standard error.

use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use averment_engine::{Coded, Coding, Job, JsonlSink, LedgerSink, StoredBefore, Summary};
use averment_extract::Coder;
use averment_ledger::Ledger;
use averment_types::Report;
use jiff::Timestamp;

use crate::args::{CodeArgs, CodeFormat};
use crate::commands::batch::{self, Bar};
use crate::exit::Exit;
use crate::failure;
use crate::wording::{count, grouped};

pub(super) fn run(args: &CodeArgs) -> anyhow::Result<Exit> {
    let coder = Coder::shipped(args.reader.into())?;
    let coder = args.actors.overlay(args.places.overlay(coder)?)?;
    let coder = args.codebook.overlay(coder)?;
    let job = Job::on(args.jobs.unwrap_or_else(batch::processors));
    let bar = Bar::new();
    let started = Instant::now();
    let summary = match args.format {
        Some(CodeFormat::Jsonl) => to_stdout(args, &coder, &job, &bar),
        None => to_ledger(args, &coder, &job, &bar),
    };
    bar.clear();
    let summary = summary?;
    let ledger = args.format.is_none().then(|| args.ledger.path());
    let told = told(&summary, ledger.as_deref(), started.elapsed());
    failure::say(&told);
    Ok(batch::exit(&summary))
}

/// A report coded, without what the registry discards.
pub(super) fn code(coder: &Coder, report: Report) -> Coded {
    let mut done = coder.code(report);
    coder.registry().drop_discarded(&mut done.report);
    Coded { report: done.report, words: done.words }
}

fn to_stdout(args: &CodeArgs, coder: &Coder, job: &Job, bar: &Bar) -> anyhow::Result<Summary> {
    let coding = Coding { code: &|report| code(coder, report), known: &|_| Ok(false) };
    let mut sink = JsonlSink::new(io::stdout());
    let summary = averment_engine::run(&args.paths, job, &coding, &mut sink, bar)?;
    Ok(summary)
}

fn to_ledger(args: &CodeArgs, coder: &Coder, job: &Job, bar: &Bar) -> anyhow::Result<Summary> {
    let path = args.ledger.path();
    // The sink is closed last: only a writer can clear the write-ahead log away.
    let ledger = Ledger::open(&path)?;
    let mut sink = LedgerSink::new(ledger, coder.version().clone(), &Timestamp::now);
    let before = StoredBefore::open(&path, coder.version().clone())?;
    let coding =
        Coding { code: &|report| code(coder, report), known: &|report| before.holds(report) };
    let summary = averment_engine::run(&args.paths, job, &coding, &mut sink, bar)?;
    Ok(summary)
}

/// The summary in words.
fn told(summary: &Summary, ledger: Option<&Path>, elapsed: Duration) -> String {
    let mut lines = vec![headline(summary, ledger, elapsed)];
    lines.extend(claims(summary, elapsed));
    lines.extend(batch::told(summary));
    lines.push(String::new());
    lines.join("\n")
}

fn headline(summary: &Summary, ledger: Option<&Path>, elapsed: Duration) -> String {
    let reports = count(summary.reports, "report");
    let seconds = elapsed.as_secs_f64();
    let Some(ledger) = ledger.map(Path::display) else {
        return format!("coded {reports} in {seconds:.1} s");
    };
    if summary.reports > 0 && summary.reports == summary.unchanged {
        return format!("{ledger} holds the {reports} already, nothing changed ({seconds:.1} s)");
    }
    let parts = [
        (summary.new, "new"),
        (summary.unchanged, "unchanged"),
        (summary.updated, "updated"),
        (summary.recoded, "recoded"),
    ];
    let parts = parts.into_iter().filter(|(n, _)| *n > 0);
    let parts: Vec<String> = parts.map(|(n, what)| format!("{} {what}", grouped(n))).collect();
    let colon = if parts.is_empty() { "" } else { ": " };
    let parts = parts.join(", ");
    format!("coded {reports} into {ledger} in {seconds:.1} s{colon}{parts}")
}

/// Claims and speed; `None` where nothing was coded.
fn claims(summary: &Summary, elapsed: Duration) -> Option<String> {
    if summary.reports == summary.unchanged {
        return None;
    }
    let (claims, words) = (count(summary.claims, "claim"), count(summary.words, "word"));
    let millis = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
    let rate = grouped(summary.words.saturating_mul(1000) / millis.max(1));
    Some(format!("  {claims} in {words}, {rate} words a second"))
}
