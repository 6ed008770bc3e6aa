//! The page of a dispute: its sides, who holds them in which words, and how it was settled.

use averment_types::{Dispute, DisputeStatus};

use super::page::Page;
use super::quoted::Quotes;
use super::values::strong;
use crate::fold::plain;
use crate::terminal::Look;
use crate::wording::{name, one_line};

/// The page of a dispute.
pub(crate) fn dispute_page(dispute: &Dispute, quotes: &Quotes, look: Look) -> String {
    let mut page = Page::new(look);
    let kind = name(dispute.kind);
    page.wide(&[strong(&format!("dispute about {kind}")), plain(&format!(" ({})", dispute.id))]);
    page.wide(&[plain(&dispute.reason)]);
    page.gap();
    if let Some(incident) = &dispute.incident {
        page.value("of incident", &[plain(incident.as_str())]);
    }
    if let Some(actor) = &dispute.actor {
        page.value("of actor", &[plain(actor.as_str())]);
    }
    let status = match dispute.status {
        DisputeStatus::Open => "open: nobody has decided it",
        DisputeStatus::Resolved => "settled",
        DisputeStatus::Moot => "moot: one side is no longer held",
    };
    page.value("status", &[plain(status)]);
    if let Some(resolution) = &dispute.resolution {
        let taken = match &resolution.position {
            Some(position) => format!("for “{}”", one_line(position)),
            None => "for no side".to_owned(),
        };
        page.value("decided", &[strong(&taken)]);
        let because = match resolution.reason.as_str() {
            "" => String::new(),
            reason => format!(": {reason}"),
        };
        page.reason(&format!("by {}{because}", resolution.by));
    }
    for side in &dispute.sides {
        page.gap();
        let gone = if side.superseded { " (no longer held)" } else { "" };
        page.value("side", &[strong(&one_line(&side.position)), plain(gone)]);
        let origins: Vec<&str> =
            side.origins.iter().map(averment_types::OriginId::as_str).collect();
        page.reason(&format!("on the word of {}", origins.join(", ")));
        quotes.show(&mut page, &side.claims);
    }
    page.finish()
}
