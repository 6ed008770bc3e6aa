//! From a frame to roles: which phrases fill a rule's slots, and which are of the wrong kind.

use std::ops::Range;

use averment_actors::MentionKind;
use averment_codebook::{Demand, EventType, Function, Kind, Rule};
use averment_lang::{Dep, EntityKind, Pos, Told};
use averment_place::PlaceMention;
use averment_types::{ClaimKind, RoleKind, TextRange};

use crate::describing::is_holder;
use crate::frame::Frame;
use crate::glued;
use crate::lexicon::Lexicon;
use crate::parts::{functions_here, is_living, is_measure, is_speaker, names_tool};
use crate::told;
use crate::view::{Phrase, View};

/// A phrase in a role.
#[derive(Debug, Clone)]
pub(crate) struct Filler {
    /// The part it plays.
    pub(crate) role: RoleKind,
    /// The phrase, as an index into the view's phrases.
    pub(crate) phrase: usize,
    /// The words of the role.
    pub(crate) range: TextRange,
    /// The actor mention behind it, as an index into the report's mentions.
    pub(crate) mention: Option<usize>,
}

/// What decides whether a phrase may fill a role.
pub(crate) struct Filling<'v, 'a> {
    pub(crate) view: &'v View<'a>,
    pub(crate) lexicon: &'v Lexicon,
    pub(crate) places: &'v [PlaceMention],
    /// What the report at large talks of.
    pub(crate) themes: &'v [Kind],
    /// Whether the report tells of crime and accidents alone.
    pub(crate) everyday: bool,
}

/// Why a rule does not code at a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// Something stands there that it shuts out: an accident, sport, a filler of the wrong kind.
    ShutOut,
    /// What it asks for does not stand there.
    Lacking,
}

impl Filling<'_, '_> {
    /// The fillers of `rule` in `frame`, or why the rule does not code here.
    pub(crate) fn of(&self, rule: &Rule, frame: &Frame) -> Result<Vec<Filler>, Refusal> {
        let barred = rule.not_beside.iter().any(|demand| self.stands_beside(demand));
        if barred || self.is_accident(frame) {
            return Err(Refusal::ShutOut);
        }
        // A rule for warplanes says nothing of whom else the verb may have.
        if !self.stands_as_asked(rule, frame) {
            return Err(Refusal::Lacking);
        }
        if !rule.beside.is_empty() && !rule.beside.iter().any(|d| self.stands_beside(d)) {
            return Err(Refusal::Lacking);
        }
        let mut fillers: Vec<Filler> = Vec::new();
        for (role, functions) in &rule.slots {
            let words =
                rule.words.iter().find(|(r, _)| r == role).map(|(_, words)| words.as_slice());
            let functions = functions_here(rule, *role, functions, frame);
            self.slot(*role, &functions, words, frame, &mut fillers).ok_or(Refusal::Lacking)?;
        }
        if rule.only_actors {
            fillers.retain(|f| self.is_group(f));
        }
        let needs = |role: &RoleKind| rule.requires.iter().filter(|r| *r == role).count();
        let fills = |role: &RoleKind, f: &Filler| {
            f.role == *role
                || (frame.harms && *role == RoleKind::Target && f.role == RoleKind::Victim)
        };
        let has = |role: &RoleKind| fillers.iter().filter(|f| fills(role, f)).count();
        if rule.requires.iter().any(|role| has(role) < needs(role)) {
            return Err(Refusal::Lacking);
        }
        if !rule.requires_one.is_empty() && !rule.requires_one.iter().any(|role| has(role) > 0) {
            return Err(Refusal::Lacking);
        }
        let barred = |f: &Filler| {
            let demands = rule.unless.iter().filter(|(role, _)| *role == f.role);
            demands.flat_map(|(_, list)| list).any(|demand| self.is_a(demand, f))
        };
        if fillers.iter().any(barred) {
            return Err(Refusal::ShutOut);
        }
        if frame.reciprocal {
            self.reciprocal(frame, &mut fillers);
        }
        // "a *rebel* rocket hit the market"
        if !fillers.iter().any(|f| f.role == RoleKind::Initiator) {
            let subjects = frame.get(&Function::Subject);
            let tools = fillers.iter().filter(|f| {
                f.role == RoleKind::Instrument && subjects.contains(&f.phrase) && self.is_weapon(f)
            });
            let wielders: Vec<Filler> = tools.flat_map(|tool| self.wielders(tool)).collect();
            fillers.extend(wielders);
        }
        // "hit a town *in Borno*": the town was hit.
        let where_it_lies = |f: &Filler| {
            let object =
                |g: &Filler| g.role == f.role && self.phrase(g).is_some_and(|p| p.prep.is_none());
            self.is_where(f) && fillers.iter().any(object)
        };
        let lie: Vec<TextRange> =
            fillers.iter().filter(|f| where_it_lies(f)).map(|f| f.range).collect();
        fillers.retain(|f| !lie.contains(&f.range));
        // "the ambush *at Kouma*": a name behind such a word is where it was.
        fillers.retain(|f| f.role != RoleKind::Target || !self.is_stood_at(f));
        // "the regime's *military* attacks" are the regime's.
        let owners = frame.get(&Function::Possessor);
        if fillers.iter().any(|f| f.role == RoleKind::Initiator && owners.contains(&f.phrase)) {
            fillers.retain(|f| f.role != RoleKind::Initiator || !self.only_describes(f));
        }
        self.without_foilers(&mut fillers, &frame.group);
        self.without_parts(&mut fillers);
        self.with_companions(&mut fillers);
        fillers.sort_by_key(|f| (f.range, f.role));
        fillers.dedup_by(|b, a| b.role == a.role && a.range.overlaps(b.range));
        self.join_counted(&mut fillers);
        let overlap = fillers.iter().any(|f| {
            f.role == RoleKind::Object
                && fillers.iter().any(|g| g.role == RoleKind::Subject && g.range.overlaps(f.range))
        });
        if overlap { Err(Refusal::Lacking) } else { Ok(fillers) }
    }

