//! What the program's registry knows of a name already.

use averment_types::{ActorKind, CountryCode, TextRange};

use crate::lexicon::{Classes, Found, Meaning};
use crate::token::{Token, tokens};
use crate::{Actor, AliasStrength, Registry};

/// Look-up of whole names in a registry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Known<'r>(pub(super) &'r Registry);

impl<'r> Known<'r> {
    /// The one actor that has this name by itself.
    pub(super) fn actor(self, name: &str) -> Option<&'r Actor> {
        let found = self.whole(name)?;
        let mut all = found.meanings.iter().filter_map(|m| match m {
            Meaning::Alias(actor, alias) => {
                let actor = self.0.actor_at(*actor)?;
                let alias = actor.aliases.get(usize::try_from(*alias).ok()?)?;
                (alias.strength != AliasStrength::Weak).then_some(actor)
            }
            _ => None,
        });
        let first = all.next()?;
        all.all(|other| other.id == first.id).then_some(first)
    }

    /// The actor of this name, where an entry of that kind and country may be the same.
    pub(super) fn same(
        self,
        name: &str,
        kind: ActorKind,
        country: Option<&CountryCode>,
    ) -> Option<&'r Actor> {
        let actor = self.actor(name)?;
        let persons = (actor.kind == ActorKind::Person) == (kind == ActorKind::Person);
        let here = |c: &CountryCode| {
            (actor.country.is_none() && actor.active_in.is_empty())
                || actor.country.iter().chain(&actor.active_in).any(|of| of == c)
        };
        (persons && country.is_none_or(here)).then_some(actor)
    }

    /// The one actor that all names of an entry that the registry has agree on.
    pub(super) fn same_by_any<'n>(
        self,
        names: impl Iterator<Item = &'n str>,
        kind: ActorKind,
        country: Option<&CountryCode>,
    ) -> Option<&'r Actor> {
        let bare = |name: &'n str| name.strip_prefix("The ").unwrap_or(name);
        let mut found = names.filter_map(|name| self.same(bare(name), kind, country));
        let first = found.next()?;
        found.all(|other| other.id == first.id).then_some(first)
    }

    /// Whether the registry holds the name to be one that several bear, or a word.
    pub(super) fn is_weak(self, name: &str) -> bool {
        let weak = |m: &Meaning| match m {
            Meaning::Alias(actor, alias) => {
                let actor = self.0.actor_at(*actor);
                let alias = actor.and_then(|a| a.aliases.get(usize::try_from(*alias).ok()?));
                alias.is_some_and(|a| a.strength == AliasStrength::Weak)
            }
            _ => false,
        };
        self.is_word(name)
            && self.whole(name).is_none_or(|found| {
                let alias = |m: &Meaning| matches!(m, Meaning::Alias(..));
                found.meanings.iter().any(weak) || !found.meanings.iter().any(alias)
            })
    }

    /// Whether the words are a country's name, adjective or people.
    pub(super) fn is_country(self, name: &str) -> bool {
        let country = |m: &Meaning| matches!(m, Meaning::Country(..));
        self.whole(name).is_some_and(|found| found.meanings.iter().any(country))
    }

    /// The code of the country with this name.
    pub(super) fn country(self, name: &str) -> Option<CountryCode> {
        let found = self.whole(name)?;
        let country = found.meanings.iter().find_map(|m| match m {
            Meaning::Country(at, _) => self.0.countries.get(usize::try_from(*at).ok()?),
            _ => None,
        });
        country.map(|c| c.code.clone())
    }

    /// Whether the words have a use of their own: a head, a reference, a title, a small word.
    pub(super) fn is_word(self, phrase: &str) -> bool {
        let words = self.words(phrase);
        let single = matches!(words.as_slice(), [one] if self.0.lexicon.classes_of(one) != Classes::default());
        single || self.whole(phrase).is_some()
    }

    /// Whether a name's words speak of an organisation or a thing, not of a person.
    pub(super) fn is_no_person(self, name: &str) -> bool {
        let words = self.words(name);
        (0..words.len()).any(|at| {
            let rest = words.get(at..).unwrap_or_default();
            let place =
                rest.first().is_some_and(|t| self.0.lexicon.classes_of(t).has(Classes::PLACE));
            let noun = |m: &Meaning| {
                matches!(m, Meaning::Organisation(_) | Meaning::Head(..) | Meaning::Reference(..))
            };
            place
                || self.0.lexicon.at(name, rest, false).iter().any(|f| f.meanings.iter().any(noun))
        })
    }

    /// Whether the first word is a given name, titles left aside.
    pub(super) fn begins_given(self, name: &str) -> bool {
        let words = self.words(name);
        let class = |t: &Token| self.0.lexicon.classes_of(t);
        let first =
            words.iter().find(|t| !class(t).has(Classes::TITLE) || class(t).has(Classes::GIVEN));
        words.len() > 1 && first.is_some_and(|t| class(t).has(Classes::GIVEN))
    }

    /// The name without titles before it.
    pub(super) fn untitled(self, name: &str) -> &str {
        let words = self.words(name);
        let class = |t: &Token| self.0.lexicon.classes_of(t);
        let first = words
            .iter()
            .position(|t| !class(t).has(Classes::TITLE) || class(t).has(Classes::GIVEN));
        let start = first
            .filter(|at| at + 2 <= words.len())
            .and_then(|at| words.get(at))
            .map_or(0, |t| t.start);
        name.get(start..).unwrap_or(name)
    }

    fn words(self, name: &str) -> Vec<Token> {
        let mut words = TextRange::whole(name).map(|all| tokens(name, all)).unwrap_or_default();
        self.0.lexicon.mark(name, &mut words);
        words
    }

    fn whole(self, name: &str) -> Option<Found> {
        let words = self.words(name);
        let found = self.0.lexicon.at(name, &words, false);
        found.into_iter().find(|f| f.length == words.len())
    }
}
