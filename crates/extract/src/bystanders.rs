//! Who and what stands at an act: those who do it together, those who do not (whoever foils it, or accuses others of it), those counted
//! already, the town where it was.

use std::ops::Range;

use averment_actors::MentionKind;
use averment_lang::{Dep, EntityKind};
use averment_types::{PlaceKind, RoleKind, TextRange};

use crate::fillers::{Filler, Filling};

impl Filling<'_, '_> {
    /// Takes out of `fillers` those who foil the act: "*soldiers* thwarted an attempt to blow it up".
    pub(crate) fn without_foilers(&self, fillers: &mut Vec<Filler>, act: &Range<usize>) {
        let tree = &self.view.tree;
        // "repelled the raid and *burned* nine trucks": who foils one act may do another.
        let beside = |verb: usize| {
            let mut way = act.clone().flat_map(|at| tree.upward(at));
            let foils = |at: usize| self.lexicon.thwart.at(&self.view.words, at).is_some();
            way.any(|at| tree.dep(at) == Dep::Conj && tree.head(at) == Some(verb) && !foils(at))
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

    /// Whether a mention is a person by name.
    fn is_named_person(&self, mention: usize) -> bool {
        self.view.mention(mention).is_some_and(|mention| mention.kind == MentionKind::Person)
    }

    /// Adds those who act with whom a verb is said of: "the army, *together with the Hill Guard*, attacked".
    pub(crate) fn with_companions(&self, fillers: &mut Vec<Filler>) {
        let (view, tree) = (self.view, &self.view.tree);
        let joins = |with: usize| {
            let before = with.checked_sub(1).map_or("", |at| view.word(at));
            view.word(with) == "with" && matches!(before, "together" | "along")
        };
        let led = |at: usize| tree.case(at).is_some_and(|case| joins(case) || joins(case + 1));
        let acting = fillers.iter().filter(|f| f.role == RoleKind::Initiator);
        let subjects = acting.filter_map(|f| {
            let own = self.phrase(f)?.head;
            let verb = tree.head(own).filter(|_| tree.dep(own) == Dep::Nsubj)?;
            Some((own, verb))
        });
        let heads = subjects.flat_map(|(own, verb)| {
            (own + 1..verb).filter(|at| tree.dep(*at) == Dep::Obl && led(*at))
        });
        let phrases = heads.flat_map(|at| view.phrases_of(at));
        let more: Vec<Filler> =
            phrases.filter_map(|phrase| self.filler(RoleKind::Initiator, phrase)).collect();
        fillers.extend(more);
    }

    /// "injured six, *among them a teacher*": who is one of those counted is no further one.
    pub(crate) fn without_parts(&self, fillers: &mut Vec<Filler>) {
        let word = |at: Option<usize>| at.map_or("", |at| self.view.word(at));
        let part = |f: &Filler| {
            let first = self.phrase(f).map_or(0, |phrase| phrase.tokens.start);
            let (last, before) = (word(first.checked_sub(1)), word(first.checked_sub(2)));
            last == "including" || before == "among" && matches!(last, "them" | "whom")
        };
        let counted: Vec<(RoleKind, TextRange)> =
            fillers.iter().filter(|f| !part(f)).map(|f| (f.role, f.range)).collect();
        fillers.retain(|f| {
            let known = |(role, range): &(RoleKind, TextRange)| {
                *role == f.role && range.end() <= f.range.start()
            };
            f.mention.is_some_and(|at| self.is_named_person(at))
                || !(part(f) && counted.iter().any(known))
        });
    }

    /// Whether it is the name of a town or division behind "at", "in" or "near" a noun: "the ambush *at Kouma*".
    pub(crate) fn is_stood_at(&self, filler: &Filler) -> bool {
        let phrase = self.phrase(filler);
        let prep = phrase.and_then(|phrase| phrase.prep);
        let led = prep.is_some_and(|at| matches!(self.view.word(at), "at" | "in" | "near"));
        // "fired rockets *at Haifa*"
        let noun = phrase.is_some_and(|p| self.view.tree.dep(p.head) == Dep::Nmod);
        let name = self.places.iter().find(|place| place.span.overlaps(filler.range));
        let town = match name {
            Some(place) => {
                !matches!(place.value.kind, PlaceKind::Facility | PlaceKind::Country)
                    && place.span.end() == filler.range.end()
                    && place.span.start() <= filler.range.start()
            }
            None => self.reads_as_place(filler, &[EntityKind::Location]),
        };
        led && noun && town && filler.mention.is_none()
    }
}
