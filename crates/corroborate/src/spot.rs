//! Two places: the same, near, one within the other, or apart.

use averment_types::WherePrec;

use crate::fact::Spot;

/// Within so many kilometres two named places may be one: a village and the town that a report names for it.
const CLOSE: f64 = 5.0;
const NEAR: f64 = 15.0;
const FAR: f64 = 30.0;

/// How two places go together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Places {
    /// One town or village, or a few kilometres from it; the distance.
    Same(f64),
    /// One division or region.
    SameArea,
    /// Some kilometres apart: perhaps one place under two names.
    Close(f64),
    /// One lies, or may lie, within the other.
    Within,
    /// One country, and no more is known.
    SameCountry,
    /// Nothing speaks for or against.
    Open,
    /// Apart, but one of them is uncertain.
    PerhapsApart,
    /// Two places.
    Apart,
}

/// Kilometres between two points given as latitude and longitude.
pub(crate) fn km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat, lon) = ((b.0 - a.0).to_radians(), (b.1 - a.1).to_radians());
    let h = (lat / 2.0).sin().powi(2)
        + a.0.to_radians().cos() * b.0.to_radians().cos() * (lon / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

/// How `a` and `b` go together.
pub(crate) fn compare(a: &Spot, b: &Spot) -> Places {
    if a.key == b.key {
        return match a.precision.max(b.precision) {
            WherePrec::Exact | WherePrec::Near => Places::Same(0.0),
            WherePrec::Country => Places::SameCountry,
            _ => Places::SameArea,
        };
    }
    let apart = if a.open || b.open { Places::PerhapsApart } else { Places::Apart };
    if !countries_meet(a, b) {
        return apart;
    }
    if a.is_exact() && b.is_exact() {
        return match a.point.zip(b.point).map(|(p, q)| km(p, q)) {
            Some(distance) if distance <= CLOSE => Places::Same(distance),
            Some(distance) if distance <= FAR => Places::Close(distance),
            Some(_) => apart,
            None => Places::PerhapsApart,
        };
    }
    match (&a.admin1, &b.admin1) {
        (Some(x), Some(y)) if x == y => Places::Within,
        (Some(_), Some(_))
            if a.precision <= WherePrec::Admin1 && b.precision <= WherePrec::Admin1 =>
        {
            apart
        }
        _ if a.precision == WherePrec::Country || b.precision == WherePrec::Country => {
            Places::SameCountry
        }
        _ => Places::Open,
    }
}

/// Whether a distance is so small that it hardly speaks against one place.
pub(crate) fn is_near(distance: f64) -> bool {
    distance <= NEAR
}

fn countries_meet(a: &Spot, b: &Spot) -> bool {
    let of = |spot: &Spot| spot.country.iter().chain(&spot.countries).cloned().collect::<Vec<_>>();
    let (left, right) = (of(a), of(b));
    left.is_empty() || right.is_empty() || left.iter().any(|country| right.contains(country))
}

#[cfg(test)]
mod tests {
    use averment_types::{CountryCode, PlaceKind};

    use super::*;

    fn spot(
        key: &str,
        precision: WherePrec,
        admin1: Option<&str>,
        point: Option<(f64, f64)>,
    ) -> Spot {
        Spot {
            key: key.into(),
            name: key.into(),
            kind: PlaceKind::Settlement,
            precision,
            country: CountryCode::parse("ML").ok(),
            countries: vec![],
            admin1: admin1.map(Into::into),
            point,
            gazetteer_id: None,
            open: false,
        }
    }

    #[test]
    fn distance_is_held_against_precision() {
        let gao = spot("gao", WherePrec::Exact, Some("Gao"), Some((16.27, -0.04)));
        let village = spot("v", WherePrec::Exact, Some("Gao"), Some((16.35, -0.04)));
        let mopti = spot("mopti", WherePrec::Exact, Some("Mopti"), Some((14.49, -4.2)));
        let region = spot("gao-region", WherePrec::Admin1, Some("Gao"), None);
        let country = spot("mali", WherePrec::Country, None, None);
        assert_eq!(compare(&gao, &gao), Places::Same(0.0));
        assert!(matches!(compare(&gao, &village), Places::Close(d) if is_near(d)));
        assert_eq!(compare(&gao, &mopti), Places::Apart);
        assert_eq!(compare(&gao, &region), Places::Within);
        assert_eq!(compare(&mopti, &region), Places::Apart);
        assert_eq!(compare(&gao, &country), Places::SameCountry);
    }
}
