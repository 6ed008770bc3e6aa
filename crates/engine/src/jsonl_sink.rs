//! Coded reports as JSON, one a line.

use std::io::Write;

use crate::{EngineError, Finished, Outcome, Sink};

/// Writes one coded report a line; every report counts as new.
#[derive(Debug)]
pub struct JsonlSink<W> {
    out: W,
}

impl<W: Write> JsonlSink<W> {
    /// A sink that writes to `out`. It flushes after each batch, so `out` needs no buffer.
    #[must_use]
    pub const fn new(out: W) -> Self {
        Self { out }
    }
}

impl<W: Write> Sink for JsonlSink<W> {
    fn take(&mut self, batch: &[Finished]) -> Result<Vec<Outcome>, EngineError> {
        let mut lines = Vec::new();
        for finished in batch {
            serde_json::to_writer(&mut lines, &finished.coded)
                .map_err(|source| EngineError::Encode { source })?;
            lines.push(b'\n');
        }
        let written = self.out.write_all(&lines).and_then(|()| self.out.flush());
        written.map_err(|source| EngineError::Write { source })?;
        Ok(vec![Outcome::New; batch.len()])
    }
}
