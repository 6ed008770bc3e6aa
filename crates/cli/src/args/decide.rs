//! The command line of `averment decide` and `averment decisions`.

use std::path::PathBuf;

use averment_types::{
    CasualtyGroup, CasualtyKind, CountryCode, Credibility, Reliability, RoleKind,
};
use clap::{Subcommand, ValueEnum};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde::de::value::{Error, StrDeserializer};

use super::history::HistoryFormat;
use super::{CodebookArg, LedgerArg, LedgerAt, RegistryArg};

pub(super) const HELP: &str = "\
Every decision is an entry in the ledger's log, with who, when and why; nothing is ever taken out of
it. What the coder found stays beside it, in `averment explain`. A decision about a claim holds for
the same statement as any other version of the coder finds it in the same content of the report.

Examples:
  averment decide reject c3f2a9 --by Ada --because 'a rally, not an attack'
  averment decide correct c3f2a9 time 2020-03-12 --by Ada
  averment decide correct c3f2a9 killed 5-8 --by Ada
  averment decide correct c3f2a9 place Gao --in ML --by Ada
  averment decide correct c3f2a9 place Bourra --point 15.9,0.6 --in ML --by Ada
  averment decide correct c3f2a9 initiator islamic-state --by Ada
  averment decide name 'the Salt Brigade' jnim --by Ada
  averment decide grade outlet:sahel-wire B --by Ada
  averment decide undo e71b04 --by Ada --because 'I had misread it'

Exit codes:
  0  decided, and on the disk
  2  the command line was not understood
  3  there is no such claim, report, decision, type, actor or place
  4  the ledger or the program's data failed";

pub(super) const DECISIONS_HELP: &str = "\
In the order in which they were made. Each entry's hash covers the entry before it; `averment doctor`
checks the chain. Whoever notes the last hash elsewhere can show later that nothing was rewritten.

Examples:
  averment decisions
  averment decisions --claim c3f2a9
  averment decisions --format csv > decisions.csv
  averment decisions --at 2026-10-01";

/// Who decides, and why.
#[derive(Debug, clap::Args)]
pub(crate) struct Who {
    /// Who decides
    #[arg(long, value_name = "NAME")]
    pub(crate) by: String,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(crate) because: Option<String>,
    #[command(flatten)]
    pub(crate) ledger: LedgerArg,
}

/// `averment decide`.
#[derive(Debug, Subcommand)]
pub(crate) enum DecideArgs {
    /// The claim is what the report says
    Accept {
        /// The claim's id, or its beginning
        claim: String,
        #[command(flatten)]
        who: Who,
    },
    /// The claim is not what the report says, and counts no longer
    Reject {
        /// The claim's id, or its beginning
        claim: String,
        #[command(flatten)]
        who: Who,
    },
    /// A field of the claim has another value
    #[command(after_help = CORRECT_HELP)]
    Correct(CorrectArgs),
    /// Two claims tell of one event
    Same {
        /// The one claim
        a: String,
        /// The other
        b: String,
        #[command(flatten)]
        who: Who,
    },
    /// Two claims do not tell of one event
    Different {
        /// The one claim
        a: String,
        /// The other
        b: String,
        #[command(flatten)]
        who: Who,
    },
    /// These words mean this actor, wherever they are all of a role's words
    Name {
        /// The words; case and an article before them do not matter
        words: String,
        /// The actor, by id or name
        actor: String,
        /// In this report alone
        #[arg(long, value_name = "REPORT")]
        report: Option<String>,
        #[command(flatten)]
        actors: RegistryArg,
        #[command(flatten)]
        who: Who,
    },
    /// How reliable a source is, A to F, or how credible a claim is, 1 to 6 (the Admiralty's scales)
    Grade {
        /// A source, for example outlet:sahel-wire, or a claim
        of: String,
        /// A to F for a source, 1 to 6 for a claim
        #[arg(value_parser = grade)]
        grade: Grade,
        #[command(flatten)]
        who: Who,
    },
    /// Settle a dispute
    Resolve {
        /// The dispute's id
        dispute: String,
        /// The position that is taken, as a side of the dispute spells it; none without it
        position: Option<String>,
        #[command(flatten)]
        actors: RegistryArg,
        #[command(flatten)]
        who: Who,
    },
    /// The report's publisher has taken it back
    Retract {
        /// The report's id
        report: String,
        #[command(flatten)]
        who: Who,
    },
    /// An earlier decision holds no longer
    Undo {
        /// The decision's id, or its beginning
        decision: String,
        #[command(flatten)]
        who: Who,
    },
}

