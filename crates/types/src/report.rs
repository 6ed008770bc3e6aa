//! A report: the clean text of one document, its zones, and what is known of its origin.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    DateInterval, DatePrec, Digest, LanguageCode, ReportId, TextRange, Url, Zone, ZoneKind,
};

/// The form in which a document arrived.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Format {
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// A line of JSONL with its text in a field.
    Jsonl,
}

/// Where a document was read from and how its bytes became text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SourceInfo {
    /// The path as given, `-` for standard input.
    pub path: String,
    /// The line in a JSONL file, counted from 1.
    pub line: Option<u64>,
    /// The form.
    pub format: Format,
    /// The character encoding that was used, by its WHATWG name, for example `utf-8`.
    pub encoding: String,
    /// Whether the encoding was guessed without certainty or some bytes did not fit it.
    pub encoding_doubtful: bool,
}

/// Where a publication date was found.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PublishedSource {
    /// A field of the JSONL record.
    Field,
    /// JSON-LD in the page.
    JsonLd,
    /// A `meta` element.
    Meta,
    /// A `time` element.
    TimeElement,
    /// The address: `/2020/03/13/`.
    Url,
    /// The dateline or a date line above the text.
    Dateline,
    /// A date in the file's name.
    FileName,
}

/// A date of publication and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// The day, or the interval when less is known.
    #[serde(flatten)]
    pub interval: DateInterval,
    /// How exact it is.
    pub precision: DatePrec,
    /// Where it came from.
    pub source: PublishedSource,
    /// The words or value that it was read from.
    pub text: String,
}

/// What a reader of the report should know about its reading.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WarningCode {
    /// The encoding is a guess, or some bytes did not fit it and were replaced.
    EncodingDoubtful,
    /// The text looks as if it had been decoded with the wrong charset before it came here.
    Mojibake,
    /// The text holds NUL bytes or other controls.
    ControlCharacters,
    /// The text holds bidirectional overrides or zero-width characters.
    InvisibleCharacters,
    /// The page was too deep, too large or too slow to parse; its text was taken plainly.
    PlainTextFallback,
    /// The text was cut at the size limit.
    Truncated,
    /// No main text was found; everything was taken.
    NoMainText,
    /// The language could not be told.
    LanguageUnknown,
    /// The language is not one that the coder reads.
    LanguageUnsupported,
    /// Candidates for the publication date disagree.
    PublishedConflicting,
    /// A date in the text is impossible (30 February, year 0).
    DateImpossible,
    /// A date in the text lies after publication although it is told as past.
    DateAfterPublication,
    /// A date expression could be read in several ways.
    DateAmbiguous,
    /// A field of the record was not understood and kept as given.
    FieldUnreadable,
    /// Another record of the same id and content came before.
    DuplicateRecord,
    /// A later record of the same id with other content.
    UpdatedRecord,
    /// A phrase of the user's own registry says that the report, or a sentence of it, is not to be coded.
    Discarded,
}

/// A warning: the report was read, but not without doubt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// What sort.
    pub code: WarningCode,
    /// A sentence for people: lower case, no full stop, without the text of the source.
    pub message: String,
}

/// The clean text of one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// Digest of id, text, zones' kinds and metadata: another digest under the same id is an update.
    pub digest: Digest,
    /// Its title.
    pub title: Option<String>,
    /// Who published it: a name, or the site's host.
    pub outlet: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// Its address.
    pub url: Option<Url>,
    /// When it was published, by the best source; `null` when not stated.
    pub published: Option<Published>,
    /// Every date of publication that was found, the best first.
    #[serde(default)]
    pub published_candidates: Vec<Published>,
    /// Its language; `null` when it could not be told.
    pub language: Option<LanguageCode>,
    /// The text that all offsets point into.
    pub text: String,
    /// What the parts of the text are, in order, not overlapping.
    pub zones: Vec<Zone>,
    /// What a reader should know about the reading.
    pub warnings: Vec<Warning>,
    /// Where it came from.
    pub source: SourceInfo,
    /// Other fields of the record, kept as given.
    #[serde(default)]
    pub extra: BTreeMap<String, Value>,
}

impl Report {
    /// A report that is `text` and no more, all of it body, without date or outlet; `None` where a range cannot reach its end.
    ///
    /// ```
    /// let report = averment_types::Report::of_body("note", "Gunmen left.").unwrap();
    /// assert_eq!((report.zones.len(), report.published), (1, None));
    /// ```
    #[must_use]
    pub fn of_body(id: &str, text: &str) -> Option<Self> {
        let range = TextRange::whole(text)?;
        Some(Self {
            id: ReportId::new(id),
            digest: Digest::of(&[text.as_bytes()]),
            title: None,
            outlet: None,
            author: None,
            url: None,
            published: None,
            published_candidates: Vec::new(),
            language: None,
            text: text.to_owned(),
            zones: vec![Zone { kind: ZoneKind::Body, range }],
            warnings: Vec::new(),
            source: SourceInfo {
                path: id.to_owned(),
                line: None,
                format: Format::Text,
                encoding: "utf-8".to_owned(),
                encoding_doubtful: false,
            },
            extra: BTreeMap::new(),
        })
    }

    /// The zones that may be evidence, in order.
    pub fn evidence_zones(&self) -> impl Iterator<Item = &Zone> {
        self.zones.iter().filter(|zone| zone.kind.is_evidence())
    }

    /// The zone that holds byte `offset`.
    #[must_use]
    pub fn zone_at(&self, offset: usize) -> Option<&Zone> {
        let at = self.zones.partition_point(|zone| zone.range.end() <= offset);
        self.zones.get(at).filter(|zone| zone.range.contains_offset(offset))
    }

    /// Adds a warning unless one of the same code and message is there.
    pub fn warn(&mut self, code: WarningCode, message: impl Into<String>) {
        let warning = Warning { code, message: message.into() };
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// The digest of `id`, `text`, zones and the metadata that coding depends on; to be stored in
    /// [`Report::digest`] once all of these are set.
    #[must_use]
    pub fn compute_digest(&self) -> Digest {
        let zones: String = self.zones.iter().fold(String::new(), |mut out, zone| {
            out.push_str(zone.kind.as_str());
            out.push_str(&zone.range.to_string());
            out.push(';');
            out
        });
        let published = self.published.as_ref().map(|p| serde_json::json!(p.interval).to_string());
        let part = |value: Option<&str>| value.unwrap_or_default().as_bytes().to_vec();
        Digest::of(&[
            self.id.as_str().as_bytes(),
            self.text.as_bytes(),
            zones.as_bytes(),
            &part(self.title.as_deref()),
            &part(self.outlet.as_deref()),
            &part(self.author.as_deref()),
            &part(self.url.as_ref().map(Url::as_str)),
            &part(published.as_deref()),
            &part(self.language.as_ref().map(LanguageCode::as_str)),
        ])
    }
}
