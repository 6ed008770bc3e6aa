//! Which form a file has: by its name, and by its first bytes.
//!
//! Owns the known extensions, the signatures of what is not text, and the sniffing of HTML and
//! JSON; refuses to look further than the first bytes it is given.

use std::path::Path;

use crate::RefusalReason;

/// How a file is cut into documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One plain text.
    Text,
    /// One page.
    Html,
    /// A record a line.
    Lines,
    /// JSON: one object, several, or an array of them.
    Json,
}

/// Text formats that would be misread as prose.
const UNSUPPORTED: [&str; 12] =
    ["csv", "tsv", "xml", "rss", "atom", "warc", "wet", "rtf", "eml", "mbox", "yaml", "yml"];

/// Signatures of what is not text, and its name.
const SIGNATURES: [(&[u8], &str); 24] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\0", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\0asm", "a program"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF87a", "a picture"),
    (b"GIF89a", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"RIFF", "a picture, a sound or a film"),
    (b"OggS", "a sound or a film"),
    (b"ID3", "a sound"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a rar archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"\x1f\x8b", "a gzip archive inside another"),
    (b"SQLite format 3\0", "a database"),
];

/// Elements with which an HTML document or a piece of one begins.
const ELEMENTS: [&str; 17] = [
    "html", "head", "body", "title", "meta", "link", "script", "style", "div", "article",
    "section", "main", "p", "h1", "h2", "table", "span",
];

/// The name without `.gz`, its extension in lower case.
fn extension(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty()).then(|| extension.to_owned())
}

/// The kind that the file's name tells, with or without `.gz`.
pub(crate) fn by_name(path: &Path) -> Option<Kind> {
    match extension(path)?.as_str() {
        "txt" => Some(Kind::Text),
        "html" | "htm" | "xhtml" => Some(Kind::Html),
        "jsonl" | "ndjson" => Some(Kind::Lines),
        "json" => Some(Kind::Json),
        _ => None,
    }
}

/// The extension of a text format that is known and not read.
pub(crate) fn unsupported(path: &Path) -> Option<&'static str> {
    let extension = extension(path)?;
    UNSUPPORTED.into_iter().find(|known| *known == extension)
}

/// The kind of a file, by its name and its first bytes. A text file that is openly a page is a page.
pub(crate) fn kind_of(name: Option<&Path>, head: &[u8]) -> Kind {
    let named = name.and_then(by_name);
    match named {
        Some(Kind::Text) if is_page(&start_of(head), &["html"]) => Kind::Html,
        Some(kind) => kind,
        None => sniff(head),
    }
}

/// The kind of bytes without a name.
fn sniff(head: &[u8]) -> Kind {
    let start = start_of(head);
    let mut signs = start.chars().filter(|c| !c.is_whitespace());
    match (signs.next(), signs.next()) {
        (Some('{'), Some('"')) | (Some('['), Some('{')) => Kind::Json,
        (Some('<'), _) if is_page(&start, &ELEMENTS) => Kind::Html,
        _ => Kind::Text,
    }
}

/// Whether the first sign is a square bracket: a JSON array.
pub(crate) fn starts_with_bracket(head: &[u8]) -> bool {
    start_of(head).starts_with('[')
}

/// The first kilobyte in lower case, without byte order mark, NUL (UTF-16) and leading space.
fn start_of(head: &[u8]) -> String {
    let plain: Vec<u8> = head
        .iter()
        .take(1024)
        .copied()
        .filter(|b| !matches!(b, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff))
        .collect();
    String::from_utf8_lossy(&plain).trim_start().to_ascii_lowercase()
}

/// Whether `start` opens with a document type or one of `elements`, behind comments and an XML line.
fn is_page(start: &str, elements: &[&str]) -> bool {
    let mut rest = start;
    loop {
        rest = rest.trim_start();
        let end = match () {
            () if rest.starts_with("<!--") => "-->",
            () if rest.starts_with("<?xml") => "?>",
            () => break,
        };
        let Some((_, behind)) = rest.split_once(end) else {
            return false;
        };
        rest = behind;
    }
    let Some(tag) = rest.strip_prefix('<') else {
        return false;
    };
    tag.starts_with("!doctype html")
        || elements.iter().any(|name| {
            let behind = tag.strip_prefix(name).and_then(|r| r.chars().next());
            behind.is_some_and(|c| c == '>' || c == '/' || c.is_whitespace())
        })
}

