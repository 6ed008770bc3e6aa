//! A compiled codebook: its types and rules, and the trigger words of a sentence.

use std::collections::BTreeMap;

use averment_types::{Digest, Projections, RuleId, TypeId};

use crate::pattern::Patterns;
use crate::{EventType, Rule, Trigger};

/// A compiled codebook.
pub struct Codebook {
    pub(crate) name: String,
    pub(crate) fingerprint: Digest,
    pub(crate) types: Vec<EventType>,
    pub(crate) rules: Vec<Rule>,
    /// Of the rules whose words mean another thing in other codebooks than their type does.
    pub(crate) projections: BTreeMap<RuleId, Projections>,
    pub(crate) patterns: Patterns,
}

impl Codebook {
    /// Name and version, as claims carry it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A digest of the files: any change of any of them gives another one.
    #[must_use]
    pub const fn fingerprint(&self) -> Digest {
        self.fingerprint
    }

    /// The types, in order of their files.
    #[must_use]
    pub fn types(&self) -> &[EventType] {
        &self.types
    }

    /// The rules, in order of their files.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// What a claim of the rule `rule` is in other codebooks, where its words say more than its type: to welcome and to condemn
    /// are both statements, and support and accusation to PLOVER. `None`: what the type is.
    #[must_use]
    pub fn projections(&self, rule: &RuleId) -> Option<&Projections> {
        self.projections.get(rule)
    }

    /// The type with this id.
    #[must_use]
    pub fn find_type(&self, id: &str) -> Option<&EventType> {
        self.types.iter().find(|known| known.id.as_str() == id)
    }

    /// The triggers in a sentence of lower-case `words`, from left to right; at one place the longest come
    /// first, and of equal ones those of narrower types.
    #[must_use]
    pub fn triggers(&self, words: &[&str]) -> Vec<Trigger> {
        let mut found = self.patterns.find(words);
        let depth = |trigger: &Trigger| self.type_of(trigger).map_or(0, |known| known.wider.len());
        let first = |t: &Trigger| (t.tokens.start, usize::MAX - t.words, usize::MAX - depth(t));
        found.sort_by_key(first);
        found
    }

    /// The type that a trigger's rule codes.
    #[must_use]
    pub fn type_of(&self, trigger: &Trigger) -> Option<&EventType> {
        self.types.get(self.rules.get(trigger.rule)?.type_index)
    }

    /// Whether type `narrower` is type `wider` or lies within it.
    #[must_use]
    pub fn lies_within(&self, narrower: &TypeId, wider: &TypeId) -> bool {
        let within = |known: &EventType| known.wider.contains(wider);
        narrower == wider || self.find_type(narrower.as_str()).is_some_and(within)
    }

    /// The rules of each type, by the type's id.
    #[must_use]
    pub fn rules_by_type(&self) -> BTreeMap<&str, Vec<&Rule>> {
        let mut by_type: BTreeMap<&str, Vec<&Rule>> = BTreeMap::new();
        for rule in &self.rules {
            if let Some(event_type) = self.types.get(rule.type_index) {
                by_type.entry(event_type.id.as_str()).or_default().push(rule);
            }
        }
        by_type
    }
}
