//! From the scores of words to fillers: runs of words, runs with the same words, names of one thing.

use std::collections::BTreeSet;
use std::ops::Range;

use averment_types::TextRange;

use crate::chances;
use crate::infer::Rows;

/// A word is looked at from this probability of a part, as in the training.
const LEAST: f32 = 0.15;
/// Words that open and end no name and tell no two apart.
const SMALL: [&str; 13] =
    ["of", "and", "in", "at", "on", "to", "for", "by", "from", "than", "the", "a", "an"];

/// Neighbouring words that name a filler of one part.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Run {
    pub(super) part: usize,
    pub(super) words: Range<usize>,
    pub(super) likely: f32,
}

/// A run in a report, and how well it fits each kind of incident.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) part: usize,
    pub(super) words: Range<usize>,
    pub(super) likely: f32,
    pub(super) kinds: Vec<f32>,
}

/// Runs of `count` words by the scores of their tags: none, then for each part one that opens and one that goes on.
pub(super) fn runs(tags: &Rows, count: usize, parts: usize) -> Vec<Run> {
    let mut all = Vec::new();
    for part in 0..parts {
        let opens = |at: usize| chances::share(tags.row(at), 1 + 2 * part, 1.0);
        let goes_on = |at: usize| chances::share(tags.row(at), 2 + 2 * part, 1.0);
        let mut at = 0;
        while at < count {
            let first = at;
            let mut least = opens(at) + goes_on(at);
            let (mut sum, mut length) = (least, 1.0_f32);
            at += 1;
            if least <= LEAST {
                continue;
            }
            while at < count && goes_on(at) >= opens(at) && opens(at) + goes_on(at) > LEAST {
                let both = opens(at) + goes_on(at);
                (least, sum, length) = (least.min(both), sum + both, length + 1.0);
                at += 1;
            }
            all.push(Run { part, words: first..at, likely: f32::midpoint(least, sum / length) });
        }
    }
    all
}

/// A filler: all its places, the words that name it best.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entity {
    pub(super) part: usize,
    pub(super) best: TextRange,
    /// The words of `best` as names are compared.
    pub(super) name: String,
    pub(super) mentions: Vec<TextRange>,
    /// Where it stands.
    pub(super) places: Vec<Found>,
    /// The likeliest of its places.
    pub(super) top: f32,
    /// That one of them at least is right, were they independent.
    pub(super) either: f32,
    /// Between both.
    pub(super) likely: f32,
}

/// Places with the same words.
struct Name<'f> {
    words: String,
    at: Vec<(TextRange, &'f Found)>,
}

impl Name<'_> {
    /// The likeliest of its places.
    fn surest(&self) -> f32 {
        self.at.iter().map(|(_, found)| found.likely).fold(0.0, f32::max)
    }

    /// That one of its places at least is right, were they independent.
    fn any(&self) -> f32 {
        any(self.at.iter().map(|(_, found)| found.likely))
    }
}

fn any(likely: impl Iterator<Item = f32>) -> f32 {
    1.0 - likely.map(|one| 1.0 - one).product::<f32>()
}

/// The fillers that `found` makes, by part and then in order of their likeliest place.
pub(super) fn entities(text: &str, words: &[TextRange], found: &[Found]) -> Vec<Entity> {
    let parts: BTreeSet<usize> = found.iter().map(|one| one.part).collect();
    let mut all = Vec::new();
    for part in parts {
        let mut names = names(text, words, found.iter().filter(|one| one.part == part));
        names.sort_by(|a, b| b.surest().total_cmp(&a.surest()));
        let mut joined: Vec<Vec<Name<'_>>> = Vec::new();
        for name in names {
            let lead = |own: &&mut Vec<Name<'_>>| {
                own.first().is_some_and(|lead| is_same(part, &name.words, &lead.words))
            };
            match joined.iter_mut().find(lead) {
                Some(own) => own.push(name),
                None => joined.push(vec![name]),
            }
        }
        all.extend(joined.iter().filter_map(|names| entity(part, names)));
    }
    all
}

fn names<'f>(
    text: &str,
    words: &[TextRange],
    found: impl Iterator<Item = &'f Found>,
) -> Vec<Name<'f>> {
    let mut names: Vec<Name<'f>> = Vec::new();
    for one in found {
        let Some(range) = trimmed(text, words.get(one.words.clone()).unwrap_or_default()) else {
            continue;
        };
        let own = normal(range.slice(text).unwrap_or_default());
        if own.is_empty() {
            continue;
        }
        match names.iter_mut().find(|name| name.words == own) {
            Some(name) => name.at.push((range, one)),
            None => names.push(Name { words: own, at: vec![(range, one)] }),
        }
    }
    names
}

/// The range of `words` without small ones and marks at their ends.
fn trimmed(text: &str, words: &[TextRange]) -> Option<TextRange> {
    let names = |range: &&TextRange| {
        let word = range.slice(text).unwrap_or_default();
        !SMALL.contains(&word) && word.chars().any(char::is_alphanumeric)
    };
    Some(words.iter().find(names)?.cover(*words.iter().rfind(names)?))
}

