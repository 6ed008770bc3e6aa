//! Taking a new coding over: shown before, whole or not at all, and back again.

use averment_ledger::{Adopted, ClaimQuery, Ledger, LedgerError, StoreOutcome};
use averment_types::{Act, Change, CodedReport, CoderVersion, Correction, Original, Polarity};

use crate::desk::Desk;
use crate::sample::{claim, coder, moment, numbered};

/// Report `n` as version 2 codes it: the first claim denied, the last one missing.
fn otherwise(n: u32, version: &CoderVersion) -> CodedReport {
    let mut coded = numbered(n, 3, version);
    let mut content = coded.claims[0].content().clone();
    content.polarity = Polarity::Denied;
    coded.claims = vec![claim(&coded.report, content), coded.claims[1].clone()];
    coded
}

/// A draft beside the ledger, without originals.
fn draft(desk: &Desk, coded: &[CodedReport], version: &CoderVersion) -> Ledger {
    let mut draft = Ledger::open(&desk.folder.path().join("draft.db")).unwrap();
    let none = Original::default();
    let entries: Vec<_> =
        coded.iter().map(|coded| averment_ledger::Entry { coded, original: &none }).collect();
    let outcomes = draft.store(&entries, version, moment(100)).unwrap();
    assert!(outcomes.iter().all(|o| !matches!(o, StoreOutcome::Refused(_))), "{outcomes:?}");
    draft
}

fn preview(ledger: &Ledger, draft: &Ledger, version: &CoderVersion) -> Vec<Change> {
    let mut all = Vec::new();
    ledger
        .for_each_change_by(draft, version, |change| {
            all.push(change);
            Ok::<(), LedgerError>(())
        })
        .unwrap();
    all
}

fn desk() -> (Desk, Vec<CodedReport>) {
    let mut desk = Desk::new();
    let coded: Vec<_> = (0..6).map(|n| numbered(n, 3, &coder("1"))).collect();
    desk.store(&coded, &coder("1"));
    (desk, coded)
}

#[test]
fn what_is_shown_is_what_takes_effect() {
    let (mut desk, old) = desk();
    // One correction that outlives the recoding, and one whose value the new version finds itself.
    let correct =
        |claim| Act::Correct { claim, correction: Correction::Polarity(Polarity::Negated) };
    desk.decide(correct(old[2].claims[1].id().clone()), 10);
    let denied = Correction::Polarity(Polarity::Denied);
    let claim = old[3].claims[0].id().clone();
    desk.decide(Act::Correct { claim, correction: denied }, 11);
    let new: Vec<_> = (0..6).map(|n| otherwise(n, &coder("2"))).collect();
    let draft = draft(&desk, &new, &coder("2"));
    let before = desk.dump();
    let shown = preview(&desk.ledger, &draft, &coder("2"));
    assert_eq!(desk.dump(), before);
    // Of six reports a claim goes; in five of them another is denied, in the sixth it is already.
    assert_eq!(shown.iter().filter(|c| c.field == "claim").count(), 6);
    assert_eq!(shown.iter().filter(|c| c.field == "polarity").count(), 5);
    assert_eq!(shown.len(), 11);

    let adopted = desk.ledger.adopt(&draft, &coder("2"), moment(200)).unwrap();
    assert_eq!(adopted, Adopted { recoded: 6, ..Adopted::default() });
    let at = |second| Ledger::open_at(&desk.path(), moment(second)).unwrap();
    let mut found = Vec::new();
    at(150)
        .for_each_change(&at(200), |change| {
            found.push(change);
            Ok::<(), LedgerError>(())
        })
        .unwrap();
    assert_eq!(found, shown);
    assert!(desk.ledger.check().unwrap().is_clean());
    let kept = desk.ledger.claim(old[0].claims[2].id()).unwrap().unwrap();
    assert!(kept.superseded.is_some());
    assert_eq!(desk.ledger.claims(&ClaimQuery::default()).unwrap().len(), 12);
    assert_eq!(preview(&desk.ledger, &draft, &coder("2")), []);
    let again = desk.ledger.adopt(&draft, &coder("2"), moment(201)).unwrap();
    assert_eq!(again, Adopted { unchanged: 6, ..Adopted::default() });
}

#[test]
fn an_earlier_coding_counts_again() {
    let (mut desk, old) = desk();
    let new: Vec<_> = (0..6).map(|n| otherwise(n, &coder("2"))).collect();
    let first = draft(&desk, &new, &coder("2"));
    desk.ledger.adopt(&first, &coder("2"), moment(200)).unwrap();
    let copies: Vec<_> = desk
        .ledger
        .newest_revisions()
        .unwrap()
        .iter()
        .map(|revision| desk.ledger.coded_by(revision, &coder("1")).unwrap().unwrap())
        .collect();
    assert_eq!(copies, old);
    drop(first);
    let back = draft(&desk, &copies, &coder("1"));
    assert_eq!(preview(&desk.ledger, &back, &coder("1")).len(), 12);
    let adopted = desk.ledger.adopt(&back, &coder("1"), moment(300)).unwrap();
    assert_eq!(adopted, Adopted { returned: 6, ..Adopted::default() });
    let now: Vec<_> = desk.ledger.claims(&ClaimQuery::default()).unwrap();
    let now: Vec<_> = now.into_iter().map(|stored| stored.claim).collect();
    let expected: Vec<_> = old.iter().flat_map(|coded| coded.claims.clone()).collect();
    assert_eq!(now, expected);
    let check = desk.ledger.check().unwrap();
    assert!(check.is_clean(), "{:?}", check.problems);
    // Every moment keeps its own coding, and going forth again works as well.
    let then = Ledger::open_at(&desk.path(), moment(250)).unwrap();
    assert_eq!(then.claims(&ClaimQuery::default()).unwrap().len(), 12);
    let forth = desk.ledger.adopt(&back, &coder("2"), moment(400)).unwrap();
    assert_eq!(forth, Adopted { returned: 6, ..Adopted::default() });
    assert_eq!(desk.ledger.claims(&ClaimQuery::default()).unwrap().len(), 12);
    assert!(desk.ledger.check().unwrap().is_clean());
}

#[test]
fn content_that_came_meanwhile_stays_the_newest() {
    let (mut desk, _) = desk();
    let draft = draft(&desk, &[otherwise(0, &coder("2"))], &coder("2"));
    let mut newer = numbered(0, 3, &coder("1"));
    newer.report.title = Some("Corrected".to_owned());
    newer.report.digest = newer.report.compute_digest();
    newer.claims.clear();
    desk.store(std::slice::from_ref(&newer), &coder("1"));
    assert_eq!(preview(&desk.ledger, &draft, &coder("2")), []);
    desk.ledger.adopt(&draft, &coder("2"), moment(300)).unwrap();
    let now = desk.ledger.report(&newer.report.id).unwrap().unwrap();
    assert_eq!(now.coded, newer);
    assert!(desk.ledger.check().unwrap().is_clean());
}

#[test]
fn what_is_not_of_this_ledger_is_left_out() {
    let (mut desk, _) = desk();
    let draft = draft(&desk, &[numbered(77, 3, &coder("2"))], &coder("2"));
    assert_eq!(preview(&desk.ledger, &draft, &coder("2")), []);
    let adopted = desk.ledger.adopt(&draft, &coder("2"), moment(200)).unwrap();
    assert_eq!(adopted, Adopted { refused: 1, ..Adopted::default() });
    assert_eq!(desk.ledger.summary().unwrap().reports, 6);
}
