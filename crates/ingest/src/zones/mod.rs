//! Zones of plain text: which lines are the report and which are its surroundings.
//!
//! Owns the reading of a text as its copyist left it, with byline, cross-heads, comments and "Share."
//! in it; refuses HTML. Everything here is linear in the length of the text, and what is in doubt is
//! body: a comment taken for news can be rejected later, a sentence thrown away cannot be found.

mod byline;
mod chatter;
mod dateline;
mod furniture;
mod opening;
mod paragraphs;
mod tail;
mod title;

use averment_types::{TextRange, Zone, ZoneKind};

pub(crate) use byline::{author, is_name, parts};
pub(crate) use chatter::{chatter, is_comment_head, is_says, is_section_head};
pub(crate) use dateline::{dateline_len, is_date_line};
pub(crate) use furniture::kind as furniture;
pub(crate) use opening::date_at_head;
pub(crate) use tail::{Para, Setting, comments_from};
pub(crate) use title::set_apart;

use opening::opening_len;

/// Fewest words of a paragraph that is certainly running text.
const PROSE_WORDS: usize = 12;
/// Most words of a title line.
const TITLE_WORDS: usize = 30;
/// Fewest words of a sentence above the running text.
const SENTENCE_WORDS: usize = 5;
/// Most words of a cross-head.
const CROSS_HEAD_WORDS: usize = 10;

/// The zones of the plain text `text`, in order, not overlapping.
pub(crate) fn of_text(text: &str) -> Vec<Zone> {
    let ranges = paragraphs::paragraphs(text);
    let paras: Vec<&str> = ranges.iter().filter_map(|r| r.slice(text)).collect();
    let kinds = kinds(&paras);
    let first_body = kinds.iter().position(|k| *k == ZoneKind::Body);
    // "DARAA: … IDLIB: …": what stands before several paragraphs names their sections.
    let labels = |para: &&&str| {
        dateline_len(para).and_then(|len| para.get(..len)).is_some_and(|head| head.ends_with(':'))
    };
    let sections = || paras.iter().filter(labels).take(2).count() > 1;
    let mut zones = Vec::with_capacity(ranges.len() + 1);
    for (at, (range, kind)) in ranges.into_iter().zip(kinds).enumerate() {
        let early = first_body.is_some_and(|first| (first..first + 2).contains(&at));
        let dated = |para: &&str| !(labels(&para) && sections());
        match range.slice(text).filter(|_| early && kind == ZoneKind::Body).filter(dated) {
            Some(para) => zones.extend(split_dateline(text, para, range)),
            None => zones.push(Zone { kind, range }),
        }
    }
    zones
}

/// A body paragraph with its dateline as a zone of its own, where it has one.
pub(crate) fn split_dateline(text: &str, para: &str, range: TextRange) -> Vec<Zone> {
    let body = Zone { kind: ZoneKind::Body, range };
    let len = dateline_len(para).or_else(|| opening_len(para));
    let split = len.and_then(|len| divide(text, range, len));
    let split = split.map(|(head, rest)| {
        [Zone { kind: ZoneKind::Dateline, range: head }, Zone { kind: ZoneKind::Body, range: rest }]
    });
    split.map_or_else(|| vec![body], Vec::from)
}

/// The first `len` bytes of `range`, and the rest of it without white space around it.
fn divide(text: &str, range: TextRange, len: usize) -> Option<(TextRange, TextRange)> {
    let at = range.start() + len;
    let rest = TextRange::new(at, range.end()).ok()?.trimmed(text);
    Some((TextRange::new(range.start(), at).ok()?, rest)).filter(|_| !rest.is_empty())
}

/// A paragraph with what its words alone say.
struct Line<'a> {
    text: &'a str,
    furniture: Option<ZoneKind>,
    /// Whether it is running text.
    prose: bool,
}

impl<'a> Line<'a> {
    fn of(text: &'a str) -> Self {
        let furniture = if is_address(text) { Some(ZoneKind::Navigation) } else { furniture(text) };
        let words = text.split_whitespace().count();
        let long = words >= PROSE_WORDS && ends_sentence(text) || words > TITLE_WORDS;
        let prose = long && furniture.is_none() && author(text).is_none() && !is_date_line(text);
        Self { text, furniture, prose }
    }
}

