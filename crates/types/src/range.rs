//! Byte ranges into a report's text; the one place that slices text.

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A half-open range of UTF-8 bytes, `start..end`, into a report's text.
///
/// `start <= end` always holds. Whether both ends fall on character boundaries depends on the text
/// and is checked by [`TextRange::slice`].
///
/// ```
/// use averment_types::TextRange;
/// let range = TextRange::new(6, 10)?;
/// assert_eq!(range.slice("Near, Mopti"), Some("Mopt"));
/// # Ok::<(), averment_types::RangeError>(())
/// ```
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "RawRange")]
pub struct TextRange {
    /// First byte, 0-based.
    start: u32,
    /// One past the last byte.
    end: u32,
}

/// A half-open range of UTF-8 bytes into the report's text.
#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "TextRange")]
struct RawRange {
    /// First byte, 0-based.
    start: u32,
    /// One past the last byte.
    end: u32,
}

/// A range whose start lies behind its end, or that does not fit 32 bits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("text range {start}..{end} is not in order or exceeds 4 GiB")]
pub struct RangeError {
    start: usize,
    end: usize,
}

impl TryFrom<RawRange> for TextRange {
    type Error = RangeError;

    fn try_from(raw: RawRange) -> Result<Self, RangeError> {
        Self::new(raw.start as usize, raw.end as usize)
    }
}

impl TextRange {
    /// The range `start..end`, in bytes.
    ///
    /// # Errors
    /// When `start > end` or `end` does not fit a `u32`.
    pub fn new(start: usize, end: usize) -> Result<Self, RangeError> {
        match (u32::try_from(start), u32::try_from(end)) {
            (Ok(s), Ok(e)) if s <= e => Ok(Self { start: s, end: e }),
            _ => Err(RangeError { start, end }),
        }
    }

    /// The range of `part` inside `whole`, where `part` is a slice of `whole`.
    ///
    /// `None` when `part` does not lie within `whole`'s memory.
    #[must_use]
    pub fn of(whole: &str, part: &str) -> Option<Self> {
        let start = (part.as_ptr() as usize).checked_sub(whole.as_ptr() as usize)?;
        let end = start.checked_add(part.len())?;
        if end > whole.len() {
            return None;
        }
        Self::new(start, end).ok()
    }

    /// The whole of `text`.
    ///
    /// `None` when `text` is longer than 4 GiB.
    #[must_use]
    pub fn whole(text: &str) -> Option<Self> {
        Self::new(0, text.len()).ok()
    }

    /// First byte.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// One past the last byte.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether the range holds no bytes.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words at this range, or `None` when it lies outside `text` or cuts a character.
    #[must_use]
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.start()..self.end())
    }

    /// Whether `other` lies wholly inside this range.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether byte `offset` lies inside this range.
    #[must_use]
    pub const fn contains_offset(self, offset: usize) -> bool {
        self.start() <= offset && offset < self.end()
    }

    /// Whether the two ranges share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The smallest range that covers both.
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The range moved right by `by` bytes, or `None` when it would leave 32 bits.
    #[must_use]
    pub fn shifted(self, by: usize) -> Option<Self> {
        Self::new(self.start().checked_add(by)?, self.end().checked_add(by)?).ok()
    }

    /// The range without leading and trailing white space of `text`.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        self.slice(text).and_then(|s| Self::of(text, s.trim())).unwrap_or(self)
    }

    /// The same range counted in UTF-16 code units, for browsers.
    #[must_use]
    pub fn to_utf16(self, text: &str) -> Option<(usize, usize)> {
        let before = text.get(..self.start())?.encode_utf16().count();
        Some((before, before + self.slice(text)?.encode_utf16().count()))
    }

    /// The same range counted in Unicode code points, for Python.
    #[must_use]
    pub fn to_code_points(self, text: &str) -> Option<(usize, usize)> {
        let before = text.get(..self.start())?.chars().count();
        Some((before, before + self.slice(text)?.chars().count()))
    }

    /// The words at this range with invisible controls (bidi overrides, zero-width characters, NUL)
    /// written as `\u{…}`, for terminals and pages.
    #[must_use]
    pub fn visible(text: &str) -> Cow<'_, str> {
        if !text.chars().any(is_invisible) {
            return Cow::Borrowed(text);
        }
        Cow::Owned(text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
            if is_invisible(c) {
                out.extend(c.escape_unicode());
            } else {
                out.push(c);
            }
            out
        }))
    }
}

impl fmt::Display for TextRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Control characters other than line breaks and tabs, bidi controls, zero-width characters.
fn is_invisible(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_out_of_order_is_refused() {
        assert!(TextRange::new(3, 2).is_err());
        assert!(serde_json::from_str::<TextRange>(r#"{"start":3,"end":2}"#).is_err());
    }

    #[test]
    fn conversions_count_what_they_say() {
        let text = "é😀x";
        let x = TextRange::of(text, text.get(6..7).unwrap()).unwrap();
        assert_eq!(x.to_utf16(text), Some((3, 4)));
        assert_eq!(x.to_code_points(text), Some((2, 3)));
        assert_eq!(TextRange::new(1, 2).unwrap().slice(text), None);
    }

    #[test]
    fn invisible_controls_are_shown() {
        assert_eq!(TextRange::visible("a\u{202e}b"), "a\\u{202e}b");
        assert!(matches!(TextRange::visible("plain\ntext"), Cow::Borrowed(_)));
    }
}
