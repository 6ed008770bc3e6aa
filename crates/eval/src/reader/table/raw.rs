//! Tables over raw text.

use std::fmt::Write as _;

use super::{NEWS, against, columns, heading, line, points, shares};
use crate::reader::measure::{Scores, Sets};
use crate::reader::score::share;
use crate::reader::wire::ArcCounts;
use crate::segmentation::TreebankScores;

/// F1 that is asked of sentences and of tokens, in points.
const SENTENCE_FLOOR: f64 = 97.0;
const TOKEN_FLOOR: f64 = 99.5;

pub(super) fn segmentation(out: &mut String, sets: &Sets) {
    heading(
        out,
        "Raw text: sentences and tokens",
        "The readers share them. A sentence, from its first token to its last, or a token is right when it has gold's range. \
         The treebanks' documents are joined as printed, paragraphs by an empty line. The newswire was cut by another tokeniser: \
         its tokens are counted all, and without the stretches free of white space in which the two conventions are known to \
         differ. It marks no sentences: where they end inside its lines was judged by the project, without sight of what the \
         rules find. What is asked stands in brackets; bold is below it.",
    );
    columns(out, "set | unit | gold | precision | recall | F1");
    let news = &sets.news_segmentation;
    let units = sets.trees.iter().flat_map(|set| {
        let TreebankScores { tokens, sentences } = set.segmentation;
        [
            (set.name, "sentences", sentences, SENTENCE_FLOOR),
            (set.name, "tokens", tokens, TOKEN_FLOOR),
        ]
    });
    let units = units.chain([
        (NEWS, "sentences", news.sentences, SENTENCE_FLOOR),
        (NEWS, "tokens, all", news.strict, TOKEN_FLOOR),
        (NEWS, "tokens, same convention", news.agreed, TOKEN_FLOOR),
    ]);
    for (set, unit, counts, floor) in units {
        let asked = Some(floor).filter(|_| matches!(set, NEWS | "UD-EWT test"));
        let f1 = against(counts.f1(), asked);
        line!(out, "| {set} | {unit} | {} | {} | {f1} |", counts.gold, shares(counts));
    }
}

pub(super) fn trees_and_entities(out: &mut String, scores: &[Scores]) {
    heading(
        out,
        "Raw text: trees and entities",
        "A found word is gold's where both have the same range; a tag, head or arc counts where it is right, with precision \
         over found words, recall over gold's. An entity is right in range and class.",
    );
    columns(out, "reader | set | measure | precision | recall | F1");
    for reader in scores {
        let rows = [
            ("UD-EWT test", "UPOS", reader.raw_trees.upos),
            ("UD-EWT test", "UAS", reader.raw_trees.head),
            ("UD-EWT test", "LAS", reader.raw_trees.labelled),
            (NEWS, "entities", reader.raw_news.total()),
        ];
        for (set, measure, counts) in rows {
            let (kind, f1) = (reader.kind, points(counts.f1()));
            line!(out, "| {kind} | {set} | {measure} | {} | {f1} |", shares(counts));
        }
    }
    line!(out, "");
    for reader in scores {
        let Scores { kind, unread, .. } = reader;
        line!(out, "Sentences of these sets that the {kind} model failed on: {unread}.");
    }
}

pub(super) fn re3d(out: &mut String, scores: &[Scores]) {
    heading(
        out,
        "Entities out of domain: re3d, raw text",
        "Reports of governments on Syria and Iraq, marked by another scheme: titles belong to the name, descriptions \
         (\"rebels\") are entities, one lies inside another. Compared are Person, Organisation, Location, Nationality (as \
         NORP) and Money, of a confidence of 0.5 or more; other classes of either side are left out. Exact: same range and \
         class. Lenient: an overlap with an entity of the same class. The exact figure measures the difference of the \
         schemes first.",
    );
    columns(out, "reader | documents | gold | found | exact P | R | F1 | lenient P | R | F1");
    for reader in scores {
        let (precision, recall, f1) = reader.re3d.lenient();
        let exact = reader.re3d.exact;
        line!(
            out,
            "| {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            reader.kind,
            reader.re3d.documents,
            exact.gold,
            exact.found,
            shares(exact),
            points(exact.f1()),
            points(precision),
            points(recall),
            points(f1),
        );
    }
}

pub(super) fn wire(out: &mut String, scores: &[Scores]) {
    heading(
        out,
        "The project's own sentences",
        "`corpus/reader`: sentences written before training and never trained on, read from raw text, each alone. All \
         entities are marked, and the main relations. A relation's head is right when the token of exactly the marked word \
         hangs on the marked head; the relation when its name is right too.",
    );
    columns(out, "reader | sentences | without error | entities | precision | recall | F1");
    for reader in scores {
        let (wire, counts) = (&reader.wire, reader.wire.entities.total());
        line!(
            out,
            "| {} | {} | {} | {} | {} | {} |",
            reader.kind,
            wire.sentences,
            wire.flawless,
            counts.gold,
            shares(counts),
            points(counts.f1()),
        );
    }
    line!(out, "");
    columns(out, "reader | relation | marked | head right | head and relation right");
    for reader in scores {
        let kind = reader.kind;
        let mut row = |name: &str, counts: ArcCounts| {
            let of = |right| points(share(right, counts.marked));
            let (head, labelled) = (of(counts.head), of(counts.labelled));
            line!(out, "| {kind} | {name} | {} | {head} | {labelled} |", counts.marked);
        };
        row("all", reader.wire.all_arcs());
        let mut rows: Vec<_> = reader.wire.arcs.iter().collect();
        rows.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.marked));
        for (name, counts) in rows {
            row(name, *counts);
        }
    }
}
