//! What the ranker of settings told elsewhere is told of a claim and of a candidate, in short names.
//!
//! Owns the facts; refuses to weigh them.

use averment_lang::{Dep, Pos, Sentence, Subtype};
use averment_types::{AttributionLink, ClaimContent, PlaceValue, RoleKind, ZoneKind};

use super::super::scene::{GoesOn, Tale, lie_apart};
use super::{Candidate, Named, number};
use crate::view::View;

/// That all who bear a candidate happened at other places.
pub(super) const APART: &str = "apart";

/// Lower ends of the steps in which sentences are counted.
const STEPS: [usize; 7] = [0, 1, 2, 3, 4, 6, 10];

/// Words that say how what is told stands to what was told before.
const LINKS: [&str; 26] = [
    "also",
    "another",
    "other",
    "separate",
    "separately",
    "meanwhile",
    "elsewhere",
    "earlier",
    "previous",
    "previously",
    "then",
    "later",
    "since",
    "recent",
    "recently",
    "so",
    "ago",
    "total",
    "after",
    "before",
    "during",
    "when",
    "still",
    "again",
    "first",
    "similar",
];

/// Words before a time at which something was only said.
const SAID: [&str; 16] = [
    "said",
    "told",
    "announced",
    "reported",
    "reporters",
    "statement",
    "confirmed",
    "stated",
    "added",
    "released",
    "published",
    "posted",
    "issued",
    "broadcast",
    "spoke",
    "says",
];

/// Facts that are weighed in pairs too, by the words with which they begin.
const PAIRED: [&str; 25] = [
    "named behind ",
    "own ",
    "way ",
    "opened ",
    "far ",
    "behind ",
    "named far ",
    "of ",
    "scene ",
    "no scene",
    "same type",
    "same people",
    "other",
    "lead",
    "another ",
    "words ",
    "same paragraph",
    APART,
    "place there",
    "same place",
    "taken itself",
    "not said",
    "in main",
    "borne 3",
    "where ",
];

/// The pairs of those `facts` that are paired, to be added to them.
pub(super) fn pairs(facts: &[String]) -> Vec<String> {
    let paired = |fact: &&String| PAIRED.iter().any(|start| fact.starts_with(start));
    let some: Vec<&String> = facts.iter().filter(paired).collect();
    let with = |(at, one): (usize, &&String)| {
        let rest = some.iter().skip(at + 1);
        rest.map(|other| format!("{one} & {other}")).collect::<Vec<_>>()
    };
    some.iter().enumerate().flat_map(with).collect()
}

/// How a claim is told.
#[derive(Debug, Clone)]
pub(crate) struct Manner {
    telling: &'static str,
    clause: &'static str,
    /// Whether words refer to an event told before.
    pub(super) again: bool,
    goes_on: Option<GoesOn>,
    links: Vec<&'static str>,
}

impl Manner {
    pub(super) fn of(view: &View<'_>, tale: &Tale<'_>) -> Self {
        let says = |link: &&'static str| (0..view.words.len()).any(|at| view.word(at) == *link);
        Self {
            telling: tale.telling,
            clause: tale.clause,
            again: tale.spoken_again.is_some(),
            goes_on: tale.goes_on,
            links: LINKS.iter().copied().filter(says).collect(),
        }
    }

    /// Whether it is told as tales are: of one event, in the past.
    pub(super) fn is_of_the_tale(&self) -> bool {
        let past = matches!(
            self.telling,
            "past" | "past passive" | "pluperfect" | "noun definite" | "noun" | "participle"
        );
        past && (self.again || self.goes_on.is_some())
    }

    /// Whether it may be the next thing that happens in a scene.
    pub(super) const fn is_scene(&self) -> bool {
        self.goes_on.is_some()
    }

    /// The same, and told in the past as the scene is.
    pub(super) const fn is_past_scene(&self) -> bool {
        matches!(self.goes_on, Some(GoesOn::Past))
    }
}

/// A claim that lacks something, among the sentences of its report.
pub(super) struct Relation<'s> {
    pub(super) sentences: &'s [Sentence],
    pub(super) later: &'s ClaimContent,
    pub(super) manner: &'s Manner,
}

