//! Moments on the command line, and what asks about a ledger's history: `--at`, `diff`, `recode`.

use std::fmt;
use std::num::NonZeroUsize;
use std::path::PathBuf;

use averment_export::Layout;
use averment_ledger::{Ledger, LedgerError};
use clap::ValueEnum;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::reader::ReaderChoice;
use super::{CodebookArg, ExplainFormat, GazetteerArg, LedgerArg, RegistryArg, days};

pub(super) const AT_HELP: &str = "\
Reports, claims, incidents, disputes and decisions as they stood then, with the versions that had coded them. Lists
take the same moment as --at.

Examples:
  averment at 2026-10-01                    as that day ended, in UTC
  averment at now --db wire.db --format json";

pub(super) const DIFF_HELP: &str = "\
A and B are two moments of a ledger, or two ledgers: each is a file, a day (as it ended, in UTC), a
month, a year, a moment such as 2026-11-21T17:00:00Z, or `now`. One row is one cell that differs, with
its reason: a new report, new content of a report, a new version of the coder, or a decision. Claims are
the same claim where the same words of a report say it; ids differ from version to version.

Examples:
  averment diff 2026-10-01 now
  averment diff 2026-10 2026-11 --db wire.db --format csv > november.csv
  averment diff old.db new.db

Exit codes:
  0  compared, whether anything differs or not
  2  the command line was not understood
  4  a ledger or the output failed";

pub(super) const RECODE_HELP: &str = "\
Reads the newest content of every report in the ledger again, with the present program or with the
codebook, registry and gazetteer that are named, and shows cell by cell what would differ. Nothing
changes until --apply: then all of it counts from one moment on, or nothing. What counted before is kept
and superseded, and its ids still resolve. The new coding waits in a file beside the ledger
(LEDGER.recode-…), so that a run that was stopped goes on where it was, and --apply needs not code again.

Examples:
  averment recode                                    what this version of the program would change
  averment recode wire.db --codebook my-rules/ --format csv > changes.csv
  averment recode wire.db --codebook my-rules/ --apply

Exit codes:
  0  shown, or applied
  1  some reports were refused and keep the claims that they have
  2  the command line was not understood
  3  every report was refused
  4  the ledger, the program's data or the output failed";

pub(super) const BACKUP_HELP: &str = "\
A backup is a ledger of one moment, made while others go on writing. Nothing is ever overwritten: to
restore, move the damaged file away first, with its -wal and -shm files, and keep them. A backup is
checked whole before it is restored.

Examples:
  averment backup 2026-11-21.db
  averment restore 2026-11-21.db --db averment.db

Exit codes:
  0  done
  4  the file is there already, the backup is damaged, or the disk failed";

/// How rows of history are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum HistoryFormat {
    /// Columns for reading; long values are folded
    Table,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values, safe for spreadsheets
    Csv,
}

impl From<HistoryFormat> for Layout {
    fn from(format: HistoryFormat) -> Self {
        match format {
            HistoryFormat::Table => Self::Table,
            HistoryFormat::Json => Self::Json,
            HistoryFormat::Jsonl => Self::Jsonl,
            HistoryFormat::Csv => Self::Csv,
        }
    }
}

/// Why a moment was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a moment is written 2026-11-21T17:00:00Z, a day 2026-11-21, a month 2026-11, a year 2026")]
pub(crate) struct MomentError;

/// A moment, or the last one of a day, month or year in UTC.
pub(crate) fn moment(text: &str) -> Result<Timestamp, MomentError> {
    if let Ok(moment) = text.parse() {
        return Ok(moment);
    }
    let (_, last) = days(text).map_err(|_| MomentError)?;
    let end = last.at(23, 59, 59, 999_999_999).to_zoned(TimeZone::UTC);
    end.map(|end| end.timestamp()).map_err(|_| MomentError)
}

/// One of the two states that are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum StateArg {
    /// Another ledger, as it is.
    File(PathBuf),
    /// The ledger as it was.
    Then(Timestamp),
    /// The ledger as it is.
    Now,
}

