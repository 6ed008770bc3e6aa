//! Did it happen at all: polarity and modality from the words that govern a trigger.

mod ahead;
mod clause;
mod climb;
mod denial;
mod linking;
mod words;

use averment_codebook::EventType;
use averment_lang::{Hint, Pos};
use averment_types::{ClaimKind, Modality, Polarity};

use ahead::Deed;

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
    /// Whether it is told in the past.
    pub(crate) past: bool,
}

/// The judgement of one event, and what has been settled of it so far.
struct Judge<'v, 'a> {
    view: &'v View<'a>,
    lexicon: &'v Lexicon,
    /// The head of the trigger, whose own words say nothing of how it is meant.
    trigger: usize,
    /// What sort of deed the event is, should it be still to come.
    deed: Deed,
    /// Whether the modality is that of "will", which a wider governor may settle.
    ahead: bool,
    stance: Stance,
}

/// Whether it is a relation that a noun takes for granted: "the battle for the rebels' *stronghold*", "vowed to retake *rebel-held* towns".
fn is_standing(view: &View<'_>, trigger: usize, event_type: &EventType) -> bool {
    let glued = view.word(trigger).contains('-') && view.pos(trigger) != Pos::Verb;
    let held = event_type.id.as_str() == "controls" && view.pos(trigger) == Pos::Noun;
    event_type.kind == ClaimKind::Relation && (glued || held)
}

/// Judges the event whose trigger's head is at `trigger`, reported in `scopes`.
pub(crate) fn judge(
    view: &View<'_>,
    trigger: usize,
    frame: &Frame,
    fillers: &[Filler],
    scopes: &[&Scope],
    (lexicon, event_type): (&Lexicon, &EventType),
) -> Stance {
    let stance = Stance {
        polarity: Polarity::Affirmed,
        modality: Modality::Happened,
        reasons: Vec::new(),
        past: false,
    };
    let deed = Deed::of(event_type);
    let mut judge = Judge { view, lexicon, trigger, deed, ahead: false, stance };
    judge.stance.past = judge.is_told_in_past(trigger);
    judge.fiction(frame.group.start);
    let before = if frame.phrase.is_empty() { frame.group.end } else { frame.phrase.start };
    judge.group(frame.group.start..before);
    judge.far_auxiliaries(frame.group.clone());
    judge.nobody(frame, fillers);
    judge.nearly();
    judge.command();
    judge.told_of();
    if !is_standing(view, trigger, event_type) {
        judge.climb(trigger);
    }
    if let Some(support) = &frame.support {
        judge.support(support.clone());
    }
    judge.condition(trigger, frame.group.start);
    judge.question(trigger);
    judge.headline(trigger);
    judge.habit(frame.group.clone());
    if let Some(scope) = scopes.iter().find(|s| s.denial.is_some_and(|verb| judge.is_denied(verb)))
    {
        judge.stance.polarity = Polarity::Denied;
        judge.stance.reasons.push(format!("“{}” denies it", scope.cue_words(view.text)));
    } else if let Some(at) = judge.untrue() {
        let denied = if scopes.is_empty() { Polarity::Negated } else { Polarity::Denied };
        judge.stance.polarity = denied;
        judge.stance.reasons.push(format!("it is called “{}”", view.word(at)));
    }
    judge.stance
}

/// From this probability on the reader's opinion adds what no word of the lexicon says. It overrules none: most of what it
/// learnt from is plain, and so is its opinion.
const ADDS: f32 = 0.7;

impl Stance {
    /// The stance with the reader's opinion heard: it knows governors that no list has.
    pub(crate) fn heard(mut self, hint: Option<Hint>) -> Self {
        let Some(hint) = hint else { return self };
        let (polarity, sure) = hint.polarity;
        let open = self.polarity == Polarity::Affirmed;
        if open && polarity != self.polarity && sure >= ADDS {
            self.polarity = polarity;
            self.reasons.push(learnt(describe_polarity(polarity), sure));
        }
        let (modality, sure) = hint.modality;
        let open = self.modality == Modality::Happened;
        if open && modality != self.modality && sure >= ADDS {
            self.modality = modality;
            self.reasons.push(learnt(describe(modality), sure));
        }
        self
    }
}

fn learnt(what: &str, sure: f32) -> String {
    format!("the reader takes it for {what} (learnt opinion, {:.0} of 100)", 100.0 * sure)
}

const fn describe_polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Affirmed => "affirmed",
        Polarity::Negated => "negated",
        Polarity::Denied => "denied by somebody",
    }
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

    /// What a wider governor makes of an event that the narrower words left open.
    fn over(&mut self, modality: Modality, word: &str) {
        use Modality::{Conditional, Possible, Predicted, Urged};
        if self.ahead || matches!(self.stance.modality, Possible | Predicted | Conditional | Urged)
        {
            self.stance.modality = Modality::Happened;
        }
        self.set(modality, word);
    }

    /// What was only tried, planned or wished for has come to nothing.
    fn fail(&mut self, word: &str) {
        use Modality::{Attempted, Planned, Wished};
        if matches!(self.stance.modality, Attempted | Planned | Wished) {
            self.stance.modality = Modality::Happened;
        }
        self.set(Modality::Failed, word);
    }

    /// The first word between the auxiliaries of `verb` that negates it; a determiner "no" of a noun too.
    fn negator(&self, verb: usize) -> Option<usize> {
        (self.auxiliaries(verb)..verb).find(|at| self.negates(*at))
    }

    /// Whether the word at `at` negates what stands with it: "not", but not "no fewer than" and "not only".
    fn negates(&self, at: usize) -> bool {
        self.lexicon.negators.has(self.view.word(at))
            && !matches!(
                self.view.word(at + 1),
                "only" | "fewer" | "less" | "more" | "later" | "sooner" | "just"
            )
    }

    /// Where the auxiliaries, adverbs and determiners before `verb` start.
    fn auxiliaries(&self, verb: usize) -> usize {
        let part =
            |at: &usize| matches!(self.view.pos(*at), Pos::Aux | Pos::Adv | Pos::Part | Pos::Det);
        (0..verb).rev().take_while(part).last().unwrap_or(verb)
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
