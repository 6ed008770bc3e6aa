//! Incidents, estimates, disputes, histories and projections of small sets of claims, written as JSON.
#![expect(clippy::unwrap_used, reason = "tests")]

use averment_actors::Registry;
use averment_corroborate::{Corroborator, Decisions, RuleBook};
use averment_types::{
    ActorId, CasualtyKind, ClaimId, CodedReport, DisputeKind, DisputeStatus, EstimateOf, Incident,
    Report, Resolution,
};
use serde_json::{Value, json};

/// One claim of one report: what a test says of it.
#[derive(Clone, Copy)]
struct Told<'a> {
    id: &'a str,
    outlet: &'a str,
    published: &'a str,
    text: &'a str,
    kind: &'a str,
    type_id: &'a str,
    day: Option<&'a str>,
    town: Option<(&'a str, f64, f64)>,
    by: Option<(&'a str, &'a str)>,
    killed: Option<(u32, Option<u32>)>,
    speaker: Option<(&'a str, &'a str)>,
    polarity: &'a str,
    modality: &'a str,
}

const GAO: (&str, f64, f64) = ("Gao", 16.27, -0.04);
const MOPTI: (&str, f64, f64) = ("Mopti", 14.49, -4.19);

const PLAIN: Told<'static> = Told {
    id: "a",
    outlet: "River Post",
    published: "2022-05-16",
    text: "Gunmen attacked a market and killed traders, and then they left on motorcycles.",
    kind: "event",
    type_id: "attack",
    day: Some("2022-05-15"),
    town: Some(GAO),
    by: None,
    killed: None,
    speaker: None,
    polarity: "affirmed",
    modality: "happened",
};

fn coded(told: &Told<'_>) -> CodedReport {
    let mut report = Report::of_body(told.id, told.text).unwrap();
    report.outlet = Some(told.outlet.to_owned());
    report.published = Some(
        serde_json::from_value(json!({
            "start": told.published, "end": told.published, "precision": "day", "source": "field", "text": told.published,
        }))
        .unwrap(),
    );
    report.digest = report.compute_digest();
    let range = json!({ "start": 0, "end": told.text.len() });
    let quote = json!({
        "start": 0, "end": told.text.len(), "quote": told.text, "zone": "body", "context": range,
    });
    let span = json!({ "start": 0, "end": 2 });
    let time = told.day.map(|day| {
        json!({ "start": day, "end": day, "precision": "day", "text": day, "span": span, "inferred": false, "reasons": [] })
    });
    let place = told.town.map(|(name, lat, lon)| {
        json!({
            "name": name, "kind": "settlement", "country": "ML", "admin1": null, "admin2": null, "lat": lat, "lon": lon,
            "geometry": null, "precision": "exact", "gazetteer_id": format!("test:{name}"), "text": name, "span": span,
            "reasons": [],
        })
    });
    let roles: Vec<Value> = told
        .by
        .map(|(role, actor)| {
            let kind = if actor.starts_with("amadou") { "person" } else { "armed_group" };
            json!({
                "role": role, "text": actor, "start": 0, "end": 2,
                "actor": { "id": actor, "name": actor, "kind": kind, "country": null },
            })
        })
        .into_iter()
        .collect();
    let casualties: Vec<Value> = told
        .killed
        .map(|(low, best)| {
            json!({ "kind": "killed", "of": null, "low": low, "best": best, "high": best, "text": "n", "start": 0, "end": 2 })
        })
        .into_iter()
        .collect();
    let attribution: Vec<Value> = told
        .speaker
        .map(|(speaker, kind)| {
            json!({
                "speaker": speaker, "start": 0, "end": 2, "kind": kind, "party": kind == "party", "actor": null,
                "affiliation": null, "cue": "said", "cue_range": { "start": 0, "end": 2 },
            })
        })
        .into_iter()
        .collect();
    let claim = json!({
        "id": format!("c{}", told.id), "kind": told.kind, "type": told.type_id, "roles": roles, "time": time, "place": place,
        "projections": { "plover": null, "cameo": null, "acled": null, "ucdp": null },
        "casualties": casualties, "polarity": told.polarity, "modality": told.modality, "attribution": attribution,
        "trigger": span, "evidence": [quote], "confidence": null,
        "coder": { "version": "0", "reader": "none", "codebook": "none", "rule": "test" },
    });
    CodedReport { report, claims: vec![serde_json::from_value(claim).unwrap()] }
}