impl Relation<'_> {
    /// The facts of the candidate that is the `rank`th of `count`.
    pub(super) fn facts(
        &self,
        candidate: &Candidate<'_>,
        rank: usize,
        count: usize,
    ) -> Vec<String> {
        let mut facts = self.of_tale();
        facts.extend(self.of_distance(candidate, rank, count));
        if candidate.bearers.is_empty() {
            facts.push("only named".to_owned());
        } else {
            facts.extend(self.of_bearers(candidate));
        }
        facts
    }

    /// How the claim is told: facts that hold for all candidates, and so speak for or against "none".
    fn of_tale(&self) -> Vec<String> {
        let (later, manner) = (self.later, self.manner);
        let scene = match manner.goes_on {
            Some(GoesOn::Past) => "scene past",
            Some(GoesOn::Open) => "scene open",
            None => "no scene",
        };
        let said = if later.attribution.is_empty() { "not said" } else { "said" };
        let mut facts = vec![
            format!("form {}", manner.telling),
            format!("in {}", manner.clause),
            format!("is {:?}", later.modality).to_lowercase(),
            format!("class {}", class(later)),
            scene.to_owned(),
            said.to_owned(),
        ];
        facts.extend(manner.links.iter().map(|word| format!("says {word}")));
        facts
    }

    /// How far the candidate is from the claim.
    fn of_distance(&self, candidate: &Candidate<'_>, rank: usize, count: usize) -> Vec<String> {
        let here = number(self.sentences, self.later.trigger.start());
        let told = candidate.bearers.iter().map(|c| number(self.sentences, c.trigger.start()));
        let named = candidate.span.map_or(here, |span| number(self.sentences, span.start()));
        let nearest = told.min_by_key(|told| told.abs_diff(here)).unwrap_or(named);
        let far = here.abs_diff(nearest);
        let step = STEPS.iter().rev().find(|s| **s <= far).copied().unwrap_or_default();
        let how = match (candidate.bearers.is_empty(), nearest > here) {
            (true, false) => "named far",
            (true, true) => "named behind",
            (false, true) => "behind",
            (false, false) => "far",
        };
        let mut facts = vec![
            format!("{how} {step}"),
            format!("rank {}", rank.min(3)),
            format!("of {}", count.min(4)),
            format!("form {} {how} {}", self.manner.telling, step.min(2)),
        ];
        if rank == 0 {
            facts.push(format!("first of {}", count.min(4)));
        }
        if candidate.bearers.is_empty() && nearest <= 1 {
            facts.push("named in the lead".to_owned());
        }
        facts
    }

    /// How those that bear the candidate stand to the claim.
    fn of_bearers(&self, candidate: &Candidate<'_>) -> Vec<String> {
        let (later, manner) = (self.later, self.manner);
        let here = number(self.sentences, later.trigger.start());
        let paragraph = self.sentences.get(here).map(|sentence| sentence.paragraph);
        let bearers = &candidate.bearers;
        let any = |holds: &dyn Fn(&ClaimContent) -> bool| bearers.iter().any(|c| holds(c));
        let same_type = any(&|c| c.type_id == later.type_id);
        let leads = any(&|c| {
            number(self.sentences, c.trigger.start()) <= 1
                || c.evidence.first().zone() == ZoneKind::Headline
        });
        let again = manner.again;
        let says = [
            ("same type", same_type),
            ("same class", any(&|c| class(c) == class(later))),
            ("same people", any(&|c| shares_people(c, later))),
            ("other doers", bearers.iter().all(|c| differ_in(c, later, RoleKind::Initiator))),
            ("others harmed", bearers.iter().all(|c| differ_in(c, later, RoleKind::Victim))),
            ("same toll", any(&|c| shares_toll(c, later))),
            ("same paragraph", any(&|c| paragraph.is_some_and(|p| p.contains(c.trigger)))),
            ("same speaker", any(&|c| same_speaker(&c.attribution, &later.attribution))),
            ("lead", leads),
            ("again", again),
            ("again same type", again && same_type),
            ("lead same type", leads && same_type),
            ("taken itself", bearers.first().is_some_and(|c| is_taken(c))),
        ];
        let mut facts: Vec<String> =
            says.iter().filter(|(_, so)| *so).map(|(name, _)| (*name).to_owned()).collect();
        facts.push(places(later, bearers).to_owned());
        facts.push(format!("borne {}", bearers.len().min(3)));
        if same_type {
            facts.push(format!("form {} same type", manner.telling));
        }
        if let Some(last) = bearers.first() {
            facts.push(format!("from {}", class(last)));
            facts.push(format!("from {} to {}", class(last), class(later)));
        }
        facts
    }
}

