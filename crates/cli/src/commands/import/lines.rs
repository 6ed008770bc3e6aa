//! Lines of a file with bounded memory, and rows and objects that are made of them.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use anyhow::Context;

/// A line of a file, without its end.
pub(super) enum Line<'b> {
    /// Its bytes.
    Bytes(&'b [u8]),
    /// It has more bytes than it may.
    Long,
}

/// Gives each line of a file that is not empty with its number from 1 to `take`. No more than one line of
/// `longest` bytes is held.
pub(super) fn each(
    path: &Path,
    longest: usize,
    mut take: impl FnMut(u64, Line<'_>),
) -> anyhow::Result<()> {
    let failed = || format!("failed to read {}", path.display());
    let mut input = BufReader::with_capacity(1 << 18, File::open(path).with_context(failed)?);
    let mut line: Vec<u8> = Vec::new();
    for number in 1.. {
        line.clear();
        let (mut any, mut long) = (false, false);
        loop {
            let buffer = input.fill_buf().with_context(failed)?;
            let end = buffer.iter().position(|b| *b == b'\n');
            let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
            any |= !buffer.is_empty();
            long |= line.len() + part.len() > longest;
            if !long {
                line.extend_from_slice(part);
            }
            let (used, last) = (part.len() + usize::from(end.is_some()), buffer.is_empty());
            input.consume(used);
            if end.is_some() || last {
                break;
            }
        }
        if !any {
            return Ok(());
        }
        let bytes = line.strip_suffix(b"\r").unwrap_or(&line);
        let bytes =
            if number == 1 { bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes) } else { bytes };
        if long {
            take(number, Line::Long);
        } else if !bytes.is_empty() {
            take(number, Line::Bytes(bytes));
        }
    }
    Ok(())
}

/// The first `most` bytes of a file and whether there are more.
pub(super) fn whole(path: &Path, most: u64) -> anyhow::Result<(Vec<u8>, bool)> {
    let failed = || format!("failed to read {}", path.display());
    let file = File::open(path).with_context(failed)?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).with_context(failed)?;
    let more = u64::try_from(bytes.len()).unwrap_or(u64::MAX) > most;
    Ok((bytes, more))
}

/// The objects of a JSON array whose lines are fed to it, each with the line on which it begins.
#[derive(Debug, Default)]
pub(super) struct Objects {
    held: Vec<u8>,
    begun: u64,
    depth: usize,
    string: bool,
    escaped: bool,
    long: bool,
}

impl Objects {
    /// Takes a line; complete objects go to `take`, one beyond `longest` bytes as `None`.
    pub(super) fn feed(
        &mut self,
        number: u64,
        line: &[u8],
        longest: usize,
        mut take: impl FnMut(u64, Option<&[u8]>),
    ) {
        for byte in line.iter().copied().chain([b' ']) {
            if self.depth == 0 {
                if byte != b'{' {
                    continue;
                }
                self.begun = number;
            }
            self.long |= self.held.len() >= longest;
            if !self.long {
                self.held.push(byte);
            }
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.string => self.escaped = true,
                b'"' => self.string = !self.string,
                b'{' if !self.string => self.depth += 1,
                b'}' if !self.string => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        take(self.begun, (!self.long).then_some(self.held.as_slice()));
                        self.held.clear();
                        self.long = false;
                    }
                }
                _ => {}
            }
        }
    }

    /// The line of an object that is not closed when all lines are read.
    pub(super) fn open(&self) -> Option<u64> {
        (self.depth > 0).then_some(self.begun)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_cut_out_of_an_array_over_lines() {
        let mut objects = Objects::default();
        let mut found = Vec::new();
        for (number, line) in
            (1..).zip(["[{\"a\": \"}\\\"{\"},", " {\"b\":", " {}}, {\"long\": 1234567890}", "{"])
        {
            objects.feed(number, line.as_bytes(), 16, |at, object| {
                found.push((at, object.map(|o| String::from_utf8_lossy(o).replace(' ', ""))));
            });
        }
        let wanted = [(1, Some("{\"a\":\"}\\\"{\"}")), (2, Some("{\"b\":{}}")), (3, None)];
        assert_eq!(found, wanted.map(|(at, o)| (at, o.map(str::to_owned))));
        assert_eq!(objects.open(), Some(4));
    }
}
