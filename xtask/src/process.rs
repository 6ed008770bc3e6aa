//! Child processes: cargo's name, and running a program while watching what it uses.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::Context;

/// Ticks a second in which Linux counts processor time for programs (`USER_HZ`), the same everywhere.
const TICKS: f64 = 100.0;

/// How often a running child is looked at.
const PAUSE: Duration = Duration::from_millis(5);

/// The cargo that started this program, else the one on the path.
pub(crate) fn cargo() -> PathBuf {
    std::env::var_os("CARGO").map_or_else(|| PathBuf::from("cargo"), PathBuf::from)
}

/// What a child used until it ended.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    pub(crate) status: ExitStatus,
    /// Seconds from start to end.
    pub(crate) wall: f64,
    /// Seconds of processor time, user and system together.
    pub(crate) cpu: f64,
    /// The most memory it held, in KiB.
    pub(crate) peak_kib: u64,
}

/// Runs `command` to its end. Needs Linux's `/proc`: an ended child can be read there until it is
/// waited for.
pub(crate) fn watch(command: &mut Command) -> anyhow::Result<Usage> {
    let begun = Instant::now();
    let mut child = command
        .spawn()
        .with_context(|| format!("{} did not start", command.get_program().display()))?;
    let proc = PathBuf::from(format!("/proc/{}", child.id()));
    let mut peak_kib = 0;
    let cpu = loop {
        let stat = fs::read_to_string(proc.join("stat")).context("/proc could not be read")?;
        let (state, ticks) =
            state_and_ticks(&stat).context("/proc's stat could not be understood")?;
        if state == "Z" {
            break ticks / TICKS;
        }
        let status = fs::read_to_string(proc.join("status")).unwrap_or_default();
        peak_kib = peak_kib.max(peak(&status).unwrap_or_default());
        thread::sleep(PAUSE);
    };
    let wall = begun.elapsed().as_secs_f64();
    let status = child.wait()?;
    Ok(Usage { status, wall, cpu, peak_kib })
}

/// State, and user and system time, of a line of `/proc/PID/stat`. The program's name in it is in
/// brackets and may hold anything, so fields are counted from the last bracket.
fn state_and_ticks(stat: &str) -> Option<(&str, f64)> {
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((fields.first()?, ticks(11)? + ticks(12)?))
}

/// The peak of resident memory in `/proc/PID/status`, in KiB.
fn peak(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_proc_are_understood() {
        let stat = "42 (a) b) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0";
        assert_eq!(state_and_ticks(stat), Some(("S", 200.0)));
        assert_eq!(state_and_ticks("42 nothing"), None);
        assert_eq!(peak("Name:\tx\nVmHWM:\t  1234 kB\n"), Some(1234));
    }

    #[test]
    fn a_child_is_watched_to_its_end() {
        let mut busy = Command::new("sh");
        busy.args(["-c", "i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done; exit 3"]);
        let usage = watch(&mut busy).unwrap();
        assert_eq!(usage.status.code(), Some(3));
        assert!(usage.cpu > 0.0 && usage.cpu <= usage.wall + 0.1, "{usage:?}");
        assert!(usage.peak_kib > 100, "{usage:?}");
    }
}
