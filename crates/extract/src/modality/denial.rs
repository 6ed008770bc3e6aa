//! Which of the events in a denial are denied, and which are taken for granted in it.

use averment_lang::{Dep, Pos, Subtype};
use averment_types::Polarity;

use super::Judge;

impl Judge<'_, '_> {
    /// Whether the denial at the token `verb` is of this event: "denied *bombing* the market", "denied reports of a
    /// *bombing*", but not "denied using live rounds against the *demonstration*".
    pub(super) fn is_denied(&self, verb: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let mut below = self.trigger;
        while let Some(at) = tree.head(below) {
            let relation = tree.relation(below);
            let preposition = tree.case(below).map_or("", |case| view.word(case));
            let noun = matches!(view.pos(below), Pos::Noun | Pos::Propn);
            let goes_on = match relation.universal {
                Dep::Acl => !relation.is(Dep::Acl, Subtype::Relcl) || self.is_content(below),
                Dep::Nmod => preposition == "of" || preposition == "about" && !self.is_given(below),
                Dep::Obl => !noun || !self.is_given(below),
                Dep::Advcl => at == verb || tree.dep(at) == Dep::Obj,
                Dep::Nsubj => !self.is_given(below) || self.tells_of_being(at),
                Dep::Obj if at != verb && noun => {
                    !self.is_given(below) || self.lexicon.light.at(&view.words, at).is_some()
                }
                _ => true,
            };
            if !goes_on {
                return false;
            }
            if at == verb {
                return true;
            }
            below = at;
        }
        // "We have never shelled it, he insisted, rejecting the report": beside what is denied.
        let beside = tree.dep(verb) == Dep::Advcl && self.stance.polarity == Polarity::Negated;
        beside || matches!(tree.dep(verb), Dep::Parataxis | Dep::Ccomp)
    }

    /// Whether the clause at `verb` says what its noun is about, though no "that" opens it: "claims *it shelled* the town", but
    /// not "the claims *it made*".
    fn is_content(&self, verb: usize) -> bool {
        let tree = &self.view.tree;
        let own = tree.child(verb, Dep::Nsubj).is_some_and(|at| !self.view.is_relative(at));
        let whole = tree.child(verb, Dep::Obj).is_some_and(|at| !self.view.is_relative(at));
        own && (whole || self.view.is_passive(verb))
    }

    /// Whether the noun at `at` stands for something known: "*the* raid", "*its* attack".
    pub(super) fn is_given(&self, at: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let definite = tree
            .children_in(at, &[Dep::Det])
            .any(|det| matches!(view.word(det), "the" | "this" | "that" | "these" | "those"));
        let owned = tree
            .children(at)
            .iter()
            .any(|child| tree.relation(*child).is(Dep::Nmod, Subtype::Poss));
        definite || owned
    }

    /// Whether the noun at `at` stands for something told before: "*the* attack", but not "*the* release of the teachers",
    /// which may be new.
    pub(super) fn is_known(&self, at: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let told = tree
            .children_in(at, &[Dep::Nmod])
            .any(|of| tree.case(of).is_some_and(|case| view.word(case) == "of"));
        self.is_given(at) && !told
    }

    /// "the attack never *happened*", "the raid *took place*".
    fn tells_of_being(&self, verb: usize) -> bool {
        matches!(
            self.view.word(verb),
            "happened" | "happen" | "occurred" | "occur" | "took" | "take" | "taken" | "existed"
        )
    }
}