impl StateArg {
    /// The ledger in this state, for reading.
    pub(crate) fn open(&self, ledger: &LedgerArg) -> Result<Ledger, LedgerError> {
        match self {
            Self::File(path) => Ledger::open_read_only(path),
            Self::Then(moment) => Ledger::open_at(&ledger.path(), *moment),
            Self::Now => Ledger::open_read_only(&ledger.path()),
        }
    }
}

impl fmt::Display for StateArg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Then(moment) => moment.fmt(f),
            Self::Now => f.write_str("now"),
        }
    }
}

/// Whatever is no moment is a file.
#[expect(clippy::unnecessary_wraps, reason = "the form of a parser of arguments")]
fn state(text: &str) -> Result<StateArg, MomentError> {
    Ok(match moment(text) {
        Ok(moment) => StateArg::Then(moment),
        Err(_) if text == "now" => StateArg::Now,
        Err(_) => StateArg::File(text.into()),
    })
}

/// `averment at`.
#[derive(Debug, clap::Args)]
pub(crate) struct AtArgs {
    /// A day (as it ended, in UTC), a month, a year, a moment, or `now`
    #[arg(value_name = "DATE", value_parser = state)]
    pub(crate) moment: StateArg,
    #[command(flatten)]
    pub(crate) ledger: LedgerArg,
    #[command(flatten)]
    pub(crate) actors: RegistryArg,
    /// How to write it
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub(crate) format: ExplainFormat,
}

/// `averment diff`.
#[derive(Debug, clap::Args)]
pub(crate) struct DiffArgs {
    /// The state before: a moment or a ledger
    #[arg(value_name = "A", value_parser = state)]
    pub(crate) before: StateArg,
    /// The state after: a moment or a ledger
    #[arg(value_name = "B", value_parser = state)]
    pub(crate) after: StateArg,
    #[command(flatten)]
    pub(crate) ledger: LedgerArg,
    /// How to write the cells that differ
    #[arg(long, value_enum, default_value_t = HistoryFormat::Table)]
    pub(crate) format: HistoryFormat,
}

/// `averment recode`.
#[derive(Debug, clap::Args)]
pub(crate) struct RecodeArgs {
    /// The ledger [default: averment.db in the current folder]
    #[arg(value_name = "LEDGER", conflicts_with = "db")]
    pub(crate) path: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) ledger: LedgerArg,
    /// Make it so
    #[arg(long)]
    pub(crate) apply: bool,
    /// Which reader reads
    #[arg(long, value_enum, default_value_t = ReaderChoice::Fast)]
    pub(crate) reader: ReaderChoice,
    #[command(flatten)]
    pub(crate) places: GazetteerArg,
    #[command(flatten)]
    pub(crate) codebook: CodebookArg,
    #[command(flatten)]
    pub(crate) actors: RegistryArg,
    /// How to write the cells that differ
    #[arg(long, value_enum, default_value_t = HistoryFormat::Table)]
    pub(crate) format: HistoryFormat,
    /// How many reports to code at once [default: the number of processors]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

impl RecodeArgs {
    /// Where the ledger is.
    pub(crate) fn ledger(&self) -> PathBuf {
        self.path.clone().unwrap_or_else(|| self.ledger.path())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_meant_as_it_ended() {
        let told = |text: &str| moment(text).unwrap().to_string();
        assert_eq!(told("2026-11-21"), "2026-11-21T23:59:59.999999999Z");
        assert_eq!(told("2026-02"), "2026-02-28T23:59:59.999999999Z");
        assert_eq!(told("2026"), "2026-12-31T23:59:59.999999999Z");
        assert_eq!(told("2026-11-21T18:00:00+01:00"), "2026-11-21T17:00:00Z");
        assert_eq!(moment("yesterday"), Err(MomentError));
    }

    #[test]
    fn what_is_no_moment_is_a_ledger() {
        assert_eq!(state("now"), Ok(StateArg::Now));
        assert!(matches!(state("2026-11"), Ok(StateArg::Then(_))));
        assert_eq!(state("old.db"), Ok(StateArg::File("old.db".into())));
    }
}
