//! Kinds of fillers: what the codebook's `@person`, `@force`, `@ground` mean of a phrase.
//!
//! Owns that meaning; refuses the rules, which say where which kind is asked for.

use averment_actors::{ActorMention, MentionKind};
use averment_codebook::{Demand, Kind};
use averment_lang::{Dep, EntityKind, Pos};
use averment_types::ActorKind;

use crate::fillers::{Filler, Filling};
use crate::lexicon::Phrases;
use crate::view::Phrase;

impl Filling<'_, '_> {
    /// Whether a filler is what a rule asks for.
    pub(crate) fn is_a(&self, demand: &Demand, filler: &Filler) -> bool {
        match demand {
            Demand::Word(word) => self
                .phrase(filler)
                .is_some_and(|p| p.tokens.clone().any(|at| *self.view.word(at) == **word)),
            Demand::Kind(kind) => self.is_of(*kind, filler),
        }
    }

    fn is_of(&self, kind: Kind, filler: &Filler) -> bool {
        match kind {
            Kind::Any => !self.is_adverbial(filler),
            Kind::Person => self.is_person(filler),
            Kind::People => self.is_people(filler),
            Kind::Armed => self.is_armed(filler),
            Kind::Force => self.is_force(filler),
            Kind::Assailant => self.is_assailant(filler),
            Kind::Militant => self.acts_as(filler, ActorKind::is_armed_group),
            Kind::State => self.acts_as(filler, ActorKind::is_state_side),
            Kind::Group => self.is_group(filler),
            Kind::Named => self.is_named(filler),
            Kind::Known => self.is_known(filler),
            Kind::Dissident => self.acts_as(filler, is_dissident),
            Kind::Civilian => self.acts_as(filler, is_civilian),
            Kind::Nation => self.is_nation(filler),
            Kind::Formation => {
                self.in_list(kind, filler) || self.acts_as(filler, ActorKind::is_armed_group)
            }
            Kind::Place => self.is_place(filler),
            Kind::Weapon => self.lexicon.is_weapon(self.head(filler)),
            Kind::Number => self.has_number(filler),
            _ => self.in_list(kind, filler),
        }
    }

    /// Whether the sentence has the word or a word of the list.
    pub(crate) fn stands_beside(&self, demand: &Demand) -> bool {
        let words = &self.view.words;
        match demand {
            Demand::Word(word) => words.iter().any(|w| **w == **word),
            Demand::Kind(kind) if self.themes.contains(kind) => true,
            Demand::Kind(kind) => {
                let list = self.lexicon.list(*kind);
                let stands = |at: usize, list: &Phrases| match list.at(words, at) {
                    // "the Arab *League*" plays no match.
                    Some(1) => {
                        // Nor does who is asked to *match* an offer.
                        let does = matches!(self.view.word(at), "match" | "matches")
                            && self.view.pos(at) == Pos::Verb;
                        *kind == Kind::War || !(kind.is_topic() && (does || self.is_in_name(at)))
                    }
                    length => length.is_some(),
                };
                list.is_some_and(|list| (0..words.len()).any(|at| stands(at, list)))
            }
        }
    }

    /// Whether the word is a part of a longer name, in a sentence that talks of war or of an actor of the registry by that name.
    fn is_in_name(&self, at: usize) -> bool {
        let Some(word) = self.view.tokens.get(at).map(|token| token.range) else {
            return false;
        };
        let actor = self.view.mention_at(at).is_some_and(|mention| {
            let known = mention.actor.as_ref();
            known.is_some_and(|actor| !actor.id.is_generic())
        });
        let name = self.view.entity_at(word).is_some_and(|(_, wider)| wider);
        actor || (name && self.stands_beside(&Demand::Kind(Kind::War)))
    }

