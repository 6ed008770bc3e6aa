//! The grammar around a trigger: which phrases stand in which function to it.
//!
//! The functions are those of the codebook's slots; they are read off the tree.

use std::ops::Range;

use averment_codebook::{Form, Function, Trigger};
use averment_lang::{Dep, Pos, Subtype};
use averment_types::Allegation;

use crate::alleged;
use crate::lexicon::Lexicon;
use crate::phrases::is_row;
use crate::setting::behind_count;
use crate::subject::{Subject, antecedent, is_of_some, subject};
use crate::triggers::is_bare_subject;
use crate::view::{Phrase, View};

/// The functions around one trigger. Phrases are indices into the view's phrases.
#[derive(Debug, Default)]
pub(crate) struct Frame {
    /// The trigger's tokens with auxiliaries and negation before it.
    pub(crate) group: Range<usize>,
    /// The words of a phrase that tells by itself, negation and all: "*did not survive*".
    pub(crate) phrase: Range<usize>,
    /// The verb that supports a noun trigger, or of which it is subject: the tokens of its group.
    pub(crate) support: Option<Range<usize>>,
    /// Whether the event stands in a clause that describes: "…, a man who had been killed in May".
    pub(crate) descriptive: bool,
    /// Whether the objects of the verb that a noun is subject of are harmed: "the attack *killed* two".
    pub(crate) harms: bool,
    /// Of a noun that is subject of a verb whether that verb says what it was aimed at: "the attack *hit* the base".
    pub(crate) aims: Option<bool>,
    /// Whether each side does it to the other.
    pub(crate) reciprocal: bool,
    /// Those to whom somebody puts the act down, and how: "blamed on *the rebels*".
    pub(crate) alleged: Option<(Allegation, Vec<usize>)>,
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
            Some((_, all)) => {
                for phrase in phrases {
                    if !all.contains(&phrase) {
                        all.push(phrase);
                    }
                }
            }
            None => self.slots.push((function, phrases)),
        }
    }

    /// Reads the tree around `trigger`; `voice` says how its verb may stand.
    pub(crate) fn of(view: &View<'_>, trigger: &Trigger, voice: Voice, lexicon: &Lexicon) -> Self {
        let grammar = Grammar { view, lexicon };
        match trigger.form {
            Form::Noun => grammar.noun(trigger),
            Form::Phrase => grammar.phrase(trigger),
            _ => grammar.verb(trigger, voice),
        }
    }
}

/// Reads functions off the tree.
struct Grammar<'v, 'a> {
    view: &'v View<'a>,
    lexicon: &'v Lexicon,
}

impl Grammar<'_, '_> {
    fn verb(&self, trigger: &Trigger, voice: Voice) -> Frame {
        let view = self.view;
        let verb = trigger.tokens.start;
        let start = group_start(view, verb);
        let mut frame = Frame { group: start..trigger.tokens.end, ..Frame::default() };
        let objects = self.objects(trigger);
        let passive = self.is_passive(trigger, voice, !objects.is_empty());
        let subject = subject(view, verb);
        frame.descriptive = subject.descriptive;
        frame.reciprocal = self.is_reciprocal(verb);
        if passive {
            frame.add(Function::Object, subject.phrases);
            // "was named leader *of the rebels*"
            if let Some(behind) = self.behind(trigger) {
                let prep = view.word(trigger.tokens.end.saturating_sub(1));
                frame.add(Function::Prep(prep.into()), view.phrases_of(behind));
            }
        } else {
            frame.add(Function::Subject, subject.phrases);
            frame.add(Function::Object, objects);
        }
        for (at, phrases) in self.oblique(verb, &trigger.tokens) {
            let Some(prep) = self.preposition(at) else { continue };
            if passive && prep == "by" {
                frame.add(Function::Subject, phrases.clone());
            } else if passive && prep == "at" && matches!(view.word(at), "hands" | "hand") {
                // "killed at the hands *of the rebels*"
                let of = view.tree.children_in(at, &[Dep::Nmod]);
                frame.add(Function::Subject, of.flat_map(|at| view.phrases_of(at)).collect());
            } else if passive && view.is_along(at) {
                frame.add(Function::Object, phrases);
                continue;
            }
            frame.add(Function::Prep(prep.into()), phrases);
        }
        frame
    }

