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
            matches!(view.word(*at), "neither" | "no" | "none" | "nobody")
                && (one || self.negates(*at))
        };
        if let Some(at) = before.or_else(|| words.find(nobody)) {
            self.negate(view.word(at));
        }
    }

    /// Words of a verb group, or before a noun, that say in what way it is meant.
    pub(super) fn modals(&mut self, group: Range<usize>) {
        let (view, trigger) = (self.view, self.trigger);
        for at in group.clone().filter(|at| *at != trigger) {
            let word = view.word(at);
            match word {
                "may" | "might" | "could" | "can" | "possibly" | "perhaps" | "maybe"
                | "possible" | "potential" | "feared" | "alleged" | "allegedly" | "purportedly"
                | "unconfirmed" | "presumed" | "rumoured" | "rumored" => {
                    self.set(Modality::Possible, word);
                }
                "will" | "shall" | "'ll" | "’ll" => self.set(Modality::Predicted, word),
                // What a narrator who looks back calls "later" has happened.
                "would" if self.is_later(at) => {}
                "should" | "must" if view.word(at + 1) != "have" && self.asks(at) => {
                    self.set(Modality::Urged, word);
                }
                "would" | "should" | "must" => self.set(Modality::Conditional, word),
                "to" if at > group.start && self.is_copula(at - 1) => {
                    self.set(Modality::Planned, word);
                }
                "planned" => self.set(Modality::Planned, word),
                "attempted" => self.set(Modality::Attempted, word),
                "threatened" => self.set(Modality::Threatened, word),
                "failed" | "foiled" | "thwarted" | "abortive" | "unsuccessful" | "averted" => {
                    self.fail(word);
                }
                _ => {}
            }
        }
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
