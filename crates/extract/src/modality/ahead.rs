//! What is still to come: whether it is announced, threatened, foretold or hangs on a condition.

use averment_codebook::EventType;
use averment_lang::{Dep, Pos};
use averment_types::Modality;

use super::Judge;

/// What sort of deed an event is, for telling a plan from a forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// Somebody decides on it and may announce it: talks, a release, a deployment.
    Decided,
    /// Force against freedom: an arrest, a blockade.
    Constraint,
    /// Force or harm: who announces his own threatens, who tells of another's foretells.
    Force,
    /// Anything else: a split, a collapse.
    Other,
}

impl Deed {
    /// By the type's class in PLOVER.
    pub(super) fn of(event_type: &EventType) -> Self {
        let plover = event_type.projections.plover.as_ref();
        match plover.map(|plover| plover.event_type.as_str()) {
            Some(
                "AGREE" | "CONSULT" | "SUPPORT" | "COOPERATE" | "AID" | "RETREAT" | "CONCEDE"
                | "MOBILIZE" | "SANCTION",
            ) => Self::Decided,
            Some("PROTEST") if plover.is_some_and(|p| p.mode.as_deref() != Some("riot")) => {
                Self::Decided
            }
            Some("COERCE") => Self::Constraint,
            Some("ASSAULT" | "THREATEN") => Self::Force,
            _ => Self::Other,
        }
    }
}

impl Judge<'_, '_> {
    /// What "will" at `aux` makes of the event.
    pub(super) fn ahead(&self, aux: usize) -> Modality {
        let tree = &self.view.tree;
        let verb = tree.head(aux).unwrap_or(aux);
        match self.hangs_on(verb) {
            Some("unless") if self.is_forceful() => return Modality::Threatened,
            Some(_) => return Modality::Conditional,
            None => {}
        }
        if self.is_guessed(verb) {
            return Modality::Predicted;
        }
        match self.deed {
            Deed::Decided => Modality::Planned,
            Deed::Force | Deed::Constraint if self.is_own_deed(verb) => Modality::Threatened,
            _ => Modality::Predicted,
        }
    }

    /// Whether "would" at `aux` is the "will" of what somebody has said: "said it *would* send troops".
    pub(super) fn is_reported(&self, aux: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let Some(verb) = tree.head(aux) else { return false };
        let perfect = tree.children_in(verb, &[Dep::Aux]).any(|a| view.word(a) == "have");
        let without = tree.span(verb).any(|at| view.word(at) == "without");
        // "a truce would let doctors in": what it would do is no plan.
        let subject = tree.head(self.trigger) == Some(verb)
            && tree.dep(self.trigger) == Dep::Nsubj
            && self.lexicon.occurs.at(&view.words, verb).is_none()
            && !view.is_passive(verb);
        let threat = self.is_forceful() && self.hangs_on(verb) == Some("unless");
        if perfect || without || subject || (self.hangs_on(verb).is_some() && !threat) {
            return false;
        }
        let told = tree
            .upward(verb)
            .take_while(|at| matches!(tree.dep(*at), Dep::Ccomp | Dep::Conj))
            .find(|at| tree.dep(*at) == Dep::Ccomp);
        let says = |at: usize| {
            let words = &view.words;
            self.lexicon.say.at(words, at).or(self.lexicon.say_clause.at(words, at)).is_some()
        };
        told.and_then(|told| tree.head(told))
            .is_some_and(|by| says(by) && view.feats(by).contains("Tense=Past"))
    }

    fn is_forceful(&self) -> bool {
        matches!(self.deed, Deed::Force | Deed::Constraint)
    }

    /// The word of the condition that the clause at `verb` hangs on: "if", "unless", "should".
    fn hangs_on(&self, verb: usize) -> Option<&str> {
        let (view, tree) = (self.view, &self.view.tree);
        tree.children_in(verb, &[Dep::Advcl]).find_map(|clause| {
            let mark = tree.children_in(clause, &[Dep::Mark, Dep::Advmod]).find(|m| {
                *m < clause
                    && matches!(view.word(*m), "if" | "unless" | "provided")
                    && m.checked_sub(1).is_none_or(|b| view.word(b) != "even")
            });
            let subject = tree.child(clause, Dep::Nsubj);
            let inverted = tree.children_in(clause, &[Dep::Aux]).find(|aux| {
                matches!(view.word(*aux), "should" | "were" | "had")
                    && subject.is_some_and(|s| *aux < s)
            });
            mark.or(inverted).map(|at| view.word(at))
        })
    }

    /// "will *probably* attack", "*predicts* that it will": somebody guesses.
    fn is_guessed(&self, verb: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let adverb = tree
            .children_in(verb, &[Dep::Advmod])
            .any(|at| self.lexicon.guesses.has(view.word(at)));
        let above = tree.head(verb).filter(|_| tree.dep(verb) == Dep::Ccomp);
        let thinks = above.is_some_and(|at| {
            let words = &view.words;
            self.lexicon.foresees.at(words, at).is_some()
                || self.lexicon.thought.at(words, at).is_some()
                || self.lexicon.doubts.at(words, at).is_some()
                || matches!(view.pos(at), Pos::Adj)
        });
        adverb || thinks
    }

    /// "*we* will bomb", "said *it* would bomb": who speaks will do it himself.
    fn is_own_deed(&self, verb: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let Some(subject) = tree.child(verb, Dep::Nsubj).filter(|_| !view.is_passive(verb)) else {
            return false;
        };
        let reported = tree.dep(verb) == Dep::Ccomp;
        match view.word(subject) {
            "i" | "we" => true,
            "it" | "they" | "he" | "she" => reported,
            _ => false,
        }
    }

    /// Whether the clause of the event at `at` is told in the past: its first auxiliary is past, or it has none and its
    /// verb is.
    pub(super) fn is_told_in_past(&self, at: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let past = |at: usize| view.feats(at).contains("Tense=Past");
        for verb in tree.upward(at) {
            match tree.children_in(verb, &[Dep::Aux, Dep::Cop]).next() {
                Some(first) if view.feats(first).contains("VerbForm=Fin") => return past(first),
                None if view.feats(verb).contains("VerbForm=Fin") => return past(verb),
                _ => {}
            }
        }
        past(at)
    }

    /// "a truce is *unlikely*": what an adjective says of the noun that is its subject.
    pub(super) fn predicate(&mut self, adjective: usize) {
        let view = self.view;
        if view.pos(adjective) != Pos::Adj {
            return;
        }
        let word = view.word(adjective);
        if self.lexicon.likely.has(word) {
            self.set(Modality::Predicted, word);
        } else if self.lexicon.unlikely.has(word) {
            self.negate(word);
            self.set(Modality::Predicted, word);
        } else if self.lexicon.needed.has(word) {
            self.set(Modality::Urged, word);
        } else if word == "possible" {
            self.set(Modality::Possible, word);
        }
    }
}
