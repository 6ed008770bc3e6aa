//! Who the phrase beside a reporting verb names: what kind of speaker, for whom, and whose paper.

use averment_actors::{ActorMention, MentionKind};
use averment_lang::{Dep, Pos};
use averment_types::{ActorKind, ActorRef, AttributionLink, SpeakerKind, TextRange};

use super::Finder;
use crate::view::Phrase;

impl Finder<'_, '_> {
    /// Whether a phrase names an outlet: "Radio Soir", not "reporters".
    pub(super) fn is_outlet(&self, phrase: &Phrase) -> bool {
        let mention = phrase.actor.and_then(|m| self.view.mention(m));
        let named = phrase.tokens.clone().any(|at| self.view.pos(at) == Pos::Propn);
        named
            && (mention.is_some_and(|m| {
                m.kind == MentionKind::Outlet
                    || m.actor.as_ref().is_some_and(|a| a.kind == ActorKind::Media)
            }) || self.lexicon.speaker(self.view.head(phrase)) == Some(SpeakerKind::Outlet))
    }

    /// The speaker that the phrase names, as a link.
    pub(super) fn link(&self, index: usize, cue_range: TextRange) -> Option<AttributionLink> {
        self.link_as(index, cue_range, false)
    }

    /// Those whom the phrases name, who say it together: "*officials and residents* said". One link; its actor is the first who is known.
    pub(super) fn together(
        &self,
        phrases: &[usize],
        cue_range: TextRange,
        sure: bool,
    ) -> Option<AttributionLink> {
        let mut links = phrases.iter().filter_map(|index| self.link_as(*index, cue_range, sure));
        let mut all = links.next()?;
        for link in links {
            all.range = all.range.cover(link.range);
            all.party |= link.party;
            if all.actor.is_none() {
                (all.actor, all.affiliation) = (link.actor, link.affiliation);
            }
        }
        self.view.text.get(all.range.start()..all.range.end())?.clone_into(&mut all.speaker);
        Some(all)
    }

    /// The speaker that the phrase names; where it is `sure` that somebody speaks, any noun will do.
    pub(super) fn link_as(
        &self,
        index: usize,
        cue_range: TextRange,
        sure: bool,
    ) -> Option<AttributionLink> {
        let view = self.view;
        let phrase = view.phrases.get(index)?;
        let author = self.author(index, phrase);
        let speaking = author.and_then(|a| view.phrases.get(a)).unwrap_or(phrase);
        let mention = speaking.actor.and_then(|m| view.mention(m));
        let somebody = match view.pos(speaking.head) {
            Pos::Noun | Pos::Propn | Pos::Num => true,
            _ => matches!(
                view.head(speaking),
                "he" | "she"
                    | "they"
                    | "one"
                    | "others"
                    | "some"
                    | "many"
                    | "most"
                    | "several"
                    | "those"
                    | "someone"
                    | "somebody"
                    | "both"
                    | "all"
            ),
        };
        let noun = somebody && !speaking.adverbial;
        let anybody = (sure && noun).then_some(SpeakerKind::Unknown);
        let kind = self.kind(speaking, mention).or(anybody)?;
        let behalf = self.spoken_for(index, phrase);
        let mention = behalf.and_then(|b| view.mention(b.actor?)).or(mention);
        let actor = mention.and_then(|m| m.actor.clone());
        let affiliation = actor.as_ref().and_then(|a| self.affiliation(a));
        let party = kind == SpeakerKind::Party
            || affiliation.is_some()
            || actor.as_ref().is_some_and(|a| self.registry.is_party(&a.id));
        let own = self.with_office(phrase);
        let range = behalf.map_or(own, |b| own.cover(b.range)).cover(speaking.range);
        // A name may have been read from the cue on.
        let cue_words = ["According to ", "according to "];
        let words = range.slice(view.text)?;
        let range = cue_words
            .iter()
            .find_map(|cue| TextRange::of(view.text, words.strip_prefix(cue)?))
            .unwrap_or(range);
        let meant = speaking.actor.filter(|_| behalf.is_none()).and_then(|m| view.mention(m));
        Some(AttributionLink {
            speaker: range.slice(view.text)?.to_owned(),
            range,
            antecedent: meant.and_then(|m| view.antecedent(m)),
            kind,
            party,
            actor,
            affiliation,
            cue: cue_range.slice(view.text)?.to_owned(),
            cue_range,
        })
    }

    /// The phrase with what tells of whom or where its bearer is, and with his name: "the head *of the agency, Ama Osei*".
    fn with_office(&self, phrase: &Phrase) -> TextRange {
        let (view, tree) = (self.view, &self.view.tree);
        let mut end = phrase.tokens.end;
        let within = |at: usize, end: usize| {
            tree.head(at).is_some_and(|head| (phrase.tokens.start..end).contains(&head))
        };
        let mut range = view.range(&(self.start_of(phrase)..end)).unwrap_or(phrase.range);
        for _ in 0..3 {
            let next = view.phrase_of(end + 1).or_else(|| view.phrase_of(end + 2));
            let Some(next) = next.and_then(|at| view.phrases.get(at)) else { break };
            let near = next.tokens.start > end && within(next.head, end);
            let office = matches!(view.word(end), "of" | "for" | "from" | "in" | "at")
                && tree.dep(next.head) == Dep::Nmod;
            let name = view.word(end) == ","
                && tree.dep(next.head) == Dep::Appos
                && view.pos(next.head) == Pos::Propn
                && view.pos(phrase.head) == Pos::Noun;
            if !near || !(office || name) {
                break;
            }
            end = next.tokens.end;
            range = range.cover(next.range);
        }
        range
    }

