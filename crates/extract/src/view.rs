//! One sentence as the grammar sees it: words, noun phrases, clauses, and the names in it.

use std::ops::Range;

use averment_actors::ActorMention;
use averment_lang::{Pos, Reading, Sentence, Token};
use averment_types::TextRange;

use crate::lexicon::Lexicon;

/// A noun phrase.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// Its words, with a possessor before it.
    pub(crate) range: TextRange,
    /// The actor mention that it is, as an index into the report's mentions.
    pub(crate) actor: Option<usize>,
    /// Actor mentions inside it that are not its head: "an *ISIS* attack".
    pub(crate) inner: Vec<usize>,
    /// The preposition right before it.
    pub(crate) prep: Option<usize>,
    /// The phrase that owns it.
    pub(crate) possessor: Option<usize>,
    /// Whether it only owns the phrase behind it.
    pub(crate) is_possessor: bool,
    /// Whether it is a time or a place adverbial and fills no role.
    pub(crate) adverbial: bool,
}

/// A sentence with its phrases and clauses.
pub(crate) struct View<'a> {
    pub(crate) text: &'a str,
    pub(crate) sentence: Sentence,
    pub(crate) tokens: &'a [Token],
    pub(crate) words: Vec<&'a str>,
    pub(crate) phrases: Vec<Phrase>,
    mentions: &'a [ActorMention],
    nested: &'a [ActorMention],
    pos: Vec<Pos>,
    phrase_at: Vec<Option<usize>>,
    clauses: Vec<u16>,
}

impl<'a> View<'a> {
    /// The view of the sentence at `index`: words and classes. Phrases and clauses come with
    /// [`View::parse`], once it is known which words are verbs.
    pub(crate) fn new(
        text: &'a str,
        reading: &'a Reading,
        index: usize,
        mentions: &'a [ActorMention],
        nested: &'a [ActorMention],
    ) -> Option<Self> {
        let sentence = *reading.sentences().get(index)?;
        let tokens = reading.sentence_tokens(index);
        let words: Vec<&str> = tokens.iter().map(|t| reading.lower(t)).collect();
        Some(Self {
            text,
            sentence,
            tokens,
            pos: tokens.iter().map(|t| t.pos).collect(),
            clauses: vec![0; words.len()],
            phrase_at: vec![None; words.len()],
            words,
            phrases: Vec::new(),
            mentions,
            nested,
        })
    }

    /// Marks a word as a verb that the reader left open: "the rebels *control* the town".
    pub(crate) fn mark_verb(&mut self, at: usize) {
        if let Some(pos) = self.pos.get_mut(at) {
            *pos = Pos::Verb;
        }
    }

    /// Finds phrases and clauses. `times` are the ranges of time expressions,
    /// which fill no role.
    pub(crate) fn parse(&mut self, times: &[TextRange], lexicon: &Lexicon) {
        self.find_phrases(times, lexicon);
        self.add_nested();
        self.find_clauses();
    }

    /// The class of token `at`; punctuation beyond either end.
    pub(crate) fn pos(&self, at: usize) -> Pos {
        self.pos.get(at).copied().unwrap_or(Pos::Punct)
    }

