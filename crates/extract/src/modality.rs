//! Did it happen at all: polarity and modality from the words that govern a trigger.

use averment_lang::Pos;
use averment_types::{Modality, Polarity};

use crate::attribution::Scope;
use crate::fillers::Filler;
use crate::frame::Frame;
use crate::lexicon::Lexicon;
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

/// Judges the event of `frame`, reported in `scopes`.
pub(crate) fn judge(
    view: &View<'_>,
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
    judge.governor(frame.group.start);
    if let Some(support) = &frame.support {
        judge.support(support.clone(), frame.group.clone());
    } else {
        judge.distant(frame.group.start);
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
            filler.into_iter().find(|at| matches!(view.word(*at), "neither" | "no" | "none"))
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

    /// The word that governs an infinitive, a gerund or a noun: "failed to", "plans to", "fear of".
    fn governor(&mut self, start: usize) {
        let view = self.view;
        let Some(mut at) = view.before(start) else { return };
        let infinitive = view.word(start) == "to"
            || (start..start + 4).any(|i| {
                view.word(i) == "to" && view.pos(i) == Pos::Part && view.pos(i + 1) == Pos::Verb
            });
        let linked = matches!(view.word(at), "of" | "for" | "to" | "from" | "at" | "with");
        if linked {
            let Some(before) = view.before(at) else { return };
            at = before;
        }
        if view.word(start) == "in" || !(infinitive || linked || view.pos(at) == Pos::Verb) {
            return;
        }
        // "call on young people to carry out": the governor stands before its own object.
        let span = if infinitive { 6 } else { 2 };
        for i in (at.saturating_sub(span)..=at).rev() {
            if self.govern(i, infinitive, linked)
                || (i < at && (view.pos(i) == Pos::Sconj || view.word(i) == "and"))
            {
                return;
            }
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
    fn support(&mut self, support: std::ops::Range<usize>, group: std::ops::Range<usize>) {
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
        if support.start < group.start {
            self.governor(support.start);
        }
    }

    /// A verb further left whose object the noun is: "thwarted many ISIS attempts", "could lead to the
    /// assassination of".
    fn distant(&mut self, start: usize) {
        let view = self.view;
        let stop = start.saturating_sub(6);
        for at in (stop..start).rev() {
            if matches!(view.word(at), "," | ";" | ":" | "that") || view.pos(at) == Pos::Sconj {
                return;
            }
            if view.pos(at) != Pos::Verb {
                continue;
            }
            if self.lexicon.thwart.at(&view.words, at).is_some() {
                self.set(Modality::Failed, view.word(at));
            } else if self.lexicon.brings.at(&view.words, at).is_some() {
                self.group(self.auxiliaries(at)..at);
            } else if self.lexicon.say.at(&view.words, at).is_none() {
                // "did not comment on the raid" leaves the raid standing.
                self.modals(self.auxiliaries(at)..at);
            }
            return;
        }
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
