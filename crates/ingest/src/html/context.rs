//! What an element's own name and its generic class words say about the text inside.
//!
//! Owns the vocabulary of page furniture that the web shares (`comment`, `share`, `related`, `byline`,
//! `caption` …); refuses names of sites and of their style sheets.

use std::sync::LazyLock;

use super::tree::{Node, Tree};

/// What the surroundings of a block make it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// Nothing is said.
    Open,
    /// Who wrote it and when.
    Byline,
    /// Words under a picture.
    Caption,
    /// Readers' comments.
    Comment,
    /// Other articles, menus, tags.
    Navigation,
    /// Sharing, following, subscribing.
    Share,
    /// Advertising, cookie notices, pay walls.
    Promotion,
    /// Copyright, terms.
    Disclaimer,
    /// About the author.
    Biography,
}

/// The words of `class_words.txt` with what they say, by section.
static WORDS: LazyLock<Vec<(Place, Vec<&'static str>)>> = LazyLock::new(|| {
    let mut words: Vec<(Place, Vec<&'static str>)> = Vec::new();
    for line in
        include_str!("class_words.txt").lines().filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        match (Place::of_section(line), words.last_mut()) {
            (Some(place), _) => words.push((place, Vec::new())),
            (None, Some((_, list))) => list.push(line),
            (None, None) => {}
        }
    }
    words
});

impl Place {
    fn of_section(line: &str) -> Option<Self> {
        match line {
            "[comment]" => Some(Self::Comment),
            "[share]" => Some(Self::Share),
            "[promotion]" => Some(Self::Promotion),
            "[navigation]" => Some(Self::Navigation),
            "[caption]" => Some(Self::Caption),
            "[biography]" => Some(Self::Biography),
            "[byline]" => Some(Self::Byline),
            "[disclaimer]" => Some(Self::Disclaimer),
            _ => None,
        }
    }
}

/// What an element by itself says about the text inside it.
pub(super) fn of_element(node: &Node<'_>) -> Place {
    match node.name {
        "nav" | "menu" | "footer" | "aside" => return Place::Navigation,
        "figcaption" | "caption" => return Place::Caption,
        "address" => return Place::Byline,
        "form" | "fieldset" => return Place::Promotion,
        _ => {}
    }
    let role = node.attr("role").map(str::to_ascii_lowercase);
    if matches!(
        role.as_deref(),
        Some(
            "navigation"
                | "menu"
                | "menubar"
                | "complementary"
                | "banner"
                | "contentinfo"
                | "search"
                | "toolbar"
                | "dialog"
                | "alert"
        )
    ) {
        return Place::Navigation;
    }
    let names = [node.attr("class"), node.attr("id"), node.attr("itemprop")];
    let words: Vec<String> = names.into_iter().flatten().flat_map(split_words).collect();
    let found = WORDS.iter().find(|(_, list)| words.iter().any(|w| list.contains(&w.as_str())));
    found.map_or(Place::Open, |(place, _)| *place)
}

/// The words of a class attribute in lower case: `relatedPosts__item` is `related`, `posts`, `item`.
fn split_words(names: &str) -> Vec<String> {
    let mut words = Vec::new();
    for name in names.split_ascii_whitespace().take(24) {
        let mut word = String::new();
        let mut lower_before = false;
        for c in name.chars().take(80) {
            if !c.is_ascii_alphabetic() || (c.is_ascii_uppercase() && lower_before) {
                words.push(std::mem::take(&mut word));
            }
            if c.is_ascii_alphabetic() {
                word.push(c.to_ascii_lowercase());
            }
            lower_before = c.is_ascii_lowercase();
        }
        words.push(word);
        words.push(
            name.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_ascii_lowercase(),
        );
    }
    words.retain(|w| w.len() > 1);
    words
}

/// Running text below an element and before it, in words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Prose {
    /// In the element and all that it holds.
    pub(super) inside: usize,
    /// Before the element's first paragraph.
    pub(super) before: usize,
}

/// What each element's surroundings say.
///
/// Class words on the wrapper of a page describe its style and not its text, so an element that holds
/// more than two fifths of the page's running text says nothing; a comment section may be longer
/// than the article, so it says nothing only where no article stands before it.
pub(super) fn places(tree: &Tree<'_>, prose: &[Prose]) -> Vec<Place> {
    let total = prose.first().map_or(0, |p| p.inside);
    let mut places: Vec<Place> = Vec::with_capacity(tree.nodes.len());
    for (id, node) in tree.nodes.iter().enumerate() {
        let around = places.get(node.parent).copied().unwrap_or(Place::Open);
        let mine = prose.get(id).copied().unwrap_or_default();
        let own = if id == 0 { Place::Open } else { of_element(node) };
        let wrapper = mine.inside * 5 > total * 2;
        let says = match own {
            Place::Open => false,
            Place::Comment => !wrapper || mine.before * 8 > total,
            _ => !wrapper,
        };
        places.push(if says { inner(around, own) } else { around });
    }
    places
}

/// Which of the outer and the inner element decides: furniture outside keeps what it holds.
const fn inner(around: Place, own: Place) -> Place {
    match (around, own) {
        (Place::Comment, _)
        | (Place::Navigation | Place::Promotion | Place::Share, Place::Comment) => Place::Comment,
        (
            Place::Navigation
            | Place::Promotion
            | Place::Share
            | Place::Biography
            | Place::Disclaimer,
            _,
        ) => around,
        _ => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn class_names_are_split_into_words() {
        assert!(split_words("relatedPosts__item").contains(&"related".to_owned()));
        assert!(split_words("wp-caption-text").contains(&"caption".to_owned()));
        assert!(!split_words("shadow").contains(&"ad".to_owned()));
    }
}
