//! What comes back is what went in, to the last bit.

use averment_ledger::StoreOutcome;
use averment_types::{
    ActorCandidate, ActorId, ActorKind, ActorRef, CodedReport, DateInterval, DatePrec, Geometry,
    PlaceCandidate, TimeCandidate,
};
use jiff::civil::date;
use proptest::prelude::*;

use crate::desk::Desk;
use crate::sample::{claim, coder, content, place, report, role, time};

/// A report with this text and one claim, all of whose numbers are given.
fn full(text: &str, title: Option<String>, floats: [f64; 3], scores: [f32; 3]) -> CodedReport {
    let text = format!("On the road. {text}");
    let mut report = report("exact", &text);
    report.title = title;
    report.extra.insert("kept".to_owned(), serde_json::json!({"n": floats[0], "s": text}));
    report.digest = report.compute_digest();
    let mut content = content(&report, "On the road.", "attack", &coder("1"));
    let [lat, lon, alt] = floats;
    let mut at = place("road", Some("ML"), &[]);
    (at.lat, at.lon) = (Some(lat), Some(lon));
    at.geometry = Some(Geometry::Polygon(vec![vec![[lon, lat], [alt, lat], [lon, lat]]]));
    at.candidates = vec![PlaceCandidate {
        name: text,
        country: None,
        admin1: None,
        lat: Some(alt),
        lon: None,
        gazetteer_id: None,
        score: scores[0],
        reason: "same name".to_owned(),
    }];
    content.place = Some(at);
    let interval = DateInterval::new(None, Some(date(2020, 2, 29))).unwrap();
    let mut when = time(interval);
    when.candidates = vec![TimeCandidate {
        interval,
        precision: DatePrec::Longer,
        score: scores[1],
        reason: "open".to_owned(),
    }];
    content.time = Some(when);
    let mut who = role(&report, "road", None);
    who.candidates = vec![ActorCandidate {
        actor: ActorRef {
            id: ActorId::new("a"),
            name: "A".to_owned(),
            kind: ActorKind::Other,
            country: None,
        },
        score: scores[2],
        reason: "near".to_owned(),
    }];
    content.roles = vec![who];
    content.confidence = Some(scores[0]);
    let claims = vec![claim(&report, content)];
    CodedReport { report, claims }
}

fn finite() -> impl Strategy<Value = f64> {
    prop_oneof![-180.0..180.0_f64, any::<f64>().prop_filter("finite", |f| f.is_finite())]
}

fn score() -> impl Strategy<Value = f32> {
    prop_oneof![0.0..1.0_f32, any::<f32>().prop_filter("finite", |f| f.is_finite())]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn a_coded_report_comes_back_equal(
        text in any::<String>(),
        title in prop::option::of(".{0,20}"),
        floats in [finite(), finite(), finite()],
        scores in [score(), score(), score()],
    ) {
        let mut desk = Desk::new();
        let coded = full(&text, title, floats, scores);
        let outcome = desk.store(std::slice::from_ref(&coded), &coder("1"));
        prop_assert_eq!(outcome, [StoreOutcome::New]);
        let back = desk.ledger.report(&coded.report.id).unwrap().unwrap();
        prop_assert_eq!(&back.coded, &coded);
        let json = serde_json::to_string(&back.coded).unwrap();
        prop_assert_eq!(json, serde_json::to_string(&coded).unwrap());
        let alone = desk.ledger.claim(coded.claims[0].id()).unwrap().unwrap();
        prop_assert_eq!(&alone.claim, &coded.claims[0]);
        let check = desk.ledger.check().unwrap();
        prop_assert!(check.is_clean(), "{:?}", check.problems);
    }
}

#[test]
fn controls_and_rare_letters_come_back_and_are_found() {
    let mut desk = Desk::new();
    let coded = full(
        "nul \0 here, then\u{202e}bidi 🙂 e\u{301} الساحل",
        None,
        [0.0, -0.0, 1e-300],
        [0.1, 0.2, 0.3],
    );
    desk.store(std::slice::from_ref(&coded), &coder("1"));
    let back = desk.ledger.report(&coded.report.id).unwrap().unwrap();
    assert_eq!(back.coded, coded);
    for word in ["here", "bidi", "الساحل"] {
        let query =
            averment_ledger::ReportQuery { text: Some(word.to_owned()), ..Default::default() };
        assert_eq!(desk.ledger.reports(&query).unwrap().len(), 1, "{word}");
    }
}
