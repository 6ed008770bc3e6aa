//! The registry: actors by id, ties between them, and the lexicon made of their names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use averment_types::{ActorId, ActorKind, ActorRef, CountryCode, DateInterval, Digest};
use jiff::civil::Date;

use crate::country::{self, Country, CountryForm};
use crate::discard::DiscardIndex;
use crate::file::{self, Head, Parsed, Pointer, ReferenceNoun, Words};
use crate::lexicon::{Classes, Lexicon, Meaning, Number};
use crate::people::People;
use crate::{Actor, ActorsError, AliasStrength, ParentLink, Tie, date};

/// A tie seen from above: the actor that belongs, and the tie.
pub(crate) type Child = (u32, usize);

/// Actors, generic words and countries, parsed and checked.
#[derive(Debug)]
pub struct Registry {
    pub(crate) actors: Vec<Actor>,
    by_id: BTreeMap<ActorId, u32>,
    children: BTreeMap<ActorId, Vec<Child>>,
    roles: BTreeMap<(String, CountryCode), u32>,
    pub(crate) heads: Vec<Head>,
    pub(crate) references: Vec<ReferenceNoun>,
    pub(crate) countries: Vec<Country>,
    pub(crate) lexicon: Lexicon,
    /// All names of persons, ready for comparison.
    pub(crate) people: People,
    pub(crate) discards: DiscardIndex,
    /// Which actors are of the user's own files; shorter than `actors` where the last ones are not.
    own: Vec<bool>,
    /// What a word that stands before an act says of who does it, by the word in small letters.
    describing: BTreeMap<String, ActorRef>,
    version: String,
    fingerprint: Digest,
}

macro_rules! shipped {
    ($($file:literal),* $(,)?) => {
        &[$(($file, include_str!(concat!("../../../data/actors/", $file)))),*]
    };
}

/// The files that are part of the program.
const SHIPPED: &[(&str, &str)] = shipped![
    "africa-central.toml",
    "africa-horn.toml",
    "africa-north.toml",
    "africa-west.toml",
    "americas-south.toml",
    "americas.toml",
    "asia-south.toml",
    "asia-southeast.toml",
    "demonyms.tsv",
    "europe.toml",
    "generic.toml",
    "international.toml",
    "media.toml",
    "middle-east.toml",
    "persons-africa.toml",
    "persons-middle-east.toml",
    "persons.toml",
    "syria.toml",
];

impl Registry {
    /// The registry that is part of the program.
    ///
    /// ```
    /// use averment_actors::Registry;
    /// use averment_types::ActorId;
    /// let registry = Registry::shipped()?;
    /// assert!(registry.get(&ActorId::new("jnim")).is_some());
    /// # Ok::<(), averment_actors::ActorsError>(())
    /// ```
    ///
    /// # Errors
    /// Never for a released program: a test reads the same files.
    pub fn shipped() -> Result<Self, ActorsError> {
        Self::parse(SHIPPED)
    }

