//! Persons' names: what in the words and around them proves that they name a person.

use crate::draft::{Draft, Target};
use crate::lexicon::Classes;
use crate::name::{Evidence, evidence};
use crate::phrase::{Before, Phrases};
use crate::sentence::{Unit, What};
use crate::token::Gap;

impl Phrases<'_> {
    pub(crate) fn person(&self, first: usize, name: usize, before: &Before) -> Option<Draft> {
        let unit = self.unit(name)?;
        let words = self.sentence.tokens.get(unit.first..=unit.last)?;
        let shape = evidence(words, &self.registry.lexicon);
        let titled = before.titled || (first < name && self.title_before(name));
        let proven = match shape {
            Evidence::Place if !titled => return None,
            Evidence::Place | Evidence::Given | Evidence::Particle => true,
            Evidence::None => titled || (words.len() > 1 && self.speaks(name)),
        };
        let first = if titled { first } else { name };
        let mut draft = self.make(first, name, name, Target::Person { proven }, before)?;
        draft.reasons.push(person_reason(titled, shape).to_owned());
        Some(draft)
    }

    fn title_before(&self, name: usize) -> bool {
        let before = name.checked_sub(1).and_then(|b| self.unit(b));
        before.is_some_and(|u| match u.what {
            What::Head(head, ..) => self.head_titled(head),
            _ => u.classes.has(Classes::TITLE),
        })
    }

    /// Whether the name is followed by a verb of saying or by what the person is.
    fn speaks(&self, name: usize) -> bool {
        let Some(next) = self.unit(name + 1) else {
            return false;
        };
        if self.sentence.gap(next).joins() {
            return next.classes.has(Classes::SPEECH);
        }
        if self.sentence.gap(next) == Gap::Comma && self.is_number(next) {
            return true;
        }
        let window = self.sentence.units.get(name + 1..(name + 6).min(self.sentence.units.len()));
        let window = window.unwrap_or_default();
        let inside = |u: &&Unit| u.classes.has(Classes::ROLE) || self.registry_role(u);
        self.sentence.gap(next) == Gap::Comma
            && next.classes.has(Classes::DEFINITE.with(Classes::INDEFINITE).with(Classes::ROLE))
            && window
                .iter()
                .take_while(|u| self.sentence.gap(u).joins() || u.first == next.first)
                .any(|u| inside(&u))
    }

    fn registry_role(&self, unit: &Unit) -> bool {
        matches!(unit.what, What::Head(head, ..) if self.registry.heads.get(head as usize)
            .is_some_and(|h| h.title || matches!(h.id.as_str(), "experts" | "civilians" | "journalists")))
    }
}

const fn person_reason(titled: bool, shape: Evidence) -> &'static str {
    match (titled, shape) {
        (true, _) => "a title stands before the name",
        (_, Evidence::Given) => "the name begins with a given name",
        (_, Evidence::Particle) => "the name has a particle of personal names",
        _ => "the name is followed by a verb of saying or by what the person is",
    }
}
