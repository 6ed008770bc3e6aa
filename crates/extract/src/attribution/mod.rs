//! Who says so: reporting verbs, "according to", quotations that run on, and whom it was told.

mod aside;
mod speaker;

use std::ops::Range;

use averment_actors::Registry;
use averment_lang::{Dep, Pos, Subtype};
use averment_types::{AttributionLink, TextRange};

use crate::lexicon::Lexicon;
use crate::subject::subject;
use crate::view::{Phrase, View};

/// A stretch of a sentence that somebody is said to have said.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    /// The tokens of what is said.
    pub(crate) tokens: Range<usize>,
    /// The tokens that tell of the saying: speaker, cue, and when and to whom it was said.
    pub(crate) speech: Range<usize>,
    /// Who says it, from the narrator outward.
    pub(crate) links: Vec<AttributionLink>,
    /// Whether what is said is denied.
    pub(crate) denial: bool,
    cue: TextRange,
    /// The speaker with all that is told of him, which he does not say: "said X, *who commands* the rebels".
    aside: Range<usize>,
}

impl Scope {
    /// Whether what the token at `at` tells is said by the speaker.
    pub(crate) fn covers(&self, at: usize) -> bool {
        self.tokens.contains(&at) && !self.aside.contains(&at)
    }

    /// The words that attribute.
    pub(crate) fn cue_words<'t>(&self, text: &'t str) -> &'t str {
        self.cue.slice(text).unwrap_or_default()
    }
}

/// What one sentence hands to the next: who spoke last, and whether a quotation is still open.
#[derive(Debug, Default)]
pub(crate) struct Carry {
    links: Vec<AttributionLink>,
    open_quote: bool,
    paragraph: Option<TextRange>,
}

/// Finds the scopes of a sentence and updates what is carried on. `taken` are tokens of event triggers,
/// which do not attribute: "claimed responsibility".
pub(crate) fn find(
    view: &View<'_>,
    taken: &[Range<usize>],
    lexicon: &Lexicon,
    registry: &Registry,
    carry: &mut Carry,
) -> Vec<Scope> {
    let finder = Finder { view, lexicon, registry };
    let mut scopes = Vec::new();
    for at in 0..view.words.len() {
        if taken.iter().any(|t| t.contains(&at)) {
            continue;
        }
        let source = lexicon.sources.at(&view.words, at);
        if let Some(scope) = source.and_then(|len| finder.according(at..at + len)) {
            scopes.push(scope);
        } else if let Some(len) = lexicon.quote.at(&view.words, at) {
            scopes.extend(finder.quoted(at..at + len));
        } else if let Some(len) = lexicon.say.at(&view.words, at) {
            scopes.extend(finder.said(at..at + len, carry));
        } else if let Some(len) = lexicon.say_clause.at(&view.words, at) {
            let said = finder.tells(at).then(|| finder.said(at..at + len, carry)).flatten();
            scopes.extend(said);
        } else if lexicon.accuse.at(&view.words, at).is_some() {
            scopes.extend(finder.accused(at));
        }
    }
    if scopes.is_empty() {
        scopes.extend(finder.headed());
    }
    let quoted = carry.open_quote || view.is_quote(0);
    let same_place = carry.paragraph == Some(view.sentence.paragraph) || view.is_quote(0);
    if scopes.is_empty() && quoted && same_place && !carry.links.is_empty() {
        let cue = carry.links.last().map_or(view.sentence.range, |l| l.cue_range);
        scopes.push(Scope {
            tokens: 0..view.words.len(),
            speech: 0..0,
            links: carry.links.clone(),
            denial: false,
            cue,
            aside: 0..0,
        });
    }
    carry.update(view, &scopes);
    // The widest scope is the narrator's neighbour; what lies inside it was said further away.
    scopes.sort_by_key(|s| (std::cmp::Reverse(s.tokens.len()), s.tokens.start));
    scopes
}

