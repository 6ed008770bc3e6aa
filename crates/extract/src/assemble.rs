//! The claim: roles, setting, numbers, stance and sources of one trigger put together.

use averment_codebook::{EventType, Rule, Trigger, as_said};
use averment_types::{
    ActorKind, Casualties, CasualtyKind, ClaimContent, ClaimKind, Coder, CoderVersion, Evidence,
    EvidenceSet, Gap, GapField, GapState, Modality, Polarity, Projections, Role, RoleKind,
    UcdpProjection,
};

use crate::alleged;
use crate::attribution::{self, Scope};
use crate::casualties;
use crate::extent;
use crate::fillers::Filler;
use crate::frame::Frame;
use crate::lexicon::Lexicon;
use crate::modality::Stance;
use crate::setting::{Setting, Taken, take_setting};
use crate::view::View;

/// Everything known of one trigger.
pub(crate) struct Parts<'p, 'a> {
    pub(crate) view: &'p View<'a>,
    pub(crate) lexicon: &'p Lexicon,
    pub(crate) event_type: &'p EventType,
    pub(crate) rule: &'p Rule,
    /// What the deed is in other codebooks.
    pub(crate) projections: &'p Projections,
    pub(crate) trigger: &'p Trigger,
    pub(crate) frame: &'p Frame,
    pub(crate) fillers: Vec<Filler>,
    pub(crate) stance: Stance,
    pub(crate) setting: Setting,
    pub(crate) scopes: Vec<&'p Scope>,
    pub(crate) version: &'p CoderVersion,
    /// Whether a harm's number is taken for a total.
    pub(crate) is_total: bool,
}

impl Parts<'_, '_> {
    /// The claim's content; `None` when the trigger's words cannot be evidence.
    pub(crate) fn assemble(self) -> Option<ClaimContent> {
        let sentence = self.view.sentence;
        let trigger = self.view.range(&self.trigger.tokens)?;
        let evidence =
            Evidence::cut(self.view.text, sentence.range, sentence.zone, sentence.paragraph)
                .ok()?;
        let casualties = self.casualties();
        if self.event_type.kind == ClaimKind::Count && casualties.is_empty() {
            return None;
        }
        let roles: Vec<Role> = self.fillers.iter().filter_map(|f| self.role(f)).collect();
        let mut stance = self.stance.clone();
        if self.setting.repeated && !stance.past && stance.modality == Modality::Happened {
            stance.modality = Modality::Habitual;
            stance.reasons.push("its time is a repeated one".to_owned());
        }
        if casualties.iter().any(|c| c.high == Some(0)) && stance.polarity == Polarity::Affirmed {
            stance.polarity = Polarity::Negated;
            stance.reasons.push("the number is none".to_owned());
        }
        let links =
            if self.frame.descriptive { Vec::new() } else { attribution::speakers(&self.scopes) };
        let mut gaps = self.setting.gaps.clone();
        gaps.extend(missing_roles(self.event_type, &roles));
        Some(ClaimContent {
            kind: self.event_type.kind,
            type_id: self.event_type.id.clone(),
            projections: self.project(&stance, &roles),
            roles,
            time: self.setting.time.clone(),
            place: self.setting.place.clone(),
            casualties,
            polarity: stance.polarity,
            modality: stance.modality,
            modality_reasons: stance.reasons,
            attribution: links,
            trigger,
            evidence: EvidenceSet::one(evidence),
            gaps,
            confidence: None,
            coder: Coder { version: self.version.clone(), rule: self.rule.id.clone() },
        })
    }

    /// The projections of the rule as the claim is said, with UCDP's type of violence where the actors decide it.
    fn project(&self, stance: &Stance, roles: &[Role]) -> Projections {
        let mut projections = as_said(self.projections, stance.polarity, stance.modality);
        if self.event_type.ucdp {
            let type_of_violence = type_of_violence(roles);
            projections.ucdp = Some(UcdpProjection { type_of_violence });
        }
        projections
    }