/// What each paragraph is.
fn kinds(paras: &[&str]) -> Vec<ZoneKind> {
    let lines: Vec<Line<'_>> = paras.iter().map(|text| Line::of(text)).collect();
    let Some(first) = lines.iter().position(|line| line.prose) else {
        return lines.iter().map(|line| line.furniture.unwrap_or(ZoneKind::Body)).collect();
    };
    let mut kinds: Vec<ZoneKind> = (0..lines.len())
        .map(|at| if at < first { above(&lines, at) } else { below(&lines, at) })
        .collect();
    let open = |at: usize| kinds.get(at) == Some(&ZoneKind::Body);
    let weighed: Vec<Para<'_>> = paras
        .iter()
        .enumerate()
        .map(|(at, text)| Para { text, open: open(at), setting: Setting::Unknown, heading: false })
        .collect();
    if let Some(from) = comments_from(&weighed) {
        for kind in kinds.iter_mut().skip(from) {
            if matches!(kind, ZoneKind::Body | ZoneKind::Headline | ZoneKind::Dateline) {
                *kind = ZoneKind::Comment;
            }
        }
    }
    kinds
}

/// Whether the paragraph ends as a sentence does, a closing quotation mark or bracket aside.
pub(crate) fn ends_sentence(para: &str) -> bool {
    para.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»')
    })
    .ends_with(['.', '!', '?', '…', ':', ';', '。', '।', '؟', '۔'])
}

/// A paragraph above the first running text.
fn above(lines: &[Line<'_>], at: usize) -> ZoneKind {
    let Some(line) = lines.get(at) else { return ZoneKind::Body };
    if let Some(kind) = line.furniture {
        return kind;
    }
    if author(line.text).is_some() {
        return ZoneKind::Byline;
    }
    if is_date_line(line.text) {
        return ZoneKind::Dateline;
    }
    let stated = |part: &str| author(part).is_some() || is_date_line(part);
    if parts(line.text).nth(1).is_some() && parts(line.text).all(stated) {
        return ZoneKind::Byline;
    }
    // A name alone is a byline when it is the line right above the text, or follows the title.
    let text_next = lines.get(at + 1).is_some_and(|next| next.prose || is_date_line(next.text));
    if is_name(line.text) && (at > 0 || text_next) {
        return ZoneKind::Byline;
    }
    let words = line.text.split_whitespace().count();
    let sentence = words >= SENTENCE_WORDS && line.text.ends_with('.');
    if sentence || words > TITLE_WORDS { ZoneKind::Body } else { ZoneKind::Headline }
}

/// The first running text, or a paragraph below it.
fn below(lines: &[Line<'_>], at: usize) -> ZoneKind {
    let Some(line) = lines.get(at) else { return ZoneKind::Body };
    if let Some(kind) = line.furniture {
        return kind;
    }
    if line.prose {
        return ZoneKind::Body;
    }
    if is_date_line(line.text) {
        return ZoneKind::Dateline;
    }
    let prose = |at: usize| lines.get(at).is_some_and(|line| line.prose);
    let byline = author(line.text).is_some() && !ends_sentence(line.text);
    let last = at + 2 >= lines.len() && !prose(at + 1);
    if byline || last && is_name(line.text.trim_start_matches(['-', '–', '—', ' '])) {
        return ZoneKind::Byline;
    }
    if at > 0 && prose(at - 1) && prose(at + 1) && is_cross_head(line.text) {
        return ZoneKind::Headline;
    }
    ZoneKind::Body
}

/// Whether a line between two paragraphs has the shape of a heading.
fn is_cross_head(para: &str) -> bool {
    let words = para.split_whitespace().count();
    let opens = para.trim_start_matches(['“', '"', '‘', '\'']).starts_with(|c: char| {
        c.is_uppercase() || c.is_numeric() || (c.is_alphabetic() && !c.is_lowercase())
    });
    let closed = para.ends_with(['.', '!', ',', ';', ':', '…', '”', '"']);
    words <= CROSS_HEAD_WORDS && opens && !closed
}

/// Whether the line is a web address and nothing else.
fn is_address(para: &str) -> bool {
    let lower = para.get(..8).unwrap_or(para).to_ascii_lowercase();
    let scheme =
        lower.starts_with("http://") || lower.starts_with("https://") || lower.starts_with("www.");
    scheme && !para.contains(char::is_whitespace)
}
