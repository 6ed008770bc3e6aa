//! Help, versions, schemas, completions: what the program says of itself.

use serde_json::Value;

use crate::folder::Program;

#[test]
fn every_command_has_help_with_an_example() {
    let program = Program::new();
    for command in [
        "code",
        "claims",
        "reports",
        "explain",
        "decisions",
        "at",
        "diff",
        "recode",
        "read",
        "codebook",
        "doctor",
        "schema",
        "completions",
    ] {
        let help = program.done(&[command, "--help"]).out;
        assert!(help.contains(&format!("  averment {command} ")) || command == "doctor", "{help}");
        assert!(help.contains("Examples:"), "{help}");
    }
}

#[test]
fn exit_codes_are_documented() {
    let program = Program::new();
    for args in [&["--help"] as &[&str], &["code", "--help"], &["read", "--help"]] {
        let help = program.done(args).out;
        assert!(help.contains("Exit codes:"), "{help}");
        for code in 0..=4 {
            assert!(help.contains(&format!("\n  {code}  ")), "{help}");
        }
    }
}

#[test]
fn a_call_without_a_command_shows_the_help() {
    let ran = Program::new().run(&[]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("Usage: averment"), "{}", ran.err);
}

#[test]
fn the_version_names_reader_and_codebook() {
    let told = Program::new().done(&["--version"]).out;
    for words in ["averment ", "coder ", "reader ", "codebook "] {
        assert!(told.lines().any(|line| line.starts_with(words)), "{told}");
    }
}

#[test]
fn schemas_describe_what_is_written() {
    let program = Program::new();
    let properties = [
        ("report", "claims"),
        ("claim", "evidence"),
        ("decision", "hash"),
        ("change", "claim_after"),
        ("incident", "estimates"),
        ("dispute", "sides"),
        ("reading", "sentences"),
    ];
    for (of, property) in properties {
        let schema: Value = serde_json::from_str(&program.done(&["schema", of]).out).unwrap();
        assert!(schema["$schema"].is_string(), "{of}");
        assert!(schema["properties"][property].is_object(), "{of}: {schema}");
    }
}

#[test]
fn completions_know_the_commands() {
    let program = Program::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = program.done(&["completions", shell]).out;
        assert!(script.contains("explain"), "{shell}");
    }
}

#[test]
fn the_doctor_lists_versions() {
    let program = Program::with_ledger();
    let told = program.done(&["doctor"]).out;
    for what in ["program", "reader", "codebook", "actors", "gazetteer", "ledger", "integrity"] {
        assert!(told.contains(&format!("ok       {what}")), "{what}: {told}");
    }
    assert!(told.ends_with("all is well\n"), "{told}");
}
