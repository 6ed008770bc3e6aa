//! From the inputs as given (files, directories, patterns, `-`) to the files to be opened, in a
//! fixed order.
//!
//! Owns recursion, sorting, hidden files and links; refuses to open a file.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobMatcher};
use walkdir::{DirEntry, WalkDir};

use crate::format;
use crate::{Refusal, RefusalReason};

/// One thing to be opened.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Input {
    Stdin,
    File(PathBuf),
}

impl Input {
    /// The path as shown in reports and refusals.
    pub(super) fn shown(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::File(path) => path.to_string_lossy().into_owned(),
        }
    }
}

/// The inputs, expanded one by one.
pub(super) struct Inputs {
    given: VecDeque<Given>,
    walk: Option<Walk>,
}

/// An input before it is expanded.
enum Given {
    Text(String),
    /// A directory that a pattern matched.
    Directory(PathBuf),
}

/// A directory or pattern that is being walked.
struct Walk {
    shown: String,
    entries: Box<dyn Iterator<Item = walkdir::Result<DirEntry>> + Send>,
    pattern: Option<GlobMatcher>,
    /// Directories that the pattern matched, to be walked behind it.
    directories: Vec<PathBuf>,
    found: bool,
}

impl Inputs {
    pub(super) fn new(inputs: &[String]) -> Self {
        Self { given: inputs.iter().cloned().map(Given::Text).collect(), walk: None }
    }

    /// What the next given input is: one file, or the beginning of a walk.
    fn begin(&mut self, given: Given) -> Option<Result<Input, Refusal>> {
        let text = match given {
            Given::Directory(path) => {
                self.walk = Some(Walk::directory(&path));
                return None;
            }
            Given::Text(text) if text == "-" => return Some(Ok(Input::Stdin)),
            Given::Text(text) => text,
        };
        let path = Path::new(&text);
        if path.is_dir() {
            self.walk = Some(Walk::directory(path));
            return None;
        }
        if path.symlink_metadata().is_err() && text.contains(['*', '?', '[', '{']) {
            match Walk::pattern(&text) {
                Ok(walk) => self.walk = Some(walk),
                Err(reason) => return Some(Err(refusal(text, reason))),
            }
            return None;
        }
        Some(Ok(Input::File(path.to_owned())))
    }

    /// The next file of the walk, `None` when it is over.
    fn step(&mut self) -> Option<Result<Input, Refusal>> {
        let walk = self.walk.as_mut()?;
        while let Some(entry) = walk.entries.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    walk.found = true;
                    return Some(Err(unreadable(&walk.shown, error)));
                }
            };
            match walk.judge(&entry) {
                Verdict::Skip => {}
                Verdict::File(path) => {
                    walk.found = true;
                    return Some(Ok(Input::File(path)));
                }
                Verdict::Directory(path) => {
                    walk.found = true;
                    walk.directories.push(path);
                }
                Verdict::Link(path) => {
                    walk.found = true;
                    return Some(Err(refusal(path, RefusalReason::SymbolicLink)));
                }
            }
        }
        let mut walk = self.walk.take()?;
        for path in walk.directories.drain(..).rev() {
            self.given.push_front(Given::Directory(path));
        }
        (!walk.found).then(|| {
            let reason = match walk.pattern {
                Some(_) => RefusalReason::GlobWithoutMatch,
                None => RefusalReason::DirectoryWithoutReports,
            };
            Err(refusal(walk.shown, reason))
        })
    }
}

impl Iterator for Inputs {
    type Item = Result<Input, Refusal>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.step() {
                return Some(item);
            }
            let given = self.given.pop_front()?;
            if let Some(item) = self.begin(given) {
                return Some(item);
            }
        }
    }
}

/// What to do with an entry of a walk.
enum Verdict {
    Skip,
    File(PathBuf),
    Directory(PathBuf),
    Link(String),
}

impl Walk {
    fn directory(path: &Path) -> Self {
        Self {
            shown: path.to_string_lossy().into_owned(),
            entries: entries(path, usize::MAX),
            pattern: None,
            directories: Vec::new(),
            found: false,
        }
    }

    /// A walk of the part of the tree that `pattern` can match.
    fn pattern(pattern: &str) -> Result<Self, RefusalReason> {
        let matcher = GlobBuilder::new(pattern)
            .literal_separator(true)
            .build()
            .map_err(|_| RefusalReason::GlobInvalid)?
            .compile_matcher();
        let parts: Vec<&str> = pattern.split('/').collect();
        let plain = parts.iter().take_while(|part| !part.contains(['*', '?', '[', '{'])).count();
        let depth = if pattern.contains("**") || pattern.contains('{') {
            usize::MAX
        } else {
            parts.len() - plain
        };
        let base = match parts.get(..plain) {
            None | Some([]) => PathBuf::from("."),
            Some([""]) => PathBuf::from("/"),
            Some(parts) => PathBuf::from(parts.join("/")),
        };
        Ok(Self {
            shown: pattern.to_owned(),
            // A base that does not exist matches nothing, and that is said once.
            entries: if base.is_dir() {
                entries(&base, depth)
            } else {
                Box::new(std::iter::empty())
            },
            pattern: Some(matcher),
            directories: Vec::new(),
            found: false,
        })
    }

    fn judge(&self, entry: &DirEntry) -> Verdict {
        let given_so = self.pattern.is_none() || self.shown.starts_with("./");
        let path = match entry.path().strip_prefix("./") {
            Ok(path) if !given_so => path,
            _ => entry.path(),
        };
        let wanted = match &self.pattern {
            Some(pattern) => pattern.is_match(path),
            None => format::by_name(path).is_some(),
        };
        let kind = entry.file_type();
        if kind.is_symlink() {
            let hides = wanted || (self.pattern.is_none() && path.is_dir());
            if hides && entry.depth() > 0 {
                return Verdict::Link(path.to_string_lossy().into_owned());
            }
            return Verdict::Skip;
        }
        match (wanted, &self.pattern) {
            (true, _) if kind.is_file() => Verdict::File(path.to_owned()),
            // A `**` pattern reaches the files below by itself.
            (true, Some(_)) if kind.is_dir() && !self.shown.contains("**") => {
                Verdict::Directory(path.to_owned())
            }
            _ => Verdict::Skip,
        }
    }
}

/// The entries below `base`, sorted by name, without hidden ones.
fn entries(
    base: &Path,
    depth: usize,
) -> Box<dyn Iterator<Item = walkdir::Result<DirEntry>> + Send> {
    let walk =
        WalkDir::new(base).max_depth(depth).sort_by_file_name().into_iter().filter_entry(|entry| {
            let hidden = entry.file_name().as_encoded_bytes().starts_with(b".");
            entry.depth() == 0 || !hidden
        });
    Box::new(walk)
}

fn refusal(path: String, reason: RefusalReason) -> Refusal {
    Refusal { path, line: None, reason }
}

fn unreadable(shown: &str, error: walkdir::Error) -> Refusal {
    let path =
        error.path().map_or_else(|| shown.to_owned(), |path| path.to_string_lossy().into_owned());
    let kind = error.into_io_error().map_or(std::io::ErrorKind::Other, |e| e.kind());
    refusal(path, RefusalReason::Unreadable { kind })
}
