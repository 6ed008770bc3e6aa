//! The word lists by which a language's text is cut into sentences and tokens.
//!
//! Nothing of a language stands in the code: a language is a file like
//! `data/reader/en/segmentation.toml`, and what all languages write alike is in `data/reader/web.toml`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::Pos;
use crate::character::is_apostrophe;
use crate::lexicon::closed_class;

static EN: &str = include_str!("../../../data/reader/en/segmentation.toml");
static OWNERS: &str = include_str!("../../../data/reader/en/owners.txt");
static WEB: &str = include_str!("../../../data/reader/web.toml");

static ENGLISH: LazyLock<Rules> =
    LazyLock::new(|| Rules::parse(EN, OWNERS, WEB).unwrap_or_default());

/// What a full stop behind a word may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Abbreviation {
    /// A name follows: "Gen."
    BeforeName,
    /// A figure follows: "No."
    BeforeNumber,
    /// It may be the last word of a sentence: "Inc."
    Open,
    /// It stands at the end of a list, and a capital behind it begins a sentence: "etc."
    Last,
    /// Single letters with stops between: "U.S."
    Dotted,
    /// A single capital letter: "J."
    Initial,
}

/// A language's rules.
#[derive(Debug, Default)]
pub(crate) struct Rules {
    abbreviations: HashMap<String, (Abbreviation, bool)>,
    letters: HashSet<String>,
    clitics: HashSet<String>,
    proclitics: HashSet<String>,
    contractions: HashMap<String, Vec<usize>>,
    apostrophe_first: HashSet<String>,
    prefixes: HashSet<String>,
    suffixes: HashSet<String>,
    slashes: HashSet<String>,
    units: HashSet<String>,
    /// Where words are cut, and the words before which they are.
    contractions_before: HashMap<String, (Vec<usize>, HashSet<String>)>,
    /// Names without a plural.
    owners: HashSet<&'static str>,
    capitals: Capitals,
    speech: HashSet<String>,
    lines: Lines,
    web: Web,
}

/// Names in capitals that are words otherwise.
#[derive(Debug, Default, Deserialize)]
struct Capitals {
    names: HashMap<String, String>,
    stressed_behind: HashSet<String>,
}

/// What the first or last words of lines are, in lower case but for the headers.
#[derive(Debug, Default, Deserialize)]
struct Lines {
    openers: HashSet<String>,
    greetings: HashSet<String>,
    closings: HashSet<String>,
    headers: HashSet<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Web {
    schemes: Vec<String>,
    domains: HashSet<String>,
    extensions: HashSet<String>,
    smileys: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    abbreviations: Abbreviations,
    words: Words,
    contractions_before: HashMap<String, HashSet<String>>,
    capitals: Capitals,
    speech: Speech,
    lines: Lines,
}

#[derive(Deserialize)]
struct Speech {
    verbs: HashSet<String>,
}

#[derive(Deserialize)]
struct Abbreviations {
    before_names: Vec<String>,
    before_numbers: Vec<String>,
    last: Vec<String>,
    open: Vec<String>,
    capitalised: Vec<String>,
    letters: HashSet<String>,
}

#[derive(Deserialize)]
struct Words {
    clitics: HashSet<String>,
    proclitics: HashSet<String>,
    contractions: Vec<String>,
    apostrophe_first: HashSet<String>,
    prefixes: HashSet<String>,
    suffixes: HashSet<String>,
    slashes: HashSet<String>,
    units: HashSet<String>,
}

/// Longest word, in bytes, that any list may hold: longer ones are not looked up.
const LONGEST: usize = 24;

impl Rules {
    /// The rules for English.
    pub(crate) fn english() -> &'static Self {
        &ENGLISH
    }

    fn parse(language: &str, owners: &'static str, web: &str) -> Result<Self, toml::de::Error> {
        let file: File = toml::from_str(language)?;
        let File { abbreviations: abbr, words, .. } = file;
        let mut web: Web = toml::from_str(web)?;
        web.smileys.sort_by_key(|smiley| std::cmp::Reverse(smiley.len()));
        let kinds = [
            (abbr.before_names, Abbreviation::BeforeName, false),
            (abbr.before_numbers, Abbreviation::BeforeNumber, false),
            (abbr.last, Abbreviation::Last, false),
            (abbr.open, Abbreviation::Open, false),
            (abbr.capitalised, Abbreviation::Open, true),
        ];
        let abbreviations = kinds.into_iter().flat_map(|(words, kind, capital)| {
            words.into_iter().map(move |word| (word, (kind, capital)))
        });
        let before = file.contractions_before.into_iter().map(|(marked, next)| {
            let (word, cuts) = cuts(&marked);
            (word, (cuts, next))
        });
        Ok(Self {
            abbreviations: abbreviations.collect(),
            letters: abbr.letters,
            clitics: words.clitics,
            proclitics: words.proclitics,
            contractions: words.contractions.iter().map(|word| cuts(word)).collect(),
            apostrophe_first: words.apostrophe_first,
            prefixes: words.prefixes,
            suffixes: words.suffixes,
            slashes: words.slashes,
            units: words.units,
            contractions_before: before.collect(),
            owners: owners.lines().filter(|line| !line.starts_with('#')).collect(),
            capitals: file.capitals,
            speech: file.speech.verbs,
            lines: file.lines,
            web,
        })
    }

