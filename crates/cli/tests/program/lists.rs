//! `averment claims` and `averment reports`: filters and layouts.

use std::process::Stdio;

use serde_json::Value;

use crate::folder::Program;

fn number(program: &Program, args: &[&str]) -> usize {
    let args = [args, &["--format", "jsonl"]].concat();
    program.done(&args).out.lines().count()
}

#[test]
fn every_layout_holds_the_same_claims() {
    let program = Program::with_ledger();
    let all = program.claims().len();
    let json: Value =
        serde_json::from_str(&program.done(&["claims", "--format", "json"]).out).unwrap();
    assert_eq!(json.as_array().unwrap().len(), all);
    let map: Value =
        serde_json::from_str(&program.done(&["claims", "--format", "geojson"]).out).unwrap();
    assert_eq!(map["features"].as_array().unwrap().len(), all);
    let csv = program.done(&["claims", "--format", "csv"]).out;
    assert!(csv.starts_with("id,") || csv.starts_with("claim"), "{csv}");
    let table = program.done(&["claims"]).out;
    assert!(table.contains("killing"), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
    assert!(!table.contains('\u{1b}'));
}

#[test]
fn filters_choose_claims() {
    let program = Program::with_ledger();
    let all = program.claims().len();
    assert_eq!(number(&program, &["claims", "--since", "2020", "--until", "2020"]), all);
    assert_eq!(number(&program, &["claims", "--since", "2021-01"]), 0);
    assert_eq!(number(&program, &["claims", "--until", "2020-02"]), 0);
    assert!(number(&program, &["claims", "--type", "killing"]) >= 2);
    assert!(number(&program, &["claims", "--type", "killing", "--kind", "status"]) == 0);
    assert!(number(&program, &["claims", "--text", "villagers"]) >= 1);
    assert!(number(&program, &["claims", "--text", "villagers -gao"]) == 0);
    assert_eq!(number(&program, &["claims", "--limit", "1"]), 1);
    let claims = program.claims();
    let report = claims[0]["report_id"].as_str().or(claims[0]["report"]["id"].as_str());
    let of_report = number(&program, &["claims", "--report", report.unwrap()]);
    assert!(of_report >= 1 && of_report < all);
}

#[test]
fn filters_choose_reports() {
    let program = Program::with_ledger();
    assert_eq!(number(&program, &["reports"]), 2);
    assert_eq!(number(&program, &["reports", "--text", "rebels"]), 1);
    assert_eq!(number(&program, &["reports", "--type", "killing"]), 2);
    assert_eq!(number(&program, &["reports", "--type", "protest"]), 0);
    assert_eq!(number(&program, &["reports", "--limit", "1"]), 1);
    let table = program.done(&["reports"]).out;
    assert!(table.contains("claims"), "{table}");
}

#[test]
fn an_empty_list_says_so_and_names_the_types_there_are() {
    let program = Program::with_ledger();
    let none = program.done(&["claims", "--text", "zeppelin"]);
    assert_eq!((none.out.as_str(), none.err.as_str()), ("", "no claims found\n"));
    let unknown = program.done(&["claims", "--type", "kiling"]);
    assert!(unknown.err.contains("has no type kiling"), "{}", unknown.err);
    assert!(unknown.err.contains("killing"), "{}", unknown.err);
    let json = program.done(&["claims", "--text", "zeppelin", "--format", "json"]).out;
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap(), Value::Array(Vec::new()));
}

#[test]
fn what_is_superseded_is_listed_when_asked_for() {
    let program = Program::new();
    let record = |dead: &str| {
        let text = format!("Rebels killed {dead} men near Gao, police said.");
        format!("{{\"id\": \"a\", \"text\": \"{text}\"}}\n")
    };
    program.write("in.jsonl", &record("two"));
    program.done(&["code", "in.jsonl"]);
    let before = number(&program, &["claims"]);
    program.write("in.jsonl", &record("three"));
    program.done(&["code", "in.jsonl"]);
    assert_eq!(number(&program, &["claims"]), before);
    assert_eq!(number(&program, &["claims", "--all"]), 2 * before);
    assert_eq!(number(&program, &["reports"]), 1);
}

#[test]
fn a_value_that_is_none_is_a_usage_error() {
    let program = Program::with_ledger();
    for (option, value) in [
        ("--since", "12 March"),
        ("--country", "Mali"),
        ("--format", "xlsx"),
        ("--kind", "rumour"),
        ("--limit", "-1"),
    ] {
        let ran = program.run(&["claims", option, value]);
        assert_eq!(ran.code, 2, "{option} {value}: {}", ran.err);
    }
}

#[test]
fn a_list_that_nobody_reads_to_its_end_is_no_error() {
    let program = Program::new();
    program.write_records("many.jsonl", 200);
    program.done(&["code", "many.jsonl"]);
    for args in [["claims", "--format", "jsonl"], ["reports", "--format", "csv"]] {
        let mut command = program.command(&args);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    }
}
