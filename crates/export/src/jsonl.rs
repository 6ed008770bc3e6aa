//! One JSON object a line, the same objects as in the JSON array.

use std::io::{self, Write};

use serde::Serialize;

/// Writes one object and a line break.
pub(crate) fn line(out: &mut dyn Write, object: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, object)?;
    out.write_all(b"\n")
}