    /// What the full stop behind `word` may mean, if it may belong to the word.
    pub(crate) fn abbreviation(&self, word: &str) -> Option<Abbreviation> {
        if word.is_empty() || word.len() > LONGEST {
            return None;
        }
        let capital = word.starts_with(char::is_uppercase);
        let known = self.abbreviations.get(&plain(word)).filter(|_| !(capital && is_letter(word)));
        if let Some((kind, needs_capital)) = known {
            return Some(*kind).filter(|_| capital || !needs_capital);
        }
        let mut parts = word.split('.').map(is_letter);
        let first = parts.next().unwrap_or_default();
        match (first && parts.all(|letter| letter), word.contains('.')) {
            (true, true) => Some(Abbreviation::Dotted),
            (true, false) if capital => Some(Abbreviation::Initial),
            _ => None,
        }
    }

    /// Whether `word` is a word of one letter and so perhaps no initial.
    pub(crate) fn is_one_letter_word(&self, word: &str) -> bool {
        self.letters.contains(word)
    }

    /// Whether `part`, from an apostrophe or the letter before it to the end of a word, is a token.
    pub(crate) fn is_clitic(&self, part: &str) -> bool {
        part.len() <= LONGEST && self.clitics.contains(&plain(part))
    }

    /// Whether `part`, from the start of a word to its apostrophe, is a token.
    pub(crate) fn is_proclitic(&self, part: &str) -> bool {
        part.len() <= LONGEST && self.proclitics.contains(&plain(part))
    }

    /// Where a lower-case word falls into tokens that no sign divides, in bytes from its start. `next` is
    /// the lower-case text behind the word: "its" is two tokens in "its a lie".
    pub(crate) fn contraction(&self, lower: &str, next: &str) -> &[usize] {
        if lower.len() > LONGEST {
            return &[];
        }
        let here = || {
            self.contractions_before.get(lower).filter(|(_, words)| words.contains(leading(next)))
        };
        let cuts = self.contractions.get(lower).or_else(|| here().map(|(cuts, _)| cuts));
        cuts.map(Vec::as_slice).unwrap_or_default()
    }

    /// Where the "s" of an owner begins that lost its apostrophe: "Syrias army", "the countrys north". `lower` is in
    /// lower case, and so is the text `next` behind it, which must open with a word of what is owned.
    pub(crate) fn lost_apostrophe(&self, lower: &str, next: &str) -> Option<usize> {
        let stem = lower.strip_suffix('s').filter(|_| lower.len() <= LONGEST)?;
        // A plural would be written "countries".
        let singular = |stem: &str| {
            let consonant = |b: &u8| b.is_ascii_lowercase() && !b"aeiou".contains(b);
            stem.len() > 3 && stem.as_bytes().iter().rev().nth(1).is_some_and(consonant)
        };
        let owner = match stem.strip_suffix('y') {
            Some(_) => singular(stem) || self.owners.contains(stem),
            None => self.owners.contains(stem),
        };
        let rest = next.strip_prefix(' ').unwrap_or_default();
        let len = rest.bytes().take(LONGEST).take_while(u8::is_ascii_alphabetic).count();
        let noun = rest.get(..len).filter(|noun| !noun.is_empty())?;
        let open = matches!(closed_class(noun), None | Some(Pos::Adj | Pos::Num));
        (owner && open).then_some(stem.len())
    }

    /// The name that a reader shall see for `word`, a name in capitals that is a common word otherwise: "the *IS*", "*WHO*
    /// officials". `before` and `after` are the words beside it; where these stand in capitals too, all may.
    pub(crate) fn name_in_capitals(&self, word: &str, before: &str, after: &str) -> Option<&str> {
        let name = self.capitals.names.get(word)?;
        let small = |word: &str| word.chars().any(char::is_lowercase);
        let stressed = before.len() <= LONGEST
            && self.capitals.stressed_behind.contains(&before.to_ascii_lowercase());
        (!stressed && (small(before) || small(after))).then_some(name)
    }

    /// Whether `word` may begin with its apostrophe.
    pub(crate) fn begins_with_apostrophe(&self, word: &str) -> bool {
        word.len() <= LONGEST && self.apostrophe_first.contains(&plain(word))
    }

