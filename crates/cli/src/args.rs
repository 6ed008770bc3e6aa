//! The command line: commands, their options, their help.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use averment_types::{ClaimKind, CountryCode, DateInterval, LanguageCode};
use clap::{Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::exit;

mod codebook;
mod decide;
mod history;
mod import;
mod list;
mod read;
mod reader;
mod resolve;
mod views;

pub(crate) use codebook::{CodebookArg, CodebookArgs};
pub(crate) use decide::{
    CorrectArgs, DecideArgs, DecisionsArgs, Field, Grade, Point, coded, existing,
};
pub(crate) use history::{AtArgs, DiffArgs, HistoryFormat, RecodeArgs, StateArg};
pub(crate) use import::{GazetteerArg, ImportArgs, RegistryArg, registry_with};
pub(crate) use list::{LedgerAt, ListArgs, ListFormat, WhatAndWhen};
pub(crate) use read::{ReadArgs, ReadFormat};
use reader::ReaderChoice;
pub(crate) use resolve::{Resolvable, ResolveArgs};
pub(crate) use views::{
    ActorsArgs, BookName, CompareArgs, DerivedFrom, DisputesArgs, ProjectArgs, SourcesArgs,
    ViewArgs,
};

const EXAMPLES: &str = "\
Examples:
  averment code reports/                    code a folder into ./averment.db
  averment claims --country ML              what is claimed to have happened in Mali
  averment incidents --origins 2            what two and more independent origins tell of
  averment disputes                         where they contradict each other
  averment explain c3f2a9                   one claim, with its words and who said so
  averment read --pretty 'Two men died.'    the tree that the reader sees in a sentence
  averment resolve place 'near Gao'         what words mean, and why

Nothing is ever fetched from a network.

";

/// Reads reports of armed conflict and keeps an auditable ledger of claims: who is said to have done
/// what to whom, when, where, who says so, in which words.
#[derive(Debug, Parser)]
#[command(
    name = "averment",
    after_help = format!("{EXAMPLES}{}", exit::TABLE),
    arg_required_else_help = true,
    disable_help_subcommand = true,
)]
pub(crate) struct Args {
    /// Print the versions of program, reader and codebook.
    #[arg(short = 'V', long)]
    pub(crate) version: bool,

    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Code reports: find the claims in them and store both
    #[command(after_help = CODE_HELP)]
    Code(CodeArgs),
    /// List the claims of the ledger
    #[command(after_help = CLAIMS_HELP)]
    Claims(ClaimsArgs),
    /// List the reports of the ledger
    #[command(after_help = REPORTS_HELP)]
    Reports(ReportsArgs),
    /// List the incidents that the ledger's claims tell of, with their independent origins
    #[command(after_help = views::INCIDENTS_HELP)]
    Incidents(ViewArgs),
    /// List what claims contradict each other on
    #[command(after_help = views::DISPUTES_HELP)]
    Disputes(DisputesArgs),
    /// List whose word the incidents rest on
    #[command(after_help = views::SOURCES_HELP)]
    Sources(SourcesArgs),
    /// List incidents in the order of days
    #[command(after_help = views::TIMELINE_HELP)]
    Timeline(ViewArgs),
    /// List the actors of the ledger, or show the history of one
    #[command(after_help = views::ACTORS_HELP)]
    Actors(ActorsArgs),
    /// Show the incidents that a rule book takes in
    #[command(after_help = views::PROJECT_HELP)]
    Project(ProjectArgs),
    /// Show where two rule books part, and by which rules
    #[command(after_help = views::COMPARE_HELP)]
    Compare(CompareArgs),
    /// Show one claim, report, incident or dispute with everything that it rests on
    #[command(after_help = EXPLAIN_HELP)]
    Explain(ExplainArgs),
    /// Decide about a claim, a name, a source or a dispute
    #[command(subcommand, after_help = decide::HELP)]
    Decide(DecideArgs),
    /// List the decisions of the ledger
    #[command(after_help = decide::DECISIONS_HELP)]
    Decisions(DecisionsArgs),
    /// Show what the ledger held at a moment, and what followed from it
    #[command(after_help = history::AT_HELP)]
    At(AtArgs),
    /// Say cell by cell what differs between two moments or two ledgers, and why
    #[command(after_help = history::DIFF_HELP)]
    Diff(DiffArgs),
    /// Code the reports of the ledger anew, show what differs, and make it so
    #[command(after_help = history::RECODE_HELP)]
    Recode(RecodeArgs),
    /// Copy the ledger as it is now to a new file
    #[command(after_help = history::BACKUP_HELP)]
    Backup {
        /// The file to make
        #[arg(value_name = "FILE")]
        to: PathBuf,
        #[command(flatten)]
        ledger: LedgerArg,
    },
    /// Put a backup in the place of a ledger that is gone
    #[command(after_help = history::BACKUP_HELP)]
    Restore {
        /// The backup
        #[arg(value_name = "FILE")]
        from: PathBuf,
        #[command(flatten)]
        ledger: LedgerArg,
    },
    /// Print what the reader sees: sentences, words, trees, entities
    #[command(after_help = read::HELP)]
    Read(ReadArgs),
    /// Say what words mean as a date, a place or an actor, and why
    #[command(after_help = resolve::HELP)]
    Resolve(ResolveArgs),
    /// Check, explain or try a codebook: the types of claims and the rules that find them
    #[command(subcommand, after_help = codebook::HELP)]
    Codebook(CodebookArgs),
    /// Turn other people's files into the program's own: places, actors
    #[command(subcommand)]
    Import(ImportArgs),
    /// Check the ledger, the data that comes with the program, and versions
    #[command(after_help = DOCTOR_HELP)]
    Doctor(DoctorArgs),
    /// Print the JSON Schema of what is written as JSON
    #[command(after_help = SCHEMA_HELP)]
    Schema {
        /// Of what.
        #[arg(value_enum)]
        of: SchemaOf,
    },
    /// Print a completion script for a shell
    #[command(after_help = COMPLETIONS_HELP)]
    Completions {
        /// For which shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
}

const CODE_HELP: &str = "\
A PATH is a file (.txt, .html, .jsonl, any of them .gz), a folder, a pattern in quotes, or - for
standard input. A report that was coded before by the same version is not coded again, so a run that
was stopped goes on where it was. The reader is part of the version: --reader exact codes anew what
--reader fast coded, and the claims of that run supersede the others.

Examples:
  averment code reports/ 'archive/**/*.html'
  averment code wire.jsonl --db wire.db --jobs 4
  averment code reports/ --format jsonl > coded.jsonl
  averment code reports/ --codebook my-rules/
  zcat wire.jsonl.gz | averment code -

Exit codes:
  0  all inputs were coded
  1  some inputs were refused, the others were coded
  2  the command line was not understood
  3  every input was refused
  4  the ledger, the program's data or the output failed";

const CLAIMS_HELP: &str = "\
Examples:
  averment claims --actor 'islamic state' --since 2020-03 --until 2020-06
  averment claims --type armed_clash --format geojson > clashes.geojson
  averment claims --text '\"river crossing\" OR ford -flood' --format csv > ford.csv
  averment claims --report r0c5d1be8f3a2764 --all
  averment claims --at 2026-10-01 --format csv

Values that people corrected are the corrected ones, and filters ask for these; claims that people
rejected are left out. `averment explain` shows what the coder had found.";

const REPORTS_HELP: &str = "\
Examples:
  averment reports --outlet wire --since 2020
  averment reports --text 'ceasefire' --format jsonl
  averment reports --country ML --all";

const EXPLAIN_HELP: &str = "\
The beginning of an id will do while it is the only one that begins so.

Examples:
  averment explain c3f2a9
  averment explain lbc-2019-1181
  averment explain c3f2a9 --format json

Exit codes:
  0  shown
  3  no claim or report has that id, or several begin so
  4  the ledger or the output failed";

const DOCTOR_HELP: &str = "\
Reads only; repairs nothing.

Examples:
  averment doctor
  averment doctor --db wire.db

Exit codes:
  0  all is well
  4  there is a problem, or the ledger cannot be read";

const SCHEMA_HELP: &str = "\
Examples:
  averment schema report > report.schema.json      a line of `averment code --format jsonl`
  averment schema reading                          a line of `averment read --format jsonl`
  averment schema claim";

const COMPLETIONS_HELP: &str = "\
Examples:
  averment completions bash > ~/.local/share/bash-completion/completions/averment
  averment completions zsh > ~/.zfunc/_averment";

/// The ledger's file.
#[derive(Debug, clap::Args)]
pub(crate) struct LedgerArg {
    /// The ledger [default: averment.db in the current folder]
    #[arg(long, value_name = "FILE")]
    pub(crate) db: Option<PathBuf>,
}

impl LedgerArg {
    /// Where the ledger is.
    pub(crate) fn path(&self) -> PathBuf {
        self.db.clone().unwrap_or_else(|| "averment.db".into())
    }
}

/// `averment code`.
#[derive(Debug, clap::Args)]
pub(crate) struct CodeArgs {
    /// What to code
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<String>,
    #[command(flatten)]
    pub(crate) ledger: LedgerArg,
    /// Write one coded report a line to standard output, and touch no ledger
    #[arg(long, value_enum, conflicts_with = "db")]
    pub(crate) format: Option<CodeFormat>,
    /// Which reader reads
    #[arg(long, value_enum, default_value_t = ReaderChoice::Fast)]
    pub(crate) reader: ReaderChoice,
    #[command(flatten)]
    pub(crate) places: GazetteerArg,
    #[command(flatten)]
    pub(crate) codebook: CodebookArg,
    #[command(flatten)]
    pub(crate) actors: RegistryArg,
    /// How many reports to code at once [default: the number of processors]
    #[arg(long, value_name = "N")]
    pub(crate) jobs: Option<NonZeroUsize>,
}

/// What `averment code` can write in place of storing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CodeFormat {
    /// One coded report a line
    Jsonl,
}

