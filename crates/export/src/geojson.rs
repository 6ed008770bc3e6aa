//! A GeoJSON `FeatureCollection`: the place of a claim as it is known, an area as an area, and no
//! geometry where a point would mislead. The properties repeat the precision beside the place.

use std::io::{self, Write};

use averment_types::{Geometry, PlaceValue, RoleKind};
use serde::Serialize;
use serde_json::{Value, json};

use crate::fields;
use crate::json::Array;
use crate::{ClaimRow, ReportRow};

#[derive(Serialize)]
pub(crate) struct Feature<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    id: &'a str,
    geometry: Option<Geometry>,
    properties: Value,
}

impl<'a> Feature<'a> {
    pub(crate) fn new(id: &'a str, geometry: Option<Geometry>, properties: Value) -> Self {
        Self { kind: "Feature", id, geometry, properties }
    }
}

/// The claim as a feature; its geometry is `null` when the place is unknown or has no shape.
pub(crate) fn claim<'a>(row: &ClaimRow<'a>) -> impl Serialize + use<'a> {
    let content = row.claim.content();
    let place = content.place.as_ref();
    let time = content.time.as_ref();
    let properties = json!({
        "type": content.type_id,
        "kind": content.kind,
        "start": time.and_then(|t| t.interval.start()),
        "end": time.and_then(|t| t.interval.end()),
        "date_precision": time.map(|t| t.precision),
        "place": place.map(|p| &p.name),
        "place_kind": place.map(|p| p.kind),
        "country": place.and_then(|p| p.country.as_ref()),
        "countries": place.map(|p| &p.countries),
        "where_precision": place.map(|p| p.precision),
        "initiators": fields::fillers(content, RoleKind::Initiator),
        "initiators_alleged": fields::alleged(content),
        "targets": fields::fillers(content, RoleKind::Target),
        "victims": fields::fillers(content, RoleKind::Victim),
        "participants": fields::fillers(content, RoleKind::Participant),
        "casualties": content.casualties,
        "polarity": content.polarity,
        "modality": content.modality,
        "attribution": fields::speakers(content),
        "party_source": fields::party_source(content),
        "quote": content.evidence.first().quote(),
        "report_id": row.report_id,
        "outlet": row.outlet,
        "published": row.published.map(|p| p.interval),
        "superseded": row.superseded,
        "decision": row.decided.map(|d| d.state),
        "decided_by": row.decided.map(|d| d.by),
    });
    Feature::new(row.claim.id().as_str(), place.and_then(geometry), properties)
}

/// The report as a feature without geometry: a report tells of places and has none.
pub(crate) fn report<'a>(row: &ReportRow<'a>) -> impl Serialize + use<'a> {
    Feature::new(row.id.as_str(), None, json!(row))
}

/// The place's shape, else the point that stands for it. Coordinates that are no numbers on the
/// globe would make the whole file unreadable, so they give no geometry.
fn geometry(place: &PlaceValue) -> Option<Geometry> {
    let point = || Some(Geometry::Point([place.lon?, place.lat?]));
    place.geometry.clone().or_else(point).filter(|g| positions(g).all(|p| is_on_globe(*p)))
}

fn positions(geometry: &Geometry) -> Box<dyn Iterator<Item = &[f64; 2]> + '_> {
    match geometry {
        Geometry::Point(position) => Box::new(std::iter::once(position)),
        Geometry::LineString(line) => Box::new(line.iter()),
        Geometry::Polygon(rings) => Box::new(rings.iter().flatten()),
        Geometry::MultiPolygon(polygons) => Box::new(polygons.iter().flatten().flatten()),
    }
}

fn is_on_globe([lon, lat]: [f64; 2]) -> bool {
    (-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)
}

/// A feature collection that is written feature by feature.
pub(crate) struct Collection(Array);

impl Collection {
    pub(crate) fn start(out: &mut dyn Write) -> io::Result<Self> {
        out.write_all(br#"{"type":"FeatureCollection","features":"#)?;
        Array::start(out).map(Self)
    }

    pub(crate) fn add(&mut self, out: &mut dyn Write, feature: &impl Serialize) -> io::Result<()> {
        self.0.add(out, feature)
    }

    pub(crate) fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        self.0.end(out)?;
        out.write_all(b"}\n")
    }
}
