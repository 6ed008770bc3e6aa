//! The coder: a report in, its claims out.

use std::sync::Arc;

use averment_actors::{ActorMention, ActorsError, MentionKind, Referent, Registry};
use averment_codebook::{Codebook, Kind, Rule};
use averment_lang::{Pos, Reader, ReaderKind, Reading};
use averment_place::{Gazetteer, PlaceError, PlaceMention, PlaceUsage};
use averment_time::TimeMention;
use averment_types::{
    Claim, ClaimContent, ClaimKind, CodedReport, CoderVersion, DateInterval, Digest, PlaceKind,
    PlaceValue, Published, PublishedSource, Report, TextRange, WarningCode, ZoneKind,
};

use crate::ExtractError;
use crate::attribution::{self, Carry};
use crate::confidence::{self, Confidence};
use crate::lexicon::Lexicon;
use crate::located::{self, Located, PlaceOption, TimeOption, speech_besides};
use crate::nouns::Nouns;
use crate::reference::References;
use crate::setting::{self, Asked, Behind, Label, Offered, Rankers, Wanting};
use crate::view::{Mentions, View};
use crate::{capitals, choice, describing, reference, themes, told, triggers};

/// Codebook, registry, gazetteer and word lists, ready to code. Shared between threads.
pub struct Coder {
    reader: Arc<Reader>,
    pub(crate) codebook: Codebook,
    pub(crate) registry: Registry,
    gazetteer: Gazetteer,
    pub(crate) lexicon: Lexicon,
    /// For each type the rule by which what the reader tells of becomes a claim.
    pub(crate) learned: Vec<Rule>,
    references: References,
    rankers: Rankers,
    confidence: Confidence,
    pub(crate) version: CoderVersion,
}

/// A coded report and how much was read for it.
#[derive(Debug, Clone)]
pub struct Coded {
    /// The report with its claims.
    pub report: CodedReport,
    /// Number of words in the parts that were read.
    pub words: usize,
    /// For each claim the facts that its confidence was told from, each a few words: "both 0.8 to 0.9".
    pub facts: Vec<Vec<String>>,
    /// What claims lacked in their own sentences, and the times and places told before that they chose among.
    pub wanting: Vec<Wanting>,
}