fn room(told: &[Told<'_>], decisions: Decisions) -> Corroborator {
    let mut room = Corroborator::new(&Registry::shipped().unwrap(), decisions).unwrap();
    for told in told {
        assert!(room.add(&coded(told)));
    }
    room.settle();
    room
}

fn incidents(told: &[Told<'_>]) -> Vec<Incident> {
    room(told, Decisions::default()).incidents()
}

fn killed(incident: &Incident) -> (Option<u32>, Option<u32>, Option<u32>) {
    let all =
        |e: &&averment_types::Estimate| e.kind == CasualtyKind::Killed && e.of == EstimateOf::All;
    let found = incident.estimates.iter().find(all).unwrap();
    (found.low, found.best, found.high)
}

const OTHER: Told<'static> = Told {
    id: "b",
    outlet: "Desert Herald",
    text: "Traders died on Sunday when men with rifles came to the market of the town, a nurse remembers today.",
    ..PLAIN
};

#[test]
fn one_day_and_town_is_one_incident_and_other_towns_days_and_plans_are_not() {
    let all = [
        PLAIN,
        OTHER,
        Told { id: "c", town: Some(MOPTI), ..PLAIN },
        Told { id: "d", day: Some("2022-05-19"), ..OTHER },
        Told { id: "e", modality: "planned", ..OTHER },
        Told { id: "f", modality: "habitual", ..OTHER },
    ];
    let found = incidents(&all);
    assert_eq!(found.len(), 3, "{found:#?}");
    let first = found.iter().find(|i| i.claims.contains(&ClaimId::new("ca"))).unwrap();
    assert_eq!(first.claims.len(), 2);
    assert_eq!(first.independent_origins, 2);
    assert!(first.links[0].evidence.iter().any(|e| e.aspect == "time" && e.points > 0));
}

#[test]
fn without_day_and_place_nothing_matches_by_itself() {
    let unknown = Told { day: None, town: None, ..PLAIN };
    let found = incidents(&[
        unknown,
        Told { id: "b", text: OTHER.text, outlet: "Desert Herald", ..unknown },
    ]);
    assert_eq!(found.len(), 2);
}

#[test]
fn who_leans_on_one_source_is_one_origin_and_a_party_is_counted_apart() {
    let sohr = Some(("the Syrian Observatory for Human Rights", "monitor"));
    let found = incidents(&[
        Told { speaker: sohr, ..PLAIN },
        Told { speaker: sohr, ..OTHER },
        Told {
            id: "c",
            outlet: "Third Paper",
            text: "Islamic State men say that the market of Gao was theirs for an hour, and twelve enemies fell.",
            speaker: Some(("Al-Naba", "outlet")),
            ..OTHER
        },
    ]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].independent_origins, found[0].party_origins), (2, 1));
}

#[test]
fn a_party_is_one_origin_by_whatever_words_it_goes() {
    let told = [
        ("a", "Soldiers", "generic:military:ML", "military", PLAIN.text),
        ("b", "the Malian army", "mali-armed-forces", "military", OTHER.text),
        (
            "c",
            "the police",
            "generic:police:ML",
            "police",
            "The bazaar was hit and stalls went up in flames.",
        ),
        (
            "d",
            "soldiers of Niger",
            "generic:military:NE",
            "military",
            "Across the river shots were heard from Gao.",
        ),
    ];
    let mut room = room(&[], Decisions::default());
    for (id, speaker, actor, kind, text) in told {
        let outlet = format!("Paper {id}");
        let told =
            Told { id, outlet: &outlet, text, speaker: Some((speaker, "official")), ..PLAIN };
        let mut coded = serde_json::to_value(coded(&told)).unwrap();
        let country = actor.rsplit(':').next().filter(|c| c.len() == 2).unwrap_or("ML");
        coded["claims"][0]["attribution"][0]["actor"] =
            json!({ "id": actor, "name": speaker, "kind": kind, "country": country });
        room.add(&serde_json::from_value(coded).unwrap());
    }
    room.settle();
    let found = room.incidents();
    assert_eq!(found.len(), 1, "{found:#?}");
    let ids: Vec<&str> = found[0].origins.iter().map(|o| o.id.as_str()).collect();
    let expected = [
        "officials:generic:military:NE",
        "officials:generic:police:ML",
        "source:mali-armed-forces",
    ];
    assert_eq!(ids, expected);
    let army = &found[0].origins[2];
    assert!(army.reasons.iter().any(|r| r == "words for one party to the conflict"), "{army:?}");
}

#[test]
fn bounds_agree_with_numbers_and_numbers_apart_are_a_dispute_until_somebody_decides() {
    let at_least = Told { killed: Some((20, None)), ..PLAIN };
    let exact = Told { killed: Some((24, Some(24))), ..OTHER };
    let quiet = room(&[at_least, exact], Decisions::default());
    assert!(quiet.disputes().is_empty());
    assert_eq!(killed(&quiet.incidents()[0]), (Some(20), Some(24), Some(24)));

    let less = Told { id: "c", outlet: "Third Paper", killed: Some((9, Some(9))), ..OTHER };
    let open = room(&[at_least, exact, less], Decisions::default()).disputes();
    assert_eq!((open[0].kind, open[0].status), (DisputeKind::Number, DisputeStatus::Open));
    let resolution =
        Resolution { by: "editor".into(), reason: "seen".into(), position: Some("24".into()) };
    let decided =
        Decisions { resolved: [(open[0].id.clone(), resolution)].into(), ..Decisions::default() };
    assert_eq!(
        room(&[at_least, exact, less], decided).disputes()[0].status,
        DisputeStatus::Resolved
    );
}

