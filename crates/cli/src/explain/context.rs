//! Quotations in their paragraphs, with the quoted words and the trigger marked.

use averment_types::{Evidence, TextRange};

use crate::fold::{Piece, piece, plain};
use crate::terminal::Style;

/// Characters of a paragraph that are shown before and after its quotations; the rest is left out.
const AROUND: usize = 500;

/// The paragraph around `evidence`, with every quotation of `all` that stands in it marked: in
/// colour, or by `[[` and `]]`. `None` when the ranges do not fit the text.
pub(super) fn paragraph(
    text: &str,
    evidence: &Evidence,
    all: &[&Evidence],
    trigger: TextRange,
    colours: bool,
) -> Option<Vec<Piece>> {
    let context = evidence.context();
    let inside = |e: &&&Evidence| context.contains(e.range());
    let quotes: Vec<TextRange> = all.iter().filter(inside).map(|e| e.range()).collect();
    let quotes = joined(quotes);
    let first = quotes.first()?;
    let last = quotes.last()?;
    let before = tail(TextRange::new(context.start(), first.start()).ok()?.slice(text)?);
    let after = head(TextRange::new(last.end(), context.end()).ok()?.slice(text)?);
    let mut pieces = vec![plain(&before)];
    let mut at = first.start();
    for quote in quotes {
        pieces.push(plain(TextRange::new(at, quote.start()).ok()?.slice(text)?));
        marked(text, quote, trigger, colours, &mut pieces)?;
        at = quote.end();
    }
    pieces.push(plain(&after));
    Some(pieces)
}

/// Overlapping quotations as one.
fn joined(mut ranges: Vec<TextRange>) -> Vec<TextRange> {
    ranges.sort();
    ranges.into_iter().fold(Vec::new(), |mut done, range| {
        match done.last_mut() {
            Some(last) if range.start() <= last.end() => *last = last.cover(range),
            _ => done.push(range),
        }
        done
    })
}

/// One quotation with its marks.
fn marked(
    text: &str,
    quote: TextRange,
    trigger: TextRange,
    colours: bool,
    pieces: &mut Vec<Piece>,
) -> Option<()> {
    let mark = |sign| if colours { "" } else { sign };
    let quoted = |from, to| {
        let words = TextRange::new(from, to).ok()?.slice(text)?;
        Some(piece(words, Style::Quote))
    };
    pieces.push(plain(mark("[[")));
    if quote.contains(trigger) {
        pieces.push(quoted(quote.start(), trigger.start())?);
        pieces.push(piece(trigger.slice(text)?, Style::Trigger));
        pieces.push(quoted(trigger.end(), quote.end())?);
    } else {
        pieces.push(quoted(quote.start(), quote.end())?);
    }
    pieces.push(plain(mark("]]")));
    Some(())
}

/// The end of what stands before a quotation.
fn tail(text: &str) -> String {
    let skipped = text.chars().count().saturating_sub(AROUND);
    if skipped == 0 {
        return text.to_owned();
    }
    let shown: String = text.chars().skip(skipped).collect();
    format!("… {shown}")
}

/// The beginning of what stands behind a quotation.
fn head(text: &str) -> String {
    let shown: String = text.chars().take(AROUND).collect();
    if shown.len() == text.len() {
        return shown;
    }
    format!("{shown} …")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::folded;
    use crate::terminal::Look;
    use averment_types::ZoneKind;

    const TEXT: &str = "Rain fell. Two men were killed near Gao. Nobody came.";

    fn cut(start: usize, end: usize) -> Evidence {
        let range = TextRange::new(start, end).unwrap();
        let all = TextRange::whole(TEXT).unwrap();
        Evidence::cut(TEXT, range, ZoneKind::Body, all).unwrap()
    }

    fn shown(all: &[&Evidence], colours: bool) -> String {
        let trigger = TextRange::new(24, 30).unwrap();
        let pieces = paragraph(TEXT, all[0], all, trigger, colours).unwrap();
        let look = Look { width: 200, colours };
        folded(&pieces, "", look).join("\n")
    }

    #[test]
    fn quotations_are_marked_in_their_paragraph() {
        let (one, two) = (cut(11, 40), cut(41, 53));
        assert_eq!(
            shown(&[&one, &two], false),
            "Rain fell. [[Two men were killed near Gao.]] [[Nobody came.]]"
        );
        let coloured = shown(&[&one], true);
        assert!(coloured.contains("\x1b[1;4;36mkilled\x1b[0m"));
        assert!(!coloured.contains("[["));
    }

    #[test]
    fn overlapping_quotations_are_one() {
        let (one, two) = (cut(11, 30), cut(24, 40));
        assert_eq!(
            shown(&[&two, &one], false),
            "Rain fell. [[Two men were killed near Gao.]] Nobody came."
        );
    }
}
