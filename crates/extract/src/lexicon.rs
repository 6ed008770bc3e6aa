//! Word classes of the coder's grammar, read from `data/lexicons/coder.toml`.

use std::collections::{BTreeMap, HashMap, HashSet};

use averment_codebook::{Kind, verb_forms};
use averment_types::{CasualtyGroup, Modality, SpeakerKind};
use serde::Deserialize;

use crate::ExtractError;
use crate::nouns::{Named, Nouns};
use crate::setting::Refers;

static CODER: &str = include_str!("../../../data/lexicons/coder.toml");

#[derive(Deserialize)]
struct File {
    attribution: Attribution,
    modality: BTreeMap<String, Vec<String>>,
    grammar: BTreeMap<String, Vec<String>>,
    people: BTreeMap<String, Vec<String>>,
    kinds: BTreeMap<String, Vec<String>>,
    genre: Genre,
    places: Places,
    numbers: Numbers,
}

#[derive(Deserialize)]
struct Places {
    settlement: Vec<String>,
    division: Vec<String>,
    same_word: Vec<String>,
    quarters: Vec<String>,
    last: Vec<String>,
    parts: HashSet<String>,
}

#[derive(Deserialize)]
struct Genre {
    conflict: Vec<String>,
    everyday: Vec<String>,
}

#[derive(Deserialize)]
struct Attribution {
    verbs: Vec<String>,
    with_clause: Vec<String>,
    accusing: Vec<String>,
    denials: Vec<String>,
    dismissals: Vec<String>,
    quotes: Vec<String>,
    tells: Vec<String>,
    minded: Vec<String>,
    documents: Vec<String>,
    sayings: Vec<String>,
    untrue: Vec<String>,
    requests: Vec<String>,
    speaks: Vec<String>,
    mute: Vec<String>,
    phrases: Vec<String>,
    #[serde(flatten)]
    speakers: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Numbers {
    vague: BTreeMap<String, u32>,
    at_least: Vec<String>,
    at_most: Vec<String>,
    about: Vec<String>,
}

/// A set of words and phrases, looked up at a place in a sentence.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    by_first: HashMap<Box<str>, Vec<Vec<Box<str>>>>,
}

impl Phrases {
    fn new(phrases: impl IntoIterator<Item = String>) -> Self {
        let mut set = Self::default();
        for phrase in phrases {
            let words: Vec<Box<str>> = phrase.split_whitespace().map(Box::from).collect();
            if let Some(first) = words.first() {
                set.by_first.entry(first.clone()).or_default().push(words);
            }
        }
        set
    }

    fn verbs(lemmas: &[String]) -> Self {
        Self::new(lemmas.iter().flat_map(|lemma| verb_forms(lemma)))
    }

    /// The number of words of the longest phrase that starts at word `at`.
    pub(crate) fn at(&self, words: &[&str], at: usize) -> Option<usize> {
        let here = self.by_first.get(*words.get(at)?)?;
        let fits = |phrase: &&Vec<Box<str>>| {
            words
                .get(at..at + phrase.len())
                .is_some_and(|w| w.iter().zip(phrase.iter()).all(|(a, b)| **a == **b))
        };
        here.iter().filter(fits).map(Vec::len).max()
    }

    /// Whether `word` alone is in the set.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.by_first
            .get(word)
            .is_some_and(|phrases| phrases.iter().any(|phrase| phrase.len() == 1))
    }
}

