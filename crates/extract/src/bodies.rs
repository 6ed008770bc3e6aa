//! Which body "the same group", "its men" and "our boys" are of, where the references know none: "*Gunmen* hit Sando. The next day *the
//! same group* robbed the school."
//!
//! Owns the body that acted last, and the one that a speaker speaks for. Refuses pronouns, which the references settle, and the
//! possessions of persons.

use averment_types::{
    ActorRef, Antecedent, AttributionLink, ClaimContent, Role, RoleKind, SpeakerKind, TextRange,
};

use crate::view::View;

/// So many bytes back a body is told of that words mean which do not name it.
const NEAR: usize = 700;
/// Nouns that say hardly more than that a body is meant.
const BODIES: [&str; 12] = [
    "group",
    "groups",
    "gang",
    "band",
    "cell",
    "outfit",
    "faction",
    "organisation",
    "organization",
    "movement",
    "hoodlums",
    "criminals",
];
/// Words for those of whom an armed body is made up.
const RANKS: [&str; 12] = [
    "men",
    "boys",
    "sons",
    "fighters",
    "troops",
    "forces",
    "soldiers",
    "members",
    "personnel",
    "comrades",
    "officers",
    "units",
];

/// What words that name nobody say of whom they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Points {
    /// "the same group": the body itself.
    Body,
    /// "two of its men": those of the body.
    Its,
    /// "our men": those of the speaker's body.
    Ours,
}

impl Points {
    fn of(words: &str) -> Option<Self> {
        let named = words.split_whitespace().skip(1).any(|w| w.starts_with(char::is_uppercase));
        let words = words.to_lowercase();
        let last = words.split_whitespace().next_back()?;
        let led = |leads: &[&str]| leads.iter().any(|lead| words.starts_with(lead));
        if BODIES.contains(&last) && !named && led(&["the ", "this ", "that ", "these ", "those "])
        {
            return Some(Self::Body);
        }
        let owned =
            |owner: &str| words.starts_with(owner) || words.contains(&format!(" of {owner}"));
        match () {
            () if owned("its ") => Some(Self::Its),
            () if owned("our ") && RANKS.contains(&last) => Some(Self::Ours),
            () => None,
        }
    }
}

/// Says of whom those roles of the claims `told` of one sentence are that point to a body; `earlier` are the claims before.
pub(crate) fn name(view: &View<'_>, earlier: &[ClaimContent], told: &mut [ClaimContent]) {
    let start = view.sentence.range.start();
    let near = |c: &&ClaimContent| c.evidence.first().range().end() + NEAR >= start;
    for at in 0..told.len() {
        let Some((before, [claim, ..])) = told.split_at_mut_checked(at) else { return };
        let body = |role: &Role, one: bool| {
            let acts = before.iter().rev().chain(earlier.iter().rev().take_while(near));
            let mut bodies = acts.flat_map(Body::of_claim);
            bodies.find(|body| body.range.end() <= role.range.start() && (body.one || !one))
        };
        let speaker = claim.attribution.first().filter(|link| speaks_for_many(link)).cloned();
        for role in claim.roles.iter_mut().filter(|role| role.antecedent.is_none()) {
            let named = |actor: &ActorRef| !actor.id.is_generic();
            let points = Points::of(&role.text).filter(|_| !role.actor.as_ref().is_some_and(named));
            let meant = match points {
                Some(Points::Ours) => speaker.as_ref().map(Body::of_speaker),
                // "its houses" are no men of it.
                Some(Points::Its) if role.actor.is_some() || is_ranked(&role.text) => {
                    body(role, true)
                }
                Some(Points::Body) if role.actor.is_none() => body(role, false),
                _ => None,
            };
            if let Some((meant, points)) = meant.zip(points) {
                meant.tell(view.text, role, points);
            }
        }
    }
}

/// Whether the last of the `words` is one for those of whom an armed body is made up.
fn is_ranked(words: &str) -> bool {
    words.split_whitespace().next_back().is_some_and(|last| RANKS.contains(&last))
}

/// Whether a speaker speaks for an armed body or for the state, and not for himself.
fn speaks_for_many(link: &AttributionLink) -> bool {
    let side = link.actor.as_ref().is_some_and(|actor| actor.kind.is_side());
    side || link.party || link.kind == SpeakerKind::Official
}

/// A body that may be meant.
#[derive(Debug, Clone)]
struct Body {
    range: TextRange,
    actor: Option<ActorRef>,
    /// Whether it is one body, and not some people.
    one: bool,
}

impl Body {
    /// The bodies that act in a claim, the last named first.
    fn of_claim(claim: &ClaimContent) -> impl Iterator<Item = Self> {
        let parts = [RoleKind::Initiator, RoleKind::Subject, RoleKind::Participant];
        let acting = claim.roles.iter().rev().filter(move |role| parts.contains(&role.role));
        acting.filter_map(Self::of_role)
    }

    fn of_role(role: &Role) -> Option<Self> {
        if Points::of(&role.text).is_some() && role.antecedent.is_none() {
            return None;
        }
        let named = role.text.split_whitespace().skip(1).any(|w| w.starts_with(char::is_uppercase));
        let armed = role.actor.as_ref().is_some_and(|actor| actor.kind.is_armed_group());
        let listed = role.actor.as_ref().is_some_and(|actor| !actor.id.is_generic());
        let unlisted = role.actor.is_none() && named;
        let range = role.antecedent.as_ref().map_or(role.range, |meant| meant.range);
        let one = listed || named || Self::is_one(&role.text);
        (armed || unlisted).then(|| Self { range, actor: role.actor.clone(), one })
    }

    /// Whether the words are a noun for one body: "a militia", "the gang".
    fn is_one(words: &str) -> bool {
        let words = words.to_lowercase();
        let last = words.split_whitespace().next_back().unwrap_or_default();
        matches!(last, "militia" | "gang" | "group" | "band" | "brigade" | "cell" | "faction")
    }

    fn of_speaker(link: &AttributionLink) -> Self {
        let actor = link.affiliation.clone().or_else(|| link.actor.clone());
        Self { range: link.range, actor: actor.filter(|actor| actor.kind.is_side()), one: true }
    }

    /// Makes `role` theirs.
    fn tell(&self, text: &str, role: &mut Role, points: Points) {
        let words = self.range.slice(text).unwrap_or_default();
        let how = match points {
            Points::Body => "the body that acted last",
            Points::Its => "those of the body that acted last",
            Points::Ours => "those for whom the speaker speaks",
        };
        role.antecedent = Antecedent::at(text, self.range);
        role.reasons = vec![format!("weak: {how}, “{words}”")];
        if self.actor.is_some() {
            role.actor.clone_from(&self.actor);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_point_to_a_body_or_to_none() {
        assert_eq!(Points::of("The same group"), Some(Points::Body));
        assert_eq!(Points::of("two of its men"), Some(Points::Its));
        assert_eq!(Points::of("Our boys"), Some(Points::Ours));
        assert_eq!(Points::of("a group"), None);
        assert_eq!(Points::of("our houses"), None);
    }
}