/// What both lists are filtered by.
#[derive(Debug, clap::Args)]
pub(crate) struct Filters {
    /// An actor's id, or words of its name or of how the report calls it
    #[arg(long, value_name = "ACTOR")]
    pub(crate) actor: Option<String>,
    #[command(flatten)]
    pub(crate) which: WhatAndWhen,
    /// A place lies, or may lie, in this country: two letters, for example ML
    #[arg(long, value_name = "COUNTRY", value_parser = CountryCode::parse)]
    pub(crate) country: Option<CountryCode>,
    /// Part of the outlet's name
    #[arg(long, value_name = "OUTLET")]
    pub(crate) outlet: Option<String>,
    /// Words of the report; "a phrase", begin*, OR and -not work
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub(crate) text: Option<String>,
    /// Also what newer versions of a report or of the coder have superseded, and what people rejected
    #[arg(long)]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

/// `averment claims`.
#[derive(Debug, clap::Args)]
pub(crate) struct ClaimsArgs {
    #[command(flatten)]
    pub(crate) ledger: LedgerAt,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// Event, relation, status or count
    #[arg(long, value_enum)]
    pub(crate) kind: Option<Kind>,
    /// Made in the report of this id
    #[arg(long, value_name = "ID")]
    pub(crate) report: Option<String>,
}

/// `averment reports`.
#[derive(Debug, clap::Args)]
pub(crate) struct ReportsArgs {
    #[command(flatten)]
    pub(crate) ledger: LedgerAt,
    #[command(flatten)]
    pub(crate) filters: Filters,
    /// In this language, for example en
    #[arg(long, value_name = "LANGUAGE", value_parser = LanguageCode::parse)]
    pub(crate) language: Option<LanguageCode>,
}

/// The kinds of claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Kind {
    /// Something is said to have taken place
    Event,
    /// Somebody is said to stand in a relation to somebody
    Relation,
    /// Somebody is said to be in a state
    Status,
    /// A number is stated for itself
    Count,
}

