//! A report cut down to what comparing needs.

use std::sync::Arc;

use averment_types::{CodedReport, Report, ReportId, Url};
use serde::{Deserialize, Serialize};

use crate::day;
use crate::focus::Focus;
use crate::hash::ByHash;
use crate::lean::{Lean, Standing, plain};
use crate::reprint::Signature;
use crate::shelf::Shelf;
use crate::sources::Sources;
use crate::wire::credit;
use crate::words::{Shape, Word, words};

/// Words that are kept of a report, those that stand in it most often first among equals.
const KEPT: usize = 400;

/// Words of a title by which a report without an outlet goes.
const TITLE: usize = 8;

/// A word of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Term {
    pub(crate) hash: u32,
    /// How often it stands there, at most 4.
    pub(crate) times: u8,
    /// Whether it is mostly written with a capital.
    pub(crate) name: bool,
}

/// All reports, by number.
pub(crate) type Docs = Shelf<Doc, 1>;

/// A report cut down.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Doc {
    pub(crate) id: ReportId,
    /// The day of publication.
    pub(crate) published: Option<i32>,
    /// Whose word its narrator's is: the agency that it credits, or the outlet; `None` when nobody knows.
    pub(crate) narrator: Option<Lean>,
    /// Its title, or the name of its file.
    pub(crate) title: Arc<str>,
    /// The words that credit an agency.
    pub(crate) credit: Option<Arc<str>>,
    pub(crate) signature: Signature,
    /// Its words, by hash.
    pub(crate) terms: Vec<Term>,
    /// Whether it says that it corrects an earlier report.
    pub(crate) corrects: bool,
    /// Whether it says that it was taken back.
    pub(crate) retracted: bool,
    /// Its claims' places in the list of claims.
    pub(crate) facts: Vec<u32>,
    /// Days and towns of the violence that it tells of as its news.
    pub(crate) focus: Focus,
}

impl Doc {
    /// Cuts the report; its claims are added by the caller.
    pub(crate) fn of(coded: &CodedReport, sources: &Sources) -> Self {
        let report = &coded.report;
        let text = body(report);
        let all = words(&text);
        let credited = credit(report, sources);
        let opening = opening(report);
        Self {
            id: report.id.clone(),
            title: title(report).into(),
            published: report
                .published
                .as_ref()
                .map(|p| day::ends(p.interval).0)
                .filter(|d| *d > -100_000),
            narrator: credited
                .as_ref()
                .map(|(s, _)| Lean::source(s, "source"))
                .or_else(|| outlet(report, sources)),
            credit: credited.map(|(_, words)| words.into()),
            signature: Signature::of(&all),
            terms: terms(&all),
            corrects: ["correction", "corrected", "corrects", "clarification"]
                .iter()
                .any(|w| opening.starts_with(w))
                || opening.contains("(corrects"),
            retracted: ["retraction", "retracted", "withdrawn"]
                .iter()
                .any(|w| opening.starts_with(w))
                || opening.contains("has been retracted")
                || opening.contains("has been withdrawn by"),
            facts: Vec::new(),
            focus: Focus::default(),
        }
    }
}

/// The text of the report itself, with its title.
fn body(report: &Report) -> String {
    let mut text = String::new();
    if let Some(title) = report.title.as_deref().filter(|title| !report.text.contains(*title)) {
        text.push_str(title);
        text.push('\n');
    }
    for zone in report.evidence_zones() {
        text.push_str(zone.range.slice(&report.text).unwrap_or_default());
        text.push('\n');
    }
    text
}

/// The title in a few words, or the name of the file.
fn title(report: &Report) -> String {
    let file = || report.source.path.rsplit(['/', '\\']).next().unwrap_or_default();
    let name = report.title.as_deref().unwrap_or_else(file);
    let words: Vec<&str> = name.split_whitespace().collect();
    match words.get(..TITLE) {
        Some(first) if words.len() > TITLE => format!("{} …", first.join(" ")),
        _ => words.join(" "),
    }
}

/// The title and the first words, folded: where a report says that it corrects another.
fn opening(report: &Report) -> String {
    let title = report.title.as_deref().unwrap_or_default().trim_start_matches(['[', '(', ' ']);
    let first: String = report.text.chars().take(160).collect();
    let start = if title.is_empty() { String::new() } else { format!("{title} ") };
    format!("{start}{first}").to_lowercase()
}

/// Who publishes the report: known by name or host, or only named.
fn outlet(report: &Report, sources: &Sources) -> Option<Lean> {
    let name = report.outlet.as_deref();
    let host = report.url.as_ref().and_then(Url::host);
    let known = name
        .and_then(|n| sources.named(n).or_else(|| sources.at_host(n)))
        .or_else(|| host.as_deref().and_then(|h| sources.at_host(h)));
    if let Some(source) = known {
        return Some(Lean::source(source, "outlet"));
    }
    let named = name.map(str::to_owned).or(host)?;
    Some(Lean::named("outlet", &plain(&named), &named, Standing::Outlet))
}

/// The words with their counts, by hash.
fn terms(all: &[Word]) -> Vec<Term> {
    let mut counts: ByHash<u32, (u32, u32)> = ByHash::default();
    let mut order = Vec::new();
    for word in all.iter().filter(|word| word.letters > 1) {
        let entry = counts.entry(word.hash).or_insert_with(|| {
            order.push(word.hash);
            (0, 0)
        });
        entry.0 += 1;
        entry.1 += u32::from(word.shape == Shape::Name);
    }
    let mut found: Vec<Term> = order
        .into_iter()
        .filter_map(|hash| counts.get(&hash).map(|(times, names)| (hash, *times, *names)))
        .map(|(hash, times, names)| Term {
            hash,
            times: u8::try_from(times.min(4)).unwrap_or(4),
            name: names * 2 > times,
        })
        .collect();
    found.sort_by_key(|term| (std::cmp::Reverse(term.times), term.hash));
    found.truncate(KEPT);
    found.sort_by_key(|term| term.hash);
    found
}
