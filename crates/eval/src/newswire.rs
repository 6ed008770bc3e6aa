//! The English Worldwide Newswire corpus: tagged tokens, and the raw articles that they come from.
//!
//! Owns the reader of its TSV files and the alignment of tokens to the raw text. Refuses to repair the
//! corpus: a token that does not stand in the article (broken encodings, mistyped words) has no range.
//!
//! A *block*, what blank lines divide in the TSV, is a **line** of the raw article, that is mostly a
//! paragraph of several sentences; four articles of train alone are divided further, and not throughout.
//! Sentences are therefore not part of the corpus: for dev they were judged by hand
//! ([`Article::judged_sentences`]).

use std::fs;
use std::path::Path;

use averment_types::TextRange;

use crate::EvalError;

/// How far ahead, in bytes, a token is looked for that does not stand where it should.
const REACH: usize = 40;
/// Where sentences end inside lines, by hand.
static JUDGED: &str = include_str!("../data/newswire-dev-sentences.tsv");

/// An article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The name of its raw file.
    pub name: String,
    /// The raw text.
    pub text: String,
    /// Its blocks, in order.
    pub blocks: Vec<Vec<Tagged>>,
}

/// A token and its tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tagged {
    /// The token as the TSV has it.
    pub form: String,
    /// Its tag: "O", or "B-" or "I-" and the class; of an entity that holds others, the outermost.
    pub tag: String,
    /// Tags of entities inside that one, the outer ones first.
    pub inner: Vec<String>,
    /// Where it stands in the raw text.
    pub range: Option<TextRange>,
}

/// Reads the articles of one file of the corpus in `folder`: "train" or "dev".
///
/// # Errors
/// When the file or a raw article cannot be read.
pub fn read(folder: &Path, part: &str) -> Result<Vec<Article>, EvalError> {
    let load = |path: &Path| {
        fs::read_to_string(path)
            .map_err(|source| EvalError::Read { path: path.display().to_string(), source })
    };
    let mut articles: Vec<Article> = Vec::new();
    let mut block = Vec::new();
    for line in load(&folder.join(format!("{part}.tsv")))?.lines() {
        let name = line.strip_prefix("# file = ");
        if name.is_some() || line.trim().is_empty() {
            close(&mut articles, &mut block);
        }
        if let Some(name) = name {
            let name = name.trim().trim_end_matches(".tsv").to_owned();
            let text = load(&folder.join("articles").join(&name))?;
            articles.push(Article { name, text, blocks: Vec::new() });
        } else {
            block.extend(read_line(line));
        }
    }
    close(&mut articles, &mut block);
    articles.iter_mut().for_each(align);
    Ok(articles)
}

fn close(articles: &mut [Article], block: &mut Vec<Tagged>) {
    let block = std::mem::take(block);
    if let Some(article) = articles.last_mut().filter(|_| !block.is_empty()) {
        article.blocks.push(block);
    }
}

/// A token and its tags, divided by tabs (in two lines of the corpus by spaces).
fn read_line(line: &str) -> Option<Tagged> {
    let (form, tags) = line.split_once('\t').or_else(|| line.rsplit_once(' '))?;
    let mut tags = tags.split('\t').map(|tag| tag.trim().to_owned());
    let (form, tag) = (form.trim().to_owned(), tags.next()?);
    Some(Tagged { form, tag, inner: tags.collect(), range: None })
}

/// Gives the tokens their ranges.
fn align(article: &mut Article) {
    let Article { text, blocks, .. } = article;
    let mut rest = text.as_str();
    for token in blocks.iter_mut().flatten() {
        let invisible = |c: char| {
            c.is_whitespace() || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}')
        };
        let inked = rest.trim_start_matches(invisible);
        let here = [rest, inked].into_iter().find(|s| s.starts_with(&token.form));
        let near = || {
            let end = (0..=REACH.min(inked.len())).rev().find(|at| inked.is_char_boundary(*at))?;
            let at = inked.get(..end)?.find(&token.form)?;
            inked.get(at..)
        };
        if let Some((form, behind)) = here.or_else(near).map(|s| s.split_at(token.form.len())) {
            token.range = TextRange::of(text, form);
            rest = behind;
        }
    }
}

impl Article {
    /// Whether its lines are wrapped, so that its blocks are neither paragraphs nor sentences: a third or
    /// more of them begin with a small letter.
    #[must_use]
    pub fn is_wrapped(&self) -> bool {
        let small = self.blocks.iter().filter_map(|block| block.first());
        let small = small.filter(|token| token.form.starts_with(char::is_lowercase)).count();
        3 * small >= self.blocks.len()
    }

    /// Its sentences inside lines as they were judged by hand, from first to last token: the blocks, cut at
    /// the places that `data/newswire-dev-sentences.tsv` names. `None` for articles outside that list,
    /// and for those with wrapped lines.
    #[must_use]
    pub fn judged_sentences(&self) -> Option<Vec<TextRange>> {
        let line = JUDGED.lines().find_map(|line| line.strip_prefix(self.name.as_str()));
        let places =
            line.and_then(|line| line.strip_prefix('\t')).filter(|_| !self.is_wrapped())?;
        let ends: Vec<usize> = places.split(' ').filter_map(|place| place.parse().ok()).collect();
        let sentence = |at: usize| ends.partition_point(|end| *end <= at);
        let mut found = Vec::new();
        for block in &self.blocks {
            let ranges: Vec<TextRange> = block.iter().filter_map(|token| token.range).collect();
            let chunks = ranges.chunk_by(|a, b| sentence(a.start()) == sentence(b.start()));
            found.extend(chunks.filter_map(|chunk| Some(chunk.first()?.cover(*chunk.last()?))));
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(text: &str, blocks: &[&str]) -> Article {
        let tagged = |form: &str| read_line(&format!("{form}\tO")).unwrap();
        let blocks = blocks.iter().map(|block| block.split(' ').map(tagged).collect()).collect();
        let mut article = Article { name: "a".to_owned(), text: text.to_owned(), blocks };
        align(&mut article);
        article
    }

    #[test]
    fn an_entity_inside_another_has_a_column_of_its_own() {
        let token = read_line("Mali\tI-Organization\tB-Location").unwrap();
        assert_eq!(
            (token.tag.as_str(), token.inner),
            ("I-Organization", vec!["B-Location".to_owned()])
        );
    }

    #[test]
    fn tokens_find_their_place_again_behind_a_broken_one() {
        let made = article("The caf\u{e9} was hit.", &["The cafÃ © was hit ."]);
        let found: Vec<Option<&str>> =
            made.blocks[0].iter().map(|token| token.range?.slice(&made.text)).collect();
        assert_eq!(found, [Some("The"), None, None, Some("was"), Some("hit"), Some(".")]);
    }

    #[test]
    fn judged_places_cut_blocks() {
        let mut made = article("It is so. It was.", &["It is so . It was ."]);
        assert_eq!(made.judged_sentences(), None);
        "af_afrol_16.txt".clone_into(&mut made.name);
        assert_eq!(made.judged_sentences().unwrap().len(), 1);
    }
}
