//! Who is quoted, and who was told: "AFP quoted a commander as saying", "was told by a guard".

use std::ops::Range;

use averment_lang::{Dep, Pos};
use averment_types::{AttributionLink, TextRange};

use super::{Carry, Finder, Scope};
use crate::subject::subject;
use crate::view::Phrase;

impl Finder<'_, '_> {
    /// "quoting a commander", "quoted by a paper": the object speaks, or the agent, and all of the sentence is
    /// theirs, but for what reports it.
    pub(super) fn quoted(&self, cue: Range<usize>) -> Option<Scope> {
        let view = self.view;
        let (verb, tree) = (cue.start, &view.tree);
        if view.pos(verb) != Pos::Verb {
            return None;
        }
        if tree.child(verb, Dep::Nsubj).is_some() && view.is_passive(verb) {
            return self.is_quoted(verb);
        }
        let by =
            |at: &usize| tree.case(*at).is_some_and(|case| matches!(view.word(case), "by" | "in"));
        let direct = view.phrase_of(cue.end);
        let agent = tree.children_in(verb, &[Dep::Obl, Dep::Nmod]).find(by);
        let active = tree.child(verb, Dep::Obj).is_some();
        let agent = agent.filter(|_| !active).and_then(|at| view.phrase_of(at));
        let behind = agent.or(direct)?;
        let cue_range = view.range(&cue)?;
        let end = view.phrases.get(behind)?.tokens.end;
        let mut links: Vec<AttributionLink> = Vec::new();
        // "The paper quoted a commander *as saying* that": what he says, and both say so.
        let told = tree
            .children_in(verb, &[Dep::Advcl, Dep::Obl, Dep::Xcomp])
            .find(|at| {
                *at > end
                    && tree.children_in(*at, &[Dep::Mark, Dep::Case]).any(|m| view.word(m) == "as")
            })
            .map(|at| tree.span(at));
        // "*Citing* partners, the agency said"
        let says = |at: &usize| self.lexicon.say.at(&view.words, *at).is_some();
        let said = tree.upward(verb).skip(1).take(2).find(says);
        let own = tree.child(verb, Dep::Nsubj).map(|_| verb);
        if let Some(quotes) = own.filter(|_| !view.is_passive(verb)).or(said) {
            links.extend(self.together(&subject(view, quotes).phrases, cue_range, true));
        }
        // "withdrew, *citing* security concerns" quotes nobody, nor does who "spoke of hard times, *citing* the pandemic".
        let thing = view.pos(cue.start) == Pos::Verb && view.word(cue.start).starts_with("cit");
        let speaks = |p: &Phrase| !thing || self.lexicon.documents.has(view.head(p));
        let sure = agent.is_some()
            || own.or(said).is_some() && view.phrases.get(behind).is_some_and(speaks);
        links.extend(self.link_as(behind, cue_range, sure));
        // Whoever is quoted stands inside what the quoting source says; who quotes stands around the quoted.
        let inner = usize::from(agent.is_none());
        let fronted = verb > 0 && tree.children_in(verb, &[Dep::Ccomp]).any(|at| at < verb);
        let all = 0..view.words.len().saturating_sub(inner);
        let tokens = told.filter(|told| !fronted && told.len() > 2).unwrap_or(all);
        (!links.is_empty()).then_some(Scope {
            tokens,
            speech: cue.start..end,
            links,
            denial: None,
            cue: cue_range,
            aside: 0..0,
        })
    }

    /// "A gunner is *quoted* by the paper as saying": the subject speaks, and the agent quotes him.
    fn is_quoted(&self, verb: usize) -> Option<Scope> {
        let (view, tree) = (self.view, &self.view.tree);
        let cue = view.tokens.get(verb)?.range;
        let own = tree.child(verb, Dep::Nsubj)?;
        let by =
            |at: &usize| tree.case(*at).is_some_and(|case| matches!(view.word(case), "by" | "in"));
        let saying = tree.children_in(verb, &[Dep::Advcl, Dep::Xcomp, Dep::Obl]).find(|at| {
            *at > verb
                && tree.children_in(*at, &[Dep::Mark, Dep::Case]).any(|m| view.word(m) == "as")
        });
        let mut obliques = [Some(verb), saying]
            .into_iter()
            .flatten()
            .flat_map(|at| tree.children_in(at, &[Dep::Obl]));
        let outlet = obliques.find(by).and_then(|at| view.phrase_of(at));
        let subject = view.phrase_of(own);
        let links: Vec<AttributionLink> = [outlet, subject]
            .into_iter()
            .flatten()
            .filter_map(|p| self.link_as(p, cue, true))
            .collect();
        let fronted = tree.children_in(verb, &[Dep::Ccomp]).any(|at| at < verb);
        let tokens = match saying {
            Some(saying) if !fronted => tree.span(saying),
            _ => 0..view.words.len(),
        };
        (!links.is_empty()).then(|| Scope {
            speech: own..verb + 1,
            tokens,
            links,
            denial: None,
            cue,
            aside: tree.span(own),
        })
    }

    /// "He had been *told by* a guard that", "were *accused by* the army of": the agent speaks.
    pub(super) fn told_by(&self, verb: usize) -> Option<Scope> {
        let (view, tree) = (self.view, &self.view.tree);
        if view.pos(verb) != Pos::Verb || !view.is_passive(verb) {
            return None;
        }
        let agent = view.agent(verb)?;
        let told =
            tree.children_in(verb, &[Dep::Ccomp, Dep::Advcl, Dep::Xcomp]).find(|at| *at > verb)?;
        let tokens = tree.span(told);
        let speech = verb..tokens.start.max(verb + 1);
        self.scope_of(verb, &view.phrases_of(agent), tokens, speech)
    }

