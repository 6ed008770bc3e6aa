//! `cargo xtask bench`: the release build codes a folder of articles, once into a ledger and once to
//! JSONL, and reads them; what that took goes into docs/BENCHMARKS.md, with a peer's time for the same where
//! a Python that has the peer is named.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};
use regex::Regex;
use serde_json::Value;

use crate::process::{Usage, cargo, watch};
use crate::section;

/// How `averment code` ends when it refused some inputs and coded the others; the table counts them.
const SOME_REFUSED: i32 = 1;

/// The peer's pipelines: what the table calls them, and what the script does.
const PEERS: [(&str, &str); 2] = [
    ("spaCy 3.8 small, whole pipeline", "whole"),
    ("spaCy 3.8 small, parser and entities alone", "parser-and-entities"),
];

/// The program's runs: what the table calls them, the name of what they print, command and options. Of the
/// run that prints "lines" the yield is counted.
const RUNS: [(&str, &str, &str, &[&str]); 5] = [
    ("code, into a ledger", "ledger", "code", &["--db", "l.db"]),
    ("code, to JSONL", "lines", "code", &["--format", "jsonl"]),
    (
        "code with the exact reader, to JSONL",
        "exact-lines",
        "code",
        &["--format", "jsonl", "--reader", "exact"],
    ),
    ("read, to JSONL", "read", "read", &["--format", "jsonl"]),
    (
        "read with the exact reader, to JSONL",
        "exact-read",
        "read",
        &["--format", "jsonl", "--reader", "exact"],
    ),
];

/// What came out of the articles.
#[derive(Debug, Default, PartialEq, Eq)]
struct Yield {
    reports: u64,
    words: u64,
    claims: u64,
    /// Inputs that were not coded, by the program's own summary.
    refused: u64,
    /// Inputs that came before with the same content, by the program's own summary.
    twice: u64,
}

/// Measures and writes; says so and does nothing where the articles are absent.
pub(crate) fn run(root: &Path, articles: &Path, peer: Option<&Path>) -> anyhow::Result<()> {
    let articles = root.join(articles);
    if !articles.is_dir() {
        println!("bench: skipped, corpus not found");
        return Ok(());
    }
    let program = build(root)?;
    let scratch = tempfile::tempdir().context("no temporary folder")?;
    let mut runs = Vec::new();
    for (name, out, verb, options) in RUNS {
        let mut command = Command::new(&program);
        command.current_dir(scratch.path()).arg(verb).arg(&articles).args(options);
        runs.push((name, measure(&mut command, scratch.path(), out)?));
    }
    for (name, mode) in PEERS.iter().filter(|_| peer.is_some()) {
        let mut command = Command::new(peer.unwrap_or(Path::new("python3")));
        command.arg(root.join("models/reader/peer.py")).arg(&articles).arg(mode);
        command.env("OMP_NUM_THREADS", "1");
        let usage = watch(command.stdout(File::create(scratch.path().join("peer.out"))?))?;
        ensure!(usage.status.success(), "the peer ended with {}", usage.status);
        runs.push((name, usage));
    }
    let inputs = fs::read_dir(&articles)?.count() as u64;
    let lines = BufReader::new(File::open(scratch.path().join("lines.out"))?);
    let summary = fs::read_to_string(scratch.path().join("lines.err"))?;
    let found = count(lines, &summary)?;
    let told = found.reports + found.refused + found.twice;
    ensure!(told == inputs, "{inputs} files went in and {told} came out");
    let body = table(inputs, &found, &runs);
    println!("{body}");
    section::write(&root.join("docs/BENCHMARKS.md"), "Benchmarks", "bench:code", &body)
}

/// Builds the program as users get it and says where it is.
fn build(root: &Path) -> anyhow::Result<PathBuf> {
    let built = Command::new(cargo())
        .args(["build", "--release", "--locked", "--package", "averment"])
        .current_dir(root)
        .status()
        .context("cargo did not start")?;
    ensure!(built.success(), "the release build failed");
    let metadata = crate::tidy::metadata(root)?;
    let target = metadata.get("target_directory").and_then(Value::as_str);
    let target = target.context("cargo metadata names no target directory")?;
    Ok(Path::new(target).join("release").join("averment"))
}

