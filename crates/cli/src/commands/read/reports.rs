//! `averment read PATH...`: reports in, their readings out.

use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use averment_engine::{Coded, Coding, EngineError, Finished, Job, Outcome, Sink, Summary};
use averment_lang::conllu::{of_report, sentence_id};
use averment_lang::{Reader, Reading, ReadingJson};
use averment_types::{CodedReport, LanguageCode, Report};

use super::{json_line, told_unread};
use crate::args::ReadFormat;
use crate::commands::batch::{self, Bar};
use crate::exit::Exit;
use crate::failure;
use crate::wording::{count, grouped};

pub(super) fn run(reader: &Reader, paths: &[String], format: ReadFormat) -> anyhow::Result<Exit> {
    // Reports go out one by one, so that whoever reads the output sees each when it is done.
    let job = Job { batch_reports: 1, ..Job::on(batch::processors()) };
    let uncoded = |report| Coded { report: CodedReport { report, claims: Vec::new() }, words: 0 };
    let coding = Coding { code: &uncoded, known: &|_| Ok(false) };
    let mut sink = ReadingSink { reader, format, out: io::stdout(), seen: Seen::default() };
    let bar = Bar::new();
    let started = Instant::now();
    let summary = averment_engine::run(paths, &job, &coding, &mut sink, &bar);
    bar.clear();
    let summary = summary?;
    failure::say(&told(&summary, &sink.seen, reader, started.elapsed()));
    Ok(batch::exit(&summary))
}

/// The summary in words.
fn told(summary: &Summary, seen: &Seen, reader: &Reader, elapsed: Duration) -> String {
    let (reports, sentences) =
        (count(summary.reports, "report"), count(seen.sentences, "sentence"));
    let (words, seconds) = (grouped(seen.words), elapsed.as_secs_f64());
    let version = reader.version();
    let mut lines =
        vec![format!("read {reports}, {sentences}, {words} words in {seconds:.1} s by {version}")];
    if seen.foreign > 0 {
        let (reports, language) = (count(seen.foreign, "report"), reader.language());
        lines.push(format!(
            "  {reports} in other languages than {language}, which the reader reads"
        ));
    }
    lines.extend(told_unread(seen.unread));
    lines.extend(batch::told(summary));
    lines.push(String::new());
    lines.join("\n")
}

/// What was read so far.
#[derive(Default)]
struct Seen {
    sentences: u64,
    words: u64,
    /// Sentences on which the model failed.
    unread: usize,
    /// Reports in a language that is not the reader's.
    foreign: u64,
}

impl Seen {
    fn add(&mut self, reader: &Reader, report: &Report, reading: &Reading) {
        self.sentences += reading.sentences().len() as u64;
        self.words += reading.words() as u64;
        self.unread += reading.unread();
        let language = report.language.as_ref().map(LanguageCode::as_str);
        self.foreign += u64::from(language.is_some_and(|language| language != reader.language()));
    }
}

/// Reads each report that it is handed, and writes what was seen.
struct ReadingSink<'a, W> {
    reader: &'a Reader,
    format: ReadFormat,
    out: W,
    seen: Seen,
}

impl<W: Write> Sink for ReadingSink<'_, W> {
    fn take(&mut self, batch: &[Finished]) -> Result<Vec<Outcome>, EngineError> {
        batch.iter().map(|finished| self.read(&finished.coded.report)).collect()
    }
}

impl<W: Write> ReadingSink<'_, W> {
    fn read(&mut self, report: &Report) -> Result<Outcome, EngineError> {
        // As in the engine, a fault of the program costs the report at hand and not the batch.
        let read = catch_unwind(AssertUnwindSafe(|| {
            let reading = self.reader.read(report);
            printed(self.format, report, &reading).map(|printed| (reading, printed))
        }));
        let Ok(read) = read else {
            let (code, reason) = ("internal_error".to_owned(), "internal error".to_owned());
            return Ok(Outcome::Refused { code, reason });
        };
        let (reading, printed) = read.map_err(|source| EngineError::Encode { source })?;
        let written = self.out.write_all(printed.as_bytes()).and_then(|()| self.out.flush());
        written.map_err(|source| EngineError::Write { source })?;
        self.seen.add(self.reader, report, &reading);
        Ok(Outcome::New)
    }
}

fn printed(format: ReadFormat, report: &Report, reading: &Reading) -> serde_json::Result<String> {
    let id = report.id.as_str();
    match format {
        ReadFormat::Conllu => Ok(of_report(report, reading)),
        ReadFormat::Jsonl => {
            let name = |index| Some(sentence_id(id, index));
            json_line(&ReadingJson::of(Some(id), &report.text, reading, name))
        }
    }
}
