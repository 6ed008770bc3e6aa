//! The words of the trigger's own group: auxiliaries, negation, participles before a noun.

use std::ops::Range;

use averment_lang::{Dep, Pos};
use averment_types::Modality;

use super::Judge;
use crate::fillers::Filler;
use crate::frame::Frame;

impl Judge<'_, '_> {
    /// Auxiliaries, negation and determiners of the trigger's own group.
    pub(super) fn group(&mut self, group: Range<usize>) {
        if let Some(at) = group.clone().find(|at| self.negates(*at)) {
            self.negate(self.view.word(at));
        }
        self.modals(group);
    }

    /// "*neither* army controls", "*nobody* was injured".
    pub(super) fn nobody(&mut self, frame: &Frame, fillers: &[Filler]) {
        let view = self.view;
        let before = view
            .before(frame.group.start)
            .filter(|at| matches!(view.word(*at), "nobody" | "none" | "neither"));
        let mut words =
            fillers.iter().filter_map(|f| view.phrases.get(f.phrase)).map(|p| p.tokens.start);
        let nobody = |at: &usize| {
            let one = view.word(at + 1) == "one" && view.word(*at) == "no";
            matches!(view.word(*at), "neither" | "no" | "none" | "nobody" | "nothing")
                && (one || self.negates(*at) || view.word(*at) == "nothing")
        };
        // "stole *nothing*", "wounded, it seems, *no one*"
        let hardly = words_of(fillers, view).find(|at| {
            matches!(view.word(*at), "hardly" | "scarcely") && view.word(at + 1) == "any"
        });
        let object = view
            .tree
            .children_in(self.trigger, &[Dep::Obj])
            .map(|at| view.tree.span(at).start)
            .find(nobody);
        if let Some(at) = before.or_else(|| words.find(nobody)).or(object).or(hardly) {
            self.negate(view.word(at));
        } else if matches!(
            view.word(self.trigger),
            "unhurt" | "unharmed" | "uninjured" | "unscathed" | "unwounded"
        ) {
            self.negate(view.word(self.trigger));
        }
    }

    /// "*nearly* killed", "*all but* seized": what did not quite happen.
    pub(super) fn nearly(&mut self) {
        let (view, tree) = (self.view, &self.view.tree);
        if view.pos(self.trigger) != Pos::Verb {
            return;
        }
        let mut adverbs = tree.children_in(self.trigger, &[Dep::Advmod]);
        let near = adverbs.find(|at| *at < self.trigger && self.lexicon.nearly.has(view.word(*at)));
        let all_but = self
            .trigger
            .checked_sub(2)
            .filter(|at| view.word(*at) == "all" && view.word(at + 1) == "but");
        if let Some(at) = near.or(all_but) {
            self.negate(view.word(at));
        }
    }

    /// "*Release* the hostages": a verb that commands.
    pub(super) fn command(&mut self) {
        let (view, tree) = (self.view, &self.view.tree);
        let verb = self.trigger;
        let opens = verb == 0
            || (0..verb).rev().take(2).any(|at| view.is_quote(at) || view.word(at) == ":")
            || (0..verb).all(|at| matches!(view.word(at), "do" | "not" | "n't" | "n’t"));
        let commands = opens
            && view.pos(verb) == Pos::Verb
            && view.feats(verb).contains("Mood=Imp")
            && tree.children_in(verb, &[Dep::Nsubj, Dep::Mark, Dep::Csubj]).next().is_none();
        if commands {
            self.set(Modality::Urged, view.word(verb));
        }
    }

    /// Words of a verb group, or before a noun, that say in what way it is meant.
    pub(super) fn modals(&mut self, group: Range<usize>) {
        let (view, trigger) = (self.view, self.trigger);
        for at in group.clone().filter(|at| *at != trigger) {
            let word = view.word(at);
            match word {
                // "a 14 *May* skirmish"
                "may" if self.is_month(at) => {}
                "may" | "might" | "could" | "can" | "possibly" | "perhaps" | "maybe"
                | "possible" | "potential" | "feared" | "alleged" | "allegedly" | "purportedly"
                | "unconfirmed" | "apparent" | "presumed" | "rumoured" | "rumored" => {
                    self.set(Modality::Possible, word);
                }
                "shall" if self.is_rule(at) => self.set(Modality::Urged, word),
                "will" | "shall" | "'ll" | "’ll" | "wo" => self.comes(at),
                // What a narrator who looks back calls "later" has happened.
                "would" if self.is_later(at) => {}
                "would" if self.is_reported(at) => self.comes(at),
                "should" | "must" | "ought" if view.word(at + 1) != "have" && self.asks(at) => {
                    self.set(Modality::Urged, word);
                }
                "would" | "should" | "must" => self.set(Modality::Conditional, word),
                "to" if at > group.start && self.is_copula(at - 1) => {
                    self.set(Modality::Planned, word);
                }
                "planned" | "proposed" | "scheduled" | "upcoming" | "forthcoming" => {
                    self.set(Modality::Planned, word);
                }
                "imminent" | "looming" | "impending" => self.set(Modality::Predicted, word),
                "attempted" => self.set(Modality::Attempted, word),
                "threatened" => self.set(Modality::Threatened, word),
                "failed" | "foiled" | "thwarted" | "abortive" | "unsuccessful" | "averted" => {
                    self.fail(word);
                }
                _ => {}
            }
        }
    }

