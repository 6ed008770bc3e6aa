//! A compiled table of places: names sorted for binary search, rows of fixed width, nothing parsed at load.
//!
//! Owns the file's form and look-up in it, by key and by number; refuses to trust it: every number is checked
//! where it is used, so that a damaged file gives fewer places and never a panic.
//!
//! All numbers are little-endian. Header of 64 bytes: magic (8), counts of rows, keys, light keys, references and
//! divisions, length of the strings (6 × u32), digest of all that follows (32). Then the sections, in that order:
//! rows ([`ROW`] bytes), keys and light keys ([`KEY`] bytes, sorted by the key's bytes), references (u32 row), divisions
//! (u32 GeoNames id, u32 row, sorted by id), strings.

use std::sync::Arc;

use crate::error::PlaceError;

/// The last byte is the form's version.
pub(crate) const MAGIC: [u8; 8] = *b"AVGAZ\0\0\x01";
pub(crate) const HEADER: usize = 64;
pub(crate) const ROW: usize = 32;
pub(crate) const KEY: usize = 12;
/// Latitude of a row without a point.
pub(crate) const NO_POINT: i32 = i32::MIN;
/// Coordinates are kept in ten-thousandths of a degree, about eleven metres.
pub(crate) const PER_DEGREE: f64 = 10_000.0;

/// What kind of place a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum SpotKind {
    /// Country's division of the first order.
    Division,
    /// Division of the second or a lower order.
    District,
    /// City, town, village, quarter.
    Settlement,
    /// Mountain, lake, forest, island.
    Natural,
    /// River or wadi, for which no point stands.
    Stream,
    /// Airport, base, dam, camp.
    Facility,
}

impl SpotKind {
    const ALL: [Self; 6] = [
        Self::Division,
        Self::District,
        Self::Settlement,
        Self::Natural,
        Self::Stream,
        Self::Facility,
    ];

    pub(crate) fn code(self) -> u8 {
        Self::ALL.iter().zip(0..).find_map(|(k, at)| (*k == self).then_some(at)).unwrap_or_default()
    }

    fn of_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }
}

/// A row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot<'l> {
    pub(crate) name: &'l str,
    pub(crate) kind: SpotKind,
    pub(crate) country: &'l str,
    /// GeoNames ids of the divisions that it lies in; 0 where unknown.
    pub(crate) admin1: u32,
    pub(crate) admin2: u32,
    pub(crate) id: u32,
    /// Longitude, latitude.
    pub(crate) point: Option<[f64; 2]>,
    pub(crate) population: u32,
}

#[derive(Debug, Clone)]
enum Bytes {
    Shipped(&'static [u8]),
    Given(Arc<[u8]>),
}

/// A compiled table.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    bytes: Bytes,
    digest: [u8; 32],
    rows: usize,
    /// Where the sections begin.
    keys: (usize, usize),
    light: (usize, usize),
    references: usize,
    divisions: (usize, usize),
    strings: usize,
}

impl Layer {
    pub(crate) fn shipped(bytes: &'static [u8]) -> Result<Self, PlaceError> {
        Self::open(Bytes::Shipped(bytes))
    }

    pub(crate) fn given(bytes: Vec<u8>) -> Result<Self, PlaceError> {
        Self::open(Bytes::Given(bytes.into()))
    }

    fn open(bytes: Bytes) -> Result<Self, PlaceError> {
        let all: &[u8] = match &bytes {
            Bytes::Shipped(bytes) => bytes,
            Bytes::Given(bytes) => bytes,
        };
        let (known, version) = MAGIC.split_at(MAGIC.len() - 1);
        let head = all.get(..HEADER).filter(|h| h.starts_with(known)).ok_or(PlaceError::NoIndex)?;
        if head.get(known.len()..MAGIC.len()) != Some(version) {
            return Err(PlaceError::IndexVersion);
        }
        let count = |at: usize| number(all, MAGIC.len() + at * 4).ok_or(PlaceError::NoIndex);
        let [rows, keys, light, references, divisions, strings] =
            [count(0)?, count(1)?, count(2)?, count(3)?, count(4)?, count(5)?];
        let widths = [(rows, ROW), (keys, KEY), (light, KEY), (references, 4), (divisions, 8)];
        let mut starts = [HEADER; 6];
        let mut at = HEADER;
        for (start, (count, width)) in starts.iter_mut().skip(1).zip(widths) {
            at = count
                .checked_mul(width)
                .and_then(|n| n.checked_add(at))
                .ok_or(PlaceError::CutIndex)?;
            *start = at;
        }
        if at.checked_add(strings) != Some(all.len()) {
            return Err(PlaceError::CutIndex);
        }
        let digest = head
            .get(HEADER - 32..)
            .and_then(|d| <[u8; 32]>::try_from(d).ok())
            .ok_or(PlaceError::NoIndex)?;
        let [_, key_start, light_start, reference_start, division_start, string_start] = starts;
        Ok(Self {
            digest,
            rows,
            keys: (key_start, keys),
            light: (light_start, light),
            references: reference_start,
            divisions: (division_start, divisions),
            strings: string_start,
            bytes,
        })
    }

