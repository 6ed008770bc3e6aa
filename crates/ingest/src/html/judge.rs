//! What each block of the page is.
//!
//! Owns the zone of every block, from its place, its build, its words and its neighbours; refuses to
//! look for the article, which `select` has found. In doubt a paragraph of the article is body.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use averment_types::ZoneKind;
use regex::Regex;

use super::blocks::{Block, is_prose};
use super::context::Place;
use super::tree::Tree;
use crate::zones::{
    Para, Setting, author, chatter, comments_from, ends_sentence, furniture, is_date_line,
    is_section_head,
};

/// Most words of a heading.
const HEADING_WORDS: usize = 25;
/// Most words of a byline's block.
const BYLINE_WORDS: usize = 40;

/// A page laid out for judging.
pub(super) struct Layout<'a> {
    pub(super) tree: &'a Tree<'a>,
    pub(super) blocks: &'a [Block],
    pub(super) places: &'a [Place],
    /// The element that holds the article.
    pub(super) article: usize,
    /// Titles that the page states, in lower case.
    pub(super) titles: &'a [String],
}

/// What each block is; `None` for what is left out (menus far from the article, text told twice).
pub(super) fn judge(page: &Layout<'_>) -> Vec<Option<ZoneKind>> {
    let inside = |b: &Block| page.tree.holds(page.article, b.node);
    let mut kinds: Vec<Option<ZoneKind>> =
        page.blocks.iter().map(|b| inside(b).then(|| page.alone(b))).collect();
    page.head(&mut kinds);
    page.outside(&mut kinds);
    drop_repeats(page.tree, page.blocks, &mut kinds);
    page.comments(&mut kinds);
    page.end(&mut kinds);
    page.headings(&mut kinds);
    kinds
}

