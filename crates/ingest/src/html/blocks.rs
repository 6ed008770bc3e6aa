//! The page's text in blocks: paragraphs, headings, list items, cells.
//!
//! Owns where one block ends and the next begins, the collapsing of white space, and the map of each
//! block's text to the source; refuses to judge what a block is.

use averment_types::{MapSegment, TextRange};

use super::entity;
use super::tree::{Marks, Piece, Tree};

/// A stretch of text that a reader sees as one paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Block {
    /// The element whose text it is.
    pub(super) node: usize,
    /// White space is collapsed; a line break inside is `\n`.
    pub(super) text: String,
    /// From `text` to the page's source.
    pub(super) map: Vec<MapSegment>,
    /// Characters that are no white space: all, in links, in bold, in italics.
    pub(super) chars: usize,
    pub(super) linked: usize,
    pub(super) bold: usize,
    pub(super) italic: usize,
    /// Links that begin in it.
    pub(super) links: usize,
    /// Words.
    pub(super) words: usize,
    /// Words of the link that it begins with.
    pub(super) lead: usize,
    /// Bytes of `text` up to the end of that link.
    lead_len: usize,
}

impl Block {
    /// The share of its characters that stand in links, 0 to 1.
    pub(super) fn link_density(&self) -> f64 {
        ratio(self.linked, self.chars)
    }

    /// Whether nearly all of it is bold.
    pub(super) fn is_bold(&self) -> bool {
        ratio(self.bold, self.chars) > 0.9
    }
}

/// Whether a block reads like a paragraph of running text.
pub(super) fn is_prose(block: &Block) -> bool {
    const STOPS: [char; 10] = ['.', '!', '?', ';', '…', '。', '।', '؟', '۔', '、'];
    let sentence = block.text.contains(STOPS) || block.words > 30;
    block.words >= 10 && block.link_density() < 0.5 && sentence
}

/// `part / whole`, 0 for an empty whole.
#[expect(clippy::cast_precision_loss, reason = "counts of characters stay far below 2^52")]
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The blocks of a page that are ever shown, in order.
pub(super) fn blocks(html: &str, tree: &Tree<'_>) -> Vec<Block> {
    let mut cutter =
        Cutter { html, done: Vec::new(), block: Block::default(), gap: Gap::None, in_link: false };
    let mut flow = None;
    for piece in &tree.pieces {
        let Some(node) = tree.node(piece.node) else { continue };
        if flow != Some(piece.flow) {
            cutter.finish();
            flow = Some(piece.flow);
        }
        if node.hidden {
            continue;
        }
        cutter.piece(piece, node.name == "pre");
    }
    cutter.finish();
    cutter.done
}

/// White space seen since the last word and not yet written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space(usize, usize),
    Break(usize),
}

struct Cutter<'a> {
    html: &'a str,
    done: Vec<Block>,
    block: Block,
    gap: Gap,
    in_link: bool,
}

