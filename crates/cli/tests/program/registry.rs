//! `averment import` of actors and what `--registry` then knows.

use serde_json::Value;

use crate::folder::Program;

const OWN: &str = "[[actor]]\nid = \"amroth-army\"\nname = \"Army of Amroth\"\nkind = \"armed_group\"\n\
                   country = \"ML\"\naliases = [\"Army of Amroth\"]\n";

/// The first claim of a text about the Army of Amroth.
fn claim(program: &Program, args: &[&str]) -> Value {
    program
        .write("in.txt", "The Army of Amroth killed five villagers near Gao on 12 March 2020.\n");
    let args = [&["code", "in.txt", "--format", "jsonl"], args].concat();
    let out = program.done(&args).out;
    serde_json::from_str::<Value>(&out).unwrap()["claims"][0].clone()
}

fn actor(claim: &Value) -> &Value {
    let roles = claim["roles"].as_array().unwrap();
    &roles.iter().find(|role| role["role"] == "initiator").unwrap()["actor"]["id"]
}

#[test]
fn an_own_actor_is_linked_and_the_version_says_so() {
    let program = Program::new();
    program.write("own/a.toml", OWN);
    program.write("own/notes.txt", "no registry");
    let shipped = claim(&program, &[]);
    let own = claim(&program, &["--registry", "own"]);
    assert_eq!(actor(&own), "amroth-army");
    assert_ne!(actor(&shipped), "amroth-army");
    let version = |claim: &Value| claim["coder"]["version"].as_str().unwrap().to_owned();
    assert!(version(&own).starts_with(&format!("{}.", version(&shipped))), "{}", version(&own));
    assert_ne!(own["id"], shipped["id"]);
    let ran = program.done(&["resolve", "actor", "Army of Amroth", "--registry", "own/a.toml"]);
    assert!(ran.out.contains("Army of Amroth"), "{}", ran.out);
}

#[test]
fn a_registry_that_is_wrong_is_refused_with_file_and_line() {
    let program = Program::new();
    program.write("in.txt", "Nothing.\n");
    for (file, text, wanted) in [
        ("bad.toml", format!("{OWN}colour = 1\n"), "bad.toml, line 7: unknown field `colour`"),
        ("twice.toml", format!("{OWN}\n{OWN}"), "twice.toml, line 9: an actor id that this file"),
    ] {
        program.write(file, &text);
        let ran = program.run(&["code", "in.txt", "--format", "jsonl", "--registry", file]);
        assert!(ran.code == 4 && ran.err.contains(wanted), "{} {}", ran.code, ran.err);
    }
    std::fs::write(program.path("bin.toml"), b"\xff\xfe\x00PK").unwrap();
    for path in ["bin.toml", "absent.toml", "empty"] {
        std::fs::create_dir_all(program.path("empty")).unwrap();
        let ran = program.run(&["resolve", "actor", "JNIM", "--registry", path]);
        assert!(ran.code == 4 && ran.err.contains(path), "{} {}", ran.code, ran.err);
    }
}

#[test]
fn petrarch_dictionaries_are_told_apart_and_imported() {
    let program = Program::new();
    program.write("actors.txt", "ARMY_OF_AMROTH_ [MLIREB]\n+AMROTH_HOST_\nBAND [MLIREB 2004017]\n");
    program.write("agents.txt", "ORC_WARRIOR [~REB]\n");
    program.write("discards.txt", "+VILLAGE FEAST\n");
    program.write("verbs.txt", "&SYN\n+WORD\n--- ABANDON [01] ---\n- HOPE [02]\n");
    let files = ["actors.txt", "agents.txt", "discards.txt", "verbs.txt"];
    let ran = program.run(&[&["import", "petrarch", "--into", "own.toml"], &files[..]].concat());
    assert_eq!(ran.code, 1, "{}", ran.err);
    for said in [
        "actors.txt:3: bad dates",
        "agents.txt is a dictionary of agents",
        "discards.txt is a dictionary of discards",
        "verbs.txt is a dictionary of verbs",
        "1 actor of its own",
        "2 phrases",
        "1 left out as malformed",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    let own = claim(&program, &["--registry", "own.toml"]);
    assert_eq!(actor(&own), "petrarch-army-of-amroth");
    program.write("in.txt", "Gunmen killed five villagers near Gao at the village feast.\n");
    let out = program.done(&["code", "in.txt", "--format", "jsonl", "--registry", "own.toml"]).out;
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["claims"].as_array().unwrap().len(), 0);
    assert_eq!(report["warnings"][0]["code"], "discarded");
}

#[test]
fn hostile_dictionaries_spoil_nothing_else() {
    let program = Program::new();
    let long = "X".repeat(10 << 20);
    let mut bytes = format!("GOOD_ARMY_OF_AMROTH [MLIREB]\n{long}\n+LOST\n[MLIREB]\n").into_bytes();
    bytes.extend(b"GEN\xc9RAL_ARMY_OF_ROHAN [MLIREB]\r\n\x00\x01\x02 [MLIREB]\nCUT_OFF_ARMY [MLI");
    std::fs::write(program.path("a.txt"), bytes).unwrap();
    let ran = program.run(&["import", "petrarch", "a.txt", "--into", "own.toml"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    for said in [
        "a.txt:2: a line that is too long",
        "a.txt:5: not UTF-8",
        "a.txt:6: no text",
        "a.txt:7: a code without",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.err);
    }
    assert!(ran.err.contains("2 actors of its own"), "{}", ran.err);
    std::fs::write(
        program.path("utf16.txt"),
        "A [B]\n".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>(),
    )
    .unwrap();
    for file in ["utf16.txt", "absent.txt"] {
        let ran = program.run(&["import", "petrarch", file, "--into", "none.toml"]);
        assert!([3, 4].contains(&ran.code), "{}", ran.err);
        assert!(!program.path("none.toml").exists());
    }
}

#[test]
fn ucdp_rows_and_entities_are_imported() {
    let program = Program::new();
    program.write(
        "list.csv",
        "ActorId,NameData,NameOrigFullEng,Org,Location\n900001,AOA,Army of Amroth,1,Mali\nx,Y,Z,1,Mali\n900002,Short\n",
    );
    let ran = program.run(&["import", "ucdp-actors", "list.csv"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("list.csv:3: no number in the column ActorId"), "{}", ran.err);
    assert!(ran.err.contains("list.csv:4: 2 columns, expected 5"), "{}", ran.err);
    assert_eq!(actor(&claim(&program, &["--registry", "ucdp-actors.toml"])), "ucdp-900001");
    let entity = r#"{"id":"a1","schema":"Organization","properties":{"name":["Army of Amroth"],"country":["ml"],"topics":["crime.terror"]}}"#;
    program.write("lines.json", &format!("{entity}\n{{\"id\": \"trunc\n"));
    program.write("array.json", &format!("[\n{entity},\n{{\"id\": 1}}\n]\n"));
    for (file, line) in [("lines.json", 2), ("array.json", 3)] {
        let ran = program.run(&["import", "ftm", file]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(
            ran.err.contains(&format!("{file}:{line}: no FollowTheMoney entity")),
            "{}",
            ran.err
        );
        assert_eq!(actor(&claim(&program, &["--registry", "ftm.toml"])), "ftm-a1");
    }
    program.write("no.csv", "a,b\n1,2\n");
    assert_eq!(program.run(&["import", "ucdp-actors", "no.csv"]).code, 3);
}
