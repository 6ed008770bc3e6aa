//! The coder: a report in, its claims out.

use std::ops::Range;
use std::sync::Arc;

use averment_actors::{ActorMention, ActorsError, MentionKind, Referent, Registry};
use averment_codebook::{Codebook, EventType, Form, Function, Kind, Rule, Trigger};
use averment_lang::{Pos, Reader, ReaderKind, Reading};
use averment_place::{Gazetteer, PlaceError, PlaceMention, PlaceUsage};
use averment_time::TimeMention;
use averment_types::{
    ActorCandidate, Claim, ClaimContent, ClaimKind, CodedReport, CoderVersion, DateInterval,
    Digest, PlaceKind, PlaceValue, Report, RoleKind, TextRange, WarningCode, ZoneKind,
};

use crate::ExtractError;
use crate::assemble::{self, Parts};
use crate::attribution::{self, Carry, Scope};
use crate::fillers::Filling;
use crate::frame::{Frame, Voice};
use crate::lexicon::Lexicon;
use crate::located::{Located, PlaceOption, anchors, speech_besides, spoken_again};
use crate::reference::References;
use crate::setting::{self, Asked, Offered, Ranker, Scene};
use crate::view::View;
use crate::{choice, modality, reference, themes, triggers};

/// Codebook, registry, gazetteer and word lists, ready to code. Shared between threads.
pub struct Coder {
    reader: Arc<Reader>,
    codebook: Codebook,
    registry: Registry,
    gazetteer: Gazetteer,
    lexicon: Lexicon,
    references: References,
    ranker: Ranker,
    version: CoderVersion,
}

/// A coded report and how much was read for it.
#[derive(Debug, Clone)]
pub struct Coded {
    /// The report with its claims.
    pub report: CodedReport,
    /// Number of words in the parts that were read.
    pub words: usize,
}

/// What was found in a report before its sentences are coded.
pub(crate) struct Found {
    pub(crate) reading: Reading,
    actors: Vec<ActorMention>,
    /// Names inside the mentions of `actors`: "the wing of *Amadou Koufa*".
    nested: Vec<ActorMention>,
    pub(crate) places: Vec<PlaceMention>,
    /// Names that the reader alone takes for places.
    unlisted: Vec<PlaceMention>,
    times: Vec<TimeMention>,
    /// The fields that the report at large talks of: sport, courts.
    themes: Vec<Kind>,
    /// The place of the dateline.
    dateline: Option<PlaceValue>,
}

impl Coder {
    /// The coder with the data that comes with the program and one of its readers.
    ///
    /// # Errors
    /// When some of that data is wrong, which the tests rule out.
    pub fn shipped(kind: ReaderKind) -> Result<Self, ExtractError> {
        let codebook = Codebook::shipped()?;
        let registry = Registry::shipped()?;
        let gazetteer = Gazetteer::shipped()?;
        let lexicon = Lexicon::shipped()?;
        let references = References::shipped()?;
        let ranker = Ranker::shipped()?;
        let reader = Reader::shipped(kind)?;
        let data = Digest::of(&[
            codebook.fingerprint().as_bytes(),
            registry.fingerprint().as_bytes(),
            gazetteer.fingerprint().as_bytes(),
            Lexicon::source().as_bytes(),
            References::source().as_bytes(),
            Ranker::source().as_bytes(),
            reader.version().as_bytes(),
        ]);
        let data: String = data.to_string().chars().take(8).collect();
        let version = CoderVersion {
            version: format!("{}+{data}", env!("CARGO_PKG_VERSION")),
            reader: reader.version().to_owned(),
            codebook: codebook.name().to_owned(),
        };
        Ok(Self { reader, codebook, registry, gazetteer, lexicon, references, ranker, version })
    }

    /// This coder with a compiled gazetteer besides its own; the version names it too.
    ///
    /// # Errors
    /// When the bytes are no compiled gazetteer.
    pub fn with_places(mut self, compiled: Vec<u8>) -> Result<Self, PlaceError> {
        self.gazetteer = self.gazetteer.overlaid(compiled)?;
        let places = Digest::of(&[self.gazetteer.fingerprint().as_bytes()]).to_string();
        let places: String = places.chars().take(8).collect();
        self.version.version = format!("{}.{places}", self.version.version);
        Ok(self)
    }

