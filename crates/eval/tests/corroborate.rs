//! The room of corroboration behind the real coder: the two reports that the project starts from, and copies of a report
//! of our own.
#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "tests")]

use std::path::Path;

use averment_actors::Registry;
use averment_corroborate::{Corroborator, Decisions, Word};
use averment_extract::Coder;
use averment_ingest::{Options, documents, parse};
use averment_lang::ReaderKind;
use averment_types::{CodedReport, DisputeKind, DisputeStatus, OriginKind, Report};

fn coder() -> Coder {
    Coder::shipped(ReaderKind::Fast).unwrap()
}

fn room(reports: &[CodedReport], decisions: Decisions) -> Corroborator {
    let mut room = Corroborator::new(&Registry::shipped().unwrap(), decisions).unwrap();
    for report in reports {
        room.add(report);
    }
    room.settle();
    room
}

/// The two reports, coded; `None` where they are absent.
fn two() -> Option<Vec<CodedReport>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/reports");
    if !folder.is_dir() {
        println!("skipped, corpus not found");
        return None;
    }
    let (coder, options) = (coder(), Options::default());
    let inputs = [folder.display().to_string()];
    let read =
        documents(&inputs, &options).map(|raw| parse(raw.unwrap(), &options).unwrap().report);
    Some(read.map(|report| coder.code(report).report).collect())
}

#[test]
fn the_clash_told_three_times_is_one_incident_of_one_origin() {
    let Some(reports) = two() else { return };
    let incidents = room(&reports, Decisions::default()).incidents();
    let day = "2020-03-12".parse().ok();
    let on_the_day: Vec<_> = incidents
        .iter()
        .filter(|i| i.time.as_ref().is_some_and(|t| t.interval.start() == day))
        // Those of each group whom the other detained that day are an incident besides.
        .filter(|i| i.type_id.as_str() != "detention")
        .collect();
    assert_eq!(on_the_day.len(), 1);
    assert!(on_the_day[0].claims.len() >= 3);
    assert_eq!(on_the_day[0].independent_origins, 1);
    assert_eq!(on_the_day[0].origins[0].id.as_str(), "source:sahara-media");
}

#[test]
fn whether_koufa_lives_is_in_dispute_and_the_wing_that_fights_on_has_no_part_in_it() {
    let Some(reports) = two() else { return };
    let disputes = room(&reports, Decisions::default()).disputes();
    let lives: Vec<_> = disputes.iter().filter(|d| d.kind == DisputeKind::LifeAndDeath).collect();
    assert_eq!(lives.len(), 1);
    assert_eq!(lives[0].actor.as_ref().unwrap().as_str(), "amadou-koufa");
    assert_eq!(lives[0].status, DisputeStatus::Open);
    let quotes = |claims: &[averment_types::ClaimId]| -> Vec<String> {
        let all = reports.iter().flat_map(|r| &r.claims).filter(|c| claims.contains(c.id()));
        all.map(|c| c.content().evidence.first().quote().to_owned()).collect()
    };
    let side = |position: &str| lives[0].sides.iter().find(|s| s.position == position).unwrap();
    assert!(quotes(&side("dead").claims).iter().any(|q| q.contains("killed in November 2018")));
    assert!(quotes(&side("alive").claims).iter().any(|q| q.contains("currently lead")));
}

const REPORT: &str = "Gunmen on motorcycles attacked a cattle market near Gao on Sunday, killing 14 people, the mayor of the \
    commune said. The attackers came from the east and set fire to stalls before they left. Seven people were wounded and \
    taken to the hospital of Gao. Traders who had fled into the bush came back in the evening to look for their animals. No \
    group has claimed the attack.";

#[test]
fn ten_lightly_edited_reprints_are_one_origin() {
    let coder = coder();
    let edits = [
        ("cattle", "livestock"),
        ("Gunmen", "Armed men"),
        ("stalls", "several stalls"),
        ("near Gao", "close to Gao"),
        ("came back", "returned"),
        ("Seven people", "At least seven people"),
        ("No group has claimed the attack.", ""),
        ("in the evening", "at dusk"),
        ("the mayor of the commune said", "officials said"),
        ("their animals", "their cattle"),
    ];
    let reports: Vec<CodedReport> = (0_u8..)
        .zip(edits)
        .map(|(n, (from, to))| {
            let mut report =
                Report::of_body(&format!("reprint-{n}"), &REPORT.replace(from, to)).unwrap();
            report.outlet = Some(format!("Outlet {n}"));
            report.digest = report.compute_digest();
            coder.code(report).report
        })
        .collect();
    let room = room(&reports, Decisions::default());
    let families = room.families();
    assert!(families.values().all(|family| Some(family) == families.values().next()));
    let incidents = room.incidents();
    let largest = incidents.iter().max_by_key(|i| i.reports.len()).unwrap();
    assert_eq!(largest.reports.len(), 10);
    assert_eq!(largest.independent_origins, 1, "{:?}", largest.origins);
}

#[test]
fn a_person_parts_and_joins_incidents() {
    let Some(reports) = two() else { return };
    let before = room(&reports, Decisions::default()).incidents();
    let whole = before.iter().max_by_key(|i| i.claims.len()).unwrap();
    let (first, last) =
        (whole.claims.first().unwrap().clone(), whole.claims.last().unwrap().clone());
    let decided = |a, b| [(Decisions::pair(a, b), Word::default())].into();
    let parted = Decisions { not_same: decided(&first, &last), ..Decisions::default() };
    let after = room(&reports, parted).incidents();
    assert!(!after.iter().any(|i| i.claims.contains(&first) && i.claims.contains(&last)));
    let other = before.iter().find(|i| i.id != whole.id && i.claims.len() == 1).unwrap();
    let joined = Decisions { same: decided(&first, &other.claims[0]), ..Decisions::default() };
    let after = room(&reports, joined).incidents();
    assert!(after.iter().any(|i| i.claims.contains(&first) && i.claims.contains(&other.claims[0])));
    assert!(whole.origins.iter().all(|origin| origin.kind == OriginKind::Source));
}
