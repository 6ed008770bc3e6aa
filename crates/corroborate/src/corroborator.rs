//! The room's one entrance: reports go in, in any order; neighbourhoods are settled; incidents and disputes come out.

use std::collections::{BTreeMap, BTreeSet};

use averment_actors::Registry;
use averment_types::{ClaimId, ClaimKind, CodedReport, ReportId};

use crate::blocks::{BlockKey, Blocks, Member};
use crate::changes::Changes;
use crate::cluster::{Group, Judge, Link, group};
use crate::decisions::{Decisions, Partners};
use crate::doc::{Doc, Docs};
use crate::error::CorroborateError;
use crate::evidence::{Bond, ENOUGH, Scales, Weighed};
use crate::fact::{Fact, Stance};
use crate::focus::Focus;
use crate::graph::Graph;
use crate::hash::key_of;
use crate::history::in_question;
use crate::keys::blocks;
use crate::kin::Kin;
use crate::kinds::Kinds;
use crate::lean::Speakers;
use crate::parts::{Parts, Step};
use crate::shelf::{Backing, Drawer, Name, Shelf};
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

/// Parts of claims that may be of one event.
pub(crate) const LINKED: [Name; 2] = [Name::LinkedParts, Name::LinkedMembers];

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
    pub(crate) together: Partners,
    pub(crate) apart: Partners,
    pub(crate) docs: Docs,
    pub(crate) facts: Shelf<Fact, 1>,
    pub(crate) stories: Stories,
    /// Reports and claims by a hash of their ids.
    pub(crate) by_report: Drawer<u32>,
    pub(crate) by_claim: Drawer<u32>,
    /// The claims that name an actor, by a hash of its id.
    pub(crate) by_actor: Drawer<u32>,
    /// The claims by which an actor's life or leadership may come to be disputed, by a hash of its id.
    pub(crate) in_question: Drawer<u32>,
    pub(crate) blocks: Blocks,
    pub(crate) keys: Shelf<Vec<BlockKey>, 8>,
    pub(crate) links: Graph<Link>,
    pub(crate) parts: Parts,
    /// The groups that stand, at the least of their claims' places in the list.
    pub(crate) group_at: Shelf<Option<Group>, 16>,
    pub(crate) group_of: Shelf<u32, 64>,
    pub(crate) fresh: Vec<u32>,
    /// What is another since the room was opened; nothing is noted of a room that was never kept.
    pub(crate) changes: Changes,
    pub(crate) backing: Option<Backing>,
    /// The reports that there were when the pages were laid out; `None` for a room that was never kept.
    pub(crate) laid_out: Option<usize>,
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
            docs: Docs::new(Name::Docs),
            facts: Shelf::new(Name::Facts),
            stories: Stories::new(),
            by_report: Drawer::new(Name::ByReport),
            by_claim: Drawer::new(Name::ByClaim),
            by_actor: Drawer::new(Name::ByActor),
            in_question: Drawer::new(Name::InQuestion),
            blocks: Blocks::new(Name::Blocks),
            keys: Shelf::new(Name::BlockKeys),
            links: Graph::new(Name::Links),
            parts: Parts::new(LINKED),
            group_at: Shelf::new(Name::Groups),
            group_of: Shelf::new(Name::GroupOf),
            fresh: Vec::new(),
            changes: Changes::default(),
            backing: None,
            laid_out: None,
        })
    }

    /// Takes in a report with its claims; whether it was new. A report of the same id that is there already is left as it
    /// is: which of two revisions counts is the ledger's to say.
    pub fn add(&mut self, coded: &CodedReport) -> bool {
        if self.report_numbered(&coded.report.id).is_some() {
            return false;
        }
        let at = index(self.docs.len());
        let mut doc = Doc::of(coded, &self.sources);
        let retracted = self.decisions.retracted.contains(&doc.id);
        doc.retracted |= retracted;
        let chains = coded.claims.iter().map(|claim| claim.content().attribution.as_slice());
        let speakers = Speakers::of(chains, &coded.report.text, &self.sources);
        for claim in &coded.claims {
            if self.claim_numbered(claim.id()).is_some() {
                continue;
            }
            let number = index(self.facts.len());
            let fact = Fact::of(claim, at, doc.published, &speakers, &self.sources);
            self.by_claim.change(key_of(claim.id().as_str()), |all| all.push(number));
            for actor in fact.mentioned() {
                self.by_actor.change(key_of(actor.as_str()), |all| all.push(number));
            }
            for actor in in_question(&fact) {
                self.in_question.change(key_of(actor.as_str()), |all| all.push(number));
            }
            self.facts.push(fact);
            self.keys.push(Vec::new());
            self.links.grow();
            self.parts.grow();
            self.group_at.push(None);
            self.group_of.push(u32::MAX);
            doc.facts.push(number);
        }
        doc.focus = self.focus(&doc);
        self.stories.add(at, &doc);
        self.by_report.change(key_of(doc.id.as_str()), |all| all.push(at));
        self.docs.push(doc);
        self.fresh.push(at);
        true
    }

    /// The place of a report in the list.
    pub(crate) fn report_numbered(&self, id: &ReportId) -> Option<u32> {
        let is_it = |at: &u32| self.docs.get(*at).is_some_and(|doc| doc.id == *id);
        let alike = self.by_report.look(key_of(id.as_str()), <[u32]>::to_vec);
        alike.into_iter().find(is_it)
    }

    /// The place of a claim in the list.
    pub(crate) fn claim_numbered(&self, id: &ClaimId) -> Option<u32> {
        let is_it = |at: &u32| self.facts.get(*at).is_some_and(|fact| fact.id == *id);
        let alike = self.by_claim.look(key_of(id.as_str()), <[u32]>::to_vec);
        alike.into_iter().find(is_it)
    }

    /// Days and towns of the violence that a report tells of as its news.
    fn focus(&self, doc: &Doc) -> Focus {
        let mut focus = Focus { published: doc.published, ..Focus::default() };
        for fact in doc.facts.iter().filter_map(|at| self.facts.get(*at)) {
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
        let moved = self.stories.settle(&self.docs);
        let mut changed = moved.reports;
        changed.extend(fresh);
        let mut dirty: BTreeSet<u32> = BTreeSet::new();
        for doc in changed.iter().filter_map(|at| self.docs.get(*at)) {
            dirty.extend(&doc.facts);
        }
        let told = dirty.clone();
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
        if self.backing.is_some() {
            self.note(&told, &moved.stories);
        }
        Settled { reports: changed.len(), claims: dirty.len(), incidents }
    }

    /// Puts a claim into the blocks where it belongs now; the claims whose comparisons that changes.
    fn place(&mut self, at: u32) -> Vec<u32> {
        let Some(fact) = self.facts.get(at) else {
            return Vec::new();
        };
        let published = self.docs.get(fact.doc).and_then(|doc| doc.published);
        let new = blocks(fact, self.stories.story(fact.doc), published, &self.scales.kinds);
        let member = Member { rank: key_of(fact.id.as_str()), at };
        let old = self.keys.get(at).cloned().unwrap_or_default();
        if old == new {
            return Vec::new();
        }
        if let Some(slot) = self.keys.get_mut(at) {
            slot.clone_from(&new);
        }
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
        let (Some(fact), Some(keys)) = (self.facts.get(at), self.keys.get(at)) else {
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
        let together = self.together.at(&fact.id).iter().filter_map(|id| self.claim_numbered(id));
        for other in together.filter(|other| !self.parted(at, *other)) {
            found.retain(|(known, _)| *known != other);
            found.push((other, Link { points: DECIDED, decided: true }));
        }
        found
    }

    /// Whether a person says that the claims are of two events.
    fn parted(&self, a: u32, b: u32) -> bool {
        self.id(a).zip(self.id(b)).is_some_and(|(x, y)| self.apart.at(x).contains(y))
    }

    /// What speaks for and against two claims telling of one event.
    pub(crate) fn weigh(&self, a: u32, b: u32) -> Weighed {
        match (self.facts.get(a), self.facts.get(b)) {
            (Some(x), Some(y)) => self.scales.weigh(x, y, self.bond(x, y)),
            _ => Weighed::Never("no such claim"),
        }
    }

    fn bond(&self, a: &Fact, b: &Fact) -> Bond {
        let published = |fact: &Fact| self.docs.get(fact.doc).and_then(|doc| doc.published);
        let same_report = a.doc == b.doc;
        Bond {
            same_report,
            single: same_report && self.docs.get(a.doc).is_some_and(|doc| doc.focus.is_single()),
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
            let old = self.group_of.get(*at).copied().unwrap_or(u32::MAX);
            if self.group_at.get(old).is_some_and(Option::is_some) {
                if self.backing.is_some() {
                    self.changes.groups.insert(old);
                }
                if let Some(slot) = self.group_at.get_mut(old) {
                    *slot = None;
                }
            }
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
                    if let Some(slot) = self.group_of.get_mut(*at) {
                        *slot = first;
                    }
                }
                if let Some(slot) = self.group_at.get_mut(first) {
                    *slot = Some(group);
                }
                if self.backing.is_some() {
                    self.changes.groups.insert(first);
                }
            }
        }
        count
    }

    /// The groups of claims that stand.
    pub(crate) fn groups(&self) -> impl Iterator<Item = &Group> {
        self.group_at.iter().filter_map(|(_, group)| group.as_ref())
    }

    /// The group of a claim.
    pub(crate) fn group_of(&self, claim: u32) -> Option<&Group> {
        self.group_at.get(*self.group_of.get(claim)?)?.as_ref()
    }

    /// The story of each report that was taken in, under its id: reports of one story have one number.
    #[must_use]
    pub fn stories(&self) -> BTreeMap<ReportId, u64> {
        self.docs.iter().map(|(at, doc)| (doc.id.clone(), self.stories.story(at))).collect()
    }

    /// The family of copies of each report, under its id: texts that copy each other have one number.
    #[must_use]
    pub fn families(&self) -> BTreeMap<ReportId, u64> {
        self.docs.iter().map(|(at, doc)| (doc.id.clone(), self.stories.family(at))).collect()
    }

    /// The sources that reports and speakers are looked up in.
    #[must_use]
    pub const fn sources(&self) -> &Sources {
        &self.sources
    }
}

impl Judge for Corroborator {
    fn id(&self, claim: u32) -> Option<&ClaimId> {
        self.facts.get(claim).map(|fact| &fact.id)
    }

    fn points(&self, a: u32, b: u32) -> i32 {
        self.weigh(a, b).sum()
    }

    fn apart(&self, claim: u32) -> Vec<u32> {
        let ids = self.id(claim).map_or(&[][..], |id| self.apart.at(id));
        ids.iter().filter_map(|id| self.claim_numbered(id)).collect()
    }
}

/// A place in a list; lists of more than four thousand million are none of ours.
fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