    /// Reads and checks registry files, each with its name: `.tsv` is a table of countries, anything
    /// else TOML (format in `data/actors/README.md`). A later actor replaces an earlier one of the
    /// same id in another file.
    ///
    /// # Errors
    /// [`ActorsError`] with file and line, for the first thing that is wrong.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, ActorsError> {
        Self::layered(files, &[])
    }

    /// The registry of the program with a user's own files over it, each with its name: an actor with
    /// the id of a shipped one takes its place, `[[more]]` adds to one, others stand beside them. Where
    /// a name is a user's and a shipped actor's, both are candidates, the user's first. Word lists and
    /// heads are added to those of the program.
    ///
    /// ```
    /// use averment_actors::Registry;
    /// use averment_types::ActorId;
    /// let own = "[[more]]\nid = \"jnim\"\naliases = [\"Nusrat Front of the Sahel\"]\n";
    /// let registry = Registry::shipped_with(&[("own.toml", own)])?;
    /// let jnim = registry.get(&ActorId::new("jnim")).expect("shipped");
    /// assert!(jnim.aliases.iter().any(|alias| alias.text == "Nusrat Front of the Sahel"));
    /// assert_ne!(registry.fingerprint(), Registry::shipped()?.fingerprint());
    /// # Ok::<(), averment_actors::ActorsError>(())
    /// ```
    ///
    /// # Errors
    /// [`ActorsError`] with file and line, for the first thing that is wrong in the user's files.
    pub fn shipped_with(own: &[(&str, &str)]) -> Result<Self, ActorsError> {
        Self::layered(SHIPPED, own)
    }

    fn layered(files: &[(&str, &str)], own: &[(&str, &str)]) -> Result<Self, ActorsError> {
        let mut registry = Self::empty();
        let mut pointers = Vec::new();
        let mut more = Vec::new();
        let all = files.iter().map(|f| (f, false)).chain(own.iter().map(|f| (f, true)));
        for (&(name, text), own) in all {
            if Path::new(name).extension().is_some_and(|e| e.eq_ignore_ascii_case("tsv")) {
                registry.countries.extend(country::parse(name, text)?);
                continue;
            }
            let mut parsed = file::parse(name, text)?;
            more.append(&mut parsed.more);
            registry.take(name, parsed, own, &mut pointers)?;
        }
        registry.check(pointers)?;
        for more in more {
            let at = registry.by_id.get(&more.id).and_then(|at| usize::try_from(*at).ok());
            if let Some(actor) = at.and_then(|at| registry.actors.get_mut(at)) {
                more.add_to(actor);
            }
        }
        registry.index();
        let all = files.iter().chain(own);
        let contents: Vec<&[u8]> = all.map(|(_, text)| text.as_bytes()).collect();
        registry.fingerprint = Digest::of(&contents);
        Ok(registry)
    }

    fn empty() -> Self {
        Self {
            actors: Vec::new(),
            by_id: BTreeMap::new(),
            children: BTreeMap::new(),
            roles: BTreeMap::new(),
            heads: Vec::new(),
            references: Vec::new(),
            countries: Vec::new(),
            lexicon: Lexicon::default(),
            people: People::default(),
            discards: DiscardIndex::default(),
            own: Vec::new(),
            describing: BTreeMap::new(),
            version: "unversioned".to_owned(),
            fingerprint: Digest::of(&[]),
        }
    }

    fn take(
        &mut self,
        name: &str,
        parsed: Parsed,
        own: bool,
        pointers: &mut Vec<Pointer>,
    ) -> Result<(), ActorsError> {
        let mut here: BTreeSet<ActorId> = BTreeSet::new();
        for (actor, line) in parsed.actors {
            if !here.insert(actor.id.clone()) {
                return Err(ActorsError::Invalid {
                    file: name.to_owned(),
                    line,
                    what: "an actor id that this file has already".to_owned(),
                    expected: "an id of its own for each actor".to_owned(),
                });
            }
            self.put(actor, own);
        }
        pointers.extend(parsed.pointers);
        if let Some(version) = parsed.file.version.filter(|_| !own) {
            self.version = version;
        }
        self.discards.add(&parsed.file.discards);
        for head in parsed.file.head {
            match self.heads.iter_mut().find(|known| known.id == head.id) {
                Some(known) => known.extend(head),
                None => self.heads.push(head),
            }
        }
        self.references.extend(parsed.file.reference);
        for nouns in parsed.file.organisation {
            for word in nouns.words {
                self.lexicon.add(&word, Meaning::Organisation(nouns.kind), false);
            }
        }
        class_words(&mut self.lexicon, &parsed.file.words);
        Ok(())
    }

    fn put(&mut self, actor: Actor, own: bool) {
        let next = u32::try_from(self.actors.len()).unwrap_or(u32::MAX);
        let at = *self.by_id.entry(actor.id.clone()).or_insert(next);
        match self.actors.get_mut(at as usize) {
            Some(old) => *old = actor,
            None => self.actors.push(actor),
        }
        if own {
            self.own.resize(self.actors.len(), false);
            if let Some(mark) = self.own.get_mut(at as usize) {
                *mark = true;
            }
        }
    }

    /// Whether the actor is of the user's own files.
    pub(crate) fn owns(&self, id: &ActorId) -> bool {
        let at = self.by_id.get(id).and_then(|at| self.own.get(*at as usize));
        at.copied().unwrap_or_default()
    }

    fn check(&self, pointers: Vec<Pointer>) -> Result<(), ActorsError> {
        let known =
            |id: &ActorId| self.by_id.contains_key(id) || generic_kind(id, &self.heads).is_some();
        match pointers.into_iter().find(|p| !known(&p.id)) {
            None => Ok(()),
            Some(Pointer { file, line, .. }) => Err(ActorsError::Invalid {
                file,
                line,
                what: "an id that no actor has".to_owned(),
                expected: "the id of an actor of these files, or generic:CLASS:COUNTRY".to_owned(),
            }),
        }
    }

    fn index(&mut self) {
        for own in [true, false] {
            for (at, actor) in (0_u32..).zip(&self.actors) {
                if self.own.get(at as usize).copied().unwrap_or_default() != own {
                    continue;
                }
                for (n, alias) in (0_u32..).zip(&actor.aliases) {
                    let acronym = alias.strength == AliasStrength::Acronym;
                    self.lexicon.add(&alias.text, Meaning::Alias(at, n), acronym);
                }
            }
        }
        for (at, actor) in (0_u32..).zip(&self.actors) {
            for (n, link) in actor.parents.iter().enumerate() {
                self.children.entry(link.parent.clone()).or_default().push((at, n));
            }
            if let (Some(role), Some(country)) = (&actor.role, &actor.country) {
                self.roles.insert((role.clone(), country.clone()), at);
            }
        }
        let persons = (0_u32..).zip(&self.actors).filter(|(_, a)| a.kind == ActorKind::Person);
        for (at, person) in persons {
            person.aliases.iter().for_each(|name| self.people.add(at, &name.text));
        }
        self.index_generic();
        self.index_describing();
    }

    fn index_describing(&mut self) {
        for head in &self.heads {
            for word in &head.describing {
                self.describing.insert(word.to_lowercase(), head.to_ref());
            }
        }
        for country in &self.countries {
            let adjectives = country.words.iter().filter(|(_, f)| *f == CountryForm::Adjective);
            for (word, _) in adjectives {
                self.describing.insert(word.to_lowercase(), state(country));
            }
        }
    }

    fn index_generic(&mut self) {
        for (at, head) in (0_u32..).zip(&self.heads) {
            let lists = [
                (&head.attributive, Number::Attributive),
                (&head.singular, Number::Singular),
                (&head.plural, Number::Plural),
            ];
            for (words, number) in lists {
                for word in words {
                    self.lexicon.add(word, Meaning::Head(at, number), false);
                }
            }
        }
        for (at, noun) in (0_u32..).zip(&self.references) {
            let lists = [(&noun.singular, Number::Singular), (&noun.plural, Number::Plural)];
            for (words, number) in lists {
                for word in words {
                    self.lexicon.add(word, Meaning::Reference(at, number), false);
                }
            }
        }
        for (at, country) in (0_u32..).zip(&self.countries) {
            for (word, form) in &country.words {
                self.lexicon.add(word, Meaning::Country(at, *form), false);
            }
        }
    }

    /// A digest of the data: any change of any file gives another one.
    #[must_use]
    pub const fn fingerprint(&self) -> Digest {
        self.fingerprint
    }

    /// The version of the data.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The actor with this id; `None` for generic ids and unknown ones.
    #[must_use]
    pub fn get(&self, id: &ActorId) -> Option<&Actor> {
        self.by_id.get(id).and_then(|at| self.actors.get(*at as usize))
    }

    /// All actors, in the order of the files.
    pub fn actors(&self) -> impl Iterator<Item = &Actor> {
        self.actors.iter()
    }

    /// Whether the actor is a side of a conflict: state forces, armed groups, coalitions, unnamed
    /// armed people; generic ids count by their class. Media and persons are not; see
    /// [`Registry::affiliation`].
    #[must_use]
    pub fn is_party(&self, id: &ActorId) -> bool {
        let kind = self.get(id).map(|a| a.kind).or_else(|| generic_kind(id, &self.heads));
        kind.is_some_and(ActorKind::is_side)
    }

    /// The party that a medium, wing or person belongs to at some time of `on`; without a date, the
    /// first that the registry names. `None` when there is none, or only generic ones.
    #[must_use]
    pub fn affiliation(&self, id: &ActorId, on: Option<DateInterval>) -> Option<&Actor> {
        let actor = self.get(id)?;
        let depends = matches!(actor.kind, ActorKind::Media | ActorKind::Person | ActorKind::Wing);
        let links = actor.parents.iter().filter(|_| depends);
        let mut links = links.filter(|l| on.is_none_or(|on| date::possible(l.since, l.until, on)));
        links.find_map(|l| self.get(&l.parent).filter(|p| p.kind.is_side()))
    }

    /// The actors that this one belongs to, on a day or ever.
    #[must_use]
    pub fn parents(&self, id: &ActorId, on: Option<Date>) -> Vec<ParentLink> {
        let links = self.get(id).map_or(&[][..], |a| &a.parents);
        let on = on.map(DateInterval::day);
        let valid = |l: &&ParentLink| on.is_none_or(|on| date::possible(l.since, l.until, on));
        links.iter().filter(valid).cloned().collect()
    }

    /// The persons who lead the actor, on a day or ever, each with the tie.
    #[must_use]
    pub fn leaders(&self, id: &ActorId, on: Option<Date>) -> Vec<(&Actor, &ParentLink)> {
        let on = on.map(DateInterval::day);
        let ties = self.children_of(id).filter(|(_, link)| link.tie == Tie::Leads);
        ties.filter(|(_, l)| on.is_none_or(|on| date::possible(l.since, l.until, on))).collect()
    }

    /// A country by one of its names, as an actor: for a country's name where an actor must stand.
    #[must_use]
    pub fn state(&self, name: &str) -> Option<ActorRef> {
        let bears = |c: &&Country| {
            c.words.iter().any(|(word, form)| *form == CountryForm::Name && word == name)
        };
        self.countries.iter().find(bears).map(state)
    }

    /// The state with this country code, as an actor.
    #[must_use]
    pub fn state_of(&self, code: &CountryCode) -> Option<ActorRef> {
        self.countries.iter().find(|country| country.code == *code).map(state)
    }

    /// Whose an act is that the word stands before: the state in "a *Russian* strike", rebels in "*rebel* fire". Country
    /// adjectives and the heads' `describing` words, in any case of letters; `None` for all others.
    ///
    /// ```
    /// use averment_actors::Registry;
    /// let registry = Registry::shipped()?;
    /// let of = |word| registry.describing(word).map(|actor| actor.id.to_string());
    /// assert_eq!(of("Russian").as_deref(), Some("generic:state:RU"));
    /// assert_eq!(of("rebel").as_deref(), Some("generic:rebels"));
    /// assert_eq!(of("heavy"), None);
    /// # Ok::<(), averment_actors::ActorsError>(())
    /// ```
    #[must_use]
    pub fn describing(&self, word: &str) -> Option<&ActorRef> {
        self.describing.get(&word.to_lowercase())
    }

    pub(crate) fn children_of(&self, id: &ActorId) -> impl Iterator<Item = (&Actor, &ParentLink)> {
        let ties = self.children.get(id).map_or(&[][..], Vec::as_slice);
        ties.iter().filter_map(|(at, n)| {
            let actor = self.actors.get(*at as usize)?;
            actor.parents.get(*n).map(|link| (actor, link))
        })
    }

    pub(crate) fn filling(&self, role: &str, country: &CountryCode) -> Option<&Actor> {
        let key = (role.to_owned(), country.clone());
        self.roles.get(&key).and_then(|at| self.actors.get(*at as usize))
    }

    pub(crate) fn actor_at(&self, at: u32) -> Option<&Actor> {
        self.actors.get(at as usize)
    }
}

