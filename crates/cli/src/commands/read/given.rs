//! `averment read --tokens`: given sentences and words in, the same with what the reader sees out.

use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use anyhow::Context;
use averment_lang::conllu::{ConlluSentence, GivenTokens, documents, of_given, parse};
use averment_lang::{Reader, ReadingJson};

use super::{json_line, told_unread};
use crate::args::ReadFormat;
use crate::exit::Exit;
use crate::failure::{self, NotRead};

pub(super) fn run(reader: &Reader, path: &Path, format: ReadFormat) -> anyhow::Result<Exit> {
    let file = content(path)?;
    let refuse = |reason: String| NotRead { place: path.display().to_string(), reason };
    let sentences = parse(&file).map_err(|error| {
        let place = format!("{}, line {}", path.display(), error.line);
        NotRead { place, reason: error.fault.to_string() }
    })?;
    if sentences.is_empty() {
        return Err(refuse("it holds no sentence".to_owned()).into());
    }
    let mut out = BufWriter::new(io::stdout().lock());
    let mut unread = 0;
    for document in documents(&sentences) {
        let given = GivenTokens::of(document).map_err(|error| refuse(error.to_string()))?;
        let reading = reader.read_tokens(given.text(), given.sentences());
        unread += reading.unread();
        let printed = match format {
            ReadFormat::Conllu => of_given(document, &reading),
            ReadFormat::Jsonl => {
                let name = document.first().and_then(ConlluSentence::document);
                let id = |index| {
                    let sentence: Option<&ConlluSentence<'_>> = document.get(index);
                    sentence.and_then(ConlluSentence::id).map(str::to_owned)
                };
                json_line(&ReadingJson::of(name, given.text(), &reading, id))?
            }
        };
        out.write_all(printed.as_bytes()).context("writing the sentences stopped")?;
    }
    out.flush().context("writing the sentences stopped")?;
    if let Some(told) = told_unread(unread) {
        failure::say(&format!("{}\n", told.trim_start()));
    }
    Ok(Exit::Done)
}

/// The file as text, `-` for standard input.
fn content(path: &Path) -> Result<String, NotRead> {
    let refuse = |place: String, reason: String| NotRead { place, reason };
    let name = path.display().to_string();
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = bytes.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            refuse(name.clone(), "there is no such file or directory".to_owned())
        }
        kind => refuse(name.clone(), format!("it could not be read: {kind}")),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let sound = error.as_bytes().iter().take(error.utf8_error().valid_up_to());
        let line = sound.filter(|byte| **byte == b'\n').count() + 1;
        refuse(format!("{name}, line {line}"), "it is not UTF-8".to_owned())
    })
}
