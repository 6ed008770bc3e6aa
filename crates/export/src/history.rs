//! Rows of a ledger's history: decisions, and cells that differ between two states.

use averment_types::{Cause, Change, CoderVersion, Decision, Digest};
use serde::Serialize;
use serde_json::json;

use crate::fields::{name, one_line};
use crate::geojson::Feature;
use crate::row::Row;
use crate::table::{Header, SHORT_ID};

/// A decision, and whether it holds.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct DecisionRow<'a> {
    /// The decision.
    #[serde(flatten)]
    pub decision: &'a Decision,
    /// Whether no later decision has undone it.
    pub in_force: bool,
}

/// Characters of a value or a reason that a table of changes shows.
const LONGEST: usize = 60;

const DECISION_HEADER: &Header =
    &[("id", 11, 11), ("when (UTC)", 17, 17), ("who", 8, 14), ("what", 26, 36), ("why", 12, 22)];

const CHANGE_HEADER: &Header = &[
    ("report", 10, 15),
    ("claim", 11, 11),
    ("field", 9, 13),
    ("before", 14, 20),
    ("after", 14, 20),
    ("why", 14, 21),
];

/// A text on one line, without what a reader of a table does not need.
fn cut(text: &str) -> String {
    let line = one_line(text);
    if line.chars().count() <= LONGEST {
        return line;
    }
    let shown: String = line.chars().take(LONGEST).collect();
    format!("{shown}…")
}

fn short(id: &str) -> String {
    id.chars().take(SHORT_ID).collect()
}

impl Row for DecisionRow<'_> {
    fn object(&self) -> impl Serialize {
        self
    }

    fn feature(&self) -> impl Serialize {
        Feature::new(self.decision.id.as_str(), None, json!(self))
    }

    fn csv_header() -> Vec<&'static str> {
        vec!["id", "at", "by", "act", "what", "because", "in_force", "before", "hash"]
    }

    fn csv_cells(&self) -> Vec<String> {
        let Decision { id, at, by, because, act, before, hash } = self.decision;
        vec![
            id.to_string(),
            at.to_string(),
            by.clone(),
            act.as_str().to_owned(),
            act.to_string(),
            because.clone().unwrap_or_default(),
            self.in_force.to_string(),
            before.to_string(),
            hash.to_string(),
        ]
    }

    fn table_header() -> &'static Header {
        DECISION_HEADER
    }

    fn table_cells(&self) -> Vec<String> {
        let Decision { id, at, by, because, act, .. } = self.decision;
        let undone = if self.in_force { "" } else { " (undone)" };
        vec![
            short(id.as_str()),
            at.strftime("%Y-%m-%d %H:%M").to_string(),
            one_line(by),
            format!("{}{undone}", one_line(&act.to_string())),
            one_line(because.as_deref().unwrap_or_default()),
        ]
    }
}

impl Row for &Change {
    fn object(&self) -> impl Serialize {
        self
    }

    fn feature(&self) -> impl Serialize {
        Feature::new(self.report.as_str(), None, json!(self))
    }

    fn csv_header() -> Vec<&'static str> {
        vec![
            "change",
            "report",
            "claim_before",
            "claim_after",
            "type",
            "field",
            "before",
            "after",
            "cause",
            "why",
        ]
    }

    fn csv_cells(&self) -> Vec<String> {
        let id = |id: Option<&averment_types::ClaimId>| id.map(ToString::to_string);
        vec![
            name(self.change),
            self.report.to_string(),
            id(self.claim_before.as_ref()).unwrap_or_default(),
            id(self.claim_after.as_ref()).unwrap_or_default(),
            self.type_id.to_string(),
            self.field.clone(),
            self.before.clone(),
            self.after.clone(),
            cause(&self.cause).to_owned(),
            why(self),
        ]
    }

    fn table_header() -> &'static Header {
        CHANGE_HEADER
    }

    fn table_cells(&self) -> Vec<String> {
        let claim = self.claim_after.as_ref().or(self.claim_before.as_ref());
        vec![
            self.report.as_str().to_owned(),
            claim.map(|id| short(id.as_str())).unwrap_or_default(),
            self.field.replace('_', " "),
            cut(&self.before),
            cut(&self.after),
            cut(&why(self)),
        ]
    }
}

/// The name of a cause in JSON.
const fn cause(cause: &Cause) -> &'static str {
    match cause {
        Cause::Report => "report",
        Cause::Revision { .. } => "revision",
        Cause::Coder { .. } => "coder",
        Cause::Decision { .. } => "decision",
    }
}

/// The cause in words.
fn why(change: &Change) -> String {
    match &change.cause {
        Cause::Report if change.claim_before.is_none() => "new report".to_owned(),
        Cause::Report => "report not there".to_owned(),
        Cause::Revision { from, to } => {
            format!("new content of the report: {} -> {}", digits(from), digits(to))
        }
        Cause::Coder { from, to } => format!("new version of the coder: {}", versions(from, to)),
        Cause::Decision { id, by, because, in_force } => {
            let undone = if *in_force { "" } else { ", undone" };
            let because = because.as_ref().map(|because| format!(": {because}"));
            format!("{id} by {by}{undone}{}", because.unwrap_or_default())
        }
    }
}

fn digits(digest: &Digest) -> String {
    digest.to_string().chars().take(8).collect()
}

/// What of two versions differs.
fn versions(from: &CoderVersion, to: &CoderVersion) -> String {
    if from.version != to.version {
        return format!("{} -> {}", from.version, to.version);
    }
    if from.codebook != to.codebook {
        return format!("{} -> {}", from.codebook, to.codebook);
    }
    format!("{} -> {}", from.reader, to.reader)
}
