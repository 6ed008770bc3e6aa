//! Kinds of phrases: what a rule may ask of the words in a slot or in the sentence, besides single words.

use std::fmt;

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal, $topic:literal;)+) => {
        /// A kind, written with `@` in a codebook.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Kind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in a codebook, without the `@`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// Whether it is a list of words, so that a sentence can be asked for it.
            #[must_use]
            pub const fn is_word_list(self) -> bool {
                self.is_topic()
                    || matches!(
                        self,
                        Self::Weapon
                            | Self::Aircraft
                            | Self::Vehicle
                            | Self::Facility
                            | Self::Ground
                            | Self::Goods
                            | Self::Captive
                            | Self::Formation
                    )
            }

            /// Whether nothing but its list of words decides what is of it.
            #[must_use]
            pub const fn is_plain_list(self) -> bool {
                self.is_word_list() && !matches!(self, Self::Formation)
            }

            /// Whether it is a field of talk ("sport") that a sentence is about, and no kind of filler.
            #[must_use]
            pub const fn is_topic(self) -> bool {
                match self { $(Self::$variant => $topic,)+ }
            }
        }
    };
}

kinds! {
    /// Anything but a time.
    Any = "any", false;
    /// Somebody: an actor, a word for people, a pronoun, a number that stands for people, an unknown name.
    Person = "person", false;
    /// The same without unknown names, "it" and states: people who can be counted.
    People = "people", false;
    /// A side of a conflict: a state and its organs, or an armed group.
    Armed = "armed", false;
    /// Who bears arms: soldiers, police, armed groups, a state by its country's name; no ministers.
    Force = "force", false;
    /// Who may use force: `@force`, a pronoun, unnamed people such as "men", "youths", "a mob".
    Assailant = "assailant", false;
    /// An armed actor that is no organ of a state.
    Militant = "militant", false;
    /// A state and its organs.
    State = "state", false;
    /// An organised actor.
    Group = "group", false;
    /// A person by name.
    Named = "named", false;
    /// An actor of the registry, by name.
    Known = "known", false;
    /// Activists, opposition, journalists, protesters, clergy.
    Dissident = "dissident", false;
    /// Civilians, communities, aid workers.
    Civilian = "civilian", false;
    /// A people by its name: the Palestinians.
    Nation = "nation", false;
    /// People who are held: prisoners, hostages.
    Captive = "captive", false;
    /// A place.
    Place = "place", false;
    /// Words for ground that is held: town, area, position.
    Ground = "ground", false;
    /// Words for buildings and works: school, bridge, market, base.
    Facility = "facility", false;
    /// Words for vehicles and convoys.
    Vehicle = "vehicle", false;
    /// Words for aircraft and drones.
    Aircraft = "aircraft", false;
    /// Words for arms.
    Weapon = "weapon", false;
    /// Words for what is robbed or burnt: shops, cattle, crops.
    Goods = "goods", false;
    /// A number stands in it.
    Number = "number", false;
    /// Words for organised force: group, cell, brigade.
    Formation = "formation", false;
    /// Talk of war: attacks, those who fight.
    War = "war", true;
    /// Talk of sport.
    Sport = "sport", true;
    /// Talk of courts and of crime before them.
    Court = "court", true;
    /// Talk of trade and money.
    Business = "business", true;
    /// Talk of illness, age and medicine.
    Illness = "illness", true;
    /// Talk of films, books and stage.
    Arts = "arts", true;
    /// Talk of accidents and disasters.
    Accident = "accident", true;
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{}", self.name())
    }
}

/// What a rule asks of a filler or of the sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Demand {
    /// This word stands in it.
    Word(Box<str>),
    /// It is of this kind.
    Kind(Kind),
}

impl Demand {
    /// Reads a word in lower case, or a kind with its `@`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.strip_prefix('@') {
            Some(name) => {
                Kind::ALL.iter().find(|kind| kind.name() == name).copied().map(Self::Kind)
            }
            None => is_lower_word(text).then(|| Self::Word(text.into())),
        }
    }
}

impl fmt::Display for Demand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) => write!(f, "“{word}”"),
            Self::Kind(kind) => kind.fmt(f),
        }
    }
}

/// Whether `text` is one word as the coder compares words: lower case, no blanks.
fn is_lower_word(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn demands_are_read_as_they_are_written() {
        for kind in Kind::ALL {
            assert_eq!(Demand::parse(&kind.to_string()), Some(Demand::Kind(*kind)));
        }
        assert_eq!(Demand::parse("town"), Some(Demand::Word("town".into())));
        for wrong in ["", "Town", "two words", "@", "@nobody"] {
            assert_eq!(Demand::parse(wrong), None, "{wrong}");
        }
    }
}