    /// Whether the filler is no more than a word before a noun that says of what kind its actors are: "*military* attacks".
    fn only_describes(&self, filler: &Filler) -> bool {
        let whole = self.phrase(filler).is_some_and(|phrase| phrase.range == filler.range);
        let mention = filler.mention.and_then(|at| self.view.mention(at));
        !whole && mention.is_some_and(|mention| mention.kind == MentionKind::Generic)
    }

    /// Adds what the reader tells of at the trigger `act` to roles that its `rule` has left empty. The subject of a verb is none of
    /// them: the rule knows who does it, and "the army *lost* six men" is done by others.
    pub(crate) fn complete(
        &self,
        fillers: &mut Vec<Filler>,
        told: &Told,
        rule: &Rule,
        act: &Range<usize>,
    ) {
        let tree = &self.view.tree;
        let doerless = rule.slots.iter().all(|(role, _)| *role != RoleKind::Initiator);
        let verb = tree.top(act).filter(|at| doerless && !self.view.is_passive(*at));
        let is_subject =
            |at: usize| tree.dep(at) == Dep::Nsubj && verb.is_some() && tree.head(at) == verb;
        let known: Vec<RoleKind> = fillers.iter().map(|f| f.role).collect();
        for (role, token) in told::roles(self.view, told) {
            let filler = self.played(role, token, told.range);
            let open = !known.contains(&role);
            let free =
                |f: &Filler| open && !fillers.iter().any(|other| other.range.overlaps(f.range));
            let fits = |f: &Filler| {
                let given = role == RoleKind::Initiator && is_subject(token);
                let accused = role == RoleKind::Initiator && self.is_accuser(f, told.range);
                // "*the army* foiled an ambush"
                let foils = role == RoleKind::Initiator && self.foils(token);
                let doer = !given && !accused && !foils;
                // An act is no tool of itself: "chemical weapons *attacks*".
                let itself = role == RoleKind::Instrument && f.range.contains(told.range);
                let act = is_living(role) && self.is_event(f);
                let odd = itself || act || self.is_where(f);
                free(f) && doer && !odd && self.suits(role, f)
            };
            if let Some(filler) = filler.filter(fits) {
                fillers.push(filler);
            }
        }
        fillers.sort_by_key(|f| (f.range, f.role));
    }

