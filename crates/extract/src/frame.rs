//! The grammar around a trigger: which phrases stand in which function to it.
//!
//! The functions are those of the codebook's slots. They are found here from word order; a reader that
//! gives a tree can fill a [`Frame`] from the tree, and nothing behind it changes.

use std::ops::Range;

use averment_actors::MentionKind;
use averment_codebook::{Form, Function, Trigger};
use averment_lang::Pos;

use crate::lexicon::Lexicon;
use crate::view::View;

/// The functions around one trigger. Phrases are indices into the view's phrases.
#[derive(Debug, Default)]
pub(crate) struct Frame {
    /// The trigger's tokens with auxiliaries and negation before it.
    pub(crate) group: Range<usize>,
    /// The verb that supports a noun trigger, or of which it is subject: the tokens of its group.
    pub(crate) support: Option<Range<usize>>,
    /// Whether the event stands in a clause that describes: "…, a man who had been killed in May".
    pub(crate) descriptive: bool,
    /// Whether each side does it to the other.
    pub(crate) reciprocal: bool,
    slots: Vec<(Function, Vec<usize>)>,
}

/// How a rule's verb may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// It takes no object: "protest".
    Intransitive,
    /// It takes an object: "attack". Without one it is active: "they attacked at dawn".
    Transitive,
    /// It takes those who are harmed as object: "kill". Without one it is passive: "two killed in a raid".
    Harm,
}

impl Frame {
    /// The phrases in `function`.
    pub(crate) fn get(&self, function: &Function) -> &[usize] {
        self.slots
            .iter()
            .find(|(f, _)| f == function)
            .map_or(&[], |(_, phrases)| phrases.as_slice())
    }

    fn add(&mut self, function: Function, phrases: Vec<usize>) {
        if phrases.is_empty() {
            return;
        }
        match self.slots.iter_mut().find(|(f, _)| *f == function) {
            Some((_, all)) => all.extend(phrases),
            None => self.slots.push((function, phrases)),
        }
    }

    /// Reads the words around `trigger`; `voice` says how
    /// its verb may stand.
    pub(crate) fn of(view: &View<'_>, trigger: &Trigger, voice: Voice, lexicon: &Lexicon) -> Self {
        let grammar = Grammar { view, lexicon };
        match trigger.form {
            Form::Noun => grammar.noun(trigger),
            Form::Phrase => grammar.phrase(trigger),
            _ => grammar.verb(trigger, voice),
        }
    }
}

/// Reads functions off the order of words.
pub(crate) struct Grammar<'v, 'a> {
    pub(crate) view: &'v View<'a>,
    pub(crate) lexicon: &'v Lexicon,
}

impl Grammar<'_, '_> {
    fn verb(&self, trigger: &Trigger, voice: Voice) -> Frame {
        let start = self.group_start(trigger.tokens.start);
        let mut frame = Frame { group: start..trigger.tokens.end, ..Frame::default() };
        let mut right = self.right(trigger.tokens.end);
        if let Some(next) = self.verb_joined(trigger.tokens.end).filter(|_| right.object.is_empty())
        {
            right.object = self.right(next).object;
        }
        let passive = self.is_passive(trigger, start, voice, !right.object.is_empty());
        let reduced = passive && start == trigger.tokens.start;
        let subject = if reduced { self.modified(start) } else { self.subject(start, 0) };
        frame.descriptive = subject.descriptive;
        frame.reciprocal = self.is_reciprocal(trigger.tokens.start);
        if passive {
            frame.add(Function::Object, subject.phrases);
        } else {
            frame.add(Function::Subject, subject.phrases);
            frame.add(Function::Object, right.object);
        }
        for (prep, phrases) in right.preps {
            if passive && prep == "by" {
                frame.add(Function::Subject, phrases.clone());
            }
            frame.add(Function::Prep(prep.into()), phrases);
        }
        frame
    }