/// The scope of the speaker at the token `at`, whom no cue has shown: all of the sentence but his own words.
pub(crate) fn heard(
    view: &View<'_>,
    at: usize,
    lexicon: &Lexicon,
    registry: &Registry,
) -> Option<Scope> {
    let finder = Finder { view, lexicon, registry };
    let index = view.phrase_of(at)?;
    let phrase = view.phrases.get(index)?;
    let cue = view.tree.head(phrase.head).unwrap_or(phrase.head);
    let cue = view.range(&(cue..cue + 1))?;
    let link = finder.link_as(index, cue, true)?;
    Some(Scope {
        tokens: 0..view.words.len(),
        speech: phrase.tokens.clone(),
        links: vec![link],
        denial: false,
        cue,
        aside: phrase.tokens.clone(),
    })
}

impl Carry {
    /// Goes past a sentence in which nobody is heard.
    pub(crate) fn pass(&mut self, view: &View<'_>) {
        self.update(view, &[]);
    }

    fn update(&mut self, view: &View<'_>, scopes: &[Scope]) {
        if let Some(last) = scopes.last() {
            self.links.clone_from(&last.links);
        }
        for at in 0..view.words.len() {
            match view.word(at) {
                "“" | "«" | "``" => self.open_quote = true,
                "”" | "»" | "''" => self.open_quote = false,
                "\"" => self.open_quote = !self.open_quote,
                _ => {}
            }
        }
        self.paragraph = Some(view.sentence.paragraph);
    }
}

struct Finder<'v, 'a> {
    view: &'v View<'a>,
    lexicon: &'v Lexicon,
    registry: &'v Registry,
}

impl Finder<'_, '_> {
    /// "according to X and Y": all of the sentence is theirs.
    fn according(&self, cue: Range<usize>) -> Option<Scope> {
        let view = self.view;
        let first =
            (cue.end..view.words.len().min(cue.end + 4)).find_map(|at| view.phrase_of(at))?;
        let cue_range = view.range(&cue)?;
        let (mut links, mut speech) = (Vec::new(), cue);
        let head = view.phrases.get(self.owned(first))?.head;
        for index in view.phrases_of(head) {
            links.extend(self.link_as(index, cue_range, true));
            speech.end = speech.end.max(view.phrases.get(index)?.tokens.end);
        }
        (!links.is_empty()).then_some(Scope {
            tokens: 0..self.view.words.len(),
            speech,
            links,
            denial: false,
            cue: cue_range,
            aside: 0..0,
        })
    }

