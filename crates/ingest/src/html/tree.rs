//! The element tree of a page, as flat lists in document order.
//!
//! Owns what closes what, in one pass without recursion; refuses any judgement of content. It follows
//! HTML's rules where they decide which text stands in which block (void elements, implied end tags,
//! table cells as walls) and keeps links, bold and italics as marks on the text rather than as
//! elements. Nesting beyond the cap is flattened and flagged, so depth, time and memory are bounded
//! by the length of the source.

use std::collections::BTreeMap;
use std::ops::Range;

use super::scan::{Scan, Token, attribute};

/// Most facts about the page kept.
const MAX_FACTS: usize = 2_000;
/// Most pieces of text kept. The largest real news pages have about 20,000.
pub(super) const MAX_PIECES: usize = 2_000_000;

const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
];
/// Elements that mark text and are not kept in the tree.
const MARKS: &[&str] = &[
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "mark", "nobr", "q",
    "s", "samp", "small", "strike", "strong", "sub", "sup", "tt", "u", "var", "wbr",
];
/// Elements that stay in the line.
const INLINE: &[&str] = &[
    "amp-img", "area", "audio", "embed", "iframe", "img", "input", "label", "link", "map", "meta",
    "meter", "noscript", "object", "other", "output", "param", "picture", "progress", "script",
    "source", "span", "style", "svg", "template", "time", "track", "video",
];
/// Elements whose text is never shown or never read: programs, drawings, controls.
const UNREAD: &[&str] = &[
    "amp-iframe",
    "audio",
    "button",
    "canvas",
    "datalist",
    "dialog",
    "iframe",
    "math",
    "noembed",
    "noframes",
    "noscript",
    "object",
    "optgroup",
    "option",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
];
/// Elements that an end tag inside them cannot reach across.
const WALLS: &[&str] = &["caption", "html", "object", "table", "td", "template", "th"];

/// An element.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) name: &'static str,
    /// The source of its attributes.
    pub(super) attrs: &'a str,
    /// The element around it; the root is its own parent.
    pub(super) parent: usize,
    /// One past its last descendant.
    pub(super) end: usize,
    /// Whether its text is never shown.
    pub(super) hidden: bool,
}

impl Node<'_> {
    /// The value of an attribute, references not decoded.
    pub(super) fn attr(&self, name: &str) -> Option<&str> {
        attribute(self.attrs, name)
    }
}

/// How text is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Marks {
    pub(super) link: bool,
    pub(super) bold: u8,
    pub(super) italic: u8,
}

/// A run of text between two tags, or a line break.
#[derive(Debug)]
pub(super) struct Piece {
    /// Its place in the source; empty for a line break.
    pub(super) source: Range<usize>,
    /// The innermost element around it.
    pub(super) node: usize,
    /// Pieces of one number stand in one line of the page's flow.
    pub(super) flow: u32,
    pub(super) marks: Marks,
}

/// Elements and text of a page, each in document order.
#[derive(Debug, Default)]
pub(super) struct Tree<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) pieces: Vec<Piece>,
    /// Elements without an end or with content that is no markup, which metadata is read from:
    /// name, attributes, content.
    pub(super) facts: Vec<(&'static str, &'a str, Range<usize>)>,
    /// Whether nesting went beyond the cap.
    pub(super) too_deep: bool,
    /// Whether there were more elements than the cap.
    pub(super) too_many: bool,
    /// Whether text was left out.
    pub(super) cut: bool,
}

struct Frame {
    node: usize,
    marks: Marks,
}

struct Builder<'a> {
    tree: Tree<'a>,
    stack: Vec<Frame>,
    marks: Marks,
    flow: u32,
    max_depth: usize,
    max_elements: usize,
    /// Start tags that were flattened and whose end tags are still to come.
    flattened: BTreeMap<&'static str, usize>,
}

/// Builds the tree of `html`; elements deeper than `max_depth` and those beyond `max_elements` are
/// flattened into their parents.
pub(super) fn build(html: &str, max_depth: usize, max_elements: usize) -> Tree<'_> {
    let root = Node { name: "html", attrs: "", parent: 0, end: 1, hidden: false };
    let mut builder = Builder {
        tree: Tree { nodes: vec![root], ..Tree::default() },
        stack: vec![Frame { node: 0, marks: Marks::default() }],
        marks: Marks::default(),
        flow: 0,
        max_depth: max_depth.max(8),
        max_elements,
        flattened: BTreeMap::new(),
    };
    for token in Scan::new(html) {
        match token {
            Token::Text(source) => builder.text(source),
            Token::Open(name, attrs) => builder.open(name, attrs),
            Token::Close(name) => builder.close(name),
            Token::Raw(name, attrs, content) => builder.tree.fact(name, attrs, content),
        }
    }
    builder.pop_to(0);
    builder.tree
}

