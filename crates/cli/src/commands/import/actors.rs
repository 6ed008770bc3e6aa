//! Lists of actors into a file of the registry: PETRARCH's dictionaries, UCDP's list, `FollowTheMoney` entities.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::Context;
use averment_actors::{Dictionary, Ftm, Imported, Petrarch, Registry, Ucdp};

use super::lines::{self, Line, Objects};
use super::{Faults, LONGEST, megabytes, store};
use crate::exit::Exit;
use crate::failure;
use crate::wording::{count, grouped};

/// Bytes of an entity at most; one of a much sanctioned bank has some 200,000.
const LONGEST_ENTITY: usize = 4 << 20;
/// Bytes of UCDP's list at most; it has some 300,000.
const LONGEST_LIST: u64 = 64 << 20;

const LONG: &str = "a line that is too long to be one of a dictionary";
const LATIN: &str = "not UTF-8, read as Latin-1";
const NO_TEXT: &str = "no text; a dictionary must be UTF-8 or Latin-1";

pub(super) fn petrarch(files: &[PathBuf], into: &Path) -> anyhow::Result<Exit> {
    let started = Instant::now();
    let registry = Registry::shipped()?;
    let mut import = Petrarch::new(&registry);
    let mut faults = Faults::default();
    for path in files {
        lines::each(path, LONGEST, |_, line| {
            if let Line::Bytes(bytes) = line
                && !bytes.contains(&0)
            {
                import.look(&text(bytes).0);
            }
        })?;
        let dictionary = import.dictionary();
        let mut last = 0;
        lines::each(path, LONGEST, |number, line| {
            last = number;
            faults.rows += 1;
            let bytes = match line {
                Line::Bytes(bytes) if !bytes.contains(&0) => bytes,
                bad => {
                    faults.say(
                        path,
                        number,
                        if matches!(bad, Line::Long) { LONG } else { NO_TEXT },
                    );
                    import.skip();
                    return;
                }
            };
            let (line, utf8) = text(bytes);
            if !utf8 {
                faults.doubt(path, number, LATIN);
            }
            for fault in import.add(number, &line) {
                faults.say(path, number, &fault.to_string());
            }
        })?;
        for _ in import.close() {
            faults.say(path, last, "the last name of the file has no code");
        }
        let what = match dictionary {
            Dictionary::Actors => "a dictionary of actors",
            Dictionary::Agents => "a dictionary of agents",
            Dictionary::Discards => "a dictionary of discards",
            Dictionary::Verbs => {
                "a dictionary of verbs, of which a registry of actors takes nothing"
            }
            Dictionary::Issues => {
                "a dictionary of issues, of which a registry of actors takes nothing"
            }
            _ => "a dictionary",
        };
        failure::say(&format!("{} is {what}\n", path.display()));
    }
    finish(&import.finish(), "line", &faults, into, started)
}

pub(super) fn ucdp(file: &Path, into: &Path) -> anyhow::Result<Exit> {
    let started = Instant::now();
    let registry = Registry::shipped()?;
    let (bytes, more) = lines::whole(file, LONGEST_LIST)?;
    anyhow::ensure!(!more, "{} is too large to be UCDP's list of actors", file.display());
    let (list, utf8) = text(&bytes);
    let mut faults = Faults::default();
    if !utf8 {
        faults.doubt(file, 1, LATIN);
    }
    let list = list.trim_start_matches('\u{feff}');
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(list.as_bytes());
    let header = rows.headers().with_context(|| format!("failed to read {}", file.display()))?;
    let header: Vec<&str> = header.iter().collect();
    let mut import = match Ucdp::new(&registry, &header) {
        Ok(import) => import,
        Err(fault) => {
            failure::say(&format!("{}:1: {fault}; is it UCDP's list of actors?\n", file.display()));
            return Ok(Exit::Nothing);
        }
    };
    let width = header.len();
    for row in rows.records() {
        faults.rows += 1;
        let (line, done) = match &row {
            Ok(row) => {
                let cells: Vec<&str> = row.iter().collect();
                let line = row.position().map_or(0, csv::Position::line);
                let done = if cells.len() == width {
                    import.add(&cells).map_err(|fault| fault.to_string())
                } else {
                    Err(format!("{} columns, expected {width}", cells.len()))
                };
                (line, done)
            }
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                (line, Err("no row of a list separated by commas".to_owned()))
            }
        };
        if let Err(fault) = done {
            faults.say(file, line, &fault);
        }
    }
    finish(&import.finish(), "row", &faults, into, started)
}

