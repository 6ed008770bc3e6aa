//! Making a compiled table of places; its form is said in `layer`.
//!
//! Owns order, limits and the sorting of names; refuses where the rows come from. Memory is that of the table
//! that comes out, and its counts are limited.

use averment_types::Digest;

use crate::error::PlaceError;
use crate::key::{fold, light};
use crate::layer::{HEADER, MAGIC, NO_POINT, PER_DEGREE, Spot, SpotKind};

/// Rows of a table; GeoNames has about twelve million.
const MOST_ROWS: usize = 20_000_000;
/// Names of one place; the best known have some two hundred.
const MOST_NAMES: usize = 64;
/// Places of one name that are kept, the largest first.
const MOST_BEARERS: usize = 100;
/// The longest key, in bytes.
const LONGEST_KEY: usize = 80;

/// A key and the row that it leads to.
#[derive(Debug, Clone, Copy)]
struct Entry {
    start: u32,
    length: u8,
    row: u32,
}

/// Keys behind one another, and where each leads.
#[derive(Debug, Default)]
struct Keys {
    text: Vec<u8>,
    entries: Vec<Entry>,
}

impl Keys {
    fn add(&mut self, key: &str, row: u32) -> Option<()> {
        let start = u32::try_from(self.text.len()).ok()?;
        let length = u8::try_from(key.len()).ok()?;
        self.text.extend_from_slice(key.as_bytes());
        self.entries.push(Entry { start, length, row });
        Some(())
    }

    fn key(text: &[u8], entry: Entry) -> &[u8] {
        let start = usize::try_from(entry.start).unwrap_or(usize::MAX);
        text.get(start..start.saturating_add(usize::from(entry.length))).unwrap_or_default()
    }
}

/// What a table is made from.
#[derive(Debug, Default)]
pub(crate) struct Compiler {
    rows: Vec<u8>,
    /// How much a row counts against its namesakes.
    sizes: Vec<(SpotKind, u32)>,
    names: Keys,
    lights: Keys,
    divisions: Vec<(u32, u32)>,
    strings: Vec<u8>,
}

impl Compiler {
    /// Adds a place with its names; with `transliterated` they are found by their light keys too.
    pub(crate) fn add<'n>(
        &mut self,
        spot: &Spot<'_>,
        names: impl IntoIterator<Item = &'n str>,
        transliterated: bool,
    ) -> Result<(), PlaceError> {
        let row = u32::try_from(self.sizes.len()).map_err(|_| PlaceError::FullIndex)?;
        if self.sizes.len() >= MOST_ROWS {
            return Err(PlaceError::FullIndex);
        }
        self.write(spot).ok_or(PlaceError::FullIndex)?;
        if matches!(spot.kind, SpotKind::Division | SpotKind::District) && spot.id > 0 {
            self.divisions.push((spot.id, row));
        }
        let mut keys: Vec<String> = Vec::new();
        for name in names.into_iter().take(MOST_NAMES) {
            let key = fold(name);
            if (3..=LONGEST_KEY).contains(&key.len()) && !keys.contains(&key) {
                keys.push(key);
            }
        }
        let mut lights: Vec<String> = Vec::new();
        for key in &keys {
            self.names.add(key, row).ok_or(PlaceError::FullIndex)?;
            lights.extend(light(key).filter(|l| transliterated && !lights.contains(l)));
        }
        for key in &lights {
            self.lights.add(key, row).ok_or(PlaceError::FullIndex)?;
        }
        Ok(())
    }

    /// Writes the row; `None` when the strings are full.
    fn write(&mut self, spot: &Spot<'_>) -> Option<()> {
        let name = cut(spot.name, usize::from(u8::MAX));
        let start = u32::try_from(self.strings.len()).ok()?;
        self.strings.extend_from_slice(name.as_bytes());
        let (lat, lon) =
            spot.point.map_or((NO_POINT, NO_POINT), |[lon, lat]| (scaled(lat), scaled(lon)));
        for number in [start, spot.id, spot.admin1, spot.admin2] {
            self.rows.extend_from_slice(&number.to_le_bytes());
        }
        self.rows.extend_from_slice(&lat.to_le_bytes());
        self.rows.extend_from_slice(&lon.to_le_bytes());
        self.rows.extend_from_slice(&spot.population.to_le_bytes());
        let country: [u8; 2] = spot.country.as_bytes().try_into().unwrap_or(*b"  ");
        let length = u8::try_from(name.len()).ok()?;
        self.rows.extend_from_slice(&[length, spot.kind.code(), country[0], country[1]]);
        self.sizes.push((spot.kind, spot.population));
        Some(())
    }

    /// How many places were added.
    pub(crate) fn len(&self) -> usize {
        self.sizes.len()
    }

    /// The table; `mark` says of a name whether it is also a word.
    pub(crate) fn finish(mut self, mark: impl Fn(&str) -> u8) -> Result<Vec<u8>, PlaceError> {
        self.divisions.sort_unstable();
        let mut references = Vec::new();
        let names = std::mem::take(&mut self.names);
        let lights = std::mem::take(&mut self.lights);
        let (key_count, keys) = self.sorted(names, &mut references, &mark)?;
        let (light_count, light_keys) = self.sorted(lights, &mut references, &|_| 0)?;
        let counts = [
            self.sizes.len(),
            key_count,
            light_count,
            references.len() / 4,
            self.divisions.len(),
            self.strings.len(),
        ];
        let mut body = self.rows;
        body.extend_from_slice(&keys);
        body.extend_from_slice(&light_keys);
        body.extend_from_slice(&references);
        for (id, row) in &self.divisions {
            body.extend_from_slice(&id.to_le_bytes());
            body.extend_from_slice(&row.to_le_bytes());
        }
        body.extend_from_slice(&self.strings);
        let mut table = Vec::with_capacity(HEADER + body.len());
        table.extend_from_slice(&MAGIC);
        for count in counts {
            let count = u32::try_from(count).map_err(|_| PlaceError::FullIndex)?;
            table.extend_from_slice(&count.to_le_bytes());
        }
        table.extend_from_slice(Digest::of(&[&body]).as_bytes());
        table.extend_from_slice(&body);
        Ok(table)
    }

    /// The records of the keys, sorted; their text goes to the strings, their rows to `references`.
    fn sorted(
        &mut self,
        keys: Keys,
        references: &mut Vec<u8>,
        mark: &impl Fn(&str) -> u8,
    ) -> Result<(usize, Vec<u8>), PlaceError> {
        let Keys { text, mut entries } = keys;
        let size = |row: u32| {
            let at = usize::try_from(row).unwrap_or(usize::MAX);
            self.sizes
                .get(at)
                .map_or((SpotKind::Facility, 0), |(kind, size)| (*kind, u32::MAX - size))
        };
        entries.sort_unstable_by(|a, b| {
            let by_key = Keys::key(&text, *a).cmp(Keys::key(&text, *b));
            by_key.then_with(|| (size(a.row), a.row).cmp(&(size(b.row), b.row)))
        });
        let (mut records, mut count) = (Vec::new(), 0);
        for group in entries.chunk_by(|a, b| Keys::key(&text, *a) == Keys::key(&text, *b)) {
            let Some(first) = group.first() else {
                continue;
            };
            let key = Keys::key(&text, *first);
            let start = u32::try_from(self.strings.len()).map_err(|_| PlaceError::FullIndex)?;
            let rows = u32::try_from(references.len() / 4).map_err(|_| PlaceError::FullIndex)?;
            self.strings.extend_from_slice(key);
            let many = group.len().min(MOST_BEARERS);
            for entry in group.iter().take(many) {
                references.extend_from_slice(&entry.row.to_le_bytes());
            }
            records.extend_from_slice(&start.to_le_bytes());
            records.extend_from_slice(&rows.to_le_bytes());
            let flag = std::str::from_utf8(key).map_or(0, mark);
            records.extend_from_slice(&[first.length, flag, u8::try_from(many).unwrap_or(0), 0]);
            count += 1;
        }
        Ok((count, records))
    }
}

