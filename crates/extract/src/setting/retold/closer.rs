//! What a lead tells roughly, and the sentence after it closely: "Gunmen killed five people *in the north*. *The attack* took place on
//! Monday in Gao."
//!
//! Owns when the next sentence tells of the lead's event again: it opens with a definite noun or "it", and nobody else acts there. Refuses all
//! that is not told right behind the lead.

use averment_types::{ActorKind, ClaimContent, DatePrec, RoleKind, TextRange, ZoneKind};

use super::behind::Behind;
use super::facts::{class, shares_people};
use super::{Candidate, Named, Wanting, number};

pub(super) const CLOSER: &str = "taken over from the sentence after it, which refers back to the lead and tells it more closely";

/// What a definite noun at the head of a sentence does not refer back with.
const ELSEWHERE: [&str; 20] = [
    "election",
    "vote",
    "funeral",
    "talks",
    "meeting",
    "trial",
    "match",
    "ceremony",
    "last",
    "latest",
    "previous",
    "first",
    "second",
    "other",
    "two",
    "three",
    "same",
    "country",
    "president",
    "minister",
];

/// So many words of a sentence are looked through for its verb.
const OPENING: usize = 9;

/// Words that lead in where something happened.
const WAYS: [&str; 9] = ["in", "at", "near", "of", "outside", "into", "on", "around", "inside"];

impl Behind<'_> {
    /// The candidate that the sentence right behind the lead tells of `later`; `claims` are those from it on.
    pub(super) fn told_closer<'c, 's>(
        &self,
        later: &ClaimContent,
        lack: &Wanting,
        claims: &[ClaimContent],
        candidates: &'c [Candidate<'s>],
    ) -> Option<&'c Candidate<'s>> {
        let here = number(self.sentences, later.trigger.start());
        let first = self.sentences.iter().position(|s| s.zone != ZoneKind::Headline)?;
        let next = self.sentences.get(here + 1).filter(|_| here <= first + 1)?.range;
        let words = next.slice(self.text)?;
        let incident = words.strip_prefix("The ").is_none_or(is_incident);
        let places_it = happens(words) && incident;
        let word = match words.strip_prefix("The ") {
            Some(open) => open.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default(),
            None if places_it && (words.starts_with("It ") || words.starts_with("This ")) => "it",
            None => return None,
        };
        let back = !word.starts_with(char::is_uppercase) && !ELSEWHERE.contains(&word);
        let mut there = claims.iter().filter(|c| next.contains(c.trigger));
        let another = there.any(|c| acts_first(c, next) && !shares_people(c, later));
        if !lack.manner.is_scene() || !back || another {
            return None;
        }
        candidates.iter().find(|candidate| {
            let same = |c: &&&ClaimContent| next.contains(c.trigger) && class(c) == class(later);
            let borne = candidate.bearers.iter().find(same);
            match candidate.place() {
                None => {
                    let exact = |c: &ClaimContent| {
                        c.time.as_ref().is_none_or(|time| time.precision <= DatePrec::Days)
                    };
                    let named = places_it && candidate.span.is_some_and(|span| next.contains(span));
                    borne.is_some_and(|c| exact(c)) || named
                }
                Some(place) => {
                    let named = matches!(candidate.named, Some(Named::Place(_)))
                        && self.is_led_in(place.span);
                    next.contains(place.span) && (borne.is_some() || named)
                }
            }
        })
    }

    /// Whether a word before the name says that something is there.
    fn is_led_in(&self, span: TextRange) -> bool {
        let before = self.text.get(..span.start()).unwrap_or_default();
        let mut words = before.split_whitespace().rev();
        words.find(|word| *word != "the").is_some_and(|word| WAYS.contains(&word))
    }
}

/// Whether the words begin with a noun for what a report tells of, and not for a vote or a funeral.
fn is_incident(words: &str) -> bool {
    const INCIDENTS: &str = "incident incidents event events attack attacks raid raids clash clashes shooting shootings blast blasts \
        explosion explosions bombing bombings ambush assault killing killings massacre strike strikes shelling violence fighting \
        tragedy abduction kidnapping kidnappings murder murders firefight gunfight encounter operation robbery stabbing arrest arrests";
    let first = words.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    INCIDENTS.split_whitespace().any(|noun| noun == first)
}

/// Whether a sentence only says when and where something was: "The incident *took place* on Monday", "It *happened* near Gao".
fn happens(sentence: &str) -> bool {
    let words: Vec<&str> = sentence.split_whitespace().take(OPENING).collect();
    let verb = |word: &&str| matches!(*word, "happened" | "occurred" | "unfolded" | "transpired");
    words.iter().any(verb) || words.windows(2).any(|two| matches!(two, ["took" | "taken", "place"]))
}

/// Whether the words that open the sentence name a state's body that acts in the claim.
fn acts_first(claim: &ClaimContent, sentence: TextRange) -> bool {
    claim.roles.iter().any(|role| {
        let opens = role.role == RoleKind::Initiator
            && role.range.start() <= sentence.start() + "The ".len();
        let kind = role.actor.as_ref().map(|actor| actor.kind);
        opens && kind.is_some_and(ActorKind::is_state_side)
    })
}
