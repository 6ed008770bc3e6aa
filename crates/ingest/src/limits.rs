//! Limits that bound the time and memory one document may take, and the options of a run.
//!
//! Owns the numbers; every reader takes them from here and none has its own. The defaults leave
//! room for the largest real articles and archives and stop what only an attack or an accident makes.

use std::time::Duration;

/// Largest file that is read whole, in bytes as stored: 256 MiB. JSONL is exempt, it is streamed.
pub const MAX_FILE_BYTES: u64 = 256 * 1024 * 1024;
/// Largest size of a gzip file's content when it is read whole, in bytes: 256 MiB.
pub const MAX_UNPACKED_BYTES: u64 = 256 * 1024 * 1024;
/// Largest ratio of unpacked to packed bytes: 200. English news packs about 3 to 1, a page of
/// repeated markup about 20 to 1, and a gzip bomb about 1000 to 1.
pub const MAX_RATIO: u64 = 200;
/// Unpacked bytes below which the ratio is not looked at: 1 MiB. Small files pack oddly and harm nobody.
pub const RATIO_FLOOR_BYTES: u64 = 1024 * 1024;
/// Longest line of a JSONL file, in bytes: 16 MiB.
pub const MAX_LINE_BYTES: usize = 16 * 1024 * 1024;
/// Deepest nesting of HTML elements that goes to the page parser: 256, a little under the 512 at
/// which browsers stop nesting.
pub const MAX_DEPTH: usize = 256;
/// Longest HTML, in bytes, that goes to the page parser: 8 MiB. Beyond it the text is taken plainly.
pub const MAX_PAGE_BYTES: usize = 8 * 1024 * 1024;
/// Longest text of one report, in bytes: 16 MiB. A longer text is cut there, with a warning.
pub const MAX_TEXT_BYTES: usize = 16 * 1024 * 1024;
/// Time that one page's parser may take: 5 seconds.
pub const PAGE_DEADLINE: Duration = Duration::from_secs(5);

/// What one document may cost. See the constants of this module for the defaults and their reasons.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Largest file that is read whole, in bytes as stored.
    pub max_file_bytes: u64,
    /// Largest content of a gzip file that is read whole, in bytes.
    pub max_unpacked_bytes: u64,
    /// Largest ratio of unpacked to packed bytes.
    pub max_ratio: u64,
    /// Longest line of a JSONL file, in bytes.
    pub max_line_bytes: usize,
    /// Deepest nesting of HTML elements that goes to the page parser.
    pub max_depth: usize,
    /// Longest HTML, in bytes, that goes to the page parser.
    pub max_page_bytes: usize,
    /// Longest text of one report, in bytes.
    pub max_text_bytes: usize,
    /// Time that one page's parser may take.
    pub page_deadline: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_file_bytes: MAX_FILE_BYTES,
            max_unpacked_bytes: MAX_UNPACKED_BYTES,
            max_ratio: MAX_RATIO,
            max_line_bytes: MAX_LINE_BYTES,
            max_depth: MAX_DEPTH,
            max_page_bytes: MAX_PAGE_BYTES,
            max_text_bytes: MAX_TEXT_BYTES,
            page_deadline: PAGE_DEADLINE,
        }
    }
}

/// How documents are read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// What one document may cost.
    pub limits: Limits,
}
