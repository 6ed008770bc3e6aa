//! Opening one file or standard input: unpacking, telling its kind, and cutting it into documents.
//!
//! Owns the order of these steps and the caps on what is read whole; refuses to decode.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;

use averment_types::Format;

use super::elements::{self, Element};
use super::gzip::{MAGIC, Unpacked};
use super::lines::{Line, Lines, Unit};
use super::walk::Input;
use crate::decode;
use crate::format::{self, Kind};
use crate::{Limits, RawDocument, Refusal, RefusalReason};

/// Bytes that are looked at before the kind of a file is told.
const HEAD_BYTES: u64 = 8192;

type Stream = Box<dyn Read + Send>;

/// An input that was opened.
pub(super) enum Opened {
    Whole(Format, Vec<u8>),
    Lines(Records),
    Elements(std::vec::IntoIter<Element>),
}

/// Opens `input`, so that its documents can be taken one by one.
pub(super) fn open(input: &Input, limits: &Limits) -> Result<Opened, RefusalReason> {
    let (stream, name): (Stream, Option<&Path>) = match input {
        Input::Stdin => (Box::new(io::stdin()), None),
        Input::File(path) => {
            if let Some(extension) = format::unsupported(path) {
                return Err(RefusalReason::UnsupportedFormat { extension });
            }
            (Box::new(File::open(path).map_err(RefusalReason::from_io)?), Some(path))
        }
    };
    let (mut head, mut stream) = peek(stream);
    let mut cap = limits.max_file_bytes;
    if head.starts_with(&MAGIC) {
        let packed = Cursor::new(head).chain(stream);
        (head, stream) = peek(Box::new(Unpacked::new(packed, limits.max_ratio)));
        cap = limits.max_unpacked_bytes;
    }
    format::refuse_signature(&head)?;
    let kind = format::kind_of(name, &head);
    let unit = unit_of(&head);
    let array = format::starts_with_bracket(&head);
    let stream = Cursor::new(head).chain(stream);
    match kind {
        Kind::Text => Ok(Opened::Whole(Format::Text, whole(stream, cap)?)),
        Kind::Html => Ok(Opened::Whole(Format::Html, whole(stream, cap)?)),
        Kind::Lines => Ok(Opened::Lines(Records::new(Box::new(stream), unit, limits))),
        Kind::Json if array => values(stream, cap),
        Kind::Json => json(Box::new(stream), unit, cap, limits),
    }
}

/// The first bytes of `stream`, and the rest. An error met so early comes back behind the bytes.
fn peek(mut stream: Stream) -> (Vec<u8>, Stream) {
    let mut head = Vec::new();
    match stream.by_ref().take(HEAD_BYTES).read_to_end(&mut head) {
        Ok(_) => (head, stream),
        Err(error) => (head, Box::new(Failed(Some(error)))),
    }
}

/// A stream that has failed and says so once.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// How line breaks are written in a file that begins so.
fn unit_of(head: &[u8]) -> Unit {
    match decode::utf16(head) {
        Some(encoding) if encoding == encoding_rs::UTF_16LE => Unit::Little,
        Some(_) => Unit::Big,
        None => Unit::Byte,
    }
}

/// All of `stream`, unless it is longer than `limit` bytes.
fn whole(stream: impl Read, limit: u64) -> Result<Vec<u8>, RefusalReason> {
    let mut bytes = Vec::new();
    let mut bounded = stream.take(limit.saturating_add(1));
    bounded.read_to_end(&mut bytes).map_err(RefusalReason::from_io)?;
    if bytes.len() as u64 > limit {
        return Err(RefusalReason::TooLarge { limit });
    }
    Ok(bytes)
}