/// How the claim's place stands to those of the claims that bear a candidate.
fn places(later: &ClaimContent, bearers: &[&ClaimContent]) -> &'static str {
    let places: Vec<&PlaceValue> = bearers.iter().filter_map(|c| c.place.as_ref()).collect();
    match &later.place {
        None if places.is_empty() => "no places",
        None => "place there",
        Some(_) if places.is_empty() => "place here",
        Some(own) if places.iter().any(|p| p.name == own.name) => "same place",
        Some(own) if places.iter().all(|p| lie_apart(p, own)) => APART,
        Some(_) => "places",
    }
}

/// What sort of place a candidate is.
pub(super) fn of_place(candidate: &Candidate<'_>) -> Vec<String> {
    let Some(place) = candidate.place() else { return Vec::new() };
    let known = match candidate.named {
        None => "borne",
        Some(Named::Dateline(_)) => "dateline",
        Some(_) => "named",
    };
    let facts = [format!("where {:?}", place.kind), format!("{known} {:?}", place.kind)];
    facts.map(|fact| fact.to_lowercase()).into()
}

/// In what words a candidate's time is told, and how exact they are.
pub(super) fn of_time_words(text: &str, candidate: &Candidate<'_>) -> Vec<String> {
    let value = match candidate.named {
        Some(Named::Time(mention)) => mention.value.as_ref(),
        _ => candidate.bearers.first().and_then(|c| c.time.as_ref()),
    };
    let precision = value.map_or("open".to_owned(), |value| format!("{:?}", value.precision));
    let mut facts = vec![format!("when {precision}").to_lowercase()];
    let words = candidate.words.to_lowercase();
    let has = |any: &[&str]| any.iter().any(|word| words.contains(word));
    facts.push(
        match () {
            () if has(&["today", "tonight", "this morning", "this afternoon"]) => "words today",
            () if has(&["yesterday", "last night"]) => "words yesterday",
            () if words.ends_with("day") || has(&["day "]) => "words weekday",
            () if has(&["week", "month", "year"]) => "words longer",
            () if words.bytes().all(|byte| byte.is_ascii_digit()) => "words digits",
            () => "words else",
        }
        .to_owned(),
    );
    if let (Some(Named::Time(_)), Some(span)) = (candidate.named, candidate.span) {
        let before = text.get(..span.start()).unwrap_or_default();
        let said = before.rsplit(' ').filter(|word| !word.is_empty()).take(3);
        if said.into_iter().any(|word| SAID.contains(&word)) {
            facts.push("named after said".to_owned());
        }
        if before.trim_end().ends_with(['.', '!', '?', '\n']) || opens(before) {
            facts.push("named first".to_owned());
        }
    }
    facts
}

/// Whether what stands before opens a sentence with "On" or "In".
fn opens(before: &str) -> bool {
    let last = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    matches!(last, "On" | "In" | "At" | "Early" | "Late" | "Since" | "By")
}

