//! Decisions: what they change of what claims say, what undoes them, and how tampering shows.

use averment_ledger::{ClaimQuery, Ledger, LedgerError, ProblemKind, StoredClaim, Undecidable};
use averment_types::{
    Act, ActorId, ActorKind, ActorRef, CasualtyKind, ClaimId, Correction, CountryCode, Credibility,
    DateInterval, DecisionId, OriginId, Polarity, Reliability, ReportId, RoleKind, StatedNumber,
    TypeId, Verdict,
};
use jiff::civil::date;

use crate::desk::Desk;
use crate::sample::{coder, numbered, place};

/// A ledger of five reports with three claims each, and the ids of the claims.
fn desk() -> (Desk, Vec<ClaimId>) {
    let mut desk = Desk::new();
    let coded: Vec<_> = (0..5).map(|n| numbered(n, 3, &coder("1"))).collect();
    desk.store(&coded, &coder("1"));
    let ids = coded.iter().flat_map(|c| &c.claims).map(|c| c.id().clone()).collect();
    (desk, ids)
}

fn correct(claim: &ClaimId, correction: Correction) -> Act {
    Act::Correct { claim: claim.clone(), correction }
}

fn salt() -> ActorRef {
    ActorRef {
        id: ActorId::new("salt-union"),
        name: "Salt Union".to_owned(),
        kind: ActorKind::ArmedGroup,
        country: None,
    }
}

fn get(desk: &Desk, id: &ClaimId) -> StoredClaim {
    desk.ledger.claim(id).unwrap().unwrap()
}

fn found(desk: &Desk, query: &ClaimQuery) -> Vec<ClaimId> {
    let found = desk.ledger.claims(query).unwrap();
    found.into_iter().map(|stored| stored.claim.id().clone()).collect()
}

#[test]
fn a_rejected_claim_counts_no_longer_and_stays() {
    let (mut desk, ids) = desk();
    desk.decide(Act::Reject { claim: ids[1].clone() }, 10);
    let all = ClaimQuery { superseded: true, ..ClaimQuery::default() };
    assert!(!found(&desk, &ClaimQuery::default()).contains(&ids[1]));
    assert_eq!(found(&desk, &ClaimQuery::default()).len(), 14);
    assert_eq!(found(&desk, &all), ids);
    let rejected = get(&desk, &ids[1]);
    assert_eq!(rejected.standing.verdict, Some(Verdict::Rejected));
    assert_eq!(rejected.standing.decisions[0].by, "Ada");
    assert_eq!(rejected.standing.corrected, None);
    desk.decide(Act::Accept { claim: ids[1].clone() }, 11);
    assert_eq!(get(&desk, &ids[1]).standing.verdict, Some(Verdict::Accepted));
    assert_eq!(found(&desk, &ClaimQuery::default()), ids);
    assert!(desk.ledger.check().unwrap().is_clean());
}

#[test]
fn a_corrected_claim_reads_as_corrected_and_keeps_what_the_coder_found() {
    let (mut desk, ids) = desk();
    let before = get(&desk, &ids[0]).claim;
    let march = DateInterval::day(date(2030, 3, 12));
    let town = place("Far Away", Some("XK"), &[]);
    let five = StatedNumber { low: Some(3), best: Some(5), high: None };
    let corrections = [
        Correction::Type(TypeId::new("abduction")),
        Correction::Polarity(Polarity::Denied),
        Correction::Time(Some(march)),
        Correction::Place(Some(Box::new(town))),
        Correction::Role { role: RoleKind::Initiator, nth: 1, actor: Some(salt()) },
        Correction::Role { role: RoleKind::Victim, nth: 1, actor: Some(salt()) },
        Correction::Casualties { kind: CasualtyKind::Killed, of: None, number: Some(five) },
    ];
    for (correction, second) in corrections.into_iter().zip(10..) {
        desk.decide(correct(&ids[0], correction), second);
    }
    let stored = get(&desk, &ids[0]);
    assert_eq!(stored.claim, before);
    assert_eq!(stored.standing.decisions.len(), 7);
    let read = stored.in_force();
    assert_eq!(read.id(), before.id());
    let content = read.content();
    assert_eq!(content.type_id.as_str(), "abduction");
    assert_eq!(content.polarity, Polarity::Denied);
    let time = content.time.as_ref().unwrap();
    assert_eq!((time.interval, time.text.as_str()), (march, "On"));
    assert_eq!(time.reasons, ["decided by Ada on 2026-05-28: read it again"]);
    assert_eq!(content.place.as_ref().unwrap().name, "Far Away");
    assert_eq!(content.roles[0].actor, Some(salt()));
    assert_eq!((content.roles[1].role, content.roles[1].text.as_str()), (RoleKind::Victim, ""));
    assert_eq!(content.casualties[0].low, Some(3));
    assert_eq!(
        (content.confidence, content.evidence.clone()),
        (None, before.content().evidence.clone())
    );

    // The last correction of a field holds, and one that takes a value out says so.
    desk.decide(correct(&ids[0], Correction::Time(None)), 20);
    let stored = get(&desk, &ids[0]);
    assert_eq!(stored.in_force().content().time, None);
    assert!(stored.in_force().content().gaps.iter().any(|gap| gap.reason.contains("Ada")));
    assert_eq!(stored.standing.decisions.len(), 7);
}

