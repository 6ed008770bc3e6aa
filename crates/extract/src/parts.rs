//! What may play a part at all: by the function that its words stand in, and by the words alone.

use std::borrow::Cow;

use averment_codebook::{Demand, Function, Kind, Rule};
use averment_types::RoleKind;

use crate::frame::Frame;

/// The functions of a role's slot around this trigger: where the noun has both an owner and an "of" that name to whom it
/// was done, the owner did it: "*the army's* killing of a student".
pub(crate) fn functions_here<'r>(
    coding: &Rule,
    role: RoleKind,
    functions: &'r [Function],
    frame: &Frame,
) -> Cow<'r, [Function]> {
    let of = Function::Prep("of".into());
    let either = |functions: &[Function]| {
        functions.contains(&Function::Possessor) && functions.contains(&of)
    };
    let undergone = coding.slots.iter().any(|(other, functions)| {
        !matches!(other, RoleKind::Initiator | RoleKind::Participant) && either(functions)
    });
    if !undergone || frame.get(&Function::Possessor).is_empty() || frame.get(&of).is_empty() {
        return Cow::Borrowed(functions);
    }
    let mut here: Vec<Function> =
        functions.iter().filter(|f| **f != Function::Possessor).cloned().collect();
    if role == RoleKind::Initiator {
        here.push(Function::Possessor);
    }
    Cow::Owned(here)
}

/// Whether only somebody plays the part, and no act.
pub(crate) const fn is_living(role: RoleKind) -> bool {
    matches!(role, RoleKind::Victim | RoleKind::Participant)
}

pub(crate) fn names_tool(demand: &Demand) -> bool {
    matches!(demand, Demand::Kind(Kind::Weapon | Kind::Aircraft | Kind::Vehicle))
}

/// Whether the word is a measure of distance: "to within *seven kilometres* of the base".
pub(crate) fn is_measure(word: &str) -> bool {
    matches!(
        word,
        "kilometre"
            | "kilometres"
            | "kilometer"
            | "kilometers"
            | "km"
            | "kms"
            | "mile"
            | "miles"
            | "metres"
            | "meters"
            | "yards"
    )
}

/// Whether the word stands for who tells the story, who is mostly no part of a conflict.
pub(crate) fn is_speaker(word: &str) -> bool {
    matches!(word, "i" | "we" | "us" | "me" | "you" | "ourselves" | "myself")
}
