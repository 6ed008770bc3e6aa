//! The first pass: which sentences deserve the reader.
//!
//! Most sentences of the news tell of nothing that the codebook knows. Words alone show which may: a
//! sentence without a trigger word or one that the reader knows to name events makes no claim. The sentences in which somebody last spoke before such a
//! sentence are read too, since "he added" and a quotation that runs on lean on them, and so are the end of a quotation with
//! such a sentence in it, where its speaker is named, and the sentence before one in which "they" or "his" refers to somebody. The rest stays unread, and the coder passes over it.

use averment_codebook::{Codebook, Demand, Rule};
use averment_lang::Reading;

use crate::compounds::joined;
use crate::lexicon::Lexicon;

/// How many sentences in which somebody is named who speaks are read before one with a trigger: the last one
/// may turn out to be none.
const SPEAKERS_BEFORE: usize = 2;

/// For each sentence of a reading whose words nobody has read yet, whether it deserves the reader.
pub(crate) fn deserving(
    reading: &Reading,
    codebook: &Codebook,
    lexicon: &Lexicon,
    is_cue: impl Fn(&str) -> bool,
) -> Vec<bool> {
    let mut chosen = Vec::with_capacity(reading.sentences().len());
    let mut cues: Vec<(usize, Cue)> = Vec::new();
    let mut quotation = Quotation::default();
    for index in 0..reading.sentences().len() {
        let tokens = joined(reading, index);
        let words: Vec<&str> = tokens.iter().map(|token| reading.lower(token)).collect();
        let rules = codebook.triggers(&words).into_iter();
        let mut rules = rules.filter_map(|trigger| codebook.rules().get(trigger.rule));
        let tells = rules.any(|rule| may_code(rule, &words, lexicon))
            || words.iter().any(|word| is_cue(word));
        chosen.push(quotation.ends_in(&words, tells) || tells);
        if tells {
            choose_speakers(&mut chosen, &cues);
            cues.clear();
            let before = index.checked_sub(1).filter(|_| refers(&words, lexicon));
            if let Some(before) = before.and_then(|before| chosen.get_mut(before)) {
                *before = true;
            }
        }
        // "The two issued a statement:"
        let announces = words.last() == Some(&":");
        let cue = cue(&words, lexicon).or(announces.then_some(Cue::Named));
        cues.extend(cue.map(|cue| (index, cue)));
    }
    chosen
}

/// A quotation that runs over several sentences.
#[derive(Default)]
struct Quotation {
    open: bool,
    /// Whether a sentence within it tells of something, so that its speaker is wanted.
    tells: bool,
    /// Whether it ended with the sentence before, which named nobody.
    unheard: bool,
}

impl Quotation {
    /// Goes on to the sentence of `words`, which may tell of something itself; whether its speaker may be named there.
    fn ends_in(&mut self, words: &[&str], tells: bool) -> bool {
        let before = self.open;
        for word in words {
            self.open = match *word {
                "“" | "«" | "``" => true,
                "”" | "»" | "''" => false,
                "\"" => !self.open,
                _ => self.open,
            };
        }
        let ended = self.tells && before && !self.open;
        let named = ended || self.unheard;
        let mark = |word: &&str| word.chars().all(|c| !c.is_alphanumeric());
        self.unheard =
            ended && words.last().is_some_and(mark) && words.iter().rev().nth(1).is_none_or(mark);
        self.tells = self.open && (tells || (before && self.tells));
        named
    }
}

/// Whether the words alone leave it open that the rule codes: those that it asks of the sentence, and those
/// of which one must stand in a role that must be filled.
fn may_code(rule: &Rule, words: &[&str], lexicon: &Lexicon) -> bool {
    let stands = |demand: &Demand| match demand {
        Demand::Word(word) => words.contains(&&**word),
        Demand::Kind(kind) => lexicon
            .list(*kind)
            .is_some_and(|list| (0..words.len()).any(|at| list.at(words, at).is_some())),
    };
    let decidable =
        |demand: &Demand| !matches!(demand, Demand::Kind(kind) if !kind.is_plain_list());
    let asked = rule
        .words
        .iter()
        .filter(|(role, demands)| rule.requires.contains(role) && demands.iter().all(decidable));
    (rule.beside.is_empty() || rule.beside.iter().any(stands))
        && !rule.not_beside.iter().any(stands)
        && asked.into_iter().all(|(_, demands)| demands.iter().any(stands))
}

