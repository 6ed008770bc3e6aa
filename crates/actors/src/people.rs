//! All persons' names by their sounds, so that a name is compared with few of them.
//!
//! Two names are suggested as one only when each word of the shorter one is much like a word of the other. Words so alike
//! begin with sounds of one group and have the same `m n l r` in the same order, long words but for one of them.

use std::collections::HashMap;

use crate::similar::{NameKey, SUGGEST};
use crate::sounds::Sounds;

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
    words: usize,
    initials: usize,
}

/// The index.
#[derive(Debug, Default)]
pub(crate) struct People {
    names: Vec<Name>,
    forms: Vec<Form>,
    by_sound: HashMap<(u8, u32), Vec<u32>>,
}

impl People {
    pub(crate) fn add(&mut self, actor: u32, text: &str) {
        let key = NameKey::of(text);
        let name = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        for words in key.forms() {
            let form = u32::try_from(self.forms.len()).unwrap_or(u32::MAX);
            let initials = words.iter().filter(|w| w.is_initial()).count();
            self.forms.push(Form { name, words: words.len() - initials, initials });
            for entry in entries(words) {
                let forms = self.by_sound.entry(entry).or_default();
                if forms.last() != Some(&form) {
                    forms.push(form);
                }
            }
        }
        self.names.push(Name { actor, text: text.to_owned(), key });
    }

    /// The persons whose names are like `name`, each with the likeness of the likest and that name; the likest
    /// person first.
    pub(crate) fn like(&self, name: &str) -> Vec<(f32, u32, &str)> {
        let key = NameKey::of(name);
        let mut near: Vec<u32> = Vec::new();
        for words in key.forms() {
            self.near(words, &mut near);
        }
        near.sort_unstable();
        near.dedup();
        let mut best: HashMap<u32, (f32, &str)> = HashMap::new();
        for name in near.iter().filter_map(|at| self.names.get(*at as usize)) {
            let score = key.likeness(&name.key);
            let known = best.entry(name.actor).or_insert((score, &name.text));
            if score >= known.0 {
                *known = (score, &name.text);
            }
        }
        let mut found: Vec<(f32, u32, &str)> =
            best.into_iter().map(|(actor, (score, text))| (score, actor, text)).collect();
        found.retain(|(score, ..)| *score >= SUGGEST);
        found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        found
    }

    /// Names with enough words that may be one of `words` each.
    fn near(&self, words: &[Sounds], out: &mut Vec<u32>) {
        let initials = words.iter().filter(|w| w.is_initial()).count();
        let mut hits: HashMap<u32, (usize, usize)> = HashMap::new();
        for (at, word) in words.iter().enumerate() {
            for entry in entries(std::slice::from_ref(word)) {
                for form in self.by_sound.get(&entry).into_iter().flatten() {
                    let (count, last) = hits.entry(*form).or_insert((0, usize::MAX));
                    *count += usize::from(*last != at);
                    *last = at;
                }
            }
        }
        let spelt = words.len() - initials;
        out.extend(hits.into_iter().filter_map(|(form, (count, _))| {
            let form = self.forms.get(form as usize)?;
            let enough = count + form.initials >= spelt || count + initials >= form.words;
            enough.then_some(form.name)
        }));
    }
}

/// Under what the words stand in the index, initials left aside.
fn entries(words: &[Sounds]) -> impl Iterator<Item = (u8, u32)> + '_ {
    words.iter().filter(|word| !word.is_initial()).flat_map(|word| {
        let liquids = word.liquids();
        let starts = (0..8).map(|bit| 1 << bit).filter(|bit| word.starts() & bit != 0);
        starts.flat_map(move |start| liquids.clone().into_iter().map(move |l| (start, l)))
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