impl Layout<'_> {
    fn place(&self, block: &Block) -> Place {
        self.places.get(block.node).copied().unwrap_or(Place::Open)
    }

    fn name(&self, block: &Block) -> &'static str {
        let named = self.tree.ancestors(block.node).map(|(_, n)| n.name);
        named
            .into_iter()
            .find(|name| !matches!(*name, "span" | "label" | "other" | "time"))
            .unwrap_or("html")
    }

    fn within(&self, block: &Block, name: &str) -> bool {
        let around = self.tree.ancestors(block.node);
        around.take_while(|(id, _)| *id != self.article).any(|(_, n)| n.name == name)
    }

    fn is_heading(&self, block: &Block) -> bool {
        let around = self.tree.ancestors(block.node).take(3);
        let named = around
            .map(|(_, n)| n.name)
            .any(|name| matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"));
        let bold = block.is_bold()
            && block.words <= 12
            && !ends_sentence(&block.text)
            && self.name(block) != "li";
        (named || bold) && block.words <= HEADING_WORDS
    }

    fn is_title(&self, block: &Block) -> bool {
        let text = block.text.to_lowercase();
        block.words >= 2 && self.titles.contains(&text)
    }

    /// What a block inside the article's element is by itself.
    fn alone(&self, block: &Block) -> ZoneKind {
        let heading = self.is_heading(block);
        match self.place(block) {
            Place::Comment => return ZoneKind::Comment,
            Place::Navigation | Place::Promotion => return ZoneKind::Navigation,
            Place::Share => return ZoneKind::Share,
            Place::Disclaimer => return ZoneKind::Disclaimer,
            Place::Biography => return ZoneKind::Byline,
            Place::Caption if !heading => return ZoneKind::Caption,
            Place::Byline
                if !heading
                    && (block.words <= 15 || !is_prose(block) && block.words <= BYLINE_WORDS) =>
            {
                return if is_date_line(&block.text) {
                    ZoneKind::Dateline
                } else {
                    ZoneKind::Byline
                };
            }
            _ => {}
        }
        self.by_words(block).unwrap_or_else(|| self.by_build(block, heading))
    }

    fn by_words(&self, block: &Block) -> Option<ZoneKind> {
        if self.is_title(block) {
            return Some(ZoneKind::Headline);
        }
        if is_section_head(&block.text) {
            return Some(ZoneKind::Comment);
        }
        if let Some(kind) = furniture(&block.text) {
            return Some(kind);
        }
        if is_date_line(&block.text) {
            return Some(ZoneKind::Dateline);
        }
        let credit = block.text.contains('©') && block.words <= 20 && !ends_sentence(&block.text);
        if credit {
            return Some(ZoneKind::Caption);
        }
        let byline = !matches!(self.name(block), "li" | "td") && author(&block.text).is_some();
        byline.then_some(ZoneKind::Byline)
    }

    fn by_build(&self, block: &Block, heading: bool) -> ZoneKind {
        let name = self.name(block);
        let density = block.link_density();
        if self.within(block, "blockquote") {
            return ZoneKind::Quote;
        }
        if self.within(block, "figure") && name != "td" {
            return ZoneKind::Caption;
        }
        if density > 0.6 && block.words < 40 && !(heading && block.words > 2 && density < 0.9) {
            return ZoneKind::Navigation;
        }
        if heading {
            return ZoneKind::Headline;
        }
        // A stray word outside every paragraph, list and table is a label of some control.
        let stray = !matches!(name, "p" | "li" | "td" | "th" | "dd" | "dt" | "pre" | "html");
        if stray && block.words <= 3 && !ends_sentence(&block.text) {
            return ZoneKind::Navigation;
        }
        ZoneKind::Body
    }

    /// The title, byline and date above the article's element.
    fn head(&self, kinds: &mut [Option<ZoneKind>]) {
        let first = kinds.iter().position(Option::is_some).unwrap_or(kinds.len());
        let title = self
            .blocks
            .iter()
            .take(first)
            .rposition(|b| self.is_title(b) && b.link_density() < 0.9)
            .or_else(|| self.blocks.iter().take(first).rposition(|b| self.name(b) == "h1"));
        let Some(title) = title else { return };
        for (block, kind) in self.blocks.iter().zip(kinds.iter_mut()).take(first).skip(title) {
            *kind = match self.place(block) {
                _ if self.is_title(block) => Some(ZoneKind::Headline),
                Place::Open | Place::Byline | Place::Caption => self.above(block),
                _ => None,
            };
        }
    }

    /// A block between the title and the article.
    fn above(&self, block: &Block) -> Option<ZoneKind> {
        match self.alone(block) {
            ZoneKind::Body if self.is_standfirst(block) => Some(ZoneKind::Headline),
            ZoneKind::Body | ZoneKind::Navigation | ZoneKind::Share | ZoneKind::Comment => None,
            ZoneKind::Headline if block.link_density() > 0.5 => None,
            kind => Some(kind),
        }
    }

    /// Whether a block between title and article is the sentence or two that sum it up.
    fn is_standfirst(&self, block: &Block) -> bool {
        let name = self.name(block);
        (6..=80).contains(&block.words)
            && block.link_density() < 0.3
            && !matches!(name, "li" | "td" | "th" | "dd" | "dt")
    }

    /// Comments, disclaimers and notes on the author outside the article's element.
    fn outside(&self, kinds: &mut [Option<ZoneKind>]) {
        let Some(last) = kinds.iter().rposition(Option::is_some) else { return };
        for (at, (block, kind)) in self.blocks.iter().zip(kinds.iter_mut()).enumerate() {
            let place = self.place(block);
            let after = at > last;
            *kind = kind.or(match place {
                Place::Comment if block.words > 0 => Some(ZoneKind::Comment),
                Place::Biography if after && is_prose(block) => Some(ZoneKind::Byline),
                Place::Disclaimer if after && is_prose(block) => Some(ZoneKind::Disclaimer),
                _ => None,
            });
        }
    }

    /// Marks the comments that stand in the article's element without a label.
    fn comments(&self, kinds: &mut [Option<ZoneKind>]) {
        let inside: Vec<usize> = (0..kinds.len())
            .filter(|at| {
                self.blocks.get(*at).is_some_and(|b| self.tree.holds(self.article, b.node))
            })
            .collect();
        let open = |at: usize| matches!(kinds.get(at), Some(Some(ZoneKind::Body)));
        let home = self.home(&inside);
        let at_home = |at: &usize| {
            self.blocks.get(*at).is_some_and(|b| self.parent(b) == home && is_prose(b))
        };
        let last = inside.iter().copied().filter(|at| open(*at)).rfind(at_home).unwrap_or(0);
        let paras: Vec<Para<'_>> = inside
            .iter()
            .filter_map(|at| {
                let block = self.blocks.get(*at)?;
                let setting = if *at > last { Setting::Apart } else { Setting::Like };
                let heading = self.is_heading(block);
                Some(Para { text: block.text.as_str(), open: open(*at), setting, heading })
            })
            .collect();
        let apart = || self.talk_apart(&inside, last, kinds);
        let Some(from) = comments_from(&paras).or_else(apart) else { return };
        for at in inside.into_iter().skip(from) {
            let Some(Some(kind)) = kinds.get_mut(at) else { continue };
            let told = [
                ZoneKind::Body,
                ZoneKind::Quote,
                ZoneKind::Headline,
                ZoneKind::Dateline,
                ZoneKind::Byline,
            ];
            if told.contains(kind) {
                *kind = ZoneKind::Comment;
            }
        }
    }

    /// Where, behind an article in paragraphs, blocks begin that are no paragraphs and read like talk.
    fn talk_apart(
        &self,
        inside: &[usize],
        last: usize,
        kinds: &[Option<ZoneKind>],
    ) -> Option<usize> {
        let body = |at: &usize| kinds.get(*at) == Some(&Some(ZoneKind::Body));
        let block = |at: &usize| self.blocks.get(*at);
        let (article, rest): (Vec<usize>, Vec<usize>) =
            inside.iter().copied().filter(body).partition(|at| *at <= last);
        let paragraphs = article.iter().filter_map(block).filter(|b| self.name(b) == "p").count();
        let told = rest.iter().filter_map(block);
        let other = told.clone().all(|b| matches!(self.name(b), "div" | "span" | "section"));
        let scores: Vec<i32> = told.map(|b| chatter(&b.text).score).collect();
        let talks = scores.iter().any(|s| *s > 1) && scores.iter().sum::<i32>() > 0;
        let talk = paragraphs >= 3 && rest.len() >= 2 && other && talks;
        talk.then(|| inside.iter().position(|at| rest.first() == Some(at)))?
    }

    fn parent(&self, block: &Block) -> usize {
        self.tree.node(block.node).map_or(0, |node| node.parent)
    }

    /// The element whose children hold most of the running text among the blocks `inside`.
    fn home(&self, inside: &[usize]) -> usize {
        let mut words: BTreeMap<usize, usize> = BTreeMap::new();
        for block in inside.iter().filter_map(|at| self.blocks.get(*at)).filter(|b| is_prose(b)) {
            *words.entry(self.parent(block)).or_default() += block.words;
        }
        words.into_iter().max_by_key(|(_, words)| *words).map_or(0, |(parent, _)| parent)
    }

    /// Takes from the end of the article what leads away from it: lists of links, notes on the author,
    /// stray lines.
    fn end(&self, kinds: &mut [Option<ZoneKind>]) {
        let told = |kind: Option<ZoneKind>| {
            matches!(kind, Some(ZoneKind::Body | ZoneKind::Quote | ZoneKind::Headline))
        };
        let Some(first) = kinds.iter().position(|k| *k == Some(ZoneKind::Body)) else { return };
        for (block, kind) in self.blocks.iter().zip(kinds.iter_mut()).skip(first + 1).rev() {
            if !told(*kind) {
                continue;
            }
            *kind = match () {
                () if is_biography(block) => Some(ZoneKind::Byline),
                () if self.leads_away(block) => Some(ZoneKind::Navigation),
                () => break,
            };
        }
    }

    fn leads_away(&self, block: &Block) -> bool {
        let listed = self.within(block, "li");
        let stray =
            !listed && block.words < 6 && !ends_sentence(&block.text) && self.name(block) != "td";
        self.is_heading(block) || listed && block.link_density() > 0.25 || stray
    }

    /// A heading with furniture and no text between it and the next heading is furniture, too.
    fn headings(&self, kinds: &mut [Option<ZoneKind>]) {
        let (mut text, mut furniture) = (false, false);
        for (kind, block) in kinds.iter_mut().zip(self.blocks).rev() {
            match kind {
                Some(ZoneKind::Headline) => {
                    if furniture && !text && !self.is_title(block) && self.name(block) != "h1" {
                        *kind = Some(ZoneKind::Navigation);
                    }
                    (text, furniture) = (false, false);
                }
                Some(ZoneKind::Body | ZoneKind::Quote | ZoneKind::Caption) => text = true,
                Some(ZoneKind::Navigation | ZoneKind::Share | ZoneKind::Comment) => {
                    furniture = true;
                }
                _ => {}
            }
        }
    }
}

