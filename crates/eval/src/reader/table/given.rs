//! Tables over gold tokens.

use std::fmt::Write as _;

use averment_lang::{EntityKind, ReaderKind};

use super::{against, columns, heading, line, points, shares};
use crate::reader::calibration::{Bin, Calibration};
use crate::reader::measure::{RoughScore, Scores, Sets};
use crate::reader::perturb::Roughness;
use crate::reader::score::{EntityScore, TreeScore, share};
use crate::segmentation::Counts;

/// Points that a rough text may cost at most.
const MOST_LOST: f64 = 6.0;

/// What is asked of the readers, in points: UPOS, UAS, LAS; `None` where nothing is.
type Floor = [Option<f64>; 3];

/// The floors of a treebank for a reader.
fn floor(set: &str, kind: ReaderKind) -> Floor {
    match (set, kind) {
        ("UD-EWT test", ReaderKind::Exact) => [Some(96.8), Some(92.0), Some(90.0)],
        ("UD-EWT test", ReaderKind::Fast) => [None, None, Some(88.5)],
        ("GUM test", ReaderKind::Exact) => [None, Some(91.5), Some(89.5)],
        _ => [None; 3],
    }
}

/// The floor of entity F1, in points.
const fn entity_floor(kind: ReaderKind) -> f64 {
    match kind {
        ReaderKind::Fast => 82.0,
        ReaderKind::Exact => 84.0,
    }
}

pub(super) fn trees(out: &mut String, sets: &Sets, scores: &[Scores]) {
    heading(
        out,
        "Trees over gold tokens",
        "The tokens and sentences of the treebank are given, whole documents in order. Counted are all words, punctuation \
         among them, without multiword ranges and empty nodes. UPOS, FEATS (the whole set) and lemma: equal to gold. UAS: \
         the head is right. LAS: head and relation with its subtype. The last column \
         leaves subtypes aside, as the CoNLL 2018 scorer does. What is asked stands in brackets; bold is below it.",
    );
    columns(out, "set | reader | words | UPOS | FEATS | lemma | UAS | LAS | LAS, no subtype");
    for (at, set) in sets.trees.iter().enumerate() {
        let set = set.name;
        for reader in scores {
            let Some(s) = reader.trees.get(at) else { continue };
            let TreeScore { words, upos, feats, lemma, head, labelled, universal } = *s;
            let of = |right| share(right, words);
            let [upos_floor, uas_floor, las_floor] = floor(set, reader.kind);
            line!(
                out,
                "| {set} | {} | {words} | {} | {} | {} | {} | {} | {} |",
                reader.kind,
                against(of(upos), upos_floor),
                points(of(feats)),
                points(of(lemma)),
                against(of(head), uas_floor),
                against(of(labelled), las_floor),
                points(of(universal)),
            );
        }
    }
}

pub(super) fn entities(out: &mut String, scores: &[Scores]) {
    heading(
        out,
        "Entities over gold tokens: en-worldwide-newswire dev",
        "An entity is right when its first and last token and its class are; micro average over nine classes. The corpus's \
         blocks are often whole paragraphs, so they are split into sentences behind `.`, `!`, `?`, `...`, `…` and the closing \
         quotes and brackets that follow, where the next token does not begin with a small letter and no entity is cut.",
    );
    columns(out, "reader | class | gold | found | right | precision | recall | F1");
    for reader in scores {
        let total = reader.news.total();
        let asked = Some(entity_floor(reader.kind));
        entity_row(out, reader.kind, "all", total, &against(total.f1(), asked));
        for kind in EntityKind::ALL {
            if let Some(counts) = reader.news.kinds.get(kind) {
                entity_row(out, reader.kind, kind.name(), *counts, &points(counts.f1()));
            }
        }
    }
}

fn entity_row(out: &mut String, kind: ReaderKind, class: &str, counts: Counts, f1: &str) {
    let Counts { shared, found, gold } = counts;
    line!(out, "| {kind} | {class} | {gold} | {found} | {shared} | {} | {f1} |", shares(counts));
}