#[test]
fn queries_ask_for_the_values_in_force() {
    let (mut desk, ids) = desk();
    let by_type = |t: &str| ClaimQuery { type_id: Some(TypeId::new(t)), ..ClaimQuery::default() };
    let of = get(&desk, &ids[0]).claim.content().type_id.as_str().to_owned();
    let before = found(&desk, &by_type(&of)).len();
    desk.decide(correct(&ids[0], Correction::Type(TypeId::new("abduction"))), 10);
    assert_eq!(found(&desk, &by_type("abduction")), [ids[0].clone()]);
    assert_eq!(found(&desk, &by_type(&of)).len(), before - 1);

    let day = date(2030, 3, 12);
    desk.decide(correct(&ids[4], Correction::Time(Some(DateInterval::day(day)))), 11);
    let since = ClaimQuery { since: Some(date(2030, 1, 1)), ..ClaimQuery::default() };
    assert_eq!(found(&desk, &since), [ids[4].clone()]);

    let town = place("Far Away", Some("XK"), &[]);
    desk.decide(correct(&ids[5], Correction::Place(Some(Box::new(town)))), 12);
    let country = Some(CountryCode::parse("XK").unwrap());
    let there = ClaimQuery { country, ..ClaimQuery::default() };
    assert_eq!(found(&desk, &there), [ids[5].clone()]);

    // Conditions about the report hold for them as before, and so does the limit.
    let report = get(&desk, &ids[4]).report.id;
    let both = ClaimQuery { report: Some(report), ..since.clone() };
    assert_eq!(found(&desk, &both), [ids[4].clone()]);
    let other = ClaimQuery { report: Some(ReportId::new("r0000000")), ..since };
    assert_eq!(found(&desk, &other), [] as [ClaimId; 0]);
    let two = ClaimQuery { limit: Some(2), ..ClaimQuery::default() };
    assert_eq!(found(&desk, &two), ids[..2]);
}

#[test]
fn a_name_means_an_actor_wherever_it_is_all_of_the_words() {
    let (mut desk, _) = desk();
    let words = "The  FIGHTERS of the Salt Brigade".to_owned();
    let before = ClaimQuery { actor: Some("salt-brigade".to_owned()), ..ClaimQuery::default() };
    let with_words = found(&desk, &before);
    assert!(with_words.len() > 1);
    let name = |report, actor| Act::Name { words: words.clone(), report, actor };
    desk.decide(name(None, salt()), 10);
    let after = ClaimQuery { actor: Some("salt-union".to_owned()), ..ClaimQuery::default() };
    assert_eq!(found(&desk, &after), with_words);
    // The words still say what they said.
    assert_eq!(found(&desk, &before), with_words);
    let stored = get(&desk, &with_words[0]);
    assert_eq!(stored.in_force().content().roles[0].actor, Some(salt()));
    let coder = stored.claim.content().roles[0].actor.clone();
    assert_ne!(coder, Some(salt()));

    // A decision about one report comes first, a correction of one claim before both.
    let report = stored.report.id;
    let other = ActorRef { id: ActorId::new("ford-league"), ..salt() };
    desk.decide(name(Some(report), other.clone()), 9);
    let actor = |desk: &Desk, id| get(desk, id).in_force().content().roles[0].actor.clone();
    assert_eq!(actor(&desk, &with_words[0]), Some(other));
    assert_eq!(actor(&desk, &with_words[1]), Some(salt()));
    let role = Correction::Role { role: RoleKind::Initiator, nth: 1, actor: coder.clone() };
    desk.decide(correct(&with_words[0], role), 12);
    assert_eq!(actor(&desk, &with_words[0]), coder);
    assert!(desk.ledger.check().unwrap().is_clean());
}

