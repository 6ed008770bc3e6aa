//! The page of a report: its origin, its zones, its warnings, its claims.

use averment_export::Layout;
use averment_ledger::{StoredClaim, StoredReport};
use averment_types::{Report, Zone};

use super::page::Page;
use crate::commands::claim_row;
use crate::fold::{piece, plain};
use crate::terminal::{Look, Style};
use crate::wording::{self, count, name, one_line};

/// Zones whose beginnings are shown; the others are counted.
const ZONES: usize = 60;

/// Characters of a zone that are shown.
const BEGINNING: usize = 60;

/// Everything about a report, as a page.
pub(crate) fn report_page(
    stored: &StoredReport,
    claims: &[StoredClaim],
    look: Look,
) -> anyhow::Result<String> {
    let report = &stored.coded.report;
    let mut page = Page::new(look);
    let title = report.title.as_deref().map_or("Report without a title".to_owned(), one_line);
    page.wide(&[piece(&title, Style::Strong), plain(&format!(" (report {})", report.id))]);
    page.gap();
    about(&mut page, report);
    for (index, warning) in report.warnings.iter().enumerate() {
        let label = if index == 0 { "warnings" } else { "" };
        page.value(label, &[plain(&name(warning.code))]);
        page.reason(&warning.message);
    }
    page.gap();
    zones(&mut page, report);
    page.gap();
    let version = &stored.coder;
    let coder = format!(
        "coder {}, reader {}, codebook {}; {}",
        version.version,
        version.reader,
        version.codebook,
        stored.coded_at.strftime("%-d %B %Y %H:%M UTC")
    );
    page.value("coded by", &[plain(&coder)]);
    let told = count(stored.coded.claims.len() as u64, "claim");
    page.value("claims", &[plain(&told)]);
    let mut out = page.finish().into_bytes();
    if !claims.is_empty() {
        out.push(b'\n');
        let width = u16::try_from(look.width).ok();
        let rows = claims.iter().map(claim_row);
        averment_export::claims(Layout::Table, rows, &mut out, width)?;
    }
    Ok(String::from_utf8(out)?)
}

/// The report as one JSON object.
pub(crate) fn report_json(stored: &StoredReport) -> anyhow::Result<String> {
    Ok(format!("{}\n", serde_json::to_string_pretty(stored)?))
}

fn about(page: &mut Page, report: &Report) {
    let language = report.language.as_ref().map(ToString::to_string);
    let url = report.url.as_ref().map(ToString::to_string);
    let fields = [
        ("outlet", report.outlet.as_deref().map(one_line)),
        ("author", report.author.as_deref().map(one_line)),
        ("published", report.published.as_ref().map(wording::published)),
        ("language", language),
        ("address", url),
    ];
    for (label, value) in fields {
        page.value(label, &[plain(value.as_deref().unwrap_or("not stated"))]);
        if label == "published" {
            for other in report.published_candidates.iter().skip(1) {
                page.reason(&format!("also {}", wording::published(other)));
            }
        }
    }
    let source = &report.source;
    let line = source.line.map(|line| format!(", line {line}")).unwrap_or_default();
    let doubt = if source.encoding_doubtful { ", in doubt" } else { "" };
    let read =
        format!("{}{line} ({}, {}{doubt})", source.path, name(source.format), source.encoding);
    page.value("read from", &[plain(&read)]);
}

fn zones(page: &mut Page, report: &Report) {
    for (index, zone) in report.zones.iter().take(ZONES).enumerate() {
        let label = if index == 0 { "zones" } else { "" };
        page.value(label, &[plain(&zone_line(report, zone))]);
    }
    let more = report.zones.len().saturating_sub(ZONES);
    if more > 0 {
        page.reason(&format!("and {}", count(more as u64, "further zone")));
    }
}

fn zone_line(report: &Report, zone: &Zone) -> String {
    let text = one_line(zone.range.slice(&report.text).unwrap_or_default());
    let beginning: String = text.chars().take(BEGINNING).collect();
    let cut = if beginning.len() < text.len() { " …" } else { "" };
    let never = if zone.kind.is_evidence() { "" } else { " (never evidence)" };
    format!("{}{never}: {beginning}{cut}", zone.kind.as_str())
}
