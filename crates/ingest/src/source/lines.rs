//! Lines of a stream, one at a time, never holding more of one than the limit.
//!
//! Owns the cutting into lines, in UTF-8-like encodings and in UTF-16, and their numbers; refuses to
//! look into them.

use std::io::{self, BufRead};

/// How a line break is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// One byte, `0A`.
    Byte,
    /// UTF-16, low byte first: `0A 00`.
    Little,
    /// UTF-16, high byte first: `00 0A`.
    Big,
}

/// A line without its line feed.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    Whole(Vec<u8>),
    TooLong,
}

/// The lines of `R`.
pub(super) struct Lines<R> {
    input: R,
    unit: Unit,
    max: usize,
    number: u64,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R, unit: Unit, max: usize) -> Self {
        Self { input, unit, max, number: 0 }
    }

    /// The number of the line last begun, from 1; 0 before the first.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The next line, `None` at the end. What a failing reader gave before it failed is dropped,
    /// as it may be half a record.
    pub(super) fn next(&mut self) -> io::Result<Option<Line>> {
        let mut line = Gathered::default();
        self.number += 1;
        loop {
            let piece = match self.input.fill_buf() {
                Ok(piece) => piece,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if piece.is_empty() {
                return Ok(line.finish(self.unit, false));
            }
            let sign = if self.unit == Unit::Little { 0 } else { b'\n' };
            let end = memchr::memchr(sign, piece).map(|at| at + 1);
            let used = end.unwrap_or(piece.len());
            line.add(piece.get(..used).unwrap_or(piece), self.max);
            self.input.consume(used);
            if end.is_some() && line.ends(self.unit) {
                return Ok(line.finish(self.unit, true));
            }
        }
    }

    /// The rest of the stream behind the lines that were read.
    pub(super) fn into_rest(self) -> R {
        self.input
    }
}

/// A line in the making.
#[derive(Default)]
struct Gathered {
    bytes: Vec<u8>,
    length: u64,
    /// The last two bytes.
    tail: [u8; 2],
    too_long: bool,
}

impl Gathered {
    fn add(&mut self, piece: &[u8], max: usize) {
        self.length += piece.len() as u64;
        self.tail = match *piece {
            [.., a, b] => [a, b],
            [b] => [self.tail[1], b],
            [] => self.tail,
        };
        self.too_long |= self.bytes.len().saturating_add(piece.len()) > max.saturating_add(2);
        if self.too_long {
            self.bytes = Vec::new();
        } else {
            self.bytes.extend_from_slice(piece);
        }
    }

    fn ends(&self, unit: Unit) -> bool {
        let even = self.length.is_multiple_of(2);
        match unit {
            Unit::Byte => true,
            Unit::Little => even && self.tail == [b'\n', 0],
            Unit::Big => even && self.tail == [0, b'\n'],
        }
    }

    fn finish(mut self, unit: Unit, broken: bool) -> Option<Line> {
        if self.too_long {
            return Some(Line::TooLong);
        }
        if broken {
            let feed = if unit == Unit::Byte { 1 } else { 2 };
            self.bytes.truncate(self.bytes.len().saturating_sub(feed));
        }
        (broken || !self.bytes.is_empty()).then_some(Line::Whole(self.bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(input: &[u8], unit: Unit, max: usize) -> Vec<Line> {
        // A tiny buffer, so that every line straddles its end.
        let mut lines = Lines::new(io::BufReader::with_capacity(3, input), unit, max);
        std::iter::from_fn(|| lines.next().unwrap()).collect()
    }

    fn whole(bytes: &[u8]) -> Line {
        Line::Whole(bytes.to_vec())
    }

    #[test]
    fn a_long_line_is_passed_over_and_the_next_is_whole() {
        let lines = all(b"one\n0123456789abcdef\r\n\nlast", Unit::Byte, 8);
        let expected = [whole(b"one"), Line::TooLong, whole(b""), whole(b"last")];
        assert_eq!(lines, expected);
    }

    #[test]
    fn utf_16_lines_break_at_whole_units() {
        let text = "a\u{0a00}\u{000a}b\u{010a}\nc";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(
            all(&little, Unit::Little, 99),
            [whole(b"a\0\0\x0a"), whole(b"b\0\x0a\x01"), whole(b"c\0")]
        );
        assert_eq!(
            all(&big, Unit::Big, 99),
            [whole(b"\0a\x0a\0"), whole(b"\0b\x01\x0a"), whole(b"\0c")]
        );
    }
}
