//! The table beside a tree: which columns fit into a width, and their cells.

use averment_types::TextRange;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::terminal::{Look, Style};

/// Blanks between columns.
const GAP: usize = 2;

/// What a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Tree,
    Word,
    Lemma,
    Class,
    Relation,
    Slot,
    Entity,
}

impl Column {
    const fn heading(self) -> &'static str {
        match self {
            Self::Tree => "",
            Self::Word => "word",
            Self::Lemma => "lemma",
            Self::Class => "class",
            Self::Relation => "relation",
            Self::Slot => "in a rule",
            Self::Entity => "entity",
        }
    }

    const fn style(self) -> Style {
        match self {
            Self::Tree | Self::Lemma => Style::Faint,
            Self::Word | Self::Class | Self::Relation => Style::Plain,
            Self::Slot => Style::Slot,
            Self::Entity => Style::Entity,
        }
    }
}

/// Cells of one column, one a word.
pub(super) struct Filled {
    pub(super) column: Column,
    pub(super) cells: Vec<String>,
}

impl Filled {
    /// Cells with invisible controls written out, each cut at `most` columns of the terminal.
    pub(super) fn new(column: Column, cells: impl Iterator<Item = String>, most: usize) -> Self {
        let cells = cells.map(|cell| cut(&TextRange::visible(&cell), most)).collect();
        Self { column, cells }
    }

    fn width(&self) -> usize {
        let cells = self.cells.iter().map(|cell| cell.width());
        cells.max().unwrap_or(0).max(self.column.heading().width())
    }

    /// Whether there is nothing to show.
    fn is_empty(&self) -> bool {
        self.cells.iter().all(String::is_empty)
    }
}

/// The width of the table in columns of the terminal.
pub(super) fn width(columns: &[Filled]) -> usize {
    let shown = columns.iter().filter(|column| !column.is_empty());
    let widths: Vec<usize> = shown.map(Filled::width).collect();
    widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
}

/// The lines of the table, its headings first; the words of the rows in `strong` stand out.
pub(super) fn lines(columns: &[Filled], strong: &[bool], look: Look) -> Vec<String> {
    let shown: Vec<&Filled> = columns.iter().filter(|column| !column.is_empty()).collect();
    let rows = shown.iter().map(|column| column.cells.len()).max().unwrap_or(0);
    let headings = shown.iter().map(|column| (column.column.heading(), Style::Faint));
    let mut lines = vec![line(&shown, headings, look)];
    for row in 0..rows {
        let is_strong = strong.get(row).copied().unwrap_or_default();
        let cells = shown.iter().map(|filled| {
            let cell = filled.cells.get(row).map_or("", String::as_str);
            let style = match filled.column {
                Column::Word if is_strong => Style::Strong,
                column => column.style(),
            };
            (cell, style)
        });
        lines.push(line(&shown, cells, look));
    }
    lines
}

fn line<'a>(
    shown: &[&Filled],
    cells: impl Iterator<Item = (&'a str, Style)>,
    look: Look,
) -> String {
    let mut out = String::new();
    // Blanks are written when something follows them: no line ends with any.
    let mut blanks = 0;
    for (filled, (cell, style)) in shown.iter().zip(cells) {
        if !cell.is_empty() {
            out.push_str(&" ".repeat(blanks));
            blanks = 0;
            if look.colours && style != Style::Plain {
                out.extend([style.begin(), cell, Style::END]);
            } else {
                out.push_str(cell);
            }
        }
        blanks += filled.width().saturating_sub(cell.width()) + GAP;
    }
    out
}

/// `text`, cut with an ellipsis where it is wider than `most` columns.
fn cut(text: &str, most: usize) -> String {
    let mut width = 0;
    let mut kept = 0;
    for (at, c) in text.char_indices() {
        width += c.width().unwrap_or(0);
        if width > most {
            let begin = text.get(..kept).unwrap_or_default();
            return format!("{begin}…");
        }
        if width < most {
            kept = at + c.len_utf8();
        }
    }
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Look = Look { width: 80, colours: false };

    fn filled(column: Column, cells: &[&str]) -> Filled {
        Filled::new(column, cells.iter().map(|cell| (*cell).to_owned()), 8)
    }

    #[test]
    fn wide_characters_and_combining_marks_keep_their_columns() {
        let words = filled(Column::Word, &["北京", "e\u{301}te\u{301}", "a\u{202e}b", "x"]);
        let classes = filled(Column::Class, &["A", "B", "C", "D"]);
        let lines = lines(&[words, classes], &[], PLAIN);
        assert_eq!(
            lines,
            [
                "word      class",
                "北京      A",
                "e\u{301}te\u{301}       B",
                "a\\u{202…  C",
                "x         D"
            ]
        );
    }

    #[test]
    fn what_is_empty_takes_no_room() {
        let columns = [filled(Column::Word, &["ab"]), filled(Column::Slot, &[""])];
        assert_eq!(width(&columns), 4);
        assert_eq!(lines(&columns, &[], PLAIN), ["word", "ab"]);
    }

    #[test]
    fn long_words_are_cut_between_characters() {
        assert_eq!(cut("abcdefgh", 8), "abcdefgh");
        assert_eq!(cut("abcdefghi", 8), "abcdefg…");
        assert_eq!(cut("北京北京北京", 8), "北京北…");
        assert_eq!(cut("abcdefge\u{301}x", 8), "abcdefg…");
        assert_eq!(cut("abcdefge\u{301}", 8), "abcdefge\u{301}");
    }
}
