//! Stories: reports whose main matter is the same, by their rare words and names, copies included.
//!
//! This is what reports without a single claim can be linked by. Two reports are near when their words, weighted by
//! rarity (see [`crate::words::weight`]), point the same way (cosine); reports that tell of violence on different days
//! or in different towns must be nearer. Near reports are put together, the nearest first, while the average
//! between the groups stays high. All sums are of whole numbers, so that no order changes them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::blocks::{BlockKey, Blocks, Member};
use crate::doc::{Doc, Docs, Term};
use crate::graph::Graph;
use crate::hash::{key_of, mix};
use crate::parts::{Parts, Step};
use crate::shelf::{Backing, Drawer, Name, Put, Shelf};
use crate::words::{MANY, weight};

/// A vector's length.
const ONE: i64 = 1024;
/// Cosine from which on two reports are near, in thousandths. Chosen on ECB+: 0.15 to 0.25 score alike.
const NEAR: i64 = 200;
/// Average cosine from which on two groups are one story, in thousandths.
const TOGETHER: i64 = 170;
/// Members of each group between whom the average is taken.
const SAMPLE: usize = 12;
/// Words of a report that are compared: those that weigh most.
const COMPARED: usize = 96;
/// A word that more reports have brings no reports together; it still counts between those that others bring together.
const RARE: usize = MANY - 1;

/// How near two reports are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Near {
    /// Cosine in thousandths, less what days and towns speak against it.
    pub(crate) cosine: i64,
    /// Whether one is a copy of the other or of a part of it.
    pub(crate) copy: bool,
}

/// How many reports may hang together by how near they are. In a large set weak likenesses lead from each to all; the limits keep
/// one more report from concerning them all. Reports of one large story are much nearer than the last step asks.
const STEPS: [Step; 4] =
    [Step::new(NEAR, 128), Step::new(300, 192), Step::new(400, 256), Step::new(500, usize::MAX)];

/// Reports of the largest part whose likenesses are remembered while it is grouped.
const REMEMBERED: usize = 1024;

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    /// Its story: the least rank of those in it.
    story: u64,
    /// Its family of copies.
    family: u64,
}

/// Nowhere yet.
const NEW: Place = Place { story: u64::MAX, family: u64::MAX };

/// Parts of what is near each other.
const PARTS: [Name; 2] = [Name::NearParts, Name::NearMembers];

/// All reports' words and who is near whom.
#[derive(Debug)]
pub(crate) struct Stories {
    /// The reports that have a word, by a hash of the word; of a frequent one no more than the first.
    postings: Drawer<u32>,
    bands: Blocks,
    vectors: Shelf<Vec<(u32, i32)>, 1>,
    near: Graph<Near>,
    parts: Parts,
    places: Shelf<Place, 64>,
    /// The reports of a story.
    tellers: Drawer<u32>,
    /// One number a report, zero between uses.
    sums: Vec<i64>,
    dirty: BTreeSet<u32>,
}

impl Stories {
    pub(crate) fn new() -> Self {
        Self {
            postings: Drawer::new(Name::Postings),
            bands: Blocks::new(Name::Bands),
            vectors: Shelf::new(Name::Vectors),
            near: Graph::new(Name::Near),
            parts: Parts::new(PARTS),
            places: Shelf::new(Name::Places),
            tellers: Drawer::new(Name::Tellers),
            sums: Vec::new(),
            dirty: BTreeSet::new(),
        }
    }

    /// Those of so many reports that were kept, with the bits of the drawers in the order of [`Stories::bits`].
    pub(crate) fn kept(
        reports: usize,
        [postings, bands, tellers]: [u32; 3],
        backing: &Backing,
    ) -> Self {
        Self {
            postings: Drawer::kept(Name::Postings, postings, backing),
            bands: Blocks::kept(Name::Bands, bands, backing),
            vectors: Shelf::kept(Name::Vectors, reports, backing),
            near: Graph::kept(Name::Near, reports, backing),
            parts: Parts::kept(PARTS, reports, backing),
            places: Shelf::kept(Name::Places, reports, backing),
            tellers: Drawer::kept(Name::Tellers, tellers, backing),
            sums: vec![0; reports],
            dirty: BTreeSet::new(),
        }
    }

    /// The bits of its drawers.
    pub(crate) fn bits(&self) -> [u32; 3] {
        [self.postings.bits(), self.bands.drawer().bits(), self.tellers.bits()]
    }