    fn casualties(&self) -> Vec<Casualties> {
        let Some(kind) = self.event_type.casualty else { return Vec::new() };
        // A number that a harm states, and not a word for tolls, stands with those harmed.
        if self.event_type.kind == ClaimKind::Count && !self.is_total {
            let tokens = &self.trigger.tokens;
            let says = |any: &[&str]| tokens.clone().any(|at| any.contains(&self.view.word(at)));
            // "the number of injured"
            let hurt = says(&["wounded", "injured"]) && !says(&["killed", "dead"]);
            let kind = if hurt { CasualtyKind::Injured } else { kind };
            let toll = casualties::toll(self.view, tokens.end, kind, self.lexicon);
            return toll.into_iter().collect();
        }
        let harmed =
            self.fillers.iter().filter(|f| matches!(f.role, RoleKind::Victim | RoleKind::Target));
        let counts = harmed.filter_map(|f| casualties::count(self.view, f, kind, self.lexicon));
        // "a plot to kill the mayor" states no number of dead.
        let stated = self.is_total || self.stance.modality.is_actual();
        counts.filter(|count| stated || states_number(&count.text)).collect()
    }

    fn role(&self, filler: &Filler) -> Option<Role> {
        let act = &self.trigger.tokens;
        let head = self.view.tree.top(act).unwrap_or(act.start);
        let range = extent::full(self.view, filler, act, &self.fillers, self.lexicon)
            .trimmed(self.view.text);
        let mention = filler.mention.and_then(|m| self.view.mention(m));
        let pronoun = mention.is_none()
            && self.view.phrases.get(filler.phrase).is_some_and(|p| is_pronoun(self.view.head(p)));
        let mut reasons = mention.map(|m| m.reasons.clone()).unwrap_or_default();
        if pronoun {
            reasons.push("a pronoun, left open".to_owned());
        } else if reasons.is_empty() {
            reasons.push("no actor of the registry has this name".to_owned());
        }
        Some(Role {
            role: filler.role,
            text: range.slice(self.view.text)?.to_owned(),
            range,
            antecedent: mention.and_then(|m| self.view.antecedent(m)),
            actor: mention.and_then(|m| m.actor.clone()),
            reasons,
            candidates: mention.map(|m| m.candidates.clone()).unwrap_or_default(),
            alleged: alleged::of_filler(self.view, head, filler, self.frame, self.lexicon),
        })
    }
}

/// Whether words of a count hold a figure or the name of a number other than an article.
fn states_number(words: &str) -> bool {
    words.split_whitespace().any(|word| casualties::is_stated(&word.to_lowercase()))
}

fn is_pronoun(word: &str) -> bool {
    matches!(word, "he" | "she" | "they" | "it" | "him" | "her" | "them" | "we" | "us" | "i")
}

fn missing_roles(event_type: &EventType, roles: &[Role]) -> Vec<Gap> {
    let has = |wanted: &[RoleKind]| roles.iter().any(|r| wanted.contains(&r.role));
    let mut gaps = Vec::new();
    if event_type.kind != ClaimKind::Event || has(&[RoleKind::Participant]) {
        return gaps;
    }
    let missing =
        |field, reason: &str| Gap { field, state: GapState::NotStated, reason: reason.to_owned() };
    if !has(&[RoleKind::Initiator]) {
        gaps.push(missing(GapField::Initiator, "the sentence names nobody who did it"));
    }
    if !has(&[RoleKind::Target, RoleKind::Victim]) {
        gaps.push(missing(GapField::Target, "the sentence names nobody to whom it was done"));
    }
    gaps
}

/// Gives `claim` those of `roles` whose words play no part in it yet, for one `reason`; what they fill is no gap.
pub(crate) fn take_over(claim: &mut ClaimContent, roles: Vec<Role>, reason: &str) {
    for mut role in roles {
        // "*rebel* rockets": whose the weapon is stands in its words.
        let wields = |own: &Role| {
            let doer = role.role == RoleKind::Initiator && own.role == RoleKind::Instrument;
            doer && own.range.contains(role.range) && own.range != role.range
        };
        if claim.roles.iter().any(|own| own.range.overlaps(role.range) && !wields(own)) {
            continue;
        }
        let field = match role.role {
            RoleKind::Initiator => GapField::Initiator,
            _ => GapField::Target,
        };
        claim.gaps.retain(|gap| gap.field != field);
        role.reasons.push(reason.to_owned());
        claim.roles.push(role);
    }
    claim.roles.sort_by_key(|role| (role.range, role.role));
    project_again(claim);
}