    /// The objects of a verb: its own, those that it shares with the verbs that it is coordinated with, and
    /// what a relative pronoun in their place stands for.
    fn objects(&self, trigger: &Trigger) -> Vec<usize> {
        let (view, tree) = (self.view, &self.view.tree);
        let verb = trigger.tokens.start;
        let own: Vec<usize> =
            tree.children_in(verb, &[Dep::Obj]).filter(|at| !trigger.tokens.contains(at)).collect();
        if let Some(relative) = own.iter().find(|at| view.is_relative(**at)) {
            return antecedent(view, tree.clause(*relative)).phrases;
        }
        if let Some(first) = own.first() {
            // An object behind the next verb is that verb's.
            let near = |at: &&usize| !(*first..**at).any(|i| view.pos(i) == Pos::Verb);
            return own.iter().filter(near).flat_map(|at| view.phrases_of(*at)).collect();
        }
        if let Some(behind) = self.behind(trigger) {
            return view.phrases_of(behind);
        }
        // What stands bare right behind the verb is its object, however the tree takes it: "hit *the Sandino quarter* of".
        let mut bare = tree.children_in(verb, &[Dep::Obl]).filter(|at| tree.case(*at).is_none());
        let bare = bare.find_map(|at| view.phrase_of(at)).filter(|phrase| {
            let phrase = view.phrases.get(*phrase);
            phrase.is_some_and(|p| p.tokens.start == trigger.tokens.end && !p.adverbial)
        });
        if let Some(bare) = bare.filter(|_| !view.is_passive(verb)) {
            return vec![bare];
        }
        let before = tree
            .upward(verb)
            .skip(1)
            .find(|at| view.pos(*at) == Pos::Verb)
            .filter(|_| tree.dep(verb) == Dep::Conj);
        let joined = before
            .filter(|_| tree.child(verb, Dep::Nsubj).is_none())
            .into_iter()
            .chain(
                tree.children_in(verb, &[Dep::Conj])
                    .filter(|then| tree.child(*then, Dep::Nsubj).is_none()),
            )
            .filter(|other| view.pos(*other) == Pos::Verb);
        let shared = joined
            .flat_map(|other| tree.children_in(other, &[Dep::Obj]))
            .find(|object| *object > verb);
        if let Some(shared) = shared {
            return view.phrases_of(shared);
        }
        // "the men the army killed": a relative clause with a subject and no pronoun.
        let bare = tree.relation(verb).is(Dep::Acl, Subtype::Relcl)
            && tree.children_in(verb, &[Dep::Nsubj]).any(|at| !view.is_relative(at))
            && !view.is_passive(verb);
        if bare { antecedent(view, verb).phrases } else { Vec::new() }
    }

    /// What stands behind a trigger that ends with a preposition: "pledged allegiance *to* the group".
    fn behind(&self, trigger: &Trigger) -> Option<usize> {
        let tree = &self.view.tree;
        let last = trigger.tokens.end.saturating_sub(1);
        tree.head(last).filter(|at| {
            last > trigger.tokens.start
                && tree.dep(last) == Dep::Case
                && !trigger.tokens.contains(at)
        })
    }

    /// Prepositional phrases of a verb: its own, and those inside its object and these, since where such a
    /// phrase hangs is often open: "killed two in a raid *by* the army".
    fn oblique(&self, verb: usize, trigger: &Range<usize>) -> Vec<(usize, Vec<usize>)> {
        let (view, tree) = (self.view, &self.view.tree);
        let own: Vec<usize> = tree
            .children_in(verb, &[Dep::Obl, Dep::Nmod])
            .filter(|at| !trigger.contains(at))
            .collect();
        let objects = tree.children_in(verb, &[Dep::Obj, Dep::Xcomp]);
        let inside: Vec<usize> = own
            .iter()
            .copied()
            .chain(objects)
            .flat_map(|at| tree.children_in(at, &[Dep::Nmod, Dep::Obl]))
            .filter(|at| {
                !trigger.contains(at)
                    && !matches!(self.preposition(*at), None | Some("of" | "between" | "among"))
            })
            .collect();
        own.into_iter().chain(inside).map(|at| (at, view.phrases_of(at))).collect()
    }