    /// The lower-case word at `at`; empty beyond either end.
    pub(crate) fn word(&self, at: usize) -> &'a str {
        self.words.get(at).copied().unwrap_or_default()
    }

    /// The phrase that holds token `at`.
    pub(crate) fn phrase_of(&self, at: usize) -> Option<usize> {
        self.phrase_at.get(at).copied().flatten()
    }

    /// The range of text of `tokens`.
    pub(crate) fn range(&self, tokens: &Range<usize>) -> Option<TextRange> {
        let first = self.tokens.get(tokens.start)?.range;
        Some(first.cover(self.tokens.get(tokens.end.checked_sub(1)?)?.range))
    }

    /// The clause of token `at`.
    pub(crate) fn clause(&self, at: usize) -> u16 {
        self.clauses.get(at).copied().unwrap_or_default()
    }

    /// The clause in which a stretch of text begins.
    pub(crate) fn clause_of_range(&self, range: TextRange) -> Option<u16> {
        let at = self.tokens.iter().position(|t| t.range.overlaps(range))?;
        Some(self.clause(at))
    }

    /// Whether token `at` is a quotation mark.
    pub(crate) fn is_quote(&self, at: usize) -> bool {
        matches!(self.word(at), "\"" | "“" | "”" | "‘" | "«" | "»" | "''" | "``")
    }

    /// Whether token `at` opens a clause that tells of the phrase before it.
    pub(crate) fn is_relative(&self, at: usize) -> bool {
        match self.word(at) {
            "who" | "which" | "whom" | "whose" => true,
            "that" => {
                at > 0
                    && self.phrase_of(at - 1).is_some()
                    && matches!(self.pos(at + 1), Pos::Verb | Pos::Aux | Pos::Adv)
            }
            _ => false,
        }
    }

    /// The nearest token before `at` that is neither quotation mark nor adverb.
    pub(crate) fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|i| !self.is_quote(*i) && self.pos(*i) != Pos::Adv)
    }

    /// The head word of a phrase: its last word outside brackets.
    pub(crate) fn head(&self, phrase: &Phrase) -> &'a str {
        let bracket = phrase.tokens.clone().find(|at| self.word(*at) == "(");
        let end = bracket.filter(|at| *at > phrase.tokens.start).unwrap_or(phrase.tokens.end);
        self.word(end.saturating_sub(1))
    }

    /// Whether a phrase's head stands for the group behind it: "members", "fighters".
    pub(crate) fn lexicon_head(&self, phrase: &Phrase, lexicon: &Lexicon) -> bool {
        lexicon.members.has(self.head(phrase))
    }

    fn find_phrases(&mut self, times: &[TextRange], lexicon: &Lexicon) {
        let mut at = 0;
        while at < self.tokens.len() {
            let end = self.phrase_end(at);
            if end == at {
                at += 1;
                continue;
            }
            self.add_phrase(at..end, times, lexicon);
            at = end;
        }
        for index in 1..self.phrases.len() {
            self.link_possessor(index);
            self.share_preposition(index);
        }
    }

    /// Where the noun phrase that starts at `at` ends; `at` where none does.
    fn phrase_end(&self, at: usize) -> usize {
        let mut end = at;
        while end < self.tokens.len() {
            if let Some(covered) = self.mention_end(end) {
                end = covered;
            } else if self.joins_numbers(end) {
                end += 2;
            } else if self.continues_phrase(at, end) {
                end += 1;
            } else if self.pos(end) == Pos::Pron && end == at && is_personal(self.word(end)) {
                return end + 1;
            } else {
                break;
            }
        }
        end
    }

    /// Whether token `end` belongs to the phrase that started at `at`: nominal words, and the full stop of
    /// a title in a name ("Lt. Diallo").
    fn continues_phrase(&self, at: usize, end: usize) -> bool {
        let title = end > at
            && self.word(end) == "."
            && self.pos(end - 1) == Pos::Propn
            && self.pos(end + 1) == Pos::Propn;
        title || (self.pos(end).is_nominal() && !(end > at && self.pos(end) == Pos::Det))
    }

    /// Whether a number range starts at `at`: "20 to 30", "between 20 and 30".
    fn joins_numbers(&self, at: usize) -> bool {
        let both = self.pos(at) == Pos::Num && self.pos(at + 2) == Pos::Num;
        let between = at > 0 && self.word(at - 1) == "between" && self.word(at + 1) == "and";
        both && (between || matches!(self.word(at + 1), "to" | "or" | "-" | "–"))
    }

    /// The actor mention of a phrase, by the index that the phrase holds.
    pub(crate) fn mention(&self, index: usize) -> Option<&'a ActorMention> {
        self.mentions.get(index).or_else(|| self.nested.get(index - self.mentions.len()))
    }

    /// A name at the end of phrase `index` that the phrase's own mention covers: "the wing of *Koufa*".
    pub(crate) fn nested_in(&self, index: usize) -> Option<usize> {
        let outer = self.phrases.get(index)?;
        let inside =
            |p: &Phrase| p.tokens.end == outer.tokens.end && p.tokens.start > outer.tokens.start;
        self.phrases.iter().position(inside)
    }

    fn add_nested(&mut self) {
        for (index, mention) in self.nested.iter().enumerate() {
            let start = self.tokens.partition_point(|t| t.range.start() < mention.span.start());
            let end = self.tokens.partition_point(|t| t.range.start() < mention.span.end());
            if start >= end || !self.sentence.range.contains(mention.span) {
                continue;
            }
            self.phrases.push(Phrase {
                tokens: start..end,
                range: mention.span,
                actor: Some(self.mentions.len() + index),
                inner: Vec::new(),
                prep: Some(start.saturating_sub(1)),
                possessor: None,
                is_possessor: false,
                adverbial: false,
            });
        }
    }

    /// The actor mention that covers token `at`.
    pub(crate) fn mention_at(&self, at: usize) -> Option<&'a ActorMention> {
        let range = self.tokens.get(at)?.range;
        let index = self.mentions.partition_point(|m| m.span.end() <= range.start());
        self.mentions.get(index).filter(|m| m.span.overlaps(range))
    }

    /// The end of an actor mention that starts at token `at`.
    fn mention_end(&self, at: usize) -> Option<usize> {
        let start = self.tokens.get(at)?.range.start();
        let index = self.mentions.partition_point(|m| m.span.start() < start);
        let mention = self.mentions.get(index).filter(|m| m.span.start() == start)?;
        let end = self.tokens.partition_point(|t| t.range.start() < mention.span.end());
        (end > at).then_some(end)
    }

    fn add_phrase(&mut self, tokens: Range<usize>, times: &[TextRange], lexicon: &Lexicon) {
        let Some(range) = self.range(&tokens) else { return };
        let from = self.mentions.partition_point(|m| m.span.end() <= range.start());
        let inside: Vec<usize> = (from..self.mentions.len())
            .take_while(|i| self.mentions.get(*i).is_some_and(|m| m.span.start() < range.end()))
            .collect();
        let last = self.tokens.get(tokens.end - 1).map_or(range, |t| t.range);
        let heads = |i: &usize| self.mentions.get(*i).is_some_and(|m| m.span.overlaps(last));
        let mut actor = inside.iter().copied().find(heads);
        let inner: Vec<usize> = inside.into_iter().filter(|i| Some(*i) != actor).collect();
        if actor.is_none() && lexicon.members.has(self.word(tokens.end - 1)) {
            actor = inner.last().copied();
        }
        let tokens = self.bound_before(&tokens, lexicon).unwrap_or(tokens.start)..tokens.end;
        let range = self.range(&tokens).unwrap_or(range);
        let prep = tokens.start.checked_sub(1).filter(|at| self.is_preposition(*at));
        let adverbial =
            times.iter().any(|t| t.overlaps(range) && (t.contains(range) || t.contains(last)));
        for at in tokens.clone() {
            if let Some(slot) = self.phrase_at.get_mut(at) {
                *slot = Some(self.phrases.len());
            }
        }
        self.phrases.push(Phrase {
            tokens,
            range,
            actor,
            inner,
            prep,
            possessor: None,
            is_possessor: false,
            adverbial,
        });
    }

    /// Where the words start that bound the number at the head of a phrase: "*at least* 29 rebels". They are
    /// no preposition of the phrase.
    fn bound_before(&self, tokens: &Range<usize>, lexicon: &Lexicon) -> Option<usize> {
        let number = tokens.clone().find(|at| self.pos(*at) == Pos::Num)?;
        let between = number.checked_sub(1).filter(|at| self.word(*at) == "between");
        if between.is_some() && self.joins_numbers(number) {
            return between;
        }
        (1..=4usize)
            .rev()
            .filter_map(|back| number.checked_sub(back))
            .find(|start| {
                let sets = [&lexicon.at_least, &lexicon.at_most, &lexicon.about];
                sets.iter()
                    .any(|set| set.at(&self.words, *start).is_some_and(|len| start + len == number))
            })
            .filter(|start| *start < tokens.start)
    }

    /// Whether token `at` is a preposition; "to" before a phrase is one.
    fn is_preposition(&self, at: usize) -> bool {
        self.pos(at) == Pos::Adp
            || self.word(at) == "to"
            || (self.pos(at) == Pos::Sconj && matches!(self.word(at), "after" | "before" | "since"))
    }

    /// "between A and B": B stands behind the preposition too.
    fn share_preposition(&mut self, index: usize) {
        let Some([first, second]) = self.phrases.get(index - 1..=index) else { return };
        let joined = (first.tokens.end..second.tokens.start)
            .all(|at| matches!(self.word(at), "and" | "or" | ",") || self.is_quote(at));
        let and =
            second.tokens.start > 0 && matches!(self.word(second.tokens.start - 1), "and" | "or");
        let between = first.prep.is_some_and(|at| self.word(at) == "between");
        let clause = matches!(self.pos(second.tokens.end), Pos::Verb | Pos::Aux) && !between;
        let prep = first.prep.filter(|_| joined && and && !clause && second.prep.is_none());
        if let Some(second) = self.phrases.get_mut(index) {
            second.prep = second.prep.or(prep);
        }
    }

    fn link_possessor(&mut self, index: usize) {
        let Some([owner, held]) = self.phrases.get(index - 1..=index) else { return };
        let gap = owner.tokens.end..held.tokens.start;
        if gap.len() != 1 || !matches!(self.word(gap.start), "'s" | "’s" | "'" | "’") {
            return;
        }
        let (cover, prep) = (owner.range, owner.prep);
        if let Some(owner) = self.phrases.get_mut(index - 1) {
            owner.is_possessor = true;
        }
        if let Some(held) = self.phrases.get_mut(index) {
            held.possessor = Some(index - 1);
            held.range = held.range.cover(cover);
            held.prep = held.prep.or(prep);
        }
    }

    /// Numbers the clauses: a new one at subordinators, relatives, reported content and semicolons; a
    /// relative clause behind a comma ends at the next comma.
    fn find_clauses(&mut self) {
        let (mut current, mut next) = (0u16, 1u16);
        let mut open: Vec<u16> = Vec::new();
        for at in 0..self.tokens.len() {
            let word = self.word(at);
            let subordinates = self.pos(at) == Pos::Sconj && self.phrase_after_is_clause(at);
            let comma_relative = self.is_relative(at) && at > 0 && self.word(at - 1) == ",";
            if word == "," && !open.is_empty() && !self.continues_list(at) {
                current = open.pop().unwrap_or(current);
            } else if comma_relative || self.is_reduced_relative(at) || self.is_relative(at) {
                open.push(current);
                current = next;
                next += 1;
            } else if subordinates
                || word == ";"
                || (word == "that" && !self.is_relative(at) && self.pos(at + 1) != Pos::Punct)
            {
                open.clear();
                current = next;
                next += 1;
            }
            if let Some(slot) = self.clauses.get_mut(at) {
                *slot = current;
            }
        }
    }

    /// A participle behind a comma that tells of the phrase before it: "…, established in 2011, …".
    pub(crate) fn is_reduced_relative(&self, at: usize) -> bool {
        let comma = at > 1 && self.word(at - 1) == "," && self.phrase_of(at - 2).is_some();
        comma
            && self.pos(at) == Pos::Verb
            && !self.word(at).ends_with("ing")
            && matches!(self.pos(at + 1), Pos::Adp | Pos::Adv)
    }

    /// Whether a subordinator opens a clause and not just a phrase: "after the army left", not "after Monday".
    fn phrase_after_is_clause(&self, at: usize) -> bool {
        if !matches!(self.word(at), "after" | "before" | "since" | "as" | "than" | "once") {
            return true;
        }
        let verb = (at + 1..self.tokens.len().min(at + 9))
            .find(|i| matches!(self.pos(*i), Pos::Verb | Pos::Aux | Pos::Punct));
        verb.is_some_and(|i| self.pos(i) != Pos::Punct)
    }

    /// Whether the comma at `at` stands in a list of phrases.
    fn continues_list(&self, at: usize) -> bool {
        let next = self.phrase_of(at + 1);
        next.and_then(|p| self.phrases.get(p))
            .is_some_and(|p| matches!(self.word(p.tokens.end), "," | "and" | "or"))
    }
}

/// Personal pronouns that may fill a role.
fn is_personal(word: &str) -> bool {
    matches!(
        word,
        "he" | "she"
            | "they"
            | "it"
            | "him"
            | "her"
            | "them"
            | "we"
            | "i"
            | "us"
            | "others"
            | "everyone"
            | "someone"
    )
}
