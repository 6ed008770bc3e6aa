//! What a text says about where it plays: the countries that it names, the places that go together.
//!
//! Owns the evidence for choosing among namesakes; refuses the choice.

use std::collections::{BTreeMap, BTreeSet};

use averment_types::CountryCode;

use crate::gazetteer::{Entity, Gazetteer};
use crate::named;
use crate::token::Tokens;

/// The countries of a text.
#[derive(Debug, Default)]
pub(crate) struct Context {
    named: BTreeMap<CountryCode, u32>,
    votes: BTreeMap<CountryCode, u32>,
    surnames: BTreeSet<String>,
}

impl Context {
    /// The countries named in `sentences`, by name or demonym, and those that several names share.
    pub(crate) fn of(g: &Gazetteer, sentences: &[Tokens<'_>]) -> Self {
        let mut context = Self::default();
        let mut seen = BTreeSet::new();
        for t in sentences {
            let mut i = 0;
            while i < t.len() {
                let Some(found) = named::at(g, t, i) else {
                    i += 1;
                    continue;
                };
                i = found.end;
                if named::is_surname(g, t, &found) {
                    context.surnames.insert(t.words(found.start, found.end).to_owned());
                } else if let Some(country) = found.country().and_then(|at| g.country_at(at)) {
                    *context.named.entry(country.code.clone()).or_default() += 1;
                } else if !found.lookup.word && seen.insert(t.words(found.start, found.end)) {
                    context.vote(g, &found.lookup.entities);
                }
            }
        }
        context
    }

    fn vote(&mut self, g: &Gazetteer, entities: &[Entity]) {
        let countries: BTreeSet<CountryCode> =
            entities.iter().filter_map(|e| country_of(g, *e)).collect();
        for country in countries {
            *self.votes.entry(country).or_default() += 1;
        }
    }

    /// Whether the text names the country.
    pub(crate) fn names(&self, country: &CountryCode) -> bool {
        self.named.contains_key(country)
    }

    /// Whether the text names any country.
    pub(crate) fn is_placed(&self) -> bool {
        !self.named.is_empty()
    }

    /// Whether the word ends somebody's name elsewhere in the text: "Freire" after "Ramon Freire".
    pub(crate) fn is_surname(&self, word: &str) -> bool {
        self.surnames.contains(word)
    }

    /// The countries that the text names, the most often named first.
    pub(crate) fn countries(&self) -> Vec<CountryCode> {
        let mut all: Vec<(&CountryCode, &u32)> = self.named.iter().collect();
        all.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
        all.into_iter().map(|(code, _)| code.clone()).collect()
    }

    /// How many further names of the text may lie in the country.
    pub(crate) fn company(&self, country: &CountryCode) -> u32 {
        self.votes.get(country).copied().unwrap_or(0).saturating_sub(1)
    }
}

/// The country that an entity lies in.
pub(crate) fn country_of(g: &Gazetteer, entity: Entity) -> Option<CountryCode> {
    match entity {
        Entity::Country(at) | Entity::Demonym(at) => g.country_at(at).map(|c| c.code.clone()),
        Entity::Division(at) => CountryCode::parse(g.division(at)?.country).ok(),
        Entity::Settlement(at) => CountryCode::parse(g.settlement(at)?.country).ok(),
        Entity::Region(_) => None,
    }
}
