//! The command line of `averment resolve`.

use averment_types::CountryCode;
use clap::ValueEnum;

use super::Day;

pub(super) const HELP: &str = "\
Answers as it would inside a report, with the reasons; what stays open is left open. A date that
counts from a day needs --on, the day of publication: none is made up.

Examples:
  averment resolve date 'last Thursday' --on 2020-03-17
  averment resolve place '20 km north of Gao'
  averment resolve place Bani --in BF
  averment resolve actor GSIM --on 2019-06 --format json
  averment resolve actor 'Army of Amroth' --registry own.toml

Exit codes:
  0  something was found
  3  nothing was found
  4  the program's data or the output failed";

/// `averment resolve`.
#[derive(Debug, clap::Args)]
pub(crate) struct ResolveArgs {
    /// What the words name
    #[arg(value_enum)]
    pub(crate) what: Resolvable,
    /// The words
    pub(crate) text: String,
    /// As of this day, month or year: 2020-03-12, 2020-03 or 2020
    #[arg(long, value_name = "DATE", value_parser = super::interval)]
    pub(crate) on: Option<Day>,
    /// In a text that names this country: two letters, for example ML
    #[arg(long = "in", value_name = "COUNTRY", value_parser = CountryCode::parse)]
    pub(crate) country: Option<CountryCode>,
    #[command(flatten)]
    pub(crate) actors: super::RegistryArg,
    /// How to write it
    #[arg(long, value_enum, default_value_t = super::ExplainFormat::Text)]
    pub(crate) format: super::ExplainFormat,
}

/// What words can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Resolvable {
    /// Days
    Date,
    /// A place
    Place,
    /// Somebody who takes part
    Actor,
}
