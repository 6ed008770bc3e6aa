//! All persons' names by their sounds, so that a name is compared with few of them.
//!
//! Two names are suggested as one only when each word of the shorter one is much like a word of the other. Words so alike
//! begin with sounds of one group and have the same `m n l r` in the same order, long words but for one of them.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use crate::similar::{NameKey, SUGGEST};
use crate::sounds::{Marks, Sounds};

/// Less alike than this is no word of two names that are suggested as one: at most seven tenths of their
/// likeness are that of their unlikest words, three tenths the mean.
const LEAST: f32 = 0.78;

/// Words whose weights are further apart are not compared: three vowels, or a consonant and a vowel.
const APART: i32 = 3;

/// A name of a person.
#[derive(Debug)]
struct Name {
    actor: u32,
    text: String,
    key: NameKey,
}

/// One way to cut a name into words.
#[derive(Debug)]
struct Form {
    name: u32,
    /// Words that are no initials.
    words: usize,
    initials: usize,
}

/// A word of names, with the forms that have it.
#[derive(Debug)]
struct Word {
    sounds: Sounds,
    forms: Vec<u32>,
}

/// The index.
#[derive(Debug, Default)]
pub(crate) struct People {
    names: Vec<Name>,
    forms: Vec<Form>,
    words: Vec<Word>,
    by_letters: HashMap<Box<[u8]>, u32>,
    by_sound: HashMap<(u8, u32, i32), Vec<(u32, Marks)>>,
}

impl People {
    pub(crate) fn add(&mut self, actor: u32, text: &str) {
        let key = NameKey::of(text);
        let name = number(self.names.len());
        for words in key.forms() {
            let form = number(self.forms.len());
            let initials = words.iter().filter(|w| w.is_initial()).count();
            self.forms.push(Form { name, words: words.len() - initials, initials });
            for word in words.iter().filter(|w| !w.is_initial()) {
                let at = self.word(word);
                if let Some(word) = self.words.get_mut(at as usize)
                    && word.forms.last() != Some(&form)
                {
                    word.forms.push(form);
                }
            }
        }
        self.names.push(Name { actor, text: text.to_owned(), key });
    }

    fn word(&mut self, sounds: &Sounds) -> u32 {
        if let Some(at) = self.by_letters.get(sounds.letters()) {
            return *at;
        }
        let at = number(self.words.len());
        self.by_letters.insert(sounds.letters().into(), at);
        for entry in entries(sounds, 0..=0) {
            self.by_sound.entry(entry).or_default().push((at, sounds.marks()));
        }
        self.words.push(Word { sounds: sounds.clone(), forms: Vec::new() });
        at
    }

    /// The persons whose names are like `name`, each with the likeness of the likest and that name; the likest
    /// person first.
    pub(crate) fn like(&self, name: &str) -> Vec<(f32, u32, &str)> {
        let key = NameKey::of(name);
        let mut near: Vec<u32> = key.forms().flat_map(|words| self.near(words)).collect();
        near.sort_unstable();
        near.dedup();
        let mut found: Vec<(f32, u32, &str)> = near
            .iter()
            .filter_map(|at| self.names.get(*at as usize))
            .map(|name| (key.likeness(&name.key), name.actor, name.text.as_str()))
            .filter(|(score, ..)| *score >= SUGGEST)
            .collect();
        // The last of a person's likest names stands for the person.
        found.reverse();
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut seen: Vec<u32> = Vec::new();
        found.retain(|(_, actor, _)| {
            let new = !seen.contains(actor);
            seen.push(*actor);
            new
        });
        found
    }

    /// Names with enough words that may be one of `words` each.
    fn near(&self, words: &[Sounds]) -> Vec<u32> {
        let initials = words.iter().filter(|w| w.is_initial()).count();
        let mut hits: Vec<(u32, usize)> = Vec::new();
        for (at, word) in words.iter().enumerate().filter(|(_, w)| !w.is_initial()) {
            let marks = word.marks();
            let lists = entries(word, -APART..=APART).filter_map(|entry| self.by_sound.get(&entry));
            let same = lists.flatten().filter(|(_, other)| marks.may_be_like(*other));
            let mut same: Vec<u32> = same.map(|(at, _)| *at).collect();
            same.sort_unstable();
            same.dedup();
            let same = same.iter().filter_map(|w| self.words.get(*w as usize));
            let same = same.filter(|w| w.sounds.may_be_like(word, LEAST));
            hits.extend(same.flat_map(|w| w.forms.iter().map(move |form| (*form, at))));
        }
        hits.sort_unstable();
        hits.dedup();
        let spelt = words.len() - initials;
        let enough = |hits: &[(u32, usize)]| {
            let form = self.forms.get(hits.first()?.0 as usize)?;
            let enough = hits.len() + form.initials >= spelt || hits.len() + initials >= form.words;
            enough.then_some(form.name)
        };
        hits.chunk_by(|a, b| a.0 == b.0).filter_map(enough).collect()
    }
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Under what a word stands in the index, and words that are heavier or lighter by `apart` vowels.
fn entries(word: &Sounds, apart: RangeInclusive<i32>) -> impl Iterator<Item = (u8, u32, i32)> + '_ {
    let liquids = word.liquids();
    let starts = (0..8).map(|bit| 1 << bit).filter(|bit| word.starts() & bit != 0);
    starts.flat_map(move |start| {
        let apart = apart.clone();
        let weights = move |l| apart.clone().map(move |a| (start, l, word.half_weight() + a));
        liquids.clone().into_iter().flat_map(weights)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [&str; 14] = [
        "Amadou Koufa",
        "Ammad al-Kuff",
        "Abdelmalek Droukdel",
        "Abdul Malik Drukdal",
        "Mohammed Hamdan Dagalo",
        "Muhammad Hamdan Daglo",
        "M. Dahlan",
        "Mohammed Dahlan",
        "Kim Jong Un",
        "Un Kim Jong",
        "Ata Ullah Khan",
        "Ataullah Khan",
        "Abdurrahman al-Qahtani",
        "Abdul Rahman Kahtany",
    ];

    #[test]
    fn the_index_finds_what_comparing_all_finds() {
        let mut people = People::default();
        for (at, name) in (0..).zip(NAMES) {
            people.add(at, name);
        }
        for name in NAMES {
            let key = NameKey::of(name);
            let all =
                (0_u32..).zip(NAMES).filter(|(_, n)| key.likeness(&NameKey::of(n)) >= SUGGEST);
            let mut found: Vec<u32> = people.like(name).iter().map(|f| f.1).collect();
            found.sort_unstable();
            assert_eq!(found, all.map(|(at, _)| at).collect::<Vec<_>>(), "{name}");
        }
    }
}