    /// The phrase of what the reader takes for the part of the event at `act`: what stands at `token`, or of a phrase that holds the event
    /// itself the words that belong to `token`: "*our* release", "commander of *the army*".
    fn played(&self, role: RoleKind, token: usize, act: TextRange) -> Option<Filler> {
        let view = self.view;
        let filler = self.filler(role, view.phrase_of(token)?)?;
        let itself = view.tokens.get(token).is_some_and(|t| t.range.overlaps(act));
        let whole = self.phrase(&filler).is_some_and(|phrase| phrase.head == token);
        if itself || whole || !filler.range.overlaps(act) {
            return Some(filler);
        }
        let mut words = view.tree.span(token);
        let start = words.find(|at| {
            let led = matches!(view.pos(*at), Pos::Adp | Pos::Part);
            // "the country's *worst* chemical weapons attack"
            *at == token || !led && !view.feats(*at).contains("Degree=Sup")
        })?;
        let range = view.range(&(start..token + 1)).filter(|range| !range.overlaps(act))?;
        let mut mentions = view.mentions_in(range).into_iter().chain(view.describing_in(range));
        Some(Filler { range, mention: mentions.next(), ..filler })
    }

    /// The filler, but where its phrase plays a part already, the name at `token` inside it: "an armed group loyal to *Riek
    /// Machar*"; `None` where that is no other name.
    fn apart(&self, filler: Filler, token: usize, others: &[Filler]) -> Option<Filler> {
        let is_taken = |range: TextRange| others.iter().any(|other| other.range == range);
        if !is_taken(filler.range) {
            return Some(filler);
        }
        let word = self.view.tokens.get(token)?.range;
        let inner = self.phrase(&filler)?.inner.iter().copied();
        let inside = inner.chain(self.view.mentions_in(filler.range));
        let mut named = inside.filter_map(|at| Some((at, self.view.mention(at)?.span)));
        let (mention, range) = named.find(|(_, span)| span.overlaps(word) && !is_taken(*span))?;
        Some(Filler { range, mention: Some(mention), ..filler })
    }

