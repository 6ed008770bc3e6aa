//! Bytes to characters: which encoding, the text, and the map back to the bytes.
//!
//! Owns the choice of the encoding and the doubt about it; refuses to mend what was already wrong
//! when it came (mojibake is reported by `hygiene`, never repaired).

pub(crate) mod map;
mod meta;

use averment_types::{SourceMap, TextRange};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, REPLACEMENT, UTF_8, UTF_16BE, UTF_16LE};

use map::{push_exact, push_whole};
pub(crate) use meta::declared;

/// Bytes on which the guess of an encoding rests.
const GUESS_BYTES: usize = 1 << 20;

/// A decoded document.
pub(crate) struct Decoded {
    pub(crate) text: String,
    /// From offsets in `text` to offsets in the bytes.
    pub(crate) map: SourceMap,
    pub(crate) encoding: &'static Encoding,
    /// Whether the encoding was guessed, contradicts what was declared, or did not fit all bytes.
    pub(crate) doubtful: bool,
}

/// Decodes `bytes`; `declared` is what the document says of itself.
///
/// In this order: a byte order mark; UTF-16 without one, by its pattern; UTF-8 where all bytes are
/// valid; what is declared; UTF-8 with a few bytes replaced; the guess of a detector.
pub(crate) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> Decoded {
    let (encoding, skip, guessed) = choose(bytes, declared);
    let mut out = Builder {
        text: String::with_capacity(bytes.len()),
        map: SourceMap::new(),
        replaced: false,
    };
    let body = bytes.get(skip..).unwrap_or_default();
    if encoding == UTF_8 {
        out.utf8(body, skip);
    } else if encoding == UTF_16LE || encoding == UTF_16BE {
        out.utf16(body, skip, encoding == UTF_16LE);
    } else if encoding.is_single_byte() {
        out.runs(encoding, body, skip);
    } else {
        out.lines(encoding, body, skip);
    }
    Decoded { text: out.text, map: out.map, encoding, doubtful: guessed || out.replaced }
}

/// The encoding, the length of a byte order mark, and whether the choice is in doubt.
fn choose(bytes: &[u8], declared: Option<&'static Encoding>) -> (&'static Encoding, usize, bool) {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return (encoding, skip, false);
    }
    if let Some(encoding) = utf16_by_pattern(bytes) {
        // RFC 4627: the NUL beside the first brace tells how JSON is written.
        let json = matches!(bytes, [b'{', 0, ..] | [0, b'{', ..]);
        return (encoding, 0, !json);
    }
    // A page that can be read as bytes to find its declaration is not in UTF-16, whatever it says.
    let declared = declared.filter(|e| *e != REPLACEMENT).map(Encoding::output_encoding);
    if declared == Some(ISO_2022_JP) && bytes.contains(&0x1b) {
        return (ISO_2022_JP, 0, false);
    }
    if std::str::from_utf8(bytes).is_ok() {
        let other = declared.is_some_and(|e| e != UTF_8) && !bytes.is_ascii();
        return (UTF_8, 0, other);
    }
    match declared {
        Some(encoding) if encoding != UTF_8 => (encoding, 0, false),
        _ if mostly_utf8(bytes) => (UTF_8, 0, true),
        _ => (guess(bytes), 0, true),
    }
}

/// UTF-16, by its byte order mark or by its pattern.
pub(crate) fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match Encoding::for_bom(bytes) {
        Some((encoding, _)) => (encoding != UTF_8).then_some(encoding),
        None => utf16_by_pattern(bytes),
    }
}