pub(super) fn ftm(files: &[PathBuf], into: &Path) -> anyhow::Result<Exit> {
    let started = Instant::now();
    let registry = Registry::shipped()?;
    let mut import = Ftm::new(&registry);
    let mut faults = Faults::default();
    for path in files {
        let mut array = None;
        let mut objects = Objects::default();
        lines::each(path, LONGEST_ENTITY, |number, line| {
            let Line::Bytes(bytes) = line else {
                faults.rows += 1;
                faults.say(path, number, "a line of more than 4 MiB, no entity");
                return;
            };
            let first = || bytes.trim_ascii_start().starts_with(b"[");
            let mut take = |at: u64, object: Option<&[u8]>| {
                faults.rows += 1;
                let json = object.map(std::str::from_utf8);
                let done = match json {
                    Some(Ok(json)) => import.add(json).map_err(|fault| fault.to_string()),
                    Some(Err(_)) => Err("no UTF-8 text".to_owned()),
                    None => Err("an object of more than 4 MiB".to_owned()),
                };
                if let Err(fault) = done {
                    faults.say(path, at, &fault);
                }
            };
            if *array.get_or_insert_with(first) {
                objects.feed(number, bytes, LONGEST_ENTITY, take);
            } else if !bytes.trim_ascii().is_empty() {
                take(number, Some(bytes));
            }
        })?;
        if let Some(line) = objects.open() {
            faults.say(path, line, "an object that does not end");
        }
    }
    finish(&import.finish(), "entity", &faults, into, started)
}

/// Checks that the registry takes what was made, stores it, and says what came of it.
fn finish(
    made: &Imported,
    row: &str,
    faults: &Faults,
    into: &Path,
    started: Instant,
) -> anyhow::Result<Exit> {
    faults.close();
    if made.is_empty() {
        failure::say("nothing imported: the files name no actor\n");
        return Ok(Exit::Nothing);
    }
    let name = into.display().to_string();
    Registry::shipped_with(&[(&name, &made.toml)])
        .context("failed to make a registry of the files")?;
    store(into, made.toml.as_bytes())?;
    let number = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    let mut told = vec![
        format!("{} of its own", count(number(made.actors), "actor")),
        format!("more names for {} of the program", grouped(number(made.known))),
    ];
    if made.phrases > 0 {
        told.push(count(number(made.phrases), "phrase"));
    }
    let rows = if row == "entity" {
        format!("{} entities", grouped(faults.rows))
    } else {
        count(faults.rows, row)
    };
    failure::say(&format!(
        "imported {rows} into {name} ({:.1} MB) in {:.1} s: {}\n{} left to the program's own tables (countries, places, \
         words that it knows), {} left out as malformed\n",
        megabytes(made.toml.len()),
        started.elapsed().as_secs_f64(),
        told.join(", "),
        grouped(number(made.left)),
        grouped(faults.count),
    ));
    Ok(if faults.count > 0 { Exit::SomeRefused } else { Exit::Done })
}

/// Bytes as text, and whether they are UTF-8; if not, each byte is a letter of Latin-1.
fn text(bytes: &[u8]) -> (std::borrow::Cow<'_, str>, bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.into(), true),
        Err(_) => (bytes.iter().copied().map(char::from).collect::<String>().into(), false),
    }
}