    fn noun(&self, trigger: &Trigger) -> Frame {
        let view = self.view;
        let mut frame = Frame { group: trigger.tokens.clone(), ..Frame::default() };
        let own = self.view.phrase_of(trigger.tokens.start);
        if let Some(phrase) = own.and_then(|p| self.view.phrases.get(p)) {
            let owner = phrase.possessor.into_iter().collect();
            frame.add(Function::Possessor, owner);
            frame.group = phrase.tokens.start..trigger.tokens.end;
            frame.add(Function::Compound, self.compounds(own, trigger.tokens.start));
        }
        let end = own
            .and_then(|p| self.view.phrases.get(p))
            .map_or(trigger.tokens.end, |p| p.tokens.end.max(trigger.tokens.end));
        let mut from = end;
        if let Some(verb) = self.verb_after(end) {
            frame.support = Some(verb.clone());
            from = verb.end;
        }
        let own_right = self.right(end);
        let after = if from > end { Some(self.right(from)) } else { None };
        for (prep, phrases) in
            own_right.preps.into_iter().chain(after.iter().flat_map(|r| r.preps.clone()))
        {
            frame.add(Function::Prep(prep.into()), phrases);
        }
        // "leader of the rebels" may be one name; the rebels are inside it.
        let inside = own.and_then(|p| view.nested_in(p)).into_iter().collect();
        frame.add(Function::Prep("of".into()), inside);
        frame.add(Function::LightObject, after.map(|r| r.object).unwrap_or_default());
        frame.add(Function::Apposition, self.appositions(own, trigger.tokens.end));
        if let Some(verb) = self.light_verb_before(&frame.group) {
            let subject = self.subject(verb.start, 0);
            frame.descriptive = subject.descriptive;
            frame.add(Function::LightSubject, subject.phrases);
            frame.support = Some(verb);
        }
        frame
    }

    /// A fixed phrase such as "affiliated with": what it is said of stands before it, the rest behind.
    fn phrase(&self, trigger: &Trigger) -> Frame {
        let own = self.view.phrase_of(trigger.tokens.start).and_then(|p| self.view.phrases.get(p));
        let first = own.map_or(trigger.tokens.start, |p| p.tokens.start);
        let start = self.group_start(first);
        let mut frame = Frame { group: start..trigger.tokens.end, ..Frame::default() };
        let right = self.right(trigger.tokens.end);
        let behind = self
            .view
            .phrase_of(trigger.tokens.end)
            .filter(|p| self.starts_at(*p, trigger.tokens.end));
        frame.add(Function::Object, behind.map_or(right.object, |p| self.coordinated(p)));
        let copula = (start..first).any(|at| self.view.pos(at) == Pos::Aux);
        let beside = self.head_before(start);
        let inside =
            self.view.phrase_of(trigger.tokens.start).filter(|_| first < trigger.tokens.start);
        if copula || beside.is_none() {
            let subject = self.subject(start, 0);
            frame.descriptive = subject.descriptive;
            frame.add(Function::Subject, subject.phrases);
        } else {
            frame.add(Function::Subject, beside.into_iter().collect());
        }
        frame.add(Function::Head, inside.or(beside.filter(|_| !copula)).into_iter().collect());
        frame
    }

    pub(crate) fn starts_at(&self, phrase: usize, token: usize) -> bool {
        self.view.phrases.get(phrase).is_some_and(|p| p.tokens.start == token)
    }

    /// The phrase right before `at`, across a comma: "Ansar Dine, an offshoot of".
    fn head_before(&self, at: usize) -> Option<usize> {
        let before = self.view.before(at)?;
        let before = if self.view.word(before) == "," { self.view.before(before)? } else { before };
        self.view.phrase_of(before)
    }

    /// Where the verb group that ends before `verb` starts: auxiliaries, negation, adverbs, "to".
    pub(crate) fn group_start(&self, verb: usize) -> usize {
        let mut start = verb;
        while start > 0 {
            let at = start - 1;
            let part = matches!(self.view.pos(at), Pos::Aux | Pos::Adv)
                || (self.view.pos(at) == Pos::Part && !matches!(self.view.word(at), "'s" | "’s"));
            if !part {
                break;
            }
            start = at;
        }
        start
    }

    /// Behind the verb that shares its object with the one that ends at token `end`: "abducted and later
    /// *released* two men".
    fn verb_joined(&self, end: usize) -> Option<usize> {
        let view = self.view;
        let joined = matches!(view.word(end), "and" | "or" | "then");
        let verb = (end + 1..end + 4).find(|at| view.pos(*at) != Pos::Adv)?;
        (joined && view.pos(verb) == Pos::Verb && !view.word(verb).ends_with("ing"))
            .then_some(verb + 1)
    }

    fn is_passive(
        &self,
        trigger: &Trigger,
        start: usize,
        voice: Voice,
        object_follows: bool,
    ) -> bool {
        let one_form =
            matches!(self.view.word(trigger.tokens.start), "hit" | "hurt" | "cut" | "overrun");
        if voice == Voice::Intransitive || (trigger.form != Form::Participle && !one_form) {
            return false;
        }
        let auxiliary = |words: &[&str]| {
            (start..trigger.tokens.start).any(|at| words.contains(&self.view.word(at)))
        };
        if auxiliary(&[
            "am", "is", "are", "was", "were", "be", "been", "being", "'re", "'m", "get", "got",
        ]) {
            return true;
        }
        if auxiliary(&["has", "have", "had", "having", "'ve"]) || object_follows {
            return false;
        }
        voice == Voice::Harm || self.view.word(trigger.tokens.end) == "by"
    }

