//! Every filter of the queries, alone and together.

use averment_ledger::{ClaimMatch, ClaimQuery, Ledger, LedgerError, ReportQuery};
use averment_types::{
    ClaimId, ClaimKind, CodedReport, CountryCode, DateInterval, LanguageCode, ReportId, TypeId,
};
use jiff::civil::date;

use crate::desk::Desk;
use crate::sample::{claim, coder, content, dressed, numbered, place, report, role, time};

/// Two reports: one with an attack and a relation, one with a protest.
fn desk() -> Desk {
    let mut desk = Desk::new();
    let first = report(
        "ford",
        "On Monday gunmen of the Reed Front shelled Ménaka. Old Barka leads the front.",
    );
    let first = dressed(first, "Shelling in the north", "The Delta Post", date(2020, 3, 13));
    let mut shelled = content(&first, "shelled Ménaka", "shelling", &coder("1"));
    shelled.roles =
        vec![role(&first, "gunmen of the Reed Front", Some(("reed-front", "Reed Front")))];
    shelled.time = Some(time(DateInterval::day(date(2020, 3, 9))));
    shelled.place = Some(place("Ménaka", Some("ML"), &["ML"]));
    let mut leads = content(&first, "leads the front", "leads", &coder("1"));
    leads.kind = ClaimKind::Relation;
    leads.roles = vec![role(&first, "Old Barka", None)];
    leads.time = Some(time(DateInterval::new(Some(date(2018, 1, 1)), None).unwrap()));
    leads.place = Some(place("border", None, &["ML", "NE"]));
    let claims = vec![claim(&first, shelled), claim(&first, leads)];
    let first = CodedReport { report: first, claims };
    let second = dressed(
        report("march", "On a hot day, traders marched in Ouranga against the tax."),
        "Traders march",
        "Radio Ouranga",
        date(2021, 5, 2),
    );
    let marched = content(&second, "traders marched", "protest", &coder("1"));
    let claims = vec![claim(&second, marched)];
    let second = CodedReport { report: second, claims };
    desk.store(&[first, second], &coder("1"));
    desk
}

fn types(ledger: &Ledger, query: &ClaimQuery) -> Vec<String> {
    let found = ledger.claims(query).unwrap();
    let types = found.iter().map(|c| c.claim.content().type_id.to_string());
    types.collect()
}

fn ids(ledger: &Ledger, query: &ReportQuery) -> Vec<String> {
    let found = ledger.reports(query).unwrap();
    found.iter().map(|f| f.report.id.to_string()).collect()
}

/// The types of the claims that a query finds once `set` has filled it in.
fn claims(desk: &Desk, set: impl FnOnce(&mut ClaimQuery)) -> Vec<String> {
    let mut query = ClaimQuery::default();
    set(&mut query);
    types(&desk.ledger, &query)
}

/// The ids of the reports that a query finds once `set` has filled it in.
fn reports(desk: &Desk, set: impl FnOnce(&mut ReportQuery)) -> Vec<String> {
    let mut query = ReportQuery::default();
    set(&mut query);
    ids(&desk.ledger, &query)
}

const NONE: [&str; 0] = [];

#[test]
fn claims_by_actor() {
    let desk = desk();
    let by = |words: &str| claims(&desk, |q| q.actor = Some(words.into()));
    assert_eq!(by("reed-front"), ["shelling"]);
    assert_eq!(by("REED front"), ["shelling"]);
    assert_eq!(by("barka"), ["leads"]);
    assert_eq!(by("bark"), NONE);
    assert_eq!(by("bark*"), ["leads"]);
    assert_eq!(by("?"), NONE);
}

#[test]
fn claims_by_time_place_and_kind() {
    let desk = desk();
    let since = |day| claims(&desk, |q| q.since = Some(day));
    let until = |day| claims(&desk, |q| q.until = Some(day));
    let country = |code| claims(&desk, |q| q.country = CountryCode::parse(code).ok());
    assert_eq!(since(date(2020, 3, 9)), ["shelling", "leads"]);
    assert_eq!(since(date(2020, 3, 10)), ["leads"]);
    assert_eq!(until(date(2020, 3, 8)), ["leads"]);
    assert_eq!(until(date(2017, 12, 31)), NONE);
    assert_eq!(country("ML"), ["shelling", "leads"]);
    assert_eq!(country("NE"), ["leads"]);
    let protest = claims(&desk, |q| q.type_id = Some(TypeId::new("protest")));
    assert_eq!(protest, ["protest"]);
    let relation = claims(&desk, |q| q.kind = Some(ClaimKind::Relation));
    assert_eq!(relation, ["leads"]);
}

#[test]
fn claims_by_report_and_words() {
    let desk = desk();
    let all = ["shelling", "leads", "protest"];
    let text = |words: &str| claims(&desk, |q| q.text = Some(words.into()));
    assert_eq!(claims(&desk, |_| {}), all);
    assert_eq!(text("menaka shelled"), ["shelling", "leads"]);
    assert_eq!(text("trader*"), ["protest"]);
    assert_eq!(text("\"shelling in\" OR tax"), all);
    assert_eq!(text("on -tax"), ["shelling", "leads"]);
    assert_eq!(text("\""), NONE);
    assert_eq!(claims(&desk, |q| q.outlet = Some("radio".into())), ["protest"]);
    let first = claims(&desk, |q| {
        q.report = Some(ReportId::new("ford"));
        q.limit = Some(1);
    });
    assert_eq!(first, ["shelling"]);
    assert_eq!(claims(&desk, |q| q.limit = Some(0)), NONE);
}

