//! Who stands at an act and did not do it: whoever foils it, and whoever accuses others of it.

use std::ops::Range;

use averment_lang::Dep;
use averment_types::{RoleKind, TextRange};

use crate::fillers::{Filler, Filling};

impl Filling<'_, '_> {
    /// Takes out of `fillers` those who foil the act: "*soldiers* thwarted an attempt to blow it up".
    pub(crate) fn without_foilers(&self, fillers: &mut Vec<Filler>, act: &Range<usize>) {
        let tree = &self.view.tree;
        // "repelled the raid and *burned* nine trucks": who foils one act may do another.
        let beside = |verb: usize| {
            let mut way = act.clone().flat_map(|at| tree.upward(at));
            way.any(|at| tree.dep(at) == Dep::Conj && tree.head(at) == Some(verb))
        };
        fillers.retain(|f| {
            let foils = || {
                let head = self.phrase(f).map(|phrase| phrase.head);
                let other = head.and_then(|head| tree.head(head)).is_some_and(beside);
                !other && head.is_some_and(|head| self.foils(head))
            };
            f.role != RoleKind::Initiator || !foils()
        });
    }

    /// Whether what stands at `token` is the subject of a verb of foiling.
    pub(crate) fn foils(&self, token: usize) -> bool {
        let tree = &self.view.tree;
        let verb = tree.head(token).filter(|_| tree.dep(token) == Dep::Nsubj);
        let verb = verb.filter(|verb| !self.view.is_passive(*verb));
        let own = |verb: &usize| {
            matches!(self.view.word(*verb), "cancelled" | "canceled" | "aborted" | "called")
        };
        verb.filter(|verb| !own(verb))
            .is_some_and(|verb| self.lexicon.thwart.at(&self.view.words, verb).is_some())
    }

    /// Whether somebody accuses others of the act at `act`: "accused *by the ministry* of having shelled". Who accuses did not do it.
    pub(crate) fn is_accuser(&self, filler: &Filler, act: TextRange) -> bool {
        let tree = &self.view.tree;
        let head = self.phrase(filler).map(|phrase| phrase.head);
        let agent = head.filter(|head| tree.dep(*head) == Dep::Obl);
        let verb = agent.and_then(|head| tree.head(head));
        let verb = verb.filter(|verb| self.lexicon.accuse.has(self.view.word(*verb)));
        let act = self.view.tokens.iter().position(|t| t.range.overlaps(act));
        verb.zip(act).is_some_and(|(verb, act)| tree.upward(act).skip(1).any(|up| up == verb))
    }
}
