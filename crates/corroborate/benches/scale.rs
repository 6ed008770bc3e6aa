//! How time and memory grow with the number of reports: `cargo bench -p averment-corroborate`, a line of Markdown a size.
//! Sizes may be given: `cargo bench -p averment-corroborate -- 10000 20000`. Times are of the processor, so that what else the
//! machine does counts little; where the system does not tell them, of the clock.
#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement for people at a terminal"
)]

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use averment_actors::Registry;
use averment_corroborate::{Corroborator, Decisions, synthetic};

/// Reports that come one by one when all others are settled.
const ONE_BY_ONE: u32 = 200;

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![10_000, 20_000] } else { asked };
    println!(
        "| reports | claims | incidents | disputes | read and settled, CPU s | incidents and disputes written, CPU s | memory, MiB | one more: mean, CPU ms | worst |"
    );
    println!("|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
    for size in sizes {
        println!("{}", measure(size));
    }
}

fn measure(size: usize) -> String {
    let mut room = Corroborator::new(&Registry::shipped().unwrap(), Decisions::default()).unwrap();
    let mut reports = synthetic::reports(1);
    let start = now();
    let mut claims = 0;
    for told in reports.by_ref().take(size) {
        claims += told.coded.claims.len();
        room.add(&told.coded);
    }
    room.settle();
    let settled = now().saturating_sub(start);
    let start = now();
    let mut incidents = 0_u32;
    room.for_each_incident(|_| incidents += 1);
    let disputes = room.disputes().len();
    let written = now().saturating_sub(start);
    let (mut sum, mut worst) = (Duration::ZERO, Duration::ZERO);
    for told in reports.take(ONE_BY_ONE as usize) {
        let start = now();
        room.add(&told.coded);
        room.settle();
        let touched = room.incidents_of(&told.coded.report.id);
        assert!(!touched.is_empty());
        let took = now().saturating_sub(start);
        sum += took;
        worst = worst.max(took);
    }
    format!(
        "| {size} | {claims} | {incidents} | {disputes} | {:.1} | {:.1} | {} | {:.1} | {:.0} |",
        settled.as_secs_f64(),
        written.as_secs_f64(),
        peak_mib(),
        (sum / ONE_BY_ONE).as_secs_f64() * 1000.0,
        worst.as_secs_f64() * 1000.0,
    )
}

/// Processor time that the thread has had so far.
fn now() -> Duration {
    static BEGAN: LazyLock<Instant> = LazyLock::new(Instant::now);
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ran = told.and_then(|line| line.split_whitespace().next()?.parse().ok());
    ran.map_or_else(|| BEGAN.elapsed(), Duration::from_nanos)
}

/// The most memory that the process had so far, in MiB; 0 where the system does not say.
fn peak_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}
