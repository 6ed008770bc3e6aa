//! What is odd about a text's characters: mojibake, controls, invisible characters.
//!
//! Owns the detection; refuses to change a single character, so that quotes stay exact.

use averment_types::{Warning, WarningCode};

/// The warnings that `text` deserves.
pub(crate) fn warnings(text: &str) -> Vec<Warning> {
    let mut found = Vec::new();
    let mut warn = |code, message: String| found.push(Warning { code, message });
    let controls = text.bytes().any(|b| b < b' ' || b == 0x7f) || !text.is_ascii();
    let count = if controls { count_controls(text) } else { 0 };
    if count > 0 {
        warn(
            WarningCode::ControlCharacters,
            format!("the text holds {count} control characters, kept as they are"),
        );
    }
    if text.is_ascii() {
        return found;
    }
    let invisible = count_invisible(text);
    if invisible > 0 {
        warn(
            WarningCode::InvisibleCharacters,
            format!("the text holds {invisible} invisible or direction-changing characters"),
        );
    }
    let (mangled, certain) = count_mojibake(text);
    if mangled >= 2 || certain {
        warn(
            WarningCode::Mojibake,
            format!("{mangled} places look like UTF-8 that was read with another charset"),
        );
    }
    let lost = text.matches('\u{fffd}').count();
    if lost > 0 {
        warn(
            WarningCode::EncodingDoubtful,
            format!("{lost} characters are lost and stand as U+FFFD"),
        );
    }
    found
}

fn count_controls(text: &str) -> usize {
    let control = |c: &char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    text.chars().filter(control).count()
}

/// Bidirectional controls and zero-width characters. The joiners are spelling in many scripts and in
/// emoji, and count only next to ASCII.
fn count_invisible(text: &str) -> usize {
    let mut count = 0;
    let mut before = ' ';
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let joiner = matches!(c, '\u{200c}' | '\u{200d}');
        let after = chars.peek().copied().unwrap_or(' ');
        let spelling = joiner && !before.is_ascii() && !after.is_ascii();
        let invisible = matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
        count += usize::from(invisible && !spelling);
        before = c;
    }
    count
}

/// Sequences of characters whose windows-1252 bytes are one UTF-8 character, and whether one of them
/// alone proves it: three bytes long, or led by the signs that no language writes so.
fn count_mojibake(text: &str) -> (usize, bool) {
    let (mut count, mut certain) = (0, false);
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let more = match c {
            '\u{c2}'..='\u{df}' => 1,
            '\u{e0}'..='\u{ef}' => 2,
            '\u{f0}'..='\u{f4}' => 3,
            _ => continue,
        };
        let mut ahead = chars.clone();
        let follow = ahead.by_ref().take(more).map_while(trail_byte).count();
        if follow == more {
            count += 1;
            certain |= more > 1 || c == 'Ã';
            chars = ahead;
        }
    }
    (count, certain)
}

/// The byte 0x80 to 0xBF that windows-1252 or ISO 8859-1 shows as `c`.
fn trail_byte(c: char) -> Option<u8> {
    if let '\u{80}'..='\u{bf}' = c {
        return u8::try_from(c).ok();
    }
    if c.is_ascii() {
        return None;
    }
    let mut buffer = [0; 4];
    let (bytes, _, failed) = encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    match *bytes {
        [byte @ 0x80..=0xbf] if !failed => Some(byte),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<WarningCode> {
        warnings(text).into_iter().map(|w| w.code).collect()
    }

    #[test]
    fn text_read_with_the_wrong_charset_is_noticed() {
        for right in ["Sévaré", "the army’s “base”", "قتل أربعة", "четыре"] {
            let (wrong, _, _) = encoding_rs::WINDOWS_1252.decode(right.as_bytes());
            assert!(codes(&wrong).contains(&WarningCode::Mojibake), "{wrong}");
            assert_eq!(codes(right), [], "{right}");
        }
    }

    #[test]
    fn ordinary_accents_are_no_mojibake() {
        for text in ["«À la Une», dit-il: «ÇA VA»", "Ângela São João à Évora", "naïve—façade"]
        {
            assert_eq!(codes(text), [], "{text}");
        }
    }

    #[test]
    fn controls_and_invisible_characters_are_counted() {
        assert_eq!(codes("a\0b\tc\r\n"), [WarningCode::ControlCharacters]);
        assert_eq!(codes("a\u{202e}b"), [WarningCode::InvisibleCharacters]);
        assert_eq!(codes("kil\u{200d}led"), [WarningCode::InvisibleCharacters]);
        assert_eq!(codes("👩\u{200d}👧 می\u{200c}شود"), []);
    }
}
