//! Unpacking gzip under a cap on the ratio, so that a bomb stops early and holds no memory.
//!
//! Owns the counting of packed and unpacked bytes; refuses to bound the total, which the caller
//! does where it reads a whole file.

use std::io::{self, Read};

use flate2::read::MultiGzDecoder;

use crate::RefusalReason;
use crate::limits::RATIO_FLOOR_BYTES;

/// The first two bytes of a gzip file.
pub(super) const MAGIC: [u8; 2] = [0x1f, 0x8b];

/// A reader that counts what was read through it.
struct Counted<R> {
    inner: R,
    count: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.count = self.count.saturating_add(n as u64);
        Ok(n)
    }
}

/// The content of a gzip stream of one or more members.
pub(super) struct Unpacked<R> {
    inner: MultiGzDecoder<Counted<R>>,
    given: u64,
    max_ratio: u64,
}

impl<R: Read> Unpacked<R> {
    pub(super) fn new(packed: R, max_ratio: u64) -> Self {
        let counted = Counted { inner: packed, count: 0 };
        Self { inner: MultiGzDecoder::new(counted), given: 0, max_ratio }
    }
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf).map_err(name_fault)?;
        self.given = self.given.saturating_add(n as u64);
        let allowed = self.inner.get_ref().count.saturating_mul(self.max_ratio);
        if self.given > allowed.max(RATIO_FLOOR_BYTES) {
            let ratio = self.max_ratio;
            return Err(RefusalReason::CompressionBomb { ratio }.into_io());
        }
        Ok(n)
    }
}

fn name_fault(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => RefusalReason::GzipTruncated.into_io(),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => {
            RefusalReason::GzipDamaged.into_io()
        }
        _ => error,
    }
}
