//! Origins: how many independent voices stand behind claims of one event.
//!
//! A claim in a text that copies another has the origin of the claim that it copies, whatever the copyist made of its
//! attribution. In this order a claim's origin is: whom it leans on by its attribution; whom its report, or a copy of it, leans on
//! for the same event; the agency that its report credits; the outlet, or the report, whose text its report copies; its
//! own outlet. Sentences that two reports share word for word are one origin.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use averment_types::{Origin, OriginId, OriginKind};

use crate::corroborator::Corroborator;
use crate::doc::Doc;
use crate::evidence::overlap;
use crate::fact::Fact;
use crate::kin::Kin;
use crate::lean::{ForSide, Lean, Standing};

/// Quotations of so many content words and more can be told copies.
const TELLING: usize = 7;
/// Share of content words, in percent, from which on a quotation is a copy.
const COPIED: usize = 75;

/// Share of content words, in percent, from which on claims of copies are one.
const MOSTLY: usize = 55;

/// The reason that tells of an origin whose every report here was taken back.
const TAKEN_BACK: &str = "taken back by its publisher; it counts for nothing";

/// Whether the origin has a report that was not taken back.
pub(crate) fn stands(origin: &Origin) -> bool {
    origin.reasons.iter().all(|reason| reason != TAKEN_BACK)
}

/// The origins of some claims.
#[derive(Debug, Default)]
pub(crate) struct Origins {
    /// Origin keys of each claim.
    pub(crate) of: BTreeMap<u32, BTreeSet<Arc<str>>>,
    /// Who each is, with the reasons.
    who: BTreeMap<Arc<str>, (Lean, BTreeSet<&'static str>)>,
}

impl Origins {
    /// Finds the origins of the claims `facts`.
    pub(crate) fn of(room: &Corroborator, facts: &[u32]) -> Self {
        let mut found = Self::default();
        let leaning = leaning(room, facts);
        for at in facts {
            let Some((fact, doc)) = original(room, facts, *at) else {
                continue;
            };
            let family = room.stories.family(fact.doc);
            let elsewhere =
                leaning.get(&(fact.doc, None)).or_else(|| leaning.get(&(u32::MAX, Some(family))));
            if !fact.leans.is_empty() {
                for lean in &fact.leans {
                    found.add(*at, lean.clone(), "the claim is attributed to it");
                }
            } else if let Some(leans) = elsewhere {
                for lean in leans {
                    found.add(
                        *at,
                        lean.clone(),
                        "the report, or a copy of it, attributes the event to it elsewhere",
                    );
                }
            } else {
                let (lean, reason) = narrator(room, facts, fact, doc);
                found.add(*at, lean, reason);
            }
        }
        found.join_names();
        found.join_sides(&room.scales.kin);
        found.join_copies(room, facts);
        found
    }

    fn add(&mut self, claim: u32, lean: Lean, reason: &'static str) {
        let key = lean.key.clone();
        self.of.entry(claim).or_default().insert(key.clone());
        let party = lean.party;
        let entry = self.who.entry(key).or_insert_with(|| (lean, BTreeSet::new()));
        entry.0.party |= party;
        entry.1.insert(reason);
    }

    /// An outlet that others cite is the source that they cite; a surname is the person named in full.
    fn join_names(&mut self) {
        let keys: Vec<Arc<str>> = self.who.keys().cloned().collect();
        for key in &keys {
            let twin = key.strip_prefix("outlet:").map(|name| format!("source:{name}"));
            let parts =
                key.split_once(':').filter(|(prefix, _)| matches!(*prefix, "person" | "officials"));
            let full = parts.and_then(|(prefix, name)| {
                let longer = |k: &&Arc<str>| {
                    let rest = k.strip_prefix(prefix).and_then(|rest| rest.strip_prefix(':'));
                    rest.is_some_and(|other| other != name && other.ends_with(&format!("-{name}")))
                };
                keys.iter().find(longer).map(ToString::to_string)
            });
            if let Some(twin) = twin.or(full).filter(|twin| self.who.contains_key(twin.as_str())) {
                self.merge(key, &twin.into(), "one name");
            }
        }
    }

