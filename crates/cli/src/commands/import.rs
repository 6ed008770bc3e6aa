//! `averment import`: other people's files into the program's own forms.
//!
//! Owns reading files line by line with bounded memory, and telling what was left out; refuses what a row
//! means, which the libraries of places and actors know.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use averment_place::GeoNames;

use crate::args::ImportArgs;
use crate::exit::Exit;
use crate::failure;
use crate::wording::{count, grouped};

mod actors;
mod lines;

use lines::Line;

/// A longer line is no row: the longest of GeoNames has some 12,000 bytes.
const LONGEST: usize = 1 << 16;
/// So many malformed rows are named; the others are counted.
const NAMED: u64 = 20;

pub(super) fn run(args: &ImportArgs) -> anyhow::Result<Exit> {
    match args {
        ImportArgs::Geonames { files, into } => geonames(files, into),
        ImportArgs::Petrarch { files, into } => actors::petrarch(files, into),
        ImportArgs::UcdpActors { file, into } => actors::ucdp(file, into),
        ImportArgs::Ftm { files, into } => actors::ftm(files, into),
    }
}

/// What was wrong in the files of an import.
#[derive(Debug, Default)]
struct Faults {
    rows: u64,
    count: u64,
    doubts: u64,
}

impl Faults {
    /// Names what was left out by file and line; beyond some, only counts.
    fn say(&mut self, path: &Path, line: u64, fault: &str) {
        self.count += 1;
        if self.count <= NAMED {
            failure::say(&format!("{}:{line}: {fault}\n", path.display()));
        }
    }

    /// Names what was taken with doubt.
    fn doubt(&mut self, path: &Path, line: u64, doubt: &str) {
        self.doubts += 1;
        if self.doubts <= NAMED {
            failure::say(&format!("{}:{line}: {doubt}\n", path.display()));
        }
    }

    /// Says how many were not named.
    fn close(&self) {
        if self.count > NAMED {
            failure::say(&format!("and {} further rows\n", grouped(self.count - NAMED)));
        }
        if self.doubts > NAMED {
            failure::say(&format!("and {} further rows in doubt\n", grouped(self.doubts - NAMED)));
        }
    }
}

fn geonames(files: &[PathBuf], into: &Path) -> anyhow::Result<Exit> {
    let started = Instant::now();
    let mut import = GeoNames::default();
    for path in files {
        each_line(path, |_, line| {
            if let Ok(line) = line {
                import.divide(line);
            }
        })?;
    }
    let mut faults = Faults::default();
    for path in files {
        each_line(path, |number, line| {
            faults.rows += 1;
            let done = line.map_err(ToString::to_string);
            let done = done.and_then(|l| import.add(l).map_err(|fault| fault.to_string()));
            if let Err(fault) = done {
                faults.say(path, number, &fault);
            }
        })?;
    }
    faults.close();
    if import.is_empty() {
        failure::say("nothing imported: no row is a place of a GeoNames dump\n");
        return Ok(Exit::Nothing);
    }
    let places = u64::try_from(import.len()).unwrap_or(u64::MAX);
    let bytes = import.finish()?;
    store(into, &bytes)?;
    failure::say(&format!(
        "imported {} of {} into {} ({:.1} MB) in {:.1} s, {} left out as malformed\n",
        count(places, "place"),
        count(faults.rows, "row"),
        into.display(),
        megabytes(bytes.len()),
        started.elapsed().as_secs_f64(),
        grouped(faults.count),
    ));
    Ok(if faults.count > 0 { Exit::SomeRefused } else { Exit::Done })
}

#[expect(clippy::cast_precision_loss, reason = "a size for reading, to one decimal")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// Writes beside the file and then takes its place, so that a stopped import leaves the old one whole.
fn store(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    let written = File::create(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| fs::rename(&beside, path));
    written.with_context(|| format!("failed to write {}", path.display()))
}

/// Gives each line of a dump as text to `take`; one that is too long or no UTF-8 as why not.
fn each_line(
    path: &Path,
    mut take: impl FnMut(u64, Result<&str, &'static str>),
) -> anyhow::Result<()> {
    lines::each(path, LONGEST, |number, line| match line {
        Line::Long => take(number, Err("a line of more than 65,536 bytes, no row of a dump")),
        Line::Bytes(bytes) => {
            let text = std::str::from_utf8(bytes);
            take(number, text.map_err(|_| "no UTF-8 text; is the file still packed?"));
        }
    })
    .with_context(|| format!("failed to read the dump {}", path.display()))
}
