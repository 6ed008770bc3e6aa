//! The words that govern a trigger, from the nearest outward: "failed to", "fear of", "could lead to".

use averment_lang::{Dep, Pos, Subtype};
use averment_types::Modality;

use super::Judge;
use super::ahead::Deed;
use super::linking::{answers, is_beside_another, is_interrogative, is_telling, presupposes};
use crate::subject::is_afterthought;

impl Judge<'_, '_> {
    /// Climbs from `start` through infinitives, gerunds and nouns. A finite clause ends the way: of those
    /// who speak of it only what they fear, hope or threaten counts.
    pub(super) fn climb(&mut self, start: usize) {
        let (view, tree) = (self.view, &self.view.tree);
        // Who is behind it may be open, and not whether it happened.
        if view.is_behind(start) {
            return;
        }
        let mut below = start;
        while let Some(at) = tree.head(below) {
            let mark =
                tree.children_in(below, &[Dep::Mark, Dep::Case]).filter(|m| *m < below).last();
            let word = mark.map_or("", |m| view.word(m));
            let infinitive = word == "to" && view.pos(below) != Pos::Noun;
            let linked = matches!(word, "of" | "for" | "to" | "from" | "at");
            match tree.dep(below) {
                Dep::Xcomp | Dep::Ccomp | Dep::Advcl | Dep::Acl => {
                    if self.ends_the_way(below, at) {
                        return;
                    }
                    let far = mark.and_then(|m| m.checked_sub(1)).map(|b| view.word(b));
                    let instead = matches!(
                        (far, word),
                        (Some("far"), "from")
                            | (Some("instead"), "of")
                            | (Some("rather"), "than")
                            | (Some("yet"), "to")
                    );
                    if instead || self.lexicon.negators.has(word) {
                        self.negate(word);
                    }
                    self.purpose(start, below, at, infinitive);
                    if is_beside_another(word)
                        || tree.dep(below) == Dep::Advcl && is_afterthought(view, below)
                    {
                        return;
                    }
                }
                // "refused to join and *accuses*": the finite verb is no part of the infinitive.
                Dep::Conj
                    if self.is_finite(below)
                        && !self.is_finite(at)
                        && tree.children_in(at, &[Dep::Mark, Dep::Case]).next().is_some() =>
                {
                    return;
                }
                Dep::Conj if view.pos(at) == view.pos(below) => {
                    let own = tree.child(below, Dep::Nsubj).is_some()
                        || tree.children_in(below, &[Dep::Aux]).any(|aux| self.is_finite_word(aux));
                    if !own && (view.pos(at) != Pos::Verb || !self.is_past(below)) {
                        self.modals(self.auxiliaries(at)..at);
                    }
                    let cc = tree.child(below, Dep::Cc).map(|cc| view.word(cc));
                    if cc == Some("nor") {
                        self.negate("nor");
                    }
                    below = at;
                    continue;
                }
                // "it is feared that they were killed"
                Dep::Csubj if self.is_finite(below) => {
                    self.content(below, at);
                    return;
                }
                Dep::Nsubj | Dep::Csubj => {
                    // "an attempt to seize it failed"
                    if below != start && self.comes_to_nothing(at) {
                        self.fail(view.word(at));
                    }
                    return;
                }
                Dep::Nmod if below == start && word == "of" && self.is_missing(at) => {
                    self.negate(view.word(at));
                }
                Dep::Nmod | Dep::Obl if presupposes(word) || answers(word, view.word(at)) => return,
                Dep::Nmod if matches!(word, "on" | "about" | "in") => return,
                Dep::Obj | Dep::Compound | Dep::Nmod | Dep::Obl => {}
                _ => return,
            }
            if self.settles(start, (below, at), (word, infinitive, linked)) {
                return;
            }
            if view.pos(at) == Pos::Verb && view.pos(below) != Pos::Verb {
                self.bring(at);
            }
            below = at;
        }
    }

