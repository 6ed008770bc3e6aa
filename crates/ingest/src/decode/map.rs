//! Building and joining source maps.
//!
//! Owns the care for segments that are not byte for byte, whose lengths must differ; refuses to know
//! any encoding.

use averment_types::{MapSegment, SourceMap, TextRange};

/// Adds a stretch of text that is its source, byte for byte. Empty and over-long ones are left out.
pub(crate) fn push_exact(map: &mut SourceMap, text: usize, source: usize, len: usize) {
    let (Ok(text), Ok(source)) =
        (TextRange::new(text, text + len), TextRange::new(source, source + len))
    else {
        return;
    };
    if len > 0 {
        map.push(MapSegment { text, source });
    }
}

/// Adds a stretch of text that came from `source` as a whole. Where both happen to have the same
/// length it goes in as two, so that nobody takes it for byte by byte.
pub(crate) fn push_whole(map: &mut SourceMap, text: TextRange, source: TextRange) {
    if text.is_empty() || source.is_empty() {
        return;
    }
    if text.len() != source.len() || text.len() == 1 {
        map.push(MapSegment { text, source });
        return;
    }
    let middle = text.start() + 1;
    for (start, end) in [(text.start(), middle), (middle, text.end())] {
        if let Ok(text) = TextRange::new(start, end) {
            map.push(MapSegment { text, source });
        }
    }
}

/// The map from the text of `outer` to the source of `inner`, where the source of `outer` is the
/// text of `inner`.
pub(crate) fn compose(outer: &SourceMap, inner: &SourceMap) -> SourceMap {
    let mut joined = SourceMap::new();
    for segment in outer.segments() {
        if segment.text.len() != segment.source.len() {
            if let Some(source) = inner.to_source(segment.source) {
                push_whole(&mut joined, segment.text, source);
            }
            continue;
        }
        let segments = inner.segments();
        let from = segments.partition_point(|s| s.text.end() <= segment.source.start());
        let hits = segments.get(from..).unwrap_or_default().iter();
        for hit in hits.take_while(|s| s.text.start() < segment.source.end()) {
            join(&mut joined, segment, hit);
        }
    }
    joined
}

/// Adds the part of the exact segment `outer` that `inner` leads on.
fn join(joined: &mut SourceMap, outer: &MapSegment, inner: &MapSegment) {
    let start = inner.text.start().max(outer.source.start());
    let end = inner.text.end().min(outer.source.end());
    let text = start - outer.source.start() + outer.text.start();
    let len = end.saturating_sub(start);
    if inner.text.len() == inner.source.len() {
        push_exact(joined, text, inner.source.start() + start - inner.text.start(), len);
    } else if let Ok(text) = TextRange::new(text, text + len) {
        push_whole(joined, text, inner.source);
    }
}

/// `map` for the first `end` bytes of its text.
pub(crate) fn clipped(map: SourceMap, end: usize) -> SourceMap {
    if map.segments().last().is_none_or(|last| last.text.end() <= end) {
        return map;
    }
    part(&map, 0, end)
}

/// `map` for the bytes `from` up to `end` of its text.
pub(crate) fn part(map: &SourceMap, from: usize, end: usize) -> SourceMap {
    let mut cut = SourceMap::new();
    let inside = map.segments().iter().filter(|s| s.text.end() > from);
    for segment in inside.take_while(|s| s.text.start() < end) {
        let start = segment.text.start().max(from);
        let stop = segment.text.end().min(end);
        if segment.text.len() == segment.source.len() {
            let source = segment.source.start() + start - segment.text.start();
            push_exact(&mut cut, start - from, source, stop - start);
        } else if let Ok(text) = TextRange::new(start - from, stop - from) {
            push_whole(&mut cut, text, segment.source);
        }
    }
    cut
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: usize, end: usize) -> TextRange {
        TextRange::new(start, end).unwrap()
    }

    #[test]
    fn maps_join_exactly_where_both_are_exact() {
        let mut inner = SourceMap::new();
        push_exact(&mut inner, 0, 3, 10);
        push_whole(&mut inner, range(10, 12), range(13, 14));
        push_exact(&mut inner, 12, 14, 10);
        let mut outer = SourceMap::new();
        push_exact(&mut outer, 0, 5, 10);
        push_whole(&mut outer, range(10, 11), range(15, 20));
        let joined = compose(&outer, &inner);
        assert_eq!(joined.to_source(range(0, 2)), Some(range(8, 10)));
        assert_eq!(joined.to_source(range(5, 6)), Some(range(13, 14)));
        assert_eq!(joined.to_source(range(8, 10)), Some(range(15, 17)));
        assert_eq!(joined.to_source(range(10, 11)), Some(range(17, 22)));
    }

    #[test]
    fn a_whole_of_equal_length_is_not_taken_byte_by_byte() {
        let mut map = SourceMap::new();
        push_whole(&mut map, range(0, 4), range(8, 12));
        assert_eq!(map.to_source(range(2, 3)), Some(range(8, 12)));
    }
}
