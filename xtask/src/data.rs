//! `cargo xtask data`: compiles the gazetteer's tables of places into the bytes that `crates/place` embeds.

use std::fs;
use std::path::Path;

use anyhow::Context;
use averment_place::{SourceTables, compile};

/// Writes `data/gazetteer/places.bin`.
pub(crate) fn run(root: &Path) -> anyhow::Result<()> {
    let folder = root.join("data/gazetteer");
    let read = |name: &str| {
        let path = folder.join(name);
        fs::read_to_string(&path).with_context(|| format!("{} could not be read", path.display()))
    };
    let (admin1, admin2) = (read("admin1.tsv")?, read("admin2.tsv")?);
    let (places, words) = (read("places.tsv")?, read("words.tsv")?);
    let tables = SourceTables { admin1: &admin1, admin2: &admin2, places: &places, words: &words };
    let bytes = compile(&tables)?;
    let path = folder.join("places.bin");
    fs::write(&path, &bytes).with_context(|| format!("{} could not be written", path.display()))?;
    println!("data: {} bytes in {}", bytes.len(), path.display());
    Ok(())
}
