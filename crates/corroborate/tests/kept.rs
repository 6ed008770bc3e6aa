//! A room that is kept, opened again and grown says what a room says that took in everything at once, page by page.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use averment_actors::Registry;
use averment_corroborate::{Archive, Corroborator, Decisions, View, synthetic};
use averment_types::{ActorId, CodedReport};
use proptest::prelude::*;

/// An archive in memory, which counts what is read.
#[derive(Debug, Default)]
struct Pages {
    kept: Mutex<BTreeMap<(u8, u64), Vec<u8>>>,
    read: Mutex<usize>,
}

impl Archive for Pages {
    fn page(&self, list: u8, page: u64) -> Option<Vec<u8>> {
        *self.read.lock().unwrap() += 1;
        self.kept.lock().unwrap().get(&(list, page)).cloned()
    }
}

impl Pages {
    /// Keeps the room; how many pages that wrote.
    fn keep(&self, room: &Corroborator) -> usize {
        let mut written = 0;
        room.keep(|shelf, page, bytes| {
            written += 1;
            self.kept.lock().unwrap().insert((shelf, page), bytes);
        });
        written
    }
}

/// The views as they stand beside a kept room.
#[derive(Debug, Default, PartialEq)]
struct Views(BTreeMap<String, View>);

impl Views {
    fn take(&mut self, view: View) {
        if view.incident.is_none() && view.disputes.is_empty() {
            self.0.remove(&view.of);
        } else {
            self.0.insert(view.of.clone(), view);
        }
    }
}

fn reports(n: usize) -> Vec<CodedReport> {
    synthetic::reports(3).take(n).map(|told| told.coded).collect()
}

/// Takes them all in.
fn add(room: &mut Corroborator, reports: &[CodedReport]) {
    for report in reports {
        room.add(report);
    }
}

fn opened(registry: &Registry, pages: &Arc<Pages>) -> Corroborator {
    Corroborator::open(registry, Decisions::default(), pages.clone()).unwrap().unwrap()
}

/// Takes the reports in by steps of these sizes, keeping and opening the room between.
fn grown(registry: &Registry, all: &[CodedReport], steps: &[usize]) -> (Corroborator, Views) {
    let (pages, mut views) = (Arc::new(Pages::default()), Views::default());
    let mut room = Corroborator::new(registry, Decisions::default()).unwrap();
    let mut rest = all;
    for (nth, step) in steps.iter().chain([&all.len()]).enumerate() {
        let (now, later) = rest.split_at((*step).min(rest.len()));
        rest = later;
        for report in now {
            room.add(report);
        }
        room.settle();
        if nth == 0 {
            room.for_each_view(|view| views.take(view));
        } else {
            room.for_each_changed_view(|view| views.take(view));
        }
        pages.keep(&room);
        room = opened(registry, &pages);
    }
    (room, views)
}

fn said(room: &Corroborator) -> String {
    let all = (room.incidents(), room.disputes(), room.stories(), room.families());
    serde_json::to_string(&all).unwrap()
}

fn views(room: &Corroborator) -> Views {
    let mut views = Views::default();
    room.for_each_view(|view| views.take(view));
    views
}

#[test]
fn a_room_that_was_opened_says_what_it_said() {
    let registry = Registry::shipped().unwrap();
    let all = reports(150);
    let (room, views_kept) = grown(&registry, &all, &[]);
    let mut at_once = Corroborator::new(&registry, Decisions::default()).unwrap();
    add(&mut at_once, &all);
    at_once.settle();
    assert_eq!(said(&room), said(&at_once));
    assert_eq!(views_kept, views(&at_once));
    for actor in (0..40).map(|nth| ActorId::new(&format!("synthetic-{nth}"))) {
        assert_eq!(room.history(&actor), at_once.history(&actor));
    }
    assert!(!room.is_damaged());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn however_it_grew_it_is_the_same(
        order in Just((0..90_usize).collect::<Vec<_>>()).prop_shuffle(),
        steps in prop::collection::vec(0..30_usize, 1..12),
    ) {
        let registry = Registry::shipped().unwrap();
        let all = reports(90);
        let mixed: Vec<CodedReport> = order.iter().map(|at| all[*at].clone()).collect();
        let mut first = vec![20];
        first.extend(steps);
        let (room, kept) = grown(&registry, &mixed, &first);
        let mut at_once = Corroborator::new(&registry, Decisions::default()).unwrap();
        add(&mut at_once, &all);
        at_once.settle();
        prop_assert_eq!(said(&room), said(&at_once));
        let bare = |views: &Views| -> Vec<(Option<averment_types::Incident>, Vec<averment_types::Dispute>)> {
            let mut all: Vec<_> = views.0.values().map(|v| (v.incident.clone(), v.disputes.clone())).collect();
            all.sort_by_key(|(incident, disputes)| (incident.as_ref().map(|i| i.id.clone()), disputes.first().map(|d| d.id.clone())));
            all
        };
        prop_assert_eq!(bare(&kept), bare(&views(&at_once)));
    }
}

#[test]
fn one_more_report_reads_and_writes_a_small_part() {
    let registry = Registry::shipped().unwrap();
    let pages = Arc::new(Pages::default());
    let all = reports(2001);
    let (last, first) = all.split_last().unwrap();
    let mut room = Corroborator::new(&registry, Decisions::default()).unwrap();
    add(&mut room, first);
    room.settle();
    let whole = pages.keep(&room);
    let mut room = opened(&registry, &pages);
    room.add(last);
    room.settle();
    let written = pages.keep(&room);
    let read = *pages.read.lock().unwrap();
    assert!(written * 10 < whole && read * 4 < whole, "{read} read, {written} written of {whole}");
}

#[test]
fn a_missing_or_changed_page_is_damage_and_no_room_opens_on_nothing() {
    let registry = Registry::shipped().unwrap();
    let pages = Arc::new(Pages::default());
    let none = Corroborator::open(&registry, Decisions::default(), pages.clone()).unwrap();
    assert!(none.is_none());
    let mut room = Corroborator::new(&registry, Decisions::default()).unwrap();
    add(&mut room, &reports(60));
    room.settle();
    pages.keep(&room);
    let whole = pages.kept.lock().unwrap().clone();
    for key in whole.keys().step_by(7) {
        for spoil in [true, false] {
            let mut spoilt = whole.clone();
            if spoil {
                spoilt.get_mut(key).unwrap()[0] ^= 1;
            } else {
                spoilt.remove(key);
            }
            *pages.kept.lock().unwrap() = spoilt;
            let opened =
                Corroborator::open(&registry, Decisions::default(), pages.clone()).unwrap();
            let Some(mut room) = opened else {
                continue;
            };
            add(&mut room, &reports(80));
            room.settle();
            let mut anew = Corroborator::new(&registry, Decisions::default()).unwrap();
            add(&mut anew, &reports(80));
            anew.settle();
            let same = said(&anew) == said(&room);
            assert!(same || room.is_damaged(), "{key:?}");
        }
    }
}