    /// The preposition of the phrase at token `at`; of "in front of" the last word, and none of "ahead of".
    fn preposition(&self, at: usize) -> Option<&str> {
        let (view, case) = (self.view, self.view.tree.case(at)?);
        let word = view.word(case);
        let adverb = case.checked_sub(1).map_or("", |before| view.word(before));
        let compound =
            matches!(adverb, "ahead" | "because" | "instead" | "irrespective" | "regardless");
        (word != "of" || !compound).then_some(word)
    }

    fn noun(&self, trigger: &Trigger) -> Frame {
        let (view, tree) = (self.view, &self.view.tree);
        let noun = tree.top(&trigger.tokens).unwrap_or(trigger.tokens.start);
        let own = view.phrase_of(noun);
        let mut frame = Frame { group: trigger.tokens.clone(), ..Frame::default() };
        if let Some(phrase) = own.and_then(|p| view.phrases.get(p)) {
            frame.group = phrase.tokens.start..trigger.tokens.end;
            frame.add(Function::Possessor, phrase.possessor.into_iter().collect());
            frame.add(Function::Compound, self.compounds(own, trigger.tokens.start, false));
            frame.add(Function::Amod, self.compounds(own, trigger.tokens.start, true));
        }
        for (at, phrases) in self.nominal(noun) {
            if let Some(prep) = self.preposition(at) {
                frame.add(Function::Prep(prep.into()), phrases);
            }
        }
        // "protests *led* by the opposition"
        let borne = tree.children_in(noun, &[Dep::Acl]).filter(|verb| {
            self.lexicon.light.at(&view.words, *verb).is_some() && view.is_passive(*verb)
        });
        // "an offensive *launched* by rebels against two towns"
        for at in borne.flat_map(|verb| tree.children_in(verb, &[Dep::Obl])) {
            let function = match self.preposition(at) {
                Some("by") => Function::LightSubject,
                Some(prep @ ("against" | "on" | "at" | "with")) => Function::Prep(prep.into()),
                _ => continue,
            };
            frame.add(function, view.phrases_of(at));
        }
        // "leader of the rebels" may be one name; the rebels are inside it.
        let inside = own.and_then(|p| view.nested_in(p)).into_iter().collect();
        frame.add(Function::Prep("of".into()), inside);
        frame.add(Function::Apposition, self.appositions(noun, own));
        self.supported(noun, &mut frame);
        self.met(noun, &mut frame);
        // "attacks that *targeted* a convoy" are attacks on it.
        let clauses = tree.children_in(noun, &[Dep::Acl]).filter(|at| !view.is_passive(*at));
        let aimed = clauses.filter(|at| self.lexicon.aims.at(&view.words, *at).is_some());
        let objects = aimed.flat_map(|verb| tree.children_in(verb, &[Dep::Obj]));
        let objects: Vec<usize> = objects.flat_map(|at| view.phrases_of(at)).collect();
        frame.add(Function::Prep("on".into()), objects);
        frame
    }

    /// "*Soldiers* took the town after clashes *with* militants": who does something after or in what others are met in is the other side.
    fn met(&self, noun: usize, frame: &mut Frame) {
        let (view, tree) = (self.view, &self.view.tree);
        let with = Function::Prep("with".into());
        let top = tree.upward(noun).find(|at| tree.dep(*at) == Dep::Obl);
        let case = top.and_then(|top| tree.case(top)).map(|case| view.word(case));
        let beside = matches!(case, Some("after" | "following" | "in" | "during" | "amid"));
        let verb = top.and_then(|top| tree.head(top)).filter(|_| beside);
        let Some(verb) = verb.filter(|verb| view.is_verb(*verb) && !view.is_passive(*verb)) else {
            return;
        };
        let known = |phrase: &usize| view.phrases.get(*phrase).is_some_and(|p| p.actor.is_some());
        if !frame.get(&with).is_empty() {
            let whom = subject(view, verb).phrases.into_iter().filter(known);
            frame.add(Function::LightSubject, whom.collect());
        }
    }

