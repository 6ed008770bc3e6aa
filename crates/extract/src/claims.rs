//! A sentence's claims: what its rules code, and what the reader tells of besides.

use std::ops::Range;

use averment_codebook::{EventType, Form, Function, Rule, Trigger};
use averment_lang::{Dep, Pos, Subtype};
use averment_types::{
    ActorCandidate, AttributionLink, ClaimContent, ClaimKind, Polarity, RoleKind, TextRange,
};

use crate::assemble::{self, Parts};
use crate::attribution::{self, Carry, Scope};
use crate::coder::{Coder, Found};
use crate::fillers::{Filler, Filling, Refusal};
use crate::frame::{Frame, Voice};
use crate::located::{anchors, speech_besides, spoken_again};
use crate::setting::{self, Asked, GoesOn, Scene, Tale, Wanting};
use crate::view::View;
use crate::{bodies, causes, counted, done_before, general, modality, one_act, told, totals};

impl Coder {
    pub(crate) fn code_sentence(
        &self,
        view: &View<'_>,
        triggers: &[Trigger],
        found: &Found,
        carry: &mut Carry,
        out: &mut Vec<ClaimContent>,
    ) -> Vec<Wanting> {
        // "denied" tells of a denial and says what is denied.
        let says = |t: &Trigger| {
            let (words, at) = (&view.words, t.tokens.start);
            self.lexicon.say.at(words, at).or(self.lexicon.accuse.at(words, at)).is_some()
        };
        // "*said* that both *must* leave": what is demanded is said too.
        let demands = |t: &Trigger| says(t) && t.words > t.tokens.len();
        let acts = triggers
            .iter()
            .filter(|t| t.form != Form::Noun && !(says(t) && (t.words == 1 || demands(t))));
        let acts: Vec<Range<usize>> = acts.map(|t| t.tokens.clone()).collect();
        let scopes = attribution::find(view, &acts, &self.lexicon, &self.registry, carry);
        let filling = Filling {
            view,
            lexicon: &self.lexicon,
            places: &found.places,
            themes: &found.themes,
            everyday: found.everyday,
        };
        let read = Read { scopes: &scopes, triggers, found, filling: &filling };
        let before = out.len();
        let mut tales: Vec<Tale<'_>> = Vec::new();
        let mut coded: Vec<Made<'_>> = Vec::new();
        let mut refused: Vec<(&Rule, &Trigger)> = Vec::new();
        for trigger in triggers {
            let Some(rule) = self.codebook.rules().get(trigger.rule) else { continue };
            let Some(event_type) = self.codebook.types().get(rule.type_index) else { continue };
            let told = |made: &Made<'_>| self.tells(view, made, event_type, trigger);
            let none = told::is_none(view, trigger) && !demands(trigger);
            if coded.iter().any(told) || none {
                continue;
            }
            let frame = Frame::of(view, trigger, voice(rule, event_type), &self.lexicon);
            let mut fillers = match filling.of(rule, &frame) {
                Ok(fillers) => fillers,
                Err(refusal) => {
                    refused.extend((refusal == Refusal::ShutOut).then_some((rule, trigger)));
                    continue;
                }
            };
            let told = view
                .range(&trigger.tokens)
                .and_then(|words| told::at(found.reading.told(), words))
                .filter(|told| *told.kind == *event_type.id.as_str());
            if let Some(told) = told {
                filling.complete(&mut fillers, told, rule, &trigger.tokens);
            }
            if !event_type.takes_victims() && rule.slots.iter().all(|(r, _)| *r != RoleKind::Victim)
            {
                fillers.retain(|filler| filler.role != RoleKind::Victim);
            }
            if filling.is_everyday(event_type, &fillers) {
                continue;
            }
            let support = frame.support.clone();
            let fired = Fired { rule, event_type, trigger, frame, fillers };
            if let Some(tale) = self.claim(view, fired, &read, out) {
                tales.push(tale);
                coded.push(Made { type_index: rule.type_index, by: trigger, support });
            }
        }
        self.code_told(view, &coded, &refused, &read, &mut tales, out);
        one_act::join(view, out, before, &self.codebook);
        let (earlier, told) = out.split_at_mut(before);
        self.complete(view, found, earlier, told, &tales)
    }

