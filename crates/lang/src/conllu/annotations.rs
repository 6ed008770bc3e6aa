//! The MISC column: what a reader adds to it.

use std::fmt::Write;

use crate::Entity;

/// The key of an entity's tag: `NER=B-Person` for its first token, `NER=I-Person` for the others.
const TAG: &str = "NER";

/// The key of an entity's probability, beside its first tag.
const PROBABILITY: &str = "NERProb";

/// The items of a MISC column under construction.
#[derive(Default)]
pub(super) struct Misc(String);

impl Misc {
    /// The items of a column that was given, without those that a reader writes.
    pub(super) fn given(column: &str) -> Self {
        let mut misc = Self::default();
        let own = |item: &str| {
            let key = item.split_once('=').map_or(item, |(key, _)| key);
            key == TAG || key == PROBABILITY
        };
        if column != "_" {
            column.split('|').filter(|item| !own(item)).for_each(|item| misc.add(item));
        }
        misc
    }

    /// Adds an item.
    pub(super) fn add(&mut self, item: &str) {
        if !self.0.is_empty() {
            self.0.push('|');
        }
        self.0.push_str(item);
    }

    /// Adds the tag of token `index` of its sentence, where it stands in one of the sentence's `entities`.
    pub(super) fn add_entity(&mut self, entities: &[&Entity], index: usize) {
        let Some(entity) = entities.iter().find(|e| (e.first..e.end).contains(&index)) else {
            return;
        };
        let first = entity.first == index;
        let place = if first { 'B' } else { 'I' };
        self.add(&format!("{TAG}={place}-{}", entity.kind.name()));
        if first {
            self.add(&format!("{PROBABILITY}={:.3}", entity.probability));
        }
    }

    /// The column.
    pub(super) fn write(&self, out: &mut String) {
        let column = if self.0.is_empty() { "_" } else { &self.0 };
        _ = out.write_str(column);
    }
}

#[cfg(test)]
mod tests {
    use averment_types::TextRange;

    use super::*;
    use crate::EntityKind;

    fn column(given: &str, index: usize) -> String {
        let range = TextRange::new(0, 9).unwrap();
        let (kind, probability) = (EntityKind::Person, 0.98765);
        let entity = Entity { range, sentence: 0, first: 1, end: 3, kind, probability };
        let mut misc = Misc::given(given);
        misc.add_entity(&[&entity], index);
        let mut out = String::new();
        misc.write(&mut out);
        out
    }

    #[test]
    fn tags_of_the_reader_take_the_place_of_those_given() {
        assert_eq!(column("_", 0), "_");
        assert_eq!(column("NER=B-Date|NERProb=1", 0), "_");
        assert_eq!(column("Entity=(1|NER=O|SpaceAfter=No", 0), "Entity=(1|SpaceAfter=No");
        assert_eq!(column("SpaceAfter=No", 1), "SpaceAfter=No|NER=B-Person|NERProb=0.988");
        assert_eq!(column("_", 2), "NER=I-Person");
        assert_eq!(column("Gloss=NER", 3), "Gloss=NER");
    }
}
