//! Acronyms that the text itself defines: "Long Name (ABC)".

use averment_types::ActorKind;

use crate::lexicon::{Classes, Lexicon, Meaning};
use crate::name;
use crate::sentence::{Sentence, one_each};
use crate::token::{Gap, Shape, Token};

/// Words before the bracket that are looked at.
const REACH: usize = 14;

/// A definition.
#[derive(Debug, Clone)]
pub(crate) struct Local {
    /// The acronym as written.
    pub(crate) acronym: String,
    /// The sentence of the definition.
    pub(crate) sentence: usize,
    /// First word of the long name in that sentence.
    pub(crate) first: usize,
    /// Last word of the long name.
    pub(crate) last: usize,
    /// The actors that have the long name as an alias; empty for a group unknown to the registry.
    pub(crate) actors: Vec<(u32, u32)>,
    /// What kind of organisation the long name's form says.
    pub(crate) kind: Option<ActorKind>,
}

/// All definitions of the text; the first of an acronym counts.
pub(crate) fn definitions(text: &str, sentences: &[Sentence], lexicon: &Lexicon) -> Vec<Local> {
    let mut out: Vec<Local> = Vec::new();
    for (at, sentence) in sentences.iter().enumerate() {
        for bracket in 1..sentence.tokens.len() {
            if let Some(local) = definition(text, at, sentence, bracket, lexicon)
                && !out.iter().any(|l| l.acronym == local.acronym)
            {
                out.push(local);
            }
        }
    }
    out
}

fn definition(
    text: &str,
    at: usize,
    sentence: &Sentence,
    bracket: usize,
    lexicon: &Lexicon,
) -> Option<Local> {
    let token = sentence.tokens.get(bracket)?;
    let bracketed = token.gap == Gap::Open && sentence.gap_after(text, bracket) == Gap::Close;
    if !bracketed || token.shape != Shape::Upper {
        return None;
    }
    let acronym = text.get(token.start..token.end)?;
    let from = bracket.saturating_sub(REACH);
    let actors = (from..bracket).find_map(|first| {
        aliases(text, sentence, first, bracket, lexicon).map(|actors| (first, actors))
    });
    let spelt = || {
        let tokens = &sentence.tokens;
        let strict = spelt_from(text, tokens, from, bracket, acronym, false);
        strict.or_else(|| spelt_from(text, tokens, from, bracket, acronym, true))
    };
    let formed = || {
        (from..bracket).find(|first| {
            let length = name::organisation(text, sentence, *first, lexicon).map(|o| o.0);
            length == Some(bracket - first)
        })
    };
    let (first, actors) = match actors {
        Some(found) => found,
        None => (spelt().or_else(formed)?, Vec::new()),
    };
    let acronym = acronym.to_owned();
    let organisation = formed().and_then(|f| name::organisation(text, sentence, f, lexicon));
    let kind = organisation.map(|o| o.1);
    let name = sentence.tokens.get(first..bracket).unwrap_or_default();
    let thing = name.iter().any(|t| lexicon.classes_of(t).has(Classes::PLACE));
    if actors.is_empty() && kind.is_none() && thing {
        return None;
    }
    Some(Local { acronym, sentence: at, first, last: bracket - 1, actors, kind })
}

/// The actors whose alias is exactly the words from `first` to the bracket.
fn aliases(
    text: &str,
    sentence: &Sentence,
    first: usize,
    bracket: usize,
    lexicon: &Lexicon,
) -> Option<Vec<(u32, u32)>> {
    let rest = sentence.tokens.get(first..bracket)?;
    let found = lexicon.at(text, rest, sentence.shouted);
    let full = found.iter().find(|f| f.length == bracket - first)?;
    let actors = full.meanings.iter().filter_map(|m| match m {
        Meaning::Alias(actor, alias) => Some((*actor, *alias)),
        _ => None,
    });
    let actors = one_each(actors);
    (!actors.is_empty()).then_some(actors)
}

/// The word from which the initials spell the acronym, read backwards; small words may be
/// left out, and spell a letter only when `small` says so.
fn spelt_from(
    text: &str,
    tokens: &[Token],
    from: usize,
    bracket: usize,
    acronym: &str,
    small: bool,
) -> Option<usize> {
    let mut letters: Vec<char> = acronym.chars().filter(|c| c.is_alphabetic()).collect();
    if letters.len() < 2 {
        return None;
    }
    for at in (from..bracket).rev() {
        let token = tokens.get(at)?;
        let initial = text.get(token.start..token.end)?.chars().next()?;
        let wanted = *letters.last()?;
        let spells = (small || token.shape != Shape::Lower)
            && initial.to_uppercase().eq(wanted.to_uppercase());
        if spells {
            letters.pop();
        } else if token.shape != Shape::Lower {
            return None;
        }
        if letters.is_empty() {
            return (token.shape != Shape::Lower).then_some(at);
        }
        if !token.gap.joins() {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use averment_types::TextRange;

    #[test]
    fn initials_spell_an_acronym_over_small_words() {
        let text = "The Front for Justice and Reform (FJR) said; the mayor (UK) left";
        let lexicon = Lexicon::default();
        let sentence = Sentence::new(text, TextRange::whole(text).unwrap(), &lexicon);
        let locals = definitions(text, &[sentence], &lexicon);
        assert_eq!(locals.len(), 1);
        assert_eq!((locals[0].first, locals[0].last), (1, 5));
    }
}
