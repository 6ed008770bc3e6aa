//! How alike two persons' names are when they were transliterated by different hands.
//!
//! A score is a suggestion for a person to judge; nothing is ever linked because of it. Each word of the
//! shorter name must be found in the longer one: a brother shares the family name, and two men called
//! Abu Musab share a kunya. What may differ is how sounds are written, the order, titles, particles, and
//! names that one of the two leaves out. Measured by `cargo xtask eval actors`.

use crate::sounds::Sounds;
use crate::token::fold;

/// Names that score less are not suggested.
pub const SUGGEST: f32 = 0.85;

/// Words of a name that are compared: more has no person.
const LONGEST: usize = 6;

/// A name of one word is compared if it has as many sounds.
const LEAST_SOUNDS: usize = 4;

/// Words that transliterations add and drop.
const PARTICLES: &[&str] = &[
    "al", "el", "ul", "ag", "ould", "uld", "wuld", "ou", "wold", "walad", "bin", "ben", "ibn",
    "bint", "ad", "as", "ar", "an", "az", "at", "ash", "ed", "es", "er", "en", "ez", "von", "de",
    "da", "dos", "der", "du", "la", "le", "di", "u", "the",
];

/// Words before a name that are none of it.
const TITLES: &[&str] = &[
    "sheikh",
    "sheik",
    "shaykh",
    "cheikh",
    "cheik",
    "sheij",
    "scheich",
    "shaikh",
    "general",
    "gen",
    "colonel",
    "col",
    "captain",
    "capt",
    "major",
    "maj",
    "lieutenant",
    "lt",
    "brigadier",
    "brig",
    "marshal",
    "marechal",
    "field",
    "commander",
    "cmdr",
    "commandant",
    "comandante",
    "subcomandante",
    "sergeant",
    "sgt",
    "warlord",
    "emir",
    "amir",
    "mullah",
    "mulla",
    "molla",
    "maulvi",
    "maulawi",
    "moulvi",
    "mawlawi",
    "maulana",
    "mawlana",
    "mufti",
    "imam",
    "ayatollah",
    "hojatoleslam",
    "haji",
    "hajj",
    "hadji",
    "hajji",
    "alhaji",
    "elhadj",
    "sayyid",
    "sayed",
    "seyed",
    "sayyed",
    "syed",
    "qari",
    "hafiz",
    "hafez",
    "ustad",
    "ustaz",
    "ustadh",
    "dr",
    "doctor",
    "prof",
    "professor",
    "president",
    "presidente",
    "prime",
    "minister",
    "premier",
    "chief",
    "mr",
    "mrs",
    "ms",
    "sir",
    "sultan",
    "king",
    "prince",
    "crown",
    "reverend",
    "rev",
    "father",
    "pastor",
    "bishop",
];

/// Words that make one name with the word behind them, and how both are then written.
const PREFIXES: [(&str, &[&str]); 2] = [
    ("abu", &["abu", "abou", "abo", "aboo", "abi"]),
    (
        "abd",
        &["abd", "abdu", "abdul", "abdel", "abdal", "abdoul", "abdoel", "abdool", "abdil", "abdol"],
    ),
];

/// A name made ready for comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct NameKey {
    words: Vec<Word>,
    /// The words with two neighbours joined to one: "Ata Ullah", "Ataullah".
    joined: Vec<Vec<Word>>,
}

type Word = Sounds;

impl NameKey {
    /// The key of a name: its words as sounds, without titles and particles.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let mut words = parts(name);
        let untitled: Vec<String> =
            words.iter().filter(|word| !TITLES.contains(&word.as_str())).cloned().collect();
        // "Hafez" and "Amir" are given names too.
        if untitled.len() > 1 {
            words = untitled;
        }
        words.truncate(LONGEST);
        let joins = (0..words.len().saturating_sub(1)).filter_map(|at| {
            let (first, second) = (words.get(at)?, words.get(at + 1)?);
            if first.len() < 2 || second.len() < 2 {
                return None;
            }
            let one = [Sounds::of(&format!("{first}{second}"))];
            let before = words.iter().take(at).map(|word| Sounds::of(word));
            let behind = words.iter().skip(at + 2).map(|word| Sounds::of(word));
            Some(before.chain(one).chain(behind).collect())
        });
        Self { joined: joins.collect(), words: words.iter().map(|word| Sounds::of(word)).collect() }
    }

    /// The words, and the words with two neighbours joined.
    pub(crate) fn forms(&self) -> impl Iterator<Item = &[Word]> {
        std::iter::once(self.words.as_slice()).chain(self.joined.iter().map(Vec::as_slice))
    }

    /// How alike two names are, 0 to 1.
    ///
    /// ```
    /// use averment_actors::NameKey;
    /// let koufa = NameKey::of("Amadou Koufa");
    /// assert!(koufa.likeness(&NameKey::of("Ammad al-Kuff")) > averment_actors::SUGGEST);
    /// assert!(koufa.likeness(&NameKey::of("Amadou Toure")) < averment_actors::SUGGEST);
    /// ```
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f32 {
        let plain = [(&self.words, &other.words)];
        let mine = self.joined.iter().map(|words| (words, &other.words));
        let theirs = other.joined.iter().map(|words| (&self.words, words));
        let pairs = plain.into_iter().chain(mine).chain(theirs);
        pairs.map(|(a, b)| compared(a, b)).fold(0.0, f32::max)
    }
}

