//! Places spoken of again without their names: "the town", "the province", "there".
//!
//! Owns which place named before is meant: the nearest that may be called so, where its own words do not call it otherwise. Refuses
//! whatever is told more of, which is another place: "the town of", "the town where", "the town hall".

use averment_lang::{Pos, Reading, Token};
use averment_place::{PlaceMention, PlaceUsage};
use averment_types::{PlaceKind, TextRange, WherePrec};

use crate::lexicon::Lexicon;

/// How far back a place may have been named, in bytes: about eight sentences of news.
const REACH: usize = 1_200;

/// The same for words that point at what was just told: "the area", "there".
const NEAR: usize = 400;

/// What a word may refer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refers {
    /// A town: "the town", "the city".
    Settlement,
    /// A division: "the province".
    Division,
    /// What was called by the same word: "the camp".
    SameWord,
    /// A part of a town: "the western districts", "its outskirts".
    Part,
    /// Whatever was told of last: "the area".
    Last,
}

/// The places of `text` that are spoken of again, in the order of the text; `places` are those named.
pub(crate) fn referred(
    text: &str,
    reading: &Reading,
    places: &[PlaceMention],
    lexicon: &Lexicon,
) -> Vec<PlaceMention> {
    let sentences = (0..reading.sentences().len()).filter(|at| reading.is_read(*at));
    let of_sentence = |sentence: usize| {
        let tokens = reading.sentence_tokens(sentence);
        let search = Search { text, reading, tokens, places, lexicon };
        (0..search.tokens.len()).filter_map(|at| search.mention(at)).collect::<Vec<_>>()
    };
    sentences.flat_map(of_sentence).collect()
}

/// A sentence in which places may be spoken of again.
struct Search<'s> {
    text: &'s str,
    reading: &'s Reading,
    tokens: &'s [Token],
    places: &'s [PlaceMention],
    lexicon: &'s Lexicon,
}

impl Search<'_> {
    /// The place that is spoken of at the word `at`.
    fn mention(&self, at: usize) -> Option<PlaceMention> {
        let word = self.word(at);
        let (start, refers) = match self.pos(at)? {
            Pos::Adv if word == "there" => (at, Refers::Last),
            Pos::Noun => {
                let refers = self.lexicon.refers.get(word).copied()?;
                (self.article(at, refers)?, refers)
            }
            _ => return None,
        };
        if self.says_more(at) {
            return None;
        }
        let span =
            TextRange::new(self.tokens.get(start)?.range.start(), self.tokens.get(at)?.range.end())
                .ok()?;
        let before = start.checked_sub(1);
        let placed = word == "there" || before.is_some_and(|b| self.pos(b) == Some(Pos::Adp));
        let meant = self.meant(span.start(), word, refers)?;
        let mut value = meant.value.clone();
        if refers == Refers::Part {
            value.precision = value.precision.max(WherePrec::Near);
        }
        span.slice(self.text)?.clone_into(&mut value.text);
        value.span = span;
        value.reasons.push(format!("“{}” refers back to {}", value.text, value.name));
        let usage = if placed { PlaceUsage::Locative } else { PlaceUsage::Bare };
        Some(PlaceMention { span, usage, value })
    }

    /// The nearest place before `start` that may be called `word`.
    fn meant(&self, start: usize, word: &str, refers: Refers) -> Option<&PlaceMention> {
        let reach = if refers == Refers::Last { NEAR } else { REACH };
        let until = self.places.partition_point(|p| p.span.end() <= start);
        let before = self.places.get(..until)?.iter().rev();
        let mut near = before.take_while(|p| start - p.span.start() <= reach).filter(|p| {
            p.usage != PlaceUsage::Metonym
                && !matches!(p.value.kind, PlaceKind::Relative | PlaceKind::Country)
        });
        near.find(|p| {
            let called = self.called(p);
            let same = called.iter().any(|c| c == word);
            match refers {
                Refers::Settlement => {
                    same || p.value.kind == PlaceKind::Settlement && called.is_empty()
                }
                Refers::Division => {
                    let division = matches!(p.value.kind, PlaceKind::Admin1 | PlaceKind::Region);
                    same || division && called.is_empty()
                }
                Refers::SameWord => same,
                Refers::Part => p.value.kind == PlaceKind::Settlement,
                Refers::Last => p.usage == PlaceUsage::Locative,
            }
        })
    }

    /// What a place is called where it is named, of the words that may refer: "the *town* of Gao", "Nuseirat *camp*".
    fn called(&self, place: &PlaceMention) -> Vec<String> {
        let from = self.text.floor_char_boundary(place.span.start().saturating_sub(24));
        let until = self.text.ceil_char_boundary((place.span.end() + 16).min(self.text.len()));
        let slice = |from: usize, until: usize| self.text.get(from..until).unwrap_or_default();
        let word = |w: &str| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let before = slice(from, place.span.start()).split_whitespace().rev();
        let before = before.map(word).take_while(|w| w != "in" && w != "from").take(2);
        let inside = slice(place.span.start(), place.span.end()).split_whitespace().map(word);
        let behind = slice(place.span.end(), until).split(' ').map(word).take(2);
        let all = before.chain(inside).chain(behind);
        all.filter(|w| self.lexicon.refers.get(w).is_some_and(|r| *r != Refers::Last)).collect()
    }

    /// Where the phrase begins whose head is `at`, if it says that it is known which one is meant: "the", "this", and one word
    /// between.
    fn article(&self, at: usize, refers: Refers) -> Option<usize> {
        let owned = |at: usize| refers == Refers::Part && matches!(self.word(at), "its" | "their");
        let known = |at: usize| matches!(self.word(at), "the" | "this" | "that") || owned(at);
        let first = at.checked_sub(1)?;
        if known(first) {
            return Some(first);
        }
        let second = first.checked_sub(1)?;
        let between = matches!(self.pos(first), Some(Pos::Adj | Pos::Verb));
        (between && known(second)).then_some(second)
    }

    /// Whether what stands behind the word `at` tells which one is meant, or makes it part of another noun.
    fn says_more(&self, at: usize) -> bool {
        let next = self.word(at + 1);
        let more = matches!(next, "of" | "where" | "that" | "which" | "called" | "named");
        let noun = matches!(self.pos(at + 1), Some(Pos::Noun | Pos::Propn));
        more || noun && !self.lexicon.parts.contains(next)
            || next == "," && self.pos(at + 2) == Some(Pos::Propn)
    }

    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| self.reading.lower(token))
    }

    fn pos(&self, at: usize) -> Option<Pos> {
        self.tokens.get(at).map(|token| token.pos)
    }
}
