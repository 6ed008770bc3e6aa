//! What a report at large talks of: a match report and a trial use the words of war for other things.

use averment_codebook::Kind;
use averment_lang::{Pos, Reading};

use crate::lexicon::{Lexicon, Phrases};

/// In so many sentences a field must be talked of before the report is about it.
const LEAST: usize = 3;
/// And in one sentence of so many.
const SHARE: usize = 4;

/// In so many sentences at least a report of everyday harm has words of it.
const EVERYDAY: usize = 2;

/// The fields of talk that the report is about: those in a good part of its sentences, and in more of them
/// than war is.
pub(crate) fn of(reading: &Reading, lexicon: &Lexicon) -> Vec<Kind> {
    let war = lexicon.list(Kind::War).map_or(0, |list| talks(reading, list));
    let about = |kind: &Kind| {
        let talks = lexicon.list(*kind).map_or(0, |list| talks(reading, list));
        talks >= LEAST && talks * SHARE >= reading.sentences().len() && talks > war
    };
    let fields = Kind::ALL.iter().copied().filter(|kind| kind.is_topic() && *kind != Kind::War);
    fields.filter(about).collect()
}

/// Whether the report tells of crime, courts and accidents, and nowhere of arms or politics.
pub(crate) fn is_everyday(reading: &Reading, lexicon: &Lexicon) -> bool {
    talks(reading, &lexicon.everyday) >= EVERYDAY && talks(reading, &lexicon.conflict) == 0
}

/// The number of sentences with a word of the list.
fn talks(reading: &Reading, list: &Phrases) -> usize {
    let talks = |index: &usize| {
        let tokens = reading.sentence_tokens(*index);
        let words: Vec<&str> = tokens.iter().map(|token| reading.lower(token)).collect();
        // "the Arab *League*" is a name, and no word for a match.
        let named = |at: usize| {
            let proper = |at: usize| tokens.get(at).is_some_and(|token| token.pos == Pos::Propn);
            let before = || at.checked_sub(1).and_then(|at| tokens.get(at));
            let described =
                || before().is_some_and(|token| matches!(token.pos, Pos::Propn | Pos::Adj));
            proper(at) && (proper(at + 1) || described())
        };
        (0..words.len()).any(|at| match list.at(&words, at) {
            Some(1) => !named(at),
            length => length.is_some(),
        })
    };
    (0..reading.sentences().len()).filter(talks).count()
}

#[cfg(test)]
mod tests {
    use averment_lang::{Reader, ReaderKind};

    use super::*;

    #[test]
    fn a_report_is_about_what_most_of_it_talks_of() {
        let reader = Reader::shipped(ReaderKind::Fast).unwrap();
        let lexicon = Lexicon::shipped().unwrap();
        let themes = |text: &str| of(&reader.read_text(text), &lexicon);
        let game =
            "The match began late. The goalkeeper fell. Their coach smiled. Fans attacked a bus.";
        assert_eq!(themes(game), [Kind::Sport]);
        let fight = "The match began late. Rebels attacked the goalkeeper. Soldiers killed the coach. \
            Militants fled.";
        assert_eq!(themes(fight), []);
    }

    #[test]
    fn crime_without_a_word_of_arms_or_politics_is_everyday_harm() {
        let reader = Reader::shipped(ReaderKind::Fast).unwrap();
        let lexicon = Lexicon::shipped().unwrap();
        let everyday = |text: &str| is_everyday(&reader.read_text(text), &lexicon);
        let crime = "A baker was stabbed to death in Leeds. Police arrested a suspect on Monday.";
        assert!(everyday(crime));
        assert!(!everyday(&format!("{crime} The militia denied it.")));
        assert!(!everyday("A baker was stabbed to death in Gao."));
    }
}