    /// This coder with another codebook; the version names it too.
    #[must_use]
    pub fn with_codebook(mut self, codebook: Codebook) -> Self {
        let rules: String = codebook.fingerprint().to_string().chars().take(8).collect();
        self.version.version = format!("{}.{rules}", self.version.version);
        codebook.name().clone_into(&mut self.version.codebook);
        self.codebook = codebook;
        self
    }

    /// This coder with a user's registry files, each with its name, over its own; the version names them too.
    ///
    /// # Errors
    /// When a file is wrong, with its line.
    pub fn with_actors(mut self, own: &[(&str, &str)]) -> Result<Self, ActorsError> {
        self.registry = Registry::shipped_with(own)?;
        let actors = Digest::of(&[self.registry.fingerprint().as_bytes()]).to_string();
        let actors: String = actors.chars().take(8).collect();
        self.version.version = format!("{}.{actors}", self.version.version);
        Ok(self)
    }

    /// The version that every claim of this coder carries.
    #[must_use]
    pub const fn version(&self) -> &CoderVersion {
        &self.version
    }

    /// The codebook in force.
    #[must_use]
    pub const fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// The actor registry in force.
    #[must_use]
    pub const fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The gazetteer in force.
    #[must_use]
    pub const fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// Codes a report.
    #[must_use]
    pub fn code(&self, mut report: Report) -> Coded {
        let foreign = report.language.as_ref().is_some_and(|l| l.as_str() != "en");
        if foreign {
            report.warn(
                WarningCode::LanguageUnsupported,
                "the coder reads English alone; no claims were made",
            );
            return Coded { report: CodedReport { report, claims: Vec::new() }, words: 0 };
        }
        let deserving = |laid: &Reading| choice::deserving(laid, &self.codebook, &self.lexicon);
        let reading = self.reader.read_chosen(&report, deserving);
        let found = self.find(&mut report, reading);
        let mut contents: Vec<ClaimContent> = Vec::new();
        let mut carry = Carry::default();
        let times: Vec<TextRange> = found.times.iter().map(|t| t.span).collect();
        for index in 0..found.reading.sentences().len() {
            match self.view(&report.text, &found, index, &times) {
                Some(view) if found.reading.is_read(index) => {
                    let triggers = triggers::find(&view, &self.codebook, &self.lexicon);
                    self.code_sentence(&view, &triggers, &found, &mut carry, &mut contents);
                }
                Some(view) => carry.pass(&view),
                None => {}
            }
        }
        let claims = contents
            .into_iter()
            .map(|content| Claim::new(&report.id, &report.digest, content))
            .collect();
        Coded { words: found.reading.words(), report: CodedReport { report, claims } }
    }

