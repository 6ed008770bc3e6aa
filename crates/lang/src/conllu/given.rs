//! Given tokens: the sentences of a file as one text, with the range of each word in it.

use std::ops::Range;

use averment_types::{RangeError, TextRange};

use super::{ConlluSentence, RowId};

/// A text that is made of given sentences, and where their words are in it.
///
/// A sentence's text is its `# text` where that holds its tokens in order with nothing but white space between them;
/// otherwise its tokens, a blank behind each that has no `SpaceAfter=No`. The words of a multiword token share its
/// letters ("do" and "n't" of "don't"); where they are not spelt so ("de" and "le" of "du") they stand in the text in
/// place of it, parted by blanks, so that every word has letters of its own. Paragraphs are parted by an empty line.
///
/// ```
/// use averment_lang::conllu::{GivenTokens, parse};
/// let file = "1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tdo\t_\t_\t_\t_\t_\t_\t_\t_\n2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n";
/// let given = GivenTokens::of(&parse(file)?)?;
/// let words = given.sentences()[0].iter().map(|range| range.slice(given.text()));
/// assert_eq!(words.collect::<Vec<_>>(), [Some("do"), Some("n't")]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenTokens {
    text: String,
    sentences: Vec<Vec<TextRange>>,
    ranges: Vec<TextRange>,
}

impl GivenTokens {
    /// The text and the words of `sentences`.
    ///
    /// # Errors
    /// When the text would exceed 4 GiB.
    pub fn of(sentences: &[ConlluSentence<'_>]) -> Result<Self, RangeError> {
        let mut given = Self { text: String::new(), sentences: Vec::new(), ranges: Vec::new() };
        let mut space = false;
        for sentence in sentences {
            if sentence.begins_document() || sentence.begins_paragraph() {
                given.break_paragraph();
            } else if space && !given.text.is_empty() {
                given.text.push(' ');
            }
            let tokens = tokens(sentence);
            space = tokens.last().is_none_or(|token| token.space_after);
            let laid = printed(sentence, &tokens).or_else(|| joined(sentence, &tokens));
            let laid = laid.unwrap_or_else(|| spelt(sentence));
            let base = given.text.len();
            given.text.push_str(&laid.text);
            given.ranges.push(TextRange::new(base, given.text.len())?);
            let ranges =
                laid.words.into_iter().map(|w| TextRange::new(base + w.start, base + w.end));
            given.sentences.push(ranges.collect::<Result<_, _>>()?);
        }
        Ok(given)
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The words of each sentence, in order: as many as the file has, none of them empty.
    #[must_use]
    pub fn sentences(&self) -> &[Vec<TextRange>] {
        &self.sentences
    }

    /// Where each sentence is.
    #[must_use]
    pub fn ranges(&self) -> &[TextRange] {
        &self.ranges
    }

    fn break_paragraph(&mut self) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
    }
}

/// A token of the surface: a word, or a multiword token with its words.
struct Token<'a> {
    form: &'a str,
    words: Vec<&'a str>,
    space_after: bool,
}

/// A sentence's text, and where its words are in it.
struct Laid {
    text: String,
    words: Vec<Range<usize>>,
}

fn tokens<'a>(sentence: &ConlluSentence<'a>) -> Vec<Token<'a>> {
    let mut tokens: Vec<Token<'a>> = Vec::new();
    let mut spanned = 0;
    for row in &sentence.rows {
        let (form, space_after) = (row.form, row.space_after());
        match row.id {
            RowId::Range(_, last) => {
                spanned = last;
                tokens.push(Token { form, words: Vec::new(), space_after });
            }
            RowId::Word(n) if n <= spanned => {
                tokens.iter_mut().last().into_iter().for_each(|token| token.words.push(form));
            }
            RowId::Word(_) => tokens.push(Token { form, words: vec![form], space_after }),
            RowId::Empty(..) => {}
        }
    }
    tokens
}

/// The words of `token`, which begins at `start`; `None` where they are not spelt as the token is.
fn cut(token: &Token<'_>, start: usize, words: &mut Vec<Range<usize>>) -> Option<()> {
    let mut rest = token.form;
    let mut at = start;
    for word in &token.words {
        rest = rest.strip_prefix(word)?;
        words.push(at..at + word.len());
        at += word.len();
    }
    rest.is_empty().then_some(())
}

/// The sentence as `# text` prints it.
fn printed(sentence: &ConlluSentence<'_>, tokens: &[Token<'_>]) -> Option<Laid> {
    let text = sentence.text()?;
    let mut words = Vec::new();
    let mut rest = text;
    for token in tokens {
        rest = rest.trim_start();
        cut(token, text.len() - rest.len(), &mut words)?;
        rest = rest.strip_prefix(token.form)?;
    }
    rest.trim().is_empty().then(|| Laid { text: text.to_owned(), words })
}

