//! The room's one entrance: reports go in, in any order; neighbourhoods are settled; incidents and disputes come out.

use std::collections::{BTreeMap, BTreeSet};

use averment_actors::Registry;
use averment_types::{ClaimId, ClaimKind, CodedReport, ReportId};

use crate::blocks::{BlockKey, Blocks, Member};
use crate::cluster::{Group, Judge, Link, group};
use crate::decisions::{Decisions, Partners};
use crate::doc::Doc;
use crate::error::CorroborateError;
use crate::evidence::{Bond, ENOUGH, Scales, Weighed};
use crate::fact::{Fact, Stance};
use crate::focus::Focus;
use crate::graph::Graph;
use crate::hash::key_of;
use crate::keys::blocks;
use crate::kin::Kin;
use crate::kinds::Kinds;
use crate::lean::Speakers;
use crate::parts::{Parts, Step};
use crate::sources::Sources;
use crate::story::Stories;

/// The points of a link that a person decided.
pub(crate) const DECIDED: i32 = 100;

/// How many claims may hang together by how many points. Claims of one large event have more than the last step asks.
const STEPS: [Step; 4] = [
    Step::new(ENOUGH as i64, 256),
    Step::new(12, 320),
    Step::new(14, 384),
    Step::new(16, usize::MAX),
];

/// Derives incidents from reports and their claims.
///
/// What comes out depends on the set of reports and on the decisions alone, never on the order of [`Corroborator::add`]
/// nor on how often [`Corroborator::settle`] is called between.
///
/// ```
/// use averment_corroborate::{Corroborator, Decisions};
/// let registry = averment_actors::Registry::shipped()?;
/// let mut corroborator = Corroborator::new(&registry, Decisions::default())?;
/// corroborator.settle();
/// assert!(corroborator.incidents().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Corroborator {
    pub(crate) sources: Sources,
    pub(crate) scales: Scales,
    pub(crate) decisions: Decisions,
    together: Partners,
    apart: Partners,
    pub(crate) docs: Vec<Doc>,
    pub(crate) facts: Vec<Fact>,
    pub(crate) stories: Stories,
    by_report: BTreeMap<ReportId, u32>,
    by_claim: BTreeMap<ClaimId, u32>,
    /// Whether a report tells of violence on one day and in one town at most.
    single: Vec<bool>,
    blocks: Blocks,
    keys: Vec<Vec<BlockKey>>,
    links: Graph<Link>,
    parts: Parts,
    /// The groups that stand, under the least of their claims' places in the list.
    groups: BTreeMap<u32, Group>,
    group_of: Vec<u32>,
    fresh: Vec<u32>,
}

/// What one [`Corroborator::settle`] looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settled {
    /// Reports whose story or family of copies changed, new ones included.
    pub reports: usize,
    /// Claims that were compared anew.
    pub claims: usize,
    /// Incidents that were grouped anew.
    pub incidents: usize,
}

impl Corroborator {
    /// A room without reports.
    ///
    /// # Errors
    /// Never for a released program: its data is checked by tests.
    pub fn new(registry: &Registry, decisions: Decisions) -> Result<Self, CorroborateError> {
        Ok(Self {
            sources: Sources::shipped()?,
            scales: Scales { kinds: Kinds::shipped()?, kin: Kin::of(registry) },
            together: Partners::of(decisions.same.keys()),
            apart: Partners::of(decisions.not_same.keys()),
            decisions,
            docs: Vec::new(),
            facts: Vec::new(),
            stories: Stories::default(),
            by_report: BTreeMap::new(),
            by_claim: BTreeMap::new(),
            single: Vec::new(),
            blocks: Blocks::default(),
            keys: Vec::new(),
            links: Graph::default(),
            parts: Parts::default(),
            groups: BTreeMap::new(),
            group_of: Vec::new(),
            fresh: Vec::new(),
        })
    }

