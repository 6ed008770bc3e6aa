//! `cargo xtask eval PART`: scores of the program's parts on the corpora; each part writes its own
//! section of docs/RESULTS.md.

use std::path::{Path, PathBuf};

use clap::Subcommand;

use crate::section;

/// What can be scored.
#[derive(Subcommand)]
pub(crate) enum Part {
    /// The main text of web pages against hand-made article bodies.
    MainText {
        /// The corpus; skipped where absent.
        #[arg(default_value = "../shared/corpora/article-extraction")]
        corpus: PathBuf,
    },
}

/// Scores `part` and writes its section; says so and does nothing where its corpus is absent.
pub(crate) fn run(root: &Path, part: &Part) -> anyhow::Result<()> {
    let (name, table) = match part {
        Part::MainText { corpus } => ("eval:main-text", main_text(&root.join(corpus))?),
    };
    let Some(table) = table else {
        println!("eval: skipped, corpus not found");
        return Ok(());
    };
    println!("{table}");
    section::write(&root.join("docs/RESULTS.md"), "Results", name, &table)
}

fn main_text(corpus: &Path) -> anyhow::Result<Option<String>> {
    if !corpus.is_dir() {
        return Ok(None);
    }
    Ok(Some(averment_eval::main_text::run(corpus)?.to_markdown()))
}
