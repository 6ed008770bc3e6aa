//! The shape of the registry's TOML files, read strictly; errors name file and line.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use averment_types::{ActorId, ActorKind, ActorRef, CountryCode, LanguageCode};
use serde::Deserialize;
use toml::Spanned;

use crate::discard::Discards;
use crate::error::Lines;
use crate::more::{More, RawMore};
use crate::{Actor, ActorsError, Alias, AliasStrength, ParentLink, PartialDate, Tie};

/// A file of the registry.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegistryFile {
    #[serde(default)]
    pub(crate) version: Option<String>,
    #[serde(default)]
    actor: Vec<RawActor>,
    #[serde(default)]
    pub(crate) head: Vec<Head>,
    #[serde(default)]
    pub(crate) reference: Vec<ReferenceNoun>,
    #[serde(default)]
    pub(crate) organisation: Vec<OrganisationNouns>,
    #[serde(default)]
    pub(crate) words: Words,
    #[serde(default)]
    more: Vec<RawMore>,
    #[serde(default)]
    pub(crate) discards: Discards,
}

/// The head nouns of one generic actor.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches of the data format")]
pub(crate) struct Head {
    /// The class in the id: `generic:gunmen`.
    pub(crate) id: String,
    /// The class in words.
    pub(crate) name: String,
    pub(crate) kind: ActorKind,
    #[serde(default)]
    pub(crate) singular: Vec<String>,
    #[serde(default)]
    pub(crate) plural: Vec<String>,
    /// Plurals that may stand before another head.
    #[serde(default)]
    pub(crate) attributive: Vec<String>,
    /// Words that stand before an act for who does it: "*rebel* shelling".
    #[serde(default)]
    pub(crate) describing: Vec<String>,
    /// Takes kind and class from the noun before it.
    #[serde(default)]
    pub(crate) neutral: bool,
    /// Stands for the group named after "of".
    #[serde(default)]
    pub(crate) member: bool,
    /// Stands before a person's name.
    #[serde(default)]
    pub(crate) title: bool,
    /// Whether it means an actor without a noun or name beside it.
    #[serde(default = "yes")]
    pub(crate) bare: bool,
}

impl Head {
    /// The actor of whom no more is known than this class.
    pub(crate) fn to_ref(&self) -> ActorRef {
        ActorRef {
            id: ActorId::new(&format!("generic:{}", self.id)),
            name: self.name.clone(),
            kind: self.kind,
            country: None,
        }
    }

    /// Takes the words of another head of the same class.
    pub(crate) fn extend(&mut self, other: Self) {
        self.singular.extend(other.singular);
        self.plural.extend(other.plural);
        self.attributive.extend(other.attributive);
        self.describing.extend(other.describing);
    }
}

const fn yes() -> bool {
    true
}

/// Nouns that refer back to actors of some kinds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReferenceNoun {
    pub(crate) id: String,
    pub(crate) kinds: Vec<ActorKind>,
    pub(crate) singular: Vec<String>,
    #[serde(default)]
    pub(crate) plural: Vec<String>,
}

/// Nouns in the names of organisations.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct OrganisationNouns {
    pub(crate) kind: ActorKind,
    pub(crate) words: Vec<String>,
}

/// Word lists, separated by white space.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Words {
    pub(crate) definite: String,
    pub(crate) indefinite: String,
    pub(crate) number: String,
    /// Phrases.
    pub(crate) quantity: Vec<String>,
    pub(crate) modifier: String,
    pub(crate) title: String,
    pub(crate) particle: String,
    /// Small words inside names that are no sign of a person: "de".
    pub(crate) joiner: String,
    pub(crate) common: String,
    pub(crate) calendar: String,
    pub(crate) place: String,
    pub(crate) speech: String,
    pub(crate) linked: String,
    pub(crate) led: String,
    pub(crate) role: String,
    pub(crate) given: String,
    /// Modifiers that make neutral heads an armed group.
    pub(crate) armed: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawActor {
    id: Spanned<String>,
    name: String,
    kind: ActorKind,
    country: Option<Spanned<String>>,
    #[serde(default)]
    active_in: Vec<Spanned<String>>,
    #[serde(default)]
    aliases: Vec<Spanned<String>>,
    #[serde(default)]
    acronyms: Vec<Spanned<String>>,
    #[serde(default)]
    weak: Vec<Spanned<String>>,
    #[serde(default)]
    names: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    #[serde(default)]
    context: Vec<String>,
    founded: Option<Spanned<String>>,
    dissolved: Option<Spanned<String>>,
    ucdp: Option<NonZeroU32>,
    #[serde(default)]
    parents: Vec<RawParent>,
    #[serde(default)]
    allies: Vec<Spanned<String>>,
    #[serde(default)]
    rivals: Vec<Spanned<String>>,
    role: Option<String>,
    #[serde(default)]
    note: String,
    #[serde(default)]
    source: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawParent {
    id: Spanned<String>,
    tie: Tie,
    since: Option<Spanned<String>>,
    until: Option<Spanned<String>>,
    #[serde(default)]
    reason: String,
}

/// Names by how far they can be trusted, as a file has them.
pub(crate) struct Names<'a> {
    pub(crate) aliases: &'a [Spanned<String>],
    pub(crate) acronyms: &'a [Spanned<String>],
    pub(crate) weak: &'a [Spanned<String>],
    pub(crate) foreign: &'a BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
}

