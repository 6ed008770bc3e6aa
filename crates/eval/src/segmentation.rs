//! Sentences and tokens of the pattern rules against treebanks and tagged news.
//!
//! Owns the measures. All are over exact byte spans in raw text: precision is the share of the spans
//! found that are gold, recall the share of the gold spans that are found. Nothing but the text is given:
//! paragraphs are divided by a blank line, as the treebanks' `newpar` says.
//!
//! The news corpus needs more words. Its tokens were made by another tokeniser than the treebanks':
//! `strict` counts them as they are; `agreed` leaves out the stretches without white space in which the
//! two conventions are known to differ ([`conventions_differ`]), gold and found alike. Its blocks are
//! lines and not sentences ([`crate::newswire`]), so what can be measured of sentences is whether each
//! block's end is found (not in articles whose lines are wrapped), and spans in the dev articles, whose
//! sentences were judged by hand ([`Article::judged_sentences`]).

use std::collections::HashSet;

use averment_lang::conllu::{self, ConlluSentence, GivenTokens};
use averment_lang::segment;
use averment_types::{RangeError, TextRange};

use crate::newswire::Article;

/// How many spans there are, and how many are right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Spans in gold.
    pub gold: usize,
    /// Spans found.
    pub found: usize,
    /// Spans in both.
    pub shared: usize,
}

impl Counts {
    /// Compares two lists of spans.
    ///
    /// ```
    /// use averment_eval::segmentation::Counts;
    /// let counts = Counts::of(&[1, 2, 3], &[2, 3, 4, 5]);
    /// assert_eq!((counts.precision(), counts.recall()), (0.5, 2.0 / 3.0));
    /// ```
    #[must_use]
    pub fn of<T: Eq + std::hash::Hash>(gold: &[T], found: &[T]) -> Self {
        let known: HashSet<&T> = gold.iter().collect();
        let shared = found.iter().filter(|span| known.contains(span)).count();
        Self { gold: gold.len(), found: found.len(), shared }
    }

    /// Share of the spans found that are gold; 1 where none was found.
    #[must_use]
    pub fn precision(self) -> f64 {
        share(self.shared, self.found)
    }

    /// Share of the gold spans that were found; 1 where there are none.
    #[must_use]
    pub fn recall(self) -> f64 {
        share(self.shared, self.gold)
    }

    /// Harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(self) -> f64 {
        share(2 * self.shared, self.gold + self.found)
    }

    /// Takes in the counts of another text.
    pub const fn add(&mut self, other: Self) {
        self.gold += other.gold;
        self.found += other.found;
        self.shared += other.shared;
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words stay far below 2^52")]
const fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Scores of a treebank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TreebankScores {
    /// Syntactic words.
    pub tokens: Counts,
    /// Sentences.
    pub sentences: Counts,
}

/// Scores of tagged news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NewswireScores {
    /// Tokens as the corpus has them.
    pub strict: Counts,
    /// Tokens where its conventions are the treebanks'.
    pub agreed: Counts,
    /// Ends of blocks; only the recall says something.
    pub block_ends: Counts,
    /// Sentences in the articles for which they were judged by hand.
    pub sentences: Counts,
}

/// What the rules find in a text: its tokens, and its sentences from first to last token.
struct Found {
    tokens: Vec<TextRange>,
    sentences: Vec<TextRange>,
}

fn find(text: &str) -> Found {
    let mut found = Found { tokens: Vec::new(), sentences: Vec::new() };
    for tokens in segment(text) {
        found.sentences.extend(cover(tokens.first().copied(), tokens.last().copied()));
        found.tokens.extend(tokens);
    }
    found
}

fn cover(first: Option<TextRange>, last: Option<TextRange>) -> Option<TextRange> {
    Some(first?.cover(last?))
}

