//! A place value in a text that is known to be of one country.
//!
//! Owns what such knowledge leaves of a value; refuses to look for other places.

use averment_types::{CountryCode, PlaceCandidate, PlaceValue};

/// What is left of `value` where it can only lie in `country`, called `name`: itself without the namesakes
/// abroad, the one namesake in the country, or, where there is none, a place that is not known.
#[must_use]
pub fn confine(mut value: PlaceValue, country: &CountryCode, name: &str) -> PlaceValue {
    let abroad = !value.countries.is_empty() && !value.countries.contains(country);
    let unplaced = value.countries.is_empty() && value.lat.is_none();
    let open = unplaced && !value.candidates.is_empty();
    value.candidates.retain(|c| c.country.as_ref() == Some(country));
    if !(abroad || open) {
        return value;
    }
    let only = match value.candidates.as_slice() {
        [only] => Some(only.clone()),
        _ => None,
    };
    forget(&mut value);
    match only {
        Some(only) => take(&mut value, only, country, name),
        None if value.candidates.is_empty() => {
            value.reasons.push(format!("no place of this name is known in {name}"));
        }
        None => value.reasons.push(format!("several places of this name are known in {name}")),
    }
    value
}

/// Leaves the words alone.
fn forget(value: &mut PlaceValue) {
    (value.country, value.admin1, value.admin2) = (None, None, None);
    (value.lat, value.lon, value.geometry, value.gazetteer_id) = (None, None, None, None);
    value.name.clone_from(&value.text);
    value.countries.clear();
    value.reasons.clear();
}

fn take(value: &mut PlaceValue, only: PlaceCandidate, country: &CountryCode, name: &str) {
    value.name = only.name;
    value.country = Some(country.clone());
    value.countries = vec![country.clone()];
    value.admin1 = only.admin1;
    (value.lat, value.lon, value.gazetteer_id) = (only.lat, only.lon, only.gazetteer_id);
    value.candidates.clear();
    value.reasons.push(format!("the one place of this name that is known in {name}"));
}

#[cfg(test)]
mod tests {
    use averment_types::TextRange;

    use super::*;
    use crate::Gazetteer;

    fn confined(text: &str, code: &str) -> PlaceValue {
        let gazetteer = Gazetteer::shipped().unwrap();
        let found = gazetteer.read(text, &[TextRange::whole(text).unwrap()], &[]);
        let country = CountryCode::parse(code).unwrap();
        let name = gazetteer.by_code(&country).unwrap().name();
        confine(found[0].value.clone(), &country, name)
    }

    #[test]
    fn a_place_of_the_country_stays_without_namesakes_abroad() {
        let value = confined("Fighting in Kidal.", "ML");
        assert!(value.lat.is_some());
        assert!(value.candidates.iter().all(|c| c.country == value.country));
    }

    #[test]
    fn a_place_of_another_country_is_not_known() {
        let value = confined("Fighting in Kidal.", "PE");
        assert_eq!((value.lat, value.country), (None, None));
        assert!(value.reasons.iter().any(|r| r.contains("Peru")), "{:?}", value.reasons);
    }

    #[test]
    fn a_zone_of_several_countries_is_in_each() {
        let text = "Fighting near the border between Mauritania and Mali.";
        assert_eq!(confined(text, "ML").countries.len(), 2);
    }
}
