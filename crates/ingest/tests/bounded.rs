//! Memory stays bounded on a line of a gigabyte and on a gzip bomb. Alone in its file, so that no
//! other test of the process adds to the peak.

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
    use std::path::Path;

    use averment_ingest::{Options, documents, parse};
    use flate2::Compression;
    use flate2::write::GzEncoder;

    const RECORD: &str = r#"{"id": "good", "text": "The bridge was reopened on Monday."}"#;

    /// Peak memory of this process in MiB, where the system tells it.
    fn peak() -> Option<u64> {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
    }

    /// The outcomes in a file: a good record's id, or a refusal's code with its line.
    fn outcomes(path: &Path) -> Vec<String> {
        let options = Options::default();
        documents(&[path.to_string_lossy().into_owned()], &options)
            .map(|document| match document.and_then(|raw| parse(raw, &options)) {
                Ok(ingested) => ingested.report.id.to_string(),
                Err(refusal) => format!("{} {:?}", refusal.code(), refusal.line),
            })
            .collect()
    }

    #[test]
    fn huge_lines_and_bombs_hold_no_memory() {
        let folder = tempfile::tempdir().unwrap();
        let before = peak();

        let path = folder.path().join("line.jsonl");
        let mut file = std::fs::File::create(&path).unwrap();
        writeln!(file, "{RECORD}").unwrap();
        // A hole: a gigabyte that takes no room on disk.
        file.seek(SeekFrom::Current(1 << 30)).unwrap();
        write!(file, "\n{RECORD}\n").unwrap();
        drop(file);
        assert_eq!(outcomes(&path), ["good", "line_too_long Some(2)", "good"]);

        let path = folder.path().join("bomb.txt.gz");
        let mut bomb = GzEncoder::new(std::fs::File::create(&path).unwrap(), Compression::best());
        std::io::copy(&mut std::io::repeat(b' ').take(24 << 20), &mut bomb).unwrap();
        bomb.finish().unwrap();
        assert_eq!(outcomes(&path), ["compression_bomb None"]);

        let path = folder.path().join("bomb.jsonl.gz");
        let mut bomb = GzEncoder::new(std::fs::File::create(&path).unwrap(), Compression::best());
        writeln!(bomb, "{RECORD}").unwrap();
        std::io::copy(&mut std::io::repeat(b'x').take(24 << 20), &mut bomb).unwrap();
        bomb.finish().unwrap();
        assert_eq!(outcomes(&path), ["good", "compression_bomb Some(2)"]);

        if let (Some(before), Some(after)) = (before, peak()) {
            assert!(after - before < 100, "{before} MiB grew to {after} MiB");
        }
    }
}
