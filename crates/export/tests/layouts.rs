//! Every layout on the same claims: what a reader of each gets to see, hostile cells included.

#[cfg(test)]
mod layouts {
    use averment_export::{ClaimRow, Layout, ReportRow, claims, reports};
    use averment_types::{
        ActorId, ActorKind, ActorRef, AttributionLink, Casualties, CasualtyGroup, CasualtyKind,
        Claim, ClaimContent, ClaimKind, Coder, CoderVersion, CountryCode, DateInterval, DatePrec,
        Digest, Evidence, EvidenceSet, Geometry, LanguageCode, Modality, PlaceKind, PlaceValue,
        Polarity, Projections, Published, PublishedSource, ReportId, Role, RoleKind, RuleId,
        SpeakerKind, TextRange, TimeValue, TypeId, Url, Warning, WarningCode, WherePrec, ZoneKind,
    };
    use jiff::civil::date;
    use serde_json::Value;

    const TEXT: &str = "Rebels and soldiers clashed near Tilbakoro on 9 June, killing 20 to 30 \
                        people, four of them children, a herder told Sahel Wire.";

    fn at(words: &str) -> TextRange {
        let start = TEXT.find(words).unwrap();
        TextRange::new(start, start + words.len()).unwrap()
    }

    fn role(kind: RoleKind, words: &str, actor: Option<&str>) -> Role {
        Role {
            role: kind,
            text: words.to_owned(),
            range: at("Rebels"),
            antecedent: None,
            actor: actor.map(|name| ActorRef {
                id: ActorId::new("a"),
                name: name.to_owned(),
                kind: ActorKind::ArmedGroup,
                country: None,
            }),
            reasons: vec![],
            candidates: vec![],
            alleged: None,
        }
    }

    fn dead(
        of: Option<CasualtyGroup>,
        low: Option<u32>,
        best: Option<u32>,
        high: Option<u32>,
    ) -> Casualties {
        let range = at("20 to 30");
        Casualties {
            kind: CasualtyKind::Killed,
            of,
            low,
            best,
            high,
            text: "20 to 30".to_owned(),
            range,
        }
    }

    fn speaker(words: &str, kind: SpeakerKind, party: bool) -> AttributionLink {
        AttributionLink {
            speaker: words.to_owned(),
            range: at("herder"),
            kind,
            party,
            antecedent: None,
            actor: None,
            affiliation: None,
            cue: "told".to_owned(),
            cue_range: at("told"),
        }
    }

    fn border_zone() -> PlaceValue {
        PlaceValue {
            name: "border of Mali and Niger".to_owned(),
            kind: PlaceKind::BorderZone,
            country: None,
            countries: ["ML", "NE"].map(|c| CountryCode::parse(c).unwrap()).to_vec(),
            admin1: None,
            admin2: None,
            lat: None,
            lon: None,
            geometry: Some(Geometry::LineString(vec![[0.5, 15.0], [3.0, 15.4]])),
            precision: WherePrec::Fuzzy,
            gazetteer_id: None,
            text: "near Tilbakoro".to_owned(),
            span: at("near Tilbakoro"),
            reasons: vec![],
            candidates: vec![],
        }
    }

    /// A claim with nothing but its words.
    fn bare() -> ClaimContent {
        let whole = TextRange::whole(TEXT).unwrap();
        ClaimContent {
            kind: ClaimKind::Event,
            type_id: TypeId::new("armed_clash"),
            projections: Projections::default(),
            roles: vec![],
            time: None,
            place: None,
            casualties: vec![],
            polarity: Polarity::Affirmed,
            modality: Modality::Happened,
            modality_reasons: vec![],
            attribution: vec![],
            trigger: at("clashed"),
            evidence: EvidenceSet::one(
                Evidence::cut(TEXT, at("clashed near Tilbakoro"), ZoneKind::Body, whole).unwrap(),
            ),
            gaps: vec![],
            confidence: None,
            coder: Coder {
                version: CoderVersion {
                    version: "0".to_owned(),
                    reader: "r".to_owned(),
                    codebook: "c".to_owned(),
                },
                rule: RuleId::new("armed_clash/verb"),
            },
        }
    }

    /// A claim with everything.
    fn full() -> ClaimContent {
        ClaimContent {
            roles: vec![
                role(RoleKind::Participant, "Rebels", Some("JNIM")),
                role(RoleKind::Participant, "the\n group", Some("JNIM")),
                role(RoleKind::Participant, "soldiers\nof the  state", None),
                role(RoleKind::Victim, "people", None),
            ],
            time: Some(TimeValue {
                interval: DateInterval::day(date(2020, 6, 9)),
                precision: DatePrec::Day,
                text: "9 June".to_owned(),
                span: at("9 June"),
                inferred: true,
                reasons: vec!["the year of publication".to_owned()],
                candidates: vec![],
            }),
            place: Some(border_zone()),
            casualties: vec![
                dead(None, Some(20), None, Some(30)),
                dead(Some(CasualtyGroup::Children), None, Some(4), None),
            ],
            modality: Modality::Possible,
            polarity: Polarity::Denied,
            attribution: vec![
                speaker("Sahel Wire", SpeakerKind::Outlet, false),
                speaker("a herder", SpeakerKind::Witness, true),
            ],
            ..bare()
        }
    }

