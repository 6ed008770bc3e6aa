//! Invented coded reports from a seed, for benchmarks and tests: events told by several outlets, reprints, attribution,
//! risen tolls. No clock and no chance: one seed gives the same reports on every machine.

use averment_types::{
    ActorId, ActorKind, ActorRef, AttributionLink, Casualties, CasualtyKind, Claim, ClaimContent,
    ClaimKind, CodedReport, Coder, CoderVersion, CountryCode, DateInterval, DatePrec, Evidence,
    EvidenceSet, Modality, PlaceKind, PlaceValue, Polarity, Projections, Published,
    PublishedSource, Report, Role, RoleKind, RuleId, SpeakerKind, TextRange, TimeValue, TypeId,
    WherePrec, ZoneKind,
};

use crate::day;
use crate::hash::{join, mix};

const SYLLABLES: [&str; 24] = [
    "ba", "ko", "ti", "ra", "men", "du", "sa", "lo", "gu", "ni", "fa", "zer", "mo", "ka", "wel",
    "tor", "yi", "bar", "den", "qu", "has", "vo", "lem", "shi",
];
const TYPES: [(&str, &str); 5] = [
    ("armed_clash", "clashed with"),
    ("attack", "attacked"),
    ("bombing", "bombed"),
    ("shelling", "shelled"),
    ("ambush", "ambushed"),
];
const OUTLETS: u64 = 60;
const GROUPS: u64 = 40;
const TOWNS: u64 = 2_000;
/// The first day of the invented world: 1 January 2015.
const FIRST_DAY: i32 = 16_436;
const DAYS: u64 = 3_000;

/// Numbers from a seed (`SplitMix64`).
#[derive(Debug, Clone)]
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }
}

/// An invented event.
struct Event {
    number: u64,
    kind: (&'static str, &'static str),
    day: i32,
    town: u64,
    groups: (u64, u64),
    killed: u32,
    person: String,
}

/// A report and the event that it tells of: the gold that a grouping is held against.
#[derive(Debug, Clone)]
pub struct Told {
    /// The report with its claims.
    pub coded: CodedReport,
    /// The event's number.
    pub event: u64,
}

/// Invented reports, one after the other: each event is told by one to six of them, one by one.
///
/// ```
/// let first = averment_corroborate::synthetic::reports(7).next();
/// assert!(first.is_some_and(|told| !told.coded.claims.is_empty()));
/// ```
pub fn reports(seed: u64) -> impl Iterator<Item = Told> {
    (0_u64..).flat_map(move |number| tell(seed, number))
}

fn tell(seed: u64, number: u64) -> Vec<Told> {
    let mut chance = Chance(join(&[seed, number]));
    let kind = usize::try_from(chance.below(5))
        .ok()
        .and_then(|at| TYPES.get(at))
        .copied()
        .unwrap_or(("attack", "attacked"));
    let event = Event {
        number,
        kind,
        day: FIRST_DAY + small(chance.below(DAYS)),
        town: chance.below(TOWNS),
        groups: (chance.below(GROUPS), chance.below(GROUPS)),
        killed: u32::try_from(chance.below(40)).unwrap_or(0),
        person: format!("{} {}", name(chance.next(), 2), name(chance.next(), 3)),
    };
    let copies = 1 + chance.below(6).min(chance.below(6));
    let mut first: Option<Vec<String>> = None;
    (0..copies)
        .filter_map(|copy| {
            let reprint = chance.below(10) < 3;
            let sentences = match first.clone().filter(|_| reprint) {
                Some(same) => same,
                None => sentences(&event, &mut chance),
            };
            first.get_or_insert_with(|| sentences.clone());
            report(&event, copy, &sentences, &mut chance).map(|coded| Told { coded, event: number })
        })
        .collect()
}

/// A name with a capital, of so many syllables.
fn name(seed: u64, syllables: usize) -> String {
    let mut chance = Chance(seed);
    let picked: String = (0..syllables)
        .filter_map(|_| usize::try_from(chance.below(24)).ok().and_then(|at| SYLLABLES.get(at)))
        .copied()
        .collect();
    let mut letters = picked.chars();
    letters.next().map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect())
}

fn town(number: u64) -> String {
    name(join(&[11, number]), 3)
}

fn group(number: u64) -> String {
    format!("{} Front", name(join(&[12, number]), 2))
}

/// The sentences of one report: lead, toll, colour. The first two are what claims are made of.
fn sentences(event: &Event, chance: &mut Chance) -> Vec<String> {
    let (a, b, town) = (group(event.groups.0), group(event.groups.1), town(event.town));
    let killed = event.killed + u32::try_from(chance.below(3)).unwrap_or(0);
    let leads = [
        format!("Fighters of the {a} {} the {b} near the town of {town}.", event.kind.1),
        format!(
            "The town of {town} saw heavy violence when the {a} {} positions of the {b}.",
            event.kind.1
        ),
        format!("In {town} the {a} {} the {b}, leaving homes in ruins.", event.kind.1),
    ];
    let tolls = [
        format!(
            "At least {killed} people were killed, said a nurse who gave the name of {}.",
            event.person
        ),
        format!("A list seen at the hospital, headed by {}, counted {killed} dead.", event.person),
    ];
    let mut all = vec![pick(&leads, chance), pick(&tolls, chance)];
    for _ in 0..4 {
        let words: Vec<String> =
            (0..12).map(|_| name(chance.below(6_000), 3).to_lowercase()).collect();
        all.push(format!("A witness spoke of {}.", words.join(" ")));
    }
    all
}

