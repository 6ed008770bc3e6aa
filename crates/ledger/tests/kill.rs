//! A writer killed at any moment loses nothing that it had acknowledged.
//!
//! The test starts itself again as the writer, kills it without warning at moments drawn from a fixed
//! seed, and opens the ledger as the next program would.

#[cfg(test)]
mod sample;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::{BufRead, BufReader, Write};
    use std::path::Path;
    use std::process::{Child, Command, Stdio};
    use std::time::Duration;

    use averment_ledger::{Entry, Ledger, Ruling};
    use averment_types::{Act, CodedReport, ReportId};

    use crate::sample::{coder, moment, numbered, original};

    const PATH: &str = "AVERMENT_KILL_PATH";
    const FIRST: &str = "AVERMENT_KILL_FIRST";
    const BATCHES: &str = "AVERMENT_KILL_BATCHES";
    const KILLS: u64 = 60;

    #[test]
    #[ignore = "the writer that the other tests of this file start"]
    fn writer() {
        let Ok(path) = std::env::var(PATH) else {
            return;
        };
        let number = |name| std::env::var(name).unwrap().parse::<u32>().unwrap();
        let mut ledger = Ledger::open(Path::new(&path)).unwrap();
        let mut out = std::io::stdout();
        for batch in 0..number(BATCHES) {
            let first = number(FIRST) + batch * 3;
            let coded: Vec<CodedReport> =
                (first..first + 3).map(|n| numbered(n, 2, &coder("1"))).collect();
            let originals: Vec<_> = coded.iter().map(|c| original(&c.report)).collect();
            let entries: Vec<Entry<'_>> = coded
                .iter()
                .zip(&originals)
                .map(|(coded, original)| Entry { coded, original })
                .collect();
            ledger.store(&entries, &coder("1"), moment(i64::from(batch))).unwrap();
            for entry in &coded {
                // The mark at the end tells a whole line from one that the kill cut off.
                writeln!(out, "\nstored {} whole", entry.report.id).unwrap();
            }
            out.flush().unwrap();
        }
    }

    #[test]
    #[ignore = "the writer that the other tests of this file start"]
    fn decider() {
        let Ok(path) = std::env::var(PATH) else {
            return;
        };
        let first: u64 = std::env::var(FIRST).unwrap().parse().unwrap();
        let mut ledger = Ledger::open(Path::new(&path)).unwrap();
        let claim = numbered(1, 1, &coder("1")).claims[0].id().clone();
        let mut out = std::io::stdout();
        for number in first.. {
            let because = Some(format!("reason {number}"));
            let act = Act::Accept { claim: claim.clone() };
            let ruling = Ruling { by: "Ada".to_owned(), because, act };
            let decision = ledger.decide(&ruling, moment(0)).unwrap();
            writeln!(out, "\ndecided {} whole", decision.id).unwrap();
            out.flush().unwrap();
        }
    }

    #[test]
    #[ignore = "the writer that the other tests of this file start"]
    fn adopter() {
        let Ok(path) = std::env::var(PATH) else {
            return;
        };
        let path = Path::new(&path);
        let mut ledger = Ledger::open(path).unwrap();
        let draft = Ledger::open_read_only(&path.with_extension("draft")).unwrap();
        let mut out = std::io::stdout();
        for round in 0_i64.. {
            let version = if round % 2 == 0 { coder("2") } else { coder("1") };
            ledger.adopt(&draft, &version, moment(round)).unwrap();
            writeln!(out, "\nadopted {round} whole").unwrap();
            out.flush().unwrap();
        }
    }

    fn start(path: &Path, first: u32, batches: u32) -> Child {
        start_as("writer", path, first, batches)
    }

    fn start_as(writer: &str, path: &Path, first: u32, batches: u32) -> Child {
        Command::new(std::env::current_exe().unwrap())
            .args([&format!("tests::{writer}"), "--exact", "--ignored", "--nocapture"])
            .env(PATH, path)
            .env(FIRST, first.to_string())
            .env(BATCHES, batches.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap()
    }

    fn acknowledged(line: &str) -> Option<ReportId> {
        let id = line.strip_prefix("stored ")?.strip_suffix(" whole")?;
        Some(ReportId::new(id))
    }

    /// Everything acknowledged is there, whole, with every quote in its text.
    fn assert_kept(path: &Path, ids: &BTreeSet<ReportId>) {
        if !path.exists() {
            assert!(ids.is_empty());
            return;
        }
        let ledger = Ledger::open(path).unwrap();
        let check = ledger.check().unwrap();
        assert!(check.is_clean(), "{:?}", check.problems);
        for id in ids {
            let stored = ledger.report(id).unwrap().unwrap();
            let number = id.as_str().trim_start_matches('r').parse().unwrap();
            assert_eq!(stored.coded, numbered(number, 2, &coder("1")));
            assert!(stored.coded.verify().is_ok());
        }
    }

    /// The next number of a fixed sequence (`SplitMix64`).
    fn draw(state: &mut u64) -> u64 {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = *state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Waits for `lines` acknowledgements and `after` more, kills, and gives all ids read.
    fn kill_after(mut child: Child, lines: u64, after: Duration) -> Vec<ReportId> {
        let mut out = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut ids = Vec::new();
        while (ids.len() as u64) < lines {
            let Some(line) = out.next() else { break };
            ids.extend(acknowledged(&line.unwrap()));
        }
        std::thread::sleep(after);
        child.kill().unwrap();
        ids.extend(out.map_while(Result::ok).filter_map(|line| acknowledged(&line)));
        assert!(!child.wait().unwrap().success(), "the writer ended before the kill");
        ids
    }

    #[test]
    fn a_kill_at_any_moment_loses_nothing_acknowledged() {
        let folder = tempfile::tempdir().unwrap();
        let mut state = 20_261_112;
        let mut ids = BTreeSet::new();
        let mut total = 0;
        let mut path = folder.path().join("0.db");
        for kill in 0..KILLS {
            // A new ledger now and then, so that some kills meet its making.
            if kill % 12 == 0 {
                total += ids.len();
                ids.clear();
                path = folder.path().join(format!("{kill}.db"));
            }
            let first = u32::try_from(kill).unwrap() * 1_000_000;
            let lines = draw(&mut state) % 4 * 3;
            let after = Duration::from_micros(draw(&mut state) % 12_000);
            let child = start(&path, first, 300_000);
            ids.extend(kill_after(child, lines, after));
            assert_kept(&path, &ids);
        }
        total += ids.len();
        println!("{KILLS} kills, {total} reports acknowledged, none lost");
        assert!(total > 100, "too few acknowledgements to show anything: {total}");
    }

    /// Waits for `lines` lines that begin with `word` and for `after`, kills, and gives all such lines.
    fn lines_until_killed(
        mut child: Child,
        word: &str,
        lines: u64,
        after: Duration,
    ) -> Vec<String> {
        let out = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut out = out.map_while(Result::ok).filter_map(|line| {
            Some(line.strip_prefix(word)?.strip_suffix(" whole")?.trim().to_owned())
        });
        let mut told: Vec<String> = (0..lines).map_while(|_| out.next()).collect();
        std::thread::sleep(after);
        child.kill().unwrap();
        told.extend(out);
        assert!(!child.wait().unwrap().success(), "the writer ended before the kill");
        told
    }

    #[test]
    fn a_kill_loses_no_decision() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let coded = numbered(1, 1, &coder("1"));
        let bytes = original(&coded.report);
        let entry = Entry { coded: &coded, original: &bytes };
        Ledger::open(&path).unwrap().store(&[entry], &coder("1"), moment(0)).unwrap();
        let mut state = 20_261_121;
        let mut acknowledged: Vec<String> = Vec::new();
        for kill in 0..KILLS / 2 {
            let lines = draw(&mut state) % 4;
            let after = Duration::from_micros(draw(&mut state) % 12_000);
            let child = start_as("decider", &path, u32::try_from(kill).unwrap() * 1000, 0);
            acknowledged.extend(lines_until_killed(child, "decided", lines, after));
            let ledger = Ledger::open(&path).unwrap();
            let check = ledger.check().unwrap();
            assert!(check.is_clean(), "{:?}", check.problems);
            let kept = ledger.decisions().unwrap();
            let mut kept = kept.iter().map(|decision| decision.id.as_str());
            // All are there, in the order in which they were made.
            assert!(acknowledged.iter().all(|id| kept.any(|kept| kept == id)), "kill {kill}");
        }
        println!("{} decisions acknowledged, none lost", acknowledged.len());
        assert!(acknowledged.len() > 50, "too few decisions: {}", acknowledged.len());
    }

    #[test]
    fn a_kill_while_a_recoding_is_taken_over_leaves_the_one_or_the_other() {
        const REPORTS: u32 = 40;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let fill = |path: &Path, versions: &[&str]| {
            let mut ledger = Ledger::open(path).unwrap();
            for version in versions {
                for n in 0..REPORTS {
                    let coded = numbered(n, 2, &coder(version));
                    let bytes = original(&coded.report);
                    let entry = Entry { coded: &coded, original: &bytes };
                    ledger.store(&[entry], &coder(version), moment(0)).unwrap();
                }
            }
        };
        fill(&path, &["1"]);
        fill(&path.with_extension("draft"), &["1", "2"]);
        let mut state = 20_261_122;
        let (mut rounds, mut seen) = (0, BTreeSet::new());
        for kill in 0..KILLS / 2 {
            let lines = draw(&mut state) % 3;
            let after = Duration::from_micros(draw(&mut state) % 30_000);
            let child = start_as("adopter", &path, 0, 0);
            let told = lines_until_killed(child, "adopted", lines, after);
            rounds += told.len();
            let ledger = Ledger::open(&path).unwrap();
            let check = ledger.check().unwrap();
            assert!(check.is_clean(), "{:?}", check.problems);
            let found = ledger.reports(&averment_ledger::ReportQuery::default()).unwrap();
            let coders: BTreeSet<String> = found.into_iter().map(|f| f.coder.version).collect();
            assert_eq!(coders.len(), 1, "kill {kill}: half of it was taken over");
            seen.extend(coders);
        }
        println!("{rounds} recodings taken over");
        assert_eq!(seen.len(), 2, "the kills met one version alone");
    }

    #[test]
    fn programs_on_one_ledger_all_succeed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let writers = [0, 1000, 2000].map(|first| start(&path, first, 20));
        let mut ids = BTreeSet::new();
        for mut writer in writers {
            let out = BufReader::new(writer.stdout.take().unwrap());
            ids.extend(out.lines().filter_map(|line| acknowledged(&line.unwrap())));
            assert!(writer.wait().unwrap().success());
        }
        assert_eq!(ids.len(), 180);
        assert_kept(&path, &ids);
    }
}
