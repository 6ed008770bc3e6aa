//! Words, numbers and marks of one sentence with their byte ranges.
//!
//! Owns the cutting of text; refuses meaning.

use averment_types::TextRange;

use crate::lexicon;

/// A run of letters and digits, or one other visible character.
#[derive(Debug, Clone)]
pub(crate) struct Token<'t> {
    pub(crate) text: &'t str,
    pub(crate) lower: String,
    pub(crate) range: TextRange,
}

/// The tokens of one sentence. Reading past either end gives the empty word.
#[derive(Debug)]
pub(crate) struct Tokens<'t>(Vec<Token<'t>>);

impl<'t> Tokens<'t> {
    /// The tokens of `text` at `span`; none when the span does not fit the text.
    pub(crate) fn of(text: &'t str, span: TextRange) -> Self {
        let mut tokens = Vec::new();
        let Some(sentence) = span.slice(text) else {
            return Self(tokens);
        };
        let mut run: Option<usize> = None;
        for (at, c) in sentence.char_indices() {
            if is_wordy(c) {
                run.get_or_insert(at);
                continue;
            }
            if let Some(start) = run.take() {
                push(&mut tokens, text, sentence, span, start, at);
            }
            if !c.is_whitespace() && !is_ignorable(c) {
                push(&mut tokens, text, sentence, span, at, at + c.len_utf8());
            }
        }
        if let Some(start) = run {
            push(&mut tokens, text, sentence, span, start, sentence.len());
        }
        Self(tokens)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// The word at `i` in lower case.
    pub(crate) fn lower(&self, i: usize) -> &str {
        self.0.get(i).map_or("", |t| t.lower.as_str())
    }

    /// The word at `i` as written.
    pub(crate) fn text(&self, i: usize) -> &'t str {
        self.0.get(i).map_or("", |t| t.text)
    }

    /// The lower-case word `back` places before `i`.
    pub(crate) fn before(&self, i: usize, back: usize) -> &str {
        i.checked_sub(back).map_or("", |at| self.lower(at))
    }

    /// Whether token `i` follows the one before it without a gap.
    pub(crate) fn glued(&self, i: usize) -> bool {
        let previous = i.checked_sub(1).and_then(|at| self.0.get(at));
        matches!((previous, self.0.get(i)), (Some(a), Some(b)) if a.range.end() == b.range.start())
    }

    /// Whether the words from `i` on are `words`.
    pub(crate) fn are(&self, i: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(k, word)| self.lower(i + k) == *word)
    }

    /// Whether the word at `i` begins with a capital letter.
    pub(crate) fn is_capital(&self, i: usize) -> bool {
        self.text(i).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether the word at `i` begins with a small letter.
    pub(crate) fn is_small(&self, i: usize) -> bool {
        self.text(i).chars().next().is_some_and(char::is_lowercase)
    }

    /// Whether `i` is past the end or a mark, not a word or number.
    pub(crate) fn is_break(&self, i: usize) -> bool {
        !self.text(i).chars().next().is_some_and(is_wordy)
    }

    /// The range from token `start` up to, not including, token `end`.
    pub(crate) fn range(&self, start: usize, end: usize) -> Option<TextRange> {
        let first = self.0.get(start)?;
        let last = self.0.get(end.checked_sub(1)?)?;
        Some(first.range.cover(last.range))
    }
}

fn push<'t>(
    tokens: &mut Vec<Token<'t>>,
    text: &'t str,
    sentence: &str,
    span: TextRange,
    start: usize,
    end: usize,
) {
    debug_assert!(end <= sentence.len(), "a token lies in its sentence");
    let mut from = start;
    for cut in cuts(sentence.get(start..end).unwrap_or_default()) {
        push_one(tokens, text, span, from, start + cut);
        from = start + cut;
    }
    push_one(tokens, text, span, from, end);
}

fn push_one<'t>(
    tokens: &mut Vec<Token<'t>>,
    text: &'t str,
    span: TextRange,
    start: usize,
    end: usize,
) {
    let Ok(range) = TextRange::new(span.start() + start, span.start() + end) else {
        return;
    };
    if let Some(word) = range.slice(text) {
        tokens.push(Token { text: word, lower: word.to_lowercase(), range });
    }
}

/// Where a run falls apart into a number and a word of dates: `21|July`, `Oct|2`, `14|March|2020`, `3|years`, `12|T|10`.
fn cuts(run: &str) -> Vec<usize> {
    if run.len() > 16 || !run.is_ascii() {
        return Vec::new();
    }
    let bytes = run.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let changes: Vec<usize> =
        (1..bytes.len()).filter(|at| digit(*at) != digit(at - 1)).take(4).collect();
    let dated = |word: &str| {
        if word == "T" {
            return digit(0);
        }
        let lower = word.to_ascii_lowercase();
        lexicon::month(&lower).is_some() || (lexicon::unit(&lower).is_some() && digit(0))
    };
    let word = match changes.as_slice() {
        [at] if digit(0) => run.get(*at..),
        [at] => run.get(..*at),
        [first, second] => run.get(*first..*second),
        _ => None,
    };
    if word.is_some_and(dated) { changes } else { Vec::new() }
}

fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}

/// Zero-width characters and bidi controls separate nothing that a reader sees.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
        || c.is_control()
}
