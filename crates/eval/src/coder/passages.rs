//! Whole claims: found, of the right type, with the right fields.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use averment_extract::{Coded, Coder};
use averment_types::{Casualties, Claim, ClaimContent, RoleKind, TextRange};

use super::align::{Count, fillers, overlaps, pairs, speakers};
use super::confidence::Judged;
use super::gold::{self, GoldClaim, Half, Passage};
use super::{HELD_TEXT, LAST_TAUGHT, LAST_TUNED, SCORED_TEXT, code};
use crate::EvalError;

/// Files of passages that the project wrote and that are scored.
pub(super) const WRITTEN: [&str; 3] = ["africa", "mideast", "asia-americas"];
/// Passages on which nothing is scored.
const SHOWN: [&str; 6] = ["wire", "lures", "modal", "wars", "rare", "reports"];
/// Files of real texts.
pub(super) const REAL: [&str; 3] = ["newswire", "sentences", "documents"];
const ROLES: [RoleKind; 8] = [
    RoleKind::Initiator,
    RoleKind::Target,
    RoleKind::Victim,
    RoleKind::Participant,
    RoleKind::Instrument,
    RoleKind::Beneficiary,
    RoleKind::Subject,
    RoleKind::Object,
];

/// The scores of one half.
#[derive(Default)]
pub(super) struct Score {
    pub(super) passages: usize,
    /// Passages without any claim, and those of them in which one is found.
    pub(super) empty: usize,
    pub(super) spoilt: usize,
    /// Claims by trigger, whatever the type; and with the right type.
    pub(super) triggers: Count,
    pub(super) types: Count,
    pub(super) by_type: BTreeMap<String, Count>,
    pub(super) roles: BTreeMap<RoleKind, Count>,
    /// Over claims found with the right type: fields right.
    pub(super) judged: usize,
    pub(super) polarity: usize,
    pub(super) modality: usize,
    pub(super) speakers: Count,
    pub(super) times: Count,
    pub(super) places: Count,
    pub(super) named: NamedPlaces,
    pub(super) counts: Count,
    /// Claims of the right type with every field right.
    pub(super) whole: usize,
    /// Every found claim.
    pub(super) found: Vec<Judged>,
}

/// What the gazetteer can be asked for: places with a name.
#[derive(Default)]
pub(super) struct NamedPlaces {
    /// Gold places in words without a name: "a gold-mining camp".
    pub(super) nameless: usize,
    /// Over claims whose gold place has a name or is not stated.
    pub(super) count: Count,
    /// Places found where gold states none, and those of them that stand in the words of a filler of gold's: "the siege
    /// of *Dilling*".
    pub(super) unasked: usize,
    pub(super) of_filler: usize,
}

impl NamedPlaces {
    fn add(&mut self, text: &str, gold: &GoldClaim, found: &[TextRange], count: Count) {
        let words = |range: &TextRange| range.slice(text).unwrap_or_default().to_owned();
        let named = |range: &TextRange| words(range).split_whitespace().any(opens_with_capital);
        match &gold.place {
            Some(range) if !named(range) => self.nameless += 1,
            Some(_) => self.count.add(count),
            None => {
                self.count.add(count);
                let fillers: Vec<TextRange> = gold.roles.values().flatten().copied().collect();
                self.unasked += found.len();
                self.of_filler += overlaps(text, &fillers, found).right;
            }
        }
    }
}

fn opens_with_capital(word: &str) -> bool {
    word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
}

/// Scores by half.
pub(super) type Halves = BTreeMap<Half, Score>;

/// Scores all written passages and tells the errors of those that may be looked at.
pub(super) fn written(coder: &Coder, own: &Path, errors: &mut String) -> Result<Halves, EvalError> {
    let mut halves = Halves::new();
    for file in WRITTEN {
        let passages = gold::written(&own.join(format!("{file}.jsonl")))?;
        for (at, passage) in passages.iter().enumerate() {
            judge(coder, passage, half_of_written(at), &mut halves, errors)?;
        }
    }
    // What is wrong in these is told alone.
    for file in SHOWN {
        for passage in gold::written(&own.join(format!("{file}.jsonl")))? {
            judge(coder, &passage, Half::Held, &mut Halves::new(), errors)?;
        }
    }
    Ok(halves)
}