    /// The view of sentence `index`; `times` are the ranges of its time expressions.
    fn view<'a>(
        &self,
        text: &'a str,
        found: &'a Found,
        index: usize,
        times: &[TextRange],
    ) -> Option<View<'a>> {
        let mentions = (found.actors.as_slice(), found.nested.as_slice());
        View::new(text, &found.reading, index, mentions, times, &self.lexicon)
    }

    fn find(&self, report: &mut Report, reading: Reading) -> Found {
        let spans: Vec<TextRange> = reading.sentences().iter().map(|s| s.range).collect();
        let times = averment_time::read(&report.text, &spans, report.published.as_ref());
        for warning in times.warnings {
            report.warn(warning.code, warning.message);
        }
        let on = report.published.as_ref().map(|p| p.interval).or_else(|| latest(&times.mentions));
        let mut actors = self.registry.read(&report.text, &spans, on);
        trim_verbs(&report.text, &reading, &mut actors);
        actors.retain(|actor| !setting::is_place_name(&reading, actor));
        let tails: Vec<TextRange> =
            actors.iter().filter_map(|m| tail(&report.text, m.span)).collect();
        let nested = self.registry.read(&report.text, &tails, on);
        let names = actors.iter().filter(|m| m.refers_to.as_ref().is_none_or(Referent::is_actor));
        let taken: Vec<TextRange> = names.map(|m| m.span).collect();
        let places = self.gazetteer.read(&report.text, &spans, &taken);
        actors.extend(places.iter().filter_map(|place| self.state(place)));
        actors.sort_by_key(|mention| mention.span);
        let references = self.references.find(&report.text, &reading, &actors);
        let actors = reference::settle(&report.text, actors, &references);
        let themes = themes::of(&reading, &self.lexicon);
        let unlisted = setting::unlisted(&report.text, &reading, &places, &actors);
        let dateline = self.dateline(report);
        Found { reading, actors, nested, places, unlisted, times: times.mentions, themes, dateline }
    }

    /// The place that the dateline names first.
    fn dateline(&self, report: &Report) -> Option<PlaceValue> {
        let zone = report.zones.iter().find(|zone| zone.kind == ZoneKind::Dateline)?;
        let mentions = self.gazetteer.read(&report.text, &[zone.range], &[]);
        mentions.into_iter().map(|mention| mention.value).next()
    }

    /// The places that may be those of the event told at `trigger`, and which of them the coder takes. All of the
    /// report is read. `None` where no sentence holds the words.
    #[must_use]
    pub fn locate(&self, mut report: Report, trigger: TextRange) -> Option<Located> {
        let reading = self.reader.read(&report);
        let found = self.find(&mut report, reading);
        let index = found.reading.sentences().iter().position(|s| s.range.contains(trigger))?;
        let times: Vec<TextRange> = found.times.iter().map(|t| t.span).collect();
        let view = self.view(&report.text, &found, index, &times)?;
        let at = view.tokens.iter().position(|t| t.range.overlaps(trigger))?;
        let own = at..at + 1;
        let mut carry = Carry::default();
        let scopes = attribution::find(&view, &[own], &self.lexicon, &self.registry, &mut carry);
        let speech = speech_besides(&scopes, at);
        let asked = Asked { anchors: &[at], own_clause: false, speech: &speech };
        let offered = self.offered(&found);
        let chosen = setting::of(&view, &asked, &offered).place.map(|place| place.span);
        let ranked = setting::rank(&view, &asked, &offered);
        let options = ranked
            .into_iter()
            .map(|r| PlaceOption { mention: r.site.mention.clone(), facts: r.facts });
        let options: Vec<PlaceOption> = options.collect();
        let chosen =
            chosen.and_then(|span| options.iter().position(|o| o.mention.value.span == span));
        let named = found.places.iter().chain(&found.unlisted).map(|m| m.span).collect();
        Some(Located { options, chosen, named })
    }

    fn offered<'f>(&'f self, found: &'f Found) -> Offered<'f> {
        Offered {
            times: &found.times,
            places: &found.places,
            unlisted: &found.unlisted,
            ranker: &self.ranker,
        }
    }

    /// The state that a country's name stands for where it is not a place: "Russia supports".
    fn state(&self, place: &PlaceMention) -> Option<ActorMention> {
        let acts = matches!(place.usage, PlaceUsage::Metonym | PlaceUsage::Bare)
            && place.value.kind == PlaceKind::Country;
        let actor = self.registry.state(&place.value.name).filter(|_| acts)?;
        let reason = "the country's name stands for the state".to_owned();
        Some(ActorMention {
            span: place.span,
            head: place.span,
            kind: MentionKind::Named,
            actor_kind: Some(actor.kind),
            actor: Some(actor),
            candidates: Vec::new(),
            reasons: vec![reason],
            number: None,
            plural: false,
            refers_to: None,
        })
    }

    fn code_sentence(
        &self,
        view: &View<'_>,
        triggers: &[Trigger],
        found: &Found,
        carry: &mut Carry,
        out: &mut Vec<ClaimContent>,
    ) {
        // "denied" tells of a denial and says what is denied.
        let says = |t: &&Trigger| {
            let (words, at) = (&view.words, t.tokens.start);
            let lexicon = &self.lexicon;
            t.words == 1 && (lexicon.say.at(words, at).or(lexicon.accuse.at(words, at))).is_some()
        };
        let acts = triggers.iter().filter(|t| t.form != Form::Noun && !says(t));
        let acts: Vec<Range<usize>> = acts.map(|t| t.tokens.clone()).collect();
        let scopes = attribution::find(view, &acts, &self.lexicon, &self.registry, carry);
        let filling =
            Filling { view, lexicon: &self.lexicon, places: &found.places, themes: &found.themes };
        let mut coded: Vec<(usize, &Trigger)> = Vec::new();
        for trigger in triggers {
            let Some(rule) = self.codebook.rules().get(trigger.rule) else { continue };
            let Some(event_type) = self.codebook.types().get(rule.type_index) else { continue };
            // What a longer trigger or a narrower type has coded is not coded once more.
            let told = |(narrower, by): &(usize, &Trigger)| {
                let narrower = self.codebook.types().get(*narrower);
                let shorter = by.tokens.start == trigger.tokens.start && by.words > trigger.words;
                let wider =
                    narrower.is_some_and(|n| self.codebook.lies_within(&n.id, &event_type.id));
                shorter || (wider && by.tokens.contains(&trigger.tokens.start))
            };
            if coded.iter().any(told) {
                continue;
            }
            let frame = Frame::of(view, trigger, voice(rule, event_type), &self.lexicon);
            let Some(fillers) = filling.of(rule, &frame) else { continue };
            let speech = speech_besides(&scopes, trigger.tokens.start);
            let scopes: Vec<&Scope> =
                scopes.iter().filter(|s| s.covers(trigger.tokens.start)).collect();
            let head = view.tree.top(&trigger.tokens).unwrap_or(trigger.tokens.start);
            let stance = modality::judge(view, head, &frame, &fillers, &scopes, &self.lexicon);
            if !rule.modalities.is_empty() && !rule.modalities.contains(&stance.modality) {
                continue;
            }
            let asked = Asked {
                anchors: &anchors(view, trigger, &frame, head),
                own_clause: event_type.kind != ClaimKind::Event,
                speech: &speech,
            };
            let setting = setting::of(view, &asked, &self.offered(found));
            let spoken_again = spoken_again(view, trigger, &frame, triggers);
            let more_places = setting.more_places.clone();
            let definite = trigger.form == Form::Noun && assemble::is_definite(view, &frame);
            let parts = Parts {
                view,
                lexicon: &self.lexicon,
                event_type,
                rule,
                trigger,
                frame: &frame,
                fillers,
                stance,
                setting,
                scopes,
                version: &self.version,
            };
            let Some(mut content) = parts.assemble() else { continue };
            if definite {
                let earlier = out.iter().rev().find(|c| may_be_same(view, c, &content));
                if let Some(earlier) = earlier {
                    assemble::inherit(&mut content, earlier);
                }
            }
            let dateline = found.dateline.as_ref();
            let scene = Scene { view, earlier: out, places: &found.places, dateline };
            scene.complete(&mut content, spoken_again);
            offer_sides(&mut content, view, out);
            coded.push((rule.type_index, trigger));
            let elsewhere = more_places
                .into_iter()
                .map(|place| ClaimContent { place: Some(place), ..content.clone() });
            let elsewhere: Vec<ClaimContent> = elsewhere.collect();
            out.push(content);
            out.extend(elsewhere);
        }
    }
}

