//! One document: parsed, looked up, coded; a panic on the way is that document's refusal.

use std::panic::{AssertUnwindSafe, catch_unwind};

use averment_types::{Original, Report};

use crate::{Coded, Coding, EngineError, Finished, Refused};

/// How documents of one kind are told apart and parsed.
pub(crate) struct Reading<'a, D> {
    /// Bytes that the document holds in memory.
    pub(crate) size: fn(&D) -> usize,
    /// Its path, and its line where it is one record of a file.
    pub(crate) place: fn(&D) -> (String, Option<u64>),
    /// Makes a report of it.
    pub(crate) parse: &'a (dyn Fn(D) -> Result<(Report, Original), Refused> + Sync),
}

/// What became of a document so far.
pub(crate) enum Step {
    /// It was coded.
    Coded { finished: Finished, words: usize },
    /// The sink holds it already, so it was not coded.
    Known { report: Report, original: Original },
    /// It was refused.
    Refused(Refused),
    /// The run cannot go on.
    Failed(EngineError),
}

/// Takes one document as far as it goes without the others.
pub(crate) fn process<D>(document: D, reading: &Reading<'_, D>, coding: &Coding<'_>) -> Step {
    let place = (reading.place)(&document);
    let step = || match (reading.parse)(document) {
        Err(refused) => Step::Refused(refused),
        Ok((report, original)) => match (coding.known)(&report) {
            Err(error) => Step::Failed(error),
            Ok(true) => Step::Known { report, original },
            Ok(false) => code(report, original, coding),
        },
    };
    catch_unwind(AssertUnwindSafe(step)).unwrap_or_else(|_| internal_error(place))
}

/// Codes a report that was left out at first.
pub(crate) fn code_after_all(report: Report, original: Original, coding: &Coding<'_>) -> Step {
    let place = (report.source.path.clone(), report.source.line);
    catch_unwind(AssertUnwindSafe(|| code(report, original, coding)))
        .unwrap_or_else(|_| internal_error(place))
}

fn code(report: Report, original: Original, coding: &Coding<'_>) -> Step {
    let Coded { report, words } = (coding.code)(report);
    Step::Coded { finished: Finished { coded: report, original }, words }
}

/// The refusal of a document on which the program's own code panicked.
pub(crate) fn internal_error((path, line): (String, Option<u64>)) -> Step {
    Step::Refused(Refused {
        path,
        line,
        code: "internal_error".to_owned(),
        reason: "internal error".to_owned(),
    })
}