fn pick(of: &[String], chance: &mut Chance) -> String {
    let at = usize::try_from(chance.below(of.len() as u64)).unwrap_or(0);
    of.get(at).cloned().unwrap_or_default()
}

fn report(
    event: &Event,
    copy: u64,
    sentences: &[String],
    chance: &mut Chance,
) -> Option<CodedReport> {
    let text = sentences.join(" ");
    let mut report = Report::of_body(&format!("synthetic-{}-{copy}", event.number), &text)?;
    let day = day::date_of(event.day + small(chance.below(3)))?;
    report.outlet = Some(format!("{} Daily", name(join(&[13, chance.below(OUTLETS)]), 2)));
    report.published = Some(Published {
        interval: DateInterval::day(day),
        precision: DatePrec::Day,
        source: PublishedSource::Field,
        text: day.to_string(),
    });
    report.digest = report.compute_digest();
    let mut claims = Vec::new();
    for (at, sentence) in sentences.iter().take(2).enumerate() {
        let range = TextRange::of(
            &text,
            text.get(text.find(sentence.as_str())?..)?.get(..sentence.len())?,
        )?;
        let content = content(event, at == 1, range, &text, chance)?;
        claims.push(Claim::new(&report.id, &report.digest, content));
    }
    Some(CodedReport { report, claims })
}

fn content(
    event: &Event,
    toll: bool,
    range: TextRange,
    text: &str,
    chance: &mut Chance,
) -> Option<ClaimContent> {
    let trigger = TextRange::new(range.start(), range.start() + 2).ok()?;
    let words = || range.slice(text).unwrap_or_default().to_owned();
    let day = day::date_of(event.day)?;
    let time = (chance.below(10) < 7).then(|| TimeValue {
        interval: DateInterval::day(day),
        precision: DatePrec::Day,
        text: String::new(),
        span: trigger,
        inferred: false,
        reasons: Vec::new(),
        candidates: Vec::new(),
    });
    let place = (chance.below(10) < 8).then(|| place(event.town, trigger));
    let role = |role, number| Role {
        role,
        text: group(number),
        range: trigger,
        antecedent: None,
        actor: Some(actor(number)),
        reasons: Vec::new(),
        candidates: Vec::new(),
        alleged: None,
    };
    let roles = if toll {
        Vec::new()
    } else {
        vec![role(RoleKind::Initiator, event.groups.0), role(RoleKind::Target, event.groups.1)]
    };
    let casualties = if toll { vec![killed(event.killed, range, words())] } else { Vec::new() };
    Some(ClaimContent {
        kind: ClaimKind::Event,
        type_id: TypeId::new(if toll { "killing" } else { event.kind.0 }),
        projections: Projections::default(),
        roles,
        time,
        place,
        casualties,
        polarity: Polarity::Affirmed,
        modality: Modality::Happened,
        modality_reasons: Vec::new(),
        attribution: attribution(chance, trigger),
        trigger,
        evidence: EvidenceSet::one(Evidence::cut(text, range, ZoneKind::Body, range).ok()?),
        gaps: Vec::new(),
        confidence: None,
        coder: Coder {
            version: CoderVersion {
                version: "0".into(),
                reader: "none".into(),
                codebook: "none".into(),
            },
            rule: RuleId::new("synthetic"),
        },
    })
}

fn killed(n: u32, range: TextRange, text: String) -> Casualties {
    Casualties {
        kind: CasualtyKind::Killed,
        of: None,
        low: Some(n),
        best: Some(n),
        high: Some(n),
        text,
        range,
    }
}

fn attribution(chance: &mut Chance, range: TextRange) -> Vec<AttributionLink> {
    const SPEAKERS: [(&str, SpeakerKind); 4] = [
        ("AFP", SpeakerKind::Outlet),
        ("Syrian Observatory for Human Rights", SpeakerKind::Monitor),
        ("a witness", SpeakerKind::Witness),
        ("the army", SpeakerKind::Official),
    ];
    let at = usize::try_from(chance.below(8)).unwrap_or(9);
    let link = SPEAKERS.get(at).map(|(speaker, kind)| AttributionLink {
        speaker: (*speaker).to_owned(),
        range,
        antecedent: None,
        kind: *kind,
        party: false,
        actor: None,
        affiliation: None,
        cue: "said".to_owned(),
        cue_range: range,
    });
    link.into_iter().collect()
}

fn actor(number: u64) -> ActorRef {
    ActorRef {
        id: ActorId::new(&format!("synthetic-{number}")),
        name: group(number),
        kind: ActorKind::ArmedGroup,
        country: None,
    }
}

fn place(number: u64, span: TextRange) -> PlaceValue {
    let name = town(number);
    let mut place = PlaceValue::named(&name, PlaceKind::Settlement, WherePrec::Exact, &name, span);
    place.gazetteer_id = Some(format!("synthetic:{number}"));
    place.admin1 = Some(format!("Province {}", number / 25));
    place.country = CountryCode::parse(
        ["ML", "NE", "BF", "SY"].get(usize::try_from(number % 4).unwrap_or(0)).unwrap_or(&"ML"),
    )
    .ok();
    let (row, column) = (number / 50, number % 50);
    place.lat = Some(f64::from(u32::try_from(row).unwrap_or(0)) * 0.5);
    place.lon = Some(f64::from(u32::try_from(column).unwrap_or(0)) * 0.5);
    place
}

fn small(n: u64) -> i32 {
    i32::try_from(n).unwrap_or(0)
}