    fn all(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Shipped(bytes) => bytes,
            Bytes::Given(bytes) => bytes,
        }
    }

    /// The digest that the header names, of all that follows it.
    pub(crate) const fn digest(&self) -> &[u8; 32] {
        &self.digest
    }

    /// How many rows there are.
    pub(crate) const fn len(&self) -> usize {
        self.rows
    }

    /// Row `at`.
    pub(crate) fn spot(&self, at: u32) -> Option<Spot<'_>> {
        let at = usize::try_from(at).ok().filter(|at| *at < self.rows)?;
        let row = self.all().get(HEADER + at * ROW..)?.get(..ROW)?;
        let field =
            |n: usize| Some(u32::from_le_bytes(row.get(n * 4..n * 4 + 4)?.try_into().ok()?));
        let degrees = |n: usize| {
            let raw = i32::from_le_bytes(row.get(n * 4..n * 4 + 4)?.try_into().ok()?);
            (raw != NO_POINT).then(|| f64::from(raw) / PER_DEGREE)
        };
        let &[length, kind, ..] = row.get(28..)? else {
            return None;
        };
        Some(Spot {
            name: self.string(field(0)?, length)?,
            kind: SpotKind::of_code(kind)?,
            country: std::str::from_utf8(row.get(30..32)?).ok()?,
            id: field(1)?,
            admin1: field(2)?,
            admin2: field(3)?,
            point: degrees(5).zip(degrees(4)).map(|(lon, lat)| [lon, lat]),
            population: field(6)?,
        })
    }

    fn string(&self, start: u32, length: u8) -> Option<&str> {
        let start = self.strings + usize::try_from(start).ok()?;
        std::str::from_utf8(self.all().get(start..start + usize::from(length))?).ok()
    }

    /// The mark of a folded name and the rows that bear it.
    pub(crate) fn find(&self, key: &str) -> Option<(u8, impl Iterator<Item = u32> + '_)> {
        self.search(self.keys, key)
    }

    /// The rows whose names have this light key.
    pub(crate) fn find_light(&self, key: &str) -> Option<impl Iterator<Item = u32> + '_> {
        self.search(self.light, key).map(|(_, rows)| rows)
    }

    fn search(
        &self,
        (start, count): (usize, usize),
        key: &str,
    ) -> Option<(u8, impl Iterator<Item = u32> + '_)> {
        let record = |at: usize| self.all().get(start + at * KEY..)?.get(..KEY);
        let text = |at: usize| {
            let record = record(at)?;
            let first = u32::from_le_bytes(record.get(..4)?.try_into().ok()?);
            let from = self.strings + usize::try_from(first).ok()?;
            self.all().get(from..from + usize::from(*record.get(8)?))
        };
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low + (high - low) / 2;
            if text(middle)? < key.as_bytes() {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if low >= count || text(low)? != key.as_bytes() {
            return None;
        }
        let record = record(low)?;
        let first = usize::try_from(u32::from_le_bytes(record.get(4..8)?.try_into().ok()?)).ok()?;
        let &[_, mark, many, _] = record.get(8..)? else {
            return None;
        };
        let rows = (first..first + usize::from(many)).filter_map(|at| {
            let number = number(self.all(), self.references + at * 4)?;
            u32::try_from(number).ok()
        });
        Some((mark, rows))
    }

    /// The row of the division with this GeoNames id.
    pub(crate) fn division(&self, id: u32) -> Option<u32> {
        let (start, count) = self.divisions;
        let id = usize::try_from(id).ok()?;
        let (mut low, mut high) = (0, count);
        while low < high {
            let middle = low + (high - low) / 2;
            if number(self.all(), start + middle * 8)? < id {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        (low < count && number(self.all(), start + low * 8)? == id)
            .then(|| {
                number(self.all(), start + low * 8 + 4).and_then(|row| u32::try_from(row).ok())
            })
            .flatten()
    }
}

fn number(bytes: &[u8], at: usize) -> Option<usize> {
    let four = bytes.get(at..)?.get(..4)?;
    usize::try_from(u32::from_le_bytes(four.try_into().ok()?)).ok()
}
