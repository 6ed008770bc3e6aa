//! `averment --version`: program, reader and codebook.

use std::io::{self, Write};

use averment_extract::Coder;

use crate::exit::Exit;

pub(super) fn run() -> anyhow::Result<Exit> {
    let coder = Coder::shipped()?;
    let version = coder.version();
    writeln!(
        io::stdout(),
        "averment {}\ncoder    {}\nreader   {}\ncodebook {}",
        env!("CARGO_PKG_VERSION"),
        version.version,
        version.reader,
        version.codebook
    )?;
    Ok(Exit::Done)
}