    /// Takes in a report with its claims; whether it was new. A report of the same id that is there already is left as it
    /// is: which of two revisions counts is the ledger's to say.
    pub fn add(&mut self, coded: &CodedReport) -> bool {
        if self.by_report.contains_key(&coded.report.id) {
            return false;
        }
        let at = index(self.docs.len());
        let mut doc = Doc::of(coded, &self.sources);
        let retracted = self.decisions.retracted.contains(&doc.id);
        doc.retracted |= retracted;
        let chains = coded.claims.iter().map(|claim| claim.content().attribution.as_slice());
        let speakers = Speakers::of(chains, &coded.report.text, &self.sources);
        for claim in &coded.claims {
            let fact = index(self.facts.len());
            if self.by_claim.contains_key(claim.id()) {
                continue;
            }
            self.by_claim.insert(claim.id().clone(), fact);
            self.facts.push(Fact::of(claim, at, doc.published, &speakers, &self.sources));
            self.keys.push(Vec::new());
            self.links.grow();
            self.parts.grow();
            self.group_of.push(u32::MAX);
            doc.facts.push(fact);
        }
        let focus = self.focus(&doc);
        self.single.push(focus.days.len() <= 1 && focus.towns.len() <= 1);
        self.stories.add(at, &doc, focus);
        self.by_report.insert(doc.id.clone(), at);
        self.docs.push(doc);
        self.fresh.push(at);
        true
    }

    /// Days and towns of the violence that a report tells of as its news.
    fn focus(&self, doc: &Doc) -> Focus {
        let mut focus = Focus { published: doc.published, ..Focus::default() };
        for fact in doc.facts.iter().filter_map(|at| self.facts.get(*at as usize)) {
            let violent = self.scales.kinds.is_violent(fact.type_id.as_str());
            if !violent
                || fact.stance != Stance::Tells
                || fact.background
                || fact.kind != ClaimKind::Event
            {
                continue;
            }
            if let Some(when) = fact.when.filter(|w| w.precision <= averment_types::DatePrec::Days)
                && !focus.days.contains(&when.days)
            {
                focus.days.push(when.days);
            }
            if let Some(spot) = fact.spot.as_ref().filter(|spot| spot.is_exact()) {
                let town = (key_of(&spot.key), spot.point);
                if !focus.towns.contains(&town) {
                    focus.towns.push(town);
                }
            }
        }
        focus
    }

    /// Looks at what is new since the last time, and at its neighbourhood.
    pub fn settle(&mut self) -> Settled {
        let fresh: Vec<u32> = std::mem::take(&mut self.fresh);
        let mut changed: BTreeSet<u32> = self.stories.settle(&self.docs).into_iter().collect();
        changed.extend(fresh);
        let mut dirty: BTreeSet<u32> = BTreeSet::new();
        for doc in changed.iter().filter_map(|at| self.docs.get(*at as usize)) {
            dirty.extend(&doc.facts);
        }
        let mut more = Vec::new();
        for at in &dirty {
            more.extend(self.place(*at));
        }
        dirty.extend(more);
        let mut touched: BTreeSet<u32> = dirty.clone();
        for at in &dirty {
            touched.extend(self.links.clear(*at));
        }
        for at in &dirty {
            for (other, link) in self.compare(*at) {
                touched.insert(other);
                self.links.join(*at, other, link);
            }
        }
        let incidents = self.regroup(&touched);
        Settled { reports: changed.len(), claims: dirty.len(), incidents }
    }

    /// Puts a claim into the blocks where it belongs now; the claims whose comparisons that changes.
    fn place(&mut self, at: u32) -> Vec<u32> {
        let Some(fact) = self.facts.get(at as usize) else {
            return Vec::new();
        };
        let published = self.docs.get(fact.doc as usize).and_then(|doc| doc.published);
        let new = blocks(fact, self.stories.story(fact.doc), published, &self.scales.kinds);
        let member = Member { rank: key_of(fact.id.as_str()), at };
        let Some(slot) = self.keys.get_mut(at as usize) else {
            return Vec::new();
        };
        let old = std::mem::replace(slot, new.clone());
        let mut touched = Vec::new();
        for key in old.iter().filter(|key| !new.contains(key)) {
            touched.extend(self.blocks.remove(*key, member));
        }
        for key in new.iter().filter(|key| !old.contains(key)) {
            touched.extend(self.blocks.insert(*key, member));
        }
        touched.into_iter().map(|m| m.at).collect()
    }

    /// The links of a claim to those that it shares a block with, and to those that a person named.
    fn compare(&self, at: u32) -> Vec<(u32, Link)> {
        let (Some(fact), Some(keys)) = (self.facts.get(at as usize), self.keys.get(at as usize))
        else {
            return Vec::new();
        };
        let member = Member { rank: key_of(fact.id.as_str()), at };
        let mut others: Vec<u32> =
            keys.iter().flat_map(|key| self.blocks.peers(*key, member)).map(|m| m.at).collect();
        others.sort_unstable();
        others.dedup();
        let mut found: Vec<(u32, Link)> = others
            .into_iter()
            .filter(|other| *other != at)
            .map(|other| (other, Link { points: self.weigh(at, other).sum(), decided: false }))
            .filter(|(other, link)| link.points >= ENOUGH && !self.parted(at, *other))
            .collect();
        let together = self.together.at(&fact.id).iter().filter_map(|id| self.by_claim.get(id));
        for other in together.filter(|other| !self.parted(at, **other)) {
            found.retain(|(known, _)| known != other);
            found.push((*other, Link { points: DECIDED, decided: true }));
        }
        found
    }

