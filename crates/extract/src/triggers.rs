//! Trigger words in a sentence: which rules may fire where, and as verb or as noun.

use averment_codebook::{Codebook, Form, Trigger};
use averment_lang::Pos;

use crate::lexicon::Lexicon;
use crate::view::View;

/// The triggers of a sentence, each once a rule, whose form fits the words around them. Marks trigger
/// words and reporting words in the present as verbs where they read as verbs.
pub(crate) fn find(view: &mut View<'_>, codebook: &Codebook, lexicon: &Lexicon) -> Vec<Trigger> {
    let mut found = codebook.triggers(&view.words);
    found.retain(|trigger| fits(view, trigger));
    for trigger in found.iter().filter(|t| !matches!(t.form, Form::Noun | Form::Phrase)) {
        view.mark_verb(trigger.tokens.start);
    }
    for at in 0..view.words.len() {
        let open =
            matches!(view.pos(at), Pos::X | Pos::Noun) && lexicon.say.at(&view.words, at).is_some();
        if open && speaks(view, at, lexicon) {
            view.mark_verb(at);
        }
    }
    // "hit" is base, past and participle: the first fitting form stands for all.
    found.dedup_by(|b, a| a.rule == b.rule && a.tokens == b.tokens);
    found
}

/// Whether the word at `at`, noun or verb by its form, has a speaker before it and what is said behind it.
fn speaks(view: &View<'_>, at: usize, lexicon: &Lexicon) -> bool {
    let Some(before) = view.before(at) else { return false };
    let clause = matches!(view.pos(at + 1), Pos::Pron | Pos::Det) || view.word(at + 1) == "that";
    let speaker = (view.pos(before) == Pos::Propn && clause)
        || lexicon.speaker(view.word(before)).is_some()
        || lexicon.is_person(view.word(before))
        || view.mention_at(before).is_some();
    let content = matches!(
        view.pos(at + 1),
        Pos::Det | Pos::Pron | Pos::Sconj | Pos::Num | Pos::Propn | Pos::X
    ) || view.word(at + 1) == ","
        || view.is_quote(at + 1);
    let gerund = view.pos(at + 1) == Pos::Verb && view.word(at + 1).ends_with("ing");
    speaker && (content || gerund)
}

fn fits(view: &View<'_>, trigger: &Trigger) -> bool {
    let first = trigger.tokens.start;
    if inside_name(view, trigger) {
        return false;
    }
    // "the remark was offensive": an adjective, no event.
    let bare = first > 0
        && view.pos(first - 1) == Pos::Aux
        && !view.word(trigger.tokens.end - 1).ends_with('s');
    if trigger.form == Form::Noun && bare {
        return false;
    }
    let verbal = match trigger.form {
        Form::Phrase => return true,
        Form::Past | Form::Participle => {
            return trigger.tokens.len() > 1 || view.pos(first) != Pos::Adj;
        }
        Form::Gerund => gerund_is_verb(view, trigger),
        Form::Noun if view.word(first).ends_with("ing") && trigger.tokens.len() == 1 => {
            gerund_is_verb(view, trigger)
        }
        Form::Noun | Form::Base | Form::Present => base_is_verb(view, trigger),
    };
    verbal != (trigger.form == Form::Noun)
}

/// Whether the trigger is part of a proper name: "Human Rights Watch", "Movement for … Struggle".
fn inside_name(view: &View<'_>, trigger: &Trigger) -> bool {
    let range = view.range(&trigger.tokens);
    view.mention_at(trigger.tokens.start).is_some_and(|m| {
        let named = m.actor.as_ref().is_none_or(|a| !a.id.as_str().starts_with("generic:"));
        let inner = range.is_some_and(|r| m.head.contains(r));
        named
            && inner
            && view.tokens.get(trigger.tokens.start).is_some_and(|t| starts_upper(view, t.range))
    })
}

fn starts_upper(view: &View<'_>, range: averment_types::TextRange) -> bool {
    range.slice(view.text).and_then(|w| w.chars().next()).is_some_and(char::is_uppercase)
}

fn gerund_is_verb(view: &View<'_>, trigger: &Trigger) -> bool {
    let (first, next) = (trigger.tokens.start, trigger.tokens.end);
    if matches!(view.word(next), "of" | "between" | "by") {
        return false;
    }
    let Some(before) = view.before(first) else {
        return !matches!(view.pos(next), Pos::Verb | Pos::Aux | Pos::Adp | Pos::Punct);
    };
    match view.pos(before) {
        Pos::Aux | Pos::Verb | Pos::Sconj | Pos::Cconj | Pos::Punct => true,
        Pos::Det | Pos::Adj | Pos::Num => false,
        Pos::Part => !matches!(view.word(before), "'s" | "’s"),
        _ => {
            matches!(view.pos(next), Pos::Det | Pos::Num | Pos::Pron | Pos::Propn)
                || (matches!(view.pos(next), Pos::X | Pos::Noun | Pos::Adj)
                    && view.word(before) != "of")
        }
    }
}

fn base_is_verb(view: &View<'_>, trigger: &Trigger) -> bool {
    let (first, next) = (trigger.tokens.start, trigger.tokens.end);
    if view.pos(first) == Pos::Verb {
        return true;
    }
    let object_next =
        matches!(view.pos(next), Pos::Det | Pos::Num | Pos::Pron | Pos::Propn | Pos::X | Pos::Noun);
    let Some(before) = view.before(first) else {
        return object_next && !view.word(first).ends_with('s');
    };
    match view.pos(before) {
        Pos::Part => view.word(before) != "'s" && view.word(before) != "’s",
        Pos::Pron => !matches!(view.word(before), "that"),
        Pos::Noun | Pos::Propn | Pos::X => {
            let closes =
                matches!(view.pos(next), Pos::Punct | Pos::Adv) && !view.word(first).ends_with('s');
            (object_next || closes) && agrees(view, before, first)
        }
        _ => false,
    }
}

/// Whether the noun before a verb in the present agrees with it in number. The word's shape decides and
/// not the rule's form, so that "attacks" is noun or verb for every rule alike.
fn agrees(view: &View<'_>, noun: usize, verb: usize) -> bool {
    let irregular =
        matches!(view.word(noun), "gunmen" | "police" | "men" | "militiamen" | "troops" | "people");
    let plural = irregular || view.word(noun).ends_with('s');
    let third_person = view.word(verb).ends_with('s');
    if third_person { !plural || view.pos(noun) == Pos::Propn } else { plural }
}
