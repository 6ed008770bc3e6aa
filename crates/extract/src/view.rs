//! One sentence as the coder sees it: words, tree, noun phrases, clauses, and the names in it.

use std::ops::Range;

use averment_actors::ActorMention;
use averment_lang::{Dep, EntityKind, Pos, Reading, Sentence, Subtype, Token};
use averment_types::{Antecedent, TextRange};

use crate::compounds::joined;
use crate::lexicon::Lexicon;
use crate::mend;
pub(crate) use crate::phrases::Phrase;
use crate::tree::Tree;

/// A sentence with its tree, phrases and clauses.
pub(crate) struct View<'a> {
    pub(crate) text: &'a str,
    pub(crate) sentence: Sentence,
    pub(crate) tokens: Vec<Token>,
    pub(crate) words: Vec<&'a str>,
    pub(crate) tree: Tree,
    pub(crate) phrases: Vec<Phrase>,
    pub(crate) phrase_at: Vec<Option<usize>>,
    reading: &'a Reading,
    mentions: Mentions<'a>,
    clauses: Vec<u16>,
}

/// The mentions of actors in a report. A phrase holds them by their place in all three, one behind the other.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mentions<'a> {
    /// Phrases that name or describe somebody, in order, without overlap.
    pub(crate) actors: &'a [ActorMention],
    /// Names inside those of `actors`.
    pub(crate) nested: &'a [ActorMention],
    /// Words that stand before an act for who does it, in order.
    pub(crate) describing: &'a [ActorMention],
}

impl<'a> View<'a> {
    /// The view of the sentence at `index`. `times` are the ranges of time expressions, which fill no role.
    pub(crate) fn new(
        text: &'a str,
        reading: &'a Reading,
        index: usize,
        mentions: Mentions<'a>,
        times: &[TextRange],
        lexicon: &Lexicon,
    ) -> Option<Self> {
        let sentence = *reading.sentences().get(index)?;
        let mut tokens = joined(reading, index);
        let words: Vec<&str> = tokens.iter().map(|t| reading.lower(t)).collect();
        let classes: Vec<Option<Pos>> =
            (0..tokens.len()).map(|at| mend::class(&tokens, &words, at)).collect();
        for (token, class) in tokens.iter_mut().zip(classes) {
            token.pos = class.unwrap_or(token.pos);
        }
        let tree = Tree::of(&tokens, &words);
        let mut view = Self {
            text,
            sentence,
            tokens,
            clauses: number_clauses(&tree, words.len()),
            phrase_at: vec![None; words.len()],
            words,
            tree,
            phrases: Vec::new(),
            reading,
            mentions,
        };
        view.find_phrases(times, lexicon);
        view.add_nested();
        Some(view)
    }

    /// The class of token `at`; punctuation beyond either end.
    pub(crate) fn pos(&self, at: usize) -> Pos {
        self.tokens.get(at).map_or(Pos::Punct, |t| t.pos)
    }

    /// Whether the word is a verb. No auxiliary is asked for, so what the reader takes for one is a rare verb.
    pub(crate) fn is_verb(&self, at: usize) -> bool {
        matches!(self.pos(at), Pos::Verb | Pos::Aux)
    }

