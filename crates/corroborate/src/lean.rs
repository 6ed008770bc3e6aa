//! Whom a claim leans on: the outermost speaker of its attribution chain who can be told from others.
//!
//! "A villager told AFP" leans on AFP, for the villager has no name; "the army told AFP" leans on the army, and so does
//! "the army told Reuters". Speakers side by side ("the army and the monitor said") are leant on together.

use std::sync::Arc;

use averment_types::{ActorId, ActorKind, ActorRef, AttributionLink, CountryCode, SpeakerKind};
use serde::{Deserialize, Serialize};

use crate::sources::{Source, SourceKind, Sources};
use crate::words::{Shape, fold, is_common, words};

/// What sort of source is leant on; also how far its numbers are trusted before a person grades it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) enum Standing {
    /// A monitor, rights, aid or international organisation.
    Monitor,
    /// An agency.
    Agency,
    /// Any other outlet.
    Outlet,
    /// State, army, police.
    Official,
    /// A named person.
    Person,
    /// A medium or spokesman of an armed group.
    Party,
}

/// A source, a person or officials that a claim leans on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Lean {
    /// `source:`, `person:`, `officials:`, `outlet:` or `text:` and a name; the origin's id.
    pub(crate) key: Arc<str>,
    /// The usual name.
    pub(crate) name: Arc<str>,
    pub(crate) standing: Standing,
    pub(crate) party: bool,
    pub(crate) country: Option<CountryCode>,
    pub(crate) owner: Option<Arc<str>>,
    /// The side of a conflict whose word it is.
    pub(crate) side: Option<ForSide>,
}

/// A side of a conflict, in short.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct ForSide {
    pub(crate) id: ActorId,
    /// `None` where only the name of the side is known.
    pub(crate) kind: Option<ActorKind>,
    pub(crate) country: Option<CountryCode>,
}

impl ForSide {
    /// An actor that fights or may fight; a government speaks with many voices and is none.
    fn of(actor: &ActorRef) -> Option<Self> {
        let fights =
            actor.kind.is_side() && !matches!(actor.kind, ActorKind::Government | ActorKind::State);
        fights.then(|| Self {
            id: actor.id.clone(),
            kind: Some(actor.kind),
            country: actor.country.clone(),
        })
    }

    /// Whether these may be vaguer words for the other side.
    pub(crate) fn may_be(&self, other: &Self) -> bool {
        let forces = |kind: ActorKind| {
            matches!(kind, ActorKind::Military | ActorKind::Police | ActorKind::SecurityForces)
        };
        let kinds = match (self.kind, other.kind) {
            (Some(a), Some(b)) if a.is_armed_group() => b.is_armed_group(),
            (Some(ActorKind::SecurityForces), Some(b)) => forces(b),
            (Some(a), Some(ActorKind::SecurityForces)) => forces(a),
            (Some(a), Some(b)) => a == b,
            // A medium of a party, which is an armed group where its kind is not said.
            (Some(a), None) => a.is_armed_group(),
            (None, _) => false,
        };
        let countries =
            self.country.is_none() || other.country.is_none() || self.country == other.country;
        kinds && countries
    }
}

impl Lean {
    /// A source of the data, as a source or as the outlet of a text.
    pub(crate) fn source(source: &Source, prefix: &str) -> Self {
        Self {
            key: format!("{prefix}:{}", source.id).into(),
            name: source.name.as_str().into(),
            standing: standing(source.kind),
            party: source.party.is_some(),
            country: source.country.clone(),
            owner: source.owner.as_deref().map(Arc::from),
            side: source.party.clone().map(|id| ForSide {
                id,
                kind: None,
                country: source.country.clone(),
            }),
        }
    }

    /// A source that is only a name.
    pub(crate) fn named(prefix: &str, key: &str, name: &str, standing: Standing) -> Self {
        Self {
            key: format!("{prefix}:{key}").into(),
            name: name.into(),
            standing,
            party: false,
            country: None,
            owner: None,
            side: None,
        }
    }
}

const fn standing(kind: SourceKind) -> Standing {
    match kind {
        SourceKind::Agency => Standing::Agency,
        SourceKind::Newspaper | SourceKind::Broadcaster | SourceKind::Site => Standing::Outlet,
        SourceKind::Monitor
        | SourceKind::Rights
        | SourceKind::Aid
        | SourceKind::Research
        | SourceKind::International => Standing::Monitor,
        SourceKind::Official => Standing::Official,
        SourceKind::PartyMedia => Standing::Party,
    }
}

