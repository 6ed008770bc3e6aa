//! What a text says about where it plays: the countries and divisions that it names, the places that go together.
//!
//! Owns the evidence for choosing among namesakes; refuses the choice.

use std::collections::{BTreeMap, BTreeSet};

use averment_types::CountryCode;

use crate::gazetteer::{Entity, Gazetteer};
use crate::key::fold;
use crate::named::{self, Named};
use crate::token::Tokens;
use crate::{local, rank};

/// So many different names of a text are weighed, and so many readings of each: what a long text adds is little.
const MOST_NAMES: usize = 200;
const MOST_READINGS: usize = 20;
/// A reading of unknown size counts like a village.
const VILLAGE: f32 = 1_000.0;
/// A country where so many of the names are likely to lie, and the greater part of all, is where the text plays.
const HOME: f32 = 1.5;
/// A namesake of so many people keeps a division's name from naming its country.
const RIVAL: u32 = 100_000;
/// A division with fewer people does not name its country where the text names others.
pub(crate) const SMALL_DIVISION: u32 = 50_000;

/// The countries and divisions of a text.
#[derive(Debug, Default)]
pub(crate) struct Context {
    named: BTreeMap<CountryCode, u32>,
    votes: BTreeMap<CountryCode, f32>,
    /// By GeoNames id.
    divisions: BTreeMap<u32, f32>,
    total: f32,
    surnames: BTreeSet<String>,
    /// Names that the text says once where they lie, and the place; `None` where it says two.
    fixed: BTreeMap<String, Option<Entity>>,
    /// The countries of small divisions that the text names.
    small: Vec<CountryCode>,
    /// The divisions that the text names, by country and GeoNames id.
    told: BTreeSet<(String, u32)>,
    /// Whether a country is named by its own name or that of a large division: "French troops" may be anywhere.
    set: bool,
}