/// A mention of an actor's id inside a file, to be checked once all files are read.
#[derive(Debug)]
pub(crate) struct Pointer {
    pub(crate) file: String,
    pub(crate) line: usize,
    pub(crate) id: ActorId,
}

/// A file's text under its name, for errors.
#[derive(Clone, Copy)]
pub(crate) struct Source<'a> {
    pub(crate) name: &'a str,
    pub(crate) lines: &'a Lines,
}

/// What a file gives.
pub(crate) struct Parsed {
    pub(crate) file: RegistryFile,
    /// Actors with the line of each.
    pub(crate) actors: Vec<(Actor, usize)>,
    /// What the file adds to actors that stand elsewhere.
    pub(crate) more: Vec<More>,
    /// Ids that must exist.
    pub(crate) pointers: Vec<Pointer>,
}

/// Reads the file called `name`.
pub(crate) fn parse(name: &str, text: &str) -> Result<Parsed, ActorsError> {
    let lines = &Lines::of(text);
    let source = Source { name, lines };
    let mut file: RegistryFile = toml::from_str(text).map_err(|e| source.syntax(&e))?;
    let mut pointers = Vec::new();
    let raw = std::mem::take(&mut file.actor);
    let actors = raw.into_iter().map(|actor| {
        let line = lines.at(actor.id.span().start);
        source.actor(actor, &mut pointers).map(|a| (a, line))
    });
    let actors = actors.collect::<Result<_, _>>()?;
    let more = std::mem::take(&mut file.more).into_iter();
    let more = more.map(|raw| source.more(raw, &mut pointers)).collect::<Result<_, _>>()?;
    Ok(Parsed { file, actors, more, pointers })
}

