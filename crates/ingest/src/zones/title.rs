//! A title that the text repeats on its first line, with what a copyist left behind it: "Bombs hit town AFP Monday 24 Oct 2016 At least …".
//!
//! Owns where the repeated title ends; refuses to look anywhere but at the start of the text.

use averment_types::{Zone, ZoneKind};

use super::dateline::is_date_line;
use super::{divide, split_dateline};

/// A shorter title may open the first sentence by chance.
const FEWEST_WORDS: usize = 4;
/// Most words of agency and date behind the title.
const CREDIT_WORDS: usize = 7;
/// Most of these words that name the agency.
const AGENCY_WORDS: usize = 2;

/// The `zones` of `text`, with the `title` as a headline of its own where running text begins with it.
pub(crate) fn set_apart(text: &str, zones: Vec<Zone>, title: &str) -> Vec<Zone> {
    let dated = zones.iter().take_while(|zone| zone.kind == ZoneKind::Dateline).count();
    let split = || {
        let first = zones.get(dated).filter(|zone| zone.kind == ZoneKind::Body)?;
        let para = first.range.slice(text)?;
        let (head, rest) = divide(text, first.range, repeated(para, title)?)?;
        Some((Zone { kind: ZoneKind::Headline, range: head }, rest))
    };
    let Some((headline, rest)) = split() else { return zones };
    let mut apart: Vec<Zone> = zones.iter().take(dated).copied().collect();
    apart.push(headline);
    let body = rest.slice(text).unwrap_or_default();
    match credit(body).and_then(|len| divide(text, rest, len)) {
        Some((credit, body)) => {
            apart.push(Zone { kind: ZoneKind::Dateline, range: credit });
            apart.push(Zone { kind: ZoneKind::Body, range: body });
        }
        None => apart.extend(split_dateline(text, body, rest)),
    }
    apart.extend(zones.into_iter().skip(dated + 1));
    apart
}

/// The length of the `title` at the start of `text`, whatever marks either has between its letters.
fn repeated(text: &str, title: &str) -> Option<usize> {
    if title.split_whitespace().count() < FEWEST_WORDS {
        return None;
    }
    let letters = |text: &str| -> Vec<(usize, char)> {
        let all = text.char_indices().filter(|(_, c)| c.is_alphanumeric());
        all.take(title.len()).flat_map(|(at, c)| c.to_lowercase().map(move |c| (at, c))).collect()
    };
    let (wanted, found) = (letters(title), letters(text));
    let same = found.len() >= wanted.len() && wanted.iter().zip(&found).all(|(a, b)| a.1 == b.1);
    let (last, _) = found.get(wanted.len().checked_sub(1)?).filter(|_| same)?;
    let behind = text.get(*last..)?.chars().next()?.len_utf8() + last;
    let marks = text.get(behind..)?;
    let inside = marks.starts_with(char::is_alphanumeric);
    let space = marks.find(char::is_whitespace)?;
    (!inside).then_some(behind + space)
}

/// The length of an agency and a date at the start of `body`: "AFP Monday 24 Oct 2016".
fn credit(body: &str) -> Option<usize> {
    let mut ends = body.match_indices(char::is_whitespace).map(|(at, _)| at).take(CREDIT_WORDS);
    let dated = |end: &usize| {
        let head = body.get(..*end).unwrap_or_default();
        let starts = head.match_indices(char::is_whitespace).map(|(at, _)| at + 1);
        let named = |at: usize| {
            let agency = head.get(..at).unwrap_or_default();
            agency.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
        };
        let dates = std::iter::once(0).chain(starts).take(AGENCY_WORDS + 1);
        let last = head.split_whitespace().last().unwrap_or_default();
        let year = last.len() == 4 && last.bytes().all(|b| b.is_ascii_digit());
        year && dates
            .filter(|at| named(*at))
            .any(|at| head.get(at..).is_some_and(|date| date.contains(' ') && is_date_line(date)))
    };
    ends.find(dated)
}

#[cfg(test)]
mod tests {
    use averment_types::TextRange;

    use super::*;

    fn parts(text: &str, title: &str) -> Vec<(ZoneKind, String)> {
        let body = Zone { kind: ZoneKind::Body, range: TextRange::whole(text).unwrap() };
        let zones = set_apart(text, vec![body], title);
        zones.iter().map(|z| (z.kind, z.range.slice(text).unwrap().to_owned())).collect()
    }

    #[test]
    fn a_repeated_title_is_a_headline() {
        let body = "At least nine people died when bombs fell on the market.";
        let text = format!("Bombs kill nine in Gao's market AFP Monday 24 Oct 2016 {body}");
        let found = parts(&text, "Bombs kill nine in Gaos market");
        let found: Vec<(ZoneKind, &str)> =
            found.iter().map(|(k, text)| (*k, text.trim())).collect();
        let expected = [
            (ZoneKind::Headline, "Bombs kill nine in Gao's market"),
            (ZoneKind::Dateline, "AFP Monday 24 Oct 2016"),
            (ZoneKind::Body, body),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_text_that_goes_on_as_its_title_begins_is_left() {
        for (text, title) in [
            ("Bombs kill nine in Gaoland today.", "Bombs kill nine in Gao"),
            ("Bombs kill nine.", "Bombs kill nine in Gao"),
            ("Bombs killed nine.", "Bombs"),
            ("Bombs kill nine in Gao", "Bombs kill nine in Gao"),
            ("", "Bombs kill nine in Gao"),
        ] {
            assert!(parts(&format!("{text} "), title).len() <= 1, "{text}");
        }
    }
}
