//! Documents from files, directories, patterns and standard input.
//!
//! Owns every system call of this crate; refuses to decode and to parse, so that reading and
//! parsing can run on different threads.

mod elements;
mod gzip;
mod lines;
mod open;
mod walk;

use averment_types::Format;

use crate::{Limits, Options, Refusal};
use open::Opened;
use walk::Inputs;

/// One document as read, before it is decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawDocument {
    /// The path as given or found, `-` for standard input.
    pub path: String,
    /// The line on which the record begins, counted from 1, where the file holds records.
    pub line: Option<u64>,
    /// The form, by the file's name or its first bytes.
    pub format: Format,
    /// The bytes of the file, unpacked, or of the one record.
    pub bytes: Vec<u8>,
}

/// The documents of some inputs, read one by one as they are asked for.
pub struct Documents {
    inputs: Inputs,
    limits: Limits,
    open: Option<(String, Opened)>,
}

/// The documents in `inputs`: files, directories, patterns (`news/*.txt`), and `-` for standard
/// input, each plain, or packed with gzip.
///
/// Inputs are read in the order given, a directory's or pattern's files in the order of their names.
/// Nothing is read before it is asked for, and a JSONL file is held a line at a time. Hidden files
/// and files of unknown extension inside a directory are passed over; links there are refused.
///
/// ```
/// use averment_ingest::{Options, documents};
/// let mut found = documents(&["no/such/file.txt".to_owned()], &Options::default());
/// assert_eq!(found.next().unwrap().unwrap_err().code(), "missing");
/// assert!(found.next().is_none());
/// ```
#[must_use]
pub fn documents(inputs: &[String], options: &Options) -> Documents {
    Documents { inputs: Inputs::new(inputs), limits: options.limits.clone(), open: None }
}

impl Iterator for Documents {
    type Item = Result<RawDocument, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some((path, opened)) = &mut self.open {
                if let Some(document) = opened.next(path) {
                    return Some(document);
                }
                self.open = None;
            }
            let input = match self.inputs.next()? {
                Ok(input) => input,
                Err(refusal) => return Some(Err(refusal)),
            };
            let path = input.shown();
            match open::open(&input, &self.limits) {
                Ok(opened) => self.open = Some((path, opened)),
                Err(reason) => {
                    return Some(Err(Refusal { path, line: None, reason }));
                }
            }
        }
    }
}
