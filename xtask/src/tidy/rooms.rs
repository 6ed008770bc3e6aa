//! What may be touched in which crate: files, the environment, clocks, threads and SQL each have their
//! rooms, so that everything between them is a pure function of its input. Test code is free.

use regex::Regex;

use super::Finding;
use super::mask::Masked;
use crate::tree::File;

/// Something of the outside world, and who may touch it.
struct Room {
    what: &'static str,
    pattern: &'static str,
    crates: &'static [&'static str],
    /// Look into strings too.
    in_strings: bool,
}

const ROOMS: [Room; 6] = [
    Room {
        what: "the file system",
        pattern: r"\bstd\s*::\s*fs\b|\bfs::\w|\bFile::(open|create|options)\b|\bOpenOptions\b",
        crates: &["ingest", "cli", "ledger", "eval", "xtask"],
        in_strings: false,
    },
    Room {
        what: "the environment",
        pattern: r"\bstd\s*::\s*env\b|\benv::\w",
        crates: &["cli", "eval", "xtask"],
        in_strings: false,
    },
    Room {
        what: "a clock",
        pattern: r"\bSystemTime\b|\bInstant::now\b|\b(Timestamp|Zoned)::now\b",
        crates: &["ingest", "cli", "eval", "xtask"],
        in_strings: false,
    },
    Room {
        what: "threads",
        pattern: r"\bstd\s*::\s*thread\b|\bthread::\w|\brayon\b",
        crates: &["ingest", "engine", "cli", "eval", "xtask"],
        in_strings: false,
    },
    Room {
        what: "the database",
        pattern: r"\brusqlite\b|\bsqlite3_",
        crates: &["ledger", "xtask"],
        in_strings: false,
    },
    Room {
        what: "SQL",
        pattern: r"\b(SELECT\s[^;]*\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|DELETE\s+FROM|CREATE\s+(VIRTUAL\s+)?TABLE|UPDATE\s+\w+\s+SET|PRAGMA\s+\w)",
        crates: &["ledger", "xtask"],
        in_strings: true,
    },
];

pub(crate) fn check(file: &File, masked: &Masked) -> Vec<Finding> {
    let Some(room) = file.room().filter(|_| !file.is_test()) else {
        return vec![];
    };
    let forbidden = ROOMS.iter().filter(|r| !r.crates.contains(&room));
    forbidden
        .flat_map(|rule| {
            let text = if rule.in_strings { &masked.shipped } else { &masked.code };
            uses(rule, text).map(|line| fault(file, line, rule, room)).collect::<Vec<_>>()
        })
        .collect()
}

/// The lines, counted from 1, on which `rule` matches.
fn uses(rule: &Room, text: &str) -> impl Iterator<Item = usize> {
    let pattern = Regex::new(rule.pattern).ok();
    let starts: Vec<usize> =
        pattern.iter().flat_map(|p| p.find_iter(text).map(|m| m.start())).collect();
    let mut lines: Vec<usize> = starts
        .into_iter()
        .map(|at| text.bytes().take(at).filter(|b| *b == b'\n').count() + 1)
        .collect();
    lines.dedup();
    lines.into_iter()
}

fn fault(file: &File, line: usize, rule: &Room, room: &str) -> Finding {
    let met = format!("{room} touches {}", rule.what);
    let expected = format!("only {} may; hand it in from there", rule.crates.join(", "));
    Finding::fault(file, line, met, expected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        let found = check(&file(path, text), &Masked::of(text));
        found.into_iter().map(|f| f.line).collect()
    }

    const EXAMPLES: [(&str, &str); 6] = [
        ("use std::fs;", "ingest"),
        ("let x = env::var(\"X\");", "cli"),
        ("let t = Instant::now();", "ingest"),
        ("thread::scope(|s| ());", "engine"),
        ("use rusqlite::Connection;", "ledger"),
        ("let q = \"INSERT INTO claim VALUES (1)\";", "ledger"),
    ];

    #[test]
    fn every_room_has_a_pattern_that_matches_and_an_owner_that_may() {
        for ((code, owner), room) in EXAMPLES.iter().zip(&ROOMS) {
            assert!(Regex::new(room.pattern).is_ok(), "{}", room.what);
            let text = format!("//! x\n{code}\n");
            assert_eq!(lines("crates/time/src/lib.rs", &text), [2], "{code}");
            assert_eq!(lines(&format!("crates/{owner}/src/lib.rs"), &text), [0; 0], "{code}");
        }
    }

    #[test]
    fn comments_strings_tests_and_look_alikes_are_free() {
        let text = "//! std::fs\nlet offs = \"std::fs\"; let p = env!(\"X\"); let d = Duration::ZERO;\n\
                    let s = \"select from the list\";\n#[cfg(test)]\nmod tests { use std::fs; }\n";
        assert_eq!(lines("crates/time/src/lib.rs", text), [0; 0]);
        assert_eq!(lines("crates/time/tests/a.rs", "use std::fs;"), [0; 0]);
    }

    #[test]
    fn grouped_imports_are_seen_where_they_are_used() {
        let text = "use std::{fs, io};\nfn f() { fs::read(\"x\"); }";
        assert_eq!(lines("crates/place/src/lib.rs", text), [2]);
    }
}