impl Context {
    /// The countries named in `sentences`, by name or demonym, and where their other names may lie together.
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
                context.fix(g, t, &found);
                let person = named::is_surname(g, t, &found)
                    || is_small(g, &found) && named::is_part_of_name(g, t, found.start, found.end);
                if person {
                    context.surnames.insert(t.words(found.start, found.end).to_owned());
                } else if is_beside(t, &found) {
                    // It says of what else it is the neighbour or whose the people are.
                } else if is_state(t, &found) {
                    if seen.len() < MOST_NAMES && seen.insert(t.words(found.start, found.end)) {
                        context.name_by_division(g, &found.lookup.entities);
                    }
                } else if let Some(country) = found.country().and_then(|at| g.country_at(at)) {
                    *context.named.entry(country.code.clone()).or_default() += 1;
                    context.set |= !named::is_demonym(g, t, found.start);
                } else if !found.lookup.word
                    && !found.lookup.light
                    && seen.len() < MOST_NAMES
                    && seen.insert(t.words(found.start, found.end))
                {
                    context.name_by_division(g, &found.lookup.entities);
                    context.vote(g, &found.lookup.entities);
                }
            }
        }
        context.name_by_small_divisions();
        context
    }

    /// "Jackson, Tenn.": the name means that place wherever it stands in the text.
    fn fix(&mut self, g: &Gazetteer, t: &Tokens<'_>, found: &Named) {
        if self.fixed.len() >= MOST_NAMES {
            return;
        }
        // "Lebanon, Pa." is no country.
        let held = match found.country() {
            Some(_) if t.text(found.end) == "," => local::abbreviated(g, t, found.end + 1),
            Some(_) => None,
            None => local::container(g, t, found.end),
        };
        let Some((holder, _)) = held else {
            return;
        };
        let inside =
            |e: &&Entity| matches!(e, Entity::Settlement(_)) && rank::is_inside(g, **e, &holder);
        let Some(entity) = found.lookup.entities.iter().find(inside).copied() else {
            return;
        };
        let name = fold(t.words(found.start, found.end));
        let known = self.fixed.entry(name).or_insert(Some(entity));
        if *known != Some(entity) {
            *known = None;
        }
        if let Some(spot) = g.spot_of(entity) {
            *self.divisions.entry(spot.admin1).or_default() += 1.0;
            if let Ok(code) = CountryCode::parse(spot.country) {
                *self.named.entry(code).or_default() += 1;
            }
        }
    }

    /// The place that the text says once for all that a name means.
    pub(crate) fn meant(&self, name: &str) -> Option<Entity> {
        if self.fixed.is_empty() {
            return None;
        }
        self.fixed.get(&fold(name)).copied().flatten()
    }

    /// "Texas", "Helmand": a division whose name no large place elsewhere bears names its country.
    fn name_by_division(&mut self, g: &Gazetteer, entities: &[Entity]) {
        let divisions = || entities.iter().filter(|e| matches!(e, Entity::Division(_)));
        let countries: BTreeSet<&str> =
            divisions().filter_map(|e| g.spot_of(*e)).map(|s| s.country).collect();
        let Some(only) = countries.first().filter(|_| countries.len() == 1) else {
            return;
        };
        let mut spots = entities.iter().filter_map(|e| g.spot_of(*e));
        if spots.any(|s| s.country != *only && s.population >= RIVAL) {
            return;
        }
        let told = divisions().filter_map(|e| g.spot_of(*e)).map(|s| (s.country.to_owned(), s.id));
        self.told.extend(told);
        let people = divisions().filter_map(|e| g.spot_of(*e)).map(|s| s.population).max();
        if let Ok(code) = CountryCode::parse(only) {
            if people.unwrap_or_default() < SMALL_DIVISION {
                self.small.push(code);
            } else {
                *self.named.entry(code).or_default() += 1;
                self.set = true;
            }
        }
    }

    /// A small division names its country where the text names no other, or a second one does: "Paro" in a report from Papua is not Bhutan's.
    fn name_by_small_divisions(&mut self) {
        let small = std::mem::take(&mut self.small);
        let alone = !self.set;
        for code in &small {
            let several = small.iter().filter(|other| *other == code).count() > 1;
            if alone || several || self.named.contains_key(code) {
                *self.named.entry(code.clone()).or_default() += 1;
            }
        }
    }

    fn vote(&mut self, g: &Gazetteer, entities: &[Entity]) {
        self.total += 1.0;
        for (entity, share) in shares(g, entities) {
            let Some(spot) = g.spot_of(entity) else {
                continue;
            };
            if let Ok(code) = CountryCode::parse(spot.country) {
                *self.votes.entry(code).or_default() += share;
            }
            let division =
                if matches!(entity, Entity::Division(_)) { spot.id } else { spot.admin1 };
            if division > 0 {
                *self.divisions.entry(division).or_default() += share;
            }
        }
    }

    /// Whether the text names the country, or most of its names lie there.
    pub(crate) fn names(&self, country: &CountryCode) -> bool {
        self.named.contains_key(country) || self.is_home(country)
    }

    /// Whether the text names the country itself.
    pub(crate) fn is_named(&self, country: &CountryCode) -> bool {
        self.named.contains_key(country)
    }

    fn is_home(&self, country: &CountryCode) -> bool {
        let votes = self.votes.get(country).copied().unwrap_or_default();
        votes >= HOME && votes * 2.0 > self.total
    }

    /// Whether the other names of the text lie in other countries than `country`, as `own` of the votes for it come from the name itself.
    pub(crate) fn plays_elsewhere(&self, country: &CountryCode, own: f32) -> bool {
        let others = self.total - 1.0;
        let here = self.votes.get(country).copied().unwrap_or_default() - own;
        let most = self.votes.iter().filter(|(code, _)| *code != country);
        let most = most.map(|(_, votes)| *votes).fold(0.0, f32::max);
        others >= 1.9 && here < 0.1 && most >= 0.6 * others
    }

    /// Whether the text names divisions of the country of `entity`, and not the one that this lies in.
    pub(crate) fn tells_other_division(&self, g: &Gazetteer, entity: Entity) -> bool {
        let Some(spot) = g.spot_of(entity) else { return false };
        let mut told = self.told.iter().filter(|(country, _)| country == spot.country).peekable();
        told.peek().is_some() && told.all(|(_, division)| *division != spot.admin1)
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

    /// How likely the readings `all` of a name are to lie in `country`, by their sizes.
    pub(crate) fn own_votes(g: &Gazetteer, all: &[Entity], country: &CountryCode) -> f32 {
        let within = |e: Entity| country_of(g, e).as_ref() == Some(country);
        shares(g, all).into_iter().filter(|(e, _)| within(*e)).map(|(_, share)| share).sum()
    }

    /// How many further names of the text are likely to lie in the country of a reading, and in its division.
    pub(crate) fn company(&self, g: &Gazetteer, all: &[Entity], reading: Entity) -> (f32, f32) {
        let Some(spot) = g.spot_of(reading) else {
            return (0.0, 0.0);
        };
        let division = if matches!(reading, Entity::Division(_)) { spot.id } else { spot.admin1 };
        let (mut country_share, mut division_share) = (0.0, 0.0);
        for (other, share) in shares(g, all) {
            let Some(o) = g.spot_of(other) else {
                continue;
            };
            let within = if matches!(other, Entity::Division(_)) { o.id } else { o.admin1 };
            country_share += if o.country == spot.country { share } else { 0.0 };
            division_share += if within == division { share } else { 0.0 };
        }
        let votes = CountryCode::parse(spot.country).ok().and_then(|c| self.votes.get(&c).copied());
        let country = votes.unwrap_or_default() - country_share;
        let near = self.divisions.get(&division).copied().unwrap_or_default() - division_share;
        (country.max(0.0), if division > 0 { near.max(0.0) } else { 0.0 })
    }
}

