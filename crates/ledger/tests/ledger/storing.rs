//! What storing changes, what it leaves, and what it refuses.

use averment_ledger::{ClaimQuery, Refusal, ReportQuery, StoreOutcome, SupersededBy};
use averment_types::{CodedReport, ReportId};

use crate::desk::Desk;
use crate::sample::{claim, coder, content, moment, numbered, original, report};

/// One claim in a report of this id and text.
fn coded(id: &str, text: &str, version: &str) -> CodedReport {
    let report = report(id, text);
    let content = content(&report, text, "attack", &coder(version));
    let claims = vec![claim(&report, content)];
    CodedReport { report, claims }
}

#[test]
fn the_same_again_changes_not_a_byte() {
    let mut desk = Desk::new();
    let batch: Vec<_> = (0..5).map(|n| numbered(n, 3, &coder("1"))).collect();
    assert_eq!(desk.store(&batch, &coder("1")), [StoreOutcome::New; 5]);
    let before = desk.dump();
    assert_eq!(desk.store(&batch, &coder("1")), [StoreOutcome::Unchanged; 5]);
    assert_eq!(desk.dump(), before);
    let first = &batch[0].report;
    let is_coded =
        |version| desk.ledger.is_coded(&first.id, &first.digest, &coder(version)).unwrap();
    assert!(is_coded("1"));
    assert!(!is_coded("2"));
}

#[test]
fn twice_in_one_batch_is_once() {
    let mut desk = Desk::new();
    let one = numbered(1, 2, &coder("1"));
    let outcomes = desk.store(&[one.clone(), one], &coder("1"));
    assert_eq!(outcomes, [StoreOutcome::New, StoreOutcome::Unchanged]);
    assert_eq!(desk.ledger.summary().unwrap().claims, 2);
}

#[test]
fn another_version_supersedes_and_keeps_the_old() {
    let mut desk = Desk::new();
    let old = coded("a", "Two died at the ford.", "1");
    let new = coded("a", "Two died at the ford.", "2");
    desk.store(std::slice::from_ref(&old), &coder("1"));
    assert_eq!(desk.store(std::slice::from_ref(&new), &coder("2")), [StoreOutcome::Recoded]);

    let found = desk.ledger.claims(&ClaimQuery::default()).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].claim, new.claims[0]);
    assert_eq!(found[0].superseded, None);

    let kept = desk.ledger.claim(old.claims[0].id()).unwrap().unwrap();
    assert_eq!(kept.claim, old.claims[0]);
    assert_eq!(kept.coded_at, moment(0));
    let notice = kept.superseded.unwrap();
    assert_eq!(notice.by, SupersededBy::OtherCoder);
    assert_eq!(notice.coder, coder("2"));
    assert_eq!(notice.at, moment(1));
    assert_eq!(notice.digest, new.report.digest);

    let all = ClaimQuery { superseded: true, ..ClaimQuery::default() };
    assert_eq!(desk.ledger.claims(&all).unwrap().len(), 2);
    assert!(desk.ledger.check().unwrap().is_clean());
}

#[test]
fn other_content_supersedes_and_the_old_text_still_opens() {
    let mut desk = Desk::new();
    let old = coded("a", "Two died at the ford.", "1");
    let new = coded("a", "Three died at the ford, in a correction.", "1");
    desk.store(std::slice::from_ref(&old), &coder("1"));
    let outcome = desk.store(std::slice::from_ref(&new), &coder("1"));
    assert_eq!(outcome, [StoreOutcome::Updated]);

    let kept = desk.ledger.claim(old.claims[0].id()).unwrap().unwrap();
    let notice = kept.superseded.unwrap();
    assert_eq!(notice.by, SupersededBy::OtherContent);
    assert_eq!(notice.digest, new.report.digest);
    assert_eq!(kept.report.digest, old.report.digest);
    let revision = desk.ledger.revision(&old.report.digest).unwrap().unwrap();
    assert_eq!(revision.coded, old);
    assert_eq!(revision.superseded, Some(notice));
    let now = desk.ledger.report(&ReportId::new("a")).unwrap().unwrap();
    assert_eq!(now.coded, new);
    assert_eq!(now.superseded, None);
    assert_eq!(desk.ledger.original(&new.report.id).unwrap(), Some(original(&new.report)));
    assert_eq!(desk.ledger.original_of(&old.report.digest).unwrap(), Some(original(&old.report)));
}

