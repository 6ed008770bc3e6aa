//! Several connections on one file at the same time.

use std::path::Path;
use std::thread;

use averment_ledger::{ClaimQuery, Ledger, StoreOutcome};

use crate::desk::{Desk, store};
use crate::sample::{coder, moment, numbered};

fn write(path: &Path, from: u32) -> Vec<StoreOutcome> {
    let mut ledger = Ledger::open(path).unwrap();
    let batches = (0..15).map(|batch| {
        let first = from + batch * 2;
        let coded = [numbered(first, 2, &coder("1")), numbered(first + 1, 2, &coder("1"))];
        store(&mut ledger, &coded, &coder("1"), moment(0))
    });
    batches.flatten().collect()
}

#[test]
fn writers_that_meet_wait_and_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.db");
    // The last two write the same reports; all four meet already while making the file.
    let outcomes: Vec<Vec<StoreOutcome>> = thread::scope(|scope| {
        let writers: Vec<_> = [0, 1000, 2000, 2000]
            .map(|from| {
                scope.spawn({
                    let path = &path;
                    move || write(path, from)
                })
            })
            .into_iter()
            .collect();
        writers.into_iter().map(|w| w.join().unwrap()).collect()
    });
    let new = outcomes.iter().flatten().filter(|o| **o == StoreOutcome::New);
    assert_eq!(new.count(), 90);
    let ledger = Ledger::open(&path).unwrap();
    let check = ledger.check().unwrap();
    assert!(check.is_clean(), "{:?}", check.problems);
    assert_eq!(check.summary.unwrap().claims, 180);
}

#[test]
fn many_may_make_the_same_ledger() {
    for _ in 0..20 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        thread::scope(|scope| {
            let makers = [(); 6].map(|()| scope.spawn(|| Ledger::open(&path).map(drop)));
            for maker in makers {
                maker.join().unwrap().unwrap();
            }
        });
        assert!(Ledger::open(&path).unwrap().check().unwrap().is_clean());
    }
}

#[test]
fn a_reader_sees_one_moment_while_others_write() {
    let mut desk = Desk::new();
    let coded: Vec<_> = (0..20).map(|n| numbered(n, 2, &coder("1"))).collect();
    desk.store(&coded[..10], &coder("1"));
    let reader = Ledger::open_read_only(&desk.path()).unwrap();
    let mut seen = 0;
    reader
        .for_each_claim(&ClaimQuery::default(), |_| {
            if seen == 0 {
                desk.store(&coded[10..], &coder("1"));
            }
            seen += 1;
            Ok::<(), averment_ledger::LedgerError>(())
        })
        .unwrap();
    assert_eq!(seen, 20);
    assert_eq!(reader.summary().unwrap().claims, 40);
}
