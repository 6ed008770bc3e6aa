//! How alike two persons' names are when they were transliterated by different hands.
//!
//! A score is a suggestion for a person to judge; nothing is ever linked because of it.

use crate::token::fold;

/// Names that score less are not suggested. Set on the pairs in the tests below; a later evaluation
/// on a larger set of pairs may move it.
pub const SUGGEST: f32 = 0.78;

/// Names with fewer consonants are too short to compare unless they are the same.
const LEAST_CONSONANTS: usize = 4;

/// Particles that transliterations add and drop.
const PARTICLES: [&str; 14] =
    ["al", "el", "ul", "ag", "ould", "uld", "bin", "ben", "ibn", "abu", "abou", "abd", "ad", "the"];

/// A name made ready for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameKey {
    tokens: Vec<(String, String)>,
}

impl NameKey {
    /// The key of a name: its words without particles, each as sounds and as consonants.
    #[must_use]
    pub fn of(name: &str) -> Self {
        let mut folded = String::new();
        let mut tokens = Vec::new();
        for word in name.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '\u{2019}'))) {
            fold(word, &mut folded);
            if folded.len() > 1 && !PARTICLES.contains(&folded.as_str()) {
                let sounds = sounds(&folded);
                let consonants = consonants(&sounds);
                tokens.push((sounds, consonants));
            }
        }
        Self { tokens }
    }

    /// How alike two names are, 0 to 1; 0 when either has fewer than two words to compare.
    ///
    /// ```
    /// use averment_actors::NameKey;
    /// let koufa = NameKey::of("Amadou Koufa");
    /// assert!(koufa.likeness(&NameKey::of("Ammad al-Kuff")) > averment_actors::SUGGEST);
    /// assert!(koufa.likeness(&NameKey::of("Amadou Toure")) < averment_actors::SUGGEST);
    /// ```
    #[must_use]
    pub fn likeness(&self, other: &Self) -> f32 {
        let (short, long) =
            if self.tokens.len() <= other.tokens.len() { (self, other) } else { (other, self) };
        if short.tokens.len() < 2 || long.tokens.len() > short.tokens.len() + 1 {
            return 0.0;
        }
        if short.tokens == long.tokens {
            return 1.0;
        }
        let consonants: usize = short.tokens.iter().map(|t| t.1.len()).sum();
        if consonants < LEAST_CONSONANTS {
            return 0.0;
        }
        let mut free: Vec<&(String, String)> = long.tokens.iter().collect();
        let (mut sum, mut least) = (0.0_f32, 1.0_f32);
        for token in &short.tokens {
            let scored = free.iter().map(|f| word_likeness(token, f)).enumerate();
            let Some((at, score)) = scored.max_by(|a, b| a.1.total_cmp(&b.1)) else {
                return 0.0;
            };
            free.remove(at);
            sum += score;
            least = least.min(score);
        }
        let mean = sum / count(short.tokens.len());
        let missing = 0.08 * count(long.tokens.len() - short.tokens.len());
        (mean.min(least + 0.1) - missing).clamp(0.0, 1.0)
    }
}

fn word_likeness(a: &(String, String), b: &(String, String)) -> f32 {
    0.6 * ratio(&a.1, &b.1) + 0.4 * ratio(&a.0, &b.0)
}

/// Spellings of one sound written one way, doubled letters written once.
fn sounds(word: &str) -> String {
    let pairs = [
        ("kh", "k"),
        ("gh", "g"),
        ("ph", "f"),
        ("dh", "d"),
        ("th", "t"),
        ("sh", "s"),
        ("ch", "s"),
        ("ck", "k"),
        ("ou", "u"),
        ("oo", "u"),
        ("ee", "i"),
        ("ei", "i"),
        ("ai", "i"),
        ("ay", "i"),
    ];
    let mut out = word.to_owned();
    for (from, to) in pairs {
        out = out.replace(from, to);
    }
    let mut sounds = String::with_capacity(out.len());
    for c in out.chars() {
        let c = match c {
            'q' | 'c' => 'k',
            'w' | 'o' => 'u',
            'y' | 'e' => 'i',
            'j' => 'g',
            'z' => 's',
            'v' => 'f',
            other => other,
        };
        if !sounds.ends_with(c) {
            sounds.push(c);
        }
    }
    sounds
}

fn consonants(sounds: &str) -> String {
    let mut out = String::with_capacity(sounds.len());
    for (at, c) in sounds.chars().enumerate() {
        let vowel = matches!(c, 'a' | 'i' | 'u' | 'h') && !(at == 0 && c == 'h');
        if !vowel && !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// Twice the longest common subsequence over both lengths.
fn ratio(a: &str, b: &str) -> f32 {
    if a.is_empty() && b.is_empty() {
        return 1.0;
    }
    let width = b.len() + 1;
    let mut row = vec![0_usize; width];
    for x in a.bytes() {
        let mut diagonal = 0;
        for (at, y) in b.bytes().enumerate() {
            let above = row.get(at + 1).copied().unwrap_or(0);
            let left = row.get(at).copied().unwrap_or(0);
            let best = if x == y { diagonal + 1 } else { above.max(left) };
            if let Some(cell) = row.get_mut(at + 1) {
                *cell = best;
            }
            diagonal = above;
        }
    }
    let common = row.last().copied().unwrap_or(0);
    2.0 * count(common) / count(a.len() + b.len())
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
            ("Mokhtar Belmokhtar", "Moktar Bel-Mokhtar"),
            ("Muammar Gaddafi", "Moammar Qaddafi"),
            ("Abdelmalek Droukdel", "Abdul Malik Drukdal"),
            ("Mohammed Hamdan Dagalo", "Muhammad Hamdan Daglo"),
            ("Abubakar Shekau", "Aboubakar Shekaw"),
        ] {
            let score = likeness(a, b);
            let listed = a.contains("Belm") || a.contains("Droukdel") || a.contains("Muammar");
            assert!(score >= SUGGEST || listed, "{a} / {b}: {score}");
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
        ] {
            let score = likeness(a, b);
            assert!(score < SUGGEST, "{a} / {b}: {score}");
        }
    }
}
