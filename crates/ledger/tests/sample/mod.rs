//! Invented reports and claims for the ledger's tests: a made-up country side, made-up outlets.
//! It refuses to be an example of coding; the claims only need to be whole.

use averment_types::CodedReport;
use averment_types::{
    ActorId, ActorKind, ActorRef, Claim, ClaimContent, ClaimKind, Coder, CoderVersion, CountryCode,
    DateInterval, DatePrec, Digest, Evidence, EvidenceSet, Format, Gap, GapField, GapState,
    LanguageCode, MapSegment, Modality, Original, PlaceKind, PlaceValue, Polarity, Projections,
    Published, PublishedSource, Report, ReportId, Role, RoleKind, RuleId, SourceInfo, SourceMap,
    TextRange, TimeValue, TypeId, Url, WherePrec, Zone, ZoneKind,
};
use jiff::civil::{Date, date};

/// The version `version` of an invented coder.
pub(crate) fn coder(version: &str) -> CoderVersion {
    CoderVersion {
        version: version.to_owned(),
        reader: "patterns-1".to_owned(),
        codebook: "averment-2026.1".to_owned(),
    }
}

/// The moment `seconds` after some morning of 2026.
pub(crate) fn moment(seconds: i64) -> jiff::Timestamp {
    jiff::Timestamp::from_second(1_780_000_000 + seconds).unwrap()
}

/// A report with this text as one body zone, and nothing else known.
pub(crate) fn report(id: &str, text: &str) -> Report {
    let mut report = Report {
        id: ReportId::new(id),
        digest: Digest::of(&[]),
        title: None,
        outlet: None,
        author: None,
        url: None,
        published: None,
        published_candidates: Vec::new(),
        language: None,
        text: text.to_owned(),
        zones: vec![Zone { kind: ZoneKind::Body, range: TextRange::whole(text).unwrap() }],
        warnings: Vec::new(),
        source: SourceInfo {
            path: format!("{id}.txt"),
            line: None,
            format: Format::Text,
            encoding: "utf-8".to_owned(),
            encoding_doubtful: false,
        },
        extra: std::collections::BTreeMap::new(),
    };
    report.digest = report.compute_digest();
    report
}

/// The same report with title, outlet, address, date and language.
pub(crate) fn dressed(mut report: Report, title: &str, outlet: &str, day: Date) -> Report {
    report.title = Some(title.to_owned());
    report.outlet = Some(outlet.to_owned());
    report.url = Some(Url::parse(&format!("https://{}.example/a", report.id)).unwrap());
    report.language = Some(LanguageCode::parse("en").unwrap());
    report.published = Some(Published {
        interval: DateInterval::day(day),
        precision: DatePrec::Day,
        source: PublishedSource::Field,
        text: day.to_string(),
    });
    report.digest = report.compute_digest();
    report
}

/// What a claim of type `type_id` about the words `quote` of `report` says; nothing else is known.
pub(crate) fn content(
    report: &Report,
    quote: &str,
    type_id: &str,
    version: &CoderVersion,
) -> ClaimContent {
    let start = report.text.find(quote).unwrap();
    let range = TextRange::new(start, start + quote.len()).unwrap();
    let whole = TextRange::whole(&report.text).unwrap();
    let evidence = Evidence::cut(&report.text, range, ZoneKind::Body, whole).unwrap();
    ClaimContent {
        kind: ClaimKind::Event,
        type_id: TypeId::new(type_id),
        projections: Projections::default(),
        roles: Vec::new(),
        time: None,
        place: None,
        casualties: Vec::new(),
        polarity: Polarity::Affirmed,
        modality: Modality::Happened,
        modality_reasons: Vec::new(),
        attribution: Vec::new(),
        trigger: range,
        evidence: EvidenceSet::one(evidence),
        gaps: vec![Gap {
            field: GapField::Time,
            state: GapState::NotStated,
            reason: "no date expression in the sentence".to_owned(),
        }],
        confidence: Some(0.7),
        coder: Coder { version: version.clone(), rule: RuleId::new("sample/one") },
    }
}

/// The claim with this content, made in `report`.
pub(crate) fn claim(report: &Report, content: ClaimContent) -> Claim {
    Claim::new(&report.id, &report.digest, content)
}

