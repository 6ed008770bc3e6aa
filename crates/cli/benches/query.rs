//! What asking a ledger of invented reports costs: `cargo bench -p averment --bench query`, a line of Markdown a size.
//! Sizes may be given: `cargo bench -p averment --bench query -- 1000 10000`. Times are of the processor, with loading.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement for people at a terminal"
)]

use std::path::Path;
use std::process::{Command, Stdio};

use averment_corroborate::synthetic;
use averment_ledger::{Entry, Ledger, Ruling};
use averment_types::{Act, ClaimId, CodedReport, CoderVersion, Credibility, Original};
use jiff::Timestamp;

/// Decisions in the log of the second measure of each size.
const DECISIONS: usize = 10_000;

/// Reports that come one by one.
const MORE: u32 = 20;

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![1_000, 10_000] } else { asked };
    println!(
        "| reports | decisions | incidents, derived anew, s | one more report taken in and an incident explained: mean, s | worst | asked again, s | as of a moment, s | disputes, s | sources, s | explain, s |"
    );
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for size in sizes {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bench.db");
        let mut ledger = Ledger::open(&path).unwrap();
        let mut reports = synthetic::reports(1).map(|told| told.coded);
        let claims = fill(&mut ledger, &reports.by_ref().take(size).collect::<Vec<_>>());
        row(&path, size, 0, &mut ledger, &mut reports);
        decide(&mut ledger, &claims);
        row(&path, size, DECISIONS, &mut ledger, &mut reports);
    }
}

/// Stores invented reports; the ids of their claims.
fn fill(ledger: &mut Ledger, all: &[CodedReport]) -> Vec<ClaimId> {
    let own = str::to_owned;
    let version = CoderVersion { version: own("0"), reader: own("none"), codebook: own("none") };
    let original = Original::default();
    for batch in all.chunks(500) {
        let entries: Vec<Entry<'_>> =
            batch.iter().map(|coded| Entry { coded, original: &original }).collect();
        ledger.store(&entries, &version, Timestamp::UNIX_EPOCH).unwrap();
    }
    all.iter().flat_map(|coded| &coded.claims).map(|claim| claim.id().clone()).collect()
}

/// Grades, pairs and verdicts, as people who review give them.
fn decide(ledger: &mut Ledger, claims: &[ClaimId]) {
    for (number, claim) in claims.iter().cycle().take(DECISIONS).enumerate() {
        let claim = claim.clone();
        let other = claims.get((number * 7 + 1) % claims.len()).cloned();
        let act = match (number % 4, other) {
            (0, Some(b)) if b != claim => Act::Different { a: claim, b },
            (1, _) => Act::GradeClaim { claim, credibility: Credibility::Doubtful },
            _ => Act::Accept { claim },
        };
        let ruling = Ruling { by: "Ada".to_owned(), because: None, act };
        ledger.decide(&ruling, Timestamp::UNIX_EPOCH).unwrap();
    }
}

fn row(
    db: &Path,
    size: usize,
    decisions: usize,
    ledger: &mut Ledger,
    reports: &mut impl Iterator<Item = CodedReport>,
) {
    let list = ["--format", "jsonl", "--limit", "1"];
    let (told, anew) = run(db, &[&["incidents"], &list[..]].concat());
    // A question that is answered by an id alone: what it costs more than asked again is what the new report costs.
    let is_id = |word: &&str| {
        let digits = word.strip_prefix('i').filter(|digits| digits.len() == 16);
        digits.is_some_and(|digits| digits.chars().all(|c| c.is_ascii_hexdigit()))
    };
    let id = told.split('"').find(is_id).unwrap().to_owned();
    let mut more = Vec::new();
    for report in reports.by_ref().take(MORE as usize) {
        fill(ledger, &[report]);
        more.push(run(db, &["explain", &id]).1);
    }
    let worst = more.iter().copied().fold(0.0, f64::max);
    let mean = more.iter().sum::<f64>() / f64::from(MORE);
    let (_, again) = run(db, &[&["incidents"], &list[..]].concat());
    let (_, then) = run(db, &[&["incidents", "--at", "2999"], &list[..]].concat());
    let (_, disputes) = run(db, &[&["disputes"], &list[..]].concat());
    let (_, sources) = run(db, &[&["sources"], &list[..]].concat());
    let (_, explain) = run(db, &["explain", &id]);
    println!(
        "| {size} | {decisions} | {anew:.2} | {mean:.3} | {worst:.2} | {again:.2} | {then:.2} | {disputes:.2} | {sources:.2} | {explain:.2} |"
    );
}

/// Runs the program; what it told, and its processor time in seconds.
fn run(db: &Path, args: &[&str]) -> (String, f64) {
    let before = children();
    let output = Command::new(env!("CARGO_BIN_EXE_averment"))
        .args(args)
        .arg("--db")
        .arg(db)
        .stderr(Stdio::inherit())
        .output()
        .unwrap();
    assert!(output.status.success(), "{args:?}");
    (String::from_utf8(output.stdout).unwrap(), children() - before)
}

/// Processor time of the children that have ended, in seconds; the system counts hundredths.
fn children() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let rest = stat.rsplit(')').next().unwrap_or_default();
    let ticks = rest.split_whitespace().skip(13).take(2);
    ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
