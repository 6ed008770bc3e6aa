//! The shipped gazetteer: countries, divisions, settlements, regions, borders.
//!
//! Owns loading and look-up by name; refuses texts. Everything is embedded, nothing is fetched.

use std::collections::BTreeMap;

use averment_types::{CountryCode, Digest, PlaceKind, PlaceValue, TextRange};

static COUNTRIES: &str = include_str!("../../../data/gazetteer/countries.tsv");
static REGIONS: &str = include_str!("../../../data/gazetteer/regions.tsv");
static BORDERS: &str = include_str!("../../../data/gazetteer/borders.tsv");
static ADJECTIVES: &str = include_str!("../../../data/gazetteer/adjectives.tsv");
static ABBREVIATIONS: &str = include_str!("../../../data/gazetteer/abbreviations.tsv");
static PLACES: &[u8] = include_bytes!("../../../data/gazetteer/places.bin");

use crate::error::PlaceError;
use crate::key::{fold, light};
use crate::layer::{Layer, Spot, SpotKind};
use crate::shape::Bounds;
use crate::table::{Table, parts, points};
use crate::tables;
use crate::value::{self, Words};

/// Changes with every change of the tables under `data/gazetteer`.
const VERSION: &str = "shipped-2026.2";

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

/// A row of one of the compiled tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PlaceId {
    layer: u8,
    row: u32,
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
    Division(PlaceId),
    District(PlaceId),
    Settlement(PlaceId),
    /// Mountain, lake, forest, river.
    Natural(PlaceId),
    Facility(PlaceId),
}

impl Entity {
    /// The row that it stands for.
    pub(crate) const fn place(self) -> Option<PlaceId> {
        match self {
            Self::Division(id)
            | Self::District(id)
            | Self::Settlement(id)
            | Self::Natural(id)
            | Self::Facility(id) => Some(id),
            Self::Country(_) | Self::Demonym(_) | Self::Region(_) => None,
        }
    }
}

/// A name's entities; `word` when the name is also a frequent word or a person's name, `common` when
/// it is one and yet a large place's.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lookup {
    pub(crate) entities: Vec<Entity>,
    pub(crate) word: bool,
    pub(crate) common: bool,
    /// Found by the sound of another spelling alone.
    pub(crate) light: bool,
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
    /// The shipped table, then those that were given.
    layers: Vec<Layer>,
    countries: Vec<Country>,
    codes: BTreeMap<CountryCode, usize>,
    names: BTreeMap<String, Entity>,
    acronyms: BTreeMap<String, usize>,
    regions: Vec<Region>,
    borders: BTreeMap<(CountryCode, CountryCode), Vec<[f64; 2]>>,
    adjectives: BTreeMap<&'static str, Adjective>,
    abbreviations: BTreeMap<&'static str, &'static str>,
}

impl Gazetteer {
    /// The gazetteer that the program carries.
    ///
    /// # Errors
    /// A [`PlaceError`] when an embedded table is malformed, which a test rules out.
    pub fn shipped() -> Result<Self, PlaceError> {
        let mut gazetteer = Self {
            layers: vec![Layer::shipped(PLACES)?],
            countries: Vec::new(),
            codes: BTreeMap::new(),
            names: BTreeMap::new(),
            acronyms: BTreeMap::new(),
            regions: Vec::new(),
            borders: BTreeMap::new(),
            adjectives: BTreeMap::new(),
            abbreviations: BTreeMap::new(),
        };
        gazetteer.load_countries()?;
        gazetteer.load_regions()?;
        gazetteer.load_borders()?;
        gazetteer.load_adjectives()?;
        gazetteer.load_abbreviations()?;
        Ok(gazetteer)
    }

    /// This gazetteer with the places of a compiled one, as [`crate::GeoNames::finish`] makes it, besides its own.
    /// A place that both have by its GeoNames id is the given one's, unless only the other knows its population.
    ///
    /// # Errors
    /// A [`PlaceError`] when the bytes are no compiled gazetteer of this version.
    pub fn overlaid(mut self, bytes: Vec<u8>) -> Result<Self, PlaceError> {
        if self.layers.len() > usize::from(u8::MAX) {
            return Err(PlaceError::FullIndex);
        }
        self.layers.push(Layer::given(bytes)?);
        Ok(self)
    }

    /// How many settlements, divisions and other places the tables hold, countries and regions aside.
    #[must_use]
    pub fn len(&self) -> usize {
        self.layers.iter().map(Layer::len).sum()
    }

