//! Paragraphs of plain text, whether each stands on one line or is wrapped over many.
//!
//! Owns the joining of wrapped lines; refuses to judge what a paragraph is.

use averment_types::TextRange;

use super::ends_sentence;

/// Longest line, in characters, of text that was wrapped by hand or by a mail program.
const MAX_WRAP: usize = 120;
/// Shortest width that is a wrap and not a poem or a list.
const MIN_WRAP: usize = 40;

/// The paragraphs of `text`, in order, without the white space around them.
pub(super) fn paragraphs(text: &str) -> Vec<TextRange> {
    let width = wrap_width(text);
    let mut done: Vec<TextRange> = Vec::new();
    let mut open: Option<(TextRange, &str)> = None;
    for raw in text.split('\n') {
        let line = raw.trim();
        let Some(range) = TextRange::of(text, line).filter(|_| !line.is_empty()) else {
            done.extend(open.take().map(|(range, _)| range));
            continue;
        };
        open = match open {
            Some((before, last)) if continues(last, line, raw, width) => {
                Some((before.cover(range), line))
            }
            before => {
                done.extend(before.map(|(range, _)| range));
                Some((range, line))
            }
        };
    }
    done.extend(open.map(|(range, _)| range));
    done
}

/// The width at which the text was wrapped, or `None` when its lines are whole paragraphs. A wrapped
/// text shows itself by a full line that ends no sentence before one that begins in lower case.
fn wrap_width(text: &str) -> Option<usize> {
    let lines = || text.split('\n').map(str::trim);
    let longest = lines().map(|line| line.chars().count()).max()?;
    let full = |line: &str| line.chars().count() * 4 >= longest * 3 && !ends_sentence(line);
    let broken = |(line, next): (&str, &str)| full(line) && next.starts_with(char::is_lowercase);
    let wrapped =
        (MIN_WRAP..=MAX_WRAP).contains(&longest) && lines().zip(lines().skip(1)).any(broken);
    wrapped.then_some(longest)
}

/// Whether `line` goes on with the paragraph that `last` is a line of: `last` is full, so that the
/// first word of `line` had no room in it. Margins are ragged, hence the tenth of slack.
fn continues(last: &str, line: &str, raw: &str, width: Option<usize>) -> bool {
    let Some(width) = width else { return false };
    let indent = raw.len() - raw.trim_start().len();
    let listed = line.starts_with(['-', '*', '•', '·', '–']) && !line.starts_with("--");
    if listed || (3..12).contains(&indent) && last.ends_with(['.', '!', '?', '"', '”']) {
        return false;
    }
    let first_word = line.split_whitespace().next().map_or(0, |w| w.chars().count());
    last.chars().count() + 1 + first_word > width - width / 10
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().filter_map(|r| r.slice(text)).collect()
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "Four soldiers were killed on Monday when gunmen attacked their post near\n\
                    the border, the army said in a statement that was read on television.\n\
                    It named no group.\n\nNobody has claimed the attack so far, but the region has seen several\nothers.";
        assert_eq!(texts(text).len(), 2);
    }

    #[test]
    fn lines_of_one_paragraph_each_stay_apart() {
        let long = "Four soldiers were killed on Monday when gunmen attacked their post near the border, the army said in a statement that was read on television by its spokesman.";
        let text = format!("A name\r\n{long}\r\nCross-head\r\n{long}");
        assert_eq!(texts(&text), ["A name", long, "Cross-head", long]);
        assert_eq!(texts("one line"), ["one line"]);
        assert!(texts(" \n\n").is_empty());
    }
}
