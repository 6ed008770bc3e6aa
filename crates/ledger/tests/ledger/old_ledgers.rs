//! Ledgers of every past schema, kept in `corpus/ledgers/`, still open and hold what they held.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::PathBuf;

use averment_ledger::{ClaimQuery, Ledger, SupersededBy};
use averment_types::{CodedReport, ReportId};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::desk::Desk;
use crate::sample::{claim, coder, content, numbered, report};

fn kept(schema: u32) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/ledgers");
    PathBuf::from(folder).join(format!("schema-{schema}.db.gz"))
}

#[test]
fn schema_1_opens_and_holds_what_it_held() {
    let mut bytes = Vec::new();
    let packed = File::open(kept(1)).unwrap();
    GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    fs::write(&path, bytes).unwrap();

    let ledger = Ledger::open(&path).unwrap();
    let check = ledger.check().unwrap();
    assert!(check.is_clean(), "{:?}", check.problems);
    let summary = check.summary.unwrap();
    assert_eq!((summary.reports, summary.revisions, summary.codings), (9, 10, 11));
    assert_eq!((summary.claims, summary.superseded_claims), (25, 4));
    assert_eq!(summary.coders.len(), 2);

    let now = ledger.report(&ReportId::new("corrected")).unwrap().unwrap();
    assert_eq!(now.coded.report.text, "Three died at the ford, in a correction.");
    let old = ClaimQuery {
        report: Some(ReportId::new("corrected")),
        superseded: true,
        ..ClaimQuery::default()
    };
    let old = ledger.claims(&old).unwrap();
    let notice = old[0].superseded.as_ref().unwrap();
    assert_eq!(notice.by, SupersededBy::OtherContent);
    let quote = old[0].claim.content().evidence.first().quote();
    assert_eq!(quote, "Two died at the ford.");
    let found = ClaimQuery { text: Some("residents harbasso".to_owned()), ..ClaimQuery::default() };
    assert!(!ledger.claims(&found).unwrap().is_empty());
    assert!(ledger.original(&ReportId::new("r0000003")).unwrap().is_some());
}

/// Run it once for each new schema, before the schema after it exists; never again for an old one.
#[test]
#[ignore = "writes corpus/ledgers/schema-N.db.gz for the newest schema"]
fn keep_a_ledger_of_this_schema() {
    let mut desk = Desk::new();
    let (one, two) = (coder("0.1.0"), coder("0.2.0"));
    let coded: Vec<_> = (0..8).map(|n| numbered(n, 3, &one)).collect();
    desk.store(&coded, &one);
    for text in ["Two died at the ford.", "Three died at the ford, in a correction."] {
        let report = report("corrected", text);
        let content = content(&report, text, "killing", &one);
        let claims = vec![claim(&report, content)];
        desk.store(&[CodedReport { report, claims }], &one);
    }
    desk.store(&[numbered(3, 3, &two)], &two);
    let copy = desk.folder.path().join("kept.db");
    desk.ledger.backup(&copy).unwrap();
    let schema = desk.ledger.schema_version().unwrap();
    let target = kept(schema);
    assert!(!target.exists(), "{} is kept for ever", target.display());
    let mut packed = GzEncoder::new(File::create(target).unwrap(), Compression::best());
    packed.write_all(&fs::read(copy).unwrap()).unwrap();
    packed.finish().unwrap();
}
