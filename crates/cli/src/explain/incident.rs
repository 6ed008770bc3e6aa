//! The page of an incident and of a dispute: what they rest on, origin by origin, and why the claims stand together.

use std::fmt::Write as _;

use averment_ledger::Ledger;
use averment_types::{ClaimId, Dispute, Incident};

/// The page of an incident.
pub(crate) fn incident_page(incident: &Incident, ledger: &Ledger) -> String {
    let mut page =
        format!("incident {}\n  {}", incident.id, incident.type_id.as_str().replace('_', " "));
    if let Some(time) = &incident.time {
        let day =
            |d: Option<jiff::civil::Date>| d.map_or_else(|| "..".to_owned(), |d| d.to_string());
        let (start, end) = (day(time.interval.start()), day(time.interval.end()));
        _ = write!(page, ", {}", if start == end { start } else { format!("{start} to {end}") });
    }
    if let Some(place) = &incident.place {
        _ = write!(page, ", {}", place.name);
    }
    _ = write!(
        page,
        "\n  {} claims in {} reports, {} independent origins, {} of them parties to the conflict\n",
        incident.claims.len(),
        incident.reports.len(),
        incident.independent_origins,
        incident.party_origins
    );
    for estimate in &incident.estimates {
        let number = |n: Option<u32>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
        let (low, best, high) =
            (number(estimate.low), number(estimate.best), number(estimate.high));
        _ = writeln!(
            page,
            "\n{:?}, {:?}: best {best}, low {low}, high {high}",
            estimate.kind, estimate.of
        );
        estimate.reasons.iter().for_each(|reason| _ = writeln!(page, "  - {reason}"));
    }
    page.push_str("\norigins\n");
    for origin in &incident.origins {
        let party = if origin.party { ", a party to the conflict" } else { "" };
        _ = writeln!(
            page,
            "  {} ({}{party}): {}",
            origin.name,
            origin.id,
            origin.reasons.join("; ")
        );
        origin.claims.iter().for_each(|claim| page.push_str(&quoted(claim, ledger)));
    }
    if !incident.denials.is_empty() {
        page.push_str("\nsaid not to have happened\n");
        incident.denials.iter().for_each(|claim| page.push_str(&quoted(claim, ledger)));
    }
    if !incident.related_reports.is_empty() {
        page.push_str("\nreports of the same story without a claim of their own\n");
        incident.related_reports.iter().for_each(|report| _ = writeln!(page, "  {report}"));
    }
    page.push_str("\nwhy these claims stand together\n");
    for link in &incident.links {
        _ = writeln!(page, "  {} and {}: {} points", link.a, link.b, link.points);
        link.evidence
            .iter()
            .for_each(|e| _ = writeln!(page, "    {:+} {}: {}", e.points, e.aspect, e.reason));
    }
    if incident.links.is_empty() {
        page.push_str("  one claim alone\n");
    }
    page
}

/// The page of a dispute.
pub(crate) fn dispute_page(dispute: &Dispute, ledger: &Ledger) -> String {
    let mut page = format!(
        "dispute {}\n  about {}, {:?}\n",
        dispute.id,
        dispute.kind.as_str(),
        dispute.status
    );
    if let Some(incident) = &dispute.incident {
        _ = writeln!(page, "  of incident {incident}");
    }
    if let Some(actor) = &dispute.actor {
        _ = writeln!(page, "  of {actor}");
    }
    _ = writeln!(page, "  {}", dispute.reason);
    if let Some(resolution) = &dispute.resolution {
        _ = writeln!(page, "  decided by {}: {}", resolution.by, resolution.reason);
    }
    for side in &dispute.sides {
        let gone = if side.superseded { ", no longer held" } else { "" };
        let origins: Vec<&str> =
            side.origins.iter().map(averment_types::OriginId::as_str).collect();
        _ = writeln!(page, "\n{}{gone} ({})", side.position, origins.join(", "));
        side.claims.iter().for_each(|claim| page.push_str(&quoted(claim, ledger)));
    }
    page
}

/// A claim's id, report and words.
fn quoted(claim: &ClaimId, ledger: &Ledger) -> String {
    match ledger.claim(claim) {
        Ok(Some(stored)) => {
            let quote = stored.claim.content().evidence.first().quote().replace('\n', " ");
            let visible = averment_types::TextRange::visible(&quote).into_owned();
            format!("    {claim} in {}: \u{201c}{visible}\u{201d}\n", stored.report.id)
        }
        _ => format!("    {claim}\n"),
    }
}
