//! To the right of a trigger: its object and prepositional phrases, up to the end of the clause.

use averment_lang::Pos;

use crate::frame::Grammar;
use crate::view::View;

/// What stands to the right of a trigger.
#[derive(Default)]
pub(crate) struct Right {
    /// The direct object.
    pub(crate) object: Vec<usize>,
    /// Prepositional phrases, with their prepositions.
    pub(crate) preps: Vec<(String, Vec<usize>)>,
}

impl Grammar<'_, '_> {
    /// Object and prepositional phrases to the right of token `from`, up to the end of the clause.
    pub(crate) fn right(&self, from: usize) -> Right {
        let view = self.view;
        let mut right = Right::default();
        let mut at = from;
        while at < view.tokens.len() {
            if let Some(phrase) = view.phrase_of(at) {
                at = self.take(phrase, from, &mut right);
            } else if self.ends_right(at, from) {
                break;
            } else {
                at += 1;
            }
        }
        right
    }

    /// Files `phrase` under its preposition or as object, and returns where to go on.
    fn take(&self, phrase: usize, from: usize, right: &mut Right) -> usize {
        let view = self.view;
        let Some(found) = view.phrases.get(phrase) else { return usize::MAX };
        if found.is_possessor {
            return found.tokens.end;
        }
        let owner = found
            .possessor
            .and_then(|p| view.phrases.get(p))
            .map_or(found.tokens.start, |p| p.tokens.start);
        let all = if found.adverbial { vec![phrase] } else { self.coordinated(phrase) };
        let end = all
            .last()
            .and_then(|p| view.phrases.get(*p))
            .map_or(found.tokens.end, |p| p.tokens.end);
        match found.prep.filter(|prep| *prep >= from) {
            Some(prep) if !found.adverbial && !self.attaches_left(prep, from) => {
                right.preps.push((view.word(prep).to_owned(), all));
            }
            None if right.object.is_empty()
                && right.preps.is_empty()
                && !found.adverbial
                && self.adjacent(from, owner) =>
            {
                right.object = all;
            }
            _ => {}
        }
        end.max(found.tokens.end)
    }

    /// Whether the preposition belongs to the phrase right before it and not to the trigger: "near the
    /// border *between* A and B", "the leader *of*".
    fn attaches_left(&self, prep: usize, from: usize) -> bool {
        let view = self.view;
        let before = prep.checked_sub(1).filter(|at| *at >= from);
        let left = before
            .and_then(|at| if view.is_quote(at) { at.checked_sub(1) } else { Some(at) })
            .and_then(|at| view.phrase_of(at));
        let nominal = left
            .and_then(|p| view.phrases.get(p))
            .is_some_and(|p| !p.adverbial && p.tokens.start >= from);
        nominal && matches!(view.word(prep), "of" | "between" | "among")
    }

    /// Whether nothing but adverbs and quotation marks stands between `from` and `at`.
    fn adjacent(&self, from: usize, at: usize) -> bool {
        (from..at)
            .all(|i| matches!(self.view.pos(i), Pos::Adv | Pos::Pron) || self.view.is_quote(i))
    }

    fn ends_right(&self, at: usize, from: usize) -> bool {
        let view = self.view;
        let finite = view.pos(at) == Pos::Aux
            || (view.pos(at) == Pos::Verb && !is_participle(view.word(at)));
        let joined = matches!(view.word(at), "and" | "but" | "or")
            && (finite_soon(view, at) || view.pos(at + 1) == Pos::Verb);
        let comma = view.word(at) == ","
            && !matches!(view.pos(at + 1), Pos::Adp | Pos::Det | Pos::Propn | Pos::Num);
        let source = self.lexicon.sources.at(&view.words, at).is_some();
        let subordinate = view.pos(at) == Pos::Sconj
            && view
                .phrase_of(at + 1)
                .is_none_or(|p| view.phrases.get(p).is_none_or(|p| p.prep != Some(at)));
        source
            || subordinate
            || at > from
                && (finite
                    || joined
                    || comma
                    || view.is_relative(at)
                    || matches!(view.word(at), ";" | ":" | "that" | "—"))
    }
}

/// Whether a finite verb follows within a few tokens of a conjunction: a new clause.
fn finite_soon(view: &View<'_>, at: usize) -> bool {
    let window = at + 1..(at + 6).min(view.tokens.len());
    window
        .into_iter()
        .take_while(|i| !matches!(view.word(*i), "," | "."))
        .any(|i| matches!(view.pos(i), Pos::Aux | Pos::Verb))
}

fn is_participle(word: &str) -> bool {
    word.ends_with("ed") || word.ends_with("ing") || word.ends_with("en")
}
