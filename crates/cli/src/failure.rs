//! Failures, told to a person: what, because of what, and what to do.

use std::io::{self, Write};

use averment_extract::ExtractError;
use averment_lang::ReaderError;
use averment_ledger::LedgerError;
use averment_types::TextRange;

use crate::exit::Exit;

/// No claim or report has the id asked for, or several begin so.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Unfound {
    /// None has it.
    #[error("no claim, report, incident or dispute has an id that begins with {id}")]
    None {
        /// The id asked for.
        id: String,
    },
    /// Several begin so.
    #[error("several ids begin with {id}: {}", several.join(", "))]
    Several {
        /// The beginning asked for.
        id: String,
        /// Some of them.
        several: Vec<String>,
    },
    /// No claim of the ledger names the actor.
    #[error("no claim of the ledger names an actor with the id {id}")]
    Actor {
        /// The id asked for.
        id: String,
    },
    /// No type or rule of the codebook has it.
    #[error("the codebook has no type or rule {name}")]
    Type {
        /// The name asked for.
        name: String,
    },
}

/// What a decision names is not there, or is no value.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub(crate) struct Undecided {
    /// What is wrong.
    pub(crate) what: String,
    /// What to do.
    pub(crate) remedy: &'static str,
}

/// What was to be read is no text that can be.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {reason}")]
pub(crate) struct NotRead {
    /// The file, with the line.
    pub(crate) place: String,
    /// Why.
    pub(crate) reason: String,
}

/// Prints why a command failed and gives the exit code. A reader that closed its end of a pipe is no
/// failure and gets no message.
pub(crate) fn report(error: &anyhow::Error) -> Exit {
    if is_broken_pipe(error) {
        return Exit::Done;
    }
    let causes = error.chain().skip(1);
    let causes = causes.map(|cause| format!("  because: {cause}\n"));
    let remedy = remedy(error).map(|remedy| format!("  try: {remedy}\n"));
    let message: String = causes.chain(remedy).collect();
    say(&format!("error: {error}\n{message}"));
    let nothing = error.is::<Unfound>() || error.is::<NotRead>() || error.is::<Undecided>();
    let refused = matches!(error.downcast_ref(), Some(LedgerError::NotDecided { .. }));
    if nothing || refused { Exit::Nothing } else { Exit::Failed }
}

/// Writes to standard error; a closed one is nothing that could be told to anybody.
pub(crate) fn say(message: &str) {
    let shown = TextRange::visible(message);
    _ = io::stderr().lock().write_all(shown.as_bytes());
}

/// A panic tells where it is and nothing of the text at hand. The document at fault is refused and
/// stands in the summary.
pub(crate) fn tell_panics_briefly() {
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        say(&format!("internal error at {place}: please report it\n"));
    }));
}

/// Whether the reader at the other end of a pipe has gone: `averment claims | head`.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let pipe = |cause: &io::Error| cause.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref().is_some_and(pipe))
}

/// What to do, where the message does not say so itself (those of the ledger do).
fn remedy(error: &anyhow::Error) -> Option<&'static str> {
    if error.is::<ExtractError>() || error.is::<ReaderError>() {
        return Some(
            "install the program again, its data is damaged; `averment doctor` says where",
        );
    }
    if let Some(undecided) = error.downcast_ref::<Undecided>() {
        return Some(undecided.remedy);
    }
    match error.downcast_ref::<Unfound>()? {
        Unfound::None { .. } => Some(
            "`averment claims`, `reports`, `incidents` and `disputes` list ids; --db names another ledger",
        ),
        Unfound::Several { .. } => Some("give more of the id"),
        Unfound::Actor { .. } => Some("`averment actors` lists the ids"),
        Unfound::Type { .. } => {
            Some("`averment doctor` names the codebook in force; a rule is TYPE/RULE")
        }
    }
}