    /// Ties the claims `told` in one sentence, and takes over what the scene told `earlier` says and they leave out.
    fn complete(
        &self,
        view: &View<'_>,
        found: &Found,
        earlier: &[ClaimContent],
        told: &mut [ClaimContent],
        tales: &[Tale<'_>],
    ) -> Vec<Wanting> {
        causes::share(view, told, &self.codebook);
        self.take_back_addressed(told);
        setting::share_in_sentence(view, told, tales);
        setting::reckon(view, told, &found.times);
        let (places, times) = (&found.all_places, &found.times);
        let scene = Scene {
            view,
            earlier,
            places,
            times,
            dateline: found.dateline.as_ref(),
            from_capital: found.from_capital,
            label: setting::over(&found.labels, view.sentence.range),
            sentences: found.reading.sentences(),
            rankers: self.offered(found).rankers,
        };
        let beside = told.to_vec();
        let complete = |claim: &mut ClaimContent| {
            let tale = tales.iter().find(|tale| tale.trigger == claim.trigger);
            scene.complete(claim, tale, &beside)
        };
        let wanting = told.iter_mut().flat_map(complete).collect();
        // What one of them has taken over is the other's too.
        causes::share(view, told, &self.codebook);
        done_before::tell(view, earlier, told, &self.codebook);
        counted::explain(view, earlier, told);
        bodies::name(view, earlier, told);
        wanting
    }

    /// "blamed the blast on the rebels and slammed *Washington*": a place whose government is spoken to or of is where nothing happened.
    fn take_back_addressed(&self, told: &mut [ClaimContent]) {
        let words = ["ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "SANCTION"];
        let spoken = |claim: &ClaimContent| {
            let told = self.codebook.find_type(claim.type_id.as_str());
            let plover = told.and_then(|told| told.projections.plover.as_ref());
            plover.is_some_and(|plover| words.contains(&plover.event_type.as_str()))
        };
        let addressed: Vec<TextRange> = told
            .iter()
            .filter(|claim| spoken(claim))
            .flat_map(|claim| &claim.roles)
            .filter(|role| role.role == RoleKind::Target)
            .map(|role| role.range)
            .collect();
        for claim in told {
            if claim.place.as_ref().is_some_and(|place| addressed.contains(&place.span)) {
                claim.place = None;
                claim.gaps.push(setting::no_place());
            }
        }
    }

    /// Adds to `out` what the reader alone tells of, where no rule has `coded` it or `refused` to.
    fn code_told<'a>(
        &self,
        view: &View<'a>,
        coded: &[Made<'_>],
        refused: &[(&Rule, &Trigger)],
        read: &Read<'_, '_>,
        tales: &mut Vec<Tale<'a>>,
        out: &mut Vec<ClaimContent>,
    ) {
        let told = told::in_sentence(view, read.found.reading.told(), &self.lexicon);
        for (told, trigger) in told {
            let meets = |by: &Trigger| {
                by.tokens.start < trigger.tokens.end && trigger.tokens.start < by.tokens.end
            };
            let Some(rule) = self.learned.iter().find(|rule| told::is_of(rule, told)) else {
                continue;
            };
            // What a rule of the type has shut out stays out: it had its reasons.
            let shut_out = refused
                .iter()
                .any(|(refusing, by)| refusing.type_index == rule.type_index && meets(by));
            let Some(event_type) = self.codebook.types().get(rule.type_index) else { continue };
            let tells = |made: &Made<'_>| {
                meets(made.by) || self.is_one_act(view, made, event_type, &trigger)
            };
            let tool = view.range(&trigger.tokens).is_some_and(|words| self.is_tool(out, words));
            // "pushed them *back*" is told by the verb.
            let particle = view.tree.relation(trigger.tokens.start);
            let top = view.tree.top(&trigger.tokens).unwrap_or(trigger.tokens.start);
            let verb = view.tree.head(top);
            let particle = (particle.is(Dep::Compound, Subtype::Prt)
                || particle.universal == Dep::Advmod)
                && coded.iter().any(|made| hangs_on(made, verb));
            // "shot a tailor *dead*"
            let outcome =
                |made: &Made<'_>| hangs_on(made, verb) && made.type_index == rule.type_index;
            // "was hit in the *back*" tells of one wound.
            let below = view.tree.dep(top);
            // and "setting a tanker on *fire*" of one arson.
            let wound = below == Dep::Obl;
            let deep = (below == Dep::Xcomp || wound) && view.pos(top) != Pos::Verb;
            let above = verb.and_then(|verb| view.range(&(verb..verb + 1)));
            let told_above = |claim: &ClaimContent| {
                claim.type_id == event_type.id
                    && above.is_some_and(|above| claim.trigger.overlaps(above))
            };
            let again = || coded.iter().any(outcome) || out.iter().rev().take(9).any(told_above);
            let particle = particle || deep && again();
            if shut_out
                || tool
                || particle
                || coded.iter().any(tells)
                || self.is_refuted(view, &trigger)
                || told::is_of_no_deed(view, told, &trigger)
            {
                continue;
            }
            let frame = Frame::of(view, &trigger, voice(rule, event_type), &self.lexicon);
            let Some(fillers) = read.filling.told(told, event_type) else { continue };
            if read.filling.is_everyday(event_type, &fillers) {
                continue;
            }
            let fired = Fired { rule, event_type, trigger: &trigger, frame, fillers };
            tales.extend(self.claim(view, fired, read, out));
        }
    }

    /// Whether the words at `span` are what an act that is told already was done with: "hit by barrel *bombs*". What a harm was done with tells of
    /// the act that did it: "killed by *bombs*".
    fn is_tool(&self, told: &[ClaimContent], span: TextRange) -> bool {
        let near = told.iter().rev();
        let near = near.take_while(|claim| claim.evidence.first().range().contains(span));
        let harm = |claim: &&ClaimContent| {
            let told = self.codebook.find_type(claim.type_id.as_str());
            told.is_some_and(|told| told.casualty.is_some())
        };
        let roles = near.filter(|claim| !harm(claim)).flat_map(|claim| &claim.roles);
        roles.into_iter().any(|role| role.role == RoleKind::Instrument && role.range.overlaps(span))
    }

    /// Whether it is what somebody denies, whose denial tells of it: "rejected the *accusations*".
    fn is_refuted(&self, view: &View<'_>, trigger: &Trigger) -> bool {
        let head = view.tree.top(&trigger.tokens).filter(|at| view.tree.dep(*at) == Dep::Obj);
        let verb = head.and_then(|at| view.tree.head(at));
        head.is_some_and(|at| self.lexicon.sayings.has(view.word(at)))
            && verb.is_some_and(|at| self.lexicon.deny.at(&view.words, at).is_some())
    }

    /// Whether what was made tells of what `event_type` would find at `trigger`: by a longer trigger or a narrower type at
    /// the same words, through the verb that carries its noun, or before the noun that says the act once more.
    fn tells(
        &self,
        view: &View<'_>,
        made: &Made<'_>,
        event_type: &EventType,
        trigger: &Trigger,
    ) -> bool {
        let narrower = self.codebook.types().get(made.type_index);
        let start = trigger.tokens.start;
        let shorter = made.by.tokens.start == start && made.by.words > trigger.words;
        let wider = narrower.is_some_and(|n| self.codebook.lies_within(&n.id, &event_type.id));
        // "the air strike *hit* a school" tells of one strike.
        let carries = wider
            && made.by.form == Form::Noun
            && made.support.as_ref().is_some_and(|support| support.contains(&start));
        shorter
            || (wider && made.by.tokens.contains(&start))
            || carries
            || self.is_one_act(view, made, event_type, trigger)
    }

    /// Whether one of two violent nouns only says of which kind the other is: "an *arson* attack", "a *bomb* blast".
    fn is_one_act(
        &self,
        view: &View<'_>,
        made: &Made<'_>,
        event_type: &EventType,
        trigger: &Trigger,
    ) -> bool {
        let Some(told) = self.codebook.types().get(made.type_index) else { return false };
        let within = made.by.tokens.contains(&trigger.tokens.start)
            && made.by.words >= trigger.words
            && made.by.form == Form::Noun;
        // "warplanes *bombed* the town" is one bombing, and from the air.
        let same = made.by.tokens.start == trigger.tokens.start
            && told.casualty.is_none()
            && event_type.casualty.is_none();
        let named = || {
            within
                || same
                || names_kind(view, made.by, trigger)
                || names_kind(view, trigger, made.by)
        };
        told.violent && event_type.violent && named()
    }

    /// The type of an event told shortly before that the noun `trigger` tells of once more: "the raids" after air strikes.
    fn echoed(
        &self,
        view: &View<'_>,
        event_type: &EventType,
        trigger: &Trigger,
        fillers: &[Filler],
        earlier: &[ClaimContent],
    ) -> Option<&EventType> {
        let echoed = event_type.echoes.as_ref().filter(|_| trigger.form == Form::Noun)?;
        let done = fillers.iter().any(|filler| filler.role == RoleKind::Initiator);
        let start = view.sentence.range.start();
        let near = |claim: &&ClaimContent| {
            start.saturating_sub(claim.evidence.first().range().end()) <= setting::REACH
        };
        let mut before = earlier.iter().rev().take_while(near);
        let told = !done && before.any(|claim| claim.type_id == *echoed);
        self.codebook.find_type(echoed.as_str()).filter(|_| told)
    }

    /// The speaker of a trigger whom the reader alone has heard. Who says something else in the sentence does not say this.
    fn heard_speaker(
        &self,
        view: &View<'_>,
        trigger: &Trigger,
        read: &Read<'_, '_>,
    ) -> Option<Scope> {
        let told = told::at(read.found.reading.told(), view.range(&trigger.tokens)?)?;
        let token = told::speaker(view, told)?;
        let heard = attribution::heard(view, token, &self.lexicon, &self.registry)?;
        let elsewhere = |link: &AttributionLink| {
            read.scopes.iter().flat_map(|scope| &scope.links).any(|other| other.range == link.range)
        };
        (!heard.links.iter().any(elsewhere)).then_some(heard)
    }

    /// Makes the claim of what fired and puts it behind `out`; `None` where it makes none.
    fn claim<'a>(
        &self,
        view: &View<'a>,
        fired: Fired<'_>,
        read: &Read<'_, '_>,
        out: &mut Vec<ClaimContent>,
    ) -> Option<Tale<'a>> {
        let Fired { rule, event_type, trigger, frame, mut fillers } = fired;
        let Read { scopes, triggers, found, .. } = *read;
        let speech = speech_besides(scopes, trigger.tokens.start);
        let mut scopes: Vec<&Scope> =
            scopes.iter().filter(|s| s.covers(trigger.tokens.start)).collect();
        let unnamed = scopes
            .is_empty()
            .then(|| {
                self.counter(view, trigger).or_else(|| self.heard_speaker(view, trigger, read))
            })
            .flatten();
        scopes.extend(&unnamed);
        fillers.retain(|filler| !is_speaker_behind(view, trigger, filler, &scopes));
        let head = view.tree.top(&trigger.tokens).unwrap_or(trigger.tokens.start);
        fillers.retain(|filler| !is_namer(view, head, filler));
        if general::is_ranked(view, head) || attribution::is_termed(view, head) {
            return None;
        }
        let words = (&self.lexicon, event_type);
        let stance = modality::judge(view, head, &frame, &fillers, &scopes, words);
        let granted = stance.polarity != Polarity::Denied && is_described(view, head);
        scopes.retain(|scope| scope.denial.is_none() || !granted);
        let stance = stance.heard(view.tokens.get(head).and_then(|token| token.hint));
        if !rule.modalities.is_empty() && !rule.modalities.contains(&stance.modality) {
            return None;
        }
        let of = (&self.codebook, event_type);
        let total = totals::total_of(view, head, &fillers, &self.lexicon, of);
        let echoed = self.echoed(view, event_type, trigger, &fillers, out);
        let event_type = total.or(echoed).unwrap_or(event_type);
        let own = self.codebook.projections(&rule.id).filter(|_| total.or(echoed).is_none());
        let words = view.range(&trigger.tokens);
        let asked = Asked {
            anchors: &anchors(view, trigger, &frame, head),
            kind: Some(event_type.id.as_str()),
            own_clause: event_type.kind != ClaimKind::Event,
            judged: self.judged_by(view, head),
            sees: self.sees(view, head),
            told: words.and_then(|words| told::at(found.reading.told(), words)),
            speech: &speech,
        };
        let ground = |f: &&Filler| event_type.ground == Some(f.role) || lives_there(view, f);
        let hit = fillers.iter().filter(ground);
        let hit = hit.map(|f| f.phrase);
        let setting = setting::of(view, &asked, &self.offered(found), hit);
        let placed = setting.time.is_some() || setting.place.is_some();
        if fillers.is_empty() && !placed && general::is_general(view, head) {
            return None;
        }
        let spoken_again = spoken_again(view, trigger, &frame, triggers);
        let more_places = setting.more_places.clone();
        let past = stance.past;
        let noun = trigger.form == Form::Noun || view.pos(head) == Pos::Noun;
        let definite = noun && assemble::is_definite(view, &frame);
        let parts = Parts {
            view,
            lexicon: &self.lexicon,
            event_type,
            rule,
            projections: own.unwrap_or(&event_type.projections),
            trigger,
            frame: &frame,
            fillers,
            stance,
            setting,
            scopes,
            version: &self.version,
            is_total: total.is_some(),
        };
        let mut content = parts.assemble()?;
        self.retell(view, &frame, found, &mut content, out);
        let mut tale = Tale::of(view, content.trigger, head, definite);
        tale.spoken_again = spoken_again;
        if is_scenic(event_type) && total.is_none() && !tale.apart && !describes(view, head) {
            tale.goes_on = Some(if past { GoesOn::Past } else { GoesOn::Open });
        }
        offer_sides(&mut content, view, out);
        setting::put(view.text, content, more_places, out);
        Some(tale)
    }
}