impl<'a> Tree<'a> {
    fn fact(&mut self, name: &'static str, attrs: &'a str, content: Range<usize>) {
        let wanted = match name {
            "script" => attribute(attrs, "type").is_some_and(|t| t.contains("ld+json")),
            "title" | "meta" | "link" => true,
            _ => false,
        };
        if wanted && self.facts.len() < MAX_FACTS {
            self.facts.push((name, attrs, content));
        }
    }

    /// The element at `id`; the root for an unknown one.
    pub(super) fn node(&self, id: usize) -> Option<&Node<'a>> {
        self.nodes.get(id)
    }

    /// `id` and the elements around it, outward to the root.
    pub(super) fn ancestors(&self, id: usize) -> impl Iterator<Item = (usize, &Node<'a>)> {
        let mut next = Some(id);
        std::iter::from_fn(move || {
            let at = next?;
            let node = self.nodes.get(at)?;
            next = Some(node.parent).filter(|parent| *parent != at);
            Some((at, node))
        })
    }

    /// Whether `id` is `outer` or lies in it.
    pub(super) fn holds(&self, outer: usize, id: usize) -> bool {
        self.node(outer).is_some_and(|node| (outer..node.end).contains(&id))
    }
}

impl<'a> Builder<'a> {
    fn top(&self) -> usize {
        self.stack.last().map_or(0, |frame| frame.node)
    }

    fn text(&mut self, source: Range<usize>) {
        if self.tree.pieces.len() >= MAX_PIECES {
            self.tree.cut = true;
            return;
        }
        self.tree.pieces.push(Piece {
            source,
            node: self.top(),
            flow: self.flow,
            marks: self.marks,
        });
    }

    fn open(&mut self, name: &'static str, attrs: &'a str) {
        match name {
            "html" => self.merge_root(attrs),
            "body" | "head" => {}
            "br" => self.text(0..0),
            _ if MARKS.contains(&name) => self.mark(name, attrs, true),
            _ if VOID.contains(&name) => self.void(name, attrs),
            _ => self.push(name, attrs),
        }
    }

    fn merge_root(&mut self, attrs: &'a str) {
        if let Some(root) = self.tree.nodes.first_mut().filter(|r| r.attrs.is_empty()) {
            root.attrs = attrs;
        }
    }

    fn void(&mut self, name: &'static str, attrs: &'a str) {
        self.tree.fact(name, attrs, 0..0);
        if !INLINE.contains(&name) {
            self.flow += 1;
        }
    }

    fn mark(&mut self, name: &str, attrs: &str, on: bool) {
        let step = |n: u8| if on { n.saturating_add(1) } else { n.saturating_sub(1) };
        match name {
            "a" => self.marks.link = on && attribute(attrs, "href").is_some(),
            "b" | "strong" => self.marks.bold = step(self.marks.bold),
            "i" | "em" => self.marks.italic = step(self.marks.italic),
            _ => {}
        }
    }

    fn push(&mut self, name: &'static str, attrs: &'a str) {
        self.imply_ends(name);
        if !INLINE.contains(&name) {
            self.flow += 1;
        }
        let too_many = self.tree.nodes.len() >= self.max_elements;
        let too_deep = self.stack.len() >= self.max_depth;
        self.tree.too_many |= too_many;
        self.tree.too_deep |= too_deep;
        if too_many || too_deep {
            *self.flattened.entry(name).or_default() += 1;
            return;
        }
        let parent = self.top();
        let hidden = self.tree.node(parent).is_some_and(|p| p.hidden)
            || UNREAD.contains(&name)
            || is_hidden(attrs);
        let node = self.tree.nodes.len();
        self.tree.nodes.push(Node { name, attrs, parent, end: node + 1, hidden });
        self.stack.push(Frame { node, marks: self.marks });
    }

    /// Closes what the start tag `name` closes by itself.
    fn imply_ends(&mut self, name: &str) {
        let (closes, wall): (&[&str], &[&str]) = match name {
            "li" => (&["li"], &["ul", "ol", "menu", "dir"]),
            "dt" | "dd" => (&["dt", "dd"], &["dl"]),
            "option" | "optgroup" => (&["option"], &["select"]),
            "td" | "th" => (&["td", "th"], &["tr"]),
            "tr" => (&["tr"], &["tbody", "thead", "tfoot"]),
            "tbody" | "thead" | "tfoot" => (&["tbody", "thead", "tfoot", "caption"], &[]),
            _ if INLINE.contains(&name) => return,
            _ => (&["p"], &["button"]),
        };
        let table_part = matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot");
        let at = self.find(
            |n| closes.contains(&n),
            |n| wall.contains(&n) || if table_part { n == "table" } else { WALLS.contains(&n) },
        );
        if let Some(at) = at {
            self.pop_to(at);
        }
        if matches!(name, "li" | "dt" | "dd") {
            self.imply_ends("p");
        }
    }

    /// The place on the stack of the innermost element that `wanted` accepts, before any `wall`.
    fn find(&self, wanted: impl Fn(&str) -> bool, wall: impl Fn(&str) -> bool) -> Option<usize> {
        for (at, frame) in self.stack.iter().enumerate().skip(1).rev() {
            let name = self.tree.node(frame.node)?.name;
            if wanted(name) {
                return Some(at);
            }
            if wall(name) {
                return None;
            }
        }
        None
    }

