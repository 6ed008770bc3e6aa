//! Time and place that open a sentence and hold for all that it tells: "*On Friday*, rebels shelled the town, two died and *many fled*".
//!
//! Owns which tellings such an opening reaches; refuses what only describes, lies before, or is said by somebody.

use averment_lang::{Dep, Pos, Subtype};
use averment_types::TextRange;

use super::Asked;
use crate::view::View;

/// So many words may stand before the opening: "Meanwhile, late on *Friday*".
const BEFORE: usize = 4;

/// Words before a noun or clause that put it at another time than the sentence tells of.
const APART: [&str; 18] = [
    "after",
    "before",
    "since",
    "following",
    "until",
    "till",
    "if",
    "unless",
    "despite",
    "over",
    "about",
    "against",
    "because",
    "of",
    "for",
    "from",
    "unlike",
    "than",
];

/// Whether the words at `span` open the sentence and hold for the event asked for.
pub(super) fn holds(view: &View<'_>, asked: &Asked<'_>, span: TextRange) -> bool {
    let Some(trigger) = asked.anchors.first().copied() else { return false };
    !asked.own_clause && asked.may_be(view, span) && opens(view, span) && reaches(view, trigger)
}

/// Whether nothing but small words and other adverbials stand before the words at `span`.
fn opens(view: &View<'_>, span: TextRange) -> bool {
    let Some(first) = view.tokens.iter().position(|t| t.range.overlaps(span)) else { return false };
    let Some(last) = view.tokens.iter().rposition(|t| t.range.overlaps(span)) else { return false };
    let small = |at: usize| {
        matches!(view.pos(at), Pos::Adp | Pos::Det | Pos::Adv | Pos::Punct | Pos::Adj | Pos::Part)
    };
    let led = first <= BEFORE && (0..first).all(small);
    // "On *Friday* morning, troops": no subject of anything.
    let head =
        (first..=last).find(|at| view.tree.head(*at).is_none_or(|up| up < first || up > last));
    let adverbial = head.is_some_and(|at| {
        matches!(view.tree.dep(at), Dep::Obl | Dep::Advmod | Dep::Nmod)
            && view.tree.head(at).is_some_and(|up| up > last)
    });
    led && adverbial
}

/// Whether the way from the event to the main verb goes through nothing that lies at another time or is only said.
fn reaches(view: &View<'_>, trigger: usize) -> bool {
    let tree = &view.tree;
    let before = |at: usize| {
        let mut aux = tree.children_in(at, &[Dep::Aux]);
        aux.any(|aux| matches!(view.word(aux), "had" | "has" | "have" | "having" | "'ve"))
    };
    let apart = |at: usize| {
        let mut led = tree.children_in(at, &[Dep::Case, Dep::Mark, Dep::Advmod]);
        led.any(|mark| mark < at && APART.contains(&view.word(mark)))
    };
    let describes = |at: usize| {
        let relation = tree.relation(at);
        let finite = relation.is(Dep::Acl, Subtype::Relcl);
        matches!(relation.universal, Dep::Amod | Dep::Ccomp | Dep::Appos)
            || relation.universal == Dep::Acl
                && !(finite || crate::subject::is_afterthought(view, at))
    };
    tree.upward(trigger).all(|at| !before(at) && !apart(at) && !describes(at))
}