    /// Where the words of a speaker begin, without what was glued before him: "left scores wounded *reports* say", "Tags Gao Mali *Anti-government
    /// activists* say".
    fn start_of(&self, phrase: &Phrase) -> usize {
        let view = self.view;
        let before = phrase.tokens.start..phrase.head;
        let finite = |at: usize| view.feats(at).contains("VerbForm=Fin");
        let row = |at: usize| view.pos(at) == Pos::Propn && view.pos(at + 1) == Pos::Propn;
        if before.clone().any(finite) {
            return phrase.head;
        }
        let named = before.clone().rev().find(|at| {
            at.checked_sub(1).is_some_and(|first| before.contains(&first) && row(first))
                && view.pos(at + 1) == Pos::Adj
        });
        named.map_or(phrase.tokens.start, |at| at + 1)
    }

    fn affiliation(&self, actor: &ActorRef) -> Option<ActorRef> {
        let party = self.registry.affiliation(&actor.id, None)?;
        self.registry.is_party(&party.id).then(|| party.to_ref())
    }

    /// For whom "a spokesman for X" speaks.
    fn spoken_for(&self, index: usize, phrase: &Phrase) -> Option<&Phrase> {
        let view = self.view;
        let speaks = matches!(
            view.head(phrase),
            "spokesman"
                | "spokeswoman"
                | "spokesperson"
                | "spokesmen"
                | "representative"
                | "officials"
                | "official"
        );
        let next = view.phrases.get(index + 1)?;
        let prep = next.prep.filter(|at| *at == phrase.tokens.end)?;
        (speaks
            && matches!(view.word(prep), "for" | "of" | "from" | "with")
            && next.actor.is_some())
        .then_some(next)
    }

    /// Who wrote "a report by X", "a statement from X".
    fn author(&self, index: usize, phrase: &Phrase) -> Option<usize> {
        let view = self.view;
        let document = self.lexicon.documents.has(view.head(phrase));
        let next = view.phrases.get(index + 1)?;
        let prep = next.prep?;
        let near = document
            && next.tokens.start <= phrase.tokens.end + 4
            && matches!(view.word(prep), "by" | "of" | "from");
        // "by *the governor's* spokesman": whose he is did not write it.
        near.then(|| self.owned(index + 1))
    }

    /// What kind of speaker a phrase names; `None` when it names none ("the fact", "it").
    fn kind(&self, phrase: &Phrase, mention: Option<&ActorMention>) -> Option<SpeakerKind> {
        let view = self.view;
        if let Some(kind) =
            mention.and_then(|m| kind_of(m.actor.as_ref().map(|a| a.kind).or(m.actor_kind)?))
        {
            return Some(kind);
        }
        if mention.is_some_and(|m| m.kind == MentionKind::Outlet) {
            return Some(SpeakerKind::Outlet);
        }
        let own = phrase.tokens.clone().rev().find_map(|at| self.lexicon.speaker(view.word(at)));
        let title = (phrase.tokens.start.saturating_sub(2)..phrase.tokens.start)
            .rev()
            .find_map(|at| self.lexicon.speaker(view.word(at)));
        let behind = (view.word(phrase.tokens.end) == ",")
            .then(|| {
                (phrase.tokens.end + 1..phrase.tokens.end + 8)
                    .find_map(|at| self.lexicon.speaker(view.word(at)))
            })
            .flatten();
        let person = mention.is_some_and(|m| m.kind == MentionKind::Person);
        let named = mention.is_some_and(|m| m.kind == MentionKind::Named);
        let head_is_person = self.lexicon.is_person(view.head(phrase));
        let pronoun = matches!(view.head(phrase), "he" | "she" | "they");
        let proper = phrase.tokens.clone().any(|at| view.pos(at) == Pos::Propn);
        own.or(if person || proper { behind.or(title) } else { None })
            .or(person.then_some(SpeakerKind::Person))
            .or((named || head_is_person || pronoun || proper).then_some(SpeakerKind::Unknown))
    }
}

const fn kind_of(kind: ActorKind) -> Option<SpeakerKind> {
    Some(match kind {
        _ if kind.is_state_side() => SpeakerKind::Official,
        _ if kind.is_armed_group() => SpeakerKind::Party,
        ActorKind::Media => SpeakerKind::Outlet,
        ActorKind::InternationalOrganization | ActorKind::Ngo => SpeakerKind::Monitor,
        _ => return None,
    })
}
