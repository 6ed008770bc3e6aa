//! What an act did: "12 people were killed *in a Russian air strike*" tells who killed them, and whom the strike hit.
//!
//! Owns the ties between a harm and the act in the same sentence that did it; what each says on its own is the frames'.

use averment_codebook::{Codebook, EventType};
use averment_lang::{Dep, EntityKind};
use averment_types::{CasualtyKind, ClaimContent, Polarity, Role, RoleKind, TextRange};

use crate::assemble;
use crate::setting::{Taken, behind_count, take_setting};
use crate::subject::{is_afterthought, subject};
use crate::view::View;

/// Words before a noun that a harm is laid to, and before a verb of what was done then.
const LAID: [&str; 10] =
    ["in", "by", "during", "from", "following", "after", "when", "amid", "due", "because"];
const DURING: [&str; 7] = ["when", "as", "after", "in", "while", "during", "by"];

/// Why a filler was taken over.
const BY_TIE: &str = "the sentence ties the act and the harm that it did";

/// Completes the harms among `claims`, those of one sentence, and the acts that did them with each other's initiator, and
/// the acts with those harmed. Only what was left out is filled. An act is no tool: "a drone *strike* killed two".
pub(crate) fn share(view: &View<'_>, claims: &mut [ClaimContent], codebook: &Codebook) {
    part_joint_tolls(claims);
    let heads: Vec<Option<usize>> =
        claims.iter().map(|claim| head_of(view, claim.trigger)).collect();
    let ties = (0..claims.len()).flat_map(|harm| {
        let acts = acts_behind(view, claims, &heads, harm, codebook);
        acts.into_iter().enumerate().map(move |(nth, act)| (harm, nth, act))
    });
    for (harm, nth, act) in ties.collect::<Vec<_>>() {
        let Ok([harm, act]) = claims.get_disjoint_mut([harm, act]) else { continue };
        harm.roles
            .retain(|role| role.role != RoleKind::Instrument || !role.range.overlaps(act.trigger));
        // "a *truck* struck a mine, killing two": what was hit is no tool.
        let hit: Vec<TextRange> =
            fillers(act, RoleKind::Target).iter().map(|role| role.range).collect();
        harm.roles.retain(|role| {
            role.role != RoleKind::Instrument || !hit.iter().any(|hit| hit.overlaps(role.range))
        });
        let initiators = |claim: &ClaimContent| fillers(claim, RoleKind::Initiator);
        // "they *denied* the attack, which left five dead": who denies it has not killed.
        let owned = act.polarity == Polarity::Affirmed || act.polarity == harm.polarity;
        match (initiators(harm), initiators(act)) {
            (none, some) if none.is_empty() && owned => take(harm, some),
            (none, _) if none.is_empty() => {}
            (some, none) if none.is_empty() && nth == 0 => take(act, some),
            // "killed by Russian shells *and American air strikes*"
            (_, more) if nth > 0 => take(harm, more),
            _ => {}
        }
        // Both came about, at one time and place.
        if harm.polarity == act.polarity && harm.modality == act.modality {
            take_setting(harm, act, BY_TIE, Taken::Both);
            take_setting(act, harm, BY_TIE, Taken::Both);
            agree_on_place(view, harm, act);
        }
        // Where nobody was harmed, nobody was harmed by the act.
        let harmed = harm.polarity == Polarity::Affirmed;
        let victims = if harmed { fillers(harm, RoleKind::Victim) } else { Vec::new() };
        if codebook.find_type(act.type_id.as_str()).is_some_and(|told| told.victims) {
            // Whom an act killed it need not have been aimed at.
            act.roles.retain(|role| {
                let harmed = victims.iter().any(|victim| victim.range.overlaps(role.range));
                role.role != RoleKind::Target || !harmed
            });
            take(act, victims);
        } else if lacks_a_side(act) && !has_subject(view, act) {
            take(act, victims.into_iter().filter_map(side).collect());
        }
    }
}

