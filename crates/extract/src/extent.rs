//! How far the words of a role reach: "the headquarters *of the interim government*", "young activists *from the party*".
//!
//! Phrases end with their head, which is enough to find and link them; who reads a claim wants to know which headquarters.

use std::ops::Range;

use averment_lang::{Dep, EntityKind, Pos};
use averment_types::TextRange;

use crate::fillers::Filler;
use crate::view::{Phrase, View};

/// Complements of complements: "members of the council of the city".
const DEPTH: usize = 3;

/// The words of `filler` with what says of whom or what its noun is; without the words of the event at `act` and of the `others`.
pub(crate) fn full(
    view: &View<'_>,
    filler: &Filler,
    act: &Range<usize>,
    others: &[Filler],
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
        let Some((next, more)) = complement(view, at, phrase) else { break };
        let whole = reach.cover(more.range);
        if phrase.range.end() != reach.end() || taken(more.range) || taken(whole) && !taken(reach) {
            break;
        }
        (reach, at) = (whole, next);
    }
    reach
}

/// The phrase right behind `phrase`, the one at `at`, that belongs to it, with its index.
fn complement<'v>(view: &'v View<'_>, at: usize, phrase: &Phrase) -> Option<(usize, &'v Phrase)> {
    let next = view.phrases.get(at + 1)?;
    let prep = next.prep.filter(|prep| *prep == phrase.tokens.end)?;
    let noun = matches!(view.pos(phrase.head), Pos::Noun | Pos::Propn);
    let joined =
        view.tree.dep(next.head) == Dep::Nmod && view.tree.head(next.head) == Some(phrase.head);
    let entity = view.entity_at(next.range).map(|(kind, _)| kind);
    let belongs = match view.word(prep) {
        "of" => true,
        // Who is "from" a town has come from there.
        "from" => next.actor.is_some() || entity == Some(EntityKind::Organization),
        _ => false,
    };
    (noun && joined && belongs && !next.adverbial).then_some((at + 1, next))
}
