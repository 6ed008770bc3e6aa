//! Reading rows: what may be wrong with one, and the columns that every answer shares.

use averment_types::{CodeError, CoderVersion, Digest, LanguageCode, ReportId, Url};
use jiff::Timestamp;
use rusqlite::Row;
use serde::de::DeserializeOwned;

use crate::history::{ReportSummary, SupersededBy, Supersession};

/// Why a row could not be read.
#[derive(Debug)]
pub(crate) enum ReadFault {
    /// SQLite failed.
    Sql(rusqlite::Error),
    /// A value is not what its column holds: which one, and what is wrong.
    Value(String),
}

impl From<rusqlite::Error> for ReadFault {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as Sql;
        match error {
            Sql::InvalidColumnType(_, column, found) => {
                Self::Value(format!("{column} holds a value of type {found}"))
            }
            Sql::Utf8Error(..) => Self::Value("a text is not valid UTF-8".to_owned()),
            Sql::IntegralValueOutOfRange(..) => Self::Value("a number is out of range".to_owned()),
            Sql::FromSqlConversionFailure(..) => {
                Self::Value("a value is not what its column holds".to_owned())
            }
            other => Self::Sql(other),
        }
    }
}

impl From<CodeError> for ReadFault {
    fn from(error: CodeError) -> Self {
        Self::Value(error.to_string())
    }
}

/// What every answer about a claim or report shows of its coding.
#[derive(Debug, Clone)]
pub(crate) struct Head {
    pub(crate) report: ReportSummary,
    pub(crate) coder: CoderVersion,
    pub(crate) coded_at: Timestamp,
    pub(crate) superseded: Option<Supersession>,
}

impl Head {
    /// The columns that [`Head::read`] reads, in its order.
    pub(crate) const COLUMNS: &'static str = "r.id, r.digest, r.title, r.outlet, r.url, r.published, \
        r.language, k.claims, k.coded_at, v.version, v.reader, v.codebook, u.coding = k.seq, \
        uk.report = k.report, ur.digest, uk.coded_at, uv.version, uv.reader, uv.codebook";

    /// From a coding `k` to its report, its coder, and to the coding `uk` that is current for the report.
    /// CROSS JOIN keeps SQLite from starting at the wrong end.
    pub(crate) const JOINS: &'static str = "CROSS JOIN reports r ON r.seq = k.report \
        CROSS JOIN coders v ON v.seq = k.coder \
        CROSS JOIN current u ON u.report = r.id \
        CROSS JOIN codings uk ON uk.seq = u.coding \
        CROSS JOIN coders uv ON uv.seq = uk.coder \
        CROSS JOIN reports ur ON ur.seq = uk.report";

    /// The statement for the coding ?1.
    pub(crate) fn sql() -> String {
        format!("SELECT {} FROM codings k {} WHERE k.seq = ?1", Self::COLUMNS, Self::JOINS)
    }

    /// Reads [`Head::COLUMNS`], which begin at column `at`.
    pub(crate) fn read(row: &Row<'_>, at: usize) -> Result<Self, ReadFault> {
        let id: String = row.get(at)?;
        let url: Option<String> = row.get(at + 4)?;
        let published: Option<String> = row.get(at + 5)?;
        let language: Option<String> = row.get(at + 6)?;
        Ok(Self {
            report: ReportSummary {
                id: ReportId::new(&id),
                digest: digest(row, at + 1)?,
                title: row.get(at + 2)?,
                outlet: row.get(at + 3)?,
                url: url.as_deref().map(Url::parse).transpose()?,
                published: published
                    .as_deref()
                    .map(|json| from_json(json, "reports.published"))
                    .transpose()?,
                language: language.as_deref().map(LanguageCode::parse).transpose()?,
                claims: row.get(at + 7)?,
            },
            coded_at: timestamp(row, at + 8)?,
            coder: coder(row, at + 9)?,
            superseded: supersession(row, at + 12)?,
        })
    }
}

/// Whether the coding is current, and if not, what replaced it.
fn supersession(row: &Row<'_>, at: usize) -> Result<Option<Supersession>, ReadFault> {
    if row.get(at)? {
        return Ok(None);
    }
    let same_content: bool = row.get(at + 1)?;
    Ok(Some(Supersession {
        by: if same_content { SupersededBy::OtherCoder } else { SupersededBy::OtherContent },
        digest: digest(row, at + 2)?,
        at: timestamp(row, at + 3)?,
        coder: coder(row, at + 4)?,
    }))
}

fn coder(row: &Row<'_>, at: usize) -> rusqlite::Result<CoderVersion> {
    Ok(CoderVersion { version: row.get(at)?, reader: row.get(at + 1)?, codebook: row.get(at + 2)? })
}

pub(crate) fn digest(row: &Row<'_>, at: usize) -> Result<Digest, ReadFault> {
    let bytes: [u8; 32] = row.get(at)?;
    let hex = bytes.iter().fold(String::with_capacity(64), |mut hex, byte| {
        for nibble in [byte >> 4, byte & 15] {
            hex.extend(char::from_digit(u32::from(nibble), 16));
        }
        hex
    });
    Digest::try_from(hex).map_err(|_| ReadFault::Value("a digest is not 32 bytes".to_owned()))
}

pub(crate) fn timestamp(row: &Row<'_>, at: usize) -> Result<Timestamp, ReadFault> {
    let text: String = row.get(at)?;
    text.parse().map_err(|_| ReadFault::Value("a time is not in the form of RFC 3339".to_owned()))
}

/// Reads JSON of column `column`. The fault names the place in the JSON, never its content.
pub(crate) fn from_json<T: DeserializeOwned>(json: &str, column: &str) -> Result<T, ReadFault> {
    serde_json::from_str(json).map_err(|error| {
        let kind = match error.classify() {
            serde_json::error::Category::Data => "does not fit its type",
            _ => "is no valid JSON",
        };
        ReadFault::Value(format!("{column} {kind} at byte {}", error.column()))
    })
}