/// Projects `claim` again after its roles have changed.
fn project_again(claim: &mut ClaimContent) {
    let violence = type_of_violence(&claim.roles);
    if let Some(ucdp) = &mut claim.projections.ucdp {
        ucdp.type_of_violence = violence;
    }
}

/// 1 with a state on one side and an armed group on the other, 2 with armed groups on both, 3 with
/// civilians on one; `None` where a side is unknown.
fn type_of_violence(roles: &[Role]) -> Option<u8> {
    let side = |role: &Role| role.actor.as_ref().and_then(|a| side_of(a.kind));
    let of = |wanted: &[RoleKind]| roles.iter().filter(|r| wanted.contains(&r.role)).find_map(side);
    let participants: Vec<Side> =
        roles.iter().filter(|r| r.role == RoleKind::Participant).filter_map(side).collect();
    let (a, b) = match participants.as_slice() {
        [a, b, ..] => (*a, *b),
        _ => (of(&[RoleKind::Initiator])?, of(&[RoleKind::Target, RoleKind::Victim])?),
    };
    match (a, b) {
        (Side::State, Side::Armed) | (Side::Armed, Side::State) => Some(1),
        (Side::Armed, Side::Armed) => Some(2),
        (Side::State | Side::Armed, Side::Civilian)
        | (Side::Civilian, Side::State | Side::Armed) => Some(3),
        _ => None,
    }
}

#[derive(Clone, Copy)]
enum Side {
    State,
    Armed,
    Civilian,
}

const fn side_of(kind: ActorKind) -> Option<Side> {
    Some(match kind {
        _ if kind.is_state_side() => Side::State,
        _ if kind.is_armed_group() => Side::Armed,
        ActorKind::Civilians | ActorKind::Community | ActorKind::Protesters => Side::Civilian,
        _ => return None,
    })
}

const TAKEN_OVER: &str = "taken over from the sentence that told of the same event before";

/// Notes once that a value was taken over.
fn note(reasons: &mut Vec<String>) {
    if reasons.iter().all(|reason| reason != TAKEN_OVER) {
        reasons.push(TAKEN_OVER.to_owned());
    }
}

/// Takes over when and where `earlier` was, the same event told before, where `later` leaves it out.
pub(crate) fn inherit_setting(later: &mut ClaimContent, earlier: &ClaimContent) {
    take_setting(later, earlier, TAKEN_OVER, Taken::Both);
}

/// Takes over from `earlier`, the same event told before in the same report, what `later` leaves out.
pub(crate) fn inherit(later: &mut ClaimContent, earlier: &ClaimContent) {
    inherit_setting(later, earlier);
    let same = later.type_id == earlier.type_id;
    if same && later.roles.is_empty() && !earlier.roles.is_empty() {
        later.roles.clone_from(&earlier.roles);
        for role in &mut later.roles {
            note(&mut role.reasons);
        }
        later.gaps.retain(|gap| !matches!(gap.field, GapField::Initiator | GapField::Target));
        later.projections.ucdp.clone_from(&earlier.projections.ucdp);
        later.evidence = later.evidence.clone().and(earlier.evidence.first().clone());
    } else if later.roles.iter().all(|role| role.role != RoleKind::Initiator) {
        // "Russian jets bombed the town. *The strikes* killed six."
        let doers = earlier.roles.iter().filter(|role| role.role == RoleKind::Initiator);
        take_over(later, doers.cloned().collect(), TAKEN_OVER);
    }
}

/// The words of the trigger's phrase, for telling "the clashes" from "clashes".
pub(crate) fn is_definite(view: &View<'_>, frame: &Frame) -> bool {
    matches!(view.word(frame.group.start), "the" | "these" | "this" | "those")
}
