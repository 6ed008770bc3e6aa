//! Names glued to a word of relation: "*rebel*-held villages", "*US*-backed forces", "the *al Qaeda*-linked group".
//!
//! Owns which relation such a word tells of and which end of it the name is; the other end is what the word describes.

use averment_lang::{Dep, Pos};
use averment_types::{RoleKind, TextRange};

use crate::describing::holds;
use crate::fillers::Filler;
use crate::view::View;

/// Both ends of the relation of type `kind` that the word at `token` tells of, as "rebel-held" does of who controls what.
pub(crate) fn ends(view: &View<'_>, token: usize, kind: &str) -> Option<[Filler; 2]> {
    let word = view.tokens.get(token)?.range;
    let text = word.slice(view.text)?;
    let hyphen = text.rfind(['-', '\u{2010}', '\u{2011}'])?;
    let last = text.get(hyphen..)?.trim_start_matches(|c: char| !c.is_alphabetic());
    let (relation, named, described) = relation(&last.to_lowercase())?;
    let at = view.phrase_of(token)?;
    let phrase = view.phrases.get(at).filter(|_| relation == kind)?;
    let end = word.start() + hyphen;
    let name = TextRange::new(name_before(view, phrase.tokens.start, token)?, end).ok()?;
    let mut mentions = phrase.inner.iter().copied().chain(view.mentions_in(phrase.range));
    let mention = mentions.find(|index| view.mention(*index).is_some_and(|m| m.span.end() == end));
    let behind = view.tokens.get(token + 1..phrase.tokens.end)?;
    let behind = behind.first()?.range.cover(behind.last()?.range);
    let other = if relation == "supported_by" && view.names_event(phrase.head) {
        // "a Russian-backed offensive *by government forces*": who is backed.
        let by = |at: &usize| view.tree.case(*at).is_some_and(|case| view.word(case) == "by");
        let doer = view.tree.children_in(phrase.head, &[Dep::Nmod, Dep::Obl]).find(by)?;
        let doer = view.phrase_of(doer)?;
        let phrase = view.phrases.get(doer)?;
        Filler { role: described, phrase: doer, range: phrase.range, mention: phrase.actor }
    } else {
        Filler { role: described, phrase: at, range: behind, mention: phrase.actor }
    };
    Some([Filler { role: named, phrase: at, range: name, mention }, other])
}

/// Where the name begins whose last part is glued to the word at `token`: "*Islamic State*-linked", "*al Qaeda*-linked".
fn name_before(view: &View<'_>, first: usize, token: usize) -> Option<usize> {
    let capital = |at: usize| {
        let word = view.tokens.get(at).and_then(|word| word.range.slice(view.text));
        word.is_some_and(|word| word.starts_with(char::is_uppercase))
    };
    let names = |at: &usize| {
        let part = matches!(view.pos(*at), Pos::Propn | Pos::Adj | Pos::Noun) && capital(*at);
        part || matches!(view.word(*at), "al" | "el")
    };
    let start = (first..token).rev().take_while(names).last().unwrap_or(token);
    view.tokens.get(start).map(|word| word.range.start())
}

/// The relation that a word behind a hyphen tells of; the role of the name before it, and of what it describes.
fn relation(word: &str) -> Option<(&'static str, RoleKind, RoleKind)> {
    use RoleKind::{Initiator, Object, Subject, Target};
    Some(match word {
        _ if holds(word) => ("controls", Subject, Object),
        "besieged" => ("siege", Initiator, Target),
        "led" => ("leads", Subject, Object),
        "backed" | "supported" | "funded" | "financed" | "sponsored" | "armed" | "trained"
        | "equipped" | "assisted" => ("supported_by", Object, Subject),
        "linked" | "affiliated" | "aligned" | "inspired" | "associated" => {
            ("affiliated_with", Object, Subject)
        }
        "allied" => ("allied_with", Object, Subject),
        _ => return None,
    })
}