/// The first bytes of `text`, at most `most`, cut between letters.
fn cut(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

#[expect(clippy::cast_possible_truncation, reason = "degrees times ten thousand fit 32 bits")]
fn scaled(degrees: f64) -> i32 {
    (degrees * PER_DEGREE).round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layer::Layer;

    fn spot(name: &str, id: u32, population: u32) -> Spot<'_> {
        Spot {
            name,
            kind: SpotKind::Settlement,
            country: "ML",
            admin1: 7,
            admin2: 0,
            id,
            point: Some([-4.2, 14.5]),
            population,
        }
    }

    fn table() -> Vec<u8> {
        let mut compiler = Compiler::default();
        compiler.add(&spot("Kona", 1, 10), ["Kona", "Konna"], true).unwrap();
        compiler.add(&spot("Kona", 2, 900), ["Kona"], true).unwrap();
        let division = Spot { kind: SpotKind::Division, point: None, ..spot("Mopti", 7, 0) };
        compiler.add(&division, ["Mopti"], false).unwrap();
        compiler.finish(|key| u8::from(key == "kona")).unwrap()
    }

    #[test]
    fn what_is_added_is_found_the_largest_first() {
        let layer = Layer::given(table()).unwrap();
        let (mark, rows) = layer.find("kona").unwrap();
        let ids: Vec<u32> = rows.filter_map(|row| layer.spot(row)).map(|s| s.id).collect();
        assert_eq!((mark, ids), (1, vec![2, 1]));
        assert_eq!(layer.find("konna").unwrap().0, 0);
        assert!(layer.find("kon").is_none() && layer.find("zzz").is_none());
        assert_eq!(layer.find_light("kun").unwrap().count(), 2);
        let mopti = layer.division(7).and_then(|row| layer.spot(row)).unwrap();
        assert_eq!((mopti.name, mopti.point, mopti.country), ("Mopti", None, "ML"));
        let kona = layer.spot(0).unwrap();
        assert_eq!((kona.name, kona.point, kona.admin1), ("Kona", Some([-4.2, 14.5]), 7));
        assert!(layer.division(8).is_none() && layer.spot(3).is_none() && layer.len() == 3);
    }

    #[test]
    fn a_damaged_table_is_refused_or_gives_less_and_never_panics() {
        let whole = table();
        for length in 0..whole.len() {
            assert!(Layer::given(whole[..length].to_vec()).is_err(), "{length}");
        }
        for at in 0..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xff;
            if let Ok(layer) = Layer::given(bytes) {
                let rows: Vec<u32> =
                    layer.find("kona").map(|(_, r)| r.collect()).unwrap_or_default();
                assert!(rows.iter().filter_map(|row| layer.spot(*row)).count() <= 255);
                let _ = (layer.division(7), layer.find_light("kun").map(Iterator::count));
            }
        }
    }
}