/// Whether the verb at token `verb` is what the claim was made by.
fn hangs_on(made: &Made<'_>, verb: Option<usize>) -> bool {
    verb.is_some_and(|verb| made.by.tokens.contains(&verb))
}

/// Whether it only gives the event at `head` its name: "what *the army* called a raid".
fn is_namer(view: &View<'_>, head: usize, filler: &Filler) -> bool {
    let verb = view.tree.head(head).filter(|verb| attribution::is_termed(view, *verb));
    let noun = view.phrases.get(filler.phrase).map(|phrase| phrase.head);
    let subject = noun.is_some_and(|noun| view.tree.dep(noun) == Dep::Nsubj);
    verb.is_some() && subject && noun.and_then(|noun| view.tree.head(noun)) == verb
}

/// Whether a victim is said to live somewhere: "nineteen *inhabitants of Koukou* were killed".
fn lives_there(view: &View<'_>, filler: &Filler) -> bool {
    let noun = view.phrases.get(filler.phrase).map(|phrase| phrase.head);
    filler.role == RoleKind::Victim && noun.is_some_and(|noun| setting::live_there(view, noun))
}

/// Whether the event at `head` only describes somebody or something, in a relative clause. A denial takes it for granted: "denied any part
/// in the raid in which ten *died*".
fn is_described(view: &View<'_>, head: usize) -> bool {
    view.tree.upward(head).any(|at| view.tree.relation(at).is(Dep::Acl, Subtype::Relcl))
}