/// What a report says of its speakers elsewhere: who a surname or "the monitor" is.
#[derive(Debug, Default)]
pub(crate) struct Speakers {
    /// Speakers with a full name: their words as a key, and who they are.
    full: Vec<(String, Lean)>,
    /// The one monitor that the report names; `None` when it names none or several.
    monitor: Option<Lean>,
}

impl Speakers {
    /// Those of all chains of a report.
    pub(crate) fn of<'c>(
        chains: impl Iterator<Item = &'c [AttributionLink]> + Clone,
        text: &str,
        sources: &Sources,
    ) -> Self {
        let mut links = chains.flatten();
        let full = links
            .clone()
            .filter_map(|link| Some((plain(link.name()), lean(link, sources)?)))
            .collect();
        let asks =
            links.any(|link| link.kind == SpeakerKind::Monitor && lean(link, sources).is_none());
        Self { full, monitor: if asks { the_monitor(text, sources) } else { None } }
    }

    /// Whom the chain leans on; empty when nobody in it can be told from others.
    pub(crate) fn leans(&self, chain: &[AttributionLink], sources: &Sources) -> Vec<Lean> {
        let mut groups: Vec<&[AttributionLink]> =
            chain.chunk_by(|a, b| a.cue_range == b.cue_range && !is_told(&a.cue)).collect();
        groups.reverse();
        groups
            .into_iter()
            .map(|group| {
                let mut found: Vec<Lean> =
                    group.iter().filter_map(|link| self.resolve(link, sources)).collect();
                found.sort();
                found.dedup_by(|a, b| a.key == b.key);
                found
            })
            .find(|found| !found.is_empty())
            .unwrap_or_default()
    }

    fn resolve(&self, link: &AttributionLink, sources: &Sources) -> Option<Lean> {
        let Some(found) = lean(link, sources) else {
            let vague = link.kind == SpeakerKind::Monitor;
            return self.monitor.clone().filter(|_| vague);
        };
        let short = plain(link.name());
        let named = found.standing == Standing::Person && found.key.starts_with("person:");
        let longer = |(key, _): &&(String, Lean)| {
            *key != short && format!("-{key}-").contains(&format!("-{short}-"))
        };
        let fuller = self.full.iter().filter(longer).map(|(_, lean)| lean).min();
        Some(fuller.filter(|_| named).cloned().unwrap_or(found))
    }
}

/// Whether the cue has a hearer: "the army told AFP" is no speech of both.
fn is_told(cue: &str) -> bool {
    cue.split_whitespace()
        .any(|word| matches!(word, "told" | "tells" | "tell" | "telling" | "informed"))
}

/// The one monitor that a text names.
fn the_monitor(text: &str, sources: &Sources) -> Option<Lean> {
    let mut found: Vec<&Source> = Vec::new();
    for sentence in text.split(['.', '\n']) {
        if let Some(source) =
            sources.within(sentence).filter(|s| standing(s.kind) == Standing::Monitor)
            && !found.iter().any(|known| known.id == source.id)
        {
            found.push(source);
        }
    }
    match found.as_slice() {
        [only] => Some(Lean::source(only, "source")),
        _ => None,
    }
}

fn lean(link: &AttributionLink, sources: &Sources) -> Option<Lean> {
    let mut found = known(link, sources).or_else(|| by_kind(link))?;
    found.party |= link.party;
    Some(found)
}

/// A speaker whom the sources or the registry know by name; a spokesman stands for his side.
fn known(link: &AttributionLink, sources: &Sources) -> Option<Lean> {
    let actors = [link.affiliation.as_ref(), link.actor.as_ref()];
    let mut named = actors.into_iter().flatten().filter(|actor| !actor.id.is_generic());
    if let Some(actor) = named.next() {
        let source = sources.get(actor.id.as_str());
        let mut found = source.map_or_else(|| of_actor(actor), |s| Lean::source(s, "source"));
        found.side = found.side.or_else(|| ForSide::of(actor));
        return Some(found);
    }
    let asks =
        !matches!(link.kind, SpeakerKind::Official | SpeakerKind::Witness | SpeakerKind::Anonymous);
    let source =
        sources.named(link.name()).or_else(|| sources.within(link.name())).filter(|_| asks)?;
    Some(Lean::source(source, "source"))
}

fn of_actor(actor: &ActorRef) -> Lean {
    let standing = match actor.kind {
        kind if kind.is_armed_group() => Standing::Party,
        kind if kind.is_state_side() => Standing::Official,
        ActorKind::Media => Standing::Outlet,
        ActorKind::Person => Standing::Person,
        _ => Standing::Monitor,
    };
    let prefix = if standing == Standing::Person { "person" } else { "source" };
    let mut lean = Lean::named(prefix, actor.id.as_str(), &actor.name, standing);
    lean.country.clone_from(&actor.country);
    lean
}