    /// "each group … the other", "each other", "one another".
    fn is_reciprocal(&self, trigger: usize) -> bool {
        let words = &self.view.words;
        let near = trigger.saturating_sub(8)..(trigger + 6).min(words.len());
        let each = near.clone().find(|at| matches!(self.view.word(*at), "each" | "one"));
        each.is_some_and(|each| {
            near.into_iter()
                .any(|at| at > each && matches!(self.view.word(at), "other" | "another"))
        })
    }

    /// Names inside the noun's own phrase, before the noun: "an ISIS attack".
    fn compounds(&self, own: Option<usize>, noun: usize) -> Vec<usize> {
        let phrase = own.and_then(|p| self.view.phrases.get(p));
        let has_name = phrase.is_some_and(|p| {
            p.inner.iter().any(|m| {
                self.view.mention(*m).is_some_and(|m| {
                    self.view.tokens.get(noun).is_some_and(|t| m.span.end() <= t.range.start())
                })
            })
        });
        own.filter(|_| has_name).into_iter().collect()
    }

    /// A name right behind a title, or set off by commas.
    fn appositions(&self, own: Option<usize>, end: usize) -> Vec<usize> {
        let view = self.view;
        let behind = if view.word(end) == "," { end + 1 } else { end };
        let after =
            view.phrase_of(behind).filter(|p| self.starts_at(*p, behind) && Some(*p) != own);
        let before =
            own.and_then(|p| view.phrases.get(p)).and_then(|p| p.tokens.start.checked_sub(1));
        let before = before
            .filter(|at| view.word(*at) == ",")
            .and_then(|at| view.phrase_of(at.checked_sub(1)?));
        let person = |p: &crate::view::Phrase| {
            p.actor.and_then(|m| view.mention(m)).is_some_and(|m| m.kind == MentionKind::Person)
        };
        let own_name =
            own.filter(|p| view.phrases.get(*p).is_some_and(|p| person(p) && p.tokens.end > end));
        own_name.or(before).or(after).into_iter().collect()
    }

    /// The verb group of which a noun trigger is the subject: "clashes erupted between", "the struggle with
    /// X will fail". Prepositional phrases between the two belong to the noun.
    fn verb_after(&self, end: usize) -> Option<Range<usize>> {
        let view = self.view;
        let mut at = end;
        while let Some(phrase) =
            view.phrase_of(at + 1).and_then(|p| view.phrases.get(p)).filter(|p| p.prep == Some(at))
        {
            at = phrase.tokens.end;
            while matches!(view.word(at), "and" | "or") && view.phrase_of(at + 1).is_some() {
                at = view
                    .phrase_of(at + 1)
                    .and_then(|p| view.phrases.get(p))
                    .map_or(at + 1, |p| p.tokens.end);
            }
        }
        let start = at;
        while matches!(view.pos(at), Pos::Aux | Pos::Adv | Pos::Part) && at < start + 5 {
            at += 1;
        }
        let phrase = self
            .lexicon
            .occur
            .at(&view.words, at)
            .or_else(|| self.lexicon.thwart.at(&view.words, at));
        let len = phrase.or((view.pos(at) == Pos::Verb).then_some(1))?;
        Some(start..at + len)
    }

    /// The light verb of which a noun trigger is the object: "carried out a series of attacks".
    fn light_verb_before(&self, group: &Range<usize>) -> Option<Range<usize>> {
        let view = self.view;
        let mut at = group.start;
        for _ in 0..4 {
            let limit = at;
            let before = view.before(at)?;
            if self.is_quantity(before) {
                at = view
                    .phrase_of(before)
                    .and_then(|p| view.phrases.get(p))
                    .map_or(before, |p| p.tokens.start);
                continue;
            }
            let verb = (before.saturating_sub(2)..=before).find(|i| {
                self.lexicon
                    .light
                    .at(&view.words, *i)
                    .is_some_and(|len| i + len > before && i + len <= limit)
            })?;
            return Some(self.group_start(verb)..limit);
        }
        None
    }

    /// "a series of", "a number of": transparent between a light verb and its noun.
    fn is_quantity(&self, at: usize) -> bool {
        let head = |at: usize| {
            matches!(
                self.view.word(at),
                "series"
                    | "number"
                    | "wave"
                    | "string"
                    | "spate"
                    | "dozens"
                    | "lot"
                    | "couple"
                    | "several"
            )
        };
        (self.view.word(at) == "of" && at > 0 && head(at - 1)) || head(at)
    }
}

/// The subject of the verb at token `verb`, for verbs that are no triggers.
pub(crate) fn subject_of(view: &View<'_>, lexicon: &Lexicon, verb: usize) -> Vec<usize> {
    let grammar = Grammar { view, lexicon };
    grammar.subject(grammar.group_start(verb), 0).phrases
}
