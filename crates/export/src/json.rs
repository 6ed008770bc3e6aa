//! One JSON array of full objects: a claim's own fields, whether it is superseded, and its report.

use std::io::{self, Write};

use averment_types::{Claim, Published, ReportId};
use serde::Serialize;

use crate::{ClaimRow, Decided};

/// The report of a claim, as far as a claim's row knows it.
#[derive(Serialize)]
struct ReportObject<'a> {
    id: &'a ReportId,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    published: Option<&'a Published>,
}

#[derive(Serialize)]
struct ClaimObject<'a> {
    #[serde(flatten)]
    claim: &'a Claim,
    superseded: bool,
    decided: Option<Decided<'a>>,
    report: ReportObject<'a>,
}

/// The claim as an object.
pub(crate) fn claim<'a>(row: &ClaimRow<'a>) -> impl Serialize + use<'a> {
    ClaimObject {
        claim: row.claim,
        superseded: row.superseded,
        decided: row.decided,
        report: ReportObject {
            id: row.report_id,
            title: row.report_title,
            outlet: row.outlet,
            published: row.published,
        },
    }
}

/// An array that is written item by item, one a line.
pub(crate) struct Array {
    empty: bool,
}

impl Array {
    pub(crate) fn start(out: &mut dyn Write) -> io::Result<Self> {
        out.write_all(b"[")?;
        Ok(Self { empty: true })
    }

    pub(crate) fn add(&mut self, out: &mut dyn Write, item: &impl Serialize) -> io::Result<()> {
        out.write_all(if self.empty { b"\n" } else { b",\n" })?;
        self.empty = false;
        serde_json::to_writer(out, item).map_err(io::Error::from)
    }

    pub(crate) fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.empty { b"]\n" } else { b"\n]\n" })
    }
}