/// Refuses bytes that begin as something other than text does.
pub(crate) fn refuse_signature(head: &[u8]) -> Result<(), RefusalReason> {
    let media = head.get(4..8) == Some(b"ftyp".as_slice());
    let known = SIGNATURES.iter().find(|(sign, _)| head.starts_with(sign));
    match known {
        // "BZh", "ID3" and "RIFF" can begin a sentence; what follows in the file cannot.
        Some((sign, looks_like)) if sign.len() > 4 || !sign.is_ascii() || has_controls(head) => {
            Err(RefusalReason::NotText { looks_like })
        }
        None if media => Err(RefusalReason::NotText { looks_like: "a picture or a film" }),
        _ => Ok(()),
    }
}

fn has_controls(head: &[u8]) -> bool {
    head.iter().take(64).any(|b| is_control(*b))
}

/// Whether a byte is a control that text does not have. ESC is text in ISO-2022-JP.
pub(crate) fn is_control(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0b | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)
}

/// Refuses bytes of a single- or multi-byte encoding of which more than one in twenty is a control.
/// Random bytes have one in nine; a text with a few stray controls stays far below.
pub(crate) fn refuse_controls(bytes: &[u8]) -> Result<(), RefusalReason> {
    let sample = bytes.get(..65536).unwrap_or(bytes);
    let controls = sample.iter().filter(|b| is_control(**b)).count();
    let printable = sample.iter().any(|b| !is_control(*b) && !b.is_ascii_whitespace());
    if controls > 0 && (!printable || (controls >= 8 && controls * 20 > sample.len())) {
        return Err(RefusalReason::NotText { looks_like: "bytes without words" });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_kind_with_and_without_gz() {
        assert_eq!(by_name(Path::new("a/B.TXT")), Some(Kind::Text));
        assert_eq!(by_name(Path::new("b.xhtml.gz")), Some(Kind::Html));
        assert_eq!(by_name(Path::new("b.gz")), None);
        assert_eq!(by_name(Path::new(".txt")), None);
        assert_eq!(unsupported(Path::new("x.csv.gz")), Some("csv"));
    }

    #[test]
    fn first_bytes_tell_pages_records_and_prose_apart() {
        let cases: [(&[u8], Kind); 9] = [
            (b"\xef\xbb\xbf <!DOCTYPE html><p>", Kind::Html),
            (b"<?xml version='1.0'?>\n<!-- x -->\n<html xmlns='a'>", Kind::Html),
            (b"<div class='a'>", Kind::Html),
            (b"<politician> said", Kind::Text),
            (b"{\"id\": 1}", Kind::Json),
            (b"[ {\"id\": 1} ]", Kind::Json),
            (b"[Bamako] Three killed", Kind::Text),
            (b"\xff\xfe<\0h\0t\0m\0l\0>\0", Kind::Html),
            (b"", Kind::Text),
        ];
        for (head, kind) in cases {
            assert_eq!(kind_of(None, head), kind, "{}", head.escape_ascii());
        }
        assert_eq!(kind_of(Some(Path::new("a.txt")), b"<p>x"), Kind::Text);
        assert_eq!(kind_of(Some(Path::new("a.txt")), b"<html>x"), Kind::Html);
    }

    #[test]
    fn signatures_do_not_catch_sentences() {
        assert!(refuse_signature(b"ID3 and BZh are formats").is_ok());
        assert!(refuse_signature(b"RIFFraff, said the minister").is_ok());
        assert!(refuse_signature(b"%PDF-1.7\n").is_err());
        assert!(refuse_signature(b"PK\x03\x04\x14\0").is_err());
        assert!(refuse_signature(b"\0\0\0\x20ftypheic").is_err());
    }

    #[test]
    fn a_stray_control_is_text_and_many_are_not() {
        assert!(refuse_controls(b"The gov\0ernor of Mopti said").is_ok());
        assert!(refuse_controls(&[0; 300]).is_err());
        let noise: Vec<u8> = (0..4096_u32).map(|i| (i * 7).to_le_bytes()[0]).collect();
        assert!(refuse_controls(&noise).is_err());
    }
}