    /// The lower-case word at `at`; empty beyond either end.
    pub(crate) fn word(&self, at: usize) -> &'a str {
        self.words.get(at).copied().unwrap_or_default()
    }

    /// The morphology of token `at`, as Universal Dependencies writes it.
    pub(crate) fn feats(&self, at: usize) -> &'a str {
        self.tokens.get(at).map_or("_", |t| self.reading.feats(t))
    }

    /// Whether token `at` is a participle that something was done to: "was *killed*", "the town *held* by".
    pub(crate) fn is_passive(&self, at: usize) -> bool {
        self.feats(at).contains("Voice=Pass") || self.tree.has(at, Dep::Aux, Subtype::Pass)
    }

    /// The phrase that holds token `at`.
    pub(crate) fn phrase_of(&self, at: usize) -> Option<usize> {
        self.phrase_at.get(at).copied().flatten()
    }

    /// The phrases of `at` and of what is coordinated with it.
    pub(crate) fn phrases_of(&self, at: usize) -> Vec<usize> {
        let listed = self.tree.coordinated(at);
        let along = self.tree.children_in(at, &[Dep::Nmod]).filter(|at| self.is_along(*at));
        let along: Vec<usize> = along.flat_map(|at| self.tree.coordinated(at)).collect();
        listed.into_iter().chain(along).filter_map(|at| self.phrase_of(at)).collect()
    }

    /// Whether the phrase at token `at` goes with what stands before it: "*along with* two bodyguards".
    pub(crate) fn is_along(&self, at: usize) -> bool {
        let with = |case: usize| {
            matches!(self.word(case), "along" | "together") && self.word(case + 1) == "with"
        };
        self.tree
            .children_in(at, &[Dep::Case])
            .any(|case| with(case) || case.checked_sub(1).is_some_and(with))
    }

    /// The range of text of `tokens`.
    pub(crate) fn range(&self, tokens: &Range<usize>) -> Option<TextRange> {
        let first = self.tokens.get(tokens.start)?.range;
        Some(first.cover(self.tokens.get(tokens.end.checked_sub(1)?)?.range))
    }

    /// The clause of token `at`; 0 is the main clause.
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

    /// The words that name whom `mention` refers to, where it refers.
    pub(crate) fn antecedent(&self, mention: &ActorMention) -> Option<Antecedent> {
        Antecedent::at(self.text, mention.antecedent?)
    }

    /// Whether the reader sooner than not takes the word at `at` for the name of an event.
    pub(crate) fn names_event(&self, at: usize) -> bool {
        let hint = self.tokens.get(at).and_then(|token| token.hint);
        hint.is_some_and(|hint| hint.event > 0.5)
    }

    /// What the reader takes most of the words at `span` for, and whether that name is longer than they are.
    pub(crate) fn entity_at(&self, span: TextRange) -> Option<(EntityKind, bool)> {
        let entities = self.reading.entities();
        let from = entities.partition_point(|e| e.range.end() <= span.start());
        let here = entities.iter().skip(from).take_while(|e| e.range.start() < span.end());
        let shared =
            |e: TextRange| e.end().min(span.end()).saturating_sub(e.start().max(span.start()));
        let most = here.max_by_key(|e| shared(e.range))?;
        let wider = most.range.start() + 1 < span.start() || most.range.end() > span.end() + 1;
        Some((most.kind, wider))
    }

    /// The names before the noun at `noun` that the reader takes for organisations: "a *Suntracs* protest".
    pub(crate) fn organisations_before(&self, noun: usize) -> Vec<TextRange> {
        let names = self.tree.children_in(noun, &[Dep::Compound]).filter(|at| *at < noun);
        let spans = names.filter(|at| self.pos(*at) == Pos::Propn);
        let spans = spans.filter_map(|at| self.range(&self.tree.span(at)));
        let acts = |range: &TextRange| {
            matches!(self.entity_at(*range), Some((EntityKind::Organization, false)))
        };
        spans.filter(acts).collect()
    }

    /// Whether token `at` is the pronoun of a relative clause.
    pub(crate) fn is_relative(&self, at: usize) -> bool {
        let clause = self.tree.clause(at);
        at < clause
            && self.tree.relation(clause).is(Dep::Acl, Subtype::Relcl)
            && (self.feats(at).contains("PronType=Rel")
                || matches!(self.word(at), "who" | "which" | "whom" | "whose"))
    }

    /// The nearest token before `at` that is neither quotation mark nor adverb.
    pub(crate) fn before(&self, at: usize) -> Option<usize> {
        (0..at).rev().find(|i| !self.is_quote(*i) && self.pos(*i) != Pos::Adv)
    }

    /// The head word of a phrase.
    pub(crate) fn head(&self, phrase: &Phrase) -> &'a str {
        self.word(self.counted(phrase.head).unwrap_or(phrase.head))
    }

    /// The actor mention of a phrase, by the index that the phrase holds.
    pub(crate) fn mention(&self, index: usize) -> Option<&'a ActorMention> {
        let Mentions { actors, nested, describing } = self.mentions;
        actors.iter().chain(nested).chain(describing).nth(index)
    }

    /// Whether the noun at `at` is what somebody is behind: "the men *behind the attack*".
    pub(crate) fn is_behind(&self, at: usize) -> bool {
        self.tree.case(at).is_some_and(|case| self.word(case) == "behind")
    }

    /// Who is said to have done what the passive verb at `verb` tells: "was denied *by the army*".
    pub(crate) fn agent(&self, verb: usize) -> Option<usize> {
        let by = |at: &usize| self.tree.case(*at).is_some_and(|case| self.word(case) == "by");
        self.tree.children_in(verb, &[Dep::Obl]).find(by)
    }

    /// Whether the verb at `verb` tells since when something is so: "*since* the war *began*".
    pub(crate) fn is_since(&self, verb: usize) -> bool {
        let mut marks = self.tree.children_in(verb, &[Dep::Mark]);
        self.tree.dep(verb) == Dep::Advcl && marks.any(|mark| self.word(mark) == "since")
    }

    /// The actor mentions that begin in `range`, by index.
    pub(crate) fn mentions_in(&self, range: TextRange) -> Vec<usize> {
        begun_in(self.mentions.actors, range).collect()
    }

    /// The words in `range` that stand before an act for who does it, by index.
    pub(crate) fn describing_in(&self, range: TextRange) -> Vec<usize> {
        let before = self.mentions.actors.len() + self.mentions.nested.len();
        begun_in(self.mentions.describing, range).map(|at| before + at).collect()
    }

    /// Whether the mention at `index` is a word that only describes an act.
    pub(crate) const fn describes(&self, index: usize) -> bool {
        index >= self.mentions.actors.len() + self.mentions.nested.len()
    }

    /// The actor mention that covers token `at`.
    pub(crate) fn mention_at(&self, at: usize) -> Option<&'a ActorMention> {
        let range = self.tokens.get(at)?.range;
        let actors = self.mentions.actors;
        let index = actors.partition_point(|m| m.span.end() <= range.start());
        actors.get(index).filter(|m| m.span.overlaps(range))
    }

    /// A name at the end of phrase `index` that the phrase's own mention covers: "the wing of *Koufa*".
    pub(crate) fn nested_in(&self, index: usize) -> Option<usize> {
        let outer = self.phrases.get(index)?;
        let inside =
            |p: &Phrase| p.tokens.end == outer.tokens.end && p.tokens.start > outer.tokens.start;
        self.phrases.iter().position(inside)
    }

    fn add_nested(&mut self) {
        for (index, mention) in self.mentions.nested.iter().enumerate() {
            let start = self.tokens.partition_point(|t| t.range.start() < mention.span.start());
            let end = self.tokens.partition_point(|t| t.range.start() < mention.span.end());
            if start >= end || !self.sentence.range.contains(mention.span) {
                continue;
            }
            self.phrases.push(Phrase {
                head: self.tree.top(&(start..end)).unwrap_or(end - 1),
                tokens: start..end,
                range: mention.span,
                actor: Some(self.mentions.actors.len() + index),
                inner: Vec::new(),
                prep: Some(start.saturating_sub(1)),
                possessor: None,
                adverbial: false,
            });
        }
    }
}

/// Those of `mentions`, which are in order, that begin in `range` or reach into it.
fn begun_in(mentions: &[ActorMention], range: TextRange) -> impl Iterator<Item = usize> {
    let from = mentions.partition_point(|m| m.span.end() <= range.start());
    let rest = mentions.iter().skip(from).take_while(move |m| m.span.start() < range.end());
    rest.enumerate().map(move |(at, _)| from + at)
}

/// Numbers the clauses in the order of their first words; the main clause is 0.
fn number_clauses(tree: &Tree, words: usize) -> Vec<u16> {
    let mut seen: Vec<usize> = (0..words).find(|at| tree.head(*at).is_none()).into_iter().collect();
    let mut numbers = Vec::with_capacity(words);
    for at in 0..words {
        let clause = tree.clause(at);
        let number = seen.iter().position(|c| *c == clause).unwrap_or_else(|| {
            seen.push(clause);
            seen.len() - 1
        });
        numbers.push(u16::try_from(number).unwrap_or(u16::MAX));
    }
    numbers
}
