//! Misspelt names: which name is meant where one letter of it is wrong.
//!
//! A reader that knows words by their pieces knows nothing of "Afrca"; read as *africa* it is a place again. The text
//! stays as it is, and so does any word that is a name itself.

use std::collections::{HashMap, HashSet};

static EN: &str = include_str!("../../../data/reader/en/names.txt");

/// Letters that a misspelt name has at least: shorter ones are near too many.
const FEWEST: usize = 5;

/// Names in lower case, and those of them that may be meant by what is left of them without one letter.
#[derive(Debug)]
pub(crate) struct Names {
    all: HashSet<&'static str>,
    near: HashMap<Box<str>, Vec<&'static str>>,
}

impl Names {
    /// Those of English, of which the `common` may be meant.
    pub(crate) fn english(common: impl Fn(&str) -> bool) -> Self {
        Self::of(EN.lines().filter(|line| !line.starts_with('#')), common)
    }

    fn of(names: impl Iterator<Item = &'static str>, common: impl Fn(&str) -> bool) -> Self {
        let all: HashSet<&'static str> = names.collect();
        let mut near: HashMap<Box<str>, Vec<&'static str>> = HashMap::new();
        for name in all.iter().filter(|name| common(name)) {
            for key in shortened(name) {
                near.entry(key).or_default().push(name);
            }
        }
        Self { all, near }
    }

    /// The one common name that `word`, in lower case and Latin letters alone, is with one letter too many, too few or wrong, or two
    /// that changed places; none where it is a name itself, or near to several.
    pub(crate) fn meant(&self, word: &str) -> Option<&'static str> {
        let plain = word.len() >= FEWEST && word.bytes().all(|b| b.is_ascii_lowercase());
        if !plain || self.all.contains(word) {
            return None;
        }
        let mut found = None;
        for key in shortened(word) {
            for name in self.near.get(&key).into_iter().flatten().copied() {
                if is_slip(word.as_bytes(), name.as_bytes()) && found != Some(name) {
                    if found.is_some() {
                        return None;
                    }
                    found = Some(name);
                }
            }
        }
        found
    }
}

/// `word`, and what is left of it without one letter.
fn shortened(word: &str) -> impl Iterator<Item = Box<str>> {
    let without = move |(at, c): (usize, char)| {
        let rest = word.get(at + c.len_utf8()..).unwrap_or_default();
        [word.get(..at).unwrap_or_default(), rest].concat().into()
    };
    word.char_indices().map(without).chain([word.into()])
}

/// Whether one letter too many, too few or wrong, or two that changed places, make `word` of `name`.
fn is_slip(word: &[u8], name: &[u8]) -> bool {
    let same = word.iter().zip(name).take_while(|(a, b)| a == b).count();
    match (word.get(same..).unwrap_or_default(), name.get(same..).unwrap_or_default()) {
        ([a, b, word @ ..], [c, d, name @ ..]) if (a, b) == (d, c) && word == name => true,
        ([_, word @ ..], [_, name @ ..]) if word == name => true,
        ([_, word @ ..], name) if word == name => true,
        (word, [_, name @ ..]) => word == name,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_is_seen_through() {
        let names = Names::english(|_| true);
        for (word, name) in [
            ("afrca", "africa"),
            ("juuly", "july"),
            ("ugadna", "uganda"),
            ("wernesday", "wednesday"),
            ("russai", "russia"),
        ] {
            assert_eq!(names.meant(word), Some(name), "{word}");
        }
    }

    #[test]
    fn a_name_two_slips_and_two_names_are_left() {
        let names = Names::of(["mali", "bali", "africa", "malawi"].into_iter(), |_| true);
        for word in ["malawi", "afrrcca", "afca", "gali", "maali", "Afrca", "afrca2", "", "áfrica"]
        {
            let meant = (word == "maali").then_some("mali");
            assert_eq!(names.meant(word), meant, "{word}");
        }
    }
}