#[test]
fn undoing_is_a_decision_and_can_be_undone() {
    let (mut desk, ids) = desk();
    let reject = desk.decide(Act::Reject { claim: ids[0].clone() }, 10).id;
    let undo = desk.decide(Act::Undo { decision: reject.clone() }, 11).id;
    assert!(!get(&desk, &ids[0]).standing.is_decided());
    let again = desk.try_deciding(Act::Undo { decision: reject.clone() }, 12).unwrap_err();
    let told =
        LedgerError::NotDecided { path: desk.path(), reason: Undecidable::Undone(reject.clone()) };
    assert_eq!(again.to_string(), told.to_string());
    desk.decide(Act::Undo { decision: undo.clone() }, 13);
    assert!(get(&desk, &ids[0]).standing.is_rejected());
    desk.decide(Act::Undo { decision: reject }, 14);
    assert!(!get(&desk, &ids[0]).standing.is_rejected());
    assert_eq!(desk.ledger.decisions().unwrap().len(), 4);
    assert_eq!(desk.ledger.decisions_in_force().unwrap(), []);
    assert_eq!(desk.ledger.resolve_decision("e").unwrap().len(), 4);
    assert_eq!(desk.ledger.resolve_decision(undo.as_str()).unwrap(), [undo]);
}

#[test]
fn a_decision_holds_for_the_same_statement_coded_by_another_version() {
    let (mut desk, ids) = desk();
    desk.decide(Act::Reject { claim: ids[0].clone() }, 10);
    desk.decide(correct(&ids[1], Correction::Polarity(Polarity::Denied)), 11);
    let recoded: Vec<_> = (0..5).map(|n| numbered(n, 3, &coder("2"))).collect();
    desk.store(&recoded, &coder("2"));
    let new: Vec<_> = recoded.iter().flat_map(|c| &c.claims).map(|c| c.id().clone()).collect();
    assert!(get(&desk, &new[0]).standing.is_rejected());
    let stored = get(&desk, &new[1]);
    assert_eq!(stored.in_force().content().polarity, Polarity::Denied);
    assert_eq!(stored.in_force().id(), &new[1]);
    assert_eq!(found(&desk, &ClaimQuery::default()).len(), 14);
    assert!(!get(&desk, &new[2]).standing.is_decided());
}