    /// The fillers of an event of `event_type` that the reader tells of; `None` where nothing takes part, or it is not sure
    /// and nobody does whom it could be about: for violence and custody a person or a group, for all else people under arms.
    pub(crate) fn told(&self, told: &Told, event_type: &EventType) -> Option<Vec<Filler>> {
        let mut fillers: Vec<Filler> = Vec::new();
        for (role, token) in told::roles(self.view, told) {
            let filler = self.played(role, token, told.range);
            let filler = filler.and_then(|filler| self.apart(filler, token, &fillers));
            let harmed = event_type.casualty.is_some()
                && matches!(role, RoleKind::Victim | RoleKind::Target);
            fillers.extend(filler.filter(|filler| {
                let fits = self.suits(role, filler) && !self.is_where(filler);
                fits && (!harmed || self.is_person(filler))
            }));
        }
        fillers.sort_by_key(|f| (f.range, f.role));
        fillers.dedup_by(|b, a| b.role == a.role && a.range.overlaps(b.range));
        let doers = fillers.iter().filter(|f| f.role == RoleKind::Initiator).count();
        if doers > 1 {
            fillers.retain(|f| f.role != RoleKind::Initiator || !self.is_accuser(f, told.range));
        }
        let token = self.view.tokens.iter().position(|t| t.range.overlaps(told.range))?;
        if let Some([name, mut described]) = glued::ends(self.view, token, event_type.id.as_str()) {
            // "the rebel-held *suburb of Douma*"
            let whole = self.filler(described.role, described.phrase);
            let end = whole.map(|whole| whole.range.end());
            let end = end.and_then(|end| TextRange::new(described.range.start(), end).ok());
            described.range = end.unwrap_or(described.range);
            fillers = vec![name, described];
        }
        if event_type.kind == ClaimKind::Relation {
            let ends = |role| fillers.iter().filter(|f| f.role == role).count();
            // Who is related to nobody is not related.
            if ends(RoleKind::Subject) == 0 || fillers.len() < 2 {
                return None;
            }
        }
        let harm = event_type.violent || event_type.casualty.is_some();
        let about = |f: &Filler| {
            let harmed =
                harm && (self.is_person(f) && !is_speaker(self.head(f)) || self.is_group(f));
            harmed || self.is_under_arms(f)
        };
        // Two who are persons of their own fight a match or a duel, and no war.
        let mut sides = fillers.iter().filter(|f| f.role == RoleKind::Participant).peekable();
        if event_type.violent && sides.peek().is_some() && sides.all(|f| self.is_lone_person(f)) {
            return None;
        }
        let sure = told.probability >= told::SURE && !fillers.is_empty();
        (sure || fillers.iter().any(about)).then_some(fillers)
    }

    /// Whether it is the everyday harm of such a report: nobody under arms takes part but the police, who deal with that too.
    pub(crate) fn is_everyday(&self, event_type: &EventType, fillers: &[Filler]) -> bool {
        let arms = |filler: &Filler| self.is_under_arms(filler) && !self.is_police(filler);
        self.everyday && event_type.everyday && !fillers.iter().any(arms)
    }

    /// Whether it says where it was, and not who took part: "protests *in rather democratic Ecuador*".
    fn is_where(&self, filler: &Filler) -> bool {
        let prep = self.phrase(filler).and_then(|phrase| phrase.prep);
        prep.is_some_and(|at| self.view.word(at) == "in") && self.is_place(filler)
    }

    /// Adds the fillers of one slot; `None` when phrases stand there and all are of the wrong kind.
    fn slot(
        &self,
        role: RoleKind,
        functions: &[Function],
        words: Option<&[Demand]>,
        frame: &Frame,
        out: &mut Vec<Filler>,
    ) -> Option<()> {
        let (mut seen, mut kept) = (false, false);
        // A rule may ask for the tool that stands in for who uses it: "a drone struck the house".
        let asks_tool = words.is_some_and(|words| words.iter().any(names_tool));
        for function in functions {
            let (already, mut others) = (out.len(), Vec::new());
            // Whom an attack killed it need not have been aimed at.
            let harmed = frame.harms && *function == Function::LightObject;
            let before =
                matches!(function, Function::Possessor | Function::Compound | Function::Amod);
            let phrases = frame.get(function).iter();
            for filler in phrases.flat_map(|phrase| self.fillers(role, *phrase, function)) {
                // "the blast killed *no one*": it went off all the same.
                let spared = *function == Function::LightObject && self.is_nobody(&filler);
                let nothing = *function == Function::LightObject
                    && frame.aims == Some(false)
                    && role == RoleKind::Target
                    && !(frame.harms || self.is_concrete(&filler));
                if spared || nothing || self.holds_trigger(&filler, frame, function) {
                    continue;
                }
                let of_kind =
                    words.is_some_and(|words| words.iter().any(|word| self.is_a(word, &filler)));
                if role == RoleKind::Participant
                    && (self.is_event(&filler) || self.is_mutual(&filler))
                {
                    continue;
                }
                if role == RoleKind::Initiator && self.is_event(&filler) && !self.is_tool(&filler) {
                    (seen, kept) = (true, kept || of_kind || words.is_none());
                    continue;
                }
                let weapon = role == RoleKind::Initiator && self.is_weapon(&filler);
                if weapon && (!asks_tool || of_kind) {
                    kept |= asks_tool;
                    // What the rule asks of whoever it is, besides the tools that may stand in.
                    let asked = |f: &Filler| {
                        let mut of_doers =
                            words.into_iter().flatten().filter(|word| !names_tool(word)).peekable();
                        of_doers.peek().is_none() && (of_kind || words.is_none())
                            || of_doers.any(|word| self.is_a(word, f))
                    };
                    out.extend(self.wielders(&filler).into_iter().filter(asked));
                    out.push(Filler { role: RoleKind::Instrument, ..filler });
                } else if weapon {
                    seen = true;
                } else if harmed && role == RoleKind::Target {
                    let people = self.is_people(&filler);
                    kept |= people;
                    out.extend(people.then_some(Filler { role: RoleKind::Victim, ..filler }));
                } else if of_kind || (words.is_none() && self.suits(role, &filler)) {
                    kept = true;
                    out.push(filler);
                } else {
                    others.push(filler);
                }
                seen |= !weapon && !before;
            }
            // "arrested *candidates*, journalists and activists": who is named in one breath is of one kind.
            let listed = |other: &Filler| {
                let kin = out.get(already..).unwrap_or_default();
                kin.iter().any(|one| one.role == role && self.is_listed_with(other, one))
            };
            let listed: Vec<Filler> = others.into_iter().filter(listed).collect();
            out.extend(listed);
        }
        (words.is_none() || kept || !seen).then_some(())
    }

