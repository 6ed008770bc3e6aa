//! Character references: `&eacute;`, `&#233;`, `&#xE9;`.
//!
//! Owns their decoding by HTML's own table (`entities.tsv`: name, code points in hexadecimal, whether
//! the semicolon may be missing); refuses to guess at names that HTML does not have.

use std::sync::LazyLock;

/// Longest name in HTML's table, in bytes, and a bound for digits.
const MAX_REFERENCE: usize = 32;

/// One row of the table: name, characters, whether the final semicolon may be missing.
type Row = (&'static str, String, bool);

static TABLE: LazyLock<Vec<Row>> =
    LazyLock::new(|| include_str!("entities.tsv").lines().filter_map(row).collect());

fn row(line: &'static str) -> Option<Row> {
    let mut fields = line.split('\t');
    let (name, codes, bare) = (fields.next()?, fields.next()?, fields.next()?);
    let chars = codes
        .split('+')
        .filter_map(|code| char::from_u32(u32::from_str_radix(code, 16).ok()?))
        .collect();
    Some((name, chars, bare == "1"))
}

/// The characters that the reference at the start of `text` (which starts with `&`) stands for, and
/// its length in bytes; `None` when there is none.
pub(super) fn decode(text: &str) -> Option<(String, usize)> {
    let rest = text.strip_prefix('&')?;
    match rest.strip_prefix('#') {
        Some(digits) => numeric(digits).map(|(c, len)| (c.to_string(), len + 2)),
        None => named(rest).map(|(s, len)| (s.to_owned(), len + 1)),
    }
}

/// The whole of `text` with its references decoded.
pub(crate) fn decode_all(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let (chars, len) = decode(tail).unwrap_or_else(|| ("&".to_owned(), 1));
        out.push_str(&chars);
        rest = tail.get(len..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

fn numeric(digits: &str) -> Option<(char, usize)> {
    let (body, radix, prefix) = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16, 1),
        None => (digits, 10, 0),
    };
    let len =
        body.bytes().take(MAX_REFERENCE).take_while(|b| char::from(*b).is_digit(radix)).count();
    let code = u32::from_str_radix(body.get(..len)?, radix).ok()?;
    let semicolon = usize::from(body.as_bytes().get(len) == Some(&b';'));
    Some((windows_1252(code), prefix + len + semicolon))
}

/// Numbers 128 to 159 mean Windows-1252's characters on the web; impossible numbers become U+FFFD.
fn windows_1252(code: u32) -> char {
    const HIGH: [u32; 32] = [
        0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8d, 0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013,
        0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
    ];
    let mapped = code.checked_sub(0x80).and_then(|i| HIGH.get(i as usize)).copied();
    match mapped.unwrap_or(code) {
        0 => char::REPLACEMENT_CHARACTER,
        code => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

fn named(rest: &str) -> Option<(&'static str, usize)> {
    let len = rest.bytes().take(MAX_REFERENCE).take_while(u8::is_ascii_alphanumeric).count();
    if rest.as_bytes().get(len) == Some(&b';') {
        return find(rest.get(..len)?).map(|(_, chars, _)| (chars.as_str(), len + 1));
    }
    (2..=len).rev().find_map(|n| {
        let (_, chars, bare) = find(rest.get(..n)?)?;
        bare.then_some((chars.as_str(), n))
    })
}

fn find(name: &str) -> Option<&'static Row> {
    let at = TABLE.binary_search_by(|row| row.0.cmp(name)).ok()?;
    TABLE.get(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_of_every_form_are_read() {
        assert_eq!(
            decode_all("caf&eacute; &#8217; &#x2019; &amp;amp; &copy 2020"),
            "café ’ ’ &amp; © 2020"
        );
        assert_eq!(decode_all("&#146;s &#0; &#99999999;"), "’s \u{fffd} \u{fffd}");
    }

    #[test]
    fn what_is_no_reference_stays() {
        assert_eq!(decode_all("AT&T & co &nosuchname; &"), "AT&T & co &nosuchname; &");
    }

    #[test]
    fn the_table_is_sorted_and_whole() {
        assert!(TABLE.len() > 2000);
        assert!(TABLE.windows(2).all(|w| w[0].0 < w[1].0));
    }
}
