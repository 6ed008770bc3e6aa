//! `cargo xtask eval PART`: scores of the program's parts on the corpora; each part writes its own
//! section of docs/RESULTS.md.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Context;
use clap::Subcommand;

use averment_eval::place::train::Trained;

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
    /// The trained reader against treebanks, tagged newswire and the project's own sentences.
    Reader {
        /// The folder of the corpora; skipped where absent.
        #[arg(default_value = "../shared/corpora")]
        corpora: PathBuf,
        /// Print the errors in the project's own sentences too; they are always written to
        /// target/eval/reader-errors.txt.
        #[arg(long)]
        errors: bool,
    },
    /// The coder against annotated texts, the project's own and real ones; errors go to target/eval/coder-errors.txt.
    Coder {
        /// The folder of the corpora, which hold the real texts; without it the own ones are scored alone.
        #[arg(default_value = "../shared/corpora")]
        corpora: PathBuf,
        /// First fit the confidence in a claim, and write data/lexicons/confidence.toml; the figures are those of the program as built.
        #[arg(long)]
        calibrate: bool,
    },
    /// Actor, cause of death and killed of FA-KES' war reports.
    FaKes {
        /// The folder of the corpora; skipped where absent.
        #[arg(default_value = "../shared/corpora")]
        corpora: PathBuf,
    },
    /// The coder's projections against PLOVER's gold records.
    Plover {
        /// The folder of the corpora; skipped where absent.
        #[arg(default_value = "../shared/corpora")]
        corpora: PathBuf,
    },
    /// The coder's projections against PETRARCH's test sentences.
    PetrarchTests {
        /// The folder of the corpora; skipped where absent.
        #[arg(default_value = "../shared/corpora")]
        corpora: PathBuf,
    },
    /// Corroboration: reports of one incident, and incidents of our own with traps.
    Corroborate {
        /// The folder of the corpora; skipped where absent.
        #[arg(default_value = "../shared/corpora")]
        corpora: PathBuf,
    },
    /// Who did it, to whom, with what, on MUC-4's news of terrorism.
    Muc {
        /// The folder of the corpora; skipped where absent.
        #[arg(default_value = "../shared/corpora")]
        corpora: PathBuf,
    },
    /// Actors of UCDP's list against the registry.
    Actors {
        /// The folder of the corpora; skipped where absent.
        #[arg(default_value = "../shared/corpora")]
        corpora: PathBuf,
    },
    /// Spellings of persons' names against the project's own pairs.
    Persons,
    /// References against GUM's coreference.
    References {
        /// The folder of the corpora; skipped where absent.
        #[arg(default_value = "../shared/corpora")]
        corpora: PathBuf,
        /// The files of GUM to score: `train` and `dev` to work on. Without it all three are scored and the
        /// totals are written down; what was wrong in train and dev goes to target/eval/reference-errors.txt.
        #[arg(long)]
        part: Option<String>,
    },
    /// Dates against a peer's suite and histories with marked dates.
    Time {
        /// The folder of the corpora; skipped where absent.
        #[arg(default_value = "../shared/corpora")]
        corpora: PathBuf,
    },
    /// Places: city, governorate, the place of a verb, day and place of a report.
    Place {
        /// The folder of the corpora; skipped where absent.
        #[arg(default_value = "../shared/corpora")]
        corpora: PathBuf,
        /// Score the sentences that are kept aside, and write nothing.
        #[arg(long)]
        aside: bool,
        /// Fit the rankers of places and times, and write data/lexicons/place-ranker.toml and time-ranker.toml.
        #[arg(long, conflicts_with = "aside")]
        train: bool,
    },
    /// Times and places of events, wherever their text says them.
    Settings {
        /// The folder of the corpora; skipped where absent.
        #[arg(default_value = "../shared/corpora")]
        corpora: PathBuf,
        /// Fit the rankers of what is told before and behind, and write data/lexicons/told-*-ranker.toml and behind-*-ranker.toml.
        #[arg(long)]
        train: bool,
    },
}