/// What was found in a report before its sentences are coded.
pub(crate) struct Found {
    pub(crate) reading: Reading,
    actors: Vec<ActorMention>,
    /// Names inside the mentions of `actors`: "the wing of *Amadou Koufa*".
    nested: Vec<ActorMention>,
    /// Words that stand before an act for who does it: "*Russian* strikes".
    describing: Vec<ActorMention>,
    pub(crate) places: Vec<PlaceMention>,
    /// Names that the reader alone takes for places.
    unlisted: Vec<PlaceMention>,
    /// All names of places, in the order of the text.
    pub(crate) all_places: Vec<PlaceMention>,
    /// Places that are spoken of again without their names.
    referred: Vec<PlaceMention>,
    pub(crate) times: Vec<TimeMention>,
    /// The fields that the report at large talks of: sport, courts.
    pub(crate) themes: Vec<Kind>,
    /// Whether it tells of crime and accidents alone.
    pub(crate) everyday: bool,
    /// The place of the dateline.
    pub(crate) dateline: Option<PlaceValue>,
    /// Whether that is a capital, from where the whole country is written about.
    pub(crate) from_capital: bool,
    /// The labels of paragraphs that name places.
    pub(crate) labels: Vec<Label>,
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
        let rankers = Rankers::shipped()?;
        let confidence = Confidence::shipped()?;
        let reader = Reader::shipped(kind)?;
        let [places, times, told_places, told_times, places_behind, times_behind] =
            Rankers::sources();
        let data = Digest::of(&[
            codebook.fingerprint().as_bytes(),
            registry.fingerprint().as_bytes(),
            gazetteer.fingerprint().as_bytes(),
            Lexicon::source().as_bytes(),
            Nouns::source().as_bytes(),
            References::source().as_bytes(),
            places.as_bytes(),
            times.as_bytes(),
            told_places.as_bytes(),
            told_times.as_bytes(),
            places_behind.as_bytes(),
            times_behind.as_bytes(),
            Confidence::source().as_bytes(),
            reader.version().as_bytes(),
        ]);
        let data: String = data.to_string().chars().take(8).collect();
        let version = CoderVersion {
            version: format!("{}+{data}", env!("CARGO_PKG_VERSION")),
            reader: reader.version().to_owned(),
            codebook: codebook.name().to_owned(),
        };
        let learned = told::rules(&codebook);
        Ok(Self {
            reader,
            codebook,
            registry,
            gazetteer,
            lexicon,
            learned,
            references,
            rankers,
            confidence,
            version,
        })
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
        self.learned = told::rules(&codebook);
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
            let report = CodedReport { report, claims: Vec::new() };
            return Coded { report, words: 0, facts: Vec::new(), wanting: Vec::new() };
        }
        let deserving = |laid: &Reading| {
            let is_cue = |word: &str| self.reader.is_cue(word);
            choice::deserving(laid, &self.codebook, &self.lexicon, is_cue)
        };
        let reading = self.reader.read_chosen(&report, deserving);
        let found = self.find(&mut report, reading);
        let mut contents: Vec<ClaimContent> = Vec::new();
        let mut carry = Carry::default();
        let mut wanting: Vec<Wanting> = Vec::new();
        let times: Vec<TextRange> = found.times.iter().map(|t| t.span).collect();
        for index in 0..found.reading.sentences().len() {
            let first = contents.len();
            match self.view(&report.text, &found, index, &times) {
                Some(view) if found.reading.is_read(index) => {
                    let triggers = triggers::find(&view, &self.codebook, &self.lexicon);
                    let wanted =
                        self.code_sentence(&view, &triggers, &found, &mut carry, &mut contents);
                    wanting.extend(wanted);
                }
                Some(view) => carry.pass(&view),
                None => {}
            }
            carry.settle(first, &mut contents);
        }
        setting::headline::complete(&mut contents);
        let sentences = found.reading.sentences();
        let behind = Behind {
            text: &report.text,
            sentences,
            rankers: &self.rankers,
            places: &found.all_places,
            times: &found.times,
            labels: &found.labels,
        };
        let asked = behind.complete(&mut contents, &wanting);
        wanting.extend(asked);
        // The lead may have more by now.
        setting::headline::complete(&mut contents);
        setting::unspeak(&found.labels, &mut contents);
        setting::date_entries(&report.text, report.published.as_ref(), &mut contents);
        setting::date_covered(&report.text, &found.times, &found.labels, &mut contents);
        behind.tell_one_place(&mut contents, &wanting);
        setting::lie_in_report(&mut contents);
        let facts: Vec<Vec<String>> =
            contents.iter().map(|content| confidence::facts(&found.reading, content)).collect();
        for (content, facts) in contents.iter_mut().zip(&facts) {
            content.confidence = Some(self.confidence.of(facts));
        }
        let claims = contents
            .into_iter()
            .map(|content| Claim::new(&report.id, &report.digest, content))
            .collect();
        Coded {
            words: found.reading.words(),
            report: CodedReport { report, claims },
            facts,
            wanting,
        }
    }

    /// The view of sentence `index`; `times` are the ranges of its time expressions.
    fn view<'a>(
        &self,
        text: &'a str,
        found: &'a Found,
        index: usize,
        times: &[TextRange],
    ) -> Option<View<'a>> {
        let mentions = Mentions {
            actors: &found.actors,
            nested: &found.nested,
            describing: &found.describing,
        };
        View::new(text, &found.reading, index, mentions, times, &self.lexicon)
    }

    fn find(&self, report: &mut Report, reading: Reading) -> Found {
        let spans: Vec<TextRange> = reading.sentences().iter().map(|s| s.range).collect();
        let times = averment_time::read(&report.text, &spans, report.published.as_ref());
        for warning in times.warnings {
            report.warn(warning.code, warning.message);
        }
        let mut times = times.mentions;
        if let Some(page) =
            report.published.as_ref().filter(|p| p.source == PublishedSource::Dateline)
        {
            times.retain(|mention| !is_page_date(&report.text, mention, page));
        }
        let on = report.published.as_ref().map(|p| p.interval).or_else(|| latest(&times));
        let mut actors = self.registry.read(&report.text, &spans, on);
        trim_verbs(&report.text, &reading, &mut actors);
        actors.retain(|actor| !setting::is_place_name(&report.text, &reading, actor));
        actors.retain(|actor| !is_cut(&report.text, actor));
        let tails: Vec<TextRange> =
            actors.iter().filter_map(|m| tail(&report.text, m.span)).collect();
        let nested = self.registry.read(&report.text, &tails, on);
        let names = actors.iter().filter(|m| m.refers_to.as_ref().is_none_or(Referent::is_actor));
        let taken: Vec<TextRange> = names.map(|m| m.span).collect();
        // A headline is read with the text.
        let mut headlines = report.zones.iter().filter(|zone| zone.kind == ZoneKind::Headline);
        let headed = headlines.next().map(|zone| zone.range.end());
        let title = report.title.as_deref().filter(|_| headed.is_none()).unwrap_or_default();
        let places = self.gazetteer.read_titled(title, &report.text, &spans, &taken);
        actors.extend(places.iter().filter_map(|place| self.state(place, &report.text, &reading)));
        actors.extend(capitals::find(&reading, &places, &self.gazetteer, &self.registry));
        actors.sort_by_key(|mention| mention.span);
        let references = self.references.find(&report.text, &reading, &actors);
        let actors = reference::settle(&report.text, actors, &references);
        let themes = themes::of(&reading, &self.lexicon);
        let everyday = themes::is_everyday(&reading, &self.lexicon);
        let when: Vec<TextRange> = times.iter().map(|time| time.span).collect();
        let mut unlisted = setting::unlisted(&report.text, &reading, &places, &actors, &when);
        let dateline = self.dateline(report);
        let known =
            describing::Known { registry: &self.registry, actors: &actors, places: &places };
        let describing = describing::find(&report.text, &reading, &known);
        unlisted.retain(|place| !describing.iter().any(|word| word.span.overlaps(place.span)));
        let labels = setting::labels(&report.text, headed.unwrap_or_default(), &places, &unlisted);
        let referred = setting::referred(&report.text, &reading, &places, &self.lexicon);
        let mut all_places = [places.as_slice(), unlisted.as_slice()].concat();
        all_places.sort_by_key(|place| place.span);
        Found {
            reading,
            actors,
            nested,
            describing,
            places,
            unlisted,
            all_places,
            referred,
            times,
            themes,
            everyday,
            from_capital: dateline
                .as_ref()
                .is_some_and(|place| self.gazetteer.capital_of(place).is_some()),
            dateline,
            labels,
        }
    }

    /// The place that the dateline names first.
    fn dateline(&self, report: &Report) -> Option<PlaceValue> {
        let zone = report.zones.iter().find(|zone| zone.kind == ZoneKind::Dateline)?;
        let mentions = self.gazetteer.read(&report.text, &[zone.range], &[]);
        mentions.into_iter().map(|mention| mention.value).next()
    }

    /// The places and times that may be those of the event told at `trigger`, which is of the type `kind` where that is known, and
    /// which place the coder takes. All of the report is read. `None` where no sentence holds the words.
    #[must_use]
    pub fn locate(
        &self,
        mut report: Report,
        trigger: TextRange,
        kind: Option<&str>,
    ) -> Option<Located> {
        let all = |laid: &Reading| vec![true; laid.sentences().len()];
        let reading = self.reader.read_chosen(&report, all);
        let found = self.find(&mut report, reading);
        let index = found.reading.sentences().iter().position(|s| s.range.contains(trigger))?;
        let times: Vec<TextRange> = found.times.iter().map(|t| t.span).collect();
        let view = self.view(&report.text, &found, index, &times)?;
        let first = view.tokens.iter().position(|t| t.range.overlaps(trigger))?;
        let last = view.tokens.iter().rposition(|t| t.range.overlaps(trigger))?;
        let own = first..last + 1;
        let at = view.tree.top(&own).unwrap_or(first);
        let mut carry = Carry::default();
        let scopes = attribution::find(&view, &[own], &self.lexicon, &self.registry, &mut carry);
        let speech = speech_besides(&scopes, at);
        let known = kind.and_then(|kind| self.codebook.find_type(kind));
        let own_clause = known.is_some_and(|t| t.kind != ClaimKind::Event);
        let told = told::at(found.reading.told(), trigger);
        let asked = Asked {
            anchors: &[at],
            kind,
            own_clause,
            judged: None,
            sees: None,
            told,
            speech: &speech,
        };
        let offered = self.offered(&found);
        let chosen =
            setting::of(&view, &asked, &offered, std::iter::empty()).place.map(|place| place.span);
        let ranked = setting::place::rank(&view, &asked, &offered);
        let options = ranked
            .into_iter()
            .map(|r| PlaceOption { mention: r.site.mention.clone(), facts: r.facts });
        let options: Vec<PlaceOption> = options.collect();
        let chosen =
            chosen.and_then(|span| options.iter().position(|o| o.mention.value.span == span));
        let named = found.places.iter().chain(&found.unlisted).map(|m| m.span).collect();
        // When an act named by a noun happened, its verb may say: "carried out a *raid* on Friday".
        let verb = (view.pos(at) == Pos::Noun).then(|| located::governor(&view, at)).flatten();
        let anchors: Vec<usize> = [at].into_iter().chain(verb).collect();
        let dates = setting::time::rank(&view, &Asked { anchors: &anchors, ..asked }, &offered);
        let dates = dates.into_iter().map(|r| TimeOption { span: r.mention.span, facts: r.facts });
        Some(Located { options, chosen, named, times: dates.collect() })
    }

    pub(crate) fn offered<'f>(&'f self, found: &'f Found) -> Offered<'f> {
        Offered {
            times: &found.times,
            places: &found.places,
            unlisted: &found.unlisted,
            referred: &found.referred,
            rankers: &self.rankers,
        }
    }

    /// The state that a country's name stands for where it is not a place: "Russia supports", and "*Israel*'s air strikes" where the
    /// reader hears it act.
    fn state(&self, place: &PlaceMention, text: &str, reading: &Reading) -> Option<ActorMention> {
        let owns = || {
            let behind = text.get(place.span.end()..).unwrap_or_default();
            let owner = behind.starts_with(['\'', '’']) && !is_ranked(behind);
            owner && capitals::is_heard(reading.told(), place.span, &DOERS)
        };
        let acts = match place.usage {
            PlaceUsage::Metonym | PlaceUsage::Bare => true,
            PlaceUsage::Modifier => owns(),
            PlaceUsage::Locative => false,
        };
        let acts = acts && place.value.kind == PlaceKind::Country;
        let actor = self.registry.state(&place.value.name).filter(|_| acts)?;
        let reason = "the country's name stands for the state";
        Some(ActorMention::certain(place.span, MentionKind::Named, actor, reason))
    }
}