    fn published() -> Published {
        Published {
            interval: DateInterval::new(Some(date(2020, 6, 1)), Some(date(2020, 6, 30))).unwrap(),
            precision: DatePrec::Month,
            source: PublishedSource::Url,
            text: "/2020/06/".to_owned(),
        }
    }

    fn write(layout: Layout, contents: &[ClaimContent], title: &str) -> String {
        let id = ReportId::new("r1");
        let digest = Digest::of(&[b"x"]);
        let published = published();
        let all: Vec<Claim> =
            contents.iter().map(|c| Claim::new(&id, &digest, c.clone())).collect();
        let rows = all.iter().map(|claim| ClaimRow {
            claim,
            report_id: &id,
            report_title: Some(title),
            outlet: Some("Sahel Wire"),
            published: Some(&published),
            superseded: false,
            decided: None,
        });
        let mut out = Vec::new();
        claims(layout, rows, &mut out, Some(100)).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// The named cells of the only row of a CSV file.
    fn cells(csv: &str) -> std::collections::BTreeMap<String, String> {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let header = reader.headers().unwrap().clone();
        let row = reader.records().next().unwrap().unwrap();
        header.iter().map(str::to_owned).zip(row.iter().map(str::to_owned)).collect()
    }

    #[test]
    fn csv_cells_say_what_the_claim_says_and_no_more() {
        let row = cells(&write(Layout::Csv, &[full()], "t"));
        let expected = [
            ("type", "armed_clash"),
            ("kind", "event"),
            ("start", "2020-06-09"),
            ("end", "2020-06-09"),
            ("date_precision", "day"),
            ("place", "border of Mali and Niger"),
            ("country", "ML; NE"),
            ("lat", ""),
            ("where_precision", "fuzzy"),
            ("initiators", ""),
            ("victims", "people"),
            ("participants", "JNIM; soldiers of the state"),
            ("killed_low", "20; "),
            ("killed_best", "; 4"),
            ("killed_high", "30; "),
            ("killed_of", "; children"),
            ("injured_low", ""),
            ("polarity", "denied"),
            ("modality", "possible"),
            ("attribution", "Sahel Wire <- a herder"),
            ("party_source", "true"),
            ("quote", "clashed near Tilbakoro"),
            ("report_id", "r1"),
            ("outlet", "Sahel Wire"),
            ("published", "2020-06"),
            ("rule", "armed_clash/verb"),
            ("superseded", "false"),
        ];
        for (name, value) in expected {
            assert_eq!(row[name], value, "column {name}");
        }
    }

    #[test]
    fn csv_disarms_formulas_and_keeps_quotes_and_breaks() {
        let title = "=HYPERLINK(\"http://evil.example\",\"x\")\nline two, with comma";
        let csv = write(Layout::Csv, &[bare()], title);
        assert_eq!(cells(&csv)["report_title"], format!("'{title}"));
    }

    #[test]
    fn the_header_is_there_without_rows_and_has_no_twins() {
        let csv = write(Layout::Csv, &[], "t");
        let names: Vec<&str> = csv.trim_end().split(',').collect();
        assert_eq!(names.len(), averment_export::claim_columns().count());
        assert_eq!(names.first(), Some(&"id"));
        let distinct: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(distinct.len(), names.len());
    }

    #[test]
    fn json_and_jsonl_hold_the_same_objects() {
        let contents = [full(), bare()];
        let array: Vec<Value> = serde_json::from_str(&write(Layout::Json, &contents, "t")).unwrap();
        let text = write(Layout::Jsonl, &contents, "t");
        let lines: Vec<Value> = text.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
        assert_eq!(array, lines);
        assert_eq!(array[0]["report"]["id"], "r1");
        assert_eq!(array[0]["evidence"][0]["quote"], "clashed near Tilbakoro");
        assert_eq!(array[1]["time"], Value::Null);
        let back: Claim = serde_json::from_value(array[0].clone()).unwrap();
        assert_eq!(back.content(), &full());
    }

    #[test]
    fn empty_outputs_are_whole() {
        assert_eq!(write(Layout::Json, &[], "t"), "[]\n");
        assert_eq!(write(Layout::Jsonl, &[], "t"), "");
        let geo: Value = serde_json::from_str(&write(Layout::Geojson, &[], "t")).unwrap();
        assert_eq!(geo["features"], Value::Array(vec![]));
    }

    #[test]
    fn geojson_draws_an_area_as_an_area_and_no_point_where_none_is_known() {
        let mut point = bare();
        point.place = Some(PlaceValue {
            lat: Some(16.27),
            lon: Some(-0.05),
            geometry: None,
            ..border_zone()
        });
        let mut off = bare();
        off.place = Some(PlaceValue {
            lat: Some(f64::NAN),
            lon: Some(500.0),
            geometry: None,
            ..border_zone()
        });
        let geo: Value =
            serde_json::from_str(&write(Layout::Geojson, &[full(), point, off, bare()], "t"))
                .unwrap();
        let shapes: Vec<&Value> =
            geo["features"].as_array().unwrap().iter().map(|f| &f["geometry"]).collect();
        assert_eq!(shapes[0]["type"], "LineString");
        assert_eq!(*shapes[1], serde_json::json!({"type": "Point", "coordinates": [-0.05, 16.27]}));
        assert_eq!(*shapes[2], Value::Null);
        assert_eq!(*shapes[3], Value::Null);
        let properties = &geo["features"][0]["properties"];
        assert_eq!(properties["where_precision"], "fuzzy");
        assert_eq!(properties["date_precision"], "day");
        assert_eq!(properties["quote"], "clashed near Tilbakoro");
        assert_eq!(properties["attribution"], serde_json::json!(["Sahel Wire", "a herder"]));
    }

    #[test]
    fn the_table_is_readable_on_a_hundred_columns() {
        let mut attack = bare();
        attack.type_id = TypeId::new("attack");
        attack.roles = vec![
            role(RoleKind::Initiator, "gunmen", None),
            role(RoleKind::Target, "the village", None),
            role(RoleKind::Victim, "the village", None),
        ];
        attack.casualties = vec![dead(None, Some(24), None, None)];
        attack.time = full().time.map(|time| TimeValue {
            interval: DateInterval::new(Some(date(2020, 2, 9)), Some(date(2020, 2, 12))).unwrap(),
            precision: DatePrec::Days,
            ..time
        });
        let table = write(Layout::Table, &[full(), attack], "t");
        assert!(table.lines().all(|line| line.chars().count() <= 100), "{table}");
        insta::assert_snapshot!(table);
    }

    #[test]
    fn the_table_shows_what_hides() {
        let mut hostile = bare();
        hostile.roles = vec![role(RoleKind::Initiator, "\u{202e}kcatta\u{200b}\u{1b}[31m", None)];
        let table = write(Layout::Table, &[hostile], "t").replace(['\n', ' '], "");
        for hidden in ['\u{202e}', '\u{200b}', '\u{1b}'] {
            assert!(!table.contains(hidden), "{table}");
        }
        assert!(table.contains("\\u{202e}"), "{table}");
    }

    #[test]
    fn reports_come_in_every_layout() {
        let id = ReportId::new("r1");
        let url = Url::parse("https://sahelwire.example.com/a").unwrap();
        let language = LanguageCode::parse("en").unwrap();
        let published = published();
        let warnings = [Warning { code: WarningCode::DateAmbiguous, message: "m".to_owned() }];
        let row = ReportRow {
            id: &id,
            title: Some("+Rivals fight"),
            outlet: None,
            author: None,
            url: Some(&url),
            published: Some(&published),
            language: Some(&language),
            path: "a.txt",
            warnings: &warnings,
            claims: 7,
            superseded: false,
        };
        let write = |layout| {
            let mut out = Vec::new();
            reports(layout, std::iter::once(row), &mut out, None).unwrap();
            String::from_utf8(out).unwrap()
        };
        let json: Value = serde_json::from_str(&write(Layout::Json)).unwrap();
        assert_eq!(json[0]["outlet"], Value::Null);
        assert_eq!(json[0]["published"]["start"], "2020-06-01");
        let csv = cells(&write(Layout::Csv));
        assert_eq!(csv["title"], "'+Rivals fight");
        assert_eq!(csv["warnings"], "date_ambiguous");
        let geo: Value = serde_json::from_str(&write(Layout::Geojson)).unwrap();
        assert_eq!(geo["features"][0]["properties"]["claims"], 7);
        insta::assert_snapshot!(write(Layout::Table));
    }

    #[test]
    fn a_closed_pipe_is_told_from_a_full_disk() {
        struct Shut(std::io::ErrorKind);
        impl std::io::Write for Shut {
            fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
                Err(self.0.into())
            }
            fn flush(&mut self) -> std::io::Result<()> {
                Ok(())
            }
        }
        let fail =
            |kind| claims(Layout::Json, std::iter::empty(), &mut Shut(kind), None).unwrap_err();
        assert!(fail(std::io::ErrorKind::BrokenPipe).is_broken_pipe());
        assert!(!fail(std::io::ErrorKind::StorageFull).is_broken_pipe());
    }
}
