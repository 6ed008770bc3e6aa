//! Rougher copies of marked sentences: wire text in capitals, lost punctuation, misspelt names.
//!
//! Owns the ways in which a sentence is made worse, all of them deterministic, and keeps its marks true:
//! a removed word takes its arc along and moves the numbers of those behind it. Refuses to share code or
//! chance with the reader's training, which roughens its own sentences.

use super::gold::{Marked, Span, Word};

/// How a sentence is made worse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Roughness {
    /// All letters upper case.
    Upper,
    /// All letters lower case.
    Lower,
    /// Without words that hold no letter and no digit, unless they lie in an entity, govern a word or
    /// are the root.
    NoPunctuation,
    /// Half of the words of names misspelt by one letter: those with four letters or more that lie in an
    /// entity or, where entities are not marked, are proper nouns.
    NoisyNames,
    /// Latin letters without their diacritics.
    NoDiacritics,
}

impl Roughness {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Upper, Self::Lower, Self::NoPunctuation, Self::NoisyNames, Self::NoDiacritics];

    /// Its name in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Upper => "upper-cased",
            Self::Lower => "lower-cased",
            Self::NoPunctuation => "without punctuation",
            Self::NoisyNames => "noisy names",
            Self::NoDiacritics => "without diacritics",
        }
    }

    /// The sentences of a document made worse; the same every time.
    ///
    /// ```
    /// use averment_eval::reader::gold::{Marked, Word};
    /// use averment_eval::reader::perturb::Roughness;
    /// let word = Word { form: "Gao".into(), spaced: true, node: None };
    /// let rough = Roughness::Upper.over(&[Marked { words: vec![word], entities: vec![] }]);
    /// assert_eq!(rough[0].words[0].form, "GAO");
    /// ```
    #[must_use]
    pub fn over(self, document: &[Marked]) -> Vec<Marked> {
        let mut chance = Chance(document.iter().map(|s| s.words.len() as u64).sum());
        document.iter().map(|sentence| self.of(sentence, &mut chance)).collect()
    }

    /// Which words of `sentence` it leaves in place, changed or not.
    #[must_use]
    pub fn keeps(self, sentence: &Marked) -> Vec<bool> {
        match self {
            Self::NoPunctuation => stays(sentence),
            _ => vec![true; sentence.words.len()],
        }
    }

    fn of(self, sentence: &Marked, chance: &mut Chance) -> Marked {
        match self {
            Self::Upper => respelt(sentence, |_, form| form.to_uppercase()),
            Self::Lower => respelt(sentence, |_, form| form.to_lowercase()),
            Self::NoDiacritics => respelt(sentence, |_, form| without_diacritics(form)),
            Self::NoPunctuation => without_marks(sentence),
            Self::NoisyNames => respelt(sentence, |at, form| {
                let letters = form.chars().filter(|c| c.is_alphabetic()).count();
                if letters < 4 || !is_name(sentence, at) || chance.of(2) == 1 {
                    return form.to_owned();
                }
                misspelt(form, chance)
            }),
        }
    }
}

/// How many words of `before` are changed or gone in `after`.
#[must_use]
pub fn changed(before: &[Marked], after: &[Marked]) -> usize {
    let pairs = before.iter().zip(after);
    let differ = |(before, after): (&Marked, &Marked)| match before.words.len() - after.words.len()
    {
        0 => before.words.iter().zip(&after.words).filter(|(b, a)| b.form != a.form).count(),
        gone => gone,
    };
    pairs.map(differ).sum()
}

fn respelt(sentence: &Marked, mut respell: impl FnMut(usize, &str) -> String) -> Marked {
    let words = sentence.words.iter().enumerate();
    let words = words.map(|(at, word)| Word { form: respell(at, &word.form), ..word.clone() });
    Marked { words: words.collect(), entities: sentence.entities.clone() }
}

fn is_name(sentence: &Marked, at: usize) -> bool {
    let proper = |word: &Word| {
        word.node.as_ref().is_some_and(|node| node.pos == Some(averment_lang::Pos::Propn))
    };
    sentence.in_entity(at) || sentence.words.get(at).is_some_and(proper)
}

/// Letters of the Latin blocks lose what stands above and below them; other scripts keep theirs.
fn without_diacritics(form: &str) -> String {
    let mut plain = String::with_capacity(form.len());
    for c in form.chars() {
        match c {
            '\u{300}'..='\u{36f}' => {}
            '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' if c.is_alphabetic() => {
                plain.push_str(any_ascii::any_ascii_char(c));
            }
            _ => plain.push(c),
        }
    }
    if plain.is_empty() { form.to_owned() } else { plain }
}

