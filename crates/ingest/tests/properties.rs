//! What holds for every input: no panic, zones in order on character boundaries, exact quotes.

#[cfg(test)]
mod tests {
    use averment_ingest::{Ingested, Options, RawDocument, parse};
    use averment_types::{Format, TextRange};
    use proptest::prelude::*;

    fn raw(format: Format, bytes: &[u8]) -> RawDocument {
        RawDocument { path: "a".into(), line: None, format, bytes: bytes.to_vec() }
    }

    fn formats() -> impl Strategy<Value = Format> {
        prop_oneof![Just(Format::Text), Just(Format::Html), Just(Format::Jsonl)]
    }

    /// Pieces of pages, records and prose, so that chance builds what is nearly right.
    fn pieces() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            Just("<p>".to_owned()),
            Just("</div><div class=comments>".to_owned()),
            Just("<table><tr><td".to_owned()),
            Just("<script>".to_owned()),
            Just("<!--".to_owned()),
            Just("&amp;&#x41;&nbsp".to_owned()),
            Just("{\"text\": \"".to_owned()),
            Just("\\u00e9\\ud83d\"}".to_owned()),
            Just("\n\nBy Our Correspondent\n".to_owned()),
            Just("BAMAKO, Mali (AFP) - ".to_owned()),
            Just("\u{feff}\u{202e}\0".to_owned()),
            "\\PC{0,20}",
            "[a-zé ]{0,40}",
        ];
        proptest::collection::vec(piece, 0..20).prop_map(|all| all.concat().into_bytes())
    }

    fn check(ingested: &Ingested) -> Result<(), TestCaseError> {
        let Ingested { report, original } = ingested;
        let mut last = 0;
        for zone in &report.zones {
            prop_assert!(zone.range.start() >= last);
            prop_assert!(!zone.range.is_empty());
            let words = zone.range.slice(&report.text);
            prop_assert!(words.is_some_and(|w| w.trim() == w));
            last = zone.range.end();
        }
        for segment in original.map.segments() {
            prop_assert!(segment.source.end() <= original.bytes.len());
            prop_assert!(segment.text.end() <= report.text.len());
        }
        prop_assert_eq!(report.digest, report.compute_digest());
        Ok(())
    }

    proptest! {
        #[test]
        fn parsing_never_panics(format in formats(), bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            if let Ok(ingested) = parse(raw(format, &bytes), &Options::default()) {
                check(&ingested)?;
            }
        }

        #[test]
        fn parsing_what_is_nearly_right_never_panics(format in formats(), bytes in pieces()) {
            if let Ok(ingested) = parse(raw(format, &bytes), &Options::default()) {
                check(&ingested)?;
            }
        }

        #[test]
        fn a_range_of_a_plain_text_is_the_same_bytes(
            text in "[a-z][\\PC\n]{1,200}",
            a in 0..200_usize,
            b in 0..200_usize,
        ) {
            let Ok(ingested) = parse(raw(Format::Text, text.as_bytes()), &Options::default()) else {
                return Ok(());
            };
            let text = &ingested.report.text;
            let (a, b) = (text.floor_char_boundary(a.min(b)), text.floor_char_boundary(a.max(b)));
            let range = TextRange::new(a, b).unwrap();
            let source = ingested.original.map.to_source(range);
            let bytes = source.map_or(&[][..], |s| &ingested.original.bytes[s.start()..s.end()]);
            prop_assert_eq!(bytes, range.slice(text).unwrap().as_bytes());
        }

        #[test]
        fn a_record_gives_back_its_words(text in "[a-z]\\PC{1,80}") {
            let line = serde_json::json!({"id": "x", "text": text}).to_string();
            if let Ok(ingested) = parse(raw(Format::Jsonl, line.as_bytes()), &Options::default()) {
                prop_assert_eq!(&ingested.report.text, &text);
                check(&ingested)?;
            }
        }
    }
}