    /// Whether the tables hold none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A digest of the tables: any change of any of them gives another one.
    #[must_use]
    pub fn fingerprint(&self) -> Digest {
        let tables = [COUNTRIES, REGIONS, BORDERS, ADJECTIVES, ABBREVIATIONS].map(str::as_bytes);
        let layers = self.layers.iter().map(|l| l.digest().as_slice());
        let parts: Vec<&[u8]> = layers.chain(tables).collect();
        Digest::of(&parts)
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

    /// The country whose capital a settlement is.
    #[must_use]
    pub fn capital_of(&self, place: &PlaceValue) -> Option<&Country> {
        let country = self.by_code(place.country.as_ref()?)?;
        (place.kind == PlaceKind::Settlement && place.name == country.capital).then_some(country)
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
        let named = !found.entities.is_empty();
        let key = fold(text);
        for (at, layer) in self.layers.iter().enumerate() {
            if let Some((mark, rows)) = layer.find(&key) {
                found.word |= mark == tables::WORD && !named;
                found.common |= mark == tables::COMMON && !named;
                self.extend(&mut found.entities, at, rows);
            }
        }
        (!found.entities.is_empty()).then_some(found)
    }

    /// What sounds like `text` in another spelling.
    pub(crate) fn lookup_light(&self, text: &str) -> Option<Lookup> {
        let key = light(&fold(text))?;
        let mut found = Lookup { light: true, ..Lookup::default() };
        for (at, layer) in self.layers.iter().enumerate() {
            if let Some(rows) = layer.find_light(&key) {
                self.extend(&mut found.entities, at, rows);
            }
        }
        (!found.entities.is_empty()).then_some(found)
    }

    /// Adds rows of a layer; a place that is there already by its id is kept once.
    fn extend(&self, entities: &mut Vec<Entity>, layer: usize, rows: impl Iterator<Item = u32>) {
        let Ok(layer) = u8::try_from(layer) else {
            return;
        };
        for row in rows {
            let id = PlaceId { layer, row };
            let Some(spot) = self.spot(id) else {
                continue;
            };
            let entity = match spot.kind {
                SpotKind::Division => Entity::Division(id),
                SpotKind::District => Entity::District(id),
                SpotKind::Settlement => Entity::Settlement(id),
                SpotKind::Natural | SpotKind::Stream => Entity::Natural(id),
                SpotKind::Facility => Entity::Facility(id),
            };
            let same = |e: &&mut Entity| {
                layer > 0 && e.place().and_then(|p| self.spot(p)).is_some_and(|o| o.id == spot.id)
            };
            match entities.iter_mut().find(same) {
                None => entities.push(entity),
                Some(old) => {
                    let known = old.place().and_then(|p| self.spot(p)).map_or(0, |o| o.population);
                    if spot.population > 0 || known == 0 {
                        *old = entity;
                    }
                }
            }
        }
    }

    /// The row of a place.
    pub(crate) fn spot(&self, id: PlaceId) -> Option<Spot<'_>> {
        self.layers.get(usize::from(id.layer))?.spot(id.row)
    }

    /// The row of an entity that is no country and no region.
    pub(crate) fn spot_of(&self, entity: Entity) -> Option<Spot<'_>> {
        entity.place().and_then(|id| self.spot(id))
    }

    /// The division with a GeoNames id.
    pub(crate) fn division(&self, id: u32) -> Option<Spot<'_>> {
        self.layers.iter().rev().find_map(|layer| layer.spot(layer.division(id)?))
    }

    /// The country and the division that an abbreviation means behind a comma: "Ill.", "Calif.", "TX".
    pub(crate) fn abbreviated(&self, text: &str) -> Option<&str> {
        self.abbreviations.get(text).copied()
    }

    /// Whether a name is one of any place, exactly or in another spelling.
    #[must_use]
    pub fn knows(&self, name: &str) -> bool {
        self.lookup(name).or_else(|| self.lookup_light(name)).is_some()
    }

    /// Everything that a name may stand for, without a text that would choose: countries and regions first, then
    /// divisions, then settlements, the largest first.
    ///
    /// ```
    /// let gazetteer = averment_place::Gazetteer::shipped()?;
    /// let found = gazetteer.find("Tripoli");
    /// let countries: Vec<_> = found.iter().filter_map(|place| place.country.as_ref()).collect();
    /// assert!(countries.iter().any(|code| code.as_str() == "LY") && countries.len() > 1);
    /// # Ok::<(), averment_place::PlaceError>(())
    /// ```
    #[must_use]
    pub fn find(&self, name: &str) -> Vec<PlaceValue> {
        let Some(span) = TextRange::whole(name) else {
            return Vec::new();
        };
        let found = self.lookup(name).or_else(|| self.lookup_light(name)).unwrap_or_default();
        let words = Words { text: name, span };
        found.entities.iter().filter_map(|e| value::of(self, *e, words)).collect()
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

    fn load_abbreviations(&mut self) -> Result<(), PlaceError> {
        let table = Table::new("abbreviations.tsv", ABBREVIATIONS)?;
        for (row, line) in table.rows() {
            let (short, name) =
                line.split_once('\t').ok_or_else(|| table.error(row, "two columns"))?;
            for short in parts(short) {
                self.abbreviations.insert(short, name);
            }
        }
        Ok(())
    }
}