    /// Whether both stand in one list, and are people both or things both.
    fn is_listed_with(&self, other: &Filler, one: &Filler) -> bool {
        let heads = self.phrase(other).zip(self.phrase(one)).map(|(a, b)| (a.head, b.head));
        let alike = self.is_person(other) == self.is_person(one) && self.is_concrete(other);
        let joined = |(a, b): (usize, usize)| {
            self.view.tree.coordinated(a).contains(&b) || self.view.tree.coordinated(b).contains(&a)
        };
        alike && !self.is_nobody(other) && heads.is_some_and(joined)
    }

    /// "*18 militant commanders and members*": a number counts the bare noun that is coordinated with its own too.
    fn join_counted(&self, fillers: &mut Vec<Filler>) {
        let view = self.view;
        let joined = |a: &Filler, b: &Filler| {
            let Some((one, other)) = self.phrase(a).zip(self.phrase(b)) else { return false };
            let counted = view.pos(one.tokens.start) == Pos::Num && one.tokens.len() > 1;
            let bare = other.tokens.len() == 1 && view.pos(other.head) == Pos::Noun;
            counted
                && bare
                && a.role == b.role
                && other.tokens.start == one.tokens.end + 1
                && view.word(one.tokens.end) == "and"
                && view.tree.head(other.head) == Some(one.head)
        };
        fillers.dedup_by(|b, a| {
            let join = joined(a, b);
            if join {
                a.range = a.range.cover(b.range);
            }
            join
        });
    }

    /// Whether each function that the rule asks of holds what it asks for, or nothing.
    fn stands_as_asked(&self, rule: &Rule, frame: &Frame) -> bool {
        rule.only.iter().all(|(function, demands)| {
            let phrases = frame.get(function);
            let fits = |phrase: &usize| {
                let fillers = self.fillers(RoleKind::Target, *phrase, function);
                fillers.iter().any(|f| demands.iter().any(|demand| self.is_a(demand, f)))
            };
            phrases.is_empty() || phrases.iter().any(fits)
        })
    }

    /// Whether the trigger stands inside the phrase: "a group *supporting* the rebels" is not whom it supports.
    fn holds_trigger(&self, filler: &Filler, frame: &Frame, function: &Function) -> bool {
        let inner = matches!(
            function,
            Function::Compound | Function::Amod | Function::Apposition | Function::Head
        );
        let last = frame.group.end.saturating_sub(1);
        !inner && self.phrase(filler).is_some_and(|p| p.tokens.contains(&last))
    }

