//! All words and phrases that the reader knows, in one trie over folded words.

use std::collections::HashMap;

use averment_types::{ActorKind, TextRange};

use crate::country::CountryForm;
use crate::token::{Shape, Token, fold, tokens};

/// A set of word classes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Classes(u32);

impl Classes {
    pub(crate) const DEFINITE: Self = Self(1);
    pub(crate) const INDEFINITE: Self = Self(1 << 1);
    pub(crate) const NUMBER: Self = Self(1 << 2);
    pub(crate) const QUANTITY: Self = Self(1 << 3);
    pub(crate) const MODIFIER: Self = Self(1 << 4);
    pub(crate) const TITLE: Self = Self(1 << 5);
    pub(crate) const PARTICLE: Self = Self(1 << 6);
    pub(crate) const COMMON: Self = Self(1 << 7);
    pub(crate) const CALENDAR: Self = Self(1 << 8);
    pub(crate) const PLACE: Self = Self(1 << 9);
    pub(crate) const SPEECH: Self = Self(1 << 10);
    pub(crate) const LINKED: Self = Self(1 << 11);
    pub(crate) const LED: Self = Self(1 << 12);
    pub(crate) const ROLE: Self = Self(1 << 13);
    pub(crate) const GIVEN: Self = Self(1 << 14);
    pub(crate) const ARMED: Self = Self(1 << 15);
    pub(crate) const JOINER: Self = Self(1 << 16);

    /// Whether any class of `other` is among these.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The classes of both.
    pub(crate) const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// What a word or phrase of the lexicon stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// An alias of an actor: index of the actor, index of its alias.
    Alias(u32, u32),
    /// The head of a generic phrase.
    Head(u32, Number),
    /// A noun that refers back.
    Reference(u32, Number),
    /// A country.
    Country(u32, CountryForm),
    /// A noun in the names of organisations.
    Organisation(ActorKind),
}

/// Number and use of a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Number {
    /// One.
    Singular,
    /// Several.
    Plural,
    /// Several, and may stand before another noun.
    Attributive,
}

/// How the words must be written to count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    Any,
    /// A capital at the start of each word whose bit is set.
    Capitals(u64),
    /// An acronym of so many letters.
    Acronym(usize),
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    meaning: Meaning,
    writing: Writing,
}

#[derive(Debug, Default)]
struct Node {
    next: HashMap<u32, u32>,
    entries: Vec<Entry>,
    classes: Classes,
}

/// The trie.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    words: HashMap<Box<str>, u32>,
    classes: Vec<Classes>,
    first: Vec<Option<u32>>,
    nodes: Vec<Node>,
}

/// A phrase found at some word.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// How many words it has.
    pub(crate) length: usize,
    /// What it stands for.
    pub(crate) meanings: Vec<Meaning>,
    /// Classes of the phrase.
    pub(crate) classes: Classes,
}

/// Words that keep their small letter inside names.
pub(crate) const SMALL: [&str; 16] = [
    "al", "el", "an", "az", "ash", "ag", "ad", "the", "of", "for", "and", "bin", "ibn", "wal",
    "ul", "e",
];

impl Lexicon {
    /// Adds a phrase; `acronym` phrases must be written in capitals.
    pub(crate) fn add(&mut self, phrase: &str, meaning: Meaning, acronym: bool) {
        let words = TextRange::whole(phrase).map(|all| tokens(phrase, all)).unwrap_or_default();
        let writing = writing(phrase, &words, meaning, acronym);
        if let Some(node) = self.path(phrase, &words) {
            let entry = Entry { meaning, writing };
            if let Some(node) = self.nodes.get_mut(node) {
                node.entries.push(entry);
            }
        }
    }

    /// Adds a phrase to a word class.
    pub(crate) fn class(&mut self, phrase: &str, class: Classes) {
        let words = TextRange::whole(phrase).map(|all| tokens(phrase, all)).unwrap_or_default();
        let single = words.len() == 1;
        let Some(node) = self.path(phrase, &words) else {
            return;
        };
        if let Some(node) = self.nodes.get_mut(node) {
            node.classes = node.classes.with(class);
        }
        if let (true, Some(word)) = (single, words.first()) {
            let id = self.word(slice(phrase, word));
            if let Some(classes) = id.and_then(|id| self.classes.get_mut(id as usize)) {
                *classes = classes.with(class);
            }
        }
    }

    fn path(&mut self, phrase: &str, words: &[Token]) -> Option<usize> {
        let mut node: Option<u32> = None;
        for word in words {
            let id = self.intern(slice(phrase, word));
            let known = match node {
                None => self.first.get(id as usize).copied().flatten(),
                Some(at) => self.nodes.get(at as usize)?.next.get(&id).copied(),
            };
            let target = match known {
                Some(target) => target,
                None => self.grow(node, id)?,
            };
            node = Some(target);
        }
        node.map(|n| n as usize)
    }

    fn grow(&mut self, from: Option<u32>, word: u32) -> Option<u32> {
        let target = u32::try_from(self.nodes.len()).ok()?;
        self.nodes.push(Node::default());
        match from {
            None => *self.first.get_mut(word as usize)? = Some(target),
            Some(at) => {
                self.nodes.get_mut(at as usize)?.next.insert(word, target);
            }
        }
        Some(target)
    }

    fn intern(&mut self, word: &str) -> u32 {
        let mut folded = String::new();
        fold(word, &mut folded);
        let next = u32::try_from(self.classes.len()).unwrap_or(u32::MAX);
        let id = *self.words.entry(folded.into_boxed_str()).or_insert(next);
        if id == next {
            self.classes.push(Classes::default());
            self.first.push(None);
        }
        id
    }

