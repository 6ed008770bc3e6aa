//! Texts that copy each other: `MinHash` over runs of four words, with LSH bands to find candidates; shared
//! passages as ranges.
//!
//! A. Broder, "On the resemblance and containment of documents" (1997). A text that is a part of a longer one
//! counts as its copy, as outlets cut wire copy from below.

use averment_types::TextRange;
use serde::{Deserialize, Serialize};

use crate::hash::{ByHash, join, mix, short};
use crate::words::{Word, words};

/// Words a shingle.
const SHINGLE: usize = 4;
/// Hash functions; [`BANDS`] times [`ROWS`].
const WIDTH: usize = 63;
const BANDS: usize = 21;
/// Three rows: two texts that share half of their shingles meet in some band 94 times of 100, a fifth: 15.
const ROWS: usize = 3;
/// From this resemblance on, in percent, two texts are copies. Light editing (a word in ten changed) leaves about 50.
const COPY: u32 = 40;
/// From this share of the shorter text on, in percent, it is a copy of a part of the longer one.
const CONTAINED: u32 = 65;
/// A text with fewer shingles is too short to be told a copy.
const LEAST: u32 = 12;

/// The signature of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(Vec<u32>, u32)", into = "(Vec<u32>, u32)")]
pub(crate) struct Signature {
    least: Box<[u32; WIDTH]>,
    shingles: u32,
}

impl Signature {
    /// The signature of these words.
    pub(crate) fn of(words: &[Word]) -> Self {
        let mut least = Box::new([u32::MAX; WIDTH]);
        let mut shingles = 0;
        for window in words.windows(SHINGLE) {
            shingles += 1;
            let hash = shingle(window);
            for (salt, slot) in (1_u64..).zip(least.iter_mut()) {
                let value = short(mix(hash ^ salt.wrapping_mul(0x9e37_79b9_7f4a_7c15)));
                *slot = (*slot).min(value);
            }
        }
        Self { least, shingles }
    }

    /// A key for each band; two texts that share one are candidates. None for a text that is too short.
    pub(crate) fn bands(&self) -> impl Iterator<Item = u64> {
        let enough = if self.shingles >= LEAST { BANDS } else { 0 };
        self.least.chunks(ROWS).zip(0_u64..).take(enough).map(|(rows, band)| {
            rows.iter().fold(mix(band.wrapping_add(77)), |h, row| join(&[h, u64::from(*row)]))
        })
    }

    /// Share of the shingles of both that both have, in percent.
    pub(crate) fn resemblance(&self, other: &Self) -> u32 {
        let same = self.least.iter().zip(other.least.iter()).filter(|(a, b)| a == b).count();
        u32::try_from(same * 100 / WIDTH).unwrap_or(0)
    }

    /// Whether one is a copy of the other or of a part of it.
    pub(crate) fn is_copy(&self, other: &Self) -> bool {
        let fewer = self.shingles.min(other.shingles);
        if fewer < LEAST {
            return false;
        }
        let resemblance = self.resemblance(other);
        let both = u64::from(self.shingles) + u64::from(other.shingles);
        let shared = u64::from(resemblance) * both / (100 + u64::from(resemblance));
        let contained = shared * 100 / (u64::from(fewer) * 100 / 100).max(1);
        resemblance >= COPY || (contained >= u64::from(CONTAINED) && resemblance >= 12)
    }
}

impl From<Signature> for (Vec<u32>, u32) {
    fn from(signature: Signature) -> Self {
        (signature.least.to_vec(), signature.shingles)
    }
}

impl TryFrom<(Vec<u32>, u32)> for Signature {
    type Error = &'static str;

    fn try_from((least, shingles): (Vec<u32>, u32)) -> Result<Self, Self::Error> {
        let least = least.try_into().map_err(|_| "a signature of another length")?;
        Ok(Self { least, shingles })
    }
}