#[test]
fn decisions_in_force_come_by_kind_and_about_what_counts() {
    let (mut desk, ids) = desk();
    let (a, b) = (ids[0].clone(), ids[4].clone());
    let origin = OriginId::new("outlet:x");
    desk.decide(Act::Same { a: a.clone(), b: b.clone() }, 10);
    desk.decide(Act::Same { a: ids[1].clone(), b: ids[2].clone() }, 11);
    desk.decide(Act::Different { a: ids[2].clone(), b: ids[1].clone() }, 12);
    for (reliability, second) in [(Reliability::B, 13), (Reliability::E, 14)] {
        desk.decide(Act::GradeSource { origin: origin.clone(), reliability }, second);
    }
    desk.decide(Act::GradeClaim { claim: a.clone(), credibility: Credibility::Confirmed }, 15);
    desk.decide(Act::Accept { claim: a.clone() }, 16);
    desk.decide(Act::Reject { claim: a.clone() }, 17);
    let dispute = averment_types::DisputeId::new("d1");
    let position = Some("five".to_owned());
    let entry =
        desk.decide(Act::Resolve { dispute: dispute.clone(), position: position.clone() }, 18);
    desk.decide(Act::Retract { report: ReportId::new("r0000003") }, 19);
    let words = "they".to_owned();
    desk.decide(Act::Name { words: words.clone(), report: None, actor: salt() }, 20);
    let pair = |a: &ClaimId, b: &ClaimId| {
        if a < b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) }
    };
    let kinds = desk.ledger.decisions_by_kind().unwrap();
    assert_eq!(kinds.same.keys().collect::<Vec<_>>(), [&pair(&a, &b)]);
    assert_eq!(kinds.different.keys().collect::<Vec<_>>(), [&pair(&ids[1], &ids[2])]);
    assert_eq!(kinds.reliability[&origin], Reliability::E);
    assert_eq!((kinds.accepted.len(), kinds.rejected.contains(&a)), (0, true));
    assert_eq!(kinds.resolved[&dispute].position, position);
    assert!(kinds.retracted.contains(&ReportId::new("r0000003")));
    assert_eq!(kinds.names[0].words, words);

    // After a recoding the same statements are named by the ids under which they count now.
    desk.decide(Act::Undo { decision: entry.id }, 30);
    let recoded: Vec<_> = (0..5).map(|n| numbered(n, 3, &coder("2"))).collect();
    desk.store(&recoded, &coder("2"));
    let new: Vec<_> = recoded.iter().flat_map(|c| &c.claims).map(|c| c.id().clone()).collect();
    let kinds = desk.ledger.decisions_by_kind().unwrap();
    assert_eq!(kinds.same.keys().collect::<Vec<_>>(), [&pair(&new[0], &new[4])]);
    assert_eq!(kinds.credibility[&new[0]], Credibility::Confirmed);
    assert!(kinds.resolved.is_empty());
}

#[test]
fn what_cannot_be_decided_is_refused_with_its_reason_and_leaves_nothing() {
    let (mut desk, ids) = desk();
    let (one, none) = (ids[0].clone(), ClaimId::new("c0"));
    let nothing = StatedNumber { low: None, best: None, high: None };
    let upside = StatedNumber { low: Some(9), best: None, high: Some(2) };
    let number = |number| {
        let number = Some(number);
        correct(&ids[0], Correction::Casualties { kind: CasualtyKind::Killed, of: None, number })
    };
    let words = |words: &str| Act::Name { words: words.to_owned(), report: None, actor: salt() };
    let mut off = place("Nowhere", None, &[]);
    off.lat = Some(f64::NAN);
    let report = ReportId::new("r9");
    let decision = DecisionId::new("e0");
    let cases = [
        (Act::Accept { claim: none.clone() }, Undecidable::NoClaim(none.clone())),
        (Act::Same { a: one.clone(), b: none.clone() }, Undecidable::NoClaim(none)),
        (Act::Different { a: one.clone(), b: one.clone() }, Undecidable::OneClaim),
        (Act::Retract { report: report.clone() }, Undecidable::NoReport(report)),
        (Act::Undo { decision: decision.clone() }, Undecidable::NoDecision(decision)),
        (words("?!"), Undecidable::Wordless),
        (words(" "), Undecidable::Text),
        (words(&"x".repeat(10_001)), Undecidable::Text),
        (number(nothing), Undecidable::Number),
        (number(upside), Undecidable::Number),
        (correct(&one, Correction::Place(Some(Box::new(off)))), Undecidable::NotExact),
    ];
    let before = desk.dump();
    for (act, expected) in cases {
        match desk.try_deciding(act, 10).unwrap_err() {
            LedgerError::NotDecided { reason, .. } => assert_eq!(reason, expected),
            other => panic!("{expected:?}: {other}"),
        }
    }
    let nobody = averment_ledger::Ruling {
        by: " ".to_owned(),
        because: None,
        act: Act::Accept { claim: one },
    };
    let error = desk.ledger.decide(&nobody, crate::sample::moment(10)).unwrap_err();
    assert!(error.to_string().contains("nobody is named"), "{error}");
    assert_eq!(desk.dump(), before);
}

