//! Arguments of `averment import`, and the options that name what it made.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use averment_actors::Registry;
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

const PETRARCH_HELP: &str = "\
What is made is a file of the registry's own form (TOML), to be read and changed by people. A code gives
kind and country, its dates a tie with dates. An entry whose name and country an actor of the program has
adds its other names to that actor; a bare country or place is left to the program. A person's name counts
only where its country is named, a single word only among armed people. A malformed line is named by file
and line, and spoils nothing else.

Examples:
  averment import petrarch Phoenix.*.actors.txt Phoenix.agents.txt --into own/petrarch.toml
  averment code reports/ --registry own/

Exit codes:
  0  all lines were understood
  1  some lines were left out, the others were imported
  2  the command line was not understood
  3  no line was understood
  4  a file could not be read or written";

const UCDP_HELP: &str = "\
Columns are found by name. Native and English names, names after a change, alliances and splits are kept;
an actor that the program has, by its UCDP id or by name and country, gets the list's other names.

Example:
  averment import ucdp-actors ucdp-actor-221.csv --into own/ucdp.toml

Exit codes are those of `averment import petrarch`.";

const FTM_HELP: &str = "\
Person, Organization, LegalEntity, Company and PublicBody become actors, with names, aliases, countries,
and a kind by their topics; Membership, Directorship and Employment become ties between them. Fragments of
one id are put together. Other schemata are passed over.

Example:
  averment import ftm entities.ftm.json --into own/ftm.toml

Exit codes are those of `averment import petrarch`.";

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
    /// Actors, agents and discards from PETRARCH's dictionaries, for `code --registry`
    #[command(after_help = PETRARCH_HELP)]
    Petrarch {
        /// Dictionaries; what each one holds is seen from its lines
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The registry file to make
        #[arg(long, value_name = "FILE", default_value = "petrarch.toml")]
        into: PathBuf,
    },
    /// Actors from UCDP's list of actors, for `code --registry`
    #[command(after_help = UCDP_HELP)]
    UcdpActors {
        /// The list, as CSV
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// The registry file to make
        #[arg(long, value_name = "FILE", default_value = "ucdp-actors.toml")]
        into: PathBuf,
    },
    /// Persons and organisations from `FollowTheMoney` entities, for `code --registry`
    #[command(after_help = FTM_HELP)]
    Ftm {
        /// Entities, one a line or in an array
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The registry file to make
        #[arg(long, value_name = "FILE", default_value = "ftm.toml")]
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

/// The user's own registry.
#[derive(Debug, clap::Args)]
pub(crate) struct RegistryArg {
    /// A registry file (.toml), or a folder of them, over the program's own; may be given several times
    #[arg(long, value_name = "PATH")]
    pub(crate) registry: Vec<PathBuf>,
}

impl RegistryArg {
    /// The files named, each with its text, those of a folder by their names; nothing where none is named.
    pub(crate) fn files(&self) -> anyhow::Result<Vec<(String, String)>> {
        let mut out = Vec::new();
        for path in &self.registry {
            let failed = || format!("failed to read the registry {}", path.display());
            let mut files = vec![path.clone()];
            if path.is_dir() {
                let entries = fs::read_dir(path).with_context(failed)?;
                let entries: Result<Vec<_>, _> = entries.map(|e| e.map(|e| e.path())).collect();
                files = entries.with_context(failed)?;
                files.retain(|file| file.extension().is_some_and(|e| e == "toml"));
                files.sort();
                anyhow::ensure!(
                    !files.is_empty(),
                    "no file .toml in the registry {}",
                    path.display()
                );
            }
            for file in files {
                let text = fs::read_to_string(&file)
                    .with_context(|| format!("failed to read the registry {}", file.display()))?;
                out.push((file.display().to_string(), text));
            }
        }
        Ok(out)
    }

    /// The coder with the actors of these files, or as it is.
    pub(crate) fn overlay(&self, coder: Coder) -> anyhow::Result<Coder> {
        let files = self.files()?;
        Ok(if files.is_empty() { coder } else { coder.with_actors(&borrowed(&files))? })
    }

    /// The program's registry with these files over it.
    pub(crate) fn open(&self) -> anyhow::Result<Registry> {
        registry_with(&self.files()?)
    }
}

/// The program's registry with these files, by name and text, over it.
pub(crate) fn registry_with(files: &[(String, String)]) -> anyhow::Result<Registry> {
    Ok(Registry::shipped_with(&borrowed(files))?)
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}
