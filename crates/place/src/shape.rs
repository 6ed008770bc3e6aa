//! Boxes, circles, lines and points on the globe, in degrees.
//!
//! Owns rough geometry; refuses names.

use averment_types::Geometry;

/// Kilometres of one degree of latitude.
const KM_PER_DEGREE: f64 = 111.2;
/// Corners of a polygon that stands for a circle.
const CORNERS: u32 = 16;

/// A box of west, south, east, north.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) west: f64,
    pub(crate) south: f64,
    pub(crate) east: f64,
    pub(crate) north: f64,
}

/// A direction of the compass, or the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Direction {
    /// -1 south, 0 neither, 1 north.
    pub(crate) north: i8,
    /// -1 west, 0 neither, 1 east.
    pub(crate) east: i8,
}

impl Bounds {
    /// The box written `west,south,east,north`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split(',').map(str::parse::<f64>);
        let mut next = || numbers.next()?.ok();
        Some(Self { west: next()?, south: next()?, east: next()?, north: next()? })
    }

    /// The box around `points`.
    pub(crate) fn around(points: &[[f64; 2]]) -> Option<Self> {
        let first = points.first()?;
        let start = Self { west: first[0], south: first[1], east: first[0], north: first[1] };
        Some(points.iter().fold(start, |b, [x, y]| Self {
            west: b.west.min(*x),
            south: b.south.min(*y),
            east: b.east.max(*x),
            north: b.north.max(*y),
        }))
    }

    /// The part of the box in `direction`: a half for each axis that it names, the middle half for none.
    pub(crate) fn towards(self, direction: Direction) -> Self {
        let middle = direction == Direction::default();
        let (west, east) = half(self.west, self.east, direction.east, middle);
        let (south, north) = half(self.south, self.north, direction.north, middle);
        Self { west, south, east, north }
    }

    /// Whether the boxes share some area.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        self.west < other.east
            && other.west < self.east
            && self.south < other.north
            && other.south < self.north
    }

    /// The box as a polygon.
    pub(crate) fn polygon(self) -> Geometry {
        let Self { west, south, east, north } = self;
        let ring = [[west, south], [east, south], [east, north], [west, north], [west, south]];
        Geometry::Polygon(vec![ring.into_iter().map(rounded).collect()])
    }
}

fn half(low: f64, high: f64, side: i8, middle: bool) -> (f64, f64) {
    let centre = f64::midpoint(low, high);
    match side {
        1 => (centre, high),
        -1 => (low, centre),
        _ if middle => (f64::midpoint(low, centre), f64::midpoint(centre, high)),
        _ => (low, high),
    }
}

/// Coordinates to about ten metres: more would feign exactness.
fn rounded(point: [f64; 2]) -> [f64; 2] {
    point.map(|v| (v * 10_000.0).round() / 10_000.0)
}

/// The point `km` kilometres from `start` in `direction`, on a flat map good for a few hundred kilometres.
pub(crate) fn offset(start: [f64; 2], direction: Direction, km: f64) -> [f64; 2] {
    let diagonal = direction.north != 0 && direction.east != 0;
    let step = if diagonal { km / f64::sqrt(2.0) } else { km };
    moved(start, f64::from(direction.east) * step, f64::from(direction.north) * step)
}

fn moved(start: [f64; 2], east_km: f64, north_km: f64) -> [f64; 2] {
    let [lon, lat] = start;
    let shrink = lat.to_radians().cos().max(0.01);
    rounded([
        lon + east_km / (KM_PER_DEGREE * shrink),
        (lat + north_km / KM_PER_DEGREE).clamp(-90.0, 90.0),
    ])
}

/// A circle of `km` kilometres around `centre`.
pub(crate) fn circle(centre: [f64; 2], km: f64) -> Geometry {
    let corner = |n: u32| {
        let angle = f64::from(n % CORNERS) / f64::from(CORNERS) * std::f64::consts::TAU;
        moved(centre, km * angle.cos(), km * angle.sin())
    };
    Geometry::Polygon(vec![(0..=CORNERS).map(corner).collect()])
}

/// Kilometres between two points.
pub(crate) fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    let shrink = f64::midpoint(a[1], b[1]).to_radians().cos();
    let (x, y) = ((a[0] - b[0]) * shrink, a[1] - b[1]);
    x.hypot(y) * KM_PER_DEGREE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_goes_the_way_it_says() {
        let north = Direction { north: 1, east: 0 };
        let moved = offset([0.0, 16.0], north, 111.2);
        assert!((moved[1] - 17.0).abs() < 0.01 && moved[0].abs() < 1e-9);
        assert!((distance([0.0, 16.0], moved) - 111.2).abs() < 1.0);
    }

    #[test]
    fn halves_and_the_middle() {
        let whole = Bounds::parse("0,0,8,8").unwrap();
        let part = whole.towards(Direction::default()).towards(Direction { north: -1, east: -1 });
        assert_eq!(part, Bounds::parse("2,2,4,4").unwrap());
    }
}