#[test]
fn going_back_to_an_old_content_or_version_is_no_news() {
    let mut desk = Desk::new();
    let a1 = coded("a", "Two died at the ford.", "1");
    let b1 = coded("a", "Three died at the ford.", "1");
    let b2 = coded("a", "Three died at the ford.", "2");
    let a2 = coded("a", "Two died at the ford.", "2");
    let mut store =
        |coded: &CodedReport, version| desk.store(std::slice::from_ref(coded), &coder(version))[0];
    assert_eq!(store(&a1, "1"), StoreOutcome::New);
    assert_eq!(store(&b1, "1"), StoreOutcome::Updated);
    assert_eq!(store(&b2, "2"), StoreOutcome::Recoded);
    assert_eq!(store(&b1, "1"), StoreOutcome::Unchanged);
    assert_eq!(store(&a1, "1"), StoreOutcome::Unchanged);
    // An old revision, coded anew, stays an old revision.
    assert_eq!(store(&a2, "2"), StoreOutcome::Recoded);
    let current = desk.ledger.report(&ReportId::new("a")).unwrap().unwrap();
    assert_eq!(current.coded, b2);
    assert!(desk.ledger.check().unwrap().is_clean());
    let every = ReportQuery { superseded: true, ..ReportQuery::default() };
    let found = desk.ledger.reports(&every).unwrap();
    assert_eq!(found.len(), 4);
    assert_eq!(found.iter().filter(|f| f.superseded.is_none()).count(), 1);
}

#[test]
fn what_contradicts_itself_is_refused_alone() {
    let mut desk = Desk::new();
    let good = coded("good", "Two died at the ford.", "1");
    let mut moved = coded("moved", "Two died at the ford.", "1");
    moved.report.text = "Ten died at the ford.".to_owned();
    moved.report.digest = moved.report.compute_digest();
    let mut stale = coded("stale", "Two died at the ford.", "1");
    stale.report.title = Some("Added later".to_owned());
    let mut twice = coded("twice", "Two died at the ford.", "1");
    twice.claims.push(twice.claims[0].clone());
    let other = coded("other", "Two died at the ford.", "2");
    let endless = {
        let report = report("endless", "Two died at the ford.");
        let mut content = content(&report, "Two", "attack", &coder("1"));
        content.confidence = Some(f32::NAN);
        let claims = vec![claim(&report, content)];
        CodedReport { report, claims }
    };
    let outcomes = desk.store(&[moved, stale, good, twice, other, endless], &coder("1"));
    assert_eq!(
        outcomes,
        [
            StoreOutcome::Refused(Refusal::QuoteDiffers),
            StoreOutcome::Refused(Refusal::DigestDiffers),
            StoreOutcome::New,
            StoreOutcome::Refused(Refusal::ClaimIdTaken),
            StoreOutcome::Refused(Refusal::CoderDiffers),
            StoreOutcome::Refused(Refusal::NotExact),
        ]
    );
    assert_eq!(desk.ledger.summary().unwrap().revisions, 1);
    assert!(desk.ledger.check().unwrap().is_clean());
}

#[test]
fn a_report_without_claims_is_remembered_as_coded() {
    let mut desk = Desk::new();
    let report = report("a", "The market opened on time.");
    let coded = CodedReport { report, claims: Vec::new() };
    let batch = [coded];
    assert_eq!(desk.store(&batch, &coder("1")), [StoreOutcome::New]);
    assert_eq!(desk.store(&batch, &coder("1")), [StoreOutcome::Unchanged]);
    assert_eq!(desk.store(&batch, &coder("2")), [StoreOutcome::Recoded]);
    let found = desk.ledger.reports(&ReportQuery::default()).unwrap();
    assert_eq!((found.len(), found[0].report.claims), (1, 0));
}

#[test]
fn nothing_stored_can_be_changed_or_removed() {
    let mut desk = Desk::new();
    desk.store(&[numbered(1, 2, &coder("1"))], &coder("1"));
    let claim = numbered(1, 2, &coder("1")).claims[0].id().clone();
    desk.decide(averment_types::Act::Accept { claim }, 1);
    let conn = rusqlite::Connection::open(desk.path()).unwrap();
    let tables =
        ["coders", "reports", "originals", "codings", "claims", "claim_bodies", "decisions"];
    for table in tables {
        let key = match table {
            "originals" => "report",
            "claim_bodies" => "claim",
            _ => "seq",
        };
        for sql in [format!("UPDATE {table} SET {key} = {key}"), format!("DELETE FROM {table}")] {
            let refused = conn.execute(&sql, []).unwrap_err().to_string();
            assert!(refused.contains("append-only"), "{sql}: {refused}");
        }
    }
}
