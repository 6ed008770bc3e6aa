//! Tab-separated tables held as text with the offsets of their lines.
//!
//! Owns rows and columns; refuses what they mean.

use crate::error::PlaceError;

/// A table whose lines that begin with `#` are left out.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    name: &'static str,
    text: &'static str,
    starts: Vec<u32>,
}

impl Table {
    /// Finds the rows of `text`.
    pub(crate) fn new(name: &'static str, text: &'static str) -> Result<Self, PlaceError> {
        if u32::try_from(text.len()).is_err() {
            return Err(PlaceError::TooLarge { table: name });
        }
        let mut starts = Vec::with_capacity(text.len() / 40);
        let mut at = 0;
        for end in memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
            let comment = text.as_bytes().get(at) == Some(&b'#');
            if end > at && !comment {
                starts.extend(u32::try_from(at));
            }
            at = end + 1;
        }
        Ok(Self { name, text, starts })
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Row `at` without its line break.
    pub(crate) fn row(&self, at: usize) -> Option<&'static str> {
        let start = usize::try_from(*self.starts.get(at)?).ok()?;
        let rest = self.text.get(start..)?;
        Some(rest.split_once('\n').map_or(rest, |(row, _)| row))
    }

    /// All rows with their numbers from 0.
    pub(crate) fn rows(&self) -> impl Iterator<Item = (usize, &'static str)> + '_ {
        (0..self.len()).filter_map(|at| self.row(at).map(|row| (at, row)))
    }

    /// The error of a row that is not as it should be.
    pub(crate) const fn error(&self, row: usize, expected: &'static str) -> PlaceError {
        PlaceError::Row { table: self.name, line: row + 2, expected }
    }
}

/// The parts of a column joined with `|`, without empty ones.
pub(crate) fn parts(column: &'static str) -> impl Iterator<Item = &'static str> {
    column.split('|').map(str::trim).filter(|p| !p.is_empty())
}

/// The points of a column of `longitude,latitude` pairs.
pub(crate) fn points(column: &str) -> Option<Vec<[f64; 2]>> {
    column
        .split_whitespace()
        .map(|pair| {
            let (lon, lat) = pair.split_once(',')?;
            Some([lon.parse().ok()?, lat.parse().ok()?])
        })
        .collect()
}
