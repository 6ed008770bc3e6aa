//! Names: the best way to cut a sentence into entities, from a score for every tag of every token.

use crate::EntityKind;

/// A tag of the scheme BIO.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tag {
    /// Of no entity.
    Outside,
    /// First token of an entity.
    Begin(EntityKind),
    /// Further token of an entity.
    Inside(EntityKind),
}

impl Tag {
    /// Reads `O`, `B-Person`, `I-Person`.
    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name.split_once('-') {
            None => (name == "O").then_some(Self::Outside),
            Some(("B", kind)) => EntityKind::parse(kind).map(Self::Begin),
            Some(("I", kind)) => EntityKind::parse(kind).map(Self::Inside),
            Some(_) => None,
        }
    }

    /// Whether this tag may stand behind `before`, or first in a sentence.
    fn may_follow(self, before: Option<Self>) -> bool {
        match self {
            Self::Inside(kind) => {
                before == Some(Self::Begin(kind)) || before == Some(Self::Inside(kind))
            }
            _ => true,
        }
    }
}

/// An entity as tokens of its sentence, `first..end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) kind: EntityKind,
}

/// The allowed row of tags with the highest sum; `rows` holds the logarithm of each tag's share, a
/// row of `tags.len()` a token. Indices into `tags`.
pub(crate) fn best_tags(rows: &[f32], tags: &[Tag]) -> Vec<usize> {
    let mut sums: Vec<f32> = Vec::new();
    let mut back: Vec<Vec<usize>> = Vec::new();
    for row in rows.chunks_exact(tags.len().max(1)) {
        let reach = |tag: &Tag| best_before(*tag, &sums, tags);
        let (from, now): (Vec<usize>, Vec<f32>) = tags
            .iter()
            .zip(row)
            .map(|(tag, score)| {
                let (from, sum) = reach(tag);
                (from, sum + score)
            })
            .unzip();
        sums = now;
        back.push(from);
    }
    let mut tag = crate::chances::best(&sums);
    let mut path = Vec::with_capacity(back.len());
    for from in back.iter().rev() {
        path.push(tag);
        tag = from.get(tag).copied().unwrap_or_default();
    }
    path.reverse();
    path
}

/// The best tag that `tag` may follow and the sum up to it; minus infinity where there is none.
fn best_before(tag: Tag, sums: &[f32], tags: &[Tag]) -> (usize, f32) {
    if sums.is_empty() {
        return (0, if tag.may_follow(None) { 0.0 } else { f32::NEG_INFINITY });
    }
    let mut best = (0, f32::NEG_INFINITY);
    for (index, (before, sum)) in tags.iter().zip(sums).enumerate() {
        if *sum > best.1 && tag.may_follow(Some(*before)) {
            best = (index, *sum);
        }
    }
    best
}

/// The entities that a row of tags cuts out, in order.
pub(crate) fn spans(path: &[usize], tags: &[Tag]) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    for (at, index) in path.iter().enumerate() {
        match tags.get(*index) {
            Some(Tag::Begin(kind)) => spans.push(Span { first: at, end: at + 1, kind: *kind }),
            Some(Tag::Inside(kind)) => {
                if let Some(last) = spans.last_mut().filter(|s| s.end == at && s.kind == *kind) {
                    last.end = at + 1;
                }
            }
            _ => {}
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TAGS: &[Tag] = &[
        Tag::Outside,
        Tag::Begin(EntityKind::Date),
        Tag::Inside(EntityKind::Date),
        Tag::Begin(EntityKind::Person),
        Tag::Inside(EntityKind::Person),
    ];

    fn allowed(path: &[usize]) -> bool {
        path.iter().enumerate().all(|(at, tag)| {
            TAGS[*tag].may_follow(at.checked_sub(1).map(|before| TAGS[path[before]]))
        })
    }

    fn sum(rows: &[f32], path: &[usize]) -> f32 {
        rows.chunks(TAGS.len()).zip(path).map(|(row, tag)| row[*tag]).sum()
    }

    #[test]
    fn tags_are_read_and_nonsense_is_not() {
        assert_eq!(Tag::parse("I-NORP"), Some(Tag::Inside(EntityKind::Norp)));
        assert_eq!(Tag::parse("O"), Some(Tag::Outside));
        assert_eq!(Tag::parse("B-Ship").or(Tag::parse("X-Date")).or(Tag::parse("B")), None);
    }

    #[test]
    fn neighbours_of_one_kind_are_two_entities_where_a_second_one_begins() {
        let date = |first, end| Span { first, end, kind: EntityKind::Date };
        let person = Span { first: 4, end: 5, kind: EntityKind::Person };
        assert_eq!(spans(&[1, 2, 1, 0, 3], TAGS), [date(0, 2), date(2, 3), person]);
        assert_eq!(spans(&[0, 2, 4], TAGS), []);
    }

    #[test]
    fn a_lone_inside_tag_turns_into_the_best_allowed_row() {
        let mut row = vec![-5.0; 10];
        row[4] = -0.1; // token 0: inside a person, which cannot be first
        row[3] = -1.0;
        row[9] = -0.1;
        assert_eq!(best_tags(&row, TAGS), [3, 4]);
    }

    proptest! {
        #[test]
        fn no_allowed_row_is_better(rows in prop::collection::vec(-9.0_f32..0.0, 0..=4).prop_flat_map(|v| {
            prop::collection::vec(-9.0_f32..0.0, v.len() * TAGS.len())
        })) {
            let path = best_tags(&rows, TAGS);
            let n = rows.len() / TAGS.len();
            prop_assert_eq!(path.len(), n);
            prop_assert!(allowed(&path));
            for mut code in 0..TAGS.len().pow(u32::try_from(n).unwrap()) {
                let other: Vec<usize> = (0..n).map(|_| { let tag = code % TAGS.len(); code /= TAGS.len(); tag }).collect();
                prop_assert!(!allowed(&other) || sum(&rows, &other) <= sum(&rows, &path) + 1e-4);
            }
        }
    }
}
