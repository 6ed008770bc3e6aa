//! The clause around a trigger: conditions, questions, headlines, invented cases, habits.

use std::ops::Range;

use averment_lang::{Dep, Pos};
use averment_types::Modality;

use super::Judge;

impl Judge<'_, '_> {
    /// The verb of which the noun is object or subject, with its auxiliaries and its own governor.
    pub(super) fn support(&mut self, support: Range<usize>) {
        let view = self.view;
        let verb = support.clone().find(|at| view.pos(*at) == Pos::Verb).unwrap_or(support.start);
        let object =
            view.tree.head(self.trigger) == Some(verb) && view.tree.dep(self.trigger) == Dep::Obj;
        // "urged it to *halt* its offensive": what is to end goes on.
        let done_to = object || view.is_passive(verb);
        if done_to && self.lexicon.presumes.at(&view.words, verb).is_some()
            || !object && self.says_of_known(verb)
        {
            return;
        }
        let ends = self.lexicon.stops.has(view.word(verb));
        if ends && !object && view.tree.child(verb, Dep::Obj).is_none() {
            self.negate(view.word(verb));
        }
        self.group(support.clone());
        self.predicate(support.end.saturating_sub(1));
        // "the protest *blocked* the road" did not fail.
        let does = !object && !view.is_passive(verb) && view.tree.child(verb, Dep::Obj).is_some();
        if !does && self.comes_to_nothing(verb) {
            self.fail(view.word(verb));
        }
        if self.lexicon.refused.has(view.word(verb)) {
            self.negate(view.word(verb));
        }
        let banned = self.lexicon.bans.at(&view.words, verb).is_some();
        if banned && (object || view.is_passive(verb)) || object && self.is_announced(verb) {
            self.set(Modality::Planned, view.word(verb));
        }
        if view.is_passive(verb) && matches!(view.word(verb), "needed" | "required") {
            self.set(Modality::Urged, view.word(verb));
        }
        if matches!(view.word(verb), "planned" | "threatened" | "feared" | "expected") {
            self.govern(verb, verb, true, false);
        }
        self.climb(verb);
    }

    /// "*the* demonstrations *would have* received money": what a verb of its own says of an act that is known leaves the act standing.
    fn says_of_known(&self, verb: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let words = &view.words;
        let perfect = tree.children_in(verb, &[Dep::Aux]).any(|aux| view.word(aux) == "have");
        let comes = [&self.lexicon.occurs, &self.lexicon.light, &self.lexicon.brings];
        let comes = comes.iter().any(|verbs| verbs.at(words, verb).is_some());
        let own = !comes && !self.comes_to_nothing(verb) && !view.is_passive(verb);
        perfect && own && view.pos(self.trigger) == Pos::Noun && self.is_known(self.trigger)
    }

    /// Whether the verb at `verb` tells of what is to come: "announced a march *for* Friday".
    pub(super) fn is_announced(&self, verb: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let when = |at: usize| {
            let time = view.phrase_of(at).and_then(|p| view.phrases.get(p));
            let ahead = tree.case(at).is_some_and(|case| view.word(case) == "for");
            ahead && time.is_some_and(|phrase| phrase.adverbial)
        };
        let beside = [verb, self.trigger].into_iter();
        self.lexicon.announces.at(&view.words, verb).is_some()
            && beside.flat_map(|at| tree.children_in(at, &[Dep::Obl, Dep::Nmod])).any(when)
    }

    /// Whether the verb at `verb` says that its subject or object came to nothing: "was foiled", "failed".
    pub(super) fn comes_to_nothing(&self, verb: usize) -> bool {
        let words = &self.view.words;
        self.negator(verb).is_none()
            && !self.is_unable(verb)
            && (self.lexicon.thwart.at(words, verb).is_some()
                || self.lexicon.vain.at(words, verb).is_some())
    }

