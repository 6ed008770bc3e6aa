//! Ledgers that cannot be used: every command says why, and leaves them as they are.

use std::fs;
use std::path::Path;

use crate::folder::{KILLING, Program};

const READERS: [&[&str]; 3] = [&["claims"], &["reports"], &["explain", "c1"]];

#[test]
fn a_ledger_that_is_not_there_is_missed_by_name() {
    let program = Program::new();
    for args in READERS {
        let ran = program.run(args);
        assert_eq!(ran.code, 4, "{args:?}");
        assert!(ran.err.starts_with("error: no ledger at averment.db"), "{}", ran.err);
    }
    assert!(!program.path("averment.db").exists());
    program.done(&["doctor"]);
    assert_eq!(program.run(&["doctor", "--db", "other.db"]).code, 4);
}

#[test]
fn a_ledger_of_a_newer_schema_is_refused_and_not_touched() {
    let program = Program::with_ledger();
    let path = program.path("averment.db");
    set_schema(&path, 9999);
    let before = fs::read(&path).unwrap();
    for args in READERS.into_iter().chain([&["code", "in"] as &[&str], &["doctor"]]) {
        let ran = program.run(args);
        assert_eq!(ran.code, 4, "{args:?}: {}", ran.err);
        let told = format!("{}{}", ran.out, ran.err);
        assert!(told.contains("9999"), "{told}");
    }
    assert_eq!(before, fs::read(&path).unwrap());
}

#[test]
fn a_file_that_is_no_ledger_is_refused_and_not_touched() {
    let program = Program::new();
    program.write("a.txt", KILLING);
    let ran = program.run(&["code", "a.txt", "--db", "a.txt"]);
    assert_eq!(ran.code, 4, "{}", ran.err);
    assert!(ran.err.contains("is not a ledger"), "{}", ran.err);
    assert_eq!(fs::read_to_string(program.path("a.txt")).unwrap(), KILLING);
}

#[test]
fn a_target_that_cannot_be_written_is_named() {
    let program = Program::new();
    program.write("a.txt", KILLING);
    fs::create_dir(program.path("folder")).unwrap();
    for db in ["folder", "nowhere/a.db"] {
        let ran = program.run(&["code", "a.txt", "--db", db]);
        assert_eq!(ran.code, 4, "{}", ran.err);
        assert!(ran.err.contains(db), "{}", ran.err);
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_ledger_can_be_read_and_not_written() {
    use std::os::unix::fs::PermissionsExt;

    let program = Program::with_ledger();
    let set = |path: &str, mode| {
        let permissions = fs::Permissions::from_mode(mode);
        fs::set_permissions(program.path(path), permissions).unwrap();
    };
    set("averment.db", 0o444);
    set("", 0o555);
    let privileged = fs::write(program.path("probe"), "").is_ok();
    program.done(&["claims"]);
    let ran = program.run(&["code", "in/one.txt"]);
    set("", 0o755);
    if privileged {
        println!("skipped, permissions do not bind this user");
        return;
    }
    assert_eq!(ran.code, 4, "{}", ran.err);
    assert!(ran.err.contains("read-only") || ran.err.contains("permissions"), "{}", ran.err);
}

#[test]
fn a_damaged_ledger_is_a_problem_of_the_doctor() {
    let program = Program::with_ledger();
    let path = program.path("averment.db");
    let mut bytes = fs::read(&path).unwrap();
    assert!(bytes.len() > 16 * 4096, "{} bytes", bytes.len());
    bytes[8 * 4096..].fill(0xff);
    fs::write(&path, bytes).unwrap();
    let ran = program.run(&["doctor"]);
    assert_eq!(ran.code, 4);
    assert!(ran.out.contains("PROBLEM  "), "{}", ran.out);
}

/// Writes a schema version where SQLite's file format keeps the `user_version`: bytes 60 to 63.
fn set_schema(path: &Path, version: u32) {
    let mut bytes = fs::read(path).unwrap();
    bytes[60..64].copy_from_slice(&version.to_be_bytes());
    fs::write(path, bytes).unwrap();
}