    /// Whether the head of the phrase, or its last word, is in the word list of the kind.
    fn in_list(&self, kind: Kind, filler: &Filler) -> bool {
        let last = self.phrase(filler).map_or(0, |p| p.tokens.end.saturating_sub(1));
        self.lexicon.lists(kind, self.head(filler))
            || self.lexicon.lists(kind, self.view.word(last))
    }

    pub(crate) fn acts_as(&self, filler: &Filler, fits: impl Fn(ActorKind) -> bool) -> bool {
        self.mention(filler).and_then(actor_kind).is_some_and(fits)
    }

    pub(crate) fn phrase(&self, filler: &Filler) -> Option<&Phrase> {
        self.view.phrases.get(filler.phrase)
    }

    fn mention(&self, filler: &Filler) -> Option<&ActorMention> {
        filler.mention.and_then(|m| self.view.mention(m))
    }

    /// The noun of the phrase; of "a number of *civilians*" what is counted.
    pub(crate) fn head(&self, filler: &Filler) -> &str {
        let noun = |p: &Phrase| {
            let counted = self.view.counted(p.head).filter(|at| p.tokens.contains(at));
            self.view.word(counted.unwrap_or(p.head))
        };
        self.phrase(filler).map_or("", noun)
    }

    pub(crate) fn is_adverbial(&self, filler: &Filler) -> bool {
        self.phrase(filler).is_none_or(|p| p.adverbial)
    }

    /// Whether it is somebody, or something that can be hit; "little effect" and "fierce resistance" can not.
    pub(crate) fn is_concrete(&self, filler: &Filler) -> bool {
        let lists = [Kind::Ground, Kind::Facility, Kind::Vehicle, Kind::Goods, Kind::Aircraft];
        self.is_person(filler)
            || self.is_place(filler)
            || self.lexicon.names_thing(self.head(filler))
            || lists.iter().any(|kind| self.in_list(*kind, filler))
            || self.view.entity_at(filler.range).is_some()
    }

    /// Whether it is an act or what came of one, by the reader's opinion: "flattened by *the bombardment*". None does anything itself.
    pub(crate) fn is_event(&self, filler: &Filler) -> bool {
        let event =
            |p: &Phrase| self.view.pos(p.head) == Pos::Noun && self.view.names_event(p.head);
        filler.mention.is_none()
            && self.phrase(filler).is_some_and(event)
            && !self.lexicon.is_person(self.head(filler))
    }

    fn has_number(&self, filler: &Filler) -> bool {
        let number = |at: usize| {
            self.view.pos(at) == Pos::Num || self.lexicon.vague.contains_key(self.view.word(at))
        };
        self.phrase(filler).is_some_and(|p| !p.adverbial && p.tokens.clone().any(number))
    }

    pub(crate) fn is_person(&self, filler: &Filler) -> bool {
        let mentioned = self.mention(filler).is_some_and(|m| m.kind != MentionKind::Outlet);
        mentioned
            || self.head(filler) == "it"
            || is_pronoun(self.head(filler))
            || self.lexicon.is_person(self.head(filler))
            || self.is_formation(filler)
            || self.bare_number(filler)
            || self.is_no_one(filler)
            || self.is_name_before(filler)
            || (self.is_proper(filler)
                && !self.ends_in_place(filler)
                && !self.reads_as_place(filler, &[EntityKind::Location, EntityKind::Facility]))
            || self.phrase(filler).is_some_and(|phrase| self.name_beside(phrase).is_some())
    }

    /// An organisation that no list knows, before a noun: "a *Suntracs* protest".
    fn is_name_before(&self, filler: &Filler) -> bool {
        let names = self.phrase(filler).map(|phrase| self.view.organisations_before(phrase.head));
        names.is_some_and(|names| names.contains(&filler.range))
    }

    /// Whether the last word of the phrase is a place's: of "Gao", and not of "the Venezuelan State".
    fn ends_in_place(&self, filler: &Filler) -> bool {
        let last =
            self.phrase(filler).and_then(|p| self.view.tokens.get(p.tokens.end.checked_sub(1)?));
        last.is_some_and(|last| self.places.iter().any(|place| place.span.overlaps(last.range)))
    }

