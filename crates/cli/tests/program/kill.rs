//! kill -9 at random moments: nothing acknowledged is lost, and coding goes on where it was stopped.

use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use averment_ledger::Ledger;

use crate::folder::Program;

const REPORTS: usize = 300;
const KILLS: usize = 50;

/// Moments of the kills, always the same ones in parts of the time that a run takes.
struct Moments(u64);

impl Moments {
    /// The next number from 0 to 1 (xorshift).
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        f64::from(u32::try_from(self.0 >> 32).unwrap()) / f64::from(u32::MAX)
    }
}

fn timed(run: impl FnOnce()) -> Duration {
    let started = Instant::now();
    run();
    started.elapsed()
}

fn claims(program: &Program, db: &str) -> String {
    program.done(&["claims", "--db", db, "--format", "jsonl"]).out
}

/// Starts coding and kills it at `moment`; whether it was still running then.
fn killed(program: &Program, db: &str, moment: Duration) -> bool {
    let mut command = program.command(&["code", "many.jsonl", "--db", db, "--jobs", "2"]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    thread::sleep(moment);
    let running = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    running
}

/// How many reports the ledger holds, all of them whole.
fn held(program: &Program, db: &str) -> u64 {
    let path = program.path(db);
    let Ok(ledger) = Ledger::open_read_only(&path) else {
        // Killed before the ledger was made: the next run makes it.
        return 0;
    };
    let check = ledger.check().unwrap();
    assert!(check.is_clean(), "{:?}", check.problems);
    check.summary.unwrap().reports
}

#[test]
fn fifty_kills_lose_nothing_acknowledged() {
    let program = Program::new();
    write_reports(&program);
    let whole = timed(|| drop(program.done(&["code", "many.jsonl", "--db", "whole.db"])));
    let start = timed(|| drop(program.run(&["code", "nowhere", "--db", "start.db"])));
    let expected = claims(&program, "whole.db");
    let mut moments = Moments(0x5eed_0000_0002);
    let (mut kills, mut in_the_middle, mut round, mut before) = (0, 0, 0, 0);
    while kills < KILLS {
        let db = format!("round-{round}.db");
        let part = moments.next();
        let moment = start.mul_f64(0.8) + whole.saturating_sub(start.mul_f64(0.8)).mul_f64(part);
        let was_running = killed(&program, &db, moment);
        let now = held(&program, &db);
        assert!(now >= before, "{now} reports after a kill, {before} before");
        before = now;
        kills += usize::from(was_running);
        in_the_middle += usize::from(was_running && 0 < now && now < REPORTS as u64);
        if now == REPORTS as u64 {
            finish(&program, &db, &expected);
            (round, before) = (round + 1, 0);
        }
    }
    finish(&program, &format!("round-{round}.db"), &expected);
    println!("{kills} kills, {in_the_middle} of them with a part stored, {round} ledgers");
    assert!(in_the_middle >= 5, "only {in_the_middle} kills met a part of the reports");
}

/// Reports of one sentence, so that a run is short and much of it is storing.
fn write_reports(program: &Program) {
    let record =
        |n| format!("{{\"id\": \"w-{n}\", \"text\": \"Gunmen killed {n} men near Gao.\"}}\n");
    let records: String = (1..=REPORTS).map(record).collect();
    program.write("many.jsonl", &records);
}

/// Goes on to the end, and compares with a run that nobody interrupted.
fn finish(program: &Program, db: &str, expected: &str) {
    program.done(&["code", "many.jsonl", "--db", db]);
    program.done(&["doctor", "--db", db]);
    assert_eq!(held(program, db), REPORTS as u64);
    assert_eq!(claims(program, db), expected);
}

#[test]
fn a_killed_recoding_leaves_the_old_or_the_new_and_goes_on() {
    const KILLED: usize = 8;
    let program = Program::new();
    write_reports(&program);
    let rule = "id = 'attack'\n[[rules]]\nid = 'near'\nverbs = ['swarm']\nslots = { initiator = ['nsubj'] }\n\
                codes = ['Rebels swarmed.']\nignores = ['Bees hummed.']\n";
    program.write("own/codebook.toml", "name = 'own'\nversion = '1'\nlicence = 'own'\n");
    program.write("own/attack.toml", rule);
    program.done(&["code", "many.jsonl", "--db", "a.db"]);
    let recode = ["recode", "a.db", "--codebook", "own", "--apply", "--jobs", "2"];
    let whole = timed(|| {
        program.done(&["backup", "whole.db", "--db", "a.db"]);
        program.done(&[&["recode", "whole.db"] as &[&str], recode.split_at(2).1].concat());
    });
    let (old, new) = (claims(&program, "a.db"), claims(&program, "whole.db"));
    assert_ne!(old, new);
    let mut moments = Moments(0x5eed_0000_0003);
    let mut drafts = 0;
    for _ in 0..KILLED {
        let mut command = program.command(&recode);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        thread::sleep(whole.mul_f64(0.1 + 0.8 * moments.next()));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(held(&program, "a.db"), REPORTS as u64);
        let now = claims(&program, "a.db");
        assert!(now == old || now == new, "half a recoding");
        let files = std::fs::read_dir(program.path("")).unwrap();
        let names = files.map(|file| file.unwrap().file_name().to_string_lossy().into_owned());
        drafts += usize::from(names.into_iter().any(|name| name.contains("a.db.recode-")));
    }
    program.done(&recode);
    assert_eq!(claims(&program, "a.db"), new);
    program.done(&["doctor", "--db", "a.db"]);
    println!("{KILLED} kills, {drafts} of them left a draft");
}