/// The words of a name without particles, folded, those of [`PREFIXES`] joined to the word behind them.
fn parts(name: &str) -> Vec<String> {
    let mut folded = String::new();
    let mut words: Vec<String> = Vec::new();
    let mut prefix: Option<&str> = None;
    for word in
        name.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}' | '\u{2bf}')))
    {
        fold(word, &mut folded);
        if folded.is_empty() || PARTICLES.contains(&folded.as_str()) {
            continue;
        }
        let opens = PREFIXES.iter().find(|(_, forms)| forms.contains(&folded.as_str()));
        if let (Some((stem, _)), None) = (opens, prefix) {
            prefix = Some(stem);
            continue;
        }
        let stem = prefix.take();
        let glued = glued(&folded).filter(|_| stem.is_none());
        words.push(glued.unwrap_or_else(|| format!("{}{folded}", stem.unwrap_or_default())));
    }
    words.extend(prefix.map(str::to_owned));
    words
}

/// "Abdelhamid", "Abdurrahman" as "abdhamid", "abdrahman".
fn glued(word: &str) -> Option<String> {
    let rest = word.strip_prefix("abd")?;
    let bare = rest.trim_start_matches(['a', 'e', 'o', 'u']);
    let mut letters = bare.chars();
    let article = letters.next().filter(|c| "lrsntzd".contains(*c));
    let bare = if article.is_some() { letters.as_str() } else { bare };
    (rest.len() > bare.len() && bare.len() >= 3 && word.len() > 6).then(|| format!("abd{bare}"))
}

/// How alike two names are word by word, each word of the shorter one with another of the longer one.
fn compared(a: &[Word], b: &[Word]) -> f32 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    match short {
        [] => return 0.0,
        [only] if long.len() > 1 || only.len() < LEAST_SOUNDS => return 0.0,
        _ if short.iter().any(|word| !long.iter().any(|other| word.may_be(other))) => return 0.0,
        _ => {}
    }
    let matrix: Vec<Vec<f32>> =
        short.iter().map(|word| long.iter().map(|other| word.likeness(other)).collect()).collect();
    let mut best = Best { short, long, matrix: &matrix, score: 0.0 };
    best.assign(&mut Vec::new());
    best.score
}

/// The best assignment so far.
struct Best<'a> {
    short: &'a [Word],
    long: &'a [Word],
    matrix: &'a [Vec<f32>],
    score: f32,
}

impl Best<'_> {
    /// Tries all ways to go on with an assignment of the first words.
    fn assign(&mut self, chosen: &mut Vec<usize>) {
        let Some(row) = self.matrix.get(chosen.len()) else {
            self.score = self.score.max(self.scored(chosen));
            return;
        };
        for (at, likeness) in row.iter().enumerate() {
            if *likeness > 0.5 && !chosen.contains(&at) {
                chosen.push(at);
                self.assign(chosen);
                chosen.pop();
            }
        }
    }

    /// What an assignment is worth: mostly its worst pair, a little less for words left out and for
    /// another order; nothing where initials alone meet.
    fn scored(&self, chosen: &[usize]) -> f32 {
        let pairs = self.matrix.iter().zip(chosen).filter_map(|(row, at)| row.get(*at).copied());
        let pairs: Vec<f32> = pairs.collect();
        let spelt_out = self.short.iter().zip(chosen).any(|(word, at)| {
            !word.is_initial() && self.long.get(*at).is_some_and(|other| !other.is_initial())
        });
        if !spelt_out {
            return 0.0;
        }
        let least = pairs.iter().copied().fold(1.0, f32::min);
        let mean = pairs.iter().sum::<f32>() / count(pairs.len());
        let left_out = 0.02 * count(self.long.len() - self.short.len());
        let turned = if chosen.is_sorted() { 0.0 } else { 0.03 };
        0.7 * least + 0.3 * mean - left_out - turned
    }
}

fn count(n: usize) -> f32 {
    f32::from(u16::try_from(n).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> f32 {
        NameKey::of(a).likeness(&NameKey::of(b))
    }

    #[test]
    fn transliterations_of_one_name_are_alike() {
        for (a, b) in [
            ("Amadou Koufa", "Ammad al-Kuff"),
            ("Iyad Ag Ghali", "Iyad al-Ghali"),
            ("Muammar Gaddafi", "Moammar Qaddafi"),
            ("Abdelmalek Droukdel", "Abdul Malik Drukdal"),
            ("Mohammed Hamdan Dagalo", "Muhammad Hamdan Daglo"),
            ("Abubakar Shekau", "Aboubakar Shekaw"),
            ("Sheikh Hassan Dahir Aweys", "Hassan Aweys"),
            ("M. Dahlan", "Mohammed Dahlan"),
            ("Kim Jong Un", "Un Kim Jong"),
        ] {
            let score = likeness(a, b);
            assert!(score >= SUGGEST, "{a} / {b}: {score}");
        }
    }

    #[test]
    fn different_persons_are_not() {
        for (a, b) in [
            ("Amadou Koufa", "Amadou Toure"),
            ("Amadou Koufa", "Ahmed Toure"),
            ("Ahmed Diriye", "Ahmed Godane"),
            ("Ibrahim Traore", "Ibrahim Keita"),
            ("Mohamed Ali", "Mohamed Salah"),
            ("Joseph Kony", "Joseph Kabila"),
            ("Abu Musab al-Barnawi", "Abu Musab al-Zarqawi"),
            ("Mahmoud Abbas", "M. A."),
            ("Koufa", "Amadou Koufa"),
            ("Sheikh", "Colonel"),
            ("", "Amadou"),
        ] {
            let score = likeness(a, b);
            assert!(score < SUGGEST, "{a} / {b}: {score}");
        }
    }

    #[test]
    fn names_without_end_are_compared_in_no_time() {
        let long = "Abu ".repeat(100_000);
        assert!(likeness(&long, &long) <= 1.0);
        let many = "Mohammed ".repeat(10_000);
        assert!(likeness(&many, "Mohammed Mohammed Mohammed Mohammed Mohammed Mohammed") <= 1.0);
    }
}
