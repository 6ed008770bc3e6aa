//! Refusals: which document was not read, where it is, and why.
//!
//! Owns every reason for which a document, a line or a whole input is turned down. A refusal is an
//! outcome of a batch, never its end: whatever comes behind it is read.

use std::io;

/// A document that was not read.
///
/// ```
/// use averment_ingest::{Refusal, RefusalReason};
/// let refusal = Refusal { path: "a.jsonl".into(), line: Some(7), reason: RefusalReason::TextMissing };
/// assert_eq!(refusal.to_string(), "a.jsonl, line 7: the record has neither a text nor an html field with words in it");
/// assert_eq!(refusal.code(), "text_missing");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {reason}", place(path, *line))]
pub struct Refusal {
    /// The path as given or found, `-` for standard input, or the glob pattern.
    pub path: String,
    /// The line on which the record stands, counted from 1, where the file holds several.
    pub line: Option<u64>,
    /// Why.
    pub reason: RefusalReason,
}

impl Refusal {
    /// The reason's stable name, `snake_case`, for counting.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.reason.code()
    }
}

fn place(path: &str, line: Option<u64>) -> String {
    line.map_or_else(|| path.to_owned(), |line| format!("{path}, line {line}"))
}

/// Why a document was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RefusalReason {
    /// No file or directory of that name.
    #[error("there is no such file or directory")]
    Missing,
    /// The system would not let it be read.
    #[error("it could not be read: {kind}")]
    Unreadable {
        /// What the system said.
        kind: io::ErrorKind,
    },
    /// No bytes, or white space alone.
    #[error("it is empty")]
    Empty,
    /// A picture, a program, an archive or other bytes that are no text.
    #[error("it is not text but {looks_like}")]
    NotText {
        /// What the bytes look like.
        looks_like: &'static str,
    },
    /// A text format that is not read.
    #[error("files of the kind {extension} are not read; convert it to .txt, .html or .jsonl")]
    UnsupportedFormat {
        /// Its extension.
        extension: &'static str,
    },
    /// A directory without one file of a known kind.
    #[error(
        "the directory holds no report (.txt, .html, .htm, .xhtml, .jsonl, .ndjson, .json, or these with .gz)"
    )]
    DirectoryWithoutReports,
    /// A pattern that no file has.
    #[error("no file matches the pattern")]
    GlobWithoutMatch,
    /// A pattern that cannot be understood.
    #[error("the pattern cannot be understood; check its brackets and braces")]
    GlobInvalid,
    /// A symbolic link met inside a directory.
    #[error("it is a symbolic link, and links inside a directory are not followed")]
    SymbolicLink,
    /// More bytes than one file may have.
    #[error("it is larger than {limit} bytes")]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// A line longer than a record may be.
    #[error("the line is longer than {limit} bytes")]
    LineTooLong {
        /// The limit, in bytes.
        limit: u64,
    },
    /// A gzip file that ends before its end.
    #[error("the gzip data ends before its end; what came before is kept where records are lines")]
    GzipTruncated,
    /// A gzip file that breaks its format or its checksum.
    #[error("the gzip data is damaged")]
    GzipDamaged,
    /// A gzip file that unpacks to far more than any text does.
    #[error("it unpacks to more than {ratio} times its size, as only a compression bomb does")]
    CompressionBomb {
        /// The limit of unpacked to packed bytes.
        ratio: u64,
    },
    /// A record that breaks the JSON syntax.
    #[error("the record is not valid JSON, see column {column}")]
    JsonInvalid {
        /// Where it breaks, in bytes from 1.
        column: usize,
    },
    /// A record that is a list, a string or a number.
    #[error("the record is not a JSON object")]
    RecordNotObject,
    /// A record without words.
    #[error("the record has neither a text nor an html field with words in it")]
    TextMissing,
    /// A field whose value is of another type than it must have.
    #[error("the field {field} must be {expected}")]
    FieldType {
        /// The field.
        field: &'static str,
        /// What it must be.
        expected: &'static str,
    },
    /// A page without a word of text.
    #[error("the page holds no text")]
    NoText,
}

impl RefusalReason {
    /// The reason's stable name, `snake_case`, for counting.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Unreadable { .. } => "unreadable",
            Self::Empty => "empty",
            Self::NotText { .. } => "not_text",
            Self::UnsupportedFormat { .. } => "unsupported_format",
            Self::DirectoryWithoutReports => "directory_without_reports",
            Self::GlobWithoutMatch => "glob_without_match",
            Self::GlobInvalid => "glob_invalid",
            Self::SymbolicLink => "symbolic_link",
            Self::TooLarge { .. } => "too_large",
            Self::LineTooLong { .. } => "line_too_long",
            Self::GzipTruncated => "gzip_truncated",
            Self::GzipDamaged => "gzip_damaged",
            Self::CompressionBomb { .. } => "compression_bomb",
            Self::JsonInvalid { .. } => "json_invalid",
            Self::RecordNotObject => "record_not_object",
            Self::TextMissing => "text_missing",
            Self::FieldType { .. } => "field_type",
            Self::NoText => "no_text",
        }
    }

    /// This reason as an error of the system's kind, to travel through [`io::Read`].
    pub(crate) fn into_io(self) -> io::Error {
        io::Error::other(self)
    }

    /// The reason that travelled in `error`, or the system's own.
    pub(crate) fn from_io(error: io::Error) -> Self {
        let kind = error.kind();
        match error.downcast::<Self>() {
            Ok(reason) => reason,
            Err(_) if kind == io::ErrorKind::NotFound => Self::Missing,
            Err(_) => Self::Unreadable { kind },
        }
    }
}
