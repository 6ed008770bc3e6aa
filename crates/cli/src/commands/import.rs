//! `averment import`: other people's files into the program's own forms.
//!
//! Owns reading dump files line by line with bounded memory, and telling what was left out; refuses what a row
//! means, which the library of places knows.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use averment_place::GeoNames;

use crate::args::ImportArgs;
use crate::exit::Exit;
use crate::failure;
use crate::wording::{count, grouped};

/// A longer line is no row: the longest of GeoNames has some 12,000 bytes.
const LONGEST: usize = 1 << 16;
/// So many malformed rows are named; the others are counted.
const NAMED: u64 = 20;

pub(super) fn run(args: &ImportArgs) -> anyhow::Result<Exit> {
    match args {
        ImportArgs::Geonames { files, into } => geonames(files, into),
    }
}

/// What came of an import.
#[derive(Debug, Default)]
struct Tally {
    rows: u64,
    faults: u64,
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
    let mut tally = Tally::default();
    for path in files {
        each_line(path, |number, line| {
            tally.rows += 1;
            let done = line.map_err(ToString::to_string);
            let done = done.and_then(|l| import.add(l).map_err(|fault| fault.to_string()));
            if let Err(fault) = done {
                tally.faults += 1;
                if tally.faults <= NAMED {
                    failure::say(&format!("{}:{number}: {fault}\n", path.display()));
                }
            }
        })?;
    }
    if tally.faults > NAMED {
        failure::say(&format!("and {} further rows\n", grouped(tally.faults - NAMED)));
    }
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
        count(tally.rows, "row"),
        into.display(),
        megabytes(bytes.len()),
        started.elapsed().as_secs_f64(),
        grouped(tally.faults),
    ));
    Ok(if tally.faults > 0 { Exit::SomeRefused } else { Exit::Done })
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
    written.with_context(|| format!("failed to write the gazetteer {}", path.display()))
}

/// Gives each line of a file with its number from 1 to `take`; one that is too long or no UTF-8 as why not.
/// No more than one line is held.
fn each_line(
    path: &Path,
    mut take: impl FnMut(u64, Result<&str, &'static str>),
) -> anyhow::Result<()> {
    let failed = || format!("failed to read the dump {}", path.display());
    let mut input = BufReader::with_capacity(1 << 18, File::open(path).with_context(failed)?);
    let mut line: Vec<u8> = Vec::new();
    for number in 1.. {
        line.clear();
        let (mut any, mut long) = (false, false);
        loop {
            let buffer = input.fill_buf().with_context(failed)?;
            let end = buffer.iter().position(|b| *b == b'\n');
            let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
            any |= !buffer.is_empty();
            long |= line.len() + part.len() > LONGEST;
            if !long {
                line.extend_from_slice(part);
            }
            let (used, last) = (part.len() + usize::from(end.is_some()), buffer.is_empty());
            input.consume(used);
            if end.is_some() || last {
                break;
            }
        }
        if !any {
            return Ok(());
        }
        let bytes = line.strip_suffix(b"\r").unwrap_or(&line);
        let bytes =
            if number == 1 { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) } else { bytes };
        match std::str::from_utf8(bytes) {
            _ if long => take(number, Err("a line of more than 65,536 bytes, no row of a dump")),
            Ok("") => {}
            Ok(text) => take(number, Ok(text)),
            Err(_) => take(number, Err("no UTF-8 text; is the file still packed?")),
        }
    }
    Ok(())
}