/// Scores `part` and writes its section; says so and does nothing where its corpus is absent.
pub(crate) fn run(root: &Path, part: &Part) -> anyhow::Result<()> {
    if let Part::Place { corpora, train: true, .. } = part {
        let [places, times] =
            averment_eval::place::train::run(&root.join("corpus/coder"), &root.join(corpora))?;
        return write_rankers(root, [("place", places), ("time", times)]);
    }
    if let Part::Settings { corpora, train: true } = part {
        let [places, times, places_behind, times_behind] =
            averment_eval::settings::train(&root.join("corpus/coder"), &root.join(corpora))?;
        write_rankers(root, [("told-place", places), ("told-time", times)])?;
        let behind = [("behind-place", places_behind), ("behind-time", times_behind)];
        return write_rankers(root, behind);
    }
    if let Part::Place { corpora, aside: true, .. } = part {
        println!("{}", averment_eval::place::run(&root.join(corpora), true)?.to_markdown());
        return Ok(());
    }
    if let Part::References { corpora, part: Some(part) } = part {
        let scores = averment_eval::references::run(&root.join(corpora), part)?;
        write_errors(root, "reference-errors.txt", &scores.errors)?;
        println!("{}", scores.to_markdown(part));
        return Ok(());
    }
    let (name, table) = match part {
        Part::MainText { corpus } => ("eval:main-text", main_text(&root.join(corpus))?),
        Part::Reader { corpora, errors } => {
            ("eval:reader", reader(root, &root.join(corpora), *errors)?)
        }
        Part::Coder { corpora, calibrate } => {
            ("eval:coder", Some(coder(root, &root.join(corpora), *calibrate)?))
        }
        Part::FaKes { corpora } => ("eval:fa-kes", gold(root, &root.join(corpora), "fa-kes")?),
        Part::Plover { corpora } => ("eval:plover", gold(root, &root.join(corpora), "plover")?),
        Part::PetrarchTests { corpora } => {
            ("eval:petrarch-tests", gold(root, &root.join(corpora), "petrarch-tests")?)
        }
        Part::Muc { corpora } => ("eval:muc", muc(&root.join(corpora))?),
        Part::Actors { corpora } => ("eval:actors", actors(root, &root.join(corpora))?),
        Part::Corroborate { corpora } => {
            ("eval:corroborate", corroborate(root, &root.join(corpora))?)
        }
        Part::Persons => {
            let halves = averment_eval::persons::run(&root.join("corpus/grounding"))?;
            ("eval:persons", Some(averment_eval::persons::to_markdown(&halves)))
        }
        Part::References { corpora, .. } => {
            ("eval:references", references(root, &root.join(corpora))?)
        }
        Part::Time { corpora } => ("eval:time", time(root, &root.join(corpora))?),
        Part::Place { corpora, .. } => ("eval:place", place(root, &root.join(corpora))?),
        Part::Settings { corpora, .. } => ("eval:settings", settings(root, &root.join(corpora))?),
    };
    let Some(table) = table else {
        println!("eval: skipped, corpus not found");
        return Ok(());
    };
    println!("{table}");
    section::write(&root.join("docs/RESULTS.md"), "Results", name, &table)
}

/// Writes the weights of rankers, and the tables of their fit.
fn write_rankers(root: &Path, rankers: [(&str, Trained); 2]) -> anyhow::Result<()> {
    for (what, trained) in rankers {
        println!("{}", trained.table);
        let results = root.join("docs/RESULTS.md");
        section::write(&results, "Results", &format!("eval:{what}-sources"), &trained.table)?;
        let file = root.join(format!("data/lexicons/{what}-ranker.toml"));
        fs::write(&file, trained.weights)
            .with_context(|| format!("{} could not be written", file.display()))?;
    }
    Ok(())
}

fn settings(root: &Path, corpora: &Path) -> anyhow::Result<Option<String>> {
    if !corpora.is_dir() {
        return Ok(None);
    }
    let evaluation = averment_eval::settings::run(&root.join("corpus/coder"), corpora)?;
    write_errors(root, "setting-errors.txt", &evaluation.errors)?;
    Ok(Some(evaluation.table))
}

fn main_text(corpus: &Path) -> anyhow::Result<Option<String>> {
    if !corpus.is_dir() {
        return Ok(None);
    }
    Ok(Some(averment_eval::main_text::run(corpus)?.to_markdown()))
}

fn reader(root: &Path, corpora: &Path, print_errors: bool) -> anyhow::Result<Option<String>> {
    if !corpora.is_dir() {
        return Ok(None);
    }
    let evaluation = averment_eval::reader::run(corpora, &root.join("corpus/reader"))?;
    write_errors(root, "reader-errors.txt", &evaluation.errors)?;
    if print_errors {
        println!("{}", evaluation.errors);
    }
    Ok(Some(evaluation.tables))
}

