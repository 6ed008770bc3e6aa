//! What differs between two states, and why.

use averment_ledger::{Ledger, LedgerError};
use averment_types::{
    Act, Cause, Change, ChangeKind, CodedReport, CoderVersion, Correction, Polarity, TypeId,
};

use crate::desk::{Desk, store};
use crate::sample::{claim, coder, content, moment, numbered, place, report};

fn changes(before: &Ledger, after: &Ledger) -> Vec<Change> {
    let mut all = Vec::new();
    before
        .for_each_change(after, |change| {
            all.push(change);
            Ok::<(), LedgerError>(())
        })
        .unwrap();
    all
}

fn between(desk: &Desk, from: i64, to: i64) -> Vec<Change> {
    let at = |second| Ledger::open_at(&desk.path(), moment(second)).unwrap();
    changes(&at(from), &at(to))
}

/// A report of one sentence coded by `version` as `type_id`.
fn one(text: &str, type_id: &str, version: &CoderVersion) -> CodedReport {
    let report = report("a", text);
    let content = content(&report, text, type_id, version);
    let claims = vec![claim(&report, content)];
    CodedReport { report, claims }
}

fn put(desk: &mut Desk, coded: &CodedReport, version: &str, second: i64) {
    let all = std::slice::from_ref(coded);
    store(&mut desk.ledger, all, &coder(version), moment(second));
}

#[test]
fn each_cell_is_named_with_its_cause() {
    let mut desk = Desk::new();
    put(&mut desk, &one("Two died at the ford.", "killing", &coder("1")), "1", 0);
    let mut second = one("Two died at the ford.", "clash", &coder("2"));
    let mut better = second.claims[0].content().clone();
    better.place = Some(place("Ford", Some("ML"), &[]));
    second.claims = vec![claim(&second.report, better)];
    put(&mut desk, &second, "2", 10);
    put(&mut desk, &one("Three died at the ford.", "clash", &coder("2")), "2", 20);
    put(&mut desk, &numbered(7, 1, &coder("2")), "2", 30);

    assert_eq!(between(&desk, 0, 5), []);
    let new = between(&desk, -1, 0);
    assert_eq!((new.len(), new[0].change, &new[0].cause), (1, ChangeKind::Added, &Cause::Report));
    assert_eq!(new[0].after, "killing: Two died at the ford.");

    let recoded = between(&desk, 0, 10);
    let fields: Vec<_> =
        recoded.iter().map(|c| (c.field.as_str(), c.before.as_str(), c.after.as_str())).collect();
    let expected = [
        ("type", "killing", "clash"),
        ("place", "", "Ford"),
        ("country", "", "ML"),
        ("lat", "", "14.3551000000001"),
        ("lon", "", "-3.6102"),
        ("where_precision", "", "exact"),
    ];
    assert_eq!(fields, expected);
    let cause = Cause::Coder { from: coder("1"), to: coder("2") };
    assert!(recoded.iter().all(|c| c.cause == cause && c.change == ChangeKind::Changed));

    let revised = between(&desk, 10, 20);
    assert!(revised.iter().all(|c| matches!(c.cause, Cause::Revision { .. })), "{revised:?}");
    let quote = revised.iter().find(|c| c.field == "quote").unwrap();
    assert_eq!(
        (quote.before.as_str(), quote.after.as_str()),
        ("Two died at the ford.", "Three died at the ford.")
    );

    let added = between(&desk, 20, 30);
    assert_eq!((added.len(), added[0].report.as_str()), (1, "r0000007"));
    let back = between(&desk, 30, 20);
    assert_eq!((back.len(), back[0].change), (1, ChangeKind::Removed));
    assert_eq!(between(&desk, 0, 30).len(), 1 + between(&desk, 0, 20).len());
}

#[test]
fn decisions_are_causes_with_a_name() {
    let mut desk = Desk::new();
    let coded = numbered(1, 3, &coder("1"));
    desk.store(std::slice::from_ref(&coded), &coder("1"));
    let id = |n: usize| coded.claims[n].id().clone();
    let denied = Correction::Polarity(Polarity::Denied);
    let entry = desk.decide(Act::Correct { claim: id(0), correction: denied }, 10).id;
    desk.decide(Act::Reject { claim: id(1) }, 20);
    desk.decide(Act::Undo { decision: entry.clone() }, 30);

    let found = between(&desk, 0, 20);
    let told: Vec<_> =
        found.iter().map(|c| (c.field.as_str(), c.before.as_str(), c.after.as_str())).collect();
    assert_eq!(told, [("polarity", "affirmed", "denied"), ("verdict", "", "rejected")]);
    let because = Some("read it again".to_owned());
    let cause = |in_force| Cause::Decision {
        id: entry.clone(),
        by: "Ada".to_owned(),
        because: because.clone(),
        in_force,
    };
    assert_eq!(found[0].cause, cause(true));
    let undone = between(&desk, 20, 30);
    assert_eq!(undone.len(), 1);
    assert_eq!((undone[0].after.as_str(), &undone[0].cause), ("affirmed", &cause(false)));
}

#[test]
fn a_correction_that_outlives_a_recoding_is_no_difference() {
    let mut desk = Desk::new();
    let coded = numbered(1, 3, &coder("1"));
    put(&mut desk, &coded, "1", 0);
    let correction = Correction::Type(TypeId::new("abduction"));
    let claim = coded.claims[0].id().clone();
    desk.decide(Act::Correct { claim, correction }, 10);
    put(&mut desk, &numbered(1, 3, &coder("2")), "2", 20);
    assert_eq!(between(&desk, 10, 20), []);
    assert_eq!(between(&desk, 0, 20).len(), 1);
}

#[test]
fn two_ledgers_are_compared_like_two_moments() {
    let (mut one, mut other) = (Desk::new(), Desk::new());
    let coded: Vec<_> = (0..4).map(|n| numbered(n, 2, &coder("1"))).collect();
    one.store(&coded[..3], &coder("1"));
    other.store(&coded[1..], &coder("1"));
    let found = changes(&one.ledger, &other.ledger);
    let told: Vec<_> = found.iter().map(|c| (c.change, c.report.as_str())).collect();
    let gone = (ChangeKind::Removed, "r0000000");
    let come = (ChangeKind::Added, "r0000003");
    assert_eq!(told, [gone, gone, come, come]);
    assert_eq!(changes(&one.ledger, &one.ledger), []);
}
