//! Reading a text: sentences, drafts, links, in this order.

use std::collections::BTreeMap;

use averment_types::{CountryCode, DateInterval, TextRange};

use crate::draft::{Draft, Target};
use crate::link::Context;
use crate::person::Persons;
use crate::phrase::Phrases;
use crate::sentence::{Sentence, What};
use crate::{ActorMention, AliasStrength, Registry, acronym, join};

impl Registry {
    /// The mentions of actors in `spans` of `text`: in order, without overlap.
    ///
    /// `spans` are sentences of zones that may be evidence; those that do not fit the text, and
    /// parts that overlap an earlier span, are left out. `on` is the report's date, where known: it
    /// decides between actors of one name and flags actors that did not exist yet.
    #[must_use]
    pub fn read(
        &self,
        text: &str,
        spans: &[TextRange],
        on: Option<DateInterval>,
    ) -> Vec<ActorMention> {
        let mut sentences = sentences(self, text, spans);
        let locals = acronym::definitions(text, &sentences, &self.lexicon);
        for (at, sentence) in sentences.iter_mut().enumerate() {
            sentence.segment(text, at, &self.lexicon, &locals);
        }
        let mut drafts: Vec<Draft> = Vec::new();
        for (at, sentence) in sentences.iter().enumerate() {
            drafts.extend(Phrases { registry: self, text, sentence, at }.read());
        }
        let persons = Persons::collect(self, text, &drafts);
        let drafts = join::join(self, text, drafts);
        let context = Context {
            registry: self,
            text,
            on,
            countries: countries(self, &sentences),
            strong: strong(self, &drafts, &locals),
            sentences: &sentences,
            locals: &locals,
            persons,
        };
        drafts.iter().filter_map(|draft| context.mention(draft)).collect()
    }
}

fn sentences(registry: &Registry, text: &str, spans: &[TextRange]) -> Vec<Sentence> {
    let mut spans: Vec<TextRange> = spans.to_vec();
    spans.sort_unstable();
    let mut end = 0;
    let mut out = Vec::with_capacity(spans.len());
    for span in spans {
        if span.start() >= end && span.slice(text).is_some() {
            end = span.end();
            out.push(Sentence::new(text, span, &registry.lexicon));
        }
    }
    out
}

fn countries(registry: &Registry, sentences: &[Sentence]) -> BTreeMap<CountryCode, usize> {
    let mut out = BTreeMap::new();
    for unit in sentences.iter().flat_map(|s| &s.units) {
        let country = match &unit.what {
            What::Country(country, _) => registry.countries.get(*country as usize).map(|c| &c.code),
            What::Alias(names) => match names.as_slice() {
                [(actor, _)] => registry
                    .actor_at(*actor)
                    .filter(|a| a.role.is_some())
                    .and_then(|a| a.country.as_ref()),
                _ => None,
            },
            _ => None,
        };
        if let Some(code) = country {
            *out.entry(code.clone()).or_insert(0) += 1;
        }
    }
    out
}

/// The actors that the text names beyond doubt.
fn strong(registry: &Registry, drafts: &[Draft], locals: &[acronym::Local]) -> Vec<u32> {
    let named = drafts.iter().filter_map(|d| match &d.target {
        Target::Alias(names) => Some(names.as_slice()),
        _ => None,
    });
    let mut out: Vec<u32> = Vec::new();
    for &(actor, alias) in named.chain(locals.iter().map(|l| l.actors.as_slice())).flatten() {
        let alias = registry.actor_at(actor).and_then(|a| a.aliases.get(alias as usize));
        if alias.is_some_and(|a| a.strength != AliasStrength::Weak) && !out.contains(&actor) {
            out.push(actor);
        }
    }
    out
}