/// The parts of those who act.
const DOERS: [&str; 2] = ["initiator", "participant"];

/// Whether the words behind an owner tell the how-manieth or worst of its kind an act was there, and not at whom it was aimed: "Iraq's
/// *deadliest* bombing", but "Israel's *latest* strikes *on* Gaza".
fn is_ranked(behind: &str) -> bool {
    let words: Vec<&str> = behind.split_whitespace().take(9).skip(1).collect();
    let rank = |word: &&str| {
        let ordinal = matches!(*word, "worst" | "first" | "second" | "third" | "last" | "most");
        ordinal || word.ends_with("est") || *word == "suicide"
    };
    let aimed = words.iter().any(|word| matches!(*word, "on" | "against"));
    !aimed && words.iter().take(3).any(rank)
}

/// Whether it is the date of publication that stands at the head of running text: "AFP *Thursday 14 Jul 2016* Two men died".
fn is_page_date(text: &str, mention: &TimeMention, page: &Published) -> bool {
    /// How far into a text such a date may stand, in bytes.
    const HEAD: usize = 250;
    let words = mention.span.slice(text).unwrap_or_default();
    let same = mention.value.as_ref().is_some_and(|value| value.interval == page.interval);
    same && mention.span.end() <= HEAD && words.ends_with(&page.text)
}

/// The latest day that the text's dates name: what the report is at least as young as.
fn latest(mentions: &[TimeMention]) -> Option<DateInterval> {
    let days = mentions.iter().filter_map(|m| m.value.as_ref()?.interval.end());
    days.max().map(DateInterval::day)
}

/// Whether it is a piece of a longer compound: "*first-person*-view drones".
fn is_cut(text: &str, actor: &ActorMention) -> bool {
    let words = actor.span.slice(text).unwrap_or_default();
    let behind = text.get(actor.span.end()..).unwrap_or_default();
    actor.kind == MentionKind::Generic && words.contains('-') && behind.starts_with('-')
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