/// "dozens were *killed and wounded*": one number of both together is the number of neither. "five dead *sixty* hurt": the number of the hurt is
/// not that of the dead.
fn part_joint_tolls(claims: &mut [ClaimContent]) {
    let counts = |claim: &ClaimContent, kind: CasualtyKind| -> Vec<TextRange> {
        let own = claim.casualties.iter().filter(|toll| toll.kind == kind);
        own.map(|toll| toll.range).collect()
    };
    let all = |kind: CasualtyKind| -> Vec<TextRange> {
        claims.iter().flat_map(|claim| counts(claim, kind)).collect()
    };
    let (dead, hurt) = (all(CasualtyKind::Killed), all(CasualtyKind::Injured));
    let joint: Vec<TextRange> = dead.iter().copied().filter(|toll| hurt.contains(toll)).collect();
    if joint.is_empty() {
        return;
    }
    for claim in claims {
        let own =
            [counts(claim, CasualtyKind::Killed), counts(claim, CasualtyKind::Injured)].concat();
        let lone = own.iter().all(|toll| joint.contains(toll));
        let killed = !counts(claim, CasualtyKind::Killed).is_empty();
        if lone && dead.len() == hurt.len() {
            claim.casualties.retain(|toll| !joint.contains(&toll.range));
        } else if !lone && killed {
            claim.casualties.retain(|toll| !joint.contains(&toll.range));
            claim
                .roles
                .retain(|role| role.role != RoleKind::Victim || !joint.contains(&role.range));
        }
    }
}

/// Of two places of one event, the more exact one says where both were: "*Kouma* in central Mali", "*Sukkari* in Aleppo".
fn agree_on_place(view: &View<'_>, harm: &mut ClaimContent, act: &mut ClaimContent) {
    let Some((a, b)) = harm.place.as_mut().zip(act.place.as_mut()) else { return };
    let apart = differ(a.country.as_ref(), b.country.as_ref())
        || differ(a.admin1.as_ref(), b.admin1.as_ref());
    let (exact, wide) = if a.precision <= b.precision { (a, b) } else { (b, a) };
    let inside = |a: TextRange, b: TextRange| {
        let between = TextRange::new(a.end(), b.start()).ok().and_then(|r| r.slice(view.text));
        between.is_some_and(|words| {
            words.starts_with(" in ") && words.len() < " in the city of ".len()
        })
    };
    let turned = exact.precision == wide.precision && inside(wide.span, exact.span);
    let (exact, wide) = if turned { (wide, exact) } else { (exact, wide) };
    let finer = exact.precision < wide.precision || inside(exact.span, wide.span);
    if !apart && finer {
        wide.clone_from(exact);
        wide.reasons.push(BY_TIE.to_owned());
    }
}

/// Whether both are known and not the same.
fn differ<T: PartialEq>(one: Option<&T>, other: Option<&T>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one != other)
}

/// Those who play `role`.
pub(crate) fn fillers(claim: &ClaimContent, role: RoleKind) -> Vec<Role> {
    claim.roles.iter().filter(|r| r.role == role).cloned().collect()
}

fn take(claim: &mut ClaimContent, fillers: Vec<Role>) {
    assemble::take_over(claim, fillers, BY_TIE);
}

/// Whether one side alone is named of those who fought: "*rebels* were killed in clashes with the army".
fn lacks_a_side(act: &ClaimContent) -> bool {
    act.roles.iter().filter(|role| role.role == RoleKind::Participant).count() == 1
}

/// Whether the act is a verb with a subject of its own, which names its sides: "were killed as *the army battled* rebels".
fn has_subject(view: &View<'_>, act: &ClaimContent) -> bool {
    let head = head_of(view, act.trigger).filter(|head| view.is_verb(*head));
    head.is_some_and(|head| view.tree.child(head, Dep::Nsubj).is_some())
}

