//! From a raw document to a report: decoding, reading, and choosing among what the sources say.
//!
//! Owns the order of precedence (record before page before address before file name), ids and
//! digests; refuses I/O, so that it can run on any thread.

use std::collections::BTreeMap;

use averment_types::{
    Digest, Format, LanguageCode, Original, Published, Report, ReportId, SourceInfo, SourceMap,
    TextRange, Url, Warning, WarningCode,
};
use serde_json::Value;

use crate::decode::map::{clipped, compose};
use crate::decode::{self, Decoded};
use crate::headline;
use crate::page::Page;
use crate::record::{self, Content, Record};
use crate::{
    Options, RawDocument, Refusal, RefusalReason, format, html, hygiene, language, metadata,
    published, zones,
};

/// A report and the bytes that it came from.
#[derive(Debug, Clone, PartialEq)]
pub struct Ingested {
    /// The report.
    pub report: Report,
    /// The bytes and the map from the report's text back to them.
    pub original: Original,
}

/// Reads one document: decodes it, finds its text and zones, and states what is known of it.
///
/// ```
/// use averment_ingest::{Options, RawDocument, parse};
/// use averment_types::Format;
/// let raw = RawDocument {
///     path: "a.txt".into(),
///     line: None,
///     format: Format::Text,
///     bytes: b"Four people were killed near Mopti on Tuesday, the army said.".to_vec(),
/// };
/// let ingested = parse(raw, &Options::default()).unwrap();
/// assert_eq!(ingested.report.source.encoding, "utf-8");
/// assert_eq!(ingested.report.language.unwrap().as_str(), "en");
/// ```
///
/// # Errors
/// A [`Refusal`] when the bytes are no text, the record is broken, or there are no words.
pub fn parse(raw: RawDocument, options: &Options) -> Result<Ingested, Refusal> {
    let refuse = |reason| Refusal { path: raw.path.clone(), line: raw.line, reason };
    let mut draft = draft(&raw, options).map_err(refuse)?;
    let map = clipped(std::mem::take(&mut draft.map), draft.page.text.len());
    let report = draft.into_report(&raw);
    let bytes = raw.bytes;
    let original = Original { bytes, map };
    Ok(Ingested { report, original })
}

/// All that was read from a document, before the choice between sources.
struct Draft {
    /// What the page or text says.
    page: Page,
    /// From the text to the bytes.
    map: SourceMap,
    encoding: String,
    doubtful: bool,
    /// What the record says of itself.
    fields: Fields,
}

/// What a record states beside its words.
#[derive(Default)]
struct Fields {
    id: Option<String>,
    language: Option<LanguageCode>,
    published: Vec<Published>,
    extra: BTreeMap<String, Value>,
    warnings: Vec<Warning>,
}

fn draft(raw: &RawDocument, options: &Options) -> Result<Draft, RefusalReason> {
    format::refuse_signature(&raw.bytes)?;
    let declared = match raw.format {
        Format::Html => decode::declared(&raw.bytes),
        _ => None,
    };
    let decoded = decode::decode(&raw.bytes, declared);
    if decode::utf16(&raw.bytes).is_none() {
        format::refuse_controls(&raw.bytes)?;
    }
    if decoded.text.trim().is_empty() {
        return Err(RefusalReason::Empty);
    }
    match raw.format {
        Format::Jsonl => of_record(&decoded, options),
        Format::Html => of_page(&decoded, options),
        _ => Ok(of_text(decoded, options)),
    }
}

fn of_text(decoded: Decoded, options: &Options) -> Draft {
    let page = read_text(decoded.text, options);
    Draft {
        page,
        map: decoded.map,
        encoding: decoded.encoding.name().to_ascii_lowercase(),
        doubtful: decoded.doubtful,
        fields: Fields::default(),
    }
}

fn of_page(decoded: &Decoded, options: &Options) -> Result<Draft, RefusalReason> {
    let page = read_html(&decoded.text, options)?;
    Ok(Draft {
        map: compose(&page.map, &decoded.map),
        page,
        encoding: decoded.encoding.name().to_ascii_lowercase(),
        doubtful: decoded.doubtful,
        fields: Fields::default(),
    })
}

fn of_record(decoded: &Decoded, options: &Options) -> Result<Draft, RefusalReason> {
    let mut record = record::read(&decoded.text)?;
    let headline = record.headline.take();
    let (mut page, mut in_line) = match record.content {
        Content::Text(ref content) => {
            let page = read_text(content.text.clone(), options);
            (page, content.map.clone())
        }
        Content::Html(ref content) => {
            let page = read_html(&content.text, options)?;
            let map = compose(&page.map, &content.map);
            (page, map)
        }
    };
    let fields = overlay(record, &mut page);
    if let Some(headline) = headline {
        headline::put_above(&headline, &mut page, &mut in_line);
    }
    Ok(Draft {
        page,
        map: compose(&in_line, &decoded.map),
        encoding: decoded.encoding.name().to_ascii_lowercase(),
        doubtful: decoded.doubtful,
        fields,
    })
}

/// Puts what the record states over what its text states.
fn overlay(record: Record, page: &mut Page) -> Fields {
    if let Some(title) = &record.title {
        page.zones = zones::set_apart(&page.text, std::mem::take(&mut page.zones), title);
    }
    page.title = record.title.or(page.title.take());
    page.author = record.author.or(page.author.take());
    page.outlet = record.outlet.or(page.outlet.take());
    page.url = record.url.or(page.url.take());
    let mut fields = Fields {
        id: record.id,
        language: record.language,
        published: Vec::new(),
        extra: record.extra,
        warnings: record.warnings,
    };
    if let Some(value) = record.published {
        let (found, warning) = published::of_field(&value);
        if found.is_empty() {
            fields.extra.insert("published".to_owned(), value);
        }
        fields.published = found;
        fields.warnings.extend(warning);
    }
    fields
}

