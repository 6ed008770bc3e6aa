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

    // Cut off, altered, emptied, of something else: what is told is the same.
    let half = whole.len() / 2;
    let mut altered = whole.clone();
    let told_of = whole.windows(7).position(|bytes| bytes == b"\"id\":\"i").unwrap();
    altered[told_of + 10] ^= 1;
    for damaged in [&whole[..half], altered.as_slice(), b"", b"{}\n[]\n[]\n{}\n"] {
        fs::write(&file, damaged).unwrap();
        assert!(told(&program) == expected, "{} bytes", damaged.len());
    }
    drop(fs::remove_file(&file));
    assert_eq!(told(&program), expected);
    assert!(fs::read(&file).unwrap() == whole, "made anew, it is the same to the byte");

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

/// Which file it is, whatever is in it: a file that is made anew is another.
#[cfg(unix)]
fn which(program: &Program) -> u64 {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(program.path("averment.db.derived")).unwrap().ino()
}

#[cfg(unix)]
#[test]
fn new_reports_change_what_they_concern_and_a_damaged_page_is_noticed() {
    let program = Program::new();
    store(&program, 0..256);
    told(&program);
    let file = which(&program);
    for nth in 256..264 {
        store(&program, nth..nth + 1);
        let view = VIEWS[nth % VIEWS.len()];
        let out = program.done(view).out;
        assert_eq!(which(&program), file, "made anew for report {nth}");
        // Derived anew it is the same; the file that grew is put back.
        let (kept, aside) = (program.path("averment.db.derived"), program.path("aside"));
        fs::rename(&kept, &aside).unwrap();
        assert_eq!(program.done(view).out, out, "report {nth}");
        fs::rename(&aside, &kept).unwrap();
    }
    store(&program, 264..266);
    let grown = told(&program);
    assert_eq!(grown, anew(&program));

    // Whatever byte is another than it was, what is told is right.
    told(&program);
    let whole = fs::read(program.path("averment.db.derived")).unwrap();
    store(&program, 266..267);
    let expected = anew(&program);
    for nth in 0..24 {
        let mut altered = whole.clone();
        let at = whole.len() / 24 * nth + 17;
        altered[at] ^= 0x11;
        fs::write(program.path("averment.db.derived"), &altered).unwrap();
        assert_eq!(program.done(VIEWS[0]).out, expected[0], "byte {at}");
        assert_eq!(program.done(VIEWS[1]).out, expected[1], "byte {at}");
    }
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
    // The same while a report is taken in.
    program.done(VIEWS[0]);
    for kill in 0..6 {
        let nth = 256 + kill;
        store(&program, nth..nth + 1);
        let mut command = program.command(VIEWS[0]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        thread::sleep(Duration::from_millis(3 * kill as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        let (incidents, disputes) = (program.done(VIEWS[0]).out, program.done(VIEWS[1]).out);
        let expected = anew(&program);
        assert_eq!((&incidents, &disputes), (&expected[0], &expected[1]), "kill {kill}");
        program.done(VIEWS[0]);
    }
    program.done(&["doctor"]);
}
