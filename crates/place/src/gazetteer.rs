//! The shipped gazetteer: countries, divisions, settlements, regions, borders.
//!
//! Owns loading and look-up by name; refuses texts. Everything is embedded, nothing is fetched.

use std::collections::BTreeMap;

use averment_types::{CountryCode, Digest, PlaceKind};

static COUNTRIES: &str = include_str!("../../../data/gazetteer/countries.tsv");
static REGIONS: &str = include_str!("../../../data/gazetteer/regions.tsv");
static BORDERS: &str = include_str!("../../../data/gazetteer/borders.tsv");
static ADJECTIVES: &str = include_str!("../../../data/gazetteer/adjectives.tsv");

use crate::error::PlaceError;
use crate::key::fold;
use crate::shape::Bounds;
use crate::table::{Table, parts, points};

/// Changes with every change of the tables under `data/gazetteer`.
const VERSION: &str = "shipped-2026.1";

/// A country of the gazetteer.
#[derive(Debug, Clone)]
pub struct Country {
    pub(crate) code: CountryCode,
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) capital: &'static str,
    pub(crate) point: Option<[f64; 2]>,
    pub(crate) bounds: Option<Bounds>,
    pub(crate) neighbours: Vec<CountryCode>,
}

impl Country {
    /// ISO 3166-1 alpha-2, or `XK` for Kosovo.
    #[must_use]
    pub const fn code(&self) -> &CountryCode {
        &self.code
    }

    /// The usual English name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The countries that it shares a land border with.
    #[must_use]
    pub fn neighbours(&self) -> &[CountryCode] {
        &self.neighbours
    }
}

/// A settlement's row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Settlement {
    pub(crate) name: &'static str,
    pub(crate) country: &'static str,
    pub(crate) admin1: Option<usize>,
    pub(crate) id: &'static str,
    pub(crate) point: [f64; 2],
    pub(crate) population: u32,
}

/// A first-order division's row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Division {
    pub(crate) name: &'static str,
    pub(crate) country: &'static str,
    pub(crate) id: &'static str,
    pub(crate) point: Option<[f64; 2]>,
}

/// A region with its own outline.
#[derive(Debug, Clone)]
pub(crate) struct Region {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) kind: PlaceKind,
    pub(crate) countries: Vec<CountryCode>,
    pub(crate) outline: Vec<[f64; 2]>,
}

/// What a name may stand for, by row number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entity {
    Country(usize),
    Demonym(usize),
    Region(usize),
    Division(usize),
    Settlement(usize),
}

/// A name's entities; `word` when the name is also a frequent word or a person's name, `common` when
/// it is one and yet a large place's.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lookup {
    pub(crate) entities: Vec<Entity>,
    pub(crate) word: bool,
    pub(crate) common: bool,
}

/// An adjective that may mean several countries, and why.
#[derive(Debug, Clone)]
pub(crate) struct Adjective {
    pub(crate) countries: Vec<CountryCode>,
    pub(crate) why: &'static str,
}

/// Places by name. Build it once with [`Gazetteer::shipped`] and share it.
///
/// ```
/// let gazetteer = averment_place::Gazetteer::shipped()?;
/// assert_eq!(gazetteer.demonym("Malian").map(|c| c.to_string()).as_deref(), Some("ML"));
/// # Ok::<(), averment_place::PlaceError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Gazetteer {
    index: Table,
    places: Table,
    divisions: Table,
    countries: Vec<Country>,
    codes: BTreeMap<CountryCode, usize>,
    names: BTreeMap<String, Entity>,
    acronyms: BTreeMap<String, usize>,
    regions: Vec<Region>,
    borders: BTreeMap<(CountryCode, CountryCode), Vec<[f64; 2]>>,
    adjectives: BTreeMap<&'static str, Adjective>,
}

impl Gazetteer {
    /// The gazetteer that the program carries.
    ///
    /// # Errors
    /// A [`PlaceError`] when an embedded table is malformed, which a test rules out.
    pub fn shipped() -> Result<Self, PlaceError> {
        let mut gazetteer = Self {
            index: Table::new("index.tsv", include_str!("../../../data/gazetteer/index.tsv"))?,
            places: Table::new("places.tsv", include_str!("../../../data/gazetteer/places.tsv"))?,
            divisions: Table::new(
                "admin1.tsv",
                include_str!("../../../data/gazetteer/admin1.tsv"),
            )?,
            countries: Vec::new(),
            codes: BTreeMap::new(),
            names: BTreeMap::new(),
            acronyms: BTreeMap::new(),
            regions: Vec::new(),
            borders: BTreeMap::new(),
            adjectives: BTreeMap::new(),
        };
        gazetteer.load_countries()?;
        gazetteer.load_regions()?;
        gazetteer.load_borders()?;
        gazetteer.load_adjectives()?;
        Ok(gazetteer)
    }