    /// "the Hirak *movement*", "a faction": people who act as one, whatever their name.
    fn is_formation(&self, filler: &Filler) -> bool {
        self.lexicon.list(Kind::Formation).is_some_and(|list| list.has(self.head(filler)))
    }

    pub(crate) fn is_people(&self, filler: &Filler) -> bool {
        let mentioned = self
            .mention(filler)
            .is_some_and(|m| matches!(m.kind, MentionKind::Generic | MentionKind::Person));
        mentioned
            || is_pronoun(self.head(filler))
            || self.lexicon.is_person(self.head(filler))
            || self.bare_number(filler)
            || self.is_no_one(filler)
    }

    /// Whether it says that there was nobody: "no one", "no civilians", "none of them"; not "no fewer than ten".
    pub(crate) fn is_nobody(&self, filler: &Filler) -> bool {
        let start = self.phrase(filler).map_or(0, |phrase| phrase.tokens.start);
        let none = matches!(self.view.word(start), "no" | "no-one" | "nobody" | "none");
        none && !matches!(self.view.word(start + 1), "fewer" | "less" | "more")
    }

    /// "no one", "no-one"
    fn is_no_one(&self, filler: &Filler) -> bool {
        let words = self.phrase(filler).map_or(0..0, |phrase| phrase.tokens.clone());
        let mut words = words.map(|at| self.view.word(at));
        matches!((words.next(), words.next()), (Some("no"), Some("one")) | (Some("no-one"), None))
    }

    /// Whether it is somebody's name, and of nobody whom the registry knows to lead others.
    pub(crate) fn is_lone_person(&self, filler: &Filler) -> bool {
        let known = self.mention(filler).is_some_and(|m| m.actor.is_some());
        let person = self.view.entity_at(filler.range).map(|(kind, _)| kind);
        !known && person == Some(EntityKind::Person)
    }

    /// A number that stands for people: "killed 12"; no age: "Musa, 45, was".
    fn bare_number(&self, filler: &Filler) -> bool {
        let last = self.phrase(filler).map_or(0, |p| p.tokens.end.saturating_sub(1));
        let word = self.view.word(last);
        let number = self.view.pos(last) == Pos::Num || self.lexicon.vague.contains_key(word);
        number
            && !self.is_adverbial(filler)
            && !self.is_age(last)
            && !matches!(self.view.word(last + 1), "%" | "percent" | "km" | "million" | "th")
    }

