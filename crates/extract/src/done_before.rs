//! Who did what a sentence tells in the passive, from the sentence before: "*Rebels* attacked the town on Friday. Nine farmers were killed."
//!
//! Owns which doers told before are those of a harm that names none. Refuses where the sentence names another doer, where time or place
//! differ, and where those harmed are the doers' own: "Gunmen stormed the base. Two *attackers* were killed."

use averment_codebook::Codebook;
use averment_types::{ActorKind, ClaimContent, ClaimKind, RoleKind};

use crate::assemble;
use crate::causes::{fillers, head_of};
use crate::setting::{is_told, may_be_one};
use crate::view::View;

const REASON: &str = "weak: the sentence before tells who did it";

/// How far back the sentence before may end, in bytes.
const REACH: usize = 40;

/// Completes the harms `told` in the passive with the doers of the sentence before, the last of `earlier`.
pub(crate) fn tell(
    view: &View<'_>,
    earlier: &[ClaimContent],
    told: &mut [ClaimContent],
    codebook: &Codebook,
) {
    if told.iter().any(|claim| claim.roles.iter().any(|role| role.role == RoleKind::Initiator)) {
        return;
    }
    let Some(doing) = doers(view, earlier, codebook) else { return };
    for claim in told.iter_mut().filter(|claim| is_deed(claim, codebook)) {
        let head = head_of(view, claim.trigger);
        let passive = head.is_some_and(|head| view.is_passive(head));
        if passive && may_be_one(doing, claim) && !are_their_own(claim, doing) {
            assemble::take_over(claim, fillers(doing, RoleKind::Initiator), REASON);
        }
    }
}

/// The deed of the sentence before that says who did it, where all its deeds name the same.
fn doers<'c>(
    view: &View<'_>,
    earlier: &'c [ClaimContent],
    codebook: &Codebook,
) -> Option<&'c ClaimContent> {
    let before = earlier.last()?.evidence.first().range();
    let near = view.sentence.range.start().saturating_sub(before.end()) <= REACH;
    let same = earlier.iter().rev().take_while(|c| c.evidence.first().range() == before);
    let mut deeds = same.filter(|c| is_deed(c, codebook));
    let names = |claim: &ClaimContent| {
        fillers(claim, RoleKind::Initiator).iter().map(|role| role.range).collect::<Vec<_>>()
    };
    let first = deeds.next().filter(|first| near && !names(first).is_empty())?;
    deeds.all(|other| names(other) == names(first)).then_some(first)
}

/// Whether a claim tells of force that came about.
fn is_deed(claim: &ClaimContent, codebook: &Codebook) -> bool {
    let violent = codebook.find_type(claim.type_id.as_str()).is_some_and(|told| told.violent);
    claim.kind == ClaimKind::Event && violent && is_told(claim)
}

/// Whether those harmed are of the doers' side, as far as both are known.
fn are_their_own(harm: &ClaimContent, deed: &ClaimContent) -> bool {
    let armed = |kind: ActorKind| (kind.is_armed_group(), kind.is_state_side());
    let sides = |claim: &ClaimContent, parts: &'static [RoleKind]| {
        let roles = claim.roles.iter().filter(move |role| parts.contains(&role.role));
        roles.filter_map(|role| Some(armed(role.actor.as_ref()?.kind))).collect::<Vec<_>>()
    };
    let harmed = sides(harm, &[RoleKind::Victim, RoleKind::Target]);
    let doing = sides(deed, &[RoleKind::Initiator]);
    let known = |side: &(bool, bool)| side.0 || side.1;
    harmed.iter().filter(|side| known(side)).any(|side| doing.contains(side))
}