/// All classes.
pub(crate) struct Lexicon {
    pub(crate) say: Phrases,
    /// Verbs whose subject says a clause or a quotation, but no noun: "hope", "vow".
    pub(crate) say_clause: Phrases,
    /// Verbs whose subject says what their object did: "accuse".
    pub(crate) accuse: Phrases,
    pub(crate) deny: Phrases,
    /// Verbs that deny where their object is a saying: "dismiss the claims".
    pub(crate) dismiss: Phrases,
    pub(crate) sources: Phrases,
    speakers: Vec<(SpeakerKind, Phrases)>,
    /// Words that govern an event, by what they make of it, in order of precedence.
    pub(crate) governors: Vec<(Modality, Phrases)>,
    pub(crate) refused: Phrases,
    pub(crate) thwart: Phrases,
    pub(crate) negators: Phrases,
    pub(crate) habitual: Phrases,
    /// Verbs that say of their subject that it came to nothing, or of an infinitive that it was not done.
    pub(crate) vain: Phrases,
    /// Words before an infinitive that was done: "managed to".
    pub(crate) manages: Phrases,
    /// Verbs whose noun is taken to have happened: "condemn", "lift".
    pub(crate) presumes: Phrases,
    /// Those of them who judge from afar: "condemn".
    pub(crate) judges: Phrases,
    /// Verbs that order: with a noun they say that it was ordered and came about.
    pub(crate) directs: Phrases,
    /// Verbs of what is to come, with a noun or a clause: "forecast clashes".
    pub(crate) foresees: Phrases,
    /// Verbs of thinking, whose passive leaves an infinitive open: "are believed to have".
    pub(crate) thought: Phrases,
    /// Words that leave a clause behind them open: "it is feared that".
    pub(crate) doubts: Phrases,
    /// Verbs that leave a clause open where they are negated: "could not confirm that".
    pub(crate) verifies: Phrases,
    /// Verbs whose gerund says that it is to be no more: "stop shelling".
    pub(crate) stops: Phrases,
    /// Nouns of what is under way, whose infinitive says to what end: "operation to retake".
    pub(crate) drives: Phrases,
    /// Nouns of what was agreed, whose infinitive is still to come: "deal to merge".
    pub(crate) terms: Phrases,
    /// Words before an infinitive that nobody brings himself to: "reluctant to".
    pub(crate) unwilling: Phrases,
    /// Words before an infinitive of what one does again and again: "tend to".
    pub(crate) wont: Phrases,
    /// Adjectives that say of a noun that it may come, hardly comes, must come: "likely", "doubtful", "needed".
    pub(crate) likely: Phrases,
    pub(crate) unlikely: Phrases,
    pub(crate) needed: Phrases,
    /// Adverbs of those who guess what will be: "probably".
    pub(crate) guesses: Phrases,
    /// Words before an infinitive of what is due: "time to".
    pub(crate) dues: Phrases,
    /// Verbs of what must not be, and those that say so behind "against".
    pub(crate) bans: Phrases,
    pub(crate) cautions: Phrases,
    /// Nouns that leave a clause open where there is none of them: "no evidence that".
    pub(crate) proofs: Phrases,
    /// Nouns of what is not there.
    pub(crate) lacks: Phrases,
    /// Nouns of what is heard of, which is not there where they are negated: "no *word* of".
    pub(crate) tidings: Phrases,
    /// Adverbs of those who guess what was: "probably carried out by".
    pub(crate) presumably: Phrases,
    /// Verbs by which an event comes about.
    pub(crate) occurs: Phrases,
    /// Adverbs of what did not quite happen: "nearly".
    pub(crate) nearly: Phrases,
    /// Verbs that keep what may be from happening: "to prevent".
    pub(crate) wards: Phrases,
    /// Verbs whose infinitive of purpose is done with what they take: "used drones to".
    pub(crate) employs: Phrases,
    /// Verbs of those who take part in talks, which come about by it: "should *join* the dialogue".
    pub(crate) joins: Phrases,
    /// Words of a rhythm: "daily".
    pub(crate) frequent: Phrases,
    /// Words of what is made up: "novel", "drill".
    pub(crate) fiction: Phrases,
    /// Stretches of time behind "every".
    pub(crate) periods: Phrases,
    pub(crate) light: Phrases,
    /// Verbs whose subject is what a noun of force is done to: "suffered an ambush".
    pub(crate) suffers: Phrases,
    /// Verbs whose object is harmed: "kill", "leave".
    pub(crate) harms: Phrases,
    /// Verbs that put an act down to somebody behind "on" or "to": "blame".
    pub(crate) blames: Phrases,
    /// Verbs whose object is whom an act is put down to: "accuse"; and "suspect" alone.
    pub(crate) charges: Phrases,
    pub(crate) suspects: Phrases,
    /// Verbs that own up to responsibility: "claim".
    pub(crate) avows: Phrases,
    /// Words on those of whom it is not sure: "suspected".
    pub(crate) alleged: Phrases,
    /// Verbs of a clause that says whom an act was aimed at.
    pub(crate) aims: Phrases,
    /// Verbs whose subject is where their object happened: "the town has seen fighting".
    pub(crate) sees: Phrases,
    /// Verbs that tell of what is to come where they say for when.
    pub(crate) announces: Phrases,
    /// Participles behind a noun of what is to come.
    pub(crate) slated: Phrases,
    /// Verbs whose subject brings their object about: "cause", "lead to".
    pub(crate) brings: Phrases,
    /// Verbs whose object speaks: "quote", "cite".
    pub(crate) quote: Phrases,
    /// Verbs whose passive names in its agent who speaks: "was told by".
    pub(crate) tells: Phrases,
    /// Adjectives of those who think what a clause says: "sure that".
    pub(crate) minded: Phrases,
    /// What somebody wrote or recorded, which speaks for him: "report".
    pub(crate) documents: Phrases,
    /// Nouns of what somebody says of others, which may be denied: "the allegations".
    pub(crate) sayings: Phrases,
    /// What a saying is called that is not believed: "false".
    pub(crate) untrue: Phrases,
    /// Nouns of what is asked or offered, which may be turned down: "the request".
    pub(crate) requests: Phrases,
    /// Verbs that tell of speaking alone: "was speaking outside the court".
    pub(crate) speaks: Phrases,
    /// Verbs that stand like reporting verbs and report nothing: "it seems".
    pub(crate) mute: Phrases,
    pub(crate) members: Phrases,
    pub(crate) weapons: Phrases,
    /// Weapons that somebody uses: "drones", and not "blast".
    pub(crate) wielded: Phrases,
    /// What harms without anybody's doing: "accident", "earthquake".
    pub(crate) accidents: Phrases,
    /// Words of arms and of politics.
    pub(crate) conflict: Phrases,
    /// Words of police work, courts and accidents.
    pub(crate) everyday: Phrases,
    /// Nouns that carry the event named before them: "attempt".
    pub(crate) carriers: Phrases,
    /// The word lists behind the codebook's kinds.
    kinds: BTreeMap<Kind, Phrases>,
    people: Vec<(CasualtyGroup, Phrases)>,
    persons: Phrases,
    bands: Phrases,
    posts: Phrases,
    /// What nouns that stand in no list of these name.
    nouns: Nouns,
    /// Nouns that speak of a place again.
    pub(crate) refers: HashMap<String, Refers>,
    /// Nouns behind them that leave it the same place.
    pub(crate) parts: HashSet<String>,
    pub(crate) vague: BTreeMap<String, u32>,
    pub(crate) at_least: Phrases,
    pub(crate) at_most: Phrases,
    pub(crate) about: Phrases,
}

