//! Hashes of words and keys: the same on every machine, and maps that take them as they are.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// FNV-1a over the bytes, with `SplitMix64`'s last mixing so that all bits are of use.
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    mix(bytes.iter().fold(0xcbf2_9ce4_8422_2325, |h, byte| {
        (h ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    }))
}

/// The hash of an id or a name.
pub(crate) fn key_of(text: &str) -> u64 {
    hash(text.as_bytes())
}

/// Mixes all bits of `h`.
pub(crate) const fn mix(h: u64) -> u64 {
    let h = (h ^ (h >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let h = (h ^ (h >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    h ^ (h >> 31)
}

/// One hash of several, in this order.
pub(crate) fn join(parts: &[u64]) -> u64 {
    parts.iter().fold(0x9e37_79b9_7f4a_7c15, |h, part| {
        mix(h ^ part.wrapping_add(0x9e37_79b9_7f4a_7c15).rotate_left(17))
    })
}

/// The lower half, where 32 bits are enough.
#[expect(clippy::cast_possible_truncation, reason = "the lower half is what is asked for")]
pub(crate) const fn short(h: u64) -> u32 {
    h as u32
}

/// Takes a key that is a hash already as it is.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = hash(bytes);
    }

    fn write_u32(&mut self, value: u32) {
        self.0 = mix(u64::from(value));
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

/// A map whose keys are hashes. It is looked up and never walked over.
pub(crate) type ByHash<K, V> = HashMap<K, V, BuildHasherDefault<AsIs>>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_tell_words_and_orders_apart() {
        assert_ne!(hash(b"gao"), hash(b"goa"));
        assert_ne!(join(&[1, 2]), join(&[2, 1]));
        assert_eq!(hash(b""), hash(b""));
    }
}
