//! The period that a whole report covers, as its first lines say: "Weekly update, *3 – 9 May*", "Reporting period: *12 to 18 July*", and the day
//! of a round-up, told once above its labelled sections.
//!
//! Owns which words state it, and which events take it: those that the report dates by nothing else. Refuses several periods at once.

use averment_time::{TimeMention, TimeMentionKind};
use averment_types::{ClaimContent, ClaimKind, DatePrec, GapField, TextRange, TimeValue};

use super::Label;
use super::stamp::is_undated;

/// So far a line is looked through on either side, in bytes.
const LINE: usize = 4_000;
/// Why an undated event takes the day of another.
const SAME_PARAGRAPH: &str =
    "the day that the paragraph told before, within the period that the report covers";
/// The first lines of a report, in bytes.
const HEAD: usize = 700;
/// Words beside which a date says what is covered.
const COVERS: [&str; 19] = [
    "reporting period",
    "period under review",
    "period covered",
    "covers",
    "covering",
    "covered",
    "period:",
    "for the period",
    "weekly",
    "daily",
    "monthly",
    "fortnightly",
    "situation report",
    "situation update",
    "humanitarian update",
    "flash update",
    "sitrep",
    "bulletin",
    "digest",
];

/// A period, and from where on in the text what is undated happened in it.
struct Covered<'m> {
    mention: &'m TimeMention,
    from: usize,
    reason: &'static str,
}

/// Gives the period that the report covers to what it tells and dates by nothing else.
pub(crate) fn date_covered(
    text: &str,
    times: &[TimeMention],
    labels: &[Label],
    claims: &mut [ClaimContent],
) {
    let found = stated(text, times, claims).or_else(|| above_labels(times, labels));
    let Some(Covered { mention, from, reason }) = found else { return };
    let Some(value) = &mention.value else { return };
    let mut day: Option<(TextRange, TimeValue)> = None;
    for claim in claims.iter_mut().filter(|claim| claim.kind == ClaimKind::Event) {
        let line = line_around(text, claim.trigger);
        // What a list of highlights tells is of the whole period, and not of the first day told behind it.
        let next = |time: &TimeValue| time.span.start() >= line.end();
        let top = claim.trigger.start() < HEAD && claim.time.as_ref().is_some_and(next);
        if (is_undated(claim) || top) && claim.trigger.start() >= from {
            claim.gaps.retain(|gap| gap.field != GapField::Time);
            // The paragraph may have told the day.
            let told = day.as_ref().filter(|(paragraph, _)| *paragraph == line);
            let (value, reason) = told.map_or((value, reason), |(_, day)| (day, SAME_PARAGRAPH));
            let mut reasons = value.reasons.clone();
            reasons.push(reason.to_owned());
            claim.time = Some(TimeValue { inferred: true, reasons, ..value.clone() });
        } else if let Some(own) = claim.time.as_ref().filter(|own| within(own, value)) {
            day = Some((line, own.clone()));
        }
    }
}

/// Whether a time lies in the period.
fn within(own: &TimeValue, period: &TimeValue) -> bool {
    let (own, period) = (own.interval, period.interval);
    own != period
        && own.start() >= period.start()
        && own.end() <= period.end()
        && own.end().is_some()
}

/// The dates among the report's first lines, in the order of the text.
fn dates(times: &[TimeMention], until: usize) -> impl Iterator<Item = &TimeMention> {
    let first = times.iter().take_while(move |t| t.span.end() <= until);
    first.filter(|t| t.kind == TimeMentionKind::Date && t.side.is_none() && t.value.is_some())
}

/// The period that a line among the first states, in which nothing else happens.
fn stated<'m>(
    text: &str,
    times: &'m [TimeMention],
    claims: &[ClaimContent],
) -> Option<Covered<'m>> {
    let states = |mention: &&TimeMention| {
        let line = line_around(text, mention.span);
        let words = line.slice(text).unwrap_or_default().to_lowercase();
        let long = mention.value.as_ref().map(|value| value.precision);
        let daily = long == Some(DatePrec::Day) && is_daily(&words);
        let spans =
            matches!(long, Some(DatePrec::Days | DatePrec::Week | DatePrec::Month)) || daily;
        let tells = claims.iter().any(|c| line.contains(c.trigger) && c.time.is_some());
        spans && !tells && COVERS.iter().any(|covers| stands_in(&words, covers))
    };
    let mention = dates(times, HEAD.min(text.len())).find(states)?;
    let reason = "the period that the report says it covers";
    Some(Covered { mention, from: mention.span.end(), reason })
}

/// Whether a lower-case line is of a report that comes every day: "Daily violations log, Thursday 9 March".
fn is_daily(line: &str) -> bool {
    const KINDS: [&str; 10] = [
        "report", "update", "sitrep", "brief", "briefing", "bulletin", "summary", "round-up",
        "digest", "log",
    ];
    let mut behind = line.split("daily ").skip(1);
    behind.any(|behind| {
        let mut words = behind.split(|c: char| !c.is_alphanumeric() && c != '-').take(2);
        words.any(|word| KINDS.contains(&word))
    })
}

/// Whether the lower-case `line` holds the words as words of their own: "covered", and not "recovered".
fn stands_in(line: &str, words: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    line.match_indices(words).any(|(at, _)| {
        let (before, behind) = (line.get(..at), line.get(at + words.len()..));
        !letter(before.and_then(|b| b.chars().next_back()))
            && !letter(behind.and_then(|b| b.chars().next()))
    })
}

/// The one date above the labels of a round-up.
fn above_labels<'m>(times: &'m [TimeMention], labels: &[Label]) -> Option<Covered<'m>> {
    let mut placed = labels.iter().filter(|label| label.place.is_some());
    let first = placed.next()?.words.start();
    placed.next()?;
    let mut above = dates(times, first.min(HEAD));
    let mention = above.next()?;
    let interval = |t: &TimeMention| t.value.as_ref().map(|value| value.interval);
    let same = |other: &TimeMention| interval(other) == interval(mention);
    let reason = "the one time told above the sections of a round-up";
    above.all(same).then_some(Covered { mention, from: first, reason })
}

/// The line that holds `span`, as far as it reaches on either side.
pub(super) fn line_around(text: &str, span: TextRange) -> TextRange {
    let from = text.floor_char_boundary(span.start().saturating_sub(LINE));
    let until = text.ceil_char_boundary((span.end() + LINE).min(text.len()));
    let before = text.get(from..span.start()).unwrap_or_default();
    let start = before.rfind('\n').map_or(from, |at| from + at + 1);
    let end = text.get(span.end()..until).and_then(|behind| behind.find('\n'));
    TextRange::new(start, end.map_or(until, |at| span.end() + at)).unwrap_or(span)
}