/// "near the *Afghan* border", "the border with *Chad*", "a *Palestinian* refugee camp": where another country begins, and whose people live there.
fn is_beside(t: &Tokens<'_>, found: &Named) -> bool {
    let border = |at: usize| matches!(t.lower(at), "border" | "frontier" | "borders");
    let refugees = |at: usize| matches!(t.lower(at), "refugee" | "refugees" | "exiles" | "embassy");
    let with = t.before(found.start, 1) == "with" && found.start >= 2 && border(found.start - 2);
    found.country().is_some() && (border(found.end) || refugees(found.end) || with)
}

/// "*Niger* State", "*Mexico* state": a division that bears the name of a country.
fn is_state(t: &Tokens<'_>, found: &Named) -> bool {
    let division = |e: &Entity| matches!(e, Entity::Division(_));
    let called = t.lower(found.end) == "state" || t.lower(found.end) == "province";
    called && found.country().is_some() && found.lookup.entities.iter().any(division)
}

/// Whether a name is one word and no place of that name is large: it may be somebody's.
fn is_small(g: &Gazetteer, found: &Named) -> bool {
    let small = |e: &Entity| {
        matches!(e, Entity::Settlement(_)) && g.spot_of(*e).is_some_and(|s| s.population < RIVAL)
    };
    found.end == found.start + 1 && found.lookup.entities.iter().all(small)
}

/// How likely each reading of a name is by its size alone; the shares add up to 1. A division counts like a town.
fn shares(g: &Gazetteer, entities: &[Entity]) -> Vec<(Entity, f32)> {
    let size = |e: &Entity| match e {
        Entity::Division(_) => Some(f32::from(u16::MAX)),
        Entity::Settlement(_) => {
            let people = g.spot_of(*e)?.population;
            Some(f32::from(u16::try_from(people / 100).unwrap_or(u16::MAX)) * 100.0 + VILLAGE)
        }
        Entity::District(_) => Some(VILLAGE * 5.0),
        _ => None,
    };
    let sizes: Vec<(Entity, f32)> =
        entities.iter().filter_map(|e| size(e).map(|s| (*e, s))).take(MOST_READINGS).collect();
    let total: f32 = sizes.iter().map(|(_, s)| s).sum();
    sizes.into_iter().map(|(e, s)| (e, s / total.max(1.0))).collect()
}

/// The country that an entity lies in.
pub(crate) fn country_of(g: &Gazetteer, entity: Entity) -> Option<CountryCode> {
    match entity {
        Entity::Country(at) | Entity::Demonym(at) => g.country_at(at).map(|c| c.code.clone()),
        Entity::Region(_) => None,
        _ => g.spot_of(entity).and_then(|s| CountryCode::parse(s.country).ok()),
    }
}