impl Lexicon {
    /// Reads the shipped lists.
    #[expect(clippy::too_many_lines, reason = "a line a list")]
    pub(crate) fn shipped() -> Result<Self, ExtractError> {
        let mut file: File = toml::from_str(CODER)
            .map_err(|error| ExtractError::Lexicon { expected: error.message().to_owned() })?;
        let mut modality = |name: &str| file.modality.remove(name).unwrap_or_default();
        let governors = GOVERNORS.iter().map(|(value, name)| {
            let words = modality(name);
            let forms = words.iter().flat_map(|w| verb_forms(w));
            (*value, Phrases::new(forms.chain(words.iter().cloned())))
        });
        let governors = governors.collect();
        let (refused, thwart) =
            (Phrases::verbs(&modality("refused")), Phrases::verbs(&modality("thwart")));
        let (negators, habitual) = (modality("negators"), modality("habitual"));
        let (vain, thought) =
            (Phrases::verbs(&modality("vain")), Phrases::verbs(&modality("thought")));
        let from_afar = modality("judges");
        let presumes = Phrases::verbs(&[from_afar.as_slice(), &modality("presumes")].concat());
        let judges = Phrases::verbs(&from_afar);
        let [directs, foresees, verifies, stops, wards, bans, cautions] =
            ["directs", "foresees", "verifies", "stops", "wards", "bans", "cautions"]
                .map(|name| Phrases::verbs(&modality(name)));
        let [proofs, lacks, tidings, nearly, dues, slated, presumably] =
            ["proofs", "lacks", "tidings", "nearly", "dues", "slated", "presumably"]
                .map(|name| Phrases::new(modality(name)));
        let announces = Phrases::verbs(&modality("announces"));
        let [employs, joins] = ["employs", "joins"].map(|name| Phrases::verbs(&modality(name)));
        let occurs = Phrases::verbs(&modality("occurs"));
        let [manages, doubts, fiction, periods, frequent] =
            ["manages", "doubts", "fiction", "periods", "frequent"]
                .map(|name| Phrases::new(modality(name)));
        let [drives, terms, unwilling, wont, likely, unlikely, needed, guesses] =
            ["drives", "terms", "unwilling", "wont", "likely", "unlikely", "needed", "guesses"]
                .map(|name| Phrases::new(modality(name)));
        let mut grammar = |name: &str| file.grammar.remove(name).unwrap_or_default();
        let light = Phrases::verbs(&grammar("light"));
        let suffers = Phrases::verbs(&grammar("suffers"));
        let harms = Phrases::verbs(&grammar("harms"));
        let [aims, sees, brings] =
            ["aims", "sees", "brings"].map(|name| Phrases::verbs(&grammar(name)));
        let [blames, charges, suspects, avows] =
            ["blames", "charges", "suspects", "avows"].map(|name| Phrases::verbs(&grammar(name)));
        let alleged = Phrases::new(grammar("alleged"));
        let (members, weapons) = (grammar("members"), grammar("weapons"));
        let wielded = Phrases::new(grammar("wielded"));
        let (accidents, carriers) = (grammar("accidents"), grammar("carriers"));
        let mut kinds = file.kinds;
        kinds.insert(Kind::Weapon.name().to_owned(), weapons.clone());
        let kinds = Kind::ALL
            .iter()
            .filter_map(|kind| Some((*kind, Phrases::new(kinds.remove(kind.name())?))))
            .collect();
        let Attribution { verbs, denials, dismissals, .. } = &mut file.attribution;
        denials.extend_from_slice(dismissals);
        verbs.extend(dismissals.iter().cloned());
        let mut people = |name: &str| Phrases::new(file.people.remove(name).unwrap_or_default());
        let groups = GROUPS.iter().map(|(group, name)| (*group, people(name))).collect();
        let mut speakers = file.attribution.speakers;
        let speakers = SPEAKERS
            .iter()
            .map(|(kind, name)| (*kind, Phrases::new(speakers.remove(*name).unwrap_or_default())));
        let Places { settlement, division, same_word, quarters, last, parts } = file.places;
        let refers = [
            (settlement, Refers::Settlement),
            (division, Refers::Division),
            (same_word, Refers::SameWord),
            (quarters, Refers::Part),
            (last, Refers::Last),
        ];
        let refers = refers
            .into_iter()
            .flat_map(|(words, refers)| words.into_iter().map(move |word| (word, refers)));
        Ok(Self {
            refers: refers.collect(),
            parts,
            say_clause: Phrases::verbs(&file.attribution.with_clause),
            accuse: Phrases::verbs(&file.attribution.accusing),
            say: Phrases::verbs(&file.attribution.verbs),
            deny: Phrases::verbs(&file.attribution.denials),
            dismiss: Phrases::verbs(&file.attribution.dismissals),
            sources: Phrases::new(file.attribution.phrases),
            speakers: speakers.collect(),
            governors,
            refused,
            thwart,
            negators: Phrases::new(negators),
            habitual: Phrases::new(habitual),
            vain,
            manages,
            presumes,
            judges,
            directs,
            foresees,
            thought,
            doubts,
            verifies,
            fiction,
            periods,
            frequent,
            stops,
            wards,
            employs,
            joins,
            bans,
            cautions,
            proofs,
            lacks,
            tidings,
            presumably,
            occurs,
            nearly,
            dues,
            drives,
            terms,
            unwilling,
            wont,
            likely,
            unlikely,
            needed,
            guesses,
            light,
            suffers,
            harms,
            aims,
            sees,
            announces,
            slated,
            brings,
            blames,
            charges,
            suspects,
            avows,
            alleged,
            quote: Phrases::verbs(&file.attribution.quotes),
            tells: Phrases::verbs(&file.attribution.tells),
            minded: Phrases::new(file.attribution.minded),
            documents: Phrases::new(file.attribution.documents),
            sayings: Phrases::new(file.attribution.sayings),
            untrue: Phrases::new(file.attribution.untrue),
            requests: Phrases::new(file.attribution.requests),
            speaks: Phrases::verbs(&file.attribution.speaks),
            mute: Phrases::verbs(&file.attribution.mute),
            members: Phrases::new(members),
            weapons: Phrases::new(weapons),
            wielded,
            accidents: Phrases::new(accidents),
            conflict: Phrases::new(file.genre.conflict),
            everyday: Phrases::new(file.genre.everyday),
            carriers: Phrases::new(carriers),
            kinds,
            people: groups,
            persons: people("persons"),
            bands: people("bands"),
            posts: people("posts"),
            nouns: Nouns::shipped(),
            vague: file.numbers.vague,
            at_least: Phrases::new(file.numbers.at_least),
            at_most: Phrases::new(file.numbers.at_most),
            about: Phrases::new(file.numbers.about),
        })
    }

