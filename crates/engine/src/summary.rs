//! What a run came to, in numbers.

use std::collections::BTreeMap;
use std::fmt;

use averment_types::{Report, WarningCode};

use crate::Outcome;

/// Refusals that are kept with path and reason; beyond it they are only counted.
const KEPT_REFUSALS: usize = 1000;

/// A document that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its path as given.
    pub path: String,
    /// Its line, where it is one record of a file, counted from 1.
    pub line: Option<u64>,
    /// The sort of reason, a stable word.
    pub code: String,
    /// The reason, a sentence for people.
    pub reason: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.path, self.reason),
            None => write!(f, "{}: {}", self.path, self.reason),
        }
    }
}

/// What a run came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// Reports read, without duplicates: new, unchanged, updated and recoded together.
    pub reports: u64,
    /// Reports that were not there before.
    pub new: u64,
    /// Reports that were there, coded by the same version.
    pub unchanged: u64,
    /// Reports that were there with other content.
    pub updated: u64,
    /// Reports that were there, coded by another version.
    pub recoded: u64,
    /// Documents of the same id and content as an earlier one of this run; not handed on again.
    pub duplicates: u64,
    /// Claims in the reports that are new, updated or recoded.
    pub claims: u64,
    /// Words read in them.
    pub words: u64,
    /// Warnings by code, one for each time it was given.
    pub warnings: BTreeMap<WarningCode, u64>,
    /// Documents refused.
    pub refused: u64,
    /// The first 1000 refusals, in the order of the input.
    pub refusals: Vec<Refused>,
    /// Refusals by the sort of reason.
    pub refusals_by_code: BTreeMap<String, u64>,
    /// Whether the output was closed by its reader before the end.
    pub closed: bool,
}

impl Summary {
    pub(crate) fn refuse(&mut self, refused: Refused) {
        self.refused += 1;
        *self.refusals_by_code.entry(refused.code.clone()).or_default() += 1;
        if self.refusals.len() < KEPT_REFUSALS {
            self.refusals.push(refused);
        }
    }

    pub(crate) fn warn(&mut self, code: WarningCode) {
        *self.warnings.entry(code).or_default() += 1;
    }

    /// Counts a report with its warnings.
    pub(crate) fn read(&mut self, report: &Report) {
        self.reports += 1;
        for warning in &report.warnings {
            self.warn(warning.code);
        }
    }

    /// Counts what became of a report; a refusal is counted by [`Summary::refuse`].
    pub(crate) fn outcome(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::New => self.new += 1,
            Outcome::Unchanged => self.unchanged += 1,
            Outcome::Updated => self.updated += 1,
            Outcome::Recoded => self.recoded += 1,
            Outcome::Refused { .. } => {}
        }
    }
}
