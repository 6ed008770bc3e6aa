//! Words that no tracked file holds: addresses of package registries (nothing is fetched), paths of one
//! machine, and notes to oneself, which belong in an issue.

use regex::Regex;

use super::Finding;
use crate::tree::File;

/// A pattern, what it is, and what should stand there instead. The patterns are put together from
/// parts, because this file is read by its own check.
const WORDS: [(&str, &str, &str); 4] = [
    (
        concat!(
            r"\b(crates\.",
            r"io|py",
            r"pi\.org|python",
            r"hosted\.org|npm",
            r"js\.(org|com)|proxy\.go",
            r"lang\.org|deb\.deb",
            r"ian\.org)\b"
        ),
        "the address of a package registry",
        "the name of the package alone",
    ),
    (
        concat!(r"(^|[^\w.])/(tm", r"p|va", r"r/tm", r"p)/"),
        "a path of one machine",
        "a folder that the test or the user names",
    ),
    (
        concat!(r#"(^|[\s"'`(=:<>])/(ho"#, r"me|ro", r"ot|Use", r"rs|wo", r"rk)/\w"),
        "a path of one machine",
        "a path from the repository's root",
    ),
    (
        concat!(r"\b(TO", r"DO|FIX", r"ME|XX", r"X)\b"),
        "a note to oneself",
        "the work done, or an issue",
    ),
];

/// The lock file names its registry and the licences their authors.
const FREE: [&str; 3] = ["Cargo.lock", "LICENSE-APACHE", "LICENSE-MIT"];

pub(crate) fn check(file: &File) -> Vec<Finding> {
    if FREE.contains(&file.path.as_str()) {
        return vec![];
    }
    let patterns = WORDS
        .iter()
        .filter_map(|(pattern, met, expected)| Some((Regex::new(pattern).ok()?, met, expected)));
    patterns
        .flat_map(|(pattern, met, expected)| {
            let lines = file.text.lines().enumerate();
            let hits = lines.filter(move |(_, line)| pattern.is_match(line));
            hits.map(|(at, _)| Finding::fault(file, at + 1, *met, *expected)).collect::<Vec<_>>()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn each_forbidden_word_is_found_on_its_line() {
        let examples = [
            concat!("see https://crates.", "io/crates/x"),
            concat!("File::open(\"/tm", "p/x\")"),
            concat!("cd /ho", "me/someone"),
            concat!("// TO", "DO: later"),
        ];
        for (word, (pattern, ..)) in examples.iter().zip(&WORDS) {
            assert!(Regex::new(pattern).is_ok(), "{pattern}");
            let found = check(&file("docs/a.md", &format!("fine\n{word}\n")));
            assert_eq!(found.iter().map(|f| f.line).collect::<Vec<_>>(), [2], "{word}");
        }
    }

    #[test]
    fn look_alikes_and_the_lock_file_are_free() {
        let text =
            "crates/io/src, todo = \"warn\", at-home/x, https://a.example/work/1, the method\n";
        assert_eq!(check(&file("docs/a.md", text)), []);
        let lock = concat!("source = \"crates.", "io\"");
        assert_eq!(check(&file("Cargo.lock", lock)), []);
    }
}