/// Scores the real texts that lie in the folder `corpora`, likewise, each file apart.
pub(super) fn real(
    coder: &Coder,
    own: &Path,
    corpora: &Path,
    errors: &mut String,
) -> Result<Vec<(&'static str, Halves)>, EvalError> {
    let mut all = Vec::new();
    for file in REAL {
        let mut halves = Halves::new();
        let texts = gold::standoff(&own.join(format!("{file}.jsonl")), corpora)?;
        for (at, text) in texts.iter().enumerate() {
            judge(coder, text, half_of_real(at), &mut halves, errors)?;
        }
        all.push((file, halves));
    }
    Ok(all)
}

/// The half of the written passage with this number in its file.
pub(super) const fn half_of_written(at: usize) -> Half {
    match at {
        _ if at < LAST_TAUGHT => Half::Tune,
        _ if at < LAST_TUNED => Half::Held,
        _ => Half::Test,
    }
}

/// The half of the real text with this number in its file.
pub(super) const fn half_of_real(at: usize) -> Half {
    match at {
        _ if at % SCORED_TEXT == SCORED_TEXT - 1 => Half::Test,
        _ if at % HELD_TEXT == 1 => Half::Held,
        _ => Half::Tune,
    }
}

fn judge(
    coder: &Coder,
    passage: &Passage,
    half: Half,
    halves: &mut Halves,
    errors: &mut String,
) -> Result<(), EvalError> {
    let made = code(coder, &passage.id, &passage.text)?;
    let wrong = halves.entry(half).or_default().passage(passage, &made);
    if half != Half::Test && !wrong.is_empty() {
        // Writing to a string cannot fail.
        let _ = writeln!(errors, "{} {}\n{wrong}", passage.id, passage.text);
    }
    Ok(())
}

impl Score {
    /// Counts one passage; what is wrong comes back, a line each.
    fn passage(&mut self, passage: &Passage, coded: &Coded) -> String {
        let (text, gold) = (passage.text.as_str(), passage.claims.as_slice());
        let words = |range: TextRange| range.slice(text).unwrap_or_default();
        let mut wrong = String::new();
        self.passages += 1;
        if gold.is_empty() && passage.doubt.is_empty() {
            self.empty += 1;
            self.spoilt += usize::from(!coded.report.claims.is_empty());
        }
        let claims: Vec<&ClaimContent> = coded.report.claims.iter().map(Claim::content).collect();
        let all = pairs(gold, &claims);
        let doubted = |claim: &ClaimContent| {
            passage.doubt.iter().any(|sentence| sentence.contains(claim.trigger))
        };
        let counts =
            |(at, claim): &(usize, &ClaimContent)| all.contains(&Some(*at)) || !doubted(claim);
        let counted = claims.into_iter().enumerate().filter(counts);
        let (at, found): (Vec<usize>, Vec<&ClaimContent>) = counted.unzip();
        let mut right = vec![false; found.len()];
        let pairs = pairs(gold, &found);
        let met = pairs.iter().flatten().count();
        self.triggers.add(Count { right: met, found: found.len(), gold: gold.len() });
        for claim in &found {
            self.by_type.entry(claim.type_id.as_str().to_owned()).or_default().found += 1;
        }
        for (claim, pair) in gold.iter().zip(&pairs) {
            self.by_type.entry(claim.type_id.clone()).or_default().gold += 1;
            let met = pair.and_then(|at| found.get(at)).copied();
            let same = met.filter(|found| found.type_id.as_str() == claim.type_id);
            self.fill_roles(text, claim, same);
            match (met, same) {
                (_, Some(found)) => {
                    self.types.right += 1;
                    self.by_type.entry(claim.type_id.clone()).or_default().right += 1;
                    let whole = self.fields(text, claim, found, &mut wrong);
                    if let Some(right) = pair.and_then(|at| right.get_mut(at)) {
                        *right = whole;
                    }
                }
                (Some(found), None) => {
                    let _ = writeln!(
                        wrong,
                        "  type {}: {} for {}",
                        words(claim.trigger),
                        found.type_id,
                        claim.type_id
                    );
                }
                (None, None) => {
                    let _ = writeln!(wrong, "  missed {}: {}", claim.type_id, words(claim.trigger));
                }
            }
        }
        for (at, claim) in found.iter().enumerate() {
            if !pairs.contains(&Some(at)) {
                self.stray_roles(claim);
                let trigger = words(claim.trigger);
                let _ =
                    writeln!(wrong, "  stray {}: {trigger} ({})", claim.type_id, claim.coder.rule);
            }
        }
        self.types.found += found.len();
        self.types.gold += gold.len();
        for ((claim, at), right) in found.iter().zip(at).zip(right) {
            let facts = coded.facts.get(at).cloned().unwrap_or_default();
            self.found.push(Judged { confidence: claim.confidence, facts, right });
        }
        wrong
    }