#[test]
fn a_later_word_of_the_same_outlet_takes_the_earlier_one_back() {
    let early = Told { killed: Some((15, Some(15))), ..PLAIN };
    let late = Told {
        id: "b",
        published: "2022-05-18",
        text: "CORRECTION: Gunmen attacked a market and killed five traders, and then they left on motorcycles.",
        killed: Some((5, Some(5))),
        ..PLAIN
    };
    let room = room(&[early, late], Decisions::default());
    assert_eq!(killed(&room.incidents()[0]), (Some(5), Some(5), Some(5)));
    assert_eq!(room.disputes()[0].status, DisputeStatus::Moot);
}

#[test]
fn a_denial_hangs_on_the_incident_and_counts_for_no_origin() {
    let denial =
        Told { id: "c", polarity: "denied", speaker: Some(("the army", "official")), ..OTHER };
    let room = room(&[PLAIN, denial], Decisions::default());
    let incident = &room.incidents()[0];
    assert_eq!(
        (incident.claims.len(), incident.denials.len(), incident.independent_origins),
        (1, 1, 1)
    );
    assert_eq!(room.disputes()[0].kind, DisputeKind::Occurrence);
}

#[test]
fn perpetrators_who_do_not_belong_together_are_a_dispute() {
    let jnim = Told { by: Some(("initiator", "jnim")), killed: Some((14, Some(14))), ..PLAIN };
    let state =
        Told { by: Some(("initiator", "islamic-state")), killed: Some((14, Some(14))), ..OTHER };
    let part = Told {
        id: "c",
        outlet: "Third Paper",
        by: Some(("initiator", "macina-liberation-front")),
        ..state
    };
    let kinds = |told: &[Told<'_>]| -> Vec<DisputeKind> {
        room(told, Decisions::default()).disputes().iter().map(|d| d.kind).collect()
    };
    assert_eq!(kinds(&[jnim, state]), [DisputeKind::Perpetrator]);
    assert!(kinds(&[jnim, part]).is_empty());
}

#[test]
fn the_dead_who_speak_later_are_a_dispute_and_the_living_are_none() {
    let dead = Told {
        type_id: "killing",
        by: Some(("victim", "amadou-koufa")),
        day: Some("2018-11-23"),
        ..PLAIN
    };
    let speaks = Told {
        type_id: "threat",
        by: Some(("initiator", "amadou-koufa")),
        day: Some("2019-02-28"),
        ..OTHER
    };
    let before = Told { day: Some("2018-01-28"), ..speaks };
    let found = room(&[dead, speaks], Decisions::default()).disputes();
    assert_eq!(found[0].kind, DisputeKind::LifeAndDeath);
    assert!(room(&[dead, before], Decisions::default()).disputes().is_empty());
    let history =
        room(&[dead, speaks], Decisions::default()).history(&ActorId::new("amadou-koufa"));
    let types: Vec<&str> = history.iter().map(|line| line.type_id.as_str()).collect();
    assert_eq!(types, ["killing", "threat"]);
}

#[test]
fn a_retracted_report_gives_no_number() {
    let first = Told { type_id: "bombing", killed: Some((15, Some(15))), ..PLAIN };
    let second = Told { type_id: "bombing", killed: Some((40, Some(40))), ..OTHER };
    let retracted =
        Decisions { retracted: [coded(&second).report.id].into(), ..Decisions::default() };
    assert_eq!(killed(&room(&[first, second], retracted).incidents()[0]).1, Some(15));
}

#[test]
fn rule_books_say_which_rule_parts_them() {
    let unharmed = Told { by: Some(("initiator", "jnim")), ..PLAIN };
    let deadly = Told { by: Some(("initiator", "jnim")), killed: Some((3, Some(3))), ..PLAIN };
    let (ucdp, acled) =
        (RuleBook::shipped("ucdp").unwrap().unwrap(), RuleBook::shipped("acled").unwrap().unwrap());
    let parted = ucdp.compare(&acled, &incidents(&[unharmed])[0]).unwrap();
    assert_eq!(parted.by, ["ucdp/deaths"]);
    assert!(parted.b.taken && !parted.a.taken);
    assert!(ucdp.compare(&acled, &incidents(&[deadly])[0]).is_none());
    assert_eq!(ucdp.project(&incidents(&[deadly])[0]).deaths, Some(3));
}
