//! Open-class words by their form and neighbours: a second look at what the list left open.

use std::collections::HashSet;
use std::sync::LazyLock;

use averment_types::TextRange;

use crate::{Pos, Token};

/// Past forms and participles that do not end in "-ed".
static IRREGULAR: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../../data/lexicons/irregular_verbs.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .flat_map(|(base, forms)| forms.split('\t').take(2).filter(move |form| *form != base))
        .collect()
});

const MODALS: &[&str] = &[
    "will", "would", "can", "could", "may", "might", "must", "shall", "should", "do", "does",
    "did", "cannot", "'ll", "’ll",
];

/// Gives the open words among `tokens`, one sentence, a class where form and neighbours tell it.
pub(crate) fn refine(lower: &str, tokens: &mut [Token]) {
    let word = |t: &Token| word_of(lower, t.range);
    let mut before: Option<Token> = None;
    for at in 0..tokens.len() {
        let next = tokens.get(at + 1).copied();
        let Some(token) = tokens.get_mut(at) else {
            return;
        };
        if token.pos == Pos::X {
            let last = before.map(|b| (b.pos, word(&b)));
            token.pos = class(word(token), last, next.map(|n| n.pos));
        }
        if token.pos != Pos::Adv {
            before = Some(*token);
        }
    }
}

fn word_of(lower: &str, range: TextRange) -> &str {
    range.slice(lower).unwrap_or_default()
}

fn class(word: &str, before: Option<(Pos, &str)>, next: Option<Pos>) -> Pos {
    let nominal_next =
        next.is_some_and(|p| matches!(p, Pos::X | Pos::Noun | Pos::Propn | Pos::Adj));
    let past = (word.len() > 4 && word.ends_with("ed") && !word.ends_with("eed"))
        || IRREGULAR.contains(word);
    match before {
        Some((Pos::Part, "to")) if !word.ends_with('s') && !past => Pos::Verb,
        Some((Pos::Aux, modal)) if MODALS.contains(&modal) => Pos::Verb,
        Some((Pos::Part, not)) if not != "to" && !not.ends_with('s') && !word.ends_with('s') => {
            Pos::Verb
        }
        Some((Pos::Pron, pron)) if is_subject(pron) && !word.ends_with("ing") => Pos::Verb,
        Some((Pos::Det | Pos::Adj, _) | (Pos::Part, "'s" | "’s")) if past => {
            if nominal_next {
                Pos::Adj
            } else {
                Pos::Noun
            }
        }
        Some((Pos::Adp | Pos::Num, _)) if past && nominal_next => Pos::Adj,
        _ if past => Pos::Verb,
        _ if word.len() > 5 && word.ends_with("ing") => gerund(before.map(|b| b.0), next),
        _ => Pos::X,
    }
}

fn is_subject(pron: &str) -> bool {
    matches!(pron, "i" | "he" | "she" | "they" | "we" | "it" | "who" | "which" | "you")
}

fn gerund(before: Option<Pos>, next: Option<Pos>) -> Pos {
    let object_next =
        matches!(next, Some(Pos::Det | Pos::Num | Pos::Pron | Pos::Propn | Pos::Adp | Pos::Sconj));
    match before {
        Some(Pos::Punct | Pos::Sconj | Pos::Adp | Pos::Cconj) | None
            if !matches!(next, Some(Pos::X | Pos::Noun)) =>
        {
            Pos::Verb
        }
        Some(Pos::Aux | Pos::Punct) => Pos::Verb,
        Some(Pos::X | Pos::Noun | Pos::Propn) if object_next => Pos::Verb,
        _ => Pos::X,
    }
}

#[cfg(test)]
mod tests {
    use crate::{Pos, read_text};

    fn classes(text: &str) -> Vec<(String, Pos)> {
        let reading = read_text(text);
        reading.sentence_tokens(0).iter().map(|t| (reading.lower(t).to_owned(), t.pos)).collect()
    }

    fn class(text: &str, word: &str) -> Pos {
        classes(text).into_iter().find(|(w, _)| w == word).unwrap().1
    }

    #[test]
    fn neighbours_tell_verbs_from_modifiers() {
        assert_eq!(class("Gunmen attacked a village.", "attacked"), Pos::Verb);
        assert_eq!(class("The wounded soldiers left.", "wounded"), Pos::Adj);
        assert_eq!(class("They hope to attack soon.", "attack"), Pos::Verb);
        assert_eq!(class("Men who lead the group fled.", "lead"), Pos::Verb);
        assert_eq!(class("A bomb exploded, killing two.", "killing"), Pos::Verb);
        assert_eq!(class("The killing of two men shocked us.", "killing"), Pos::X);
    }
}