    fn fill_roles(&mut self, text: &str, gold: &GoldClaim, found: Option<&ClaimContent>) {
        for role in ROLES {
            let words = gold.roles.get(&role).map_or(&[][..], Vec::as_slice);
            let ranges = found.map_or_else(Vec::new, |found| fillers(found, role));
            let count = overlaps(text, words, &ranges);
            self.roles.entry(role).or_default().add(count);
        }
    }

    /// Roles of a claim that stands for no gold one are found in vain.
    fn stray_roles(&mut self, claim: &ClaimContent) {
        for role in &claim.roles {
            self.roles.entry(role.role).or_default().found += 1;
        }
    }

    /// Judges the fields of a claim of the right type; whether all are right.
    fn fields(
        &mut self,
        text: &str,
        gold: &GoldClaim,
        found: &ClaimContent,
        wrong: &mut String,
    ) -> bool {
        self.judged += 1;
        let mut all = true;
        let mut judge = |right: bool, what: &str, met: String, asked: String| {
            if !right {
                all = false;
                let _ = writeln!(
                    wrong,
                    "  {what} of {} {}: {met} for {asked}",
                    gold.type_id,
                    gold.trigger.slice(text).unwrap_or_default()
                );
            }
            usize::from(right)
        };
        self.polarity += judge(
            gold.polarity == found.polarity,
            "polarity",
            format!("{:?}", found.polarity),
            format!("{:?}", gold.polarity),
        );
        self.modality += judge(
            gold.modality == found.modality,
            "modality",
            format!("{:?}", found.modality),
            format!("{:?}", gold.modality),
        );
        let shown = |ranges: &[TextRange]| {
            let words: Vec<&str> = ranges.iter().filter_map(|r| r.slice(text)).collect();
            format!("{words:?}")
        };
        for role in ROLES {
            let words = gold.roles.get(&role).map_or(&[][..], Vec::as_slice);
            let ranges = fillers(found, role);
            let count = overlaps(text, words, &ranges);
            judge(is_whole(count), &format!("{role:?}"), shown(&ranges), shown(words));
        }
        let mut part = |what: &str, words: &[TextRange], ranges: &[TextRange]| {
            let count = overlaps(text, words, ranges);
            judge(is_whole(count), what, shown(ranges), shown(words));
            count
        };
        let found_speakers = speakers(text, found);
        self.speakers.add(part("speaker", &gold.speaker, &found_speakers));
        let time: Vec<TextRange> = gold.time.into_iter().collect();
        // Gold marks what the event's sentence states; what is taken over from another one it leaves unsaid.
        let sentence = found.evidence.first().range();
        let asked =
            |span: &TextRange, gold: &[TextRange]| !gold.is_empty() || sentence.contains(*span);
        let found_time = found.time.iter().map(|t| t.span);
        let found_time: Vec<TextRange> = found_time.filter(|span| asked(span, &time)).collect();
        self.times.add(part("time", &time, &found_time));
        let place: Vec<TextRange> = gold.place.into_iter().collect();
        let found_place = found.place.iter().map(|p| p.span);
        let found_place: Vec<TextRange> = found_place.filter(|span| asked(span, &place)).collect();
        let count = part("place", &place, &found_place);
        self.places.add(count);
        self.named.add(text, gold, &found_place, count);
        let numbers: Vec<TextRange> = gold.counts.values().flatten().copied().collect();
        // Gold marks numerals; that "a policeman" is one it leaves unsaid.
        let is_asked = |count: &&Casualties| {
            let words = count.range.slice(text).unwrap_or_default();
            let says_one = |word: &str| matches!(word, "one" | "One" | "1" | "single" | "another");
            count.best != Some(1)
                || words.split_whitespace().any(says_one)
                || numbers.iter().any(|number| number.overlaps(count.range))
        };
        let found_numbers: Vec<TextRange> =
            found.casualties.iter().filter(is_asked).map(|c| c.range).collect();
        self.counts.add(part("count", &numbers, &found_numbers));
        self.whole += usize::from(all);
        all
    }
}

fn is_whole(count: Count) -> bool {
    count.right == count.found && count.right == count.gold
}