fn coder(root: &Path, corpora: &Path, calibrate: bool) -> anyhow::Result<String> {
    let own = root.join("corpus/coder");
    if calibrate {
        let file = root.join("data/lexicons/confidence.toml");
        fs::write(&file, averment_eval::coder::fit_confidence(&own, corpora)?)
            .with_context(|| format!("{} could not be written", file.display()))?;
    }
    let corpora = corpora.is_dir().then_some(corpora);
    let evaluation = averment_eval::coder::run(&own, corpora)?;
    write_errors(root, "coder-errors.txt", &evaluation.errors)?;
    Ok(evaluation.tables)
}

/// The scorers of other people's gold, by the folder of the corpus.
fn gold(root: &Path, corpora: &Path, corpus: &str) -> anyhow::Result<Option<String>> {
    if !corpora.join(corpus).is_dir() {
        return Ok(None);
    }
    let evaluation = match corpus {
        "fa-kes" => averment_eval::fa_kes::run(corpora)?,
        "plover" => averment_eval::plover::run(corpora)?,
        _ => averment_eval::petrarch::run(corpora)?,
    };
    write_errors(root, &format!("{corpus}-errors.txt"), &evaluation.errors)?;
    Ok(Some(evaluation.tables))
}

fn muc(corpora: &Path) -> anyhow::Result<Option<String>> {
    if !corpora.join("muc4").is_dir() {
        return Ok(None);
    }
    Ok(Some(averment_eval::muc::run(corpora)?))
}

fn references(root: &Path, corpora: &Path) -> anyhow::Result<Option<String>> {
    if !corpora.is_dir() {
        return Ok(None);
    }
    let mut errors = String::new();
    let mut tables = averment_eval::references::HEAD.to_owned();
    for part in ["train", "dev", "test"] {
        let scores = averment_eval::references::run(corpora, part)?;
        if part != "test" {
            errors.push_str(&scores.errors);
        }
        tables.push_str(&scores.to_markdown(part));
    }
    write_errors(root, "reference-errors.txt", &errors)?;
    Ok(Some(tables))
}

fn time(root: &Path, corpora: &Path) -> anyhow::Result<Option<String>> {
    if !corpora.is_dir() {
        return Ok(None);
    }
    let evaluation = averment_eval::time::run(corpora)?;
    write_errors(root, "time-errors.txt", &evaluation.errors)?;
    Ok(Some(evaluation.to_markdown()))
}

fn corroborate(root: &Path, corpora: &Path) -> anyhow::Result<Option<String>> {
    if !corpora.is_dir() {
        return Ok(None);
    }
    let evaluation = averment_eval::corroborate::run(corpora, &root.join("corpus/corroborate"))?;
    write_errors(root, "corroborate-errors.txt", &evaluation.errors)?;
    Ok(Some(evaluation.tables))
}

fn actors(root: &Path, corpora: &Path) -> anyhow::Result<Option<String>> {
    if !corpora.is_dir() {
        return Ok(None);
    }
    let evaluation = averment_eval::actors::run(corpora)?;
    write_errors(root, "actors-errors.txt", &evaluation.errors)?;
    Ok(Some(evaluation.to_markdown()))
}

fn place(root: &Path, corpora: &Path) -> anyhow::Result<Option<String>> {
    if !corpora.is_dir() {
        return Ok(None);
    }
    let table = averment_eval::place::run(corpora, false)?;
    let grounding = averment_eval::place::grounding::run(&root.join("corpus/grounding"))?;
    write_errors(root, "place-errors.txt", &format!("{}{}", table.errors, grounding.errors))?;
    let own = "\nSentences of our own, `corpus/grounding/places.toml`:\n\n";
    Ok(Some(format!("{}{own}{}", table.to_markdown(), grounding.to_markdown())))
}

/// Writes what was wrong to target/eval, for a look.
fn write_errors(root: &Path, name: &str, errors: &str) -> anyhow::Result<()> {
    let folder = root.join("target/eval");
    fs::create_dir_all(&folder).with_context(|| format!("no folder {}", folder.display()))?;
    let file = folder.join(name);
    fs::write(&file, errors).with_context(|| format!("{} could not be written", file.display()))
}