/// Whether "the attack" of `later` may be the one that `earlier` tells of: the same type, a few
/// sentences before, and both said to have happened.
fn may_be_same(view: &View<'_>, earlier: &ClaimContent, later: &ClaimContent) -> bool {
    let told = earlier.evidence.first().range();
    let near = view.sentence.range.start().saturating_sub(told.end()) <= setting::REACH;
    earlier.type_id == later.type_id
        && near
        && earlier.modality.is_actual()
        && later.modality.is_actual()
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

/// The latest day that the text's dates name: what the report is at least as young as.
fn latest(mentions: &[TimeMention]) -> Option<DateInterval> {
    let days = mentions.iter().filter_map(|m| m.value.as_ref()?.interval.end());
    days.max().map(DateInterval::day)
}

/// Takes a verb off the head of a mention that took it for a modifier: "police *arrested* three men".
fn trim_verbs(text: &str, reading: &Reading, actors: &mut [ActorMention]) {
    let sentences = 0..reading.sentences().len();
    let verbs = sentences
        .flat_map(|index| reading.sentence_tokens(index))
        .filter(|token| token.pos == Pos::Verb);
    let verbs: Vec<TextRange> = verbs.map(|token| token.range).collect();
    for mention in actors {
        let at = verbs.partition_point(|verb| verb.start() < mention.span.start());
        let verb = verbs
            .get(at)
            .filter(|verb| verb.start() == mention.span.start() && verb.end() < mention.span.end());
        let rest = verb.and_then(|verb| TextRange::new(verb.end(), mention.span.end()).ok());
        mention.span = rest.map_or(mention.span, |rest| rest.trimmed(text));
    }
}

/// What stands behind "of" in a name: "Amadou Koufa" in "the wing of Amadou Koufa".
fn tail(text: &str, span: TextRange) -> Option<TextRange> {
    let words = span.slice(text)?;
    let at = words.find(" of ")? + " of ".len();
    TextRange::of(text, words.get(at..)?)
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
