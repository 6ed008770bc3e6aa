//! Incidents of our own writing, told by several outlets with traps: reprints, wire copy, other days, other towns, risen
//! tolls, denials, anniversaries, parties, corrections.
//!
//! Scored are the claims of violence: each claim's gold group is the incident that its report tells of (a report may say
//! in `aside` which of its words tell of something else), its found group the incident that it is in. Beside that: the
//! incident's number of independent origins, its best number of dead, and the disputes that it should open.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use averment_extract::Coder;
use averment_types::{CasualtyKind, ClaimId, DisputeKind, DisputeStatus, EstimateOf, Incident};
use jiff::civil::Date;
use serde::Deserialize;

use super::partition::{Scores, score};
use super::{Document, room};
use crate::EvalError;
use crate::place::rows;

/// Incidents by id, and how many of gold's reports they hold.
type Met<'i> = BTreeMap<&'i str, (usize, &'i Incident)>;

/// A report of our own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    incident: String,
    outlet: Option<String>,
    date: Option<Date>,
    text: String,
    /// Words of sentences that tell of something else, each with what.
    #[serde(default)]
    aside: BTreeMap<String, String>,
}

/// What an incident should come to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    incident: String,
    /// The trap, in words.
    trap: String,
    origins: Option<usize>,
    killed: Option<u32>,
    /// Kinds of open disputes.
    #[serde(default)]
    disputes: Vec<DisputeKind>,
}

/// The scores, a table, and what was wrong.
#[derive(Debug, Clone, Default)]
pub struct Own {
    /// Over claims of violence.
    pub scores: Scores,
    /// As Markdown.
    pub table: String,
    /// A line for each incident that is wrong.
    pub errors: String,
}

/// Scores the reports in the folder `own`: `reports*.jsonl` and `expected.jsonl`.
///
/// # Errors
/// When a file is missing or of another form.
pub fn run(coder: &Coder, own: &Path) -> Result<Own, EvalError> {
    let mut told: Vec<Row> = Vec::new();
    let failed = |source| EvalError::Read { path: own.display().to_string(), source };
    let mut files: Vec<_> =
        fs::read_dir(own).map_err(failed)?.filter_map(Result::ok).map(|f| f.path()).collect();
    files.sort();
    for file in files
        .iter()
        .filter(|f| f.file_name().is_some_and(|n| n.to_string_lossy().starts_with("reports")))
    {
        told.extend(rows::<Row>(file)?);
    }
    let expected: Vec<Expected> = rows(&own.join("expected.jsonl"))?;
    let documents: Vec<Document> = told
        .iter()
        .map(|row| Document {
            id: row.id.clone(),
            title: None,
            text: row.text.clone(),
            outlet: row.outlet.clone(),
            date: row.date,
            url: None,
            group: row.incident.clone(),
        })
        .collect();
    let (room, reports) = room(coder, &documents)?;
    let incidents = room.incidents();
    let found: BTreeMap<&ClaimId, &Incident> =
        incidents.iter().flat_map(|i| i.claims.iter().map(move |claim| (claim, i))).collect();
    let (mut pairs, mut by_gold): (Vec<_>, BTreeMap<&str, Met<'_>>) = Default::default();
    for (row, reports) in told
        .iter()
        .filter_map(|row| Some((row, reports.iter().find(|c| c.report.id.as_str() == row.id)?)))
    {
        for claim in &reports.claims {
            let Some(incident) = found.get(claim.id()).filter(|i| is_violent(i)) else {
                continue;
            };
            let quote = claim.content().evidence.first().quote();
            let aside = row.aside.iter().find(|(words, _)| quote.contains(words.as_str()));
            let gold = aside.map_or(row.incident.as_str(), |(_, gold)| gold.as_str());
            pairs.push((gold.to_owned(), incident.id.to_string()));
            by_gold
                .entry(gold)
                .or_default()
                .entry(incident.id.as_str())
                .or_insert((0, incident))
                .0 += 1;
        }
    }
    let disputes = room.disputes();
    let mut result = Own { scores: score(&pairs), ..Own::default() };
    let mut counts = Counts::default();
    for wanted in &expected {
        let main = by_gold
            .get(wanted.incident.as_str())
            .and_then(|all| all.values().max_by_key(|(n, _)| *n));
        let Some((_, incident)) = main else {
            _ = writeln!(result.errors, "own\t{}\t{}: no claim", wanted.incident, wanted.trap);
            counts.missing += 1;
            continue;
        };
        let open: BTreeSet<DisputeKind> = disputes
            .iter()
            .filter(|d| {
                d.incident.as_ref() == Some(&incident.id) && d.status == DisputeStatus::Open
            })
            .map(|d| d.kind)
            .collect();
        let got = (incident.independent_origins as usize, best(incident), open);
        counts.judge(
            wanted,
            &got,
            by_gold.get(wanted.incident.as_str()).map_or(0, BTreeMap::len),
            &mut result.errors,
        );
    }
    result.table = counts.to_markdown(expected.len());
    Ok(result)
}

/// How many of how many are right.
#[derive(Debug, Default)]
struct Counts {
    missing: usize,
    whole: usize,
    origins: (usize, usize),
    killed: (usize, usize),
    disputes: (usize, usize),
    quiet: (usize, usize),
}

impl Counts {
    fn judge(
        &mut self,
        wanted: &Expected,
        got: &(usize, Option<u32>, BTreeSet<DisputeKind>),
        pieces: usize,
        errors: &mut String,
    ) {
        let add = |slot: &mut (usize, usize), right: bool| {
            slot.0 += usize::from(right);
            slot.1 += 1;
        };
        self.whole += usize::from(pieces == 1);
        if let Some(origins) = wanted.origins {
            add(&mut self.origins, origins == got.0);
        }
        if wanted.killed.is_some() {
            add(&mut self.killed, wanted.killed == got.1);
        }
        for kind in &wanted.disputes {
            add(&mut self.disputes, got.2.contains(kind));
        }
        if wanted.disputes.is_empty() {
            add(&mut self.quiet, got.2.is_empty());
        }
        _ = writeln!(
            errors,
            "own\t{}\t{}: pieces {pieces}, origins {} of {:?}, killed {:?} of {:?}, disputes {:?} of {:?}",
            wanted.incident,
            wanted.trap,
            got.0,
            wanted.origins,
            got.1,
            wanted.killed,
            got.2,
            wanted.disputes
        );
    }

    fn to_markdown(&self, all: usize) -> String {
        let mut out = String::from("\n| of our own incidents | right | of |\n|---|--:|--:|\n");
        let lines = [
            ("told by one incident alone", (self.whole, all)),
            ("number of independent origins", self.origins),
            ("best number of dead", self.killed),
            ("disputes that should be open", self.disputes),
            ("incidents without a dispute that have none", self.quiet),
        ];
        for (name, (right, of)) in lines {
            _ = writeln!(out, "| {name} | {right} | {of} |");
        }
        out
    }
}

fn is_violent(incident: &Incident) -> bool {
    const OF: [&str; 14] = [
        "attack",
        "killing",
        "injury",
        "casualty_toll",
        "massacre",
        "air_strike",
        "ambush",
        "armed_clash",
        "assassination",
        "bombing",
        "raid",
        "shelling",
        "suicide_attack",
        "execution",
    ];
    OF.contains(&incident.type_id.as_str())
}

fn best(incident: &Incident) -> Option<u32> {
    let all =
        |e: &&averment_types::Estimate| e.kind == CasualtyKind::Killed && e.of == EstimateOf::All;
    incident.estimates.iter().find(all)?.best
}