/// A `.json` file: records a line if its first line is a whole object, else one value or several.
fn json(stream: Stream, unit: Unit, cap: u64, limits: &Limits) -> Result<Opened, RefusalReason> {
    let mut records = Records::new(stream, unit, limits);
    let first = loop {
        match records.lines.next().map_err(RefusalReason::from_io)? {
            Some(Line::Whole(line)) if line.iter().all(u8::is_ascii_whitespace) => {}
            Some(Line::Whole(line)) => break line,
            Some(Line::TooLong) => return Err(too_long(limits)),
            None => return Err(RefusalReason::Empty),
        }
    };
    let text = decode::decode(&first, None).text;
    let complete = serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok();
    if complete && text.trim_start().starts_with('{') {
        records.first = Some(first);
        return Ok(Opened::Lines(records));
    }
    let feed: &[u8] = match unit {
        Unit::Byte => b"\n",
        Unit::Little => b"\n\0",
        Unit::Big => b"\0\n",
    };
    let before = usize::try_from(records.lines.number()).unwrap_or(1);
    let start = [feed.repeat(before.saturating_sub(1)), first, feed.to_vec()].concat();
    values(Cursor::new(start).chain(records.lines.into_rest()), cap)
}

/// A JSON file that is read whole.
fn values(stream: impl Read, cap: u64) -> Result<Opened, RefusalReason> {
    let bytes = whole(stream, cap)?;
    let elements = elements::split(&decode::decode(&bytes, None).text);
    if elements.is_empty() {
        return Err(RefusalReason::Empty);
    }
    Ok(Opened::Elements(elements.into_iter()))
}

fn too_long(limits: &Limits) -> RefusalReason {
    RefusalReason::LineTooLong { limit: limits.max_line_bytes as u64 }
}

/// The records of a stream, one a line.
pub(super) struct Records {
    lines: Lines<BufReader<Stream>>,
    /// A first line that was read to tell the kind.
    first: Option<Vec<u8>>,
    any: bool,
    over: bool,
    too_long: RefusalReason,
}

impl Records {
    fn new(stream: Stream, unit: Unit, limits: &Limits) -> Self {
        let input = BufReader::with_capacity(1 << 16, stream);
        Self {
            lines: Lines::new(input, unit, limits.max_line_bytes),
            first: None,
            any: false,
            over: false,
            too_long: too_long(limits),
        }
    }

    /// The next line that is not blank; after an error of the stream, nothing more.
    pub(super) fn next(&mut self) -> Option<Element> {
        if let Some(line) = self.first.take() {
            self.any = true;
            return Some((self.lines.number(), Ok(line)));
        }
        while !self.over {
            let line = self.lines.next();
            let number = self.lines.number();
            match line {
                Ok(Some(Line::Whole(line))) if is_blank(&line) => {}
                Ok(Some(Line::Whole(line))) => {
                    self.any = true;
                    return Some((number, Ok(line)));
                }
                Ok(Some(Line::TooLong)) => {
                    self.any = true;
                    return Some((number, Err(self.too_long.clone())));
                }
                Ok(None) => {
                    self.over = true;
                    return (!self.any).then_some((0, Err(RefusalReason::Empty)));
                }
                Err(error) => {
                    self.over = true;
                    return Some((number, Err(RefusalReason::from_io(error))));
                }
            }
        }
        None
    }
}

/// Whether a line holds white space alone, in UTF-16 too, or a byte order mark alone.
fn is_blank(line: &[u8]) -> bool {
    line.iter()
        .all(|b| b.is_ascii_whitespace() || matches!(b, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff))
}

impl Opened {
    /// The next document, `None` when the input is read.
    pub(super) fn next(&mut self, path: &str) -> Option<Result<RawDocument, Refusal>> {
        let (number, element) = match self {
            Self::Whole(format, bytes) => {
                let document = RawDocument {
                    path: path.to_owned(),
                    line: None,
                    format: *format,
                    bytes: std::mem::take(bytes),
                };
                *self = Self::Elements(Vec::new().into_iter());
                return Some(Ok(document));
            }
            Self::Lines(records) => records.next()?,
            Self::Elements(elements) => elements.next()?,
        };
        let line = (number > 0).then_some(number);
        Some(match element {
            Ok(bytes) => {
                Ok(RawDocument { path: path.to_owned(), line, format: Format::Jsonl, bytes })
            }
            Err(reason) => Err(Refusal { path: path.to_owned(), line, reason }),
        })
    }
}