impl From<Kind> for ClaimKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Event => Self::Event,
            Kind::Relation => Self::Relation,
            Kind::Status => Self::Status,
            Kind::Count => Self::Count,
        }
    }
}

/// `averment explain`.
#[derive(Debug, clap::Args)]
pub(crate) struct ExplainArgs {
    /// The id of a claim, report, incident or dispute, or its beginning
    pub(crate) id: String,
    #[command(flatten)]
    pub(crate) from: DerivedFrom,
    /// How to write it
    #[arg(long, value_enum, default_value_t = ExplainFormat::Text)]
    pub(crate) format: ExplainFormat,
}

/// How an explanation is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExplainFormat {
    /// A page for reading
    Text,
    /// One JSON object
    Json,
}

/// `averment doctor`.
#[derive(Debug, clap::Args)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    pub(crate) ledger: LedgerArg,
}

/// What has a published JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum SchemaOf {
    /// A report with its claims
    Report,
    /// A claim
    Claim,
    /// An incident
    Incident,
    /// A dispute
    Dispute,
    /// A decision
    Decision,
    /// A cell that differs between two states of a ledger
    Change,
    /// What the reader sees of a report
    Reading,
}

/// Why a day was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a day is written 2020-03-12, a month 2020-03, a year 2020")]
pub(crate) struct DayError;

fn first_day(text: &str) -> Result<Date, DayError> {
    days(text).map(|(first, _)| first)
}

fn last_day(text: &str) -> Result<Date, DayError> {
    days(text).map(|(_, last)| last)
}

/// A day, month or year of the command line.
#[derive(Debug, Clone)]
pub(crate) struct Day {
    /// As it was written.
    pub(crate) text: String,
    /// Its days.
    pub(crate) interval: DateInterval,
}

pub(crate) fn interval(text: &str) -> Result<Day, DayError> {
    let (first, last) = days(text)?;
    let interval = DateInterval::new(Some(first), Some(last)).map_err(|_| DayError)?;
    Ok(Day { text: text.to_owned(), interval })
}

/// The first and the last day of a day, month or year.
fn days(text: &str) -> Result<(Date, Date), DayError> {
    let parse = |text: &str| text.parse::<Date>().map_err(|_| DayError);
    let digits = |part: &str, n| part.len() == n && part.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    match parts.as_slice() {
        [year] if digits(year, 4) => {
            let first = parse(&format!("{year}-01-01"))?;
            Ok((first, first.last_of_year()))
        }
        [year, month] if digits(year, 4) && digits(month, 2) => {
            let first = parse(&format!("{text}-01"))?;
            Ok((first, first.last_of_month()))
        }
        [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2) => {
            parse(text).map(|day| (day, day))
        }
        _ => Err(DayError),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn a_month_and_a_year_are_all_their_days() {
        let month = (date(2020, 2, 1), date(2020, 2, 29));
        assert_eq!(days("2020-02"), Ok(month));
        assert_eq!(last_day("2020"), Ok(date(2020, 12, 31)));
        assert_eq!(first_day("2020-03-12"), Ok(date(2020, 3, 12)));
        for wrong in ["", "20", "2020-3", "2020-02-30", "12 March", "2020-03-12T10:00"] {
            assert_eq!(days(wrong), Err(DayError), "{wrong}");
        }
    }
}
