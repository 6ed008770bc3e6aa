//! The linear scan of HTML source into tags and text.
//!
//! Owns tokens with their byte offsets; refuses trees, entities and meaning. Every byte is looked at a
//! bounded number of times, whatever the input.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::{memchr, memmem};

/// Element names that the reader knows, in byte order. All others are `other`.
static KNOWN: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("elements.txt").lines().collect());

/// Elements whose content is not markup.
const RAW: &[&str] =
    &["iframe", "noembed", "noframes", "noscript", "script", "style", "textarea", "title", "xmp"];

/// A piece of HTML source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// Text between tags, references not decoded.
    Text(Range<usize>),
    /// A start tag: lower-case name, the source of its attributes.
    Open(&'static str, &'a str),
    /// An end tag.
    Close(&'static str),
    /// The content of an element that holds no markup, its end tag included: name, attributes, content.
    Raw(&'static str, &'a str, Range<usize>),
}

/// The tokens of an HTML source, in order.
pub(super) struct Scan<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    pub(super) const fn new(html: &'a str) -> Self {
        Self { html, at: 0 }
    }

    fn rest(&self) -> &'a str {
        self.html.get(self.at..).unwrap_or_default()
    }

    /// Text up to the next `<` that can start a tag.
    fn text(&mut self) -> Token<'a> {
        let start = self.at;
        let bytes = self.html.as_bytes();
        let mut from = start + 1;
        let end = loop {
            let found = bytes.get(from..).and_then(|rest| memchr(b'<', rest));
            match found.map(|i| from + i) {
                None => break bytes.len(),
                Some(i) if starts_markup(bytes.get(i + 1)) => break i,
                Some(i) => from = i + 1,
            }
        };
        self.at = end;
        Token::Text(start..end)
    }

    /// Skips a comment, doctype, processing instruction or CDATA section.
    fn skip_declaration(&mut self) {
        let rest = self.rest();
        let end = if rest.starts_with("<!-->") {
            Some(5)
        } else if rest.starts_with("<!--") {
            find(rest, 4, "-->").map(|i| i + 3)
        } else if rest.starts_with("<![CDATA[") {
            find(rest, 9, "]]>").map(|i| i + 3)
        } else {
            find(rest, 0, ">").map(|i| i + 1)
        };
        self.at += end.unwrap_or(rest.len());
    }

    fn tag(&mut self, closing: bool) -> Option<Token<'a>> {
        let rest = self.rest();
        let name_at = 1 + usize::from(closing);
        let body = rest.get(name_at..)?;
        let name_len = body
            .bytes()
            .position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
            .unwrap_or(body.len());
        let name = intern(body.get(..name_len)?);
        let attrs_at = name_at + name_len;
        let attrs_len = attributes_len(rest.get(attrs_at..)?);
        let attrs = rest.get(attrs_at..attrs_at + attrs_len)?;
        self.at += attrs_at + attrs_len + 1;
        self.at = self.at.min(self.html.len());
        if closing {
            return Some(Token::Close(name));
        }
        if RAW.contains(&name) && !attrs.ends_with('/') {
            return Some(self.raw(name, attrs));
        }
        Some(Token::Open(name, attrs))
    }

    /// The content up to the matching end tag, or to the end of the source.
    fn raw(&mut self, name: &'static str, attrs: &'a str) -> Token<'a> {
        let start = self.at;
        let bytes = self.html.as_bytes();
        let mut from = start;
        let (end, next) = loop {
            let rest = bytes.get(from..).unwrap_or_default();
            let Some(i) = memmem::find(rest, b"</").map(|i| from + i) else {
                break (bytes.len(), bytes.len());
            };
            let after = i + 2 + name.len();
            let same =
                bytes.get(i + 2..after).is_some_and(|n| n.eq_ignore_ascii_case(name.as_bytes()));
            if same && !bytes.get(after).is_some_and(u8::is_ascii_alphanumeric) {
                let close = memchr(b'>', bytes.get(after..).unwrap_or_default());
                break (i, close.map_or(bytes.len(), |c| after + c + 1));
            }
            from = i + 2;
        };
        self.at = next;
        Token::Raw(name, attrs, start..end)
    }
}

impl<'a> Iterator for Scan<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest().as_bytes();
            match (rest.first()?, rest.get(1)) {
                (b'<', Some(b'!' | b'?')) => self.skip_declaration(),
                (b'<', Some(b'/')) => match rest.get(2) {
                    Some(c) if c.is_ascii_alphabetic() => return self.tag(true),
                    _ => self.skip_declaration(),
                },
                (b'<', Some(c)) if c.is_ascii_alphabetic() => return self.tag(false),
                _ => return Some(self.text()),
            }
        }
    }
}

