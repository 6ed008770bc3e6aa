//! Events told again by a definite noun or by those they harmed: "*the raid*", "*the Boni ambush*", "many of *the wounded*".
//!
//! Owns which event told before is meant, and which time and place of the sentence are bound so closely to the noun that they are its
//! own: all others are those of what is told of it ("two men were held over the raid *in Gao on Friday*"). Refuses what is told for the
//! first time ("*the last* attack") and what has harmed others.

use std::cmp::Reverse;
use std::ops::Range;

use averment_codebook::Codebook;
use averment_lang::{Dep, Pos, Sentence};
use averment_types::{
    ClaimContent, ClaimKind, DatePrec, GapField, GapState, Modality, PlaceValue, RoleKind,
    TextRange, TimeValue, ZoneKind,
};

use super::bond::Bond;
use super::retold::{last_word, number};
use super::scene::{is_speech, is_told, is_within, named_when};
use super::{gap, no_place};
use crate::view::View;

/// So many claims back an event may be told again, and so many of the report's first.
const BACK: usize = 60;
const FIRST: usize = 8;
/// So many claims back a name before the noun is looked for.
const NAMED: usize = 1_000;
/// An event so many days before the report's own is background.
const DAYS: i64 = 6;

/// Nouns for those harmed.
const HARMED: [&str; 12] = [
    "dead",
    "wounded",
    "injured",
    "killed",
    "slain",
    "victims",
    "missing",
    "abducted",
    "kidnapped",
    "abductees",
    "hostages",
    "captives",
];

/// Words before a noun that tell it for the first time.
const ANOTHER: [&str; 22] = [
    "last",
    "latest",
    "previous",
    "earlier",
    "first",
    "second",
    "third",
    "fourth",
    "other",
    "similar",
    "next",
    "new",
    "recent",
    "subsequent",
    "another",
    "planned",
    "alleged",
    "past",
    "so-called",
    "only",
    "possible",
    "annual",
];

/// Verbs whose time and place are those of what an event led to or is said of it.
const AFTER: [&str; 18] = [
    "sparked",
    "prompted",
    "triggered",
    "drew",
    "led",
    "brought",
    "brings",
    "condemned",
    "claimed",
    "blamed",
    "denounced",
    "raised",
    "raises",
    "forced",
    "ignited",
    "reported",
    "announced",
    "coming",
];

/// An event's noun, for which the event told before is looked for.
pub(crate) struct Retelling<'v, 'a> {
    view: &'v View<'a>,
    codebook: &'v Codebook,
    sentences: &'v [Sentence],
    head: usize,
    /// The phrase before the noun.
    group: Range<usize>,
    /// Whether it names those harmed.
    harmed: bool,
}

impl<'v, 'a> Retelling<'v, 'a> {
    /// Of the noun `head`, if it is one that may tell an event again; `group` are its words.
    pub(crate) fn of(
        view: &'v View<'a>,
        (codebook, sentences): (&'v Codebook, &'v [Sentence]),
        head: usize,
        group: &Range<usize>,
    ) -> Option<Self> {
        let harmed = HARMED.contains(&view.word(head)) && view.tree.dep(head) != Dep::Amod;
        let noun = matches!(view.pos(head), Pos::Noun | Pos::Propn)
            || harmed && matches!(view.pos(head), Pos::Adj | Pos::Verb);
        let start = view
            .phrase_of(head)
            .and_then(|at| view.phrases.get(at))
            .map_or(group.start, |phrase| phrase.tokens.start.min(group.start));
        let definite =
            |at: usize| matches!(view.word(at), "the" | "this" | "that" | "these" | "those");
        let day = |at: usize| {
            view.word(at).ends_with("day") && matches!(view.word(at + 1), "'s" | "’s" | "s")
        };
        let first = (start..=head).find(|at| definite(*at) || day(*at))?;
        let another = (first..head)
            .any(|at| ANOTHER.contains(&view.word(at)) || view.feats(at).contains("Degree=Sup"));
        let told = view.tree.children_in(head, &[Dep::Nmod, Dep::Acl]);
        let told_first = told.into_iter().any(|at| !harmed && is_first_told(view, head, at));
        (noun && !another && !told_first).then_some(Self {
            view,
            codebook,
            sentences,
            head,
            group: first..head,
            harmed,
        })
    }

