//! `cargo xtask test`: the documentation's examples, then the suite, whose summary ends the output. With
//! `cargo nextest` where it is installed, with `cargo test` where not.

use std::path::Path;
use std::process::Command;

use anyhow::Context;

use crate::process::cargo;

/// Runs all tests; whether they passed.
pub(crate) fn run(root: &Path) -> anyhow::Result<bool> {
    let nextest = Command::new(cargo()).args(["nextest", "--version"]).output();
    if !nextest.is_ok_and(|output| output.status.success()) {
        // A fresh machine has no nextest; the tests pass without it, only slower.
        return step(root, &["test", "--workspace", "--locked"]);
    }
    let examples = step(root, &["test", "--doc", "--workspace", "--locked"])?;
    let suite = step(root, &["nextest", "run", "--workspace", "--locked"])?;
    Ok(examples && suite)
}

/// Snapshots are compared and never accepted: a changed output is a person's decision.
fn step(root: &Path, arguments: &[&str]) -> anyhow::Result<bool> {
    let status = Command::new(cargo())
        .args(arguments)
        .env("INSTA_UPDATE", "no")
        .current_dir(root)
        .status()
        .with_context(|| format!("cargo {} did not start", arguments.join(" ")))?;
    Ok(status.success())
}