    /// "if", "unless", "until they leave", "should they attack": in the clause of the trigger.
    pub(super) fn condition(&mut self, trigger: usize, start: usize) {
        let (view, tree) = (self.view, &self.view.tree);
        for at in tree.upward(trigger) {
            let mark = tree.children_in(at, &[Dep::Mark, Dep::Advmod]).find(|m| {
                *m < at
                    && match view.word(*m) {
                        "if" | "unless" | "lest" => true,
                        "until" | "once" | "till" => self.is_open(at),
                        _ => false,
                    }
            });
            let subject = tree.child(at, Dep::Nsubj);
            let inverted = tree.children_in(at, &[Dep::Aux]).find(|aux| {
                let nor = aux.checked_sub(1).map(|before| view.word(before));
                let turned = matches!(view.word(*aux), "should" | "were" | "had");
                (turned || matches!(nor, Some("nor" | "neither")))
                    && subject.is_some_and(|s| *aux < s)
            });
            // "*nor* were they killed"
            let nor = inverted
                .and_then(|aux| aux.checked_sub(1))
                .filter(|at| matches!(view.word(*at), "nor" | "neither"));
            let own = at == trigger || tree.head(trigger) == Some(at);
            if nor.is_some() && !own {
                return;
            }
            if let Some(nor) = nor {
                self.negate(view.word(nor));
                return;
            }
            if let Some(word) = mark.or(inverted.filter(|_| !self.is_question())) {
                let only = mark.is_some_and(|m| view.word(m) == "if" && view.word(m + 1) == "only");
                let modality = if only { Modality::Wished } else { Modality::Conditional };
                self.over(modality, view.word(word));
                return;
            }
            if tree.opens_clause(at) {
                // "if they stay, they *get killed*"
                let on_terms = tree.children_in(at, &[Dep::Advcl]).find_map(|told| {
                    let mut marks = tree.children_in(told, &[Dep::Mark]);
                    marks.find(|m| matches!(view.word(*m), "if" | "unless"))
                });
                if let Some(word) = on_terms.filter(|_| self.is_open(at)) {
                    self.over(Modality::Conditional, view.word(word));
                }
                break;
            }
        }
        let clause = view.clause(start);
        let head = (0..start).rev().take_while(|at| view.clause(*at) == clause).last();
        let head = head.unwrap_or(start);
        for at in head.saturating_sub(1)..=head {
            if matches!(view.word(at), "if" | "unless") {
                self.set(Modality::Conditional, view.word(at));
            }
        }
        // "in case of another raid"
        let near = start.saturating_sub(5)..start;
        let cue = near.into_iter().find(|at| {
            let words = |n: usize| view.words.get(*at..at + n).unwrap_or_default();
            words(3) == ["in", "case", "of"] || words(4) == ["in", "the", "event", "of"]
        });
        if cue.is_some() {
            self.stance.modality = Modality::Happened;
            self.set(Modality::Conditional, "in case of");
        }
    }

    /// Whether the clause at `verb` looks ahead: its verb is in the present.
    fn is_open(&self, verb: usize) -> bool {
        let tree = &self.view.tree;
        let present = |at: usize| self.view.feats(at).contains("Tense=Pres");
        match tree.children_in(verb, &[Dep::Aux, Dep::Cop]).next() {
            Some(first) => present(first) && !matches!(self.view.word(first), "being" | "having"),
            None => present(verb) && self.view.feats(verb).contains("VerbForm=Fin"),
        }
    }

    fn is_question(&self) -> bool {
        let words = &self.view.words;
        let last =
            words.iter().rev().find(|word| word.chars().all(|c| !matches!(c, '"' | '”' | '’')));
        last.is_some_and(|word| *word == "?")
    }

