//! The files of the repository as the checks see them: tracked, or new and not ignored.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};

/// One text file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    /// Its path from the root, with forward slashes.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

impl File {
    /// Whether it is Rust source.
    pub(crate) fn is_rust(&self) -> bool {
        Path::new(&self.path).extension().is_some_and(|e| e == "rs")
    }

    /// The folder of the crate that it belongs to: `ingest` for `crates/ingest/src/lib.rs`, `xtask`.
    pub(crate) fn room(&self) -> Option<&str> {
        let mut parts = self.path.split('/');
        match parts.next() {
            Some("crates") => parts.next(),
            Some("xtask") => Some("xtask"),
            _ => None,
        }
    }

    /// Whether all of it is test code: a file of `tests/` or `benches/`, or a module named `tests`.
    pub(crate) fn is_test(&self) -> bool {
        let folders = ["/tests/", "/benches/", "/examples/"];
        folders.iter().any(|f| self.path.contains(f)) || self.path.ends_with("/tests.rs")
    }
}

/// All text files under `root` that are tracked, or new and not ignored, in order of their paths.
/// Files that are not UTF-8 (compressed fixtures, pictures) are left out.
pub(crate) fn read(root: &Path) -> anyhow::Result<Vec<File>> {
    let mut files = Vec::new();
    for path in listed(root)? {
        let full = root.join(&path);
        if !full.is_file() {
            continue;
        }
        let bytes = fs::read(&full).with_context(|| format!("{path} could not be read"))?;
        if let Ok(text) = String::from_utf8(bytes) {
            files.push(File { path, text });
        }
    }
    Ok(files)
}

/// What git lists. A checkout that belongs to another user is read all the same: nothing of it is run.
fn listed(root: &Path) -> anyhow::Result<Vec<String>> {
    let output = Command::new("git")
        .args(["-c", "safe.directory=*", "ls-files", "-z"])
        .args(["--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("git ls-files did not start; the checks need git and a checkout")?;
    ensure!(output.status.success(), "git ls-files failed; the checks need a checkout");
    let names = String::from_utf8(output.stdout).context("a file name is not UTF-8")?;
    let names = names.split('\0').filter(|name| !name.is_empty());
    let mut paths: Vec<String> = names.map(str::to_owned).collect();
    paths.sort_unstable();
    paths.dedup();
    Ok(paths)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_knows_its_crate_and_whether_it_is_a_test() {
        let file = |path: &str| File { path: path.to_owned(), text: String::new() };
        assert_eq!(file("crates/ingest/src/lib.rs").room(), Some("ingest"));
        assert_eq!(file("xtask/src/main.rs").room(), Some("xtask"));
        assert_eq!(file("docs/a.md").room(), None);
        assert!(file("crates/a/tests/b.rs").is_test());
        assert!(!file("crates/a/src/attests.rs").is_test());
    }

    #[test]
    fn new_files_are_read_and_ignored_ones_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let git = Command::new("git").args(["init", "-q"]).current_dir(root).status();
        assert!(git.unwrap().success());
        for (name, text) in [(".gitignore", "*.db\n"), ("b.rs", "b"), ("a.rs", "a"), ("x.db", "x")]
        {
            fs::write(root.join(name), text).unwrap();
        }
        fs::write(root.join("c.gz"), [0x1f, 0x8b, 0xff]).unwrap();
        let paths: Vec<String> = read(root).unwrap().into_iter().map(|f| f.path).collect();
        assert_eq!(paths, [".gitignore", "a.rs", "b.rs"]);
    }
}
