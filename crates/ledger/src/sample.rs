//! What the crate's own tests share: a bare report, a version of a coder, a disk that is full.

use averment_types::{CodedReport, CoderVersion, Report};
use serde_json::json;

use crate::Ledger;

/// A report of this id, coded without claims.
pub(crate) fn bare(id: &str) -> CodedReport {
    let mut report: Report = serde_json::from_value(json!({
        "id": id, "digest": "00".repeat(32), "title": null, "outlet": null, "author": null,
        "url": null, "published": null, "language": null, "text": "Nothing moved.",
        "zones": [], "warnings": [],
        "source": {"path": "-", "line": null, "format": "text", "encoding": "utf-8",
            "encoding_doubtful": false},
    }))
    .unwrap();
    report.digest = report.compute_digest();
    CodedReport { report, claims: Vec::new() }
}

/// The version `version` of an invented coder.
pub(crate) fn coder(version: &str) -> CoderVersion {
    let own = str::to_owned;
    CoderVersion { version: own(version), reader: own("r"), codebook: own("c") }
}

/// Leaves room for so many more pages of the file, as a disk that is nearly full.
pub(crate) fn leave_room(ledger: &Ledger, more: i64) {
    let pages: i64 = ledger.conn.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
    ledger.conn.pragma_update(None, "max_page_count", pages + more).unwrap();
}