/// Whether the event at `head` stands in a clause that only says of a noun what it is: "the town *besieged* by rebels".
fn describes(view: &View<'_>, head: usize) -> bool {
    view.tree.upward(head).any(|at| view.tree.dep(at) == Dep::Acl)
}

/// Whether an event of the type is a bodily act, which has its place in a scene: words and treaties need none.
fn is_scenic(told: &EventType) -> bool {
    let class = told.projections.plover.as_ref().map(|plover| plover.event_type.as_str());
    told.violent || told.casualty.is_some() || matches!(class, Some("PROTEST" | "COERCE"))
}

/// What is known of a sentence before its claims are made.
struct Read<'r, 'a> {
    scopes: &'r [Scope],
    triggers: &'r [Trigger],
    found: &'r Found,
    filling: &'r Filling<'r, 'a>,
}

/// A rule that fires: at which words, with what around them, and who fills its roles.
struct Fired<'f> {
    rule: &'f Rule,
    event_type: &'f EventType,
    trigger: &'f Trigger,
    frame: Frame,
    fillers: Vec<Filler>,
}

/// A claim that a rule has made: of which type, at which words, with the verb that supports its noun.
struct Made<'t> {
    type_index: usize,
    by: &'t Trigger,
    support: Option<Range<usize>>,
}

