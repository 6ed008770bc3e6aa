//! What is said of a kind of act and of none that happened: "protests are not very useful", "attacks can be justified".

use averment_lang::{Dep, Pos};

use crate::phrases::is_row;
use crate::view::View;

/// Predicates that tell of acts all the same.
const GOING_ON: [&str; 12] = [
    "ongoing",
    "underway",
    "under",
    "way",
    "continuing",
    "over",
    "common",
    "frequent",
    "rare",
    "likely",
    "imminent",
    "widespread",
];

/// Whether the noun at `head` is a bare plural of which something is judged in the present tense.
pub(crate) fn is_general(view: &View<'_>, head: usize) -> bool {
    let tree = &view.tree;
    let bare = tree.children(head).iter().all(|at| {
        matches!(tree.dep(*at), Dep::Amod | Dep::Compound | Dep::Punct | Dep::Advmod | Dep::Cc)
    });
    let plural = view.pos(head) == Pos::Noun && view.feats(head).contains("Number=Plur");
    if !(bare && plural && tree.dep(head) == Dep::Nsubj) {
        return false;
    }
    let Some(predicate) = tree.head(head).filter(|at| !GOING_ON.contains(&view.word(*at))) else {
        return false;
    };
    let mut verbs = tree.children_in(predicate, &[Dep::Cop, Dep::Aux]);
    let judged = tree.children_in(predicate, &[Dep::Cop]).next().is_some();
    verbs.any(|at| match view.word(at) {
        "are" | "’re" | "'re" => judged,
        "can" => true,
        _ => false,
    })
}

/// Whether the noun at `head` only names others among which an event told besides stands: "killed a trader, *in the latest of several
/// raids*", "it was *one of the deadliest attacks* since May", "in *the third such attack*".
pub(crate) fn is_ranked(view: &View<'_>, head: usize) -> bool {
    let tree = &view.tree;
    let word = |at: usize| view.word(at);
    if view.pos(head) != Pos::Noun {
        return false;
    }
    let marks = |at: usize| tree.children_in(at, &[Dep::Amod]).collect::<Vec<_>>();
    if !view.feats(head).contains("Number=Plur") {
        let such = marks(head).iter().any(|at| word(*at) == "such");
        let ordered = marks(head)
            .iter()
            .any(|at| matches!(word(*at), "second" | "third" | "fourth" | "fifth" | "latest"));
        return such && ordered && tree.case(head).is_some_and(|case| word(case) == "in");
    }
    let best = marks(head).iter().any(|at| {
        view.feats(*at).contains("Degree=Sup") || matches!(word(*at), "worst" | "latest")
    });
    // Out of "the latest in *a string of* attacks".
    let row = tree.head(head).filter(|at| is_row(word(*at)));
    let inner = row.unwrap_or(head);
    let Some(case) = tree.case(inner).filter(|at| matches!(word(*at), "of" | "in")) else {
        return false;
    };
    let Some(among) = case.checked_sub(1) else { return false };
    // "On Monday, *two of the worst bombings* hit Gao"
    if tree.dep(among) == Dep::Nsubj || tree.dep(inner) == Dep::Nsubj {
        return false;
    }
    let named = match word(among) {
        "latest" => true,
        "one" | "some" | "two" => best,
        _ => false,
    };
    let before = |at: usize| at.checked_sub(1).map_or("", word);
    let first = among - usize::from(before(among) == "the");
    let aside = matches!(
        before(first),
        "in" | "," | "as" | "was" | "were" | "is" | "are" | "been" | "—" | "–" | "-"
    );
    named && aside
}
