//! `averment decide`, `decisions`, `--at`, `diff` and `recode`: what people and new versions change, and
//! that nothing is lost by it.

use std::time::Duration;

use serde_json::Value;

use crate::folder::Program;

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The ids of the killings that are listed.
fn killings(program: &Program) -> Vec<String> {
    let claims = program.claims();
    let killings = claims.iter().filter(|claim| claim["type"] == "killing");
    killings.map(|claim| claim["id"].as_str().unwrap().to_owned()).collect()
}

fn explained(program: &Program, id: &str) -> Value {
    serde_json::from_str(&program.done(&["explain", id, "--format", "json"]).out).unwrap()
}

/// A moment after all that was done, before all that will be.
fn now() -> String {
    std::thread::sleep(Duration::from_millis(20));
    let now = jiff::Timestamp::now().to_string();
    std::thread::sleep(Duration::from_millis(20));
    now
}

#[test]
fn a_rejected_claim_is_left_out_and_undoing_brings_it_back() {
    let program = Program::with_ledger();
    let before = program.done(&["claims"]).out;
    let id = &killings(&program)[0];
    let told = program.done(&[
        "decide",
        "reject",
        id.get(..8).unwrap(),
        "--by",
        "Ada",
        "--because",
        "a rally",
    ]);
    assert!(told.out.contains(&format!(": reject {id}")), "{}", told.out);
    assert!(!killings(&program).contains(id));
    let all = lines(&program.done(&["claims", "--all", "--format", "jsonl"]).out);
    let rejected = all.iter().find(|claim| claim["id"] == id.as_str()).unwrap();
    assert_eq!(rejected["decided"]["state"], "rejected");
    assert_eq!(rejected["decided"]["by"], "Ada");
    let page = program.done(&["explain", id]).out;
    assert!(
        page.contains("! rejected") && page.contains("by Ada") && page.contains("a rally"),
        "{page}"
    );

    let entries = lines(&program.done(&["decisions", "--format", "jsonl"]).out);
    let entry = entries[0]["id"].as_str().unwrap();
    program.done(&["decide", "undo", entry, "--by", "Bob"]);
    assert_eq!(program.done(&["claims"]).out, before);
    let entries = lines(&program.done(&["decisions", "--format", "jsonl"]).out);
    assert_eq!(entries[0]["in_force"], false);
    assert_eq!(entries[1]["before"], entries[0]["hash"]);
    let table = program.done(&["decisions"]).out;
    assert!(table.contains("(undone)"), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
    assert!(program.done(&["explain", id]).out.contains("no longer in force"));
    let doctor = program.done(&["doctor"]).out;
    assert!(doctor.contains("ok       decisions  2"), "{doctor}");
    let csv = program.done(&["decisions", "--format", "csv", "--claim", id]).out;
    assert_eq!(csv.lines().count(), 2, "{csv}");
}

#[test]
fn corrected_values_are_listed_and_the_coders_stay_to_be_seen() {
    let program = Program::with_ledger();
    let id = &killings(&program)[0];
    let correct = |field: &str, value: &[&str]| {
        let args = [&["decide", "correct", id, field], value, &["--by", "Ada"]].concat();
        program.done(&args);
    };
    correct("type", &["abduction"]);
    correct("killed", &["5-8"]);
    correct("time", &["2020-04"]);
    correct("place", &["Niamey", "--in", "NE"]);
    correct("polarity", &["denied"]);
    correct("initiator", &["islamic-state"]);
    let claims = lines(&program.done(&["claims", "--type", "abduction", "--format", "jsonl"]).out);
    let claim = claims.iter().find(|claim| claim["id"] == id.as_str()).unwrap();
    assert_eq!(claim["decided"]["state"], "corrected");
    assert_eq!(claim["time"]["start"], "2020-04-01");
    assert_eq!(claim["place"]["country"], "NE");
    assert_eq!(claim["polarity"], "denied");
    let roles = claim["roles"].as_array().unwrap();
    assert!(roles.iter().any(|role| role["actor"]["id"] == "islamic-state"), "{roles:?}");
    assert_eq!(claim["casualties"][0]["high"], 8);
    let csv = program.done(&["claims", "--country", "NE", "--format", "csv"]).out;
    assert!(csv.contains(",corrected,Ada"), "{csv}");
    let table = program.done(&["claims", "--actor", "islamic-state"]).out;
    assert!(table.contains("corrected"), "{table}");

    let file = explained(&program, id);
    assert_eq!(file["claim"]["type"], "killing");
    assert_eq!(file["corrected"]["type"], "abduction");
    assert_eq!(file["decisions"].as_array().unwrap().len(), 6);
    let page = program.done(&["explain", id]).out;
    for words in ["type abduction", "killed 5-8", "as the coder found it", "12 March 2020"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn names_grades_links_and_retractions_are_kept() {
    let program = Program::with_ledger();
    let ids = killings(&program);
    let report = program.claims()[0]["report"]["id"].as_str().unwrap().to_owned();
    let by = ["--by", "Ada"];
    for args in [
        vec!["name", "gunmen", "islamic-state"],
        vec!["grade", "outlet:sahel-wire", "B"],
        vec!["grade", &ids[0], "4"],
        vec!["same", &ids[0], &ids[1]],
        vec!["different", &ids[0], &ids[1]],
        vec!["retract", &report],
        vec!["accept", &ids[1]],
    ] {
        program.done(&[&["decide"], args.as_slice(), &by].concat());
    }
    let acts: Vec<_> = lines(&program.done(&["decisions", "--format", "jsonl"]).out)
        .iter()
        .map(|entry| entry["act"].as_str().unwrap().to_owned())
        .collect();
    let expected =
        ["name", "grade_source", "grade_claim", "same", "different", "retract", "accept"];
    assert_eq!(acts, expected);
    let found = program.done(&["claims", "--actor", "islamic-state", "--format", "jsonl"]).out;
    assert!(!found.is_empty());
    program.done(&["doctor"]);
}

#[test]
fn what_cannot_be_decided_is_told_with_a_remedy() {
    let program = Program::with_ledger();
    let id = &killings(&program)[0];
    let cases: [(&[&str], i32); 11] = [
        (&["accept", "c0000"], 3),
        (&["accept", "c"], 3),
        (&["same", id, id], 3),
        (&["undo", "e0"], 3),
        (&["retract", "nowhere"], 3),
        (&["correct", id, "type", "kiling"], 3),
        (&["correct", id, "killed", "dozens"], 3),
        (&["correct", id, "place", "Xyzzyville"], 3),
        (&["name", "they", "nobody-at-all"], 3),
        (&["grade", id, "B"], 3),
        (&["grade", id, "9"], 2),
    ];
    for (args, code) in cases {
        let ran = program.run(&[&["decide"], args, &["--by", "Ada"]].concat());
        assert_eq!(ran.code, code, "{args:?}: {}", ran.err);
    }
    let nobody = program.run(&["decide", "accept", id]);
    assert_eq!(nobody.code, 2);
    assert_eq!(program.run(&["decide", "accept", id, "--by", " "]).code, 3);
    let missing = program.run(&["decide", "accept", id, "--by", "Ada", "--db", "no.db"]);
    assert_eq!(missing.code, 4);
    assert!(!program.path("no.db").exists());
    assert_eq!(program.done(&["decisions"]).err, "no decisions found\n");
}

#[test]
fn the_ledger_is_seen_as_it_was_and_differences_have_causes() {
    let program = Program::with_ledger();
    let ids = killings(&program);
    let first = now();
    program.done(&[
        "decide",
        "correct",
        &ids[0],
        "killed",
        "9",
        "--by",
        "Ada",
        "--because",
        "said so",
    ]);
    let second = now();
    program.write("in/three.txt", "Rebels killed two men near Gao on 3 May 2020, police said.\n");
    program.done(&["code", "in"]);
    let number =
        |at: &str| program.done(&["claims", "--at", at, "--format", "jsonl"]).out.lines().count();
    assert_eq!(number("2020"), 0);
    assert!(number(&second) < number("2999-01-01"));
    assert_eq!(program.done(&["decisions", "--at", &first]).err, "no decisions found\n");
    let then = program.done(&["claims", "--at", &first, "--format", "csv"]).out;
    assert!(!then.contains("corrected"), "{then}");
    assert_eq!(program.run(&["claims", "--at", "yesterday"]).code, 2);

    let decided = lines(&program.done(&["diff", &first, &second, "--format", "jsonl"]).out);
    assert_eq!(decided.len(), 1, "{decided:?}");
    assert_eq!(decided[0]["field"], "killed");
    assert_eq!(
        decided[0]["after"],
        "9 civilians".replace(" civilians", decided_group(&decided[0]))
    );
    assert_eq!((&decided[0]["cause"], &decided[0]["by"]), (&"decision".into(), &"Ada".into()));
    let new = lines(&program.done(&["diff", &second, "now", "--format", "jsonl"]).out);
    assert!(!new.is_empty());
    assert!(new.iter().all(|c| c["change"] == "added" && c["cause"] == "report"), "{new:?}");
    let same = program.done(&["diff", &second, &second]);
    assert_eq!((same.out.as_str(), same.err.as_str()), ("", "nothing differs\n"));
    let table = program.done(&["diff", &first, "now"]).out;
    assert!(table.contains("said so"), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
    let csv = program.done(&["diff", &first, "now", "--format", "csv"]).out;
    assert_eq!(csv.lines().count(), 1 + decided.len() + new.len());
    program.done(&["code", "in/one.txt", "--db", "other.db"]);
    let two = lines(&program.done(&["diff", "other.db", "averment.db", "--format", "jsonl"]).out);
    assert!(two.iter().any(|c| c["change"] == "added"), "{two:?}");
}

/// What the number that was corrected counts, as the coder had it.
fn decided_group(change: &Value) -> &str {
    change["before"].as_str().unwrap().trim_start_matches(|c: char| c.is_ascii_digit())
}

const MANIFEST: &str = "name = 'own'\nversion = '1'\nlicence = 'own'\n";

const SWARM: &str = "id = 'attack'\n[[rules]]\nid = 'swarm'\nverbs = ['swarm']\n\
    slots = { initiator = ['nsubj'], target = ['obj'] }\ncodes = ['Rebels swarmed the post.']\n\
    ignores = ['Bees hummed.']\n";

#[test]
fn a_recoding_is_shown_first_takes_effect_whole_and_can_be_taken_back() {
    let program = Program::new();
    let text = "Gunmen killed five villagers near Gao on 12 March 2020. Rebels swarmed the post.\n";
    program.write("in/one.txt", text);
    program.done(&["code", "in"]);
    program.write("own/codebook.toml", MANIFEST);
    program.write("own/attack.toml", SWARM);
    let before = program.done(&["claims", "--format", "jsonl"]).out;
    let id = &killings(&program)[0];
    program.done(&["decide", "correct", id, "killed", "9", "--by", "Ada"]);
    let corrected = program.done(&["claims", "--format", "jsonl"]).out;
    let nothing = program.done(&["recode"]);
    assert!(nothing.err.contains("nothing differs"), "{}", nothing.err);

    let recode = ["recode", "averment.db", "--codebook", "own", "--format", "jsonl"];
    let shown = program.done(&recode);
    let changes = lines(&shown.out);
    assert!(!changes.is_empty() && changes.iter().all(|c| c["cause"] == "coder"), "{changes:?}");
    assert!(changes.iter().any(|c| c["type"] == "attack" && c["change"] == "added"), "{changes:?}");
    assert!(shown.err.contains("--apply"), "{}", shown.err);
    assert_eq!(program.done(&["claims", "--format", "jsonl"]).out, corrected);

    let applied = program.done(&[&recode as &[&str], &["--apply"]].concat());
    assert_eq!(applied.out, shown.out);
    assert!(applied.err.contains("applied: 1 recoded"), "{}", applied.err);
    let after = program.claims();
    assert!(after.iter().any(|claim| claim["type"] == "attack"), "{after:?}");
    // The correction holds for the same statement, and the old id still resolves.
    let killing = after.iter().find(|claim| claim["type"] == "killing").unwrap();
    assert_ne!(killing["id"], id.as_str());
    assert_eq!(killing["decided"]["state"], "corrected");
    assert!(program.done(&["explain", id]).out.contains("! superseded on"));
    program.done(&["doctor"]);
    let left: Vec<_> = std::fs::read_dir(program.path(""))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| {
            name.contains("recode-") && !name.ends_with("-wal") && !name.ends_with("-shm")
        })
        .collect();
    // That of the first run, by the program's own codebook, still waits.
    assert_eq!(left.len(), 1, "{left:?}");

    let back = program.done(&["recode", "--apply"]);
    assert!(back.err.contains("back to an earlier coding"), "{}", back.err);
    assert_eq!(program.done(&["claims", "--format", "jsonl"]).out, corrected);
    program.done(&["doctor"]);
    assert_ne!(before, corrected);
    assert_eq!(program.run(&["recode", "no.db"]).code, 4);
    assert!(!program.path("no.db").exists());
}

#[test]
fn a_backup_is_restored_whole_and_a_damaged_one_is_not() {
    let program = Program::with_ledger();
    let id = &killings(&program)[0];
    program.done(&["decide", "reject", id, "--by", "Ada"]);
    let before = program.done(&["claims", "--all", "--format", "jsonl"]).out;
    program.done(&["backup", "copy.db"]);
    assert_eq!(program.run(&["backup", "copy.db"]).code, 4);
    assert_eq!(program.run(&["restore", "copy.db"]).code, 4);
    for end in ["", "-wal", "-shm"] {
        drop(std::fs::remove_file(program.path(&format!("averment.db{end}"))));
    }
    program.write("averment.db-wal", "left behind");
    let ran = program.run(&["restore", "copy.db"]);
    assert!(ran.code == 4 && ran.err.contains("averment.db-wal"), "{}", ran.err);
    std::fs::remove_file(program.path("averment.db-wal")).unwrap();
    program.done(&["restore", "copy.db"]);
    assert_eq!(program.done(&["claims", "--all", "--format", "jsonl"]).out, before);
    program.done(&["doctor"]);

    let mut bytes = std::fs::read(program.path("copy.db")).unwrap();
    let half = bytes.len() / 2;
    bytes[half..].fill(0xff);
    std::fs::write(program.path("copy.db"), bytes).unwrap();
    let ran = program.run(&["restore", "copy.db", "--db", "new.db"]);
    assert_eq!(ran.code, 4, "{}", ran.err);
    assert!(!program.path("new.db").exists());
}
