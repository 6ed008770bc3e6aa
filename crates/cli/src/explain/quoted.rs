//! Claims in the words of their reports, wherever a page rests on several of them.

use std::collections::BTreeMap;

use averment_ledger::{Ledger, StoredClaim};
use averment_types::{ClaimId, Decision};

use super::page::Page;
use crate::fold::piece;
use crate::terminal::Style;
use crate::wording::{self, one_line};

/// Claims by their ids.
pub(crate) struct Quotes(BTreeMap<ClaimId, StoredClaim>);

impl Quotes {
    /// Reads the claims `ids`.
    pub(crate) fn of<'c>(
        ledger: &Ledger,
        ids: impl IntoIterator<Item = &'c ClaimId>,
    ) -> anyhow::Result<Self> {
        let ids: Vec<&ClaimId> = ids.into_iter().collect();
        let found = ledger.claims_of_ids(&ids)?;
        Ok(Self(found.into_iter().map(|stored| (stored.claim.id().clone(), stored)).collect()))
    }

    /// The decisions in force about the claims, in the order in which they were made.
    pub(super) fn decisions(&self) -> impl Iterator<Item = &Decision> {
        let all = self.0.values().flat_map(|stored| &stored.standing.decisions);
        let mut all: Vec<&Decision> = all.collect();
        all.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
        all.dedup_by(|a, b| a.id == b.id);
        all.into_iter()
    }

    /// The words of each claim, with its id and its report.
    pub(super) fn show(&self, page: &mut Page, ids: &[ClaimId]) {
        for id in ids {
            let Some(stored) = self.0.get(id) else {
                continue;
            };
            let quote = one_line(stored.claim.content().evidence.first().quote());
            page.quotation(&[piece(&quote, Style::Quote)]);
            page.reason(&format!("{id} in {}", told(stored)));
        }
    }
}

/// The report of a claim: its id, outlet and day.
fn told(stored: &StoredClaim) -> String {
    let report = &stored.report;
    let outlet = report.outlet.as_deref().map(one_line);
    let day = report.published.as_ref().map(|p| wording::days(p.interval, p.precision));
    let parts = [Some(report.id.to_string()), outlet, day];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
