//! `averment recode`: the reports of a ledger coded anew, shown as a difference, and made so.
//!
//! The new coding waits in a draft beside the ledger, a ledger of its own that is named after the version
//! that makes it: a run that was stopped goes on where it was.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context;
use averment_engine::{Coded, Coding, Job, LedgerSink, StoredBefore, Summary};
use averment_extract::Coder;
use averment_ledger::{Adopted, Ledger};
use averment_types::{CoderVersion, Digest, Report};
use jiff::Timestamp;

use crate::args::{RecodeArgs, existing};
use crate::commands::batch::{self, Bar};
use crate::commands::{code, diff};
use crate::exit::Exit;
use crate::failure;
use crate::wording::{count, grouped};

pub(super) fn run(args: &RecodeArgs) -> anyhow::Result<Exit> {
    let coder = Coder::shipped(args.reader.into())?;
    let coder = args.actors.overlay(args.places.overlay(coder)?)?;
    let coder = args.codebook.overlay(coder)?;
    let path = args.ledger();
    let mut ledger = existing(path.clone())?;
    let draft = draft_name(&path, coder.version());
    let bar = Bar::new();
    let summary = coded(args, &coder, &path, &draft, &bar);
    bar.clear();
    let summary = summary?;
    let drafted = Ledger::open(&draft)?;
    let differing = diff::written(args.format, |each| {
        ledger.for_each_change_by(&drafted, coder.version(), each)
    })?;
    let mut told = batch::told(&summary);
    told.insert(
        0,
        format!("{} read again: {}", count(summary.reports, "report"), differing.told()),
    );
    if args.apply {
        let adopted = ledger.adopt(&drafted, coder.version(), Timestamp::now())?;
        drop(drafted);
        remove(&draft)?;
        told.push(format!("applied: {}", done(&adopted)));
    } else {
        let waiting = draft.display();
        told.push(format!("nothing is changed yet; --apply makes it so ({waiting} holds it)"));
    }
    told.push(String::new());
    failure::say(&told.join("\n"));
    Ok(batch::exit(&summary))
}

/// The draft for a version beside the ledger.
fn draft_name(ledger: &Path, version: &CoderVersion) -> PathBuf {
    let CoderVersion { version, reader, codebook } = version;
    let digest = Digest::of(&[version.as_bytes(), reader.as_bytes(), codebook.as_bytes()]);
    let digits: String = digest.to_string().chars().take(8).collect();
    let mut name = ledger.as_os_str().to_owned();
    name.push(format!(".recode-{digits}"));
    PathBuf::from(name)
}

/// Codes into the draft what it does not hold yet; what the ledger holds by this version is taken from it.
fn coded(
    args: &RecodeArgs,
    coder: &Coder,
    path: &Path,
    draft: &Path,
    bar: &Bar,
) -> anyhow::Result<Summary> {
    let version = coder.version();
    let ledger = Ledger::open_read_only(path)?;
    let mut sink = LedgerSink::new(Ledger::open(draft)?, version.clone(), &Timestamp::now);
    let drafted = StoredBefore::open(draft, version.clone())?;
    let before = StoredBefore::open(path, version.clone())?;
    let code = |report: Report| match before.coded(&report.digest) {
        Ok(Some(report)) => Coded { report, words: 0 },
        // What cannot be copied is coded: the same version finds the same.
        Ok(None) | Err(_) => code::code(coder, report),
    };
    let coding = Coding { code: &code, known: &|report| drafted.holds(report) };
    let job = Job::on(args.jobs.unwrap_or_else(batch::processors));
    Ok(averment_engine::recode(ledger, &job, &coding, &mut sink, bar)?)
}

fn done(adopted: &Adopted) -> String {
    let parts = [
        (adopted.recoded, "recoded"),
        (adopted.returned, "back to an earlier coding"),
        (adopted.unchanged, "as before"),
        (adopted.refused, "refused"),
    ];
    let parts = parts.into_iter().filter(|(n, _)| *n > 0);
    let parts: Vec<String> = parts.map(|(n, what)| format!("{} {what}", grouped(n))).collect();
    if parts.is_empty() { "no reports".to_owned() } else { parts.join(", ") }
}

/// Removes the draft with what SQLite keeps beside it.
fn remove(draft: &Path) -> anyhow::Result<()> {
    for end in ["", "-wal", "-shm"] {
        let mut name = draft.as_os_str().to_owned();
        name.push(end);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(error).context(format!("failed to remove {}", draft.display()));
            }
            _ => {}
        }
    }
    Ok(())
}
