//! How far the words of a role reach: "the headquarters *of the interim government*", "young activists *from the party*".
//!
//! Phrases end with their head, which is enough to find and link them; who reads a claim wants to know which headquarters.

use std::ops::Range;

use averment_codebook::Kind;
use averment_lang::{Dep, EntityKind, Pos};
use averment_types::TextRange;

use crate::fillers::Filler;
use crate::lexicon::Lexicon;
use crate::view::{Phrase, View};

/// Complements of complements: "members of the council of the city".
const DEPTH: usize = 3;

/// The words of `filler` with what says of whom or what its noun is; without the words of the event at `act` and of the `others`.
pub(crate) fn full(
    view: &View<'_>,
    filler: &Filler,
    act: &Range<usize>,
    others: &[Filler],
    lexicon: &Lexicon,
) -> TextRange {
    let own = filler.range;
    let taken = |range: TextRange| {
        let event = view.range(act).is_some_and(|words| words.overlaps(range));
        event || others.iter().any(|o| o.range != own && o.range.overlaps(range))
    };
    let mut reach = own;
    let mut at = filler.phrase;
    for _ in 0..DEPTH {
        let Some(phrase) = view.phrases.get(at) else { break };
        let Some((next, more)) = complement(view, at, phrase, lexicon) else { break };
        let (next, more) = listed(view, next, more);
        let whole = reach.cover(more.range);
        if phrase.range.end() != reach.end() || taken(more.range) || taken(whole) && !taken(reach) {
            break;
        }
        (reach, at) = (whole, next);
    }
    reach
}

/// The phrase right behind `phrase`, the one at `at`, that belongs to it, with its index.
fn complement<'v>(
    view: &'v View<'_>,
    at: usize,
    phrase: &Phrase,
    lexicon: &Lexicon,
) -> Option<(usize, &'v Phrase)> {
    let next = view.phrases.get(at + 1)?;
    let prep = next.prep.filter(|prep| *prep == phrase.tokens.end)?;
    let noun = matches!(view.pos(phrase.head), Pos::Noun | Pos::Propn);
    let joined =
        view.tree.dep(next.head) == Dep::Nmod && view.tree.head(next.head) == Some(phrase.head);
    let entity = view.entity_at(next.range).map(|(kind, _)| kind);
    let charged = view.tree.head(phrase.head).is_some_and(|verb| {
        view.tree.dep(phrase.head) == Dep::Obj && takes_of(view, verb, lexicon)
    });
    let belongs = match view.word(prep) {
        "of" => !charged,
        // Who is "from" a town has come from there.
        "from" => next.actor.is_some() || entity == Some(EntityKind::Organization),
        // "a town *in Borno*" is told from others by where it lies.
        "in" | "near" => {
            lexicon.lists(Kind::Ground, view.head(phrase)) && view.pos(next.head) == Pos::Propn
        }
        _ => false,
    };
    (noun && joined && belongs && !next.adverbial).then_some((at + 1, next))
}

/// The last phrase of the list that `first`, the phrase at `at`, begins: "an alliance of Arabs *and Turkmens*".
fn listed<'v>(view: &'v View<'_>, at: usize, first: &'v Phrase) -> (usize, &'v Phrase) {
    let joined = |gap: &[&str]| gap.iter().all(|word| matches!(*word, "and" | "or" | ","));
    let mut last = (at, first);
    for next in view.tree.coordinated(first.head) {
        let Some(index) = view.phrase_of(next).filter(|index| *index == last.0 + 1) else {
            continue;
        };
        let Some(phrase) = view.phrases.get(index) else { break };
        let gap = view.words.get(last.1.tokens.end..phrase.tokens.start).unwrap_or_default();
        if !joined(gap) {
            break;
        }
        last = (index, phrase);
    }
    last
}

/// Whether a verb says of what it does something to its object: "accused the ministry *of waste*", "robbed a trader *of his goods*".
fn takes_of(view: &View<'_>, verb: usize, lexicon: &Lexicon) -> bool {
    let word = view.word(verb);
    let more = ["rob", "strip", "depriv", "warn", "inform", "clear", "acquit", "remind", "assur"];
    let another = view.tree.children_in(verb, &[Dep::Obl, Dep::Advcl]).any(|at| {
        let mut marks = view.tree.children_in(at, &[Dep::Case, Dep::Mark]);
        marks.any(|mark| view.word(mark) == "of")
    });
    let takes = lexicon.charges.at(&view.words, verb).is_some()
        || more.iter().any(|stem| word.starts_with(stem));
    takes && !another
}