/// UTF-16 without a byte order mark: at least one in twenty units is an ASCII letter, digit, sign or
/// space in one byte order, and hardly any in the other. Bytes that are text in another encoding have
/// no such units, as these hold a NUL.
fn utf16_by_pattern(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = bytes.get(..8192).unwrap_or(bytes);
    let is_text = |b: u8| matches!(b, b'\t' | b'\n' | b'\r' | b' '..=b'~');
    let (mut units, mut little, mut big) = (0, 0, 0);
    for pair in sample.chunks_exact(2) {
        units += 1;
        match *pair {
            [low, 0] if is_text(low) => little += 1,
            [0, low] if is_text(low) => big += 1,
            _ => {}
        }
    }
    let wins = |a: usize, b: usize| a >= 2 && a * 20 >= units && b * 8 <= a;
    let found = match () {
        () if wins(little, big) => UTF_16LE,
        () if wins(big, little) => UTF_16BE,
        () => return None,
    };
    let even = sample.get(..sample.len() & !1).unwrap_or_default();
    let broken = char::decode_utf16(units_of(even, found == UTF_16LE)).filter(Result::is_err);
    // A cut sample may split one pair.
    (broken.count() <= 1).then_some(found)
}

fn units_of(bytes: &[u8], little: bool) -> impl Iterator<Item = u16> + '_ {
    bytes.chunks_exact(2).map(move |pair| match *pair {
        [a, b] if little => u16::from_le_bytes([a, b]),
        [a, b] => u16::from_be_bytes([a, b]),
        _ => 0xfffd,
    })
}

/// Whether bytes that are not valid UTF-8 hold more valid sequences of it than breaks.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes.get(..GUESS_BYTES).unwrap_or(bytes), true);
    detector.guess(None, Utf8Detection::Deny)
}

/// A text and its map in the making.
struct Builder {
    text: String,
    map: SourceMap,
    replaced: bool,
}

impl Builder {
    fn exact(&mut self, part: &str, source: usize) {
        push_exact(&mut self.map, self.text.len(), source, part.len());
        self.text.push_str(part);
    }

    fn whole(&mut self, part: &str, source: usize, len: usize) {
        let start = self.text.len();
        self.text.push_str(part);
        if let (Ok(text), Ok(source)) =
            (TextRange::new(start, self.text.len()), TextRange::new(source, source + len))
        {
            push_whole(&mut self.map, text, source);
        }
    }

    fn utf8(&mut self, bytes: &[u8], mut at: usize) {
        for chunk in bytes.utf8_chunks() {
            self.exact(chunk.valid(), at);
            at += chunk.valid().len();
            let invalid = chunk.invalid().len();
            if invalid > 0 {
                self.replaced = true;
                self.whole("\u{fffd}", at, invalid);
                at += invalid;
            }
        }
    }

    /// UTF-16, a segment for each run of characters of one size, at the longest a word.
    fn utf16(&mut self, bytes: &[u8], mut at: usize, little: bool) {
        let mut run = String::new();
        let mut size = (0, 0);
        let mut source = 0;
        for unit in char::decode_utf16(units_of(bytes, little)) {
            self.replaced |= unit.is_err();
            let c = unit.unwrap_or(char::REPLACEMENT_CHARACTER);
            let next = (c.len_utf8(), c.len_utf16() * 2);
            if next != size || matches!(c, '\n' | ' ') {
                self.whole(&run, at, source);
                at += source;
                run.clear();
                source = 0;
                size = next;
            }
            run.push(c);
            source += next.1;
        }
        self.whole(&run, at, source);
        if bytes.len() % 2 == 1 {
            self.replaced = true;
            self.whole("\u{fffd}", at + source, 1);
        }
    }

    /// An encoding of one byte a character: ASCII runs exactly, the others each as a whole.
    fn runs(&mut self, encoding: &'static Encoding, bytes: &[u8], mut at: usize) {
        for run in bytes.chunk_by(|a, b| a.is_ascii() == b.is_ascii()) {
            match std::str::from_utf8(run) {
                Ok(ascii) => self.exact(ascii, at),
                Err(_) => self.foreign(encoding, run, at),
            }
            at += run.len();
        }
    }

    /// Any other encoding: ASCII lines exactly, the others each as a whole.
    fn lines(&mut self, encoding: &'static Encoding, bytes: &[u8], mut at: usize) {
        for line in bytes.split_inclusive(|b| *b == b'\n') {
            match std::str::from_utf8(line) {
                Ok(ascii) if line.is_ascii() && !line.contains(&0x1b) => self.exact(ascii, at),
                _ => self.foreign(encoding, line, at),
            }
            at += line.len();
        }
    }