    /// Prepositional phrases of a noun.
    fn nominal(&self, noun: usize) -> Vec<(usize, Vec<usize>)> {
        let own = self.view.tree.children_in(noun, &[Dep::Nmod, Dep::Obl]);
        own.map(|at| (at, self.view.phrases_of(at))).collect()
    }

    /// The verb that a noun trigger depends on: one of which it is the subject, or one that only supports it.
    fn supported(&self, noun: usize, frame: &mut Frame) {
        let (view, tree) = (self.view, &self.view.tree);
        let mut top = noun;
        // Out of "a series of attacks" and of "attacks and ambushes".
        while let Some(head) = tree.head(top).filter(|head| {
            tree.dep(top) == Dep::Conj && view.pos(*head) != Pos::Verb
                || tree.dep(top) == Dep::Nmod && is_row(view.word(*head))
        }) {
            top = head;
        }
        if let Some((how, phrases)) = alleged::of_noun(view, top, self.lexicon) {
            // "blamed the attack *on rebels*": at whom it was aimed is not said.
            for (_, held) in &mut frame.slots {
                held.retain(|phrase| !phrases.contains(phrase));
            }
            frame.add(Function::LightSubject, phrases.clone());
            frame.alleged = how.map(|how| (how, phrases));
            return;
        }
        // "the group is *under attack*"
        let whom = tree.child(noun, Dep::Nsubj).filter(|_| tree.child(noun, Dep::Cop).is_some());
        if let Some(whom) = whom
            && tree.case(noun).is_some_and(|case| view.word(case) == "under")
        {
            frame.add(Function::LightObject, view.phrases_of(whom));
            return;
        }
        let Some(verb) = tree.head(top) else { return };
        // "two days after *the attack*, soldiers killed four" tells of two events.
        if behind_count(view, noun).is_some_and(|behind| behind == top) {
            return;
        }
        let subject_of =
            matches!(tree.dep(top), Dep::Nsubj | Dep::Csubj) || is_bare_subject(view, top);
        let passive = view.is_passive(verb);
        // "no group *claimed* the attack", which happened all the same
        let claimed = view.word(verb).starts_with("claim")
            && self.lexicon.avows.at(&view.words, verb).is_some()
            && (tree.dep(top) == Dep::Obj || subject_of && passive);
        if claimed {
            let whom = alleged::avowed(view, verb, self.lexicon);
            frame.add(Function::LightSubject, whom.clone());
            frame.alleged = (!whom.is_empty()).then_some((Allegation::Claimed, whom));
            self.add_oblique(verb, frame, |prep| prep != "by");
            return;
        }
        let light = self.is_light(verb, frame.group.start);
        if subject_of && !(passive && light) {
            frame.support = Some(group_start(view, verb)..verb + 1);
            // What an attack causes is not what it hits.
            if self.lexicon.brings.at(&view.words, verb).is_none() {
                // "took *place*" has no object.
                let words = self.lexicon.occurs.at(&view.words, verb).unwrap_or(1);
                let objects = tree.children_in(verb, &[Dep::Obj]);
                let objects = objects.filter(|at| !(verb..verb + words).contains(at));
                frame.harms = self.lexicon.harms.at(&view.words, verb).is_some();
                let aims = self.lexicon.aims.at(&view.words, verb).is_some();
                frame.aims = Some(aims);
                // "the raids *forced* the clinics to close"
                let made = tree.child(verb, Dep::Xcomp).is_some() && !aims && !frame.harms;
                let objects = objects.filter(|_| !made).flat_map(|at| view.phrases_of(at));
                frame.add(Function::LightObject, objects.collect());
            }
            // "the attack was condemned by X": X did not attack.
            self.add_oblique(verb, frame, |prep| !passive || prep != "by");
        } else if subject_of {
            // "an attack was carried out by X"
            frame.support = Some(group_start(view, verb)..verb + 1);
            self.add_oblique(verb, frame, |_| true);
            let agents = frame.get(&Function::Prep("by".into())).to_vec();
            frame.add(Function::LightSubject, agents);
        } else if light && self.takes(verb, top) {
            frame.support = Some(group_start(view, verb)..frame.group.start.max(verb + 1));
            let subject = subject(view, verb);
            frame.descriptive = subject.descriptive;
            // "action to *stop* the bombing": who stops it need not have begun it.
            let ended = view.feats(verb).contains("VerbForm=Inf")
                && self.lexicon.stops.at(&view.words, verb).is_some();
            let doers = if ended { Vec::new() } else { subject.phrases };
            frame.add(Function::LightSubject, doers);
            self.add_oblique(verb, frame, |_| true);
        } else if matches!(tree.dep(top), Dep::Obj | Dep::Obl) && self.suffers(verb) {
            frame.support = Some(group_start(view, verb)..frame.group.start.max(verb + 1));
            frame.add(Function::LightObject, subject(view, verb).phrases);
            self.add_oblique(verb, frame, |_| true);
        }
    }

