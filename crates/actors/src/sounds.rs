//! Sounds of names: what different hands write for one of them.
//!
//! Costs are of the same scale: 1 is a consonant for another one, or one too many. They were set on the
//! `tune` half of `corpus/grounding/person-names.toml`.

use std::sync::LazyLock;

/// Letter groups that stand for one sound, longest first.
const SPELLINGS: [(&str, &str); 17] = [
    ("tch", "C"),
    ("sch", "S"),
    ("dj", "j"),
    ("kh", "x"),
    ("gh", "g"),
    ("ph", "f"),
    ("dh", "d"),
    ("th", "t"),
    ("sh", "S"),
    ("ch", "S"),
    ("ck", "k"),
    ("zh", "j"),
    ("ts", "s"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("qu", "k"),
];

/// Consonants that are written for each other.
const NEIGHBOURS: [&[u8]; 10] =
    [b"kqcgx", b"gj", b"xhj", b"szSCc", b"SCjx", b"dtz", b"bpvf", b"vwu", b"yij", b"hx"];

/// Groups of first sounds: names whose first sounds share none are not compared.
const STARTS: [&[u8]; 8] = [b"aeiouyhwxj", b"kqcgxj", b"szSCdtj", b"bpvfw", b"m", b"n", b"l", b"r"];

/// A word with fewer letters than this, vowels counted half, says too little for slips to be forgiven.
const SHORT: f32 = 2.5;

/// A lighter word is forgiven no consonant that stands alone: a cost of 1 is too much for it.
const LONG: f32 = 3.8;

/// A word as sounds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sounds {
    letters: Vec<u8>,
    /// Consonants count 1, vowels a half.
    weight: f32,
    /// The groups of the first sound, a bit each.
    starts: u8,
}

impl Sounds {
    /// The sounds of a folded word; letters that are not ASCII are left out.
    pub(crate) fn of(word: &str) -> Self {
        let mut spelt = word.to_owned();
        for (letters, sound) in SPELLINGS {
            if spelt.contains(letters) {
                spelt = spelt.replace(letters, sound);
            }
        }
        let mut letters: Vec<u8> = spelt.bytes().filter(u8::is_ascii_alphanumeric).collect();
        letters.dedup();
        let weight = letters.iter().map(|s| if is_vowel(*s) { 0.5 } else { 1.0 }).sum();
        let first = letters.first().copied().unwrap_or_default();
        let starts = (0..).zip(STARTS).filter(|(_, group)| group.contains(&first));
        let starts = starts.map(|(bit, _)| 1 << bit).sum();
        Self { letters, weight, starts }
    }

    /// Number of sounds.
    pub(crate) const fn len(&self) -> usize {
        self.letters.len()
    }

    /// Whether it is an initial.
    pub(crate) const fn is_initial(&self) -> bool {
        self.letters.len() == 1
    }

    /// Whether the first sounds may be written for each other.
    pub(crate) const fn may_be(&self, other: &Self) -> bool {
        self.starts & other.starts != 0
    }

    /// Its weight in vowels: a consonant counts 2.
    pub(crate) fn half_weight(&self) -> i32 {
        let weights = self.letters.iter().map(|s| if is_vowel(*s) { 1 } else { 2 });
        weights.sum()
    }

    /// What speaks soonest against likeness.
    pub(crate) fn marks(&self) -> Marks {
        let mut marks = Marks { weight: self.half_weight(), hard: 0, cover: 0 };
        for sound in &self.letters {
            if omission(*sound) >= 1.0 {
                marks.hard |= bit(*sound);
            }
            marks.cover |= COVER.get(usize::from(*sound)).copied().unwrap_or_default();
        }
        marks
    }

    /// The sounds.
    pub(crate) fn letters(&self) -> &[u8] {
        &self.letters
    }

    /// Whether the likeness is at least `least`; soon where it is not, for a sound that only one has costs 0.35 of its
    /// weight or more.
    pub(crate) fn may_be_like(&self, other: &Self, least: f32) -> bool {
        let mean = f32::midpoint(self.weight, other.weight).max(1.5);
        let apart = (self.weight - other.weight).abs() * 0.35;
        let limit = (1.0 - least) * mean;
        apart <= limit
            && within(&self.letters, &other.letters, limit)
            && self.likeness(other) >= least
    }