    /// "Was the explosion an attack?": a question that asks for yes or no leaves its main clause open.
    pub(super) fn question(&mut self, trigger: usize) {
        let view = self.view;
        let first = (0..view.words.len()).find(|at| !view.is_quote(*at)).unwrap_or_default();
        if self.is_question()
            && view.pos(first) == Pos::Aux
            && view.clause(trigger) == 0
            && view
                .tree
                .head(first)
                .is_some_and(|head| view.tree.upward(trigger).any(|a| a == head))
        {
            self.set(Modality::Possible, "?");
        }
    }

    /// "Army to quit bases": an infinitive in a sentence without a finite verb.
    pub(super) fn headline(&mut self, trigger: usize) {
        let (view, tree) = (self.view, &self.view.tree);
        let finite = |at: usize| view.feats(at).contains("VerbForm=Fin");
        let to = tree
            .upward(trigger)
            .take(2)
            .flat_map(|at| tree.children_in(at, &[Dep::Mark, Dep::Aux]).map(move |m| (m, at)))
            .find(|(m, at)| view.word(*m) == "to" && m < at);
        let Some((to, _)) = to.filter(|_| !(0..view.words.len()).any(finite)) else { return };
        let named = to.checked_sub(1).is_some_and(|at| {
            matches!(view.pos(at), Pos::Propn | Pos::Noun | Pos::Num | Pos::Punct)
        });
        if named {
            self.set(Modality::Planned, "to");
        }
    }

    /// "in her new novel", "a hypothetical case", "during a drill": what never was.
    pub(super) fn fiction(&mut self, start: usize) {
        let (view, tree) = (self.view, &self.view.tree);
        let cue = (0..view.words.len()).find(|at| {
            self.lexicon.fiction.has(view.word(*at))
                && *at != start
                && (view.pos(*at) == Pos::Adj
                    || tree.case(*at).is_some_and(|c| matches!(view.word(c), "in" | "during")))
        });
        if let Some(at) = cue {
            self.set(Modality::Conditional, view.word(at));
        }
    }

    /// "from time to time", "a series of", "every night": in the clause of the trigger.
    pub(super) fn habit(&mut self, group: Range<usize>) {
        let view = self.view;
        let clause = view.clause(group.start);
        for at in 0..view.words.len() {
            let whenever = view.word(at) == "whenever";
            let rhythm = || self.lexicon.frequent.at(&view.words, at).or_else(|| self.every(at));
            let len = self.lexicon.habitual.at(&view.words, at);
            let len = len.or_else(|| rhythm().filter(|_| !self.stance.past));
            let Some(len) = len.or(whenever.then_some(1)) else { continue };
            let near = at + 12 > group.start && at < group.end + 12;
            if near
                && !self.says_of_another(at..at + len)
                && (view.clause(at) == clause || (whenever && clause == 0))
            {
                let words = view.words.get(at..at + len).unwrap_or_default().join(" ");
                if whenever && self.stance.modality == Modality::Conditional {
                    self.over(Modality::Habitual, &words);
                }
                self.set(Modality::Habitual, &words);
                return;
            }
        }
    }

    /// "destroyed two cars on a road *frequently* used by troops": the words hang on a verb that the trigger does not.
    fn says_of_another(&self, words: Range<usize>) -> bool {
        let tree = &self.view.tree;
        let holder = tree.top(&words).and_then(|top| tree.head(top));
        let verb = holder.filter(|at| self.view.pos(*at) == Pos::Verb);
        verb.is_some_and(|verb| !tree.upward(self.trigger).any(|at| at == verb))
    }

    /// The length of "every night", "each planting season" at word `at`.
    fn every(&self, at: usize) -> Option<usize> {
        let view = self.view;
        let period = |at: usize| self.lexicon.periods.has(view.word(at));
        matches!(view.word(at), "every" | "each").then_some(())?;
        // "more than one soldier each night" and "three each month" count, and say no habit.
        let counts = at.checked_sub(1).is_some_and(|b| view.pos(b) == Pos::Num);
        [1usize, 2].into_iter().find(|n| period(at + n)).map(|n| n + 1).filter(|_| !counts)
    }
}