impl Cutter<'_> {
    fn piece(&mut self, piece: &Piece, preformatted: bool) {
        if piece.source.is_empty() {
            return self.line_break(1);
        }
        let base = piece.source.start;
        let text = self.html.get(piece.source.clone()).unwrap_or_default();
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            let len = white_len(rest);
            if len > 0 {
                let lines = rest.bytes().take(len).filter(|b| *b == b'\n').count();
                if preformatted && lines > 0 {
                    self.line_break(lines);
                } else {
                    self.space(base + at, len);
                }
                at += len;
                continue;
            }
            let (word, len) = next_word(rest);
            match word {
                Some(decoded) if decoded.trim().is_empty() => self.space(base + at, len),
                Some(decoded) => self.write(piece, &decoded, base + at, len),
                None => self.write(piece, rest.get(..len).unwrap_or_default(), base + at, len),
            }
            at += len.max(1);
        }
    }

    fn space(&mut self, at: usize, len: usize) {
        self.gap = match self.gap {
            Gap::None => Gap::Space(at, len),
            Gap::Space(start, old) if start + old == at => Gap::Space(start, old + len),
            other => other,
        };
    }

    fn line_break(&mut self, lines: usize) {
        let before = if let Gap::Break(n) = self.gap { n } else { 0 };
        self.gap = Gap::Break(before + lines);
    }

    fn write(&mut self, piece: &Piece, text: &str, at: usize, len: usize) {
        if matches!(self.gap, Gap::Break(2..)) {
            self.finish();
        }
        if self.block.text.is_empty() {
            self.block.node = piece.node;
        } else {
            match self.gap {
                Gap::None => {}
                Gap::Space(start, old) => self.append(" ", start, old),
                Gap::Break(_) => self.block.text.push('\n'),
            }
        }
        self.gap = Gap::None;
        self.append(text, at, len);
        self.count(text, piece.marks);
    }

    fn append(&mut self, text: &str, at: usize, len: usize) {
        let start = self.block.text.len();
        self.block.text.push_str(text);
        let ranges = (TextRange::new(start, start + text.len()), TextRange::new(at, at + len));
        let (Ok(text), Ok(source)) = ranges else { return };
        let exact = |s: &MapSegment| s.text.len() == s.source.len();
        let segment = MapSegment { text, source };
        match self.block.map.last_mut() {
            Some(last) if exact(last) && exact(&segment) && last.source.end() == source.start() => {
                last.text = last.text.cover(text);
                last.source = last.source.cover(source);
            }
            _ => self.block.map.push(segment),
        }
    }

    fn count(&mut self, text: &str, marks: Marks) {
        let chars = text.chars().count();
        self.block.chars += chars;
        self.block.linked += if marks.link { chars } else { 0 };
        self.block.bold += if marks.bold > 0 { chars } else { 0 };
        self.block.italic += if marks.italic > 0 { chars } else { 0 };
        self.block.links += usize::from(marks.link && !self.in_link);
        if marks.link && self.block.links == 1 && self.block.linked == self.block.chars {
            self.block.lead_len = self.block.text.len();
        }
        self.in_link = marks.link;
    }

    fn finish(&mut self) {
        self.gap = Gap::None;
        self.in_link = false;
        if self.block.text.is_empty() {
            return;
        }
        let mut block = std::mem::take(&mut self.block);
        block.words = word_count(&block.text);
        block.lead = word_count(block.text.get(..block.lead_len).unwrap_or_default());
        self.done.push(block);
    }
}

/// Length of the white space and zero-width filling at the start of `text`, in bytes.
fn white_len(text: &str) -> usize {
    text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '\0').len()
}

/// The length of the word at the start of `text`, and its decoded form where it is a reference.
fn next_word(text: &str) -> (Option<String>, usize) {
    if let Some((decoded, len)) = entity::decode(text) {
        return (Some(decoded), len);
    }
    let end = text
        .char_indices()
        .skip(1)
        .find(|(_, c)| c.is_whitespace() || matches!(c, '&' | '\0'))
        .map_or(text.len(), |(i, _)| i);
    (None, end)
}

/// Runs of letters, digits and apostrophes; two characters of a script without spaces are a word.
pub(super) fn word_count(text: &str) -> usize {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’')))
        .filter(|run| !run.is_empty())
        .map(|run| run.chars().filter(|c| is_unspaced(*c)).count().div_ceil(2).max(1))
        .sum()
}

/// Kana, Han and Thai letters.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0e00}'..='\u{0e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::super::tree::build;
    use super::*;

    fn of(html: &str) -> Vec<Block> {
        blocks(html, &build(html, 256, 100_000))
    }

    fn texts(html: &str) -> Vec<String> {
        of(html).into_iter().map(|b| b.text).collect()
    }

    #[test]
    fn blocks_end_at_block_elements_and_double_breaks() {
        let html = "<div>a <b>b</b>\n  c<p>d<br>e<br><br>f</p>g<style>x</style></div>";
        assert_eq!(texts(html), ["a b c", "d\ne", "f", "g"]);
        assert_eq!(texts("<pre>a\nb\n\nc</pre>"), ["a\nb", "c"]);
    }

    #[test]
    fn every_segment_leads_to_its_source() {
        let html = "<p>Caf&eacute; in\n  <b>Mopti</b>&nbsp;&amp; Gao</p>";
        let block = of(html).remove(0);
        assert_eq!(block.text, "Café in Mopti & Gao");
        for segment in &block.map {
            let source = segment.source.slice(html).unwrap();
            let text = segment.text.slice(&block.text).unwrap();
            if text.len() == source.len() && !source.contains('\n') {
                assert_eq!(text, source);
            }
        }
        assert_eq!(block.map.iter().map(|s| s.text.len()).sum::<usize>(), block.text.len());
        assert_eq!((block.words, block.bold), (4, 5));
    }

    #[test]
    fn link_characters_are_counted() {
        let block = of("<li><a href='/x'>Read</a> on").remove(0);
        assert!((block.link_density() - 4.0 / 6.0).abs() < 1e-9);
        assert_eq!(block.links, 1);
    }
}