impl DecideArgs {
    /// Who decides.
    pub(crate) const fn who(&self) -> &Who {
        match self {
            Self::Correct(args) => &args.who,
            Self::Accept { who, .. }
            | Self::Reject { who, .. }
            | Self::Same { who, .. }
            | Self::Different { who, .. }
            | Self::Name { who, .. }
            | Self::Grade { who, .. }
            | Self::Resolve { who, .. }
            | Self::Retract { who, .. }
            | Self::Undo { who, .. } => who,
        }
    }
}

const CORRECT_HELP: &str = "\
FIELD and VALUE; `none` says that the report states none:
  type         a type of the codebook
  polarity     affirmed, negated, denied
  modality     happened, failed, attempted, planned, possible, conditional, predicted, threatened,
               urged, wished, habitual
  time         2020-03-12, 2020-03, 2020, 2020-03-01/2020-03-07, 2020-03-12/.., ../2020-03-12
  place        a name that the gazetteer knows; --in says in which country, --point where it is if
               the gazetteer does not know it
  initiator, target, victim, participant, instrument, beneficiary, subject, object
               an actor by id or name; --nth says which filler of the role
  killed, injured, missing, abducted, displaced, arrested
               8, 5-8, 20+, 'up to 30'; --of says of which people";

/// `averment decide correct`.
#[derive(Debug, clap::Args)]
pub(crate) struct CorrectArgs {
    /// The claim's id, or its beginning
    pub(crate) claim: String,
    /// The field
    #[arg(value_enum)]
    pub(crate) field: Field,
    /// Its value
    #[arg(allow_hyphen_values = true)]
    pub(crate) value: String,
    /// Which filler of the role, counted from 1; one more than there are adds one
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) nth: u32,
    /// Of which people the number is: civilians, children, women, men, fighters, soldiers, police …
    #[arg(long, value_name = "PEOPLE", value_parser = coded::<CasualtyGroup>)]
    pub(crate) of: Option<CasualtyGroup>,
    /// The place lies in this country: two letters, for example ML
    #[arg(long = "in", value_name = "COUNTRY", value_parser = CountryCode::parse)]
    pub(crate) country: Option<CountryCode>,
    /// Where the place is, in degrees north and east: 14.35,-3.61
    #[arg(long, value_name = "LAT,LON", value_parser = point, allow_hyphen_values = true)]
    pub(crate) point: Option<Point>,
    #[command(flatten)]
    pub(crate) codebook: CodebookArg,
    #[command(flatten)]
    pub(crate) actors: RegistryArg,
    #[command(flatten)]
    pub(crate) who: Who,
}

/// A field that can be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Field {
    Type,
    Polarity,
    Modality,
    Time,
    Place,
    Initiator,
    Target,
    Victim,
    Participant,
    Instrument,
    Beneficiary,
    Subject,
    Object,
    Killed,
    Injured,
    Missing,
    Abducted,
    Displaced,
    Arrested,
}

impl Field {
    /// The role that it is, if it is one.
    pub(crate) const fn role(self) -> Option<RoleKind> {
        Some(match self {
            Self::Initiator => RoleKind::Initiator,
            Self::Target => RoleKind::Target,
            Self::Victim => RoleKind::Victim,
            Self::Participant => RoleKind::Participant,
            Self::Instrument => RoleKind::Instrument,
            Self::Beneficiary => RoleKind::Beneficiary,
            Self::Subject => RoleKind::Subject,
            Self::Object => RoleKind::Object,
            _ => return None,
        })
    }

