//! Who says so: reporting verbs, "according to", quotations that run on, and whom it was told.

mod aside;
mod carry;
mod content;
mod quoting;
mod speaker;

pub(crate) use aside::is_termed;
pub(crate) use carry::Carry;
use carry::Heard;

use std::ops::Range;

use averment_actors::Registry;
use averment_lang::{Dep, EntityKind, Pos, Subtype};
use averment_types::{ActorKind, Antecedent, AttributionLink, SpeakerKind, TextRange};

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
    /// The verb by which what is said is denied.
    pub(crate) denial: Option<usize>,
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

/// Finds the scopes of a sentence and updates what is carried on. `taken` are tokens of event triggers,
/// which do not attribute: "claimed responsibility"; who "rejected allegations" denies all the same.
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
        scopes.extend(finder.termed(at));
        let denies = lexicon.deny.at(&view.words, at).is_some();
        let blames = [&lexicon.blames, &lexicon.charges]
            .iter()
            .any(|list| list.at(&view.words, at).is_some());
        let hidden = taken.iter().any(|t| t.contains(&at)) && !denies && !blames;
        if hidden || finder.is_as_saying(at) {
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
        } else if blames {
            scopes.extend(finder.blamed(at));
        } else if lexicon.minded.has(view.word(at)) {
            scopes.extend(finder.minded(at));
        } else if finder.is_speech(at) {
            scopes.extend(finder.said(at..at + 1, carry));
        }
        if lexicon.tells.at(&view.words, at).is_some() {
            scopes.extend(finder.told_by(at));
        }
        if denies {
            scopes.extend(finder.denied_by(at));
        }
    }
    if scopes.is_empty() {
        scopes.extend(finder.headed().or_else(|| finder.announcing()));
    }
    scopes.extend(carry.quoted(view, &scopes));
    let told = Heard {
        speaker: finder.speaks(&scopes, carry),
        announced: finder.announced(),
        subject: finder.told_of(),
    };
    carry.update(view, &scopes, told);
    // The widest scope is the narrator's neighbour; what lies inside it was said further away.
    scopes.sort_by_key(|s| (std::cmp::Reverse(s.tokens.len()), s.tokens.start));
    scopes
}

/// Whether the words name more than one: "environmental *activists*", "*people*"; a name with a capital may end as it will.
fn is_several(name: &str) -> bool {
    let head = name.split([',', '(']).next().unwrap_or(name);
    let joins = |word: &&str| !matches!(*word, "of" | "in" | "from" | "for" | "at");
    let last = head.split_whitespace().take_while(joins).last();
    last.is_some_and(|word| {
        let common = word.starts_with(char::is_lowercase);
        common && (word == "people" || word.ends_with('s') && !word.ends_with("ss"))
    })
}