/// A ledger with six decisions of every kind of thing, closed, after `sql` was run on it.
fn tampered(sql: &str) -> (tempfile::TempDir, Ledger) {
    let (mut desk, ids) = desk();
    let acts = [
        Act::Accept { claim: ids[0].clone() },
        Act::Same { a: ids[0].clone(), b: ids[3].clone() },
        Act::GradeSource { origin: OriginId::new("outlet:x"), reliability: Reliability::B },
        Act::GradeClaim { claim: ids[2].clone(), credibility: Credibility::Doubtful },
        Act::Reject { claim: ids[1].clone() },
        Act::Retract { report: ReportId::new("r0000002") },
    ];
    for (act, second) in acts.into_iter().zip(10..) {
        desk.decide(act, second);
    }
    let path = desk.path();
    let Desk { folder, ledger } = desk;
    drop(ledger);
    let conn = rusqlite::Connection::open(&path).unwrap();
    conn.execute_batch("DROP TRIGGER decisions_keep; DROP TRIGGER decisions_stay").unwrap();
    conn.execute_batch(sql).unwrap();
    drop(conn);
    (folder, Ledger::open(&path).unwrap())
}

#[test]
fn the_first_broken_link_is_named() {
    let (_folder, ledger) = tampered("");
    let check = ledger.check().unwrap();
    assert!(check.is_clean(), "{:?}", check.problems);
    assert_eq!(check.decisions, 6);
    let cases = [
        // Changed, in what it says, by whom, or when.
        ("UPDATE decisions SET json = replace(json, 'accept', 'reject') WHERE seq = 1", 1),
        ("UPDATE decisions SET json = replace(json, 'Ada', 'Eve') WHERE seq = 5", 5),
        ("UPDATE decisions SET decided_at = '2026-01-01T00:00:00Z' WHERE seq = 4", 4),
        ("UPDATE decisions SET act = 'accept' WHERE seq = 5", 5),
        ("UPDATE decisions SET id = 'e0' WHERE seq = 3", 3),
        // Changed together with its own hash.
        ("UPDATE decisions SET hash = randomblob(32) WHERE seq = 2", 2),
        // Removed: from the middle, from the beginning, from the end, all.
        ("DELETE FROM decisions WHERE seq = 3", 3),
        (
            "DELETE FROM decisions WHERE seq = 3; UPDATE decisions SET seq = seq - 1 WHERE seq > 3",
            3,
        ),
        ("DELETE FROM decisions WHERE seq = 1", 1),
        ("DELETE FROM decisions WHERE seq = 6", 6),
        ("DELETE FROM decisions", 1),
        // Moved.
        (
            "UPDATE decisions SET seq = 99 WHERE seq = 2; UPDATE decisions SET seq = 2 WHERE seq = 4; \
             UPDATE decisions SET seq = 4 WHERE seq = 99",
            2,
        ),
        // Added by somebody who does not know the chain.
        (
            "INSERT INTO decisions SELECT 7, 'e7', act, decided_at, json, before, randomblob(32) \
             FROM decisions WHERE seq = 1",
            7,
        ),
    ];
    for (sql, link) in cases {
        let (_folder, mut ledger) = tampered(sql);
        let problems = ledger.check().unwrap().problems;
        let found: Vec<_> = problems.iter().map(|p| (p.kind, p.place.clone())).collect();
        assert_eq!(found, [(ProblemKind::Log, format!("decision {link}"))], "{sql}");
        if link >= 6 {
            let claim = ledger.claims(&ClaimQuery::default()).unwrap()[0].claim.id().clone();
            let ruling = averment_ledger::Ruling {
                by: "Ada".to_owned(),
                because: None,
                act: Act::Accept { claim },
            };
            let error = ledger.decide(&ruling, crate::sample::moment(20)).unwrap_err();
            assert!(matches!(error, LedgerError::BrokenLog { .. }), "{sql}: {error}");
            assert!(error.to_string().contains("restore a backup"), "{error}");
        }
    }
}

#[test]
fn a_backup_holds_the_decisions() {
    let (mut desk, ids) = desk();
    desk.decide(Act::Reject { claim: ids[0].clone() }, 10);
    let to = desk.folder.path().join("copy.db");
    desk.ledger.backup(&to).unwrap();
    let copy = Ledger::open(&to).unwrap();
    assert_eq!(copy.decisions().unwrap(), desk.ledger.decisions().unwrap());
    assert!(copy.check().unwrap().is_clean());
    assert_eq!(copy.claims(&ClaimQuery::default()).unwrap().len(), 14);
}