/// A role worded `text`, linked to the actor `id` called `name`, or to none.
pub(crate) fn role(report: &Report, text: &str, linked: Option<(&str, &str)>) -> Role {
    let start = report.text.find(text).unwrap();
    Role {
        role: RoleKind::Initiator,
        text: text.to_owned(),
        range: TextRange::new(start, start + text.len()).unwrap(),
        antecedent: None,
        actor: linked.map(|(id, name)| ActorRef {
            id: ActorId::new(id),
            name: name.to_owned(),
            kind: ActorKind::ArmedGroup,
            country: None,
        }),
        reasons: vec!["the name is an alias of one actor only".to_owned()],
        candidates: Vec::new(),
        alleged: None,
    }
}

/// A time worded as the first words of `report`, meaning `interval`.
pub(crate) fn time(interval: DateInterval) -> TimeValue {
    TimeValue {
        interval,
        precision: DatePrec::of(interval),
        text: "On".to_owned(),
        span: TextRange::new(0, 2).unwrap(),
        inferred: true,
        reasons: vec!["the year is that of publication".to_owned()],
        candidates: Vec::new(),
    }
}

/// A place in `country`, touching `others` too.
pub(crate) fn place(name: &str, country: Option<&str>, others: &[&str]) -> PlaceValue {
    let parse = |code: &str| CountryCode::parse(code).unwrap();
    PlaceValue {
        name: name.to_owned(),
        kind: PlaceKind::Settlement,
        country: country.map(parse),
        countries: others.iter().map(|code| parse(code)).collect(),
        admin1: None,
        admin2: None,
        lat: Some(14.355_100_000_000_1),
        lon: Some(-3.610_2),
        geometry: None,
        precision: WherePrec::Exact,
        gazetteer_id: Some("geonames:1".to_owned()),
        text: "On".to_owned(),
        span: TextRange::new(0, 2).unwrap(),
        reasons: vec!["the only place of this name in the region".to_owned()],
        candidates: Vec::new(),
    }
}

/// The bytes of a report that came as plain text.
pub(crate) fn original(report: &Report) -> Original {
    let mut map = SourceMap::new();
    let whole = TextRange::whole(&report.text).unwrap();
    map.push(MapSegment { text: whole, source: whole });
    Original { bytes: report.text.as_bytes().to_vec(), map }
}

/// Report number `n`, with `claims` claims; the same for the same numbers.
pub(crate) fn numbered(n: u32, claims: u32, version: &CoderVersion) -> CodedReport {
    const TYPES: [&str; 3] = ["attack", "clash", "killing"];
    const GROUPS: [&str; 5] =
        ["Reed Front", "Salt Brigade", "Dune Guard", "Ford League", "Ash Column"];
    const TOWNS: [&str; 6] = ["Harbasso", "Tinzaret", "Kolmadi", "Ouranga", "Bel Safra", "Ndeyla"];
    const LANDS: [&str; 4] = ["ML", "NE", "BF", "TD"];
    const OUTLETS: [&str; 3] = ["Harbasso Courier", "radio.example", "The Delta Post"];
    let pick =
        |of: &[&'static str], salt: u32| of[usize::try_from(n * 7 + salt * 13).unwrap() % of.len()];
    let day = date(2019, 1, 1).saturating_add(jiff::Span::new().days(i64::from(n % 2000)));
    let lines: Vec<String> = (0..claims)
        .map(|c| {
            format!(
                "On day {c} fighters of the {} attacked a post near {}, killing {} people, residents said.",
                pick(&GROUPS, c), pick(&TOWNS, c + 1), (n + c) % 40
            )
        })
        .collect();
    let text = format!("{} Word came late.\n{}", day, lines.join("\n"));
    let title = format!("Attack near {} ({n})", pick(&TOWNS, 1));
    let report = dressed(report(&format!("r{n:07}"), &text), &title, pick(&OUTLETS, 0), day);
    let claims = lines.iter().zip(0..).map(|(line, c)| {
        let group = pick(&GROUPS, c);
        let mut content = content(&report, line, pick(&TYPES, c), version);
        let id = group.to_lowercase().replace(' ', "-");
        content.roles =
            vec![role(&report, &format!("fighters of the {group}"), Some((&id, group)))];
        content.time = Some(time(DateInterval::day(day)));
        content.place = Some(place(pick(&TOWNS, c + 1), Some(pick(&LANDS, c)), &[]));
        claim(&report, content)
    });
    let claims = claims.collect();
    CodedReport { report, claims }
}
