//! Bad input, file by file: `corpus/hostile` read as one batch, and what is too large to be kept
//! there, made on the spot.

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::io::Write as _;
    use std::time::{Duration, Instant};

    use averment_ingest::{Ingested, Options, RawDocument, Refusal, documents, parse};
    use averment_types::{Format, TextRange, WarningCode};

    const HOSTILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus/hostile");

    fn read(inputs: &[String]) -> Vec<Result<Ingested, Refusal>> {
        let options = Options::default();
        documents(inputs, &options)
            .map(|document| document.and_then(|raw| parse(raw, &options)))
            .collect()
    }

    fn one(name: &str) -> Ingested {
        let mut all = read(&[format!("{HOSTILE}/{name}")]);
        assert_eq!(all.len(), 1, "{name}");
        all.remove(0).unwrap()
    }

    fn page(html: String) -> Ingested {
        let raw = RawDocument {
            path: "page.html".into(),
            line: None,
            format: Format::Html,
            bytes: html.into_bytes(),
        };
        parse(raw, &Options::default()).unwrap()
    }

    /// What became of a document: `report ENCODING WARNINGS` or `refused CODE`.
    fn outcome(result: &Result<Ingested, Refusal>) -> String {
        let (path, line, rest) = match result {
            Ok(Ingested { report, .. }) => {
                let source = &report.source;
                let mut rest = format!("report\t{}", source.encoding);
                let mut codes: Vec<String> = report
                    .warnings
                    .iter()
                    .map(|w| serde_json::to_value(w.code).unwrap().as_str().unwrap().to_owned())
                    .collect();
                codes.sort();
                codes.dedup();
                write!(rest, "\t{}", codes.join(" ")).unwrap();
                (&source.path, source.line, rest)
            }
            Err(refusal) => (&refusal.path, refusal.line, format!("refused\t{}\t", refusal.code())),
        };
        let name = path.rsplit('/').next().unwrap();
        let line = line.map(|line| line.to_string()).unwrap_or_default();
        format!("{name}\t{line}\t{rest}")
    }

    #[test]
    fn a_batch_of_bad_files_goes_on_to_its_end() {
        let found: Vec<String> = read(&[HOSTILE.to_owned()]).iter().map(outcome).collect();
        let expected = std::fs::read_to_string(format!("{HOSTILE}/expected.tsv")).unwrap();
        let expected: Vec<&str> = expected.lines().skip(1).collect();
        for (found, expected) in found.iter().zip(&expected) {
            assert_eq!(found, expected);
        }
        assert_eq!(found.len(), expected.len(), "{}", found.join("\n"));
    }

    #[test]
    fn quotes_lead_back_to_the_bytes_in_every_encoding() {
        let cases: [(&str, &str, &[u8]); 6] = [
            ("windows-1252.txt", "tués à", b"tu\xe9s \xe0"),
            ("byte-order-mark.txt", "Dolbé", "Dolbé".as_bytes()),
            ("utf-16-marked.txt", "Fada-Kori,", b"F\0a\0d\0a\0-\0K\0o\0r\0i\0,\0"),
            ("latin-1.jsonl", "Léna", b"L\xe9na"),
            ("declared-latin-1.html", "Quatre civils", b"Quatre civils"),
            ("invalid-utf-8.txt", "école", "école".as_bytes()),
        ];
        for (name, words, bytes) in cases {
            let Ingested { report, original } = one(name);
            let start = report.text.find(words).unwrap();
            let range = TextRange::new(start, start + words.len()).unwrap();
            let source = original.map.to_source(range).unwrap();
            let found = &original.bytes[source.start()..source.end()];
            let offset = found.len().saturating_sub(bytes.len() + 2);
            assert!(offset <= 2, "{name}: {}", found.escape_ascii());
            let holds = found.windows(bytes.len()).any(|part| part == bytes);
            assert!(holds, "{name}: {}", found.escape_ascii());
        }
    }

    #[test]
    fn odd_characters_stay_as_they_are() {
        let bytes = std::fs::read(format!("{HOSTILE}/invisible.txt")).unwrap();
        assert_eq!(one("invisible.txt").report.text.as_bytes(), bytes);
        let nul = one("nul-inside.txt").report;
        assert!(nul.text.contains("ex\0ploded"));
        let zone = nul.zones.first().unwrap();
        assert_eq!(zone.range.slice(&nul.text), Some(nul.text.trim_end()));
    }

    #[test]
    fn active_content_is_no_text() {
        let report = one("inert.html").report;
        let lower = report.text.to_lowercase();
        for gone in ["script", "bombed", "javascript", "shelled", "alert"] {
            assert!(!lower.contains(gone), "{gone}");
        }
        assert!(report.text.contains("brûlé des greniers"));
    }

    #[test]
    fn a_field_that_is_not_understood_is_kept() {
        let all = read(&[format!("{HOSTILE}/broken.jsonl")]);
        let reports: Vec<_> = all.into_iter().flatten().map(|i| i.report).collect();
        let ids: Vec<_> = reports.iter().map(|r| r.id.as_str()).collect();
        assert_eq!(ids, ["w-1", "w-5", "w-5", "w-6"]);
        let [first, odd, ..] = reports.as_slice() else { panic!("four reports") };
        assert_eq!(first.extra["desk"]["region"], "west");
        assert_eq!(odd.published, None);
        assert_eq!(odd.extra["published"], "30 February 2021");
        assert_eq!(odd.extra["url"], "javascript:alert(1)");
        assert_eq!(odd.url, None);
        assert!(odd.text.contains("“four hostages” near Léna 🚐 on"));
        // One digest an edition: the second w-5 is an update of the first.
        assert_ne!(reports[1].digest, reports[2].digest);
    }

    /// A page goes through in the time that it may take, with its words kept.
    fn goes_through(html: String, words: &str) -> Ingested {
        let size = html.len();
        let begun = Instant::now();
        let ingested = page(html);
        let taken = begun.elapsed();
        // An unoptimised build is some ten times slower, and the machine may be busy.
        let allowed = Duration::from_secs(if cfg!(debug_assertions) { 120 } else { 20 });
        assert!(taken < allowed, "{size} bytes took {taken:?}");
        assert!(ingested.report.text.contains(words));
        ingested
    }

    const SENTENCE: &str = "Four farmers were killed near Obara on Tuesday when armed men opened \
        fire on a market, the governor of the province said.";

    #[test]
    fn pages_nested_deep_are_bounded() {
        let deep = |tag: &str| {
            let open = format!("<{tag}>").repeat(20_000);
            format!("<html><body>{open}<p>{SENTENCE}</p></body></html>")
        };
        let report = goes_through(deep("div"), "Four farmers").report;
        let flagged = report.warnings.iter().map(|w| w.code);
        assert!(flagged.into_iter().any(|c| c == WarningCode::PlainTextFallback));
        goes_through(deep("table><tr><td"), "Four farmers");
        goes_through(deep("b"), "Four farmers");
    }

    #[test]
    fn pages_of_huge_parts_are_bounded() {
        let attribute = "x".repeat(4 << 20);
        let html = format!("<html><body><p data-a=\"{attribute}\">{SENTENCE}</p></body></html>");
        goes_through(html, "Four farmers");
        let paragraphs = format!("<p>{SENTENCE}</p>").repeat(200_000);
        goes_through(format!("<html><body>{paragraphs}</body></html>"), "Four farmers");
        let unclosed = format!("<table><tr><td>{SENTENCE}").repeat(20_000);
        goes_through(unclosed, "Four farmers");
    }

    #[test]
    fn a_text_over_the_limit_is_cut_and_flagged() {
        let mut options = Options::default();
        options.limits.max_text_bytes = 101;
        let long = "é".repeat(90);
        for (format, document) in [
            (Format::Text, long.clone()),
            (Format::Html, format!("<html><body><p>{long}</p><p>{SENTENCE}</p></body></html>")),
        ] {
            let bytes = document.into_bytes();
            let raw = RawDocument { path: "a".into(), line: None, format, bytes };
            let Ingested { report, original } = parse(raw, &options).unwrap();
            assert_eq!(report.text.len(), 100);
            assert!(report.warnings.iter().any(|w| w.code == WarningCode::Truncated));
            let end = report.zones.last().map(|zone| zone.range.end());
            assert_eq!(end, Some(100));
            assert!(original.map.segments().iter().all(|s| s.text.end() <= 100));
        }
    }

    #[test]
    fn a_file_over_the_limit_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.txt");
        let mut file = std::fs::File::create(&path).unwrap();
        file.write_all(&[b'a'; 2000]).unwrap();
        let mut options = Options::default();
        options.limits.max_file_bytes = 1999;
        let input = path.to_string_lossy().into_owned();
        let refusal = documents(&[input], &options).next().unwrap().unwrap_err();
        assert_eq!(refusal.code(), "too_large");
    }
}
