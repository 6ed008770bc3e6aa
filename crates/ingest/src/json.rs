//! JSON strings with a map from their characters to their spelling.
//!
//! Owns the reading of escapes; refuses syntax, which `serde_json` has checked before.

use averment_types::{SourceMap, TextRange};

use crate::decode::map::{push_exact, push_whole};

/// A JSON string that was read.
pub(crate) struct Unescaped {
    pub(crate) text: String,
    /// From offsets in `text` to offsets in the line.
    pub(crate) map: SourceMap,
    /// Whether half a surrogate pair was replaced.
    pub(crate) replaced: bool,
}

/// The characters of the string literal `raw`, quotes included, that stands at `at` in its line.
pub(crate) fn unescape(raw: &str, at: usize) -> Unescaped {
    let inner = raw.strip_prefix('"').unwrap_or(raw);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    let mut out = Unescaped {
        text: String::with_capacity(inner.len()),
        map: SourceMap::new(),
        replaced: false,
    };
    let mut rest = inner;
    let mut source = at + 1;
    while let Some((plain, behind)) = rest.split_once('\\') {
        push_exact(&mut out.map, out.text.len(), source, plain.len());
        out.text.push_str(plain);
        source += plain.len();
        let (c, used) = escape(behind);
        out.replaced |= c == char::REPLACEMENT_CHARACTER;
        let start = out.text.len();
        out.text.push(c);
        if let (Ok(text), Ok(range)) =
            (TextRange::new(start, out.text.len()), TextRange::new(source, source + 1 + used))
        {
            push_whole(&mut out.map, text, range);
        }
        source += 1 + used;
        rest = behind.get(used..).unwrap_or_default();
    }
    push_exact(&mut out.map, out.text.len(), source, rest.len());
    out.text.push_str(rest);
    out
}

/// The character that the escape means, and the bytes it takes behind the backslash.
fn escape(behind: &str) -> (char, usize) {
    let Some(sign) = behind.chars().next() else {
        return (char::REPLACEMENT_CHARACTER, 0);
    };
    match sign {
        'n' => ('\n', 1),
        'r' => ('\r', 1),
        't' => ('\t', 1),
        'b' => ('\u{8}', 1),
        'f' => ('\u{c}', 1),
        'u' => unicode(behind),
        other => (other, other.len_utf8()),
    }
}

/// `uXXXX`, or two of them for a character outside the basic plane.
fn unicode(behind: &str) -> (char, usize) {
    let unit = |from: usize| {
        let digits = behind.get(from..from + 4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let Some(first) = unit(1) else {
        return (char::REPLACEMENT_CHARACTER, 1);
    };
    let second = match behind.get(5..7) {
        Some("\\u") => unit(7),
        _ => None,
    };
    let one = char::from_u32(u32::from(first));
    let pair = || {
        let units = [first, second?];
        char::decode_utf16(units).next()?.ok()
    };
    match (one, pair()) {
        (Some(c), _) => (c, 5),
        (None, Some(c)) => (c, 11),
        (None, None) => (char::REPLACEMENT_CHARACTER, 5),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn escapes_lead_back_to_their_spelling() {
        let line = r#"{"text":"a\n\"b\" \u00e9\ud83d\ude00 \ud83dx"}"#;
        let at = 8;
        let out = unescape(line.get(at..line.len() - 1).unwrap(), at);
        assert_eq!(out.text, "a\n\"b\" é😀 \u{fffd}x");
        assert!(out.replaced);
        let source = |words: &str| {
            let start = out.text.find(words).unwrap();
            let range = TextRange::new(start, start + words.len()).unwrap();
            out.map.to_source(range).unwrap().slice(line).unwrap()
        };
        assert_eq!(source("b\""), "b\\\"");
        assert_eq!(source("é"), "\\u00e9");
        assert_eq!(source("😀"), "\\ud83d\\ude00");
        assert_eq!(source("x"), "x");
    }

    proptest! {
        #[test]
        fn reads_what_serde_json_writes(text in any::<String>()) {
            let raw = serde_json::to_string(&text).unwrap();
            let out = unescape(&raw, 0);
            prop_assert_eq!(out.text, text);
        }

        #[test]
        fn never_panics(raw in "\"[\\\\u0-9a-fdD\"é]{0,40}\"") {
            let out = unescape(&raw, 3);
            prop_assert!(out.map.segments().iter().all(|s| s.source.end() <= raw.len() + 3));
        }
    }
}