    pub(crate) fn keep(&self, put: &mut Put<'_>) {
        self.postings.keep(put);
        self.bands.drawer().keep(put);
        self.vectors.keep(put);
        self.near.keep(put);
        self.parts.keep(put);
        self.places.keep(put);
        self.tellers.keep(put);
    }

    /// One more report; its neighbourhood is looked at by [`Stories::settle`].
    pub(crate) fn add(&mut self, at: u32, doc: &Doc) {
        self.vectors.push(Vec::new());
        self.near.grow();
        self.parts.grow();
        self.sums.push(0);
        self.places.push(NEW);
        self.dirty.insert(at);
        let Self { postings, dirty, .. } = self;
        for term in &doc.terms {
            postings.change(word_key(term.hash), |posting| {
                let before = posting.len();
                // Beyond that the word weighs nothing, and brings nobody together.
                if before > MANY {
                    return;
                }
                posting.push(at);
                let other_weight = weight(term.hash, before) != weight(term.hash, before + 1);
                if before > 0 && (other_weight || before == RARE) {
                    dirty.extend(posting.iter());
                }
            });
        }
        let member = Member { rank: key_of(doc.id.as_str()), at };
        for band in doc.signature.bands() {
            let touched = self.bands.insert(BlockKey { hash: band, fine: true }, member);
            self.dirty.extend(touched.iter().map(|m| m.at));
        }
    }

    fn place(&self, doc: u32) -> Place {
        self.places.get(doc).copied().unwrap_or(NEW)
    }

    /// The story of a report.
    pub(crate) fn story(&self, doc: u32) -> u64 {
        self.place(doc).story
    }

    /// The family of copies that a report belongs to.
    pub(crate) fn family(&self, doc: u32) -> u64 {
        self.place(doc).family
    }

    /// The reports of a story.
    pub(crate) fn tellers(&self, story: u64) -> Vec<u32> {
        self.tellers.look(story, <[u32]>::to_vec)
    }

    /// Compares what is new; the reports whose story or family changed, and the stories that have others now.
    pub(crate) fn settle(&mut self, docs: &Docs) -> Moved {
        let dirty = std::mem::take(&mut self.dirty);
        let mut touched: BTreeSet<u32> = BTreeSet::new();
        for at in &dirty {
            if let Some(doc) = docs.get(*at) {
                let vector = self.vector(&doc.terms);
                if self.vectors.get(*at).is_some_and(|old| *old != vector)
                    && let Some(slot) = self.vectors.get_mut(*at)
                {
                    *slot = vector;
                    touched.insert(*at);
                }
            }
        }
        for at in &dirty {
            let old: BTreeMap<u32, Near> = self.near.at(*at).iter().copied().collect();
            let new: BTreeMap<u32, Near> = self.neighbours(*at, docs).into_iter().collect();
            for other in old.keys().chain(new.keys()) {
                if old.get(other) != new.get(other) {
                    touched.extend([*at, *other]);
                }
            }
            if old != new {
                self.near.clear(*at);
                for (other, near) in new {
                    self.near.join(*at, other, near);
                }
            }
        }
        touched.extend(dirty.iter().filter(|at| self.story(**at) == u64::MAX));
        let touched: Vec<u32> = touched.into_iter().collect();
        self.regroup(&touched, docs)
    }

    /// The words that weigh most, by hash, to length [`ONE`].
    fn vector(&self, terms: &[Term]) -> Vec<(u32, i32)> {
        let mut weighed: Vec<(u32, u32)> = terms
            .iter()
            .filter_map(|term| {
                let reports = self.postings.look(word_key(term.hash), <[u32]>::len).max(1);
                let base = weight(term.hash, reports) * if term.name { 3 } else { 2 };
                (base > 0).then(|| (base * (1 + u32::from(term.times)), term.hash))
            })
            .collect();
        weighed.sort_unstable_by_key(|(w, hash)| (std::cmp::Reverse(*w), *hash));
        weighed.truncate(COMPARED);
        let length: f64 =
            weighed.iter().map(|(w, _)| f64::from(*w) * f64::from(*w)).sum::<f64>().sqrt();
        let mut vector: Vec<(u32, i32)> =
            weighed.into_iter().map(|(w, hash)| (hash, scaled(w, length))).collect();
        vector.sort_unstable();
        vector
    }

