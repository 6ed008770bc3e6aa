//! The ledger as it was: what was not known yet is not there, what superseded later does not yet.

use averment_ledger::{ClaimQuery, Ledger, LedgerError, ReportQuery};
use averment_types::{Act, CodedReport, ReportId};

use crate::desk::{Desk, store};
use crate::sample::{claim, coder, content, moment, report};

fn coded(text: &str, version: &str) -> CodedReport {
    let report = report("a", text);
    let content = content(&report, text, "killing", &coder(version));
    let claims = vec![claim(&report, content)];
    CodedReport { report, claims }
}

/// Stored: at 0 a content, at 10 its recoding, at 20 another content; at 30 the last claim is rejected, at
/// 40 that is undone.
fn desk() -> (Desk, [CodedReport; 3]) {
    let mut desk = Desk::new();
    let all = [coded("Two died.", "1"), coded("Two died.", "2"), coded("Three died.", "2")];
    for (coded, (version, second)) in all.iter().zip([("1", 0), ("2", 10), ("2", 20)]) {
        store(&mut desk.ledger, std::slice::from_ref(coded), &coder(version), moment(second));
    }
    let last = all[2].claims[0].id().clone();
    let reject = desk.decide(Act::Reject { claim: last }, 30).id;
    desk.decide(Act::Undo { decision: reject }, 40);
    (desk, all)
}

#[test]
fn every_moment_has_its_own_truth() {
    let (desk, all) = desk();
    let then = |second| Ledger::open_at(&desk.path(), moment(second)).unwrap();
    let claims = |ledger: &Ledger, all| {
        let query = ClaimQuery { superseded: all, ..ClaimQuery::default() };
        let found = ledger.claims(&query).unwrap();
        found.into_iter().map(|stored| stored.claim).collect::<Vec<_>>()
    };
    let of = |n: usize| all[n].claims.clone();
    assert_eq!(claims(&then(-1), true), []);
    assert_eq!(claims(&then(0), false), of(0));
    assert_eq!(claims(&then(9), true), of(0));
    assert_eq!(claims(&then(10), false), of(1));
    assert_eq!(claims(&then(10), true), [of(0), of(1)].concat());
    assert_eq!(claims(&then(25), false), of(2));
    assert_eq!(claims(&then(35), false), []);
    assert_eq!(claims(&then(40), false), of(2));
    assert_eq!(claims(&desk.ledger, false), of(2));

    let early = then(0);
    let stored = early.claim(all[0].claims[0].id()).unwrap().unwrap();
    assert_eq!(stored.superseded, None);
    assert_eq!(early.claim(all[2].claims[0].id()).unwrap(), None);
    let report = early.report(&ReportId::new("a")).unwrap().unwrap();
    assert_eq!(report.coded, all[0]);
    assert_eq!(early.reports(&ReportQuery::default()).unwrap().len(), 1);
    assert_eq!(then(-1).reports(&ReportQuery::default()).unwrap(), []);
    assert_eq!(then(-1).report(&ReportId::new("a")).unwrap(), None);
    assert_eq!(then(30).decisions().unwrap().len(), 1);
    assert!(then(35).claim(all[2].claims[0].id()).unwrap().unwrap().standing.is_rejected());
}

#[test]
fn parts_of_a_second_are_in_order() {
    let mut desk = Desk::new();
    let first = coded("Two died.", "1");
    let whole = moment(5);
    let later = whole + jiff::SignedDuration::from_millis(120);
    store(&mut desk.ledger, &[first], &coder("1"), later);
    let number = |at| {
        let then = Ledger::open_at(&desk.path(), at).unwrap();
        then.claims(&ClaimQuery::default()).unwrap().len()
    };
    assert_eq!(number(whole), 0);
    assert_eq!(number(later - jiff::SignedDuration::from_millis(20)), 0);
    assert_eq!(number(later), 1);
    assert_eq!(number(moment(6)), 1);
}

#[test]
fn the_past_is_searched_like_the_present_and_not_written() {
    let (desk, _) = desk();
    let mut then = Ledger::open_at(&desk.path(), moment(10)).unwrap();
    let text = |words: &str| ClaimQuery { text: Some(words.to_owned()), ..ClaimQuery::default() };
    assert_eq!(then.claims(&text("two")).unwrap().len(), 1);
    assert_eq!(then.claims(&text("three")).unwrap().len(), 0);
    let last = coded("Four died.", "1");
    let bytes = crate::sample::original(&last.report);
    let entry = averment_ledger::Entry { coded: &last, original: &bytes };
    let error = then.store(&[entry], &coder("1"), moment(50)).unwrap_err();
    assert!(matches!(error, LedgerError::ReadOnly { .. }), "{error}");
    let missing = Ledger::open_at(&desk.folder.path().join("no.db"), moment(0));
    assert!(matches!(missing, Err(LedgerError::Missing { .. })));
}