    /// "quoting a commander", "quoted by a paper": the object speaks, or the agent, and all of the sentence is
    /// theirs, but for what reports it.
    fn quoted(&self, cue: Range<usize>) -> Option<Scope> {
        let view = self.view;
        let (verb, tree) = (cue.start, &view.tree);
        if view.pos(verb) != Pos::Verb {
            return None;
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
        let links: Vec<AttributionLink> =
            self.link_as(behind, cue_range, true).into_iter().collect();
        // Whoever is quoted stands inside what the quoting source says; who quotes stands around the quoted.
        let inner = usize::from(agent.is_none());
        (!links.is_empty()).then(|| Scope {
            tokens: 0..view.words.len().saturating_sub(inner),
            speech: cue.start..end,
            links,
            denial: false,
            cue: cue_range,
            aside: 0..0,
        })
    }

    /// Whether the verb at `verb` has a clause or a quotation behind or before it.
    fn tells(&self, verb: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let finite = |at: usize| {
            let here = |i: usize| view.feats(i).contains("VerbForm=Fin");
            here(at) || tree.children_in(at, &[Dep::Aux, Dep::Cop]).any(here)
        };
        let beside = |at: usize| {
            view.is_quote(at) || matches!(view.word(at), "," if at > 0 && view.is_quote(at - 1))
        };
        let foretold = self.lexicon.foresees.at(&view.words, verb).is_some()
            && tree.child(verb, Dep::Obj).is_some();
        foretold
            || tree
                .children_in(verb, &[Dep::Ccomp])
                .any(|at| finite(at) || tree.child(at, Dep::Nsubj).is_some())
            || tree.dep(verb) == Dep::Parataxis
            || verb.checked_sub(1).is_some_and(beside)
    }

    /// What the phrase at `index` owns, if it only owns: "according to *the army's spokesman*".
    fn owned(&self, index: usize) -> usize {
        let phrases = &self.view.phrases;
        phrases.iter().position(|p| p.possessor == Some(index)).unwrap_or(index)
    }

    /// A reporting verb with its subject.
    fn said(&self, cue: Range<usize>, carry: &Carry) -> Option<Scope> {
        let view = self.view;
        let verb = cue.start;
        if view.pos(verb) != Pos::Verb || view.is_passive(verb) {
            return None;
        }
        let own = view.tree.children_in(verb, &[Dep::Nsubj]).last();
        let inverted = own.is_some_and(|at| at > verb);
        let mut subjects = subject(view, verb).phrases;
        if own.is_none() {
            subjects = self.right_before(verb).unwrap_or(subjects);
        }
        subjects.retain(|p| {
            inverted || view.phrases.get(*p).is_some_and(|p| p.tokens.end <= cue.start)
        });
        let speaker = view.phrases.get(*subjects.first()?)?;
        let cue_range = view.range(&cue)?;
        let mut links: Vec<AttributionLink> = self.addressee(&cue, cue_range).into_iter().collect();
        if matches!(view.head(speaker), "he" | "she" | "they" | "it") {
            links.extend(self.pronoun(speaker, carry, cue_range));
        } else {
            let sure = self.tells(verb) || inverted;
            links.extend(subjects.iter().filter_map(|p| self.link_as(*p, cue_range, sure)));
        }
        if links.is_empty() {
            return None;
        }
        let (tokens, speech) = self.content(&cue, speaker, inverted);
        let denial = self.lexicon.deny.at(&view.words, cue.start).is_some();
        let told = view.tree.span(speaker.head);
        let aside = told.contains(&cue.start) || told.len() + 4 > tokens.len();
        let aside = if aside { speaker.tokens.clone() } else { told };
        Some(Scope { tokens, speech, links, denial, cue: cue_range, aside })
    }

    /// The list of phrases that ends right before a reporting verb for which the tree has no subject.
    fn right_before(&self, verb: usize) -> Option<Vec<usize>> {
        let (view, tree) = (self.view, &self.view.tree);
        let last = view.phrase_of(verb.checked_sub(1)?)?;
        let head = view.phrases.get(last).filter(|p| p.prep.is_none() && !p.adverbial)?.head;
        let first = tree.head(head).filter(|_| tree.dep(head) == Dep::Conj).unwrap_or(head);
        Some(view.phrases_of(first))
    }

    /// What is said, and the words that tell of the saying. What is said is the rest of the sentence, or all
    /// of it when the cue is set off by commas.
    fn content(
        &self,
        cue: &Range<usize>,
        speaker: &Phrase,
        inverted: bool,
    ) -> (Range<usize>, Range<usize>) {
        let (view, tree) = (self.view, &self.view.tree);
        let len = view.words.len();
        let owner = speaker
            .possessor
            .and_then(|p| view.phrases.get(p))
            .map_or(speaker.tokens.start, |p| p.tokens.start);
        let start = owner.min(cue.start);
        let told = tree.children_in(cue.start, &[Dep::Ccomp]).next().map(|at| tree.span(at));
        match told {
            // What is said comes first: all of the sentence is theirs.
            Some(told) if told.start < cue.start => {
                let behind = tree.span(cue.start).end;
                let tail = tree
                    .children_in(cue.start, &[Dep::Advcl, Dep::Conj, Dep::Parataxis])
                    .map(|at| tree.span(at).start)
                    .find(|at| *at > cue.end);
                return (0..len, start.max(told.end.min(start))..tail.unwrap_or(behind));
            }
            Some(told) => return (told.start..self.until(cue.start, &told), start..told.start),
            None if tree.dep(cue.start) == Dep::Parataxis => {
                return (0..len, tree.span(cue.start));
            }
            None => {}
        }
        let set_off =
            start.checked_sub(1).is_some_and(|at| view.word(at) == "," || view.is_quote(at));
        let comma = (cue.end..len).find(|at| view.word(*at) == ",");
        let tail = cue.end..comma.unwrap_or(len);
        let content =
            |at: usize| matches!(view.pos(at), Pos::Verb | Pos::Aux) || view.word(at) == "that";
        if inverted || (set_off && !tail.clone().any(content)) {
            return (0..len, start..tail.end);
        }
        let that = (cue.end..len.min(cue.end + 14))
            .take_while(|at| !matches!(view.pos(*at), Pos::Verb | Pos::Aux))
            .find(|at| view.word(*at) == "that");
        let adverbial = view
            .phrases
            .iter()
            .find(|p| p.adverbial && (cue.end..=cue.end + 1).contains(&p.tokens.start))
            .map(|p| p.tokens.end);
        let from = that.or(adverbial).unwrap_or(cue.end);
        (from..len, start..from)
    }

    /// Where what is `told` behind the verb at `verb` ends: with the relative clause that tells of it, or where
    /// another clause begins beside the verb.
    fn until(&self, verb: usize, told: &Range<usize>) -> usize {
        let (view, tree) = (self.view, &self.view.tree);
        if tree.relation(verb).is(Dep::Acl, Subtype::Relcl) {
            return told.end;
        }
        let beside = |at: &usize| {
            let contrast = tree.children_in(*at, &[Dep::Mark, Dep::Cc]).any(|m| {
                matches!(view.word(m), "while" | "whereas" | "though" | "although" | "but")
            });
            contrast && tree.child(*at, Dep::Nsubj).is_some()
        };
        let next = tree.children_in(verb, &[Dep::Conj, Dep::Advcl]).filter(beside);
        let next = next.map(|at| tree.span(at).start).find(|start| *start >= told.end);
        next.unwrap_or(view.words.len())
    }

    /// The outlet that was told: "told AFP that", "in a statement to Radio Soir".
    fn addressee(&self, cue: &Range<usize>, cue_range: TextRange) -> Option<AttributionLink> {
        let view = self.view;
        let until = (cue.end..view.words.len())
            .find(|at| view.word(*at) == "that" || view.pos(*at) == Pos::Verb);
        let window = cue.end..until.unwrap_or(cue.end + 8);
        let told = matches!(
            view.word(cue.start),
            "told" | "tell" | "tells" | "telling" | "informed" | "assured"
        );
        let index = view.phrases.iter().position(|p| {
            let to = p.prep.is_some_and(|at| view.word(at) == "to" || view.word(at) == "with");
            window.contains(&p.tokens.start)
                && (to || (told && p.tokens.start == cue.end))
                && self.is_outlet(p)
        })?;
        self.link(index, cue_range)
    }

    /// "he added": who spoke last; "it said": the group of which the sentence tells.
    fn pronoun(
        &self,
        speaker: &Phrase,
        carry: &Carry,
        cue_range: TextRange,
    ) -> Option<AttributionLink> {
        let words = speaker.range.slice(self.view.text)?;
        let cue = cue_range.slice(self.view.text)?;
        let before = |p: &Phrase| {
            p.tokens.end <= speaker.tokens.start && p.prep.is_none() && p.actor.is_some()
        };
        let told =
            self.view.phrases.iter().position(before).filter(|_| self.view.head(speaker) == "it");
        let index = self.view.phrase_of(speaker.head);
        let known = index.filter(|_| self.is_known(speaker));
        let meant = known
            .or(told)
            .and_then(|p| self.link(p, cue_range))
            .or_else(|| carry.links.last().cloned())?;
        Some(AttributionLink {
            speaker: words.to_owned(),
            range: speaker.range,
            cue: cue.to_owned(),
            cue_range,
            ..meant
        })
    }

    /// Whether the registry knows whom a phrase means.
    fn is_known(&self, phrase: &Phrase) -> bool {
        let mention = phrase.actor.and_then(|m| self.view.mention(m));
        mention.is_some_and(|m| m.actor.is_some())
    }
}
