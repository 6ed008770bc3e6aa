//! `averment codebook`: a codebook checked, explained, tried.
//!
//! Owns reading its folder and telling what came of it; refuses what a rule means, which the libraries know.

mod folder;
mod page;

use std::io::{self, Write};
use std::path::Path;

use averment_extract::{Coder, Miss, Rehearsal};
use averment_lang::ReaderKind;

use crate::args::CodebookArgs;
use crate::exit::Exit;
use crate::failure::Unfound;
use crate::wording::count;

pub(crate) use folder::overlaid;

pub(super) fn run(args: &CodebookArgs) -> anyhow::Result<Exit> {
    match args {
        CodebookArgs::Check { folder } => check(folder.as_deref()),
        CodebookArgs::Explain { name, codebook } => explain(name, codebook.codebook.as_deref()),
        CodebookArgs::Test { folder, only } => test(folder.as_deref(), only.as_deref()),
    }
}

fn number(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

fn check(folder: Option<&Path>) -> anyhow::Result<Exit> {
    let codebook = overlaid(folder)?;
    let types = count(number(codebook.types().len()), "type");
    let rules = count(number(codebook.rules().len()), "rule");
    writeln!(io::stdout(), "{} is right: {types}, {rules}", codebook.name())?;
    Ok(Exit::Done)
}

fn explain(name: &str, folder: Option<&Path>) -> anyhow::Result<Exit> {
    let codebook = overlaid(folder)?;
    let rule = codebook.rules().iter().find(|rule| rule.id.as_str() == name);
    let page = match (rule, codebook.find_type(name)) {
        (Some(rule), _) => page::rule(&codebook, rule),
        (None, Some(known)) => page::whole_type(&codebook, known),
        (None, None) => return Err(unknown(name)),
    };
    io::stdout().write_all(page.as_bytes())?;
    Ok(Exit::Done)
}

fn unknown(name: &str) -> anyhow::Error {
    Unfound::Type { name: name.to_owned() }.into()
}

fn test(folder: Option<&Path>, only: Option<&str>) -> anyhow::Result<Exit> {
    let codebook = overlaid(folder)?;
    let wanted =
        |id: &str| only.is_none_or(|only| id == only || id.split('/').next() == Some(only));
    let name = only.filter(|_| !codebook.rules().iter().any(|rule| wanted(rule.id.as_str())));
    if let Some(name) = name {
        return Err(unknown(name));
    }
    let coder = Coder::shipped(ReaderKind::Fast)?.with_codebook(codebook);
    let rehearsal = coder.rehearse(|id| wanted(id.as_str()));
    io::stdout().write_all(told(&rehearsal).as_bytes())?;
    Ok(if rehearsal.misses.is_empty() { Exit::Done } else { Exit::SomeRefused })
}

fn told(rehearsal: &Rehearsal) -> String {
    let line = |miss: &Miss| match &miss.coded_by {
        Some(rule) => format!("{}: {rule} codes: {}\n", miss.rule, miss.sentence),
        None => format!("{}: misses: {}\n", miss.rule, miss.sentence),
    };
    let lines: String = rehearsal.misses.iter().map(line).collect();
    let tried = count(number(rehearsal.sentences), "sentence");
    let missed = number(rehearsal.misses.len());
    format!("{lines}{tried} tried, {missed} came out otherwise than the rules say\n")
}
