//! The arrows between crates: data flows one way, so a crate may depend on those before it and never on
//! those behind it. Read from `cargo metadata`, so the picture cannot drift from the manifests.
//!
//! Development dependencies are free: a rule's test sentences may be read by the crates behind it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};
use serde_json::Value;

use super::{Finding, Grade};
use crate::process::cargo;

/// Each crate and the crates of the house that it may depend on.
const ARROWS: [(&str, &[&str]); 15] = [
    ("types", &[]),
    ("ingest", &["types"]),
    ("lang", &["types"]),
    ("codebook", &["types"]),
    ("time", &["types"]),
    ("place", &["types"]),
    ("actors", &["types"]),
    ("corroborate", &["types", "actors"]),
    ("extract", &["types", "lang", "codebook", "time", "place", "actors"]),
    ("ledger", &["types"]),
    ("export", &["types"]),
    ("engine", &["types", "ingest", "extract", "ledger"]),
    (
        "eval",
        &[
            "types",
            "ingest",
            "actors",
            "extract",
            "lang",
            "time",
            "place",
            "engine",
            "codebook",
            "corroborate",
        ],
    ),
    (
        "cli",
        &[
            "types",
            "ingest",
            "lang",
            "codebook",
            "time",
            "place",
            "actors",
            "extract",
            "ledger",
            "export",
            "engine",
            "corroborate",
        ],
    ),
    (
        "xtask",
        &[
            "types",
            "ingest",
            "lang",
            "codebook",
            "time",
            "place",
            "actors",
            "extract",
            "ledger",
            "export",
            "engine",
            "eval",
            "corroborate",
        ],
    ),
];

/// What cargo says of the workspace.
pub(crate) fn metadata(root: &Path) -> anyhow::Result<Value> {
    let output = Command::new(cargo())
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root)
        .output()
        .context("cargo metadata did not start")?;
    ensure!(output.status.success(), "cargo metadata failed");
    serde_json::from_slice(&output.stdout).context("cargo metadata gave no JSON")
}

/// The arrows of `metadata` that should not be.
pub(crate) fn check(metadata: &Value) -> anyhow::Result<Vec<Finding>> {
    let packages = metadata.get("packages").and_then(Value::as_array);
    let packages = packages.context("cargo metadata lists no packages")?;
    let members: Vec<&str> = packages.iter().filter_map(name).collect();
    Ok(packages.iter().flat_map(|package| check_package(package, &members)).collect())
}

fn check_package(package: &Value, members: &[&str]) -> Vec<Finding> {
    let Some(from) = name(package) else {
        return vec![];
    };
    let Some((_, allowed)) = ARROWS.iter().find(|(crate_name, _)| *crate_name == from) else {
        let met = format!("the crate {from} is not in the table of arrows");
        return vec![fault(from, met, "a row in xtask/src/tidy/arrows.rs".to_owned())];
    };
    let arrows = package.get("dependencies").and_then(Value::as_array);
    let shipped = arrows
        .into_iter()
        .flatten()
        .filter(|d| d.get("kind").and_then(Value::as_str) != Some("dev"));
    let targets = shipped.filter_map(name).filter(|to| members.contains(to));
    targets
        .filter(|to| !allowed.contains(to))
        .map(|to| {
            let expected =
                format!("{from} depends on nothing of the house but: {}", allowed.join(", "));
            fault(from, format!("an arrow from {from} to {to}"), expected)
        })
        .collect()
}

/// A package's or dependency's name in the table: `types` for `averment-types`, `cli` for the program.
fn name(package: &Value) -> Option<&str> {
    let full = package.get("name")?.as_str()?;
    if full == "averment" {
        return Some("cli");
    }
    Some(full.strip_prefix("averment-").unwrap_or(full))
}

fn fault(from: &str, met: String, expected: String) -> Finding {
    let folder = if from == "xtask" { String::new() } else { "crates/".to_owned() };
    Finding {
        grade: Grade::Fault,
        path: format!("{folder}{from}/Cargo.toml"),
        line: 1,
        met,
        expected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn met(packages: &Value) -> Vec<String> {
        let found = check(&json!({ "packages": packages })).unwrap();
        found.into_iter().map(|f| f.met).collect()
    }

    #[test]
    fn an_arrow_back_is_found_unless_it_is_for_tests() {
        let packages = |kind: Value| {
            json!([
                {"name": "averment-time", "dependencies": [
                    {"name": "averment-types", "kind": null},
                    {"name": "jiff", "kind": null},
                    {"name": "averment-extract", "kind": kind},
                ]},
                {"name": "averment-extract", "dependencies": [{"name": "averment-time", "kind": null}]},
                {"name": "averment-types", "dependencies": []},
            ])
        };
        assert_eq!(met(&packages(Value::Null)), ["an arrow from time to extract"]);
        assert_eq!(met(&packages(json!("build"))), ["an arrow from time to extract"]);
        assert_eq!(met(&packages(json!("dev"))), [""; 0]);
    }

    #[test]
    fn a_crate_without_a_row_is_found() {
        let packages = json!([{"name": "averment-attic", "dependencies": []}]);
        assert_eq!(met(&packages), ["the crate attic is not in the table of arrows"]);
    }

    #[test]
    fn the_table_itself_has_no_way_back() {
        let place = |name: &str| ARROWS.iter().position(|(n, _)| *n == name).unwrap();
        for (from, targets) in ARROWS {
            assert!(targets.iter().all(|to| place(to) < place(from)), "{from}");
        }
        assert!(!ARROWS[place("cli")].1.contains(&"eval"));
    }
}
