//! The reader's learnt opinion on what a sentence tells, beside the rules.
//!
//! Rules know why they fire, the reader knows more words. Where the reader is all but sure that a word names no event, no
//! rule fires; where it is sure of one and no rule has coded it, it makes the claim, under the rule `TYPE/told`.

use averment_codebook::{Codebook, Form, Rule, Trigger};
use averment_lang::{Dep, Played, Pos, Told};
use averment_types::{RoleKind, RuleId, TextRange};

use crate::lexicon::Lexicon;
use crate::setting::behind_count;
use crate::view::View;

/// The least probability of a kind with which the reader's opinion alone makes a claim.
const ALONE: f32 = 0.5;
/// The least with which it does so where nobody takes part whom it could be about.
pub(crate) const SURE: f32 = 0.6;
/// The least probability of a speaker whom no rule has found.
const SPEAKS: f32 = 0.6;
/// Below this probability of any event at its words a rule does not fire.
const NONE: f32 = 0.03;

/// The rule of each type by which what is told becomes a claim.
pub(crate) fn rules(codebook: &Codebook) -> Vec<Rule> {
    let rule = |(type_index, event_type): (usize, &averment_codebook::EventType)| Rule {
        id: RuleId::new(&format!("{}/told", event_type.id)),
        type_index,
        triggers: Vec::new(),
        excludes: Vec::new(),
        slots: Vec::new(),
        requires: Vec::new(),
        requires_one: Vec::new(),
        words: Vec::new(),
        unless: Vec::new(),
        only: Vec::new(),
        beside: Vec::new(),
        not_beside: Vec::new(),
        only_actors: false,
        modalities: Vec::new(),
        codes: Vec::new(),
        ignores: Vec::new(),
    };
    codebook.types().iter().enumerate().map(rule).collect()
}

/// Whether `rule` is that of the kind told.
pub(crate) fn is_of(rule: &Rule, told: &Told) -> bool {
    rule.id.as_str().strip_suffix("/told") == Some(&*told.kind)
}

/// The events of the sentence of which the reader is sure, with the words that name them.
pub(crate) fn in_sentence<'r>(
    view: &View<'_>,
    told: &'r [Told],
    lexicon: &Lexicon,
) -> Vec<(&'r Told, Trigger)> {
    let sentence = view.sentence.range;
    let first = told.partition_point(|told| told.range.start() < sentence.start());
    let here = told.iter().skip(first).take_while(|told| told.range.start() < sentence.end());
    let here = here.filter(|told| told.probability >= ALONE && sentence.contains(told.range));
    let named = here.filter_map(|told| Some((told, trigger(view, told, lexicon)?)));
    named.filter(|(_, trigger)| !is_of_those(view, trigger)).collect()
}

/// What the reader tells of at `words`; `told` is in the order of the text, as a reading gives it.
pub(crate) fn at(told: &[Told], words: TextRange) -> Option<&Told> {
    let first = told.partition_point(|told| told.range.end() <= words.start());
    told.get(first).filter(|told| told.range.overlaps(words))
}

/// The token of whoever speaks of a told event.
pub(crate) fn speaker(view: &View<'_>, told: &Told) -> Option<usize> {
    let sure = |played: &&Played| &*played.part == "speaker" && played.probability >= SPEAKS;
    let played = told.parts.iter().find(sure)?;
    view.tokens.iter().position(|token| token.range.overlaps(played.range))
}

/// Whether the trigger only calls those by a harm told before of whom some are told of: "two of *the wounded* died".
fn is_of_those(view: &View<'_>, trigger: &Trigger) -> bool {
    let at = trigger.tokens.start;
    let harmed =
        matches!(view.word(at), "wounded" | "injured" | "dead" | "killed" | "abducted" | "missing");
    let before = |n: usize| at.checked_sub(n).map_or("", |at| view.word(at));
    let count = at.checked_sub(3).map(|at| view.pos(at));
    let few = matches!(before(3), "some" | "many" | "several" | "most" | "all" | "none" | "half");
    let part = before(2) == "of" && (count == Some(Pos::Num) || few);
    let dies = |verb: usize| {
        matches!(
            view.word(verb),
            "died" | "die" | "dies" | "succumbed" | "succumb" | "perished" | "survive"
        ) || view.word(verb) == "make" && view.word(verb + 1) == "it"
    };
    let above = view.tree.upward(at).skip(1).find(|up| view.is_verb(*up));
    harmed && before(1) == "the" && part && above.is_some_and(dies)
}

/// Whether the trigger tells of nothing: the reader is all but sure that no word of it names an event, or it only says who is meant.
pub(crate) fn is_none(view: &View<'_>, trigger: &Trigger) -> bool {
    if is_of_those(view, trigger) {
        return true;
    }
    let tokens = view.tokens.get(trigger.tokens.clone()).unwrap_or_default();
    let mut chances = tokens.iter().map(|token| token.hint.map(|hint| hint.event));
    !tokens.is_empty() && chances.all(|chance| chance.is_some_and(|chance| chance < NONE))
}

/// Whether the words stand for another sense: bodies that are "*picked up*" are not arrested, and whoever "saves the *lives*" of men kills none.
pub(crate) fn is_of_no_deed(view: &View<'_>, told: &Told, trigger: &Trigger) -> bool {
    const DEAD: [&str; 6] = ["body", "bodies", "corpse", "corpses", "remains", "cadavers"];
    const KEEPS: [&str; 20] = [
        "save",
        "saves",
        "saved",
        "saving",
        "spare",
        "spares",
        "spared",
        "sparing",
        "protect",
        "protects",
        "protected",
        "protecting",
        "rebuild",
        "rebuilding",
        "risk",
        "risked",
        "risking",
        "change",
        "changed",
        "improve",
    ];
    let at = trigger.tokens.start;
    match &*told.kind {
        "arrest" | "detention" | "abduction" => told.parts.iter().any(|played| {
            let mut tokens = view.tokens.iter().enumerate();
            let token = tokens.find(|(_, token)| token.range.overlaps(played.range));
            token.is_some_and(|(at, _)| DEAD.contains(&view.word(at)))
        }),
        "killing" if matches!(view.word(at), "lives" | "life") => {
            let verb = view.tree.upward(at).skip(1).find(|up| view.is_verb(*up));
            verb.is_some_and(|verb| KEEPS.contains(&view.word(verb)))
        }
        _ => false,
    }
}

