//! Place values of the gazetteer's entities.
//!
//! Owns how a row becomes a value; refuses which row.

use averment_types::{
    CountryCode, Geometry, PlaceCandidate, PlaceKind, PlaceValue, TextRange, WherePrec,
};

use crate::gazetteer::{Entity, Gazetteer, Region};

/// The words that a value stands for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words<'t> {
    pub(crate) text: &'t str,
    pub(crate) span: TextRange,
}

/// A value with a name and nothing else known.
pub(crate) fn blank(
    name: &str,
    kind: PlaceKind,
    precision: WherePrec,
    words: Words<'_>,
) -> PlaceValue {
    PlaceValue {
        name: name.to_owned(),
        kind,
        country: None,
        countries: Vec::new(),
        admin1: None,
        admin2: None,
        lat: None,
        lon: None,
        geometry: None,
        precision,
        gazetteer_id: None,
        text: words.text.to_owned(),
        span: words.span,
        reasons: Vec::new(),
        candidates: Vec::new(),
    }
}

/// The value of an entity.
pub(crate) fn of(g: &Gazetteer, entity: Entity, words: Words<'_>) -> Option<PlaceValue> {
    match entity {
        Entity::Country(at) | Entity::Demonym(at) => country(g, at, words),
        Entity::Region(at) => g.region(at).map(|region| of_region(region, words)),
        Entity::Division(at) => division(g, at, words),
        Entity::Settlement(at) => settlement(g, at, words),
    }
}

fn country(g: &Gazetteer, at: usize, words: Words<'_>) -> Option<PlaceValue> {
    let country = g.country_at(at)?;
    let mut value = blank(country.name, PlaceKind::Country, WherePrec::Country, words);
    set_point(&mut value, country.point);
    set_country(&mut value, country.code.clone());
    value.gazetteer_id = Some(format!("geonames:{}", country.id));
    value.reasons.push("named in the gazetteer's table of countries".into());
    Some(value)
}

fn of_region(region: &Region, words: Words<'_>) -> PlaceValue {
    let precision =
        if region.kind == PlaceKind::Water { WherePrec::SeaOrAir } else { WherePrec::Fuzzy };
    let mut value = blank(region.name, region.kind, precision, words);
    value.country = match region.countries.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    };
    value.countries.clone_from(&region.countries);
    value.geometry = Some(Geometry::Polygon(vec![region.outline.clone()]));
    value.gazetteer_id = Some(format!("region:{}", region.id));
    value.reasons.push("a region with a rough outline of our own".into());
    value
}

fn division(g: &Gazetteer, at: usize, words: Words<'_>) -> Option<PlaceValue> {
    let division = g.division(at)?;
    let mut value = blank(division.name, PlaceKind::Admin1, WherePrec::Admin1, words);
    set_point(&mut value, division.point);
    set_country(&mut value, CountryCode::parse(division.country).ok()?);
    value.admin1 = Some(division.name.to_owned());
    value.gazetteer_id = Some(format!("geonames:{}", division.id));
    value.reasons.push("a first-order division; the point is the middle of its population".into());
    Some(value)
}

fn settlement(g: &Gazetteer, at: usize, words: Words<'_>) -> Option<PlaceValue> {
    let place = g.settlement(at)?;
    let mut value = blank(place.name, PlaceKind::Settlement, WherePrec::Exact, words);
    set_point(&mut value, Some(place.point));
    set_country(&mut value, CountryCode::parse(place.country).ok()?);
    value.admin1 = place.admin1.and_then(|row| g.division(row)).map(|d| d.name.to_owned());
    value.gazetteer_id = Some(format!("geonames:{}", place.id));
    Some(value)
}

/// Sets the point of a value from longitude and latitude.
pub(crate) fn set_point(value: &mut PlaceValue, point: Option<[f64; 2]>) {
    value.lon = point.map(|p| p[0]);
    value.lat = point.map(|p| p[1]);
}

/// Sets the one country of a value.
pub(crate) fn set_country(value: &mut PlaceValue, code: CountryCode) {
    value.countries = vec![code.clone()];
    value.country = Some(code);
}

/// A value as another reading.
pub(crate) fn candidate(value: &PlaceValue, score: f32, reason: &str) -> PlaceCandidate {
    PlaceCandidate {
        name: value.name.clone(),
        country: value.country.clone(),
        admin1: value.admin1.clone(),
        lat: value.lat,
        lon: value.lon,
        gazetteer_id: value.gazetteer_id.clone(),
        score,
        reason: reason.to_owned(),
    }
}
