//! Labels at the head of paragraphs that say where what stands behind them was: "*Nangarhar.* Shells landed", "*North Gojjam, Merawi:* Soldiers".
//!
//! Owns which paragraphs stand under which label, as round-ups and situation reports have them; refuses datelines and what the words behind a
//! label name themselves.

use averment_place::PlaceMention;
use averment_types::{ClaimContent, PlaceKind, PlaceValue, TextRange, WherePrec};

use super::stamp;

/// A label is at most so many bytes long.
const LONGEST: usize = 80;
/// A heading that names no place is at most so many words long.
const HEADING: usize = 4;

/// Words that stand in a label beside names.
const BESIDE: [&str; 27] = [
    "and",
    "in",
    "of",
    "the",
    "near",
    "city",
    "town",
    "village",
    "area",
    "areas",
    "district",
    "districts",
    "province",
    "provinces",
    "state",
    "states",
    "county",
    "counties",
    "region",
    "regions",
    "governorate",
    "governorates",
    "department",
    "zone",
    "territory",
    "countryside",
    "rural",
];

/// What stands under a label.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    /// Its words.
    pub(crate) words: TextRange,
    /// From the label to where it ends to hold.
    pub(crate) range: TextRange,
    /// The most exact place that it names; none of a heading between such labels, and of an entry of a live page.
    pub(crate) place: Option<PlaceValue>,
}

/// The labels of `text` behind its headline, which ends at `from`, in its order; one alone holds for its paragraph, of several each until
/// the next heading.
pub(crate) fn labels(
    text: &str,
    from: usize,
    places: &[PlaceMention],
    unlisted: &[PlaceMention],
) -> Vec<Label> {
    let mut heads: Vec<(TextRange, usize, Option<PlaceValue>)> = paragraphs(text)
        .filter(|(start, _)| *start >= from)
        .filter_map(|(start, end)| {
            let head = head_of(text.get(start..end)?)?;
            let place = labelled(text, start, start + head, places, unlisted);
            let words = text.get(start..start + head)?.split_whitespace().count();
            // "Four died." is no heading.
            let leads = start + head + 1 < end;
            let named = TextRange::new(start, start + head).ok()?;
            (place.is_some() || leads && words <= HEADING).then_some((named, end, place))
        })
        .collect();
    let several = heads.iter().filter(|(_, _, place)| place.is_some()).count() > 1;
    if heads.iter().filter_map(|(_, _, place)| place.as_ref()).filter(|p| bears(p)).count() > 1 {
        heads.iter_mut().filter_map(|(_, _, place)| place.as_mut()).for_each(widen);
    }
    let nexts = heads.iter().skip(1).map(|(words, _, _)| words.start()).chain([text.len()]);
    let held = heads.iter().zip(nexts).filter_map(|((words, end, place), next)| {
        let until = if several { next } else { *end };
        let range = TextRange::new(words.start(), until).ok()?;
        (several || place.is_some()).then(|| Label { words: *words, range, place: place.clone() })
    });
    let held: Vec<Label> = held.collect();
    if held.is_empty() { entries(text) } else { held }
}

/// The entries of a live page, each told by itself.
fn entries(text: &str) -> Vec<Label> {
    let stamped = stamp::entries(text);
    let label = |(words, range): (TextRange, TextRange)| Label { words, range, place: None };
    stamped.into_iter().map(label).collect()
}

/// Whether a town bears the name of the division that it lies in.
pub(super) fn bears(place: &PlaceValue) -> bool {
    let named = |division: &String| {
        *division == place.name || division.to_lowercase() == place.text.to_lowercase()
    };
    place.kind == PlaceKind::Settlement && place.admin1.as_ref().is_some_and(named)
}

/// "DARAA: …", "HOMS: …": among labels of divisions a town's name is its division's.
fn widen(place: &mut PlaceValue) {
    if bears(place) {
        (place.kind, place.precision) = (PlaceKind::Admin1, WherePrec::Admin1);
        (place.gazetteer_id, place.admin2) = (None, None);
        if let Some(division) = &place.admin1 {
            place.name.clone_from(division);
        }
        place.reasons.push(
            "one of several labels that name divisions; the point is the town of its name"
                .to_owned(),
        );
    }
}