/// Chooses the sentences of the last speakers, and those in between in which "he" or "they" speak on.
fn choose_speakers(chosen: &mut [bool], cues: &[(usize, Cue)]) {
    let mut speakers = 0;
    for (index, cue) in cues.iter().rev() {
        if let Some(before) = chosen.get_mut(*index) {
            *before = true;
        }
        speakers += usize::from(*cue == Cue::Named);
        if speakers == SPEAKERS_BEFORE {
            break;
        }
    }
}

/// Words that may attribute what is said to somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    /// To somebody who was spoken of before: "he said".
    Pronoun,
    /// To somebody whom the sentence names.
    Named,
}

/// Whether a pronoun of the third person stands in a sentence elsewhere than as the speaker of a cue, whom the cues
/// before tell.
fn refers(words: &[&str], lexicon: &Lexicon) -> bool {
    let pronoun = |word: &str| {
        matches!(
            word,
            "he" | "she" | "they" | "him" | "her" | "them" | "his" | "their" | "its" | "it"
        )
    };
    let says = |at: usize| lexicon.say.at(words, at).is_some();
    words
        .iter()
        .enumerate()
        .any(|(at, word)| pronoun(word) && !says(at + 1) && !at.checked_sub(1).is_some_and(says))
}

/// The cue of a sentence; a named one before others.
fn cue(words: &[&str], lexicon: &Lexicon) -> Option<Cue> {
    let lists = [&lexicon.sources, &lexicon.quote, &lexicon.say];
    let pronoun =
        |at: usize| words.get(at).is_some_and(|w| ["he", "she", "they", "it"].contains(w));
    let cues = (0..words.len()).filter_map(|at| {
        let len = lists.iter().find_map(|list| list.at(words, at))?;
        let bare = pronoun(at + len) || at.checked_sub(1).is_some_and(pronoun);
        Some(if bare { Cue::Pronoun } else { Cue::Named })
    });
    cues.max_by_key(|cue| *cue == Cue::Named)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use averment_lang::{Reader, ReaderKind};

    use super::*;

    /// What is chosen of `text`, and what is read of it.
    fn chosen(text: &str) -> Vec<bool> {
        let reader: Arc<Reader> = Reader::shipped(ReaderKind::Fast).unwrap();
        let (codebook, lexicon) = (Codebook::shipped().unwrap(), Lexicon::shipped().unwrap());
        deserving(&reader.read_text(text), &codebook, &lexicon, |word| reader.is_cue(word))
    }

    #[test]
    fn sentences_with_triggers_and_their_speakers_are_read() {
        let text = "The sky was grey on Sunday. Colonel Diallo said it was late. She added that the road was wet. \
            The market was full. He said gunmen had attacked the village. Prices rose.";
        assert_eq!(chosen(text), [false, true, true, false, true, false]);
    }

    #[test]
    fn the_sentence_that_a_pronoun_points_to_is_read() {
        let text = "Prices rose. The rebels left the town. Gunmen killed their leader. The market was full.";
        assert_eq!(chosen(text), [false, true, true, false]);
    }

    #[test]
    fn a_report_that_tells_of_nothing_is_not_read() {
        assert_eq!(chosen("The minister said prices rose. He smiled."), [false, false]);
        assert_eq!(chosen(""), [false; 0]);
    }

    #[test]
    fn no_more_speakers_are_read_than_are_needed() {
        let said = "Ms. Traoré said prices rose. ".repeat(4);
        let text = format!("{said}Two soldiers were killed.");
        assert_eq!(chosen(&text), [false, false, true, true, true]);
    }
}