    /// "sent troops *to attack* the town": an act of force to which another is only the way is still to come; what something is used for
    /// is done with it.
    fn purpose(&mut self, start: usize, below: usize, at: usize, infinitive: bool) {
        let (view, tree) = (self.view, &self.view.tree);
        // "filed a suit *to force* Chile *to negotiate*"
        let made = tree.dep(start) == Dep::Xcomp && tree.head(start) == Some(below);
        if made && infinitive && matches!(tree.dep(below), Dep::Advcl | Dep::Acl) {
            self.set(Modality::Planned, "to");
        }
        if !infinitive || view.pos(at) != Pos::Verb {
            return;
        }
        // "*will* come to besiege"
        self.modals(self.auxiliaries(at)..at);
        let perfect = tree.children_in(below, &[Dep::Aux]).any(|aux| view.word(aux) == "have");
        let used = self.lexicon.employs.has(view.word(at));
        let own = below == start && self.deed == Deed::Force;
        if tree.dep(below) == Dep::Advcl && own && !(perfect || used) {
            self.set(Modality::Planned, "to");
        }
    }

    /// Whether the word at `at` settles what the event from `start`, on the way at `below` behind the mark `word`, comes to.
    fn settles(
        &mut self,
        start: usize,
        (below, at): (usize, usize),
        (word, infinitive, linked): (&str, bool, bool),
    ) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let mark = tree.children_in(below, &[Dep::Mark, Dep::Case]).filter(|m| *m < below).last();
        let words = &view.words;
        let banned = tree.dep(below) == Dep::Obj
            && view.pos(below) != Pos::Verb
            && self.lexicon.bans.at(words, at).is_some();
        if banned || below == start && tree.dep(below) == Dep::Obj && self.is_announced(at) {
            self.set(Modality::Planned, view.word(at));
            return true;
        }
        let against = word == "against" && self.lexicon.cautions.at(words, at).is_some();
        let barred = (infinitive || word == "from") && self.lexicon.bans.at(words, at).is_some();
        let warned = infinitive && view.word(at).starts_with("warn");
        if against || barred || warned {
            if !warned {
                self.negate(view.word(at));
            }
            self.set(Modality::Urged, view.word(at));
            return true;
        }
        let object = matches!(tree.dep(below), Dep::Obj | Dep::Compound);
        let noun = view.pos(below) != Pos::Verb;
        if tree.dep(below) == Dep::Obj
            && noun
            && self.lexicon.presumes.at(&view.words, at).is_some()
        {
            return true;
        }
        if matches!(tree.dep(below), Dep::Obl | Dep::Nmod)
            && word == "of"
            && mark.and_then(|m| m.checked_sub(1)).is_some_and(|b| view.word(b) == "instead")
        {
            self.negate("instead of");
        }
        if self.govern(at, below, infinitive, linked || object) {
            self.undo(at);
            return true;
        }
        let stopped = !noun && self.lexicon.stops.has(view.word(at));
        if self.lexicon.presumes.at(&view.words, at).is_some() && !infinitive && !stopped {
            return true;
        }
        // "were expected to discuss *the* attack"
        if below == start && noun && view.pos(at) == Pos::Verb && self.is_known(below) {
            let words = &view.words;
            let carries = self.lexicon.light.at(words, at).is_some()
                || self.lexicon.brings.at(words, at).is_some()
                || self.lexicon.joins.at(words, at).is_some() && self.deed == Deed::Decided;
            if !carries {
                return true;
            }
        }
        false
    }

    /// Whether the clause of `below` under `at` tells what happened by itself; what is feared, hoped or
    /// threatened in a finite clause is judged first.
    fn ends_the_way(&mut self, below: usize, at: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let relation = tree.relation(below);
        let relative = relation.is(Dep::Acl, Subtype::Relcl);
        if tree.opens_clause(below) && self.is_finite(below) {
            if matches!(relation.universal, Dep::Ccomp | Dep::Acl) && !relative {
                self.content(below, at);
            }
            return true;
        }
        // "colleagues *abducted* in June", but not "the risk of towns being attacked" and "wants him sacked".
        let reduced = relation.universal == Dep::Acl
            && (view.feats(below).contains("VerbForm=Part")
                || view.feats(below).contains("VerbForm=Ger"))
            && tree.children_in(below, &[Dep::Mark, Dep::Case, Dep::Aux]).next().is_none();
        let wanted = tree.dep(at) == Dep::Obj
            && tree
                .head(at)
                .is_some_and(|verb| matches!(view.word(verb), "see" | "want" | "wants"));
        relative || (reduced && !wanted)
    }

    /// "a *lack* of air support", "no *word* of a truce".
    fn is_missing(&self, at: usize) -> bool {
        let word = self.view.word(at);
        let unheard = || self.lexicon.tidings.has(word) && self.negator(at).is_some();
        self.lexicon.lacks.has(word) || unheard()
    }

    /// "no *evidence* that …", "no basis for *reports* that …".
    fn is_unproven(&self, at: usize) -> bool {
        let tree = &self.view.tree;
        let of = tree.head(at).filter(|_| tree.dep(at) == Dep::Nmod);
        let none = |noun: usize| {
            self.lexicon.proofs.has(self.view.word(noun)) && self.negator(noun).is_some()
        };
        none(at) || of.is_some_and(none)
    }

    /// What the word at `at` makes of a finite clause below it: "it is feared that", "hopes that", "threats that".
    fn content(&mut self, below: usize, at: usize) {
        let view = self.view;
        let word = view.word(at);
        let class = |modality: Modality| {
            self.lexicon
                .governors
                .iter()
                .any(|(m, words)| *m == modality && words.at(&view.words, at).is_some())
        };
        let doubts = self.lexicon.doubts.at(&view.words, at).is_some()
            || self.is_unproven(at)
            || (self.lexicon.verifies.at(&view.words, at).is_some()
                && (self.negator(at).is_some() || self.is_unable(at)));
        let asked = view.tree.children_in(below, &[Dep::Mark]).any(|m| view.word(m) == "whether");
        // "it was unclear *who* did it": that it was done is clear.
        let clause = view.tree.span(below).start..below;
        let doubts = doubts && !clause.take(2).any(|at| is_interrogative(view.word(at)));
        if class(Modality::Wished) {
            self.over(Modality::Wished, word);
        } else if doubts || asked {
            self.over(Modality::Possible, word);
        } else if self.lexicon.foresees.at(&view.words, at).is_some() {
            self.over(Modality::Predicted, word);
        } else if class(Modality::Threatened) && !word.starts_with("warn") {
            self.over(Modality::Threatened, word);
        } else if class(Modality::Urged)
            && !is_telling(word)
            && (self.stance.modality == Modality::Conditional || self.is_bare(below))
        {
            self.over(Modality::Urged, word);
        }
    }

    /// Whether somebody was "unable to" do what the verb at `at` says.
    pub(super) fn is_unable(&self, at: usize) -> bool {
        let above = self.view.tree.head(at).filter(|_| self.view.tree.dep(at) == Dep::Xcomp);
        above.is_some_and(|above| {
            let word = self.view.word(above);
            word == "unable"
                || self.lexicon.vain.at(&self.view.words, above).is_some()
                || (matches!(word, "able" | "possible" | "managed")
                    && (self.negator(above).is_some() || self.has_no_subject(above)))
        })
    }

    /// Whether nobody does what the verb at `verb` says: "*no one* has been able".
    fn has_no_subject(&self, verb: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let none = |at: usize| matches!(view.word(at), "no" | "nobody" | "none" | "neither");
        tree.children_in(verb, &[Dep::Nsubj])
            .any(|at| none(at) || tree.children_in(at, &[Dep::Det]).any(none))
    }

    fn is_finite_word(&self, at: usize) -> bool {
        self.view.feats(at).contains("VerbForm=Fin")
    }

    /// Whether the clause at `verb` has no auxiliary but "be" and no past: "that all *be disarmed*", "that he *resign*".
    fn is_bare(&self, verb: usize) -> bool {
        let mut auxiliaries = self.view.tree.children_in(verb, &[Dep::Aux, Dep::Cop]);
        match auxiliaries.next() {
            Some(aux) => self.view.word(aux) == "be",
            None => self.view.pos(verb) == Pos::Verb && !self.is_past(verb),
        }
    }

    fn is_infinitive(&self, verb: usize) -> bool {
        let mut marks = self.view.tree.children_in(verb, &[Dep::Mark]);
        marks.any(|mark| self.view.word(mark) == "to")
    }

    /// Whether the clause at `verb` has a finite verb, its own or an auxiliary.
    fn is_finite(&self, verb: usize) -> bool {
        self.is_finite_word(verb)
            || self
                .view
                .tree
                .children_in(verb, &[Dep::Aux, Dep::Cop])
                .any(|aux| self.is_finite_word(aux))
    }

    fn is_past(&self, verb: usize) -> bool {
        self.is_finite_word(verb) && self.view.feats(verb).contains("Tense=Past")
    }

    /// What a verb says of a noun that depends on it, by way of its own auxiliaries.
    fn bring(&mut self, verb: usize) {
        let auxiliaries = self.auxiliaries(verb)..verb;
        if self.lexicon.brings.at(&self.view.words, verb).is_some() {
            self.group(auxiliaries);
        } else if self.lexicon.say.at(&self.view.words, verb).is_none() {
            // "did not comment on the raid" leaves the raid standing.
            self.modals(auxiliaries);
        }
    }

    /// After a governor at `from` that tells of an attempt, a plan or a wish: whether that came to nothing.
    fn undo(&mut self, from: usize) {
        if self.stance.modality == Modality::Happened {
            return;
        }
        let (view, tree) = (self.view, &self.view.tree);
        let failed = |at: usize| {
            matches!(
                view.word(at),
                "failed"
                    | "foiled"
                    | "abortive"
                    | "unsuccessful"
                    | "futile"
                    | "thwarted"
                    | "botched"
            )
        };
        if let Some(at) = tree.children_in(from, &[Dep::Amod]).find(|at| failed(*at)) {
            self.fail(view.word(at));
        }
        for at in tree.upward(from).skip(1).take(3) {
            if self.comes_to_nothing(at) && view.pos(at) == Pos::Verb {
                self.fail(view.word(at));
                return;
            }
            if view.pos(at) == Pos::Verb {
                return;
            }
        }
    }

    /// Applies the governing word at `at`, if it is one, with the auxiliaries before it, to `below`.
    pub(super) fn govern(
        &mut self,
        at: usize,
        below: usize,
        infinitive: bool,
        linked: bool,
    ) -> bool {
        let (view, lexicon) = (self.view, self.lexicon);
        let word = view.word(at);
        if view.pos(at) == Pos::Aux && word != "ought" {
            return false;
        }
        if infinitive && lexicon.manages.at(&view.words, at).is_some() {
            if let Some(not) = self.negator(at) {
                self.negate(view.word(not));
                self.set(Modality::Failed, word);
            }
            self.modals(self.auxiliaries(at)..at);
            return true;
        }
        let complement = matches!(view.tree.dep(below), Dep::Xcomp | Dep::Ccomp | Dep::Obj);
        let gerund = view.pos(below) == Pos::Verb && !infinitive && complement;
        if (lexicon.refused.at(&view.words, at).is_some() && (infinitive || linked || gerund)
            || lexicon.stops.at(&view.words, at).is_some() && gerund)
            && view.pos(at) == Pos::Verb
        {
            // "did not refrain from" and "did not stop short of" leave it standing; what is not ruled out is open.
            match self.negator(at) {
                None => self.negate(word),
                Some(_) if word.starts_with("rul") => self.set(Modality::Possible, word),
                Some(_) => return true,
            }
            // "urged them to stop shelling"
            if lexicon.stops.at(&view.words, at).is_some() {
                return false;
            }
            return true;
        }
        let too = view.tree.children_in(at, &[Dep::Advmod]).any(|a| view.word(a) == "too");
        if infinitive
            && view.pos(at) != Pos::Verb
            && (too || lexicon.unwilling.at(&view.words, at).is_some())
        {
            self.negate(word);
            return true;
        }
        let instrument = view.pos(at) == Pos::Verb
            && (view.tree.child(at, Dep::Obj).is_some() || view.is_passive(at));
        if infinitive && lexicon.wont.has(word) && !instrument {
            self.set(Modality::Habitual, word);
            return true;
        }
        if lexicon.thwart.at(&view.words, at).is_some()
            && view.pos(at) == Pos::Verb
            && !infinitive
            && (linked || view.pos(below) == Pos::Verb)
        {
            // Who failed to prevent it, or did not, tells that it happened; who does something to prevent it fears it.
            if self.negator(at).is_none() && !self.is_unable(at) {
                if self.is_infinitive(at)
                    && lexicon.wards.at(&view.words, at).is_some()
                    && !self.is_managed(at)
                {
                    self.set(Modality::Possible, word);
                } else {
                    self.fail(word);
                }
            }
            return true;
        }
        if infinitive && (word == "unable" || lexicon.vain.at(&view.words, at).is_some()) {
            self.negate(word);
            self.set(Modality::Failed, word);
            return true;
        }
        let Some(modality) = self.class(at, below, infinitive, linked) else { return false };
        if let Some(not) = self.negator(at) {
            self.negate(view.word(not));
        }
        self.set(modality, word);
        true
    }

    /// Whether the trigger stands in the list that `first` opens: "accused of atrocities and *killings*".
    fn is_of_list(&self, first: usize) -> bool {
        first == self.trigger || self.view.tree.coordinated(first).contains(&self.trigger)
    }

    /// Whether the passive at `verb` says by whom.
    fn has_agent(&self, verb: usize) -> bool {
        self.view.agent(verb).is_some()
    }

    /// Whether the infinitive at `at` was brought about: "managed to prevent".
    fn is_managed(&self, at: usize) -> bool {
        let above = self.view.tree.head(at).filter(|_| self.view.tree.dep(at) == Dep::Xcomp);
        above.is_some_and(|above| self.lexicon.manages.at(&self.view.words, above).is_some())
    }

    /// What the word at `at` makes of an infinitive, a gerund or a noun below it.
    fn class(&self, at: usize, below: usize, infinitive: bool, linked: bool) -> Option<Modality> {
        let (view, tree) = (self.view, &self.view.tree);
        let word = view.word(at);
        let verb = view.pos(at) == Pos::Verb;
        if infinitive && verb && matches!(word, "give" | "gave" | "given" | "gives" | "giving") {
            return Some(Modality::Urged);
        }
        let passive = verb && view.is_passive(at);
        let open = |i: usize| matches!(view.word(i), "unconfirmed" | "unverified" | "conflicting");
        if linked && !verb && tree.children_in(at, &[Dep::Amod]).any(open) {
            return Some(Modality::Possible);
        }
        let thought = verb && self.lexicon.thought.at(&view.words, at).is_some();
        // "are believed *dead*"
        let state = tree.dep(below) == Dep::Xcomp && view.pos(below) != Pos::Verb;
        if (infinitive || state) && passive && thought {
            return Some(Modality::Possible);
        }
        if linked && verb && !passive && self.lexicon.foresees.at(&view.words, at).is_some() {
            return Some(Modality::Predicted);
        }
        if infinitive && self.lexicon.dues.has(word) {
            return Some(Modality::Urged);
        }
        if infinitive && self.lexicon.drives.has(word) && !verb {
            return Some(Modality::Attempted);
        }
        if infinitive && self.lexicon.terms.has(word) && !verb {
            return Some(Modality::Planned);
        }
        let noun = view.pos(below) != Pos::Verb;
        let called = verb && tree.dep(below) == Dep::Obj;
        let alone = (called && self.lexicon.directs.at(&view.words, at).is_some())
            || matches!(word, "due" | "ready" | "scheduled" | "slated");
        let fits = |modality: Modality| match modality {
            _ if infinitive => true,
            // "ordered the massacre": it was done.
            Modality::Urged
                if called && noun && self.deed == Deed::Force && word.starts_with("order") =>
            {
                false
            }
            Modality::Urged | Modality::Planned if alone && noun => false,
            Modality::Urged if tree.dep(below) == Dep::Ccomp => {
                !is_telling(word) && self.is_bare(below)
            }
            // "wanted for the murder"
            Modality::Wished if passive => false,
            Modality::Urged => linked && !(called && word.starts_with("call")),
            Modality::Wished => {
                !passive && (linked || tree.dep(below) == Dep::Xcomp) && (noun || !linked || verb)
            }
            // "accused Y of arming", "accused by X of": he says so; "the man accused of": perhaps.
            Modality::Possible if verb && word.starts_with("accus") => {
                linked && passive && !self.has_agent(at) && self.is_of_list(below)
            }
            Modality::Possible => linked,
            // "weapons planted to *simulate* a shootout"
            Modality::Conditional => called,
            // "killed the man who planned *the* murder"
            Modality::Planned if called && self.is_past(at) && self.is_given(below) => false,
            Modality::Planned | Modality::Attempted | Modality::Threatened => linked || !noun,
            Modality::Predicted => linked && view.pos(at) == Pos::Noun && word != "set",
            _ => false,
        };
        let found = self
            .lexicon
            .governors
            .iter()
            .find(|(modality, words)| words.at(&view.words, at).is_some() && fits(*modality));
        found.map(|(modality, _)| *modality)
    }
}