    /// What stands at `tokens`, said by those whom the phrases `speakers` name, as the verb at `verb` tells in the words at `speech`.
    pub(super) fn scope_of(
        &self,
        verb: usize,
        speakers: &[usize],
        tokens: Range<usize>,
        speech: Range<usize>,
    ) -> Option<Scope> {
        let cue = self.view.tokens.get(verb)?.range;
        let links = vec![self.together(speakers, cue, true)?];
        Some(Scope { tokens, speech, links, denial: None, cue, aside: 0..0 })
    }

    /// "The general is *sure* that": whoever thinks so.
    pub(super) fn minded(&self, adjective: usize) -> Option<Scope> {
        let (view, tree) = (self.view, &self.view.tree);
        tree.child(adjective, Dep::Cop)?;
        let told = tree.children_in(adjective, &[Dep::Ccomp]).find(|at| *at > adjective)?;
        let own = tree.child(adjective, Dep::Nsubj).filter(|at| *at < adjective)?;
        let noun = view.phrase_of(own).and_then(|p| view.phrases.get(p))?;
        if view.head(noun) == "it" || self.is_nobody(noun) {
            return None;
        }
        let cue = view.tokens.get(adjective)?.range;
        let links: Vec<AttributionLink> =
            self.together(&view.phrases_of(own), cue, true).into_iter().collect();
        let tokens = tree.span(told);
        (!links.is_empty()).then(|| Scope {
            speech: noun.tokens.start..tokens.start,
            tokens,
            links,
            denial: None,
            cue,
            aside: noun.tokens.clone(),
        })
    }

    /// Who is said in this sentence to have spoken what was quoted before: whoever speaks outside of quotation marks, or the
    /// subject of a verb that tells of speaking alone.
    pub(super) fn speaks(&self, scopes: &[Scope], carry: &Carry) -> Option<Vec<AttributionLink>> {
        let (view, tree) = (self.view, &self.view.tree);
        if !carry.is_waited_for() {
            return None;
        }
        if let Some(scope) = scopes.iter().find(|scope| !scope.links.is_empty()) {
            return Some(scope.links.clone());
        }
        let verb = (0..view.words.len()).find(|at| {
            self.lexicon.speaks.at(&view.words, *at).is_some() && tree.head(*at).is_none()
        })?;
        let own = tree.child(verb, Dep::Nsubj)?;
        let cue = view.tokens.get(verb)?.range;
        let link = self.link_as(view.phrase_of(own)?, cue, true)?;
        Some(vec![link])
    }

    /// Who is going to speak behind the colon that ends the sentence: "The two *issued* a statement:".
    pub(super) fn announced(&self) -> Option<Vec<AttributionLink>> {
        let last = self.view.words.len().checked_sub(1)?;
        self.announcers(last).map(|(links, _)| links)
    }

    /// "The two issued a statement: “…": who speaks in the quotation behind a colon.
    pub(super) fn announcing(&self) -> Option<Scope> {
        let view = self.view;
        let colon =
            (0..view.words.len()).find(|at| view.is_quote(*at + 1) && view.word(*at) == ":")?;
        let (links, cue) = self.announcers(colon)?;
        let tokens = colon + 1..view.words.len();
        Some(Scope { tokens, speech: 0..colon + 1, links, denial: None, cue, aside: 0..0 })
    }

    /// "From our correspondent in Gao: “…": who is named, and nothing told of him, before the colon at `colon` that opens a quotation.
    fn heading(&self, colon: usize) -> Option<(Vec<AttributionLink>, TextRange)> {
        let view = self.view;
        let opens = view.word(colon) == ":" && view.is_quote(colon + 1);
        let person = |phrase: &&Phrase| {
            let head = view.head(phrase);
            phrase.tokens.end <= colon
                && (self.lexicon.is_person(head) || self.lexicon.speaker(head).is_some())
        };
        let named = view.phrases.iter().find(person).filter(|_| opens)?;
        let link = self.link_as(view.phrase_of(named.head)?, named.range, true)?;
        Some((vec![link], named.range))
    }

    /// The subject of the main verb before the colon at `colon`, as whoever speaks behind it, with the verb's words.
    fn announcers(&self, colon: usize) -> Option<(Vec<AttributionLink>, TextRange)> {
        let (view, tree) = (self.view, &self.view.tree);
        let Some(verb) = (0..colon).find(|at| view.pos(*at) == Pos::Verb) else {
            return self.heading(colon);
        };
        let subject = tree.child(verb, Dep::Nsubj).filter(|at| *at < verb)?;
        let said = |at: &usize| {
            matches!(
                view.word(*at),
                "statement"
                    | "message"
                    | "letter"
                    | "declaration"
                    | "communique"
                    | "communiqué"
                    | "tweet"
                    | "post"
                    | "video"
            )
        };
        if view.word(colon) != ":" || !(verb..colon).any(|at| said(&at)) {
            return None;
        }
        let cue = view.tokens.get(verb)?.range;
        let links: Vec<AttributionLink> =
            self.together(&view.phrases_of(subject), cue, true).into_iter().collect();
        (!links.is_empty()).then_some((links, cue))
    }
}
