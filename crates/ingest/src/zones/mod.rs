//! Zones of plain text: which lines are the report and which are its surroundings.
//!
//! Owns the reading of a text as its copyist left it, with byline, cross-heads, comments and "Share."
//! in it; refuses HTML. Everything here is linear in the length of the text, and what is in doubt is
//! body: a comment taken for news can be rejected later, a sentence thrown away cannot be found.

mod byline;
mod chatter;
mod dateline;
mod furniture;
mod paragraphs;
mod tail;

use averment_types::{TextRange, Zone, ZoneKind};

pub(crate) use byline::{author, is_name, parts};
pub(crate) use chatter::{chatter, is_comment_head, is_says, is_section_head};
pub(crate) use dateline::{dateline_len, is_date_line};
pub(crate) use furniture::kind as furniture;
pub(crate) use tail::{Para, Setting, comments_from};

/// Fewest words of a paragraph that is certainly running text.
const PROSE_WORDS: usize = 12;
/// Most words of a title line.
const TITLE_WORDS: usize = 30;
/// Most words of a cross-head.
const CROSS_HEAD_WORDS: usize = 10;

/// The zones of the plain text `text`, in order, not overlapping.
pub(crate) fn of_text(text: &str) -> Vec<Zone> {
    let ranges = paragraphs::paragraphs(text);
    let paras: Vec<&str> = ranges.iter().filter_map(|r| r.slice(text)).collect();
    let kinds = kinds(&paras);
    let first_body = kinds.iter().position(|k| *k == ZoneKind::Body);
    let mut zones = Vec::with_capacity(ranges.len() + 1);
    for (at, (range, kind)) in ranges.into_iter().zip(kinds).enumerate() {
        let early = first_body.is_some_and(|first| (first..first + 2).contains(&at));
        match range.slice(text).filter(|_| early && kind == ZoneKind::Body) {
            Some(para) => zones.extend(split_dateline(text, para, range)),
            None => zones.push(Zone { kind, range }),
        }
    }
    zones
}

/// A body paragraph with its dateline as a zone of its own, where it has one.
pub(crate) fn split_dateline(text: &str, para: &str, range: TextRange) -> Vec<Zone> {
    let body = Zone { kind: ZoneKind::Body, range };
    let split = dateline_len(para).and_then(|len| {
        let at = range.start() + len;
        let head = TextRange::new(range.start(), at).ok()?;
        let rest = TextRange::new(at, range.end()).ok()?.trimmed(text);
        (!rest.is_empty()).then_some([
            Zone { kind: ZoneKind::Dateline, range: head },
            Zone { kind: ZoneKind::Body, range: rest },
        ])
    });
    split.map_or_else(|| vec![body], Vec::from)
}

/// What each paragraph is.
fn kinds(paras: &[&str]) -> Vec<ZoneKind> {
    let prose: Vec<bool> = paras.iter().map(|p| is_prose(p)).collect();
    let Some(first) = prose.iter().position(|p| *p) else {
        return paras.iter().map(|p| alone(p)).collect();
    };
    let mut kinds: Vec<ZoneKind> = (0..paras.len())
        .map(|at| if at < first { above(paras, at) } else { below(paras, &prose, at) })
        .collect();
    let open = |at: usize| kinds.get(at) == Some(&ZoneKind::Body);
    let weighed: Vec<Para<'_>> = paras
        .iter()
        .enumerate()
        .map(|(at, text)| Para { text, open: open(at), setting: Setting::Unknown })
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

/// Whether a paragraph is running text.
fn is_prose(para: &str) -> bool {
    let words = para.split_whitespace().count();
    let sentence = ends_sentence(para);
    (words >= PROSE_WORDS && sentence || words > TITLE_WORDS)
        && furniture(para).is_none()
        && author(para).is_none()
        && !is_date_line(para)
}

/// Whether the paragraph ends as a sentence does, a closing quotation mark or bracket aside.
pub(crate) fn ends_sentence(para: &str) -> bool {
    para.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»')
    })
    .ends_with(['.', '!', '?', '…', ':', ';', '。', '।', '؟', '۔'])
}

/// A paragraph of a text that has no running text: a sentence or two, or a list.
fn alone(para: &str) -> ZoneKind {
    if is_address(para) {
        return ZoneKind::Navigation;
    }
    furniture(para).unwrap_or(ZoneKind::Body)
}

/// A paragraph above the first running text.
fn above(paras: &[&str], at: usize) -> ZoneKind {
    let para = paras.get(at).copied().unwrap_or_default();
    if is_address(para) {
        return ZoneKind::Navigation;
    }
    if let Some(kind) = furniture(para) {
        return kind;
    }
    if author(para).is_some() {
        return ZoneKind::Byline;
    }
    if is_date_line(para) {
        return ZoneKind::Dateline;
    }
    let stated = |part: &str| author(part).is_some() || is_date_line(part);
    if parts(para).nth(1).is_some() && parts(para).all(stated) {
        return ZoneKind::Byline;
    }
    // A name alone is a byline when it is the line right above the text, or follows the title.
    let next_is_text = paras.get(at + 1).is_some_and(|p| is_prose(p) || is_date_line(p));
    if is_name(para) && (at > 0 || next_is_text) {
        return ZoneKind::Byline;
    }
    if para.split_whitespace().count() <= TITLE_WORDS { ZoneKind::Headline } else { ZoneKind::Body }
}

/// The first running text, or a paragraph below it.
fn below(paras: &[&str], prose: &[bool], at: usize) -> ZoneKind {
    let para = paras.get(at).copied().unwrap_or_default();
    if let Some(kind) = furniture(para) {
        return kind;
    }
    if is_address(para) {
        return ZoneKind::Navigation;
    }
    if prose.get(at) == Some(&true) {
        return ZoneKind::Body;
    }
    if is_date_line(para) {
        return ZoneKind::Dateline;
    }
    let byline = author(para).is_some() && !ends_sentence(para);
    let last = !prose.iter().skip(at + 1).any(|p| *p);
    let signed =
        last && at + 2 >= paras.len() && is_name(para.trim_start_matches(['-', '–', '—', ' ']));
    if byline || signed {
        return ZoneKind::Byline;
    }
    let between = at > 0 && prose.get(at - 1) == Some(&true) && prose.get(at + 1) == Some(&true);
    if between && is_cross_head(para) {
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
