//! `averment explain`: a claim and a report with everything that they rest on.

use serde_json::Value;

use crate::folder::Program;

fn first_killing(program: &Program) -> String {
    let claims = program.claims();
    let killing = claims.iter().find(|claim| claim["type"] == "killing");
    killing.unwrap()["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_claim_is_shown_with_its_words_and_who_says_so() {
    let program = Program::with_ledger();
    let id = first_killing(&program);
    let page = program.done(&["explain", &id]).out;
    assert!(page.contains(&id), "{page}");
    for label in ["words", "what", "who", "when", "who says so", "report", "coded by"] {
        let found = page.lines().any(|line| line.starts_with(label));
        assert!(found, "{label}: {page}");
    }
    assert!(page.contains("[[") && page.contains("]]"), "{page}");
    assert!(page.contains("Thursday 12 March 2020"), "{page}");
    assert!(page.contains("in/one.txt"), "{page}");
    assert!(page.contains("rule killing/"), "{page}");
    assert!(page.lines().all(|line| line.chars().count() <= 100), "{page}");
    assert!(!page.contains('\u{1b}'));
}

#[test]
fn the_beginning_of_an_id_will_do() {
    let program = Program::with_ledger();
    let id = first_killing(&program);
    let whole = program.done(&["explain", &id]).out;
    assert_eq!(program.done(&["explain", id.split_at(12).0]).out, whole);
    let several = program.run(&["explain", "c"]);
    assert_eq!(several.code, 3);
    assert!(several.err.contains("several ids begin with c"), "{}", several.err);
    for nothing in ["c0000000000000000", "zzz", "", "%"] {
        let ran = program.run(&["explain", nothing]);
        assert_eq!(ran.code, 3, "{nothing}: {}", ran.err);
        assert!(ran.err.contains("try: "), "{}", ran.err);
    }
}

#[test]
fn the_same_as_json_leads_to_the_original_bytes() {
    let program = Program::with_ledger();
    let id = first_killing(&program);
    let json = program.done(&["explain", &id, "--format", "json"]).out;
    let value: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["claim"]["id"], id.as_str());
    assert_eq!(value["meaning"]["label"], "Killing");
    let words = &value["words"][0];
    assert_eq!(words["exact"], true);
    let at = |end: &str| usize::try_from(words["original"][end].as_u64().unwrap()).unwrap();
    let file = std::fs::read(program.path(value["source"]["path"].as_str().unwrap())).unwrap();
    let bytes = &file[at("start")..at("end")];
    assert_eq!(bytes, words["quote"].as_str().unwrap().as_bytes());
}

#[test]
fn a_report_is_shown_with_zones_and_claims() {
    let program = Program::new();
    let record = r#"{"id": "wire-7", "title": "Five killed", "outlet": "Sahel Wire",
        "published": "2020-03-13", "text": "Gunmen killed five villagers near Gao on Thursday."}"#;
    program.write("in.jsonl", &record.replace('\n', " "));
    program.done(&["code", "in.jsonl"]);
    for id in ["wire-7", "wire"] {
        let page = program.done(&["explain", id]).out;
        for words in ["Five killed", "Sahel Wire", "in.jsonl, line 1", "body: Gunmen", "killing"] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
    let json = program.done(&["explain", "wire-7", "--format", "json"]).out;
    assert_eq!(serde_json::from_str::<Value>(&json).unwrap()["coded"]["id"], "wire-7");
}

#[test]
fn a_superseded_claim_still_resolves_with_a_notice() {
    let program = Program::new();
    let record =
        |dead| format!("{{\"id\": \"a\", \"text\": \"Rebels killed {dead} men near Gao.\"}}\n");
    program.write("in.jsonl", &record("two"));
    program.done(&["code", "in.jsonl"]);
    let old = first_killing(&program);
    program.write("in.jsonl", &record("three"));
    program.done(&["code", "in.jsonl"]);
    let page = program.done(&["explain", &old]).out;
    assert!(page.contains("! superseded on "), "{page}");
    assert!(page.contains("two men"), "{page}");
    assert!(page.contains("averment claims --report a"), "{page}");
}

#[test]
fn hidden_characters_of_a_report_are_shown() {
    let program = Program::new();
    program.write("in.txt", "Rebels killed two men near \u{202e}oaG, police said.\n");
    program.done(&["code", "in.txt"]);
    let page = program.done(&["explain", &first_killing(&program)]).out;
    assert!(!page.contains('\u{202e}'), "{page}");
}
