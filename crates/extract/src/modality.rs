//! Did it happen at all: polarity and modality from the words that govern a trigger.

use averment_lang::{Dep, Pos};
use averment_types::{Modality, Polarity};

use crate::attribution::Scope;
use crate::fillers::Filler;
use crate::frame::Frame;
use crate::lexicon::Lexicon;
use crate::subject::is_afterthought;
use crate::view::View;

/// How a statement stands to what happened, and the words that say so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Stance {
    pub(crate) polarity: Polarity,
    pub(crate) modality: Modality,
    pub(crate) reasons: Vec<String>,
}

struct Judge<'v, 'a> {
    view: &'v View<'a>,
    lexicon: &'v Lexicon,
    stance: Stance,
}

/// Judges the event whose trigger's head is at `trigger`, reported in `scopes`.
pub(crate) fn judge(
    view: &View<'_>,
    trigger: usize,
    frame: &Frame,
    fillers: &[Filler],
    scopes: &[&Scope],
    lexicon: &Lexicon,
) -> Stance {
    let stance =
        Stance { polarity: Polarity::Affirmed, modality: Modality::Happened, reasons: Vec::new() };
    let mut judge = Judge { view, lexicon, stance };
    judge.group(frame.group.clone());
    judge.nobody(frame, fillers);
    judge.governors(trigger);
    if let Some(support) = &frame.support {
        judge.support(support.clone());
    }
    judge.condition(frame.group.start);
    judge.habit(frame.group.clone());
    if let Some(scope) = scopes.iter().find(|s| s.denial) {
        judge.stance.polarity = Polarity::Denied;
        judge.stance.reasons.push(format!("“{}” denies it", scope.cue_words(view.text)));
    }
    judge.stance
}

impl Judge<'_, '_> {
    fn set(&mut self, modality: Modality, word: &str) {
        if self.stance.modality == Modality::Happened {
            self.stance.modality = modality;
            self.stance.reasons.push(format!("“{word}” makes it {}", describe(modality)));
        }
    }

    fn negate(&mut self, word: &str) {
        if self.stance.polarity == Polarity::Affirmed {
            self.stance.polarity = Polarity::Negated;
            self.stance.reasons.push(format!("“{word}” negates it"));
        }
    }

    /// Auxiliaries, negation and determiners of the trigger's own group.
    fn group(&mut self, group: std::ops::Range<usize>) {
        for at in group.clone() {
            let word = self.view.word(at);
            if self.lexicon.negators.has(word) && self.view.word(at + 1) != "only" {
                self.negate(word);
            }
        }
        self.modals(group);
    }

    /// "*neither* army controls", "*nobody* was injured".
    fn nobody(&mut self, frame: &Frame, fillers: &[Filler]) {
        let view = self.view;
        let before = view
            .before(frame.group.start)
            .filter(|at| matches!(view.word(*at), "nobody" | "none" | "neither"));
        let filler =
            fillers.iter().filter_map(|f| view.phrases.get(f.phrase)).map(|p| p.tokens.start);
        let negated = before.or_else(|| {
            let mut words = filler;
            words.find(|at| matches!(view.word(*at), "neither" | "no" | "none"))
        });
        if let Some(at) = negated {
            self.negate(view.word(at));
        }
    }

    /// Words of a verb group that say in what way it is meant.
    fn modals(&mut self, group: std::ops::Range<usize>) {
        for at in group {
            let word = self.view.word(at);
            match word {
                "may" | "might" | "could" | "can" | "possibly" | "perhaps" | "maybe"
                | "possible" | "potential" | "feared" | "alleged" | "allegedly" | "purportedly" => {
                    self.set(Modality::Possible, word);
                }
                "will" | "shall" | "'ll" | "’ll" => self.set(Modality::Predicted, word),
                "would" | "should" | "must" => self.set(Modality::Conditional, word),
                "planned" => self.set(Modality::Planned, word),
                "attempted" => self.set(Modality::Attempted, word),
                "threatened" => self.set(Modality::Threatened, word),
                "failed" | "foiled" | "thwarted" => self.set(Modality::Failed, word),
                _ => {}
            }
        }
    }

