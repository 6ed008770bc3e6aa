//! Files, directories, patterns, links: which documents are found, in which order.

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use averment_ingest::{Options, documents};

    fn tree() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (path, content) in [
            ("b/two.txt", "Two."),
            ("b/one.html", "<p>One.</p>"),
            ("b/records.ndjson", "{\"text\": \"x\"}\n\n{\"text\": \"y\"}"),
            ("b/.hidden.txt", "Hidden."),
            ("b/.git/c.txt", "Hidden."),
            ("b/table.csv", "a,b"),
            ("b/notes.md", "# Notes"),
            ("a/deep/er/c.TXT", "Deep."),
            ("empty/notes.md", "# Notes"),
        ] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    /// What is found in `inputs`, each given from `root`, with paths told from `root`.
    fn found(root: &Path, inputs: &[&str]) -> Vec<String> {
        let base = format!("{}/", root.to_string_lossy());
        let inputs: Vec<String> = inputs.iter().map(|i| format!("{base}{i}")).collect();
        let tell = |path: String, line: Option<u64>, rest: &str| {
            let path = path.strip_prefix(&base).unwrap_or(&path).to_owned();
            let line = line.map(|line| format!(":{line}")).unwrap_or_default();
            format!("{path}{line}{rest}")
        };
        documents(&inputs, &Options::default())
            .map(|document| match document {
                Ok(raw) => tell(raw.path, raw.line, ""),
                Err(refusal) => {
                    tell(refusal.path, refusal.line, &format!(" {}", refusal.reason.code()))
                }
            })
            .collect()
    }

    #[test]
    fn directories_are_read_in_order_without_hidden_and_unknown_files() {
        let folder = tree();
        let all = [
            "a/deep/er/c.TXT",
            "b/one.html",
            "b/records.ndjson:1",
            "b/records.ndjson:3",
            "b/two.txt",
        ];
        assert_eq!(found(folder.path(), &[""]), all);
        assert_eq!(found(folder.path(), &["b", "a"]), [&all[1..], &all[..1]].concat());
        assert_eq!(found(folder.path(), &["empty"]), ["empty directory_without_reports"]);
    }

    #[test]
    fn patterns_match_files_and_directories() {
        let folder = tree();
        assert_eq!(found(folder.path(), &["b/*.txt"]), ["b/two.txt"]);
        assert_eq!(found(folder.path(), &["**/*.{txt,TXT}"]), ["a/deep/er/c.TXT", "b/two.txt"]);
        assert_eq!(found(folder.path(), &["?/d*"]), ["a/deep/er/c.TXT"]);
        assert_eq!(found(folder.path(), &["b/*.pdf"]), ["b/*.pdf glob_without_match"]);
        assert_eq!(found(folder.path(), &["none/*.txt"]), ["none/*.txt glob_without_match"]);
        assert_eq!(found(folder.path(), &["b/[.txt"]), ["b/[.txt glob_invalid"]);
    }

    #[test]
    fn documents_can_be_read_on_another_thread() {
        let folder = tree();
        let input = folder.path().join("b").to_string_lossy().into_owned();
        let all = documents(&[input], &Options::default());
        assert_eq!(std::thread::spawn(move || all.count()).join().unwrap(), 4);
    }

    #[test]
    fn a_bad_input_does_not_end_the_batch() {
        let folder = tree();
        let inputs = ["missing.txt", "b/table.csv", "b/notes.md", "b/two.txt"];
        assert_eq!(
            found(folder.path(), &inputs),
            ["missing.txt missing", "b/table.csv unsupported_format", "b/notes.md", "b/two.txt"]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_inside_a_directory_are_refused_and_a_given_one_is_followed() {
        let folder = tree();
        let link = |target: &str, name: &str| {
            std::os::unix::fs::symlink(folder.path().join(target), folder.path().join(name))
                .unwrap();
        };
        fs::create_dir(folder.path().join("links")).unwrap();
        link("b/two.txt", "links/a.txt");
        link("", "links/loop");
        link("nowhere", "links/dangling.txt");
        link("b/notes.md", "links/notes.md");
        assert_eq!(
            found(folder.path(), &["links"]),
            [
                "links/a.txt symbolic_link",
                "links/dangling.txt symbolic_link",
                "links/loop symbolic_link"
            ]
        );
        assert_eq!(found(folder.path(), &["links/a.txt"]), ["links/a.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn what_may_not_be_read_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tree();
        let path = folder.path().join("b/two.txt");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
        if fs::read(&path).is_ok() {
            println!("skipped, this user may read everything");
            return;
        }
        assert_eq!(found(folder.path(), &["b/two.txt"]), ["b/two.txt unreadable"]);
    }
}
