//! Rust source with its comments, strings and test code blanked out, line for line, so that the other
//! checks look at code alone. A reader of tokens, not of grammar: that is enough to tell them apart.

/// Three views of one source, all with the same lines.
pub(crate) struct Masked {
    /// Without comments.
    pub(crate) uncommented: String,
    /// Without comments and test code; strings kept.
    pub(crate) shipped: String,
    /// Without comments, test code and what stands in strings.
    pub(crate) code: String,
}

impl Masked {
    pub(crate) fn of(source: &str) -> Self {
        let kinds = kinds(source);
        let uncommented = blank(source, |at| kinds.get(at) == Some(&Kind::Comment));
        let bare = blank(source, |at| kinds.get(at) != Some(&Kind::Code));
        let tests = test_spans(&bare);
        let in_test = |at: usize| tests.iter().any(|&(start, end)| start <= at && at < end);
        Self { shipped: blank(&uncommented, in_test), code: blank(&bare, in_test), uncommented }
    }
}

/// What a byte belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Code,
    Comment,
    Text,
}

/// `source` with the bytes that `out` names turned to blanks; line breaks stay.
fn blank(source: &str, out: impl Fn(usize) -> bool) -> String {
    let bytes = source.bytes().enumerate();
    let kept = bytes.map(|(at, byte)| if byte != b'\n' && out(at) { b' ' } else { byte });
    String::from_utf8_lossy(&kept.collect::<Vec<_>>()).into_owned()
}

/// The kind of each byte.
fn kinds(source: &str) -> Vec<Kind> {
    let mut kinds = Vec::with_capacity(source.len());
    let mut rest = source;
    let mut word_before = false;
    while let Some(first) = rest.chars().next() {
        let (kind, length) = token(rest, word_before).unwrap_or((Kind::Code, first.len_utf8()));
        kinds.resize(kinds.len() + length, kind);
        word_before = kind == Kind::Code && (first.is_alphanumeric() || first == '_');
        rest = rest.get(length..).unwrap_or_default();
    }
    kinds
}

/// The comment, string or character at the beginning of `rest`, with its length in bytes.
fn token(rest: &str, word_before: bool) -> Option<(Kind, usize)> {
    if rest.starts_with("//") {
        return Some((Kind::Comment, rest.find('\n').unwrap_or(rest.len())));
    }
    if rest.starts_with("/*") {
        return Some((Kind::Comment, block_comment(rest)));
    }
    if rest.starts_with('"') {
        return Some((Kind::Text, string(rest)));
    }
    if rest.starts_with('\'') {
        return character(rest).map(|length| (Kind::Text, length));
    }
    let raw = rest.strip_prefix('b').unwrap_or(rest).strip_prefix('r')?;
    if word_before {
        return None;
    }
    raw_string(raw).map(|length| (Kind::Text, rest.len() - raw.len() + length))
}

fn block_comment(rest: &str) -> usize {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(here) = rest.get(at..).filter(|here| !here.is_empty()) {
        let step = if here.starts_with("/*") {
            depth += 1;
            2
        } else if here.starts_with("*/") {
            depth -= 1;
            2
        } else {
            here.chars().next().map_or(1, char::len_utf8)
        };
        at += step;
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn string(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// A character literal; `None` for a lifetime.
fn character(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().skip(1);
    let (_, first) = chars.next()?;
    if first == '\\' {
        let end = rest.get(3..)?.find('\'')?;
        return Some(3 + end + 1);
    }
    let (at, second) = chars.next()?;
    (second == '\'').then_some(at + 1)
}

/// A raw string from its `#`s or quotation mark on; `None` for a raw identifier or a plain word.
fn raw_string(rest: &str) -> Option<usize> {
    let hashes = rest.bytes().take_while(|b| *b == b'#').count();
    let body = rest.get(hashes..)?.strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes));
    let end = body.find(&close).unwrap_or(body.len());
    Some((hashes + 1 + end + close.len()).min(rest.len()))
}

/// The items behind `#[cfg(test)]` and `#[test]`, attribute included, as byte spans of code whose
/// comments and strings are blank.
fn test_spans(bare: &str) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for mark in ["#[cfg(test)]", "#[test]", "#![cfg(test)]"] {
        for (start, _) in bare.match_indices(mark) {
            let end = if mark.starts_with("#!") {
                bare.len()
            } else {
                start + item_length(bare.get(start..).unwrap_or_default())
            };
            spans.push((start, end));
        }
    }
    spans
}

/// The length of the item at the beginning of `rest`: up to its closing brace, or its semicolon.
fn item_length(rest: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth <= 1 => return at + 1,
            '}' => depth -= 1,
            ';' if depth == 0 => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_strings_go_and_lines_stay() {
        let source = "a // std::fs\n/* b /* c */ d */ e\nlet s = \"f \\\" // g\"; h";
        let masked = Masked::of(source);
        assert_eq!(masked.code.lines().count(), 3);
        let words: Vec<&str> = masked.code.split_whitespace().collect();
        assert_eq!(words, ["a", "e", "let", "s", "=", ";", "h"]);
        assert!(masked.uncommented.contains("// g"));
        assert!(!masked.uncommented.contains("std::fs"));
    }

    #[test]
    fn lifetimes_characters_and_raw_strings_are_told_apart() {
        let source = "fn f<'a>(x: &'a str) { let q = '\"'; let b = b'\\''; let r = r#\"in \" x\"#; for_r(\"y\") }";
        let code = Masked::of(source).code;
        assert!(code.contains("fn f<'a>(x: &'a str)"), "{code}");
        assert!(!code.contains("in"), "{code}");
        assert!(code.contains("for_r("), "{code}");
        assert!(code.ends_with('}'), "{code}");
    }

    #[test]
    fn test_code_is_not_shipped() {
        let source = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() { c::<{ 1 }>(); }\n}\nfn d() {}\n#[cfg(test)]\nuse x;\nfn e() {}";
        let code = Masked::of(source).code;
        let words: Vec<&str> = code.split_whitespace().collect();
        assert_eq!(words.join(" "), "fn a() {} fn d() {} fn e() {}");
    }

    #[test]
    fn unfinished_source_does_not_end_the_check() {
        for source in ["\"open", "/* open", "r#\"open", "'", "'\\", "#[cfg(test)] mod x {", "é'é'é"]
        {
            assert_eq!(Masked::of(source).code.lines().count(), 1, "{source}");
        }
    }
}