    /// The groups of the first sound, a bit each.
    pub(crate) const fn starts(&self) -> u8 {
        self.starts
    }

    /// Numbers for its `m n l r` in order, of which words so alike that they are suggested share one: each of them
    /// costs 1 to add or change, which only long words are forgiven, and once.
    pub(crate) fn liquids(&self) -> Vec<u32> {
        let code = |s: &u8| b"mnlr".iter().zip(1..).find_map(|(l, code)| (l == s).then_some(code));
        let codes: Vec<u32> = self.letters.iter().filter_map(code).take(10).collect();
        let number = |codes: &[u32], left: Option<usize>| {
            let kept = codes.iter().enumerate().filter(|(at, _)| Some(*at) != left);
            kept.fold(0, |sum, (_, code)| sum * 5 + code)
        };
        let mut out = vec![number(&codes, None)];
        if self.weight >= LONG {
            out.extend((0..codes.len()).map(|at| number(&codes, Some(at))));
        }
        out.sort_unstable();
        out.dedup();
        out
    }

    /// How alike two words sound, 0 to 1. An initial is like every word that begins with its sound.
    pub(crate) fn likeness(&self, other: &Self) -> f32 {
        if self.letters == other.letters {
            return 1.0;
        }
        let (Some(first), Some(second)) = (self.letters.first(), other.letters.first()) else {
            return 0.0;
        };
        let other_start = exchange(*first, *second);
        if self.is_initial() || other.is_initial() {
            return if other_start < 0.2 { 0.9 } else { 0.0 };
        }
        let short = self.weight.min(other.weight) <= SHORT;
        if short && self.skeleton() != other.skeleton() {
            return 0.5;
        }
        let start = if other_start > 0.3 { 0.4 } else { 0.0 };
        let mean = f32::midpoint(self.weight, other.weight);
        (1.0 - (distance(&self.letters, &other.letters) + start) / mean.max(1.5)).max(0.0)
    }

    /// The consonants that are seldom confused or left out.
    fn skeleton(&self) -> Vec<u8> {
        let kept = self.letters.iter().filter(|s| !is_vowel(**s) && !matches!(s, b'h' | b'w'));
        kept.map(|s| if b"qcgx".contains(s) { b'k' } else { *s }).collect()
    }
}

const fn is_vowel(sound: u8) -> bool {
    matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// What it costs to write one sound for another.
fn exchange(a: u8, b: u8) -> f32 {
    if a == b {
        return 0.0;
    }
    if is_vowel(a) && is_vowel(b) {
        let near = [b"iy", b"ei", b"ou", b"ae"];
        return if near.iter().any(|pair| pair.contains(&a) && pair.contains(&b)) {
            0.15
        } else {
            0.3
        };
    }
    let neighbours = NEIGHBOURS.iter().any(|group| group.contains(&a) && group.contains(&b));
    if neighbours || (a == b'w' && b == b'o') || (a == b'o' && b == b'w') { 0.25 } else { 1.0 }
}

/// What it costs to leave a sound out.
const fn omission(sound: u8) -> f32 {
    match sound {
        b'h' | b'w' => 0.35,
        _ if is_vowel(sound) => 0.3,
        _ => 1.0,
    }
}

/// Sounds of a word as bits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Marks {
    /// As [`Sounds::half_weight`].
    weight: i32,
    /// Sounds that cost 1 to leave out.
    hard: u32,
    /// Sounds that are written for one of the word's at a lower cost.
    cover: u32,
}

impl Marks {
    /// Whether so few sounds of each have none in the other to stand for them that 22 of 100 parts of the
    /// mean weight may pay for them.
    pub(crate) const fn may_be_like(self, other: Self) -> bool {
        let pay = (self.weight + other.weight) * 55 / 1000;
        let (mine, theirs) = (self.hard & !other.cover, other.hard & !self.cover);
        let most = if mine.count_ones() > theirs.count_ones() { mine } else { theirs };
        most.count_ones().cast_signed() <= pay
    }
}

