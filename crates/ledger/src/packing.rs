//! Originals on the disk: bytes deflated, maps as small numbers (a few bytes a segment, not worth
//! deflating). It refuses to unpack more than was packed.

use std::io::{Read, Write};

use averment_types::{MapSegment, SourceMap, TextRange};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

/// Deflates `bytes` (zlib).
pub(crate) fn pack(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(4));
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// Inflates what [`pack`] made; `None` when it is damaged or its size is not `size`.
pub(crate) fn unpack(packed: &[u8], size: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let limit = size.checked_add(1)?;
    ZlibDecoder::new(packed).take(limit).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == size).then_some(bytes)
}

/// Writes a map as four numbers a segment, each relative to the segment before: gap in the text,
/// length in the text, gap in the source (may go back), length in the source.
pub(crate) fn pack_map(map: &SourceMap) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut text, mut source) = (0_usize, 0_usize);
    for segment in map.segments() {
        put(&mut out, zigzag(text, segment.text.start()));
        put(&mut out, segment.text.len() as u64);
        put(&mut out, zigzag(source, segment.source.start()));
        put(&mut out, segment.source.len() as u64);
        text = segment.text.end();
        source = segment.source.end();
    }
    out
}

/// Reads what [`pack_map`] wrote; `None` when it is damaged.
pub(crate) fn unpack_map(packed: &[u8]) -> Option<SourceMap> {
    let mut rest = packed;
    let mut map = SourceMap::new();
    let (mut text, mut source) = (0, 0);
    while !rest.is_empty() {
        let in_text = segment(&mut rest, text)?;
        let in_source = segment(&mut rest, source)?;
        text = in_text.end();
        source = in_source.end();
        map.push(MapSegment { text: in_text, source: in_source });
    }
    Some(map)
}

/// The next range, whose start is given relative to `before`.
fn segment(rest: &mut &[u8], before: usize) -> Option<TextRange> {
    let gap = take(rest)?;
    let length = usize::try_from(take(rest)?).ok()?;
    let distance = usize::try_from(gap >> 1).ok()?;
    let start =
        if gap & 1 == 0 { before.checked_add(distance)? } else { before.checked_sub(distance)? };
    TextRange::new(start, start.checked_add(length)?).ok()
}

/// The distance from `from` to `to`, its sign in the lowest bit.
const fn zigzag(from: usize, to: usize) -> u64 {
    let forward = to >= from;
    (to.abs_diff(from) as u64) << 1 | (!forward) as u64
}

/// Appends a number, seven bits a byte, the lowest first.
fn put(out: &mut Vec<u8>, mut number: u64) {
    loop {
        let low = number.to_le_bytes()[0] & 0x7f;
        number >>= 7;
        if number == 0 {
            return out.push(low);
        }
        out.push(low | 0x80);
    }
}

/// Takes a number off the front.
fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (&byte, tail) = rest.split_first()?;
        *rest = tail;
        number |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_map_comes_back_whole(steps in prop::collection::vec((0_usize..300, 0_usize..300, 0_usize..70_000, 0_usize..300), 0..60)) {
            let mut map = SourceMap::new();
            let mut text = 0;
            for (gap, length, source, source_length) in steps {
                let from = text + gap;
                text = from + length;
                map.push(MapSegment {
                    text: TextRange::new(from, text).unwrap(),
                    source: TextRange::new(source, source + source_length).unwrap(),
                });
            }
            prop_assert_eq!(unpack_map(&pack_map(&map)), Some(map));
        }

        #[test]
        fn bytes_come_back_whole(bytes in prop::collection::vec(any::<u8>(), 0..3000)) {
            let packed = pack(&bytes).unwrap();
            prop_assert_eq!(unpack(&packed, bytes.len() as u64), Some(bytes));
        }

        #[test]
        fn damage_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let packed = pack(&bytes).unwrap();
            let _ = (unpack_map(&packed), unpack(&bytes, 10), unpack_map(&bytes));
            prop_assert_eq!(unpack(&packed, bytes.len() as u64 + 1), None);
        }
    }
}
