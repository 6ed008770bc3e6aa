//! Trigger words as patterns, and where they stand in a sentence.

use std::collections::HashMap;
use std::ops::Range;

use crate::parse::RuleTable;
use crate::{Form, Trigger, inflect};

/// What stands for a gap in a trigger: "set ... ablaze".
pub(crate) const GAP: &str = "...";
/// So many words may stand in the gap of a trigger: "took the three Malian aid workers hostage".
const WIDEST_GAP: usize = 7;

struct Pattern {
    words: Vec<Box<str>>,
    /// How many words stand before the verb: "*sexually* assault".
    lead: usize,
    /// What stands behind a gap; empty where there is none.
    tail: Vec<Box<str>>,
    /// `None` for words that look like a trigger and are none: "heart attack".
    rule: Option<usize>,
    form: Form,
}

impl Pattern {
    fn new(text: &str, form: Form, rule: Option<usize>) -> Self {
        let (words, tail) = text.split_once(GAP).unwrap_or((text, ""));
        let split = |part: &str| part.split_whitespace().map(Box::from).collect();
        let is_verb = !matches!(form, Form::Noun | Form::Phrase);
        let lead = usize::from(is_verb && inflect::adverb(words).is_some());
        Self { words: split(words), lead, tail: split(tail), rule, form }
    }

    /// The last word's place, if the pattern stands at `at`.
    fn stands_at(&self, words: &[&str], at: usize) -> Option<Range<usize>> {
        let head = at + self.words.len();
        stands(words, at, &self.words).then_some(())?;
        if self.tail.is_empty() {
            return Some(head..head);
        }
        // "said *that* both sides *must* leave": a clause opens in the gap.
        let clause = self.tail.iter().any(|word| &**word == "must");
        let ends = |word: &&str| ends_gap(word) && !(clause && **word == *"that");
        let gap = (head..words.len()).take_while(|i| !words.get(*i).is_some_and(ends));
        let tail = gap.skip(1).take(WIDEST_GAP).find(|start| stands(words, *start, &self.tail))?;
        Some(tail..tail + self.tail.len())
    }

    fn len(&self) -> usize {
        self.words.len() + self.tail.len()
    }
}

fn stands(words: &[&str], at: usize, pattern: &[Box<str>]) -> bool {
    let there = words.get(at..at + pattern.len()).unwrap_or_default();
    there.len() == pattern.len() && there.iter().zip(pattern).all(|(a, b)| **a == **b)
}

fn ends_gap(word: &str) -> bool {
    matches!(word, "," | ";" | ":" | "." | "and" | "but" | "that" | "which" | "who" | "when")
}

/// All patterns of a codebook, by their first word.
#[derive(Default)]
pub(crate) struct Patterns {
    by_first: HashMap<Box<str>, Vec<Pattern>>,
}

impl Patterns {
    /// Adds the trigger words of the rule with index `index`.
    pub(crate) fn add(&mut self, index: usize, rule: &RuleTable) {
        let text = |list: &[toml::Spanned<String>]| {
            list.iter().map(|word| word.get_ref().clone()).collect::<Vec<_>>()
        };
        for lemma in text(&rule.verbs) {
            self.extend(inflect::verb(&lemma), Some(index));
        }
        for lemma in text(&rule.nouns) {
            self.extend(inflect::noun(&lemma), Some(index));
        }
        let phrases = text(&rule.phrases).into_iter().map(|phrase| (phrase, Form::Phrase));
        self.extend(phrases.collect(), Some(index));
        for lemma in text(&rule.excludes) {
            self.extend(inflect::noun(&lemma), None);
            self.extend(inflect::verb(&lemma), None);
        }
    }

    fn extend(&mut self, forms: Vec<(String, Form)>, rule: Option<usize>) {
        for (text, form) in forms {
            let pattern = Pattern::new(&text, form, rule);
            if let Some(first) = pattern.words.first() {
                self.by_first.entry(first.clone()).or_default().push(pattern);
            }
        }
    }

    /// The triggers in a sentence of lower-case `words`, from left to right, at one place the longest
    /// first. What a longer noun or phrase covers behind its first word starts no other.
    pub(crate) fn find(&self, words: &[&str]) -> Vec<Trigger> {
        let mut found: Vec<Trigger> = Vec::new();
        let mut covered = vec![false; words.len()];
        for (at, word) in words.iter().enumerate() {
            let Some(here) = self.by_first.get(*word) else { continue };
            if covered.get(at).copied().unwrap_or(true) {
                continue;
            }
            let mut standing: Vec<(&Pattern, Range<usize>)> =
                here.iter().filter_map(|p| Some((p, p.stands_at(words, at)?))).collect();
            standing.sort_by_key(|(p, _)| usize::MAX - p.len());
            let longest = standing.first().map_or(0, |(p, _)| p.len());
            let excluded =
                standing.iter().filter(|(p, _)| p.rule.is_none()).map(|(p, _)| p.len()).max();
            for (pattern, tail) in standing {
                let head = at..at + pattern.words.len();
                cover(&mut covered, tail);
                // Inside a verb phrase another event may be named: "claimed the *attack*".
                let whole = matches!(pattern.form, Form::Noun | Form::Phrase);
                if pattern.len() == longest && (whole || pattern.rule.is_none()) {
                    cover(&mut covered, head.clone());
                }
                if let Some(rule) = pattern.rule.filter(|_| excluded < Some(pattern.len())) {
                    let (words, form) = (pattern.len(), pattern.form);
                    let tokens = head.start + pattern.lead..head.end;
                    found.push(Trigger { rule, tokens, words, form });
                }
            }
        }
        found
    }
}

fn cover(covered: &mut [bool], tokens: impl Iterator<Item = usize>) {
    for token in tokens {
        if let Some(slot) = covered.get_mut(token) {
            *slot = true;
        }
    }
}