    /// Whether it was no act of anybody: "the crash killed two", "killed in a flood".
    fn is_accident(&self, frame: &Frame) -> bool {
        let causes = [Function::Subject, Function::Prep("in".into()), Function::Prep("by".into())];
        let phrases = causes.iter().flat_map(|function| frame.get(function));
        // "rebel *rocket fire* killed two"
        let fired = |p: &&Phrase| {
            let arm = |at: usize| self.lexicon.is_weapon(self.view.word(at));
            !p.inner.is_empty() || p.tokens.clone().filter(|at| *at != p.head).any(arm)
        };
        phrases
            .filter_map(|p| self.view.phrases.get(*p))
            .filter(|p| self.lexicon.accidents.has(self.view.head(p)))
            .any(|p| !(self.view.head(p) == "fire" && fired(&p)))
    }

    /// What the phrase at `index` gives in `function`: itself, or the names and describing words before its head.
    pub(crate) fn fillers(&self, role: RoleKind, index: usize, function: &Function) -> Vec<Filler> {
        let describing = match function {
            Function::Compound => false,
            Function::Amod => true,
            _ => return self.filler(role, index).into_iter().collect(),
        };
        let Some(phrase) = self.view.phrases.get(index) else { return Vec::new() };
        let head = self.view.tokens.get(phrase.head).map(|t| t.range.start());
        let inner = phrase.inner.iter().filter(|m| self.view.describes(**m) == describing);
        let unlisted = (!describing && phrase.inner.is_empty())
            .then(|| self.view.organisations_before(phrase.head));
        let unlisted = unlisted.into_iter().flatten();
        let unlisted = unlisted.map(|range| Filler { role, phrase: index, range, mention: None });
        inner
            .filter_map(|mention| {
                let named = self.view.mention(*mention)?;
                let range = named.span;
                let before = head.is_some_and(|head| range.end() <= head);
                let acts = !(describing && is_holder(self.view.text, range));
                let acts = acts && named.kind != MentionKind::Outlet;
                (before && acts).then_some(Filler {
                    role,
                    phrase: index,
                    range,
                    mention: Some(*mention),
                })
            })
            .chain(unlisted)
            .collect()
    }

    pub(crate) fn filler(&self, role: RoleKind, index: usize) -> Option<Filler> {
        let phrase = self.view.phrases.get(index)?;
        if is_measure(self.view.head(phrase)) {
            return None;
        }
        // "thirteen civilians, *mostly* women": who they were, and nobody besides.
        if matches!(self.view.word(phrase.tokens.start), "mostly" | "mainly" | "including") {
            return None;
        }
        // "it is unclear *who* did it"
        if matches!(
            self.view.head(phrase),
            "who" | "whom" | "what" | "which" | "whoever" | "whatever"
        ) {
            return None;
        }
        let (mut range, mut mention) = (phrase.range, phrase.actor);
        if mention.is_none()
            && role == RoleKind::Initiator
            && self.lexicon.lists(Kind::Vehicle, self.view.head(phrase))
            && !self.lexicon.is_weapon(self.view.head(phrase))
        {
            // "*Israeli* tanks"
            let before = self.fillers(role, index, &Function::Amod);
            mention = before.first().and_then(|filler| filler.mention);
        }
        if let Some(inner) = self.member_of(index, phrase) {
            range = range.cover(inner.range);
            mention = inner.actor.or(mention);
        }
        if let Some(name) = self.name_beside(phrase) {
            range = range.cover(name.range);
            mention = name.actor.or(mention);
        }
        if let Some(name) = self.named_place(index, phrase) {
            range = range.cover(name.range);
            // "the towns of Fua *and Kefraya*"
            if self.view.feats(phrase.head).contains("Number=Plur") {
                let listed = self.view.phrases_of(name.head);
                let listed = listed.iter().filter_map(|at| self.view.phrases.get(*at));
                range = listed.fold(range, |range, other| range.cover(other.range));
            }
        }
        Some(Filler { role, phrase: index, range, mention })
    }

