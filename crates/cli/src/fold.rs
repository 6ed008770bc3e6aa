//! Folding styled words to a width. Only words that are wider than a line are cut.

use std::fmt::Write;

use averment_types::TextRange;
use unicode_width::UnicodeWidthStr;

use crate::terminal::{Look, Style};

/// Some words of one style.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    text: String,
    style: Style,
}

/// A piece in this style; invisible controls of the text are written out.
pub(crate) fn piece(text: &str, style: Style) -> Piece {
    let text = TextRange::visible(text).into_owned();
    Piece { text, style }
}

/// A plain piece.
pub(crate) fn plain(text: &str) -> Piece {
    piece(text, Style::Plain)
}

/// A line under construction.
#[derive(Default)]
struct Line {
    pieces: Vec<Piece>,
    width: usize,
}

impl Line {
    fn push(&mut self, text: &str, style: Style) {
        self.width += text.width();
        match self.pieces.last_mut() {
            Some(last) if last.style == style => last.text.push_str(text),
            _ => self.pieces.push(Piece { text: text.to_owned(), style }),
        }
    }

    /// Adds a word behind a blank; the blank has a style only where both sides have the same.
    fn push_word(&mut self, word: Line) {
        if self.width > 0 {
            let before = self.pieces.last().map(|p| p.style);
            let after = word.pieces.first().map(|p| p.style);
            let style = before.filter(|_| before == after).unwrap_or_default();
            self.push(" ", style);
        }
        for piece in word.pieces {
            self.push(&piece.text, piece.style);
        }
    }
}

/// The pieces in lines of at most `look.width` columns, behind `first` in the first line and as many
/// blanks in the others; with colours where the look has them.
pub(crate) fn folded(pieces: &[Piece], first: &str, look: Look) -> Vec<String> {
    let indent = first.width();
    let room = look.width.saturating_sub(indent).max(20);
    let blank = " ".repeat(indent);
    let lines = lines(pieces, room);
    let begins = std::iter::once(first).chain(std::iter::repeat(blank.as_str()));
    begins
        .zip(lines)
        .map(|(begin, line)| format!("{begin}{}", painted(&line, look.colours)))
        .collect()
}

fn lines(pieces: &[Piece], room: usize) -> Vec<Vec<Piece>> {
    let mut done = Vec::new();
    let mut line = Line::default();
    for word in words(pieces, room) {
        if line.width > 0 && line.width + 1 + word.width > room {
            done.push(std::mem::take(&mut line).pieces);
        }
        line.push_word(word);
    }
    done.push(line.pieces);
    done
}

/// The words, each as a line of its own; a word wider than `room` in several.
fn words(pieces: &[Piece], room: usize) -> Vec<Line> {
    let mut words = Vec::new();
    let mut word = Line::default();
    for piece in pieces {
        for c in piece.text.chars() {
            if c.is_whitespace() || word.width >= room {
                words.push(std::mem::take(&mut word));
            }
            if !c.is_whitespace() {
                word.push(c.encode_utf8(&mut [0; 4]), piece.style);
            }
        }
    }
    words.push(word);
    words.retain(|word| word.width > 0);
    words
}

fn painted(line: &[Piece], colours: bool) -> String {
    let mut out = String::new();
    for Piece { text, style } in line {
        if colours && *style != Style::Plain {
            _ = write!(out, "{}{text}{}", style.begin(), Style::END);
        } else {
            out.push_str(text);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const NARROW: Look = Look { width: 24, colours: false };

    #[test]
    fn words_are_folded_behind_their_label() {
        let pieces = [plain("one two"), plain(" three four five six")];
        let lines = folded(&pieces, "who ", NARROW);
        assert_eq!(lines, ["who one two three four", "    five six"]);
    }

    #[test]
    fn a_style_may_begin_inside_a_word_and_go_on_over_blanks() {
        let pieces = [plain("re"), piece("took the", Style::Quote), plain(" ford")];
        let colours = Look { width: 40, colours: true };
        let lines = folded(&pieces, "", colours);
        assert_eq!(lines, ["re\x1b[1;36mtook the\x1b[0m ford"]);
    }

    #[test]
    fn a_word_without_end_is_cut_and_controls_are_shown() {
        let long = "x".repeat(50);
        let lines = folded(&[plain(&long)], "", NARROW);
        assert_eq!(lines.len(), 3);
        let hidden = folded(&[plain("a\u{202e}b")], "", NARROW);
        assert_eq!(hidden, ["a\\u{202e}b"]);
    }
}