#[test]
fn filters_hold_together() {
    let desk = desk();
    let both = claims(&desk, |q| {
        q.country = CountryCode::parse("ML").ok();
        q.text = Some("front".into());
        q.kind = Some(ClaimKind::Event);
        q.actor = Some("reed".into());
        q.outlet = Some("DELTA".into());
    });
    assert_eq!(both, ["shelling"]);
    let apart = claims(&desk, |q| {
        q.country = CountryCode::parse("ML").ok();
        q.text = Some("traders".into());
    });
    assert_eq!(apart, NONE);
}

#[test]
fn reports_by_each_filter() {
    let desk = desk();
    let language = |code| reports(&desk, |q| q.language = LanguageCode::parse(code).ok());
    assert_eq!(reports(&desk, |_| {}), ["ford", "march"]);
    assert_eq!(reports(&desk, |q| q.outlet = Some("delta post".into())), ["ford"]);
    assert_eq!(reports(&desk, |q| q.country = CountryCode::parse("NE").ok()), ["ford"]);
    assert_eq!(reports(&desk, |q| q.actor = Some("reed-front".into())), ["ford"]);
    assert_eq!(reports(&desk, |q| q.actor = Some("front".into())), ["ford"]);
    assert_eq!(reports(&desk, |q| q.type_id = Some(TypeId::new("protest"))), ["march"]);
    assert_eq!(reports(&desk, |q| q.since = Some(date(2020, 3, 14))), ["march"]);
    assert_eq!(reports(&desk, |q| q.until = Some(date(2020, 3, 13))), ["ford"]);
    assert_eq!(reports(&desk, |q| q.text = Some("ouranga".into())), ["march"]);
    assert_eq!(language("en"), ["ford", "march"]);
    assert_eq!(language("fr"), NONE);
    assert_eq!(reports(&desk, |q| q.limit = Some(1)), ["ford"]);
}

#[test]
fn a_found_report_shows_its_main_facts() {
    let found = desk().ledger.reports(&ReportQuery::default()).unwrap();
    assert_eq!(found[0].report.title.as_deref(), Some("Shelling in the north"));
    assert_eq!(found[0].report.claims, 2);
    assert_eq!(found[0].coder, coder("1"));
    let published = found[0].report.published.as_ref().unwrap();
    assert_eq!(published.interval, DateInterval::day(date(2020, 3, 13)));
}

#[test]
fn the_text_of_an_old_revision_finds_only_what_counts() {
    let mut desk = desk();
    let corrected = report("march", "On a hot day nobody walked.");
    let empty = CodedReport { report: corrected, claims: Vec::new() };
    desk.store(&[empty], &coder("1"));
    let mut query = ReportQuery { text: Some("traders".to_owned()), ..ReportQuery::default() };
    assert_eq!(ids(&desk.ledger, &query), [""; 0]);
    query.superseded = true;
    assert_eq!(ids(&desk.ledger, &query), ["march"]);
}

#[test]
fn an_id_resolves_by_its_beginning() {
    let mut desk = Desk::new();
    let coded: Vec<_> = (0..20).map(|n| numbered(n, 2, &coder("1"))).collect();
    desk.store(&coded, &coder("1"));
    let id = coded[7].claims[1].id();
    let resolve = |prefix: &str| desk.ledger.resolve_claim(prefix).unwrap();
    assert_eq!(resolve(id.as_str()), ClaimMatch::One(id.clone()));
    assert_eq!(resolve(id.as_str().get(..14).unwrap()), ClaimMatch::One(id.clone()));
    let ClaimMatch::Several(some) = resolve("c") else {
        panic!("forty ids begin with c");
    };
    assert_eq!(some.len(), Ledger::SEVERAL);
    assert!(some.is_sorted());
    for nothing in ["", "x", "C", "%", "c_", "cz\u{0}"] {
        assert_eq!(resolve(nothing), ClaimMatch::None, "{nothing:?}");
    }
    assert_eq!(desk.ledger.claim(&ClaimId::new("c")).unwrap(), None);
}

#[test]
fn a_stream_stops_at_the_first_error_of_its_reader() {
    #[derive(Debug)]
    struct Enough;
    impl From<LedgerError> for Enough {
        fn from(error: LedgerError) -> Self {
            panic!("{error}")
        }
    }
    let desk = desk();
    let mut seen = 0;
    let stopped = desk.ledger.for_each_claim(&ClaimQuery::default(), |_| {
        seen += 1;
        if seen == 2 { Err(Enough) } else { Ok(()) }
    });
    assert!(stopped.is_err());
    assert_eq!(seen, 2);
}

#[test]
fn a_stream_may_ask_for_more_on_its_way() {
    let desk = desk();
    let mut titles = Vec::new();
    let asked = desk.ledger.for_each_claim(&ClaimQuery::default(), |found| {
        let report = desk.ledger.report(&found.report.id)?.unwrap();
        assert_eq!(desk.ledger.summary()?.reports, 2);
        titles.push(report.coded.report.title.unwrap());
        Ok::<(), LedgerError>(())
    });
    assert!(asked.is_ok());
    assert_eq!(titles, ["Shelling in the north", "Shelling in the north", "Traders march"]);
}
