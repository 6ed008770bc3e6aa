//! Arguments of `averment codebook`, and the option that lays a codebook over the program's own.

use std::path::PathBuf;

use averment_extract::Coder;
use clap::Subcommand;

use crate::commands::overlaid;

pub(super) const HELP: &str = "\
A codebook is a folder: codebook.toml with name, version and licence, and a file a type. It is laid
over the one that comes with the program: a type of the same id takes what the file states, its rules
are added, and a rule of the same id replaces the program's. Without DIR, the program's own is meant.

Examples:
  averment codebook check my-rules/
  averment codebook explain ambush
  averment codebook explain arrest/verb --codebook my-rules/
  averment codebook test my-rules/ --type ambush
  averment code reports/ --codebook my-rules/

Exit codes:
  0  the codebook is right, or all its sentences came out as its rules say
  1  some sentences came out otherwise
  2  the command line was not understood
  3  no type or rule has that name
  4  the codebook could not be read or is wrong";

/// What can be done with a codebook.
#[derive(Debug, Subcommand)]
pub(crate) enum CodebookArgs {
    /// Parse and compile a codebook; an error names file and line
    #[command(after_help = HELP)]
    Check {
        /// Its folder
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Say what a type or a rule means, in words
    #[command(after_help = HELP)]
    Explain {
        /// A type such as `ambush`, or a rule such as `ambush/verb`
        #[arg(value_name = "NAME")]
        name: String,
        #[command(flatten)]
        codebook: CodebookArg,
    },
    /// Try the sentences that its rules say they code, and those they must ignore
    #[command(after_help = HELP)]
    Test {
        /// Its folder
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
        /// Only the rules of this type, or this one rule
        #[arg(long = "type", value_name = "NAME")]
        only: Option<String>,
    },
}

/// The user's own codebook.
#[derive(Debug, clap::Args)]
pub(crate) struct CodebookArg {
    /// The folder of a codebook that is laid over the program's own
    #[arg(long, value_name = "DIR")]
    pub(crate) codebook: Option<PathBuf>,
}

impl CodebookArg {
    /// The coder with the codebook of the folder that is named laid over its own, or as it is.
    pub(crate) fn overlay(&self, coder: Coder) -> anyhow::Result<Coder> {
        match &self.codebook {
            Some(folder) => Ok(coder.with_codebook(overlaid(Some(folder))?)),
            None => Ok(coder),
        }
    }
}