    /// Whether a person says that the claims are of two events.
    fn parted(&self, a: u32, b: u32) -> bool {
        self.id(a).zip(self.id(b)).is_some_and(|(x, y)| self.apart.at(x).contains(y))
    }

    /// What speaks for and against two claims telling of one event.
    pub(crate) fn weigh(&self, a: u32, b: u32) -> Weighed {
        match (self.facts.get(a as usize), self.facts.get(b as usize)) {
            (Some(x), Some(y)) => self.scales.weigh(x, y, self.bond(x, y)),
            _ => Weighed::Never("no such claim"),
        }
    }

    fn bond(&self, a: &Fact, b: &Fact) -> Bond {
        let published =
            |fact: &Fact| self.docs.get(fact.doc as usize).and_then(|doc| doc.published);
        let same_report = a.doc == b.doc;
        Bond {
            same_report,
            single: same_report && self.single.get(a.doc as usize).copied().unwrap_or(false),
            copies: !same_report && self.stories.family(a.doc) == self.stories.family(b.doc),
            story: self.stories.story(a.doc) == self.stories.story(b.doc),
            days_between: published(a).zip(published(b)).map(|(x, y)| (x - y).abs()),
        }
    }

    fn regroup(&mut self, touched: &BTreeSet<u32>) -> usize {
        let nodes: Vec<u32> = touched.iter().copied().collect();
        let mut count = 0;
        let strength = |link: &Link| if link.decided { i64::MAX } else { i64::from(link.points) };
        let parts = self.parts.renew(&self.links, &nodes, &STEPS, strength);
        for at in parts.iter().flatten() {
            let old = self.group_of.get(*at as usize).copied().unwrap_or(u32::MAX);
            self.groups.remove(&old);
        }
        for part in parts {
            let mut links = Vec::new();
            for at in &part {
                let later = self.links.at(*at).iter().filter(|(other, _)| at < other);
                links.extend(later.map(|(other, link)| (*at, *other, *link)));
            }
            for group in group(&part, &links, self) {
                count += 1;
                let Some(first) = group.members.iter().min().copied() else {
                    continue;
                };
                for at in &group.members {
                    if let Some(slot) = self.group_of.get_mut(*at as usize) {
                        *slot = first;
                    }
                }
                self.groups.insert(first, group);
            }
        }
        count
    }

    /// The groups of claims that stand.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &Group> {
        self.groups.values()
    }

    /// The group of a claim.
    pub(crate) fn group_of(&self, claim: u32) -> Option<&Group> {
        self.groups.get(self.group_of.get(claim as usize)?)
    }

    /// The story of each report that was taken in, under its id: reports of one story have one number.
    #[must_use]
    pub fn stories(&self) -> BTreeMap<ReportId, u64> {
        self.by_report.iter().map(|(id, at)| (id.clone(), self.stories.story(*at))).collect()
    }

    /// The family of copies of each report, under its id: texts that copy each other have one number.
    #[must_use]
    pub fn families(&self) -> BTreeMap<ReportId, u64> {
        self.by_report.iter().map(|(id, at)| (id.clone(), self.stories.family(*at))).collect()
    }

    /// The sources that reports and speakers are looked up in.
    #[must_use]
    pub const fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The place of a report in the list.
    pub(crate) fn report_at(&self, id: &ReportId) -> Option<&Doc> {
        self.by_report.get(id).and_then(|at| self.docs.get(*at as usize))
    }
}

impl Judge for Corroborator {
    fn id(&self, claim: u32) -> Option<&ClaimId> {
        self.facts.get(claim as usize).map(|fact| &fact.id)
    }

    fn points(&self, a: u32, b: u32) -> i32 {
        self.weigh(a, b).sum()
    }

    fn apart(&self, claim: u32) -> Vec<u32> {
        let ids = self.id(claim).map_or(&[][..], |id| self.apart.at(id));
        ids.iter().filter_map(|id| self.by_claim.get(id).copied()).collect()
    }
}

/// A place in a list; lists of more than four thousand million are none of ours.
fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
