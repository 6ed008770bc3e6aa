//! The commands, one file or folder each.

mod at;
mod backup;
mod batch;
mod claims;
mod code;
mod codebook;
mod completions;
mod decide;
mod decisions;
mod diff;
mod doctor;
mod explain;
mod import;
mod read;
mod recode;
mod reports;
mod resolve;
mod schema;
mod version;
mod views;

pub(crate) use claims::row as claim_row;
pub(crate) use codebook::overlaid;

use crate::args::{Args, Command};
use crate::exit::Exit;

/// Runs the command that the arguments name.
pub(crate) fn run(args: &Args) -> anyhow::Result<Exit> {
    match &args.command {
        _ if args.version => version::run(),
        Some(Command::Code(args)) => code::run(args),
        Some(Command::Claims(args)) => claims::run(args),
        Some(Command::Reports(args)) => reports::run(args),
        Some(Command::Incidents(args)) => views::incidents(args),
        Some(Command::Disputes(args)) => views::disputes(args),
        Some(Command::Sources(args)) => views::sources(args),
        Some(Command::Timeline(args)) => views::timeline(args),
        Some(Command::Actors(args)) => views::actors(args),
        Some(Command::Project(args)) => views::project(args),
        Some(Command::Compare(args)) => views::compare(args),
        Some(Command::Explain(args)) => explain::run(args),
        Some(Command::Decide(args)) => decide::run(args),
        Some(Command::Decisions(args)) => decisions::run(args),
        Some(Command::At(args)) => at::run(args),
        Some(Command::Diff(args)) => diff::run(args),
        Some(Command::Recode(args)) => recode::run(args),
        Some(Command::Backup { to, ledger }) => backup::back_up(&ledger.path(), to),
        Some(Command::Restore { from, ledger }) => backup::restore(from, &ledger.path()),
        Some(Command::Read(args)) => read::run(args),
        Some(Command::Resolve(args)) => resolve::run(args),
        Some(Command::Codebook(args)) => codebook::run(args),
        Some(Command::Import(args)) => import::run(args),
        Some(Command::Doctor(args)) => doctor::run(args),
        Some(Command::Schema { of }) => schema::run(*of),
        Some(Command::Completions { shell }) => completions::run(*shell),
        None => completions::help(),
    }
}
