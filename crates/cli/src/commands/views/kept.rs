//! What was derived from a large ledger, kept in a file beside it: `LEDGER.derived`.
//!
//! The file is nobody's source: it is taken only where it was made by this very program from this very state of the
//! ledger and every byte is as it was written; else everything is derived anew. It may be removed at any time.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use averment_ledger::{Ledger, LedgerError};
use averment_types::Digest;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::room::{Derived, Part};

/// From so many reports on what was derived is kept; of fewer it is derived as fast as it could be read.
pub(super) const LEAST: u64 = 256;

/// The form of the file; another one is not read.
const FORM: u32 = 1;

/// The first line of the file. The parts follow, a line each.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Head {
    form: u32,
    /// Of the program and of the ledger's state.
    state: Digest,
    /// Of incidents, disputes, histories.
    parts: [Digest; 3],
}

/// The file, and the state that it should be of.
#[derive(Debug)]
pub(super) struct File {
    path: PathBuf,
    state: Digest,
}

impl File {
    /// The file beside the ledger, for the state that the ledger is in and these actors.
    ///
    /// `actors` are the files of a user's registry, by name and text.
    pub(super) fn of(ledger: &Ledger, actors: &[(String, String)]) -> Result<Self, LedgerError> {
        let (ledger_state, program) = (ledger.state()?, program());
        let mut parts = vec![ledger_state.as_bytes(), program.as_bytes()];
        parts.extend(actors.iter().map(|(_, text)| text.as_bytes()));
        let state = Digest::of(&parts);
        Ok(Self { path: beside(ledger.path(), ".derived"), state })
    }

    /// The part that is asked for; `None` where the file is none, is of another state or is damaged.
    pub(super) fn read(&self, part: Part) -> Option<Derived> {
        let text = fs::read_to_string(&self.path).ok()?;
        let mut lines = text.lines();
        let head: Head = serde_json::from_str(lines.next()?).ok()?;
        if (head.form, &head.state) != (FORM, &self.state) {
            return None;
        }
        let mut derived = Derived::default();
        let [incidents, disputes, histories] = &head.parts;
        match part {
            Part::Incidents => derived.incidents = sound(lines.next()?, incidents)?,
            Part::Disputes => derived.disputes = sound(lines.nth(1)?, disputes)?,
            Part::Histories => derived.histories = sound(lines.nth(2)?, histories)?,
            Part::Both => {
                derived.incidents = sound(lines.next()?, incidents)?;
                derived.disputes = sound(lines.next()?, disputes)?;
            }
        }
        Some(derived)
    }

    /// Keeps what was derived. Where there is no room or no right to, nothing is kept: that costs time and nothing else.
    pub(super) fn write(&self, derived: &Derived) {
        let new = beside(&self.path, ".new");
        let kept = self.text(derived).and_then(|text| {
            fs::write(&new, text).ok()?;
            fs::rename(&new, &self.path).ok()
        });
        if kept.is_none() {
            _ = fs::remove_file(&new);
        }
    }

    fn text(&self, derived: &Derived) -> Option<String> {
        let incidents = serde_json::to_string(&derived.incidents).ok()?;
        let disputes = serde_json::to_string(&derived.disputes).ok()?;
        let histories = serde_json::to_string(&derived.histories).ok()?;
        let parts = [&incidents, &disputes, &histories].map(|part| Digest::of(&[part.as_bytes()]));
        let head = Head { form: FORM, state: self.state, parts };
        let head = serde_json::to_string(&head).ok()?;
        Some(format!("{head}\n{incidents}\n{disputes}\n{histories}\n"))
    }
}

/// What a line holds, if it is the line that was written.
fn sound<T: DeserializeOwned>(line: &str, digest: &Digest) -> Option<T> {
    (Digest::of(&[line.as_bytes()]) == *digest).then(|| serde_json::from_str(line).ok())?
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// What tells this program from any other build of it: its version, its size, when it was made.
fn program() -> String {
    let made = || {
        let meta = fs::metadata(std::env::current_exe().ok()?).ok()?;
        let time = meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(format!("{} {}", meta.len(), time.as_nanos()))
    };
    format!("{} {}", env!("CARGO_PKG_VERSION"), made().unwrap_or_default())
}
