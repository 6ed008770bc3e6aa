//! What comes out depends on the set of reports alone: not on their order, nor on how often it was settled between.
#![expect(clippy::unwrap_used, reason = "tests")]

use averment_actors::Registry;
use averment_corroborate::{Corroborator, Decisions, synthetic};
use averment_types::CodedReport;
use proptest::prelude::*;

fn reports(n: usize) -> Vec<CodedReport> {
    synthetic::reports(3).take(n).map(|told| told.coded).collect()
}

fn bytes(
    order: &[usize],
    reports: &[CodedReport],
    settle_each: bool,
    registry: &Registry,
) -> String {
    let mut room = Corroborator::new(registry, Decisions::default()).unwrap();
    for at in order {
        room.add(reports.get(*at).unwrap());
        if settle_each {
            room.settle();
        }
    }
    room.settle();
    serde_json::to_string(&(room.incidents(), room.disputes(), room.stories(), room.families()))
        .unwrap()
}

#[test]
fn one_by_one_is_as_all_at_once() {
    let registry = Registry::shipped().unwrap();
    let all = reports(120);
    let order: Vec<usize> = (0..all.len()).collect();
    assert_eq!(bytes(&order, &all, false, &registry), bytes(&order, &all, true, &registry));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn no_order_of_input_changes_a_byte(order in Just((0..60_usize).collect::<Vec<_>>()).prop_shuffle(), each in any::<bool>()) {
        let registry = Registry::shipped().unwrap();
        let all = reports(60);
        let straight: Vec<usize> = (0..all.len()).collect();
        prop_assert_eq!(bytes(&straight, &all, false, &registry), bytes(&order, &all, each, &registry));
    }
}
