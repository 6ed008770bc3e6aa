//! The project's own checks and measurements, run as `cargo xtask COMMAND`.
//!
//! It owns what keeps the house true: the picture of its crates, the size of its rooms, the published
//! schemas and the committed tables of figures. It refuses to be part of the program: nothing that a
//! user of `averment` runs depends on it.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program for people at a terminal"
)]

mod bench;
mod data;
mod eval;
mod gazetteer;
mod nouns;
mod process;
mod schema;
mod section;
mod suite;
mod tidy;
mod tree;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own checks and measurements.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check sizes, headers, names, rooms, arrows between crates, words and data headers.
    Tidy,
    /// Run all tests: documentation examples first, then the suite under cargo-nextest.
    Test,
    /// Write docs/schema/*.schema.json from the types.
    Schema {
        /// Write nothing; fail when a committed schema differs.
        #[arg(long)]
        check: bool,
    },
    /// Compile the gazetteer's tables of places into data/gazetteer/places.bin.
    Data,
    /// Write data/lexicons/nouns.tsv from `WordNet`'s files.
    Nouns {
        /// The folder with data.noun, index.noun and index.sense.
        folder: PathBuf,
    },
    /// Code a folder of articles with the release build; write docs/BENCHMARKS.md.
    Bench {
        /// The folder; skipped where absent.
        #[arg(default_value = "../shared/corpora/en-worldwide-newswire/articles")]
        articles: PathBuf,
        /// A Python that has spaCy 3.8 and its small English pipeline: measured in the same run.
        #[arg(long, value_name = "PYTHON")]
        peer: Option<PathBuf>,
    },
    /// Time the gazetteer in the release build; write its section of docs/BENCHMARKS.md.
    BenchGazetteer {
        /// A folder of GeoNames dump files.
        #[arg(default_value = "../shared/corpora/geonames-dumps")]
        dumps: PathBuf,
    },
    /// Score a part of the program on a corpus; write its section of docs/RESULTS.md.
    Eval {
        #[command(subcommand)]
        part: eval::Part,
    },
}

fn main() -> ExitCode {
    let task = Arguments::parse().command;
    match run(&task) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Whether everything that was checked holds.
fn run(task: &Task) -> anyhow::Result<bool> {
    let root = root();
    match task {
        Task::Tidy => tidy::run(&root),
        Task::Test => suite::run(&root),
        Task::Data => data::run(&root).map(|()| true),
        Task::Nouns { folder } => nouns::run(&root, folder).map(|()| true),
        Task::Schema { check: true } => schema::check(&root),
        Task::Schema { check: false } => schema::write(&root).map(|()| true),
        Task::Bench { articles, peer } => {
            bench::run(&root, articles, peer.as_deref()).map(|()| true)
        }
        Task::BenchGazetteer { dumps } => gazetteer::run(&root, dumps).map(|()| true),
        Task::Eval { part } => eval::run(&root, part).map(|()| true),
    }
}

/// The repository's root: the folder above this crate's.
fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}
