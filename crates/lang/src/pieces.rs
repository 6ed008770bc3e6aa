//! Word pieces: the ids that the encoder knows a word by, and the letter case that they do not show.

use std::collections::HashMap;
use std::sync::OnceLock;

use averment_types::TextRange;
use tokenizers::Tokenizer;

use crate::bundle::{Files, Pieces, ReaderError};
use crate::misspelt::Names;
use crate::rules::Rules;

/// A tokenizer gets this many characters of a word at most, so that a "word" of a megabyte costs no
/// more than its 16 pieces are worth.
const LONGEST_WORD: usize = 1_000;

/// Letter-case classes; a sentence's first word has its own class plus this number.
pub(crate) const CASES: u8 = 7;

/// The case class of marks and of words without letters that have a case.
pub(crate) const NO_CASE: u8 = 6;

/// The case class of words whose first letter alone is a capital.
const TITLE: u8 = 1;

/// The case class of words in capitals.
const UPPER: u8 = 2;

/// How some vocabularies mark a piece that opens a word.
const OPENS: char = '\u{2581}';

/// Cuts words to pieces.
#[derive(Debug)]
pub(crate) struct Speller {
    tokenizer: Tokenizer,
    pieces: Pieces,
    /// Whether the vocabulary marks the pieces that open a word.
    marks_openings: bool,
    /// Names, of which those that are one piece may be meant; made when the first is asked for.
    names: OnceLock<Names>,
}

/// The pieces of all words of a text, in order.
#[derive(Debug, Default)]
pub(crate) struct Spelling {
    ids: Vec<i32>,
    words: Vec<(usize, usize)>,
}

impl Spelling {
    /// The ids of the word at `index`; never none for a word that is there.
    pub(crate) fn of(&self, index: usize) -> &[i32] {
        let (start, end) = self.words.get(index).copied().unwrap_or_default();
        self.ids.get(start..end).unwrap_or_default()
    }
}

impl Speller {
    pub(crate) fn load(files: &Files, pieces: Pieces) -> Result<Self, ReaderError> {
        const FILE: &str = "tokenizer.json";
        let mut tokenizer =
            Tokenizer::from_bytes(files.tokenizer).map_err(|e| files.unreadable(FILE, e))?;
        tokenizer.with_padding(None);
        tokenizer.with_truncation(None).map_err(|e| files.unreadable(FILE, e))?;
        let marks_openings = tokenizer.token_to_id(&OPENS.to_string()).is_some();
        let speller = Self { tokenizer, pieces, marks_openings, names: OnceLock::new() };
        for id in [pieces.first, pieces.last, pieces.unknown] {
            if id > speller.highest() {
                return Err(files.wrong(FILE, format!("no piece has id {id} of the manifest")));
            }
        }
        Ok(speller)
    }

    /// Whether the vocabulary has `word`, in lower case, as one piece: whether it is a common word.
    pub(crate) fn knows(&self, word: &str) -> bool {
        let has = |piece: &str| self.tokenizer.token_to_id(piece).is_some();
        if self.marks_openings { has(&format!("{OPENS}{word}")) } else { has(word) }
    }

    /// The highest id that a piece can have.
    pub(crate) fn highest(&self) -> u32 {
        self.tokenizer.get_vocab(true).into_values().max().unwrap_or_default()
    }

    /// Cuts the words at `ranges` of `text`. A misspelt name is read as the name that is meant, if it stands there once: a
    /// slip is seldom made twice, and who is named is named again.
    pub(crate) fn spell(&self, text: &str, ranges: &[TextRange]) -> Spelling {
        let rules = Rules::english();
        let written = |at: Option<usize>| {
            let range = at.and_then(|at| ranges.get(at))?;
            Some(start_of(range.slice(text)?))
        };
        let word_at = |at: usize| {
            let range = ranges.get(at)?;
            let word = written(Some(at))?;
            let prior = at.checked_sub(1);
            // Behind a word without a space it is a clitic that lost its apostrophe.
            let lost = word.eq_ignore_ascii_case("s")
                && prior.and_then(|at| ranges.get(at)).is_some_and(|b| b.end() == range.start());
            let before = written(prior).unwrap_or_default();
            let after = written(Some(at + 1)).unwrap_or_default();
            let name = rules.name_in_capitals(word, before, after);
            Some(if lost { "'s" } else { name.unwrap_or(word) })
        };
        let words: Vec<&str> =
            (0..ranges.len()).map(|at| word_at(at).unwrap_or_default()).collect();
        let mut times: HashMap<&str, usize> = HashMap::new();
        for word in &words {
            *times.entry(word).or_default() += 1;
        }
        let mut known: HashMap<&str, (usize, usize)> = HashMap::new();
        let mut spelling = Spelling::default();
        for word in words {
            let place = *known.entry(word).or_insert_with(|| {
                let start = spelling.ids.len();
                let meant = (times.get(word) == Some(&1)).then(|| self.meant(word)).flatten();
                self.cut(meant.unwrap_or(word), &mut spelling.ids);
                (start, spelling.ids.len())
            });
            spelling.words.push(place);
        }
        spelling
    }

