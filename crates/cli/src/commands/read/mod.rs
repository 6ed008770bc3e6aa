//! `averment read`: what the reader sees, of reports, of given tokens, or drawn for one sentence.

mod given;
mod reports;

use std::io::{self, Write};

use averment_lang::{Reader, ReaderKind};

use crate::args::ReadArgs;
use crate::exit::Exit;
use crate::failure::NotRead;
use crate::pretty;
use crate::terminal::Look;

pub(super) fn run(args: &ReadArgs) -> anyhow::Result<Exit> {
    let reader = Reader::shipped(ReaderKind::from(args.reader))?;
    let format = args.format.unwrap_or_default();
    match (&args.pretty, &args.tokens) {
        (Some(sentence), _) => draw(&reader, sentence),
        (None, Some(path)) => given::run(&reader, path, format),
        (None, None) => reports::run(&reader, &args.paths, format),
    }
}

fn draw(reader: &Reader, sentence: &str) -> anyhow::Result<Exit> {
    let reading = reader.read_text(sentence);
    if reading.words() == 0 && reading.sentences().is_empty() {
        let reason = "it holds no word".to_owned();
        return Err(NotRead { place: "the sentence".to_owned(), reason }.into());
    }
    let page = pretty::page(sentence, &reading, Look::of_stdout());
    io::stdout().write_all(page.as_bytes())?;
    Ok(Exit::Done)
}

/// The form in which a reading is printed, with the line's end.
fn json_line(reading: &averment_lang::ReadingJson<'_>) -> serde_json::Result<String> {
    Ok(serde_json::to_string(reading)? + "\n")
}

/// What is said of sentences on which the model failed.
fn told_unread(unread: usize) -> Option<String> {
    let unread = u64::try_from(unread).unwrap_or(u64::MAX);
    let sentences = crate::wording::count(unread, "sentence");
    (unread > 0).then(|| format!("  {sentences} could not be read: the trees are empty forms"))
}
