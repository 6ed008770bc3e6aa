//! What a check finds in a ledger that somebody or something has damaged.

use std::fs;
use std::path::Path;

use averment_ledger::{ClaimQuery, Ledger, LedgerError, ProblemKind};

use crate::desk::Desk;
use crate::sample::{coder, numbered};

/// A ledger of ten reports, closed, after `sql` was run on it without its triggers.
fn altered(sql: &str) -> (tempfile::TempDir, Ledger) {
    let mut desk = Desk::new();
    let coded: Vec<_> = (0..10).map(|n| numbered(n, 3, &coder("1"))).collect();
    desk.store(&coded, &coder("1"));
    let path = desk.path();
    let Desk { folder, ledger } = desk;
    drop(ledger);
    let conn = rusqlite::Connection::open(&path).unwrap();
    let triggers: Vec<String> = conn
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for trigger in triggers {
        conn.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    conn.pragma_update(None, "foreign_keys", false).unwrap();
    conn.execute_batch(sql).unwrap();
    drop(conn);
    (folder, Ledger::open(&path).unwrap())
}

fn kinds(sql: &str) -> Vec<ProblemKind> {
    let (_folder, ledger) = altered(sql);
    let check = ledger.check().unwrap();
    assert_eq!(check.problems.len() as u64, check.problem_count);
    let mut kinds: Vec<_> = check.problems.iter().map(|p| p.kind).collect();
    kinds.dedup();
    kinds
}

#[test]
fn a_sound_ledger_is_counted_and_clean() {
    let (_folder, ledger) = altered("");
    let check = ledger.check().unwrap();
    assert!(check.is_clean(), "{:?}", check.problems);
    assert_eq!(check.quotes, 30);
    let summary = check.summary.unwrap();
    assert_eq!((summary.reports, summary.claims), (10, 30));
    assert_eq!(summary.coders, [coder("1")]);
}

#[test]
fn every_alteration_is_found() {
    use ProblemKind::{Altered, Derived, Quote, Reference, Unreadable};
    let cases: &[(&str, &[ProblemKind])] = &[
        (
            "UPDATE claim_bodies SET json = replace(json, 'killing', 'feeding') WHERE claim = 4",
            &[Altered, Quote],
        ),
        (
            "UPDATE claim_bodies SET json = replace(json, '\"type\":\"', '\"type\":\"x') WHERE claim = 4",
            &[Altered, Derived],
        ),
        ("UPDATE claim_bodies SET json = '{}' WHERE claim = 4", &[Unreadable]),
        ("UPDATE claims SET day_last = '2030-01-01' WHERE seq = 4", &[Derived]),
        ("DELETE FROM claim_countries WHERE claim = 4", &[Derived]),
        (
            "DELETE FROM claim_mentions WHERE claim = 4; DELETE FROM claim_countries WHERE claim = 4; \
          DELETE FROM claim_bodies WHERE claim = 4; DELETE FROM claims WHERE seq = 4",
            &[Altered],
        ),
        ("UPDATE reports SET title = 'Other' WHERE seq = 2", &[Derived]),
        (
            "UPDATE reports SET json = replace(json, 'Word came late', 'Word came soon') WHERE seq = 2",
            &[Altered],
        ),
        ("UPDATE reports SET json = '[' WHERE seq = 2", &[Unreadable]),
        ("UPDATE originals SET bytes = x'00' WHERE report = 2", &[Altered]),
        ("DELETE FROM originals WHERE report = 2", &[Reference]),
        ("DELETE FROM current WHERE report = 'r0000003'", &[Derived]),
        ("DELETE FROM coders", &[Reference]),
        ("INSERT INTO report_text (rowid, title) VALUES (99, 'x')", &[Derived]),
    ];
    for (sql, expected) in cases {
        assert_eq!(&kinds(sql), expected, "{sql}");
    }
}

/// Overwrites a stretch of the file behind its schema.
fn scribble(path: &Path) {
    let mut bytes = fs::read(path).unwrap();
    let from = bytes.len() * 3 / 4;
    for byte in &mut bytes[from..] {
        *byte = 0xa5;
    }
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_damaged_file_is_told_with_the_way_back() {
    let (_folder, ledger) = altered("");
    let path = ledger.path().to_owned();
    drop(ledger);
    scribble(&path);
    let ledger = Ledger::open(&path).unwrap();
    let check = ledger.check().unwrap();
    assert!(check.problems.iter().any(|p| p.kind == ProblemKind::File), "{check:?}");
    let error = ledger.claims(&ClaimQuery::default()).unwrap_err();
    let told = matches!(error, LedgerError::Corrupt { .. } | LedgerError::Unreadable { .. });
    assert!(told, "{error:?}");
    let message = error.to_string();
    for words in ["a.db", "restore a backup", "averment code"] {
        assert!(message.contains(words), "{message}");
    }
}

#[test]
fn a_cut_off_file_is_told_with_the_way_back() {
    let (_folder, ledger) = altered("");
    let path = ledger.path().to_owned();
    drop(ledger);
    let bytes = fs::read(&path).unwrap();
    for keep in [50, 1000, bytes.len() / 3, bytes.len() - 5000] {
        fs::write(&path, &bytes[..keep]).unwrap();
        let message = match Ledger::open(&path) {
            Err(error) => error.to_string(),
            Ok(ledger) => match ledger.check() {
                Err(error) => error.to_string(),
                Ok(check) => {
                    assert!(!check.is_clean(), "cut at {keep}");
                    continue;
                }
            },
        };
        assert!(message.contains("restore a backup"), "cut at {keep}: {message}");
    }
}