    /// The harm of which it is the number, if it is one.
    pub(crate) const fn harm(self) -> Option<CasualtyKind> {
        Some(match self {
            Self::Killed => CasualtyKind::Killed,
            Self::Injured => CasualtyKind::Injured,
            Self::Missing => CasualtyKind::Missing,
            Self::Abducted => CasualtyKind::Abducted,
            Self::Displaced => CasualtyKind::Displaced,
            Self::Arrested => CasualtyKind::Arrested,
            _ => return None,
        })
    }
}

/// A grade of one of the two scales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grade {
    /// Of a source.
    Source(Reliability),
    /// Of a claim.
    Claim(Credibility),
}

/// Degrees north and east.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Point {
    /// Degrees north.
    pub(crate) lat: f64,
    /// Degrees east.
    pub(crate) lon: f64,
}

/// A value of a closed set, by the name that it has in JSON; blanks are as good as underscores.
pub(crate) fn coded<T: DeserializeOwned>(name: &str) -> Result<T, Error> {
    let name = name.trim().to_lowercase().replace([' ', '-'], "_");
    T::deserialize(StrDeserializer::<Error>::new(&name))
}

fn grade(text: &str) -> Result<Grade, &'static str> {
    const WRONG: &str = "a source is graded A to F, a claim 1 to 6";
    let text = text.trim().to_uppercase();
    if let Ok(number) = text.parse::<u8>() {
        return Credibility::try_from(number).map(Grade::Claim).map_err(|_| WRONG);
    }
    let letter = Reliability::deserialize(StrDeserializer::<Error>::new(&text));
    letter.map(Grade::Source).map_err(|_| WRONG)
}

fn point(text: &str) -> Result<Point, &'static str> {
    let parse = |part: &str, most: f64| -> Option<f64> {
        part.trim().parse().ok().filter(|degrees: &f64| degrees.abs() <= most)
    };
    let point = text
        .split_once(',')
        .and_then(|(lat, lon)| Some(Point { lat: parse(lat, 90.0)?, lon: parse(lon, 180.0)? }));
    point.ok_or("a point is LAT,LON in degrees north and east, for example 14.35,-3.61")
}

/// `averment decisions`.
#[derive(Debug, clap::Args)]
pub(crate) struct DecisionsArgs {
    #[command(flatten)]
    pub(crate) ledger: LedgerAt,
    /// Only those that are about this claim, by its id or the id's beginning
    #[arg(long, value_name = "ID")]
    pub(crate) claim: Option<String>,
    /// How to write them
    #[arg(long, value_enum, default_value_t = HistoryFormat::Table)]
    pub(crate) format: HistoryFormat,
}

impl LedgerArg {
    /// The ledger opened for writing, if it is there.
    pub(crate) fn existing(&self) -> anyhow::Result<averment_ledger::Ledger> {
        existing(self.path())
    }
}

/// The ledger at `path` opened for writing; none is made.
pub(crate) fn existing(path: PathBuf) -> anyhow::Result<averment_ledger::Ledger> {
    if path.exists() {
        return Ok(averment_ledger::Ledger::open(&path)?);
    }
    Err(averment_ledger::LedgerError::Missing { path }.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grades_are_of_one_scale_or_the_other() {
        assert_eq!(grade("b"), Ok(Grade::Source(Reliability::B)));
        assert_eq!(grade("6"), Ok(Grade::Claim(Credibility::Unknown)));
        for wrong in ["G", "0", "7", "B2", ""] {
            assert!(grade(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn points_are_on_the_globe() {
        assert_eq!(point("14.35, -3.61"), Ok(Point { lat: 14.35, lon: -3.61 }));
        for wrong in ["14.35", "91,0", "0,181", "NaN,0", "x,y"] {
            assert!(point(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn names_of_closed_sets_are_those_of_the_json() {
        assert_eq!(coded("aid workers"), Ok(CasualtyGroup::AidWorkers));
        assert!(coded::<CasualtyGroup>("people").is_err());
    }
}