    /// The shipped lists as text; part of the coder's version.
    pub(crate) const fn source() -> &'static str {
        CODER
    }

    /// The kind of speaker that a noun phrase with this head names.
    pub(crate) fn speaker(&self, head: &str) -> Option<SpeakerKind> {
        self.speakers.iter().find(|(_, words)| words.has(head)).map(|(kind, _)| *kind)
    }

    /// The words of a kind that is a list of words.
    pub(crate) fn list(&self, kind: Kind) -> Option<&Phrases> {
        self.kinds.get(&kind)
    }

    /// The group of people that a noun names.
    pub(crate) fn group(&self, noun: &str) -> Option<CasualtyGroup> {
        self.people.iter().find(|(_, words)| words.has(noun)).map(|(group, _)| *group)
    }

    /// Whether a noun names people.
    pub(crate) fn is_person(&self, noun: &str) -> bool {
        self.persons.has(noun)
            || self.group(noun).is_some()
            || (matches!(self.nouns.of(noun), Some(Named::Person | Named::Band))
                && !self.accidents.has(noun)
                && !self.weapons.has(noun))
    }

    /// Whether a noun names people together: "a family", "the crew".
    pub(crate) fn is_band(&self, noun: &str) -> bool {
        self.bands.has(noun) || self.nouns.of(noun) == Some(Named::Band)
    }

    /// Whether a noun names the one who holds a post: "the mayor", "the driver".
    pub(crate) fn is_post(&self, noun: &str) -> bool {
        self.posts.has(noun)
    }

    /// Whether a noun is what a list of this kind lists, or what its words name.
    pub(crate) fn lists(&self, kind: Kind, noun: &str) -> bool {
        let named = match kind {
            Kind::Facility => Some(Named::Facility),
            Kind::Vehicle => Some(Named::Vehicle),
            Kind::Ground => Some(Named::Ground),
            _ => None,
        };
        let listed = self.kinds.get(&kind).is_some_and(|words| words.has(noun));
        listed || (named.is_some() && self.nouns.of(noun) == named)
    }

    /// Whether `WordNet` takes the noun for a person, a thing or a stretch of land.
    pub(crate) fn names_thing(&self, noun: &str) -> bool {
        self.nouns.of(noun).is_some()
    }

    /// Whether a noun names a weapon or what it does.
    pub(crate) fn is_weapon(&self, noun: &str) -> bool {
        self.weapons.has(noun) || self.nouns.of(noun) == Some(Named::Weapon)
    }
}