    /// The common name that is meant by `word`, which is written as a name and no word of the vocabulary.
    fn meant(&self, word: &str) -> Option<&'static str> {
        let name = matches!(case_class(word), TITLE | UPPER);
        let lower = name.then(|| word.to_lowercase()).filter(|lower| !self.knows(lower))?;
        self.names.get_or_init(|| Names::english(|name| self.knows(name))).meant(&lower)
    }

    /// Appends the pieces of `word`: the unknown piece where the tokenizer leaves nothing of it.
    fn cut(&self, word: &str, out: &mut Vec<i32>) {
        let before = out.len();
        if let Ok(encoding) = self.tokenizer.encode_fast(word, false) {
            let ids = encoding.get_ids().iter().take(self.pieces.word);
            out.extend(ids.filter_map(|id| i32::try_from(*id).ok()));
        }
        if out.len() == before {
            out.extend(i32::try_from(self.pieces.unknown));
        }
    }
}

fn start_of(word: &str) -> &str {
    let end = word.char_indices().nth(LONGEST_WORD).map_or(word.len(), |(at, _)| at);
    word.get(..end).unwrap_or_default()
}

/// The letter case of a whole word, as `case_class` in `models/reader/encoder.py` tells it: 0 lower,
/// 1 title, 2 upper, 3 a single upper letter, 4 mixed, 5 holds a figure, 6 none.
pub(crate) fn case_class(word: &str) -> u8 {
    let (mut upper, mut lower, mut letters, mut title) = (0_usize, 0_usize, 0_usize, false);
    for c in word.chars() {
        if is_figure(c) {
            return 5;
        }
        if c.is_alphabetic() {
            title |= letters == 0 && c.is_uppercase();
            letters += 1;
            upper += usize::from(c.is_uppercase());
            lower += usize::from(c.is_lowercase());
        }
    }
    match (upper, lower) {
        (0, 0) => NO_CASE,
        (0, _) => 0,
        (_, 0) => 2 + u8::from(letters == 1),
        (1, _) if title => 1,
        _ => 4,
    }
}

/// Python's `str.isdigit` for the scripts that the corpora have: figures and superscripts, no fractions or
/// Roman numerals.
fn is_figure(c: char) -> bool {
    c.is_ascii_digit()
        || (!c.is_ascii()
            && c.is_numeric()
            && !matches!(c, '\u{bc}'..='\u{be}' | '\u{2150}'..='\u{2189}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::EN_FAST;

    fn speller() -> Speller {
        Speller::load(&EN_FAST, EN_FAST.manifest().unwrap().pieces).unwrap()
    }

    fn ids(speller: &Speller, words: &[&str]) -> Vec<Vec<i32>> {
        let text = words.concat();
        let mut at = 0;
        let ranges: Vec<TextRange> = words
            .iter()
            .map(|word| {
                at += word.len();
                TextRange::new(at - word.len(), at).unwrap()
            })
            .collect();
        let spelling = speller.spell(&text, &ranges);
        (0..words.len()).map(|index| spelling.of(index).to_vec()).collect()
    }

    #[test]
    fn words_are_cut_as_the_training_cuts_them() {
        // What Python's tokenizers make of them.
        let speller = speller();
        let cut = ids(&speller, &["Boko", "Haram", "'s", "Boko", "é", "\0", "🙂"]);
        let piece = |id: &i32| speller.tokenizer.id_to_token(u32::try_from(*id).unwrap()).unwrap();
        let words: Vec<String> =
            cut.iter().map(|ids| ids.iter().map(piece).collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(words, ["bo ##ko", "hara ##m", "' s", "bo ##ko", "e", "[UNK]", "[UNK]"]);
    }

    #[test]
    fn names_that_are_words_in_lower_case_are_seen_as_names() {
        let speller = speller();
        let seen = |words: &[&str], at: usize| ids(&speller, words).swap_remove(at);
        let name = seen(&["ISIS"], 0);
        for (words, at, meant) in [
            (&["the", "IS", "group"][..], 1, true),
            (&["it", "IS", "true"], 1, false),
            (&["THE", "IS", "GROUP"], 1, false),
            (&["Is", "it"], 0, false),
        ] {
            assert_eq!(seen(words, at) == name, meant, "{words:?}");
        }
    }

    #[test]
    fn no_word_has_none_or_more_than_sixteen_pieces() {
        let long = "a/".repeat(500_000);
        let unbroken = "x".repeat(1_000_000);
        let cut = ids(&speller(), &[&long, &unbroken, "", "\u{200b}", "a"]);
        assert_eq!(cut.iter().map(Vec::len).collect::<Vec<_>>(), [16, 1, 1, 1, 1]);
    }

    #[test]
    fn case_classes_are_those_of_the_training() {
        for (word, class) in [
            ("village", 0),
            ("Bamako", 1),
            ("JNIM", 2),
            ("A", 3),
            ("McCain", 4),
            ("iPhone", 4),
            ("T-72", 5),
            ("...", 6),
            ("", 6),
            ("قرية", 6),
            ("Émile", 1),
            ("m²", 5),
            ("½", 6),
            ("I.", 3),
            ("al-Qaeda", 4),
            ("O'Neil", 4),
        ] {
            assert_eq!(case_class(word), class, "{word}");
        }
    }
}