/// Those killed in a fight, as a side of it, if they are people who fight.
fn side(victim: Role) -> Option<Role> {
    let fights = victim.actor.as_ref().is_some_and(|actor| actor.kind.is_side());
    fights.then_some(Role { role: RoleKind::Participant, ..victim })
}

/// The act among `claims` that the sentence makes the cause of the harm at index `harm`, and those coordinated with it; `heads` are
/// the tokens of the claims' triggers.
fn acts_behind(
    view: &View<'_>,
    claims: &[ClaimContent],
    heads: &[Option<usize>],
    harm: usize,
    codebook: &Codebook,
) -> Vec<usize> {
    let own = claims.get(harm).filter(|claim| is_harm(codebook, claim));
    let head = heads.get(harm).copied().flatten();
    let Some((own, head)) = own.zip(head) else { return Vec::new() };
    let side = behind_count(view, head);
    let mut causes = causes(view, head);
    causes.retain(|at| behind_count(view, *at) == side);
    let acts = claims.iter().zip(heads).enumerate().filter_map(|(at, (claim, head))| {
        let trigger = head.filter(|head| causes.contains(head))?;
        let act = claim.trigger != own.trigger && is_act(codebook, claim);
        act.then_some((at, trigger))
    });
    let acts: Vec<(usize, usize)> = acts.collect();
    let Some((_, first)) = acts.first() else { return Vec::new() };
    let beside = view.tree.coordinated(*first);
    acts.iter().filter(|(_, trigger)| beside.contains(trigger)).map(|(at, _)| *at).collect()
}

/// The token that governs the words of a trigger.
pub(crate) fn head_of(view: &View<'_>, trigger: TextRange) -> Option<usize> {
    let start = view.tokens.iter().position(|t| t.range.overlaps(trigger))?;
    let end = view.tokens.iter().rposition(|t| t.range.overlaps(trigger))? + 1;
    Some(view.tree.top(&(start..end)).unwrap_or(start))
}

/// The words that the harm at `head` is laid to: the subject of an active verb, what stands behind "in", "by" and the like.
fn causes(view: &View<'_>, head: usize) -> Vec<usize> {
    let tree = &view.tree;
    let mut nouns: Vec<usize> = Vec::new();
    if !view.is_passive(head) {
        let phrases = subject(view, left(view, head).unwrap_or(head)).phrases;
        nouns.extend(phrases.iter().filter_map(|p| view.phrases.get(*p)).map(|p| p.head));
    }
    let behind = tree.children_in(head, &[Dep::Obl, Dep::Nmod]).chain(
        tree.children_in(head, &[Dep::Obj])
            .flat_map(|object| tree.children_in(object, &[Dep::Nmod])),
    );
    let laid = |at: &usize| {
        let preposition = tree.case(*at).map(|case| view.word(case));
        preposition.is_some_and(|word| LAID.contains(&word))
    };
    let behind: Vec<usize> = behind.filter(laid).collect();
    // "five were killed and ten *injured in air strikes*"
    let lone = !behind.iter().any(|at| view.names_event(*at)) && is_suffered(view, head);
    let later = tree
        .children_in(head, &[Dep::Conj])
        .filter(|at| lone && *at > head && tree.children_in(*at, &[Dep::Obj]).next().is_none());
    let shared = later.flat_map(|at| tree.children_in(at, &[Dep::Obl, Dep::Nmod])).filter(laid);
    let behind: Vec<usize> = behind.iter().copied().chain(shared).collect();
    nouns.extend(behind.into_iter().flat_map(|at| tree.coordinated(at)));
    nouns.extend(deeds(view, head));
    // "two were shot dead and nine wounded *when guards opened fire*"
    if lone {
        let later = tree
            .children_in(head, &[Dep::Conj])
            .filter(|at| *at > head && view.is_passive(*at) && tree.child(*at, Dep::Obj).is_none());
        nouns.extend(later.flat_map(|at| deeds(view, at)).filter(|at| *at > head));
    }
    // "two days *of bombardment*", "a wave *of attacks*"
    let of = nouns.iter().filter_map(|noun| view.spanned(*noun));
    let of: Vec<usize> = of.collect();
    nouns.extend(of);
    nouns
}

