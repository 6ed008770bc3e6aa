//! The encoding that a page declares in its head.
//!
//! Owns the search for `charset` in `meta` elements and in an XML declaration; refuses to parse HTML.

use encoding_rs::Encoding;
use memchr::memmem;

/// Bytes in which a declaration is sought. The standard says 1024; real pages put comments and
/// scripts before it.
const HEAD_BYTES: usize = 4096;

/// The encoding that the first bytes of a page declare.
pub(crate) fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes).to_ascii_lowercase();
    let meta = memmem::find_iter(&head, b"<meta").find_map(|at| {
        let element = until(head.get(at..)?, b'>');
        label_behind(element, b"charset")
    });
    let xml = || {
        let element = head.trim_ascii_start();
        let is_xml = element.starts_with(b"<?xml");
        is_xml.then(|| label_behind(until(element, b'>'), b"encoding"))?
    };
    meta.or_else(xml)
}

fn until(bytes: &[u8], end: u8) -> &[u8] {
    let length = memchr::memchr(end, bytes).unwrap_or(bytes.len());
    bytes.get(..length).unwrap_or(bytes)
}

/// The encoding named behind `key` and an equals sign, quoted or not.
fn label_behind(element: &[u8], key: &[u8]) -> Option<&'static Encoding> {
    let at = memmem::find(element, key)? + key.len();
    let value = element.get(at..)?.trim_ascii_start().strip_prefix(b"=")?;
    let value = value.trim_ascii_start();
    let value = match value.first()? {
        b'"' | b'\'' => value.get(1..)?,
        _ => value,
    };
    let length = value
        .iter()
        .position(|b| matches!(b, b'"' | b'\'' | b';' | b'>' | b'/') || b.is_ascii_whitespace())
        .unwrap_or(value.len());
    Encoding::for_label(value.get(..length)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_are_found_as_pages_write_them() {
        let cases: [(&[u8], Option<&str>); 6] = [
            (b"<html><meta charset=utf-8>", Some("UTF-8")),
            (b"<META CHARSET = 'Windows-1251' />", Some("windows-1251")),
            (
                b"<meta name=x><meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-1\">",
                Some("windows-1252"),
            ),
            (b"<?xml version=\"1.0\" encoding=\"GBK\"?>", Some("GBK")),
            (b"<p>charset=utf-8</p>", None),
            (b"<meta charset=klingon>", None),
        ];
        for (page, name) in cases {
            assert_eq!(declared(page).map(Encoding::name), name);
        }
    }
}
