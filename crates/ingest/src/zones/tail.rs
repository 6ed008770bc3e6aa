//! Where the article ends and its readers begin.
//!
//! Owns the weighing of comment marks along the paragraphs of a text; refuses to look at single
//! paragraphs out of their place.

use super::chatter::{
    Chatter, chatter, is_comment_head, is_says, is_section_head, is_signed, is_speaker,
    is_widget_line,
};
use super::dateline::is_date_line;

/// How a paragraph is set, compared with those of the article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// As they are, in the same element.
    Like,
    /// In plain text all are alike and nothing follows from it.
    Unknown,
    /// In another element.
    Apart,
}

/// A paragraph as the weighing sees it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Para<'a> {
    pub(crate) text: &'a str,
    /// Whether it may be the report (and not already known as furniture).
    pub(crate) open: bool,
    /// How it is set.
    pub(crate) setting: Setting,
    /// Whether it is set as a heading.
    pub(crate) heading: bool,
}

/// Least weight of a tail that is taken for comments.
const LEAST: i32 = 3;

/// Weight of a heading that labels all that follows.
const LABEL: i32 = 1000;

/// The first paragraph of the comments after the article, or `None`.
///
/// The tail begins at a paragraph that is strongly marked (a comment section's heading, a name with a
/// time, praise or spam that stands out from the article's own tone) and from which on chatter
/// outweighs news; of several such places the one with the greatest weight.
pub(crate) fn comments_from(paras: &[Para<'_>]) -> Option<usize> {
    let first = paras.iter().position(|p| p.open && reads_as_article(p.text))?;
    let talk: Vec<Chatter> =
        paras.iter().map(|p| if p.open { chatter(p.text) } else { Chatter::default() }).collect();
    let tone = tone(paras.get(first..)?, talk.get(first..)?);
    let mut best: Option<(i32, usize)> = None;
    let mut heads = Heads::default();
    let mut sum = 0;
    let label = paras.iter().skip(first + 1).position(|p| is_section_head(p.text));
    let label = label.map_or(paras.len(), |at| at + first + 1);
    for (at, (para, words)) in paras.iter().zip(&talk).enumerate().skip(first + 1).rev() {
        let spoken = at > label && is_speaker(para.text);
        let head = is_head(para);
        let weight = match () {
            () if spoken || head => Weight { value: 4, strong: true },
            () => weigh(para, *words, tone),
        };
        sum = if heads.joins(para, head) { sum.max(LEAST) } else { sum + weight.value };
        if weight.strong && sum >= LEAST && best.is_none_or(|(most, _)| sum >= most) {
            best = Some((sum, at));
        }
    }
    let weighed = best.map(|(_, at)| at).filter(|at| is_plausible(paras, &talk, *at));
    let signed = signed_from(paras, &talk, first);
    weighed.into_iter().chain(signed).min()
}

/// Most words of one comment between two signatures.
const MOST_WORDS: usize = 150;

/// Most signatures that are looked for in the article, to keep the search linear.
const MOST_NAMES: usize = 24;

/// The first of the paragraphs at the end that are signed one after the other, where they do not read
/// like news: lists of victims and chronologies are signed in the same way.
fn signed_from(paras: &[Para<'_>], talk: &[Chatter], first: usize) -> Option<usize> {
    let (mut signed, mut dated, mut since) = (Vec::new(), 0, 0);
    for (at, para) in paras.iter().enumerate().skip(first + 1).rev() {
        since += para.text.split_whitespace().count();
        if since > MOST_WORDS {
            break;
        }
        let with_date =
            is_signed(para.text).filter(|dated| *dated || para.setting == Setting::Apart);
        if let Some(with_date) = with_date {
            signed.push(at);
            dated += usize::from(with_date);
            since = 0;
        }
    }
    let from = *signed.last()?;
    let told = paras.iter().zip(talk).skip(from).filter(|(p, _)| p.open);
    let scores: Vec<i32> =
        told.filter(|(p, _)| p.text.split_whitespace().count() > 4).map(|(_, t)| t.score).collect();
    let sum: i32 = scores.iter().sum();
    let count = i32::try_from(scores.len()).ok().filter(|count| *count > 0)?;
    let known = |at: &usize| is_known(paras.get(first..from).unwrap_or_default(), paras.get(*at));
    let taken = if dated * 2 >= signed.len() {
        signed.len() >= 2 && sum > -2 * count
    } else {
        signed.len() >= 2 && sum > 0 && !signed.iter().take(MOST_NAMES).any(known)
    };
    taken.then_some(from)
}

/// Whether the name that signs `para` stands in the article, as that of a victim or a witness does.
fn is_known(article: &[Para<'_>], para: Option<&Para<'_>>) -> bool {
    let name =
        para.and_then(|p| p.text.split(|c: char| !c.is_alphanumeric()).find(|w| !w.is_empty()));
    name.is_some_and(|name| article.iter().any(|p| p.text.contains(name)))
}

/// Comments that are set like the article and begin without any head are a last few lines; more of
/// that is an essay, a letter or an interview.
fn is_plausible(paras: &[Para<'_>], talk: &[Chatter], from: usize) -> bool {
    let Some((article, tail)) = paras.split_at_checked(from) else { return false };
    let Some(first) = tail.first() else { return false };
    let labelled = first.setting != Setting::Like || is_head(first) || is_section_head(first.text);
    let words = |paras: &[Para<'_>]| -> usize {
        let open = paras.iter().filter(|p| p.open);
        open.map(|p| p.text.split_whitespace().count()).sum()
    };
    let addressed = talk.iter().skip(from).filter(|t| t.addressed).count();
    let open = tail.iter().filter(|p| p.open).count();
    labelled || addressed * 2 > open || words(tail) * 4 <= words(article)
}

/// Heads of single comments seen on the way up. Two of them with little between them hold one
/// comment, whatever its words.
#[derive(Default)]
struct Heads {
    /// Words since the head below; `None` before the first.
    words: Option<usize>,
}

impl Heads {
    /// Takes the next paragraph up; whether it is a head that joins the one below.
    fn joins(&mut self, para: &Para<'_>, head: bool) -> bool {
        if !head {
            self.words = self.words.map(|words| words + para.text.split_whitespace().count());
            return false;
        }
        self.words.replace(0).is_some_and(|words| words > 0 && words <= MOST_WORDS)
    }
}

struct Weight {
    value: i32,
    strong: bool,
}

/// Whether a paragraph is running text that a comment section can follow.
fn reads_as_article(text: &str) -> bool {
    text.split_whitespace().count() >= 12
}

/// The usual chatter of the text's first two thirds, not below 0: an essay in the first person
/// or a letter must not be taken for its readers' comments.
fn tone(paras: &[Para<'_>], talk: &[Chatter]) -> i32 {
    let told = paras.iter().zip(talk).filter(|(p, _)| p.open && reads_as_article(p.text));
    let scores: Vec<i32> = told.map(|(_, t)| t.score).collect();
    let mut upper: Vec<i32> = scores.iter().copied().take(scores.len().div_ceil(3) * 2).collect();
    upper.sort_unstable();
    upper.get(upper.len() / 2).copied().unwrap_or_default().max(0)
}

fn weigh(para: &Para<'_>, words: Chatter, tone: i32) -> Weight {
    let strong = |value| Weight { value, strong: true };
    if is_section_head(para.text) {
        // Between the article's paragraphs it is a link to the comments rather than their heading.
        let aside = para.setting == Setting::Like && !para.heading;
        return strong(if aside { 2 } else { LABEL });
    }
    if is_widget_line(para.text) {
        return strong(4);
    }
    if !para.open {
        return Weight { value: 0, strong: false };
    }
    let score = words.score - tone;
    let marked = match para.setting {
        Setting::Like => words.addressed && score >= 4,
        Setting::Unknown => words.addressed && score >= 3,
        Setting::Apart => score >= 3,
    };
    match score {
        _ if marked => strong(score.min(6)),
        1.. => Weight { value: score, strong: false },
        _ => Weight { value: score.max(-4) - 1, strong: false },
    }
}

/// Whether a paragraph is the head of a single comment.
///
/// Dates alone are the marks of a live page as often; a name alone goes before quotations.
fn is_head(para: &Para<'_>) -> bool {
    match para.setting {
        Setting::Apart => is_comment_head(para.text) || is_says(para.text),
        Setting::Like => is_comment_head(para.text) && !is_date_line(para.text),
        Setting::Unknown => {
            is_comment_head(para.text) && !is_date_line(para.text) || is_says(para.text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEWS: &str = "Four soldiers were killed on Monday when gunmen attacked their post near the border, the army said in a statement.";

    fn from(texts: &[&str]) -> Option<usize> {
        let paras: Vec<Para<'_>> = texts
            .iter()
            .map(|text| Para { text, open: true, setting: Setting::Unknown, heading: false })
            .collect();
        comments_from(&paras)
    }

    #[test]
    fn an_article_alone_has_no_comments() {
        assert_eq!(
            from(&[
                NEWS,
                NEWS,
                "“I have lost my brother,” said a resident who fled the district on Sunday.",
                NEWS
            ]),
            None
        );
        assert_eq!(
            from(
                &["I think we must talk about what I saw in my village, because you should know what I know.";
                    5]
            ),
            None
        );
        assert_eq!(from(&[NEWS, "Nobody has claimed the attack."]), None);
        assert_eq!(from(&[]), None);
    }

    #[test]
    fn comments_begin_at_the_first_strong_mark() {
        assert_eq!(
            from(&[
                NEWS,
                NEWS,
                "2 Comments",
                "Amina says:",
                "The army should protect these villages.",
                "Reply"
            ]),
            Some(2)
        );
        assert_eq!(
            from(&[
                NEWS,
                NEWS,
                "Great article, thanks for sharing!",
                "Where was the army when this happened?"
            ]),
            Some(2)
        );
        assert_eq!(
            from(&[
                NEWS,
                "Moussa · 3 hours ago",
                "The same thing happened in our village.",
                NEWS,
                "Ali · 2 hours ago",
                "Sad."
            ]),
            Some(1)
        );
    }

    #[test]
    fn a_mark_before_much_news_is_none() {
        assert_eq!(from(&[NEWS, "March 3, 2020 at 4:15 pm", NEWS, NEWS, NEWS]), None);
    }
}