/// By which word a candidate at the byte `at` is led in, and how its sentence opens.
pub(super) fn of_way(text: &str, sentences: &[Sentence], at: usize) -> Vec<String> {
    const LEADS: [&str; 12] =
        ["in", "at", "near", "on", "of", "to", "from", "outside", "around", "into", "by", "the"];
    const OPENS: [&str; 12] =
        ["the", "a", "in", "at", "on", "it", "they", "he", "another", "meanwhile", "after", "two"];
    let known = |word: &str, all: &[&'static str]| all.iter().find(|w| **w == word).copied();
    let low = |word: Option<&str>| word.unwrap_or_default().to_lowercase();
    let before = text.get(..at).unwrap_or_default();
    let lead = low(before.split_whitespace().next_back());
    let number = number(sentences, at);
    let sentence = sentences.get(number).and_then(|s| s.range.slice(text)).unwrap_or_default();
    let mut words = sentence.split_whitespace();
    let first = low(words.next());
    let quote = sentence.starts_with(['"', '“', '‘', '«']);
    let open = if quote { "a quote" } else { known(&first, &OPENS).unwrap_or("a name") };
    vec![format!("way {}", known(&lead, &LEADS).unwrap_or("else")), format!("opened by {open}")]
}

/// The class of event, by PLOVER.
pub(super) fn class(claim: &ClaimContent) -> &str {
    claim.projections.plover.as_ref().map_or("none", |plover| plover.event_type.as_str())
}

/// Whether one who takes part in both is the same, by the registry or by the last word.
pub(crate) fn shares_people(one: &ClaimContent, other: &ClaimContent) -> bool {
    one.roles.iter().any(|a| {
        other.roles.iter().any(|b| {
            let linked = a.actor.as_ref().zip(b.actor.as_ref());
            linked.is_some_and(|(a, b)| a.id == b.id) || last_word(&a.text) == last_word(&b.text)
        })
    })
}

/// The last word of a filler, by which it is known again.
pub(crate) fn last_word(text: &str) -> Option<String> {
    text.split_whitespace().next_back().map(str::to_lowercase)
}

/// Whether both say who plays `part`, and these are not the same.
pub(super) fn differ_in(one: &ClaimContent, other: &ClaimContent, part: RoleKind) -> bool {
    let of = |claim: &ClaimContent| {
        let roles = claim.roles.iter().filter(|r| r.role == part);
        roles.map(|role| last_word(&role.text)).collect::<Vec<_>>()
    };
    let (ours, theirs) = (of(one), of(other));
    !ours.is_empty() && !theirs.is_empty() && ours.iter().all(|word| !theirs.contains(word))
}

/// Whether both are said by the same speaker, or both by the narrator.
fn same_speaker(one: &[AttributionLink], other: &[AttributionLink]) -> bool {
    match (one.last(), other.last()) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            let linked = a.actor.as_ref().zip(b.actor.as_ref());
            a.speaker == b.speaker || linked.is_some_and(|(a, b)| a.id == b.id)
        }
        _ => false,
    }
}

/// Whether both tell the same number of the same harm.
fn shares_toll(one: &ClaimContent, other: &ClaimContent) -> bool {
    one.casualties.iter().any(|a| {
        other.casualties.iter().any(|b| a.kind == b.kind && a.best.is_some() && a.best == b.best)
    })
}

/// Whether a claim's time or place is itself taken over.
fn is_taken(claim: &ClaimContent) -> bool {
    let taken = |reasons: &[String]| reasons.iter().any(|r| r.contains("taken over"));
    claim.time.as_ref().is_some_and(|t| taken(&t.reasons))
        || claim.place.as_ref().is_some_and(|p| taken(&p.reasons))
}

/// In what form the event at token `at` is told; `definite` where the noun is.
pub(crate) fn telling(view: &View<'_>, at: usize, definite: bool) -> &'static str {
    let feats = view.feats(at);
    let aux = |form: &str| {
        let mut children = view.tree.children_in(at, &[Dep::Aux]);
        children.any(|aux| view.word(aux) == form)
    };
    match view.pos(at) {
        Pos::Noun | Pos::Propn if definite => "noun definite",
        Pos::Noun | Pos::Propn => "noun",
        _ if aux("had") => "pluperfect",
        _ if aux("has") || aux("have") => "perfect",
        _ if feats.contains("VerbForm=Ger") => "gerund",
        _ if feats.contains("Tense=Past") && feats.contains("VerbForm=Fin") => "past",
        _ if feats.contains("VerbForm=Fin") => "present",
        _ if feats.contains("VerbForm=Inf") => "infinitive",
        _ if aux("was") || aux("were") => "past passive",
        _ if aux("is") || aux("are") => "present passive",
        _ => "participle",
    }
}

/// In what clause it stands.
pub(crate) fn clause(view: &View<'_>, at: usize) -> &'static str {
    let mut way = view.tree.upward(at).map(|at| view.tree.relation(at));
    let outer = way.find(|dep| {
        matches!(dep.universal, Dep::Acl | Dep::Advcl | Dep::Ccomp | Dep::Xcomp | Dep::Parataxis)
    });
    match outer {
        None => "main",
        Some(dep) if dep.is(Dep::Acl, Subtype::Relcl) => "relative",
        Some(dep) => dep.universal.name(),
    }
}