    /// A digest of the tables: any change of any of them gives another one.
    #[must_use]
    pub fn fingerprint(&self) -> Digest {
        let tables = [
            self.index.text(),
            self.places.text(),
            self.divisions.text(),
            COUNTRIES,
            REGIONS,
            BORDERS,
            ADJECTIVES,
        ];
        Digest::of(&tables.map(str::as_bytes))
    }

    /// The version of the tables, part of what decides how a report is coded.
    #[must_use]
    pub const fn version(&self) -> &'static str {
        VERSION
    }

    /// All countries, by code.
    #[must_use]
    pub fn countries(&self) -> &[Country] {
        &self.countries
    }

    /// The country that a name means: "Mali", "DR Congo", "UAE".
    #[must_use]
    pub fn country(&self, name: &str) -> Option<CountryCode> {
        match self.country_entity(name) {
            Some(Entity::Country(at)) => self.countries.get(at).map(|c| c.code.clone()),
            _ => None,
        }
    }

    /// The country that a demonym or adjective means: "Malian", "Nigeriens".
    #[must_use]
    pub fn demonym(&self, word: &str) -> Option<CountryCode> {
        match self.country_entity(word) {
            Some(Entity::Demonym(at)) => self.countries.get(at).map(|c| c.code.clone()),
            _ => None,
        }
    }

    /// The country with this code.
    #[must_use]
    pub fn by_code(&self, code: &CountryCode) -> Option<&Country> {
        self.codes.get(code).and_then(|at| self.countries.get(*at))
    }

    pub(crate) fn country_at(&self, at: usize) -> Option<&Country> {
        self.countries.get(at)
    }

    pub(crate) fn region(&self, at: usize) -> Option<&Region> {
        self.regions.get(at)
    }

    pub(crate) fn adjective(&self, word: &str) -> Option<&Adjective> {
        self.adjectives.get(word)
    }

    /// The land border of two countries, in whichever order.
    pub(crate) fn border(&self, a: &CountryCode, b: &CountryCode) -> Option<&[[f64; 2]]> {
        let pair = if a < b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
        self.borders.get(&pair).map(Vec::as_slice)
    }

    /// The country, demonym or region that a name means.
    fn country_entity(&self, name: &str) -> Option<Entity> {
        let acronym: String = name.chars().filter(|c| *c != '.').collect();
        if let Some(at) = self.acronyms.get(acronym.as_str()) {
            return Some(Entity::Country(*at));
        }
        self.names.get(&fold(name)).copied()
    }

    /// Everything that the name `text` may stand for.
    pub(crate) fn lookup(&self, text: &str) -> Option<Lookup> {
        let mut found = Lookup::default();
        found.entities.extend(self.country_entity(text));
        let key = fold(text);
        if let Some(row) = (key.len() > 2).then(|| self.index.find(&key)).flatten() {
            let mut columns = row.split('\t').skip(1);
            let mark = columns.next().filter(|_| found.entities.is_empty());
            found.word = mark == Some("w");
            found.common = mark == Some("b");
            let rows = columns.next().unwrap_or_default().split(' ');
            found.entities.extend(rows.filter_map(|r| match r.strip_prefix('a') {
                Some(at) => at.parse().ok().map(Entity::Division),
                None => r.parse().ok().map(Entity::Settlement),
            }));
        }
        (!found.entities.is_empty()).then_some(found)
    }

    pub(crate) fn settlement(&self, at: usize) -> Option<Settlement> {
        let mut columns = self.places.row(at)?.split('\t');
        Some(Settlement {
            name: columns.next()?,
            country: columns.next()?,
            admin1: columns.next()?.parse().ok(),
            id: columns.next()?,
            point: {
                let lat = columns.next()?.parse().ok()?;
                [columns.next()?.parse().ok()?, lat]
            },
            population: columns.next()?.parse().ok()?,
        })
    }

    pub(crate) fn division(&self, at: usize) -> Option<Division> {
        let columns: Vec<&'static str> = self.divisions.row(at)?.split('\t').collect();
        let number = |at: usize| columns.get(at).and_then(|c| c.parse::<f64>().ok());
        Some(Division {
            name: columns.first()?,
            country: columns.get(2)?,
            id: columns.get(3)?,
            point: number(6).zip(number(5)).map(|(lon, lat)| [lon, lat]),
        })
    }

    fn load_countries(&mut self) -> Result<(), PlaceError> {
        let table = Table::new("countries.tsv", COUNTRIES)?;
        for (row, line) in table.rows() {
            let c: Vec<&'static str> = line.split('\t').collect();
            let &[code, id, name, others, demonyms, capital, lat, lon, bounds, neighbours] =
                c.as_slice()
            else {
                return Err(table.error(row, "ten columns"));
            };
            let code = CountryCode::parse(code).map_err(|_| table.error(row, "a country code"))?;
            let at = self.countries.len();
            for other in std::iter::once(name).chain(parts(others)) {
                self.add_country_name(other, at);
            }
            for demonym in parts(demonyms) {
                self.names.entry(fold(demonym)).or_insert(Entity::Demonym(at));
            }
            self.codes.insert(code.clone(), at);
            self.countries.push(Country {
                code,
                id,
                name,
                capital,
                point: lon.parse().ok().zip(lat.parse().ok()).map(|(x, y)| [x, y]),
                bounds: Bounds::parse(bounds),
                neighbours: neighbours
                    .split(',')
                    .filter_map(|n| CountryCode::parse(n).ok())
                    .collect(),
            });
        }
        Ok(())
    }

    /// Acronyms are matched as written, other names folded.
    fn add_country_name(&mut self, name: &str, at: usize) {
        let plain: String = name.chars().filter(|c| *c != '.').collect();
        let acronym = plain.len() <= 4 && plain.chars().all(|c| c.is_ascii_uppercase());
        if acronym {
            self.acronyms.insert(plain, at);
        } else {
            self.names.insert(fold(name), Entity::Country(at));
        }
    }

    fn load_regions(&mut self) -> Result<(), PlaceError> {
        let table = Table::new("regions.tsv", REGIONS)?;
        for (row, line) in table.rows() {
            let c: Vec<&'static str> = line.split('\t').collect();
            let &[id, name, others, kind, countries, outline] = c.as_slice() else {
                return Err(table.error(row, "six columns"));
            };
            let kind = match kind {
                "region" => PlaceKind::Region,
                "natural" => PlaceKind::Natural,
                "continent" => PlaceKind::Continent,
                "water" => PlaceKind::Water,
                _ => return Err(table.error(row, "region, natural, continent or water")),
            };
            let at = self.regions.len();
            for other in std::iter::once(name).chain(parts(others)) {
                let key = fold(other);
                let key = key.strip_prefix("the ").unwrap_or(&key).to_owned();
                self.names.entry(key).or_insert(Entity::Region(at));
            }
            self.regions.push(Region {
                id,
                name,
                kind,
                countries: parts(countries).filter_map(|c| CountryCode::parse(c).ok()).collect(),
                outline: points(outline)
                    .ok_or_else(|| table.error(row, "longitude,latitude pairs"))?,
            });
        }
        Ok(())
    }

    fn load_borders(&mut self) -> Result<(), PlaceError> {
        let table = Table::new("borders.tsv", BORDERS)?;
        for (row, line) in table.rows() {
            let mut columns = line.split('\t');
            let mut code = || columns.next().and_then(|c| CountryCode::parse(c).ok());
            let (Some(a), Some(b)) = (code(), code()) else {
                return Err(table.error(row, "two country codes"));
            };
            let line = columns.next().and_then(points);
            self.borders
                .insert((a, b), line.ok_or_else(|| table.error(row, "longitude,latitude pairs"))?);
        }
        Ok(())
    }

    fn load_adjectives(&mut self) -> Result<(), PlaceError> {
        let table = Table::new("adjectives.tsv", ADJECTIVES)?;
        for (row, line) in table.rows() {
            let c: Vec<&'static str> = line.split('\t').collect();
            let &[word, countries, why] = c.as_slice() else {
                return Err(table.error(row, "three columns"));
            };
            let countries = parts(countries).filter_map(|c| CountryCode::parse(c).ok()).collect();
            self.adjectives.insert(word, Adjective { countries, why });
        }
        Ok(())
    }
}
