//! Records of a `.json` file: one object, several objects, or arrays of objects.
//!
//! Owns the cutting and the line numbers; refuses to read a record's fields. What stands before a
//! syntax error is kept.

use serde::Deserializer as _;
use serde::de::{DeserializeSeed, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::RefusalReason;

/// A record's bytes, or why reading ended, with the line on which it begins, from 1.
pub(super) type Element = (u64, Result<Vec<u8>, RefusalReason>);

/// The records in `text`, in order.
pub(super) fn split(text: &str) -> Vec<Element> {
    let mut raw: Vec<&RawValue> = Vec::new();
    let fault = gather(text, &mut raw).err();
    let mut found = Vec::with_capacity(raw.len());
    let mut line = 1;
    let mut seen = 0;
    for value in raw {
        let at = (value.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        line += breaks(text.get(seen..at).unwrap_or_default());
        seen = at;
        found.push((line, Ok(value.get().as_bytes().to_vec())));
    }
    if let Some(error) = fault {
        let column = error.column();
        let line = (error.line() as u64).max(1);
        found.push((line, Err(RefusalReason::JsonInvalid { column })));
    }
    found
}

fn breaks(text: &str) -> u64 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u64
}

/// Adds every record before the first syntax error to `found`.
fn gather<'a>(text: &'a str, found: &mut Vec<&'a RawValue>) -> serde_json::Result<()> {
    let mut rest = serde_json::Deserializer::from_str(text);
    if text.trim_start().starts_with('[') {
        rest.deserialize_seq(Array(found))?;
        return rest.end();
    }
    for value in rest.into_iter::<&RawValue>() {
        found.push(value?);
    }
    Ok(())
}

/// Gathers an array's elements as they are read, so that an error later on loses none of them.
struct Array<'v, 'a>(&'v mut Vec<&'a RawValue>);

impl<'a> Visitor<'a> for Array<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array of records")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(One(self.0))?.is_some() {}
        Ok(())
    }
}

struct One<'v, 'a>(&'v mut Vec<&'a RawValue>);

impl<'a> DeserializeSeed<'a> for One<'_, 'a> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'a>>(self, value: D) -> Result<(), D::Error> {
        let raw: &RawValue = serde::Deserialize::deserialize(value)?;
        self.0.push(raw);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<(u64, bool)> {
        split(text).into_iter().map(|(line, e)| (line, e.is_ok())).collect()
    }

    #[test]
    fn objects_and_arrays_are_cut_with_their_lines() {
        assert_eq!(lines("{\n\"a\": 1}\n"), [(1, true)]);
        assert_eq!(lines("[\n {\"a\":\n 1},\n {}]"), [(2, true), (4, true)]);
        assert_eq!(lines("{}\n{}"), [(1, true), (2, true)]);
        assert_eq!(lines("[]"), []);
    }

    #[test]
    fn what_stands_before_an_error_is_kept() {
        assert_eq!(lines("[{},\n {\"a\": }]"), [(1, true), (2, false)]);
        assert_eq!(lines("[{}] x"), [(1, true), (1, false)]);
        assert_eq!(lines("{\n\"a\": 1,\n"), [(3, false)]);
    }
}