/// The sentence as its tokens and `SpaceAfter` say.
fn joined(sentence: &ConlluSentence<'_>, tokens: &[Token<'_>]) -> Option<Laid> {
    let mut laid = Laid { text: String::new(), words: Vec::with_capacity(sentence.rows.len()) };
    let mut space = false;
    for token in tokens {
        if space {
            laid.text.push(' ');
        }
        cut(token, laid.text.len(), &mut laid.words)?;
        laid.text.push_str(token.form);
        space = token.space_after;
    }
    Some(laid)
}

/// The sentence as its words, parted by blanks.
fn spelt(sentence: &ConlluSentence<'_>) -> Laid {
    let mut laid = Laid { text: String::new(), words: Vec::with_capacity(sentence.rows.len()) };
    for row in sentence.words() {
        if !laid.text.is_empty() {
            laid.text.push(' ');
        }
        let start = laid.text.len();
        laid.text.push_str(row.form);
        laid.words.push(start..laid.text.len());
    }
    laid
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::parse;
    use super::*;

    fn row(id: &str, form: &str, misc: &str) -> String {
        format!("{id}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n")
    }

    fn given(file: &str) -> (String, Vec<Vec<String>>) {
        let given = GivenTokens::of(&parse(file).unwrap()).unwrap();
        let word = |range: &TextRange| range.slice(given.text()).unwrap().to_owned();
        let words = given.sentences().iter().map(|s| s.iter().map(word).collect()).collect();
        (given.text, words)
    }

    #[test]
    fn the_printed_text_is_kept_where_it_holds_the_tokens() {
        let rows =
            [row("1", "They", "_"), row("2", "fled", "SpaceAfter=No"), row("3", ".", "_")].concat();
        let (text, words) = given(&format!("# text = They  fled .\n{rows}"));
        assert_eq!(text, "They  fled .");
        assert_eq!(words, [["They", "fled", "."]]);
        for comment in ["", "# text = They left.\n", "# text = They fled. Home\n"] {
            let (text, words) = given(&format!("{comment}{rows}"));
            assert_eq!((text.as_str(), words.len()), ("They fled.", 1), "{comment}");
        }
    }

    #[test]
    fn words_of_a_multiword_token_share_it_or_stand_for_it() {
        let clitic =
            [row("1-2", "don't", "SpaceAfter=No"), row("1", "do", "_"), row("2", "n't", "_")];
        let (text, words) = given(&[clitic.concat(), row("3", "!", "_")].concat());
        assert_eq!(text, "don't!");
        assert_eq!(words, [["do", "n't", "!"]]);
        let article =
            [row("1-2", "du", "_"), row("1", "de", "_"), row("2", "le", "_"), row("2.1", "x", "_")];
        let (text, words) = given(&[article.concat(), row("3", "Nord", "_")].concat());
        assert_eq!(text, "de le Nord");
        assert_eq!(words, [["de", "le", "Nord"]]);
    }

    #[test]
    fn sentences_are_parted_as_the_file_says() {
        let one = row("1", "Out!", "SpaceAfter=No");
        let two = row("1", "Now", "_");
        let (text, _) = given(&format!("{one}\n{two}\n{two}\n# newpar\n{two}"));
        assert_eq!(text, "Out!Now Now\n\nNow");
        let file = format!("{one}\n{two}");
        let given = GivenTokens::of(&parse(&file).unwrap()).unwrap();
        let found: Vec<_> = given.ranges().iter().map(|range| range.slice(given.text())).collect();
        assert_eq!(found, [Some("Out!"), Some("Now")]);
    }

    proptest! {
        #[test]
        fn every_word_is_found_again(
            sentences in prop::collection::vec(prop::collection::vec(("[^\\s\\p{C}]{1,9}( [^\\s\\p{C}]{1,4})?", any::<bool>()), 1..9), 1..5)
        ) {
            let mut file = String::new();
            for sentence in &sentences {
                for (index, (form, space)) in sentence.iter().enumerate() {
                    let misc = if *space { "_" } else { "X=y|SpaceAfter=No" };
                    file.push_str(&row(&(index + 1).to_string(), form, misc));
                }
                file.push('\n');
            }
            let (_, words) = given(&file);
            let forms: Vec<Vec<String>> =
                sentences.iter().map(|s| s.iter().map(|(form, _)| form.clone()).collect()).collect();
            prop_assert_eq!(words, forms);
        }
    }
}
