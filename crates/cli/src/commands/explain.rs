//! `averment explain`: finds what an id stands for and shows it.

use std::io::{self, Write};

use averment_codebook::Codebook;
use averment_ledger::{ClaimMatch, ClaimQuery, Ledger, StoredClaim, StoredReport};
use averment_types::{ClaimId, Dispute, Incident, ReportId};

use crate::args::{ExplainArgs, ExplainFormat};
use crate::exit::Exit;
use crate::explain::{self, ClaimFile, Quotes};
use crate::failure::Unfound;
use crate::terminal::Look;

/// What an id stands for.
enum Found {
    Claim(Box<StoredClaim>),
    Report(Box<StoredReport>),
    Incident(Box<Incident>),
    Dispute(Box<Dispute>),
}

pub(super) fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let ledger = args.from.ledger.open()?;
    let shown = match (find(&ledger, args)?, args.format) {
        (Found::Claim(claim), format) => {
            let codebook = Codebook::shipped()?;
            let file = ClaimFile::open(&ledger, *claim, &codebook)?;
            match format {
                ExplainFormat::Text => explain::claim_page(&file, Look::of_stdout()),
                ExplainFormat::Json => explain::claim_json(&file)?,
            }
        }
        (Found::Report(report), ExplainFormat::Text) => {
            let claims = counting(&ledger, &report)?;
            explain::report_page(&report, &claims, Look::of_stdout())?
        }
        (Found::Report(report), ExplainFormat::Json) => explain::report_json(&report)?,
        (Found::Incident(incident), ExplainFormat::Text) => {
            let claims = incident.claims.iter().chain(&incident.denials);
            let quotes = Quotes::of(&ledger, claims)?;
            let decisions = ledger.decisions_by_kind()?;
            explain::incident_page(&incident, &quotes, &decisions, Look::of_stdout())
        }
        (Found::Incident(incident), ExplainFormat::Json) => {
            format!("{}\n", serde_json::to_string_pretty(&incident)?)
        }
        (Found::Dispute(dispute), ExplainFormat::Text) => {
            let quotes = Quotes::of(&ledger, dispute.sides.iter().flat_map(|side| &side.claims))?;
            explain::dispute_page(&dispute, &quotes, Look::of_stdout())
        }
        (Found::Dispute(dispute), ExplainFormat::Json) => {
            format!("{}\n", serde_json::to_string_pretty(&dispute)?)
        }
    };
    io::stdout().write_all(shown.as_bytes())?;
    Ok(Exit::Done)
}

/// Whole ids come before beginnings, claims before reports.
fn find(ledger: &Ledger, args: &ExplainArgs) -> anyhow::Result<Found> {
    let id = args.id.as_str();
    if let Some(claim) = ledger.claim(&ClaimId::new(id))? {
        return Ok(Found::Claim(Box::new(claim)));
    }
    if let Some(report) = ledger.report(&ReportId::new(id))? {
        return Ok(Found::Report(Box::new(report)));
    }
    let claims = match ledger.resolve_claim(id)? {
        ClaimMatch::None => Vec::new(),
        ClaimMatch::One(id) => vec![id],
        ClaimMatch::Several(ids) => ids,
    };
    let reports = ledger.reports_beginning(id)?;
    match (claims.as_slice(), reports.as_slice()) {
        ([claim], []) => {
            let claim = ledger.claim(claim)?.map(Box::new);
            claim.map(Found::Claim).ok_or_else(|| none(id))
        }
        ([], [report]) => {
            let report = ledger.report(report)?.map(Box::new);
            report.map(Found::Report).ok_or_else(|| none(id))
        }
        ([], []) => derived(ledger, args),
        (claims, reports) => {
            let claims = claims.iter().map(ToString::to_string);
            let all = claims.chain(reports.iter().map(ToString::to_string));
            let several = all.take(Ledger::SEVERAL).collect();
            let id = id.to_owned();
            Err(Unfound::Several { id, several }.into())
        }
    }
}

/// An incident or a dispute, which are derived only where no claim or report is meant.
fn derived(ledger: &Ledger, args: &ExplainArgs) -> anyhow::Result<Found> {
    let id = args.id.as_str();
    if !id.starts_with(['i', 'd']) {
        return Err(none(id));
    }
    let now = args.from.ledger.at.is_none();
    let all = super::views::of_ledger(ledger, &args.from.actors, now, |views| {
        Some(if id.starts_with('i') {
            let found = views.incidents_once_named(id)?.into_iter();
            found.map(|i| (i.id.to_string(), Found::Incident(Box::new(i)))).collect()
        } else {
            let found = views.disputes_named(id)?.into_iter();
            found.map(|d| (d.id.to_string(), Found::Dispute(Box::new(d)))).collect::<Vec<_>>()
        })
    })?;
    only(id, all)
}

/// The one thing whose id begins with `id`.
pub(super) fn only<T>(id: &str, all: Vec<(String, T)>) -> anyhow::Result<T> {
    if all.len() > 1 {
        let several = all.into_iter().map(|(id, _)| id).take(Ledger::SEVERAL).collect();
        return Err(Unfound::Several { id: id.to_owned(), several }.into());
    }
    all.into_iter().next().map(|(_, found)| found).ok_or_else(|| none(id))
}

/// The claims of a report that count, and those that people rejected.
fn counting(ledger: &Ledger, report: &StoredReport) -> anyhow::Result<Vec<StoredClaim>> {
    let report = Some(report.coded.report.id.clone());
    let query = ClaimQuery { report, superseded: true, ..ClaimQuery::default() };
    let mut claims = ledger.claims(&query)?;
    claims.retain(|claim| claim.superseded.is_none());
    Ok(claims)
}

fn none(id: &str) -> anyhow::Error {
    let id = id.to_owned();
    Unfound::None { id }.into()
}
