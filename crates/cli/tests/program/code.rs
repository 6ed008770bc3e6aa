//! `averment code`: what it stores, what it refuses, how it ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Stdio;

use averment_types::CodedReport;

use crate::folder::{CLASH, KILLING, Program, ran, samples};

#[test]
fn a_folder_is_coded_into_a_ledger_and_summed_up() {
    let program = Program::new();
    program.write("in/one.txt", KILLING);
    program.write("in/two.txt", CLASH);
    let ran = program.done(&["code", "in"]);
    assert_eq!(ran.out, "");
    assert!(ran.err.starts_with("coded 2 reports into averment.db in "));
    assert!(ran.err.contains(": 2 new\n"), "{}", ran.err);
    assert!(ran.err.contains("words a second"), "{}", ran.err);
    assert!(program.path("averment.db").exists());
    assert!(!program.claims().is_empty());
}

#[test]
fn coding_twice_changes_nothing() {
    let program = Program::with_ledger();
    let before = program.done(&["claims", "--format", "jsonl", "--all"]).out;
    let again = program.done(&["code", "in"]);
    assert!(again.err.contains("nothing changed"), "{}", again.err);
    let after = program.done(&["claims", "--format", "jsonl", "--all"]).out;
    assert_eq!(before, after);
}

#[test]
fn a_mixed_batch_goes_on_and_says_what_was_refused() {
    let program = Program::new();
    program.write("in/empty.txt", "");
    program.write("in/good.txt", KILLING);
    program.write(
        "in/lines.jsonl",
        "{\"id\": \"a\", \"text\": \"Rebels killed two men.\"}\n{broken\n",
    );
    let ran = program.run(&["code", "in", "nowhere.txt"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("coded 2 reports"), "{}", ran.err);
    assert!(ran.err.contains("refused: 3 documents"), "{}", ran.err);
    assert!(ran.err.contains("in/empty.txt: "), "{}", ran.err);
    assert!(ran.err.contains("in/lines.jsonl, line 2: "), "{}", ran.err);
    assert!(ran.err.contains("nowhere.txt: "), "{}", ran.err);
}

#[test]
fn many_refusals_are_counted_by_their_reason() {
    let program = Program::new();
    program.write("in/lines.jsonl", &"{broken\n".repeat(30));
    let ran = program.run(&["code", "in"]);
    assert_eq!(ran.code, 3);
    let listed = ran.err.lines().filter(|l| l.contains("lines.jsonl, line")).count();
    assert_eq!(listed, 20);
    assert!(ran.err.contains("and 10 more: in all json_invalid 30"), "{}", ran.err);
}

#[test]
fn nothing_to_code_is_code_3() {
    let program = Program::new();
    std::fs::create_dir(program.path("hollow")).unwrap();
    for input in ["nowhere.txt", "hollow", "*.html"] {
        let ran = program.run(&["code", input]);
        assert_eq!(ran.code, 3, "{input}: {}", ran.err);
        assert!(ran.err.contains(input), "{}", ran.err);
    }
}

#[test]
fn a_wrong_command_line_is_code_2() {
    let program = Program::new();
    program.write("a.txt", KILLING);
    let wrong: [&[&str]; 4] = [
        &["code"],
        &["code", "a.txt", "--jobs", "0"],
        &["code", "a.txt", "--format", "jsonl", "--db", "a.db"],
        &["frobnicate"],
    ];
    for args in wrong {
        assert_eq!(program.run(args).code, 2, "{args:?}");
    }
    assert!(!program.path("averment.db").exists());
}

#[test]
fn jsonl_goes_to_standard_output_with_exact_quotes_and_no_ledger() {
    let program = Program::new();
    let ran = program.done(&["code", &samples(), "--format", "jsonl"]);
    let reports = ran.out.lines().map(serde_json::from_str::<CodedReport>);
    let reports: Vec<_> = reports.collect::<Result<_, _>>().unwrap();
    assert!(reports.len() >= 12, "{}", ran.err);
    let claims: usize = reports.iter().map(|report| report.claims.len()).sum();
    assert!(claims >= reports.len(), "{claims}");
    for report in &reports {
        report.verify().unwrap();
    }
    assert!(!program.path("averment.db").exists());
}

#[test]
fn one_and_eight_jobs_write_the_same_bytes() {
    let program = Program::new();
    program.write_records("many.jsonl", 60);
    let coded = |jobs| {
        let args = ["code", &samples(), "many.jsonl", "--format", "jsonl", "--jobs", jobs];
        program.done(&args).out
    };
    let one = coded("1");
    assert!(one.lines().count() > 60);
    assert_eq!(one, coded("8"));
    let listed = |jobs, db| {
        program.done(&["code", &samples(), "many.jsonl", "--jobs", jobs, "--db", db]);
        program.done(&["claims", "--db", db, "--format", "jsonl"]).out
    };
    assert_eq!(listed("1", "one.db"), listed("8", "eight.db"));
}

#[test]
fn duplicates_are_told_from_updates() {
    let program = Program::new();
    let record = |text: &str| format!("{{\"id\": \"a\", \"text\": \"{text}\"}}\n");
    let first = record("Rebels killed two men.");
    let lines = [first.clone(), first, record("Rebels killed three men.")];
    program.write("in.jsonl", &lines.concat());
    let ran = program.done(&["code", "in.jsonl"]);
    assert!(ran.err.contains("1 new, 1 updated"), "{}", ran.err);
    assert!(ran.err.contains("1 document came twice"), "{}", ran.err);
    assert!(ran.err.contains("1 duplicate record, 1 updated record"), "{}", ran.err);
}

#[test]
fn standard_input_is_a_report() {
    let program = Program::new();
    let mut command = program.command(&["code", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(KILLING.as_bytes()).unwrap();
    let ran = ran(child.wait_with_output().unwrap());
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("1 new"), "{}", ran.err);
}

#[test]
fn output_that_is_closed_early_ends_the_run_quietly() {
    let program = Program::new();
    program.write_records("many.jsonl", 400);
    let mut command = program.command(&["code", "many.jsonl", "--format", "jsonl"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut first = String::new();
    BufReader::with_capacity(512, child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with('{'));
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{err}");
    assert!(!err.contains("error"), "{err}");
}

#[test]
fn two_programs_share_one_ledger() {
    let program = Program::new();
    program.write_records("many.jsonl", 150);
    let start = || {
        let mut command = program.command(&["code", "many.jsonl", "--db", "shared.db"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    };
    for child in [start(), start()] {
        let ran = ran(child.wait_with_output().unwrap());
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
    program.done(&["doctor", "--db", "shared.db"]);
    program.done(&["code", "many.jsonl", "--db", "alone.db"]);
    let sorted = |db| {
        let listed = program.done(&["claims", "--db", db, "--format", "jsonl"]).out;
        let mut lines: Vec<String> = listed.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted("shared.db"), sorted("alone.db"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_under_the_output_is_a_failure_with_a_message() {
    let program = Program::new();
    program.write("a.txt", KILLING);
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = program.command(&["code", "a.txt", "--format", "jsonl"]);
    let ran = ran(command.stdout(full).output().unwrap());
    assert_eq!(ran.code, 4, "{}", ran.err);
    assert!(ran.err.starts_with("error: writing coded reports stopped"), "{}", ran.err);
    assert!(ran.err.contains("  because: "), "{}", ran.err);
}