    /// Whether the hyphen between `before` and `after` stays inside the word.
    pub(crate) fn keeps_hyphen(&self, before: &str, after: &str) -> bool {
        let has =
            |set: &HashSet<String>, part: &str| part.len() <= LONGEST && set.contains(&plain(part));
        has(&self.prefixes, before) || has(&self.suffixes, after)
    }

    /// Whether `word` keeps its slash.
    pub(crate) fn keeps_slash(&self, word: &str) -> bool {
        word.len() <= LONGEST && self.slashes.contains(&plain(word))
    }

    /// Whether `letters` behind a figure are a unit.
    pub(crate) fn is_unit(&self, letters: &str) -> bool {
        self.units.contains(letters)
    }

    /// Whether `word` tells that someone spoke.
    pub(crate) fn is_speech(&self, word: &str) -> bool {
        self.speech.contains(word)
    }

    /// Whether the lower-case `word` opens sentences behind a name or figure.
    pub(crate) fn is_opener(&self, word: &str) -> bool {
        self.lines.openers.contains(word)
    }

    /// Whether the lower-case `word` begins the salutation of a letter.
    pub(crate) fn is_greeting(&self, word: &str) -> bool {
        self.lines.greetings.contains(word)
    }

    /// Whether the lower-case `phrase` closes a letter.
    pub(crate) fn is_closing(&self, phrase: &str) -> bool {
        self.lines.closings.contains(phrase)
    }

    /// Whether `name` stands before the colon in the head of a mail or notice.
    pub(crate) fn is_header(&self, name: &str) -> bool {
        self.lines.headers.contains(name)
    }

    /// Whether `part` is the last part of a name of the net or of a file.
    pub(crate) fn ends_address(&self, part: &str) -> bool {
        let part = if part.len() <= LONGEST { plain(part) } else { return false };
        self.web.domains.contains(&part) || self.web.extensions.contains(&part)
    }

    /// Whether `part` is the last part of a name of the net.
    pub(crate) fn is_domain(&self, part: &str) -> bool {
        part.len() <= LONGEST && self.web.domains.contains(&plain(part))
    }

    /// Whether `part` is the ending of a file's name.
    pub(crate) fn is_extension(&self, part: &str) -> bool {
        part.len() <= LONGEST && self.web.extensions.contains(&plain(part))
    }

    /// The length of what begins an address on the web at the start of `rest`.
    pub(crate) fn scheme(&self, rest: &str) -> Option<usize> {
        let begins = |scheme: &&String| {
            rest.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        };
        self.web.schemes.iter().find(begins).map(String::len)
    }

    /// The length of the longest smiley at the start of `rest`.
    pub(crate) fn smiley(&self, rest: &str) -> Option<usize> {
        self.web.smileys.iter().find(|smiley| rest.starts_with(*smiley)).map(String::len)
    }
}

/// The word that stands between two spaces at the start of `text`; none where none does: "in-depth".
fn leading(text: &str) -> &str {
    let word = text.strip_prefix(' ').unwrap_or_default();
    let len = word.bytes().take(LONGEST).take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = word.split_at_checked(len).unwrap_or_default();
    if rest.starts_with(' ') { word } else { "" }
}

/// In lower case, with one sign for all apostrophes.
fn plain(word: &str) -> String {
    let plain = |c: char| if is_apostrophe(c) { '\'' } else { c };
    word.chars().flat_map(char::to_lowercase).map(plain).collect()
}

fn is_letter(part: &str) -> bool {
    let mut chars = part.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none()
}

/// "can|not" to the word and where it is cut.
fn cuts(marked: &str) -> (String, Vec<usize>) {
    let bars = marked.match_indices('|').enumerate();
    (marked.replace('|', ""), bars.map(|(before, (at, _))| at - before).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lists_are_in_order() {
        let rules = Rules::parse(EN, OWNERS, WEB).unwrap();
        let lists = [&rules.prefixes, &rules.suffixes, &rules.slashes, &rules.apostrophe_first];
        for word in lists.into_iter().flatten().chain(rules.abbreviations.keys()) {
            assert!(*word == plain(word) && word.len() <= LONGEST, "{word}");
        }
        assert_eq!(rules.contraction("cannot", ""), [3]);
    }

    #[test]
    fn a_stop_behind_a_word_has_its_meaning() {
        let rules = Rules::english();
        assert_eq!(rules.abbreviation("Gen"), Some(Abbreviation::BeforeName));
        assert_eq!(rules.abbreviation("Sat"), Some(Abbreviation::Open));
        assert_eq!(rules.abbreviation("sat"), None);
        assert_eq!(rules.abbreviation("U.S"), Some(Abbreviation::Dotted));
        assert_eq!(rules.abbreviation("É"), Some(Abbreviation::Initial));
        assert_eq!(rules.abbreviation("army"), None);
    }
}
