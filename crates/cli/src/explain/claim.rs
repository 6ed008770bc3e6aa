//! The page of a claim.

use std::path::Path;

use averment_ledger::{SupersededBy, Supersession};
use averment_types::{ClaimContent, ClaimKind, Evidence, GapState, Modality, Polarity, TextRange};

use super::context;
use super::decided;
use super::file::ClaimFile;
use super::page::Page;
use super::values::{strong, when, whereabouts, who, words_of};
use crate::fold::{piece, plain};
use crate::terminal::{Look, Style};
use crate::wording::{self, name, one_line};

/// Everything that is on file about a claim, as a page.
pub(crate) fn claim_page(file: &ClaimFile<'_>, look: Look) -> String {
    let mut page = Page::new(look);
    let content = file.stored.claim.content();
    head(&mut page, file, content);
    decided::tell(&mut page, file);
    words(&mut page, file, content, look);
    page.gap();
    what(&mut page, file, content);
    for (index, role) in content.roles.iter().enumerate() {
        let kind = format!("{}: ", name(role.role));
        who(&mut page, if index == 0 { "who" } else { "" }, &kind, role);
    }
    if let Some(time) = &content.time {
        when(&mut page, time);
    }
    if let Some(place) = &content.place {
        whereabouts(&mut page, place);
    }
    for (index, casualties) in content.casualties.iter().enumerate() {
        let label = if index == 0 { "how many" } else { "" };
        page.value(label, &[strong(&wording::casualties(casualties))]);
        page.reason(&words_of(&casualties.text));
    }
    page.gap();
    sayers(&mut page, file, content);
    gaps(&mut page, content);
    page.gap();
    origin(&mut page, file, content);
    page.finish()
}

fn head(page: &mut Page, file: &ClaimFile<'_>, content: &ClaimContent) {
    let label = match file.meaning {
        Some(meaning) => meaning.label.clone(),
        None => name(&content.type_id),
    };
    let id = file.stored.claim.id().as_str();
    page.wide(&[strong(&label), plain(&format!(" (claim {id})"))]);
    match file.meaning {
        Some(meaning) => page.wide(&[plain(&meaning.definition)]),
        None => page.wide(&[plain(&format!("{} has no such type.", file.codebook))]),
    }
    if let Some(now) = &file.stored.superseded {
        page.gap();
        page.notice(&superseded(now, file));
    }
    page.gap();
}

fn superseded(now: &Supersession, file: &ClaimFile<'_>) -> String {
    let why = match now.by {
        SupersededBy::OtherContent => "the report came again with other content",
        SupersededBy::OtherCoder => "the report was coded again by another version",
    };
    let (day, report) = (now.at.strftime("%-d %B %Y"), &file.stored.report.id);
    format!(
        "superseded on {day}: {why}. This claim no longer counts; \
         `averment claims --report {report}` lists those that do"
    )
}

/// The quotations in their paragraphs, each paragraph once.
fn words(page: &mut Page, file: &ClaimFile<'_>, content: &ClaimContent, look: Look) {
    let all: Vec<&Evidence> = content.evidence.iter().collect();
    let mut shown: Vec<TextRange> = Vec::new();
    for evidence in &all {
        if shown.contains(&evidence.context()) {
            continue;
        }
        shown.push(evidence.context());
        let label = if shown.len() == 1 { "words" } else { "" };
        let place = format!("in the {} of {}", name(evidence.zone()), title(file));
        page.value(label, &[plain(&place)]);
        let text = file.report.as_ref().map_or("", |report| &report.text);
        let marked = context::paragraph(text, evidence, &all, content.trigger, look.colours);
        let bare = || vec![piece(evidence.quote(), Style::Quote)];
        page.quotation(&marked.unwrap_or_else(bare));
    }
    if !all.iter().all(|evidence| file.is_exact(evidence)) {
        page.alert("a quote differs from the report's text; run `averment doctor`");
    }
}

/// The report by its title, outlet and date.
fn title(file: &ClaimFile<'_>) -> String {
    let report = &file.stored.report;
    let title = match &report.title {
        Some(title) => format!("“{}”", one_line(title)),
        None => untitled(file),
    };
    let outlet = report.outlet.as_deref().map(one_line);
    let day = report.published.as_ref();
    let day = day.map(|p| wording::days(p.interval, p.precision));
    let parts: Vec<String> = [Some(title), outlet, day].into_iter().flatten().collect();
    parts.join(", ")
}

/// A report without a title goes by the name of its file.
fn untitled(file: &ClaimFile<'_>) -> String {
    let path = file.report.as_ref().map(|report| report.source.path.as_str());
    let name = path.and_then(|path| Path::new(path).file_name());
    let name = name.map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "a report without a title".to_owned())
}

fn what(page: &mut Page, file: &ClaimFile<'_>, content: &ClaimContent) {
    let kind = name(content.kind);
    page.value("what", &[plain(&format!("{kind}; ")), strong(&standing(content))]);
    for reason in &content.modality_reasons {
        page.reason(&format!("because {reason}"));
    }
    let trigger = file.report.as_ref().and_then(|r| content.trigger.slice(&r.text));
    if let Some(trigger) = trigger {
        let rule = content.coder.rule.as_str();
        page.reason(&format!("rule {rule}, set off by “{}”", one_line(trigger)));
    }
}

