//! Which of the events in a denial are denied, and which are taken for granted in it.

use averment_lang::{Dep, Pos, Subtype};
use averment_types::Polarity;

use super::Judge;

impl Judge<'_, '_> {
    /// Whether the denial at the token `verb` is of this event: "denied *bombing* the market", "denied reports of a
    /// *bombing*", but not "denied using live rounds against the *demonstration*".
    pub(super) fn is_denied(&self, verb: usize) -> bool {
        let tree = &self.view.tree;
        // "We have never shelled it, he insisted, rejecting the report": beside what is denied.
        let beside = tree.dep(verb) == Dep::Advcl && self.stance.polarity == Polarity::Negated;
        let told = beside || matches!(tree.dep(verb), Dep::Parataxis | Dep::Ccomp);
        self.is_content_of(verb).unwrap_or(told)
    }

    /// The word that says of the saying that tells of this event that it is not so: "claims that they *shelled* it were *false*".
    pub(super) fn untrue(&self) -> Option<usize> {
        let (view, tree) = (self.view, &self.view.tree);
        let negated = |at: usize| {
            tree.children_in(at, &[Dep::Advmod])
                .any(|word| self.lexicon.negators.has(view.word(word)))
        };
        let said = |at: usize| {
            tree.child(at, Dep::Nsubj).is_some_and(|own| self.is_saying(own)) && !negated(at)
        };
        (0..view.words.len())
            .filter(|at| self.lexicon.untrue.has(view.word(*at)) && said(*at))
            .find(|at| self.is_content_of(*at) == Some(true))
    }

    /// Whether the noun at `at` is that of a saying: "the *claims*", "*reports* that".
    fn is_saying(&self, at: usize) -> bool {
        let word = self.view.word(at);
        self.lexicon.sayings.has(word) || self.lexicon.documents.has(word)
    }

    /// Whether the way from the event up to the token `verb` leads through what it is said of alone; `None` where it never comes there.
    fn is_content_of(&self, verb: usize) -> Option<bool> {
        let (view, tree) = (self.view, &self.view.tree);
        let mut below = self.trigger;
        while let Some(at) = tree.head(below) {
            let relation = tree.relation(below);
            let preposition = tree.case(below).map_or("", |case| view.word(case));
            let noun = matches!(view.pos(below), Pos::Noun | Pos::Propn);
            let goes_on = match relation.universal {
                Dep::Acl => {
                    let relative = relation.is(Dep::Acl, Subtype::Relcl);
                    !relative || self.is_content(below) || self.is_according(below)
                }
                Dep::Nmod => preposition == "of" || preposition == "about" && !self.is_given(below),
                Dep::Obl => !noun || !self.is_given(below),
                Dep::Advcl => at == verb || tree.dep(at) == Dep::Obj,
                // "the bombing was denied by the army", "the claims … were false"
                Dep::Nsubj if at == verb => view.is_passive(at) || self.is_saying(below),
                Dep::Nsubj => !self.is_given(below) || self.tells_of_being(at),
                Dep::Obj if at != verb && noun => {
                    !self.is_given(below) || self.lexicon.light.at(&view.words, at).is_some()
                }
                _ => true,
            };
            if !goes_on || at == verb {
                return Some(goes_on);
            }
            below = at;
        }
        None
    }

    /// Whether the clause at `verb` says what its noun is about, though no "that" opens it: "claims *it shelled* the town", but
    /// not "the claims *it made*".
    fn is_content(&self, verb: usize) -> bool {
        let tree = &self.view.tree;
        let own = tree.child(verb, Dep::Nsubj).is_some_and(|at| !self.view.is_relative(at));
        let whole = tree.child(verb, Dep::Obj).is_some_and(|at| !self.view.is_relative(at));
        own && (whole || self.view.is_passive(verb))
    }

    /// "claims according to which they *shelled* it"
    fn is_according(&self, clause: usize) -> bool {
        let mut words = self.view.tree.span(clause);
        words.any(|at| self.view.word(at) == "according" && self.view.word(at + 2) == "which")
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
