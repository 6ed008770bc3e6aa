//! Who is meant by a number alone: "fourteen civilians were killed and *48* injured", "gunmen seized nine teachers. *Three* have been let go".
//!
//! Owns what such a number counts; refuses numbers that nothing told before them explains.

use averment_lang::Pos;
use averment_types::{Antecedent, CasualtyGroup, ClaimContent, Role, RoleKind, TextRange};

use crate::view::View;

/// So many bytes back those are told of whom some are let go or die later.
const NEAR: usize = 400;

/// Words that count without saying what, beside numerals.
const COUNTS: [&str; 19] = [
    "all", "both", "others", "other", "more", "another", "dozens", "scores", "hundreds", "several",
    "some", "many", "most", "half", "few", "a", "the", "them", "rest",
];

/// Says of the victims among `told`, the claims of one sentence, that are mere numbers whom they count; `earlier` are those before.
pub(crate) fn explain(view: &View<'_>, earlier: &[ClaimContent], told: &mut [ClaimContent]) {
    let own: Vec<(TextRange, Role)> = victims(told).map(|r| (r.range, r.clone())).collect();
    let groups: Vec<(TextRange, CasualtyGroup)> =
        told.iter().flat_map(|c| &c.casualties).filter_map(|c| Some((c.range, c.of?))).collect();
    // A toll counts anew.
    for claim in told.iter_mut().filter(|claim| claim.type_id.as_str() != "casualty_toll") {
        // Of those taken some are let go, of those hurt some die.
        let before = match claim.type_id.as_str() {
            "release" | "freed" => &["abduction", "detention", "arrest", "captured"][..],
            _ => &[],
        };
        for role in claim.roles.iter_mut().filter(|role| role.role == RoleKind::Victim) {
            // "four *others*" are people, and no more is known of them by themselves.
            let known = role.actor.as_ref().is_some_and(|a| a.id.as_str() != "generic:people");
            if role.antecedent.is_some() || known || !is_bare(view, role.range) {
                continue;
            }
            let here = own
                .iter()
                .filter(|(range, other)| {
                    range.end() <= role.range.start() && !is_bare(view, other.range)
                })
                .max_by_key(|(range, _)| range.end())
                .map(|(_, other)| other);
            let start = view.sentence.range.start();
            let near = earlier
                .iter()
                .rev()
                .take_while(|c| start.saturating_sub(c.evidence.first().range().end()) <= NEAR);
            let taken = near.filter(|c| before.contains(&c.type_id.as_str()));
            let lately = || taken.flat_map(|c| victims(std::slice::from_ref(c))).next();
            let Some(meant) = here.or_else(lately) else { continue };
            let told_here = view.sentence.range.contains(meant.range);
            let people = if told_here { counted(view, meant.range) } else { Some(meant.range) };
            let Some(people) = people else { continue };
            let group = groups.iter().find(|(range, _)| range.overlaps(meant.range));
            let mut own = claim.casualties.iter_mut().filter(|c| c.range.overlaps(role.range));
            if let Some((own, (_, group))) = own.find(|c| c.of.is_none()).zip(group) {
                own.of = Some(*group);
            }
            role.antecedent = Antecedent::at(view.text, people);
            role.actor.clone_from(&meant.actor);
            role.reasons = vec![format!("a number alone; it counts those of “{}”", meant.text)];
        }
    }
}

fn victims(claims: &[ClaimContent]) -> impl Iterator<Item = &Role> {
    claims.iter().flat_map(|claim| &claim.roles).filter(|role| role.role == RoleKind::Victim)
}

/// The words for those who are counted, without how many they are: "at least four *people*"; nothing of one who is not counted: "*a* nurse".
fn counted(view: &View<'_>, range: TextRange) -> Option<TextRange> {
    let here = |at: &usize| view.tokens.get(*at).is_some_and(|t| t.range.overlaps(range));
    let first = (0..view.tokens.len()).find(here);
    if first.is_some_and(|at| matches!(view.word(at), "a" | "an")) {
        return None;
    }
    let counts = |at: &usize| {
        let noun = matches!(view.pos(*at), Pos::Noun | Pos::Propn);
        matches!(view.pos(*at), Pos::Num | Pos::Adv | Pos::Det | Pos::Adp)
            || !noun && matches!(view.word(*at), "least" | "than" | "few" | "many" | "several")
    };
    let start = (first?..view.tokens.len()).take_while(here).find(|at| !counts(at));
    let start = start.and_then(|at| view.tokens.get(at)).map_or(range.start(), |t| t.range.start());
    TextRange::new(start, range.end()).ok()
}

/// Whether the words at `range` hold a number or quantity and no noun.
fn is_bare(view: &View<'_>, range: TextRange) -> bool {
    let here = |at: &usize| view.tokens.get(*at).is_some_and(|t| t.range.overlaps(range));
    let mut words = (0..view.tokens.len()).filter(here).peekable();
    words.peek().is_some()
        && words.all(|at| {
            matches!(view.pos(at), Pos::Num | Pos::Adv | Pos::Adp | Pos::Det | Pos::Punct)
                || COUNTS.contains(&view.word(at))
                || view.word(at) == "least"
        })
}
