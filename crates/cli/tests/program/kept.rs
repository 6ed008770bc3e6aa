//! What is derived from a large ledger is kept in a file beside it: taken while nothing has changed, made anew when anything
//! has or when it is damaged, and never missed.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use averment_corroborate::synthetic;
use averment_ledger::{Entry, Ledger};
use averment_types::{CodedReport, CoderVersion, Original};

use crate::folder::Program;

/// Stores invented reports, and gives a claim of one of them.
fn store(program: &Program, reports: std::ops::Range<usize>) -> String {
    let mut ledger = Ledger::open(&program.path("averment.db")).unwrap();
    let own = str::to_owned;
    let version = CoderVersion { version: own("0"), reader: own("none"), codebook: own("none") };
    let told = synthetic::reports(1).skip(reports.start).take(reports.len());
    let all: Vec<CodedReport> = told.map(|told| told.coded).collect();
    let original = Original::default();
    let entries: Vec<Entry<'_>> =
        all.iter().map(|coded| Entry { coded, original: &original }).collect();
    ledger.store(&entries, &version, jiff::Timestamp::now()).unwrap();
    all[0].claims[0].id().to_string()
}

const VIEWS: [&[&str]; 4] = [
    &["incidents", "--format", "jsonl"],
    &["disputes", "--format", "jsonl"],
    &["actors", "synthetic-3", "--format", "jsonl"],
    &["sources", "--format", "jsonl"],
];

fn told(program: &Program) -> Vec<String> {
    VIEWS.map(|view| program.done(view).out).to_vec()
}

/// What is told where nothing is kept, as on a disk without room.
fn anew(program: &Program) -> Vec<String> {
    drop(fs::remove_file(program.path("averment.db.derived")));
    let told = VIEWS.map(|view| {
        let out = program.done(view).out;
        fs::remove_file(program.path("averment.db.derived")).unwrap();
        out
    });
    told.to_vec()
}

#[test]
fn what_is_kept_is_what_is_derived_and_goes_with_every_change() {
    let program = Program::new();
    let claim = store(&program, 0..256);
    let expected = anew(&program);
    assert_eq!(told(&program), expected);
    let file = program.path("averment.db.derived");
    let whole = fs::read(&file).unwrap();
    assert_eq!(told(&program), expected, "read from the file");
    assert!(fs::read(&file).unwrap() == whole, "and not made anew");

    // Cut off, altered, emptied, of something else: made anew.
    let half = whole.len() / 2;
    let mut altered = whole.clone();
    let incidents = whole.iter().position(|byte| *byte == b'\n').unwrap() + 100;
    altered[incidents] ^= 1;
    for damaged in [&whole[..half], altered.as_slice(), b"", b"{}\n[]\n[]\n{}\n"] {
        fs::write(&file, damaged).unwrap();
        assert!(program.done(VIEWS[0]).out == expected[0], "{} bytes", damaged.len());
        assert!(fs::read(&file).unwrap() == whole, "{} bytes", damaged.len());
    }

    // A decision, its undoing and a report each change it; the past is derived as it was.
    let moment = jiff::Timestamp::now().to_string();
    thread::sleep(Duration::from_millis(5));
    program.done(&["decide", "reject", &claim, "--by", "Ada"]);
    let rejected = told(&program);
    assert_ne!(rejected, expected);
    assert_eq!(rejected, anew(&program));
    let kept = fs::read(&file).ok();
    let then = program.done(&[VIEWS[0], &["--at", &moment]].concat()).out;
    assert_eq!(then, expected[0]);
    assert!(fs::read(&file).ok() == kept, "the past is not kept");
    store(&program, 256..270);
    let more = told(&program);
    assert_ne!(more[0], rejected[0]);
    assert_eq!(more, anew(&program));
}

#[test]
fn a_query_that_is_killed_or_has_no_room_leaves_no_half_file() {
    let program = Program::new();
    store(&program, 0..256);
    let expected = anew(&program);
    let started = Instant::now();
    program.done(VIEWS[0]);
    let whole = started.elapsed();
    for kill in 0..6 {
        drop(fs::remove_file(program.path("averment.db.derived")));
        let mut command = program.command(VIEWS[0]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(whole.mul_f64(0.7 + 0.3 * f64::from(kill) / 6.0));
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(program.done(VIEWS[0]).out, expected[0], "kill {kill}");
        assert_eq!(program.done(VIEWS[1]).out, expected[1], "kill {kill}");
    }
    #[cfg(unix)]
    {
        drop(fs::remove_file(program.path("averment.db.derived")));
        let ran = program.on_full_disk(64, VIEWS[0]);
        assert_eq!((ran.code, ran.out), (0, expected[0].clone()), "{}", ran.err);
        for name in ["averment.db.derived", "averment.db.derived.new"] {
            assert!(!program.path(name).exists(), "{name}");
        }
    }
    program.done(&["doctor"]);
}