    fn foreign(&mut self, encoding: &'static Encoding, bytes: &[u8], at: usize) {
        let (text, replaced) = encoding.decode_without_bom_handling(bytes);
        self.replaced |= replaced;
        self.whole(&text, at, bytes.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quote(decoded: &Decoded, bytes: &[u8], words: &str) -> Vec<u8> {
        let at = decoded.text.find(words).unwrap();
        let range = TextRange::new(at, at + words.len()).unwrap();
        let source = decoded.map.to_source(range).unwrap();
        bytes[source.start()..source.end()].to_vec()
    }

    #[test]
    fn marks_patterns_declarations_and_guesses() {
        let le: Vec<u8> =
            "In Kiew sagte er: нет".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let cases: [(&[u8], Option<&'static Encoding>, &str, bool); 7] = [
            (b"\xef\xbb\xbfMopti", None, "utf-8", false),
            (b"\xff\xfeM\0", None, "utf-16le", false),
            (&le, None, "utf-16le", true),
            ("été".as_bytes(), None, "utf-8", false),
            ("été".as_bytes(), Some(encoding_rs::WINDOWS_1252), "utf-8", true),
            (b"\xe9t\xe9", Some(encoding_rs::WINDOWS_1252), "windows-1252", false),
            (b"Le g\xe9n\xe9ral a \xe9t\xe9 tu\xe9", None, "windows-1252", true),
        ];
        for (bytes, declared, name, doubtful) in cases {
            let decoded = decode(bytes, declared);
            let found = decoded.encoding.name().to_ascii_lowercase();
            assert_eq!((found.as_str(), decoded.doubtful), (name, doubtful));
        }
    }

    #[test]
    fn one_bad_byte_does_not_change_the_encoding() {
        let bytes = "Près de Mopti, à Sévaré\n".repeat(3).into_bytes();
        let mut bad = bytes;
        bad.insert(10, 0xff);
        let decoded = decode(&bad, None);
        assert_eq!((decoded.encoding, decoded.doubtful), (UTF_8, true));
        assert_eq!(quote(&decoded, &bad, "à Sévaré"), "à Sévaré".as_bytes());
        assert_eq!(quote(&decoded, &bad, "\u{fffd}"), [0xff]);
    }

    #[test]
    fn quotes_lead_back_in_other_encodings() {
        let bytes = b"Le g\xe9n\xe9ral Tour\xe9 est mort";
        let decoded = decode(bytes, Some(encoding_rs::WINDOWS_1252));
        assert_eq!(quote(&decoded, bytes, "Touré"), b"Tour\xe9");
        let (bytes, _, _) = encoding_rs::GBK.encode("军方\nArmy\n四人死亡");
        let decoded = decode(&bytes, Some(encoding_rs::GBK));
        assert_eq!(quote(&decoded, &bytes, "Army"), b"Army");
        assert_eq!(quote(&decoded, &bytes, "死亡").len(), 8);
    }

    proptest! {
        #[test]
        fn decoding_never_panics_and_maps_within_bounds(
            bytes in proptest::collection::vec(any::<u8>(), 0..300),
            which in 0..6_usize,
        ) {
            let encodings = [UTF_8, UTF_16LE, UTF_16BE, encoding_rs::GBK, ISO_2022_JP, encoding_rs::WINDOWS_1252];
            let decoded = decode(&bytes, encodings.get(which).copied());
            let mut last = 0;
            for segment in decoded.map.segments() {
                prop_assert!(segment.text.start() >= last);
                prop_assert!(segment.source.end() <= bytes.len());
                last = segment.text.end();
            }
            prop_assert!(last <= decoded.text.len());
        }

        #[test]
        fn utf_8_maps_byte_for_byte(text in "\\PC{1,80}") {
            let decoded = decode(text.as_bytes(), None);
            if decoded.encoding == UTF_8 && !text.starts_with('\u{feff}') {
                let whole = TextRange::whole(&text).unwrap();
                prop_assert_eq!(&decoded.text, &text);
                prop_assert_eq!(decoded.map.to_source(whole), Some(whole));
            }
        }
    }
}