    /// Whether a verb that only supports nouns supports the one at `noun`: its object, or what stands behind
    /// the preposition that belongs to it ("took part *in* the raid").
    fn takes(&self, verb: usize, noun: usize) -> bool {
        let words = &self.view.words;
        match self.view.tree.dep(noun) {
            Dep::Obj | Dep::Xcomp => true,
            Dep::Obl => {
                let of_verb =
                    |len: usize| self.view.tree.case(noun).is_some_and(|at| at < verb + len);
                self.lexicon.light.at(words, verb).is_some_and(of_verb)
            }
            _ => false,
        }
    }

    /// Whether the subject of the verb at `verb` is what the noun below it is done to: "suffered an ambush".
    fn suffers(&self, verb: usize) -> bool {
        self.lexicon.suffers.at(&self.view.words, verb).is_some() && !self.view.is_passive(verb)
    }

    fn add_oblique(&self, verb: usize, frame: &mut Frame, wanted: impl Fn(&str) -> bool) {
        let own: Vec<usize> = self.view.tree.children_in(verb, &[Dep::Obl]).collect();
        for at in own {
            let phrases = self.view.phrases_of(at);
            let holds = |p: &usize| {
                self.view.phrases.get(*p).is_some_and(|p| p.tokens.contains(&frame.group.start))
            };
            let prep = self.preposition(at).filter(|prep| wanted(prep));
            if let Some(prep) = prep.filter(|_| !phrases.iter().any(holds)) {
                frame.add(Function::Prep(prep.into()), phrases);
            }
        }
    }

    /// Whether the verb at `verb` only supports the noun whose group starts at `noun`: "carried out".
    fn is_light(&self, verb: usize, noun: usize) -> bool {
        let words = &self.view.words;
        let near = verb.saturating_sub(2)..=verb;
        near.into_iter()
            .any(|at| self.lexicon.light.at(words, at).is_some_and(|len| at + len > verb))
            || (verb > noun && self.lexicon.light.at(words, verb).is_some())
    }

    /// A fixed phrase such as "affiliated with": what it is said of stands before it, the rest behind.
    fn phrase(&self, trigger: &Trigger) -> Frame {
        let (view, tree) = (self.view, &self.view.tree);
        let top = tree.top(&trigger.tokens).unwrap_or(trigger.tokens.start);
        let first = view
            .phrase_of(trigger.tokens.start)
            .and_then(|p| view.phrases.get(p))
            .map_or(trigger.tokens.start, |p| p.tokens.start);
        let group = group_start(view, first)..trigger.tokens.end;
        let mut frame = Frame { group, phrase: trigger.tokens.clone(), ..Frame::default() };
        let behind = (trigger.tokens.end..view.tokens.len()).find_map(|at| view.phrase_of(at));
        // "a wing of *the army*" may be one name; the army is inside it.
        let around = |p: &usize| {
            view.phrases.get(*p).is_some_and(|p| p.tokens.contains(&trigger.tokens.start))
        };
        let inner = behind.filter(around).and_then(|p| view.nested_in(p));
        let object = behind.and_then(|p| view.phrases.get(p)).map(|p| p.head);
        let listed = object.map(|at| view.phrases_of(at)).unwrap_or_default();
        frame.add(Function::Object, inner.map_or(listed, |inner| vec![inner]));
        let copula = tree.child(top, Dep::Cop).is_some() || tree.child(top, Dep::Aux).is_some();
        let of_head = || tree.head(top).and_then(|at| view.phrase_of(at));
        let beside: Vec<usize> = match tree.dep(top) {
            _ if is_of_some(view, top) => Vec::new(),
            Dep::Acl | Dep::Amod | Dep::Appos | Dep::Nmod => of_head().into_iter().collect(),
            // "left 12 people and a guard *dead*"
            Dep::Xcomp => subject(view, top).phrases,
            // "two reporters remain *in detention*", but not "they clashed with *fighters of* the group"
            Dep::Obl
                if tree
                    .case(top)
                    .is_none_or(|at| at >= trigger.tokens.start || view.word(at) == "as") =>
            {
                let first = |verb| subject(view, verb).phrases.first().copied();
                tree.head(top).and_then(first).into_iter().collect()
            }
            _ => Vec::new(),
        };
        let subject = if is_of_some(view, top) { Subject::default() } else { subject(view, top) };
        if copula || beside.is_empty() {
            frame.descriptive = subject.descriptive;
            frame.add(Function::Subject, subject.phrases);
        } else {
            frame.add(Function::Subject, beside.clone());
        }
        let inside = view.phrase_of(trigger.tokens.start).filter(|_| first < trigger.tokens.start);
        let around = if copula { Vec::new() } else { beside };
        frame.add(Function::Head, inside.map_or(around, |inside| vec![inside]));
        frame
    }

