//! What people decided about a claim: the decisions in force, and those that were undone.

use averment_ledger::Ledger;
use averment_types::{Act, Decision};
use serde::Serialize;

use super::file::ClaimFile;
use super::page::Page;
use super::values::strong;
use crate::fold::plain;

/// A decision about a claim.
#[derive(Debug, Serialize)]
pub(crate) struct About {
    /// The decision.
    #[serde(flatten)]
    pub(crate) decision: Decision,
    /// Whether it holds: nobody has undone it, and no later one has taken its place.
    pub(crate) in_force: bool,
}

/// Every decision that is or was about the claim, in the order in which they were made.
pub(super) fn about(
    ledger: &Ledger,
    stored: &averment_ledger::StoredClaim,
) -> anyhow::Result<Vec<About>> {
    let holds = |decision: &Decision| stored.standing.decisions.iter().any(|d| d.id == decision.id);
    let links = |act: &Act| matches!(act, Act::Same { .. } | Act::Different { .. });
    let valid = ledger.decisions_in_force()?;
    let all = ledger.decisions()?.into_iter().filter_map(|decision| {
        let named = decision.act.claims().any(|claim| claim == stored.claim.id());
        let in_force = holds(&decision)
            || named && links(&decision.act) && valid.iter().any(|d| d.id == decision.id);
        (named || in_force).then_some(About { decision, in_force })
    });
    Ok(all.collect())
}

/// A notice for a claim that counts no longer, and each decision with its reason.
pub(super) fn tell(page: &mut Page, file: &ClaimFile<'_>) {
    if file.decisions.is_empty() {
        return;
    }
    if file.stored.standing.is_rejected() {
        page.notice("rejected: a person found that this is not what the report says");
    }
    for (index, about) in file.decisions.iter().enumerate() {
        let label = if index == 0 { "decided" } else { "" };
        let Decision { id, at, by, because, act, .. } = &about.decision;
        let state = if about.in_force { "" } else { " (no longer in force)" };
        page.value(label, &[strong(&what(act)), plain(state)]);
        let because = because.as_ref().map(|because| format!(": {because}"));
        let day = at.strftime("%-d %B %Y %H:%M UTC");
        page.reason(&format!("{id} by {by}, {day}{}", because.unwrap_or_default()));
    }
    if file.stored.standing.corrected.is_some() {
        page.reason("what follows is as the coder found it");
    }
    page.gap();
}

/// The decision without the claim's id.
fn what(act: &Act) -> String {
    match act {
        Act::Accept { .. } => "accepted".to_owned(),
        Act::Reject { .. } => "rejected".to_owned(),
        Act::Correct { correction, .. } => correction.to_string(),
        Act::GradeClaim { credibility, .. } => format!("credibility {}", u8::from(*credibility)),
        other => other.to_string(),
    }
}
