//! The closed word classes of English, as data.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::Pos;

static LIST: &str = include_str!("../../../data/reader/en/function_words.tsv");

static CLASSES: LazyLock<HashMap<&'static str, Pos>> = LazyLock::new(|| {
    LIST.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(class, words)| Some((Pos::parse(class)?, words)))
        .flat_map(|(class, words)| words.split_whitespace().map(move |word| (word, class)))
        .collect()
});

/// The class of a lower-case word of a closed class.
pub(crate) fn closed_class(word: &str) -> Option<Pos> {
    CLASSES.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_names_a_class() {
        for line in LIST.lines().filter(|line| !line.starts_with('#')) {
            let (class, words) = line.split_once('\t').unwrap();
            assert!(Pos::parse(class).is_some(), "no class {class}");
            assert!(!words.trim().is_empty());
        }
        assert_eq!(closed_class("although"), Some(Pos::Sconj));
    }
}
