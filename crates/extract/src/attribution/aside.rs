//! Who speaks without a reporting verb: accusers, those who give an event its name, and who stands before a colon.

use averment_lang::{Dep, EntityKind, Pos, Subtype};
use averment_types::{ActorKind, AttributionLink, SpeakerKind};

use super::{Finder, Scope};
use crate::subject::subject;
use crate::view::View;

impl Finder<'_, '_> {
    /// "The army accused the rebels of shelling it": what they are accused of is the accuser's word.
    pub(super) fn accused(&self, verb: usize) -> Option<Scope> {
        let (view, tree) = (self.view, &self.view.tree);
        if view.pos(verb) == Pos::Verb && view.is_passive(verb) {
            return self.told_by(verb);
        }
        if view.pos(verb) != Pos::Verb {
            return None;
        }
        let object = tree.child(verb, Dep::Obj)?;
        let told = tree
            .children_in(verb, &[Dep::Advcl, Dep::Xcomp, Dep::Ccomp, Dep::Obl])
            .chain(tree.children_in(object, &[Dep::Acl, Dep::Nmod]))
            .find(|at| {
                *at > verb
                    && tree
                        .children_in(*at, &[Dep::Mark, Dep::Case])
                        .any(|m| view.word(m) == "of" && m < *at)
            })?;
        let speaker = *subject(view, verb).phrases.first()?;
        let cue = view.tokens.get(verb)?.range;
        let links = vec![self.link_as(speaker, cue, true)?];
        let tokens = tree.span(told);
        Some(Scope {
            speech: verb..tokens.start.max(verb + 1),
            tokens,
            links,
            denial: None,
            cue,
            aside: 0..0,
        })
    }

    /// "*Police* attributed the raid to rebels", "blamed them for it": that it was they is the word of whoever puts it down
    /// to them. What else is told of the act is not.
    pub(super) fn blamed(&self, verb: usize) -> Option<Scope> {
        let (view, tree) = (self.view, &self.view.tree);
        let relation = tree.relation(verb);
        let reduced = relation.universal == Dep::Acl && !relation.is(Dep::Acl, Subtype::Relcl);
        let case = |at: usize| tree.case(at).map_or("", |case| view.word(case));
        let passive = view.is_passive(verb) || reduced;
        let act = match () {
            () if reduced => tree.head(verb),
            () if passive => tree.child(verb, Dep::Nsubj),
            () => tree.child(verb, Dep::Obj),
        };
        let over = tree.children_in(verb, &[Dep::Obl]).find(|at| case(*at) == "for");
        let act = act.into_iter().chain(over).find(|at| view.names_event(*at))?;
        let speaker =
            if passive { view.phrases_of(view.agent(verb)?) } else { subject(view, verb).phrases };
        let phrase = view.phrase_of(act).and_then(|p| view.phrases.get(p))?;
        self.scope_of(verb, &speaker, phrase.tokens.clone(), verb..verb + 1)
    }

    /// "The raid was denied *by the army*": all that the subject of the verb tells is denied.
    pub(super) fn denied_by(&self, verb: usize) -> Option<Scope> {
        let (view, tree) = (self.view, &self.view.tree);
        if view.pos(verb) != Pos::Verb || !view.is_passive(verb) || self.removes(verb) {
            return None;
        }
        let agent = view.agent(verb)?;
        let told = tree.child(verb, Dep::Nsubj).filter(|at| *at < verb)?;
        let scope =
            self.scope_of(verb, &view.phrases_of(agent), tree.span(told), verb..verb + 1)?;
        Some(Scope { denial: Some(verb), ..scope })
    }

    /// "in what *Tripoli* called a raid": that it was one is the word of whoever calls it so.
    pub(super) fn termed(&self, verb: usize) -> Option<Scope> {
        let (view, tree) = (self.view, &self.view.tree);
        if !is_termed(view, verb) {
            return None;
        }
        let as_it = |at: &usize| tree.case(*at).is_some_and(|case| view.word(case) == "as");
        let named = tree.children_in(verb, &[Dep::Xcomp, Dep::Obj]).find(|at| *at > verb);
        let named = named.or_else(|| tree.children_in(verb, &[Dep::Obl]).find(as_it))?;
        let tokens = tree.span(named);
        let speakers = subject(view, verb).phrases;
        self.scope_of(verb, &speakers, tokens.clone(), tree.head(verb)?..tokens.start)
    }

    /// "Army: forty rebels killed": who stands before a colon at the head of the sentence.
    pub(super) fn headed(&self) -> Option<Scope> {
        let view = self.view;
        let colon = (1..7).find(|at| view.word(*at) == ":")?;
        let first = view.phrase_of(0)?;
        let phrase = view.phrases.get(first).filter(|p| p.tokens.end == colon)?;
        let cue = phrase.range;
        // "Libya: fourteen shot dead" names the place.
        let is_state =
            |l: &AttributionLink| l.actor.as_ref().is_some_and(|a| a.kind == ActorKind::State);
        let heard = view.entity_at(phrase.range).map(|(kind, _)| kind);
        let place = heard == Some(EntityKind::Location);
        // "Kivu land feud: army counts 12 dead" names the topic.
        let names = matches!(heard, Some(EntityKind::Organization | EntityKind::Person));
        let topic = |l: &AttributionLink| l.kind == SpeakerKind::Unknown && !names;
        let speaks = |link: &AttributionLink| !place && !is_state(link) && !topic(link);
        let links = vec![self.link(first, cue).filter(speaks)?];
        let tokens = colon + 1..view.words.len();
        Some(Scope { tokens, speech: 0..colon + 1, links, denial: None, cue, aside: 0..0 })
    }
}

/// Whether a verb only gives a name to what is told: "what the army *described* as a camp".
pub(crate) fn is_termed(view: &View<'_>, verb: usize) -> bool {
    const TERMS: [&str; 12] = [
        "called",
        "calls",
        "described",
        "describes",
        "termed",
        "terms",
        "dubbed",
        "labelled",
        "labeled",
        "branded",
        "characterised",
        "characterized",
    ];
    let tree = &view.tree;
    TERMS.contains(&view.word(verb))
        && tree.relation(verb).is(Dep::Acl, Subtype::Relcl)
        && tree.head(verb).is_some_and(|head| view.word(head) == "what")
}