/// One thread; standard output and standard error go into `NAME.out` and `NAME.err` of `folder`.
fn measure(command: &mut Command, folder: &Path, name: &str) -> anyhow::Result<Usage> {
    let errors = folder.join(name).with_extension("err");
    if command.get_args().next().is_some_and(|verb| verb == "code") {
        command.args(["--jobs", "1"]);
    }
    command
        .stdout(File::create(folder.join(name).with_extension("out"))?)
        .stderr(File::create(&errors)?);
    let usage = watch(command)?;
    let said = fs::read_to_string(errors)?;
    eprint!("{said}");
    let done = matches!(usage.status.code(), Some(0 | SOME_REFUSED));
    ensure!(done, "averment ended with {}", usage.status);
    Ok(usage)
}

/// Reports, their words (runs between white space) and claims in JSONL output; what the summary on
/// standard error says of the other inputs.
fn count(lines: impl BufRead, summary: &str) -> anyhow::Result<Yield> {
    let mut found = Yield {
        refused: said(summary, r"refused: ([\d,]+)")?,
        twice: said(summary, r"([\d,]+) documents? came twice")?,
        ..Yield::default()
    };
    for line in lines.lines() {
        let report: Value = serde_json::from_str(&line?).context("a line of output is no JSON")?;
        let text = report.get("text").and_then(Value::as_str);
        let text = text.context("a report without text")?;
        let claims = report.get("claims").and_then(Value::as_array);
        let claims = claims.context("a report without claims")?;
        found.reports += 1;
        found.words += text.split_whitespace().count() as u64;
        found.claims += claims.len() as u64;
    }
    Ok(found)
}

/// The number that `pattern` captures in the summary, 0 when the summary does not say so.
fn said(summary: &str, pattern: &str) -> anyhow::Result<u64> {
    let pattern = Regex::new(pattern)?;
    let Some(number) = pattern.captures(summary).and_then(|found| found.get(1)) else {
        return Ok(0);
    };
    let digits = number.as_str().replace(',', "");
    digits.parse().context("a number of the summary")
}

#[expect(clippy::cast_precision_loss, reason = "figures for people, far below 2^52")]
fn table(inputs: u64, found: &Yield, runs: &[(&str, Usage)]) -> String {
    let Yield { reports, words, claims, refused, twice } = found;
    let mut out = format!(
        "{inputs} articles on one thread of: {}. {reports} reports, {refused} refused, {twice} that came twice; \
         {words} words, {claims} claims.\n\n\
         | run | seconds | CPU seconds | words per CPU second | peak memory, MiB |\n|---|--:|--:|--:|--:|\n",
        processor(),
    );
    for (run, usage) in runs {
        let speed = found.words as f64 / usage.cpu.max(0.01);
        let peak = usage.peak_kib as f64 / 1024.0;
        let (wall, cpu) = (usage.wall, usage.cpu);
        _ = writeln!(out, "| {run} | {wall:.1} | {cpu:.1} | {speed:.0} | {peak:.0} |");
    }
    out
}

/// The processor's name, without which no figure can be compared.
fn processor() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = info.lines().find_map(|line| line.strip_prefix("model name"));
    let name = name.and_then(|rest| rest.split_once(':')).map(|(_, name)| name.trim());
    name.unwrap_or("an unnamed processor").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_words_and_claims_are_counted() {
        let lines = "{\"text\":\"two words\",\"claims\":[{},{}]}\n{\"text\":\"\",\"claims\":[]}\n";
        let summary = "  2 documents came twice, and counted once\n  refused: 1,003 documents\n";
        let expected = Yield { reports: 2, words: 2, claims: 2, refused: 1003, twice: 2 };
        assert_eq!(count(lines.as_bytes(), summary).unwrap(), expected);
        assert_eq!(count(lines.as_bytes(), "").unwrap().refused, 0);
        assert!(count("{\"claims\":[]}\n".as_bytes(), "").is_err());
        assert!(count("not json\n".as_bytes(), "").is_err());
    }

    #[test]
    fn the_table_divides_words_by_processor_time() {
        let status = Command::new("true").status().unwrap();
        let usage = Usage { status, wall: 3.0, cpu: 2.0, peak_kib: 2048 };
        let found = Yield { reports: 9, words: 1000, claims: 4, refused: 1, twice: 0 };
        let text = table(10, &found, &[("code", usage)]);
        assert!(text.contains("| code | 3.0 | 2.0 | 500 | 2 |"), "{text}");
        assert!(text.contains("9 reports, 1 refused"), "{text}");
    }
}
