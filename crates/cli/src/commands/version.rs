//! `averment --version`: program, reader and codebook.

use std::io::{self, Write};

use averment_extract::Coder;
use averment_lang::{Reader, ReaderKind};

use crate::exit::Exit;

pub(super) fn run() -> anyhow::Result<Exit> {
    let coder = Coder::shipped(ReaderKind::Fast)?;
    let exact = Reader::shipped(ReaderKind::Exact)?;
    let version = coder.version();
    writeln!(
        io::stdout(),
        "averment {}\ncoder    {}\nreader   {}\n         {} (--reader exact)\ncodebook {}",
        env!("CARGO_PKG_VERSION"),
        version.version,
        version.reader,
        exact.version(),
        version.codebook
    )?;
    Ok(Exit::Done)
}
