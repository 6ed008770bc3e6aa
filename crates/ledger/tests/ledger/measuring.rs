//! How fast the ledger is on 100,000 claims. Not a check: run it in release and read the figures.

use std::time::Instant;

use averment_ledger::{ClaimQuery, Ledger, LedgerError, ReportQuery};
use averment_types::{Act, CountryCode, ReportId, TypeId};
use jiff::civil::date;

use crate::desk::{Desk, store};
use crate::sample::{coder, moment, numbered};

/// Times one question, limited to the first 100 answers.
fn time(desk: &Desk, name: &str, set: impl FnOnce(&mut ClaimQuery)) {
    let mut query = ClaimQuery { limit: Some(100), ..ClaimQuery::default() };
    set(&mut query);
    let from = Instant::now();
    let found = desk.ledger.claims(&query).unwrap().len();
    println!("{name}: {found} in {:.2} ms", from.elapsed().as_secs_f64() * 1e3);
}

fn ask(desk: &Desk) {
    time(desk, "any", |_| {});
    time(desk, "country and type", |q| {
        q.country = CountryCode::parse("NE").ok();
        q.type_id = Some(TypeId::new("clash"));
    });
    time(desk, "actor by id", |q| {
        q.actor = Some("salt-brigade".into());
    });
    time(desk, "actor by words", |q| {
        q.actor = Some("ash fighters".into());
    });
    time(desk, "a month", |q| {
        q.since = Some(date(2023, 5, 1));
        q.until = Some(date(2023, 5, 31));
    });
    time(desk, "text, two words", |q| {
        q.text = Some("tinzaret salt".into());
    });
    time(desk, "text, rare", |q| {
        q.text = Some("\"2021-03-04\"".into());
    });
    time(desk, "outlet", |q| q.outlet = Some("delta".into()));
    time(desk, "one report", |q| {
        q.report = Some(ReportId::new("r0005000"));
    });
    time(desk, "all 100,000", |q| q.limit = None);
    let query = ReportQuery {
        actor: Some("salt-brigade".into()),
        limit: Some(100),
        ..ReportQuery::default()
    };
    let from = Instant::now();
    let found = desk.ledger.reports(&query).unwrap().len();
    println!("reports by actor: {found} in {:.2} ms", from.elapsed().as_secs_f64() * 1e3);
}

#[test]
#[ignore = "measures for half a minute; run it with --release --nocapture"]
fn one_hundred_thousand_claims() {
    let mut desk = Desk::new();
    let coded: Vec<_> = (0..10_000).map(|n| numbered(n, 10, &coder("1"))).collect();
    let from = Instant::now();
    for batch in coded.chunks(64) {
        store(&mut desk.ledger, batch, &coder("1"), moment(0));
    }
    let seconds = from.elapsed().as_secs_f64();
    println!("store: {:.0} claims/s, {:.0} reports/s", 1e5 / seconds, 1e4 / seconds);
    let size = u32::try_from(std::fs::metadata(desk.path()).unwrap().len()).unwrap();
    println!("file: {:.0} bytes a claim", f64::from(size) / 1e5);
    let from = Instant::now();
    for batch in coded.chunks(64) {
        store(&mut desk.ledger, batch, &coder("1"), moment(0));
    }
    println!("the same again: {:.0} reports/s", 1e4 / from.elapsed().as_secs_f64());
    ask(&desk);
    let from = Instant::now();
    for (second, claim) in coded.iter().step_by(10).map(|c| c.claims[0].id().clone()).enumerate() {
        desk.decide(Act::Reject { claim }, i64::try_from(second).unwrap());
    }
    println!("decisions: {:.0} a second", 1e3 / from.elapsed().as_secs_f64());
    ask(&desk);
    let from = Instant::now();
    let then = Ledger::open_at(&desk.path(), moment(0)).unwrap();
    println!("look back: {:.1} ms", from.elapsed().as_secs_f64() * 1e3);
    let mut cells = 0;
    let from = Instant::now();
    then.for_each_change(&desk.ledger, |_| {
        cells += 1;
        Ok::<(), LedgerError>(())
    })
    .unwrap();
    println!("difference: {cells} cells in {:.1} ms", from.elapsed().as_secs_f64() * 1e3);
    let from = Instant::now();
    assert!(desk.ledger.check().unwrap().is_clean());
    println!("check: {:.1} s", from.elapsed().as_secs_f64());
}