    /// The name right behind a title: "the rebel commander *Mokhtar Diop*", "her son, *Musa*", "the special corps *GIR*".
    pub(crate) fn name_beside(&self, phrase: &Phrase) -> Option<&Phrase> {
        let view = self.view;
        let beside = view.tree.children_in(phrase.head, &[Dep::Appos]).next()?;
        let name = view.phrases.get(view.phrase_of(beside)?)?;
        let mentioned = name.actor.and_then(|m| view.mention(m));
        let person = mentioned.is_some_and(|m| m.kind == MentionKind::Person);
        let entity = view.entity_at(name.range).map(|(kind, _)| kind);
        let read = matches!(entity, Some(EntityKind::Person | EntityKind::Organization));
        let gap = view.words.get(phrase.tokens.end..name.tokens.start)?;
        let common = view.pos(phrase.head) == Pos::Noun && gap.iter().all(|word| *word == ",");
        (gap.is_empty() && person || read && common).then_some(name)
    }

    /// The name behind "the town of", "the northern province of".
    fn named_place(&self, index: usize, phrase: &Phrase) -> Option<&Phrase> {
        let next = self.view.phrases.get(index + 1)?;
        let prep =
            next.prep.filter(|at| *at == phrase.tokens.end && self.view.word(*at) == "of")?;
        let ground = self.lexicon.lists(Kind::Ground, self.view.head(phrase));
        (ground && self.view.tree.head(next.head) == Some(phrase.head) && prep < next.head)
            .then_some(next)
            .filter(|next| self.view.pos(next.head) == Pos::Propn)
    }

    /// The phrase behind "members of", "armed groups from": the group that is meant.
    fn member_of(&self, index: usize, phrase: &Phrase) -> Option<&Phrase> {
        let next = self.view.phrases.get(index + 1)?;
        let prep = next.prep.filter(|at| *at == phrase.tokens.end)?;
        let of = matches!(self.view.word(prep), "of" | "from" | "for");
        let linked = phrase.actor.and_then(|m| self.view.mention(m));
        let generic = linked
            .is_none_or(|m| m.kind == MentionKind::Generic || m.kind == MentionKind::Reference);
        let member = self.lexicon.members.has(self.view.head(phrase));
        let sided =
            next.actor.is_some() || matches!(self.view.word(next.tokens.start), "each" | "both");
        (of && generic && member && sided).then_some(next)
    }

    /// Whether it is "each other", which names the parties once more.
    fn is_mutual(&self, filler: &Filler) -> bool {
        self.head(filler) == "other"
            && self.phrase(filler).is_some_and(|p| self.view.word(p.tokens.start) == "each")
    }

    /// "each of the two sides … the other": all take both parts.
    fn reciprocal(&self, frame: &Frame, fillers: &mut Vec<Filler>) {
        let phrases = frame.get(&Function::Object).iter().chain(frame.get(&Function::Subject));
        let sides = |f: &Filler| !(self.is_mutual(f) || self.is_event(f)) && self.is_person(f);
        let all = phrases.filter_map(|p| self.filler(RoleKind::Participant, *p));
        let all: Vec<Filler> = all.filter(sides).collect();
        fillers.retain(|f| !all.iter().any(|a| a.range.overlaps(f.range)));
        fillers.extend(all);
    }

    /// Whether a phrase of no demanded kind may fill `role`.
    pub(crate) fn suits(&self, role: RoleKind, filler: &Filler) -> bool {
        match role {
            RoleKind::Target | RoleKind::Victim | RoleKind::Instrument | RoleKind::Object => {
                !self.is_adverbial(filler)
            }
            _ => self.is_person(filler),
        }
    }
}
