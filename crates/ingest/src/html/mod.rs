//! HTML pages: the article and its zones, with a map back to the source.
//!
//! Owns the way from a page's source to a [`Page`]; refuses to run or to fetch anything that a page
//! names. The way is: a linear scan into tags, a flat tree with capped depth (`tree`), blocks of text
//! with their places in the source (`blocks`), what the surroundings say (`context`, `repeat`), where
//! the article stands (`select`), and what each block is (`judge`).
//!
//! No step recurses, and each is linear in the source but for sorting. The deadline of a page is kept
//! as a budget of elements, so that the same page gives the same report on every machine.

mod blocks;
mod context;
mod entity;
mod head;
mod judge;
mod repeat;
mod scan;
mod select;
mod tree;

use averment_types::{MapSegment, SourceMap, TextRange, Warning, WarningCode, Zone, ZoneKind};

use crate::limits::Limits;
use crate::page::Page;
use crate::zones;

use blocks::Block;
pub(crate) use entity::decode_all as unescape;
use head::Head;
use judge::Layout;
use tree::Tree;

/// Elements that one second of the page's deadline pays for: a tenth of what an old laptop manages.
const ELEMENTS_PER_SECOND: u64 = 20_000;

/// The page in `html`.
///
/// A page that is larger, deeper or richer than the limits is taken plainly: all of its text, with the
/// zones that the words alone show, and a warning.
pub(crate) fn read(html: &str, limits: &Limits) -> Page {
    let budget = limits.page_deadline.as_secs().max(1).saturating_mul(ELEMENTS_PER_SECOND);
    let tree = tree::build(html, limits.max_depth, usize::try_from(budget).unwrap_or(usize::MAX));
    let blocks = blocks::blocks(html, &tree);
    let head = head::read(html, &tree);
    let plain = tree.too_deep || tree.too_many || html.len() > limits.max_page_bytes;
    let mut page = if plain { plainly(&blocks, head) } else { article(&tree, &blocks, head) };
    if tree.cut {
        page.warnings.push(warning(
            WarningCode::Truncated,
            "the page holds more pieces of text than are read",
        ));
    }
    page
}

fn warning(code: WarningCode, message: &str) -> Warning {
    Warning { code, message: message.to_owned() }
}

fn article(tree: &Tree<'_>, blocks: &[Block], mut head: Head) -> Page {
    let prose = select::prose(tree, blocks);
    let mut places = context::places(tree, &prose);
    repeat::mark(tree, blocks, &mut places);
    let found = select::article(tree, blocks, &places);
    let layout =
        Layout { tree, blocks, places: &places, article: found.unwrap_or(0), titles: &head.titles };
    let kinds = judge::judge(&layout);
    let shown = || blocks.iter().zip(&kinds).filter_map(|(b, k)| k.map(|k| (b, k)));
    let above: Vec<&Block> = shown()
        .filter(|(_, k)| matches!(k, ZoneKind::Byline | ZoneKind::Dateline))
        .map(|(b, _)| b)
        .collect();
    head.add_from_page(tree, &places, &above);
    let mut writer = Writer::default();
    for (block, kind) in shown().filter(|(_, kind)| *kind != ZoneKind::Comment) {
        writer.block(block, kind);
    }
    for (block, kind) in shown().filter(|(_, kind)| *kind == ZoneKind::Comment) {
        writer.block(block, kind);
    }
    let mut page = writer.page(head);
    if found.is_none() {
        page.warnings.push(warning(
            WarningCode::NoMainText,
            "no main text was found, all of the page's text was taken",
        ));
    }
    page
}

/// All of the page's text, with the zones that the words alone show.
fn plainly(blocks: &[Block], head: Head) -> Page {
    let mut writer = Writer::default();
    for block in blocks {
        writer.block(block, ZoneKind::Body);
    }
    let mut page = writer.page(head);
    page.zones = zones::of_text(&page.text);
    page.warnings.push(warning(
        WarningCode::PlainTextFallback,
        "the page is too deep, too large or holds too many elements, its text was taken plainly",
    ));
    page
}

/// The text, zones and map of a page while they grow.
#[derive(Default)]
struct Writer {
    text: String,
    zones: Vec<Zone>,
    map: SourceMap,
    /// Body paragraphs so far; a dateline stands in the first or second.
    bodies: usize,
}

impl Writer {
    fn block(&mut self, block: &Block, kind: ZoneKind) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(&block.text);
        let Ok(range) = TextRange::new(start, self.text.len()) else { return };
        for segment in &block.map {
            if let Some(text) = segment.text.shifted(start) {
                self.map.push(MapSegment { text, source: segment.source });
            }
        }
        if kind == ZoneKind::Body && self.bodies < 2 {
            self.bodies += 1;
            self.zones.extend(zones::split_dateline(&self.text, &block.text, range));
        } else {
            self.zones.push(Zone { kind, range });
        }
    }

    fn page(self, head: Head) -> Page {
        let first = self.zones.iter().find(|z| z.kind == ZoneKind::Headline);
        let shown = first.and_then(|z| z.range.slice(&self.text)).map(str::to_owned);
        Page {
            title: head.title.or(shown),
            author: head.author,
            outlet: head.outlet,
            url: head.url,
            language: head.language,
            published: head.published,
            warnings: Vec::new(),
            text: self.text,
            zones: self.zones,
            map: self.map,
        }
    }
}
