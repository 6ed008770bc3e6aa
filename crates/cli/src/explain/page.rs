//! A page: a column of labels, and beside it values, reasons and notices.

use crate::fold::{Piece, folded, piece};
use crate::terminal::{Look, Style};

/// Width of the labels' column.
const LABELS: usize = 13;

/// A page under construction.
pub(super) struct Page {
    look: Look,
    out: String,
}

impl Page {
    pub(super) const fn new(look: Look) -> Self {
        let out = String::new();
        Self { look, out }
    }

    /// Lines over the whole width.
    pub(super) fn wide(&mut self, pieces: &[Piece]) {
        self.lines(folded(pieces, "", self.look));
    }

    /// An empty line.
    pub(super) fn gap(&mut self) {
        self.out.push('\n');
    }

    /// A notice that must not be overlooked, over the whole width.
    pub(super) fn notice(&mut self, text: &str) {
        self.lines(folded(&[piece(text, Style::Alert)], "! ", self.look));
    }

    /// A value behind its label; with an empty label, a further value of the same.
    pub(super) fn value(&mut self, label: &str, pieces: &[Piece]) {
        let indent = " ".repeat(LABELS);
        let mut lines = folded(pieces, &indent, self.look);
        if let Some(first) = lines.first_mut() {
            let value = first.trim_start().to_owned();
            let blanks = " ".repeat(LABELS.saturating_sub(label.len()));
            *first = format!("{}{blanks}{value}", self.label(label));
        }
        self.lines(lines);
    }

    /// Small print below a value.
    pub(super) fn reason(&mut self, text: &str) {
        self.below("  ", &[piece(text, Style::Faint)]);
    }

    /// A notice below a value.
    pub(super) fn alert(&mut self, text: &str) {
        self.below("! ", &[piece(text, Style::Alert)]);
    }

    /// Words in their context, below a value.
    pub(super) fn quotation(&mut self, pieces: &[Piece]) {
        self.below("| ", pieces);
    }

    /// The page as text.
    pub(super) fn finish(self) -> String {
        self.out
    }

    fn below(&mut self, mark: &str, pieces: &[Piece]) {
        let bar = mark.starts_with('|');
        let first = format!("{}{mark}", " ".repeat(LABELS));
        let mut lines = folded(pieces, &first, self.look);
        if bar {
            // A bar stands before every line of a quotation, not only the first.
            let blank = " ".repeat(first.len());
            for line in &mut lines {
                if let Some(rest) = line.strip_prefix(&blank) {
                    *line = format!("{first}{rest}");
                }
            }
        }
        self.lines(lines);
    }

    fn label(&self, label: &str) -> String {
        if self.look.colours && !label.is_empty() {
            return format!("{}{label}{}", Style::Strong.begin(), Style::END);
        }
        label.to_owned()
    }

    fn lines(&mut self, lines: Vec<String>) {
        for line in lines {
            self.out.push_str(line.trim_end());
            self.out.push('\n');
        }
    }
}