/// Which words of a sentence are left when it loses its punctuation.
fn stays(sentence: &Marked) -> Vec<bool> {
    let governs = |at: usize| {
        let mut nodes = sentence.words.iter().filter_map(|word| word.node.as_ref());
        nodes.any(|node| node.head == Some(at))
    };
    let root = |word: &Word| word.node.as_ref().is_some_and(|node| node.head.is_none());
    let spoken = |word: &Word| word.form.chars().any(char::is_alphanumeric);
    let words = sentence.words.iter().enumerate();
    let stays: Vec<bool> = words
        .map(|(at, word)| spoken(word) || root(word) || sentence.in_entity(at) || governs(at))
        .collect();
    if stays.contains(&true) { stays } else { vec![true; stays.len()] }
}

fn without_marks(sentence: &Marked) -> Marked {
    let stays = stays(sentence);
    let place = |old: usize| stays.iter().take(old).filter(|stays| **stays).count();
    let mut words: Vec<Word> = Vec::with_capacity(stays.len());
    for (word, stays) in sentence.words.iter().zip(&stays) {
        if *stays {
            let mut word = word.clone();
            if let Some(node) = &mut word.node {
                node.head = node.head.map(place);
            }
            words.push(word);
        } else if let Some(last) = words.last_mut() {
            // What a removed mark held together is parted.
            last.spaced = true;
        }
    }
    let moved = |span: &Span| Span { first: place(span.first), end: place(span.end), ..*span };
    Marked { words, entities: sentence.entities.iter().map(moved).collect() }
}

/// One letter dropped, doubled, swapped with the next or replaced; capitals stay where they were.
fn misspelt(form: &str, chance: &mut Chance) -> String {
    let mut letters: Vec<char> = form.chars().collect();
    let places: Vec<usize> =
        letters.iter().enumerate().filter(|(_, c)| c.is_alphabetic()).map(|(at, _)| at).collect();
    let Some(&at) = places.get(chance.of(places.len())) else { return form.to_owned() };
    let Some(&letter) = letters.get(at) else { return form.to_owned() };
    let next = letters.get(at + 1).copied().filter(|c| c.is_alphabetic());
    let other = next.filter(|next| *next != letter);
    match (chance.of(4), other) {
        // A capital passes on to the letter behind the one that is gone.
        (0, _) if letter.is_uppercase() && next.is_some() => {
            letters.splice(at..at + 2, next.map(|next| cased(next, letter)));
        }
        (0, _) => _ = letters.remove(at),
        (1, _) => letters.insert(at + 1, cased(letter, next.unwrap_or(letter))),
        (2, Some(next)) => {
            letters.splice(at..at + 2, [cased(next, letter), cased(letter, next)]);
        }
        _ => {
            let others = ALPHABET.chars().filter(|c| !letter.to_lowercase().eq([*c]));
            let others: Vec<char> = others.collect();
            let new = others.get(chance.of(others.len())).copied().unwrap_or(letter);
            letters.splice(at..=at, [cased(new, letter)]);
        }
    }
    letters.into_iter().collect()
}

const ALPHABET: &str = "abcdefghijklmnopqrstuvwxyz";

/// `letter` in the case of `model`.
fn cased(letter: char, model: char) -> char {
    let respelt = if model.is_uppercase() {
        letter.to_uppercase().next()
    } else {
        letter.to_lowercase().next()
    };
    respelt.unwrap_or(letter)
}

/// `SplitMix64` (Steele, Lea and Flood 2014): the same numbers on every machine.
struct Chance(u64);

