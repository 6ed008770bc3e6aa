//! Threads and channels: one reader, several workers, results in the order of the input.
//!
//! For each document the reader puts a *slot* into a queue of slots and the document, with the
//! slot's other end, into a queue of work. Workers fill slots in any order; the collector empties
//! them in the order of the queue. Both queues are bounded, and so are the bytes under way.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, Scope, ScopedJoinHandle};

use averment_ingest::{Ingested, RawDocument, Refusal};

use crate::budget::Budget;
use crate::collect::Collector;
use crate::work::{Reading, Step, process};
use crate::{Coding, EngineError, Job, Progress, Refused, Sink, Summary};

/// Stack of a worker, in bytes: 16 MiB. Parsers of nested formats recurse, and the usual 2 MiB are
/// no margin for a page that sits just under the depth cap.
const STACK_BYTES: usize = 16 * 1024 * 1024;

/// Documents under way for each worker: enough that one slow document leaves the others busy.
const SLOTS_PER_JOB: usize = 8;

/// A place in the order of the input, to be filled by a worker.
struct Slot {
    bytes: usize,
    step: Receiver<Step>,
}

/// A document, and where its result goes.
type Work<D> = (D, SyncSender<Step>);

/// Reads, parses and codes `inputs` (paths, folders, globs, `-`), and hands the results to `sink`
/// in the order of the input.
///
/// # Errors
/// When the sink does not take a batch, or no thread can be started. Batches taken before stay taken.
/// A closed pipe is no error; see [`Summary::closed`].
pub fn run(
    inputs: &[String],
    job: &Job,
    coding: &Coding<'_>,
    sink: &mut dyn Sink,
    progress: &dyn Progress,
) -> Result<Summary, EngineError> {
    let parse = |document: RawDocument| {
        averment_ingest::parse(document, &job.reading)
            .map(|Ingested { report, original }| (report, original))
            .map_err(refused)
    };
    let reading = Reading {
        size: |document: &RawDocument| document.bytes.len(),
        place: |document| (document.path.clone(), document.line),
        parse: &parse,
    };
    let documents = averment_ingest::documents(inputs, &job.reading);
    let documents = documents.map(|document| document.map_err(refused));
    drive(documents, &reading, job, coding, sink, progress)
}

fn refused(refusal: Refusal) -> Refused {
    Refused {
        code: refusal.code().to_owned(),
        reason: refusal.reason.to_string(),
        path: refusal.path,
        line: refusal.line,
    }
}

/// [`run`] for documents of any kind.
pub(crate) fn drive<D: Send>(
    documents: impl Iterator<Item = Result<D, Refused>> + Send,
    reading: &Reading<'_, D>,
    job: &Job,
    coding: &Coding<'_>,
    sink: &mut dyn Sink,
    progress: &dyn Progress,
) -> Result<Summary, EngineError> {
    let budget = Budget::new(job.budget_bytes);
    let depth = job.jobs.get().saturating_mul(SLOTS_PER_JOB);
    let (slots_in, slots) = sync_channel(depth);
    let (work_in, work) = sync_channel(depth);
    let work = Mutex::new(work);
    std::thread::scope(|scope| {
        let (work, budget) = (&work, &budget);
        for _ in 0..job.jobs.get() {
            spawn(scope, "worker", move || work_off(work, reading, coding))?;
        }
        let size = reading.size;
        let reader = spawn(scope, "reader", move || {
            read(documents, size, budget, &slots_in, &work_in);
        })?;
        let mut collector = Collector::new(job, coding, sink, progress);
        let collected = collect(&slots, budget, &mut collector);
        // Whoever waits for room must learn that nobody empties slots any more.
        budget.close();
        drop(slots);
        let read = reader.join().map_err(|_| EngineError::Reader);
        collected?;
        let summary = collector.finish()?;
        read.map(|()| summary)
    })
}

fn spawn<'scope>(
    scope: &'scope Scope<'scope, '_>,
    name: &str,
    run: impl FnOnce() + Send + 'scope,
) -> Result<ScopedJoinHandle<'scope, ()>, EngineError> {
    Builder::new()
        .name(format!("averment-{name}"))
        .stack_size(STACK_BYTES)
        .spawn_scoped(scope, run)
        .map_err(|source| EngineError::Thread { source })
}