/// Whether the filler says what is told and stands behind it: "… were killed, *an elder* said".
fn is_speaker_behind(
    view: &View<'_>,
    trigger: &Trigger,
    filler: &Filler,
    scopes: &[&Scope],
) -> bool {
    let Some(phrase) = view.phrases.get(filler.phrase) else { return false };
    let says = |scope: &&Scope| {
        let told = scope.speech.contains(&phrase.head) && !scope.tokens.contains(&phrase.head);
        told || scope.links.iter().any(|link| link.range.overlaps(filler.range))
    };
    // "an attack that *doctors* say killed nine"
    let verb = view.tree.head(phrase.head).filter(|_| view.tree.dep(phrase.head) == Dep::Nsubj);
    let act = trigger.tokens.start;
    let interposed = filler.role == RoleKind::Initiator
        && verb.is_some_and(|verb| phrase.head < verb && verb + 1 == act)
        && view.feats(act).contains("VerbForm=Fin");
    (interposed || phrase.head >= trigger.tokens.end) && scopes.iter().any(says)
}

/// Whether `kind` stands before the noun `act` and says what it was.
fn names_kind(view: &View<'_>, kind: &Trigger, act: &Trigger) -> bool {
    let top = |trigger: &Trigger| view.tree.top(&trigger.tokens).unwrap_or(trigger.tokens.start);
    let (kind, act) = (top(kind), top(act));
    let noun = matches!(view.pos(act), Pos::Noun | Pos::Propn);
    let inner = matches!(view.tree.dep(kind), Dep::Compound | Dep::Amod | Dep::Nmod);
    noun && inner && kind < act && view.tree.head(kind) == Some(act)
}