    /// One party is one origin: a group and its paper, an army and "soldiers" of its country.
    fn join_sides(&mut self, kin: &Kin) {
        let side = |lean: &Lean| lean.side.clone();
        let mut words: Vec<(Arc<str>, Arc<str>)> = Vec::new();
        let all: Vec<(Arc<str>, ForSide)> = self
            .who
            .iter()
            .filter_map(|(key, (lean, _))| Some((key.clone(), side(lean)?)))
            .collect();
        let (vague, named): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|(_, side)| side.id.is_generic());
        // Who is above stays; of two for one side the one with the lesser key.
        let mut into: BTreeMap<Arc<str>, Arc<str>> = BTreeMap::new();
        for (key, side) in &named {
            let above = named.iter().find(|(_, other)| kin.is_above(&other.id, &side.id));
            let twin = || named.iter().find(|(_, other)| other.id == side.id);
            if let Some((to, _)) = above.or_else(twin).filter(|(to, _)| to != key) {
                into.insert(key.clone(), to.clone());
            }
        }
        let standing = |key: &Arc<str>| !into.contains_key(key);
        for (nth, (key, side)) in vague.iter().enumerate() {
            let may_be = |(to, other): &&(Arc<str>, ForSide)| standing(to) && side.may_be(other);
            let mut known = named.iter().filter(may_be);
            let only = known.next().filter(|_| known.next().is_none());
            let earlier = || vague.iter().take(nth).find(|(_, other)| side.may_be(other));
            if let Some((to, _)) = only.or_else(earlier) {
                words.push((key.clone(), to.clone()));
            }
        }
        into.extend(words);
        let last = |key: &Arc<str>| {
            let steps = std::iter::successors(Some(key), |at| into.get(*at));
            steps.take(into.len() + 1).last().cloned()
        };
        let moves: Vec<(Arc<str>, Arc<str>)> =
            into.keys().filter_map(|key| Some((key.clone(), last(key)?))).collect();
        for (key, to) in moves {
            self.merge(&key, &to, "words for one party to the conflict");
        }
    }

    /// Own words of reports that share a quotation are one origin: that of the least key.
    fn join_copies(&mut self, room: &Corroborator, facts: &[u32]) {
        let own: Vec<(u32, &Fact)> = facts
            .iter()
            .filter_map(|at| room.facts.get(*at).map(|fact| (*at, fact)))
            .filter(|(_, fact)| fact.leans.is_empty() && fact.words.len() >= TELLING)
            .take(200)
            .collect();
        for (i, (a, left)) in own.iter().enumerate() {
            for (b, right) in own.iter().skip(i + 1).filter(|(_, right)| right.doc != left.doc) {
                let copied = left.sentence != 0 && left.sentence == right.sentence;
                if copied || overlap(&left.words, &right.words) >= COPIED {
                    let first = |at: &u32| self.of.get(at).and_then(|keys| keys.first().cloned());
                    if let (Some(x), Some(y)) = (first(a), first(b)) {
                        let (from, to) = if x <= y { (y, x) } else { (x, y) };
                        self.merge(&from, &to, "the reports share a sentence");
                    }
                }
            }
        }
    }

    fn merge(&mut self, from: &Arc<str>, to: &Arc<str>, reason: &'static str) {
        if from == to {
            return;
        }
        let Some((lean, reasons)) = self.who.remove(from) else {
            return;
        };
        if let Some(entry) = self.who.get_mut(to) {
            entry.0.party |= lean.party;
            entry.1.extend(reasons);
            entry.1.insert(reason);
        }
        for keys in self.of.values_mut().filter(|keys| keys.contains(from)) {
            keys.remove(from);
            keys.insert(to.clone());
        }
    }

    /// Who an origin is.
    pub(crate) fn who(&self, key: &str) -> Option<&Lean> {
        self.who.get(key).map(|(lean, _)| lean)
    }

