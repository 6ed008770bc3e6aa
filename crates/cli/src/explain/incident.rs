//! The page of an incident: what it was, on whose word, what people decided about it, why its claims stand together.

use averment_ledger::{DecisionsByKind, Said};
use averment_types::{ClaimId, ClaimLink, Estimate, EstimateOf, Incident, IncidentActor, Origin};

use super::page::Page;
use super::quoted::Quotes;
use super::values::strong;
use crate::fold::plain;
use crate::terminal::Look;
use crate::wording::{self, count, name, one_line};

/// The page of an incident.
pub(crate) fn incident_page(
    incident: &Incident,
    quotes: &Quotes,
    decisions: &DecisionsByKind,
    look: Look,
) -> String {
    let mut page = Page::new(look);
    page.wide(&[strong(&name(&incident.type_id)), plain(&format!(" (incident {})", incident.id))]);
    if !incident.other_types.is_empty() {
        let others: Vec<String> = incident.other_types.iter().map(name).collect();
        page.wide(&[plain(&format!("also called {}", others.join(", ")))]);
    }
    page.gap();
    setting(&mut page, incident);
    for (index, actor) in incident.actors.iter().enumerate() {
        who(&mut page, if index == 0 { "who" } else { "" }, actor);
    }
    for (index, estimate) in incident.estimates.iter().enumerate() {
        how_many(&mut page, if index == 0 { "how many" } else { "" }, estimate);
    }
    page.gap();
    heard(&mut page, incident, quotes);
    if !incident.related_reports.is_empty() {
        page.gap();
        page.value("same story", &[plain("reports that tell it without a claim of their own")]);
        incident.related_reports.iter().for_each(|report| page.reason(report.as_str()));
    }
    decided(&mut page, incident, quotes, decisions);
    together(&mut page, &incident.links);
    page.finish()
}

/// When, where, and how sharply it is told.
fn setting(page: &mut Page, incident: &Incident) {
    match &incident.time {
        Some(time) => {
            let inferred = if time.inferred { "; partly inferred" } else { "" };
            let precision = format!(" ({}{inferred})", wording::date_precision(time.precision));
            let days = wording::days(time.interval, time.precision);
            page.value("when", &[strong(&days), plain(&precision)]);
            page.reason(&on_whose_word(&time.claims, &time.dissent));
        }
        None => page.value("when", &[plain("no claim says")]),
    }
    match &incident.place {
        Some(place) => {
            let country = place.country.as_ref().map(ToString::to_string);
            let parts = [Some(place.name.clone()), place.admin1.clone(), country];
            let mut parts: Vec<String> = parts.into_iter().flatten().collect();
            parts.dedup();
            let about =
                format!(" ({}; {})", name(place.kind), wording::place_precision(place.precision));
            page.value("where", &[strong(&parts.join(", ")), plain(&about)]);
            page.reason(&on_whose_word(&place.claims, &place.dissent));
        }
        None => page.value("where", &[plain("no claim says")]),
    }
}

fn on_whose_word(claims: &[ClaimId], dissent: &[ClaimId]) -> String {
    let claims = count(claims.len() as u64, "claim");
    match dissent.len() {
        0 => format!("by {claims}"),
        n => format!("by {claims}; otherwise by {}", count(n as u64, "claim")),
    }
}

fn who(page: &mut Page, label: &str, part: &IncidentActor) {
    let actor = &part.actor;
    let country = actor.country.as_ref().map(|c| format!(", {c}")).unwrap_or_default();
    let about = format!(" ({}{country}; {})", name(actor.kind), actor.id);
    let role = format!("{}: ", name(part.role));
    page.value(label, &[plain(&role), strong(&actor.name), plain(&about)]);
    page.reason(&on_whose_word(&part.claims, &part.dissent));
}

fn how_many(page: &mut Page, label: &str, estimate: &Estimate) {
    let number = |n: Option<u32>| n.map_or_else(|| "?".to_owned(), |n| n.to_string());
    let best = format!("{} {}", number(estimate.best), name(estimate.kind));
    let range = if estimate.low == estimate.high && estimate.low == estimate.best {
        String::new()
    } else {
        format!(" (low {}, high {})", number(estimate.low), number(estimate.high))
    };
    page.value(label, &[strong(&best), plain(&format!("{}{range}", of_whom(estimate.of)))]);
    estimate.reasons.iter().for_each(|reason| page.reason(reason));
}

