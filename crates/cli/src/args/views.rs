//! Arguments of the commands that derive views from the ledger: incidents, disputes, sources, timelines, actors, projections.

use averment_types::CountryCode;
use clap::ValueEnum;

use super::{LedgerAt, ListArgs, RegistryArg, WhatAndWhen};

pub(super) const INCIDENTS_HELP: &str = "\
An incident is what claims of several reports are taken to tell of. It is derived anew each time and stored nowhere;
`averment explain ID` shows why its claims stand together and whose word it rests on.

Examples:
  averment incidents --country ML --since 2020
  averment incidents --origins 2 --format geojson > confirmed.geojson
  averment incidents --at 2026-10-01               as of that day: reports and decisions of then
  averment explain i3db81da8";

pub(super) const DISPUTES_HELP: &str = "\
Numbers are in dispute only where their ranges do not meet: \"at least 20\" and \"20 to 30\" agree.

Examples:
  averment disputes
  averment disputes --kind life_and_death --format json
  averment disputes --open
  averment decide resolve d593ca017e 19 --by Ada --because 'the paper corrected it'";

pub(super) const SOURCES_HELP: &str = "\
Counts the claims and incidents that rest on each origin, and how often it stands alone.

Examples:
  averment sources
  averment sources --party --format csv > parties.csv";

pub(super) const TIMELINE_HELP: &str = "\
Examples:
  averment timeline --actor jnim
  averment timeline --country ML --since 2020-03 --until 2020-06 --format csv";

pub(super) const ACTORS_HELP: &str = "\
Without an ID: the actors of the ledger's claims. With one: who it led, belonged to, fought and stood with, when, on
whose word.

Examples:
  averment actors
  averment actors jnim
  averment actors amadou-koufa --format json";

pub(super) const PROJECT_HELP: &str = "\
Examples:
  averment project --rules ucdp
  averment project --rules acled --refused --format csv > left-out.csv";

pub(super) const COMPARE_HELP: &str = "\
Lists the incidents on which two rule books part, and the rules that part them.

Examples:
  averment compare --rules ucdp acled
  averment compare --rules ucdp acled --format csv > parting.csv";

/// What incidents and disputes are derived from: a ledger as of when, and who is a part of whom.
#[derive(Debug, clap::Args)]
pub(crate) struct DerivedFrom {
    #[command(flatten)]
    pub(crate) ledger: LedgerAt,
    #[command(flatten)]
    pub(crate) actors: RegistryArg,
}

/// Which incidents, and how to write them.
#[derive(Debug, clap::Args)]
pub(crate) struct ViewArgs {
    #[command(flatten)]
    pub(crate) from: DerivedFrom,
    /// An actor's id, or words of its name
    #[arg(long, value_name = "ACTOR")]
    pub(crate) actor: Option<String>,
    #[command(flatten)]
    pub(crate) which: WhatAndWhen,
    /// In this country: two letters, for example ML
    #[arg(long, value_name = "COUNTRY", value_parser = CountryCode::parse)]
    pub(crate) country: Option<CountryCode>,
    /// With so many independent origins and more; 0: also where every report was taken back
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) origins: u32,
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

/// `averment disputes`.
#[derive(Debug, clap::Args)]
pub(crate) struct DisputesArgs {
    #[command(flatten)]
    pub(crate) from: DerivedFrom,
    /// What it is about: number, perpetrator, place, date, type, occurrence, `life_and_death`, leadership
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// Only those that nobody decided and that still matter
    #[arg(long)]
    pub(crate) open: bool,
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

/// `averment sources`.
#[derive(Debug, clap::Args)]
pub(crate) struct SourcesArgs {
    #[command(flatten)]
    pub(crate) from: DerivedFrom,
    /// Only parties to the conflict
    #[arg(long)]
    pub(crate) party: bool,
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

/// `averment actors`.
#[derive(Debug, clap::Args)]
pub(crate) struct ActorsArgs {
    /// The actor whose history to show
    pub(crate) id: Option<String>,
    #[command(flatten)]
    pub(crate) from: DerivedFrom,
    #[command(flatten)]
    pub(crate) list: ListArgs,
}

/// `averment project`.
#[derive(Debug, clap::Args)]
pub(crate) struct ProjectArgs {
    /// Under which rule book
    #[arg(long, value_enum)]
    pub(crate) rules: BookName,
    /// The incidents that it leaves out, with the rules that refuse them
    #[arg(long)]
    pub(crate) refused: bool,
    #[command(flatten)]
    pub(crate) view: ViewArgs,
}

/// `averment compare`.
#[derive(Debug, clap::Args)]
pub(crate) struct CompareArgs {
    /// The two rule books
    #[arg(long, value_enum, num_args = 2, required = true)]
    pub(crate) rules: Vec<BookName>,
    #[command(flatten)]
    pub(crate) view: ViewArgs,
}

/// The rule books of the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BookName {
    /// UCDP GED
    Ucdp,
    /// ACLED
    Acled,
}

impl BookName {
    /// The book's name in the data.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Ucdp => "ucdp",
            Self::Acled => "acled",
        }
    }
}
