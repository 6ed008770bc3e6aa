//! Noun phrases: which words stand around a nominal head, with the names in them.

use std::collections::BTreeSet;
use std::ops::Range;

use averment_lang::{Dep, Pos, Subtype};
use averment_types::TextRange;

use crate::lexicon::Lexicon;
use crate::view::View;

/// A noun phrase without what follows its head: no prepositional phrases, no clauses.
#[derive(Debug, Clone)]
pub(crate) struct Phrase {
    /// Its tokens.
    pub(crate) tokens: Range<usize>,
    /// The token that governs it.
    pub(crate) head: usize,
    /// Its words, with a possessor before it.
    pub(crate) range: TextRange,
    /// The actor mention that it is, as an index into the report's mentions.
    pub(crate) actor: Option<usize>,
    /// Actor mentions inside it that are not its head: "an *ISIS* attack"; words that describe last.
    pub(crate) inner: Vec<usize>,
    /// The preposition before it, its own or the one of the list that it stands in.
    pub(crate) prep: Option<usize>,
    /// The phrase that owns it.
    pub(crate) possessor: Option<usize>,
    /// Whether it is a time adverbial and fills no role.
    pub(crate) adverbial: bool,
}

impl View<'_> {
    /// Finds the phrases of the sentence, in the order of the text, and links owners to what they own.
    pub(crate) fn find_phrases(&mut self, times: &[TextRange], lexicon: &Lexicon) {
        let mut found: Vec<(usize, Range<usize>)> = Vec::new();
        for head in (0..self.tokens.len()).filter(|at| self.heads_phrase(*at)) {
            let tokens = self.with_mention(head, self.core(head));
            found.push((head, tokens));
        }
        // A head inside a wider phrase has none of its own.
        let wide = found.clone();
        found.retain(|(head, own)| {
            !wide.iter().any(|(other, tokens)| {
                other != head && tokens.contains(head) && (tokens.len(), head) > (own.len(), other)
            })
        });
        found.sort_by_key(|(_, tokens)| tokens.start);
        let mut free = 0;
        for (head, tokens) in found {
            let start = tokens.start.max(free).min(head);
            // What a list holds as its second name does not begin with the "and" before it.
            let joined = start < head && self.pos(start) == Pos::Cconj;
            let tokens = start + usize::from(joined)..tokens.end;
            free = free.max(tokens.end);
            self.add_phrase(head, tokens, times, lexicon);
        }
        for index in 0..self.phrases.len() {
            self.link_possessor(index);
        }
    }

    /// Whether `at` may govern a phrase that fills a role.
    fn heads_phrase(&self, at: usize) -> bool {
        let relation = self.tree.relation(at);
        let nominal = match self.pos(at) {
            Pos::Noun | Pos::Propn | Pos::Num | Pos::Sym | Pos::X => true,
            Pos::Pron => !self.is_relative(at) && !self.feats(at).contains("PronType=Int"),
            Pos::Adj | Pos::Det | Pos::Verb | Pos::Adv => self.stands_for_noun(at),
            _ => false,
        };
        let within = matches!(
            relation.universal,
            Dep::Compound
                | Dep::Flat
                | Dep::Fixed
                | Dep::Goeswith
                | Dep::Nummod
                | Dep::Amod
                | Dep::Det
                | Dep::Case
                | Dep::Cc
                | Dep::Punct
                | Dep::Expl
        ) || relation.subtype == Some(Subtype::Desc);
        let owner = self.pos(at) == Pos::Pron && relation.is(Dep::Nmod, Subtype::Poss);
        nominal && !within && !owner
    }

    /// "the *wounded*", "*many* of them": no noun, yet an argument, and none with a clause below it.
    fn stands_for_noun(&self, at: usize) -> bool {
        let argument = matches!(
            self.tree.dep(at),
            Dep::Nsubj | Dep::Obj | Dep::Iobj | Dep::Obl | Dep::Nmod | Dep::Appos
        ) || (self.tree.dep(at) == Dep::Conj
            && self.tree.head(at).is_some_and(|head| {
                matches!(self.pos(head), Pos::Noun | Pos::Propn | Pos::Num)
                    || self.stands_for_noun(head)
            }));
        // "*rebel* shelling": what a word describes that stands before a noun is one, whatever the tagger takes it for.
        let described = self.word(at).ends_with("ing")
            && self.tree.children_in(at, &[Dep::Amod, Dep::Compound]).any(|before| before < at);
        let verbal = matches!(self.pos(at), Pos::Verb | Pos::Adv)
            && self.tree.child(at, Dep::Det).is_none()
            && !described;
        let counts = self.word(at) == "more" && self.tree.dep(at) == Dep::Nsubj;
        argument && (!verbal || counts)
    }

    /// The words of the phrase that `head` governs.
    fn core(&self, head: usize) -> Range<usize> {
        let mut words = BTreeSet::from([head]);
        for child in self.tree.children(head) {
            let relation = self.tree.relation(*child);
            let inside = match relation.universal {
                Dep::Det | Dep::Amod | Dep::Nummod | Dep::Compound | Dep::Goeswith => *child < head,
                Dep::Advmod => *child < head && self.pos(head) != Pos::Pron,
                Dep::Flat | Dep::Fixed => true,
                Dep::Nmod => {
                    matches!(relation.subtype, Some(Subtype::Desc | Subtype::Unmarked))
                        || (relation.subtype == Some(Subtype::Poss)
                            && self.pos(*child) == Pos::Pron)
                }
                _ => false,
            };
            if inside {
                words.extend(self.tree.subtree(*child));
            }
        }
        // "dozens *of houses*"
        if let Some(counted) = self.counted(head) {
            words.extend(self.core(counted));
        }
        let first = words.first().copied().unwrap_or(head);
        let first = self.own_start(first, head);
        let last = words.last().copied().unwrap_or(head);
        self.range_of_numbers(first)..last + 1
    }

    /// Where the phrase of `head` begins that the tree lets begin at `first`: not with words that belong elsewhere: "*further south* police", "*in
    /// western Colombia* dissidents captured", "wounding *five others* witnesses said".
    fn own_start(&self, first: usize, head: usize) -> usize {
        let others = head.checked_sub(1).filter(|at| *at >= first && self.word(*at) == "others");
        if others.is_some() {
            return head;
        }
        let mut start = first;
        if self.pos(first) == Pos::Adp {
            let within = self.tree.children_in(head, &[Dep::Compound, Dep::Amod, Dep::Nmod]);
            let mut within = within.filter(|at| self.tree.case(*at) == Some(first));
            return within.find(|at| *at < head).map_or(first, |at| at + 1);
        }
        if matches!(self.word(first), "further" | "farther" | "elsewhere" | "meanwhile") {
            start += 1;
            while start < head && matches!(self.word(start), "north" | "south" | "east" | "west") {
                start += 1;
            }
        }
        start
    }

    /// The noun right behind a word of quantity that says of what it is so many: "dozens of *houses*", "one of the *men*".
    pub(crate) fn counted(&self, head: usize) -> Option<usize> {
        let quantity = self.pos(head) == Pos::Num || is_quantity(self.word(head));
        let of = |at: &usize| self.tree.case(*at) == Some(head + 1) && self.word(head + 1) == "of";
        self.tree.children_in(head, &[Dep::Nmod, Dep::Obl]).find(of).filter(|_| quantity)
    }

    /// What the noun at `head` is a time or a row of: "two days of heavy *shelling*", "a wave of *attacks*"; not whom it made
    /// survivors.
    pub(crate) fn spanned(&self, head: usize) -> Option<usize> {
        let of = |at: &usize| self.tree.case(*at).is_some_and(|case| self.word(case) == "of");
        let row = is_row(self.word(head)) || is_length(self.word(head));
        self.tree.children_in(head, &[Dep::Nmod]).find(of).filter(|_| row)
    }

    /// Where the phrase starts whose first word, at `first`, is the second number of a range: "*between 10
    /// and* 14 people".
    fn range_of_numbers(&self, first: usize) -> usize {
        let number = |at: Option<usize>| at.is_some_and(|at| self.pos(at) == Pos::Num);
        if !number(Some(first)) || !number(first.checked_sub(2)) {
            return first;
        }
        let between = first.checked_sub(3).filter(|at| self.word(*at) == "between");
        match self.word(first - 1) {
            "and" => between.unwrap_or(first),
            "to" | "or" | "-" | "–" => between.unwrap_or(first - 2),
            _ => first,
        }
    }

    /// The same with the mention that covers the head, which may be a name of many phrases: "Group for the
    /// Support of Islam and Muslims".
    fn with_mention(&self, head: usize, core: Range<usize>) -> Range<usize> {
        let Some(span) = self.mention_at(head).map(|mention| mention.span) else { return core };
        let start = self.tokens.partition_point(|t| t.range.end() <= span.start());
        let end = self.tokens.partition_point(|t| t.range.start() < span.end());
        match self.tree.top(&(start..end)) {
            Some(top) if top == head => core.start.min(start)..core.end.max(end),
            _ => core,
        }
    }

    fn add_phrase(
        &mut self,
        head: usize,
        tokens: Range<usize>,
        times: &[TextRange],
        lexicon: &Lexicon,
    ) {
        let Some(range) = self.range(&tokens) else { return };
        let inside = self.mentions_in(range);
        let word = self.tokens.get(head).map_or(range, |t| t.range);
        let last = self.tokens.get(tokens.end - 1).map_or(range, |t| t.range);
        let covers = |span: TextRange| {
            inside.iter().copied().find(|i| self.mention(*i).is_some_and(|m| m.span.overlaps(span)))
        };
        let mut actor = covers(word).or_else(|| covers(last));
        let mut inner: Vec<usize> = inside.into_iter().filter(|i| Some(*i) != actor).collect();
        if actor.is_none() && lexicon.members.has(self.word(head)) {
            actor = inner.last().copied();
        }
        inner.extend(self.describing_in(range));
        let adverbial =
            times.iter().any(|t| t.overlaps(range) && (t.contains(range) || t.contains(word)));
        for at in tokens.clone() {
            if let Some(slot) = self.phrase_at.get_mut(at) {
                *slot = Some(self.phrases.len());
            }
        }
        self.phrases.push(Phrase {
            prep: self.preposition(head),
            tokens,
            head,
            range,
            actor,
            inner,
            possessor: None,
            adverbial,
        });
    }

    /// The preposition of the phrase that `head` governs, or of the first phrase of its list.
    fn preposition(&self, head: usize) -> Option<usize> {
        self.tree.case(head).or_else(|| {
            let first = self.tree.head(head).filter(|_| self.tree.dep(head) == Dep::Conj)?;
            self.preposition(first)
        })
    }

    fn link_possessor(&mut self, index: usize) {
        let Some(head) = self.phrases.get(index).map(|p| p.head) else { return };
        let owner = self
            .tree
            .children(head)
            .iter()
            .find(|child| self.tree.relation(**child).is(Dep::Nmod, Subtype::Poss))
            .and_then(|child| self.phrase_of(*child))
            .filter(|owner| *owner != index);
        let cover = owner.and_then(|owner| self.phrases.get(owner)).map(|p| p.range);
        if let (Some(phrase), Some(cover)) = (self.phrases.get_mut(index), cover) {
            phrase.possessor = owner;
            phrase.range = phrase.range.cover(cover);
        }
    }
}

/// Words that say how many or how much of something: "most of the province".
fn is_quantity(word: &str) -> bool {
    matches!(
        word,
        "dozens"
            | "scores"
            | "hundreds"
            | "thousands"
            | "tens"
            | "millions"
            | "number"
            | "couple"
            | "handful"
            | "all"
            | "most"
            | "many"
            | "some"
            | "several"
            | "few"
            | "half"
            | "quarter"
            | "third"
            | "majority"
            | "rest"
            | "bulk"
    )
}

/// "a series of", "a number of": transparent between a verb and the noun that it is of.
pub(crate) fn is_row(word: &str) -> bool {
    matches!(
        word,
        "series"
            | "number"
            | "wave"
            | "string"
            | "spate"
            | "dozens"
            | "lot"
            | "couple"
            | "several"
            | "campaign"
    )
}

/// Words for how long something lasts: "two days of shelling".
fn is_length(word: &str) -> bool {
    matches!(
        word.strip_suffix('s').unwrap_or(word),
        "minute" | "hour" | "day" | "night" | "week" | "month" | "year"
    )
}
