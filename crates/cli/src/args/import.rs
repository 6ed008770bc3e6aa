//! Arguments of `averment import`, and the option that names what it made.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use averment_extract::Coder;
use clap::Subcommand;

pub(super) const HELP: &str = "\
A FILE is a dump as GeoNames publishes it, unpacked: 19 columns with tabs between. A row that is not so
is left out and named by file and line; the rest is imported. Each import makes its file anew from all
the dumps that it is given.

Examples:
  averment import geonames ML.txt NE.txt BF.txt
  averment import geonames allCountries.txt --into world.gazetteer
  averment code reports/ --gazetteer world.gazetteer

Exit codes:
  0  all rows were understood
  1  some rows were left out, the others were imported
  2  the command line was not understood
  3  no row was understood
  4  a file could not be read or written";

/// What can be imported.
#[derive(Debug, Subcommand)]
pub(crate) enum ImportArgs {
    /// Places from GeoNames' dump files, for `code --gazetteer`
    #[command(after_help = HELP)]
    Geonames {
        /// Dump files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The gazetteer to make
        #[arg(long, value_name = "FILE", default_value = "averment.gazetteer")]
        into: PathBuf,
    },
}

/// The user's own gazetteer.
#[derive(Debug, clap::Args)]
pub(crate) struct GazetteerArg {
    /// A gazetteer that `averment import geonames` made, besides the program's own
    #[arg(long, value_name = "FILE")]
    pub(crate) gazetteer: Option<PathBuf>,
}

impl GazetteerArg {
    /// The coder with the places of the file that is named, or as it is.
    pub(crate) fn overlay(&self, coder: Coder) -> anyhow::Result<Coder> {
        let Some(path) = &self.gazetteer else {
            return Ok(coder);
        };
        let bytes = fs::read(path)
            .with_context(|| format!("failed to read the gazetteer {}", path.display()))?;
        coder
            .with_places(bytes)
            .with_context(|| format!("failed to use the gazetteer {}", path.display()))
    }
}