/// The kind of a generic id: `generic:CLASS` or `generic:CLASS:COUNTRY`.
/// The state that stands for a country.
fn state(country: &Country) -> ActorRef {
    ActorRef {
        id: ActorId::new(&format!("generic:state:{}", country.code)),
        name: country.name.clone(),
        kind: ActorKind::State,
        country: Some(country.code.clone()),
    }
}

fn generic_kind(id: &ActorId, heads: &[Head]) -> Option<ActorKind> {
    let mut parts = id.as_str().split(':');
    if parts.next() != Some("generic") {
        return None;
    }
    let class = parts.next()?;
    if class == "state" {
        return Some(ActorKind::State);
    }
    heads.iter().find(|h| h.id == class).map(|h| h.kind)
}

fn class_words(lexicon: &mut Lexicon, words: &Words) {
    let lists = [
        (&words.definite, Classes::DEFINITE),
        (&words.indefinite, Classes::INDEFINITE),
        (&words.number, Classes::NUMBER),
        (&words.modifier, Classes::MODIFIER),
        (&words.title, Classes::TITLE),
        (&words.particle, Classes::PARTICLE),
        (&words.joiner, Classes::JOINER),
        (&words.common, Classes::COMMON),
        (&words.calendar, Classes::CALENDAR),
        (&words.place, Classes::PLACE),
        (&words.speech, Classes::SPEECH),
        (&words.linked, Classes::LINKED),
        (&words.led, Classes::LED),
        (&words.role, Classes::ROLE),
        (&words.given, Classes::GIVEN),
        (&words.armed, Classes::ARMED),
    ];
    for (list, class) in lists {
        for word in list.split_whitespace() {
            lexicon.class(word, class);
        }
    }
    for phrase in &words.quantity {
        lexicon.class(phrase, Classes::QUANTITY);
    }
}