/// Offers the two sides that the same sentence named before for "each group … the other".
fn offer_sides(content: &mut ClaimContent, view: &View<'_>, earlier: &[ClaimContent]) {
    let sides =
        earlier.iter().rev().take_while(|c| view.sentence.range == c.evidence.first().range());
    let Some(sides) = sides
        .map(|c| &c.roles)
        .find(|roles| roles.iter().filter(|r| r.role == RoleKind::Participant).count() > 1)
    else {
        return;
    };
    let open = content.roles.iter_mut().filter(|r| {
        r.role == RoleKind::Participant && r.actor.is_none() && r.candidates.is_empty()
    });
    for role in open {
        let named = sides.iter().filter_map(|side| side.actor.clone());
        role.candidates = named
            .map(|actor| ActorCandidate {
                actor,
                score: 0.5,
                reason: "one of the sides that the sentence names".to_owned(),
            })
            .collect();
    }
}

/// How the verbs of a rule may stand.
fn voice(rule: &Rule, event_type: &EventType) -> Voice {
    let takes_object =
        rule.slots.iter().any(|(_, functions)| functions.contains(&Function::Object));
    match (takes_object, event_type.casualty) {
        (false, _) => Voice::Intransitive,
        (true, None) => Voice::Transitive,
        (true, Some(_)) => Voice::Harm,
    }
}
