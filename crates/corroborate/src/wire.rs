//! Wire copy: which agency a report credits with its text.
//!
//! Read from datelines ("BAMAKO (AFP) -"), bylines ("By Reuters"), the author's field, and the last line ("-- AFP",
//! "Source: SANA"). An agency that is only quoted in the text gets no credit for it: that is attribution.

use averment_types::{Report, ZoneKind};

use crate::sources::{Source, SourceKind, Sources};

/// A credit stands within so many bytes of the text's beginning.
const OPENING: usize = 120;
/// A credit at the end is a line, or a last sentence, of at most so many bytes.
const CLOSING: usize = 60;

/// The source that the report credits with its text, and the words of the credit.
#[must_use]
pub fn credit<'s>(report: &Report, sources: &'s Sources) -> Option<(&'s Source, String)> {
    in_author(report, sources)
        .or_else(|| in_zones(report, sources))
        .or_else(|| at_the_beginning(report, sources))
        .or_else(|| at_the_end(report, sources))
}

fn agency<'s>(words: &str, sources: &'s Sources) -> Option<(&'s Source, String)> {
    let found = sources.within(words)?;
    let prints_for_others = matches!(found.kind, SourceKind::Agency | SourceKind::PartyMedia);
    prints_for_others.then(|| (found, words.trim().to_owned()))
}

fn in_author<'s>(report: &Report, sources: &'s Sources) -> Option<(&'s Source, String)> {
    agency(report.author.as_deref()?, sources)
}

fn in_zones<'s>(report: &Report, sources: &'s Sources) -> Option<(&'s Source, String)> {
    let lines =
        report.zones.iter().filter(|z| matches!(z.kind, ZoneKind::Byline | ZoneKind::Dateline));
    lines.filter_map(|z| z.range.slice(&report.text)).find_map(|words| agency(words, sources))
}

/// "(Reuters)" or "[AFP]" in the first words of the body.
fn at_the_beginning<'s>(report: &Report, sources: &'s Sources) -> Option<(&'s Source, String)> {
    let mut bodies = report.zones.iter().filter(|z| z.kind == ZoneKind::Body);
    let text = bodies.find_map(|z| z.range.slice(&report.text))?;
    let opening = text.get(..floor(text, OPENING))?;
    brackets(opening).find_map(|inner| agency(inner, sources).filter(|(s, _)| is_all(s, inner)))
}

/// "-- AFP", "(Reuters)", "Source: SANA" as the last words.
fn at_the_end<'s>(report: &Report, sources: &'s Sources) -> Option<(&'s Source, String)> {
    let zone = report.zones.iter().rev().find(|z| z.kind.is_evidence())?;
    let text = zone.range.slice(&report.text)?.trim_end();
    let from = ceil(text, text.len().saturating_sub(CLOSING));
    let tail = text.get(from..)?;
    let line = tail.rsplit('\n').next().unwrap_or(tail).trim_end_matches(['.', ' ']);
    if let Some((_, named)) = line.rsplit_once("Source:").or_else(|| line.rsplit_once("Source :")) {
        return sources
            .named(named)
            .or_else(|| sources.within(named))
            .map(|s| (s, named.trim().to_owned()));
    }
    let dashed = line.rsplit(['—', '–']).next().filter(|rest| rest.len() < line.len());
    let dashed = dashed.or_else(|| line.rsplit_once("--").map(|(_, rest)| rest));
    let slashed = line.rsplit_once('/').map(|(_, rest)| rest);
    let closed = line.strip_suffix([')', ']']).and_then(|l| l.rsplit(['(', '[']).next());
    let mut ends = [dashed, slashed, closed].into_iter().flatten();
    ends.find_map(|words| agency(words, sources).filter(|(s, _)| is_all(s, words)))
}

/// Whether the words are the source's name and little more, so that "(a reporter of Reuters was hurt)" is none.
fn is_all(source: &Source, words: &str) -> bool {
    let longest =
        source.aliases.iter().chain([&source.name]).filter(|n| words.contains(n.as_str()));
    let longest = longest.map(String::len).max().unwrap_or(0);
    words.trim().len() <= longest + 12
}

fn brackets(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(['(', '[']).filter_map(|(at, open)| {
        let close = if open == "(" { ')' } else { ']' };
        text.get(at + 1..)?.split_once(close).map(|(inner, _)| inner)
    })
}

/// The last boundary of a character at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

fn ceil(text: &str, at: usize) -> usize {
    (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credited(text: &str) -> Option<String> {
        let report = Report::of_body("r", text).unwrap();
        credit(&report, &Sources::shipped().unwrap()).map(|(source, _)| source.id.clone())
    }

    #[test]
    fn credits_are_read_at_both_ends() {
        assert_eq!(credited("BAMAKO (Reuters) - Gunmen left the town."), Some("reuters".into()));
        assert_eq!(credited("NIAMEY, May 3 [AFP] Gunmen left the town."), Some("afp".into()));
        assert_eq!(credited("Gunmen left the town, a monitor said.--AFP"), Some("afp".into()));
        assert_eq!(credited("Gunmen left the town.\n— Reuters"), Some("reuters".into()));
        assert_eq!(credited("Gunmen left the town. Source: SANA"), Some("sana".into()));
        assert_eq!(credited("Gunmen left the town. (AP)"), Some("associated-press".into()));
    }

    #[test]
    fn a_quoted_agency_gets_no_credit_for_the_text() {
        assert_eq!(credited("Gunmen left the town, AFP reported."), None);
        assert_eq!(credited("Gunmen (one spoke to Reuters by telephone) left the town."), None);
    }
}