    /// The events told before that may be meant, the likeliest first.
    pub(crate) fn antecedents<'c>(
        &self,
        later: &ClaimContent,
        told: &'c [ClaimContent],
        places: &dyn Fn(&ClaimContent) -> bool,
    ) -> Vec<&'c ClaimContent> {
        let ahead = matches!(later.modality, Modality::Planned | Modality::Threatened);
        if ahead || later.kind != ClaimKind::Event {
            return Vec::new();
        }
        let own_place = later.place.as_ref().filter(|place| self.is_own(place.span));
        let own_time = later.time.as_ref().filter(|time| self.is_own(time.span));
        let names = self.names_within(told);
        let recent = told.len().saturating_sub(BACK);
        let first = told.iter().take(recent.min(FIRST));
        let all = first.chain(told.iter().skip(recent));
        let days = told.iter().take(FIRST).filter_map(|c| c.time.as_ref()).find(|t| is_day(t));
        let until_lead = self.number() - self.first();
        let scored = all.enumerate().filter_map(|(at, earlier)| {
            let told = earlier.kind == ClaimKind::Event && is_told(earlier) && !is_speech(earlier);
            let kin = self.kinship(later, earlier).filter(|_| told)?;
            let here = earlier.evidence.first().range();
            let far = self.distance(here);
            let lead = far >= until_lead;
            if self.is_one() && self.is_many(earlier) || far > 2 && !self.is_bodily(later) {
                return None;
            }
            let background = !lead
                && far > 1
                && days.zip(earlier.time.as_ref()).is_some_and(|(day, time)| {
                    let days = day.interval.start().zip(time.interval.end());
                    days.is_some_and(|(day, end)| day.duration_since(end).as_hours() > 24 * DAYS)
                });
            let place = own_place.is_none_or(|own| {
                let fits =
                    |p: &PlaceValue| p.name == own.name || p.text == own.text || is_within(own, p);
                earlier.place.as_ref().is_none_or(fits) || says_name(earlier, &own.text)
            });
            let called = names.iter().all(|name| says_name(earlier, name));
            let time = own_time.zip(earlier.time.as_ref());
            let time = time.is_none_or(|(a, b)| a.interval.overlaps(b.interval));
            let others = !self.harmed && names_others(later, earlier);
            let stays = places(earlier);
            let moved = !lead && !stays;
            if background || !place || !called || !time || others || moved {
                return None;
            }
            let near = match far {
                // "eleven of the dead" are those of whom was told last.
                0 | 1 if self.harmed => 5,
                0..=2 => 3,
                3..=5 => 1,
                _ => 0,
            };
            let main = match (lead && !self.points(), stays) {
                (true, true) => 4,
                (true, false) => 2,
                (false, _) => 0,
            };
            // The headline tells roughly what the text tells closely.
            let close = earlier.evidence.first().zone() != ZoneKind::Headline;
            Some(((close, 2 * kin + near.max(main), at), earlier))
        });
        let mut found: Vec<((bool, u8, usize), &ClaimContent)> = scored.collect();
        found.sort_by_key(|(score, _)| Reverse(*score));
        found.into_iter().map(|(_, earlier)| earlier).collect()
    }

    /// Whether it points at what was told last: "*that* attack".
    fn points(&self) -> bool {
        matches!(self.view.word(self.group.start), "this" | "that" | "these" | "those")
    }

    /// Takes back a time and place that only stand by the noun, where the event told before has its own.
    pub(crate) fn unbind(&self, later: &mut ClaimContent, earlier: &ClaimContent) {
        let place = |place: &PlaceValue| !self.is_own(place.span);
        let within = |place: &PlaceValue| {
            let other = earlier.place.as_ref().is_some_and(|p| p.name != place.name);
            other && says_name(earlier, &place.text)
        };
        let free = later.place.as_ref().is_some_and(|p| place(p) || within(p));
        if earlier.place.is_some() && free {
            later.place = None;
            later.gaps.push(no_place());
        }
        let time = |time: &TimeValue| !self.is_own(time.span);
        if named_when(earlier).is_some() && later.time.as_ref().is_some_and(time) {
            later.time = None;
            later.gaps.push(gap(GapField::Time, GapState::NotStated, &[]));
        }
    }

    /// Whether an expression is bound to the noun: below it, opening the sentence, or on the verb that says how the event went.
    fn is_own(&self, span: TextRange) -> bool {
        let Some(bond) = Bond::of(self.view, self.head, span) else { return false };
        let below = bond.is_below();
        let opens = (bond.tokens.start < 3 || bond.opens()) && bond.tokens.end <= self.group.start;
        let nouns = bond.up.iter().all(|at| !self.view.is_verb(*at));
        let goes = !self.harmed && nouns && self.says_how(bond.meeting);
        below || opens || goes
    }

    /// Whether a verb says how the event went, and not what was said of it or came of it.
    fn says_how(&self, verb: usize) -> bool {
        let tree = &self.view.tree;
        let subject = tree.head(self.head) == Some(verb) && tree.dep(self.head) == Dep::Nsubj;
        subject && self.view.is_verb(verb) && !AFTER.contains(&self.view.word(verb))
    }

    /// How near the kinds of both are: 3 where they are one, 1 where one only may be the other.
    fn kinship(&self, later: &ClaimContent, earlier: &ClaimContent) -> Option<u8> {
        let within =
            |a: &ClaimContent, b: &ClaimContent| self.codebook.lies_within(&a.type_id, &b.type_id);
        if within(later, earlier) || within(earlier, later) {
            return Some(3);
        }
        let acled = |c: &ClaimContent| c.projections.acled.as_ref().map(|a| a.event_type.clone());
        let harm = |c: &ClaimContent| matches!(c.type_id.as_str(), "killing" | "injury");
        let same = acled(later).is_some_and(|kind| Some(kind) == acled(earlier));
        let same = same && (harm(later) || !harm(earlier));
        match (self.is_bodily(later) && self.is_bodily(earlier), same) {
            (true, true) => Some(2),
            (true, false) => Some(1),
            (false, _) => None,
        }
    }

    /// Whether a claim tells of force against people, of a kind that other nouns stand for too.
    fn is_bodily(&self, claim: &ClaimContent) -> bool {
        let told = self.codebook.find_type(claim.type_id.as_str());
        told.is_some_and(|told| told.violent) && !ALONE.contains(&claim.type_id.as_str())
    }

    /// Whether the noun tells of one event.
    fn is_one(&self) -> bool {
        !self.harmed && self.view.feats(self.head).contains("Number=Sing")
    }

    /// Whether a claim was told by a noun for several events: "most *bombings* in the north".
    fn is_many(&self, claim: &ClaimContent) -> bool {
        let word = claim.trigger.slice(self.view.text).unwrap_or_default();
        word.ends_with('s') && !word.ends_with("ss")
    }

    /// The names before the noun that sentences told before say too: "the *Boni* ambush".
    fn names_within(&self, told: &[ClaimContent]) -> Vec<&'v str> {
        let word = |at: usize| {
            let word = self.view.tokens.get(at)?.range.slice(self.view.text)?;
            let name = self.view.pos(at) == Pos::Propn && word.starts_with(char::is_uppercase);
            let day = word.ends_with("day");
            let mut lately = told.iter().rev().take(NAMED);
            (name && !day && lately.any(|c| says_name(c, word))).then_some(word)
        };
        self.group.clone().filter_map(word).collect()
    }

    /// How many sentences back a claim was told.
    fn distance(&self, told: TextRange) -> usize {
        self.number().saturating_sub(number(self.sentences, told.start()))
    }

    /// The number of the first sentence behind the headline, or of the one at hand before it.
    fn first(&self) -> usize {
        let first = self.sentences.iter().position(|s| s.zone != ZoneKind::Headline);
        first.unwrap_or_default().min(self.number())
    }

    /// The number of the sentence at hand.
    fn number(&self) -> usize {
        number(self.sentences, self.view.sentence.range.start())
    }
}

