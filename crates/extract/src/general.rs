//! What is said of a kind of act and of none that happened: "protests are not very useful", "attacks can be justified".

use averment_lang::{Dep, Pos};

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
