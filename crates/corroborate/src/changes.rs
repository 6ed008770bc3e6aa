//! A room that is kept and opened again: its pages, and what of its incidents and disputes is another since it was opened.

use std::collections::BTreeSet;
use std::sync::Arc;

use averment_actors::Registry;
use averment_types::{ActorId, Dispute, Incident};

use crate::blocks::Blocks;
use crate::corroborator::{Corroborator, LINKED};
use crate::decisions::Decisions;
use crate::doc::Docs;
use crate::error::CorroborateError;
use crate::graph::Graph;
use crate::history::in_question;
use crate::parts::Parts;
use crate::shelf::{Archive, Backing, Drawer, Head, Name, Put, Shelf, put_page};
use crate::story::Stories;

/// A room that has grown so many times is laid out anew.
const GROWN: usize = 8;

/// What is another since the room was opened.
#[derive(Debug, Default)]
pub(crate) struct Changes {
    /// Groups of claims, by number: those that are no more, those that are new, those of which something is another.
    pub(crate) groups: BTreeSet<u32>,
    /// Actors of whom something else is said.
    actors: BTreeSet<ActorId>,
}

/// What is said together about one group of claims or one actor.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// Of what: the number of a group, or an actor's id. A group's number holds as long as the room is kept.
    pub of: String,
    /// The incident that the claims tell of; `None` for an actor, and for claims that tell of none.
    pub incident: Option<Incident>,
    /// The disputes about it.
    pub disputes: Vec<Dispute>,
}

impl Corroborator {
    /// The room that was kept in `archive`, as it was; `None` when there is none that can be opened. Of its pages those are read that are
    /// looked at. `registry` and `decisions` must be those with which it was kept.
    ///
    /// # Errors
    /// Never for a released program: its data is checked by tests.
    pub fn open(
        registry: &Registry,
        decisions: Decisions,
        archive: Arc<dyn Archive>,
    ) -> Result<Option<Self>, CorroborateError> {
        let backing = Backing::new(archive);
        let Some(head) = backing.read::<Head>(Name::Head, 0) else {
            return Ok(None);
        };
        let Head { reports, claims, laid_out, bits } = head;
        let [by_report, by_claim, by_actor, in_question, blocks, postings, bands, tellers] = bits;
        if reports > laid_out.saturating_mul(GROWN) || bits.iter().any(|bits| *bits > 32) {
            return Ok(None);
        }
        let room = Self::new(registry, decisions)?;
        Ok(Some(Self {
            docs: Docs::kept(Name::Docs, reports, &backing),
            facts: Shelf::kept(Name::Facts, claims, &backing),
            stories: Stories::kept(reports, [postings, bands, tellers], &backing),
            by_report: Drawer::kept(Name::ByReport, by_report, &backing),
            by_claim: Drawer::kept(Name::ByClaim, by_claim, &backing),
            by_actor: Drawer::kept(Name::ByActor, by_actor, &backing),
            in_question: Drawer::kept(Name::InQuestion, in_question, &backing),
            blocks: Blocks::kept(Name::Blocks, blocks, &backing),
            keys: Shelf::kept(Name::BlockKeys, claims, &backing),
            links: Graph::kept(Name::Links, claims, &backing),
            parts: Parts::kept(LINKED, claims, &backing),
            group_at: Shelf::kept(Name::Groups, claims, &backing),
            group_of: Shelf::kept(Name::GroupOf, claims, &backing),
            laid_out: Some(laid_out),
            backing: Some(backing),
            ..room
        }))
    }

    /// Gives the pages that an archive has to keep for [`Corroborator::open`]: all of a room that was made anew, those that
    /// changed of one that was opened. Each is a shelf's number, the page's number there, and bytes.
    pub fn keep(&self, mut put: impl FnMut(u8, u64, Vec<u8>)) {
        let put: &mut Put<'_> = &mut put;
        let [postings, bands, tellers] = self.stories.bits();
        let drawers = [&self.by_report, &self.by_claim, &self.by_actor, &self.in_question];
        let [by_report, by_claim, by_actor, in_question] = drawers.map(Drawer::bits);
        let blocks = self.blocks.drawer().bits();
        let head = Head {
            reports: self.docs.len(),
            claims: self.facts.len(),
            laid_out: self.laid_out.unwrap_or(self.docs.len()),
            bits: [by_report, by_claim, by_actor, in_question, blocks, postings, bands, tellers],
        };
        put_page(put, Name::Head, 0, &head);
        self.docs.keep(put);
        self.facts.keep(put);
        self.stories.keep(put);
        self.by_report.keep(put);
        self.by_claim.keep(put);
        self.by_actor.keep(put);
        self.in_question.keep(put);
        self.blocks.drawer().keep(put);
        self.keys.keep(put);
        self.links.keep(put);
        self.parts.keep(put);
        self.group_at.keep(put);
        self.group_of.keep(put);
    }

    /// Whether a page of the archive was missing or not as it was kept. Nothing that the room says counts then.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.backing.as_ref().is_some_and(Backing::is_damaged)
    }

    /// Gives what is said about every group of claims and every actor: each incident and each dispute once.
    pub fn for_each_view(&self, mut take: impl FnMut(View)) {
        for (at, group) in self.group_at.iter() {
            if group.is_some() {
                take(self.view_of_group(at));
            }
        }
        for actor in self.all_in_question() {
            take(self.view_of_actor(&actor));
        }
    }

    /// Gives what is said now about every group and actor of which something is another since the room was opened; empty for
    /// those that are no more.
    pub fn for_each_changed_view(&self, mut take: impl FnMut(View)) {
        self.changes.groups.iter().for_each(|at| take(self.view_of_group(*at)));
        self.changes.actors.iter().for_each(|actor| take(self.view_of_actor(actor)));
    }

    fn view_of_group(&self, at: u32) -> View {
        let group = self.group_at.get(at).and_then(Option::as_ref);
        let disputes = group.map(|group| self.in_group(group)).unwrap_or_default();
        View {
            of: at.to_string(),
            incident: group.and_then(|group| self.incident(group)),
            disputes: disputes.into_iter().map(|(_, dispute)| dispute).collect(),
        }
    }

    fn view_of_actor(&self, actor: &ActorId) -> View {
        View { of: format!("actor {actor}"), incident: None, disputes: self.about(actor) }
    }

    /// Notes what is another since the claims `told` were looked at anew and `stories` lost or gained a report.
    pub(crate) fn note(&mut self, told: &BTreeSet<u32>, stories: &BTreeSet<u64>) {
        for fact in told.iter().filter_map(|at| self.facts.get(*at)) {
            self.changes.actors.extend(in_question(fact));
        }
        // An incident names the reports of its stories that tell of no event.
        let docs = stories.iter().flat_map(|story| self.stories.tellers(*story));
        let facts = docs.filter_map(|at| self.docs.get(at)).flat_map(|doc| &doc.facts);
        let groups: Vec<u32> = facts.filter_map(|at| self.group_of.get(*at).copied()).collect();
        self.changes.groups.extend(groups);
    }
}
