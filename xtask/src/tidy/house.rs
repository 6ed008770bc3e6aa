//! What a stranger sees first: each file says at its top what it owns, no module is a drawer for
//! everything, and the map of the house stays short.

use super::Finding;
use crate::tree::File;

const MAP: &str = "docs/ARCHITECTURE.md";
const MAP_MOST: usize = 299;
const DRAWERS: [&str; 8] =
    ["utils", "util", "helpers", "helper", "common", "misc", "shared", "stuff"];

/// The opening line and the name of one Rust file.
pub(crate) fn check_rust(file: &File) -> Vec<Finding> {
    let mut found = Vec::new();
    if !file.text.starts_with("//! ") {
        let met = "the file does not open with a module comment";
        found.push(Finding::fault(file, 1, met, "`//!` with what it owns and refuses"));
    }
    let path = file.path.trim_end_matches(".rs");
    for part in path.split('/').filter(|part| DRAWERS.contains(part)) {
        let met = format!("a module named {part}");
        found.push(Finding::fault(file, 1, met, "a name that says what is in it"));
    }
    found
}

/// The map of the house.
pub(crate) fn check_documents(files: &[File]) -> Vec<Finding> {
    let Some(map) = files.iter().find(|file| file.path == MAP) else {
        let path = MAP.to_owned();
        let text = String::new();
        let missing = File { path, text };
        return vec![Finding::fault(
            &missing,
            1,
            "the file is missing",
            "a map of the crates and what must never be",
        )];
    };
    let lines = map.text.lines().count();
    if lines <= MAP_MOST {
        return vec![];
    }
    vec![Finding::fault(map, MAP_MOST + 1, format!("{lines} lines"), "under 300")]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::file;

    #[test]
    fn a_file_without_an_opening_comment_is_found() {
        assert_eq!(check_rust(&file("crates/a/src/lib.rs", "//! Owns a.\n")), []);
        for text in ["", "use x;\n", "// plain\n", "#![allow(x)]\n//! late\n"] {
            assert_eq!(check_rust(&file("crates/a/src/lib.rs", text)).len(), 1, "{text:?}");
        }
    }

    #[test]
    fn a_drawer_for_everything_is_found_as_file_and_as_folder() {
        for path in ["crates/a/src/utils.rs", "crates/a/src/common/x.rs", "xtask/src/misc.rs"] {
            assert_eq!(check_rust(&file(path, "//! x\n")).len(), 1, "{path}");
        }
        assert_eq!(check_rust(&file("crates/a/src/commonness.rs", "//! x\n")), []);
    }

    #[test]
    fn the_map_is_there_and_short() {
        assert_eq!(check_documents(&[]).len(), 1);
        assert_eq!(check_documents(&[file(MAP, &"x\n".repeat(299))]), []);
        assert_eq!(check_documents(&[file(MAP, &"x\n".repeat(300))]).len(), 1);
    }
}