const fn of_whom(of: EstimateOf) -> &'static str {
    match of {
        EstimateOf::All => "",
        EstimateOf::SideA => " of the first side",
        EstimateOf::SideB => " of the second side",
        EstimateOf::Civilians => ", civilians",
        EstimateOf::Unknown => ", of whom it is not said",
    }
}

/// Origin by origin, with the words of each.
fn heard(page: &mut Page, incident: &Incident, quotes: &Quotes) {
    let parties = match incident.party_origins {
        0 => String::new(),
        1 => ", one of them a party to the conflict".to_owned(),
        n => format!(", {n} of them parties to the conflict"),
    };
    let told = format!(
        "{}{parties}; {} in {}",
        count(u64::from(incident.independent_origins), "independent origin"),
        count(incident.claims.len() as u64, "claim"),
        count(incident.reports.len() as u64, "report"),
    );
    page.value("heard from", &[plain(&told)]);
    for origin in &incident.origins {
        page.gap();
        from(page, origin);
        quotes.show(page, &origin.claims);
    }
    if !incident.denials.is_empty() {
        page.gap();
        page.value("denied", &[plain("said not to have happened")]);
        quotes.show(page, &incident.denials);
    }
}

fn from(page: &mut Page, origin: &Origin) {
    let grade = origin.reliability.map(|grade| format!("; graded {grade:?}")).unwrap_or_default();
    let owner = origin.owner.as_deref().map(|owner| format!("; {owner}")).unwrap_or_default();
    let about = format!(" ({}{grade}{owner})", origin.id);
    page.value("", &[strong(&one_line(&origin.name)), plain(&about)]);
    if origin.party {
        page.alert("a party to the conflict, or its voice");
    }
    origin.reasons.iter().for_each(|reason| page.reason(reason));
}

/// What people decided about the incident's claims, sources and reports.
fn decided(page: &mut Page, incident: &Incident, quotes: &Quotes, decisions: &DecisionsByKind) {
    let mine =
        |claim: &ClaimId| incident.claims.contains(claim) || incident.denials.contains(claim);
    let pairs = |which: &std::collections::BTreeMap<(ClaimId, ClaimId), Said>, words: &str| {
        let own = which.iter().filter(|((a, b), _)| mine(a) || mine(b));
        own.map(|((a, b), said)| (format!("{a} and {b} {words}"), signed(said))).collect()
    };
    let mut all: Vec<(String, String)> = pairs(&decisions.same, "tell of one event");
    all.extend::<Vec<_>>(pairs(&decisions.different, "tell of different events"));
    all.extend(quotes.decisions().map(|decision| {
        let said =
            Said { by: decision.by.clone(), because: decision.because.clone(), at: decision.at };
        (decision.act.to_string(), signed(&said))
    }));
    let retracted = incident.reports.iter().filter(|report| decisions.retracted.contains(report));
    all.extend(
        retracted
            .map(|report| (format!("{report} was taken back by its publisher"), String::new())),
    );
    for (index, (what, said)) in all.iter().enumerate() {
        if index == 0 {
            page.gap();
        }
        page.value(if index == 0 { "decided" } else { "" }, &[strong(what)]);
        if !said.is_empty() {
            page.reason(said);
        }
    }
}

/// `by Ada, 3 May 2026: seen on the ground`.
fn signed(said: &Said) -> String {
    let because = said.because.as_ref().map(|because| format!(": {because}")).unwrap_or_default();
    format!("by {}, {}{because}", said.by, said.at.strftime("%-d %B %Y %H:%M UTC"))
}

/// The links that hold the claims together, the strongest first.
fn together(page: &mut Page, links: &[ClaimLink]) {
    for (index, link) in links.iter().enumerate() {
        if index == 0 {
            page.gap();
        }
        let label = if index == 0 { "one because" } else { "" };
        let points = format!(": {} points", link.points);
        page.value(label, &[plain(&format!("{} and {}", link.a, link.b)), strong(&points)]);
        for point in &link.evidence {
            page.reason(&format!("{:+} {}: {}", point.points, point.aspect, point.reason));
        }
    }
}