/// Named persons, and officials without a name by what they are; witnesses and unnamed sources are nobody.
fn by_kind(link: &AttributionLink) -> Option<Lean> {
    let speaker = link.name();
    let key = plain(speaker);
    match link.kind {
        SpeakerKind::Official | SpeakerKind::Party => {
            let id = link.actor.as_ref().map(|actor| actor.id.as_str().to_owned());
            let standing =
                if link.kind == SpeakerKind::Party { Standing::Party } else { Standing::Official };
            // "The governor" and "the mayor" are two, though both are of the government.
            let forces = link
                .actor
                .as_ref()
                .filter(|actor| actor.kind.is_side() && actor.kind != ActorKind::Government);
            let key = id.filter(|_| forces.is_some()).unwrap_or(key);
            let name = forces.map_or(speaker, |actor| actor.name.as_str());
            let mut lean = Lean::named("officials", &key, name, standing);
            lean.side = forces.and_then(ForSide::of);
            lean.country = forces.and_then(|actor| actor.country.clone());
            (forces.is_some() || !is_pronoun(&key)).then_some(lean)
        }
        SpeakerKind::Person | SpeakerKind::Expert => {
            is_name(speaker).then(|| Lean::named("person", &key, speaker, Standing::Person))
        }
        SpeakerKind::Outlet | SpeakerKind::Monitor => {
            let vague = link.actor.as_ref().is_some_and(|actor| actor.id.is_generic());
            let standing =
                if link.kind == SpeakerKind::Outlet { Standing::Outlet } else { Standing::Monitor };
            (is_name(speaker) && !vague).then(|| Lean::named("source", &key, speaker, standing))
        }
        _ => None,
    }
}

/// Whether the words only point at somebody, or at nobody.
fn is_pronoun(key: &str) -> bool {
    let first = key.split('-').next().unwrap_or_default();
    matches!(
        key,
        "" | "he" | "she" | "they" | "it" | "who" | "we" | "i" | "one" | "others" | "both"
    ) || matches!(first, "neither" | "no" | "none" | "nobody")
}

/// Whether the words hold a word with a capital that is no common word ("It", "The group").
fn is_name(speaker: &str) -> bool {
    let telling = |w: &crate::words::Word| w.shape == Shape::Name && !is_common(w.hash);
    !is_pronoun(&plain(speaker)) && words(speaker).iter().any(telling)
}

/// A name as a key: folded, without articles, words joined by hyphens.
pub(crate) fn plain(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.filter(|w| !matches!(*w, "the" | "a" | "an" | "s")).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use averment_types::TextRange;

    use super::*;

    fn link(speaker: &str, kind: SpeakerKind, actor: Option<&str>, cue: usize) -> AttributionLink {
        let range = TextRange::new(0, 1).unwrap();
        AttributionLink {
            speaker: speaker.into(),
            range,
            kind,
            party: false,
            antecedent: None,
            actor: actor.map(|id| ActorRef {
                id: ActorId::new(id),
                name: id.into(),
                kind: ActorKind::Other,
                country: None,
            }),
            affiliation: None,
            cue: "said".into(),
            cue_range: TextRange::new(cue, cue + 1).unwrap(),
        }
    }

    fn keys(chain: &[AttributionLink]) -> Vec<String> {
        let sources = Sources::shipped().unwrap();
        let found = Speakers::default().leans(chain, &sources);
        found.iter().map(|lean| lean.key.to_string()).collect()
    }

    #[test]
    fn the_outermost_who_can_be_told_from_others_counts() {
        let afp = link("AFP", SpeakerKind::Outlet, Some("afp"), 1);
        let villager = link("a villager", SpeakerKind::Witness, None, 2);
        let sohr = link("the Syrian Observatory for Human Rights", SpeakerKind::Monitor, None, 2);
        assert_eq!(keys(&[afp.clone(), villager]), ["source:afp"]);
        assert_eq!(keys(&[afp, sohr]), ["source:sohr"]);
    }

    #[test]
    fn speakers_side_by_side_are_leant_on_together() {
        let a = link("Sahara Media", SpeakerKind::Outlet, Some("sahara-media"), 1);
        let b = link("the police", SpeakerKind::Official, Some("generic:police"), 1);
        assert_eq!(keys(&[a, b]), ["officials:police", "source:sahara-media"]);
        assert!(keys(&[link("sources", SpeakerKind::Anonymous, None, 1)]).is_empty());
    }
}
