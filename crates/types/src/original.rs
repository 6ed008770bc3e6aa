//! A document's bytes as they came, and the map from the clean text back to them.

use serde::{Deserialize, Serialize};

use crate::TextRange;

/// A stretch of text that came from a stretch of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct MapSegment {
    /// Where it is in the report's text.
    pub text: TextRange,
    /// Where it came from in the original bytes. The same length as `text` means byte for byte;
    /// another length (entities, other encodings, JSON escapes) maps as a whole.
    pub source: TextRange,
}

/// The map from text offsets back to the original bytes: segments in order of the text. Text between
/// segments (line breaks between paragraphs) was put there by the reader and has no source.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SourceMap {
    segments: Vec<MapSegment>,
}

impl SourceMap {
    /// A map of no segments.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a segment behind the last one; joins it to the last one where both are exact and adjacent.
    pub fn push(&mut self, segment: MapSegment) {
        if let Some(last) = self.segments.last_mut() {
            let exact = |s: &MapSegment| s.text.len() == s.source.len();
            let adjacent = last.text.end() == segment.text.start()
                && last.source.end() == segment.source.start();
            if adjacent && exact(last) && exact(&segment) {
                last.text = last.text.cover(segment.text);
                last.source = last.source.cover(segment.source);
                return;
            }
        }
        self.segments.push(segment);
    }

    /// The segments, in order of the text.
    #[must_use]
    pub fn segments(&self) -> &[MapSegment] {
        &self.segments
    }

    /// The smallest stretch of the original that holds all of `range`, or `None` when no part of it
    /// has a source.
    #[must_use]
    pub fn to_source(&self, range: TextRange) -> Option<TextRange> {
        let from = self.segments.partition_point(|s| s.text.end() <= range.start());
        let hits = self.segments.get(from..)?.iter().take_while(|s| s.text.start() < range.end());
        hits.filter_map(|s| part_of(s, range)).reduce(TextRange::cover)
    }
}

/// The source of the part of `range` that lies in `segment`.
fn part_of(segment: &MapSegment, range: TextRange) -> Option<TextRange> {
    if segment.text.len() != segment.source.len() {
        return Some(segment.source);
    }
    let start = range.start().max(segment.text.start()) - segment.text.start();
    let end = range.end().min(segment.text.end()) - segment.text.start();
    TextRange::new(segment.source.start() + start, segment.source.start() + end).ok()
}

/// A document as it came.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Original {
    /// The bytes: of the file (unpacked), or of the one record.
    pub bytes: Vec<u8>,
    /// From the report's text back to them.
    pub map: SourceMap,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: usize, end: usize) -> TextRange {
        TextRange::new(start, end).unwrap()
    }

    #[test]
    fn exact_segments_join_and_map_by_the_byte() {
        let mut map = SourceMap::new();
        map.push(MapSegment { text: range(0, 3), source: range(10, 13) });
        map.push(MapSegment { text: range(3, 5), source: range(13, 15) });
        map.push(MapSegment { text: range(5, 6), source: range(15, 20) });
        assert_eq!(map.segments().len(), 2);
        assert_eq!(map.to_source(range(1, 4)), Some(range(11, 14)));
        assert_eq!(map.to_source(range(4, 6)), Some(range(14, 20)));
        assert_eq!(map.to_source(range(7, 9)), None);
    }
}
