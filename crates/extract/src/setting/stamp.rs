//! Entries of a live page: "*16:20* – Residents say soldiers have stormed the station" is told of the day of publication.
//!
//! Owns which claims stand in such entries and lack a day; refuses pages without several stamps, and those whose day is not known.

use averment_types::{
    ClaimContent, ClaimKind, DatePrec, Gap, GapField, GapState, Modality, Polarity, Published,
    TextRange, TimeValue,
};

/// So many stamped paragraphs make a live page.
const LEAST: usize = 2;

/// What may stand behind the time of a stamp: halves of the day, zones.
const ZONES: [&str; 14] = [
    "am",
    "pm",
    "a.m.",
    "p.m.",
    "GMT",
    "UTC",
    "BST",
    "CET",
    "CEST",
    "EET",
    "EST",
    "EDT",
    "IST",
    "local time",
];

/// The stamped paragraphs of a live page, several of one `text`: where each stamp stands, and the entry up to the next.
pub(super) fn entries(text: &str) -> Vec<(TextRange, TextRange)> {
    let mut starts: Vec<TextRange> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let lead = line.len() - line.trim_start().len();
        let found = stamp(line.trim_start());
        starts.extend(
            found.and_then(|(from, to)| TextRange::new(at + lead + from, at + lead + to).ok()),
        );
        at += line.len();
    }
    let several = starts.len() >= LEAST;
    let ends: Vec<usize> =
        starts.iter().skip(1).map(|next| next.start()).chain([text.len()]).collect();
    let entry =
        |(stamp, end): (TextRange, usize)| Some((stamp, TextRange::new(stamp.start(), end).ok()?));
    let all = starts.into_iter().zip(ends).filter_map(entry);
    if several { all.collect() } else { Vec::new() }
}

/// From where to where the time of day stands with which a paragraph begins, if something sets it off.
fn stamp(paragraph: &str) -> Option<(usize, usize)> {
    let line = paragraph.trim_start_matches(['*', '_', '[', '(']);
    let opened = paragraph.len() - line.len();
    let hour = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.get(hour..).filter(|_| (1..=2).contains(&hour))?;
    let minutes = rest.strip_prefix([':', '.', 'h'])?;
    let whole = minutes.bytes().take_while(u8::is_ascii_digit).count() == 2;
    let mut behind = minutes.get(2..).filter(|_| whole)?.trim_start();
    for zone in ZONES {
        let rest = behind.strip_prefix(zone);
        let ends = |rest: &&str| !rest.starts_with(char::is_alphanumeric);
        behind = rest.filter(ends).unwrap_or(behind).trim_start();
    }
    let marks = ['-', '–', '—', '|', ':', '*', '_', ']', ')'];
    let set_off = behind.starts_with(marks) || behind.starts_with(char::is_uppercase);
    let in_day = line.get(..hour)?.parse::<u8>().ok()? < 24;
    (set_off && in_day).then_some((opened, opened + hour + 3))
}

/// Whether an event came about, or was tried, and neither has a time nor words for one that nobody can date.
pub(super) fn is_undated(claim: &ClaimContent) -> bool {
    let open = |gap: &Gap| gap.field == GapField::Time && gap.state == GapState::Unknown;
    claim.kind == ClaimKind::Event
        && claim.polarity == Polarity::Affirmed
        && matches!(claim.modality, Modality::Happened | Modality::Attempted | Modality::Failed)
        && claim.time.is_none()
        && !claim.gaps.iter().any(open)
}

/// Gives the day of publication to what the entries of a live page tell and date by nothing else.
pub(crate) fn date_entries(text: &str, published: Option<&Published>, claims: &mut [ClaimContent]) {
    let Some(published) = published.filter(|p| p.precision == DatePrec::Day) else { return };
    let entries = entries(text);
    for claim in claims {
        let next = entries.partition_point(|(_, entry)| entry.start() <= claim.trigger.start());
        let entry = next.checked_sub(1).and_then(|at| entries.get(at));
        let entry = entry.filter(|(_, entry)| entry.contains(claim.trigger) && is_undated(claim));
        let Some((stamp, _)) = entry else {
            continue;
        };
        let Some(words) = stamp.slice(text) else { continue };
        claim.gaps.retain(|gap| gap.field != GapField::Time);
        claim.time = Some(TimeValue {
            interval: published.interval,
            precision: DatePrec::Day,
            text: words.to_owned(),
            span: *stamp,
            inferred: true,
            reasons: vec!["an entry of a live page tells of the day of publication".to_owned()],
            candidates: Vec::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_set_off_begin_entries() {
        let zones = "**23:10** Good night.\n\n18:45 GMT – Toll rises\nTwo died.\n\n[09.05 local time] Police came.";
        let all: Vec<&str> = entries(zones).iter().map(|(s, _)| s.slice(zones).unwrap()).collect();
        assert_eq!(all, ["23:10", "18:45", "09.05"]);
        let text = "LIVE\n\n16:20 – Shots were fired.\n\nMore soon.\n\n9.05: Police came.";
        let all: Vec<&str> = entries(text).iter().map(|(s, _)| s.slice(text).unwrap()).collect();
        assert_eq!(all, ["16:20", "9.05"]);
        assert_eq!(
            entries(text)[0].1.slice(text).unwrap(),
            "16:20 – Shots were fired.\n\nMore soon.\n\n"
        );
        assert!(entries("12:30 people fled.\n\n2.50 dollars a kilo").is_empty());
    }
}