fn read_text(mut text: String, options: &Options) -> Page {
    let limit = options.limits.max_text_bytes;
    let mut warnings = Vec::new();
    if text.len() > limit {
        text.truncate(text.floor_char_boundary(limit));
        warnings.push(truncated(limit));
    }
    let zones = zones::of_text(&text);
    let stated = metadata::of_text(&text, &zones);
    Page {
        text,
        zones,
        map: SourceMap::new(),
        title: stated.title,
        author: stated.author,
        outlet: stated.outlet,
        url: stated.url,
        language: None,
        published: stated.published,
        warnings,
    }
}

fn read_html(source: &str, options: &Options) -> Result<Page, RefusalReason> {
    let mut page = html::read(source, &options.limits);
    if page.text.trim().is_empty() {
        return Err(RefusalReason::NoText);
    }
    clip(&mut page, options.limits.max_text_bytes);
    Ok(page)
}

/// Cuts the text at `limit` bytes, with its zones.
fn clip(page: &mut Page, limit: usize) {
    if page.text.len() <= limit {
        return;
    }
    let end = page.text.floor_char_boundary(limit);
    page.text.truncate(end);
    let within = |range: TextRange| TextRange::new(range.start(), range.end().min(end)).ok();
    page.zones.retain_mut(|zone| {
        let range = within(zone.range).map(|range| range.trimmed(&page.text));
        range.filter(|range| !range.is_empty()).map(|range| zone.range = range).is_some()
    });
    page.warnings.push(truncated(limit));
}

fn truncated(limit: usize) -> Warning {
    Warning {
        code: WarningCode::Truncated,
        message: format!("the text is longer than {limit} bytes and was cut there"),
    }
}

impl Draft {
    fn into_report(self, raw: &RawDocument) -> Report {
        let candidates = self.candidates(raw);
        let (published, conflict) = published::choose(&candidates, &self.page.text);
        let id = self.id();
        let language = self.language();
        let warnings = self.warnings(conflict, language.is_none());
        let page = self.page;
        let mut report = Report {
            id,
            digest: Digest::of(&[]),
            title: page.title,
            outlet: page.outlet.or_else(|| page.url.as_ref().and_then(Url::host)),
            author: page.author,
            url: page.url,
            published,
            published_candidates: candidates,
            language,
            text: page.text,
            zones: page.zones,
            warnings: Vec::new(),
            source: SourceInfo {
                path: raw.path.clone(),
                line: raw.line,
                format: raw.format,
                encoding: self.encoding,
                encoding_doubtful: self.doubtful,
            },
            extra: self.fields.extra,
        };
        for warning in warnings {
            report.warn(warning.code, warning.message);
        }
        report.digest = report.compute_digest();
        report
    }

    fn warnings(&self, dates_conflict: bool, no_language: bool) -> Vec<Warning> {
        let rules = [
            (
                self.doubtful,
                WarningCode::EncodingDoubtful,
                "the encoding was guessed, contradicts what is declared, or does not fit all bytes",
            ),
            (
                dates_conflict,
                WarningCode::PublishedConflicting,
                "the sources of the publication date disagree",
            ),
            (no_language, WarningCode::LanguageUnknown, "the language could not be told"),
        ];
        let own = rules.into_iter().filter(|(holds, _, _)| *holds);
        let own = own.map(|(_, code, message)| Warning { code, message: message.to_owned() });
        own.chain(self.fields.warnings.iter().cloned())
            .chain(self.page.warnings.iter().cloned())
            .chain(hygiene::warnings(&self.page.text))
            .collect()
    }

    /// The supplier's id, or one of the content, so that a copy elsewhere is the same report.
    fn id(&self) -> ReportId {
        if let Some(id) = &self.fields.id {
            return ReportId::new(id);
        }
        let page = &self.page;
        let url = page.url.as_ref().map(Url::as_str).unwrap_or_default();
        let title = page.title.as_deref().unwrap_or_default();
        let digest = Digest::of(&[page.text.as_bytes(), url.as_bytes(), title.as_bytes()]);
        ReportId::new(&digest.short('r'))
    }

    /// Every date of publication, the best first. The name of a file of many records is no date of
    /// any of them.
    fn candidates(&self, raw: &RawDocument) -> Vec<Published> {
        let mut all = self.fields.published.clone();
        all.extend(self.page.published.iter().cloned());
        if raw.format != Format::Jsonl {
            all.extend(published::of_file_name(&raw.path));
        }
        all
    }

    /// The language that the record states, else the one of what may be evidence (of everything where
    /// nothing may), else the one that the page declares: templates declare one for their menus.
    fn language(&self) -> Option<LanguageCode> {
        let page = &self.page;
        let evidence = page.zones.iter().filter(|zone| zone.kind.is_evidence());
        let mut parts = evidence.filter_map(|zone| zone.range.slice(&page.text)).peekable();
        let identified = || match parts.peek() {
            Some(_) => language::identify(parts),
            None => language::identify(std::iter::once(page.text.as_str())),
        };
        let stated = self.fields.language.clone();
        stated.or_else(identified).or_else(|| page.language.clone())
    }
}
