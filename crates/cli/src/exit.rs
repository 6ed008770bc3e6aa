//! Exit codes: the one table of them.

use std::process::ExitCode;

/// How the program ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything that was asked for was done.
    Done = 0,
    /// Some inputs were refused, the others were coded.
    SomeRefused = 1,
    /// Every input was refused, no claim or report has the id asked for, or nothing
    /// was found.
    Nothing = 3,
    /// The ledger, the program's data or the output failed, or `doctor` found a problem.
    Failed = 4,
}

/// The table, for help texts. Code 2 is given by the parser of the command line.
pub(crate) const TABLE: &str = "\
Exit codes:
  0  done
  1  some inputs were refused, the others were coded
  2  the command line was not understood
  3  every input was refused, there is no claim, report or decision of that id, or nothing was found
  4  the ledger, the program's data or the output failed, or doctor found a problem";

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_names_every_code() {
        for exit in [Exit::Done, Exit::SomeRefused, Exit::Nothing, Exit::Failed] {
            assert!(TABLE.contains(&format!("\n  {}  ", exit as u8)));
        }
    }
}