fn starts_markup(next: Option<&u8>) -> bool {
    next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, b'/' | b'!' | b'?'))
}

fn find(text: &str, from: usize, needle: &str) -> Option<usize> {
    let tail = text.as_bytes().get(from..)?;
    memmem::find(tail, needle.as_bytes()).map(|i| from + i)
}

/// Length of the attributes, up to the `>` that ends the tag; quotes may hold `>`.
fn attributes_len(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    let mut after_equals = false;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'>' => return at,
            b'"' | b'\'' if after_equals => {
                let rest = bytes.get(at + 1..).unwrap_or_default();
                at += memchr(byte, rest).map_or(rest.len(), |i| i + 1);
                after_equals = false;
            }
            b'=' => after_equals = true,
            b if b.is_ascii_whitespace() => {}
            _ => after_equals = false,
        }
        at += 1;
    }
    bytes.len()
}

/// The known name equal to `name` without regard to case, or `other`.
fn intern(name: &str) -> &'static str {
    let lower = |b: &u8| b.to_ascii_lowercase();
    let found =
        KNOWN.binary_search_by(|known| known.bytes().cmp(name.as_bytes().iter().map(lower)));
    found.ok().and_then(|i| KNOWN.get(i)).copied().unwrap_or("other")
}

/// The value of an attribute in the source of a tag's attributes, references not decoded; an
/// attribute without a value has the empty one.
pub(super) fn attribute<'a>(attrs: &'a str, wanted: &str) -> Option<&'a str> {
    let mut rest = attrs;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let name_len = rest
            .bytes()
            .skip(1)
            .position(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'/'))
            .map_or(rest.len(), |i| i + 1);
        let (name, tail) = rest.split_at_checked(name_len)?;
        let (value, next) = attribute_value(tail);
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = next;
    }
}

/// The value behind an attribute's name, and what follows it.
fn attribute_value(tail: &str) -> (&str, &str) {
    let Some(value) = tail.trim_ascii_start().strip_prefix('=') else {
        return ("", tail);
    };
    let value = value.trim_ascii_start();
    for quote in ['"', '\''] {
        if let Some(inner) = value.strip_prefix(quote) {
            return inner.split_once(quote).unwrap_or((inner, ""));
        }
    }
    let end = value.bytes().position(|b| b.is_ascii_whitespace()).unwrap_or(value.len());
    value.split_at_checked(end).unwrap_or((value, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_names_are_sorted() {
        assert!(KNOWN.windows(2).all(|w| w[0] < w[1]));
        assert_eq!(intern("DIV"), "div");
        assert_eq!(intern("x-card"), "other");
    }

    #[test]
    fn tags_text_and_raw_content_are_told_apart() {
        let html = "<p class='a>b'>1 < 2<!-- x --><SCRIPT>if (a</b) {}</Script >z</p>";
        let tokens: Vec<Token<'_>> = Scan::new(html).collect();
        assert_eq!(tokens.len(), 5);
        let text = |token: &Token<'_>| match token {
            Token::Text(range) | Token::Raw(_, _, range) => html.get(range.clone()),
            Token::Open(..) | Token::Close(_) => None,
        };
        assert_eq!(tokens[0], Token::Open("p", " class='a>b'"));
        assert_eq!(text(&tokens[1]), Some("1 < 2"));
        assert!(matches!(tokens[2], Token::Raw("script", "", _)));
        assert_eq!(text(&tokens[2]), Some("if (a</b) {}"));
        assert_eq!(text(&tokens[3]), Some("z"));
        assert_eq!(tokens[4], Token::Close("p"));
    }

    #[test]
    fn attributes_are_found_in_every_spelling() {
        let attrs = " data-x=1 CLASS = \"a b\" hidden id='c'/";
        assert_eq!(attribute(attrs, "class"), Some("a b"));
        assert_eq!(attribute(attrs, "hidden"), Some(""));
        assert_eq!(attribute(attrs, "id"), Some("c"));
        assert_eq!(attribute(attrs, "x"), None);
    }

    #[test]
    fn unclosed_things_end_with_the_source() {
        for html in ["<!-- a", "<script>x", "<p class=\"x", "<", "</", "a<"] {
            assert!(Scan::new(html).count() <= 1, "{html}");
        }
    }
}