    /// The words that govern an infinitive, a gerund or a noun, from the nearest outward: "failed to", "fear
    /// of", "thwarted", "could lead to the assassination of". A finite clause ends the way.
    fn governors(&mut self, trigger: usize) {
        let (view, tree) = (self.view, &self.view.tree);
        let mut below = trigger;
        while let Some(at) = tree.head(below) {
            let mark =
                tree.children_in(below, &[Dep::Mark, Dep::Case]).filter(|m| *m < below).last();
            let mark = mark.map_or("", |m| view.word(m));
            let infinitive = mark == "to" && view.pos(below) != Pos::Noun;
            let linked = matches!(mark, "of" | "for" | "to" | "from" | "at" | "with");
            match tree.dep(below) {
                Dep::Xcomp | Dep::Ccomp | Dep::Advcl | Dep::Acl => {
                    if tree.opens_clause(below) && view.feats(below).contains("VerbForm=Fin") {
                        return;
                    }
                    if self.lexicon.negators.has(mark) {
                        self.negate(mark);
                    }
                    if tree.dep(below) == Dep::Advcl && is_afterthought(view, below) {
                        return;
                    }
                }
                Dep::Conj if view.pos(at) == view.pos(below) => {
                    if tree.children_in(below, &[Dep::Aux, Dep::Nsubj]).next().is_none() {
                        self.modals(self.auxiliaries(at)..at);
                    }
                    below = at;
                    continue;
                }
                Dep::Obj | Dep::Nmod | Dep::Obl | Dep::Compound => {}
                _ => return,
            }
            let object = tree.dep(below) == Dep::Obj;
            if self.govern(at, infinitive, linked || object) {
                return;
            }
            if view.pos(at) == Pos::Verb && view.pos(below) != Pos::Verb {
                self.bring(at);
            }
            below = at;
        }
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

    /// Applies the governing word at `at`, if it is one, with the auxiliaries before it.
    fn govern(&mut self, at: usize, infinitive: bool, linked: bool) -> bool {
        let (view, lexicon) = (self.view, self.lexicon);
        let word = view.word(at);
        if word == "able" || word == "managed" {
            self.group(self.auxiliaries(at)..at);
            return true;
        }
        if lexicon.thwart.at(&view.words, at).is_some() && view.pos(at) == Pos::Verb && !infinitive
        {
            self.set(Modality::Failed, word);
            return true;
        }
        if lexicon.refused.has(word) && (infinitive || linked) {
            self.negate(word);
            return true;
        }
        let found = lexicon.governors.iter().find(|(modality, words)| {
            words.at(&view.words, at).is_some()
                && (infinitive
                    || matches!(
                        modality,
                        Modality::Failed
                            | Modality::Urged
                            | Modality::Planned
                            | Modality::Threatened
                            | Modality::Possible
                            | Modality::Attempted
                    ))
        });
        let Some((modality, _)) = found else { return false };
        if view.pos(at) == Pos::Aux {
            return false;
        }
        let negated = (self.auxiliaries(at)..at).find(|i| lexicon.negators.has(view.word(*i)));
        if let Some(not) = negated {
            self.negate(view.word(not));
        }
        self.set(*modality, word);
        true
    }

    fn auxiliaries(&self, verb: usize) -> usize {
        let part =
            |at: &usize| matches!(self.view.pos(*at), Pos::Aux | Pos::Adv | Pos::Part | Pos::Det);
        (0..verb).rev().take_while(part).last().unwrap_or(verb)
    }

    /// The verb of which the noun is object or subject, with its auxiliaries and its own governor.
    fn support(&mut self, support: std::ops::Range<usize>) {
        let view = self.view;
        self.group(support.clone());
        let verb = support.clone().find(|at| view.pos(*at) == Pos::Verb).unwrap_or(support.start);
        if self.lexicon.thwart.at(&view.words, verb).is_some()
            || matches!(view.word(verb), "fail" | "fails" | "failed")
        {
            self.set(Modality::Failed, view.word(verb));
        }
        if self.lexicon.refused.has(view.word(verb)) {
            self.negate(view.word(verb));
        }
        if matches!(view.word(verb), "planned" | "threatened" | "feared" | "expected") {
            self.govern(verb, true, false);
        }
        self.governors(verb);
    }

    /// "if", "unless" at the head of the clause.
    fn condition(&mut self, start: usize) {
        let view = self.view;
        let clause = view.clause(start);
        let head = (0..start).rev().take_while(|at| view.clause(*at) == clause).last();
        let head = head.unwrap_or(start);
        for at in head.saturating_sub(1)..=head {
            if matches!(view.word(at), "if" | "unless") {
                self.set(Modality::Conditional, view.word(at));
            }
        }
    }

    /// "from time to time", "a series of": in the clause of the trigger.
    fn habit(&mut self, group: std::ops::Range<usize>) {
        let view = self.view;
        let clause = view.clause(group.start);
        for at in 0..view.words.len() {
            let Some(len) = self.lexicon.habitual.at(&view.words, at) else { continue };
            let near = at + 12 > group.start && at < group.end + 12;
            if near && view.clause(at) == clause {
                let words = view.words.get(at..at + len).unwrap_or_default().join(" ");
                self.set(Modality::Habitual, &words);
                return;
            }
        }
    }
}

const fn describe(modality: Modality) -> &'static str {
    match modality {
        Modality::Failed => "a failure",
        Modality::Attempted => "an attempt",
        Modality::Planned => "a plan",
        Modality::Possible => "a possibility",
        Modality::Conditional => "conditional",
        Modality::Predicted => "a prediction",
        Modality::Threatened => "a threat",
        Modality::Urged => "a call",
        Modality::Wished => "a wish",
        Modality::Habitual => "repeated, without a count",
        _ => "something that happened",
    }
}
