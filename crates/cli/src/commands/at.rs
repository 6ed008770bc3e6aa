//! `averment at`: what a ledger held and what followed from it at a moment, on one page.

use std::io::{self, Write};

use averment_types::DisputeStatus;
use serde::Serialize;

use super::views::of_ledger;
use crate::args::{AtArgs, ExplainFormat, StateArg};
use crate::exit::Exit;

/// What the ledger held.
#[derive(Debug, Serialize)]
struct Then {
    at: String,
    reports: u64,
    claims: u64,
    superseded_claims: u64,
    decisions: u64,
    incidents: u64,
    confirmed_incidents: u64,
    disputes: u64,
    open_disputes: u64,
    last_stored: Option<String>,
    coders: Vec<String>,
}

pub(super) fn run(args: &AtArgs) -> anyhow::Result<Exit> {
    let ledger = args.moment.open(&args.ledger)?;
    let summary = ledger.summary()?;
    let now = !matches!(args.moment, StateArg::Then(_));
    let (incidents, disputes) = of_ledger(&ledger, &args.actors, now, |views| {
        Some((views.incidents()?, views.disputes()?))
    })?;
    let then = Then {
        at: args.moment.to_string(),
        reports: summary.reports,
        claims: summary.claims,
        superseded_claims: summary.superseded_claims,
        decisions: ledger.decisions()?.len() as u64,
        incidents: incidents.len() as u64,
        confirmed_incidents: incidents.iter().filter(|i| i.independent_origins > 1).count() as u64,
        disputes: disputes.len() as u64,
        open_disputes: disputes.iter().filter(|d| d.status == DisputeStatus::Open).count() as u64,
        last_stored: summary.last_stored.map(|moment| moment.to_string()),
        coders: summary.coders.iter().map(|c| format!("{} ({})", c.version, c.reader)).collect(),
    };
    let page = match args.format {
        ExplainFormat::Text => then.page(),
        ExplainFormat::Json => format!("{}\n", serde_json::to_string_pretty(&then)?),
    };
    io::stdout().write_all(page.as_bytes())?;
    Ok(Exit::Done)
}

impl Then {
    fn page(&self) -> String {
        let last = self.last_stored.as_deref().unwrap_or("nothing yet");
        let coders = self.coders.join("\n           ");
        format!(
            "the ledger as of {at}\n\nreports    {}\nclaims     {} in force, {} superseded\nincidents  {}, {} on two origins or more\n\
             disputes   {}, {} open\ndecisions  {}\nlast word  {last}\ncoded by   {coders}\n",
            self.reports,
            self.claims,
            self.superseded_claims,
            self.incidents,
            self.confirmed_incidents,
            self.disputes,
            self.open_disputes,
            self.decisions,
            at = self.at,
        )
    }
}