    fn word(&self, word: &str) -> Option<u32> {
        let mut folded = String::new();
        fold(word, &mut folded);
        self.words.get(folded.as_str()).copied()
    }

    /// Marks each word with its number in the lexicon.
    pub(crate) fn mark(&self, text: &str, words: &mut [Token]) {
        let mut folded = String::new();
        for word in words {
            fold(slice(text, word), &mut folded);
            word.word = self.words.get(folded.as_str()).copied();
        }
    }

    /// The classes of a single word.
    pub(crate) fn classes_of(&self, word: &Token) -> Classes {
        let id = word.word.map(|id| id as usize);
        id.and_then(|id| self.classes.get(id)).copied().unwrap_or_default()
    }

    /// The classes of all phrases that begin with the first of `words`, with their lengths.
    pub(crate) fn classes_at(&self, words: &[Token]) -> Vec<(usize, Classes)> {
        let mut out = Vec::new();
        let first = words.first().and_then(|w| w.word);
        let mut node = first.and_then(|w| self.first.get(w as usize).copied().flatten());
        let mut length = 1;
        while let Some(at) = node.and_then(|n| self.nodes.get(n as usize)) {
            if at.classes != Classes::default() {
                out.push((length, at.classes));
            }
            let next = words.get(length).filter(|next| next.gap.joins());
            node = next.and_then(|n| n.word).and_then(|w| at.next.get(&w).copied());
            length += 1;
        }
        out
    }

    /// The phrases that begin with the first of `words`, longest first; `shouted` says that the
    /// whole sentence is in capitals, so that capitals prove nothing.
    pub(crate) fn at(&self, text: &str, words: &[Token], shouted: bool) -> Vec<Found> {
        let mut out = Vec::new();
        let first = words.first().and_then(|w| w.word);
        let mut node = first.and_then(|w| self.first.get(w as usize).copied().flatten());
        let mut length = 1;
        while let Some(at) = node.and_then(|n| self.nodes.get(n as usize)) {
            let matched = words.get(..length).unwrap_or_default();
            if let Some(found) = found(at, text, matched, shouted) {
                out.push(found);
            }
            let Some(next) = words.get(length) else { break };
            if at.next.is_empty() || !(next.gap.joins() || bracketed(next)) {
                break;
            }
            node = next.word.and_then(|w| at.next.get(&w).copied());
            length += 1;
        }
        out.reverse();
        out
    }
}

/// "Communist Party of India (Maoist)" has its bracket inside the name.
fn bracketed(next: &Token) -> bool {
    next.gap == crate::token::Gap::Open && next.shape == Shape::Capital
}

fn found(node: &Node, text: &str, words: &[Token], shouted: bool) -> Option<Found> {
    let fits = |e: &&Entry| written(e.writing, text, words, shouted);
    let meanings: Vec<Meaning> = node.entries.iter().filter(fits).map(|e| e.meaning).collect();
    let classes = node.classes;
    let any = !meanings.is_empty() || (classes != Classes::default() && words.len() > 1);
    any.then_some(Found { length: words.len(), meanings, classes })
}

fn slice<'t>(text: &'t str, word: &Token) -> &'t str {
    text.get(word.start..word.end).unwrap_or_default()
}

fn writing(phrase: &str, words: &[Token], meaning: Meaning, acronym: bool) -> Writing {
    if matches!(meaning, Meaning::Head(..) | Meaning::Reference(..)) {
        return Writing::Any;
    }
    let upper = matches!(words, [one] if one.shape == Shape::Upper);
    if acronym || upper {
        return Writing::Acronym(phrase.chars().filter(|c| c.is_alphanumeric()).count());
    }
    let mut capitals = 0_u64;
    for (at, word) in words.iter().enumerate().take(64) {
        let small = SMALL.contains(&slice(phrase, word).to_ascii_lowercase().as_str());
        if matches!(word.shape, Shape::Capital | Shape::Upper) && !small {
            capitals |= 1 << at;
        }
    }
    Writing::Capitals(capitals)
}

fn written(writing: Writing, text: &str, words: &[Token], shouted: bool) -> bool {
    match writing {
        Writing::Any => true,
        Writing::Capitals(mask) => words.iter().enumerate().take(64).all(|(at, word)| {
            mask & (1 << at) == 0 || matches!(word.shape, Shape::Capital | Shape::Upper)
        }),
        Writing::Acronym(letters) => {
            let upper = words.iter().any(|w| w.shape == Shape::Upper || slice(text, w).len() == 1);
            let upper = upper && words.iter().all(|w| w.shape != Shape::Lower);
            let capital = letters >= 4 && words.iter().all(|w| w.shape == Shape::Capital);
            if shouted { upper && letters >= 4 } else { upper || capital }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(lexicon: &Lexicon, text: &str, shouted: bool) -> Vec<usize> {
        let mut words = tokens(text, TextRange::whole(text).unwrap());
        lexicon.mark(text, &mut words);
        lexicon.at(text, &words, shouted).iter().map(|f| f.length).collect()
    }

    #[test]
    fn the_longest_phrase_comes_first_and_capitals_count() {
        let mut lexicon = Lexicon::default();
        lexicon.add("al-Qaeda", Meaning::Alias(0, 0), false);
        lexicon.add("al-Qaeda in the Maghreb", Meaning::Alias(1, 0), false);
        lexicon.add("IS", Meaning::Alias(2, 0), true);
        assert_eq!(lengths(&lexicon, "Al Qaeda in the Maghreb fled", false), [5, 2]);
        assert!(lengths(&lexicon, "al qaeda", false).is_empty());
        assert!(lengths(&lexicon, "is here", false).is_empty());
        assert_eq!(lengths(&lexicon, "IS claimed", false), [1]);
        assert!(lengths(&lexicon, "IS THIS A TEST", true).is_empty());
    }
}
