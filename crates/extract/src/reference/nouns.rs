//! What nouns and names say by themselves, read from `data/lexicons/references.toml`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::mention::{Gender, Kinds};
use crate::ExtractError;

static REFERENCES: &str = include_str!("../../../../data/lexicons/references.toml");

#[derive(Deserialize)]
struct File {
    nouns: Lists,
    names: Names,
}

#[derive(Deserialize)]
struct Lists {
    person: String,
    person_endings: Vec<String>,
    no_person: String,
    male: String,
    female: String,
    group: String,
    place: String,
    any_group: Vec<AnyGroup>,
    minds: String,
}

#[derive(Deserialize)]
struct AnyGroup {
    nouns: String,
    named: String,
}

#[derive(Deserialize)]
struct Names {
    male: String,
    female: String,
}

type Set = BTreeSet<Box<str>>;

/// The lists.
#[derive(Debug)]
pub(crate) struct Nouns {
    kinds: BTreeMap<Box<str>, Kinds>,
    genders: BTreeMap<Box<str>, Gender>,
    names: BTreeMap<Box<str>, Gender>,
    endings: Vec<String>,
    no_person: BTreeSet<Box<str>>,
    /// Nouns that may refer to a group of any name, or of a name with one of these words.
    any_group: Vec<(Set, Set)>,
    minds: BTreeSet<Box<str>>,
}

fn words(list: &str) -> impl Iterator<Item = Box<str>> {
    list.split_whitespace().map(Box::from)
}

impl Nouns {
    /// Reads the shipped lists.
    pub(crate) fn shipped() -> Result<Self, ExtractError> {
        let file: File = toml::from_str(REFERENCES)
            .map_err(|error| ExtractError::Lexicon { expected: error.message().to_owned() })?;
        let File { nouns, names } = file;
        let mut kinds: BTreeMap<Box<str>, Kinds> = BTreeMap::new();
        let lists = [
            (&nouns.person, Kinds::PERSON),
            (&nouns.group, Kinds::GROUP),
            (&nouns.place, Kinds::PLACE),
        ];
        for (list, kind) in lists {
            for word in words(list) {
                let known = kinds.get(&word).copied();
                kinds.insert(word, known.map_or(kind, |known| known.or(kind)));
            }
        }
        let genders = |male: &str, female: &str| -> BTreeMap<Box<str>, Gender> {
            let male = words(male).map(|word| (word, Gender::Male));
            male.chain(words(female).map(|word| (word, Gender::Female))).collect()
        };
        let any_group = nouns.any_group.iter();
        Ok(Self {
            kinds,
            genders: genders(&nouns.male, &nouns.female),
            names: genders(&names.male, &names.female),
            endings: nouns.person_endings,
            no_person: words(&nouns.no_person).collect(),
            any_group: any_group
                .map(|g| (words(&g.nouns).collect(), words(&g.named).collect()))
                .collect(),
            minds: words(&nouns.minds).collect(),
        })
    }

    /// The shipped lists as text; part of the coder's version.
    pub(crate) const fn source() -> &'static str {
        REFERENCES
    }

    /// What the common noun may stand for, by its lemma.
    pub(crate) fn kinds(&self, lemma: &str) -> Kinds {
        let known = self.kinds.get(lemma).copied();
        known.unwrap_or_else(|| {
            let ends = self.endings.iter().any(|e| lemma.len() > e.len() && lemma.ends_with(&**e));
            if ends && !self.no_person.contains(lemma) { Kinds::PERSON } else { Kinds::THING }
        })
    }

    /// Whether the noun is in one of the lists.
    pub(crate) fn knows(&self, lemma: &str) -> bool {
        self.kinds.contains_key(lemma)
    }

    /// Whether the subject of this verb is somebody.
    pub(crate) fn minds(&self, lemma: &str) -> bool {
        self.minds.contains(lemma)
    }

    /// Whether the noun of one person tells the person's gender.
    pub(crate) fn gender(&self, lemma: &str) -> Option<Gender> {
        self.genders.get(lemma).copied()
    }

    /// Whether a given name tells the person's gender.
    pub(crate) fn gender_of_name(&self, given: &str) -> Option<Gender> {
        self.names.get(given).copied()
    }

    /// Whether the noun says hardly more than that a group is meant: the words one of which stands in the names
    /// of such groups; none where any name fits.
    pub(crate) fn any_group(&self, lemma: &str) -> Option<&BTreeSet<Box<str>>> {
        self.any_group.iter().find(|(nouns, _)| nouns.contains(lemma)).map(|(_, named)| named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_are_persons_groups_places_or_things() {
        let nouns = Nouns::shipped().unwrap();
        assert_eq!(nouns.kinds("violinist"), Kinds::PERSON);
        assert_eq!(nouns.kinds("list"), Kinds::THING);
        assert!(nouns.kinds("army").meets(Kinds::GROUP));
        assert_eq!(nouns.gender("queen"), Some(Gender::Female));
        assert_eq!(nouns.gender_of_name("amadou"), Some(Gender::Male));
        assert!(nouns.any_group("group").is_some_and(BTreeSet::is_empty));
        assert!(nouns.any_group("village").is_none());
    }
}
