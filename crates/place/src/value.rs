//! Place values of the gazetteer's entities.
//!
//! Owns how a row becomes a value; refuses which row.

use averment_types::{
    CountryCode, Geometry, PlaceCandidate, PlaceKind, PlaceValue, TextRange, WherePrec,
};

use crate::gazetteer::{Entity, Gazetteer, Region};
use crate::layer::{Spot, SpotKind};

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
    PlaceValue::named(name, kind, precision, words.text, words.span)
}

/// The value of an entity.
pub(crate) fn of(g: &Gazetteer, entity: Entity, words: Words<'_>) -> Option<PlaceValue> {
    match entity {
        Entity::Country(at) | Entity::Demonym(at) => country(g, at, words),
        Entity::Region(at) => g.region(at).map(|region| of_region(region, words)),
        Entity::Division(_)
        | Entity::District(_)
        | Entity::Settlement(_)
        | Entity::Natural(_)
        | Entity::Facility(_) => g.spot_of(entity).and_then(|spot| of_spot(g, &spot, words)),
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

/// The value of a row.
fn of_spot(g: &Gazetteer, spot: &Spot<'_>, words: Words<'_>) -> Option<PlaceValue> {
    let (kind, precision) = match spot.kind {
        SpotKind::Division => (PlaceKind::Admin1, WherePrec::Admin1),
        SpotKind::District => (PlaceKind::Admin2, WherePrec::Admin2),
        SpotKind::Settlement => (PlaceKind::Settlement, WherePrec::Exact),
        SpotKind::Natural | SpotKind::Stream => (PlaceKind::Natural, WherePrec::Fuzzy),
        SpotKind::Facility => (PlaceKind::Facility, WherePrec::Exact),
    };
    let mut value = blank(spot.name, kind, precision, words);
    set_country(&mut value, CountryCode::parse(spot.country).ok()?);
    set_point(&mut value, spot.point.filter(|_| spot.kind != SpotKind::Stream));
    value.admin1 = g.division(spot.admin1).map(|d| d.name.to_owned());
    value.admin2 = g.division(spot.admin2).map(|d| d.name.to_owned());
    value.gazetteer_id = Some(format!("geonames:{}", spot.id));
    let why = match spot.kind {
        SpotKind::Division => {
            value.admin1 = Some(spot.name.to_owned());
            "a first-order division; the point is the middle of its population"
        }
        SpotKind::District => {
            value.admin2 = Some(spot.name.to_owned());
            "a second-order division"
        }
        SpotKind::Stream => "a river or wadi; no point stands for it",
        SpotKind::Natural => "a natural feature; the point is its middle",
        SpotKind::Settlement | SpotKind::Facility => return Some(value),
    };
    value.reasons.push(why.into());
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