    /// The origins of some of the claims.
    pub(crate) fn among<'o>(
        &'o self,
        claims: impl IntoIterator<Item = &'o u32>,
    ) -> BTreeSet<Arc<str>> {
        claims.into_iter().filter_map(|at| self.of.get(at)).flatten().cloned().collect()
    }

    /// The origins as they are written.
    pub(crate) fn written(&self, room: &Corroborator) -> Vec<Origin> {
        let each = self.who.iter().map(|(key, (lean, reasons))| {
            let id = OriginId::new(key);
            let mine = || self.of.iter().filter(|(_, keys)| keys.contains(key)).map(|(at, _)| *at);
            let facts: Vec<(&Fact, &Doc)> = mine().filter_map(|at| with_doc(room, at)).collect();
            let claims: BTreeSet<_> = facts.iter().map(|(fact, _)| fact.id.clone()).collect();
            let reports: BTreeSet<_> = facts.iter().map(|(_, doc)| doc.id.clone()).collect();
            let gone = facts.iter().all(|(_, doc)| doc.retracted);
            let reasons = reasons.iter().copied().chain(gone.then_some(TAKEN_BACK));
            Origin {
                kind: kind(key),
                name: lean.name.to_string(),
                country: lean.country.clone(),
                owner: lean.owner.as_deref().map(str::to_owned),
                party: lean.party,
                reliability: room.decisions.grade(key),
                claims: claims.into_iter().collect(),
                reports: reports.into_iter().collect(),
                reasons: reasons.map(str::to_owned).collect(),
                id,
            }
        });
        each.filter(|origin| !origin.claims.is_empty()).collect()
    }
}

/// The claim itself, or, where its report copies another, the claim that it copies: that of the earliest copy whose words
/// are mostly the same.
fn original<'r>(room: &'r Corroborator, facts: &[u32], at: u32) -> Option<(&'r Fact, &'r Doc)> {
    let (fact, doc) = with_doc(room, at)?;
    let family = room.stories.family(fact.doc);
    let copied = facts
        .iter()
        .filter_map(|other| with_doc(room, *other))
        .filter(|(other, _)| other.doc != fact.doc && room.stories.family(other.doc) == family)
        .filter(|(other, _)| overlap(&fact.words, &other.words) >= MOSTLY);
    let age = |(fact, doc): &(&Fact, &Doc)| {
        (doc.published.unwrap_or(i32::MAX), doc.id.clone(), fact.leans.is_empty(), fact.id.clone())
    };
    copied.chain([(fact, doc)]).min_by_key(age)
}

pub(crate) fn with_doc(room: &Corroborator, at: u32) -> Option<(&Fact, &Doc)> {
    let fact = room.facts.get(at)?;
    Some((fact, room.docs.get(fact.doc)?))
}

/// Whom reports, and families of copies, lean on anywhere among the claims.
fn leaning(room: &Corroborator, facts: &[u32]) -> BTreeMap<(u32, Option<u64>), BTreeSet<Lean>> {
    let mut found: BTreeMap<(u32, Option<u64>), BTreeSet<Lean>> = BTreeMap::new();
    for fact in facts.iter().filter_map(|at| room.facts.get(*at)) {
        for lean in &fact.leans {
            found.entry((fact.doc, None)).or_default().insert(lean.clone());
            let family = room.stories.family(fact.doc);
            found.entry((u32::MAX, Some(family))).or_default().insert(lean.clone());
        }
    }
    found
}

/// Whose word a report's own word is.
fn narrator(room: &Corroborator, facts: &[u32], fact: &Fact, doc: &Doc) -> (Lean, &'static str) {
    if let Some(lean) = doc.narrator.clone().filter(|_| doc.credit.is_some()) {
        return (lean, "the report credits it with its text");
    }
    let family = room.stories.family(fact.doc);
    let copies: BTreeSet<u32> = facts
        .iter()
        .filter_map(|at| room.facts.get(*at))
        .map(|other| other.doc)
        .filter(|other| room.stories.family(*other) == family)
        .collect();
    let docs = || copies.iter().filter_map(|at| room.docs.get(*at));
    if let Some(lean) =
        docs().filter(|d| d.credit.is_some()).filter_map(|d| d.narrator.clone()).min()
    {
        return (lean, "the report copies a text that credits it");
    }
    let first = docs().min_by_key(|d| (d.published.unwrap_or(i32::MAX), &d.id)).unwrap_or(doc);
    let reason =
        if copies.len() > 1 { "the reports copy one text" } else { "the report's own word" };
    (own_word(first), reason)
}

fn own_word(doc: &Doc) -> Lean {
    let text = || {
        let name = format!("text “{}”", doc.title);
        Lean::named("text", doc.id.as_str(), &name, Standing::Outlet)
    };
    doc.narrator.clone().unwrap_or_else(text)
}

fn kind(key: &str) -> OriginKind {
    match key.split(':').next() {
        Some("person") => OriginKind::Person,
        Some("officials") => OriginKind::Officials,
        Some("outlet") => OriginKind::Outlet,
        Some("text") => OriginKind::Text,
        _ => OriginKind::Source,
    }
}