/// How the statement stands to what happened.
fn standing(content: &ClaimContent) -> String {
    let so = match content.kind {
        ClaimKind::Event => "to have happened",
        ClaimKind::Relation | ClaimKind::Status | ClaimKind::Count => "to be so",
    };
    match (content.polarity, content.modality) {
        (Polarity::Affirmed, Modality::Happened) => format!("said {so}"),
        (Polarity::Affirmed, Modality::Habitual) => "said to happen repeatedly".to_owned(),
        (Polarity::Affirmed, modality) => format!("{}; not said {so}", name(modality)),
        (Polarity::Negated, Modality::Happened) => format!("negated: said not {so}"),
        (Polarity::Denied, Modality::Happened) => format!("denied: said by somebody not {so}"),
        (polarity, modality) => {
            format!("{}, {}; not said {so}", name(polarity), name(modality))
        }
    }
}

fn sayers(page: &mut Page, file: &ClaimFile<'_>, content: &ClaimContent) {
    let outlet = file.stored.report.outlet.as_deref();
    let chain = wording::chain(outlet, &content.attribution);
    page.value("who says so", &[strong(&chain)]);
    for link in &content.attribution {
        let (speaker, cue) = (one_line(&link.speaker), one_line(&link.cue));
        let meant =
            link.antecedent.as_ref().map(|meant| format!(", who is {}", one_line(&meant.text)));
        page.reason(&format!("{speaker}{}: in the words “{cue}”", meant.unwrap_or_default()));
    }
    let mut told: Vec<String> = Vec::new();
    for notice in content.attribution.iter().filter_map(wording::party) {
        if !told.contains(&notice) {
            page.alert(&notice);
            told.push(notice);
        }
    }
}

fn gaps(page: &mut Page, content: &ClaimContent) {
    for (index, gap) in content.gaps.iter().enumerate() {
        let label = if index == 0 { "not known" } else { "" };
        let state = match gap.state {
            GapState::NotStated => "not stated",
            GapState::Unknown => "stated, but not resolved",
            GapState::Conflicting => "stated in conflicting ways",
        };
        let value = format!("{}: {state}", name(gap.field));
        page.value(label, &[plain(&value)]);
        page.reason(&gap.reason);
    }
}

fn origin(page: &mut Page, file: &ClaimFile<'_>, content: &ClaimContent) {
    let report = &file.stored.report;
    page.value("report", &[plain(&format!("{}: {}", report.id, title(file)))]);
    if let Some(published) = &report.published {
        page.reason(&format!("published {}", wording::published(published)));
    }
    for evidence in content.evidence.iter() {
        page.reason(&located(file, evidence.range()));
    }
    let version = &content.coder.version;
    let coder = format!(
        "coder {}, reader {}, codebook {}; {}",
        version.version,
        version.reader,
        version.codebook,
        file.stored.coded_at.strftime("%-d %B %Y %H:%M UTC")
    );
    page.value("coded by", &[plain(&coder)]);
    if version.codebook != file.codebook {
        page.reason(&format!("the meaning above is that of {}", file.codebook));
    }
    if let Some(confidence) = content.confidence {
        page.reason(&format!("right in every field with a probability of {confidence:.2}"));
    }
    let elsewhere = elsewhere(content);
    if !elsewhere.is_empty() {
        page.value("elsewhere", &[plain(&elsewhere)]);
    }
}

/// Where words are, in the text and in the original.
fn located(file: &ClaimFile<'_>, range: TextRange) -> String {
    let source = file.report.as_ref().map(|report| {
        let line = report.source.line.map(|line| format!(", line {line}"));
        format!("{}{}", report.source.path, line.unwrap_or_default())
    });
    let in_text = format!("quote at bytes {}..{} of its text", range.start(), range.end());
    match (source, file.source_of(range)) {
        (Some(path), Some(at)) => {
            format!("{in_text}; bytes {}..{} of {path}", at.start(), at.end())
        }
        (Some(path), None) => format!("{in_text}; read from {path}"),
        (None, _) => in_text,
    }
}

/// What other codebooks would call it.
fn elsewhere(content: &ClaimContent) -> String {
    let projections = &content.projections;
    let plover = projections.plover.as_ref().map(|p| {
        let mode = p.mode.as_ref().map(|mode| format!(" {mode}"));
        format!("PLOVER {}{}", p.event_type, mode.unwrap_or_default())
    });
    let cameo = projections.cameo.as_ref().map(|code| format!("CAMEO {code}"));
    let acled = projections.acled.as_ref().map(|a| {
        let sub = a.sub_event_type.as_ref().map(|sub| format!(", {sub}"));
        format!("ACLED {}{}", a.event_type, sub.unwrap_or_default())
    });
    let ucdp = projections.ucdp.as_ref().map(|u| match u.type_of_violence {
        Some(1) => "UCDP state-based violence".to_owned(),
        Some(2) => "UCDP non-state violence".to_owned(),
        Some(3) => "UCDP one-sided violence".to_owned(),
        _ => "UCDP, type of violence open".to_owned(),
    });
    let all: Vec<String> = [plover, cameo, acled, ucdp].into_iter().flatten().collect();
    all.join("; ")
}
