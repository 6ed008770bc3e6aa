//! The published JSON Schemas, written from the types that they describe.

use std::fs;
use std::path::Path;

use anyhow::Context;
use averment_lang::ReadingJson;
use averment_types::{Change, Claim, CodedReport, Decision, Dispute, Incident};
use schemars::{Schema, schema_for};

const FOLDER: &str = "docs/schema";

/// Each schema's file name and text. A report is what `averment code --format jsonl` writes: the report
/// with its claims. A reading is what `averment read --format jsonl` writes.
fn schemas() -> anyhow::Result<Vec<(&'static str, String)>> {
    let all: [(&str, Schema); 7] = [
        ("report.schema.json", schema_for!(CodedReport)),
        ("claim.schema.json", schema_for!(Claim)),
        ("incident.schema.json", schema_for!(Incident)),
        ("dispute.schema.json", schema_for!(Dispute)),
        ("decision.schema.json", schema_for!(Decision)),
        ("change.schema.json", schema_for!(Change)),
        ("reading.schema.json", schema_for!(ReadingJson<'_>)),
    ];
    all.into_iter()
        .map(|(name, schema)| Ok((name, serde_json::to_string_pretty(&schema)? + "\n")))
        .collect()
}

/// Writes all schemas.
pub(crate) fn write(root: &Path) -> anyhow::Result<()> {
    let folder = root.join(FOLDER);
    fs::create_dir_all(&folder)?;
    for (name, text) in schemas()? {
        fs::write(folder.join(name), text).with_context(|| format!("{FOLDER}/{name}"))?;
        println!("schema: wrote {FOLDER}/{name}");
    }
    Ok(())
}

/// Whether the committed schemas are those of the types.
pub(crate) fn check(root: &Path) -> anyhow::Result<bool> {
    let stale = stale(&root.join(FOLDER), &schemas()?);
    for name in &stale {
        println!(
            "{FOLDER}/{name}:1: fault: differs from the types; expected: the output of `cargo xtask schema`"
        );
    }
    println!("schema: {} stale", stale.len());
    Ok(stale.is_empty())
}

/// The names of those files in `folder` that are missing or differ.
fn stale(folder: &Path, schemas: &[(&'static str, String)]) -> Vec<&'static str> {
    let differs = |name: &str, text: &String| {
        fs::read_to_string(folder.join(name)).ok().as_ref() != Some(text)
    };
    let stale = schemas.iter().filter(|(name, text)| differs(name, text));
    stale.map(|(name, _)| *name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_or_altered_schema_is_stale() {
        let folder = tempfile::tempdir().unwrap();
        let all = schemas().unwrap();
        assert_eq!(stale(folder.path(), &all).len(), 7);
        for (name, text) in &all {
            fs::write(folder.path().join(name), text).unwrap();
        }
        assert_eq!(stale(folder.path(), &all), [""; 0]);
        fs::write(folder.path().join("claim.schema.json"), "{}\n").unwrap();
        assert_eq!(stale(folder.path(), &all), ["claim.schema.json"]);
    }

    #[test]
    fn the_report_schema_describes_claims_and_their_evidence() {
        let all = schemas().unwrap();
        let report: serde_json::Value = serde_json::from_str(&all[0].1).unwrap();
        assert!(report["properties"]["claims"].is_object());
        let claim: serde_json::Value = serde_json::from_str(&all[1].1).unwrap();
        let required = claim["required"].as_array().unwrap();
        assert!(required.contains(&"evidence".into()), "{required:?}");
    }
}