const fn bit(sound: u8) -> u32 {
    match sound {
        b'a'..=b'z' => 1 << (sound - b'a'),
        b'S' => 1 << 26,
        b'C' => 1 << 27,
        _ => 1 << 28,
    }
}

/// For each sound, those that are written for it at a cost below 1.
static COVER: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let near = |a: u8| (0..128).filter(move |b| exchange(a, *b) < 1.0).map(bit);
    (0..128).map(|a| near(a).fold(0, |all, bit| all | bit)).collect()
});

/// What it costs to write one sound for another, in a table.
static EXCHANGE: LazyLock<Vec<f32>> = LazyLock::new(|| {
    let sounds = 0..128_u8;
    sounds.clone().flat_map(|a| sounds.clone().map(move |b| exchange(a, b))).collect()
});

/// Words of more sounds are compared in full.
const SOUNDS: usize = 31;

/// Whether [`distance`] may be `limit` or less: `false` as soon as all ways cost more.
fn within(a: &[u8], b: &[u8], limit: f32) -> bool {
    if b.len() > SOUNDS {
        return true;
    }
    let mut row = [0.0_f32; SOUNDS + 1];
    let mut sum = 0.0;
    for (cell, sound) in row.iter_mut().skip(1).zip(b) {
        sum += omission(*sound);
        *cell = sum;
    }
    let table = EXCHANGE.as_slice();
    for x in a {
        let Some((first, rest)) = row.split_first_mut() else { return true };
        let costs = table.get(usize::from(*x) * 128..).unwrap_or_default();
        let mut corner = *first;
        *first += omission(*x);
        let (mut left, mut least) = (*first, *first);
        for (y, cell) in b.iter().zip(rest) {
            let exchanged = corner + costs.get(usize::from(*y)).copied().unwrap_or_default();
            corner = *cell;
            left = exchanged.min(corner + omission(*x)).min(left + omission(*y));
            *cell = left;
            least = least.min(left);
        }
        if least > limit + 0.001 {
            return false;
        }
    }
    true
}

/// The least cost of making one word of the other.
fn distance(a: &[u8], b: &[u8]) -> f32 {
    let mut row = vec![0.0_f32];
    for sound in b {
        row.push(row.last().copied().unwrap_or_default() + omission(*sound));
    }
    for x in a {
        let mut next = Vec::with_capacity(row.len());
        next.push(row.first().copied().unwrap_or_default() + omission(*x));
        for (y, corner) in b.iter().zip(row.windows(2)) {
            let [diagonal, above] = corner else { continue };
            let left = next.last().copied().unwrap_or_default();
            let exchanged = diagonal + exchange(*x, *y);
            next.push(exchanged.min(above + omission(*x)).min(left + omission(*y)));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: &str, b: &str) -> f32 {
        Sounds::of(a).likeness(&Sounds::of(b))
    }

    #[test]
    fn spellings_of_one_sound_cost_little() {
        for (a, b) in [
            ("gaddafi", "kadhafi"),
            ("sinwar", "sinouar"),
            ("qaddour", "kadour"),
            ("sheikh", "cheikh"),
        ] {
            assert!(likeness(a, b) > 0.85, "{a} / {b}: {}", likeness(a, b));
            assert!(Sounds::of(a).may_be(&Sounds::of(b)));
        }
        assert!(
            likeness("keita", "toure") < 0.3 && !Sounds::of("keita").may_be(&Sounds::of("toure"))
        );
    }

    #[test]
    fn short_words_are_forgiven_no_consonant() {
        assert!(likeness("shwe", "swe") <= 0.5 && likeness("zia", "shah") <= 0.5);
        assert!(likeness("saad", "sad") > 0.99);
    }

    #[test]
    fn an_initial_is_like_what_it_begins() {
        assert!(likeness("m", "mohammed") > 0.85 && likeness("m", "ahmed") < 0.01);
    }

    #[test]
    fn words_without_sounds_are_like_nothing() {
        assert!(likeness("", "ali") < 0.01 && likeness("محمد", "ali") < 0.01);
    }
}