    /// Whether "May" at `at` is the month: by its class, or beside a number inside a noun's phrase. "14 *may* have died" is none.
    fn is_month(&self, at: usize) -> bool {
        let number = |at: Option<usize>| at.is_some_and(|at| self.view.pos(at) == Pos::Num);
        let named = matches!(self.view.pos(at), Pos::Propn | Pos::Noun);
        let dated = number(at.checked_sub(1)) || number(Some(at + 1));
        named || dated && self.view.pos(self.trigger) == Pos::Noun
    }

    /// Auxiliaries of the trigger that stand before other words than its own group: "should at once and fully release".
    pub(super) fn far_auxiliaries(&mut self, group: Range<usize>) {
        let (view, tree, trigger) = (self.view, &self.view.tree, self.trigger);
        if view.pos(trigger) != Pos::Verb {
            return;
        }
        let far = |at: &usize| *at < group.start && !group.contains(at);
        for at in tree.children_in(trigger, &[Dep::Aux]).filter(far) {
            self.modals(at..at + 1);
        }
        let mut not = tree.children_in(trigger, &[Dep::Advmod]).filter(far);
        if let Some(at) = not.find(|at| self.negates(*at)) {
            self.negate(view.word(at));
        }
    }

    /// What is told of a noun's event in a clause below it: "an offensive that was *beaten back*".
    pub(super) fn told_of(&mut self) {
        let (view, tree) = (self.view, &self.view.tree);
        if view.pos(self.trigger) != Pos::Noun {
            return;
        }
        let clauses: Vec<usize> = tree.children_in(self.trigger, &[Dep::Acl]).collect();
        let undone = |at: &usize| {
            view.is_passive(*at)
                && self.comes_to_nothing(*at)
                && tree.child(*at, Dep::Obj).is_none()
        };
        let ahead = |at: &usize| {
            let time = || tree.children_in(*at, &[Dep::Obl]).next().is_some();
            self.lexicon.slated.has(view.word(*at)) && tree.child(*at, Dep::Aux).is_none() && time()
        };
        if let Some(at) = clauses.iter().find(|at| undone(at)) {
            self.fail(view.word(*at));
        } else if let Some(at) = clauses.iter().find(|at| ahead(at)) {
            self.set(Modality::Planned, view.word(*at));
        }
    }

    /// Sets what a word of the future at `at` makes of the event.
    fn comes(&mut self, at: usize) {
        if self.is_known_subject(at) {
            return;
        }
        let modality = self.ahead(at);
        self.ahead |= self.stance.modality == Modality::Happened;
        self.set(modality, self.view.word(at));
    }

    /// "*Friday's raid* will add to fears": what does something else is there already.
    fn is_known_subject(&self, aux: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let Some(verb) = tree.head(aux).filter(|verb| *verb != self.trigger) else { return false };
        tree.head(self.trigger) == Some(verb)
            && tree.dep(self.trigger) == Dep::Nsubj
            && view.is_verb(verb)
            && view.tree.child(verb, Dep::Obj).or(view.tree.child(verb, Dep::Obl)).is_some()
            && !view.is_passive(verb)
            && self.lexicon.occurs.at(&view.words, verb).is_none()
            && self.is_given(self.trigger)
    }

    /// "No person *shall* be detained": a rule, and nobody's announcement.
    fn is_rule(&self, shall: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let Some(verb) = tree.head(shall) else { return false };
        let mut subjects = tree.children_in(verb, &[Dep::Nsubj]);
        !subjects.any(|at| matches!(view.word(at), "i" | "we")) && !self.view.is_quote(0)
    }

    /// "is *to* be exchanged": a form of "be" before the infinitive.
    fn is_copula(&self, at: usize) -> bool {
        matches!(self.view.word(at), "is" | "are" | "was" | "were") && self.view.pos(at) == Pos::Aux
    }

    /// Whether "would" at `at` tells of what came after: "would swear allegiance a month *later*".
    fn is_later(&self, at: usize) -> bool {
        let clause = self.view.clause(at);
        let near = at..self.view.words.len().min(at + 14);
        near.into_iter().any(|i| self.view.word(i) == "later" && self.view.clause(i) == clause)
    }

    /// Whether "should" or "must" at `at` asks for something: it stands behind its subject.
    fn asks(&self, at: usize) -> bool {
        let tree = &self.view.tree;
        let Some(verb) = tree.head(at) else { return false };
        let marked = tree.children_in(verb, &[Dep::Mark]).any(|m| {
            matches!(self.view.word(m), "if" | "unless" | "lest" | "in" | "so" | "case" | "when")
        });
        !marked && tree.children_in(verb, &[Dep::Nsubj]).all(|subject| subject < at)
    }
}

/// Where the phrases of `fillers` start.
fn words_of<'f>(
    fillers: &'f [Filler],
    view: &'f crate::view::View<'_>,
) -> impl Iterator<Item = usize> + 'f {
    fillers.iter().filter_map(|f| view.phrases.get(f.phrase)).map(|p| p.tokens.start)
}