/// Who speaks in `scopes`, each named once.
pub(crate) fn speakers(scopes: &[&Scope]) -> Vec<AttributionLink> {
    let mut links: Vec<AttributionLink> = Vec::new();
    for link in scopes.iter().flat_map(|scope| &scope.links) {
        // "*officials* say *they* are hopeful that"
        let again = |other: &AttributionLink| {
            let meant = link.antecedent.as_ref();
            other.range == link.range
                || meant.is_some_and(|meant| meant.range.overlaps(other.range))
        };
        if !links.iter().any(again) {
            links.push(link.clone());
        }
    }
    links
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
        denial: None,
        cue,
        aside: phrase.tokens.clone(),
    })
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
        if matches!(view.word(cue.end), "which" | "whom") {
            return self.according_to_which(cue);
        }
        let first =
            (cue.end..view.words.len().min(cue.end + 4)).find_map(|at| view.phrase_of(at))?;
        let cue_range = view.range(&cue)?;
        let mut speech = cue;
        let head = view.phrases.get(self.owned(first))?.head;
        let named = view.phrases_of(head);
        for index in &named {
            speech.end = speech.end.max(view.phrases.get(*index)?.tokens.end);
        }
        let links: Vec<AttributionLink> =
            self.together(&named, cue_range, true).into_iter().collect();
        // "two were hurt, according to a nurse; six men were jailed"
        let stop = |at: &usize| view.word(*at) == ";";
        let start = (0..speech.start).rev().find(stop).map_or(0, |at| at + 1);
        let end = (speech.end..view.words.len()).find(stop).unwrap_or(view.words.len());
        let says_more = end - start > speech.len() + 2;
        (!links.is_empty()).then_some(Scope {
            tokens: if says_more { start..end } else { 0..view.words.len() },
            speech,
            links,
            denial: None,
            cue: cue_range,
            aside: 0..0,
        })
    }

    /// "the claims *according to which* men were shot": they say what the clause tells, and no more.
    fn according_to_which(&self, cue: Range<usize>) -> Option<Scope> {
        let (view, tree) = (self.view, &self.view.tree);
        let clause = tree.upward(cue.end).find(|at| tree.dep(*at) == Dep::Acl)?;
        let noun = tree.head(clause).and_then(|noun| view.phrase_of(noun))?;
        let cue_range = view.range(&cue)?;
        let links = vec![self.link_as(noun, cue_range, true)?];
        let tokens = cue.end + 1..tree.span(clause).end;
        let speech = cue.start..cue.end + 1;
        Some(Scope { tokens, speech, links, denial: None, cue: cue_range, aside: 0..0 })
    }

    /// Whether it is the "saying" of "quoted a commander as *saying*", whose words the quoting covers.
    fn is_as_saying(&self, at: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let quotes = |verb: usize| self.lexicon.quote.at(&view.words, verb).is_some();
        let marked = at.checked_sub(1).is_some_and(|before| view.word(before) == "as");
        marked && tree.upward(at).skip(1).take(2).any(quotes)
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

    /// Whether the verb at `at` stands as only reporting verbs do: behind what is said, or between commas in it.
    fn is_speech(&self, at: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        if view.pos(at) != Pos::Verb
            || !view.feats(at).contains("VerbForm=Fin")
            || view.is_passive(at)
            || self.lexicon.mute.at(&view.words, at).is_some()
        {
            return false;
        }
        let Some(subject) = tree.child(at, Dep::Nsubj) else { return false };
        let comma = |i: Option<usize>| i.is_some_and(|i| view.word(i) == "," || view.is_quote(i));
        let own = tree.span(at);
        let first = subject.min(at);
        let fronted = tree
            .children_in(at, &[Dep::Ccomp])
            .any(|told| told < first && tree.child(told, Dep::Nsubj).is_some());
        let inserted = tree.dep(at) == Dep::Parataxis
            && tree.children_in(at, &[Dep::Obj, Dep::Ccomp, Dep::Xcomp]).next().is_none()
            && tree.head(at).is_some_and(|head| head < at || own.end <= head)
            && comma(own.start.checked_sub(1));
        let person = view.phrase_of(subject).and_then(|p| view.phrases.get(p)).is_some();
        person && !view.is_relative(subject) && (fronted || inserted)
    }

    /// Whether a phrase names nobody who could be a source: "no one", "I" within what somebody else says.
    fn is_nobody(&self, phrase: &Phrase) -> bool {
        let none = |at: usize| {
            matches!(
                self.view.word(at),
                "no" | "none"
                    | "nobody"
                    | "nothing"
                    | "neither"
                    | "i"
                    | "we"
                    | "you"
                    | "anyone"
                    | "someone"
                    | "somebody"
                    | "who"
                    | "what"
            )
        };
        none(phrase.tokens.start) || none(phrase.head)
    }

    /// Whether the verb at `verb` is negated, so that nothing was said; who does not believe a thing says as much.
    fn is_silent(&self, verb: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let not = tree.children_in(verb, &[Dep::Advmod, Dep::Cc, Dep::Det]).any(|at| {
            at < verb
                && matches!(view.word(at), "not" | "n't" | "n’t" | "never" | "neither" | "nor")
        });
        let nothing = tree
            .children_in(verb, &[Dep::Obj])
            .any(|at| matches!(view.word(at), "nothing" | "little"));
        let thinks = matches!(
            view.word(verb),
            "believe"
                | "think"
                | "know"
                | "expect"
                | "fear"
                | "hope"
                | "doubt"
                | "believed"
                | "thought"
        );
        (not && !thinks) || nothing
    }

    /// Whether the verb at `verb` rejects what was asked or offered, and not what was said: "rejected the *request* to join".
    fn turns_down(&self, verb: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let asked = |at: usize| self.lexicon.requests.has(view.word(at));
        self.lexicon.deny.at(&view.words, verb).is_some()
            && tree.child(verb, Dep::Ccomp).is_none()
            && tree.children_in(verb, &[Dep::Obj]).any(asked)
    }

    /// Whether the verb at `verb` may deny and has no saying to deny here: "*dismissed* the governor", but not "the claims".
    fn removes(&self, verb: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let said = |at: usize| {
            let word = view.word(at);
            self.lexicon.sayings.has(word) || self.lexicon.documents.has(word)
        };
        self.lexicon.dismiss.at(&view.words, verb).is_some()
            && !tree.children_in(verb, &[Dep::Obj, Dep::Nsubj]).any(said)
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
        let silent = self.is_silent(verb) || self.turns_down(verb) || self.removes(verb);
        if view.pos(verb) != Pos::Verb || view.is_passive(verb) || silent {
            return None;
        }
        // "militants *believed* to belong to": of them it is said, and not by them.
        let relation = view.tree.relation(verb);
        let reduced = relation.universal == Dep::Acl
            && !relation.is(Dep::Acl, Subtype::Relcl)
            && (view.feats(verb).contains("VerbForm=Part") && view.word(verb).ends_with("ed")
                || matches!(view.word(cue.end), "to" | "of") && !view.word(verb).ends_with("ing"));
        let of_them = view.word(cue.end) == "to"
            && view.word(verb).ends_with("ed")
            && view.tree.children_in(verb, &[Dep::Xcomp]).any(|at| at > cue.end);
        if reduced || of_them && matches!(view.word(verb), "believed" | "suspected" | "reported") {
            return None;
        }
        let own = view.tree.children_in(verb, &[Dep::Nsubj]).last();
        // "…, reads a notice on the door"
        let behind = view.tree.child(verb, Dep::Obj).filter(|at| {
            let told = view.tree.children_in(verb, &[Dep::Ccomp]).any(|told| told < verb);
            own.is_none() && *at > verb && (told || self.is_said_behind(verb, *at))
        });
        let inverted = own.or(behind).is_some_and(|at| at > verb);
        let mut subjects = match behind {
            Some(behind) => view.phrases_of(behind),
            None => subject(view, verb).phrases,
        };
        if own.or(behind).is_none() {
            subjects = self.right_before(verb).unwrap_or(subjects);
        }
        subjects.retain(|p| {
            inverted || view.phrases.get(*p).is_some_and(|p| p.tokens.end <= cue.start)
        });
        let speaker = view.phrases.get(*subjects.first()?)?;
        // "*talks* had collapsed, adding that": an act adds nothing.
        let act = speaker.actor.is_none() && view.names_event(speaker.head);
        if own.or(behind).is_none() && act {
            return None;
        }
        // "Ama Osei, lawyer and *researcher*, said": what one person is.
        let named = view.pos(speaker.head) == Pos::Propn;
        let first = speaker.tokens.start;
        subjects.retain(|p| {
            let calling = view.phrases.get(*p).is_some_and(|p| {
                let bare = p.tokens.len() == 1 && p.actor.is_none();
                bare && view.feats(p.head).contains("Number=Sing") && view.pos(p.head) == Pos::Noun
            });
            !(named && calling) || view.phrases.get(*p).is_some_and(|p| p.tokens.start == first)
        });
        if self.is_nobody(speaker) {
            return None;
        }
        let cue_range = view.range(&cue)?;
        let mut links: Vec<AttributionLink> = self.addressee(&cue, cue_range).into_iter().collect();
        if matches!(view.head(speaker), "he" | "she" | "they" | "it") {
            let meant = self.pronoun(speaker, carry, cue_range);
            let open = || {
                let index = subjects.first().filter(|_| self.tells(verb) || inverted)?;
                self.link_as(*index, cue_range, true)
            };
            links.extend(meant.or_else(open));
        } else {
            let denies = self.lexicon.deny.at(&view.words, verb).is_some();
            let sure = self.tells(verb) || inverted || denies;
            links.extend(self.together(&subjects, cue_range, sure));
        }
        if links.is_empty() {
            return None;
        }
        let (tokens, speech) = self.content(&cue, speaker, inverted)?;
        let denial = self.lexicon.deny.at(&view.words, verb).map(|_| verb);
        let told = view.tree.span(speaker.head);
        let aside = told.contains(&cue.start) || told.len() + 4 > tokens.len();
        let aside = if aside { speaker.tokens.clone() } else { told };
        Some(Scope { tokens, speech, links, denial, cue: cue_range, aside })
    }

    /// "Ten huts were burned, *laments a chief*": whether the verb behind a comma has its speaker right behind it, as its object.
    fn is_said_behind(&self, verb: usize, object: usize) -> bool {
        let (view, tree) = (self.view, &self.view.tree);
        let comma = verb.checked_sub(1).is_some_and(|before| view.word(before) == ",");
        let beside = matches!(tree.dep(verb), Dep::Conj | Dep::Parataxis)
            && tree.head(verb).is_some_and(|head| head < verb)
            && tree.children_in(verb, &[Dep::Cc, Dep::Ccomp, Dep::Aux]).next().is_none();
        let first = view.phrase_of(object).filter(|_| comma && beside);
        let near = first.filter(|at| {
            view.phrases.get(*at).is_some_and(|phrase| phrase.tokens.start == verb + 1)
        });
        let cue = view.tokens.get(verb).map(|token| token.range);
        near.zip(cue).is_some_and(|(at, cue)| self.link(at, cue).is_some())
    }

    /// The list of phrases that ends right before a reporting verb for which the tree has no subject.
    fn right_before(&self, verb: usize) -> Option<Vec<usize>> {
        let (view, tree) = (self.view, &self.view.tree);
        let last = view.phrase_of(verb.checked_sub(1)?)?;
        let head = view.phrases.get(last).filter(|p| p.prep.is_none() && !p.adverbial)?.head;
        let first = tree.head(head).filter(|_| tree.dep(head) == Dep::Conj).unwrap_or(head);
        Some(view.phrases_of(first))
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
            let one = !self.view.feats(p.head).contains("Number=Plur");
            p.tokens.end <= speaker.tokens.start && p.prep.is_none() && p.actor.is_some() && one
        };
        let told =
            self.view.phrases.iter().position(before).filter(|_| self.view.head(speaker) == "it");
        let index = self.view.phrase_of(speaker.head);
        let person = matches!(self.view.head(speaker), "he" | "she");
        let subject = carry.subject.as_ref().filter(|_| person);
        let last = carry.links.last().filter(|link| !person || self.may_be_one(link));
        let last = subject.or(last);
        // "The UPDF's *spokesman* confirmed it. *He* said": no body that only stands in his title.
        let within = |p: &usize| {
            let meant = self.link(*p, cue_range).and_then(|link| link.antecedent);
            last.zip(meant).is_some_and(|(last, meant)| last.range.contains(meant.range))
        };
        let titled = |p: &usize| person && within(p);
        let last = || last.cloned();
        let known = index.filter(|_| self.is_known(speaker)).filter(|p| !titled(p));
        let read =
            || index.and_then(|p| self.link(p, cue_range)).filter(|l| l.antecedent.is_some());
        let meant =
            known.or(told).and_then(|p| self.link(p, cue_range)).or_else(last).or_else(read)?;
        let named = meant.antecedent.clone().or_else(|| {
            let other = meant.range != speaker.range;
            other.then(|| Antecedent::at(self.view.text, meant.range)).flatten()
        });
        Some(AttributionLink {
            speaker: words.to_owned(),
            range: speaker.range,
            antecedent: named,
            cue: cue.to_owned(),
            cue_range,
            ..meant
        })
    }

    /// The person who is the subject of the sentence's main verb.
    fn told_of(&self) -> Option<AttributionLink> {
        let (view, tree) = (self.view, &self.view.tree);
        let root = (0..view.words.len()).find(|at| tree.head(*at).is_none())?;
        let own = tree.child(root, Dep::Nsubj)?;
        let index = view.phrase_of(own)?;
        let phrase = view.phrases.get(index)?;
        let person = self.lexicon.is_person(view.head(phrase))
            || view.entity_at(phrase.range).is_some_and(|(kind, _)| kind == EntityKind::Person);
        let one = !is_several(phrase.range.slice(view.text)?) && view.pos(own) != Pos::Pron;
        let link = self.link_as(index, phrase.range, true).filter(|_| person && one)?;
        self.may_be_one(&link).then_some(link)
    }

    /// Whether it may be one person who speaks, and no paper or body: "the *head* of the agency".
    fn may_be_one(&self, link: &AttributionLink) -> bool {
        use ActorKind::{InternationalOrganization, Media, Ngo};
        let body = |kind| matches!(kind, Media | Ngo | InternationalOrganization);
        let body = link.actor.as_ref().is_some_and(|actor| body(actor.kind));
        let person = || {
            let mut words = link.name().split_whitespace();
            words.any(|word| self.lexicon.is_person(&word.to_lowercase()))
        };
        if is_several(link.name()) {
            return false;
        }
        link.kind != SpeakerKind::Outlet && (!body || person())
    }

    /// Whether the registry knows whom a phrase means.
    fn is_known(&self, phrase: &Phrase) -> bool {
        let mention = phrase.actor.and_then(|m| self.view.mention(m));
        mention.is_some_and(|m| m.actor.is_some())
    }
}
