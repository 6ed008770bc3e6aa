//! The coder's claims as templates: one a kind of incident.
//!
//! A claim of violence that is affirmed becomes a part of the template of its kind. An initiator whom the registry
//! knows by name and as more than a person is a group, any other a person or persons; a target that is a known person is a
//! victim, any other an object. The measure wants victims by name, so those without one count against it.

use averment_extract::Coder;
use averment_types::{ActorKind, ClaimContent, Polarity, Report, Role as ClaimRole, RoleKind};

use super::score::{Role, Template, normal};

/// The templates that the claims of `report` give.
pub(super) fn templates(coder: &Coder, report: Report) -> Vec<Template> {
    let found = coder.code(report).report;
    let mut all: Vec<Template> = Vec::new();
    for claim in found.claims.iter().map(averment_types::Claim::content) {
        let Some(kind) = incident(claim).filter(|_| claim.polarity == Polarity::Affirmed) else {
            continue;
        };
        let at = all.iter().position(|template| template.kinds.contains(kind));
        let at = at.unwrap_or_else(|| {
            all.push(Template { kinds: [kind.to_owned()].into(), ..Template::default() });
            all.len() - 1
        });
        let Some(template) = all.get_mut(at) else { continue };
        for own in &claim.roles {
            let Some(role) = role(own) else { continue };
            let words = own.range.slice(&found.report.text).unwrap_or_default();
            let entity = [normal(words)].into();
            let known = template.fillers.entry(role).or_default();
            if !known.contains(&entity) {
                known.push(entity);
            }
        }
    }
    all.retain(|template| !template.fillers.is_empty());
    all
}

/// The kind of incident that a type of claim stands for.
fn incident(claim: &ClaimContent) -> Option<&'static str> {
    Some(match claim.type_id.as_str() {
        "attack"
        | "killing"
        | "injury"
        | "assassination"
        | "ambush"
        | "raid"
        | "massacre"
        | "execution"
        | "shelling"
        | "air_strike"
        | "grenade_attack"
        | "property_destruction" => "attack",
        "bombing" | "suicide_attack" => "bombing",
        "abduction" => "kidnapping",
        "arson" => "arson",
        "looting" => "robbery",
        _ => return None,
    })
}

/// The measure's role of a claim's participant.
fn role(own: &ClaimRole) -> Option<Role> {
    let actor = own.actor.as_ref();
    // "guerrillas" are persons; the registry's own groups have names.
    let is_group =
        actor.is_some_and(|actor| actor.kind != ActorKind::Person && !actor.id.is_generic());
    let is_known_person = actor.is_some_and(|actor| actor.kind == ActorKind::Person);
    match own.role {
        RoleKind::Initiator if is_group => Some(Role::Group),
        RoleKind::Initiator => Some(Role::Person),
        RoleKind::Victim => Some(Role::Victim),
        RoleKind::Target if is_known_person => Some(Role::Victim),
        RoleKind::Target => Some(Role::Object),
        RoleKind::Instrument => Some(Role::Weapon),
        _ => None,
    }
}
