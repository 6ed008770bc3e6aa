//! `averment doctor`: the ledger, the data that comes with the program, and versions.

use std::io::{self, Write};
use std::path::Path;

use averment_extract::Coder;
use averment_lang::{Reader, ReaderKind};
use averment_ledger::{CheckReport, Ledger, LedgerError};
use averment_types::TextRange;

use crate::args::DoctorArgs;
use crate::exit::Exit;
use crate::wording::{count, grouped, name};

/// The result of one check.
struct Check {
    what: &'static str,
    fine: bool,
    found: String,
}

impl Check {
    fn fine(what: &'static str, found: impl Into<String>) -> Self {
        let found = found.into();
        Self { what, fine: true, found }
    }

    fn wrong(what: &'static str, found: impl Into<String>) -> Self {
        let found = found.into();
        Self { what, fine: false, found }
    }
}

pub(super) fn run(args: &DoctorArgs) -> anyhow::Result<Exit> {
    let mut checks =
        vec![Check::fine("program", format!("averment {}", env!("CARGO_PKG_VERSION")))];
    data(&mut checks);
    let path = args.ledger.path();
    if args.ledger.db.is_none() && !path.exists() {
        checks.push(Check::fine("ledger", "there is no averment.db in this folder"));
    } else {
        ledger(&path, &mut checks);
    }
    let mut out = io::stdout().lock();
    for check in &checks {
        let state = if check.fine { "ok     " } else { "PROBLEM" };
        let found = TextRange::visible(&check.found);
        writeln!(out, "{state}  {:<10} {found}", check.what)?;
    }
    let problems = checks.iter().filter(|check| !check.fine).count() as u64;
    if problems == 0 {
        writeln!(out, "\nall is well")?;
        return Ok(Exit::Done);
    }
    writeln!(out, "\n{}", count(problems, "problem"))?;
    Ok(Exit::Failed)
}

fn data(checks: &mut Vec<Check>) {
    let coder = match Coder::shipped(ReaderKind::Fast) {
        Ok(coder) => coder,
        Err(error) => {
            checks.push(Check::wrong("data", chain(&error)));
            return;
        }
    };
    let version = coder.version();
    let codebook = coder.codebook();
    let types = count(codebook.types().len() as u64, "type");
    let rules = count(codebook.rules().len() as u64, "rule");
    checks.extend([
        Check::fine("coder", &*version.version),
        Check::fine("reader", &*version.reader),
        match Reader::shipped(ReaderKind::Exact) {
            Ok(exact) => Check::fine("reader", exact.version()),
            Err(error) => Check::wrong("reader", chain(&error)),
        },
        Check::fine("codebook", format!("{}, {types}, {rules}", codebook.name())),
        Check::fine("actors", coder.registry().version()),
        Check::fine("gazetteer", coder.gazetteer().version()),
    ]);
}

fn ledger(path: &Path, checks: &mut Vec<Check>) {
    match checked(path) {
        Ok(report) => told(path, &report, checks),
        Err(error) => checks.push(Check::wrong("ledger", chain(&error))),
    }
}

fn checked(path: &Path) -> Result<CheckReport, LedgerError> {
    Ledger::open_read_only(path)?.check()
}

fn told(path: &Path, report: &CheckReport, checks: &mut Vec<Check>) {
    let schema = format!("{}, schema {}", path.display(), report.schema_version);
    checks.push(Check::fine("ledger", schema));
    if let Some(summary) = &report.summary {
        let reports = count(summary.reports, "report");
        let claims = count(summary.claims, "claim");
        let old = count(summary.superseded_claims, "superseded claim");
        checks.push(Check::fine("content", format!("{reports}, {claims}, {old}")));
        for coder in &summary.coders {
            let coder = format!("{}, {}, {}", coder.version, coder.reader, coder.codebook);
            checks.push(Check::fine("coded by", coder));
        }
    }
    if report.decisions > 0 {
        checks.push(Check::fine("decisions", grouped(report.decisions)));
    }
    if report.is_clean() {
        let quotes = count(report.quotes, "quote");
        checks.push(Check::fine("integrity", format!("{quotes} compared with their texts")));
        return;
    }
    for problem in &report.problems {
        let found = format!("{}: {}: {}", name(problem.kind), problem.place, problem.message);
        checks.push(Check::wrong("integrity", found));
    }
    let unlisted = report.problem_count.saturating_sub(report.problems.len() as u64);
    if unlisted > 0 {
        checks
            .push(Check::wrong("integrity", format!("and {}", count(unlisted, "further problem"))));
    }
}

/// An error and its causes on one line.
fn chain(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    let told: Vec<String> = causes.map(ToString::to_string).collect();
    told.join(": ")
}