    fn is_passive(&self, trigger: &Trigger, voice: Voice, has_object: bool) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let verb = trigger.tokens.start;
        if voice == Voice::Intransitive {
            return false;
        }
        if tree.has(verb, Dep::Nsubj, Subtype::Pass) || tree.has(verb, Dep::Aux, Subtype::Pass) {
            return true;
        }
        if has_object || tree.children_in(verb, &[Dep::Aux]).next().is_some() {
            return false;
        }
        let reduced = tree.dep(verb) == Dep::Acl && trigger.form == Form::Participle;
        if view.is_passive(verb) || reduced || tree.has(verb, Dep::Obl, Subtype::Agent) {
            return true;
        }
        // Headlines: "two killed in raid".
        trigger.form == Form::Participle && voice == Voice::Harm
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

    /// The noun's own phrase where it holds a name before the noun, "an *ISIS* attack", or a word that describes whose
    /// the act is, "a *Russian* attack".
    fn compounds(&self, own: Option<usize>, noun: usize, describing: bool) -> Vec<usize> {
        let view = self.view;
        let start = view.tokens.get(noun).map(|t| t.range.start());
        let before = |m: &usize| {
            view.describes(*m) == describing
                && view.mention(*m).is_some_and(|m| start.is_some_and(|at| m.span.end() <= at))
        };
        let phrase = own.and_then(|p| view.phrases.get(p));
        let unlisted = |p: &Phrase| !describing && !view.organisations_before(p.head).is_empty();
        let named = phrase.is_some_and(|p| p.inner.iter().any(before) || unlisted(p));
        own.filter(|_| named).into_iter().collect()
    }

    /// The name that a title stands beside: "their leader, Musa", "Musa, their leader", "commander Musa".
    fn appositions(&self, noun: usize, own: Option<usize>) -> Vec<usize> {
        let (view, tree) = (self.view, &self.view.tree);
        let titled = own.filter(|p| view.phrases.get(*p).is_some_and(|p| p.head != noun));
        let described = tree.head(noun).filter(|_| tree.dep(noun) == Dep::Appos);
        let beside = tree.children_in(noun, &[Dep::Appos]).next();
        let named = tree.child(noun, Dep::Cop).and(tree.child(noun, Dep::Nsubj));
        titled
            .or_else(|| described.or(beside).or(named).and_then(|at| view.phrase_of(at)))
            .into_iter()
            .collect()
    }
}

/// Where the verb group that ends before `verb` starts: auxiliaries, negation, adverbs, "to".
pub(crate) fn group_start(view: &View<'_>, verb: usize) -> usize {
    let part = |at: &usize| {
        matches!(view.pos(*at), Pos::Aux | Pos::Adv)
            || (view.pos(*at) == Pos::Part && !matches!(view.word(*at), "'s" | "’s"))
    };
    (0..verb).rev().take_while(part).last().unwrap_or(verb)
}
