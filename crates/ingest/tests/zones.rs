//! Zones and metadata of web pages and of their plain-text copies.
//!
//! Owns the fixtures in `corpus/html` (a page, and beside it a TOML file with sentences that must stand
//! in a body zone and sentences that must not) and the two real reports where they are present.

#[cfg(test)]
mod zones {
    use std::fs;
    use std::path::{Path, PathBuf};

    use averment_ingest::{Options, RawDocument, parse};
    use averment_types::{DateInterval, Format, Report, WarningCode, ZoneKind};
    use proptest::prelude::*;
    use serde::Deserialize;

    /// What a fixture expects.
    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Expected {
        /// Sentences of body zones.
        body: Vec<String>,
        /// Sentences that are in no zone that may be evidence.
        not_body: Vec<String>,
        /// Whether `not_body` is to be absent from the text.
        #[serde(default)]
        never: bool,
        #[serde(default)]
        quote: Vec<String>,
        #[serde(default)]
        caption: Vec<String>,
        #[serde(default)]
        headline: Vec<String>,
        title: Option<String>,
        author: Option<String>,
        outlet: Option<String>,
        published: Option<String>,
    }

    fn root() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
    }

    fn read(path: &str, format: Format, bytes: Vec<u8>) -> Report {
        let raw = RawDocument { path: path.to_owned(), line: None, format, bytes };
        parse(raw, &Options::default()).unwrap().report
    }

    fn page(html: &str) -> Report {
        read("page.html", Format::Html, html.as_bytes().to_vec())
    }

    /// The texts of the zones of one kind.
    fn texts(report: &Report, kind: ZoneKind) -> Vec<&str> {
        let of_kind = report.zones.iter().filter(|z| z.kind == kind);
        of_kind.map(|z| z.range.slice(&report.text).unwrap()).collect()
    }

    fn held(report: &Report, kind: ZoneKind, sentence: &str) -> bool {
        texts(report, kind).iter().any(|text| text.contains(sentence))
    }

    fn check(name: &str, report: &Report, expected: &Expected) {
        let wanted = [
            (ZoneKind::Body, &expected.body),
            (ZoneKind::Quote, &expected.quote),
            (ZoneKind::Caption, &expected.caption),
            (ZoneKind::Headline, &expected.headline),
        ];
        for (kind, sentences) in wanted {
            for sentence in sentences {
                assert!(
                    held(report, kind, sentence),
                    "{name}: no {kind:?}: {sentence}\n{}",
                    shown(report)
                );
            }
        }
        for sentence in &expected.not_body {
            let found = report
                .evidence_zones()
                .find(|z| z.range.slice(&report.text).unwrap().contains(sentence.as_str()));
            assert!(found.is_none(), "{name}: {found:?}: {sentence}\n{}", shown(report));
            assert!(
                !expected.never || !report.text.contains(sentence.as_str()),
                "{name}: {sentence}"
            );
        }
        for (found, expected) in [
            (&report.title, &expected.title),
            (&report.author, &expected.author),
            (&report.outlet, &expected.outlet),
        ] {
            assert!(expected.is_none() || found == expected, "{name}: {found:?} for {expected:?}");
        }
        if let Some(day) = &expected.published {
            let found = report.published.as_ref().map(|p| p.interval);
            assert_eq!(found, Some(DateInterval::day(day.parse().unwrap())), "{name}");
        }
    }

    fn shown(report: &Report) -> String {
        let line = |z: &averment_types::Zone| {
            format!("{:?}: {}\n", z.kind, z.range.slice(&report.text).unwrap())
        };
        report.zones.iter().map(line).collect()
    }

    #[test]
    fn every_fixture_has_its_sentences_where_they_belong() {
        let folder = root().join("corpus/html");
        let mut names: Vec<PathBuf> =
            fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).collect();
        names.retain(|path| path.extension().is_some_and(|e| e == "toml"));
        names.sort();
        assert!(names.len() >= 20);
        for path in names {
            let expected: Expected = toml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            let html = path.with_extension("html");
            let format = if html.exists() { Format::Html } else { Format::Text };
            let source = if html.exists() { html } else { path.with_extension("txt") };
            let report = read("fixture", format, fs::read(source).unwrap());
            check(&path.file_stem().unwrap().to_string_lossy(), &report, &expected);
        }
    }

    /// The kinds of the zones, equal neighbours told once.
    fn kinds(report: &Report) -> Vec<ZoneKind> {
        let mut kinds: Vec<ZoneKind> = report.zones.iter().map(|z| z.kind).collect();
        kinds.dedup();
        kinds
    }

    fn shared(name: &str) -> Option<Report> {
        let path = root().join("../shared/reports").join(name);
        let bytes = fs::read(path).ok();
        if bytes.is_none() {
            println!("skipped, corpus not found");
        }
        bytes.map(|bytes| read(name, Format::Text, bytes))
    }

    #[test]
    fn the_first_report_has_its_zones() {
        use ZoneKind::{Body, Byline, Comment, Headline};
        let Some(report) = shared("000_4f41c28930c0d15c.txt") else { return };
        assert_eq!(
            kinds(&report),
            [Byline, Body, Headline, Body, Headline, Body, Headline, Body, Comment]
        );
        assert_eq!(texts(&report, Byline), ["Ayah Ezz"]);
        assert_eq!(
            texts(&report, Headline),
            ["ISIS onslaught", "Longing for Mauritania", "Imposing control"]
        );
        assert_eq!(texts(&report, Comment).len(), 4);
        assert_eq!(texts(&report, Body).len(), 13);
        assert_eq!(report.author.as_deref(), Some("Ayah Ezz"));
    }

    #[test]
    fn the_second_report_has_its_zones() {
        use ZoneKind::{Body, Byline, Disclaimer, Share};
        let Some(report) = shared("002_0977c30f764fc801.txt") else { return };
        assert_eq!(kinds(&report), [Byline, Body, Disclaimer, Share]);
        assert_eq!(texts(&report, Share), ["Share."]);
        assert_eq!(texts(&report, Body).len(), 7);
        assert_eq!(report.author.as_deref(), Some("Denis Korkodinov"));
    }

    #[test]
    fn plain_text_in_all_its_shapes() {
        use ZoneKind::{Body, Byline, Dateline, Headline, Navigation, Share};
        let one =
            read("a.txt", Format::Text, b"Four people were killed near Mopti on Tuesday.".to_vec());
        assert_eq!(kinds(&one), [Body]);
        let wrapped = "Clashes near the border\nBy Ann Author\nFri 13 Mar 2020 14:02 GMT\n\n\
            NOUAKCHOTT (EWN) - Four soldiers were killed on Friday when gunmen attacked\n\
            their post near the border, the army said in a statement that was read on\n\
            state television. It named no group.\n\n\
            Residents of the nearest town said they had heard shots for more than two\n\
            hours before helicopters came.\n\n\
            READ MORE: Talks on the border fail\n\n(Reporting by Ann Author; editing by B. Copy)\nFollow us on Twitter\n";
        let report = read("b.txt", Format::Text, wrapped.as_bytes().to_vec());
        assert_eq!(kinds(&report), [Headline, Byline, Dateline, Body, Navigation, Byline, Share]);
        assert_eq!(texts(&report, Body).len(), 2);
        assert_eq!(report.title.as_deref(), Some("Clashes near the border"));
        assert_eq!(report.author.as_deref(), Some("Ann Author"));
        assert_eq!(
            report.published.map(|p| p.interval),
            Some(DateInterval::day("2020-03-13".parse().unwrap()))
        );
    }

    #[test]
    fn deep_rich_and_odd_pages_are_bounded() {
        let sentence = "Four soldiers were killed on Friday when gunmen attacked their post.";
        let deep = format!("{}{sentence}{}", "<div>".repeat(20_000), "</div>".repeat(20_000));
        let rich = format!("<p>{sentence}</p>").repeat(200_000);
        let tables = format!("<table><tr><td>{sentence}").repeat(5_000);
        for html in [deep, rich, tables] {
            let report = page(&html);
            assert!(report.text.contains(sentence));
            assert!(report.warnings.iter().any(|w| w.code == WarningCode::PlainTextFallback));
        }
        let attribute = format!("<p title=\"{}\">{sentence}</p>", "x".repeat(4 * 1024 * 1024));
        assert_eq!(texts(&page(&attribute), ZoneKind::Body), [sentence]);
        let formatting = format!("{}<p>{sentence}</p>", "<b><i><font size=1>".repeat(20_000));
        assert!(page(&formatting).text.contains(sentence));
    }

    #[test]
    fn every_word_of_a_page_leads_back_to_its_source() {
        let html = "<h1>Clashes</h1><p>Four s&ocirc;ldiers were <b>killed</b> on\n Friday &amp; buried on Sunday near the old well.</p>";
        let raw = RawDocument {
            path: "a.html".into(),
            line: None,
            format: Format::Html,
            bytes: html.as_bytes().to_vec(),
        };
        let read = parse(raw, &Options::default()).unwrap();
        for word in ["Clashes", "Four", "killed", "buried on Sunday"] {
            let at = read.report.text.find(word).unwrap();
            let range = averment_types::TextRange::new(at, at + word.len()).unwrap();
            assert_eq!(read.original.map.to_source(range).unwrap().slice(html), Some(word));
        }
    }

    /// Pieces of pages in any order.
    fn soup() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(vec![
            "<p>",
            "</p>",
            "<div class=\"comment\">",
            "</div>",
            "<table>",
            "<td>",
            "</table>",
            "<a href=x>",
            "</a>",
            "<b",
            ">",
            "&amp;",
            "&#0;",
            "&eacute",
            "<!--",
            "-->",
            "<script>",
            "</script>",
            "<li>",
            "Four soldiers were killed on Friday, the army said. ",
            "Amina says:",
            "é",
            "\n",
            "\u{202e}",
            "Reply",
            "<h1>",
            "</h1>",
            "<br>",
            "<pre>",
            "<title>",
            "</title>",
            "\"",
            "'",
            "2 hours ago",
            "BAMAKO (AFP) - ",
            "😀",
        ]);
        prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn zones_are_in_order_whatever_the_input(source in soup(), html in any::<bool>()) {
            let format = if html { Format::Html } else { Format::Text };
            let raw = RawDocument { path: "x".into(), line: None, format, bytes: source.into_bytes() };
            let Ok(read) = parse(raw, &Options::default()) else { return Ok(()) };
            let mut end = 0;
            for zone in &read.report.zones {
                let words = zone.range.slice(&read.report.text);
                prop_assert!(words.is_some_and(|w| !w.is_empty() && w.trim() == w));
                prop_assert!(zone.range.start() >= end);
                end = zone.range.end();
            }
        }
    }
}
