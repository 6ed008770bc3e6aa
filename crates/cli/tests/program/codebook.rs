//! `averment codebook`, and what `averment code --codebook` then codes.

use serde_json::Value;

use crate::folder::Program;

const MANIFEST: &str = "name = 'mine'\nversion = '1'\nlicence = 'own'\n";

/// A program with a codebook of one more rule in `rules/`.
fn with_rule(rule: &str) -> Program {
    let program = Program::new();
    program.write("rules/codebook.toml", MANIFEST);
    program.write("rules/attack.toml", &format!("id = 'attack'\n[[rules]]\n{rule}"));
    program
}

const SWARM: &str = "id = 'swarm'\nverbs = ['swarm']\nslots = { initiator = ['nsubj'], target = ['obj'] }\ncodes = ['Rebels swarmed the post.']\nignores = ['Bees hummed.']\n";

#[test]
fn a_right_codebook_is_checked_explained_and_tried() {
    let program = with_rule(SWARM);
    let told = program.done(&["codebook", "check", "rules"]).out;
    assert!(told.starts_with("averment-2026.1+mine-1 is right: 74 types, "), "{told}");
    let told = program.done(&["codebook", "explain", "attack/swarm", "--codebook", "rules"]).out;
    for part in ["rule attack/swarm", "triggers  swarm", "initiator  the subject", "Bees hummed."] {
        assert!(told.contains(part), "{told}");
    }
    let told = program.done(&["codebook", "test", "rules", "--type", "attack/swarm"]).out;
    assert_eq!(told, "2 sentences tried, 0 came out otherwise than the rules say\n");
}

#[test]
fn a_type_is_explained_with_its_doubts() {
    let told = Program::new().done(&["codebook", "explain", "ambush"]).out;
    for part in
        ["Ambush (ambush), event", "narrows attack", "PLOVER  ASSAULT", "doubt", "rule ambush/verb"]
    {
        assert!(told.contains(part), "{told}");
    }
    let ran = Program::new().run(&["codebook", "explain", "picnic"]);
    assert!(ran.code == 3 && ran.err.contains("no type or rule picnic"), "{}", ran.err);
}

#[test]
fn sentences_that_come_out_otherwise_are_told() {
    let program = with_rule(
        &SWARM
            .replace("Bees hummed.", "Rebels swarmed out.")
            .replace("the post", "x")
            .replace("Rebels swarmed x", "Rebels slept"),
    );
    let ran = program.run(&["codebook", "test", "rules", "--type", "attack/swarm"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.out.contains("attack/swarm: misses: Rebels slept."), "{}", ran.out);
    assert!(
        ran.out.contains("attack/swarm: attack/swarm codes: Rebels swarmed out."),
        "{}",
        ran.out
    );
}

#[test]
fn what_is_wrong_is_named_with_file_and_line() {
    let program = with_rule(&SWARM.replace("nsubj", "subject"));
    for args in [
        &["codebook", "check", "rules"] as &[&str],
        &["code", "in.txt", "--format", "jsonl", "--codebook", "rules"],
    ] {
        let ran = program.run(args);
        assert_eq!(ran.code, 4, "{}", ran.err);
        assert!(
            ran.err.contains("attack.toml, line 5: slot subject is no function"),
            "{}",
            ran.err
        );
    }
    let ran = program.run(&["codebook", "check", "absent"]);
    assert!(ran.code == 4 && ran.err.contains("failed to read the codebook absent"), "{}", ran.err);
}

#[test]
fn reports_are_coded_by_the_codebook_that_is_named() {
    let program = with_rule(SWARM);
    program.write("in.txt", "Rebels swarmed the post near Gao.\n");
    let coded = |args: &[&str]| {
        let out = program.done(&[&["code", "in.txt", "--format", "jsonl"], args].concat()).out;
        serde_json::from_str::<Value>(&out).unwrap()["claims"].clone()
    };
    assert_eq!(coded(&[]), Value::Array(Vec::new()));
    let claims = coded(&["--codebook", "rules"]);
    assert_eq!(claims[0]["coder"]["rule"], "attack/swarm");
    assert_eq!(claims[0]["coder"]["codebook"], "averment-2026.1+mine-1");
}
