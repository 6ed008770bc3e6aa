//! Weapons and whose they are: "*rebel* rockets", "shells fired by *the army*".
//!
//! Owns which phrases name a weapon, and who is told to wield it; refuses what a weapon did.

use averment_actors::MentionKind;
use averment_codebook::{Function, Kind};
use averment_lang::Dep;
use averment_types::{ActorKind, RoleKind};

use crate::fillers::{Filler, Filling};

impl Filling<'_, '_> {
    pub(crate) fn is_weapon(&self, filler: &Filler) -> bool {
        let wielded = || {
            let named = filler.mention.and_then(|at| self.view.mention(at)).map(|m| m.span);
            let head = self.phrase(filler).and_then(|p| self.view.tokens.get(p.head));
            // "*Turkish army* howitzers"
            self.lexicon.wielded.has(self.head(filler))
                && named.zip(head).is_some_and(|(named, head)| {
                    !named.overlaps(head.range) && filler.range.contains(head.range)
                })
        };
        filler.mention.is_none() && self.lexicon.is_weapon(self.head(filler)) || wielded()
    }

    /// Whether it is a weapon that one can take in hand, and no act.
    pub(crate) fn is_tool(&self, filler: &Filler) -> bool {
        let head = self.head(filler);
        self.lexicon.wielded.has(head) && self.is_weapon(filler)
            || matches!(
                head,
                "bomb" | "grenade" | "grenades" | "mine" | "mines" | "landmine" | "device"
            )
    }

    /// Whose the tool is: "*Ukrainian* drones struck", "*the army's* shells fell", "bombs dropped from *army* helicopters". An *Afghan* car bomb is
    /// nobody's.
    pub(crate) fn wielders(&self, tool: &Filler) -> Vec<Filler> {
        let from_air = self.phrase(tool).is_some_and(|phrase| {
            let kind = phrase.head.checked_sub(1).map_or("", |at| self.view.word(at));
            matches!(kind, "barrel" | "cluster" | "phosphorus" | "vacuum")
        });
        if !(self.lexicon.wielded.has(self.head(tool)) || from_air) {
            return Vec::new();
        }
        let used = self.users(tool);
        if !used.is_empty() {
            return used;
        }
        let (view, noun) = (self.view, self.phrase(tool).map(|phrase| phrase.head));
        let of_tool = |f: &Filler| {
            let at = view.tokens.iter().rposition(|t| t.range.overlaps(f.range));
            at.is_some_and(|at| view.tree.head(at) == noun)
        };
        let before = [Function::Amod, Function::Compound];
        let named = before.iter().flat_map(|f| self.fillers(RoleKind::Initiator, tool.phrase, f));
        // "a *DJI* drone" says who made it.
        let made_by = |f: &Filler| {
            let mention = f.mention.and_then(|at| self.view.mention(at));
            mention.is_none_or(|m| m.kind == MentionKind::Named && m.actor.is_none())
        };
        let named = named.filter(of_tool).filter(|f| !made_by(f));
        let owner = self.phrase(tool).and_then(|phrase| phrase.possessor);
        let owner = owner.and_then(|owner| self.filler(RoleKind::Initiator, owner));
        let owners = named.chain(owner.filter(|owner| self.suits(RoleKind::Initiator, owner)));
        let mut owners: Vec<Filler> = owners.collect();
        // "*Mali* insurgent rockets": the country is where they are.
        let state = |f: &Filler| self.acts_as(f, |kind| kind == ActorKind::State);
        if owners.iter().any(|f| !state(f)) {
            owners.retain(|f| !state(f));
        }
        owners
    }

    /// Those by whom the tool is said to be used, or whose aircraft dropped it: "shells *fired by rebels*".
    fn users(&self, tool: &Filler) -> Vec<Filler> {
        let (view, tree) = (self.view, &self.view.tree);
        let Some(noun) = self.phrase(tool).map(|phrase| phrase.head) else { return Vec::new() };
        let used =
            tree.children_in(noun, &[Dep::Acl]).filter(|at| !view.word(*at).ends_with("ing"));
        let behind = used.flat_map(|verb| tree.children_in(verb, &[Dep::Obl]));
        let by = |at: &usize| {
            tree.case(*at).is_some_and(|case| matches!(view.word(case), "by" | "from"))
        };
        let phrases = behind.filter(by).flat_map(|at| view.phrases_of(at));
        let whole = phrases.filter_map(|phrase| self.filler(RoleKind::Initiator, phrase));
        let wielding = |user: Filler| {
            if self.is_weapon(&user) || self.lexicon.lists(Kind::Aircraft, self.head(&user)) {
                return self.wielders(&user);
            }
            if self.is_person(&user) { vec![user] } else { Vec::new() }
        };
        whole.flat_map(wielding).collect()
    }
}
