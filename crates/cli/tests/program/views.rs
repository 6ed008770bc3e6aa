//! `averment incidents`, `disputes`, `sources`, `timeline`, `explain`: what people decide changes them, undoing
//! changes them back, and `--at` shows them as they were.

use serde_json::{Value, json};

use crate::folder::Program;

/// Two outlets on one raid, with numbers that do not meet, and a killing elsewhere.
fn program() -> Program {
    let program = Program::new();
    let told = [
        (
            "w-1",
            "Sahel Wire",
            "2020-03-13",
            "Gunmen attacked the village of Tessit in Mali on 12 March 2020 and killed 20 villagers, a nurse said.",
        ),
        (
            "w-2",
            "River Post",
            "2020-03-14",
            "The attackers killed five villagers in Tessit in Mali on 12 March 2020 and burned the market.",
        ),
        (
            "w-3",
            "Desert Herald",
            "2020-06-02",
            "Soldiers killed three rebels in Kidal on 1 June 2020, the army said.",
        ),
    ];
    let lines = told.map(|(id, outlet, day, text)| {
        let record = json!({"id": id, "outlet": outlet, "published": day, "text": text});
        format!("{record}\n")
    });
    program.write("in.jsonl", &lines.concat());
    program.done(&["code", "in.jsonl"]);
    program
}