    fn is_age(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.view.word(before));
        let tells = matches!(self.view.tree.dep(at), Dep::Appos | Dep::Nummod | Dep::Amod);
        let set_off = matches!(before, "," | "(")
            && matches!(self.view.word(at + 1), "," | ")" | "." | "" | "and")
            && tells;
        set_off || matches!(before, "aged" | "age")
    }

    fn is_proper(&self, filler: &Filler) -> bool {
        let last = self.phrase(filler).map_or(0, |p| p.tokens.end.saturating_sub(1));
        self.view.pos(last) == Pos::Propn && !self.is_adverbial(filler)
    }

    pub(crate) fn is_place(&self, filler: &Filler) -> bool {
        let kinds = [EntityKind::Location, EntityKind::Facility];
        self.places.iter().any(|p| p.span.overlaps(filler.range))
            || self.reads_as_place(filler, &kinds)
    }

    /// Whether the reader takes it for the name of a place, if of one that no gazetteer here has.
    pub(crate) fn reads_as_place(&self, filler: &Filler, kinds: &[EntityKind]) -> bool {
        let kind = self.view.entity_at(filler.range).map(|(kind, _)| kind);
        filler.mention.is_none()
            && self.is_proper(filler)
            && kind.is_some_and(|kind| kinds.contains(&kind))
    }

    /// Whether the phrase is where it happens and not who: "in Mali".
    fn is_location(&self, filler: &Filler) -> bool {
        self.places.iter().any(|p| {
            p.usage == averment_place::PlaceUsage::Locative && p.span.contains(filler.range)
        })
    }

    fn is_named(&self, filler: &Filler) -> bool {
        let person = |m: &ActorMention| {
            m.kind == MentionKind::Person
                || m.actor.as_ref().is_some_and(|a| a.kind == ActorKind::Person)
        };
        match self.mention(filler) {
            // "the rebel commander *Mokhtar Diop*": a title and an unknown name.
            Some(m) if m.kind == MentionKind::Generic && !m.plural => self.is_proper(filler),
            Some(m) => person(m),
            None => self.is_proper(filler) && !self.is_place(filler),
        }
    }

    fn is_known(&self, filler: &Filler) -> bool {
        let actor = self.mention(filler).and_then(|m| m.actor.as_ref());
        actor.is_some_and(|a| !a.id.is_generic())
    }

    /// Whether it names a people: "the Palestinians", "ethnic Albanians".
    fn is_nation(&self, filler: &Filler) -> bool {
        let actor = self.mention(filler).and_then(|m| m.actor.as_ref());
        actor.is_some_and(|a| a.id.as_str().starts_with("generic:people:"))
    }

    pub(crate) fn is_group(&self, filler: &Filler) -> bool {
        !self.is_location(filler)
            && self.mention(filler).is_some_and(|m| match actor_kind(m) {
                Some(kind) => !matches!(
                    kind,
                    ActorKind::Person
                        | ActorKind::Media
                        | ActorKind::Civilians
                        | ActorKind::Other
                        | ActorKind::Business
                ),
                None => matches!(m.kind, MentionKind::Named | MentionKind::Reference),
            })
    }

    /// Whether the phrase names or describes people under arms, of a state or not.
    pub(crate) fn is_under_arms(&self, filler: &Filler) -> bool {
        let rules = |kind| matches!(kind, ActorKind::State | ActorKind::Government);
        self.acts_as(filler, |kind| kind.is_side() && !rules(kind))
    }

    pub(crate) fn is_police(&self, filler: &Filler) -> bool {
        self.acts_as(filler, |kind| matches!(kind, ActorKind::Police | ActorKind::SecurityForces))
    }

    fn is_armed(&self, filler: &Filler) -> bool {
        self.mention(filler).is_some_and(|m| match actor_kind(m) {
            Some(kind) => kind.is_side(),
            None => {
                matches!(m.kind, MentionKind::Reference)
                    || self.lexicon.members.has(self.head(filler))
            }
        })
    }

    fn is_force(&self, filler: &Filler) -> bool {
        self.is_armed(filler)
            && !self.is_location(filler)
            && !self.acts_as(filler, |kind| kind == ActorKind::Government)
    }

    fn is_assailant(&self, filler: &Filler) -> bool {
        self.is_force(filler)
            || is_pronoun(self.head(filler))
            || self.bare_number(filler)
            || self.in_list(Kind::Assailant, filler)
    }
}

fn is_pronoun(word: &str) -> bool {
    matches!(
        word,
        "he" | "she"
            | "they"
            | "him"
            | "her"
            | "them"
            | "we"
            | "us"
            | "me"
            | "i"
            | "others"
            | "someone"
            | "somebody"
            | "everyone"
            | "who"
    )
}

const fn is_dissident(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::Protesters | ActorKind::Political | ActorKind::Media | ActorKind::Ngo)
}

const fn is_civilian(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::Civilians | ActorKind::Community | ActorKind::Ngo)
}

/// What kind of actor a mention speaks of, also where the actor itself is unknown.
fn actor_kind(mention: &ActorMention) -> Option<ActorKind> {
    mention.actor.as_ref().map(|a| a.kind).or(mention.actor_kind)
}