/// Whether what hangs on the noun at `at` tells the event for the first time: "the killing *of two officers*", "the raid *that ...*".
fn is_first_told(view: &View<'_>, head: usize, at: usize) -> bool {
    if view.tree.dep(at) == Dep::Acl {
        // "the attack, which came at noon," is known; "the attack that ..." is told now.
        return at > head && view.word(head + 1) != ",";
    }
    let of = view.tree.case(at).is_some_and(|case| view.word(case) == "of");
    let first = view.phrase_of(at).and_then(|at| view.phrases.get(at));
    let first = first.map_or(at, |phrase| phrase.tokens.start);
    let known = matches!(
        view.word(first),
        "the" | "this" | "that" | "these" | "those" | "his" | "her" | "its" | "their" | "both"
    );
    of && !known && view.pos(at) != Pos::Propn && !view.word(at).ends_with("day")
}

/// Types whose nouns stand for nothing but themselves.
const ALONE: [&str; 8] = [
    "looting",
    "property_destruction",
    "seizure",
    "siege",
    "territory_loss",
    "violent_plot",
    "crackdown",
    "abduction",
];

/// Whether the sentence of a claim says the name.
fn says_name(claim: &ClaimContent, name: &str) -> bool {
    claim.evidence.first().quote().contains(name)
}

/// Whether a time is told to the day.
fn is_day(time: &TimeValue) -> bool {
    time.precision <= DatePrec::Days
}

/// Whether the later one names others than the earlier as harmed.
fn names_others(later: &ClaimContent, earlier: &ClaimContent) -> bool {
    let harmed = |c: &ClaimContent| {
        let roles = c.roles.iter();
        // "the post" may be what was told of before by another name.
        let harmed = roles.filter(|r| {
            let known = r.text.starts_with("the ") || r.text.starts_with("The ");
            matches!(r.role, RoleKind::Victim | RoleKind::Target) && !known
        });
        harmed
            .map(|r| (last_word(&r.text), r.actor.as_ref().map(|a| a.id.clone())))
            .collect::<Vec<_>>()
    };
    let (ours, theirs) = (harmed(later), harmed(earlier));
    let shared = ours.iter().any(|(word, id)| {
        theirs.iter().any(|(other, theirs)| word == other || id.is_some() && id == theirs)
    });
    !ours.is_empty() && !theirs.is_empty() && !shared
}
