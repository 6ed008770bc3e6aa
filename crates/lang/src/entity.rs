//! Named entities.

use averment_types::TextRange;

use crate::relation::named;

named! {
    /// The kinds of entity that the reader tells apart, after the Worldwide Newswire corpus (Shan et al. 2023).
    EntityKind {
        /// Calendar expression: "12 March 2020", "Thursday".
        Date = "Date",
        /// Building, camp, airport, road, hospital.
        Facility = "Facility",
        /// Geopolitical or natural place.
        Location = "Location",
        /// Named thing that is none of the others: an operation, an agreement, an event.
        Misc = "Misc",
        /// Sum of money.
        Money = "Money",
        /// Nationality, or religious, ethnic or political group.
        Norp = "NORP",
        /// Organisation: armed groups, parties, ministries, media.
        Organization = "Organization",
        /// Person.
        Person = "Person",
        /// Product: weapons and vehicles among them.
        Product = "Product",
    }
}

/// A named entity in a sentence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Entity {
    /// Where it is, from its first to its last token.
    pub range: TextRange,
    /// The index of its sentence in [`Reading::sentences`](crate::Reading::sentences).
    pub sentence: usize,
    /// Its first token, counted within the sentence.
    pub first: usize,
    /// The token behind its last one, counted within the sentence.
    pub end: usize,
    /// What it names.
    pub kind: EntityKind,
    /// Probability that span and kind are both right, from 0 to 1.
    pub probability: f32,
}