/// Scores the rules on a treebank's sentences, document by document.
///
/// # Errors
/// When a document's text would exceed 4 GiB.
pub fn treebank(sentences: &[ConlluSentence<'_>]) -> Result<TreebankScores, RangeError> {
    let mut scores = TreebankScores::default();
    for document in conllu::documents(sentences) {
        let given = GivenTokens::of(document)?;
        let found = find(given.text());
        let words: Vec<TextRange> = given.sentences().concat();
        let gold: Vec<TextRange> = given
            .sentences()
            .iter()
            .filter_map(|words| cover(words.first().copied(), words.last().copied()))
            .collect();
        scores.tokens.add(Counts::of(&words, &found.tokens));
        scores.sentences.add(Counts::of(&gold, &found.sentences));
    }
    Ok(scores)
}

/// Scores the rules on tagged articles. Tokens without a range count as missed in `strict`.
#[must_use]
pub fn newswire(articles: &[Article]) -> NewswireScores {
    let mut scores = NewswireScores::default();
    for article in articles {
        let found = find(&article.text);
        let placed: Vec<TextRange> =
            article.blocks.iter().flatten().filter_map(|token| token.range).collect();
        let mut strict = Counts::of(&placed, &found.tokens);
        strict.gold = article.blocks.iter().flatten().count();
        scores.strict.add(strict);
        let agreed = |ranges: &[TextRange]| -> Vec<TextRange> {
            let chunks = agreed_chunks(article);
            let inside = |range: &&TextRange| {
                let at = chunks.partition_point(|chunk| chunk.end() <= range.start());
                chunks.get(at).is_some_and(|chunk| chunk.contains(**range))
            };
            ranges.iter().filter(inside).copied().collect()
        };
        scores.agreed.add(Counts::of(&agreed(&placed), &agreed(&found.tokens)));
        let blocks: Vec<TextRange> = article.blocks.iter().filter_map(|b| block_range(b)).collect();
        let ends =
            |ranges: &[TextRange]| -> Vec<usize> { ranges.iter().map(|r| r.end()).collect() };
        if !article.is_wrapped() {
            scores.block_ends.add(Counts::of(&ends(&blocks), &ends(&found.sentences)));
        }
        if let Some(gold) = article.judged_sentences() {
            scores.sentences.add(Counts::of(&gold, &found.sentences));
        }
    }
    scores
}

fn block_range(block: &[crate::newswire::Tagged]) -> Option<TextRange> {
    cover(block.first()?.range, block.last()?.range)
}

/// The stretches without white space in which both conventions are the same and all tokens have a place.
fn agreed_chunks(article: &Article) -> Vec<TextRange> {
    let chunks = article.text.split_whitespace().filter(|chunk| !conventions_differ(chunk));
    chunks.filter_map(|chunk| TextRange::of(&article.text, chunk)).collect()
}

/// Whether the news corpus cuts a stretch of text without white space otherwise than the treebanks do, or
/// now so and now so: curly apostrophes, abbreviations and other inner stops, hyphens behind prefixes and
/// between figures, figures beside letters, rows of stops, addresses, letters that are not ASCII.
///
/// ```
/// use averment_eval::segmentation::conventions_differ;
/// assert!(conventions_differ("Mali’s") && conventions_differ("U.S.") && conventions_differ("1980s"));
/// assert!(!conventions_differ("(Mali),") && !conventions_differ("fighter-bomber."));
/// ```
#[must_use]
pub fn conventions_differ(chunk: &str) -> bool {
    let core = chunk.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    let word = core.trim_end_matches('.');
    let capital = word.starts_with(char::is_uppercase);
    let letters: Vec<char> = chunk.chars().collect();
    let beside = |a: char, b: char| a.is_numeric() && b.is_alphabetic();
    let odd = |c: &char| matches!(c, '’' | '‘' | '\'' | '…' | '@' | '\\' | '_');
    letters.iter().any(|c| odd(c) || (c.is_alphabetic() && *c > '\u{ff}'))
        || letters.iter().zip(letters.iter().skip(1)).any(|(a, b)| beside(*a, *b) || beside(*b, *a))
        || word.eq_ignore_ascii_case("cannot")
        || word.contains('.') && !word.contains(|c: char| c.is_ascii_digit())
        || core.ends_with('.') && capital && word.len() < SHORT
        || ["..", "://"].iter().any(|sign| chunk.contains(sign))
        || word.split_once('-').is_some_and(|(before, after)| hyphens_differ(before, after))
}

/// Capitalised words below this length, in bytes, may be abbreviations where a stop follows.
const SHORT: usize = 6;
/// Parts of words that keep their hyphen in the treebanks and lose it in the news corpus.
const PREFIXES: &[&str] = &[
    "anti", "co", "counter", "cross", "e", "ex", "inter", "intra", "micro", "mid", "mini", "multi",
    "neo", "non", "over", "post", "pre", "pro", "re", "semi", "socio", "sub", "super", "trans",
    "un",
];

fn hyphens_differ(before: &str, after: &str) -> bool {
    let figure = |c: char| c.is_ascii_digit();
    PREFIXES.contains(&before.to_lowercase().as_str())
        || (before.ends_with(figure) && after.starts_with(figure))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_treebank_is_scored_over_its_raw_text() {
        let file = "# text = Go.\n1\tGo\t_\tX\t_\t_\t0\troot\t_\tSpaceAfter=No\n\
                    2\t.\t_\tX\t_\t_\t1\tpunct\t_\t_\n\n\
                    # text = It\n1\tIt\t_\tX\t_\t_\t0\troot\t_\t_\n\n\
                    # text = is\n1\tis\t_\tX\t_\t_\t0\troot\t_\t_\n";
        let scores = treebank(&conllu::parse(file).unwrap()).unwrap();
        assert_eq!(scores.tokens, Counts { gold: 4, found: 4, shared: 4 });
        assert_eq!(scores.sentences, Counts { gold: 3, found: 2, shared: 1 });
    }
}