/// Leaves out a paragraph that another element of the page tells a second time, for another size of
/// screen.
fn drop_repeats(tree: &Tree<'_>, blocks: &[Block], kinds: &mut [Option<ZoneKind>]) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (block, kind) in blocks.iter().zip(kinds.iter_mut()) {
        let parent = tree.node(block.node).map_or(0, |node| node.parent);
        let tells = matches!(kind, Some(ZoneKind::Body | ZoneKind::Quote));
        if tells
            && block.words >= 12
            && *seen.entry(block.text.as_str()).or_insert(parent) != parent
        {
            *kind = None;
        }
    }
}

/// Whether a block at the end of an article speaks of its author.
fn is_biography(block: &Block) -> bool {
    static BIO: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(
            r"^(?:About the author:?\s*)?(?:\p{Lu}[\p{L}.'’-]+,?\s+){1,5}(?:is|was|has been|works as|serves as|writes|covers|reports)\b.{0,160}\b(?:reporter|writer|editor|journalist|correspondent|columnist|fellow|author of|professor|lecturer|researcher|analyst|contributor|freelance|freelancer|blogger|photographer|writes about|covers|based in)\b",
        )
        .ok()
    });
    let short = block.words <= 80;
    let note = BIO.as_ref().is_some_and(|re| re.is_match(&block.text));
    let set_off = block.italic * 10 > block.chars * 6;
    short && note && (set_off || block.links > 0 || block.text.contains('@'))
}
