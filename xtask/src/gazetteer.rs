//! `cargo run --release -p xtask -- bench-gazetteer`: how fast the gazetteer loads and answers, and how fast dumps are
//! imported; writes its section of docs/BENCHMARKS.md.

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use averment_place::{Gazetteer, GeoNames};

use crate::section;

/// Runs of which the median is taken.
const RUNS: usize = 15;
/// Look-ups of one run.
const LOOKUPS: usize = 400_000;

/// Measures and writes the section.
pub(crate) fn run(root: &Path, dumps: &Path) -> anyhow::Result<()> {
    if cfg!(debug_assertions) {
        anyhow::bail!("speed is measured in the release build alone: cargo run --release -p xtask");
    }
    let lines = lines(&root.join(dumps))?;
    let names: Vec<&str> = lines.iter().filter_map(|line| line.split('\t').nth(1)).collect();
    anyhow::ensure!(!names.is_empty(), "no GeoNames dump in {}", dumps.display());
    let shipped = Gazetteer::shipped()?;
    let started = Instant::now();
    let compiled = import(&lines)?;
    let imported = started.elapsed();
    let overlaid = shipped.clone().overlaid(compiled.clone())?;
    let load = median(|| drop(black_box(Gazetteer::shipped())));
    let load_with = median(|| {
        let gazetteer = Gazetteer::shipped().and_then(|g| g.overlaid(compiled.clone()));
        drop(black_box(gazetteer));
    });
    let mut out = String::from("| measure | shipped | with the dumps |\n|---|--:|--:|\n");
    let rows = lines.len();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "| places | {} | {} |", shipped.len(), overlaid.len());
    let _ = writeln!(out, "| load, ms | {:.1} | {:.1} |", ms(load), ms(load_with));
    for (what, queries) in [
        ("look-ups a second, names of the dumps", &names),
        ("look-ups a second, unknown names", &vec!["Qwertopolis"]),
    ] {
        let of = |g: &Gazetteer| rate(LOOKUPS, median(|| ask(g, queries)));
        let _ = writeln!(out, "| {what} | {} | {} |", of(&shipped), of(&overlaid));
    }
    let _ =
        writeln!(out, "| import of {rows} rows, rows a minute | | {} |", rate(rows * 60, imported));
    let _ = writeln!(
        out,
        "| compiled size, MB | {:.1} | {:.1} |",
        size(fs::metadata(root.join("data/gazetteer/places.bin"))?.len()),
        size(compiled.len() as u64)
    );
    println!("{out}");
    section::write(&root.join("docs/BENCHMARKS.md"), "Benchmarks", "bench:gazetteer", &out)
}

fn lines(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut lines = Vec::new();
    let mut paths: Vec<_> = fs::read_dir(folder)
        .with_context(|| format!("no folder {}", folder.display()))?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    paths.sort();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "txt")) {
        lines.extend(fs::read_to_string(path)?.lines().map(str::to_owned));
    }
    Ok(lines)
}

fn import(lines: &[String]) -> anyhow::Result<Vec<u8>> {
    let mut import = GeoNames::default();
    for line in lines {
        import.divide(line);
    }
    for line in lines {
        // A malformed row is left out, as in the program.
        let _ = import.add(line);
    }
    Ok(import.finish()?)
}

fn ask(gazetteer: &Gazetteer, names: &[&str]) {
    for name in names.iter().cycle().take(LOOKUPS) {
        black_box(gazetteer.knows(black_box(name)));
    }
}

fn median(mut run: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let started = Instant::now();
            run();
            started.elapsed()
        })
        .collect();
    times.sort_unstable();
    times.get(RUNS / 2).copied().unwrap_or_default()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[expect(clippy::cast_precision_loss, reason = "for reading, to one decimal")]
fn size(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

fn rate(count: usize, time: Duration) -> u128 {
    (count as u128 * 1_000_000) / time.as_micros().max(1)
}
