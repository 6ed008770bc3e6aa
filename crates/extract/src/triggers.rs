//! Trigger words in a sentence: which rules may fire where, and as verb or as noun.

use averment_codebook::{Codebook, Form, Trigger};
use averment_lang::{Dep, Pos};

use crate::lexicon::Lexicon;
use crate::view::View;

/// The triggers of a sentence, each once a rule, whose form fits the class that the reader gives the word.
pub(crate) fn find(view: &View<'_>, codebook: &Codebook, lexicon: &Lexicon) -> Vec<Trigger> {
    let mut found = codebook.triggers(&view.words);
    found.retain(|trigger| fits(view, trigger, lexicon));
    // "hit" is base, past and participle: the first fitting form stands for all.
    found.dedup_by(|b, a| a.rule == b.rule && a.tokens == b.tokens);
    found
}

fn fits(view: &View<'_>, trigger: &Trigger, lexicon: &Lexicon) -> bool {
    let first = trigger.tokens.start;
    if inside_name(view, trigger) {
        return false;
    }
    match trigger.form {
        Form::Phrase => true,
        Form::Noun => {
            let head = view.tree.top(&trigger.tokens).unwrap_or(first);
            !modifies(view, head, lexicon)
                && (matches!(view.pos(head), Pos::Noun | Pos::Propn) || is_action(view, head))
        }
        Form::Participle => view.is_verb(first) || is_state(view, first),
        Form::Past | Form::Gerund | Form::Base | Form::Present => view.is_verb(first),
    }
}

/// Whether the noun only says what another noun is of: "*murder* charge", "*execution* orders"; not where
/// that noun carries the event: "*assassination* attempt".
fn modifies(view: &View<'_>, at: usize, lexicon: &Lexicon) -> bool {
    let carried = |head: usize| lexicon.carriers.has(view.word(head));
    view.tree.dep(at) == Dep::Compound
        && view.tree.head(at).is_some_and(|head| head > at && !carried(head))
}

/// Whether the word is a gerund that stands for a noun: "*fighting* between them resumed".
fn is_action(view: &View<'_>, at: usize) -> bool {
    let stands = matches!(
        view.tree.dep(at),
        Dep::Csubj | Dep::Nsubj | Dep::Obj | Dep::Obl | Dep::Nmod | Dep::Conj | Dep::Root
    ) || is_bare_subject(view, at);
    view.pos(at) == Pos::Verb
        && view.word(at).ends_with("ing")
        && stands
        && view.tree.children_in(at, &[Dep::Obj, Dep::Nsubj, Dep::Aux]).next().is_none()
}

/// Whether the gerund at `at` stands where a subject would, before a verb that has none.
pub(crate) fn is_bare_subject(view: &View<'_>, at: usize) -> bool {
    let tree = &view.tree;
    tree.dep(at) == Dep::Advcl
        && tree.children_in(at, &[Dep::Mark, Dep::Punct]).next().is_none()
        && tree.head(at).is_some_and(|verb| {
            at < verb && tree.children_in(verb, &[Dep::Nsubj, Dep::Csubj]).next().is_none()
        })
}

/// Whether the word is an adjective that says what was done to its subject: "three were *wounded*".
fn is_state(view: &View<'_>, at: usize) -> bool {
    view.pos(at) == Pos::Adj
        && view.tree.children_in(at, &[Dep::Cop, Dep::Nsubj, Dep::Aux]).next().is_some()
}

/// Whether the trigger is part of a proper name: "Human Rights Watch", "Movement for … Struggle".
fn inside_name(view: &View<'_>, trigger: &Trigger) -> bool {
    let range = view.range(&trigger.tokens);
    view.mention_at(trigger.tokens.start).is_some_and(|m| {
        let named = m.actor.as_ref().is_none_or(|a| !a.id.is_generic());
        let inner = range.is_some_and(|r| m.head.contains(r));
        named
            && inner
            && view.tokens.get(trigger.tokens.start).is_some_and(|t| starts_upper(view, t.range))
    })
}

fn starts_upper(view: &View<'_>, range: averment_types::TextRange) -> bool {
    range.slice(view.text).and_then(|w| w.chars().next()).is_some_and(char::is_uppercase)
}