impl Source<'_> {
    fn syntax(self, error: &toml::de::Error) -> ActorsError {
        let line = error.span().map_or(1, |s| self.lines.at(s.start));
        let message = error.message().replace('\n', ", ");
        let (what, expected) = match message.split_once(", expected ") {
            Some((what, expected)) => (what.to_owned(), expected.to_owned()),
            None => (message, "a field or table of the registry's format".to_owned()),
        };
        ActorsError::Syntax { file: self.name.to_owned(), line, what, expected }
    }

    pub(crate) fn invalid<T>(self, at: &Spanned<T>, what: &str, expected: &str) -> ActorsError {
        ActorsError::Invalid {
            file: self.name.to_owned(),
            line: self.lines.at(at.span().start),
            what: what.to_owned(),
            expected: expected.to_owned(),
        }
    }

    fn actor(self, raw: RawActor, pointers: &mut Vec<Pointer>) -> Result<Actor, ActorsError> {
        let id = self.id(&raw.id)?;
        let aliases = self.aliases(&Names {
            aliases: &raw.aliases,
            acronyms: &raw.acronyms,
            weak: &raw.weak,
            foreign: &raw.names,
        })?;
        if aliases.is_empty() {
            return Err(self.invalid(
                &raw.id,
                "an actor without any alias",
                "`aliases`, `acronyms` or `weak`",
            ));
        }
        let founded = self.date(raw.founded.as_ref())?;
        let dissolved = self.date(raw.dissolved.as_ref())?;
        if let (Some(start), Some(end), Some(at)) = (founded, dissolved, raw.dissolved.as_ref())
            && end.last() < start.first()
        {
            return Err(self.invalid(at, "dissolved before it was founded", "a later date"));
        }
        let country = raw.country.as_ref().map(|c| self.country(c)).transpose()?;
        let active_in = raw.active_in.iter().map(|c| self.country(c));
        Ok(Actor {
            id,
            name: raw.name,
            kind: raw.kind,
            country,
            active_in: active_in.collect::<Result<_, _>>()?,
            aliases,
            context: raw.context.iter().map(|w| w.to_lowercase()).collect(),
            founded,
            dissolved,
            ucdp: raw.ucdp,
            parents: self.parents(raw.id.get_ref(), raw.parents, pointers)?,
            allies: self.point(&raw.allies, pointers),
            rivals: self.point(&raw.rivals, pointers),
            role: raw.role,
            note: raw.note,
            source: raw.source,
        })
    }

    fn id(self, raw: &Spanned<String>) -> Result<ActorId, ActorsError> {
        let text = raw.get_ref();
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if text.is_empty() || !text.bytes().all(plain) {
            return Err(self.invalid(
                raw,
                "a bad actor id",
                "lower-case letters, digits and hyphens",
            ));
        }
        Ok(ActorId::new(text))
    }

    fn country(self, raw: &Spanned<String>) -> Result<CountryCode, ActorsError> {
        let code = CountryCode::parse(raw.get_ref());
        code.map_err(|_| self.invalid(raw, "a bad country code", "two letters of ISO 3166-1"))
    }

    fn date(self, raw: Option<&Spanned<String>>) -> Result<Option<PartialDate>, ActorsError> {
        let Some(raw) = raw else { return Ok(None) };
        let expected = "a year, month or day such as \"2017\", \"2017-03\" or \"2017-03-02\"";
        let date = PartialDate::parse(raw.get_ref());
        date.map(Some).ok_or_else(|| self.invalid(raw, "a bad date", expected))
    }

    pub(crate) fn aliases(self, raw: &Names<'_>) -> Result<Vec<Alias>, ActorsError> {
        let groups = [
            (raw.aliases, AliasStrength::Name),
            (raw.acronyms, AliasStrength::Acronym),
            (raw.weak, AliasStrength::Weak),
        ];
        let mut out = Vec::new();
        for (texts, strength) in groups {
            for text in texts {
                out.push(self.alias(text, None, strength)?);
            }
        }
        for (language, texts) in raw.foreign {
            let code = LanguageCode::parse(language.get_ref());
            let code = code.map_err(|_| {
                self.invalid(language, "a bad language code", "two letters of ISO 639-1")
            })?;
            for text in texts {
                out.push(self.alias(text, Some(code.clone()), AliasStrength::Name)?);
            }
        }
        Ok(out)
    }

    pub(crate) fn alias(
        self,
        raw: &Spanned<String>,
        language: Option<LanguageCode>,
        strength: AliasStrength,
    ) -> Result<Alias, ActorsError> {
        let text = raw.get_ref().trim();
        if !text.chars().any(char::is_alphanumeric) {
            return Err(self.invalid(raw, "an alias without letters", "the words of a name"));
        }
        Ok(Alias { text: text.to_owned(), language, strength })
    }

    pub(crate) fn parents(
        self,
        of: &str,
        raw: Vec<RawParent>,
        pointers: &mut Vec<Pointer>,
    ) -> Result<Vec<ParentLink>, ActorsError> {
        let mut out = Vec::new();
        for link in raw {
            let since = self.date(link.since.as_ref())?;
            let until = self.date(link.until.as_ref())?;
            if let (Some(s), Some(u), Some(at)) = (since, until, link.until.as_ref())
                && u.last() < s.first()
            {
                return Err(self.invalid(at, "a tie that ends before it begins", "a later date"));
            }
            if link.id.get_ref() == of {
                return Err(self.invalid(&link.id, "a tie to itself", "the id of another actor"));
            }
            let parent = ActorId::new(link.id.get_ref());
            self.point(std::slice::from_ref(&link.id), pointers);
            out.push(ParentLink { parent, tie: link.tie, since, until, reason: link.reason });
        }
        Ok(out)
    }

    pub(crate) fn point(
        self,
        ids: &[Spanned<String>],
        pointers: &mut Vec<Pointer>,
    ) -> Vec<ActorId> {
        let mut out = Vec::with_capacity(ids.len());
        for raw in ids {
            let id = ActorId::new(raw.get_ref());
            let line = self.lines.at(raw.span().start);
            pointers.push(Pointer { file: self.name.to_owned(), line, id: id.clone() });
            out.push(id);
        }
        out
    }
}
