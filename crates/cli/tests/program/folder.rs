//! A folder of its own for each test, and the program run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Reports in which every coder finds something.
pub(crate) const KILLING: &str =
    "Gunmen killed five villagers near Gao on 12 March 2020, police said.\n";
pub(crate) const CLASH: &str =
    "Soldiers killed three rebels in Kidal on 14 March 2020, the army said.\n";

/// A folder with the program in it.
pub(crate) struct Program {
    folder: TempDir,
}

/// What a run left behind.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Program {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// `number` records of different content, a line each.
    pub(crate) fn write_records(&self, name: &str, number: usize) {
        let record = |n: usize| {
            let text = format!(
                "Gunmen killed {n} villagers near Gao on 12 March 2020, police said. The army \
                 denied that it had attacked the village. Nobody claimed the attack number {n}."
            );
            let record =
                serde_json::json!({"id": format!("w-{n}"), "outlet": "Wire", "text": text});
            format!("{record}\n")
        };
        self.write(name, &(1..=number).map(record).collect::<String>());
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("averment"));
        command.args(args).current_dir(self.folder.path());
        command.env_remove("COLUMNS").env_remove("NO_COLOR");
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        ran(self.command(args).stdin(Stdio::null()).output().unwrap())
    }

    /// A run that can write no file beyond `kib` KiB, as on a disk that is full.
    #[cfg(unix)]
    pub(crate) fn on_full_disk(&self, kib: u32, args: &[&str]) -> Ran {
        let program = self.command(args);
        let mut shell = Command::new("sh");
        // The unit of `ulimit -f` is 512 bytes. Without the trap the signal would kill the program.
        let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$@\"", kib * 2);
        shell.args(["-c", &script, "sh"]).arg(program.get_program()).args(program.get_args());
        shell.current_dir(self.folder.path()).env_remove("COLUMNS").env_remove("NO_COLOR");
        ran(shell.stdin(Stdio::null()).output().unwrap())
    }

    /// A run that must end well.
    pub(crate) fn done(&self, args: &[&str]) -> Ran {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        ran
    }

    /// A folder with a ledger that holds two reports.
    pub(crate) fn with_ledger() -> Self {
        let program = Self::new();
        program.write("in/one.txt", KILLING);
        program.write("in/two.txt", CLASH);
        program.done(&["code", "in"]);
        program
    }

    /// The current claims, one JSON value each.
    pub(crate) fn claims(&self) -> Vec<serde_json::Value> {
        let listed = self.done(&["claims", "--format", "jsonl"]).out;
        let claims = listed.lines().map(serde_json::from_str);
        claims.collect::<Result<_, _>>().unwrap()
    }
}

pub(crate) fn ran(output: Output) -> Ran {
    Ran {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The sample reports of the repository.
pub(crate) fn samples() -> String {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
    samples.to_str().unwrap().to_owned()
}
