//! `averment import geonames` and what `averment code --gazetteer` then knows.

use std::fmt::Write as _;

use serde_json::Value;

use crate::folder::Program;

/// Rows of a dump, invented: a village, its division, a well that is left out.
fn dump() -> String {
    let rows = [
        ("7000001", "Zobokoro", "P", "PPL"),
        ("7000002", "Région de Zobé", "A", "ADM1"),
        ("7000003", "Zobo", "H", "WLL"),
    ];
    let mut dump = String::new();
    for (id, name, class, code) in rows {
        writeln!(
            dump,
            "{id}\t{name}\t\tZobocoro\t14.1\t-3.9\t{class}\t{code}\tML\t\t04\t\t\t\t90\t\t280\tAfrica/Bamako\t2014-01-01"
        )
        .unwrap();
    }
    dump
}

fn place(program: &Program, args: &[&str]) -> Value {
    let args = [&["code", "in.txt", "--format", "jsonl"], args].concat();
    let out = program.done(&args).out;
    serde_json::from_str::<Value>(&out).unwrap()["claims"][0]["place"].clone()
}

#[test]
fn an_imported_village_is_found() {
    let program = Program::new();
    program.write("ML.txt", &dump());
    program.write("in.txt", "Gunmen killed five Malian villagers in Zobokoro on 12 March 2020.\n");
    assert_eq!(place(&program, &[])["gazetteer_id"], Value::Null);
    let err = program.done(&["import", "geonames", "ML.txt", "--into", "own.gaz"]).err;
    assert!(err.contains("imported 2 places of 3 rows into own.gaz"), "{err}");
    let found = place(&program, &["--gazetteer", "own.gaz"]);
    assert_eq!(found["gazetteer_id"], "geonames:7000001");
    assert_eq!(found["admin1"], "Région de Zobé");
}

#[test]
fn malformed_rows_are_named_and_the_rest_is_imported() {
    let program = Program::new();
    let long = "x".repeat(70_000);
    program
        .write("ML.txt", &format!("\u{feff}{}short\trow\n{long}\n", dump().replace('\n', "\r\n")));
    let ran = program.run(&["import", "geonames", "ML.txt"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("ML.txt:4: 2 columns, expected 19"), "{}", ran.err);
    assert!(ran.err.contains("ML.txt:5: a line of more than 65,536 bytes"), "{}", ran.err);
    assert!(ran.err.contains("2 places of 5 rows into averment.gazetteer"), "{}", ran.err);
    assert!(program.path("averment.gazetteer").is_file());
}

#[test]
fn what_is_no_dump_or_no_gazetteer_is_refused() {
    let program = Program::new();
    program.write("notes.txt", "no dump\n");
    let ran = program.run(&["import", "geonames", "notes.txt"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    assert!(!program.path("averment.gazetteer").exists());
    let ran = program.run(&["import", "geonames", "absent.txt"]);
    assert!(ran.code == 4 && ran.err.contains("failed to read the dump absent.txt"), "{}", ran.err);
    let ran = program.run(&["code", "notes.txt", "--format", "jsonl", "--gazetteer", "notes.txt"]);
    assert!(ran.code == 4 && ran.err.contains("failed to use the gazetteer"), "{}", ran.err);
}