fn entity(part: usize, names: &[Name<'_>]) -> Option<Entity> {
    // The first of equals.
    let best = names.iter().rev().max_by(|a, b| a.any().total_cmp(&b.any()))?;
    let places = || names.iter().flat_map(|name| &name.at);
    let top = places().map(|(_, found)| found.likely).fold(0.0, f32::max);
    let either = any(places().map(|(_, found)| found.likely));
    let mut mentions: Vec<TextRange> = places().map(|(range, _)| *range).collect();
    mentions.sort_by_key(|range| (range.start(), range.end()));
    Some(Entity {
        part,
        best: best.at.first()?.0,
        name: best.words.clone(),
        mentions,
        places: places().map(|(_, found)| (*found).clone()).collect(),
        top,
        either,
        likely: f32::midpoint(either, top),
    })
}

/// Lower case, letters and figures alone, without articles.
fn normal(words: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || *c == '_' || c.is_whitespace();
    let kept: String = words.to_lowercase().chars().filter(kept).collect();
    let words = kept.split_whitespace().filter(|word| !["a", "an", "the"].contains(word));
    words.collect::<Vec<_>>().join(" ")
}

/// Whether two names of a part are one thing's: the words of one are among the other's, or it is a group's initials.
fn is_same(part: usize, one: &str, other: &str) -> bool {
    let words = |name| -> BTreeSet<&str> { large(name).collect() };
    let (a, b) = (words(one), words(other));
    if a.is_empty() || b.is_empty() {
        return one == other;
    }
    let initials = |name| large(name).filter_map(|word| word.chars().next()).collect::<String>();
    a.is_subset(&b)
        || b.is_subset(&a)
        || (part == GROUP && (initials(one) == other || initials(other) == one))
}

/// The part that groups play, by its place in the outputs.
const GROUP: usize = 1;

fn large(name: &str) -> impl Iterator<Item = &str> {
    name.split(' ').filter(|word| !SMALL.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "guerrillas of the national army (na) shot the mayor. the guerrillas fled.";

    /// The ranges of the words of [`TEXT`], cut at blanks and marks.
    fn words() -> Vec<TextRange> {
        let mut ranges = Vec::new();
        let mut start = None;
        for (at, c) in TEXT.char_indices() {
            match (start, c.is_alphanumeric()) {
                (None, true) => start = Some(at),
                (Some(from), false) => {
                    ranges.extend(TextRange::new(from, at));
                    start = None;
                }
                _ => {}
            }
        }
        ranges
    }

    fn found(part: usize, words: Range<usize>, likely: f32, kind: f32) -> Found {
        Found { part, words, likely, kinds: vec![kind, 0.0] }
    }

    #[test]
    fn runs_open_go_on_and_end() {
        // One part: none, opens, goes on. The third word opens a filler of its own, the fifth is unlikely.
        let scores =
            [[0.0, 9.0, 0.0], [0.0, 0.0, 9.0], [0.0, 9.0, 0.0], [9.0, 0.0, 0.0], [9.0, 6.0, 0.0]];
        let rows = Rows::of(3, scores.concat());
        let found: Vec<Range<usize>> = runs(&rows, 5, 1).into_iter().map(|run| run.words).collect();
        assert_eq!(found, [0..2, 2..3]);
        assert!(runs(&rows, 5, 1).iter().all(|run| run.likely > 0.99));
    }

    #[test]
    fn places_with_the_same_words_and_initials_are_one_filler() {
        let all = [
            found(0, 0..1, 0.5, 0.2),
            found(0, 9..11, 0.5, 0.8),
            found(1, 3..5, 0.4, 0.0),
            found(1, 5..6, 0.8, 0.0),
            found(3, 7..9, 0.9, 0.0),
        ];
        let made = entities(TEXT, &words(), &all);
        let shown: Vec<(usize, &str, usize)> =
            made.iter().map(|e| (e.part, e.best.slice(TEXT).unwrap(), e.mentions.len())).collect();
        assert_eq!(shown, [(0, "guerrillas", 2), (1, "na", 2), (3, "mayor", 1)]);
        // Half of what one place says and what either says: (0.5 + 0.75) / 2.
        assert!((made[0].likely - 0.625).abs() < 1e-6, "{}", made[0].likely);
        assert_eq!((made[0].name.as_str(), made[0].places.len()), ("guerrillas", 2));
        assert!((made[0].top - 0.5).abs() < 1e-6 && (made[0].either - 0.75).abs() < 1e-6);
    }

    #[test]
    fn names_are_one_by_their_words_and_groups_by_initials() {
        assert!(is_same(3, "ricardo perez", "perez"));
        assert!(!is_same(3, "ricardo perez", "juan perez"));
        assert!(is_same(1, "army of national liberation", "anl"));
        assert!(!is_same(0, "army of national liberation", "anl"));
        assert_eq!(normal("The \"Santo Tomas\" farm"), "santo tomas farm");
    }
}
