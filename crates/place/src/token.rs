//! Words and marks of one sentence with their byte ranges.
//!
//! Owns the cutting of text; refuses names.

use averment_types::TextRange;

/// The tokens of one sentence; reading past either end gives the empty word.
#[derive(Debug)]
pub(crate) struct Tokens<'t> {
    text: &'t str,
    ranges: Vec<TextRange>,
    lower: Vec<String>,
    shouting: bool,
    headline: bool,
}

impl<'t> Tokens<'t> {
    /// The tokens of `text` at `span`; none when the span does not fit.
    pub(crate) fn of(text: &'t str, span: TextRange) -> Self {
        let mut ranges = Vec::new();
        let sentence = span.slice(text).unwrap_or_default();
        let mut run: Option<usize> = None;
        let mut push = |start: usize, end: usize| {
            ranges.extend(TextRange::new(span.start() + start, span.start() + end));
        };
        for (at, c) in sentence.char_indices() {
            if c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}') {
                run.get_or_insert(at);
                continue;
            }
            if let Some(start) = run.take() {
                push(start, at);
            }
            if !c.is_whitespace()
                && !c.is_control()
                && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}')
            {
                push(at, at + c.len_utf8());
            }
        }
        if let Some(start) = run {
            push(start, sentence.len());
        }
        let lower =
            ranges.iter().map(|r| r.slice(text).unwrap_or_default().to_lowercase()).collect();
        let (upper, small) = sentence.chars().fold((0_usize, 0_usize), |(u, s), c| {
            (u + usize::from(c.is_uppercase()), s + usize::from(c.is_lowercase()))
        });
        let shouting = upper > 8 && upper > small * 2;
        let mut tokens = Self { text, ranges, lower, shouting, headline: false };
        tokens.headline = tokens.is_written_as_title();
        tokens
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ranges.len()
    }

    /// Whether the sentence is written in capitals, so that they tell nothing.
    pub(crate) const fn is_shouting(&self) -> bool {
        self.shouting
    }

    /// Whether all but the small words of the sentence begin with a capital, as in headlines.
    pub(crate) const fn is_headline(&self) -> bool {
        self.headline
    }

    fn is_written_as_title(&self) -> bool {
        let long =
            (0..self.len()).filter(|i| self.text(*i).chars().count() > 4 && self.is_word(*i));
        let (capital, small) = long.fold((0_usize, 0_usize), |(c, s), i| {
            (c + usize::from(self.is_capital(i)), s + usize::from(self.is_small(i)))
        });
        let stop = self.text(self.len().saturating_sub(1)) == ".";
        capital > 2 && small * 4 <= capital && !stop
    }

    /// The token at `i` as written.
    pub(crate) fn text(&self, i: usize) -> &'t str {
        self.ranges.get(i).and_then(|r| r.slice(self.text)).unwrap_or_default()
    }

    /// The token at `i` in lower case.
    pub(crate) fn lower(&self, i: usize) -> &str {
        self.lower.get(i).map_or("", String::as_str)
    }

    /// The lower-case token `back` places before `i`.
    pub(crate) fn before(&self, i: usize, back: usize) -> &str {
        i.checked_sub(back).map_or("", |at| self.lower(at))
    }

    /// Whether the token at `i` is a word that begins with a capital.
    pub(crate) fn is_capital(&self, i: usize) -> bool {
        self.text(i).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether the token at `i` is a word that begins with a small letter.
    pub(crate) fn is_small(&self, i: usize) -> bool {
        self.text(i).chars().next().is_some_and(char::is_lowercase)
    }

    /// Whether the token at `i` is a word or number.
    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.text(i).chars().next().is_some_and(char::is_alphanumeric)
    }

    /// Whether token `i` follows the one before it without a gap.
    pub(crate) fn glued(&self, i: usize) -> bool {
        let previous = i.checked_sub(1).and_then(|at| self.ranges.get(at));
        matches!((previous, self.ranges.get(i)), (Some(a), Some(b)) if a.end() == b.start())
    }

    /// The range from token `start` up to, not including, token `end`.
    pub(crate) fn range(&self, start: usize, end: usize) -> Option<TextRange> {
        let first = self.ranges.get(start)?;
        let last = self.ranges.get(end.checked_sub(1)?)?;
        Some(first.cover(*last))
    }

    /// The words from token `start` up to token `end`.
    pub(crate) fn words(&self, start: usize, end: usize) -> &'t str {
        self.range(start, end).and_then(|r| r.slice(self.text)).unwrap_or_default()
    }
}
