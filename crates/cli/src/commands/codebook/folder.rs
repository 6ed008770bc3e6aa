//! The folder of a user's codebook: its files as bytes, laid over the program's own.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use anyhow::Context;
use averment_codebook::Codebook;

/// More bytes of a file are not read: the library refuses so long a one.
const LONGEST: u64 = (1 << 20) + 1;
/// More files are not read: the library refuses so many.
const MOST: usize = 1_001;

/// The program's codebook, with that of `folder` laid over it if one is named.
pub(crate) fn overlaid(folder: Option<&Path>) -> anyhow::Result<Codebook> {
    let Some(folder) = folder else {
        return Ok(Codebook::shipped()?);
    };
    let files = files(folder)?;
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    Codebook::shipped_under(&files)
        .with_context(|| format!("failed to use the codebook {}", folder.display()))
}

/// Names and contents of the TOML files right in `folder`, in the order of their names.
fn files(folder: &Path) -> anyhow::Result<Vec<(String, Vec<u8>)>> {
    let failed = || format!("failed to read the codebook {}", folder.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(failed)? {
        let path = entry.with_context(failed)?.path();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        let toml = path.extension().is_some_and(|end| end == "toml") && path.is_file();
        let Some(name) = name.filter(|_| toml && files.len() < MOST) else { continue };
        let failed = || format!("failed to read {}", path.display());
        let mut bytes = Vec::new();
        File::open(&path)
            .and_then(|file| file.take(LONGEST).read_to_end(&mut bytes))
            .with_context(failed)?;
        files.push((name, bytes));
    }
    files.sort();
    Ok(files)
}
