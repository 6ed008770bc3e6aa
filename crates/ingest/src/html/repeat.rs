//! Groups of like siblings: lists of comments and of teasers for other articles, with or without
//! class names.
//!
//! Owns what repetition tells; refuses single blocks.

use std::collections::BTreeMap;

use super::blocks::{Block, is_prose};
use super::context::Place;
use super::tree::Tree;
use crate::zones::{is_comment_head, is_says};

/// Most words of a teaser.
const TEASER_WORDS: usize = 110;
/// Most words of a card, a teaser whose link is a picture or a word.
const CARD_WORDS: usize = 45;
/// Fewest words of a link that is another article's title and not a name.
const TITLE_WORDS: usize = 4;

/// What the blocks below one element are like.
#[derive(Debug, Clone, Copy, Default)]
#[expect(clippy::struct_excessive_bools, reason = "independent marks, summed up over elements")]
struct Item {
    blocks: usize,
    words: usize,
    /// A name with "says", a time, "Reply".
    head: bool,
    /// A link that reads like a title, with no sentence around it.
    title: bool,
    /// A block of words that is no head and no link.
    talk: bool,
    /// A link alone, of any length.
    link: bool,
    prose: usize,
}

impl Item {
    fn add(&mut self, other: Self) {
        self.blocks += other.blocks;
        self.words += other.words;
        self.head |= other.head;
        self.title |= other.title;
        self.talk |= other.talk;
        self.link |= other.link;
        self.prose += other.prose;
    }

    fn is_comment(&self) -> bool {
        self.head && self.talk && !self.title && self.blocks >= 2
    }

    fn is_teaser(&self) -> bool {
        self.title && self.words <= TEASER_WORDS && self.prose <= 1
    }

    /// A short text with a link of its own: a teaser where there are many of them.
    fn is_card(&self) -> bool {
        self.link && self.talk && self.words <= CARD_WORDS
    }
}

fn item(block: &Block) -> Item {
    let head = is_comment_head(&block.text) || is_says(&block.text);
    let density = block.link_density();
    let title = block.words >= TITLE_WORDS && density > 0.8 && !head
        || is_prose(block) && block.lead >= TITLE_WORDS;
    Item {
        blocks: 1,
        words: block.words,
        head,
        title,
        talk: !head && density < 0.5,
        link: density > 0.8,
        prose: usize::from(is_prose(block) && density < 0.5),
    }
}

/// Marks in `places` the elements of each group of siblings that repeat a comment's or a teaser's
/// build. A group that holds more than half of the page's running text in teasers is the page itself.
pub(super) fn mark(tree: &Tree<'_>, blocks: &[Block], places: &mut [Place]) {
    let mut items = vec![Item::default(); tree.nodes.len()];
    for block in blocks {
        if let Some(sum) = items.get_mut(block.node) {
            sum.add(item(block));
        }
    }
    for id in (1..items.len()).rev() {
        let (Some(mine), Some(node)) = (items.get(id).copied(), tree.node(id)) else { continue };
        if let Some(outer) = items.get_mut(node.parent) {
            outer.add(mine);
        }
    }
    for group in groups(tree, &items) {
        let of_group: Vec<Item> = group.iter().filter_map(|id| items.get(*id).copied()).collect();
        let Some(place) = place_of(&of_group) else { continue };
        for id in group {
            let end = tree.node(id).map_or(id, |node| node.end);
            let inside = places.get_mut(id..end).unwrap_or_default();
            inside.iter_mut().filter(|p| **p != Place::Comment).for_each(|p| *p = place);
        }
    }
}

/// Siblings of one name, class and build that hold text, in document order.
fn groups(tree: &Tree<'_>, items: &[Item]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
    for (id, node) in tree.nodes.iter().enumerate().skip(1) {
        let held = items.get(id).copied().unwrap_or_default();
        if node.hidden || held.blocks == 0 || node.name == "p" && held.blocks < 2 {
            continue;
        }
        let class: String = node
            .attr("class")
            .and_then(|class| class.split_ascii_whitespace().next())
            .unwrap_or_default()
            .chars()
            .filter(|c| !c.is_ascii_digit())
            .collect();
        groups.entry((node.parent, format!("{}.{class}", node.name))).or_default().push(id);
    }
    groups.into_values().filter(|group| group.len() >= 2).collect()
}

fn place_of(group: &[Item]) -> Option<Place> {
    let share =
        |of: fn(&Item) -> bool| group.iter().filter(|item| of(item)).count() * 10 / group.len();
    if share(Item::is_comment) >= 7 {
        return Some(Place::Comment);
    }
    let teasers = group.len() >= 3 && share(Item::is_teaser) >= 8;
    let cards = group.len() >= 6 && share(Item::is_card) >= 9;
    (teasers || cards).then_some(Place::Navigation)
}
