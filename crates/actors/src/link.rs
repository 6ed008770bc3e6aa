//! From drafts to mentions: which actor, with reasons, dates and alternatives.

use std::collections::BTreeMap;

use averment_types::{ActorCandidate, ActorId, ActorKind, ActorRef, CountryCode, DateInterval};

use crate::acronym::Local;
use crate::actor::Existence;
use crate::draft::{Draft, Target};
use crate::lexicon::Classes;
use crate::person::Persons;
use crate::sentence::Sentence;
use crate::toward::Stance;
use crate::{Actor, ActorMention, AliasStrength, MentionKind, Referent, Registry, Tie, date};

/// What the whole text says, for decisions about single phrases.
pub(crate) struct Context<'a> {
    pub(crate) registry: &'a Registry,
    pub(crate) text: &'a str,
    pub(crate) on: Option<DateInterval>,
    pub(crate) sentences: &'a [Sentence],
    pub(crate) locals: &'a [Local],
    /// How often each country is named.
    pub(crate) countries: BTreeMap<CountryCode, usize>,
    /// Actors named by an alias that needs no support.
    pub(crate) strong: Vec<u32>,
    pub(crate) persons: Persons,
}

impl Context<'_> {
    /// The mention that a draft makes; `None` when it names nobody.
    pub(crate) fn mention(&self, draft: &Draft) -> Option<ActorMention> {
        let mut mention = ActorMention {
            span: draft.span,
            head: draft.head,
            kind: MentionKind::Generic,
            actor_kind: None,
            antecedent: None,
            actor: None,
            candidates: Vec::new(),
            reasons: draft.reasons.clone(),
            number: draft.number,
            plural: draft.plural,
            refers_to: None,
        };
        match &draft.target {
            Target::Alias(names) => self.alias(draft, names, &mut mention)?,
            Target::Local(local) => self.local(*local, &mut mention),
            Target::Organisation(kind) => organisation(*kind, &mut mention),
            Target::Person { proven } => self.persons.fill(self, *proven, &mut mention)?,
            Target::Class(_) | Target::Reference(_) if draft.partial => return None,
            Target::Class(class) => self.class(*class, draft, &mut mention),
            Target::Reference(noun) if draft.definite => {
                self.reference(*noun, draft, &mut mention);
            }
            Target::Reference(_) => mention.reasons.push("a group without a name".to_owned()),
            Target::Led(names, wing) => self.led(names, *wing, &mut mention),
        }
        self.say_linked(draft, &mut mention);
        Some(mention)
    }

    /// A noun that refers to what was named before: what it may mean, and what its words alone say.
    fn reference(&self, noun: u32, draft: &Draft, mention: &mut ActorMention) {
        let Some(noun) = self.registry.references.get(noun as usize) else { return };
        let countries =
            draft.countries.iter().filter_map(|c| self.registry.countries.get(*c as usize));
        let referent = Referent {
            kinds: noun.kinds.clone(),
            countries: countries.map(|country| country.code.clone()).collect(),
        };
        mention.kind = MentionKind::Reference;
        mention.actor_kind = referent.kinds.first().copied();
        mention
            .reasons
            .push("refers to something that the text names elsewhere, if at all".to_owned());
        let country = referent.countries.first().filter(|_| draft.plural && !referent.is_media());
        if let Some(country) = country {
            mention.reasons.push("taken by its words alone".to_owned());
            mention.actor = Some(ActorRef {
                id: ActorId::new(&format!("generic:{}", noun.id)),
                name: noun.id.clone(),
                kind: ActorKind::Other,
                country: Some(country.clone()),
            });
        }
        mention.refers_to = Some(referent);
    }

    fn alias(&self, draft: &Draft, names: &[(u32, u32)], mention: &mut ActorMention) -> Option<()> {
        let supported: Vec<u32> =
            names.iter().filter(|n| self.supported(draft, **n)).map(|n| n.0).collect();
        if supported.is_empty() {
            let all: Vec<u32> = names.iter().map(|n| n.0).collect();
            return self.weak(&all, mention);
        }
        self.choose(&supported, mention);
        mention.kind = mention_kind(mention.actor_kind);
        Some(())
    }

    /// A name or acronym without support is kept as a question; a common word is nothing.
    fn weak(&self, all: &[u32], mention: &mut ActorMention) -> Option<()> {
        let words = mention.head.slice(self.text)?;
        let acronym = words.len() > 1 && words.bytes().all(|b| b.is_ascii_uppercase());
        let capitals = words.split_whitespace().filter(|w| w.starts_with(char::is_uppercase));
        if !acronym && capitals.count() < 2 {
            return None;
        }
        let person =
            |a: &u32| self.registry.actor_at(*a).is_some_and(|a| a.kind == ActorKind::Person);
        mention.kind = MentionKind::Named;
        if all.iter().all(person) {
            mention.kind = MentionKind::Person;
            mention.actor_kind = Some(ActorKind::Person);
        }
        mention
            .reasons
            .push("a name of several meanings, and nothing in the text supports one".to_owned());
        let here = all.iter().filter_map(|a| self.registry.actor_at(*a)).filter(|a| self.here(a));
        mention.candidates =
            here.map(|a| candidate(a, 0.3, "has this name among others")).collect();
        Some(())
    }

    fn supported(&self, draft: &Draft, (actor, alias): (u32, u32)) -> bool {
        let Some(found) = self.registry.actor_at(actor) else {
            return false;
        };
        let weak =
            found.aliases.get(alias as usize).is_none_or(|a| a.strength == AliasStrength::Weak);
        if !weak || self.strong.contains(&actor) {
            return true;
        }
        let Some(sentence) = self.sentences.get(draft.sentence) else {
            return false;
        };
        let words = sentence.zone.slice(self.text).unwrap_or_default().to_lowercase();
        let mut words = words.split(|c: char| !c.is_alphanumeric());
        let long = found.aliases.get(alias as usize).is_some_and(|a| a.text.contains(' '));
        if long && found.context.is_empty() {
            return self.here(found);
        }
        if !found.context.is_empty() {
            return words.any(|w| found.context.iter().any(|c| c == w));
        }
        found.kind.is_side()
            && !sentence.shouted
            && self.in_armed_text(sentence)
            && self.here(found)
    }

    fn in_armed_text(&self, sentence: &Sentence) -> bool {
        sentence.units.iter().any(|u| {
            matches!(u.what, crate::sentence::What::Head(h, ..) if self.registry.heads.get(h as usize)
                .is_some_and(|h| matches!(h.kind, ActorKind::ArmedGroup | ActorKind::UnidentifiedArmed | ActorKind::Militia | ActorKind::Military)))
                || u.classes.has(Classes::ARMED)
        })
    }

    /// Whether the text names a country of the actor; an actor without country is anywhere.
    fn here(&self, actor: &Actor) -> bool {
        let mut of = actor.country.iter().chain(&actor.active_in).peekable();
        of.peek().is_none() || of.any(|c| self.countries.contains_key(c))
    }

    /// Chooses among actors of one alias by date and country.
    pub(crate) fn choose(&self, all: &[u32], mention: &mut ActorMention) {
        let mut left: Vec<&Actor> = all.iter().filter_map(|a| self.registry.actor_at(*a)).collect();
        let several = left.len() > 1;
        if let Some(on) = self.on.filter(|_| several) {
            keep(&mut left, |a| a.existence(on) == Existence::During);
        }
        if left.len() > 1 {
            keep(&mut left, |a| self.here(a));
        }
        match left.as_slice() {
            [one] => {
                let name = mention.head.slice(self.text).unwrap_or_default();
                let how = match (several, self.registry.owns(&one.id)) {
                    (true, _) => "by date and place the only one of that name",
                    (_, true) => "a name of your own registry",
                    _ => "a name of the registry",
                };
                mention.reasons.push(format!("\u{201c}{name}\u{201d} is {how}"));
                self.accept(one, mention);
            }
            several => {
                mention.reasons.push("several actors have this name".to_owned());
                mention.actor_kind = several.first().map(|a| a.kind);
                let had = |a: &Actor| {
                    let own = self.registry.owns(&a.id);
                    if own { "has this name in your own registry" } else { "has this name" }
                };
                mention.candidates = several.iter().map(|a| candidate(a, 0.5, had(a))).collect();
            }
        }
    }

    fn accept(&self, actor: &Actor, mention: &mut ActorMention) {
        mention.actor_kind = Some(actor.kind);
        mention.actor = Some(actor.to_ref());
        if let Some(on) = self.on {
            match (actor.existence(on), actor.founded, actor.dissolved) {
                (Existence::Before, Some(day), _) => mention.reasons.push(format!(
                    "flag: the report's date lies before this actor was founded ({day})"
                )),
                (Existence::After, _, Some(day)) => mention.reasons.push(format!(
                    "the report's date lies after this actor's end ({day}): a remembrance or a survival"
                )),
                _ => {}
            }
        }
        if actor.kind.is_side() {
            mention.candidates.extend(self.branches(actor));
        }
    }

    /// Parts of the actor that are active in the countries of the text: the words may mean them.
    fn branches(&self, actor: &Actor) -> Vec<ActorCandidate> {
        let mut found: Vec<(usize, &Actor)> = Vec::new();
        for (child, link) in self.registry.children_of(&actor.id) {
            let part = matches!(link.tie, Tie::PartOf | Tie::LoyalTo) && child.kind.is_side();
            let valid = self.on.is_none_or(|on| {
                date::possible(link.since, link.until, on)
                    && child.existence(on) == Existence::During
            }) && (self.on.is_some() || link.until.is_none());
            let named =
                child.active_in.iter().chain(&child.country).filter_map(|c| self.countries.get(c));
            let weight: usize = named.copied().max().unwrap_or(0);
            if part
                && valid
                && weight > 0
                && actor.active_in.is_empty()
                && !found.iter().any(|(_, a)| a.id == child.id)
            {
                found.push((weight, child));
            }
        }
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.id.cmp(&b.1.id)));
        let reason = "a part of it that is active in the countries of the text";
        found.into_iter().take(3).map(|(_, a)| candidate(a, 0.4, reason)).collect()
    }

    fn local(&self, local: usize, mention: &mut ActorMention) {
        let Some(local) = self.locals.get(local) else { return };
        mention.kind = MentionKind::Named;
        let acronym = &local.acronym;
        if local.actors.is_empty() {
            mention.actor_kind = local.kind;
            mention.reasons.push(format!(
                "the text defines \u{201c}{acronym}\u{201d} for a name that the registry does not know"
            ));
            return;
        }
        mention.reasons.push(format!("the text defines \u{201c}{acronym}\u{201d} for this name"));
        let actors: Vec<u32> = local.actors.iter().map(|a| a.0).collect();
        self.choose(&actors, mention);
        mention.kind = mention_kind(mention.actor_kind);
    }

    fn class(&self, class: u32, draft: &Draft, mention: &mut ActorMention) {
        let Some(head) = self.registry.heads.get(class as usize) else { return };
        mention.actor_kind = Some(head.kind);
        let countries: Vec<CountryCode> = draft
            .countries
            .iter()
            .filter_map(|c| self.registry.countries.get(*c as usize))
            .map(|c| c.code.clone())
            .collect();
        match countries.as_slice() {
            [] => {
                mention.actor = Some(self.generic(class, None));
                mention.reasons.push("no name, only what they are".to_owned());
                self.own_country(class, draft, mention);
            }
            [one] => self.of_country(class, one, mention),
            several => {
                mention.reasons.push("of several countries".to_owned());
                let of = |c: &CountryCode| {
                    let actor = self.registry.filling(&head.id, c).map(Actor::to_ref);
                    let actor = actor.unwrap_or_else(|| self.generic(class, Some(c)));
                    ActorCandidate {
                        actor,
                        score: 0.5,
                        reason: "one of the countries named".to_owned(),
                    }
                };
                mention.candidates = several.iter().map(of).collect();
            }
        }
    }

    fn of_country(&self, class: u32, country: &CountryCode, mention: &mut ActorMention) {
        let Some(head) = self.registry.heads.get(class as usize) else { return };
        if let Some(actor) = self.registry.filling(&head.id, country) {
            mention.reasons.push(format!("the {} of {country}", head.name.to_lowercase()));
            mention.actor = Some(actor.to_ref());
        } else {
            mention.actor = Some(self.generic(class, Some(country)));
            mention
                .reasons
                .push(format!("no name, only what they are and their country, {country}"));
        }
    }

    /// "the government" in a text about one country is probably that country's.
    fn own_country(&self, class: u32, draft: &Draft, mention: &mut ActorMention) {
        let state = mention.actor_kind.is_some_and(|k| {
            matches!(
                k,
                ActorKind::Government
                    | ActorKind::Military
                    | ActorKind::Police
                    | ActorKind::SecurityForces
            )
        });
        let most = self.countries.iter().max_by_key(|(_, n)| **n);
        let total: usize = self.countries.values().sum();
        if let (true, true, Some((country, n))) = (state, draft.definite, most)
            && n * 2 > total
        {
            let id = self.registry.heads.get(class as usize).map_or("", |h| h.id.as_str());
            let actor = self
                .registry
                .filling(id, country)
                .map_or_else(|| self.generic(class, Some(country)), Actor::to_ref);
            let reason = "the country that the text names most".to_owned();
            mention.candidates.push(ActorCandidate { actor, score: 0.4, reason });
        }
    }

    fn generic(&self, class: u32, country: Option<&CountryCode>) -> ActorRef {
        let head = self.registry.heads.get(class as usize);
        let (id, name, kind) = head.map_or(("other", "Others", ActorKind::Other), |h| {
            (h.id.as_str(), h.name.as_str(), h.kind)
        });
        let Some(country) = country else {
            return ActorRef {
                id: ActorId::new(&format!("generic:{id}")),
                name: name.to_owned(),
                kind,
                country: None,
            };
        };
        let named = self
            .registry
            .countries
            .iter()
            .find(|c| c.code == *country)
            .map_or(country.as_str(), |c| c.name.as_str());
        ActorRef {
            id: ActorId::new(&format!("generic:{id}:{country}")),
            name: format!("{name} ({named})"),
            kind,
            country: Some(country.clone()),
        }
    }

    fn led(&self, names: &[(u32, u32)], wing: bool, mention: &mut ActorMention) {
        mention.kind = MentionKind::Named;
        mention.actor_kind = Some(if wing { ActorKind::Wing } else { ActorKind::ArmedGroup });
        let leader = names.first().and_then(|n| self.registry.actor_at(n.0));
        let links = leader.map_or(&[][..], |l| &l.parents);
        let valid = links.iter().filter(|l| {
            l.tie == Tie::Leads && self.on.is_none_or(|on| date::possible(l.since, l.until, on))
        });
        let led = valid.filter_map(|l| self.registry.get(&l.parent)).filter(|a| a.kind.is_side());
        let mut led: Vec<&Actor> = led.collect();
        led.dedup_by(|a, b| a.id == b.id);
        if led.len() > 1 {
            keep(&mut led, |a| (a.kind == ActorKind::Wing) == wing);
        }
        match led.as_slice() {
            [one] => {
                mention.reasons.push("named by its leader".to_owned());
                self.accept(one, mention);
            }
            [] => mention.reasons.push(
                "named by a leader of whom the registry knows no group at that date".to_owned(),
            ),
            several => {
                mention.reasons.push("named by a leader of several groups".to_owned());
                mention.candidates =
                    several.iter().map(|a| candidate(a, 0.5, "led by that person")).collect();
            }
        }
    }

    fn say_linked(&self, draft: &Draft, mention: &mut ActorMention) {
        let linked = draft.linked.iter().filter_map(|n| self.registry.actor_at(n.0));
        for actor in linked {
            mention
                .reasons
                .push(format!("said to be linked with {}, which is not the same", actor.name));
            mention.candidates.push(candidate(actor, 0.3, "the words link them with it"));
        }
        for toward in &draft.toward {
            mention.reasons.push(toward.reason(self.text));
            let names = toward.names.iter().filter(|_| toward.stance == Stance::For);
            let names = names.filter_map(|n| self.registry.actor_at(n.0));
            mention
                .candidates
                .extend(names.map(|a| candidate(a, 0.3, "the words say that they side with it")));
        }
        if draft.former && mention.actor_kind != Some(ActorKind::Person) {
            mention.reasons.push("they were so formerly, the words say".to_owned());
        }
    }
}

fn organisation(kind: ActorKind, mention: &mut ActorMention) {
    mention.kind = if kind == ActorKind::Media { MentionKind::Outlet } else { MentionKind::Named };
    mention.actor_kind = Some(kind);
    mention.reasons.push("the form of an organisation's name; not in the registry".to_owned());
}

const fn mention_kind(kind: Option<ActorKind>) -> MentionKind {
    match kind {
        Some(ActorKind::Person) => MentionKind::Person,
        Some(ActorKind::Media) => MentionKind::Outlet,
        _ => MentionKind::Named,
    }
}

/// Keeps those that fit, or all when none fits.
fn keep(all: &mut Vec<&Actor>, fits: impl Fn(&Actor) -> bool) {
    if all.iter().any(|a| fits(a)) {
        all.retain(|a| fits(a));
    }
}

pub(crate) fn candidate(actor: &Actor, score: f32, reason: &str) -> ActorCandidate {
    ActorCandidate { actor: actor.to_ref(), score, reason: reason.to_owned() }
}