fn rows(program: &Program, args: &[&str]) -> Vec<Value> {
    let out = program.done(&[args, &["--format", "jsonl"]].concat()).out;
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// A killing of one of the reports.
fn killing(program: &Program, report: &str) -> String {
    let claims = program.claims();
    let mine = |c: &&Value| c["report"]["id"] == report && c["type"] == "killing";
    claims.iter().find(mine).unwrap()["id"].as_str().unwrap().to_owned()
}

/// The incident of a claim.
fn incident_of(program: &Program, claim: &str) -> Value {
    let holds = |i: &Value| i["claims"].as_array().unwrap().iter().any(|c| c == claim);
    rows(program, &["incidents"]).into_iter().find(holds).unwrap()
}

/// What a decision can change, whole.
fn all(program: &Program, at: &[&str]) -> Vec<String> {
    let views: [&[&str]; 4] = [
        &["incidents", "--origins", "0"],
        &["disputes"],
        &["sources"],
        &["actors", "generic:gunmen"],
    ];
    let ran = views.map(|view| program.run(&[view, &["--format", "json"], at].concat()));
    ran.map(|ran| format!("{} {}{}", ran.code, ran.out, ran.err)).to_vec()
}

/// The id of the newest decision.
fn newest(program: &Program) -> String {
    rows(program, &["decisions"]).last().unwrap()["id"].as_str().unwrap().to_owned()
}

/// Decides, lets the caller look, undoes, and finds everything as it was; at the moment of the decision it goes on holding.
fn decided(program: &Program, args: &[&str], look: impl FnOnce()) {
    let before = all(program, &[]);
    program.done(&[&["decide"], args, &["--by", "Ada", "--because", "seen"]].concat());
    let now = all(program, &[]);
    look();
    std::thread::sleep(std::time::Duration::from_millis(5));
    let moment = jiff::Timestamp::now().to_string();
    std::thread::sleep(std::time::Duration::from_millis(5));
    program.done(&["decide", "undo", &newest(program), "--by", "Bob"]);
    assert_eq!(all(program, &[]), before, "{args:?}: undone");
    assert_eq!(all(program, &["--at", &moment]), now, "{args:?}: at the moment");
}

#[test]
fn every_view_is_shown_as_of_a_moment_in_every_form() {
    let program = program();
    let a = killing(&program, "w-1");
    let moment = jiff::Timestamp::now().to_string();
    program.done(&["decide", "correct", &a, "killed", "7", "--by", "Ada"]);
    let views: [&[&str]; 7] = [
        &["incidents"],
        &["disputes"],
        &["sources"],
        &["timeline"],
        &["actors"],
        &["project", "--rules", "ucdp"],
        &["compare", "--rules", "ucdp", "acled"],
    ];
    for view in views {
        let help = program.done(&[view.first().copied().unwrap(), "--help"]).out;
        assert!(help.contains("--at <DATE>"), "{help}");
        for format in ["table", "csv"] {
            let told = program.done(&[view, &["--at", &moment, "--format", format]].concat());
            assert!(
                !told.out.contains("Ada") && !told.out.is_empty() || told.err.contains("found")
            );
            let early = program.done(&[view, &["--at", "2020", "--format", format]].concat());
            assert!(early.out.lines().count() <= 1, "{view:?}: {}", early.out);
        }
    }
    let number =
        |at: &str| rows(&program, &["incidents", "--at", at])[0]["estimates"][0]["high"].clone();
    assert_eq!((number(&moment), number("2999")), (json!(20), json!(7)));
    let incident = incident_of(&program, &a)["id"].as_str().unwrap().to_owned();
    assert!(program.done(&["explain", &incident, "--at", &moment]).out.contains("high 20"));
    assert_eq!(program.run(&["explain", &incident, "--at", "2020"]).code, 3);
}

#[test]
fn claims_that_people_part_stand_apart_and_their_dispute_is_gone() {
    let program = program();
    let (a, b) = (killing(&program, "w-1"), killing(&program, "w-2"));
    assert_eq!(incident_of(&program, &a), incident_of(&program, &b));
    assert_eq!(rows(&program, &["disputes"]).len(), 1);
    decided(&program, &["different", &a, &b], || {
        let apart = incident_of(&program, &a);
        assert_ne!(apart["id"], incident_of(&program, &b)["id"]);
        assert!(rows(&program, &["disputes"]).is_empty());
        let page = program.done(&["explain", apart["id"].as_str().unwrap()]).out;
        assert!(page.contains("different events") && page.contains("by Ada"), "{page}");
    });
}

#[test]
fn claims_that_people_join_bring_what_they_stand_with() {
    let program = program();
    let (a, c) = (killing(&program, "w-1"), killing(&program, "w-3"));
    let number = incident_of(&program, &a)["claims"].as_array().unwrap().len();
    decided(&program, &["same", &a, &c], || {
        let joined = incident_of(&program, &c);
        assert_eq!(joined["claims"].as_array().unwrap().len(), number + 1);
        assert_eq!(joined["independent_origins"], 3);
        let page = program.done(&["explain", joined["id"].as_str().unwrap()]).out;
        assert!(page.contains("decision: Ada says that it is one event: seen"), "{page}");
        assert!(page.lines().all(|line| line.chars().count() <= 100), "{page}");
    });
}

#[test]
fn a_dispute_is_settled_by_one_of_its_sides_and_stays_so_when_reports_come() {
    let program = program();
    let dispute = rows(&program, &["disputes"]).remove(0);
    let id = dispute["id"].as_str().unwrap();
    let short = id.get(..8).unwrap();
    for (position, known) in [("about a dozen", "“5”"), ("", "“20”")] {
        let ran = program.run(&["decide", "resolve", short, position, "--by", "Ada"]);
        assert!(ran.code == 3 && ran.err.contains(known), "{}", ran.err);
    }
    assert_eq!(program.run(&["decide", "resolve", "dx", "5", "--by", "Ada"]).code, 3);
    let a = killing(&program, "w-1");
    let killed = || incident_of(&program, &a)["estimates"][0].clone();
    assert_eq!(["low", "best", "high"].map(|n| killed()[n].clone()), [5, 5, 20]);
    decided(&program, &["resolve", short, "20"], || {
        let settled = rows(&program, &["disputes"]).remove(0);
        assert_eq!(settled["status"], "resolved");
        assert_eq!(settled["resolution"]["by"], "Ada");
        assert_eq!(settled["resolution"]["reason"], "seen");
        assert_eq!(settled["resolution"]["position"], "20");
        assert!(rows(&program, &["disputes", "--open"]).is_empty());
        let page = program.done(&["explain", short]).out;
        assert!(page.contains("settled") && page.contains("by Ada: seen"), "{page}");
        let estimate = killed();
        assert_eq!(["low", "best", "high"].map(|n| estimate[n].clone()), [20, 20, 20]);
        let why = "a person took another side of the dispute";
        assert!(estimate["reasons"].to_string().contains(why), "{estimate}");
    });
    program.done(&["decide", "resolve", short, "--by", "Ada"]);
    // Further reports of the same raid: whichever claim is the least one now, the dispute is settled.
    for n in 0..8 {
        let text = format!(
            "Raiders killed {} villagers in Tessit in Mali on 12 March 2020.",
            5 + 15 * (n % 2)
        );
        let record = json!({"id": format!("x-{n}"), "outlet": format!("Paper {n}"), "published": "2020-03-15", "text": text});
        program.write(&format!("more-{n}.jsonl"), &format!("{record}\n"));
        program.done(&["code", &format!("more-{n}.jsonl")]);
    }
    let found = rows(&program, &["disputes", "--kind", "number"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["status"], "resolved");
    let incident = found[0]["incident"].as_str().unwrap();
    let once = dispute["incident"].as_str().unwrap();
    assert_eq!(
        program.done(&["explain", once]).out,
        program.done(&["explain", incident]).out,
        "an incident is found under the id that it had"
    );
}

#[test]
fn a_moment_is_shown_on_one_page() {
    let program = program();
    let now: serde_json::Value =
        serde_json::from_str(&program.done(&["at", "now", "--format", "json"]).out).unwrap();
    assert_eq!(now["disputes"], rows(&program, &["disputes"]).len());
    assert_eq!(now["incidents"], rows(&program, &["incidents"]).len());
    let page = program.done(&["at", "2019"]).out;
    assert!(page.contains("reports    0\n") && page.contains("nothing yet"), "{page}");
}

#[test]
fn grades_weigh_numbers_and_are_shown() {
    let program = program();
    let a = killing(&program, "w-1");
    let best = || incident_of(&program, &a)["estimates"][0]["best"].clone();
    assert_eq!(best(), 5, "the later of equals");
    decided(&program, &["grade", "outlet:sahel-wire", "A"], || {
        assert_eq!(best(), 20);
        let sources = rows(&program, &["sources"]);
        let wire = sources.iter().find(|s| s["id"] == "outlet:sahel-wire").unwrap();
        assert_eq!(wire["reliability"], "A");
        let page =
            program.done(&["explain", incident_of(&program, &a)["id"].as_str().unwrap()]).out;
        assert!(page.contains("graded A"), "{page}");
    });
    let b = killing(&program, "w-2");
    decided(&program, &["grade", &b, "5"], || assert_eq!(best(), 20));
}

#[test]
fn corrected_rejected_and_retracted_claims_count_as_people_left_them() {
    let program = program();
    let (a, c) = (killing(&program, "w-1"), killing(&program, "w-3"));
    decided(&program, &["correct", &a, "killed", "5"], || {
        assert!(rows(&program, &["disputes"]).is_empty());
        assert_eq!(incident_of(&program, &a)["estimates"][0]["high"], 5);
    });
    decided(&program, &["correct", &c, "place", "Gao", "--in", "ML"], || {
        assert_eq!(incident_of(&program, &c)["place"]["name"], "Gao");
        let page =
            program.done(&["explain", incident_of(&program, &c)["id"].as_str().unwrap()]).out;
        assert!(page.contains("place Gao") && page.contains("by Ada"), "{page}");
    });
    decided(&program, &["name", "gunmen", "jnim"], || {
        assert!(!rows(&program, &["incidents", "--actor", "jnim"]).is_empty());
    });
    let number = rows(&program, &["incidents"]).len();
    decided(&program, &["reject", &c], || {
        assert_eq!(rows(&program, &["incidents"]).len(), number - 1);
    });
    decided(&program, &["retract", "w-3"], || {
        assert_eq!(rows(&program, &["incidents"]).len(), number - 1);
        let gone = rows(&program, &["incidents", "--origins", "0"]);
        let gone = gone.iter().find(|i| i["claims"][0] == c.as_str()).unwrap();
        assert_eq!(gone["independent_origins"], 0);
        let page = program.done(&["explain", gone["id"].as_str().unwrap()]).out;
        assert!(page.contains("taken back by its publisher"), "{page}");
    });
}
