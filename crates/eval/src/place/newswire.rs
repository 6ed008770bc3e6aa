//! Places against the tagged names of world newswire: whether what is found is a place at all.
//!
//! The choice: none. Precision is the share of the mentions that stand for themselves (led as a place, or bare)
//! whose words overlap a name tagged as location or facility; recall the share of the names tagged as location that
//! some mention overlaps, in whatever usage.

use std::path::Path;

use averment_place::{Gazetteer, PlaceUsage};
use averment_types::TextRange;

use super::{Measure, PlaceTable, read};
use crate::EvalError;
use crate::newswire::{self, Article};

const PART: &str = "newswire";

/// Scores the development articles of the folder.
pub(super) fn score(g: &Gazetteer, folder: &Path, table: &mut PlaceTable) -> Result<(), EvalError> {
    let (mut named, mut found, mut told, mut right) = (0, 0, 0, 0);
    for article in newswire::read(folder, "dev")? {
        let golds = names(&article);
        let (mentions, _) = read(g, &article.text);
        let shown = |range: TextRange| {
            let (before, after) = article.text.split_at_checked(range.start()).unwrap_or_default();
            let from = before.char_indices().rev().nth(30).map_or(0, |(at, _)| at);
            let to = after.char_indices().nth(60).map_or(after.len(), |(at, _)| at);
            let around = article.text.get(from..range.start() + to).unwrap_or_default();
            around.replace('\n', " ")
        };
        for (range, class) in golds.iter().filter(|(_, class)| class == "Location") {
            named += 1;
            if mentions.iter().any(|m| m.span.overlaps(*range)) {
                found += 1;
            } else {
                let words = range.slice(&article.text).unwrap_or_default();
                table.wrong(
                    PART,
                    "a location not found",
                    &format!("{words} ({class}) | {}", shown(*range)),
                );
            }
        }
        let own =
            mentions.iter().filter(|m| matches!(m.usage, PlaceUsage::Locative | PlaceUsage::Bare));
        for mention in own {
            told += 1;
            let over = golds.iter().find(|(range, _)| range.overlaps(mention.span));
            match over.map(|(_, class)| class.as_str()) {
                Some("Location" | "Facility") => right += 1,
                class => {
                    let words = mention.span.slice(&article.text).unwrap_or_default();
                    let cause = format!("found in {}", class.unwrap_or("no name"));
                    table.wrong(PART, &cause, &format!("{words} | {}", shown(mention.span)));
                }
            }
        }
    }
    let mut push = |name, means, right, of| table.measures.push(Measure { name, means, right, of });
    push(
        "newswire precision",
        "mentions that stand for themselves and are a tagged location or facility",
        right,
        told,
    );
    push("newswire recall", "tagged locations that some mention is at", found, named);
    Ok(())
}

/// The tagged names of an article with their classes.
fn names(article: &Article) -> Vec<(TextRange, String)> {
    let mut names: Vec<(TextRange, String)> = Vec::new();
    for block in &article.blocks {
        let mut open = false;
        for token in block {
            let class = token.tag.get(2..).unwrap_or_default();
            match (token.tag.get(..1), token.range) {
                (Some("B"), Some(range)) => {
                    names.push((range, class.to_owned()));
                    open = true;
                }
                (Some("I"), Some(range)) if open => {
                    if let Some((last, _)) = names.last_mut() {
                        *last = last.cover(range);
                    }
                }
                _ => open = false,
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::newswire::Tagged;

    #[test]
    fn names_go_from_their_first_to_their_last_token() {
        let token = |start, end, tag: &str| Tagged {
            form: String::new(),
            tag: tag.to_owned(),
            inner: Vec::new(),
            range: TextRange::new(start, end).ok(),
        };
        let block = vec![
            token(0, 3, "B-Location"),
            token(4, 7, "I-Location"),
            token(8, 9, "O"),
            token(10, 12, "I-Date"),
        ];
        let article = Article { name: String::new(), text: String::new(), blocks: vec![block] };
        assert_eq!(names(&article), [(TextRange::new(0, 7).unwrap(), "Location".to_owned())]);
    }
}