/// The reader's thread: until the inputs end, or nobody takes slots any more.
fn read<D>(
    documents: impl Iterator<Item = Result<D, Refused>>,
    size: fn(&D) -> usize,
    budget: &Budget,
    slots: &SyncSender<Slot>,
    work: &SyncSender<Work<D>>,
) {
    for document in documents {
        let (fill, step) = sync_channel(1);
        let bytes = document.as_ref().map_or(0, size);
        if !budget.take(bytes) || slots.send(Slot { bytes, step }).is_err() {
            return;
        }
        let handed_on = match document {
            Ok(document) => work.send((document, fill)).is_ok(),
            Err(refused) => fill.send(Step::Refused(refused)).is_ok(),
        };
        if !handed_on {
            return;
        }
    }
}

/// A worker's thread: until the reader has ended and the queue is empty.
fn work_off<D>(work: &Mutex<Receiver<Work<D>>>, reading: &Reading<'_, D>, coding: &Coding<'_>) {
    loop {
        let next = work.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((document, fill)) = next else { return };
        let step = process(document, reading, coding);
        // A slot whose other end is gone belongs to a run that has ended.
        if fill.send(step).is_err() {
            return;
        }
    }
}

/// Empties slots in order, until there are no more or the sink is closed.
fn collect(
    slots: &Receiver<Slot>,
    budget: &Budget,
    collector: &mut Collector<'_>,
) -> Result<(), EngineError> {
    for slot in slots {
        let step = slot.step.recv().map_err(|_| EngineError::Reader)?;
        budget.give_back(slot.bytes);
        collector.take(step)?;
        if collector.is_closed() {
            break;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::num::NonZeroUsize;
    use std::time::Duration;

    use averment_types::{
        CodedReport, Digest, Format, Original, Report, ReportId, SourceInfo, WarningCode,
    };

    use super::*;
    use crate::{Coded, Finished, JsonlSink, Outcome, Silent};

    /// Number of the document, and its text: the first word is the id.
    type Document = (u64, &'static str);

    fn report(line: u64, text: &str) -> Report {
        let mut report = Report {
            id: ReportId::new(text.split(' ').next().unwrap()),
            digest: Digest::of(&[]),
            title: None,
            outlet: None,
            author: None,
            url: None,
            published: None,
            published_candidates: Vec::new(),
            language: None,
            text: text.to_owned(),
            zones: Vec::new(),
            warnings: Vec::new(),
            source: SourceInfo {
                path: "reports.jsonl".to_owned(),
                line: Some(line),
                format: Format::Jsonl,
                encoding: "utf-8".to_owned(),
                encoding_doubtful: false,
            },
            extra: std::collections::BTreeMap::new(),
        };
        report.digest = report.compute_digest();
        report
    }

    fn parse((line, text): Document) -> Result<(Report, Original), Refused> {
        match text {
            "broken" => Err(Refused {
                path: "reports.jsonl".to_owned(),
                line: Some(line),
                code: "broken".to_owned(),
                reason: "it is broken".to_owned(),
            }),
            "panics" => panic!("a fault of ours"),
            _ => Ok((report(line, text), Original::default())),
        }
    }

    const READING: Reading<'_, Document> = Reading {
        size: |(_, text)| text.len(),
        place: |(line, _)| ("reports.jsonl".to_owned(), Some(*line)),
        parse: &parse,
    };

    fn code(report: Report) -> Coded {
        // Later documents are ready earlier.
        let line = report.source.line.unwrap();
        std::thread::sleep(Duration::from_micros(900 - 100 * (line % 9)));
        let words = report.text.split(' ').count();
        let report = CodedReport { report, claims: Vec::new() };
        Coded { report, words }
    }

    const CODING: Coding<'_> =
        Coding { code: &code, known: &|report| Ok(report.text.ends_with("known")) };

    fn job(jobs: usize) -> Job {
        Job { batch_reports: 3, budget_bytes: 40, ..Job::on(NonZeroUsize::new(jobs).unwrap()) }
    }

    fn documents(texts: &[&'static str]) -> impl Iterator<Item = Result<Document, Refused>> + Send {
        let numbered: Vec<_> = (1..).zip(texts.to_vec()).map(Ok).collect();
        numbered.into_iter()
    }

    fn lines(texts: &[&'static str], jobs: usize) -> (String, Summary) {
        let mut out = Vec::new();
        let mut sink = JsonlSink::new(&mut out);
        let read = documents(texts);
        let summary = drive(read, &READING, &job(jobs), &CODING, &mut sink, &Silent).unwrap();
        (String::from_utf8(out).unwrap(), summary)
    }

    #[test]
    fn one_and_eight_threads_agree() {
        let mut texts = vec!["a one", "b two words", "broken", "a one", "panics", "a other"];
        texts.extend(["c", "d known", "e", "f", "g", "h", "i", "b two words", "a known", "j"]);
        let (one, first) = lines(&texts, 1);
        for _ in 0..20 {
            assert_eq!(lines(&texts, 8), (one.clone(), first.clone()));
        }
        assert_eq!(one.lines().count(), 11);
        assert_eq!((first.reports, first.new, first.unchanged), (12, 11, 1));
        assert_eq!((first.duplicates, first.refused), (2, 2));
        let warned = |code| first.warnings.get(&code).copied();
        assert_eq!(warned(WarningCode::DuplicateRecord), Some(2));
        assert_eq!(warned(WarningCode::UpdatedRecord), Some(2));
    }

    #[test]
    fn a_panic_is_the_refusal_of_one_document() {
        let (out, summary) = lines(&["a", "panics", "b"], 2);
        assert_eq!(out.lines().count(), 2);
        let refused = summary.refusals.first().unwrap();
        assert_eq!(refused.to_string(), "reports.jsonl, line 2: internal error");
        assert_eq!(summary.refusals_by_code.get("internal_error"), Some(&1));
    }

    #[test]
    fn a_panic_of_the_reader_ends_the_run_and_keeps_what_came_before() {
        let mut out = Vec::new();
        let read = (1..).map(|line| {
            assert!(line < 6, "the disk is on fire");
            Ok((line, "a"))
        });
        let mut sink = JsonlSink::new(&mut out);
        let ended = drive(read, &READING, &job(2), &CODING, &mut sink, &Silent);
        assert!(matches!(ended, Err(EngineError::Reader)));
        assert_eq!(String::from_utf8(out).unwrap().lines().count(), 1);
    }

    struct Failing(io::ErrorKind);

    impl Sink for Failing {
        fn take(&mut self, _: &[Finished]) -> Result<Vec<Outcome>, EngineError> {
            let source = io::Error::from(self.0);
            Err(EngineError::Write { source })
        }
    }

    #[test]
    fn a_closed_output_ends_endless_input_quietly_and_a_full_one_loudly() {
        let names: Vec<&'static str> = vec!["a", "b", "c", "d", "e", "f", "g"];
        let endless = || (1..).zip(names.clone().into_iter().cycle()).map(Ok);
        let end = |kind| {
            let sink = &mut Failing(kind);
            drive(endless(), &READING, &job(3), &CODING, sink, &Silent)
        };
        assert!(end(io::ErrorKind::BrokenPipe).unwrap().closed);
        let full = end(io::ErrorKind::StorageFull).unwrap_err();
        assert!(matches!(full, EngineError::Write { .. }));
    }

    #[test]
    fn what_is_refused_by_the_sink_is_counted_as_refused() {
        struct Doubting;
        impl Sink for Doubting {
            fn take(&mut self, batch: &[Finished]) -> Result<Vec<Outcome>, EngineError> {
                let doubt = Outcome::Refused {
                    code: "not_proved".to_owned(),
                    reason: "a quote differs".to_owned(),
                };
                Ok(vec![doubt; batch.len()])
            }
        }
        let read = documents(&["a", "b"]);
        let summary = drive(read, &READING, &job(1), &CODING, &mut Doubting, &Silent).unwrap();
        assert_eq!((summary.reports, summary.refused, summary.words), (0, 2, 0));
        assert_eq!(summary.refusals.len(), 2);
    }
}