pub(super) fn rough(out: &mut String, scores: &[Scores]) {
    heading(
        out,
        "Rough text",
        "The same sets over gold tokens, made worse. Without punctuation: tokens without a letter or digit are gone, unless \
         they lie in an entity, govern a word or are the root. Noisy names: of the tokens with four letters or more that lie \
         in an entity (newswire; dates and money too) or are proper nouns (EWT), a random half has one letter dropped, \
         doubled, swapped with the next or replaced; the seed is fixed. Without diacritics: Latin letters alone. Lost: points \
         against the same text as it was, over the words that are left; at most 6 are allowed, bold is more.",
    );
    columns(
        out,
        "reader | text | newswire tokens changed | entity F1 | lost | EWT words changed | LAS | lost",
    );
    for reader in scores {
        let plain = reader.news.total().f1();
        let las = reader.trees.first().map_or(0.0, TreeScore::las);
        line!(
            out,
            "| {} | as it is | 0 | {} | | 0 | {} | |",
            reader.kind,
            points(plain),
            points(las)
        );
        for RoughScore { roughness, changed, news, trees, plain_trees } in &reader.rough {
            let f1 = news.total().f1();
            line!(
                out,
                "| {} | {} | {} | {} | {} | {} | {} | {} |",
                reader.kind,
                roughness.name(),
                changed.0,
                points(f1),
                lost(plain, f1),
                changed.1,
                points(trees.las()),
                lost(plain_trees.las(), trees.las()),
            );
        }
    }
    rough_classes(out, scores);
}

/// Entity F1 by class in each rough text.
fn rough_classes(out: &mut String, scores: &[Scores]) {
    let names = Roughness::ALL.map(Roughness::name).join(" | ");
    line!(out, "\nEntity F1 by class:\n");
    columns(out, &format!("reader | class | as it is | {names}"));
    for reader in scores {
        for kind in EntityKind::ALL {
            let f1 = |score: &EntityScore| {
                score.kinds.get(kind).map_or_else(String::new, |counts| points(counts.f1()))
            };
            let rough: Vec<String> = reader.rough.iter().map(|rough| f1(&rough.news)).collect();
            let (plain, rough) = (f1(&reader.news), rough.join(" | "));
            line!(out, "| {} | {} | {plain} | {rough} |", reader.kind, kind.name());
        }
    }
}

fn lost(plain: f64, rough: f64) -> String {
    let lost = plain - rough;
    let bold = if 100.0 * lost > MOST_LOST { "**" } else { "" };
    format!("{bold}{}{bold}", points(lost))
}

pub(super) fn probabilities(out: &mut String, scores: &[Scores]) {
    heading(
        out,
        "Probabilities",
        "What the reader says with a probability, in ten bins: how many, the mean probability, and the share that is right. \
         Arcs (head and relation) on UD-EWT test; entities (span and class) on every second article of en-worldwide-newswire \
         dev, those that the temperature was not fitted on; both over gold tokens. ECE: the mean distance of the two, weighted \
         by the counts.",
    );
    columns(out, "reader | bin | arcs | probability | right | entities | probability | right");
    for reader in scores {
        let (arcs, entities) = (&reader.arcs, &reader.entities);
        for (at, (arc, entity)) in arcs.bins().iter().zip(entities.bins()).enumerate() {
            let (kind, low, high) = (reader.kind, 10 * at, 10 * (at + 1));
            line!(out, "| {kind} | {low}–{high} | {} | {} |", bin(*arc), bin(*entity));
        }
        let error = |calibration: &Calibration| points(calibration.error());
        line!(out, "| {} | ECE | | {} | | | {} | |", reader.kind, error(arcs), error(entities));
    }
}

/// Count, mean probability and share that is right as three cells, dashes where the bin is empty.
fn bin(bin: Bin) -> String {
    if bin.count == 0 {
        return "0 | – | –".to_owned();
    }
    format!("{} | {} | {}", bin.count, points(bin.probability()), points(bin.right()))
}
