//! kill -9 and a full disk while people decide, while a coding is taken over, while incidents are derived: what was
//! told to be decided is kept, nothing half-written is read, and what is derived does not change.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::folder::Program;

/// A folder with a ledger, and the id of a killing in it.
fn program() -> (Program, String) {
    let program = Program::with_ledger();
    let claims = program.claims();
    let killing = claims.iter().find(|claim| claim["type"] == "killing").unwrap();
    let id = killing["id"].as_str().unwrap().to_owned();
    (program, id)
}

fn decisions(program: &Program) -> Vec<String> {
    let out = program.done(&["decisions", "--format", "jsonl"]).out;
    let all = out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    all.map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
}

/// What is derived, whole.
fn derived(program: &Program) -> String {
    let view = |name: &str| program.done(&[name, "--format", "jsonl"]).out;
    ["incidents", "disputes", "sources"].map(view).concat()
}

#[test]
fn a_decision_that_was_told_survives_every_kill() {
    const KILLS: u32 = 24;
    let (program, id) = program();
    let decide = ["decide", "accept", &id, "--by", "Ada"];
    let started = Instant::now();
    program.done(&decide);
    let whole = started.elapsed();
    let before = derived(&program);
    let mut told = decisions(&program);
    let mut running = 0;
    for kill in 0..KILLS {
        let mut command = program.command(&decide);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(whole.mul_f64(f64::from(kill) / f64::from(KILLS)));
        running += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        let out = String::from_utf8(child.wait_with_output().unwrap().stdout).unwrap();
        told.extend(out.split_once(": ").map(|(id, _)| id.to_owned()));
        let kept = decisions(&program);
        let mut all = kept.iter();
        assert!(told.iter().all(|id| all.any(|kept| kept == id)), "{told:?}: {kept:?}");
    }
    program.done(&["doctor"]);
    assert_eq!(derived(&program), before);
    assert!(running > 3, "only {running} kills met a running program");
}

#[test]
fn deriving_can_be_killed_at_any_moment_and_leaves_the_ledger_alone() {
    let (program, id) = program();
    program.done(&["decide", "reject", &id, "--by", "Ada"]);
    let (before, started) = (derived(&program), Instant::now());
    program.done(&["incidents"]);
    let whole = started.elapsed();
    for kill in 0..8 {
        let mut command = program.command(&["incidents", "--format", "jsonl"]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(whole.mul_f64(f64::from(kill) / 8.0) + Duration::from_millis(1));
        child.kill().unwrap();
        child.wait().unwrap();
    }
    assert_eq!(derived(&program), before);
    program.done(&["doctor"]);
}

#[cfg(unix)]
#[test]
fn a_full_disk_loses_no_decision_and_derives_the_same() {
    let (program, id) = program();
    let because = "seen on the ground ".repeat(400);
    let mut told = Vec::new();
    let (mut before, mut full) = (derived(&program), 0);
    // Nothing is written to derive, so that a full disk does not matter, nor for a moment of the past.
    for at in [&[][..], &["--at", "2999"]] {
        let ran = program.on_full_disk(0, &[&["incidents", "--format", "jsonl"], at].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        assert!(!ran.out.is_empty() && before.starts_with(&ran.out), "{}", ran.out);
    }
    for number in 0..40 {
        let act = if number % 2 == 0 { "reject" } else { "accept" };
        let args = ["decide", act, &id, "--by", "Ada", "--because", &because];
        let ran = program.on_full_disk(96, &args);
        if ran.code == 0 {
            told.push(ran.out.split_once(": ").unwrap().0.to_owned());
            before = derived(&program);
            continue;
        }
        full += 1;
        assert_eq!((ran.code, ran.out.as_str()), (4, ""), "{}", ran.err);
        if full == 3 {
            break;
        }
    }
    assert!(full > 0, "the disk was never full");
    assert_eq!(decisions(&program), told);
    assert_eq!(derived(&program), before);
    // What waits in the log beside the file needs room for an index even to be read.
    let ran = program.on_full_disk(0, &["incidents"]);
    assert!(ran.code == 4 && ran.err.contains("free some space"), "{}", ran.err);
    program.done(&["doctor"]);
    program.done(&["decide", "undo", told.last().unwrap(), "--by", "Ada"]);
    assert_eq!(decisions(&program).len(), told.len() + 1);
    program.done(&["doctor"]);
}

#[cfg(unix)]
#[test]
fn a_recoding_on_a_full_disk_changes_nothing_and_goes_on_when_there_is_room() {
    let program = Program::new();
    program.write_records("many.jsonl", 40);
    program.write("own/codebook.toml", "name = 'own'\nversion = '1'\nlicence = 'own'\n");
    let rule = "id = 'attack'\n[[rules]]\nid = 'near'\nverbs = ['swarm']\nslots = { initiator = ['nsubj'] }\n\
                codes = ['Rebels swarmed.']\nignores = ['Bees hummed.']\n";
    program.write("own/attack.toml", rule);
    program.done(&["code", "many.jsonl"]);
    let recode = ["recode", "averment.db", "--codebook", "own", "--apply"];
    program.done(&["backup", "copy.db"]);
    let mut whole = recode;
    whole[1] = "copy.db";
    program.done(&whole);
    let claims = |db: &str| program.done(&["claims", "--db", db, "--format", "jsonl"]).out;
    let (old, new) = (claims("averment.db"), claims("copy.db"));
    assert_ne!(old, new);
    for kib in [64, 160, 320] {
        let ran = program.on_full_disk(kib, &recode);
        assert_eq!(ran.code, 4, "{kib} KiB: {}", ran.err);
        assert_eq!(claims("averment.db"), old, "{kib} KiB");
        program.done(&["doctor"]);
    }
    program.done(&recode);
    assert_eq!(claims("averment.db"), new);
    program.done(&["doctor"]);
}