    fn close(&mut self, name: &'static str) {
        if MARKS.contains(&name) {
            return self.mark(name, "", false);
        }
        let inline = INLINE.contains(&name);
        if !inline {
            self.flow += 1;
        }
        if let Some(left) = self.flattened.get_mut(name).filter(|left| **left > 0) {
            *left -= 1;
            return;
        }
        let table_part = matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th");
        let at = self.find(
            |n| n == name,
            |n| match (inline, table_part) {
                (true, _) => !INLINE.contains(&n),
                (false, true) => n == "table",
                (false, false) => WALLS.contains(&n),
            },
        );
        if let Some(at) = at {
            self.pop_to(at);
        }
    }

    /// Closes the elements from place `at` of the stack on.
    fn pop_to(&mut self, at: usize) {
        let end = self.tree.nodes.len();
        for frame in self.stack.drain(at..).rev() {
            if let Some(node) = self.tree.nodes.get_mut(frame.node) {
                node.end = end;
            }
            self.marks = frame.marks;
        }
    }
}

/// Whether the attributes hide the element, from sight or from everything.
fn is_hidden(attrs: &str) -> bool {
    if attrs.len() < 6 {
        return false;
    }
    let style = |s: &str| {
        let s: String = s.to_ascii_lowercase().split_whitespace().collect();
        s.contains("display:none") || s.contains("visibility:hidden")
    };
    attribute(attrs, "hidden").is_some_and(|v| !v.eq_ignore_ascii_case("until-found"))
        || attribute(attrs, "style").is_some_and(style)
        || attribute(attrs, "aria-hidden").is_some_and(|v| v.eq_ignore_ascii_case("true"))
        || attribute(attrs, "class").is_some_and(|class| {
            class.split_ascii_whitespace().any(|c| {
                matches!(
                    c,
                    "sr-only"
                        | "visually-hidden"
                        | "visuallyhidden"
                        | "screen-reader-text"
                        | "hidden"
                )
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of a page with the names of the elements around each.
    fn outline(html: &str) -> Vec<(String, String)> {
        let tree = build(html, 256, 100_000);
        let name = |piece: &Piece| {
            let names: Vec<_> = tree.ancestors(piece.node).map(|(_, n)| n.name).collect();
            names.join("<").trim_end_matches("html").trim_end_matches('<').to_owned()
        };
        let shown =
            tree.pieces.iter().filter(|p| !html.get(p.source.clone()).unwrap().trim().is_empty());
        shown.map(|p| (html.get(p.source.clone()).unwrap().trim().to_owned(), name(p))).collect()
    }

    fn pair(text: &str, names: &str) -> (String, String) {
        (text.to_owned(), names.to_owned())
    }

    #[test]
    fn end_tags_may_be_missing() {
        let html = "<div><p>a<p>b<ul><li>c<li>d</ul>e</div><table><tr><td>f<td>g</table>h";
        let expected = [
            pair("a", "p<div"),
            pair("b", "p<div"),
            pair("c", "li<ul<div"),
            pair("d", "li<ul<div"),
            pair("e", "div"),
            pair("f", "td<tr<table"),
            pair("g", "td<tr<table"),
            pair("h", ""),
        ];
        assert_eq!(outline(html), expected);
    }

    #[test]
    fn a_cell_is_a_wall() {
        let html = "<div><table><tr><td>a</div>b</td></tr></table>c</div>d";
        let names: Vec<String> = outline(html).into_iter().map(|(_, n)| n).collect();
        assert_eq!(names, ["td<tr<table<div", "td<tr<table<div", "div", ""]);
    }

    #[test]
    fn an_unclosed_link_ends_with_its_block() {
        let html = "<div><p><a href=x>a<b>b</p><p>c</p></div>";
        let tree = build(html, 256, 100_000);
        let links: Vec<bool> = tree.pieces.iter().map(|p| p.marks.link).collect();
        assert_eq!(links, [true, true, false]);
    }

    #[test]
    fn deep_nesting_is_flattened() {
        let html = format!("{}x{}y", "<div>".repeat(20_000), "</div>".repeat(20_000));
        let tree = build(&html, 256, 100_000);
        assert!(tree.too_deep);
        assert_eq!(tree.nodes.len(), 256);
        assert_eq!(tree.pieces.last().map(|p| p.node), Some(0));
    }

    #[test]
    fn every_subtree_is_a_range() {
        let tree = build("<div><p>a</p><ul><li>b</ul></div><p>c", 256, 100_000);
        let ends: Vec<(&str, usize)> = tree.nodes.iter().map(|n| (n.name, n.end)).collect();
        assert_eq!(ends, [("html", 6), ("div", 5), ("p", 3), ("ul", 5), ("li", 5), ("p", 6)]);
    }
}