fn shingle(window: &[Word]) -> u64 {
    window.iter().fold(0x5bd1_e995, |h, word| mix(h ^ u64::from(word.hash)).rotate_left(9))
}

/// A stretch of words that two texts share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SharedPassage {
    /// Where it is in the first text.
    pub a: TextRange,
    /// Where it is in the second.
    pub b: TextRange,
    /// Its length in words.
    pub words: usize,
}

/// The stretches of `least` words and more (four at the least) that two texts share, in the order of the first text,
/// not overlapping in it. Capitals, accents and marks between words do not matter.
///
/// ```
/// use averment_corroborate::shared_passages;
/// let a = "On Monday gunmen stormed the village market at dawn, officials said.";
/// let b = "Reports say that gunmen stormed the village market at dawn and left.";
/// let shared = shared_passages(a, b, 5);
/// assert_eq!(shared[0].a.slice(a), Some("gunmen stormed the village market at dawn"));
/// ```
#[must_use]
pub fn shared_passages(a: &str, b: &str, least: usize) -> Vec<SharedPassage> {
    let least = least.max(SHINGLE);
    let (left, right) = (words(a), words(b));
    let mut places: ByHash<u64, Vec<usize>> = ByHash::default();
    for (at, window) in right.windows(SHINGLE).enumerate() {
        places.entry(shingle(window)).or_default().push(at);
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(window) = left.get(at..at + SHINGLE) {
        let starts = places.get(&shingle(window)).map_or(&[][..], Vec::as_slice);
        let longest = starts
            .iter()
            .map(|s| (run(&left, at, &right, *s), *s))
            .max_by_key(|(n, s)| (*n, std::cmp::Reverse(*s)));
        match longest {
            Some((n, start)) if n >= least => {
                found.extend(passage(&left, at, &right, start, n));
                at += n;
            }
            _ => at += 1,
        }
    }
    found
}

/// How many words from `i` of the one and `j` of the other are the same.
fn run(left: &[Word], i: usize, right: &[Word], j: usize) -> usize {
    let (left, right) = (left.iter().skip(i), right.iter().skip(j));
    left.zip(right).take_while(|(a, b)| a.hash == b.hash).count()
}

fn passage(left: &[Word], i: usize, right: &[Word], j: usize, n: usize) -> Option<SharedPassage> {
    let range = |words: &[Word], at: usize| {
        let (first, last) = (words.get(at)?, words.get(at + n - 1)?);
        TextRange::new(first.start, last.end).ok()
    };
    Some(SharedPassage { a: range(left, i)?, b: range(right, j)?, words: n })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Gunmen on motorcycles attacked the market of a village in the east of the country on Saturday, \
        killing at least twelve traders and burning stalls, the mayor said. Soldiers arrived two hours later and found \
        the road mined. The wounded were taken to the hospital of the regional capital by boat, a nurse said.";

    fn signature(text: &str) -> Signature {
        Signature::of(&words(text))
    }

    #[test]
    fn an_edited_and_a_cut_text_are_copies() {
        let edited =
            TEXT.replace("twelve traders", "12 sellers").replace("two hours later", "later");
        assert!(signature(TEXT).is_copy(&signature(&edited)));
        let cut = TEXT.split(" Soldiers").next().unwrap();
        assert!(signature(TEXT).is_copy(&signature(cut)));
    }

    #[test]
    fn another_text_on_the_same_event_is_no_copy() {
        let other = "Twelve traders died when armed men raided a village market in the east on Saturday. The mayor said that \
            stalls had been set on fire. According to a nurse the wounded reached the regional capital by boat.";
        assert!(!signature(TEXT).is_copy(&signature(other)));
        assert!(!signature("too short").is_copy(&signature("too short")));
    }

    #[test]
    fn copies_share_a_band() {
        let edited = TEXT.replace("Saturday", "the weekend");
        let (a, b) = (signature(TEXT), signature(&edited));
        let others: Vec<u64> = b.bands().collect();
        assert!(a.bands().any(|band| others.contains(&band)));
    }
}
