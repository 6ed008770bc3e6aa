//! `cargo xtask tidy`: the checks that keep the house true. Each check has a module, a reason and tests
//! that show it failing; this file runs them and prints what they find.

mod arrows;
mod data;
mod house;
mod mask;
mod rooms;
mod size;
mod words;

pub(crate) use arrows::metadata;

use std::fmt;
use std::path::Path;

use crate::tree::{self, File};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grade {
    /// The check fails.
    Fault,
    /// Worth a look.
    Note,
}

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    pub(crate) grade: Grade,
    pub(crate) path: String,
    /// Counted from 1.
    pub(crate) line: usize,
    /// What is there.
    pub(crate) met: String,
    /// What should be.
    pub(crate) expected: String,
}

impl Finding {
    fn fault(
        file: &File,
        line: usize,
        met: impl Into<String>,
        expected: impl Into<String>,
    ) -> Self {
        Self {
            grade: Grade::Fault,
            path: file.path.clone(),
            line,
            met: met.into(),
            expected: expected.into(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grade = match self.grade {
            Grade::Fault => "fault",
            Grade::Note => "note",
        };
        let Self { path, line, met, expected, .. } = self;
        write!(f, "{path}:{line}: {grade}: {met}; expected: {expected}")
    }
}

/// Runs every check and prints the findings; whether there was no fault.
pub(crate) fn run(root: &Path) -> anyhow::Result<bool> {
    let files = tree::read(root)?;
    let mut findings = check_files(&files);
    findings.extend(arrows::check(&arrows::metadata(root)?)?);
    for finding in &findings {
        println!("{finding}");
    }
    let faults = findings.iter().filter(|f| f.grade == Grade::Fault).count();
    let notes = findings.len() - faults;
    println!("tidy: {} files, {faults} faults, {notes} notes", files.len());
    Ok(faults == 0)
}

fn check_files(files: &[File]) -> Vec<Finding> {
    let rust = files.iter().filter(|file| file.is_rust());
    let of_rust = rust.flat_map(|file| {
        let masked = mask::Masked::of(&file.text);
        let size = size::check(file, &masked).into_iter();
        size.chain(house::check_rust(file)).chain(rooms::check(file, &masked)).collect::<Vec<_>>()
    });
    let of_all =
        files.iter().flat_map(|file| words::check(file).into_iter().chain(data::check(file)));
    of_rust.chain(of_all).chain(house::check_documents(files)).collect()
}

#[cfg(test)]
fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_file_line_fault_and_remedy() {
        let found = Finding::fault(&file("a/b.rs", ""), 7, "x", "y");
        assert_eq!(found.to_string(), "a/b.rs:7: fault: x; expected: y");
    }

    #[test]
    fn a_clean_file_has_no_findings_and_a_dirty_one_has_each() {
        let architecture = file("docs/ARCHITECTURE.md", "# Map\n");
        let clean = file("crates/time/src/lib.rs", "//! Dates.\n\nfn f() {}\n");
        assert_eq!(check_files(&[clean, architecture.clone()]), []);
        let dirty = file(
            "crates/time/src/helpers.rs",
            concat!("fn f() { std::fs::read(\"x\"); } // TO", "DO\n"),
        );
        let met: Vec<String> =
            check_files(&[dirty, architecture]).into_iter().map(|f| f.met).collect();
        assert_eq!(met.len(), 4, "{met:?}");
    }
}