    fn neighbours(&mut self, at: u32, docs: &Docs) -> Vec<(u32, Near)> {
        let least = ONE * NEAR / 1000;
        let mut candidates = self.likely(at, least);
        if let Some(doc) = docs.get(at) {
            let member = Member { rank: key_of(doc.id.as_str()), at };
            for band in doc.signature.bands() {
                let peers = self.bands.peers(BlockKey { hash: band, fine: true }, member);
                candidates.extend(peers.into_iter().map(|m| m.at));
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        let others = candidates.into_iter().filter(|other| *other != at);
        others.filter_map(|other| Some((other, self.compare(at, other, docs)?))).collect()
    }

    /// Reports that have words of this one which weigh `least` together and more.
    fn likely(&mut self, at: u32, least: i64) -> Vec<u32> {
        let Self { sums, vectors, postings, .. } = self;
        let mut met: Vec<u32> = Vec::new();
        for (hash, weight) in vectors.get(at).into_iter().flatten() {
            postings.look(word_key(*hash), |posting| {
                for other in posting.iter().filter(|_| posting.len() <= RARE) {
                    if let Some(sum) = sums.get_mut(*other as usize) {
                        if *sum == 0 {
                            met.push(*other);
                        }
                        *sum += i64::from(*weight);
                    }
                }
            });
        }
        met.retain(|other| {
            let sum = sums.get_mut(*other as usize).map_or(0, std::mem::take);
            sum >= least
        });
        met
    }

    fn compare(&self, a: u32, b: u32, docs: &Docs) -> Option<Near> {
        let (left, right) = (docs.get(a)?, docs.get(b)?);
        let copy = left.signature.is_copy(&right.signature);
        let cosine = self.likeness(a, b, docs);
        (copy || cosine >= NEAR)
            .then_some(Near { cosine: if copy { cosine.max(NEAR) } else { cosine }, copy })
    }

    /// The cosine less what days and towns speak against it.
    fn likeness(&self, a: u32, b: u32, docs: &Docs) -> i64 {
        let cosine = self.cosine(a, b);
        match (docs.get(a), docs.get(b)) {
            (Some(x), Some(y)) => x.focus.against(&y.focus, cosine),
            _ => cosine,
        }
    }

    fn cosine(&self, a: u32, b: u32) -> i64 {
        match (self.vectors.get(a), self.vectors.get(b)) {
            (Some(left), Some(right)) => dot(left, right) * 1000 / (ONE * ONE),
            _ => 0,
        }
    }

    /// Groups anew what hangs together with `touched`.
    fn regroup(&mut self, touched: &[u32], docs: &Docs) -> Moved {
        let rank = |at: u32| docs.get(at).map_or(u64::MAX, |doc| key_of(doc.id.as_str()));
        let mut moved = Moved::default();
        for part in self.near.parts(touched, |near| near.copy) {
            let family = part.iter().map(|at| rank(*at)).min().unwrap_or(u64::MAX);
            for at in part {
                let place = self.place(at);
                self.put(at, Place { family, ..place }, &mut moved);
            }
        }
        let strength = |near: &Near| if near.copy { 1000 } else { near.cosine };
        for part in self.parts.renew(&self.near, touched, &STEPS, strength) {
            for group in self.group(&part, &rank, docs) {
                let story = group.iter().map(|at| rank(*at)).min().unwrap_or(u64::MAX);
                for at in group {
                    let place = self.place(at);
                    self.put(at, Place { story, ..place }, &mut moved);
                }
            }
        }
        moved
    }

    /// Puts a report where it stands now.
    fn put(&mut self, at: u32, place: Place, moved: &mut Moved) {
        let before = self.place(at);
        if before == place {
            return;
        }
        if let Some(slot) = self.places.get_mut(at) {
            *slot = place;
        }
        moved.reports.insert(at);
        if before.story != place.story {
            // Nobody asks who tells of what has no place yet.
            if before.story != NEW.story {
                self.tellers.change(before.story, |all| all.retain(|other| *other != at));
                moved.stories.insert(before.story);
            }
            self.tellers.change(place.story, |all| all.push(at));
            moved.stories.insert(place.story);
        }
    }

    /// Puts the reports of `part` together, the nearest first.
    fn group(&self, part: &[u32], rank: &impl Fn(u32) -> u64, docs: &Docs) -> Vec<Vec<u32>> {
        let mut edges: Vec<(i64, u64, u64, u32, u32)> = Vec::new();
        for at in part {
            for (other, near) in self.near.at(*at).iter().filter(|(other, _)| at < other) {
                let (a, b) = (rank(*at), rank(*other));
                let nearness = if near.copy { 1000 + near.cosine } else { near.cosine };
                edges.push((-nearness, a.min(b), a.max(b), *at, *other));
            }
        }
        edges.sort_unstable();
        let mut likeness = Likeness::of(part);
        let mut group_of: BTreeMap<u32, u32> = part.iter().map(|at| (*at, *at)).collect();
        let mut groups: BTreeMap<u32, Vec<u32>> = part.iter().map(|at| (*at, vec![*at])).collect();
        for (nearness, _, _, a, b) in edges {
            let (Some(left), Some(right)) = (group_of.get(&a).copied(), group_of.get(&b).copied())
            else {
                continue;
            };
            if left == right {
                continue;
            }
            let copies = nearness <= -1000;
            let mut near_enough = || {
                let both = groups.get(&left).zip(groups.get(&right));
                both.is_some_and(|(l, r)| self.average(l, r, &mut likeness, docs) >= TOGETHER)
            };
            if (copies || near_enough())
                && let Some(taken) = groups.remove(&right)
            {
                for at in &taken {
                    group_of.insert(*at, left);
                }
                if let Some(group) = groups.get_mut(&left) {
                    group.extend(taken);
                    group.sort_by_key(|at| rank(*at));
                }
            }
        }
        groups.into_values().collect()
    }

    /// The average likeness between members of both, of those with the least ranks.
    fn average(
        &self,
        left: &[u32],
        right: &[u32],
        likeness: &mut Likeness<'_>,
        docs: &Docs,
    ) -> i64 {
        let pairs = || {
            left.iter().take(SAMPLE).flat_map(|a| right.iter().take(SAMPLE).map(move |b| (*a, *b)))
        };
        let sum: i64 = pairs().map(|(a, b)| likeness.get(a, b, || self.likeness(a, b, docs))).sum();
        sum / i64::try_from(pairs().count()).unwrap_or(i64::MAX).max(1)
    }
}

/// What [`Stories::settle`] changed.
#[derive(Debug, Default)]
pub(crate) struct Moved {
    /// The reports whose story or family is another than before.
    pub(crate) reports: BTreeSet<u32>,
    /// The stories that lost or gained a report.
    pub(crate) stories: BTreeSet<u64>,
}

/// The key of a word's hash.
fn word_key(hash: u32) -> u64 {
    mix(u64::from(hash).wrapping_add(0x9e37_79b9_7f4a_7c15))
}

/// Likenesses within a part, each found once.
struct Likeness<'p> {
    part: &'p [u32],
    known: Vec<Option<i64>>,
}

impl<'p> Likeness<'p> {
    /// Of the reports `part`, in rising order.
    fn of(part: &'p [u32]) -> Self {
        let size = if part.len() <= REMEMBERED { part.len() * part.len() } else { 0 };
        Self { part, known: vec![None; size] }
    }

    fn get(&mut self, a: u32, b: u32, find: impl FnOnce() -> i64) -> i64 {
        let place = |at: u32| self.part.binary_search(&at).unwrap_or(usize::MAX);
        let at = place(a.min(b)).saturating_mul(self.part.len()).saturating_add(place(a.max(b)));
        match self.known.get_mut(at) {
            Some(slot) => *slot.get_or_insert_with(find),
            None => find(),
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "at most ONE")]
fn scaled(weight: u32, length: f64) -> i32 {
    let one = 1024.0;
    (f64::from(weight) * one / length.max(1.0)).round() as i32
}

/// The sum of products of what both have; both are sorted.
fn dot(left: &[(u32, i32)], right: &[(u32, i32)]) -> i64 {
    let (mut a, mut b) = (left.iter().peekable(), right.iter().peekable());
    let mut sum = 0;
    while let (Some((ha, wa)), Some((hb, wb))) = (a.peek(), b.peek()) {
        match ha.cmp(hb) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                sum += i64::from(*wa) * i64::from(*wb);
                a.next();
                b.next();
            }
        }
    }
    sum
}
