//! Sentences without an end: lists and ledgers whose lines lost their stops.
//!
//! The longest of 30,000 sentences of UD-EWT and GUM has 160 words. A longer one is cut, so that the work on a sentence, which
//! grows faster than its words, is bounded whatever a text holds.

use std::ops::Range;

use averment_types::TextRange;

use crate::Token;

/// Words of the longest sentence.
const LONGEST: usize = 200;
/// Marks behind which it is cut, those first that part more.
const PAUSES: [&str; 3] = [";", ":", ","];

/// The sentences of at most [`LONGEST`] words that `tokens`, those of one sentence of `text`, are: cut behind the last
/// pause of a stretch's second half, or where the stretch ends.
pub(crate) fn cut(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    while tokens.len() - start > LONGEST {
        let end = pause(text, tokens, start + LONGEST / 2..start + LONGEST);
        parts.push(start..end);
        start = end;
    }
    parts.push(start..tokens.len());
    parts
}

/// Where a sentence is cut among the tokens of `stretch`.
fn pause(text: &str, tokens: &[Token], stretch: Range<usize>) -> usize {
    let is = |at: usize, mark: &str| {
        tokens.get(at).and_then(|token| token.range.slice(text)).is_some_and(|word| word == mark)
    };
    let last = |mark: &&str| stretch.clone().rev().find(|at| is(*at, mark));
    PAUSES.iter().find_map(last).map_or(stretch.end, |at| at + 1)
}

/// The text that `tokens` cover.
pub(crate) fn range(tokens: &[Token]) -> Option<TextRange> {
    Some(tokens.first()?.range.cover(tokens.last()?.range))
}

#[cfg(test)]
mod tests {
    use crate::segment;

    fn lengths(text: &str) -> Vec<usize> {
        segment(text).iter().map(Vec::len).collect()
    }

    #[test]
    fn a_sentence_of_a_common_length_stays_whole() {
        assert_eq!(lengths(&"rebels ".repeat(200)), [200]);
    }

    #[test]
    fn an_endless_one_is_cut_at_its_pauses() {
        let text = format!("{}; {}, {}", "a ".repeat(120), "b ".repeat(60), "c ".repeat(90));
        assert_eq!(lengths(&text), [121, 151]);
        assert_eq!(lengths(&"killed two men and ".repeat(125)), [200, 200, 100]);
    }
}
