//! Places of events: a gazetteer entry or a geometry, with a precision and the reasons for it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{CountryCode, TextRange};

/// How exact a place is, after UCDP GED's `where_prec` (1 to 7).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum WherePrec {
    /// The exact place (`where_prec` 1).
    Exact,
    /// Near it, within about 25 km (2).
    Near,
    /// A second-order division: district, cercle (3).
    Admin2,
    /// A first-order division: province, region, governorate (4).
    Admin1,
    /// A larger or fuzzy area: a border zone, a desert, "central Mali" (5).
    Fuzzy,
    /// A country (6).
    Country,
    /// At sea or in the air (7).
    SeaOrAir,
}

impl WherePrec {
    /// UCDP GED's `where_prec`.
    #[must_use]
    pub const fn ucdp(self) -> u8 {
        match self {
            Self::Exact => 1,
            Self::Near => 2,
            Self::Admin2 => 3,
            Self::Admin1 => 4,
            Self::Fuzzy => 5,
            Self::Country => 6,
            Self::SeaOrAir => 7,
        }
    }
}

/// What kind of place it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum PlaceKind {
    /// City, town, village, quarter.
    Settlement,
    /// Second-order division.
    Admin2,
    /// First-order division.
    Admin1,
    /// A sovereign or disputed state.
    Country,
    /// A region larger than, or across, divisions: the Sahel, Liptako-Gourma.
    Region,
    /// The zone along a border of two or more countries.
    BorderZone,
    /// A place given relative to another: "20 km north of Gao".
    Relative,
    /// River, lake, mountain, desert, forest.
    Natural,
    /// Base, camp, airport, mosque, road, crossing.
    Facility,
    /// A continent or part of one.
    Continent,
    /// A sea or strait.
    Water,
}

/// A geometry in GeoJSON's form: coordinates are longitude, latitude in WGS 84 degrees.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", content = "coordinates")]
pub enum Geometry {
    /// One point.
    Point([f64; 2]),
    /// A line: a road, a stretch of border.
    LineString(Vec<[f64; 2]>),
    /// An area: rings, the first the outer one, each closed.
    Polygon(Vec<Vec<[f64; 2]>>),
    /// Several areas.
    MultiPolygon(Vec<Vec<Vec<[f64; 2]>>>),
}

/// Another place that the words may mean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceCandidate {
    /// Its name.
    pub name: String,
    /// Its country.
    pub country: Option<CountryCode>,
    /// Its first-order division.
    pub admin1: Option<String>,
    /// Latitude, degrees north, -90 to 90.
    pub lat: Option<f64>,
    /// Longitude, degrees east, -180 to 180.
    pub lon: Option<f64>,
    /// Its id in the gazetteer.
    pub gazetteer_id: Option<String>,
    /// Relative weight among the candidates, 0 to 1; not a calibrated probability.
    pub score: f32,
    /// Why it is possible.
    pub reason: String,
}

/// Where something is said to have happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceValue {
    /// The place's usual name; for a relative place the description.
    pub name: String,
    /// What kind of place.
    pub kind: PlaceKind,
    /// Its country; `null` when it lies in several, in none, or the country is open.
    pub country: Option<CountryCode>,
    /// All countries that it touches or may lie in.
    #[serde(default)]
    pub countries: Vec<CountryCode>,
    /// Its first-order division, by name.
    pub admin1: Option<String>,
    /// Its second-order division, by name.
    pub admin2: Option<String>,
    /// Latitude of a point that stands for it, degrees north; `null` when a point would mislead.
    pub lat: Option<f64>,
    /// Longitude of that point, degrees east.
    pub lon: Option<f64>,
    /// Its shape, where it is no point.
    pub geometry: Option<Geometry>,
    /// How exact it is.
    pub precision: WherePrec,
    /// Its id in the gazetteer, for example `geonames:2460596`.
    pub gazetteer_id: Option<String>,
    /// The words, exactly as in the report.
    pub text: String,
    /// Where the words are.
    pub span: TextRange,
    /// How the value came about, a sentence each.
    pub reasons: Vec<String>,
    /// Other places it may be, best first; empty when there is only one.
    #[serde(default)]
    pub candidates: Vec<PlaceCandidate>,
}

impl PlaceValue {
    /// A place of which the words `text` at `span` give name, kind and precision, and nothing more is known.
    #[must_use]
    pub fn named(
        name: &str,
        kind: PlaceKind,
        precision: WherePrec,
        text: &str,
        span: TextRange,
    ) -> Self {
        Self {
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
            text: text.to_owned(),
            span,
            reasons: Vec::new(),
            candidates: Vec::new(),
        }
    }
}
