//! What a report at large talks of: a match report and a trial use the words of war for other things.

use averment_codebook::Kind;
use averment_lang::Reading;

use crate::lexicon::{Lexicon, Phrases};

/// In so many sentences a field must be talked of before the report is about it.
const LEAST: usize = 3;
/// And in one sentence of so many.
const SHARE: usize = 4;

/// The fields of talk that the report is about: those in a good part of its sentences, and in more of them
/// than war is.
pub(crate) fn of(reading: &Reading, lexicon: &Lexicon) -> Vec<Kind> {
    let sentences = reading.sentences().len();
    let counts = |list: &Phrases| {
        let talks = |index: &usize| {
            let tokens = reading.sentence_tokens(*index);
            let words: Vec<&str> = tokens.iter().map(|token| reading.lower(token)).collect();
            (0..words.len()).any(|at| list.at(&words, at).is_some())
        };
        (0..sentences).filter(talks).count()
    };
    let war = lexicon.list(Kind::War).map_or(0, counts);
    let about = |kind: &Kind| {
        let talks = lexicon.list(*kind).map_or(0, counts);
        talks >= LEAST && talks * SHARE >= sentences && talks > war
    };
    let fields = Kind::ALL.iter().copied().filter(|kind| kind.is_topic() && *kind != Kind::War);
    fields.filter(about).collect()
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
}