impl Chance {
    /// A number below `bound`, 0 for a bound of 0.
    fn of(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        let bound = bound as u64;
        mixed.checked_rem(bound).and_then(|n| usize::try_from(n).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use averment_lang::{Pos, Relation};

    use super::super::gold::tests::marked;
    use super::super::gold::{Node, lay_out};
    use super::*;

    fn forms(sentence: &Marked) -> Vec<&str> {
        sentence.words.iter().map(|word| word.form.as_str()).collect()
    }

    /// Hangs each word on a head, counted from 1; 0 is the root.
    fn hang(sentence: &mut Marked, heads: &[usize]) {
        for (word, head) in sentence.words.iter_mut().zip(heads) {
            word.node = Some(Node {
                pos: Some(Pos::Propn),
                feats: String::new(),
                lemma: word.form.clone(),
                head: head.checked_sub(1),
                relation: Some(Relation::ROOT),
                probability: 1.0,
            });
        }
    }

    #[test]
    fn removed_marks_take_their_arcs_along_and_the_rest_is_renumbered() {
        let mut sentence = marked("“ Gao/Location ” , said ( $ 5 ) , Keita/Person .");
        sentence.words[0].spaced = false;
        sentence.words[1].spaced = false;
        // “ Gao ” , said ( $ 5 ) , Keita .: "said" is the root, "$" governs "5" and "(".
        hang(&mut sentence, &[2, 5, 2, 5, 0, 7, 5, 7, 7, 11, 5, 5]);
        let rough = Roughness::NoPunctuation.over(std::slice::from_ref(&sentence));
        assert_eq!(forms(&rough[0]), ["Gao", "said", "$", "5", "Keita"]);
        let heads: Vec<Option<usize>> =
            rough[0].words.iter().map(|w| w.node.as_ref().unwrap().head).collect();
        assert_eq!(heads, [Some(1), None, Some(1), Some(2), Some(1)]);
        let spans: Vec<(usize, usize)> =
            rough[0].entities.iter().map(|s| (s.first, s.end)).collect();
        assert_eq!(spans, [(0, 1), (4, 5)]);
        let layout = lay_out(&rough);
        assert_eq!(layout.text, "Gao said $ 5 Keita ");
        assert_eq!(layout.sentences[0][4].slice(&layout.text), Some("Keita"));
        assert_eq!(changed(&[sentence], &rough), 7);
    }

    #[test]
    fn a_mark_inside_an_entity_and_a_sentence_of_marks_stay() {
        let mut sentence = marked("U/Organization . N .");
        sentence.entities[0].end = 3;
        let rough = Roughness::NoPunctuation.over(&[sentence, marked("* * *")]);
        assert_eq!(forms(&rough[0]), ["U", ".", "N"]);
        assert_eq!(rough[0].entities[0].end, 3);
        assert_eq!(forms(&rough[1]).len(), 3);
    }

    #[test]
    fn letters_change_case_and_lose_their_diacritics_and_offsets_follow() {
        let document = [marked("Ñuñoa/Location , “ Łódź ” straße Дима ₡5")];
        let text = |roughness: Roughness| lay_out(&roughness.over(&document)).text;
        assert_eq!(text(Roughness::Upper), "ÑUÑOA , “ ŁÓDŹ ” STRASSE ДИМА ₡5 ");
        assert_eq!(text(Roughness::Lower), "ñuñoa , “ łódź ” straße дима ₡5 ");
        let plain = Roughness::NoDiacritics.over(&document);
        assert_eq!(lay_out(&plain).text, "Nunoa , “ Lodz ” strasse Дима ₡5 ");
        assert_eq!(lay_out(&plain).sentences[0][1].start(), 6);
        assert_eq!(changed(&document, &plain), 3);
    }

    #[test]
    fn names_alone_are_misspelt_half_of_them_by_one_letter_and_always_alike() {
        let words = ["Bamako/Location", "soldiers", "Gao/Location"];
        let document = vec![marked(&words.repeat(400).join(" "))];
        let rough = Roughness::NoisyNames.over(&document);
        assert_eq!(rough, Roughness::NoisyNames.over(&document));
        let mut lengths = [0; 3];
        for (before, after) in document[0].words.iter().zip(&rough[0].words) {
            if before.form == after.form {
                continue;
            }
            assert_eq!(before.form, "Bamako");
            assert!(after.form.starts_with(char::is_uppercase), "{}", after.form);
            lengths[after.form.len() - 5] += 1;
        }
        let all: usize = lengths.iter().sum();
        assert!((170..230).contains(&all), "half of 400, give or take: {all}");
        assert!(lengths.iter().all(|n| *n > 20), "dropped, kept, doubled: {lengths:?}");
    }

    #[test]
    fn proper_nouns_are_names_where_entities_are_not_marked() {
        let mut document = vec![marked(&["Keita"; 40].join(" "))];
        assert_eq!(changed(&document, &Roughness::NoisyNames.over(&document)), 0);
        hang(&mut document[0], &[0; 40]);
        assert!(changed(&document, &Roughness::NoisyNames.over(&document)) > 10);
    }
}
