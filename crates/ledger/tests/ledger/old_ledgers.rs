//! Ledgers of every past schema, kept in `corpus/ledgers/`, still open and hold what they held.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::PathBuf;

use averment_ledger::{ClaimQuery, Ledger, Ruling, SupersededBy};
use averment_types::{Act, CodedReport, Correction, ReportId, TypeId};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;

use crate::desk::Desk;
use crate::sample::{claim as claim_of, coder, content, moment, numbered, report};

fn kept(schema: u32) -> PathBuf {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/ledgers");
    PathBuf::from(folder).join(format!("schema-{schema}.db.gz"))
}

/// A copy of the ledger that is kept of this schema, opened.
fn opened(schema: u32) -> (tempfile::TempDir, Ledger) {
    let mut bytes = Vec::new();
    let packed = File::open(kept(schema)).unwrap();
    GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("old.db");
    fs::write(&path, bytes).unwrap();
    let ledger = Ledger::open(&path).unwrap();
    (folder, ledger)
}

#[test]
fn schema_2_opens_with_its_decisions() {
    let (_folder, ledger) = opened(2);
    let check = ledger.check().unwrap();
    assert!(check.is_clean(), "{:?}", check.problems);
    assert_eq!(check.decisions, 4);
    let summary = check.summary.unwrap();
    assert_eq!((summary.reports, summary.claims, summary.superseded_claims), (9, 25, 4));
    let made: Vec<_> =
        ledger.decisions().unwrap().iter().map(|d| d.act.as_str().to_owned()).collect();
    assert_eq!(made, ["reject", "correct", "reject", "undo"]);
    assert_eq!(ledger.claims(&ClaimQuery::default()).unwrap().len(), 24);
    let type_id = Some(TypeId::new("abduction"));
    let corrected = ClaimQuery { type_id, ..ClaimQuery::default() };
    assert_eq!(ledger.claims(&corrected).unwrap().len(), 1);
    let back = ledger.report(&ReportId::new("r0000003")).unwrap().unwrap();
    assert_eq!(back.coder, coder("0.1.0"));
}

#[test]
fn schema_1_opens_and_takes_decisions() {
    let (_folder, mut ledger) = opened(1);
    assert_eq!(ledger.schema_version().unwrap(), 2);
    assert_eq!(ledger.decisions().unwrap(), []);
    let claim = ledger.claims(&ClaimQuery::default()).unwrap()[0].claim.id().clone();
    let ruling = Ruling { by: "Ada".to_owned(), because: None, act: Act::Reject { claim } };
    ledger.decide(&ruling, moment(0)).unwrap();
    assert_eq!(ledger.claims(&ClaimQuery::default()).unwrap().len(), 24);
    assert!(ledger.check().unwrap().is_clean());
}

#[test]
fn schema_1_opens_and_holds_what_it_held() {
    let (_folder, ledger) = opened(1);
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
        let claims = vec![claim_of(&report, content)];
        desk.store(&[CodedReport { report, claims }], &one);
    }
    desk.store(&[numbered(3, 3, &two)], &two);
    let claim = |n: usize| coded[n].claims[0].id().clone();
    desk.decide(Act::Reject { claim: claim(5) }, 50);
    let type_id = Correction::Type(TypeId::new("abduction"));
    desk.decide(Act::Correct { claim: claim(6), correction: type_id }, 51);
    let reject = desk.decide(Act::Reject { claim: claim(7) }, 52).id;
    desk.decide(Act::Undo { decision: reject }, 53);
    let draft = Ledger::open(&desk.folder.path().join("draft.db")).unwrap();
    let mut again = Desk { folder: tempfile::tempdir().unwrap(), ledger: draft };
    again.store(&coded[3..4], &one);
    desk.ledger.adopt(&again.ledger, &one, moment(60)).unwrap();
    let copy = desk.folder.path().join("kept.db");
    desk.ledger.backup(&copy).unwrap();
    let schema = desk.ledger.schema_version().unwrap();
    let target = kept(schema);
    assert!(!target.exists(), "{} is kept for ever", target.display());
    let mut packed = GzEncoder::new(File::create(target).unwrap(), Compression::best());
    packed.write_all(&fs::read(copy).unwrap()).unwrap();
    packed.finish().unwrap();
}
