//! What the words around an act say of it: who counts its dead, who has seen it, who judges it, and that it was told before.
//!
//! Owns the verbs above an act and the event that its noun tells again; what the act itself says is the frames'.

use averment_codebook::Trigger;
use averment_lang::{Dep, Pos};
use averment_types::ClaimContent;

use crate::attribution::{self, Scope};
use crate::coder::{Coder, Found};
use crate::frame::Frame;
use crate::setting::{self, Retelling, is_elsewhere_since};
use crate::view::View;
use crate::{assemble, causes};

impl Coder {
    /// Whoever counts the dead: "*the governor* put the toll at twelve".
    pub(crate) fn counter(&self, view: &View<'_>, trigger: &Trigger) -> Option<Scope> {
        let puts = ["put", "puts", "putting", "estimates", "estimated"];
        let verb = trigger.tokens.start;
        let counts = puts.contains(&view.word(verb)) && !view.is_passive(verb);
        let subject = view.tree.child(verb, Dep::Nsubj).filter(|_| counts)?;
        attribution::heard(view, subject, &self.lexicon, &self.registry)
    }

    /// The verb that says who has seen the event at `act`: "the town has *seen* fighting", "*saw* ten people killed".
    pub(crate) fn sees(&self, view: &View<'_>, act: usize) -> Option<usize> {
        let tree = &view.tree;
        let object = |at: &usize| tree.dep(*at) == Dep::Obj;
        let above = match tree.dep(act) {
            Dep::Obj | Dep::Xcomp | Dep::Ccomp => tree.head(act),
            Dep::Acl => tree.head(act).filter(object).and_then(|noun| tree.head(noun)),
            _ => None,
        };
        above.filter(|verb| self.lexicon.sees.at(&view.words, *verb).is_some())
    }

    /// The verb by which somebody judges the act named at `act`: "*condemned* the attack on Wednesday", "*blamed* it on the rebels".
    pub(crate) fn judged_by(&self, view: &View<'_>, act: usize) -> Option<usize> {
        let tree = &view.tree;
        let lexicon = &self.lexicon;
        let named = view.pos(act) == Pos::Noun && matches!(tree.dep(act), Dep::Obj | Dep::Obl);
        let verbs = [&lexicon.judges, &lexicon.blames, &lexicon.charges, &lexicon.accuse];
        let judges = |verb: &usize| verbs.iter().any(|all| all.at(&view.words, *verb).is_some());
        tree.head(act).filter(judges).filter(|_| named)
    }

    /// Takes over what was told before of the event that the noun of `content` tells again.
    pub(crate) fn retell(
        &self,
        view: &View<'_>,
        frame: &Frame,
        found: &Found,
        content: &mut ClaimContent,
        told: &[ClaimContent],
    ) {
        let known = (&self.codebook, found.reading.sentences());
        let head = causes::head_of(view, content.trigger);
        let retelling = head.and_then(|head| Retelling::of(view, known, head, &frame.group));
        let Some(retelling) = retelling else { return };
        let label = setting::over(&found.labels, view.sentence.range);
        let under = label.map_or(0, |label| label.range.start());
        let stays = |c: &ClaimContent| {
            under <= c.trigger.start() && !is_elsewhere_since(view, &found.places, c)
        };
        let meant = retelling.antecedents(content, told, &stays);
        let Some((first, others)) = meant.split_first() else { return };
        retelling.unbind(content, first);
        assemble::inherit(content, first);
        // What the likeliest leaves out the others may tell, where nothing says that they are further events.
        for other in others.iter().filter(|other| setting::may_be_one(first, other)) {
            assemble::inherit_setting(content, other);
        }
    }
}
