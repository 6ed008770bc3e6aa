//! `averment completions`: scripts for shells; and the help for a call without a command.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::{Shell, generate};

use crate::args::Args;
use crate::exit::Exit;

pub(super) fn run(shell: Shell) -> anyhow::Result<Exit> {
    // The generator panics when its output is closed, so it writes to memory.
    let mut script = Vec::new();
    generate(shell, &mut Args::command(), "averment", &mut script);
    io::stdout().write_all(&script)?;
    Ok(Exit::Done)
}

/// Prints the help.
pub(super) fn help() -> anyhow::Result<Exit> {
    write!(io::stdout(), "{}", Args::command().render_help())?;
    Ok(Exit::Done)
}
