//! The `averment` program: arguments in, commands run, an exit code out.
//!
//! This crate owns the command line, the terminal, the clock and the environment; it refuses all
//! other work, which belongs to the libraries under it. Exit codes are in `exit`, one file a command
//! in `commands`, the face of a claim in `explain`, that of a sentence in `pretty`.

mod args;
mod commands;
mod exit;
mod explain;
mod failure;
mod fold;
mod pretty;
mod terminal;
mod wording;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    failure::tell_panics_briefly();
    let args = args::Args::parse();
    match commands::run(&args) {
        Ok(exit) => exit.into(),
        Err(error) => failure::report(&error).into(),
    }
}