const GOVERNORS: &[(Modality, &str)] = &[
    (Modality::Failed, "failed"),
    (Modality::Threatened, "threatened"),
    (Modality::Urged, "urged"),
    (Modality::Planned, "planned"),
    (Modality::Attempted, "attempted"),
    (Modality::Wished, "wished"),
    (Modality::Possible, "possible"),
    (Modality::Predicted, "predicted"),
    (Modality::Conditional, "feigned"),
];

const GROUPS: &[(CasualtyGroup, &str)] = &[
    (CasualtyGroup::Peacekeepers, "peacekeepers"),
    (CasualtyGroup::AidWorkers, "aid_workers"),
    (CasualtyGroup::Journalists, "journalists"),
    (CasualtyGroup::Protesters, "protesters"),
    (CasualtyGroup::Children, "children"),
    (CasualtyGroup::Women, "women"),
    (CasualtyGroup::Men, "men"),
    (CasualtyGroup::Fighters, "fighters"),
    (CasualtyGroup::Soldiers, "soldiers"),
    (CasualtyGroup::Police, "police"),
    (CasualtyGroup::Civilians, "civilians"),
];

const SPEAKERS: &[(SpeakerKind, &str)] = &[
    (SpeakerKind::Witness, "witness"),
    (SpeakerKind::Expert, "expert"),
    (SpeakerKind::Official, "official"),
    (SpeakerKind::Party, "party"),
    (SpeakerKind::Outlet, "outlet"),
    (SpeakerKind::Monitor, "monitor"),
    (SpeakerKind::Anonymous, "anonymous"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_lists_load_and_are_not_empty() {
        let lexicon = Lexicon::shipped().unwrap();
        assert_eq!(lexicon.say.at(&["they", "pointed", "out"], 1), Some(2));
        assert_eq!(lexicon.speaker("residents"), Some(SpeakerKind::Witness));
        assert!(lexicon.governors.iter().all(|(_, words)| !words.by_first.is_empty()));
        assert!(lexicon.people.iter().all(|(_, words)| !words.by_first.is_empty()));
        for kind in Kind::ALL.iter().filter(|kind| kind.is_word_list()) {
            assert!(lexicon.list(*kind).is_some(), "{kind}");
        }
    }
}