/// Whether the words at `span` are what plays `part` in a told event, or say more closely what does: "the town of *Gao*"; `None`
/// where nothing plays it.
pub(crate) fn plays(view: &View<'_>, told: &Told, part: &str, span: TextRange) -> Option<bool> {
    let first = view.tokens.partition_point(|t| t.range.end() <= span.start());
    let end = view.tokens.partition_point(|t| t.range.start() < span.end());
    let top = view.tree.top(&(first..end))?;
    let noun = |at: &usize| *at == top || matches!(view.pos(*at), Pos::Noun | Pos::Propn);
    let meets = |played: &Played| {
        let names = |at: usize| view.tokens.get(at).is_some_and(|t| t.range.overlaps(played.range));
        played.range.overlaps(span) || view.tree.upward(top).take_while(noun).any(names)
    };
    told.parts.iter().filter(|played| &*played.part == part).map(meets).reduce(|a, b| a || b)
}

/// The roles of a told event, and the token of each; whoever is named in one breath with a filler plays its part too.
pub(crate) fn roles(view: &View<'_>, told: &Told) -> Vec<(RoleKind, usize)> {
    let role = |part: &str| -> Option<RoleKind> {
        Some(match part {
            "initiator" => RoleKind::Initiator,
            "target" => RoleKind::Target,
            "victim" => RoleKind::Victim,
            "participant" => RoleKind::Participant,
            "instrument" => RoleKind::Instrument,
            "beneficiary" => RoleKind::Beneficiary,
            "subject" => RoleKind::Subject,
            "object" => RoleKind::Object,
            _ => return None,
        })
    };
    let played = told.parts.iter().filter(|played| played.probability >= 0.5);
    let token = |range| view.tokens.iter().position(|t| t.range.overlaps(range));
    let named = played.filter_map(|p| Some((role(&p.part)?, token(p.range)?)));
    // Whoever an act is *against* did not do it.
    let against = |at: usize| view.tree.case(at).is_some_and(|case| view.word(case) == "against");
    // Whoever *loses* five men has not killed them, and a raid *with* 300 men, or *from* a wood, is not aimed at them.
    let first = token(told.range).unwrap_or_default();
    let loses = &*told.kind == "killing"
        && matches!(view.word(first), "lose" | "loses" | "lost" | "losing");
    let with = |at: usize| {
        view.tree.case(at).is_some_and(|case| matches!(view.word(case), "with" | "from"))
    };
    // "two days after the attack, *soldiers* killed four" tells of two events.
    let side = behind_count(view, first);
    let named = named.filter_map(|(role, at)| match role {
        _ if behind_count(view, at) != side => None,
        RoleKind::Initiator if loses => None,
        RoleKind::Target if with(at) => None,
        RoleKind::Initiator if against(at) => Some((RoleKind::Target, at)),
        _ => Some((role, at)),
    });
    let named: Vec<(RoleKind, usize)> = named.collect();
    let is_named = |at: &usize| named.iter().any(|(_, other)| other == at);
    let together = named.iter().flat_map(|(role, at)| {
        let others = view.tree.children_in(*at, &[Dep::Conj]).filter(|other| !is_named(other));
        others.map(|other| (*role, other))
    });
    let mut all: Vec<(RoleKind, usize)> = named.iter().copied().chain(together).collect();
    all.sort_unstable_by_key(|(role, at)| (*at, *role));
    all.dedup();
    all
}

fn trigger(view: &View<'_>, told: &Told, lexicon: &Lexicon) -> Option<Trigger> {
    let first = view.tokens.iter().position(|t| t.range.overlaps(told.range))?;
    let last = view.tokens.iter().rposition(|t| t.range.overlaps(told.range))?;
    let tokens = first..last + 1;
    let head = view.tree.top(&tokens).unwrap_or(first);
    // No event is called "their" or "and".
    if matches!(view.pos(head), Pos::Pron | Pos::Det | Pos::Cconj | Pos::Sconj | Pos::Punct) {
        return None;
    }
    // "used *cluster* munitions" is told by what was done with them.
    let kind = matches!(view.tree.dep(head), Dep::Compound | Dep::Amod);
    let noun = view.tree.head(head).filter(|_| kind).map(|noun| view.word(noun));
    if noun.is_some_and(|noun| lexicon.is_weapon(noun)) {
        return None;
    }
    // "*free* elections" frees nobody; "a *Russian-backed* group" is glued.
    let describes = view.pos(head) == Pos::Adj && view.tree.dep(head) == Dep::Amod;
    if describes && !view.word(head).contains(['-', '‐', '‑']) {
        return None;
    }
    let form = match view.pos(head) {
        Pos::Verb => {
            let feats = view.feats(head);
            match () {
                () if feats.contains("VerbForm=Ger") => Form::Gerund,
                () if feats.contains("VerbForm=Part") => Form::Participle,
                () if feats.contains("Tense=Past") => Form::Past,
                () => Form::Base,
            }
        }
        Pos::Noun | Pos::Propn => Form::Noun,
        _ => Form::Phrase,
    };
    Some(Trigger { rule: usize::MAX, words: tokens.len(), tokens, form })
}