/// The label that holds for what stands at `range`; `labels` are in the order of the text.
pub(crate) fn over(labels: &[Label], range: TextRange) -> Option<&Label> {
    let next = labels.partition_point(|label| label.range.start() <= range.start());
    labels.get(next.checked_sub(1)?).filter(|label| label.range.contains(range))
}

/// "*Sweida:* a grenade exploded": a label says nothing.
pub(crate) fn unspeak(labels: &[Label], claims: &mut [ClaimContent]) {
    for claim in claims.iter_mut().filter(|_| !labels.is_empty()) {
        claim.attribution.retain(|link| {
            over(labels, link.range).is_none_or(|label| !label.words.overlaps(link.range))
        });
    }
}

/// Where each paragraph starts, behind its bullet, and ends.
fn paragraphs(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let lines = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    lines.filter_map(|(start, line)| {
        let bullet =
            |c: char| c.is_whitespace() || matches!(c, '-' | '•' | '*' | '–' | '—' | '·' | '#');
        let body = line.trim_start_matches(bullet);
        let end = start + line.trim_end().len();
        let start = start + line.len() - body.len();
        (start < end).then_some((start, end))
    })
}

/// How long the head of a paragraph is, if something sets it off: a colon, a full stop, a dash between spaces, or the end of the line.
fn head_of(paragraph: &str) -> Option<usize> {
    let marks = [": ", ". ", " – ", " — ", " - ", ".\u{a0}"];
    let first = marks.iter().filter_map(|mark| paragraph.find(mark)).min();
    let whole = paragraph.trim_end_matches(['.', ':']).len();
    let end = first.unwrap_or(whole);
    (end <= LONGEST).then_some(end)
}

/// The most exact place of the names between `start` and `end`, where nothing else stands there; none of two that lie apart.
fn labelled(
    text: &str,
    start: usize,
    end: usize,
    places: &[PlaceMention],
    unlisted: &[PlaceMention],
) -> Option<PlaceValue> {
    let named: Vec<&PlaceMention> =
        within(places, start, end).iter().chain(within(unlisted, start, end)).collect();
    let covered = |at: usize| named.iter().any(|p| p.span.start() <= at && at < p.span.end());
    let mut at = start;
    let mut joined = false;
    for word in text.get(start..end)?.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        joined |= bare == "and";
        if !bare.is_empty() && !covered(at) && !BESIDE.contains(&bare.to_lowercase().as_str()) {
            return None;
        }
        at += word.len();
    }
    let finest = named.iter().min_by_key(|p| p.value.precision)?;
    (!joined || named.len() == 1).then(|| finest.value.clone())
}

/// Those of `places`, which are in the order of the text, between `start` and `end`.
fn within(places: &[PlaceMention], start: usize, end: usize) -> &[PlaceMention] {
    let first = places.partition_point(|p| p.span.start() < start);
    let last = places.partition_point(|p| p.span.end() <= end).max(first);
    places.get(first..last).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use averment_place::Gazetteer;

    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let all = TextRange::new(0, text.len()).unwrap();
        let places = Gazetteer::shipped().unwrap().read(text, &[all], &[]);
        let labels = labels(text, 0, &places, &[]);
        let said = |l: Label| Some((l.place?.name, l.range.slice(text).unwrap().trim().to_owned()));
        labels.into_iter().filter_map(said).collect()
    }

    #[test]
    fn a_label_holds_until_the_next_heading() {
        let text = "Kabul. A bomb went off.\n\nFour died.\n\nFloods. Houses fell.\n\nNangarhar: Shells landed.";
        let labels = found(text);
        let spans: Vec<&str> = labels.iter().map(|(_, span)| span.as_str()).collect();
        assert_eq!(spans, ["Kabul. A bomb went off.\n\nFour died.", "Nangarhar: Shells landed."]);
        assert_eq!(labels[0].0, "Kabul");
    }

    #[test]
    fn one_alone_holds_for_its_paragraph_and_a_sentence_is_none() {
        assert_eq!(found("Kabul: A bomb went off.\n\nFour died.")[0].1, "Kabul: A bomb went off.");
        assert!(found("Kabul police said four died. Others fled.").is_empty());
        assert!(found("Kabul and Kandahar: Bombs went off.").is_empty());
    }
}
