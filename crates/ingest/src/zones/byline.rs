//! Bylines: "By …", or a name alone above the text.
//!
//! Owns the shape of a name; refuses lists of names.

use std::sync::LazyLock;

use regex::Regex;

/// Words of headlines that are no names, a word a line.
const NOT_NAMES: &str = include_str!("not_names.txt");
/// Parts of names that are written in lower case.
const PARTICLES: &str =
    "al el de da di du la le van von der den bin ben ibn ould and dos del abu et";

/// Longest byline, in words.
const MAX_WORDS: usize = 14;

/// The author in a line "By Ann Author, Example Wire", or `None`.
pub(crate) fn author(line: &str) -> Option<&str> {
    static BY: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?i:(?:(?:story|report|text|words|analysis|written|reported|posted)\s+)?by|par|por|von|author\s*:|auteur\s*:|autor\s*:)\s*:?\s+(?:(?i:our|a|the)\s+)?(\p{Lu}.*)$").ok()
    });
    let line = line.trim();
    let short = line.len() < 160 && line.split_whitespace().count() <= MAX_WORDS;
    let sentence = line.ends_with(['!', '?', ';'])
        || line.contains(". ") && !initials(line)
        || line.ends_with('.') && line.split_whitespace().count() > 5;
    let name = BY.as_ref()?.captures(line).filter(|_| short && !sentence)?.get(1)?.as_str();
    let end = name
        .find([',', '|', '/', '(', '–', '—', '\n', '·', '•'])
        .or_else(|| name.find(" - "))
        .or_else(|| name.find(" in "))
        .or_else(|| name.find(" for "))
        .unwrap_or(name.len());
    let name = name.get(..end)?.trim().trim_end_matches('.');
    is_name_like(name, 1).then_some(name)
}

/// The parts of a line "By Ann Author | 13 March 2020".
pub(crate) fn parts(line: &str) -> impl Iterator<Item = &str> {
    line.split(['|', '•', '·', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

fn initials(line: &str) -> bool {
    line.match_indices(". ").all(|(at, _)| {
        line.get(..at).and_then(|s| s.rsplit(' ').next()).is_some_and(|w| w.chars().count() <= 3)
    })
}

/// Whether the line is a person's name and nothing else: two to four words in name case.
pub(crate) fn is_name(line: &str) -> bool {
    is_name_like(line.trim(), 2) && line.split_whitespace().count() <= 4
}

fn is_name_like(line: &str, least: usize) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let whole = (least..=6).contains(&words.len()) && words.iter().all(|w| is_name_word(w));
    let capital = words.first().is_some_and(|w| w.starts_with(char::is_uppercase));
    let lower = |w: &&&str| w.starts_with(char::is_lowercase);
    whole && capital && words.iter().filter(lower).count() * 2 <= words.len()
}

/// Whether a word can be a part of a name.
fn is_name_word(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty()
        || word.chars().any(|c| {
            c.is_numeric() || matches!(c, ':' | '"' | '“' | '?' | '!' | '@' | '$' | '%' | '#')
        })
    {
        return false;
    }
    let lower = bare.to_lowercase();
    if bare.starts_with(char::is_lowercase) {
        return PARTICLES.split(' ').any(|p| p == lower)
            || lower.starts_with("al-")
            || lower.starts_with("el-")
            || lower.starts_with("d'")
            || lower.starts_with("d’");
    }
    !NOT_NAMES.lines().any(|word| word == lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn authors_are_read_from_bylines() {
        assert_eq!(author("By Ann B. Author"), Some("Ann B. Author"));
        assert_eq!(author("by Moussa al-Hassan, Example Wire"), Some("Moussa al-Hassan"));
        assert_eq!(author("By Monday, the army had left the town."), None);
        assert_eq!(author("By the end of the year they had left."), None);
        assert_eq!(author("By then the town was empty."), None);
    }

    #[test]
    fn names_alone() {
        for name in ["Ayah Ezz", "Jean-Pierre N'Diaye", "Ahmed ould Mohamed", "ANN AUTHOR"] {
            assert!(is_name(name), "{name}");
        }
        for other in [
            "ISIS onslaught",
            "Imposing control",
            "Deadly Clashes",
            "Mali Under Attack",
            "Longing for Mauritania",
            "Share",
            "Gunmen kill five",
        ] {
            assert!(!is_name(other), "{other}");
        }
    }
}