/// Whether the subject of the verb at `head` is who is harmed: "were *killed*", "*died*", "*lost* their lives".
fn is_suffered(view: &View<'_>, head: usize) -> bool {
    let dies = ["died", "die", "dies", "perished", "lost", "lose", "succumbed"];
    view.is_passive(head) || dies.contains(&view.word(head))
}

/// The verb that the harm at `head` is left by: "the raid *left* six dead".
fn left(view: &View<'_>, head: usize) -> Option<usize> {
    let verb = view.tree.head(head).filter(|_| view.tree.dep(head) == Dep::Xcomp)?;
    matches!(view.word(verb), "left" | "leave" | "leaves" | "leaving").then_some(verb)
}

/// The verbs that the harm at `head` follows from: "*bombed* a market, killing five", "*attacked* a bus and killed two", "were killed when
/// a mine *exploded*", "were killed while *fighting* the army".
fn deeds(view: &View<'_>, head: usize) -> Vec<usize> {
    let tree = &view.tree;
    // "opened fire, *leaving* two dead"
    let verb = left(view, head).unwrap_or(head);
    let own_subject = tree.child(verb, Dep::Nsubj).is_some();
    let above = tree.upward(verb).skip(1).find(|at| view.is_verb(*at));
    let above = above.filter(|above| {
        let afterthought = view.word(verb).ends_with("ing")
            && (is_afterthought(view, verb) || dangles(view, verb));
        let beside = tree.dep(verb) == Dep::Conj && tree.head(verb) == Some(*above);
        !own_subject && (afterthought || beside && !view.is_passive(verb))
    });
    let told = |at: &usize| {
        let mut marks = tree.children_in(*at, &[Dep::Mark, Dep::Advmod, Dep::Case]);
        marks.any(|mark| mark < *at && DURING.contains(&view.word(mark)))
    };
    above.into_iter().chain(tree.children_in(head, &[Dep::Advcl]).filter(told)).collect()
}

/// Whether the participle at `verb` tells of the sentence's act, though no comma sets it off: "shelled a market in *Idlib killing* five". A name of a
/// place and a day kill nobody.
fn dangles(view: &View<'_>, verb: usize) -> bool {
    let tree = &view.tree;
    let marked = tree.children_in(verb, &[Dep::Mark, Dep::Case]).next().is_some();
    let Some(head) = tree.head(verb).filter(|head| *head < verb && !marked) else { return false };
    match tree.dep(verb) {
        Dep::Advcl => true,
        Dep::Acl => {
            let phrase = view.phrase_of(head).and_then(|at| view.phrases.get(at));
            let day = phrase.is_some_and(|phrase| phrase.adverbial);
            let place = phrase.is_some_and(|phrase| {
                phrase.actor.is_none()
                    && matches!(
                        view.entity_at(phrase.range),
                        Some((EntityKind::Location | EntityKind::Facility, _))
                    )
            });
            day || place
        }
        _ => false,
    }
}

/// Whether the claim tells that people were killed or hurt, or things destroyed, which only an act can do.
fn is_harm(codebook: &Codebook, claim: &ClaimContent) -> bool {
    codebook.find_type(claim.type_id.as_str()).is_some_and(|told| told.effect || harms(told))
}

fn is_act(codebook: &Codebook, claim: &ClaimContent) -> bool {
    let act = |told: &EventType| told.violent && !told.effect && !harms(told);
    codebook.find_type(claim.type_id.as_str()).is_some_and(act)
}

fn harms(told: &EventType) -> bool {
    let harms = [CasualtyKind::Killed, CasualtyKind::Injured, CasualtyKind::Displaced];
    told.casualty.is_some_and(|kind| harms.contains(&kind))
}
